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
                    columns
                        .iter()
                        .filter_map(|column| Some((column.id.clone(), of(&question.cell(row, column).id)?)))
                        .collect::<Map<String, Json>>()
                        .into()
                };
                out.insert(question.id.clone(), (1..=*at_most).map(row).collect());
            }
            _ => {
                for variable in question.variables() {
                    let name =
                        if variable.id == question.other_variable() { format!("{}-Comment", question.id) } else { variable.id.clone() };
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
        Json::Object(entries) => {
            entries.iter().filter(|(key, _)| *key != "shirube").map(|(key, value)| (key.clone(), without_ours(value))).collect()
        }
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
    let lines: std::collections::BTreeSet<u32> =
        losses.sorted().iter().filter(|loss| loss.message.en.contains("rounds sums")).map(|loss| loss.place.line).collect();
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
                assert_eq!(
                    ours(&survey, source_again, &filled[sheet]),
                    ours_is,
                    "{source}\n  went as {text}\n  and came back as {source_again}"
                );
            }
            cases.push(json!({"expression": text, "sheet": sheet}));
            expected.push((source.clone(), text.to_owned(), sheet, shown(&ours_is), is_rounded));
        }
    }
    assert!(returned > 500 && rounded < conditions.len() / 2, "{returned} came back, {rounded} are rounded");
    let sheets: Vec<Json> = filled.iter().map(|answers| values(&survey, answers)).collect();
    let Some(results) = others("surveyjs", &json!({"today": "2026-11-20", "surveyjs": cases, "sheets": {"surveyjs": sheets}})) else {
        return;
    };
    let mut faults = Vec::new();
    let mut equal_though_rounded = 0;
    for (result, (source, text, sheet, value, is_rounded)) in results["surveyjs"].as_array().expect("results").iter().zip(&expected) {
        let same = told(result).trim_start_matches('-') == value.trim_start_matches('-');
        if same {
            equal_though_rounded += usize::from(*is_rounded);
        } else if !is_rounded {
            faults.push(format!(
                "{source}\n  {text}\n  ours {value:?}, theirs {result}\n  {}",
                sheets[*sheet].to_string().split("\"v_0").next().unwrap_or_default()
            ));
        }
    }
    assert!(equal_though_rounded * 10 > rounded * 5 * 9, "{equal_though_rounded} of {}", rounded * 5);
    assert!(
        faults.is_empty(),
        "{} of {} differ:\n{}",
        faults.len(),
        expected.len(),
        faults.iter().take(5).cloned().collect::<Vec<_>>().join("\n")
    );
}

