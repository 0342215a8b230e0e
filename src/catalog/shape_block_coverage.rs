//! What a block of a report may look like that tells how many of each group were invited and have answered.

use crate::content::shape::{Shape, Variant, optional, required, word};

/// `kind: coverage`.
pub(super) const COVERAGE: Variant = Variant {
    word: word("coverage", "集まりごとの招待と回答", "how many of each group were invited and have answered"),
    fields: &[
        required("by", Shape::NameId, "属性の ID", "The attribute"),
        optional(
            "title",
            Shape::Text,
            "見出し。書かなければ、属性の名前から作る",
            "What stands above; made of the attribute’s name if absent",
        ),
    ],
};
