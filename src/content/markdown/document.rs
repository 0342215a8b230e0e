//! A Markdown text read once, with all that can be checked before anything is rendered.

use super::events::{self, Located, words};
use super::guard::SENTINEL;
use super::heading::Heading;
use super::lines::Lines;
use super::reader::{ExhibitMark, Reader};
use super::reference::Reference;
use crate::diagnostic::{Diagnostic, Diagnostics, Place, code};
use pulldown_cmark::{Event, TagEnd};
use std::borrow::Cow;
use std::collections::BTreeMap;
use std::sync::Arc;

/// A text as events, with its references, headings and charts.
#[derive(Debug, Clone)]
pub struct Document {
    pub(super) events: Vec<Event<'static>>,
    /// By the index of the event that starts the link or image; what may not be linked is missing here.
    pub(super) references: BTreeMap<usize, Reference>,
    /// By the index of the event that starts the heading.
    pub(super) headings: BTreeMap<usize, Heading>,
    /// By the index of the event that starts the paragraph.
    pub(super) exhibits: BTreeMap<usize, ExhibitMark>,
    raw_html: Vec<Place>,
}

impl Document {
    /// Reads the Markdown that starts at byte `offset` of a file's `text` ([`super::FrontMatter::body`]). Places are places of the
    /// file. What is faulty is reported and left out of the document's references.
    #[must_use]
    pub fn parse(file: &Arc<str>, text: &str, offset: usize) -> (Document, Diagnostics) {
        let mut diagnostics = Diagnostics::new();
        let lines = Lines::new(file, text);
        let body = text.get(offset..).unwrap_or_default();
        for (index, _) in body.match_indices(SENTINEL) {
            diagnostics.push(
                Diagnostic::error(
                    code::RESERVED_CHARACTER,
                    lines.place(offset + index..offset + index + SENTINEL.len_utf8()),
                    "使えない文字（私用領域の U+E0FF）があります。",
                    "The private-use character U+E0FF cannot be used here.",
                )
                .hint("この文字を削除してください。", "Delete the character."),
            );
        }
        // As many bytes as before, so that all other places stay exact.
        let body: Cow<'_, str> = if body.contains(SENTINEL) { body.replace(SENTINEL, "   ").into() } else { body.into() };
        let located: Vec<Located> = events::blocks(&body);
        let mut reader = Reader { lines: &lines, offset, diagnostics };
        let headings = reader.headings(&located);
        let (references, exhibits) = reader.references(&located);
        let raw_html = reader.raw_html(&located);
        reader.check_marks(&located);
        reader.check_footnotes(&located);
        let document = Document { events: located.into_iter().map(|(event, _)| event).collect(), references, headings, exhibits, raw_html };
        (document, reader.diagnostics)
    }

    /// The same document with all its places at one place: for a text that stands inside a YAML file, indented and quoted.
    #[must_use]
    pub fn at(mut self, place: &Place) -> Document {
        for reference in self.references.values_mut() {
            reference.place = place.clone();
        }
        for heading in self.headings.values_mut() {
            heading.place = place.clone();
        }
        for exhibit in self.exhibits.values_mut() {
            exhibit.place = place.clone();
        }
        for raw in &mut self.raw_html {
            *raw = place.clone();
        }
        self
    }

    /// Every link and image that may stay, in the order of the text.
    pub fn references(&self) -> impl Iterator<Item = &Reference> {
        self.references.values()
    }

    /// The headings, in the order of the text: the table of contents.
    pub fn headings(&self) -> impl Iterator<Item = &Heading> {
        self.headings.values()
    }

    /// The charts, in the order of the text. They are among the references, too.
    pub fn exhibits(&self) -> impl Iterator<Item = &ExhibitMark> {
        self.exhibits.values()
    }

    /// Where raw HTML stands, comments aside: a site that does not sanitise it shows it as text.
    #[must_use]
    pub fn raw_html(&self) -> &[Place] {
        &self.raw_html
    }

    /// All its words, without markup and readings, blocks parted by line breaks: for the search index.
    #[must_use]
    pub fn words(&self) -> String {
        let mut all = String::new();
        for block in self.events.split(|event| matches!(event, Event::End(tag) if is_block(*tag))) {
            let words = words(block);
            if !words.trim().is_empty() {
                all.push_str(words.trim());
                all.push('\n');
            }
        }
        all
    }
}

fn is_block(tag: TagEnd) -> bool {
    !matches!(tag, TagEnd::Emphasis | TagEnd::Strong | TagEnd::Strikethrough | TagEnd::Link | TagEnd::Image)
}
