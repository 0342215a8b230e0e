//! Reads the block `benchmark`.

use super::reference::Located;
use super::report::{Benchmarks, Beside, Block};
use crate::content::Fields;

/// `kind: benchmark`.
pub(super) fn benchmarks(fields: Fields<'_>) -> Block {
    let located = |fields: Fields<'_>, key: &str| Located { value: fields.line(key), place: fields.place_of(key) };
    let one = |fields: Fields<'_>, key: &str| fields.optional_line(key).map(|value| Located { value, place: fields.place_of(key) });
    let row = |fields: Fields<'_>| Beside {
        figure: located(fields, "figure"),
        choice: one(fields, "choice"),
        dataset: located(fields, "data"),
        row: located(fields, "row"),
        class: one(fields, "class"),
        label: fields.optional_text("label"),
    };
    Block::Benchmarks(Benchmarks {
        label: fields.text("label"),
        rows: fields.records("rows").map(row).collect(),
        title: fields.optional_text("title"),
    })
}
