//! Reads the report block on answers that go together.

use super::reference::Located;
use super::related::least;
use super::report::Drivers;
use crate::content::Fields;

/// Reads the block.
pub(super) fn drivers(fields: Fields<'_>) -> Drivers {
    let of: Vec<Located<String>> = fields
        .items("of")
        .iter()
        .filter_map(|item| Some(Located { value: item.scalar()?.to_owned(), place: item.place.clone() }))
        .collect();
    Drivers {
        outcome: Located { value: fields.line("outcome"), place: fields.place_of("outcome") },
        minimum: fields.integer("minimum", least(of.len())),
        of,
        title: fields.optional_text("title"),
    }
}
