//! What the personal result of a survey may look like.

use crate::content::shape::{Field, Record, Shape, Word, optional, required, word};

/// Most scales of a result: as many as a page of A4 and a radar have room for.
pub(super) const MOST_SCALES: usize = 10;
/// Most things to do next.
pub(super) const MOST_NEXT: usize = 5;

const PROFILES: &[Word] = &[
    word("bars", "尺度ごとの帯に、本人の印を付ける", "a bar of its bands for each scale, with the person’s mark"),
    word("radar", "帯に加えて、全体の形をレーダーで示す（3 尺度から）", "the same, and all scales as one shape (from three scales on)"),
];

const NEXT: Shape = Shape::List(&Shape::Text, 0, MOST_NEXT);

const MEANING: Record = Record {
    name: "result band",
    fields: &[
        required("from", Shape::Decimal, "尺度の bands と同じ from", "The same “from” as a band of the scale"),
        required("text", Shape::Text, "この帯の読み方（Markdown）", "What this band means (Markdown)"),
        optional(
            "next",
            NEXT,
            "次にできること（Markdown）。研修やワークシートへのリンクも書ける",
            "What to do next (Markdown); links to courses and worksheets may stand in it",
        ),
    ],
};

const NORM: Record = Record {
    name: "result norm",
    fields: &[
        required("mean", Shape::Decimal, "公表された平均（同じ尺度の得点で）", "The published mean, as a score of this scale"),
        required("label", Shape::Text, "だれの平均か。人数と年も", "Whose mean it is, with number and year"),
        required("source", Shape::FileId, "出典の ID（sources.yaml）", "Id of its source (sources.yaml)"),
    ],
};

const READING: Record = Record {
    name: "result scale",
    fields: &[
        required("scale", Shape::NameId, "尺度の ID", "Id of the scale"),
        optional("about", Shape::Text, "この尺度が何を見ているか（Markdown）", "What the scale is about (Markdown)"),
        optional("norm", Shape::Record(&NORM), "並べて示す、公表された平均", "A published mean to stand beside the score"),
        required(
            "bands",
            Shape::List(&Shape::Record(&MEANING), 0, 20),
            "帯の読み方。尺度の bands の全部に一つずつ",
            "What the bands mean: one for each band of the scale",
        ),
    ],
};

const RESULT: Record = Record {
    name: "result",
    fields: &[
        optional("title", Shape::Text, "題。書かなければ「あなたの結果」", "Its title; “Your result” if absent"),
        optional("lead", Shape::Text, "読む前に知っておくこと（Markdown）", "What to know before reading it (Markdown)"),
        optional("profile", Shape::Word(PROFILES), "図。書かなければ bars", "What is drawn; bars if absent"),
        optional(
            "compare",
            Shape::Flag,
            "回答した人の平均も並べる。報告に載せてある値だけ",
            "Also shows the mean of everybody, where the site’s report publishes it",
        ),
        required(
            "scales",
            Shape::List(&Shape::Record(&READING), 1, MOST_SCALES),
            "結果に載せる尺度。書いた順に",
            "The scales that are told, in this order",
        ),
        optional("next", NEXT, "だれにもすすめたいこと（Markdown）", "What anybody can do next (Markdown)"),
    ],
};

/// The result at the end.
pub(super) const RESULT_FIELD: Field = optional(
    "result",
    Shape::Record(&RESULT),
    "本人への結果。送った直後に一度だけ見せ、どこにも残さない",
    "What people are told of their own scores: once, right after sending, and kept nowhere",
);
