//! A data set: figures from elsewhere, with their source.

use super::reference::Located;
use crate::diagnostic::Place;
use crate::language::Text;
use crate::survey::Exhibit;

/// `content/data/ID.yaml`, with or without `ID.csv`.
#[derive(Debug, Clone, PartialEq)]
pub struct Dataset {
    /// Its id: the name of its file.
    pub id: String,
    /// Where it is defined.
    pub place: Place,
    /// Its source.
    pub source: Located<String>,
    /// What is particular to these figures of the source (inline Markdown).
    pub source_note: Option<Text>,
    /// What to print over the part of a stacked bar that the source does not split.
    pub unknown: Option<Text>,
    /// The figures, ready to be drawn. Its `source` line is filled in from the list of sources.
    pub exhibit: Exhibit,
}
