//! A whole survey as rules for a device without a network: pages, conditions, kinds and limits as JSON, no words. `assets/judge.js`
//! judges a sheet by them as `accept` does; whatever it finds, every file is judged again when it comes in.
//!
//! ```json
//! {"id": "pulse", "revision": 1, "first": {"consent": null, "code": {"least": 4, "most": 32, "pattern": null}},
//!  "scales": {…}, "shuffles": […], "pages": [{"id": "you", "if": null, "questions": [
//!   {"id": "team", "need": "required", "apart": false, "if": null, "count": 1, "kind": "one", "codes": ["a", "b", "other"], "other": true}
//! ]}]}
//! ```

use super::compiled::{compiled, scale};
use super::condition::Condition;
use super::definition::Survey;
use super::own_code::LONGEST;
use super::question::{Choice, Item, Kind, MOST_LIKELY, NO, Need, OTHER, Question, YES};
use super::shuffle::Shuffle;
use super::variables::pairs;
use crate::language::{Day, Text};
use serde_json::{Map, Value as Json, json};
use std::collections::BTreeSet;

/// The rules of a survey.
#[must_use]
pub fn portable(survey: &Survey) -> Json {
    let pages: Vec<Json> = survey
        .pages
        .iter()
        .map(|page| {
            let questions: Vec<Json> = page.questions.iter().map(question).collect();
            json!({"id": page.id, "if": holds(page.show_if.as_ref()), "questions": questions})
        })
        .collect();
    let scales: Map<String, Json> = survey.scales.iter().map(|one| (one.id.clone(), scale(one))).collect();
    let shuffles: Vec<Json> = survey.shuffles.iter().filter_map(|one| shuffle(survey, one)).collect();
    json!({
        "id": survey.id, "revision": survey.revision, "first": first(survey), "scales": scales, "pages": pages, "shuffles": shuffles,
    })
}

/// What is asked before the first question.
fn first(survey: &Survey) -> Json {
    let consent = survey.consent.as_ref().map(|consent| json!({"version": consent.version(), "required": consent.required}));
    let code = survey.code.as_ref().map(|code| json!({"least": code.min_length, "most": LONGEST, "pattern": code.pattern}));
    json!({"consent": consent, "code": code})
}

/// What stands in random order: by what it is ordered, the question whose parts they are (else the questions of a page), the ids, and
/// those of them that keep their place. Where there are only a few orders, all of them.
fn shuffle(survey: &Survey, shuffle: &Shuffle) -> Option<Json> {
    let page = survey.pages.get(shuffle.page)?;
    let rotated = survey.rotated();
    let orders = |of: &str, page: bool| rotated.iter().find(|list| list.id == of && list.page == page).map(|list| &list.orders);
    let Some(id) = &shuffle.question else {
        let ids: Vec<&str> = page.questions.iter().map(|question| question.id.as_str()).collect();
        return Some(json!({"of": page.id, "question": null, "ids": ids, "pinned": shuffle.pinned, "orders": orders(&page.id, true)}));
    };
    let (ids, alone) = match &page.questions.iter().find(|question| question.id == *id)?.kind {
        Kind::SingleChoice { choices, .. } | Kind::Dropdown { choices, .. } | Kind::MultipleChoice { choices, .. } => {
            (choices.iter().map(|choice| choice.id.as_str()).collect(), alone(choices))
        }
        Kind::Grid { rows: items, .. }
        | Kind::MultipleGrid { rows: items, .. }
        | Kind::Ranking { items, .. }
        | Kind::CardSort { cards: items, .. }
        | Kind::Allocation { items, .. } => (ids(items), Vec::new()),
        _ => return None,
    };
    let pinned: BTreeSet<&str> = shuffle.pinned.iter().map(String::as_str).chain(alone).collect();
    Some(json!({"of": id, "question": id, "ids": ids, "pinned": pinned, "orders": orders(id, false)}))
}

fn holds(condition: Option<&Condition>) -> Json {
    condition.map_or(Json::Null, |condition| compiled(&condition.expression))
}

