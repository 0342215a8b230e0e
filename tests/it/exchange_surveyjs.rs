//! Surveys as SurveyJS JSON and back: identical for our own, accepted by survey-core, every loss said for those of others.

use crate::exchange_forms::{all, parsed, same};
use crate::exchange_meaning::{Dice, others, ours, shown, survey_of};
use crate::loop_project::here;
use serde_json::{Map, Value as Json, json};
use shirube::diagnostic::{Sources, to_text};
use shirube::exchange::{surveyjs, tree};
use shirube::language::Language;
use shirube::survey::condition::Operand;
use shirube::survey::question::Kind;
use shirube::survey::{Answer, Answers, Survey, Value};
use std::collections::BTreeMap;
use std::path::PathBuf;

fn words(diagnostics: &shirube::diagnostic::Diagnostics) -> String {
    to_text(diagnostics, &Sources::default(), Language::English)
}

#[test]
fn our_own_surveys_come_back_identical() {
    for (name, text) in all() {
        let (own, survey) = parsed(&name, &text);
        let (json, _) = surveyjs::write::json(&own, &survey, &Language::ALL);
        let (back, diagnostics) = surveyjs::read::survey("a.json", &json, &Language::ALL);
        let Some(back) = back else { panic!("{name}: {}", words(&diagnostics)) };
        same(&name, &tree::survey_yaml(&back), &tree::survey_yaml(&own));
        assert!(diagnostics.is_empty(), "{name}: {}", words(&diagnostics));
    }
}

#[test]
fn survey_core_accepts_what_we_write() {
    let target = std::env::var_os("CARGO_TARGET_DIR").map_or_else(|| here().join("target"), PathBuf::from);
    let node = target.join("reference/node");
    if !node.join("node_modules").exists() {
        assert!(std::env::var_os("SHIRUBE_REFERENCE").is_none(), "tests/reference/prepare has not run");
        return;
    }
    let folder = tempfile::tempdir().expect("a folder");
    let mut count = 0;
    for (name, text) in all() {
        let (own, survey) = parsed(&name, &text);
        let (json, _) = surveyjs::write::json(&own, &survey, &Language::ALL);
        std::fs::write(folder.path().join(format!("{count:02}-{name}.json")), json).expect("a file");
        count += 1;
    }
    assert!(count >= 27, "{count}");
    let script = here().join("tests/reference/surveys.mjs");
    let output = std::process::Command::new("node").arg(script).arg(&node).arg(folder.path()).output().expect("Node.js runs");
    let words = format!("{}{}", String::from_utf8_lossy(&output.stdout), String::from_utf8_lossy(&output.stderr));
    assert!(output.status.success() && words.contains(&format!("{count} surveys accepted")), "{words}");
}

/// The result of a sheet as survey-core holds it.
fn values(survey: &Survey, answers: &Answers) -> Json {
    let of = |id: &str| -> Option<Json> {
        let value = match answers.get(id).and_then(Answer::value)? {
            Value::Choice(code) if code.starts_with(|first: char| first.is_ascii_digit()) => json!(code),
            Value::Choice(text) | Value::Text(text) | Value::Date(text) => json!(text),
            Value::Choices(codes) => json!(codes),
            Value::Number(digits) => serde_json::from_str(digits).expect("a number"),
        };
        Some(value)
    };
    let mut out = Map::new();
    for question in survey.questions() {
        let each = |items: &[shirube::survey::question::Item]| -> Map<String, Json> {
            items.iter().filter_map(|item| Some((item.id.clone(), of(&question.row_variable(&item.id))?))).collect()
        };
        let mut put = |value: Map<String, Json>| drop((!value.is_empty()).then(|| out.insert(question.id.clone(), value.into())));
        match &question.kind {
            Kind::Grid { rows, .. } | Kind::MultipleGrid { rows, .. } => put(each(rows)),
            Kind::CardSort { cards, .. } => put(each(cards)),
            Kind::Allocation { items, .. } => put(each(items)),
            Kind::Ranking { items, .. } => {
                let mut ranked: Vec<(u64, &str)> =
                    items.iter().filter_map(|item| Some((of(&question.row_variable(&item.id))?.as_u64()?, item.id.as_str()))).collect();
                ranked.sort();
                let order: Vec<&str> = ranked.into_iter().map(|(_, id)| id).collect();
                drop((!order.is_empty()).then(|| out.insert(question.id.clone(), json!(order))));
            }
            Kind::Table { columns, at_most } => {
                let row = |row: u32| -> Json {
                    columns.iter().filter_map(|column| Some((column.id.clone(), of(&question.cell(row, column).id)?))).collect::<Map<String, Json>>().into()
                };
                out.insert(question.id.clone(), (1..=*at_most).map(row).collect());
            }
            _ => {
                for variable in question.variables() {
                    let name = if variable.id == question.other_variable() { format!("{}-Comment", question.id) } else { variable.id.clone() };
                    out.extend(of(&variable.id).map(|value| (name, value)));
                }
            }
        }
    }
    Json::Object(out)
}

