//! The survey's heart: conditions by the cases that the browser shares, sheets by tables, scores.

use proptest::prelude::*;
use serde_json::Value as Json;
use shirube::content::yaml;
use shirube::diagnostic::{Diagnostics, Place};
use shirube::language::{Day, Language};
use shirube::survey::answer::{Answer, Answers, Value};
use shirube::survey::complaint::Fault;
use shirube::survey::condition::{Condition, Judged, Operand};
use shirube::survey::{Survey, expression, read};
use std::collections::BTreeMap;

fn shared() -> Json {
    serde_json::from_str(include_str!("../cases/expressions.json")).expect("JSON")
}

fn day(text: &str) -> Day {
    Day::parse(text).expect("a day")
}

fn shared_answers(cases: &Json) -> Answers {
    let text = |value: &Json| value.as_str().expect("a text").to_owned();
    let answer = |answer: &Json| {
        let (kind, value) = answer.as_object().and_then(|object| object.iter().next()).expect("one key");
        match kind.as_str() {
            "choice" => Answer::Given(Value::Choice(text(value))),
            "choices" => Answer::Given(Value::Choices(value.as_array().expect("a list").iter().map(text).collect())),
            "number" => Answer::Given(Value::Number(text(value))),
            "text" => Answer::Given(Value::Text(text(value))),
            "date" => Answer::Given(Value::Date(text(value))),
            _ => match value.as_str() {
                Some("skipped") => Answer::Skipped,
                Some("declined") => Answer::Declined,
                _ => Answer::NotShown,
            },
        }
    };
    cases["answers"].as_object().expect("answers").iter().map(|(id, one)| (id.clone(), answer(one))).collect()
}

#[test]
fn expressions_mean_what_the_shared_cases_say() {
    let cases = shared();
    let answers = shared_answers(&cases);
    let score = |id: &str| cases["scores"][id].as_f64();
    let judged = Judged { answers: &answers, score: &score, today: day(cases["today"].as_str().expect("today")) };
    let all = cases["cases"].as_array().expect("cases");
    assert!(all.len() > 60);
    for case in all {
        let source = case["expression"].as_str().expect("an expression");
        let expression = expression::parse(source).unwrap_or_else(|error| panic!("{source}: {error:?}"));
        let value = judged.value(&expression);
        let fits = match (&case["expected"], &value) {
            (Json::Null, Operand::Missing) => true,
            (Json::Bool(expected), Operand::Truth(truth)) => expected == truth,
            (Json::Number(expected), Operand::Number(number)) => expected.as_f64() == Some(*number),
            _ => false,
        };
        assert!(fits, "{source}: {value:?}, not {}", case["expected"]);
        // A condition holds only where it is true: missing and numbers do not.
        let condition = Condition::parse(source, Place::whole(&"a.yaml".into())).expect("readable");
        assert_eq!(condition.holds(&judged), case["expected"] == Json::Bool(true), "{source}");
    }
}

#[test]
fn what_cannot_be_read_says_where() {
    for case in shared()["unreadable"].as_array().expect("cases") {
        let source = case["expression"].as_str().expect("an expression");
        let error = expression::parse(source).expect_err(source);
        assert_eq!(Some(error.at as u64), case["at"].as_u64(), "{source}: {error:?}");
        assert!(!error.ja.is_empty() && !error.en.is_empty());
    }
    let deep = format!("{}1{}", "(".repeat(10_000), ")".repeat(10_000));
    assert!(expression::parse(&deep).is_err());
    assert!(expression::parse(&format!("{} 1", "not ".repeat(10_000))).is_err());
    assert!(expression::parse(&format!("{}1", "-".repeat(10_000))).is_err());
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 500, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn any_text_is_an_expression_or_a_fault_inside_it(source in "([a-z0-9 ()<>=!+*/,.'-]|and |or |not |count\\(|\\PC){0,60}") {
        if let Err(error) = expression::parse(&source) {
            prop_assert!(error.at <= source.chars().count());
        }
    }
}

