//! What a worksheet may look like.

use super::shape_totals::TOTALS;
use super::shape_worksheet_results::OUTCOME;
use crate::content::shape::{Choice, Field, MANY, Record, Shape, Variant, optional, required, word};
use crate::survey::licence::{LICENCE, VALIDATED};

const ID: Field = required("id", Shape::NameId, "ほかの場所から呼ぶときの名前（ID）", "The name that it is called by elsewhere");
const LABEL: Field = required("label", Shape::Text, "人が読む名前", "What people read");

const NAMED: Record = Record {
    name: "named",
    fields: &[ID, LABEL, optional("note", Shape::Text, "意味をひとことで", "What it means, in a few words")],
};

const FAMILY: Record = Record {
    name: "family of cards",
    fields: &[ID, LABEL, required("cards", Shape::List(&Shape::Record(&NAMED), 1, 100), "カード", "Its cards")],
};

const FIELD: Choice = Choice {
    name: "worksheet field",
    key: "kind",
    fields: &[
        ID,
        required("label", Shape::Text, "書いてもらうこと", "What it asks for"),
        optional("hint", Shape::Text, "書き方", "How to fill it in"),
    ],
    variants: &[
        Variant { word: word("text", "一行", "one line"), fields: &[] },
        Variant {
            word: word("long", "何行か", "several lines"),
            fields: &[optional("lines", Shape::Integer(1, 20), "紙での行の数。書かなければ 3", "Lines on paper; 3 if absent")],
        },
        Variant {
            word: word("number", "数", "a number"),
            fields: &[
                optional("least", Shape::Decimal, "いちばん小さい値", "The least"),
                optional("most", Shape::Decimal, "いちばん大きい値", "The most"),
                optional("unit", Shape::Text, "単位", "Its unit"),
            ],
        },
        Variant { word: word("month", "年月", "a month"), fields: &[] },
        Variant { word: word("tick", "印", "a mark"), fields: &[] },
        Variant {
            word: word("choice", "一つを選ぶ", "one of several"),
            fields: &[required("choices", Shape::List(&Shape::Record(&NAMED), 2, 12), "選ぶもの", "What to choose from")],
        },
        Variant {
            word: word("card", "カードを一枚", "one card"),
            fields: &[required("from", Shape::NameId, "カードがある部分", "The part with the cards")],
        },
        Variant { word: word("lines", "ほかの欄の行の番号", "numbers of lines elsewhere"), fields: &[] },
        Variant {
            word: word("who", "だれの、何のことか", "whom or what it is about"),
            fields: &[required("from", Shape::NameId, "人の部分（kind: people）", "The part with the people")],
        },
    ],
};

const PROMPT: Record = Record {
    name: "prompt",
    fields: &[
        ID,
        required("label", Shape::Text, "問い", "The question"),
        optional("hint", Shape::Text, "書き方", "How to fill it in"),
        optional("lines", Shape::Integer(1, 20), "紙での行の数。書かなければ 2", "Lines on paper; 2 if absent"),
    ],
};

const LINE: Record = Record {
    name: "money line",
    fields: &[
        ID,
        LABEL,
        required(
            "side",
            Shape::Word(&[word("in", "入る", "comes in"), word("out", "出る", "goes out")]),
            "入るか出るか",
            "Which way the money goes",
        ),
        optional(
            "children",
            Shape::Flag,
            "子どもと学びのための支出。いちばん多い年を示す",
            "It goes to children and what they learn; the year in which it is most is told",
        ),
    ],
};

const PERSON: Record = Record {
    name: "person",
    fields: &[ID, LABEL, optional("ageless", Shape::Flag, "年齢がない（住まい、仕事など）", "It has no age: a home, work")],
};

const ITEM: Record = Record {
    name: "rated item",
    fields: &[
        ID,
        required("text", Shape::Text, "文", "Its words"),
        required("of", Shape::NameId, "どの強みか", "The strength it belongs to"),
        optional("reverse", Shape::Flag, "逆の向きの文である", "It is turned round"),
    ],
};

const COLUMNS: Field = required("columns", Shape::List(&Shape::Choice(&FIELD), 1, 16), "列", "The columns");
const NAMEDS: Shape = Shape::List(&Shape::Record(&NAMED), 1, 30);