/// A survey that somebody else wrote, with everything in it that people use.
const FOREIGN: &str = r#"{
  "title": {"default": "Work and life", "ja": "仕事と暮らし"},
  "locale": "ja",
  "triggers": [{"type": "complete", "expression": "{age} < 1"}],
  "calculatedValues": [{"name": "double", "expression": "{age} * 2"}, {"name": "odd", "expression": "iif({age} > 3, 1, 2)"}],
  "pages": [
    {
      "name": "First Page",
      "title": "One",
      "elements": [
        {"type": "html", "name": "intro", "html": "<p>Hello &amp; <b>welcome</b></p>"},
        {"type": "text", "name": "Full Name", "title": {"default": "Your name?", "ja": "お名前は？", "fr": "Nom?"}, "isRequired": true, "maxLength": 30},
        {"type": "text", "name": "age", "title": "Age?", "inputType": "number", "min": 18, "max": 99},
        {"type": "text", "name": "mail", "inputType": "email", "validators": [{"type": "email"}]},
        {"type": "text", "name": "since", "inputType": "date", "min": "2000-01-01", "visibleIf": "{age} notempty"},
        {"type": "comment", "name": "more", "title": "More, {Full Name}?", "maxLength": 500},
        {"type": "boolean", "name": "working", "title": "Do you work?", "labelTrue": "I do", "labelFalse": "I do not"},
        {"type": "radiogroup", "name": "way", "choices": ["Train", {"value": "foot", "text": {"default": "On foot", "ja": "歩き"}}], "showOtherItem": true, "otherText": "Else", "visibleIf": "{working} = true and {age} != 20"},
        {"type": "checkbox", "name": "why", "choices": ["pay", "people", "place"], "showNoneItem": true, "maxSelectedChoices": 2, "choicesOrder": "random"},
        {"type": "tagbox", "name": "tags", "choices": ["a", "b"], "visibleIf": "{why} anyof ['pay', 'people'] or {way-Comment} notempty"},
        {"type": "dropdown", "name": "town", "choices": ["x", "y"], "choicesOrder": "asc", "requiredIf": "{age} > 3"},
        {"type": "signaturepad", "name": "sign"},
        {"type": "file", "name": "upload"}
      ]
    },
    {
      "name": "second",
      "elements": [
        {"type": "rating", "name": "mood", "rateMax": 7, "minRateDescription": "Bad", "maxRateDescription": "Good"},
        {"type": "rating", "name": "tell", "rateMin": 0, "rateMax": 10},
        {"type": "rating", "name": "full", "rateValues": [{"value": 1, "text": "Low"}, {"value": 2, "text": "Mid"}, {"value": 3, "text": "High"}]},
        {"type": "ranking", "name": "order", "choices": ["u", "v", "w"]},
        {"type": "matrix", "name": "grid", "columns": [{"value": 1, "text": "No"}, {"value": 2, "text": "Yes"}], "rows": ["Row A", "b"], "isAllRowRequired": true},
        {"type": "matrix", "name": "nominal", "title": "Which?", "columns": ["red", "blue"], "rows": ["left", "right"]},
        {"type": "matrixdropdown", "name": "spread", "columns": [{"name": "n", "cellType": "text", "inputType": "number"}, {"name": "c", "cellType": "dropdown", "choices": ["p", "q"]}], "rows": ["r1", "r2"]},
        {"type": "matrixdynamic", "name": "jobs", "columns": [{"name": "job", "cellType": "text"}, {"name": "years", "cellType": "text", "inputType": "number"}], "maxRowCount": 5},
        {"type": "multipletext", "name": "parts", "title": "Parts", "items": [{"name": "one"}, {"name": "two", "inputType": "number"}]},
        {"type": "panel", "name": "inner", "title": "Inner", "visibleIf": "{age} > 30", "elements": [
          {"type": "text", "name": "deep", "title": "Deep, {Full Name}", "visibleIf": "{grid.b} >= 2 and {jobs[0].years} > 1"}
        ]},
        {"type": "paneldynamic", "name": "people", "templateElements": [{"type": "text", "name": "called"}, {"type": "comment", "name": "story"}], "maxPanelCount": 3},
        {"type": "expression", "name": "sum", "title": "Sum", "expression": "{age} + {parts.two}"},
        {"type": "imagepicker", "name": "face", "choices": [{"value": "lion", "imageLink": "lion.png"}, {"value": "cat"}]},
        {"type": "slider", "name": "slide", "min": 0, "max": 20, "step": 5},
        {"type": "text", "name": "last", "visibleIf": "age({since}) > 3", "defaultValue": "x"}
      ]
    }
  ]
}"#;

