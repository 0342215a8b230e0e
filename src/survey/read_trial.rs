//! Reads the test cases of a survey, tries them, and says what came out otherwise.

use super::accept::Raw;
use super::definition::Survey;
use super::field;
use super::trial::{Came, Expected, Failure, Trial};
use crate::content::scalar::decimal;
use crate::content::yaml::Value;
use crate::content::{Fields, Node};
use crate::diagnostic::{Diagnostic, Diagnostics, Place, closest, code};
use crate::language::Language;
use std::collections::BTreeSet;

/// Tries every test case of a survey that was read and found sound.
pub(super) fn run_trials(fields: Fields<'_>, survey: &Survey, diagnostics: &mut Diagnostics) {
    let names = Names::of(survey);
    for case in fields.records("tests") {
        let before = diagnostics.errors();
        let trial = read_trial(case, survey, &names, diagnostics);
        if diagnostics.errors() == before {
            for failure in trial.run(survey) {
                diagnostics.push(say(&trial.name, &failure));
            }
        }
    }
}

/// What a test case may name.
struct Names {
    pages: BTreeSet<String>,
    questions: BTreeSet<String>,
    fields: BTreeSet<String>,
    scales: BTreeSet<String>,
}

impl Names {
    fn of(survey: &Survey) -> Names {
        Names {
            pages: survey.pages.iter().map(|page| page.id.clone()).collect(),
            questions: survey.questions().map(|question| question.id.clone()).collect(),
            fields: survey.questions().flat_map(field::names).collect(),
            scales: survey.scales.iter().map(|scale| scale.id.clone()).collect(),
        }
    }
}

fn read_trial(fields: Fields<'_>, survey: &Survey, names: &Names, diagnostics: &mut Diagnostics) -> Trial {
    let today = fields.optional_day("today");
    if today.is_none() && survey.says_today() {
        diagnostics.push(
            Diagnostic::error(
                code::MISSING_KEY,
                fields.place_of("name"),
                "この試しには today が要ります。",
                "This test needs the key “today”.",
            )
            .hint(
                "条件式が today を使うので、答える日によって結果が変わります。「today: 2026-11-20」のように書いてください。",
                "Conditions of this survey speak of today, so the day decides. Write it like “today: 2026-11-20”.",
            ),
        );
    }
    let mut raw = Raw::new();
    for (id, place, value) in entries(fields, "answers") {
        match survey.question(id).filter(|_| !names.fields.contains(id)) {
            Some(question) => diagnostics.push(several_variables(place, id, &field::names(question))),
            None => known(id, place, &names.fields, "変数", "variable", diagnostics),
        }
        let values = match &value.value {
            Value::List(items) => items.iter().filter_map(Node::scalar).map(str::to_owned).collect(),
            _ => value.scalar().map(str::to_owned).into_iter().collect(),
        };
        put(&mut raw, survey, id, values);
    }
    let expect = fields.record("expect").unwrap_or(fields);
    let mut expected = Vec::new();
    if expect.node("pages").is_some() {
        let pages = ids(expect, "pages", &names.pages, "ページ", "page", diagnostics);
        expected.push((Expected::Pages(pages.into_iter().map(|(id, _)| id).collect()), expect.place_of("pages")));
    }
    let questions = |key: &str, diagnostics: &mut Diagnostics| ids(expect, key, &names.questions, "質問", "question", diagnostics);
    expected.extend(questions("shown", diagnostics).into_iter().map(|(id, place)| (Expected::Shown(id), place)));
    expected.extend(questions("hidden", diagnostics).into_iter().map(|(id, place)| (Expected::Hidden(id), place)));
    for (scale, place, value) in entries(expect, "scores") {
        known(scale, place, &names.scales, "尺度", "scale", diagnostics);
        let written = value.scalar().unwrap_or_default();
        if written != MISSING && decimal(written).is_none() {
            diagnostics.push(Diagnostic::error(
                code::WRONG_TYPE,
                value.place.clone(),
                format!("得点には数か missing を書きます。「{written}」は読めません。"),
                format!("A score is a number or “missing”, not “{written}”."),
            ));
        }
        expected.push((Expected::Score(scale.to_owned(), unless_missing(written)), value.place.clone()));
    }
    for (scale, place, value) in entries(expect, "bands") {
        known(scale, place, &names.scales, "尺度", "scale", diagnostics);
        expected.push((Expected::Band(scale.to_owned(), unless_missing(value.scalar().unwrap_or_default())), value.place.clone()));
    }
    let says_refused = expect.node("refused").is_some();
    if says_refused {
        let refused = questions("refused", diagnostics).into_iter().map(|(id, _)| id).collect();
        expected.push((Expected::Refused(refused), expect.place_of("refused")));
    }
    Trial {
        name: fields.line("name"),
        // Without a day that decides, any day serves
        today: today.unwrap_or_default(),
        raw,
        expected,
        takes_all: (!says_refused).then(|| fields.place_of("answers")),
    }
}

/// The word for a score or a band that there is none of.
const MISSING: &str = "missing";

