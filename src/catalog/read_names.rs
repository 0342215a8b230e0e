//! Lists of names.

use super::reference::Located;
use crate::content::Fields;
use crate::diagnostic::{Diagnostic, Diagnostics, code};

/// The names in a list, with their places; a name that stands there twice is complained about.
pub(super) fn names(fields: Fields<'_>, key: &str, diagnostics: &mut Diagnostics) -> Vec<Located<String>> {
    let mut names: Vec<Located<String>> = Vec::new();
    for item in fields.items(key) {
        let Some(text) = item.scalar() else { continue };
        if let Some(first) = names.iter().find(|name| name.value == text) {
            diagnostics.push(
                Diagnostic::error(
                    code::DUPLICATE_ID,
                    item.place.clone(),
                    format!("「{text}」が二度書かれています。"),
                    format!("“{text}” stands here twice."),
                )
                .also(first.place.clone(), "一つ目", "the first one"),
            );
            continue;
        }
        names.push(Located { value: text.to_owned(), place: item.place.clone() });
    }
    names
}
