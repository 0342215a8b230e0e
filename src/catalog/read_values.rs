//! Reads the figures that the texts of a report name: `{{vision.favourable | about half}}`.

use super::reference::Located;
use crate::content::Node;
use crate::content::yaml::Value;
use crate::diagnostic::{Diagnostic, Diagnostics, code};
use crate::language::Text;
use crate::survey::condition::place_in;
use crate::survey::piping::{Piece, Why, holds_answer, pieces_with_figures, with_figures};

/// Every figure in the texts of a document, where it stands; what cannot be read is said.
pub(super) fn values(node: &Node, found: &mut Vec<Located<String>>, diagnostics: &mut Diagnostics) {
    match &node.value {
        Value::Scalar(text) if holds_answer(text) => scalar(node, text, found, diagnostics),
        Value::Scalar(_) | Value::Null => {}
        Value::List(items) => items.iter().for_each(|item| values(item, found, diagnostics)),
        Value::Map(entries) => entries.iter().for_each(|(_, value)| values(value, found, diagnostics)),
    }
}

fn scalar(node: &Node, text: &str, found: &mut Vec<Located<String>>, diagnostics: &mut Diagnostics) {
    match pieces_with_figures(text) {
        Ok(pieces) => found.extend(pieces.into_iter().filter_map(|piece| match piece {
            Piece::Answer { variable, at: (start, end), .. } => {
                Some(Located { value: variable.to_owned(), place: place_in(&node.place, text, start, end) })
            }
            Piece::Words(_) => None,
        })),
        Err(unreadable) => {
            let (start, end) = unreadable.at;
            let fault = |ja: &str, en: &str| Diagnostic::error(code::PIPING, place_in(&node.place, text, start, end), ja, en);
            diagnostics.push(match unreadable.why {
                Why::Open => fault("「{{」が「}}」で閉じていません。", "This “{{” is not closed by “}}”."),
                Why::NothingInstead => {
                    fault("数が表示されないときに代わりに読む言葉がありません。", "There are no words for a figure that is not shown.")
                        .hint(
                            "「{{vision.favourable | 半分ほど}}」のように書きます。",
                            "Write it like “{{vision.favourable | about half}}”.",
                        )
                }
                Why::Misplaced => {
                    fault("リンク先やコードの中には、数を差し込めません。", "No figure can stand in the address of a link or in code.")
                        .hint("文の中に書いてください。", "Put it among the words.")
                }
            });
        }
    }
}

/// A text with the words that stand in for its figures.
pub(super) fn without(text: &Text) -> Text {
    text.map(|text| with_figures(text, &|_| None))
}
