//! What the block `weighted` of a report may look like: figures adjusted to known numbers of people.

use crate::content::shape::{Field, Record, Shape, optional, required};

const MARGIN: Record = Record {
    name: "margin",
    fields: &[
        required("attribute", Shape::NameId, "どの属性か", "The attribute"),
        required(
            "people",
            Shape::Map(&Shape::Integer(0, 1_000_000_000)),
            "値ごとに、答えた人もそうでない人も合わせて何人か",
            "How many people have each value, those who did not answer among them",
        ),
        required("source", Shape::Text, "その人数の出典（名簿と日付など）", "Who says so, and of which day"),
    ],
};

/// `kind: weighted`.
pub(super) const WEIGHTED: &[Field] = &[
    required(
        "figures",
        Shape::List(&Shape::Line, 1, 12),
        "質問、表の行、尺度の ID。どれも同じ単位",
        "Questions, rows of grids or scales, all in one unit",
    ),
    optional("choice", Shape::Line, "どの選択肢の割合か。選択肢の質問には要る", "Whose share; needed for questions with choices"),
    required(
        "margins",
        Shape::List(&Shape::Record(&MARGIN), 1, 2),
        "知られている人数。属性が二つなら、その二つで分けた segments が要る",
        "Known numbers of people; with two attributes the survey’s “segments” must cross them",
    ),
    optional("title", Shape::Text, "わかったこと。書かなければ数値から作る", "The finding; worded from the figures if absent"),
];
