//! The browser's mirror of conditions: the same expressions as JSON, held equal by running both on the same cases, the shared ones
//! and some thousands that a fixed seed makes.

use serde_json::{Value as Json, json};
use shirube::diagnostic::Place;
use shirube::language::Day;
use shirube::survey::answer::{Answer, Answers, Value};
use shirube::survey::compiled::{compiled, operand, scale};
use shirube::survey::condition::{Judged, Operand};
use shirube::survey::scoring::{Method, Scale};
use shirube::survey::{expression, field};
use std::path::{Path, PathBuf};
use std::process::Command;

const TODAY: &str = "2026-11-20";

fn day(text: &str) -> Day {
    Day::parse(text).expect("a day")
}

fn as_json(value: &Operand) -> Json {
    match value {
        Operand::Missing => Json::Null,
        Operand::Truth(truth) => json!(truth),
        Operand::Number(number) => json!(number),
        Operand::Text(text) => json!(text),
        Operand::Set(codes) => json!(codes),
    }
}

fn scales() -> Vec<Scale> {
    let scale = |id: &str, method: Method, items: &[&str], reversed: &[&str], least: u32| Scale {
        id: id.to_owned(),
        place: Place::whole(&"a.yaml".into()),
        label: "x".into(),
        items: items.iter().map(|item| (*item).to_owned()).collect(),
        reversed: reversed.iter().map(|item| (*item).to_owned()).collect(),
        method,
        min_answered: least,
        points: 5,
        bands: Vec::new(),
    };
    vec![scale("mood", Method::Mean, &["a", "b", "c"], &["b"], 2), scale("all", Method::Sum, &["a", "b"], &[], 1)]
}

/// A case: the expression judged here, and everything that the browser needs to judge it.
fn case(source: &str, answers: &Answers, scales: &[Scale]) -> Json {
    let parsed = expression::parse(source).unwrap_or_else(|error| panic!("{source}: {error:?}"));
    let score = |id: &str| scales.iter().find(|scale| scale.id == id).and_then(|scale| scale.score(answers));
    let value = Judged { answers, score: &score, today: day(TODAY) }.value(&parsed);
    let answers: serde_json::Map<String, Json> = answers.iter().map(|(id, answer)| (id.clone(), operand(Some(answer)))).collect();
    json!({"expression": source, "compiled": compiled(&parsed), "answers": answers, "expected": as_json(&value)})
}

fn all_scales(scales: &[Scale]) -> Json {
    scales.iter().map(|one| (one.id.clone(), scale(one))).collect::<serde_json::Map<_, _>>().into()
}

/// Runs the browser's evaluator over the cases. Where there is no node (a checkout for Rust alone), the browser tests have the rest;
/// a machine that builds for others has one.
fn agree(name: &str, cases: &Json) {
    let folder = PathBuf::from(env!("CARGO_TARGET_TMPDIR"));
    let file = folder.join(format!("logic-{name}.json"));
    std::fs::write(&file, cases.to_string()).expect("a file");
    let script = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/browser/evaluate.mjs");
    match Command::new("node").arg(script).arg(&file).output() {
        Ok(output) => {
            assert!(output.status.success(), "{}{}", String::from_utf8_lossy(&output.stdout), String::from_utf8_lossy(&output.stderr));
        }
        Err(_) => assert!(std::env::var_os("CI").is_none(), "node is not there"),
    }
}

fn shared_answers(all: &Json) -> Answers {
    let text = |value: &Json| value.as_str().expect("a text").to_owned();
    let answer = |answer: &Json| {
        let (kind, value) = answer.as_object().and_then(|object| object.iter().next()).expect("one key");
        match kind.as_str() {
            "choice" => Answer::Given(Value::Choice(text(value))),
            "choices" => Answer::Given(Value::Choices(value.as_array().expect("a list").iter().map(text).collect())),
            "number" => Answer::Given(Value::Number(text(value))),
            "text" => Answer::Given(Value::Text(text(value))),
            "date" => Answer::Given(Value::Date(text(value))),
            _ => Answer::Skipped,
        }
    };
    all["answers"].as_object().expect("answers").iter().map(|(id, one)| (id.clone(), answer(one))).collect()
}

