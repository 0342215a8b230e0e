//! What the totals of a class may look like, on a worksheet.

use crate::content::shape::{Field, Record, Shape, required};

const FILL: Record = Record {
    name: "filled question",
    fields: &[
        required("question", Shape::NameId, "アンケートの質問", "The question of the survey"),
        required(
            "from",
            Shape::Line,
            "写すもの（部分.欄）。カードは「部分.own」か「部分.山」、比べた結果は「部分.highest」",
            "What is carried over (part.field); of cards “part.own” or “part.pile”, of what was compared “part.highest”",
        ),
    ],
};

const FIELDS: &[Field] = &[
    required("survey", Shape::FileId, "集計するアンケート", "The survey whose figures are the totals"),
    required("fill", Shape::List(&Shape::Record(&FILL), 1, 12), "写す質問", "The questions that are filled in"),
];

/// `totals:` of a worksheet.
pub(super) const TOTALS: Record = Record { name: "totals of a class", fields: FIELDS };
