//! The words of XLSForm's sheets that both directions share.

use crate::language::Language;
use serde_json::Value as Tree;

/// The column that holds what other programs have no word for, as JSON; they pass it over.
pub(super) const OWN: &str = "shirube";

/// The head of a column of texts in a language: `label::日本語 (ja)`.
pub(super) fn head(name: &str, language: Language) -> String {
    let own = match language {
        Language::Japanese => "日本語",
        Language::English => "English",
    };
    format!("{name}::{own} ({})", language.code())
}

/// The form of a text in a language.
pub(super) fn said(text: &Tree, language: Language) -> String {
    match text {
        Tree::String(text) => text.clone(),
        Tree::Object(forms) => forms.get(language.code()).and_then(Tree::as_str).unwrap_or_default().to_owned(),
        _ => String::new(),
    }
}
