//! What a block of a report may look like that quotes what people wrote.

use crate::content::shape::{Shape, Variant, optional, required, word};

/// `kind: comments`.
pub(super) const COMMENTS: Variant = Variant {
    word: word("comments", "自由記述（点検したものだけ）", "what people wrote (only what was reviewed)"),
    fields: &[
        required("question", Shape::NameId, "自由記述の質問の ID", "The question that was answered in words"),
        optional(
            "themes",
            Shape::List(&Shape::NameId, 0, 20),
            "載せるテーマ。この順に。書かなければ、点検のテーマすべて",
            "Themes of the review, in this order; all if absent",
        ),
        optional(
            "most",
            Shape::Integer(1, 50),
            "一つのテーマで載せる数の上限。書かなければ 6",
            "How many texts of a theme at most; 6 if absent",
        ),
        optional("title", Shape::Text, "見出し。書かなければ質問の文", "What stands above; the question if absent"),
    ],
};
