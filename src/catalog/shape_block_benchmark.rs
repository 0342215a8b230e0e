//! What the block `benchmark` of a report may look like: own figures beside published ones.

use crate::content::shape::{Field, Record, Shape, optional, required};

const BESIDE: Record = Record {
    name: "row beside a published one",
    fields: &[
        required("figure", Shape::Line, "質問、表の行、尺度の ID", "A question, a row of a grid or a scale"),
        optional(
            "choice",
            Shape::Line,
            "どの選択肢の割合か。選択肢の質問には要る。すすめたいかの質問では net ですすめたさの差し引き",
            "Whose share; needed for questions with choices. Of a recommendation: net, the recommendation score",
        ),
        required("data", Shape::FileId, "外の数値の ID", "The data set"),
        required("row", Shape::NameId, "どの行か", "Its row"),
        optional("class", Shape::NameId, "どの区分か。なければ、合計か一つ目", "Its class; else the sum, or the first"),
        optional("label", Shape::Text, "行の名前。書かなければ質問の文", "What the row is called; the question if absent"),
    ],
};

/// `kind: benchmark`.
pub(super) const BENCHMARKS: &[Field] = &[
    required("label", Shape::Text, "目印の名前（どの調査か）", "What the marks are: from which survey"),
    required(
        "rows",
        Shape::List(&Shape::Record(&BESIDE), 1, 20),
        "自分たちの数と、並べる外の数",
        "Own figures, and what each is set beside",
    ),
    optional("title", Shape::Text, "わかったこと", "The finding"),
];