fn question(question: &Question) -> Json {
    let mut rules = kind(question);
    let need = match question.need {
        Need::Required => "required",
        Need::Optional => "optional",
        Need::Declinable => "declinable",
    };
    if let Some(rules) = rules.as_object_mut() {
        rules.insert("id".to_owned(), json!(question.id));
        rules.insert("need".to_owned(), json!(need));
        rules.insert("apart".to_owned(), json!(question.declines_apart()));
        rules.insert("if".to_owned(), holds(question.show_if.as_ref()));
        rules.insert("count".to_owned(), json!(question.count()));
    }
    rules
}

/// What a question takes. `one`: one code of several; `several`: any number of them; the rest is called as in content.
fn kind(question: &Question) -> Json {
    let one = |codes: Vec<String>| json!({"kind": "one", "codes": codes});
    let day = |day: &Option<Day>| day.map(|day| day.to_string());
    match &question.kind {
        Kind::SingleChoice { choices, other } | Kind::Dropdown { choices, other } => {
            json!({"kind": "one", "codes": codes(choices, other.as_ref()), "other": other.is_some()})
        }
        Kind::MultipleChoice { choices, other, at_most } => json!({
            "kind": "several", "codes": codes(choices, other.as_ref()), "other": other.is_some(),
            "alone": alone(choices), "at_most": at_most,
        }),
        Kind::YesNo { .. } => one(vec![YES.to_owned(), NO.to_owned()]),
        Kind::Scale(points) => one((1..=points.count).map(|point| point.to_string()).collect()),
        Kind::Recommendation { .. } => one((0..=MOST_LIKELY).map(|point| point.to_string()).collect()),
        Kind::Number { minimum, maximum, decimals, .. } => {
            json!({"kind": "number", "minimum": minimum, "maximum": maximum, "decimals": decimals})
        }
        Kind::Slider(slider) => json!({
            "kind": "number", "minimum": slider.minimum, "maximum": slider.maximum, "decimals": slider.decimals(), "step": slider.step,
        }),
        Kind::ShortText { max_length } => json!({"kind": "text", "most": max_length, "lines": false}),
        Kind::LongText { max_length } => json!({"kind": "text", "most": max_length, "lines": true}),
        Kind::Date { earliest, latest } => json!({"kind": "date", "earliest": day(earliest), "latest": day(latest)}),
        Kind::Grid { points, rows } => {
            let codes: Vec<String> = (1..=points.count).map(|point| point.to_string()).collect();
            json!({"kind": "grid", "rows": ids(rows), "codes": codes})
        }
        Kind::MultipleGrid { choices, rows, at_most } => json!({
            "kind": "multiple_grid", "rows": ids(rows), "codes": codes(choices, None), "alone": alone(choices), "at_most": at_most,
        }),
        Kind::Ranking { items, top } => json!({"kind": "ranking", "rows": ids(items), "top": top}),
        Kind::CardSort { cards, piles } => json!({"kind": "cards", "rows": ids(cards), "codes": ids(piles)}),
        Kind::Allocation { items, total, .. } => json!({"kind": "allocation", "rows": ids(items), "total": total}),
        Kind::PairedComparison { items } => {
            json!({"kind": "pairs", "pairs": pairs(items).map(|(first, second)| [first.id.as_str(), second.id.as_str()]).collect::<Vec<_>>()})
        }
        Kind::Table { columns, at_most } => {
            json!({"kind": "table", "columns": columns.iter().map(self::question).collect::<Vec<_>>(), "at_most": at_most})
        }
        Kind::Calculated { value, decimals, show, .. } => {
            json!({"kind": "calculated", "value": compiled(&value.expression), "decimals": decimals, "show": show})
        }
        Kind::Note => json!({"kind": "note"}),
    }
}

fn codes(choices: &[Choice], other: Option<&Text>) -> Vec<String> {
    choices.iter().map(|choice| choice.id.clone()).chain(other.map(|_| OTHER.to_owned())).collect()
}

/// The choices that rule out all others.
fn alone(choices: &[Choice]) -> Vec<&str> {
    choices.iter().filter(|choice| choice.exclusive).map(|choice| choice.id.as_str()).collect()
}

fn ids(items: &[Item]) -> Vec<&str> {
    items.iter().map(|item| item.id.as_str()).collect()
}
