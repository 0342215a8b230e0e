//! Conditions mean the same to others as to us: generated conditions on generated answers, missing ones among them, judged by us and
//! by the programs of others (tests/reference/expressions.mjs).

use crate::exchange_forms::{first_page, parsed};
use crate::loop_project::here;
use serde_json::{Value as Json, json};
use shirube::content::spreadsheet::{Entry, SheetOut, xlsx};
use shirube::content::workbook;
use shirube::exchange::xlsform;
use shirube::language::{Day, Language};
use shirube::survey::condition::{Judged, Operand};
use shirube::survey::expression::parse;
use shirube::survey::question::Kind;
use shirube::survey::{Answer, Answers, Measure, Survey, Value};
use std::collections::BTreeMap;
use std::fmt::Write;
use std::path::{Path, PathBuf};

const TODAY: &str = "2026-11-20";

/// A sequence that is the same on every machine (a multiplicative congruential generator modulo 2^61 − 1).
pub(crate) struct Dice(pub(crate) u64);

impl Dice {
    pub(crate) fn below(&mut self, most: usize) -> usize {
        self.0 = u64::try_from(u128::from(self.0) * 3_935_559_000_370_003_845 % ((1 << 61) - 1)).expect("below 2^61");
        usize::try_from(self.0 >> 20).expect("small") % most
    }

    pub(crate) fn pick<'a>(&mut self, from: &[&'a str]) -> &'a str {
        from[self.below(from.len())]
    }

    /// A sheet as people fill it in: every third question is left empty.
    pub(crate) fn answers(&mut self, survey: &Survey) -> Answers {
        let mut answers = Answers::new();
        for question in survey.questions() {
            let empty = [Answer::NotShown, Answer::Skipped, Answer::Declined][self.below(3)].clone();
            let asked = self.below(3) != 0;
            let mut ranks: Vec<usize> = Vec::new();
            for variable in question.variables() {
                let partly = matches!(question.kind, Kind::Table { .. } | Kind::Grid { .. } | Kind::CardSort { .. });
                let answered = asked && !(partly && self.below(3) == 0);
                let given = match (&variable.measure, &question.kind) {
                    (_, Kind::Ranking { items, top }) => {
                        // Each rank once, the last items none
                        let mut rank = 1 + self.below(items.len());
                        while ranks.contains(&rank) {
                            rank = 1 + self.below(items.len());
                        }
                        ranks.push(rank);
                        (rank <= *top as usize).then(|| Value::Number(rank.to_string()))
                    }
                    (Measure::Nominal(codes) | Measure::Ordinal(codes), _) => {
                        Some(Value::Choice(codes[self.below(codes.len())].code.clone()))
                    }
                    (Measure::Multiple(codes), _) => {
                        let mut some: Vec<String> = codes.iter().filter(|_| self.below(2) == 0).map(|code| code.code.clone()).collect();
                        if some.is_empty() {
                            some.push(codes[0].code.clone());
                        }
                        Some(Value::Choices(some))
                    }
                    (Measure::Number, Kind::Slider(_)) => Some(Value::Number(self.pick(&["0", "2.5", "5", "7.5", "10"]).to_owned())),
                    (Measure::Number, _) => Some(Value::Number(self.pick(&["0", "1", "2", "3", "4", "12.5", "0.25", "60"]).to_owned())),
                    (Measure::Order(_) | Measure::Identity, _) => None,
                    (Measure::Text, _) => Some(Value::Text(self.pick(&["it", "it's", "say \"a\" it's", "はい", "x y"]).to_owned())),
                    (Measure::Date, _) => Some(Value::Date(self.pick(&["2026-11-19", TODAY, "2026-11-21", "1999-01-01"]).to_owned())),
                };
                let answer = given.filter(|_| answered).map_or_else(|| empty.clone(), Answer::Given);
                answers.insert(variable.id, answer);
            }
        }
        answers
    }

    /// A number in our words.
    pub(crate) fn number(&mut self, depth: usize) -> String {
        const NUMBERS: [&str; 22] = [
            "age",
            "rate",
            "mood",
            "full",
            "rooms_big",
            "rooms_small",
            "tell",
            "tells",
            "force",
            "order_u",
            "order_w",
            "share_x",
            "share_y",
            "jobs_1_years",
            "jobs_2_years",
            "jobs_3_years",
            "score(joy)",
            "0",
            "1",
            "2.5",
            "3",
            "twice",
        ];
        if depth == 0 {
            return self.pick(&NUMBERS).to_owned();
        }
        let (left, right) = (self.below(depth), self.below(depth));
        match self.below(6) {
            0 => format!("({} + {})", self.number(left), self.number(right)),
            1 => format!("({} - {})", self.number(left), self.number(right)),
            2 => format!("{} * {}", self.number(0), self.number(0)),
            3 => format!("{} / {}", self.number(0), self.number(0)),
            4 => format!("-{}", self.number(0)),
            _ => format!("{}({}, {}, {})", self.pick(&["count", "sum", "mean"]), self.number(left), self.number(right), self.number(0)),
        }
    }

    /// A condition in our words.
    pub(crate) fn condition(&mut self, depth: usize) -> String {
        if depth > 0 && self.below(3) > 0 {
            let (left, right) = (self.below(depth), self.below(depth));
            return match self.below(3) {
                0 => format!("({}) and ({})", self.condition(left), self.condition(right)),
                1 => format!("({}) or ({})", self.condition(left), self.condition(right)),
                _ => format!("not ({})", self.condition(left)),
            };
        }
        const COMPARISONS: [&str; 6] = ["=", "!=", "<", "<=", ">", ">="];
        let equality = self.pick(&["=", "!="]);
        match self.below(12) {
            0 => format!("way {equality} {}", self.pick(&["'train'", "'foot'", "'other'"])),
            1 => format!("few contains {}", self.pick(&["'a'", "'b'", "'none'"])),
            2 => format!("learnt_hear contains {}", self.pick(&["'job'", "'never'"])),
            3 => format!("word {equality} {}", self.pick(&["'it'", "\"it's\"", "more", "way_other"])),
            4 => format!("since {} {}", self.pick(&COMPARISONS), self.pick(&["today", "'2026-11-21'", "jobs_1_from", "jobs_2_from"])),
            5 => format!(
                "answered({})",
                self.pick(&["way", "few", "word", "age", "order_v", "share_z", "jobs_2_years", "piles_c1", "since"])
            ),
            6 => format!("{} {equality} {}", self.pick(&["talked", "agreed", "jobs_2_again"]), self.pick(&["'yes'", "'no'"])),
            7 => format!("{} {equality} 'pay'", self.pick(&["rather_pay_free", "rather_pay_learn"])),
            8 => format!("{} = {}", self.number(0), self.number(0)),
            _ => format!("{} {} {}", self.number(depth), self.pick(&COMPARISONS), self.number(depth)),
        }
    }
}

