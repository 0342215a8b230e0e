//! What statistics says of figures by segment.

use super::disclosure::Rules;
use super::wording;
use crate::language::{Language, Text};
use crate::survey::Attribute;
use crate::survey::exhibit::Note;

fn ja(text: &Text) -> &str {
    text.in_language(Language::Japanese)
}

fn en(text: &Text) -> &str {
    text.in_language(Language::English)
}

/// A value of one attribute with one of another.
pub(super) fn crossed(one: &Text, other: &Text) -> Text {
    Text::pair(format!("{}・{}", ja(one), ja(other)), format!("{}, {}", en(one), en(other)))
}

/// What the rows are.
pub(super) fn head(attributes: &[Attribute]) -> Text {
    let own: Vec<&str> = attributes.iter().map(|attribute| ja(&attribute.text)).collect();
    let foreign: Vec<&str> = attributes.iter().map(|attribute| en(&attribute.text)).collect();
    Text::pair(own.join("・"), foreign.join(", "))
}

/// A title that finds nothing: which segment is highest may be chance.
pub(super) fn title(asked: &Text, attributes: &[Attribute]) -> Text {
    let head = head(attributes);
    let asked_en = en(asked).trim_end_matches('.');
    let by = if asked_en.ends_with(['?', '!']) { " By" } else { ", by" };
    let english = en(&head).to_lowercase();
    Text::pair(format!("{}（{}別）", ja(asked).trim_end_matches('。'), ja(&head)), format!("{asked_en}{by} {english}"))
}

/// Whether a note says why rows are hidden.
pub(super) fn is_about_hiding(note: &Note, rules: &Rules) -> bool {
    [wording::why_hidden(rules), wording::why_sensitive_hidden(rules)].contains(note)
}

/// Why rows are hidden: one note for all, so that none tells which is small and which is beside it.
pub(super) fn why_hidden(rules: &Rules, sensitive: bool) -> Note {
    let least = rules.minimum(sensitive);
    Note {
        lead: Text::pair("表示しない行", "Rows not shown"),
        text: Text::pair(
            format!(
                "答えた人が{least}人に満たないか、表示するとほかの集計から計算できてしまうため、表示していません。どちらの理由かは、示しません。"
            ),
            format!(
                "Fewer than {least} people answered, or, if it were shown, too much could be worked out from other figures. Which of the two is not said."
            ),
        ),
    }
}

/// Some rows are as they were.
pub(super) fn as_before() -> Note {
    Note {
        lead: Text::pair("前回のままの行", "Rows as before"),
        text: Text::pair(
            "新しく加わった人について分かりすぎる行は、前に公開したときの数字のまま示しています。",
            "Rows that would tell too much of the few who were added stand as they were published before.",
        ),
    }
}
