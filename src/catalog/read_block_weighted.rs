//! Reads the block `weighted`.

use super::reference::Located;
use super::report::Block;
use super::weighted::{KnownMargin, Weighted};
use crate::content::{Fields, Node, yaml};

/// `kind: weighted`.
pub(super) fn weighted(fields: Fields<'_>) -> Block {
    let item = |node: &Node| Some(Located { value: node.scalar()?.to_owned(), place: node.place.clone() });
    Block::Weighted(Weighted {
        figures: fields.items("figures").iter().filter_map(item).collect(),
        choice: fields.optional_line("choice").map(|value| Located { value, place: fields.place_of("choice") }),
        margins: fields.records("margins").map(margin).collect(),
        title: fields.optional_text("title"),
    })
}

fn margin(fields: Fields<'_>) -> KnownMargin {
    let entries = match fields.node("people").map(|node| &node.value) {
        Some(yaml::Value::Map(entries)) => entries.as_slice(),
        _ => &[],
    };
    let known = entries
        .iter()
        .filter_map(|(key, value)| Some((Located { value: key.text.clone(), place: key.place.clone() }, value.scalar()?.parse().ok()?)));
    KnownMargin {
        attribute: Located { value: fields.line("attribute"), place: fields.place_of("attribute") },
        place: fields.place_of("people"),
        people: known.collect(),
        source: fields.text("source"),
    }
}
