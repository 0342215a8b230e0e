//! What the test cases of a survey may look like.

use crate::content::shape::{Field, MANY, Record, Shape, optional, required};

const EXPECTED: Record = Record {
    name: "survey test expectation",
    fields: &[
        optional("pages", Shape::List(&Shape::NameId, 0, 100), "見せるページの全部を、順に", "Every page that is seen, in order"),
        optional("shown", Shape::List(&Shape::NameId, 1, MANY), "尋ねる質問（いくつか）", "Questions that are asked, among others"),
        optional("hidden", Shape::List(&Shape::NameId, 1, MANY), "尋ねない質問（いくつか）", "Questions that are not asked, among others"),
        optional(
            "scores",
            Shape::Map(&Shape::Line),
            "尺度の得点。書いたけた数まで比べる。出ないなら missing",
            "Scores by scale, compared to as many decimals as are written; missing where there is none",
        ),
        optional(
            "bands",
            Shape::Map(&Shape::Line),
            "得点の帯の名前（どの言語でもよい）。帯がないなら missing",
            "Names of the bands, in any language; missing where there is none",
        ),
        optional(
            "refused",
            Shape::List(&Shape::NameId, 0, MANY),
            "受け付けない質問の全部。書かなければ、answers に書いた答えがすべて受け付けられることを確かめる",
            "Every question whose answer is refused. If absent, every answer that is written has to be taken",
        ),
    ],
};

const TEST: Record = Record {
    name: "survey test",
    fields: &[
        required("name", Shape::Line, "何を確かめるか", "What is tried"),
        optional("today", Shape::Day, "答える日。式が today を使うときに要る", "The day of answering; needed where a condition says today"),
        required(
            "answers",
            Shape::Map(&Shape::Answer),
            "答え。変数（質問、質問_行、質問_other）: 値。いくつも選ぶときは [a, b]。「答えたくない」は _declined",
            "The answers, a value for each variable (question, question_row, question_other); [a, b] for several; _declined for “I’d rather not say”",
        ),
        required("expect", Shape::Record(&EXPECTED), "そうなるはずのこと", "What has to come out"),
    ],
};

/// The key of a survey's test cases.
pub(super) const TESTS: Field = optional(
    "tests",
    Shape::List(&Shape::Record(&TEST), 0, MANY),
    "試しの回答。check と build のたびに確かめる",
    "Test cases, tried by every check and build",
);