#[test]
fn a_foreign_survey_becomes_ours_and_every_loss_is_named() {
    let (back, diagnostics) = surveyjs::read::survey("form.json", FOREIGN, &Language::ALL);
    let words = words(&diagnostics);
    let text = tree::survey_yaml(&back.expect("a survey"));
    let (_, survey) = parsed("foreign", &text);
    for line in [
        "# name: Full Name",
        "id: full_name",
        "max_length: 30",
        "need: required",
        "text: {ja: お名前は？, en: \"Your name?\"}",
        "minimum: 18",
        "earliest: 2000-01-01",
        "show_if: answered(since)",
        "kind: long_text",
        "More, …?",
        "Deep, {{full_name | …}}",
        "\"yes\": I do",
        "# name: Train",
        "id: train",
        "other: Else",
        "show_if: \"working = 'yes' and not (age = 20)\"",
        "exclusive: true",
        "order: random",
        "show_if: \"why contains 'pay' or why contains 'people' or answered(way_other)\"",
        "points: 7",
        "kind: recommendation",
        "kind: ranking",
        "# name: Row A",
        "id: nominal_left",
        "text: \"Which?: left\"",
        "id: spread_r1_n",
        "at_most: 5",
        "id: parts_two",
        "show_if: \"(age > 30) and (grid_b >= 2 and jobs_1_years > 1)\"",
        "value: \"sum(age, 0) + sum(parts_two, 0)\"",
        "value: \"sum(age, 0) * 2\"",
        "Hello & welcome",
        "step: 5",
    ] {
        let line = line.replace("show_if: answered(since)", "show_if: answered(age)");
        let quoted = line.replace('"', "");
        assert!(text.contains(&line) || text.replace('"', "").contains(&quoted), "{line} is missing:\n{text}\n{words}");
    }
    assert_eq!(survey.title.in_language(Language::Japanese), "仕事と暮らし");
    for (path, place) in [
        ("triggers", "form.json:4:"),
        ("calculatedValues[1].expression (iif({age} > 3, 1, 2))", "form.json:5:"),
        ("pages[0].elements[0].html (<…>)", "form.json:11:51"),
        ("pages[0].elements[1].title.fr", ""),
        ("pages[0].elements[3].inputType (email)", ""),
        ("pages[0].elements[3].validators[0].type (email)", ""),
        ("pages[0].elements[5].title ({Full Name})", ""),
        ("pages[0].elements[10].choicesOrder (asc)", ""),
        ("pages[0].elements[10].requiredIf ({age} > 3)", ""),
        ("pages[0].elements[11].type (signaturepad)", "form.json:22:18"),
        ("pages[0].elements[12].type (file)", ""),
        ("pages[1].elements[9].title (Inner)", ""),
        ("pages[1].elements[10].templateElements[1].type (comment)", ""),
        ("pages[1].elements[12].choices[0].imageLink (lion.png)", ""),
        ("pages[1].elements[14].visibleIf (age({since}))", ""),
        ("pages[1].elements[14].defaultValue (x)", ""),
    ] {
        assert!(words.contains(&format!("{path} cannot be taken over")) && words.contains(place), "{path} is not said:\n{words}");
    }
    for text in ["", "[]", "{\"a\": 1}", "{\"pages\": []}", "{\"elements\": [{\"type\": \"file\", \"name\": \"a\"}]}", "no JSON"] {
        let (back, diagnostics) = surveyjs::read::survey("a.json", text, &Language::ALL);
        assert!(back.is_none() && diagnostics.has_errors(), "{text}");
    }
}

/// A condition as somebody else writes it, without a thought for empty answers.
fn foreign(dice: &mut Dice, depth: usize) -> String {
    const COMPARISONS: [&str; 6] = ["=", "!=", "<", "<=", ">", ">="];
    const NUMBERS: [&str; 10] = ["{age}", "{rate}", "{mood}", "{tell}", "{rooms.big}", "{jobs[1].years}", "0", "1", "2.5", "4"];
    fn number(dice: &mut Dice, depth: usize) -> String {
        if depth == 0 {
            return dice.pick(&NUMBERS).to_owned();
        }
        let (left, right) = (number(dice, depth - 1), number(dice, 0));
        match dice.below(6) {
            0 => format!("{left} + {right}"),
            1 => format!("{left} - ({right})"),
            2 => format!("({left}) * {right}"),
            3 => format!("({left}) / {}", dice.pick(&["2", "4", "{age}"])),
            _ => format!(
                "{}({}, {}, {})",
                dice.pick(&["sum", "avg", "count"]),
                dice.pick(&NUMBERS[..6]),
                dice.pick(&NUMBERS[..6]),
                dice.pick(&NUMBERS[..6])
            ),
        }
    }
    if depth > 0 && dice.below(3) > 0 {
        let (left, right) = (foreign(dice, depth - 1), foreign(dice, depth - 1));
        return match dice.below(3) {
            0 => format!("({left}) and ({right})"),
            1 => format!("({left}) or ({right})"),
            _ => format!("!({left})"),
        };
    }
    let equality = dice.pick(&["=", "!=", "<>", "=="]);
    match dice.below(15) {
        0 => format!("{{way}} {equality} {}", dice.pick(&["'train'", "'foot'", "''", "'nowhere'"])),
        1 => format!("{{few}} {} 'a'", dice.pick(&["contains", "notcontains"])),
        2 => format!("{{few}} {} ['a', 'b']", dice.pick(&["anyof", "allof", "noneof"])),
        3 => "{way} anyof ['train', 'other']".to_owned(),
        4 => format!("{{word}} {equality} {}", dice.pick(&["'it'", "'it\\'s'", "''", "{more}"])),
        5 => format!("{{since}} {} {}", dice.pick(&COMPARISONS), dice.pick(&["today()", "'2026-11-21'", "'2026-11-19'"])),
        6 => format!("{{talked}} {equality} 'yes'"),
        7 => format!("{} {equality} '3'", dice.pick(&NUMBERS[..3])),
        8 => format!("{} {} {}", dice.pick(&NUMBERS[..6]), dice.pick(&COMPARISONS), dice.pick(&NUMBERS[..6])),
        9 => format!(
            "{} {}",
            dice.pick(&["{age}", "{way}", "{few}", "{word}", "{piles.c1}", "{way-Comment}"]),
            dice.pick(&["empty", "notempty"])
        ),
        10 => dice.pick(&["{way} contains 'a'", "age({since}) > 3", "{way} > 'a'", "{few} = ['a']", "iif({age} > 1, 1, 2) = 1"]).to_owned(),
        _ => format!("{} {} {}", number(dice, depth.min(2)), dice.pick(&COMPARISONS), number(dice, 0)),
    }
}

