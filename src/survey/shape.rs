//! What a survey's file may look like.

use super::licence::{LICENCE, VALIDATED};
use super::shape_history::{REMOVED, WAS};
use super::shape_kinds::KINDS;
use super::shape_order::{ORDER_OF_QUESTIONS, PIN, ROTATIONS};
use super::shape_result::RESULT_FIELD;
use super::shape_terms::{CODE_FIELD, CONSENT_FIELD, QUOTAS_FIELD};
use super::shape_trial::TESTS;
use super::shape_waves::{SAME_AS, SAMPLE, WAVE};
use crate::content::shape::{Choice, MANY, Record, Shape, Word, optional, required, word};

const NEEDS: &[Word] = &[
    word("required", "かならず答える", "must be answered"),
    word("optional", "答えなくてもよい", "may be left empty"),
    word("declinable", "「答えたくない」も選べる", "must be answered, and “I’d rather not say” is an answer"),
];

const MODES: &[Word] = &[
    word("anonymous", "だれの回答か、どこにも残らない", "nothing tells whose answers they are"),
    word("pseudonymous", "本人が決めた合いことばだけが残る", "only a code of the person’s own making is kept"),
    word("identified", "だれの回答かが残る", "it is kept whose answers they are"),
];

const PUBLISH: &[Word] = &[
    word("at-close", "締め切ったあとに、まとめて集計に入る", "all answers become visible together after closing"),
    word("rolling", "最小人数がそろうたびに、まとめて集計に入る", "answers become visible batch by batch"),
];

const ACCESS: &[Word] = &[
    word("open", "ページを開いた人はだれでも答えられる", "anybody who opens the page"),
    word("invited", "一人ずつ配ったリンクから、一人一回だけ答えられる", "one answer for each link that was handed out"),
    word("room", "その場で見せるコードから答える", "whoever sees the code in the room"),
];

const VALUE: Record = Record {
    name: "attribute value",
    fields: &[
        required("id", Shape::NameId, "値の ID。回答にはこの ID が付きます", "Id of the value; answers carry it"),
        required("text", Shape::Text, "値の名前。名簿にはこれでも書けます", "What it is called; the list of people may use this too"),
        WAS,
    ],
};

const ATTRIBUTE: Record = Record {
    name: "attribute",
    fields: &[
        required("id", Shape::NameId, "属性の ID。名簿の列の名前です", "Id of the attribute, a column of the list of people"),
        required("text", Shape::Text, "属性の名前（部署など）。回答者にも見せます", "What it is called, shown to respondents"),
        optional(
            "values",
            Shape::List(&Shape::Record(&VALUE), 1, 200),
            "取りうる値。書かなければ、名簿に書いたまま",
            "The values; if absent, whatever the list of people says",
        ),
        optional(
            "cohort",
            Shape::FileId,
            "節目のファイルの ID。値はその節目と「そのほか」になり、名簿の日付から決まる。values は書かない",
            "Id of a file of cohorts: the values are its cohorts and “others”, worked out from the days in the list of people. “values” is then left out",
        ),
        WAS,
    ],
};

const SEGMENT: Record = Record {
    name: "segment",
    fields: &[required(
        "by",
        Shape::List(&Shape::NameId, 1, 2),
        "属性の ID。二つ書くと、掛け合わせて分けます",
        "Id of an attribute; two of them are crossed",
    )],
};

const QUESTION: Choice = Choice {
    name: "question",
    key: "kind",
    fields: &[
        required("id", Shape::NameId, "質問の ID。回答・集計・式で使います", "Id of the question, used in answers, figures and conditions"),
        required(
            "text",
            Shape::Text,
            "質問の文。前のページの答えは「{{nickname | あなた}}」の形で差し込める（縦棒の右は、答えがないときの言葉）",
            "What is asked. {{nickname | you}} fills in an answer of an earlier page, or the words behind the bar where there is none",
        ),
        optional("hint", Shape::Text, "質問の下に添える一言", "A hint below it"),
        optional("need", Shape::Word(NEEDS), "答えが必要か。書かなければ optional", "Whether it must be answered; optional if absent"),
        optional("sensitive", Shape::Flag, "集計に 10 人以上を要する", "Its figures need ten people or more"),
        optional("show_if", Shape::Condition, "この条件が成り立つときだけ尋ねる", "Asked only if this holds"),
        PIN,
        WAS,
    ],
    variants: KINDS,
};

const PAGE: Record = Record {
    name: "survey page",
    fields: &[
        required("id", Shape::NameId, "ページの ID", "Id of the page"),
        optional("title", Shape::Text, "ページの題", "Its title"),
        optional("lead", Shape::Text, "質問の前の一言", "A few words before the questions"),
        optional("show_if", Shape::Condition, "この条件が成り立つときだけ見せる", "Shown only if this holds"),
        ORDER_OF_QUESTIONS,
        required("questions", Shape::List(&Shape::Choice(&QUESTION), 1, 100), "質問", "The questions"),
    ],
};

const BAND: Record = Record {
    name: "band",
    fields: &[
        required("from", Shape::Decimal, "この得点から", "From this score on"),
        required("label", Shape::Text, "帯の名前", "What the band is called"),
    ],
};

