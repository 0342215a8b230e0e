//! What the terms of a survey may look like: consent, a code of one's own, quotas.

use crate::content::shape::{Field, Record, Shape, optional, required};

const CONSENT: Record = Record {
    name: "consent",
    fields: &[
        required(
            "text",
            Shape::Text,
            "同意を求める文（Markdown）。最初のページに全文が出ます",
            "What is agreed to (Markdown), in full on the first page",
        ),
        optional("label", Shape::Text, "チェック欄の言葉。書かなければ「上の説明を読み、同意します」", "The words beside the check box"),
        optional(
            "required",
            Shape::Flag,
            "同意しない人は答えられない。書かなければ true",
            "Whoever does not agree cannot answer; true if absent",
        ),
    ],
};

const CODE: Record = Record {
    name: "own code",
    fields: &[
        required("parts", Shape::List(&Shape::Text, 1, 6), "合いことばの作り方。一つずつ、順に", "What the code is made of, part by part"),
        optional("example", Shape::Text, "見本の合いことば", "A made-up code as an example"),
        optional("min_length", Shape::Integer(4, 32), "いちばん短い字数。書かなければ 6", "Fewest characters; 6 if absent"),
        optional(
            "pattern",
            Shape::Line,
            "字の並び。A は文字、9 は数字、* はどちらでも。書くと、字数もこれで決まる",
            "What stands where: A a letter, 9 a digit, * either. It decides the length, too",
        ),
    ],
};

const QUOTA: Record = Record {
    name: "quota",
    fields: &[
        required("id", Shape::NameId, "枠の ID", "Id of the quota"),
        optional("label", Shape::Text, "枠の名前。担当者の画面に出ます", "What it is called at the desk"),
        optional("when", Shape::Condition, "数える回答の条件。書かなければ、すべて", "Which answers count; all if absent"),
        required(
            "limit",
            Shape::Integer(3, 1_000_000),
            "受け付ける人数。k の倍数（k=5 なら 5、10、15…）",
            "How many answers are taken: a whole number of k (5, 10, 15, … where k is 5)",
        ),
        optional("message", Shape::Text, "定員に達したあとに見せる文", "What people read once it is full"),
    ],
};

/// Consent before the first question.
pub(super) const CONSENT_FIELD: Field =
    optional("consent", Shape::Record(&CONSENT), "最初の質問の前に求める同意", "What people agree to before the first question");

/// A code of one's own.
pub(super) const CODE_FIELD: Field = optional(
    "code",
    Shape::Record(&CODE),
    "本人が作る合いことば（pseudonymous のときに要る）",
    "How people make up their codes (pseudonymous only)",
);

/// Quotas.
pub(super) const QUOTAS_FIELD: Field = optional(
    "quotas",
    Shape::List(&Shape::Record(&QUOTA), 0, 50),
    "定員。届いた回答と同じ瞬間に数えます",
    "How many answers of a kind are taken",
);
