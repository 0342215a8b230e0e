//! What a file of cohorts may look like.

use crate::content::shape::{Choice, Field, MANY, Record, Shape, Variant, Word, optional, required, word};

const RULE: Choice = Choice {
    name: "rule of a cohort",
    key: "kind",
    fields: &[],
    variants: &[
        Variant {
            word: word(
                "service_year",
                "入社N年目の年度（入社した年度が1年目）",
                "the nth fiscal year of service; that of joining is the first",
            ),
            fields: &[
                required("number", Shape::Integer(1, 60), "何年目か", "Which year of service"),
                optional(
                    "late_from",
                    Shape::Integer(1, 12),
                    "年度のうち、この月から後に入社した人は、次の年度を1年目と数える",
                    "Who joins in this month of the fiscal year or later begins to count with the next one",
                ),
            ],
        },
        Variant {
            word: word("anniversary", "入社から満N年になる年度", "the fiscal year in which so many years since joining are full"),
            fields: &[required("years", Shape::Integer(1, 60), "満何年か", "How many years")],
        },
        Variant {
            word: word("age", "N歳になる年度", "the fiscal year in which an age is reached"),
            fields: &[
                required("years", Shape::Integer(15, 100), "何歳か", "Which age"),
                optional(
                    "day_before",
                    Shape::Flag,
                    "法律の数え方（誕生日の前の日に年を取る）にする。4月1日生まれが学年と同じ年度になる",
                    "Count as Japanese law does: an age is reached on the day before the birthday, so that those born on 1 April go with their school year",
                ),
            ],
        },
    ],
};

const MONTH: Field = optional(
    "month",
    Shape::Integer(1, 12),
    "何月か。書かなければ本人の月（入社した月、誕生月）。受付の日があるアンケートには書かない",
    "In which month; if absent, the person’s own (of joining, of the birthday). Not for a survey that has dates of its own",
);
const UNTIL: Field =
    optional("until", Shape::Integer(1, 12), "何月までか。書かなければその月だけ", "Until which month; that month alone if absent");

const OFFER: Choice = Choice {
    name: "offer",
    key: "kind",
    fields: &[MONTH, UNTIL],
    variants: &[
        Variant { word: word("talk", "キャリアの相談", "a career talk"), fields: &[] },
        Variant {
            word: word("training", "研修", "a training module"),
            fields: &[required("module", Shape::FileId, "どの研修か", "The module")],
        },
        Variant {
            word: word("survey", "アンケート", "a survey"),
            fields: &[required("survey", Shape::FileId, "どのアンケートか", "The survey")],
        },
    ],
};

const COHORT: Record = Record {
    name: "cohort",
    fields: &[
        required("id", Shape::NameId, "節目の ID", "Its id"),
        required("title", Shape::Text, "節目の名前", "What it is called"),
        optional("note", Shape::Text, "名前の下の一文", "A line below"),
        required("rule", Shape::Choice(&RULE), "だれが、いつ当たるか", "Who is due, and when"),
        required("offers", Shape::List(&Shape::Choice(&OFFER), 1, 12), "案内するもの", "What they are offered"),
    ],
};

const FREE: Record = Record {
    name: "free use",
    fields: &[
        required("text", Shape::Text, "何を、いつ自由に使えるか", "What is open to everybody, and when"),
        optional("to", Shape::Reference, "行き先", "Where it leads"),
    ],
};

const WAVE: Record = Record {
    name: "periodic survey",
    fields: &[
        required(
            "survey",
            Shape::FileId,
            "どのアンケートか。受付の日があれば、その回のすべてが予定に入る",
            "The survey; where it has dates, all of its waves enter the calendar",
        ),
        optional(
            "every",
            Shape::Integer(1, 12),
            "受付の日がないアンケートを、何か月ごとに知らせるか",
            "Every how many months people are reminded of a survey without dates",
        ),
        optional("month", Shape::Integer(1, 12), "その一つ目の月", "The first of these months"),
    ],
};

const KINDS: &[Word] = &[word("kickoff", "はじめの知らせ", "the kick-off"), word("reminder", "くり返しの知らせ", "a regular reminder")];

const ANNOUNCEMENT: Record = Record {
    name: "announcement",
    fields: &[
        required("id", Shape::NameId, "知らせの ID（ファイルの名前になる）", "Its id, part of its file’s name"),
        required("kind", Shape::Word(KINDS), "知らせの種類", "Which kind it is"),
        required("months", Shape::List(&Shape::Integer(1, 12), 1, 12), "出す月", "The months in which it goes out"),
        required("title", Shape::Text, "件名。{month} が入る", "Its subject; may hold {month}"),
        required(
            "text",
            Shape::Text,
            "本文。{organisation} {contact} {site} {year} {month} {offers} {surveys} {free} が入る",
            "Its text; may hold {organisation} {contact} {site} {year} {month} {offers} {surveys} {free}",
        ),
        optional(
            "for",
            Shape::List(&Shape::NameId, 1, 24),
            "{offers} に書く節目。書かなければ全部",
            "The cohorts that {offers} tells of; all if absent",
        ),
    ],
};

/// `content/cohorts/ID.yaml`.
pub(super) const COHORTS: Record = Record {
    name: "cohorts",
    fields: &[
        required("title", Shape::Text, "題", "Its title"),
        required("lead", Shape::Text, "題の下の文", "A sentence or two below the title"),
        optional("sample", Shape::Flag, "見本である", "It is a sample and says so"),
        optional(
            "year_starts",
            Shape::Integer(1, 12),
            "年度が始まる月。書かなければ4",
            "The month with which the fiscal year begins; 4 if absent",
        ),
        required(
            "from_year",
            Shape::Integer(1990, 2200),
            "この決まりが始まる年度。カレンダーの予定はここから",
            "The first fiscal year for which it holds; entries of the calendar begin there",
        ),
        required(
            "cohorts",
            Shape::List(&Shape::Record(&COHORT), 1, 24),
            "節目。重なったとき、先に書いたものが表に出る",
            "The cohorts; the first one names whoever is in two",
        ),
        required(
            "free",
            Shape::Record(&FREE),
            "二回目からと、節目でない人のこと",
            "Free use: from the second time on, and for everybody else",
        ),
        optional("waves", Shape::List(&Shape::Record(&WAVE), 1, 12), "くり返すアンケート", "Surveys that come again and again"),
        optional("announcements", Shape::List(&Shape::Record(&ANNOUNCEMENT), 1, 24), "知らせの文面", "Texts of announcements"),
        optional("read", Shape::List(&Shape::Reference, 1, 8), "はじめに読むもの", "What to read first"),
        optional("sources", Shape::List(&Shape::FileId, 0, MANY), "出典", "Its sources"),
    ],
};