const SCALE: Record = Record {
    name: "scale",
    fields: &[
        required("id", Shape::NameId, "尺度の ID", "Id of the scale"),
        required("label", Shape::Text, "何を測るか", "What it measures"),
        required(
            "items",
            Shape::List(&Shape::NameId, 1, 100),
            "項目（scale の質問か、grid の「質問_行」）",
            "Its items: scale questions, or grid rows as question_row",
        ),
        optional(
            "reversed",
            Shape::List(&Shape::NameId, 1, 100),
            "向きが逆の項目",
            "Those of the items that are worded the other way round",
        ),
        optional(
            "method",
            Shape::Word(&[word("mean", "平均", "mean of the items"), word("sum", "合計", "sum of the items")]),
            "得点の出しかた。書かなければ mean",
            "How items become a score; mean if absent",
        ),
        optional(
            "min_answered",
            Shape::Integer(1, 100),
            "得点に要る回答の数。書かなければ全部",
            "How many items must be answered; all if absent",
        ),
        optional("bands", Shape::List(&Shape::Record(&BAND), 0, 20), "得点の帯。低いほうから", "Named ranges of the score, lowest first"),
    ],
};

/// `content/surveys/ID.yaml`.
pub const SURVEY: Record = Record {
    name: "survey",
    fields: &[
        SAME_AS,
        WAVE,
        required("title", Shape::Text, "アンケートの題", "Its title"),
        required("lead", Shape::Text, "はじめに読む一、二文", "One or two sentences before it begins"),
        optional(
            "revision",
            Shape::Integer(1, 10_000),
            "質問の意味を変えたら一つ増やす番号。書かなければ 1",
            "Raised whenever a question changes its meaning; 1 if absent",
        ),
        required("minutes", Shape::Integer(1, 180), "答えるのにかかる分数", "How many minutes answering takes"),
        required("mode", Shape::Word(MODES), "回答者について何が残るか", "What is known of respondents"),
        optional("access", Shape::Word(ACCESS), "だれが答えられるか。書かなければ open", "Who may answer; open if absent"),
        optional(
            "attributes",
            Shape::List(&Shape::Record(&ATTRIBUTE), 0, 8),
            "名簿から回答に付ける属性（invited のときだけ）",
            "What answers carry from the list of people (invited only)",
        ),
        optional(
            "segments",
            Shape::List(&Shape::Record(&SEGMENT), 0, 12),
            "集計を分けて示す属性。最初の回答のあとは変えられません",
            "What figures are broken down by; fixed by the first answer",
        ),
        ROTATIONS,
        CODE_FIELD,
        CONSENT_FIELD,
        QUOTAS_FIELD,
        optional(
            "publish",
            Shape::Word(PUBLISH),
            "回答がいつ集計に入るか。書かなければ at-close",
            "When answers become visible; at-close if absent",
        ),
        optional("k", Shape::Integer(3, 1_000), "載せる集計の最小人数。書かなければ 5", "The smallest group that is shown; 5 if absent"),
        required("purpose", Shape::Text, "回答を何に使うか（利用目的）", "What the answers are for"),
        optional(
            "open",
            Shape::DayTime,
            "受付を始める日、または日時（プロジェクトの time_zone の時刻）",
            "The day or the time from which answers are taken, in the project’s time zone",
        ),
        optional(
            "close",
            Shape::DayTime,
            "受付を終える日（その日の終わりまで）、または日時",
            "The last day on which answers are taken, or the time until which they are",
        ),
        optional(
            "grace",
            Shape::Integer(0, 1_440),
            "締め切りの前に開いた回答画面を、あと何分受け付けるか。書かなければ 15",
            "For how many minutes after the close a form that was opened before it is still taken; 15 if absent",
        ),
        optional(
            "retain_days",
            Shape::Integer(1, 36_500),
            "締め切りのあと回答を残しておく日数。書かなければ project.yaml のとおり",
            "For how many days after the close answers are kept; as in project.yaml if absent",
        ),
        optional(
            "population",
            Shape::Integer(3, 10_000_000),
            "対象の人が全部で何人か。書くと、答えた人がそのうちどれだけかを区間に入れる",
            "How many people it is about; intervals are narrower by how many of them answered",
        ),
        optional(
            "drafts",
            Shape::Integer(1, 90),
            "「保存して、あとで続ける」で預かる日数。書かなければ、送るまで何も保存しない",
            "How many days a sheet that was put aside is kept; if absent, nothing is kept before it is sent",
        ),
        optional(
            "withdrawal",
            Shape::Flag,
            "本人がコードで取り消せる。無記名では、回答がまとまるまで",
            "People can take their answer back with a code; in anonymous surveys until its batch is closed",
        ),
        optional("thanks", Shape::Text, "受け取りのあとに見せる文", "Shown below the receipt"),
        LICENCE,
        VALIDATED,
        required("pages", Shape::List(&Shape::Record(&PAGE), 1, 100), "ページ", "Its pages"),
        optional("scales", Shape::List(&Shape::Record(&SCALE), 0, MANY), "尺度", "Its scales"),
        RESULT_FIELD,
        REMOVED,
        SAMPLE,
        TESTS,
    ],
};
