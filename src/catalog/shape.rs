//! What the project, its sources, free pages and modules may look like.

use super::shape_consultants::LANGUAGES;
use super::shape_mail::MAIL;
use crate::content::shape::{MANY, Record, Shape, optional, required, word};

/// `content/project.yaml`.
pub const PROJECT: Record = Record {
    name: "project",
    fields: &[
        required(
            "languages",
            LANGUAGES,
            "内容を書く言語。サイトの言語でもある。一つ目が既定",
            "Languages that content is written in, and of the sites; the first is the default",
        ),
        optional(
            "time_zone",
            Shape::Line,
            "受付の始まりと終わりを数える時間帯。書かなければ Asia/Tokyo",
            "Time zone in which surveys open and close; Asia/Tokyo if absent",
        ),
        optional(
            "home",
            Shape::FileId,
            "serve が / で見せるサイト。書かなければ名前順で一つ目",
            "The site that serve shows at /; the first by name if absent",
        ),
        required("organisation", Shape::Text, "発行する組織の名前", "Who publishes"),
        required("contact", Shape::Text, "問い合わせ先", "Whom to ask"),
        optional(
            "retain_days",
            Shape::Integer(1, 36_500),
            "回答を残しておく日数。書かなければ 365",
            "For how many days answers are kept; 365 if absent",
        ),
        optional(
            "mail",
            Shape::Record(&MAIL),
            "招待と催促のメールを送るサーバー（shirube mail で使う）",
            "The server that sends invitations and reminders (for shirube mail)",
        ),
    ],
};

const SOURCE: Record = Record {
    name: "source",
    fields: &[
        required("id", Shape::FileId, "出典の ID", "Id of the source"),
        required("title", Shape::Text, "調査や資料の題", "Title of the survey or paper"),
        required("by", Shape::Text, "だれによるものか", "Who made it"),
        required("date", Shape::Text, "調べた時期、または公表の時期", "When the fieldwork was, or when it was published"),
        optional("sample", Shape::Text, "だれに尋ねたか、何人か", "Whom they asked, and how many"),
        optional("note", Shape::Text, "注意や訂正", "Defects, corrections, caveats"),
        optional("url", Shape::Url, "公開されているページのアドレス", "Address of a public page"),
    ],
};

/// `content/sources.yaml`.
pub const SOURCES: Record = Record {
    name: "sources",
    fields: &[required("sources", Shape::List(&Shape::Record(&SOURCE), 0, MANY), "出典の一覧", "The sources")],
};

const FILES: Shape = Shape::List(&Shape::FileId, 0, MANY);

/// The head of a free page.
pub const PAGE: Record = Record {
    name: "page",
    fields: &[
        required("title", Shape::Line, "題", "Its title"),
        optional("lead", Shape::Line, "題の下の文", "A sentence below the title"),
        optional("plate", Shape::Line, "ページの種類", "What kind of page it is"),
        optional("sources", FILES, "出典", "Its sources"),
    ],
};

/// The head of a lesson.
pub const LESSON: Record = Record {
    name: "lesson",
    fields: &[required("title", Shape::Line, "題", "Its title"), optional("lead", Shape::Line, "題の下の文", "A sentence below the title")],
};

const SLOT: Record = Record {
    name: "timetable row",
    fields: &[
        required("minutes", Shape::Integer(1, 600), "何分か", "How many minutes"),
        required(
            "form",
            Shape::Word(&[
                word("listen", "話を聞く", "people listen"),
                word("alone", "一人で書く", "each works alone"),
                word("together", "人と話す", "people talk"),
                word("break", "休む", "a break"),
            ]),
            "どんな形で進めるか",
            "How people work",
        ),
        required("title", Shape::Text, "何をするか", "What happens"),
        optional("note", Shape::Text, "題の下の一文", "A line below"),
        optional("lesson", Shape::FileId, "どのレッスンか", "The lesson it belongs to"),
    ],
};

/// `content/modules/ID/module.yaml`.
pub const MODULE: Record = Record {
    name: "module",
    fields: &[
        required("plate", Shape::Text, "短い名前", "Its short name"),
        required("title", Shape::Text, "題", "Its title"),
        required("lead", Shape::Text, "一、二文で", "One or two sentences"),
        required(
            "picture",
            Shape::Word(&[
                word("overlap", "三つの円", "three circles"),
                word("line", "人生の線", "a life line"),
                word("card", "書いたカード", "a card"),
            ]),
            "最初のページの線画",
            "Its line drawing",
        ),
        required("audience", Shape::Text, "対象", "Whom it is for"),
        required("group", Shape::Text, "人数", "How many people"),
        required("bring", Shape::Text, "持ち物", "What to bring"),
        required("start", Shape::Time, "始まる時刻", "When it starts"),
        required("timetable", Shape::List(&Shape::Record(&SLOT), 1, 60), "時間割", "Its timetable"),
        required("lessons", Shape::List(&Shape::FileId, 1, 60), "レッスン。進める順に", "Its lessons, in order"),
        optional("sources", FILES, "出典", "Its sources"),
    ],
};
