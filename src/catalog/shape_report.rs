//! What a report and its blocks may look like.

use super::shape_block_benchmark::BENCHMARKS;
use super::shape_block_change::CHANGE;
use super::shape_block_comments::COMMENTS;
use super::shape_block_compare::{COMPARE, TREND};
use super::shape_block_coverage::COVERAGE;
use super::shape_block_drivers::DRIVERS;
use super::shape_block_weighted::WEIGHTED;
use super::shape_site::VISIBILITY;
use crate::content::shape::{Choice, Field, Record, Shape, Variant, Word, optional, required, word};

const BENCHMARK: Record = Record {
    name: "benchmark",
    fields: &[
        required("data", Shape::FileId, "数値の ID", "The data set"),
        required("row", Shape::NameId, "どの行か", "The row"),
        required("label", Shape::Text, "比べる値の名前", "What it is called"),
    ],
};

const TILE: Record = Record {
    name: "tile",
    fields: &[
        required("label", Shape::Text, "何の数か", "What it is"),
        optional("data", Shape::FileId, "数値の ID（row と一緒に）", "A data set (with row)"),
        optional("row", Shape::NameId, "どの行か", "Its row"),
        optional(
            "figure",
            Shape::Line,
            "質問か尺度の ID。属性で分けたものは vision-by-department の形",
            "A question or scale of the survey; by an attribute as vision-by-department",
        ),
    ],
};

const DATA: Field = required("data", Shape::FileId, "数値の ID", "The data set");

const CHARTS: &[Word] = &[
    word("diverging", "左右に分けた帯（段階の質問と、その表）", "both sides of a scale about its middle (scales and grids)"),
    word("donut", "ドーナツ（一つだけ選ぶ、四つまでの質問）", "a ring (one choice of up to four)"),
    word("radar", "レーダー（表、順位、点の配分）", "one axis a row (grids, rankings, allocations)"),
];

const BLOCK: Choice = Choice {
    name: "block",
    key: "kind",
    fields: &[],
    variants: &[
        Variant {
            word: word("heading", "見出し", "a heading that opens a part"),
            fields: &[
                required("text", Shape::Text, "見出し", "The heading"),
                optional("lead", Shape::Text, "見出しの下の文", "A few words below"),
            ],
        },
        Variant {
            word: word("text", "文章", "text"), fields: &[required("text", Shape::Text, "文章（Markdown）", "The text (Markdown)")]
        },
        Variant { word: word("data", "調査の数値", "a data set, drawn"), fields: &[DATA] },
        Variant {
            word: word("figure", "アンケートの集計", "a figure of the survey, drawn"),
            fields: &[
                required(
                    "figure",
                    Shape::Line,
                    "質問か尺度の ID。属性で分けたものは vision-by-department の形",
                    "A question, grid or scale; by an attribute as vision-by-department",
                ),
                optional("title", Shape::Text, "わかったこと。書かなければ数値から作る", "The finding; worded from the figures if absent"),
                optional("benchmark", Shape::Record(&BENCHMARK), "並べて見る外の数値", "A number from elsewhere to set beside it"),
                optional(
                    "chart",
                    Shape::Word(CHARTS),
                    "図の型。書かなければ質問の種類による",
                    "The chart; if absent, that of the kind of question",
                ),
                optional("sort", Shape::Flag, "多い順に並べる（選択肢の質問と順位）", "The largest first (choices and rankings)"),
                optional(
                    "top",
                    Shape::Integer(1, 100),
                    "上から何行まで示すか（選択肢の質問と順位）",
                    "So many rows and no more (choices and rankings)",
                ),
            ],
        },
        Variant { word: word("compare", "集まりどうしの比較", "groups held against each other"), fields: COMPARE },
        Variant { word: word("trend", "回ごとの変化", "one thing from wave to wave"), fields: TREND },
        Variant { word: word("drivers", "何と関連しているか", "which answers go together with an outcome"), fields: DRIVERS },
        Variant { word: word("change", "同じ人の前と後", "the same people before and after"), fields: CHANGE },
        Variant {
            word: word("plan", "集計から選んだ施策", "which measures suit, by a plan"),
            fields: &[required("plan", Shape::FileId, "施策の選び方の ID", "The plan")],
        },
        Variant { word: word("benchmark", "外の数値と並べる", "own figures beside published ones"), fields: BENCHMARKS },
        Variant {
            word: word("weighted", "知られている人数の比にそろえた値", "figures adjusted to known numbers of people"),
            fields: WEIGHTED,
        },
        Variant {
            word: word("callout", "読む人への問い", "a question to the board"),
            fields: &[
                required("lead", Shape::Text, "太字の一行目", "Its bold first words"),
                required("text", Shape::Text, "続きの文", "The rest"),
            ],
        },
        Variant { word: word("method", "この報告の作り方", "how the report is made"), fields: &[] },
        COMMENTS,
        COVERAGE,
    ],
};

const TEMPLATES: &[Word] = &[
    word("executive", "経営向けの一枚", "a page for those who decide"),
    word("department", "属性ごとのまとめ", "the same figures for every group"),
    word("change", "前の回との違い", "what has changed since the wave before"),
    word("pulse", "すべての質問を順に", "every question in its order"),
];

/// `content/reports/ID.yaml`.
pub(super) const REPORT: Record = Record {
    name: "report",
    fields: &[
        optional(
            "title",
            Shape::Text,
            "いちばん言いたいこと。一、二文。template があれば書かなくてよい",
            "Its headline; a template has one",
        ),
        optional("lead", Shape::Text, "見出しに続く文。template があれば書かなくてよい", "What follows the headline; a template has it"),
        optional(
            "template",
            Shape::Word(TEMPLATES),
            "ひな型。質問・尺度・属性・回から、中身を作る",
            "A whole report made of the survey’s own questions, scales, groups and waves",
        ),
        optional(
            "outcome",
            Shape::NameId,
            "ひな型 executive で、何との関連を見るか。質問（段階か数）か尺度の ID。書かなければ、すすめたいかの質問、尺度に入らない段階の質問、尺度の順に選ぶ",
            "With the template executive: the question (points or a number) or scale that others are held against; if absent a recommendation, else a question with points outside all scales, else a scale",
        ),
        optional("eyebrow", Shape::Text, "見出しの上の一行", "A line above the headline"),
        optional("visibility", Shape::Word(VISIBILITY), "だれが読めるか。書かなければ internal", "Who may read it; internal if absent"),
        required("survey", Shape::FileId, "どのアンケートの報告か", "The survey it reports on"),
        optional("sample", Shape::Flag, "見本の数値である", "Its own figures are invented and say so"),
        optional(
            "for_each",
            Shape::NameId,
            "この属性の値ごとに、一ページを作る（segments にあるもの）",
            "A page of its own for each value of this attribute, which must be among the segments",
        ),
        optional("tiles", Shape::List(&Shape::Record(&TILE), 0, 4), "大きな数（四つまで）", "Large numbers, at most four"),
        optional(
            "blocks",
            Shape::List(&Shape::Choice(&BLOCK), 1, 100),
            "中身。template があれば、そのあとに続く",
            "Its parts; behind those of a template",
        ),
    ],
};
