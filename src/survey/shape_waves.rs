//! The keys of surveys that are asked again and again, and of surveys whose answers are invented.

use crate::content::shape::{Field, Shape, optional};

/// The survey that the others of its kind are the same as.
pub(super) const SAME_AS: Field = optional(
    "same_as",
    Shape::FileId,
    "ほかのアンケートの ID。書いた項目のほかは、すべてそこから取る。open・close・wave は取らない",
    "The id of another survey: everything that is not written here is taken from there, but for open, close and wave",
);

/// What one of several waves is called.
pub(super) const WAVE: Field = optional(
    "wave",
    Shape::Text,
    "くり返す調査の、この回の名前（2026年4月 など）。題のあとに付きます。open か close の順に並びます",
    "What this wave is called (April 2026); it stands behind the title. Waves are in the order of their open or close",
);

/// A survey of invented answers.
pub(super) const SAMPLE: Field = optional(
    "sample",
    Shape::Flag,
    "見本のアンケート。「shirube sample」で作った回答を取り込め、どの画面にも見本と出る。最初の回答のあとは変えられません",
    "A sample: it takes answers that “shirube sample” invented, and every page says so. Fixed by the first answer",
);
