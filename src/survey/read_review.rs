//! What was decided of the texts of a survey, as a file that people and the desk write: read with places, and written so that
//! nothing that was decided is lost.
//!
//! The file is the program's own form: it is written anew whole, so remarks belong into `note`, not behind `#`.

use super::review::{Decision, Review, Verdict, Written, key};
use super::telltale::Telltale;
use crate::content::shape::{MANY, Record, Shape, Word, optional, required, word};
use crate::content::yaml::parse;
use crate::content::yaml_text::quoted;
use crate::content::{Fields, Node, check};
use crate::diagnostic::{Diagnostic, Diagnostics, Place, closest, code};
use crate::language::{Language, Text};
use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;
use std::sync::Arc;

const VERDICTS: &[Word] = &[
    word("new", "まだ決めていない。載せない", "not decided on yet: not shown"),
    word("approved", "そのまま載せる", "shown as it stands"),
    word("redacted", "shown に書いた言葉に置き換えて載せる", "the words of “shown” are shown in its place"),
    word("left-out", "載せない", "not shown"),
];

const TELLTALES: &[Word] = &[
    word("address", "メールアドレスやリンクらしいもの", "what looks like a mail address or a link"),
    word("phone", "電話番号らしいもの", "what looks like a telephone number"),
    word("number", "社員番号らしいもの", "what looks like somebody’s number"),
    word("name", "人の名前らしいもの", "what looks like a name"),
];

const THEME: Record = Record {
    name: "theme",
    fields: &[
        required("id", Shape::NameId, "テーマの ID", "Id of the theme"),
        required("label", Shape::Text, "テーマの名前。報告に出ます", "Its name, as reports show it"),
    ],
};

const TEXT: Record = Record {
    name: "reviewed text",
    fields: &[
        required("key", Shape::Line, "自由記述の目印。書き換えない", "What names the text; leave it as it is"),
        required("question", Shape::NameId, "質問の ID。書き換えない", "The question; leave it as it is"),
        required("text", Shape::Line, "書かれたまま。書き換えない", "As it was written; leave it as it is"),
        optional(
            "attention",
            Shape::List(&Shape::Word(TELLTALES), 0, 8),
            "気をつけるところ。プログラムが書く",
            "What to look at twice; written by the program",
        ),
        required("state", Shape::Word(VERDICTS), "どうするか", "What becomes of it"),
        optional("shown", Shape::Line, "redacted のとき、載せる言葉", "What is shown in its place, where it is redacted"),
        optional("themes", Shape::List(&Shape::NameId, 0, 20), "テーマの ID。おもなものを先に", "Ids of its themes, the main one first"),
        optional("note", Shape::Line, "点検する人どうしの覚え書き。載らない", "A remark among reviewers; never shown"),
    ],
};

/// `private/review/SURVEY.yaml`.
pub const REVIEW: Record = Record {
    name: "review",
    fields: &[
        required("survey", Shape::FileId, "アンケートの ID", "Id of the survey"),
        optional("themes", Shape::List(&Shape::Record(&THEME), 0, 60), "テーマ。報告に出る順に", "Themes, in the order of reports"),
        optional("texts", Shape::List(&Shape::Record(&TEXT), 0, 100 * MANY), "自由記述と、その扱い", "Texts, and what becomes of them"),
    ],
};

/// A review with the places of what it decides on.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct ReadReview {
    /// What was decided.
    pub review: Review,
    /// Where each text stands.
    pub places: BTreeMap<Written, Place>,
}

