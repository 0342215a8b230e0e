//! What the kinds of question look like in a survey's file.

use super::shape_history::WAS;
use super::shape_order::{ORDER_OF_PARTS, PIN};
use crate::content::shape::{Choice, Field, Record, Shape, Variant, optional, required, word};

const CHOICE: Record = Record {
    name: "choice",
    fields: &[
        required("id", Shape::NameId, "選択肢の ID。回答はこの ID で残ります", "Id of the choice; answers are kept by it"),
        required("text", Shape::Text, "選択肢の文", "What respondents read"),
        optional("exclusive", Shape::Flag, "これを選ぶと、ほかは選べない", "Rules out all other choices"),
        PIN,
        WAS,
    ],
};

const ROW: Record = Record {
    name: "grid row",
    fields: &[
        required("id", Shape::NameId, "行の ID。変数名は「質問_行」になります", "Id of the row; the variable is question_row"),
        required("text", Shape::Text, "行の文", "What respondents read"),
        PIN,
        WAS,
    ],
};

const ITEM: Record = Record {
    name: "item",
    fields: &[
        required("id", Shape::NameId, "項目の ID。変数名は「質問_項目」になります", "Id of the item; the variable is question_item"),
        required("text", Shape::Text, "項目の文", "What respondents read"),
        PIN,
        WAS,
    ],
};

const CARD: Record = Record {
    name: "card",
    fields: &[
        required("id", Shape::NameId, "カードの ID。変数名は「質問_カード」になります", "Id of the card; the variable is question_card"),
        required("text", Shape::Text, "カードの文", "What respondents read"),
        PIN,
        WAS,
    ],
};

const PILE: Record = Record {
    name: "pile",
    fields: &[
        required("id", Shape::NameId, "山の ID。カードの答えはこの ID で残ります", "Id of the pile; the answer of a card is kept by it"),
        required("text", Shape::Text, "山の名前", "What respondents read"),
        WAS,
    ],
};

const CHOICES: Field = required("choices", Shape::List(&Shape::Record(&CHOICE), 1, 200), "選択肢", "The choices");
const OTHER: Field =
    optional("other", Shape::Text, "「その他」の文。自由に書く欄がつきます", "Label of a further choice with a text field");
const POINTS: Field = required("points", Shape::Integer(2, 11), "段階の数（2〜11）", "Number of points, 2 to 11");
const LABELS: Field =
    optional("labels", Shape::List(&Shape::Text, 2, 11), "すべての段階の文。低いほうから", "A label for every point, lowest first");
const ENDS: Field = optional("ends", Shape::List(&Shape::Text, 2, 2), "両端の文だけを書くとき", "Labels of the two ends only");
const FAVOURABLE: Field = optional(
    "favourable",
    Shape::Word(&[
        word("high", "高いほうが好ましい", "the high end is favourable"),
        word("low", "低いほうが好ましい", "the low end is favourable"),
        word("none", "どちらでもない", "neither end is"),
    ]),
    "どちらの端を好ましいと数えるか。書かなければ high",
    "Which end counts as favourable; high if absent",
);

const UNIT: Field = optional("unit", Shape::Text, "単位", "What it counts in");

const SINGLE_CHOICE: Variant =
    Variant { word: word("single_choice", "一つ選ぶ", "one of several choices"), fields: &[CHOICES, OTHER, ORDER_OF_PARTS] };

const DROPDOWN: Variant = Variant {
    word: word("dropdown", "たくさんの中から一つ選ぶ", "one of many choices, in a list that opens"),
    fields: &[CHOICES, OTHER, ORDER_OF_PARTS],
};

const YES_NO: Variant = Variant {
    word: word("yes_no", "「はい」か「いいえ」", "yes or no"),
    fields: &[
        optional("yes", Shape::Text, "「はい」の代わりの文", "What stands for “Yes”"),
        optional("no", Shape::Text, "「いいえ」の代わりの文", "What stands for “No”"),
    ],
};

const NUMBER: Variant = Variant {
    word: word("number", "数を書く", "a number"),
    fields: &[
        optional("minimum", Shape::Decimal, "いちばん小さい数", "Smallest number taken"),
        optional("maximum", Shape::Decimal, "いちばん大きい数", "Largest number taken"),
        optional("decimals", Shape::Integer(0, 6), "小数点以下のけた数。書かなければ 0", "Places after the point; 0 if absent"),
        UNIT,
    ],
};

const SHORT_TEXT: Variant = Variant {
    word: word("short_text", "一行で書く", "a text of one line"),
    fields: &[optional("max_length", Shape::Integer(1, 1_000), "文字数の上限。書かなければ 200", "Most characters taken; 200 if absent")],
};

const DATE: Variant = Variant {
    word: word("date", "日付を書く", "a day"),
    fields: &[
        optional("earliest", Shape::Day, "いちばん早い日", "First day taken"),
        optional("latest", Shape::Day, "いちばん遅い日", "Last day taken"),
    ],
};

/// The questions that a row of a table can have.
const COLUMN: Choice = Choice {
    name: "column",
    key: "kind",
    fields: &[
        required(
            "id",
            Shape::NameId,
            "列の ID。変数名は「質問_行番号_列」になります",
            "Id of the column; the variable is question_row_column",
        ),
        required("text", Shape::Text, "列の文", "What is asked in it"),
        WAS,
        optional(
            "need",
            Shape::Word(&[
                word("required", "かならず答える", "must be answered"),
                word("optional", "答えなくてもよい", "may be left empty"),
            ]),
            "書きかけの行で、答えが必要か。書かなければ optional",
            "Whether it must be answered in a row that was begun; optional if absent",
        ),
    ],
    variants: &[DROPDOWN, SINGLE_CHOICE, YES_NO, NUMBER, SHORT_TEXT, DATE],
};