#[test]
fn the_browser_agrees_on_the_shared_cases() {
    let shared: Json = serde_json::from_str(include_str!("../cases/expressions.json")).expect("JSON");
    let answers = shared_answers(&shared);
    // The shared scores are given as numbers; two scales of one item each have them
    let sources: Vec<&str> = shared["cases"].as_array().expect("cases").iter().filter_map(|case| case["expression"].as_str()).collect();
    let without_scores: Vec<&str> = sources.iter().copied().filter(|source| !source.contains("score(")).collect();
    assert!(without_scores.len() > 50);
    let cases: Vec<Json> = without_scores.iter().map(|source| case(source, &answers, &[])).collect();
    agree("shared", &json!({"today": TODAY, "scales": {}, "cases": cases}));
}

#[test]
fn an_expression_is_written_as_its_description_says() {
    for (source, expected) in [
        ("3", json!(3.0)),
        ("team = 'sales'", json!(["=", ["answer", "team"], ["text", "sales"]])),
        (
            "not answered(a) and today >= '2026-11-20'",
            json!(["and", ["not", ["answered", "a"]], [">=", ["today"], ["text", "2026-11-20"]]]),
        ),
        (
            "-score(mood) < 1 or b contains 'x'",
            json!(["or", ["<", ["negative", ["score", "mood"]], 1.0], ["contains", ["answer", "b"], ["text", "x"]]]),
        ),
        (
            "mean(a, 2) != sum(a) / count(a)",
            json!(["!=", ["mean", ["answer", "a"], 2.0], ["/", ["sum", ["answer", "a"]], ["count", ["answer", "a"]]]]),
        ),
    ] {
        assert_eq!(compiled(&expression::parse(source).expect("readable")), expected, "{source}");
    }
}

/// A sequence that is the same on every machine (a multiplicative congruential generator modulo 2^61 − 1).
struct Dice(u64);

impl Dice {
    fn below(&mut self, most: usize) -> usize {
        self.0 = u64::try_from(u128::from(self.0) * 3_935_559_000_370_003_845 % ((1 << 61) - 1)).expect("below 2^61");
        usize::try_from(self.0 >> 20).expect("small") % most
    }

