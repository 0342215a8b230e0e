//! What a site and its first page may look like.

use super::shape_brand::BRAND;
use super::shape_consultants::{LANGUAGES, TALKS};
use crate::content::shape::{MANY, Record, Shape, Word, optional, required, word};

/// Who may read a site or a report.
pub(super) const VISIBILITY: &[Word] =
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
pub(super) const SITE: Record = Record {
    name: "site",
    fields: &[
        required("title", Shape::Text, "サイトの名前", "Its name"),
        required("lead", Shape::Text, "サイトを一文で", "One sentence on what it is"),
        optional(
            "languages",
            LANGUAGES,
            "プロジェクトの言語のうち、このサイトが使うもの。一つ目が既定。書かなければプロジェクトと同じ",
            "Which of the project’s languages it has, the first is the default; all of them if absent",
        ),
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