/// Every element of a survey, those of panels too, by its name.
fn elements(json: &Json) -> BTreeMap<String, Json> {
    let mut out = BTreeMap::new();
    for list in ["pages", "elements", "calculatedValues"] {
        for element in json.get(list).and_then(Json::as_array).into_iter().flatten() {
            out.extend(element["name"].as_str().map(|name| (name.to_owned(), element.clone())));
            out.extend(elements(element));
        }
    }
    out
}

fn without_ours(json: &Json) -> Json {
    match json {
        Json::Object(entries) => entries.iter().filter(|(key, _)| *key != "shirube").map(|(key, value)| (key.clone(), without_ours(value))).collect(),
        Json::Array(items) => items.iter().map(without_ours).collect(),
        other => other.clone(),
    }
}

fn told(value: &Json) -> String {
    match value {
        Json::Null => String::new(),
        Json::Number(number) => shown(&Operand::Number(number.as_f64().expect("a number"))),
        Json::String(text) => text.clone(),
        other => other.to_string(),
    }
}

#[test]
fn conditions_mean_the_same_in_surveyjs() {
    let mut dice = Dice(20_261_124);
    let conditions: Vec<String> = (0..1_000).map(|at| dice.condition(at % 5)).collect();
    let numbers: Vec<String> = (0..200).map(|at| dice.number(at % 4)).collect();
    let (_, tree, survey) = survey_of(&conditions, &numbers);
    let (json, losses) = surveyjs::write::json(&tree, &survey, &Language::ALL);
    let json: Json = serde_json::from_str(&json).expect("JSON");
    let there = elements(&json);
    // What was written comes back by its words alone, too
    let (back, _) = surveyjs::read::survey("a.json", &without_ours(&json).to_string(), &Language::ALL);
    let back = back.expect("a survey");
    let questions = back["pages"].as_array().expect("pages").iter().flat_map(|page| page["questions"].as_array().expect("questions"));
    let again: BTreeMap<&str, &str> =
        questions.filter_map(|question| Some((question["id"].as_str()?, question.get("show_if").and_then(Json::as_str)?))).collect();
    let filled: Vec<Answers> = (0..60).map(|_| dice.answers(&survey)).collect();
    let lines: std::collections::BTreeSet<u32> = losses
        .sorted()
        .iter()
        .filter(|loss| loss.message.en.contains("rounds sums"))
        .map(|loss| loss.place.line)
        .collect();
    let (mut cases, mut expected, mut returned, mut rounded) = (Vec::new(), Vec::new(), 0, 0);
    for (at, source) in conditions.iter().chain(&numbers).enumerate() {
        let value = at >= conditions.len();
        let index = if value { at - conditions.len() } else { at };
        let id = if value { format!("v_{}_{}", index / 50, index % 50) } else { format!("c_{}_{}", index / 100, index % 100) };
        let Some(text) = there[&id][if value { "expression" } else { "visibleIf" }].as_str() else { panic!("{source} has no words") };
        // Sums of fractions are rounded there, and that is said
        let is_rounded = lines.contains(&survey.question(&id).expect("a question").place.line);
        rounded += usize::from(is_rounded);
        for _ in 0..5 {
            let sheet = dice.below(filled.len());
            let ours_is = match ours(&survey, source, &filled[sheet]) {
                Operand::Number(number) if value => Operand::Number((number.abs() * 100.0).round() / 100.0 * number.signum()),
                other => other,
            };
            if let Some(source_again) = again.get(id.as_str()) {
                returned += 1;
                assert_eq!(ours(&survey, source_again, &filled[sheet]), ours_is, "{source}\n  went as {text}\n  and came back as {source_again}");
            }
            cases.push(json!({"expression": text, "sheet": sheet}));
            expected.push((source.clone(), text.to_owned(), sheet, shown(&ours_is), is_rounded));
        }
    }
    assert!(returned > 500 && rounded < conditions.len() / 2, "{returned} came back, {rounded} are rounded");
    let sheets: Vec<Json> = filled.iter().map(|answers| values(&survey, answers)).collect();
    let Some(results) = others("surveyjs", &json!({"today": "2026-11-20", "surveyjs": cases, "sheets": {"surveyjs": sheets}})) else { return };
    let mut faults = Vec::new();
    let mut equal_though_rounded = 0;
    for (result, (source, text, sheet, value, is_rounded)) in results["surveyjs"].as_array().expect("results").iter().zip(&expected) {
        let same = told(result).trim_start_matches('-') == value.trim_start_matches('-');
        if same {
            equal_though_rounded += usize::from(*is_rounded);
        } else if !is_rounded {
            faults.push(format!("{source}\n  {text}\n  ours {value:?}, theirs {result}\n  {}", sheets[*sheet].to_string().split("\"v_0").next().unwrap_or_default()));
        }
    }
    assert!(equal_though_rounded * 10 > rounded * 5 * 9, "{equal_though_rounded} of {}", rounded * 5);
    assert!(faults.is_empty(), "{} of {} differ:\n{}", faults.len(), expected.len(), faults.iter().take(5).cloned().collect::<Vec<_>>().join("\n"));
}
