//! A free page: Markdown with a head, one file a language.

use super::reference::Located;
use crate::content::Document;
use crate::diagnostic::Place;
use crate::language::{Language, Text};
use std::collections::BTreeMap;

/// `content/pages/ID.md` and its translations.
#[derive(Debug, Clone)]
pub struct Page {
    /// Its path below `content/pages/`, without extension: `faq/leaving`.
    pub id: String,
    /// The head of its first file.
    pub place: Place,
    /// Its title.
    pub title: Text,
    /// A sentence below the title.
    pub lead: Option<Text>,
    /// What kind of page it is, on the plate above the title.
    pub plate: Option<Text>,
    /// Its sources.
    pub sources: Vec<Located<String>>,
    /// Its text in each language.
    pub body: BTreeMap<Language, Document>,
}

/// The form of a body for readers of a language: theirs, else the first one there is, with the language it is in.
#[must_use]
pub fn body_in(body: &BTreeMap<Language, Document>, language: Language) -> Option<(Language, &Document)> {
    body.get_key_value(&language).or_else(|| body.iter().next()).map(|(language, document)| (*language, document))
}
