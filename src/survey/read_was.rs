//! Reads what the parts of a survey were called before (`was:`) and which were taken out (`removed:`), and works out which variables
//! and codes that concerns: an older question is the same question with older ids, and its variables stand in the same order.

use super::definition::Survey;
use super::history::History;
use super::order::{of_parts, on_page};
use super::question::{Choice, Item, Kind, Question};
use super::read_parts::say;
use super::variable::{Category, Measure, Variable};
use crate::content::{Fields, Node, scalar};
use crate::diagnostic::{Diagnostics, Place, code};
use std::collections::{BTreeMap, BTreeSet};

/// The keys below which a question's parts stand.
const PARTS: [&str; 6] = ["choices", "rows", "items", "cards", "piles", "columns"];

/// Reads the history of a survey, which was read from this document.
pub(super) fn read_was(node: &Node, survey: &mut Survey, diagnostics: &mut Diagnostics) {
    let fields = Fields::of(node);
    let orders: BTreeSet<String> = survey.order_variables().into_iter().map(|variable| variable.id).collect();
    let mut names = Names { history: History::default(), orders, diagnostics };
    let records: Vec<Fields<'_>> = fields.records("pages").flat_map(|page| page.records("questions").collect::<Vec<_>>()).collect();
    for (question, record) in survey.questions().zip(records) {
        names.question(question, record);
        let page = survey.pages.iter().find(|page| page.questions.iter().any(|one| one.id == question.id));
        if let Some(order) = page.map(|page| on_page(&page.id)).filter(|order| names.orders.contains(order)) {
            for old in names.old(record) {
                names.code(&order, &old, &question.id, &record.place_of("was"));
            }
        }
    }
    for (attribute, record) in survey.attributes.iter().zip(fields.records("attributes")) {
        for old in names.old(record) {
            names.variable(&old, &attribute.id, &record.place_of("was"));
            names.history.oldest.insert(attribute.id.clone(), old);
        }
        for value in record.records("values") {
            for old in names.old(value) {
                names.code(&attribute.id, &old, &value.line("id"), &value.place_of("was"));
            }
        }
    }
    let Names { mut history, diagnostics, .. } = names;
    still_there(survey, &history, fields, diagnostics);
    history.removed = fields.items("removed").iter().filter_map(Node::scalar).map(str::to_owned).collect();
    for item in fields.items("removed") {
        let known = item.scalar().filter(|id| survey.variables().iter().any(|variable| variable.id == *id));
        if let Some(id) = known {
            say(
                diagnostics,
                code::DUPLICATE_ID,
                item.place.clone(),
                &format!("「{id}」は、いまも尋ねています。"),
                &format!("“{id}” is still asked."),
            );
        }
    }
    survey.history = history;
}

struct Names<'d> {
    history: History,
    /// The variables of orders that are kept.
    orders: BTreeSet<String>,
    diagnostics: &'d mut Diagnostics,
}

impl Names<'_> {
    /// The old ids of one part, each a proper id.
    fn old(&mut self, record: Fields<'_>) -> Vec<String> {
        let one = record.node("was").into_iter().filter(|node| node.scalar().is_some());
        let all = one.chain(record.items("was"));
        let mut ids = Vec::new();
        for node in all {
            let Some(id) = node.scalar() else { continue };
            if scalar::is_name_id(id) {
                ids.push(id.to_owned());
            } else {
                say(
                    self.diagnostics,
                    code::INVALID_ID,
                    node.place.clone(),
                    &format!("「{id}」は ID ではありません。"),
                    &format!("“{id}” is no id."),
                );
            }
        }
        ids
    }

    fn question(&mut self, question: &Question, record: Fields<'_>) {
        let mut parts: Parts = BTreeMap::new();
        self.parts(record, "", &mut parts);
        let ids = self.old(record);
        let place = record.node("was").map_or_else(|| question.place.clone(), |_| record.place_of("was"));
        let generations = parts.values().map(Vec::len).max().unwrap_or(0);
        let kept = of_parts(question).is_some_and(|order| self.orders.contains(&order.id));
        let variables =
            |question: &Question| question.variables().into_iter().chain(of_parts(question).filter(|_| kept)).collect::<Vec<_>>();
        let today = variables(question);
        for id in std::iter::once(&question.id).chain(&ids) {
            for generation in 0..=generations {
                let mut older = Question { id: id.clone(), ..question.clone() };
                rename(&mut older.kind, "", &parts, generation);
                for (old, new) in variables(&older).iter().zip(&today) {
                    if old.id != new.id {
                        self.variable(&old.id, &new.id, &place);
                    }
                    for (before, now) in categories(old).iter().zip(categories(new)) {
                        if before.code != now.code {
                            self.code(&new.id, &before.code, &now.code, &place);
                        }
                    }
                }
            }
        }
    }

    /// Old ids of choices, rows and so on, those of a table's columns among them.
    fn parts(&mut self, record: Fields<'_>, below: &str, parts: &mut Parts) {
        for key in PARTS {
            for part in record.records(key) {
                let name = format!("{below}{key}.{}", part.line("id"));
                let old = self.old(part);
                if key == "columns" {
                    self.parts(part, &format!("{name}."), parts);
                }
                if !old.is_empty() {
                    parts.insert(name, old);
                }
            }
        }
    }

    fn variable(&mut self, old: &str, new: &str, place: &Place) {
        let before = self.history.variables.insert(old.to_owned(), new.to_owned());
        self.twice(before.filter(|before| before != new), old, place);
    }

    fn code(&mut self, variable: &str, old: &str, new: &str, place: &Place) {
        let before = self.history.codes.entry(variable.to_owned()).or_default().insert(old.to_owned(), new.to_owned());
        self.twice(before.filter(|before| before != new), old, place);
    }

    fn twice(&mut self, before: Option<String>, old: &str, place: &Place) {
        if let Some(before) = before {
            say(
                self.diagnostics,
                code::DUPLICATE_ID,
                place.clone(),
                &format!("「{old}」だったものが二つあります（もう一つは「{before}」）。"),
                &format!("Two things were “{old}”; the other one is “{before}” now."),
            );
        }
    }
}