/// A survey that asks everything, and then shows a note under each of these conditions and works out each of these values.
pub(crate) fn survey_of(conditions: &[String], values: &[String]) -> (String, Json, Survey) {
    let (mut text, tail) = first_page();
    for (page, some) in conditions.chunks(100).enumerate() {
        let _ = write!(text, "  - id: c{page}\n    questions:\n");
        for (at, condition) in some.iter().enumerate() {
            let condition = shirube::content::yaml_text::quoted(condition);
            let _ = writeln!(text, "      - {{id: c_{page}_{at}, kind: note, text: x, show_if: {condition}}}");
        }
    }
    for (page, some) in values.chunks(50).enumerate() {
        let _ = write!(text, "  - id: v{page}\n    questions:\n      - {{id: n_{page}, kind: note, text: x}}\n");
        for (at, value) in some.iter().enumerate() {
            let value = shirube::content::yaml_text::quoted(value);
            let _ = writeln!(text, "      - {{id: v_{page}_{at}, kind: calculated, text: x, decimals: 2, value: {value}}}");
        }
    }
    text += &tail;
    let (tree, survey) = parsed("generated", &text);
    (text, tree, survey)
}

/// What an expression comes to with us.
pub(crate) fn ours(survey: &Survey, source: &str, answers: &Answers) -> Operand {
    let score = |id: &str| survey.scales.iter().find(|scale| scale.id == id).and_then(|scale| scale.score(answers));
    let judged = Judged { answers, score: &score, today: Day::parse(TODAY).expect("a day") };
    judged.value(&parse(source).expect("an expression"))
}