    fn pick<'a>(&mut self, from: &[&'a str]) -> &'a str {
        from[self.below(from.len())]
    }

    fn answers(&mut self) -> Answers {
        let mut answers = Answers::new();
        for id in ["a", "b", "c", "d"] {
            let point = (1 + self.below(5)).to_string();
            answers.insert(id.to_owned(), self.maybe(Value::Choice(point)));
        }
        let team = self.pick(&["sales", "works", "inf", "nan", "other"]).to_owned();
        answers.insert("team".to_owned(), self.maybe(Value::Choice(team)));
        let set: Vec<String> = ["boss", "pay", "place"].into_iter().filter(|_| self.below(2) == 0).map(str::to_owned).collect();
        let set = if set.is_empty() { vec!["none".to_owned()] } else { set };
        answers.insert("reasons".to_owned(), self.maybe(Value::Choices(set)));
        for id in ["n", "m"] {
            let number = self.pick(&["0", "1", "-3", "12.5", "0.1", "0.2", "0.3", "1000000", "2.5"]).to_owned();
            answers.insert(id.to_owned(), self.maybe(Value::Number(number)));
        }
        let word = self.pick(&["はい", "\u{20BB7}", "\u{FF5E}", "x", "y z", "constructor"]).to_owned();
        answers.insert("word".to_owned(), self.maybe(Value::Text(word)));
        let date = self.pick(&["2026-11-19", "2026-11-20", "2026-11-21", "1999-01-01"]).to_owned();
        answers.insert("since".to_owned(), self.maybe(Value::Date(date)));
        answers
    }

    /// Every third answer is none, of one kind or another.
    fn maybe(&mut self, value: Value) -> Answer {
        match self.below(9) {
            0 => Answer::NotShown,
            1 => Answer::Skipped,
            2 => Answer::Declined,
            _ => Answer::Given(value),
        }
    }

    /// Any expression at all, sense or not: what the check refuses must come out equal, too.
    fn any(&mut self, depth: usize) -> String {
        const ATOMS: [&str; 22] = [
            "a",
            "b",
            "c",
            "d",
            "n",
            "m",
            "team",
            "reasons",
            "word",
            "since",
            "today",
            "nowhere",
            "0",
            "1",
            "2.5",
            "0.3",
            "'sales'",
            "'boss'",
            "'\u{FF5E}'",
            "'2026-11-20'",
            "score(mood)",
            "score(all)",
        ];
        const COMPARISONS: [&str; 6] = ["=", "!=", "<", "<=", ">", ">="];
        if depth == 0 {
            return self.pick(&ATOMS).to_owned();
        }
        let mut inner = || self.below(depth);
        let (left, right) = (inner(), inner());
        match self.below(12) {
            0 => format!("not ({})", self.any(left)),
            1 => format!("-({})", self.any(left)),
            2 => format!("answered({})", self.pick(&["a", "team", "reasons", "word", "nowhere"])),
            3 => format!("{}(({}), ({}), {})", self.pick(&["count", "sum", "mean"]), self.any(left), self.any(right), self.any(0)),
            4 | 5 => format!("({}) {} ({})", self.any(left), self.pick(&["and", "or"]), self.any(right)),
            6 => format!("({}) {} ({})", self.any(left), self.pick(&["+", "-", "*", "/"]), self.any(right)),
            7 => format!("({}) contains ({})", self.any(left), self.any(right)),
            8 => format!("({}) {} ({})", self.any(left), self.pick(&COMPARISONS), self.any(right)),
            // Numbers beside numbers, which often are equal
            _ => {
                const NUMBERS: [&str; 10] = ["a", "b", "c", "d", "n", "score(mood)", "count(a, b)", "1", "2.5", "3"];
                format!("{} {} {}", self.pick(&NUMBERS), self.pick(&COMPARISONS), self.pick(&NUMBERS))
            }
        }
    }
}

#[test]
fn the_browser_agrees_on_generated_cases() {
    let mut dice = Dice(20_261_120);
    let scales = scales();
    let cases: Vec<Json> = (0..6_000)
        .map(|at| {
            let answers = dice.answers();
            let source = dice.any(1 + at % 6);
            case(&source, &answers, &scales)
        })
        .collect();
    // The cases say something: each kind of outcome comes up often
    for (kind, least) in [(json!(true), 400), (json!(false), 1_000), (Json::Null, 400)] {
        let seen = cases.iter().filter(|case| case["expected"] == kind).count();
        assert!(seen >= least, "{kind} {seen} times");
    }
    assert!(cases.iter().filter(|case| case["expected"].is_number()).count() > 400);
    agree("generated", &json!({"today": TODAY, "scales": all_scales(&scales), "cases": cases}));
}

#[test]
fn the_browser_reads_fields_as_the_program_does() {
    let shared: Json = serde_json::from_str(include_str!("../logic/fields.json")).expect("JSON");
    let mut fields = Vec::new();
    let decimal = |value: &Json| value.as_f64();
    let optional_day = |value: &Json| value.as_str().and_then(Day::parse);
    let small = |value: &Json| u32::try_from(value.as_u64().expect("a number")).expect("small");
    for kind in ["number", "text", "date"] {
        for group in shared[kind].as_array().expect("groups") {
            for (typed, expected) in group["cases"].as_object().expect("cases") {
                let read = match kind {
                    "number" => field::number(typed, decimal(&group["minimum"]), decimal(&group["maximum"]), small(&group["decimals"]))
                        .map_or(Json::Null, |digits| operand(Some(&Answer::Given(Value::Number(digits))))),
                    "text" => field::text(typed, small(&group["most"]), group["lines"] == true).map_or(Json::Null, |text| json!(text)),
                    _ => field::day(typed, optional_day(&group["earliest"]), optional_day(&group["latest"]))
                        .map_or(Json::Null, |day| json!(day.to_string())),
                };
                let agrees = read == *expected || (read.is_number() && read.as_f64() == expected.as_f64());
                assert!(agrees, "{typed:?} as {kind}: {read}, not {expected}");
                let mut field = group.clone();
                field["kind"] = json!(kind);
                field.as_object_mut().expect("an object").remove("cases");
                fields.push(json!({"field": field, "sent": [typed], "expected": expected}));
            }
        }
    }
    for (field, sent, expected) in [
        (json!({"kind": "choice"}), json!(["4"]), json!(4)),
        (json!({"kind": "choice"}), json!(["nan"]), json!("nan")),
        (json!({"kind": "choice"}), json!(["_declined"]), Json::Null),
        (json!({"kind": "choice"}), json!(["a", "b"]), Json::Null),
        (json!({"kind": "choice"}), json!([]), Json::Null),
        (json!({"kind": "choices"}), json!(["a", "b"]), json!(["a", "b"])),
        (json!({"kind": "choices"}), json!([]), Json::Null),
        (json!({"kind": "choices"}), json!(["_declined"]), Json::Null),
    ] {
        fields.push(json!({"field": field, "sent": sent, "expected": expected}));
    }
    agree("fields", &json!({"today": TODAY, "scales": {}, "fields": fields}));
}

