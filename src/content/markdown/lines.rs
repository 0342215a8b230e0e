//! Places in a long text without counting its lines again and again.

use crate::diagnostic::Place;
use std::ops::Range;
use std::sync::Arc;

/// A file's text and where its lines start.
pub(super) struct Lines<'a> {
    file: &'a Arc<str>,
    text: &'a str,
    starts: Vec<usize>,
}

impl<'a> Lines<'a> {
    /// Counts the lines once.
    pub(super) fn new(file: &'a Arc<str>, text: &'a str) -> Lines<'a> {
        let starts = std::iter::once(0).chain(text.match_indices('\n').map(|(index, _)| index + 1)).collect();
        Lines { file, text, starts }
    }

    /// The place of some bytes, on the line where they start.
    pub(super) fn place(&self, bytes: Range<usize>) -> Place {
        let line = self.starts.partition_point(|start| *start <= bytes.start).max(1);
        let from = self.starts[line - 1];
        let to = self.starts.get(line).copied().unwrap_or(self.text.len());
        let mut place = Place::of_bytes(self.file, &self.text[from..to], bytes.start - from, bytes.end.saturating_sub(from));
        place.line = u32::try_from(line).unwrap_or(u32::MAX);
        place
    }

    /// The text.
    pub(super) fn text(&self) -> &'a str {
        self.text
    }
}
