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

/// Of a survey.
pub(super) const ROTATIONS: Field = optional(
    "rotations",
    Shape::Integer(2, 8),
    "order: random の並びを、一人ずつ違う順でなく、この数の決まった順（ローテーション）にする。どの順で見たかが、属性のように回答に付く。最初の回答のあとは変えられません",
    "What has “order: random” stands in one of so many fixed orders (rotation), not in another one for everybody; answers carry which one was seen, as they carry an attribute. Fixed by the first answer",
);

/// Of a question, a choice, a row or an item.
pub(super) const PIN: Field =
    optional("pin", Shape::Flag, "順を変えるときも、書いた位置に止める", "Keeps its place where the others stand in random order");
