//! What the files of the catalog may look like.

use super::shape_block_benchmark::BENCHMARKS;
use super::shape_block_change::CHANGE;
use super::shape_block_comments::COMMENTS;
use super::shape_block_compare::{COMPARE, TREND};
use super::shape_block_drivers::DRIVERS;
use super::shape_brand::BRAND;
use super::shape_consultants::TALKS;
use super::shape_mail::MAIL;
use crate::content::shape::{Choice, Field, MANY, Record, Shape, Variant, Word, optional, required, word};

/// `content/project.yaml`.
pub const PROJECT: Record = Record {
    name: "project",
    fields: &[
        required(
            "languages",
            Shape::List(&Shape::Word(&[word("ja", "日本語", "Japanese"), word("en", "英語", "English")]), 1, 2),
            "サイトの言語。一つ目が既定",
            "Languages of the sites; the first is the default",
        ),
        optional(
            "time_zone",
            Shape::Line,
            "受け付けの始まりと終わりを数える時間帯。書かなければ Asia/Tokyo",
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

const VISIBILITY: &[Word] =
    &[word("public", "だれでも読める", "everybody may read it"), word("internal", "組織の中だけで読む", "for people of the organisation")];

const LINK: Record = Record {
    name: "link",
    fields: &[
        required("to", Shape::Reference, "行き先", "Where it leads"),
        optional("label", Shape::Text, "リンクの文。書かなければ行き先の題", "Its words; the target’s title if absent"),
    ],
};

const OPENING: Record = Record {
    name: "opening",
    fields: &[required("title", Shape::Text, "見出し", "Its title"), optional("lead", Shape::Text, "見出しの下の文", "The words below")],
};

const NOTICE: Record = Record {
    name: "notice",
    fields: &[
        required(
            "plate",
            Shape::Word(&[word("answer", "回答する", "answer"), word("join", "参加する", "join"), word("read", "読む", "read")]),
            "読む人にしてほしいこと",
            "What it asks of the reader",
        ),
        required("to", Shape::Reference, "行き先", "Where it leads"),
        optional("title", Shape::Text, "題。書かなければ行き先の題", "Its title; the target’s if absent"),
        required("note", Shape::Text, "題の下の一文", "A line below the title"),
        optional("date", Shape::Text, "いつまで、またはいつから", "Until when, or since when"),
    ],
};

const NOTICES: Record = Record {
    name: "notices",
    fields: &[
        required("title", Shape::Text, "見出し", "Its title"),
        required("rows", Shape::List(&Shape::Record(&NOTICE), 1, 12), "知らせの一覧", "The notices"),
    ],
};

const MILESTONE: Record = Record {
    name: "milestone",
    fields: &[
        required("title", Shape::Text, "節目の名前", "What it is called"),
        required("note", Shape::Text, "そこで何をするか", "What it brings"),
        optional("here", Shape::Flag, "今年の対象", "This year’s own"),
    ],
};

const ROAD: Record = Record {
    name: "road",
    fields: &[
        required("title", Shape::Text, "見出し", "Its title"),
        required("milestones", Shape::List(&Shape::Record(&MILESTONE), 1, 6), "節目", "The milestones"),
    ],
};

const STEP: Record = Record {
    name: "step",
    fields: &[
        required("title", Shape::Text, "何をするか", "What one does"),
        required("note", Shape::Text, "題の下の一文", "A line below"),
        required("to", Shape::Reference, "行き先", "Where it is done"),
        optional("label", Shape::Text, "リンクの文。書かなければ行き先の題", "Its words; the target’s title if absent"),
    ],
};

const STEPS: Record = Record {
    name: "steps",
    fields: &[
        required("title", Shape::Text, "見出し", "Its title"),
        optional("lead", Shape::Text, "見出しの下の文", "The words below"),
        required("rows", Shape::List(&Shape::Record(&STEP), 2, 5), "進む順に", "The steps, in order"),
    ],
};

const TRIAD_PART: Record = Record {
    name: "part of the picture",
    fields: &[
        required("title", Shape::Text, "短い名前（図の中に入ります）", "Its name, short enough for a picture"),
        required("note", Shape::Text, "何をするところか", "What it does"),
        required("everyone", Shape::Text, "みんなに向けたもの", "What there is for everyone"),
        required("each", Shape::Text, "一人ひとりに向けたもの", "What there is for each person"),
    ],
};

const TRIAD: Record = Record {
    name: "picture of the whole",
    fields: &[
        required("title", Shape::Text, "見出し", "Its title"),
        optional("lead", Shape::Text, "見出しの下の文", "The words below"),
        required("centre", Shape::Record(&TRIAD_PART), "まん中", "The centre"),
        required("parts", Shape::List(&Shape::Record(&TRIAD_PART), 3, 3), "三つの働き", "The three parts"),
    ],
};

const HOME: Record = Record {
    name: "home",
    fields: &[
        required("title", Shape::Text, "いちばん大きな見出し", "Title of the page"),
        required("lead", Shape::Text, "見出しの下の文", "The words below"),
        optional(
            "signpost",
            Shape::List(&Shape::Text, 3, 3),
            "道しるべの三枚の板のことば（四文字くらいまで）。書かなければ「描く・築く・学ぶ」",
            "The words on the three arms of the signpost, about ten letters each; “Draw, Build, Learn” if absent",
        ),
        optional("actions", Shape::List(&Shape::Record(&LINK), 1, 2), "ボタン（二つまで）", "One or two buttons"),
        optional("notices", Shape::Record(&NOTICES), "いま届いているもの", "What has reached you"),
        optional("steps", Shape::Record(&STEPS), "読む人を導く順", "The steps in which a visitor is led"),
        optional("triad", Shape::Record(&TRIAD), "全体の絵（まん中と三つの働き）", "The picture of the whole: three parts around a centre"),
        optional("pages", Shape::Record(&OPENING), "自由なページの一覧の見出し", "Heading of a list of the site’s free pages"),
        optional("modules", Shape::Record(&OPENING), "研修の見出し", "Heading of the modules"),
        optional("road", Shape::Record(&ROAD), "節目の道", "The road of milestones"),
        optional("visibility", Shape::Record(&OPENING), "だれに何が見えるかの見出し", "Heading of the table of who sees what"),
    ],
};

const FILES: Shape = Shape::List(&Shape::FileId, 0, MANY);

/// `content/sites/ID.yaml`.
pub const SITE: Record = Record {
    name: "site",
    fields: &[
        required("title", Shape::Text, "サイトの名前", "Its name"),
        required("lead", Shape::Text, "サイトを一文で", "One sentence on what it is"),
        optional(
            "brand",
            Shape::Record(&BRAND),
            "だれかのためのサイトの、名前・ロゴ・色",
            "Name, logo and colours of whom the site is made for",
        ),
        optional("visibility", Shape::Word(VISIBILITY), "だれが読めるか。書かなければ public", "Who may read it; public if absent"),
        optional("sample", Shape::Flag, "見本の組織のサイトである", "It belongs to no real organisation and says so"),
        optional("collector", Shape::Url, "別の場所に置くとき、回答を受け取るアドレス", "Where its forms post when it is hosted elsewhere"),
        optional(
            "raw_html",
            Shape::Word(&[word("escape", "文字として見せる", "shown as text"), word("sanitize", "安全なものだけ通す", "cleaned")]),
            "Markdown の中の HTML の扱い。書かなければ escape",
            "What happens to HTML inside Markdown; escape if absent",
        ),
        optional(
            "theme",
            Shape::FileId,
            "既定のテーマに重ねる themes/ のフォルダー",
            "Folder in themes/ that is laid over the default theme",
        ),
        required("navigation", Shape::List(&Shape::Record(&LINK), 1, 6), "上のリンク（六つまで）", "The header’s links, at most six"),
        optional("pages", FILES, "自由なページ。読む順に", "Its free pages, in reading order"),
        optional("modules", FILES, "研修", "Its modules"),
        optional("surveys", FILES, "アンケート", "Its surveys"),
        optional("data", FILES, "調査の数値", "Its data sets"),
        optional("reports", FILES, "報告", "Its reports"),
        optional("plans", FILES, "施策の選び方", "Its plans"),
        optional("cohorts", FILES, "節目", "Its cohorts"),
        optional("consultants", Shape::Record(&TALKS), "相談員の名簿と、申し込みの受け方", "Whom one can talk to, and who reads of it"),
        required("home", Shape::Record(&HOME), "最初のページ", "Its first page"),
        required("footer", Shape::Text, "ページの下の文", "A sentence or two at the foot of every page"),
    ],
};

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

const BENCHMARK: Record = Record {
    name: "benchmark",
    fields: &[
        required("data", Shape::FileId, "数値の ID", "The data set"),
        required("row", Shape::NameId, "どの行か", "The row"),
        required("label", Shape::Text, "比べる値の名前", "What it is called"),
    ],
};

const TILE: Record = Record {
    name: "tile",
    fields: &[
        required("label", Shape::Text, "何の数か", "What it is"),
        optional("data", Shape::FileId, "数値の ID（row と一緒に）", "A data set (with row)"),
        optional("row", Shape::NameId, "どの行か", "Its row"),
        optional(
            "figure",
            Shape::Line,
            "質問か尺度の ID。属性で分けたものは vision-by-department の形",
            "A question or scale of the survey; by an attribute as vision-by-department",
        ),
    ],
};

const DATA: Field = required("data", Shape::FileId, "数値の ID", "The data set");

const BLOCK: Choice = Choice {
    name: "block",
    key: "kind",
    fields: &[],
    variants: &[
        Variant {
            word: word("heading", "見出し", "a heading that opens a part"),
            fields: &[
                required("text", Shape::Text, "見出し", "The heading"),
                optional("lead", Shape::Text, "見出しの下の文", "A few words below"),
            ],
        },
        Variant {
            word: word("text", "文章", "text"), fields: &[required("text", Shape::Text, "文章（Markdown）", "The text (Markdown)")]
        },
        Variant { word: word("data", "調査の数値", "a data set, drawn"), fields: &[DATA] },
        Variant {
            word: word("figure", "アンケートの集計", "a figure of the survey, drawn"),
            fields: &[
                required(
                    "figure",
                    Shape::Line,
                    "質問か尺度の ID。属性で分けたものは vision-by-department の形",
                    "A question, grid or scale; by an attribute as vision-by-department",
                ),
                optional("title", Shape::Text, "わかったこと。書かなければ数値から作る", "The finding; worded from the figures if absent"),
                optional("benchmark", Shape::Record(&BENCHMARK), "並べて見る外の数値", "A number from elsewhere to set beside it"),
            ],
        },
        Variant { word: word("compare", "集まりどうしの比較", "groups held against each other"), fields: COMPARE },
        Variant { word: word("trend", "回ごとの変化", "one thing from wave to wave"), fields: TREND },
        Variant { word: word("drivers", "何と関連しているか", "which answers go together with an outcome"), fields: DRIVERS },
        Variant { word: word("change", "同じ人の前と後", "the same people before and after"), fields: CHANGE },
        Variant {
            word: word("plan", "集計から選んだ施策", "which measures suit, by a plan"),
            fields: &[required("plan", Shape::FileId, "施策の選び方の ID", "The plan")],
        },
        Variant { word: word("benchmark", "外の数値と並べる", "own figures beside published ones"), fields: BENCHMARKS },
        Variant {
            word: word("callout", "読む人への問い", "a question to the board"),
            fields: &[
                required("lead", Shape::Text, "太字の一行目", "Its bold first words"),
                required("text", Shape::Text, "続きの文", "The rest"),
            ],
        },
        Variant { word: word("method", "この報告の作り方", "how the report is made"), fields: &[] },
        COMMENTS,
    ],
};

const TEMPLATES: &[Word] = &[
    word("executive", "経営向けの一枚", "a page for those who decide"),
    word("department", "属性ごとのまとめ", "the same figures for every group"),
    word("change", "前の回との違い", "what has changed since the wave before"),
    word("pulse", "すべての質問を順に", "every question in its order"),
];

/// `content/reports/ID.yaml`.
pub const REPORT: Record = Record {
    name: "report",
    fields: &[
        optional(
            "title",
            Shape::Text,
            "いちばん言いたいこと。一、二文。template があれば書かなくてよい",
            "Its headline; a template has one",
        ),
        optional("lead", Shape::Text, "見出しに続く文。template があれば書かなくてよい", "What follows the headline; a template has it"),
        optional(
            "template",
            Shape::Word(TEMPLATES),
            "ひな型。質問・尺度・属性・回から、中身を作る",
            "A whole report made of the survey’s own questions, scales, groups and waves",
        ),
        optional("eyebrow", Shape::Text, "見出しの上の一行", "A line above the headline"),
        optional("visibility", Shape::Word(VISIBILITY), "だれが読めるか。書かなければ internal", "Who may read it; internal if absent"),
        required("survey", Shape::FileId, "どのアンケートの報告か", "The survey it reports on"),
        optional("sample", Shape::Flag, "見本の数値である", "Its own figures are invented and say so"),
        optional(
            "for_each",
            Shape::NameId,
            "この属性の値ごとに、一ページを作る（segments にあるもの）",
            "A page of its own for each value of this attribute, which must be among the segments",
        ),
        optional("tiles", Shape::List(&Shape::Record(&TILE), 0, 4), "大きな数（四つまで）", "Large numbers, at most four"),
        optional(
            "blocks",
            Shape::List(&Shape::Choice(&BLOCK), 1, 100),
            "中身。template があれば、そのあとに続く",
            "Its parts; behind those of a template",
        ),
    ],
};