/// Every kind of question.
pub(super) const KINDS: &[Variant] = &[
    SINGLE_CHOICE,
    DROPDOWN,
    YES_NO,
    Variant {
        word: word("multiple_choice", "いくつでも選ぶ", "any number of choices"),
        fields: &[
            CHOICES,
            OTHER,
            ORDER_OF_PARTS,
            optional("at_most", Shape::Integer(1, 200), "選べる数の上限", "The most that may be chosen"),
        ],
    },
    Variant {
        word: word("multiple_grid", "いくつかの項目で、いくつでも選ぶ", "several rows, any number of the same choices in each"),
        fields: &[
            CHOICES,
            ORDER_OF_PARTS,
            required("rows", Shape::List(&Shape::Record(&ROW), 1, 40), "項目", "The rows"),
            optional("at_most", Shape::Integer(1, 200), "一つの行で選べる数の上限", "The most that may be chosen in a row"),
        ],
    },
    Variant { word: word("scale", "段階で答える", "one point of a scale"), fields: &[POINTS, LABELS, ENDS, FAVOURABLE] },
    Variant {
        word: word("grid", "いくつかの項目を同じ段階で答える", "several rows on the same scale"),
        fields: &[
            POINTS,
            LABELS,
            ENDS,
            FAVOURABLE,
            ORDER_OF_PARTS,
            required("rows", Shape::List(&Shape::Record(&ROW), 1, 40), "項目", "The rows"),
        ],
    },
    Variant {
        word: word("recommendation", "すすめたいかを 0〜10 で答える", "how likely one is to recommend something, 0 to 10"),
        fields: &[optional(
            "ends",
            Shape::List(&Shape::Text, 2, 2),
            "0 と 10 の文。書かなければ「まったくすすめない」「ぜひすすめたい」",
            "Labels of 0 and 10; “not at all likely” and “extremely likely” if absent",
        )],
    },
    NUMBER,
    Variant {
        word: word("slider", "目盛りの上で数を選ぶ", "a number between two ends"),
        fields: &[
            required("minimum", Shape::Decimal, "左の端の数", "The number at the left end"),
            required("maximum", Shape::Decimal, "右の端の数", "The number at the right end"),
            optional("step", Shape::Decimal, "目盛りの間隔。書かなければ 1", "From one number to the next; 1 if absent"),
            UNIT,
            optional("ends", Shape::List(&Shape::Text, 2, 2), "両端の文", "Labels of the two ends"),
        ],
    },
    SHORT_TEXT,
    Variant {
        word: word("long_text", "何行でも書く", "a text of several lines"),
        fields: &[optional(
            "max_length",
            Shape::Integer(1, 10_000),
            "文字数の上限。書かなければ 2000",
            "Most characters taken; 2000 if absent",
        )],
    },
    DATE,
    Variant {
        word: word("ranking", "順位をつける", "items put in order"),
        fields: &[
            required("items", Shape::List(&Shape::Record(&ITEM), 2, 20), "順位をつける項目", "The items"),
            ORDER_OF_PARTS,
            optional("top", Shape::Integer(1, 20), "何位までか。書かなければ全部", "How many of them get a rank; all if absent"),
        ],
    },
    Variant {
        word: word("card_sort", "カードを山に分ける", "cards put into piles"),
        fields: &[
            required("cards", Shape::List(&Shape::Record(&CARD), 1, 60), "カード", "The cards"),
            ORDER_OF_PARTS,
            required("piles", Shape::List(&Shape::Record(&PILE), 2, 8), "山", "The piles"),
        ],
    },
    Variant {
        word: word("allocation", "決まった数を割り振る", "a total shared out among items"),
        fields: &[
            required("items", Shape::List(&Shape::Record(&ITEM), 2, 20), "割り振る先の項目", "The items"),
            ORDER_OF_PARTS,
            optional("total", Shape::Integer(2, 1_000_000), "合計。書かなければ 100", "What the numbers add up to; 100 if absent"),
            UNIT,
        ],
    },
    Variant {
        word: word("paired_comparison", "二つずつ比べる", "every pair of items, one of the two chosen"),
        fields: &[required("items", Shape::List(&Shape::Record(&ITEM), 3, 7), "比べる項目（3〜7）", "The items, 3 to 7")],
    },
    Variant {
        word: word("table", "同じ質問を、何行でも答える", "the same few questions in every row"),
        fields: &[
            required("columns", Shape::List(&Shape::Choice(&COLUMN), 1, 8), "一行で尋ねる質問", "The questions of a row"),
            required("at_most", Shape::Integer(1, 20), "行の数の上限", "The most rows"),
        ],
    },
    Variant {
        word: word("calculated", "前の答えから計算する", "a number worked out from earlier answers"),
        fields: &[
            required(
                "value",
                Shape::Condition,
                "計算の式。前に尋ねた答えだけを使えます",
                "How it is worked out, from earlier answers only",
            ),
            optional("decimals", Shape::Integer(0, 6), "小数点以下のけた数。書かなければ 2", "Places after the point; 2 if absent"),
            UNIT,
            optional("show", Shape::Flag, "答える人にも見せる", "Respondents see it"),
        ],
    },
    Variant { word: word("note", "説明だけで、答えはない", "a few words, nothing to answer"), fields: &[] },
];
