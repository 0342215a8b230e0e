//! Reads what questions are made of: choices, points, items, expressions; complains of ids that stand there twice.

use super::condition::{Condition, place_in};
use super::question::{Choice, Favourable, Item, OTHER, Points};
use crate::content::{Fields, text_of};
use crate::diagnostic::{Code, Diagnostic, Diagnostics, Place, code};
use crate::language::Text;
use std::collections::BTreeMap;

/// The expression of a key, if there is one that can be read.
pub(super) fn read_expression(fields: Fields<'_>, key: &str, diagnostics: &mut Diagnostics) -> Option<Condition> {
    // An empty one was said to be empty
    let source = fields.optional_line(key).filter(|source| !source.trim().is_empty())?;
    let place = fields.place_of(key);
    match Condition::parse(&source, place.clone()) {
        Ok(condition) => Some(condition),
        Err(unreadable) => {
            diagnostics.push(Diagnostic::error(
                code::CONDITION,
                place_in(&place, &source, unreadable.at, unreadable.at + 1),
                format!("条件式を読めません。{}。", unreadable.ja),
                format!("This condition cannot be read: {}.", unreadable.en),
            ));
            None
        }
    }
}

/// Items, cards, piles or rows; `ja` and `en` are what one of them is called.
pub(super) fn read_items(fields: Fields<'_>, key: &str, ja: &str, en: &str, diagnostics: &mut Diagnostics) -> Vec<Item> {
    let items: Vec<Item> =
        fields.records(key).map(|item| Item { id: item.line("id"), place: item.place_of("id"), text: item.text("text") }).collect();
    duplicates(items.iter().map(|item| (item.id.as_str(), &item.place)), ja, en, diagnostics);
    items
}

/// The labels of two ends.
pub(super) fn read_ends(fields: Fields<'_>) -> Option<(Text, Text)> {
    match fields.items("ends") {
        [low, high] => Some((text_of(low), text_of(high))),
        _ => None,
    }
}

pub(super) fn read_choices(fields: Fields<'_>, diagnostics: &mut Diagnostics) -> Vec<Choice> {
    let choices: Vec<Choice> = fields
        .records("choices")
        .map(|choice| Choice {
            id: choice.line("id"),
            place: choice.place_of("id"),
            text: choice.text("text"),
            exclusive: choice.flag("exclusive"),
        })
        .collect();
    duplicates(choices.iter().map(|choice| (choice.id.as_str(), &choice.place)), "選択肢", "choice", diagnostics);
    if let Some(choice) = choices.iter().find(|choice| choice.id == OTHER)
        && fields.node("other").is_some()
    {
        say(
            diagnostics,
            code::DUPLICATE_ID,
            choice.place.clone(),
            "「other」は、自由に書ける選択肢の ID として使われます。別の ID にしてください。",
            "“other” is the id of the choice with the text field; use another one.",
        );
    }
    choices
}

pub(super) fn read_points(fields: Fields<'_>, diagnostics: &mut Diagnostics) -> Points {
    let count = u8::try_from(fields.integer("points", 5).clamp(2, 11)).unwrap_or(5);
    let labels = fields.items("labels");
    let ends = fields.items("ends");
    match (fields.node("labels").is_some(), fields.node("ends").is_some()) {
        (true, true) => say(
            diagnostics,
            code::UNKNOWN_KEY,
            fields.place_of("ends"),
            "labels と ends は、どちらか一つだけ書きます。",
            "Write either labels or ends, not both.",
        ),
        (false, false) => {
            diagnostics.push(
                Diagnostic::error(
                    code::MISSING_KEY,
                    fields.place_of("points"),
                    "labels か ends がありません。",
                    "Neither labels nor ends are given.",
                )
                .hint(
                    "すべての段階の文を labels に、両端だけなら ends に書いてください。",
                    "Give a label for every point in “labels”, or for the two ends in “ends”.",
                ),
            );
        }
        (true, false) if labels.len() != usize::from(count) => say(
            diagnostics,
            code::OUT_OF_RANGE,
            fields.place_of("labels"),
            &format!("labels には points と同じ {count} 個の文が要ります。いまは {} 個です。", labels.len()),
            &format!("“labels” needs {count} texts, one for each point; there are {}.", labels.len()),
        ),
        _ => {}
    }
    let favourable = match fields.line("favourable").as_str() {
        "low" => Favourable::Low,
        "none" => Favourable::Neither,
        _ => Favourable::High,
    };
    let labels = if labels.is_empty() { ends } else { labels };
    Points { count, labels: labels.iter().map(text_of).collect(), favourable }
}

/// Complains of ids that stand there twice.
pub(super) fn duplicates<'i>(ids: impl Iterator<Item = (&'i str, &'i Place)>, ja: &str, en: &str, diagnostics: &mut Diagnostics) {
    let mut seen: BTreeMap<&str, &Place> = BTreeMap::new();
    for (id, place) in ids.filter(|(id, _)| !id.is_empty()) {
        if let Some(first) = seen.get(id) {
            diagnostics.push(
                Diagnostic::error(
                    code::DUPLICATE_ID,
                    place.clone(),
                    format!("{ja}の ID「{id}」が二度使われています。"),
                    format!("The {en} id “{id}” is used twice."),
                )
                .hint("どちらかの ID を変えてください。", "Change one of the two.")
                .also((*first).clone(), "一つ目", "the first one"),
            );
        } else {
            seen.insert(id, place);
        }
    }
}

pub(super) fn say(diagnostics: &mut Diagnostics, name: Code, place: Place, ja: &str, en: &str) {
    diagnostics.push(Diagnostic::error(name, place, ja, en));
}