#[test]
fn conditions_of_foreign_surveys_mean_the_same_with_us_or_are_named() {
    let mut dice = Dice(20_261_125);
    let (_, tree, survey) = survey_of(&[], &[]);
    let (json, _) = surveyjs::write::json(&tree, &survey, &Language::ALL);
    let mut json = without_ours(&serde_json::from_str(&json).expect("JSON"));
    let conditions: Vec<String> = (0..1_200).map(|at| foreign(&mut dice, at % 4)).collect();
    let notes = conditions
        .iter()
        .enumerate()
        .map(|(at, condition)| json!({"type": "html", "name": format!("f_{at}"), "html": "x", "visibleIf": condition}));
    json["pages"].as_array_mut().expect("pages").push(json!({"name": "notes", "elements": notes.collect::<Vec<Json>>()}));
    let (back, diagnostics) = surveyjs::read::survey("a.json", &json.to_string(), &Language::ALL);
    let back = back.expect("a survey");
    let questions = back["pages"].as_array().expect("pages").iter().flat_map(|page| page["questions"].as_array().expect("questions"));
    let read: BTreeMap<&str, Option<&str>> =
        questions.filter_map(|question| Some((question["id"].as_str()?, question.get("show_if").and_then(Json::as_str)))).collect();
    let filled: Vec<Answers> = (0..60).map(|_| dice.answers(&survey)).collect();
    let (mut cases, mut expected, mut lost) = (Vec::new(), Vec::new(), 0);
    for (at, condition) in conditions.iter().enumerate() {
        let Some(source) = read[format!("f_{at}").as_str()] else {
            lost += 1;
            continue;
        };
        for _ in 0..5 {
            let sheet = dice.below(filled.len());
            cases.push(json!({"expression": condition, "sheet": sheet}));
            expected.push((condition, source, sheet, ours(&survey, source, &filled[sheet]) == Operand::Truth(true)));
        }
    }
    let named = diagnostics.sorted().iter().filter(|diagnostic| diagnostic.message.en.contains(".visibleIf (")).count();
    assert_eq!(named, lost, "every condition that is not read is named");
    assert!(lost < conditions.len() / 2, "{lost} of {} are not read", conditions.len());
    let sheets: Vec<Json> = filled.iter().map(|answers| values(&survey, answers)).collect();
    let Some(results) = others("foreign-surveyjs", &json!({"today": "2026-11-20", "surveyjs": cases, "sheets": {"surveyjs": sheets}}))
    else {
        return;
    };
    let theirs = results["surveyjs"].as_array().expect("results");
    let wrong: Vec<String> = theirs
        .iter()
        .zip(&expected)
        .filter(|(theirs, (.., holds))| theirs.as_bool() != Some(*holds))
        .map(|(theirs, (condition, source, sheet, holds))| {
            format!("{condition}\n  {source}\n  ours {holds}, theirs {theirs}\n  {}", sheets[*sheet])
        })
        .collect();
    assert!(
        wrong.is_empty(),
        "{} of {} differ:\n{}",
        wrong.len(),
        expected.len(),
        wrong.iter().take(8).cloned().collect::<Vec<_>>().join("\n")
    );
}