/// Runs the programs of others; `None` where they do not stand ready and need not.
pub(crate) fn others(name: &str, cases: &Json) -> Option<Json> {
    let target = std::env::var_os("CARGO_TARGET_DIR").map_or_else(|| here().join("target"), PathBuf::from);
    let folder = target.join("reference/node");
    if !folder.join("node_modules").exists() {
        assert!(std::env::var_os("SHIRUBE_REFERENCE").is_none(), "tests/reference/prepare has not run");
        return None;
    }
    let place = Path::new(env!("CARGO_TARGET_TMPDIR"));
    let (from, to) = (place.join(format!("{name}-cases.json")), place.join(format!("{name}-results.json")));
    std::fs::write(&from, cases.to_string()).expect("a file");
    let script = here().join("tests/reference/expressions.mjs");
    let output = std::process::Command::new("node").arg(script).arg(&folder).arg(&from).arg(&to).output().expect("Node.js runs");
    assert!(output.status.success(), "{}{}", String::from_utf8_lossy(&output.stdout), String::from_utf8_lossy(&output.stderr));
    Some(serde_json::from_str(&std::fs::read_to_string(&to).expect("results")).expect("JSON"))
}

/// A sheet as an XForm holds it.
fn xml(survey: &Survey, answers: &Answers) -> String {
    let text = |id: &str| match answers.get(id).and_then(Answer::value) {
        None => String::new(),
        Some(Value::Choice(text) | Value::Text(text) | Value::Date(text) | Value::Number(text)) => text.clone(),
        Some(Value::Choices(codes)) => codes.join(" "),
    };
    let element = |id: &str, text: String| format!("<{id}>{}</{id}>", text.replace('&', "&amp;").replace('<', "&lt;"));
    let mut out = String::from("<data>");
    for question in survey.questions() {
        match &question.kind {
            Kind::Ranking { items, .. } => {
                let mut ranked: Vec<(u32, &str)> =
                    items.iter().map(|item| (text(&question.row_variable(&item.id)).parse().unwrap_or(99), item.id.as_str())).collect();
                ranked.sort();
                let any = ranked.iter().any(|(rank, _)| *rank < 99);
                let order: Vec<&str> = ranked.iter().filter(|_| any).map(|(_, id)| *id).collect();
                out += &element(&question.id, order.join(" "));
            }
            Kind::Table { columns, at_most } => {
                for row in 1..=*at_most {
                    let cells = columns
                        .iter()
                        .map(|column| element(&format!("{}_{}", question.id, column.id), text(&question.cell(row, column).id)));
                    out += &format!("<{}>{}</{}>", question.id, cells.collect::<String>(), question.id);
                }
            }
            _ => out.extend(question.variables().iter().map(|variable| element(&variable.id, text(&variable.id)))),
        }
    }
    out + "</data>"
}

/// The rows of the sheet `survey` by their names, each a map from column to text.
fn rows(sheets: &[SheetOut]) -> BTreeMap<String, BTreeMap<String, String>> {
    let sheet = sheets.iter().find(|sheet| sheet.name == "survey").expect("the sheet");
    let text = |entry: &Entry| if let Entry::Text(text) = entry { text.clone() } else { String::new() };
    let heads: Vec<String> = sheet.rows[0].iter().map(text).collect();
    let each = sheet.rows[1..].iter().map(|row| heads.iter().cloned().zip(row.iter().map(text)).collect::<BTreeMap<_, _>>());
    each.map(|row| (row["name"].clone(), row)).collect()
}

/// The same sheets as somebody else would have written them: what only we understand is gone.
fn without_ours(sheets: &[SheetOut]) -> Vec<SheetOut> {
    let theirs = sheets.iter().filter(|sheet| sheet.name != "shirube");
    theirs
        .map(|sheet| {
            let own = sheet.rows[0].iter().position(|head| *head == Entry::text("shirube"));
            let row =
                |row: &Vec<Entry>| row.iter().enumerate().filter(|(at, _)| Some(*at) != own).map(|(_, entry)| entry.clone()).collect();
            SheetOut { name: sheet.name.clone(), rows: sheet.rows.iter().map(row).collect() }
        })
        .collect()
}

/// A text or a number as one text, numbers to twelve digits.
pub(crate) fn shown(value: &Operand) -> String {
    match value {
        Operand::Missing => String::new(),
        Operand::Truth(truth) => truth.to_string(),
        Operand::Number(number) => format!("{number:.9}"),
        Operand::Text(text) => text.clone(),
        Operand::Set(codes) => codes.join(" "),
    }
}