/// Reads the file of a survey; what is wrong with it is said.
#[must_use]
pub fn read(survey: &str, file: &Arc<str>, text: &str, languages: &[Language], diagnostics: &mut Diagnostics) -> ReadReview {
    let mut read = ReadReview::default();
    let Some(node) = parse(file, text, 1, diagnostics) else { return read };
    check(&node, &Shape::Record(&REVIEW), languages, diagnostics);
    let fields = Fields::of(&node);
    if fields.node("survey").is_some() && fields.line("survey") != survey {
        diagnostics.push(
            Diagnostic::error(
                code::REVIEW,
                fields.place_of("survey"),
                format!("このファイルはアンケート「{}」のものです。", fields.line("survey")),
                format!("This file belongs to the survey “{}”.", fields.line("survey")),
            )
            .hint(format!("「{survey}」のファイルに書くのは「{survey}」です。"), format!("The file of “{survey}” names “{survey}”.")),
        );
    }
    for theme in fields.records("themes") {
        let id = theme.line("id");
        if read.review.themes.iter().any(|(known, _)| *known == id) {
            diagnostics.push(Diagnostic::error(
                code::DUPLICATE_ID,
                theme.place_of("id"),
                format!("テーマ「{id}」が二つあります。"),
                format!("There are two themes “{id}”."),
            ));
            continue;
        }
        read.review.themes.push((id, theme.text("label")));
    }
    for one in fields.items("texts") {
        entry(survey, one, &mut read, diagnostics);
    }
    read
}

fn entry(survey: &str, node: &Node, read: &mut ReadReview, diagnostics: &mut Diagnostics) {
    let fields = Fields::of(node);
    let written = Written { question: fields.line("question"), text: fields.line("text") };
    if written.question.is_empty() || written.text.is_empty() {
        return;
    }
    if fields.line("key") != key(survey, &written.question, &written.text) {
        diagnostics.push(
            Diagnostic::error(
                code::REVIEW,
                fields.place_of("text"),
                "目印（key）が、質問と自由記述の言葉に合いません。言葉が書き換えられています。",
                "The key does not belong to these words of this question: they were changed.",
            )
            .hint(
                "text はもとのまま残し、state を redacted にして、載せる言葉を shown に書きます。",
                "Leave “text” as it was written; set “state” to redacted and write what is to be shown as “shown”.",
            ),
        );
    }
    let verdict = Verdict::of(&fields.line("state")).unwrap_or_default();
    let shown = fields.line("shown");
    if verdict == Verdict::Redacted && shown.trim().is_empty() {
        diagnostics.push(
            Diagnostic::error(
                code::MISSING_KEY,
                fields.place_of("state"),
                "置き換える言葉（shown）がありません。",
                "There are no words to show in its place (“shown”).",
            )
            .hint("shown に載せる言葉を書くか、state を left-out にします。", "Write “shown”, or set “state” to left-out."),
        );
    }
    let mut themes: Vec<String> = Vec::new();
    for theme in fields.items("themes") {
        let Some(id) = theme.scalar() else { continue };
        if !read.review.themes.iter().any(|(known, _)| known == id) {
            let fault = Diagnostic::error(
                code::UNKNOWN_REFERENCE,
                theme.place.clone(),
                format!("テーマ「{id}」はありません。"),
                format!("There is no theme “{id}”."),
            );
            diagnostics.push(match closest(id, read.review.themes.iter().map(|(known, _)| known.as_str())) {
                Some(guess) => fault.hint(format!("「{guess}」のことですか。"), format!("Did you mean “{guess}”?")),
                None => fault.hint("ファイルの始めの themes に足します。", "Add it to “themes” at the head of the file."),
            });
        } else if !themes.iter().any(|known| known == id) {
            themes.push(id.to_owned());
        }
    }
    if let Some(first) = read.places.get(&written) {
        diagnostics.push(
            Diagnostic::error(code::DUPLICATE_ID, fields.place(), "同じ自由記述が二度あります。", "The same text stands here twice.").also(
                first.clone(),
                "一度目",
                "the first time",
            ),
        );
        return;
    }
    read.places.insert(written.clone(), fields.place());
    read.review.decisions.insert(written, Decision { verdict, shown, themes, note: fields.line("note") });
}