const PART: Choice = Choice {
    name: "worksheet part",
    key: "kind",
    fields: &[
        ID,
        required("title", Shape::Text, "見出し", "Its title"),
        optional("hint", Shape::Text, "見出しの下の文", "The words below"),
    ],
    variants: &[
        Variant {
            word: word("fields", "一つずつの欄", "single fields"),
            fields: &[required("fields", Shape::List(&Shape::Choice(&FIELD), 1, 30), "欄", "The fields")],
        },
        Variant {
            word: word("prompts", "ことばで答える問い", "questions answered in words"),
            fields: &[required("prompts", Shape::List(&Shape::Record(&PROMPT), 1, 40), "問い", "The questions")],
        },
        Variant {
            word: word("rows", "表", "a table"),
            fields: &[
                COLUMNS,
                required("most", Shape::Integer(1, 20), "行の数（多くても）", "How many rows at most"),
                optional("shown", Shape::Integer(1, 20), "はじめに見える行。書かなければ 3", "Rows seen at first; 3 if absent"),
            ],
        },
        Variant {
            word: word("points", "線の点", "points of a chart"),
            fields: &[
                required("x", Shape::Text, "横は何か", "What is along"),
                required("y", Shape::Text, "縦は何か", "What is up"),
                required("range", Shape::List(&Shape::Decimal, 2, 2), "縦の両端", "The ends of what is up"),
                required("categories", NAMEDS, "点の種類", "What a point can be about"),
                required("most", Shape::Integer(2, 20), "点の数（多くても）", "How many points at most"),
                optional("shown", Shape::Integer(1, 20), "はじめに見える行。書かなければ 5", "Rows seen at first; 5 if absent"),
            ],
        },
        Variant {
            word: word("money", "お金の表", "a money table"),
            fields: &[
                required("lines", Shape::List(&Shape::Record(&LINE), 1, 20), "行", "Its lines"),
                optional(
                    "own_lines",
                    Shape::Integer(0, 5),
                    "入る・出るそれぞれに足せる行。書かなければ 2",
                    "Lines of one’s own on each side; 2 if absent",
                ),
                optional("years", Shape::Integer(1, 60), "先の年の数。書かなければ 20", "How many years ahead; 20 if absent"),
            ],
        },
        Variant {
            word: word("people", "人と生まれた年", "people and when they were born"),
            fields: &[required(
                "lines",
                Shape::List(&Shape::Record(&PERSON), 1, 20),
                "行。一つ目が自分",
                "Its lines, the person of the sheet first",
            )],
        },
        Variant {
            word: word("cards", "カード", "cards"),
            fields: &[
                required("families", Shape::List(&Shape::Record(&FAMILY), 1, 12), "まとまりごとのカード", "The cards, in families"),
                optional("pick", Shape::Integer(1, 20), "選ぶ枚数", "How many are picked"),
                optional("piles", Shape::List(&Shape::Record(&NAMED), 2, 5), "山。大切なほうから", "The piles, the most important first"),
                optional("others", Shape::Flag, "ほかの人が選んだ数も書く", "What others picked is counted too"),
            ],
        },
        Variant {
            word: word("ratings", "自己評価", "a self-assessment"),
            fields: &[
                required("groups", NAMEDS, "強み", "The strengths"),
                required("items", Shape::List(&Shape::Record(&ITEM), 1, 100), "文", "The items"),
                required("points", Shape::List(&Shape::Text, 2, 7), "段階。低いほうから", "The points of the scale, the lowest first"),
            ],
        },
        Variant {
            word: word("pairs", "二つずつ比べる", "two at a time"),
            fields: &[required("items", Shape::List(&Shape::Record(&NAMED), 3, 12), "比べるもの", "What is compared")],
        },
        Variant {
            word: word("best_worst", "三つずつ比べ、いちばんといちばん後を選ぶ", "the most and the least important, three at a time"),
            fields: &[required(
                "items",
                Shape::List(&Shape::Record(&NAMED), 7, 13),
                "比べるもの。7、9、13のどれかの数だけ",
                "What is compared: 7, 9 or 13 of them",
            )],
        },
    ],
};

/// `content/modules/MODULE/worksheets/ID.yaml`.
pub(super) const WORKSHEET: Record = Record {
    name: "worksheet",
    fields: &[
        required("title", Shape::Text, "題", "Its title"),
        required("lead", Shape::Text, "一、二文で", "One or two sentences"),
        required("minutes", Shape::Integer(1, 600), "何分か", "How many minutes"),
        optional("lesson", Shape::FileId, "どのレッスンか", "The lesson it belongs to"),
        optional(
            "share",
            Shape::Word(&[
                word("none", "だれとも分け合わない", "with nobody"),
                word("trainer", "望めば講師と", "with the trainer, if one wishes"),
                word("group", "望めば組の人と", "with the group, if one wishes"),
            ]),
            "だれと分け合うか。書かなければ none",
            "With whom it is shared; none if absent",
        ),
        optional(
            "totals",
            Shape::Record(&TOTALS),
            "本人が、クラスの集計に加えられるもの",
            "What of it a person can add to the totals of a class",
        ),
        required("parts", Shape::List(&Shape::Choice(&PART), 1, 20), "書きこむ部分", "What is filled in"),
        optional("results", Shape::List(&Shape::Choice(&OUTCOME), 0, 10), "計算して見せること", "What is worked out"),
        optional("reflect", Shape::List(&Shape::Text, 0, 12), "ふりかえりの問い", "Questions to think about"),
        optional(
            "material",
            Shape::Text,
            "素材についての注（だれのことばか、確かめられているか）",
            "A note on the material: whose words, whether validated",
        ),
        LICENCE,
        VALIDATED,
        optional(
            "sample",
            Shape::Map(&Shape::Text),
            "見本の人物が書いたもの。欄の名前: 値",
            "What a made-up person wrote, by the name of the field",
        ),
        optional("sources", Shape::List(&Shape::FileId, 0, MANY), "出典", "Its sources"),
    ],
};
