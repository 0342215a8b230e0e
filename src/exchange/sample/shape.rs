//! What a plan of invented answers may look like.

use crate::content::shape::{Choice, MANY, Record, Shape, Variant, Word, optional, required, word};

const WAVE: Record = Record {
    name: "planned survey",
    fields: &[
        required("survey", Shape::FileId, "アンケートの ID（sample: true のもの）", "Id of a survey with “sample: true”"),
        optional("answering", Shape::Decimal, "答える人の割合（0〜1）。書かなければ全員", "The share that answers, 0 to 1; all if absent"),
    ],
};

const ATTRIBUTE: Record = Record {
    name: "planned attribute",
    fields: &[
        required("attribute", Shape::NameId, "属性の ID", "Id of the attribute"),
        required(
            "shares",
            Shape::Map(&Shape::Decimal),
            "値ごとの重み。人数は、この比のとおりに分けます",
            "The weight of each value; people are shared out exactly so",
        ),
    ],
};

const SHIFT: Record = Record {
    name: "shift",
    fields: &[
        optional("attribute", Shape::NameId, "この属性が", "People whose attribute of this id"),
        optional("value", Shape::Line, "この値の人だけ", "has this value"),
        optional("survey", Shape::FileId, "この回だけ", "In this wave only"),
        required("by", Shape::Decimal, "標準偏差いくつ分、高いか", "How many standard deviations higher"),
    ],
};

const FACTOR: Record = Record {
    name: "factor",
    fields: &[
        required("id", Shape::NameId, "因子の ID", "Id of the factor"),
        optional(
            "shifts",
            Shape::List(&Shape::Record(&SHIFT), 0, 200),
            "属性や回による差。当てはまるものを足します",
            "Differences by attribute and wave; all that apply are added",
        ),
    ],
};

const CORRELATION: Record = Record {
    name: "correlation",
    fields: &[
        required("of", Shape::List(&Shape::NameId, 2, 2), "二つの因子", "Two factors"),
        required("r", Shape::Decimal, "相関（-1〜1）", "Their correlation, −1 to 1"),
    ],
};

const ITEM: Record = Record {
    name: "item",
    fields: &[
        required("item", Shape::NameId, "質問の変数（grid は「質問_行」）", "The variable of a question (rows of a grid: question_row)"),
        optional(
            "on",
            Shape::Map(&Shape::Decimal),
            "因子ごとの重み。負なら逆向き。書かなければ偶然だけ",
            "The weight of each factor, negative for the other way round; chance alone if absent",
        ),
        optional(
            "shares",
            Shape::List(&Shape::Decimal, 2, 50),
            "どの因子も平均のときの、選択肢の重み。低いほうから（yes_no は「いいえ」から）",
            "The weights of the choices where all factors are at their mean, lowest first (yes_no: “no” first)",
        ),
        optional(
            "chances",
            Shape::Map(&Shape::Decimal),
            "複数選ぶ質問の、選択肢ごとの割合（0〜1）",
            "Several choices: the share of each, 0 to 1",
        ),
        optional("mean", Shape::Decimal, "数の平均", "The mean of a number"),
        optional("sd", Shape::Decimal, "数の標準偏差", "The standard deviation of a number"),
        optional("texts", Shape::List(&Shape::Line, 1, MANY), "書かれる文。ここから選びます", "What is written: one of these"),
        optional("writing", Shape::Decimal, "文を書く人の割合（0〜1）。書かなければ 0.3", "The share that writes, 0 to 1; 0.3 if absent"),
        optional("missing", Shape::Decimal, "答えない人の割合（0〜1）", "The share that does not answer, 0 to 1"),
    ],
};

const EXPECTED: &[Word] = &[
    word("higher", "高い、上がる、ともに上がる", "higher, rising, going up together"),
    word("lower", "低い、下がる、逆に動く", "lower, falling, going opposite ways"),
    word("nothing", "差も関係もない。見つかったら偶然", "no difference, no relation: whatever is found is chance"),
];

const PLANTED: Choice = Choice {
    name: "planted",
    key: "kind",
    fields: &[
        required("id", Shape::NameId, "しかけの ID", "Its id"),
        required("figure", Shape::NameId, "質問の変数か尺度", "A variable or a scale"),
        required("expect", Shape::Word(EXPECTED), "何が見つかるはずか", "What is to be found"),
    ],
    variants: &[
        Variant {
            word: word("group", "ある属性の人と、そのほかの人", "people of one value beside all others"),
            fields: &[
                required("attribute", Shape::NameId, "属性の ID", "Id of the attribute"),
                required("value", Shape::Line, "その値", "Its value"),
            ],
        },
        Variant {
            word: word("change", "ある回から、別の回へ", "from one wave to another"),
            fields: &[
                required("from", Shape::FileId, "前の回", "The earlier survey"),
                required("to", Shape::FileId, "後の回", "The later survey"),
            ],
        },
        Variant {
            word: word("relation", "二つの値の関係", "how two figures go together"),
            fields: &[required("with", Shape::NameId, "もう一つの変数か尺度", "The other variable or scale")],
        },
    ],
};

/// A plan of invented answers.
pub const PLAN: Record = Record {
    name: "sample",
    fields: &[
        required("seed", Shape::Integer(0, i64::MAX), "乱数の種。同じ種なら、同じ回答", "The seed: the same one gives the same answers"),
        required("people", Shape::Integer(1, 100_000), "全員の人数", "How many people there are"),
        required("surveys", Shape::List(&Shape::Record(&WAVE), 1, 20), "アンケート。回の順に", "The surveys, in the order of the waves"),
        optional("attributes", Shape::List(&Shape::Record(&ATTRIBUTE), 0, 8), "属性", "The attributes"),
        optional("factors", Shape::List(&Shape::Record(&FACTOR), 0, 30), "答えの背後にある因子", "What lies behind the answers"),
        optional(
            "correlations",
            Shape::List(&Shape::Record(&CORRELATION), 0, 435),
            "因子どうしの相関。書かない組は 0",
            "How factors go together; 0 for pairs that are not named",
        ),
        required("items", Shape::List(&Shape::Record(&ITEM), 1, MANY), "質問の答え方", "How questions are answered"),
        optional(
            "stability",
            Shape::Decimal,
            "同じ人の、回をまたぐ相関（0〜1）。書かなければ 0.6",
            "How far people stay as they are between waves, 0 to 1; 0.6 if absent",
        ),
        optional(
            "missing",
            Shape::Decimal,
            "答えなくてよい質問に答えない割合（0〜1）",
            "The share of answers left out where they may be, 0 to 1",
        ),
        optional("break_off", Shape::Decimal, "途中でやめる人の割合（0〜1）", "The share that stops in the middle, 0 to 1"),
        optional(
            "careless",
            Shape::Decimal,
            "どの尺度にも同じ点を付ける人の割合（0〜1）",
            "The share with one point on every scale, 0 to 1",
        ),
        optional(
            "planted",
            Shape::List(&Shape::Choice(&PLANTED), 0, 200),
            "報告が見つけるはずのもの、見つけてはならないもの",
            "What a report should find, and what it should not",
        ),
    ],
};
