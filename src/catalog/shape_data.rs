//! What a data set may look like: `content/data/ID.yaml`.

use crate::content::shape::{MANY, Record, Shape, Word, optional, required, word};

const UNITS: &[Word] = &[
    word("percent", "%", "per cent"),
    word("points", "ポイント", "percentage points"),
    word("count", "人数・件数", "people or answers"),
    word("score", "得点", "score"),
    word("coefficient", "係数", "coefficient"),
    word("ratio", "倍", "multiple"),
];

const TONES: &[Word] = &[
    word("very_positive", "とても好ましい", "strongly favourable"),
    word("positive", "好ましい", "favourable"),
    word("neutral", "どちらでもない", "neither"),
    word("negative", "好ましくない", "unfavourable"),
    word("very_negative", "とても好ましくない", "strongly unfavourable"),
    word("none", "無回答など", "no answer"),
    word("step_0", "濃さ 0（いちばん強い）", "ordered amount, strongest"),
    word("step_1", "濃さ 1", "ordered amount, second"),
    word("step_2", "濃さ 2", "ordered amount, third"),
    word("step_3", "濃さ 3", "ordered amount, fourth"),
    word("step_4", "濃さ 4", "ordered amount, fifth"),
    word("step_5", "濃さ 5", "ordered amount, weakest"),
    word("category_0", "一つ目の種類", "first of several things"),
    word("category_1", "二つ目の種類", "second of several things"),
    word("category_2", "三つ目の種類", "third of several things"),
    word("category_3", "四つ目の種類", "fourth of several things"),
    word("category_4", "五つ目の種類", "fifth of several things"),
    word("category_5", "六つ目の種類", "sixth of several things"),
];

const CLASS: Record = Record {
    name: "class",
    fields: &[
        required("id", Shape::NameId, "区分の ID", "Id of the class"),
        required("label", Shape::Text, "区分の名前", "What it is called"),
        required("tone", Shape::Word(TONES), "色の意味", "What it means, which decides its colour"),
        optional("unit", Shape::Word(UNITS), "この区分だけの単位", "What this class counts in, where that is not the unit of the data set"),
    ],
};

const BRACKET: Record = Record {
    name: "bracket",
    fields: &[
        required("label", Shape::Text, "合計の名前", "What the sum is called"),
        required("from", Shape::NameId, "ここから", "First counted class"),
        required("to", Shape::NameId, "ここまで", "Last counted class"),
    ],
};

const ROW: Record = Record {
    name: "data row",
    fields: &[
        required("id", Shape::NameId, "行の ID", "Id of the row"),
        required("label", Shape::Text, "行の名前", "What it is called"),
        optional(
            "n",
            Shape::Integer(1, 1_000_000_000),
            "人数や社数。出典になければ書かない",
            "How many; absent if the source does not say",
        ),
        optional("values", Shape::Map(&Shape::Figure), "区分ごとの値", "A value for each class"),
        optional("total", Shape::Figure, "公表された合計", "The total that the source gives"),
        optional("marked", Shape::Flag, "目立たせる。life_line では「いま」", "Drawn with emphasis; in a life line: now"),
        optional(
            "change",
            Shape::Figure,
            "公表された変化と区間（dumbbell、recommendation だけ）",
            "The change that the source gives, with its interval (kinds dumbbell and recommendation)",
        ),
        optional("from", Shape::Text, "経路図の出発点（path だけ）", "First node (kind path only)"),
        optional("to", Shape::Text, "経路図の行き先（path だけ）", "Second node (kind path only)"),
    ],
};

const NOTE: Record = Record {
    name: "note",
    fields: &[required("lead", Shape::Text, "太字の数語", "The bold words"), required("text", Shape::Text, "続きの文", "The rest")],
};

const COMPARISON: Record = Record {
    name: "comparison",
    fields: &[
        required("row", Shape::NameId, "比べる行", "The row that is compared"),
        optional("class", Shape::NameId, "比べる区分。なければ一つ目", "The class that is compared; else the first"),
        optional("from_row", Shape::NameId, "相手の行。なければ同じ行", "With which row; else the same one"),
        optional("from_class", Shape::NameId, "相手の区分。なければ同じ区分", "With which class; else the same one"),
        required(
            "difference",
            Shape::Figure,
            "差と区間。{value: 4.5, low: -2.5, high: 11.4}",
            "The difference with its interval: {value: 4.5, low: -2.5, high: 11.4}",
        ),
    ],
};

const BREAK: Record = Record {
    name: "break",
    fields: &[
        required("row", Shape::NameId, "新しい文になった最初の回", "The first wave with the new wording"),
        optional("class", Shape::NameId, "その線だけ。なければすべて", "Only this line; else all of them"),
        required("label", Shape::Text, "何が変わったか", "What changed"),
    ],
};