#[test]
fn conditions_mean_the_same_in_an_xlsform() {
    let mut dice = Dice(20_261_122);
    let conditions: Vec<String> = (0..1_000).map(|at| dice.condition(at % 5)).collect();
    let values: Vec<String> = (0..200).map(|at| dice.number(at % 4)).collect();
    let (_, tree, survey) = survey_of(&conditions, &values);
    let (sheets, _) = xlsform::write::sheets(&tree, &survey, &Language::ALL);
    let rows = rows(&sheets);
    let filled: Vec<Answers> = (0..60).map(|_| dice.answers(&survey)).collect();
    // What was written comes back by its words alone, too
    let bytes = xlsx("t", &without_ours(&sheets)).expect("a workbook");
    let (back, _) = xlsform::read::survey("a.xlsx", &workbook::read("a.xlsx", &bytes).expect("sheets"), &Language::ALL);
    let back = back.expect("a survey");
    let again: BTreeMap<&str, &Json> = back["pages"]
        .as_array()
        .expect("pages")
        .iter()
        .flat_map(|page| page["questions"].as_array().expect("questions"))
        .filter_map(|question| Some((question["id"].as_str()?, question.get("show_if")?)))
        .collect();
    let (mut cases, mut expected, mut returned) = (Vec::new(), Vec::new(), 0);
    for (at, condition) in conditions.iter().enumerate() {
        let id = format!("c_{}_{}", at / 100, at % 100);
        let path = &rows[&id]["relevant"];
        assert!(!path.is_empty(), "{condition} has no words");
        for _ in 0..5 {
            let sheet = dice.below(filled.len());
            let value = ours(&survey, condition, &filled[sheet]);
            cases.push(json!({"expression": path, "sheet": sheet}));
            expected.push((condition.clone(), path.clone(), sheet, shown(&value)));
            if let Some(source) = again.get(id.as_str()).and_then(|source| source.as_str()) {
                returned += 1;
                assert_eq!(ours(&survey, source, &filled[sheet]), value, "{condition}\n  went as {path}\n  and came back as {source}");
            }
        }
    }
    for (at, source) in values.iter().enumerate() {
        let path = &rows[&format!("v_{}_{}", at / 50, at % 50)]["calculation"];
        for _ in 0..5 {
            let sheet = dice.below(filled.len());
            let value = match ours(&survey, source, &filled[sheet]) {
                Operand::Number(number) => Operand::Number((number.abs() * 100.0).round() / 100.0 * number.signum()),
                other => other,
            };
            cases.push(json!({"expression": path, "sheet": sheet}));
            expected.push((source.clone(), path.clone(), sheet, shown(&value)));
        }
    }
    let holding = expected.iter().filter(|(.., value)| value == "true").count();
    assert!(holding > 1_000 && holding < 4_000, "{holding} of {}", expected.len());
    assert!(returned > 500, "{returned}");
    let sheets: Vec<String> = filled.iter().map(|answers| xml(&survey, answers)).collect();
    let Some(results) = others("xlsform", &json!({"today": TODAY, "xpath": cases, "sheets": {"xpath": sheets}})) else { return };
    let mut faults = Vec::new();
    for (result, (source, path, sheet, value)) in results["xpath"].as_array().expect("results").iter().zip(&expected) {
        let theirs = result.as_str().unwrap_or_default();
        let same = match theirs.parse::<f64>() {
            Ok(number) => format!("{number:.9}").trim_start_matches('-') == value.trim_start_matches('-'),
            Err(_) => theirs == value,
        };
        if !same {
            faults.push(format!(
                "{source}\n  {path}\n  ours {value:?}, theirs {theirs:?}\n  {}",
                sheets[*sheet].split("<v_0").next().unwrap_or_default()
            ));
        }
    }
    assert!(
        faults.is_empty(),
        "{} of {} differ:\n{}",
        faults.len(),
        expected.len(),
        faults.iter().take(5).cloned().collect::<Vec<_>>().join("\n")
    );
}