/// The file with all that was decided, by question and then by the words, so that no order is left. `attention`: what to look at
/// twice.
#[must_use]
pub fn written(survey: &str, review: &Review, attention: &dyn Fn(&Written) -> BTreeSet<Telltale>) -> String {
    let mut out = String::from(
        "# 自由記述の点検。state を approved（そのまま載せる）・redacted（shown の言葉で載せる）・left-out（載せない）のどれかにします。\n\
         # Review of texts. Set “state” to approved (shown as it stands), redacted (“shown” in its place) or left-out.\n\
         # 覚え書きは note に。「#」の行は次に書き直すときに消えます。 Remarks belong into “note”: lines with “#” do not survive.\n",
    );
    // Writing to a string cannot fail
    let _ = writeln!(out, "survey: {survey}");
    if review.themes.is_empty() {
        out.push_str("themes: []\n");
    } else {
        out.push_str("themes:\n");
        for (id, label) in &review.themes {
            let _ = writeln!(out, "  - {{id: {id}, label: {}}}", label_text(label));
        }
    }
    if review.decisions.is_empty() {
        out.push_str("texts: []\n");
        return out;
    }
    out.push_str("texts:\n");
    for (one, decision) in &review.decisions {
        let _ = writeln!(out, "  - key: {}", quoted(&key(survey, &one.question, &one.text)));
        let _ = writeln!(out, "    question: {}", one.question);
        let _ = writeln!(out, "    text: {}", quoted(&one.text));
        let found: Vec<&str> = attention(one).into_iter().map(Telltale::word).collect();
        if !found.is_empty() {
            let _ = writeln!(out, "    attention: [{}]", found.join(", "));
        }
        let _ = writeln!(out, "    state: {}", decision.verdict.word());
        if !decision.shown.is_empty() {
            let _ = writeln!(out, "    shown: {}", quoted(&decision.shown));
        }
        if !decision.themes.is_empty() {
            let _ = writeln!(out, "    themes: [{}]", decision.themes.join(", "));
        }
        if !decision.note.is_empty() {
            let _ = writeln!(out, "    note: {}", quoted(&decision.note));
        }
    }
    out
}

fn label_text(label: &Text) -> String {
    let spoken: Vec<Language> = Language::ALL.into_iter().filter(|language| label.speaks(*language)).collect();
    let all = spoken.iter().map(|language| label.in_language(*language)).collect::<BTreeSet<_>>();
    if all.len() < 2 && spoken.len() != 1 {
        return quoted(all.into_iter().next().unwrap_or_default());
    }
    let forms: Vec<String> =
        spoken.iter().map(|language| format!("{}: {}", language.code(), quoted(label.in_language(*language)))).collect();
    format!("{{{}}}", forms.join(", "))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn review() -> Review {
        let written = |text: &str| Written { question: "why".into(), text: text.into() };
        let approved = Decision { verdict: Verdict::Approved, themes: vec!["pace".into(), "tools".into()], ..Decision::default() };
        let redacted =
            Decision {
                verdict: Verdict::Redacted, shown: "上司\nの話: \"良い\"".into(), note: "# 相談ずみ".into(), ..Decision::default()
            };
        Review {
            themes: vec![("pace".into(), Text::pair("速さ", "Pace")), ("tools".into(), Text::plain("Tools"))],
            decisions: [(written("早い\nです。 # {x}: y"), approved), (written("no"), Decision::default()), (written("2024"), redacted)]
                .into(),
        }
    }

    #[test]
    fn what_is_written_is_read_again() {
        let review = review();
        let text = written("pulse", &review, &|one| if one.text == "2024" { [Telltale::Number].into() } else { BTreeSet::new() });
        let mut diagnostics = Diagnostics::new();
        let read = read("pulse", &"private/review/pulse.yaml".into(), &text, &Language::ALL, &mut diagnostics);
        assert!(diagnostics.is_empty(), "{:?}\n{text}", diagnostics.sorted());
        assert_eq!(read.review, review);
        assert!(text.contains("    attention: [number]\n    state: redacted\n"), "{text}");
        let again = written("pulse", &read.review, &|one| if one.text == "2024" { [Telltale::Number].into() } else { BTreeSet::new() });
        assert_eq!(again, text);
    }
}