const CORNERS: Record = Record {
    name: "corners",
    fields: &[
        optional("upper_left", Shape::Text, "左上", "Upper left"),
        optional("upper_right", Shape::Text, "右上", "Upper right"),
        optional("lower_left", Shape::Text, "左下", "Lower left"),
        optional("lower_right", Shape::Text, "右下", "Lower right"),
        optional(
            "first",
            Shape::Word(&[
                word("upper_left", "左上", "upper left"),
                word("upper_right", "右上", "upper right"),
                word("lower_left", "左下", "lower left"),
                word("lower_right", "右下", "lower right"),
            ]),
            "まず見るところ",
            "Which one comes first",
        ),
    ],
};

const BINS: Record = Record {
    name: "bins",
    fields: &[
        required("start", Shape::Decimal, "一本目の始まり", "Where the first row begins"),
        required("width", Shape::Decimal, "一本の幅", "How far each row reaches"),
    ],
};

/// `content/data/ID.yaml`.
pub const DATASET: Record = Record {
    name: "data set",
    fields: &[
        required("title", Shape::Text, "題。わかったことを書く", "Its title: states the finding"),
        required("asked", Shape::Text, "何を尋ねたか、単位", "What was asked, with the unit"),
        required(
            "kind",
            Shape::Word(&[
                word("stacked_bar", "帯", "100 % bars"),
                word("diverging", "左右に分かれる帯", "bars on both sides of a middle line"),
                word("donut", "円環", "donut"),
                word("bar", "横棒", "bars with intervals"),
                word("grouped_bar", "並べた棒", "grouped bars"),
                word("differences", "差と区間", "differences with intervals, against zero"),
                word("dumbbell", "前と後", "from before to after"),
                word("waves", "回ごとの折れ線", "lines of waves"),
                word("heatmap", "色分けした表", "heat map"),
                word("scatter", "散布図", "labelled scatter"),
                word("quadrant", "四つに分けた散布図", "scatter in four named fields"),
                word("strip", "一列の点", "dots along one axis"),
                word("histogram", "分布の棒", "histogram of a score"),
                word("dots", "分布の点（一人が一つ）", "dots of a score, one a person"),
                word(
                    "recommendation",
                    "すすめたさ（三つの部分と、すすめたさの差し引き）",
                    "recommendation: three parts and the recommendation score",
                ),
                word("radar", "レーダー（棒も付く）", "radar, with bars beside it"),
                word("life_line", "ライフライン", "life line"),
                word("path", "経路図", "path diagram"),
            ]),
            "図の型",
            "Which chart it asks for",
        ),
        required("unit", Shape::Word(UNITS), "単位", "What the figures count in"),
        optional("range", Shape::List(&Shape::Decimal, 2, 2), "目盛りの両端", "Ends of the value axis"),
        required("row_head", Shape::Text, "行が何か", "What the rows are"),
        required("source", Shape::FileId, "出典の ID", "Id of the source"),
        optional("source_note", Shape::Text, "この数値についての注意", "What is particular to these figures"),
        optional("sample", Shape::Flag, "見本として作った数値である", "Invented for demonstration"),
        required("classes", Shape::List(&Shape::Record(&CLASS), 1, 12), "区分", "The classes"),
        optional("bracket", Shape::Record(&BRACKET), "合計する区分", "The counted classes"),
        required("rows", Shape::List(&Shape::Record(&ROW), 1, MANY), "行", "The rows"),
        optional("unknown", Shape::Text, "出典が分けていない部分に書く文", "What to print over the part that the source does not split"),
        optional("notes", Shape::List(&Shape::Record(&NOTE), 0, 6), "図の横に添える注", "Notes beside the chart"),
        optional(
            "neutral",
            Shape::Word(&[
                word("centred", "真ん中をまたぐ（初期値）", "across the middle line (default)"),
                word("apart", "離して置く", "set apart"),
            ]),
            "どちらでもない答えの置き方（diverging だけ）",
            "Where neutral answers stand (kind diverging)",
        ),
        optional(
            "whole",
            Shape::NameId,
            "比べる相手にする行か区分の ID（heatmap だけ）。なければ all、total、whole、everybody",
            "Row or class that the others are compared with (kind heatmap); else all, total, whole or everybody",
        ),
        optional(
            "comparisons",
            Shape::List(&Shape::Record(&COMPARISON), 0, MANY),
            "検定された差（waves、heatmap など）",
            "Differences that were tested (waves, heatmap and others)",
        ),
        optional(
            "breaks",
            Shape::List(&Shape::Record(&BREAK), 0, 20),
            "質問の文が変わった回（waves だけ）",
            "Where a question was reworded (kind waves)",
        ),
        optional(
            "crossing",
            Shape::List(&Shape::Decimal, 2, 2),
            "線が交わるところ（quadrant だけ）。なければ平均",
            "Where the lines cross (kind quadrant); else at the means",
        ),
        optional("corners", Shape::Record(&CORNERS), "四つの部分の名前（quadrant だけ）", "Names of the four fields (kind quadrant)"),
        optional(
            "bins",
            Shape::Record(&BINS),
            "一本目の始まりと一本の幅（histogram、dots だけ）",
            "Where the first row begins and how far each reaches (kinds histogram and dots)",
        ),
        optional(
            "mean",
            Shape::Figure,
            "得点の平均と区間（histogram、dots だけ）",
            "The mean score with its interval (kinds histogram and dots)",
        ),
    ],
};
