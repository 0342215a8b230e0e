//! What the results of a worksheet may look like.

use crate::content::shape::{Choice, Record, Shape, Variant, Word, optional, required, word};

const COMPOSED: Record = Record {
    name: "composed line",
    fields: &[
        required(
            "line",
            Shape::Text,
            "文。{部分.欄} に書いたものが入る。{部分.列:last} は、最後の列を書いたいちばん下の行だけ",
            "The words; {part.field} is filled with what was written, {part.column:last} with the last row whose last column is written",
        ),
        optional("each", Shape::NameId, "行ごとに繰り返す表", "The table whose rows it is repeated for"),
        optional(
            "unless",
            Shape::Line,
            "部分.欄。そこに何か書いたら、この文は出さない",
            "part.field; once something is written there, the line is left out",
        ),
    ],
};

const VENN: Word = word("venn", "三つの円", "three circles");
const LIST: Word = word("list", "一覧", "lists");
const BARS: Word = word("bars", "横棒", "bars");
const QUADRANT: Word = word("quadrant", "四つの区画", "four corners");
const WHEEL: Word =
    word("wheel", "行ごとに繰り返す表の、はじめの列を並べた輪", "the first column of the table that is repeated, as a wheel");
const TABLE: Word = word("table", "表", "a table");

pub(super) const OUTCOME: Choice = Choice {
    name: "worksheet result",
    key: "compute",
    fields: &[required("title", Shape::Text, "見出し", "Its title"), optional("hint", Shape::Text, "読み方", "How to read it")],
    variants: &[
        Variant {
            word: word("overlap", "三つの円の重なり", "where three circles overlap"),
            fields: &[
                required("circles", Shape::List(&Shape::NameId, 3, 3), "三つの表", "Three tables"),
                optional("picture", Shape::List(&Shape::Word(&[VENN, LIST]), 1, 2), "見せ方", "How it is shown"),
            ],
        },
        Variant {
            word: word("johari", "四つの窓", "what I see and others see"),
            fields: &[
                required("cards", Shape::NameId, "カード", "The cards"),
                optional(
                    "picture",
                    Shape::List(&Shape::Word(&[word("window", "窓", "the window"), BARS]), 1, 2),
                    "見せ方",
                    "How it is shown",
                ),
            ],
        },
        Variant {
            word: word("ranking", "順と、生かせている度合い", "a ranking and how it is lived"),
            fields: &[
                required("cards", Shape::NameId, "カード", "The cards"),
                required("top", Shape::NameId, "選んだものの表（列 card と lived）", "The table of the few (columns card and lived)"),
                optional(
                    "picture",
                    Shape::List(&Shape::Word(&[LIST, word("gap", "大切さと今の差", "what matters beside what is lived")]), 1, 2),
                    "見せ方",
                    "How it is shown",
                ),
            ],
        },
        Variant {
            word: word("use_gap", "強みと、使えている度合い", "strengths and how they are used"),
            fields: &[
                required("ratings", Shape::NameId, "自己評価", "The self-assessment"),
                optional(
                    "picture",
                    Shape::List(&Shape::Word(&[BARS, word("gap", "大切さと使い方の差", "what matters beside what is used"), TABLE]), 1, 3),
                    "見せ方。書かなければ全部",
                    "How it is shown; in every way if absent",
                ),
            ],
        },
        Variant {
            word: word("cash_flow", "お金の流れ", "money year by year"),
            fields: &[
                required("money", Shape::NameId, "お金の表", "The money table"),
                optional(
                    "events",
                    Shape::NameId,
                    "出来事の表（列 year、event、cost。people があれば who、month、prepare、payer も）",
                    "The table of events (columns year, event and cost; with people who, month, prepare and payer too)",
                ),
                optional(
                    "people",
                    Shape::NameId,
                    "人の部分。年齢と出来事を、お金の図の上に並べる",
                    "The part with the people; their ages and the events stand above the drawing",
                ),
                optional("scenarios", Shape::NameId, "「もし」の表", "The table of what may be otherwise"),
                optional(
                    "picture",
                    Shape::List(&Shape::Word(&[word("cash_flow", "お金の図", "the drawing"), TABLE]), 1, 2),
                    "見せ方",
                    "How it is shown",
                ),
            ],
        },
        Variant {
            word: word("paired", "二つずつ比べた順", "an order out of pairs"),
            fields: &[
                required("pairs", Shape::NameId, "比べるもの", "The pairs"),
                optional("picture", Shape::List(&Shape::Word(&[BARS, TABLE]), 1, 2), "見せ方", "How it is shown"),
            ],
        },
        Variant {
            word: word("best_worst", "三つずつ比べた順", "an order out of sets of three"),
            fields: &[
                required("sets", Shape::NameId, "比べるもの", "The sets"),
                optional("picture", Shape::List(&Shape::Word(&[BARS, TABLE]), 1, 2), "見せ方", "How it is shown"),
            ],
        },
        Variant {
            word: word("timeline", "仕事の年表", "jobs along the years"),
            fields: &[
                required(
                    "rows",
                    Shape::NameId,
                    "仕事の表（列 from、to、role、skills、feeling、level。あれば place、task、devised、outcome、learned、again）",
                    "The table (columns from, to, role, skills, feeling and level; place, task, devised, outcome, learned and again if there)",
                ),
                optional(
                    "licences",
                    Shape::NameId,
                    "資格と学びの表（列 name、when。あれば kind、learned）",
                    "The table of licences and study (columns name and when; kind and learned if there)",
                ),
                optional(
                    "picture",
                    Shape::List(
                        &Shape::Word(&[
                            word("timeline", "年表", "the timeline"),
                            BARS,
                            QUADRANT,
                            word("job_card", "ジョブ・カードの見出し", "the headings of the Job Card"),
                        ]),
                        1,
                        4,
                    ),
                    "見せ方",
                    "How it is shown",
                ),
            ],
        },
        Variant {
            word: word("lifeline", "人生の線", "a life line"),
            fields: &[
                required("points", Shape::NameId, "点", "The points"),
                optional(
                    "picture",
                    Shape::List(&Shape::Word(&[word("life_line", "線", "the line"), LIST]), 1, 2),
                    "見せ方",
                    "How it is shown",
                ),
            ],
        },
        Variant {
            word: word("compose", "文にする", "sentences"),
            fields: &[
                required("lines", Shape::List(&Shape::Record(&COMPOSED), 1, 12), "文", "The lines"),
                optional(
                    "picture",
                    Shape::List(&Shape::Word(&[word("card", "カード", "a card"), LIST, WHEEL]), 1, 2),
                    "見せ方。書かなければ card",
                    "How it is shown; card if absent",
                ),
                optional(
                    "heavy",
                    Shape::List(&Shape::Text, 1, 60),
                    "文に入っていたら、下に挙げることば（ふだん使わない、重いことば）",
                    "Words that are pointed out below the text: heavy ones that nobody uses every day",
                ),
            ],
        },
        Variant {
            word: word("recurring", "くり返すことば", "words that come again"),
            fields: &[
                required("prompts", Shape::NameId, "答えがある部分", "The part with the answers"),
                required("words", Shape::NameId, "ことばの表（列 word）", "The table of words (column word)"),
                optional("picture", Shape::List(&Shape::Word(&[BARS]), 1, 1), "見せ方", "How it is shown"),
            ],
        },
        Variant {
            word: word("value", "式で出す数", "a number out of numbers"),
            fields: &[
                required(
                    "expression",
                    Shape::Condition,
                    "式。部分_欄 の形で数の欄を使う",
                    "The expression; number fields are called part_field",
                ),
                optional("unit", Shape::Text, "単位", "Its unit"),
                optional("decimals", Shape::Integer(0, 4), "小数の桁。書かなければ 0", "Its decimals; 0 if absent"),
            ],
        },
    ],
};