/// A condition as somebody else writes it, without a thought for empty answers.
fn foreign(dice: &mut Dice, depth: usize) -> String {
    const COMPARISONS: [&str; 6] = ["=", "!=", "<", "<=", ">", ">="];
    fn number(dice: &mut Dice, depth: usize) -> String {
        const NUMBERS: [&str; 10] = ["${age}", "${rate}", "${mood}", "${tell}", "${force}", "${share_x}", "0", "1", "2.5", "4"];
        if depth == 0 {
            return dice.pick(&NUMBERS).to_owned();
        }
        let (left, right) = (number(dice, depth - 1), number(dice, 0));
        match dice.below(7) {
            0 => format!("{left} + {right}"),
            1 => format!("{left} - ({right})"),
            2 => format!("({left}) * {right}"),
            3 => format!("({left}) div {}", dice.pick(&["2", "4", "${age}"])),
            4 => format!("coalesce({}, 0)", dice.pick(&NUMBERS[..6])),
            5 => format!("count-non-empty({}) + count-non-empty(${{word}})", dice.pick(&NUMBERS[..6])),
            _ => format!("number({})", dice.pick(&NUMBERS[..6])),
        }
    }
    if depth > 0 && dice.below(3) > 0 {
        let (left, right) = (foreign(dice, depth - 1), foreign(dice, depth - 1));
        return match dice.below(3) {
            0 => format!("({left}) and ({right})"),
            1 => format!("{left} or {right}"),
            _ => format!("not({left})"),
        };
    }
    let equality = dice.pick(&["=", "!="]);
    match dice.below(14) {
        0 => format!("${{way}} {equality} {}", dice.pick(&["'train'", "'foot'", "''", "'nowhere'"])),
        1 => format!("selected(${{few}}, {})", dice.pick(&["'a'", "'b'", "'none'"])),
        2 => format!("selected(${{way}}, {})", dice.pick(&["'train'", "'other'"])),
        3 => format!("${{word}} {equality} {}", dice.pick(&["'it'", "\"it's\"", "''", "${more}"])),
        4 => format!("${{since}} {} {}", dice.pick(&COMPARISONS), dice.pick(&["today()", "date('2026-11-21')", "'2026-11-19'"])),
        5 => format!("${{mood}} {equality} '3'"),
        6 => format!("${{age}} {equality} ${{rate}}"),
        7 => format!("${{age}} {equality} ''"),
        8 => {
            dice.pick(&["regex(${word}, 'i')", "string-length(${word}) > 1", "${way}", "${way} > 'a'", "${few} = 'a'", "true()"]).to_owned()
        }
        _ => format!("{} {} {}", number(dice, depth.min(2)), dice.pick(&COMPARISONS), number(dice, 0)),
    }
}

#[test]
fn conditions_of_foreign_forms_mean_the_same_with_us_or_are_named() {
    let mut dice = Dice(20_261_123);
    let (_, tree, survey) = survey_of(&[], &[]);
    let (sheets, _) = xlsform::write::sheets(&tree, &survey, &Language::ALL);
    let mut sheets = without_ours(&sheets);
    let conditions: Vec<String> = (0..1_200).map(|at| foreign(&mut dice, at % 4)).collect();
    let rows = &mut sheets.iter_mut().find(|sheet| sheet.name == "survey").expect("the sheet").rows;
    let heads: Vec<Entry> = rows[0].clone();
    for (at, condition) in conditions.iter().enumerate() {
        let cell = |head: &Entry| match head {
            Entry::Text(head) if head == "type" => Entry::text("note"),
            Entry::Text(head) if head == "name" => Entry::text(format!("f_{at}")),
            Entry::Text(head) if head == "relevant" => Entry::text(condition),
            _ => Entry::Empty,
        };
        rows.push(heads.iter().map(cell).collect());
    }
    let bytes = xlsx("t", &sheets).expect("a workbook");
    let (back, diagnostics) = xlsform::read::survey("a.xlsx", &workbook::read("a.xlsx", &bytes).expect("sheets"), &Language::ALL);
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
    let named = diagnostics.sorted().iter().filter(|diagnostic| diagnostic.message.en.contains("of this condition cannot be read")).count();
    assert_eq!(named, lost, "every condition that is not read is named");
    assert!(lost < conditions.len() / 2, "{lost} of {} are not read", conditions.len());
    let xmls: Vec<String> = filled.iter().map(|answers| xml(&survey, answers)).collect();
    let Some(results) = others("foreign", &json!({"today": TODAY, "xpath": cases, "sheets": {"xpath": xmls}})) else { return };
    let theirs = results["xpath"].as_array().expect("results");
    let wrong: Vec<String> = theirs
        .iter()
        .zip(&expected)
        .filter(|(theirs, (.., holds))| theirs.as_str() != Some(if *holds { "true" } else { "false" }))
        .map(|(theirs, (condition, source, sheet, holds))| {
            let sheet = xmls[*sheet].split("<town>").next().unwrap_or_default();
            format!("{condition}\n  {source}\n  ours {holds}, theirs {theirs}\n  {sheet}")
        })
        .collect();
    assert!(
        wrong.is_empty(),
        "{} of {} differ:\n{}",
        wrong.len(),
        expected.len(),
        wrong.iter().take(6).cloned().collect::<Vec<_>>().join("\n")
    );
}
