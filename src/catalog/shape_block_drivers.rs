//! What the report block on answers that go together may look like.

use crate::content::shape::{Field, Shape, optional, required};

/// The fewest people that an author may ask for.
pub(super) const FEWEST: i64 = 50;

/// The keys of the block `drivers`.
pub(super) const DRIVERS: &[Field] = &[
    required(
        "outcome",
        Shape::NameId,
        "関連を見たい質問（段階か数）か尺度の ID",
        "The question (points or a number) or scale that the others are held against",
    ),
    required(
        "of",
        Shape::List(&Shape::NameId, 2, 12),
        "関連する相手。質問（段階か数）か尺度の ID を2〜12",
        "Two to twelve questions (points or numbers) or scales that may go together with it",
    ),
    optional(
        "minimum",
        Shape::Integer(FEWEST, 1_000_000),
        "すべてに答えた人がこれより少なければ示さない。書かなければ、100 と、項目の数の10倍のうち大きいほう",
        "Nothing is shown of fewer people who answered all of them; if absent 100, or ten for each of them where that is more",
    ),
    optional("title", Shape::Text, "わかったこと。書かなければ数値から作る", "The finding; worded from the figures if absent"),
];
