//! What a plan may look like.

use crate::content::shape::{Field, MANY, Record, Shape, Word, optional, required, word};

const VISIBILITY: &[Word] =
    &[word("public", "だれでも読める", "everybody may read it"), word("internal", "組織の中だけで読む", "for people of the organisation")];

const MEASURE: Record = Record {
    name: "measure",
    fields: &[
        required("id", Shape::NameId, "施策の ID", "Its id"),
        required("title", Shape::Text, "施策の名前", "Its name"),
        required("strength", Shape::Text, "強み", "What it is good at"),
        required("limit", Shape::Text, "限界（足りないところ）", "What it cannot do"),
        optional("fits", Shape::Text, "用意するものと、向くところ", "What it takes, and whom it suits"),
        optional(
            "to",
            Shape::Reference,
            "どこから始められるか（サイトにあれば、リンクになる）",
            "Where it begins; a link on sites that have it",
        ),
    ],
};

const INPUT: Record = Record {
    name: "input",
    fields: &[
        required("id", Shape::NameId, "条件の中で使う名前", "Its name in conditions"),
        required("label", Shape::Text, "何の数か", "What it is"),
        required("survey", Shape::FileId, "どのアンケートの集計か", "The survey it is a figure of"),
        required(
            "figure",
            Shape::NameId,
            "尺度か、数の質問か、段階で答える質問の ID（段階の質問は好意的な答えの割合）",
            "A scale, a number question, or a question of a scale (the share of favourable answers)",
        ),
    ],
};

const CHOSEN: Record = Record {
    name: "chosen measure",
    fields: &[
        required("measure", Shape::NameId, "施策の ID", "Id of the measure"),
        optional("reason", Shape::Text, "なぜ選ぶか", "Why it is chosen"),
        optional(
            "given",
            Shape::Flag,
            "出典がその施策を名ざししている（なければ、わたしたちの対応づけと記される）",
            "The source itself names it; else the page marks it as our own mapping",
        ),
    ],
};

const ANSWER: Record = Record {
    name: "answer of a plan",
    fields: &[
        required("id", Shape::NameId, "答えの ID", "Its id"),
        required("label", Shape::Text, "答えの文", "What it is called"),
        required(
            "if",
            Shape::Condition,
            "集計の数がどうなら、この答えか（input の名前と数で）",
            "When figures say so, by the names of inputs and numbers",
        ),
        optional("says", Shape::Text, "出典が勧めること", "What the source says to choose then"),
        required(
            "choose",
            Shape::List(&Shape::Record(&CHOSEN), 1, 24),
            "選ぶ施策。合うものから",
            "The measures it speaks for, the most fitting first",
        ),
    ],
};

const QUESTION: Record = Record {
    name: "question of a plan",
    fields: &[
        required("id", Shape::NameId, "問いの ID", "Its id"),
        required("text", Shape::Text, "手で答えるときの問い", "The question, as one answers it by hand"),
        optional("hint", Shape::Text, "答え方の手がかり", "A few words on how to answer"),
        required(
            "answers",
            Shape::List(&Shape::Record(&ANSWER), 2, 4),
            "答え。どれか一つだけが成り立つように",
            "The answers; exactly one of them holds",
        ),
    ],
};

const SOURCES: Field = optional("sources", Shape::List(&Shape::FileId, 0, MANY), "出典", "Its sources");

/// `content/plans/ID.yaml`.
pub(super) const PLAN: Record = Record {
    name: "plan",
    fields: &[
        required("title", Shape::Text, "題", "Its title"),
        required("lead", Shape::Text, "題の下の文", "A sentence or two below the title"),
        optional("visibility", Shape::Word(VISIBILITY), "だれが読めるか。書かなければ internal", "Who may read it; internal if absent"),
        optional("sample", Shape::Flag, "見本の数値である", "Its figures are invented and say so"),
        required(
            "measures",
            Shape::List(&Shape::Record(&MEASURE), 2, 24),
            "施策。番号の順に",
            "The measures, in the order of their numbers",
        ),
        required("inputs", Shape::List(&Shape::Record(&INPUT), 1, 8), "決め手にする集計", "The figures that decide"),
        required(
            "questions",
            Shape::List(&Shape::Record(&QUESTION), 1, 3),
            "会社の状態についての問い",
            "The questions about the state of a firm",
        ),
        optional(
            "leads",
            Shape::NameId,
            "重なる施策がないとき、どの問いから始めるか。書かなければ一つ目",
            "The question to begin with where the answers share no measure; the first if absent",
        ),
        required("ours", Shape::Text, "どこまでが出典で、どこからが自分たちの考えか", "What of this is the source’s and what is your own"),
        SOURCES,
    ],
};
