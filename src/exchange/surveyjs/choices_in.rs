//! The lists of elements: choices, rows, points.

use super::element::{Context, Element, bare};
use crate::exchange::names;
use crate::exchange::tree::COMMENT;
use serde_json::{Value as Tree, json};
use std::collections::BTreeSet;

/// The values of items and our ids for them, in order.
pub(super) fn codes(items: &[Element<'_>]) -> Vec<(String, String)> {
    let mut taken = BTreeSet::new();
    items.iter().map(|item| (item.value().to_owned(), names::id(item.value(), "c", &mut taken))).collect()
}

/// Whether the values of items are 1 to n, as many as a scale may have.
pub(super) fn is_numbered(items: &[Element<'_>]) -> bool {
    (2..=11).contains(&items.len()) && items.iter().enumerate().all(|(at, item)| item.value() == (at + 1).to_string())
}

impl Context<'_> {
    /// The words of an item: its text, else its value.
    pub(super) fn item(&self, item: &Element<'_>) -> Tree {
        self.words(item, "text", &item.own(), "text").unwrap_or_else(|| item.value().into())
    }

    /// Items as our choices, rows, cards or piles.
    pub(super) fn items(&self, items: &[Element<'_>]) -> Vec<Tree> {
        let mut out = Vec::new();
        for (item, (value, id)) in items.iter().zip(codes(items)) {
            let mut keys = bare(&item.own());
            if id != value {
                keys.insert(COMMENT.to_owned(), format!("name: {value}").into());
            }
            keys.insert("text".to_owned(), self.item(item));
            keys.insert("id".to_owned(), id.into());
            if item.is("isExclusive") {
                keys.insert("exclusive".to_owned(), "true".into());
            }
            item.value();
            self.unread(item);
            out.push(Tree::Object(keys));
        }
        out
    }

    /// The choices of an element, those that SurveyJS adds by a word among them; and the words of «other».
    pub(super) fn choices(&self, element: &Element<'_>) -> (Vec<Tree>, Option<Tree>) {
        let own = element.own();
        let mut choices = self.items(&element.list("choices"));
        for (keys, text, id, ja, en) in [
            (["showNoneItem", "hasNone"], "noneText", "none", "あてはまるものはない", "None"),
            (["showDontKnowItem", "showDontKnowItem"], "dontKnowText", "dontknow", "わからない", "Don’t know"),
        ] {
            // Both are asked, so that both count as read
            let wanted = keys.map(|key| element.is(key)).contains(&true);
            let said = self.words(element, text, &own, text);
            if wanted {
                choices.push(json!({"id": id, "text": said.unwrap_or_else(|| json!({"ja": ja, "en": en})), "exclusive": "true"}));
            }
        }
        let other = ["showOtherItem", "hasOther"].map(|key| element.is(key)).contains(&true);
        let said = self.words(element, "otherText", &own, "other");
        (choices, other.then(|| said.unwrap_or_else(|| json!({"ja": "そのほか", "en": "Other"}))))
    }

    /// The points of a scale by the words of its items: of all, or of its two ends.
    pub(super) fn labels(&self, items: &[Element<'_>], ends: bool) -> (&'static str, Vec<Tree>) {
        let labels: Vec<Tree> = items
            .iter()
            .map(|item| {
                let text = self.item(item);
                item.value();
                self.unread(item);
                text
            })
            .collect();
        let inner = labels.iter().enumerate().skip(1).take(labels.len().saturating_sub(2));
        let bare = labels.len() > 2 && inner.into_iter().all(|(at, label)| label.as_str() == Some((at + 1).to_string().as_str()));
        match labels.as_slice() {
            [first, .., last] if bare || (ends && labels.len() == 2) => ("ends", vec![first.clone(), last.clone()]),
            _ => ("labels", labels),
        }
    }
}
