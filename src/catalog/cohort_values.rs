//! Attributes by cohort: their values are the cohorts of a file, and `others` for whoever is in none. They are written into the
//! documents of surveys before these are read, so that whoever asks for the values of an attribute finds them.

use super::names::not_there;
use super::read_cohorts::OTHERS;
use crate::content::yaml::{Key, Value};
use crate::content::{Fields, Node};
use crate::diagnostic::{Diagnostic, Diagnostics, Place, code};
use crate::language::{Language, Text};
use std::collections::BTreeMap;

/// Fills in the values of every attribute by cohort. `cohorts` are the documents by id; `unread` says which files are there and are no
/// documents.
pub(super) fn fill(
    surveys: &mut BTreeMap<String, Node>,
    cohorts: &BTreeMap<String, Node>,
    unread: &dyn Fn(&str) -> bool,
    languages: &[Language],
    diagnostics: &mut Diagnostics,
) {
    for survey in surveys.values_mut() {
        let Value::Map(entries) = &mut survey.value else { continue };
        let attributes = entries.iter_mut().filter(|(key, _)| key.text == "attributes");
        for (_, list) in attributes {
            let Value::List(all) = &mut list.value else { continue };
            for attribute in all {
                one(attribute, cohorts, unread, languages, diagnostics);
            }
        }
    }
}

fn one(
    attribute: &mut Node,
    cohorts: &BTreeMap<String, Node>,
    unread: &dyn Fn(&str) -> bool,
    languages: &[Language],
    diagnostics: &mut Diagnostics,
) {
    let Some((id, place)) = attribute.get("cohort").and_then(|node| Some((node.scalar()?.to_owned(), node.place.clone()))) else { return };
    if let Some(written) = attribute.get("values") {
        diagnostics.push(
            Diagnostic::error(
                code::UNKNOWN_KEY,
                written.place.clone(),
                format!("値は節目「{id}」から決まるので、values は書きません。"),
                format!("The values are the cohorts of “{id}”, so no “values” stand here."),
            )
            .hint("values か cohort の、どちらか一方を消してください。", "Delete “values” or “cohort”.")
            .also(place, "値の出どころ", "where the values come from"),
        );
        return;
    }
    let mut values = Vec::new();
    match cohorts.get(&id) {
        Some(found) => {
            let titled = Fields::of(found).items("cohorts").iter().map(Fields::of).map(|one| (one.line("id"), one.text("title")));
            values.extend(titled.filter(|(id, _)| !id.is_empty() && id != OTHERS));
        }
        None if unread(&id) => {}
        None => not_there(diagnostics, &place, ("節目", "file of cohorts"), &id, cohorts.keys().map(String::as_str)),
    }
    // Of two with one id, which was said, the first stands
    let mut seen = std::collections::BTreeSet::new();
    values.retain(|(id, _)| seen.insert(id.clone()));
    values.push((OTHERS.to_owned(), Text::pair("そのほか", "Others")));
    let list = values.iter().map(|(id, title)| value(id, title, &place, languages)).collect();
    if let Value::Map(entries) = &mut attribute.value {
        entries.push((key("values", &place), Node { place: place.clone(), value: Value::List(list) }));
    }
}

/// A value as an author would have written it, its name in every language of the project.
fn value(id: &str, title: &Text, place: &Place, languages: &[Language]) -> Node {
    let node = |value: Value| Node { place: place.clone(), value };
    let named = |language: &Language| {
        let text = title.in_language(*language);
        // A cohort without a title was told of where it stands
        let text = if text.trim().is_empty() { id } else { text };
        (key(language.code(), place), node(Value::Scalar(text.to_owned())))
    };
    let text = node(Value::Map(languages.iter().map(named).collect()));
    node(Value::Map(vec![(key("id", place), node(Value::Scalar(id.to_owned()))), (key("text", place), text)]))
}

fn key(text: &str, place: &Place) -> Key {
    Key { text: text.to_owned(), place: place.clone() }
}
