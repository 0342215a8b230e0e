//! What a directory of consultants, and its use by a site, may look like.

use crate::content::shape::{MANY, Record, Shape, optional, required, word};

const IDS: Shape = Shape::List(&Shape::NameId, 1, 40);
/// One or more of the languages that the program speaks.
pub(super) const LANGUAGES: Shape = Shape::List(&Shape::Word(&[word("ja", "日本語", "Japanese"), word("en", "英語", "English")]), 1, 2);

const WORDING: Record = Record {
    name: "wording",
    fields: &[
        required("id", Shape::NameId, "相談員の欄で使う ID", "The id by which consultants name it"),
        required("label", Shape::Text, "名前", "What it is called"),
        optional("note", Shape::Text, "どういうことか、ひとこと", "A few words on what it means"),
    ],
};

const HOURS: Record = Record {
    name: "hours",
    fields: &[
        required("id", Shape::NameId, "相談員の欄で使う ID", "The id by which consultants name it"),
        required("label", Shape::Text, "名前（平日の夜など）", "What it is called, such as weekday evenings"),
        required("from", Shape::Time, "始まる時刻", "When it begins"),
        required("until", Shape::Time, "終わる時刻", "When it ends"),
        optional(
            "on",
            Shape::Word(&[word("weekdays", "月曜から金曜", "Monday to Friday"), word("weekends", "土曜と日曜", "Saturday and Sunday")]),
            "どの曜日か。書けば、ほかの曜日を希望したときに知らせる",
            "On which days; if present, a wish for another day is told",
        ),
    ],
};

const VALUE: Record = Record {
    name: "value",
    fields: &[
        required("id", Shape::NameId, "相談員の欄で使う ID", "The id by which consultants name it"),
        required("label", Shape::Text, "価値観の名前", "What it is called"),
        optional("note", Shape::Text, "どういうことか、ひとこと", "A few words on what it means"),
        required(
            "ask",
            Shape::List(&Shape::Text, 1, 3),
            "どれくらい大切かを 5 段階でたずねる文（一つから三つ）",
            "Statements whose weight is asked on five steps, one to three",
        ),
    ],
};

const LICENCE: Record = Record {
    name: "licence",
    fields: &[
        required("number", Shape::Line, "国家資格キャリアコンサルタントの登録番号", "Registration number of the national licence"),
        required("until", Shape::Day, "登録の有効期限", "The last day on which the registration holds"),
    ],
};

const PERSON: Record = Record {
    name: "consultant",
    fields: &[
        required("id", Shape::FileId, "ID。ページの名前になる", "Its id, which names the page"),
        required("name", Shape::Text, "名前", "What they are called"),
        required("profile", Shape::Text, "紹介の文", "A sentence or two about them"),
        optional("career", Shape::List(&Shape::Text, 1, 12), "経歴。1行に一つ", "What they did so far, a line each"),
        required(
            "themes",
            IDS,
            "話せるテーマ。得意なものから（はじめの二つを得意とする）",
            "Themes, the best known first; the first two count as such",
        ),
        required("styles", IDS, "進め方。いちばん合うものから", "Ways of talking, the most fitting first"),
        optional("fields", IDS, "経験した仕事の分野。長いものから", "Lines of work they know, the longest first"),
        required("languages", LANGUAGES, "話せる言語", "Languages they talk in"),
        required("hours", IDS, "話せる時間帯", "When they are there"),
        required(
            "values",
            Shape::Map(&Shape::Integer(0, 10)),
            "大切にしていること。価値観の ID と 0 から 10 の数",
            "What matters to them: ids of values with numbers from 0 to 10",
        ),
        optional(
            "licence",
            Shape::Record(&LICENCE),
            "国家資格。ない人、期限の過ぎた人は候補に出ない",
            "The national licence; nobody is offered without a valid one",
        ),
        required("confidential", Shape::Flag, "守秘義務を負っている", "They are bound to keep what they hear to themselves"),
        optional(
            "not_for",
            Shape::List(&Shape::FileId, 1, 100),
            "利害関係のある組織のサイト。そこでは候補に出ない",
            "Sites of organisations they are bound to, where they are never offered",
        ),
    ],
};

/// `content/consultants/ID.yaml`.
pub(super) const CONSULTANTS: Record = Record {
    name: "consultants",
    fields: &[
        required("title", Shape::Text, "名簿の名前", "What the directory is called"),
        required("lead", Shape::Text, "名前の下の文", "A sentence or two below"),
        optional("sample", Shape::Flag, "見本の人たちである", "The people are invented, and the pages say so"),
        required("themes", Shape::List(&Shape::Record(&WORDING), 1, 30), "相談のテーマ", "What can be talked about"),
        required("styles", Shape::List(&Shape::Record(&WORDING), 1, 12), "話の進め方", "Ways of talking"),
        required("fields", Shape::List(&Shape::Record(&WORDING), 1, 40), "仕事の分野", "Lines of work"),
        required("hours", Shape::List(&Shape::Record(&HOURS), 1, 14), "時間帯", "Times of the week"),
        required(
            "values",
            Shape::List(&Shape::Record(&VALUE), 4, 16),
            "価値観と、たずねる文",
            "Values, with the statements that ask about them",
        ),
        required("people", Shape::List(&Shape::Record(&PERSON), 1, MANY), "相談員", "The consultants"),
    ],
};

/// The `consultants` of a site.
pub(super) const TALKS: Record = Record {
    name: "talks",
    fields: &[
        required("from", Shape::FileId, "content/consultants/ の名簿", "The directory in content/consultants/"),
        optional(
            "only",
            Shape::List(&Shape::FileId, 1, 40),
            "このサイトで名を挙げる数人。書くと、診断による候補ではなく、この人たちだけを見せる",
            "The few people this site names; if present, they alone are shown, without a match",
        ),
        optional(
            "briefing",
            Shape::Text,
            "その数人が組織について聞いていること（職種の構成、キャリアの道すじなど）。only といっしょに書く",
            "What those few were told of the organisation (its jobs, its career paths); goes with “only”",
        ),
        required("seen_by", Shape::Text, "申し込みを組織の中で見る人", "Who at the organisation reads a nomination"),
        optional(
            "keep_days",
            Shape::Integer(1, 1_095),
            "申し込みを残しておく日数。書かなければ 180",
            "For how many days a nomination is kept; 180 if absent",
        ),
    ],
};
