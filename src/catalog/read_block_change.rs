//! Reads the report block on the same people before and after.

use super::reference::Located;
use super::report::Change;
use crate::content::Fields;

/// Reads the block.
pub(super) fn change(fields: Fields<'_>) -> Change {
    let of = fields.items("of").iter().filter_map(|item| Some(Located { value: item.scalar()?.to_owned(), place: item.place.clone() }));
    Change {
        before: Located { value: fields.line("before"), place: fields.place_of("before") },
        of: of.collect(),
        pairs_only: fields.flag("pairs_only"),
        title: fields.optional_text("title"),
    }
}