const EVERY_KIND: &str = "
title: x
lead: x
minutes: 1
mode: anonymous
purpose: x
pages:
  - id: one
    questions:
      - {id: team, kind: single_choice, text: x, need: required, other: そのほか,
         choices: [{id: sales, text: 営業}, {id: works, text: 工場}]}
      - {id: reasons, kind: multiple_choice, text: x, need: declinable, other: そのほか, at_most: 2,
         choices: [{id: boss, text: 上司}, {id: pay, text: 給与}, {id: place, text: 場所}, {id: none, text: なし, exclusive: true}]}
      - {id: vision, kind: scale, text: x, need: declinable, points: 11, ends: [低い, 高い]}
      - {id: feel, kind: grid, text: x, need: optional, points: 5, ends: [低い, 高い], rows: [{id: a, text: あ}, {id: b, text: い}]}
      - {id: years, kind: number, text: x, need: optional, minimum: 0, maximum: 60, decimals: 1}
      - {id: word, kind: short_text, text: x, need: optional, max_length: 5}
      - {id: story, kind: long_text, text: x, need: declinable, max_length: 10}
      - {id: started, kind: date, text: x, need: optional, earliest: 2000-01-01, latest: 2026-12-31}
  - id: two
    show_if: team = 'sales'
    questions:
      - {id: clients, kind: number, text: x, need: required, minimum: 1}
      - {id: why, kind: short_text, text: x, need: required, show_if: clients > 10}
scales:
  - {id: mood, label: x, items: [feel_a, feel_b], reversed: [feel_b], min_answered: 1,
     bands: [{from: 1, label: 低い}, {from: 2.5, label: 中}, {from: 4, label: 高い}]}
  - {id: whole, label: x, items: [feel_a, feel_b], method: sum}
";

fn survey() -> Survey {
    let mut diagnostics = Diagnostics::new();
    let node = yaml::parse(&"content/surveys/a.yaml".into(), EVERY_KIND, 1, &mut diagnostics).expect("YAML");
    let survey = read::read("a", &node, &[Language::Japanese], &mut diagnostics);
    assert!(diagnostics.is_empty(), "{:?}", diagnostics.sorted());
    survey
}

/// A sheet that is accepted, with some fields replaced; `None` takes a field away.
fn sheet(changes: &[(&str, Option<&[&str]>)]) -> BTreeMap<String, Vec<String>> {
    let mut raw: BTreeMap<String, Vec<String>> = [("team", "works"), ("reasons", "boss"), ("vision", "10"), ("story", "あ")]
        .into_iter()
        .map(|(name, value)| (name.to_owned(), vec![value.to_owned()]))
        .collect();
    for (name, values) in changes {
        match values {
            Some(values) => raw.insert((*name).to_owned(), values.iter().map(|value| (*value).to_owned()).collect()),
            None => raw.remove(*name),
        };
    }
    raw
}

type Change<'a> = (&'a str, Option<&'a [&'a str]>);

fn given(answers: &Answers, id: &str) -> String {
    match answers.get(id) {
        None => "absent".to_owned(),
        Some(Answer::NotShown) => "not shown".to_owned(),
        Some(Answer::Skipped) => "skipped".to_owned(),
        Some(Answer::Declined) => "declined".to_owned(),
        Some(Answer::Given(Value::Choices(codes))) => codes.join("+"),
        Some(Answer::Given(Value::Choice(text) | Value::Number(text) | Value::Text(text) | Value::Date(text))) => text.clone(),
    }
}