/// Old ids by the part's own name: `choices.train`, `columns.place.choices.home`.
type Parts = BTreeMap<String, Vec<String>>;

/// Gives the parts of a question the ids of so many renamings ago; a part that was renamed less often keeps the oldest it had.
fn rename(kind: &mut Kind, below: &str, parts: &Parts, generation: usize) {
    let older = |key: &str, id: &mut String| {
        let old = parts.get(&format!("{below}{key}.{id}")).map(Vec::as_slice).unwrap_or_default();
        if let Some(old) = generation.checked_sub(1).and_then(|at| old.get(at).or(old.last())) {
            id.clone_from(old);
        }
    };
    let choices = |all: &mut [Choice]| all.iter_mut().for_each(|choice| older("choices", &mut choice.id));
    let items = |key: &str, all: &mut [Item]| all.iter_mut().for_each(|item| older(key, &mut item.id));
    match kind {
        Kind::SingleChoice { choices: all, .. } | Kind::Dropdown { choices: all, .. } | Kind::MultipleChoice { choices: all, .. } => {
            choices(all);
        }
        Kind::MultipleGrid { choices: all, rows, .. } => {
            choices(all);
            items("rows", rows);
        }
        Kind::Grid { rows, .. } => items("rows", rows),
        Kind::Ranking { items: all, .. } | Kind::Allocation { items: all, .. } | Kind::PairedComparison { items: all } => {
            items("items", all)
        }
        Kind::CardSort { cards, piles } => {
            items("cards", cards);
            items("piles", piles);
        }
        Kind::Table { columns, .. } => {
            for column in columns {
                let name = format!("{below}columns.{}.", column.id);
                older("columns", &mut column.id);
                rename(&mut column.kind, &name, parts, generation);
            }
        }
        _ => {}
    }
}

/// What was renamed is not there any more under its old name.
fn still_there(survey: &Survey, history: &History, fields: Fields<'_>, diagnostics: &mut Diagnostics) {
    let variables = survey.variables();
    let questions = survey.questions().map(|question| question.id.as_str());
    let attributes = survey.attributes.iter().map(|attribute| attribute.id.as_str());
    let there: BTreeSet<&str> = variables.iter().map(|variable| variable.id.as_str()).chain(questions).chain(attributes).collect();
    let place_of = |new: &str| {
        let variable = variables.iter().find(|variable| variable.id == new);
        let question = variable.and_then(|variable| survey.question(&variable.question)).map(|question| question.place.clone());
        let attribute = || survey.attributes.iter().find(|attribute| attribute.id == new).map(|attribute| attribute.place.clone());
        question.or_else(attribute).unwrap_or_else(|| fields.place_of("title"))
    };
    let mut complain = |old: &str, new: &str, place: Place| {
        say(
            diagnostics,
            code::DUPLICATE_ID,
            place,
            &format!("「{old}」を「{new}」に改めたはずですが、「{old}」もまだあります。"),
            &format!("“{old}” became “{new}”, but there still is a “{old}”."),
        );
    };
    for (old, new) in history.variables.iter().filter(|(old, _)| there.contains(old.as_str())) {
        complain(old, new, place_of(new));
    }
    for (variable, codes) in &history.codes {
        let own = variables.iter().find(|one| one.id == *variable);
        let attribute = survey.attributes.iter().find(|one| one.id == *variable).map(|one| one.values.as_slice());
        let all = own.map(categories).or(attribute).unwrap_or_default();
        for (old, new) in codes.iter().filter(|(old, _)| all.iter().any(|category| category.code == **old)) {
            complain(old, new, place_of(variable));
        }
    }
}

/// The values that a variable can take, where they are listed.
fn categories(variable: &Variable) -> &[Category] {
    match &variable.measure {
        Measure::Nominal(categories) | Measure::Ordinal(categories) | Measure::Multiple(categories) | Measure::Order(categories) => {
            categories
        }
        Measure::Number | Measure::Text | Measure::Date | Measure::Identity => &[],
    }
}
