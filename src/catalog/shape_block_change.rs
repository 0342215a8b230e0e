//! What the report block on the same people before and after may look like.

use crate::content::shape::{Field, Shape, optional, required};

/// The keys of the block `change`.
pub(super) const CHANGE: &[Field] = &[
    required(
        "before",
        Shape::FileId,
        "前のアンケート。合いことばの決まりが同じもの",
        "The survey before, with the same rule for own codes",
    ),
    required(
        "of",
        Shape::List(&Shape::NameId, 1, 12),
        "比べる段階の質問か尺度の ID を1〜12。段階の数は同じもの",
        "One to twelve questions with points, or scales, all with as many points",
    ),
    optional(
        "pairs_only",
        Shape::Flag,
        "これらの項目は、二回とも答えた人の数字だけを公開する",
        "Of these nothing is published but of those who answered both times",
    ),
    optional("title", Shape::Text, "わかったこと。書かなければ数値から作る", "The finding; worded from the figures if absent"),
];
