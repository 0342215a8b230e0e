//! Footnotes: their numbers follow the order in which the text refers to them.

use super::document::Document;
use super::events::{end_of, nesting};
use pulldown_cmark::{Event, Tag};
use std::collections::BTreeMap;
use std::ops::Range;

/// Footnotes: where they are written, and the order in which the text refers to them.
#[derive(Default)]
pub(super) struct Notes {
    pub(super) defined: BTreeMap<String, Range<usize>>,
    pub(super) order: Vec<String>,
    referred: Vec<usize>,
}

impl Notes {
    pub(super) fn find(&mut self, document: &Document) {
        for (index, event) in document.events.iter().enumerate() {
            if let Event::Start(Tag::FootnoteDefinition(label)) = event {
                let end = end_of(document.events.len(), index, |at| nesting(&document.events[at]));
                self.defined.entry(label.to_string()).or_insert(index + 1..end);
            }
        }
    }

    /// The number of a footnote and how often it was referred to before.
    pub(super) fn refer(&mut self, label: &str) -> Option<(usize, usize)> {
        let (label, _) = self.defined.get_key_value(label)?;
        let index = self.order.iter().position(|known| known == label).unwrap_or_else(|| {
            self.order.push(label.clone());
            self.referred.push(0);
            self.order.len() - 1
        });
        self.referred[index] += 1;
        Some((index + 1, self.referred[index]))
    }
}