/// What is built must not change with the day; a page that is served knows it.
#[test]
fn the_day_goes_along_only_where_a_served_page_needs_it() {
    use shirube::content::yaml;
    use shirube::diagnostic::Diagnostics;
    use shirube::language::Language;
    let text = "
title: x
lead: x
minutes: 1
mode: anonymous
purpose: x
pages:
  - {id: zero, questions: [{id: z, kind: short_text, text: x}]}
  - id: one
    questions:
      - {id: a, kind: number, text: x}
      - {id: b, kind: short_text, text: x, show_if: a > 3 and today >= '2026-01-01' and z = 'y'}
";
    let mut diagnostics = Diagnostics::new();
    let node = yaml::parse(&"a.yaml".into(), text, 1, &mut diagnostics).expect("YAML");
    let survey = shirube::survey::read::read("a", &node, &[Language::Japanese], &mut diagnostics);
    let answers = [("z".to_owned(), Answer::Given(Value::Text("y".to_owned())))].into_iter().collect();
    for (given, expected) in [(None, Json::Null), (Some(day(TODAY)), json!(TODAY))] {
        let live = survey.live(&survey.pages[1], &answers, &|id| id == "a", given).expect("rules");
        assert_eq!(live.rules["today"], expected);
        assert_eq!(live.rules["answers"], json!({"z": "y"}));
    }
}

/// The survey of the browser tests is sound, and its own test cases come out.
#[test]
fn the_survey_of_the_browser_tests_is_sound() {
    use shirube::content::yaml;
    use shirube::diagnostic::Diagnostics;
    use shirube::language::Language;
    let mut diagnostics = Diagnostics::new();
    let node = yaml::parse(&"tests/logic/survey.yaml".into(), include_str!("../logic/survey.yaml"), 1, &mut diagnostics).expect("YAML");
    let survey = shirube::survey::read::read("pulse", &node, &Language::ALL, &mut diagnostics);
    assert!(diagnostics.is_empty(), "{:?}", diagnostics.sorted());
    // What is handed to the browser: rules of the questions that come and go, and no answer that no rule speaks of
    let raw = [("nickname", "みどり"), ("way", "home"), ("days", "4")].map(|(name, value)| (name.to_owned(), vec![value.to_owned()]));
    let judgement = survey.judge(&raw.into_iter().collect(), 1, day(TODAY));
    let live = |page: usize| survey.live(&survey.pages[page], &judgement.answers, &|id| judgement.shown.contains(id), Some(day(TODAY)));
    let rules = live(0).expect("rules");
    assert_eq!(rules.questions.iter().map(String::as_str).collect::<Vec<_>>(), ["days", "desk", "why"]);
    assert_eq!(rules.rules["answers"], json!({}), "nothing of earlier pages is spoken of");
    assert_eq!(rules.rules["today"], Json::Null, "nor of the day");
    assert!(live(1).is_none(), "nothing on the second page depends on it");
}
