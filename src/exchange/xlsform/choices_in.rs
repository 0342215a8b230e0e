//! The lists of a form: choices, items, the points of scales.

use super::form::Form;
use super::sheet::said;
use super::texts_in::{Context, Keys};
use crate::diagnostic::Diagnostics;
use crate::exchange::names;
use crate::exchange::tree::COMMENT;
use serde_json::{Value as Tree, json};
use std::collections::BTreeSet;

/// Whether the codes of a list are numbers in a row, from this one on.
pub(super) fn points(form: &Form, list: &str, from: usize) -> bool {
    let rows = form.lists.get(list).map_or(&[][..], Vec::as_slice);
    (2..=11).contains(&rows.len()) && rows.iter().enumerate().all(|(at, row)| row.get("name") == (at + from).to_string())
}

impl Context<'_> {
    /// The choices of a list, and the words of «other» where it has such a choice.
    pub(super) fn choices(&self, list: &str, diagnostics: &mut Diagnostics) -> (Vec<Tree>, Option<Tree>) {
        let (mut choices, mut other, mut taken) = (Vec::new(), None, BTreeSet::new());
        for row in self.form.lists.get(list).into_iter().flatten() {
            let own = row.own(diagnostics);
            let text = self.text(row, "label", &own, "text", diagnostics).unwrap_or_else(|| row.get("name").into());
            if own.get("~part").and_then(Tree::as_str) == Some("other") {
                other = Some(text);
                continue;
            }
            let id = names::id(row.get("name"), "c", &mut taken);
            let mut keys: Keys = own.into_iter().filter(|(key, _)| !key.starts_with('~')).collect();
            if id != row.get("name") {
                keys.insert(COMMENT.to_owned(), format!("name: {}", row.get("name")).into());
            }
            keys.insert("id".to_owned(), id.into());
            keys.insert("text".to_owned(), text);
            choices.push(Tree::Object(keys));
        }
        (choices, other)
    }

    /// The labels of a list.
    pub(super) fn labels(&self, list: &str, diagnostics: &mut Diagnostics) -> Vec<Tree> {
        let rows = self.form.lists.get(list).map_or(&[][..], Vec::as_slice);
        rows.iter()
            .map(|row| {
                let own = row.own(diagnostics);
                self.text(row, "label", &own, "text", diagnostics).unwrap_or_else(|| row.get("name").into())
            })
            .collect()
    }

    /// The points of a scale, by the labels of all or of its two ends.
    pub(super) fn scale(labels: Vec<Tree>, own: &Keys, question: &mut Keys) {
        question.insert("points".to_owned(), labels.len().to_string().into());
        let inner = labels.iter().enumerate().skip(1).take(labels.len().saturating_sub(2));
        let bare = inner.into_iter().all(|(at, label)| label.as_str() == Some((at + 1).to_string().as_str()));
        let ends = own.get("~labels").and_then(Tree::as_str) == Some("ends") || (labels.len() > 2 && bare);
        let (key, labels) = match (ends && bare, labels.as_slice()) {
            (true, [first, .., last]) => ("ends", vec![first.clone(), last.clone()]),
            _ => ("labels", labels),
        };
        question.insert(key.to_owned(), Tree::Array(labels));
    }

    /// Texts that every language of the project has a word for stay unsaid where nobody has changed them.
    pub(super) fn is_usual(&self, text: &Tree, ja: &str, en: &str) -> bool {
        let usual = json!({"ja": ja, "en": en});
        self.languages.iter().all(|language| said(text, *language) == said(&usual, *language))
    }
}
