//! Reads the report block on answers that go together.

use super::reference::Located;
use super::report::Drivers;
use crate::content::Fields;

/// People that a relation takes at least, where the author says nothing: in all, and for each item.
const LEAST: (u32, u32) = (100, 10);

/// Reads the block.
pub(super) fn drivers(fields: Fields<'_>) -> Drivers {
    let of: Vec<Located<String>> = fields
        .items("of")
        .iter()
        .filter_map(|item| Some(Located { value: item.scalar()?.to_owned(), place: item.place.clone() }))
        .collect();
    let for_each = LEAST.1.saturating_mul(u32::try_from(of.len()).unwrap_or(u32::MAX));
    Drivers {
        outcome: Located { value: fields.line("outcome"), place: fields.place_of("outcome") },
        minimum: fields.integer("minimum", LEAST.0.max(for_each)),
        of,
        title: fields.optional_text("title"),
    }
}
