//! The mark of an invented answer: a column of its own in every row of a survey that is a sample, wherever the rows go.

use crate::language::{Language, Text};

/// The variable that carries the mark, a column of every table of a sample's answers.
pub const SAMPLE: &str = "sample";

/// What stands in it.
pub const INVENTED: &str = "invented_by_shirube";

/// What it is called.
#[must_use]
pub fn mark() -> Text {
    Text::pair("見本（作られた回答）", "Sample (an invented answer)")
}

/// Whether a cell of a table is the mark, as a code or in words.
#[must_use]
pub fn is_mark(cell: &str) -> bool {
    let cell = cell.trim();
    cell == INVENTED || Language::ALL.into_iter().any(|language| mark().in_language(language) == cell)
}