fn unless_missing(written: &str) -> Option<String> {
    (written != MISSING).then(|| written.to_owned())
}

/// Declining a question that is typed into is a box of its own.
fn put(raw: &mut Raw, survey: &Survey, id: &str, values: Vec<String>) {
    let declined = field::declined_field(id);
    let has_box = survey.question(id).is_some_and(|question| field::names(question).contains(&declined));
    if has_box && values == [field::DECLINED] {
        raw.insert(declined, vec!["yes".to_owned()]);
    } else {
        raw.insert(id.to_owned(), values);
    }
}

/// The keys of a mapping with their places and values.
fn entries<'a>(fields: Fields<'a>, key: &str) -> impl Iterator<Item = (&'a str, &'a Place, &'a Node)> {
    let entries = fields.node(key).and_then(|node| if let Value::Map(entries) = &node.value { Some(entries.as_slice()) } else { None });
    entries.unwrap_or_default().iter().map(|(key, value)| (key.text.as_str(), &key.place, value))
}

fn ids(fields: Fields<'_>, key: &str, all: &BTreeSet<String>, ja: &str, en: &str, diagnostics: &mut Diagnostics) -> Vec<(String, Place)> {
    let items = fields.items(key).iter().filter_map(|item| Some((item.scalar()?.to_owned(), item.place.clone())));
    let items: Vec<(String, Place)> = items.collect();
    for (id, place) in &items {
        known(id, place, all, ja, en, diagnostics);
    }
    items
}

fn known(id: &str, place: &Place, all: &BTreeSet<String>, ja: &str, en: &str, diagnostics: &mut Diagnostics) {
    if all.contains(id) {
        return;
    }
    let fault = Diagnostic::error(
        code::UNKNOWN_REFERENCE,
        place.clone(),
        format!("「{id}」という{ja}はありません。"),
        format!("There is no {en} “{id}”."),
    );
    diagnostics.push(match closest(id, all.iter().map(String::as_str)) {
        Some(guess) => fault.hint(format!("「{guess}」の書き間違いではありませんか。"), format!("Did you mean “{guess}”?")),
        None => fault,
    });
}

/// A question that is answered row by row.
fn several_variables(place: &Place, id: &str, variables: &[String]) -> Diagnostic {
    Diagnostic::error(
        code::UNKNOWN_REFERENCE,
        place.clone(),
        format!("質問「{id}」には、変数がいくつもあります。"),
        format!("The question “{id}” has several variables."),
    )
    .hint(format!("{} のどれかを書きます。", variables.join("、")), format!("Write one of {}.", variables.join(", ")))
}

fn say(name: &str, failure: &Failure) -> Diagnostic {
    let (ja, en) = match (&failure.expected, &failure.came) {
        (_, Came::Pages(pages)) => (format!("見せるページは {} でした", list_ja(pages)), format!("the pages seen are {}", list_en(pages))),
        (Expected::Hidden(id), _) => (format!("質問「{id}」は尋ねられました"), format!("the question “{id}” is asked")),
        (Expected::Shown(id), _) => (format!("質問「{id}」は尋ねられませんでした"), format!("the question “{id}” is not asked")),
        (Expected::Score(id, _), Came::Score(Some(score))) => {
            (format!("「{id}」の得点は {} でした", number(*score)), format!("the score of “{id}” is {}", number(*score)))
        }
        (Expected::Band(id, _), Came::Band(Some(band))) => (
            format!("「{id}」の帯は「{}」でした", band.label.in_language(Language::Japanese)),
            format!("the band of “{id}” is “{}”", band.label.in_language(Language::English)),
        ),
        (Expected::Band(id, _), _) => {
            (format!("「{id}」の得点は、どの帯にも入りませんでした"), format!("the score of “{id}” is in no band"))
        }
        (_, Came::Refused(refused)) if refused.is_empty() => {
            ("受け付けない答えはありませんでした".to_owned(), "no answer is refused".to_owned())
        }
        (_, Came::Refused(refused)) => {
            let refused: Vec<String> = refused.iter().cloned().collect();
            (format!("受け付けない答えは {} でした", list_ja(&refused)), format!("the answers refused are those of {}", list_en(&refused)))
        }
        (Expected::Score(id, _), _) => (format!("「{id}」の得点は出ませんでした"), format!("“{id}” has no score")),
        (Expected::Pages(_) | Expected::Refused(_), _) => (String::new(), String::new()),
    };
    Diagnostic::error(code::TEST_FAILED, failure.place.clone(), format!("試し「{name}」：{ja}。"), format!("Test “{name}”: {en}."))
}

fn list_ja(ids: &[String]) -> String {
    if ids.is_empty() { "なし".to_owned() } else { ids.join("、") }
}

fn list_en(ids: &[String]) -> String {
    if ids.is_empty() { "none".to_owned() } else { ids.join(", ") }
}

/// A score with four decimals at most.
fn number(score: f64) -> String {
    let text = format!("{score:.4}");
    text.trim_end_matches('0').trim_end_matches('.').to_owned()
}