#[test]
fn every_kind_takes_what_it_should() {
    let survey = survey();
    let cases: &[(&[Change<'_>], &str, &str)] = &[
        (&[], "team", "works"),
        (&[("team", Some(&[" works "]))], "team", "works"),
        (&[("team", Some(&["other"])), ("team_other", Some(&[" 研究 "]))], "team_other", "研究"),
        (&[], "team_other", "skipped"),
        (&[("reasons", Some(&["pay", "boss", "pay"]))], "reasons", "boss+pay"),
        (&[("reasons", Some(&["none"]))], "reasons", "none"),
        (&[("reasons", Some(&["_declined"]))], "reasons", "declined"),
        (&[("reasons", Some(&["_declined"]))], "reasons_other", "declined"),
        (&[("vision", Some(&["1"]))], "vision", "1"),
        (&[("vision", Some(&["11"]))], "vision", "11"),
        (&[("vision", Some(&["_declined"]))], "vision", "declined"),
        (&[("feel_a", Some(&["5"]))], "feel_a", "5"),
        (&[("feel_a", Some(&["5"]))], "feel_b", "skipped"),
        (&[("years", Some(&["１２．５"]))], "years", "12.5"),
        (&[("years", Some(&["012.50"]))], "years", "12.5"),
        (&[("years", Some(&[""]))], "years", "skipped"),
        (&[("years", Some(&["0"]))], "years", "0"),
        (&[("years", Some(&["60"]))], "years", "60"),
        (&[("word", Some(&["あいうえお"]))], "word", "あいうえお"),
        (&[("word", Some(&["a\r\nb"]))], "word", "a b"),
        (&[("word", Some(&["　"]))], "word", "skipped"),
        (&[("story", Some(&["一\r\n二"]))], "story", "一\n二"),
        (&[("story", None), ("story.declined", Some(&["1"]))], "story", "declined"),
        (&[("started", Some(&["２０２６年４月１日"]))], "started", "2026-04-01"),
        (&[("started", Some(&["2026/4/1"]))], "started", "2026-04-01"),
        (&[], "clients", "not shown"),
        (&[("clients", Some(&["999"])), ("why", Some(&["秘密"]))], "clients", "not shown"),
        (&[("clients", Some(&["999"])), ("why", Some(&["秘密"]))], "why", "not shown"),
        (&[("team", Some(&["sales"])), ("clients", Some(&["3"]))], "clients", "3"),
        (&[("team", Some(&["sales"])), ("clients", Some(&["3"])), ("why", Some(&["x"]))], "why", "not shown"),
        (&[("team", Some(&["sales"])), ("clients", Some(&["11"])), ("why", Some(&["x"]))], "why", "x"),
    ];
    for (changes, id, expected) in cases {
        let answers = survey
            .accept(&sheet(changes), day("2026-11-20"))
            .unwrap_or_else(|judgement| panic!("{changes:?}: {:?} {:?}", judgement.complaints, judgement.unknown_fields));
        assert_eq!(given(&answers, id), *expected, "{changes:?}");
        // Every variable has exactly one state, whatever was sent.
        assert_eq!(answers.keys().cloned().collect::<Vec<_>>(), {
            let mut all: Vec<String> = survey.variables().into_iter().map(|variable| variable.id).collect();
            all.sort();
            all
        });
    }
}

#[test]
fn every_kind_refuses_what_it_should_and_keeps_the_rest() {
    let survey = survey();
    let cases: &[(&[Change<'_>], &str, Fault)] = &[
        (&[("team", None)], "team", Fault::Missing),
        (&[("team", Some(&["boss"]))], "team", Fault::UnknownChoice),
        (&[("team", Some(&["_declined"]))], "team", Fault::UnknownChoice),
        (&[("team", Some(&["sales", "works"]))], "team", Fault::OnlyOne),
        (&[("team", Some(&["other"]))], "team_other", Fault::OtherMissing),
        (&[("team", Some(&["other"])), ("team_other", Some(&["　"]))], "team_other", Fault::OtherMissing),
        (&[("team_other", Some(&["研究"]))], "team_other", Fault::OtherNotChosen),
        (&[("reasons", None)], "reasons", Fault::Missing),
        (&[("reasons", Some(&["boss", "pay", "place"]))], "reasons", Fault::TooMany(2)),
        (&[("reasons", Some(&["none", "boss"]))], "reasons", Fault::Exclusive(shirube::language::Text::plain("なし"))),
        (&[("reasons", Some(&["_declined", "boss"]))], "reasons", Fault::Contradiction),
        (&[("reasons", Some(&["boss", "forged"]))], "reasons", Fault::UnknownChoice),
        (&[("vision", Some(&["0"]))], "vision", Fault::UnknownChoice),
        (&[("vision", Some(&["12"]))], "vision", Fault::UnknownChoice),
        (&[("vision", Some(&["01"]))], "vision", Fault::UnknownChoice),
        (&[("vision", Some(&["+1"]))], "vision", Fault::UnknownChoice),
        (&[("vision", Some(&["1", "2"]))], "vision", Fault::OnlyOne),
        (&[("vision", None)], "vision", Fault::Missing),
        (&[("feel_b", Some(&["6"]))], "feel_b", Fault::UnknownChoice),
        (&[("years", Some(&["たくさん"]))], "years", Fault::NotANumber),
        (&[("years", Some(&["1e9"]))], "years", Fault::NotANumber),
        (&[("years", Some(&["NaN"]))], "years", Fault::NotANumber),
        (&[("years", Some(&["60.1"]))], "years", Fault::NumberRange(Some(0.0), Some(60.0))),
        (&[("years", Some(&["-1"]))], "years", Fault::NumberRange(Some(0.0), Some(60.0))),
        (&[("years", Some(&["1.25"]))], "years", Fault::Decimals(1)),
        (&[("word", Some(&["あいうえおか"]))], "word", Fault::TooLong(5, 6)),
        (&[("word", Some(&["a", "b"]))], "word", Fault::OnlyOne),
        (&[("story", None)], "story", Fault::Missing),
        (&[("story.declined", Some(&["1"]))], "story", Fault::Contradiction),
        (&[("started", Some(&["2026-02-30"]))], "started", Fault::NotADay),
        (&[("started", Some(&["1999-12-31"]))], "started", Fault::DayRange(Some(day("2000-01-01")), Some(day("2026-12-31")))),
        (&[("team", Some(&["sales"]))], "clients", Fault::Missing),
        (&[("team", Some(&["sales"])), ("clients", Some(&["0"]))], "clients", Fault::NumberRange(Some(1.0), None)),
        (&[("team", Some(&["sales"])), ("clients", Some(&["11"]))], "why", Fault::Missing),
    ];
    for (changes, field, fault) in cases {
        let judgement = survey.accept(&sheet(changes), day("2026-11-20")).expect_err(field);
        assert!(
            judgement.complaints.iter().any(|one| one.field == *field && one.fault == *fault),
            "{changes:?}: {:?}",
            judgement.complaints
        );
        assert!(!judgement.answers.contains_key(*field), "{changes:?}");
        // All that is fit to keep is kept for the page that is shown again.
        assert!(judgement.answers.len() >= 8, "{changes:?}: {:?}", judgement.answers);
    }
}

#[test]
fn fields_that_no_question_has_are_named_and_all_complaints_come_at_once() {
    let survey = survey();
    let raw = sheet(&[("extra", Some(&["x"])), ("team", None), ("vision", Some(&["99"])), ("word", Some(&["あいうえおか"]))]);
    let judgement = survey.accept(&raw, day("2026-11-20")).expect_err("faulty");
    assert_eq!(judgement.unknown_fields, ["extra"]);
    let fields: Vec<&str> = judgement.complaints.iter().map(|one| one.field.as_str()).collect();
    assert_eq!(fields, ["team", "vision", "word"]);
    let only_extra = survey.accept(&sheet(&[("extra", Some(&[]))]), day("2026-11-20"));
    assert!(only_extra.is_err(), "a sheet of another survey is not accepted");
}

#[test]
fn pages_follow_the_answers() {
    let survey = survey();
    let today = day("2026-11-20");
    let works = survey.judge(&sheet(&[]), 1, today).answers;
    assert_eq!((survey.next_page(&works, None, today), survey.next_page(&works, Some(0), today)), (Some(0), None));
    let sales = survey.judge(&sheet(&[("team", Some(&["sales"]))]), 1, today).answers;
    assert_eq!((survey.next_page(&sales, Some(0), today), survey.next_page(&sales, Some(1), today)), (Some(1), None));
    let shown = |clients: &str| {
        let raw = sheet(&[("team", Some(&["sales"])), ("clients", Some(&[clients]))]);
        survey.judge(&raw, 2, today).shown.contains("why")
    };
    assert_eq!((shown("10"), shown("11"), shown("?")), (false, true, false));
}

#[test]
fn scores_turn_reversed_items_and_wait_for_enough_answers() {
    let survey = survey();
    let of = |a: Option<&str>, b: Option<&str>| -> Answers {
        let answer = |code: Option<&str>| code.map_or(Answer::Skipped, |code| Answer::Given(Value::Choice(code.to_owned())));
        [("feel_a".to_owned(), answer(a)), ("feel_b".to_owned(), answer(b))].into_iter().collect()
    };
    let (mood, whole) = (&survey.scales[0], &survey.scales[1]);
    for (a, b, mean, sum, band) in [
        (Some("5"), Some("1"), Some(5.0), Some(6.0), Some("高い")),
        (Some("1"), Some("5"), Some(1.0), Some(6.0), Some("低い")),
        (Some("4"), Some("3"), Some(3.5), Some(7.0), Some("中")),
        (Some("4"), None, Some(4.0), None, Some("高い")),
        (None, Some("2"), Some(4.0), None, Some("高い")),
        (None, None, None, None, None),
    ] {
        let answers = of(a, b);
        assert_eq!((mood.score(&answers), whole.score(&answers)), (mean, sum), "{a:?} {b:?}");
        let label = mean.and_then(|score| mood.band(score)).map(|band| band.label.in_language(Language::Japanese));
        assert_eq!(label, band, "{a:?} {b:?}");
    }
    assert_eq!((mood.range(), whole.range()), ((1.0, 5.0), (2.0, 10.0)));
    assert!(mood.band(0.5).is_none());
    assert_eq!(mood.band(2.5).map(|band| band.from), Some(2.5), "a band holds its lower end");
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 200, failure_persistence: None, ..ProptestConfig::default() })]

    /// Whatever a browser sends: no panic, and nothing is taken that a question did not offer.
    #[test]
    fn no_forged_sheet_gets_through(fields in proptest::collection::btree_map(
        "(team|team_other|reasons|vision|feel_a|years|word|story|story\\.declined|started|clients|why|[a-z]{1,4})",
        proptest::collection::vec("(sales|works|other|boss|none|_declined|[0-9]{1,2}|\\PC{0,12})", 0..3),
        0..8,
    )) {
        let survey = survey();
        if let Ok(answers) = survey.accept(&fields, day("2026-11-20")) {
            for variable in survey.variables() {
                use shirube::survey::Measure;
                let codes: Vec<String> = match &variable.measure {
                    Measure::Nominal(all) | Measure::Ordinal(all) | Measure::Multiple(all) => all.iter().map(|one| one.code.clone()).collect(),
                    _ => continue,
                };
                match &answers[&variable.id] {
                    Answer::Given(Value::Choice(code)) => prop_assert!(codes.contains(code)),
                    Answer::Given(Value::Choices(chosen)) => prop_assert!(chosen.iter().all(|code| codes.contains(code))),
                    Answer::Given(other) => prop_assert!(false, "{other:?}"),
                    _ => {}
                }
            }
        }
    }
}
