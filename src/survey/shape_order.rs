//! The keys for random order.

use crate::content::shape::{Field, Shape, Word, optional, word};

const ORDERS: &[Word] =
    &[word("fixed", "書いた順", "as they are written"), word("random", "回答者ごとに違う順", "in another order for every respondent")];

/// Of a page.
pub(super) const ORDER_OF_QUESTIONS: Field =
    optional("order", Shape::Word(ORDERS), "質問を並べる順。書かなければ fixed", "The order of its questions; fixed if absent");

/// Of a question.
pub(super) const ORDER_OF_PARTS: Field = optional(
    "order",
    Shape::Word(ORDERS),
    "選択肢や項目を並べる順。書かなければ fixed",
    "The order of its choices, rows or items; fixed if absent",
);

/// Of a question, a choice, a row or an item.
pub(super) const PIN: Field =
    optional("pin", Shape::Flag, "順を変えるときも、書いた位置に止める", "Keeps its place where the others stand in random order");
