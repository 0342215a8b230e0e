//! What the blocks of a report may look like that hold figures against each other: `compare` and `trend`.

use crate::content::shape::{Field, Shape, Word, optional, required, word};

const CORRECTION: &[Word] = &[
    word("holm", "ホルムの方法（初期値）", "after Holm (default)"),
    word("benjamini_hochberg", "ベンジャミニとホッホベルグの方法", "after Benjamini and Hochberg"),
];

const CORRECTED: Field = optional(
    "correction",
    Shape::Word(CORRECTION),
    "いくつもの検定をまとめて判断する方法",
    "How the tests of the block are judged together",
);

const CHOICE: Field = optional(
    "choice",
    Shape::Line,
    "どの選択肢の割合か。選択肢の質問には要る。すすめたいかの質問では net ですすめたさの差し引き",
    "Whose share is compared; needed for questions with choices. Of a recommendation: net, the recommendation score",
);

const TITLE: Field =
    optional("title", Shape::Text, "わかったこと。書かなければ数値から作る", "The finding; worded from the figures if absent");

/// `kind: compare`.
pub(super) const COMPARE: &[Field] = &[
    optional(
        "figure",
        Shape::Line,
        "質問、表の行、尺度の ID。表の ID なら、すべての行",
        "A question, a row of a grid or a scale; a grid stands for all its rows",
    ),
    optional(
        "figures",
        Shape::List(&Shape::Line, 2, 12),
        "いくつも比べるときの ID（figure の代わり）",
        "Several of them, instead of “figure”",
    ),
    CHOICE,
    required(
        "by",
        Shape::List(&Shape::NameId, 1, 2),
        "どの属性で分けるか。アンケートの segments にあるもの",
        "By which attribute; the survey’s “segments” must have it",
    ),
    optional(
        "against",
        Shape::Line,
        "だれと比べるか。everybody_else（ほかの全員。初期値）、whole（全体）、または属性の値",
        "With whom: everybody_else (default), whole, or a value of the attribute",
    ),
    CORRECTED,
    TITLE,
];

/// `kind: trend`.
pub(super) const TREND: &[Field] = &[
    required(
        "figures",
        Shape::List(&Shape::Line, 1, 6),
        "質問、表の行、尺度の ID。どれも同じ単位",
        "Questions, rows of grids or scales, all in one unit",
    ),
    CHOICE,
    optional(
        "by",
        Shape::List(&Shape::NameId, 1, 2),
        "集まりごとの線にするときの属性。figures は一つ",
        "Lines of groups: by which attribute. “figures” has one then",
    ),
    optional("groups", Shape::List(&Shape::Line, 1, 6), "どの集まりか（by と一緒に）", "Which groups (with “by”)"),
    optional(
        "waves",
        Shape::List(&Shape::FileId, 2, 40),
        "どの回か。書かなければ、この報告のアンケートまでの回すべて",
        "Which waves; without it all up to the survey of the report",
    ),
    CORRECTED,
    TITLE,
];
