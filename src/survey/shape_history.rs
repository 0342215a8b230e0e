//! The keys that say what something was called before, and what is no longer asked.

use crate::content::shape::{Field, Shape, optional};

/// Of a question, a choice, a row, an item, an attribute and its values.
pub(super) const WAS: Field = optional(
    "was",
    Shape::Answer,
    "前の ID（いくつもあれば [新しい順]）。その ID で残っている回答も、これの回答として読みます",
    "Its former id, or several ([latest first]): answers kept under them are read as answers to this",
);

/// Of a survey.
pub(super) const REMOVED: Field = optional(
    "removed",
    Shape::List(&Shape::NameId, 1, 500),
    "もう尋ねない質問の変数。回答は残り、check は知らせません",
    "Variables that are no longer asked: their answers stay, and check says nothing of them",
);
