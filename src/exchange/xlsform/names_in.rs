//! The names of a form: what each is called with us, and what it holds.

use super::choices_in::points;
use super::form::{Form, Row};
use crate::diagnostic::Diagnostics;
use crate::exchange::meaning::{Meaning, Named, Names};
use crate::exchange::names;
use serde_json::{Map, Value as Tree};
use std::collections::{BTreeMap, BTreeSet};

/// The kinds of ours that leave as a group of rows.
pub(super) const GROUPED: [&str; 6] = ["grid", "multiple_grid", "card_sort", "allocation", "paired_comparison", "table"];

/// The most rows that a table of ours may have.
pub(super) const MOST_ROWS: u32 = 20;

/// Gives every row its id; the names that conditions may speak of.
pub(super) fn names(form: &mut Form) -> Names {
    let (mut names, mut taken) = (Names::new(), BTreeSet::new());
    let mut open: Vec<Option<Open>> = Vec::new();
    // What was wrong with the rows is said when they are read
    let mut unsaid = Diagnostics::new();
    for at in 0..form.rows.len() {
        let Some(row) = form.rows.get(at) else { continue };
        let (typed, list, or_other) = row.typed();
        let own = row.own(&mut unsaid);
        let name = row.get("name").to_owned();
        let of = |key: &str| own.get(key).and_then(Tree::as_str).unwrap_or_default().to_owned();
        if typed.starts_with("end") {
            open.pop();
            continue;
        }
        let group = open.iter().flatten().last();
        if typed.starts_with("begin") {
            let kind = if typed == "begin_repeat" { "table".to_owned() } else { of("kind") };
            let whole = GROUPED.contains(&kind.as_str()).then(|| {
                let id = names::id(&name, "q", &mut taken);
                Open { id, name: name.clone(), rows: rows_of(row, &own), kind, columns: BTreeSet::new() }
            });
            if let (Some(row), Some(whole)) = (form.rows.get_mut(at), &whole) {
                row.id.clone_from(&whole.id);
            }
            open.push(whole);
            continue;
        }
        if typed.is_empty() || matches!(of("~part").as_str(), "survey_lead" | "lead" | "pair" | "shown") {
            continue;
        }
        let meaning = meaning(form, row, &own, group);
        let is_table = group.is_some_and(|group| group.kind == "table");
        let id = match (group, own.get("~row").and_then(Tree::as_str), of("~part").as_str()) {
            (Some(group), Some(part), _) => format!("{}_{part}", group.id),
            (_, _, "other") => {
                form.rows[..at].iter().rev().find(|row| !row.id.is_empty()).map(|row| format!("{}_other", row.id)).unwrap_or_default()
            }
            _ if is_table => {
                let bare = group.and_then(|group| name.strip_prefix(&format!("{}_", group.name))).unwrap_or(&name).to_owned();
                let wanted = if of("~column").is_empty() { bare } else { of("~column") };
                open.iter_mut().flatten().last().map(|group| names::id(&wanted, "q", &mut group.columns)).unwrap_or_default()
            }
            _ => names::id(&name, "q", &mut taken),
        };
        let mut known = meaning.map(|meaning| vec![(name.clone(), id.clone(), meaning)]).unwrap_or_default();
        if or_other || list_has_other(form, list) {
            known.push((format!("{name}_other"), format!("{id}_other"), Meaning::Text));
        }
        let group = open.iter().flatten().last();
        for (name, id, meaning) in known {
            match group.filter(|_| is_table) {
                Some(group) => names.extend((1..=group.rows).map(|row| {
                    let named = Named { id: format!("{}_{row}_{id}", group.id), meaning: meaning.clone() };
                    (format!("{}[{row}].{name}", group.name), named)
                })),
                None => drop(names.insert(name, Named { id, meaning })),
            }
        }
        if let Some(row) = form.rows.get_mut(at) {
            row.id = id;
        }
    }
    names
}

/// A question of several rows that has begun.
struct Open {
    id: String,
    name: String,
    rows: u32,
    kind: String,
    columns: BTreeSet<String>,
}

/// How many rows a table may have.
pub(super) fn rows_of(row: &Row, own: &Map<String, Tree>) -> u32 {
    let said = own.get("at_most").and_then(Tree::as_str).unwrap_or(row.get("repeat_count"));
    said.parse().unwrap_or(MOST_ROWS).clamp(1, MOST_ROWS)
}

fn list_has_other(form: &Form, list: &str) -> bool {
    form.lists.get(list).is_some_and(|rows| rows.iter().any(is_other))
}

fn is_other(row: &Row) -> bool {
    row.own(&mut Diagnostics::new()).get("~part").and_then(Tree::as_str) == Some("other")
}

/// The codes of a list and ours for them.
fn codes(form: &Form, list: &str, or_other: bool) -> BTreeMap<String, String> {
    let mut taken = BTreeSet::new();
    let rows = form.lists.get(list).into_iter().flatten();
    let own = rows.map(|row| {
        let name = row.get("name").to_owned();
        let id = if is_other(row) { "other".to_owned() } else { names::id(&name, "c", &mut taken) };
        (name, id)
    });
    own.chain(or_other.then(|| ("other".to_owned(), "other".to_owned()))).collect()
}

/// Whether a row is a scale: numbers from 1 on, and shown as one.
pub(super) fn is_scale(form: &Form, row: &Row, own: &Map<String, Tree>) -> bool {
    let (typed, list, _) = row.typed();
    let kept = own.get("kind").and_then(Tree::as_str).unwrap_or_default();
    let theirs = (kept.is_empty() || !fits(kept, &typed)) && row.get("appearance").contains("likert");
    typed == "select_one" && (kept == "scale" || theirs) && points(form, list, 1)
}

/// Whether a row is a recommendation that left us.
pub(super) fn is_recommendation(form: &Form, row: &Row, own: &Map<String, Tree>) -> bool {
    let (typed, list, _) = row.typed();
    let count = form.lists.get(list).map_or(0, Vec::len);
    typed == "select_one" && own.get("kind").and_then(Tree::as_str) == Some("recommendation") && count == 11 && points(form, list, 0)
}

fn meaning(form: &Form, row: &Row, own: &Map<String, Tree>, group: Option<&Open>) -> Option<Meaning> {
    let (typed, list, or_other) = row.typed();
    match typed.as_str() {
        "select_one" if group.is_some_and(|group| group.kind == "grid") => Some(Meaning::Number(false)),
        "select_one" if is_scale(form, row, own) || is_recommendation(form, row, own) => Some(Meaning::Number(false)),
        "select_one" => Some(Meaning::Choice(codes(form, list, or_other))),
        "select_multiple" => Some(Meaning::Set(codes(form, list, or_other))),
        "integer" => Some(Meaning::Number(false)),
        "decimal" | "range" | "calculate" => Some(Meaning::Number(true)),
        "text" => Some(Meaning::Text),
        "date" => Some(Meaning::Day),
        _ => None,
    }
}

/// Whether a question of this kind left as a row of this type.
pub(super) fn fits(kind: &str, typed: &str) -> bool {
    match kind {
        "" => true,
        "single_choice" | "dropdown" | "yes_no" | "scale" | "recommendation" => typed == "select_one",
        "multiple_choice" => typed == "select_multiple",
        "ranking" => typed == "rank",
        "number" => typed == "integer" || typed == "decimal",
        "short_text" | "long_text" => typed == "text",
        "date" => typed == "date",
        "slider" => typed == "range",
        "calculated" => typed == "calculate",
        _ => typed == "note",
    }
}
