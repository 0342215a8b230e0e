//! Answers in texts: `{{nickname | you}}` stands for what the person answered on an earlier page, or for the words behind the bar
//! where nothing was answered, the answer was declined, or the question was never asked.
//!
//! Two braces and a bar with words on both sides are nothing to Markdown, and ruby has single braces around wide characters.
//! A survey keeps its texts with the words that stand in, so that whatever is published (reports, codebooks, exports) can never
//! hold anybody's answer; the texts with their answers lie beside them, and only the form of the person who gave them reads those.

use crate::language::Text;

/// A piece of a text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Piece<'t> {
    /// Words.
    Words(&'t str),
    /// The answer of a variable, and the words that stand in for it.
    Answer {
        /// The variable.
        variable: &'t str,
        /// The words that stand in.
        instead: &'t str,
        /// Where it stands: characters from the start, and one past the end.
        at: (usize, usize),
    },
}

/// Why a text cannot be read: where (characters from the start, and one past the end).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Unreadable {
    /// First character, and one past the last one.
    pub at: (usize, usize),
    /// Why.
    pub why: Why,
}

/// What is wrong with an answer in a text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Why {
    /// `{{` without `}}`.
    Open,
    /// No words stand in.
    NothingInstead,
    /// It stands in the address of a link or in code.
    Misplaced,
}

/// Whether a text may hold an answer.
#[must_use]
pub fn holds_answer(text: &str) -> bool {
    text.contains(OPEN)
}

const OPEN: &str = "{{";
const CLOSE: &str = "}}";

/// A text in pieces.
///
/// # Errors
///
/// The first place that cannot be read.
pub fn pieces(text: &str) -> Result<Vec<Piece<'_>>, Unreadable> {
    read(text, None)
}

/// What stands for a figure that is not shown, where its author has no words for it.
const NO_FIGURE: &str = "–";

/// The same of a text that names figures: words that stand in may be left out.
///
/// # Errors
///
/// The first place that cannot be read.
pub fn pieces_with_figures(text: &str) -> Result<Vec<Piece<'_>>, Unreadable> {
    read(text, Some(NO_FIGURE))
}

fn read<'t>(text: &'t str, without: Option<&'t str>) -> Result<Vec<Piece<'t>>, Unreadable> {
    let characters = |bytes: usize| text[..bytes].chars().count();
    let mut found = Vec::new();
    let mut from = 0;
    while let Some(open) = text[from..].find(OPEN).map(|at| from + at) {
        let inner = open + OPEN.len();
        let unreadable = |end: usize, why: Why| Err(Unreadable { at: (characters(open), characters(end)), why });
        let Some(close) = text[inner..].find(CLOSE).map(|at| inner + at) else { return unreadable(inner, Why::Open) };
        let end = close + CLOSE.len();
        let whole = &text[inner..close];
        let Some((variable, instead)) = whole.split_once('|').or_else(|| Some((whole, without?))) else {
            return unreadable(end, Why::NothingInstead);
        };
        if instead.trim().is_empty() {
            return unreadable(end, Why::NothingInstead);
        }
        if is_misplaced(&text[..open]) {
            return unreadable(end, Why::Misplaced);
        }
        if from < open {
            found.push(Piece::Words(&text[from..open]));
        }
        found.push(Piece::Answer { variable: variable.trim(), instead: instead.trim(), at: (characters(open), characters(end)) });
        from = end;
    }
    if from < text.len() {
        found.push(Piece::Words(&text[from..]));
    }
    Ok(found)
}

/// Whether what follows these words stands in the address of a link, or in code.
fn is_misplaced(before: &str) -> bool {
    let in_link = before.rfind("](").is_some_and(|at| !before[at..].contains(')'));
    in_link || before.matches('`').count() % 2 == 1
}

/// A text with its answers filled in. `answer` gives the words of a variable's answer; without any, others stand in.
///
/// What a person answered is words and never markup, whatever stands in it.
#[must_use]
pub fn filled(text: &str, answer: &dyn Fn(&str) -> Option<String>) -> String {
    let Ok(pieces) = pieces(text) else { return text.to_owned() };
    let words = |piece: &Piece<'_>| match piece {
        Piece::Words(words) => (*words).to_owned(),
        Piece::Answer { variable, instead, .. } => answer(variable).map_or_else(|| (*instead).to_owned(), |words| verbatim(&words)),
    };
    pieces.iter().map(words).collect()
}

/// A text with its figures filled in. `figure` gives the words of a figure that is shown; without any, others stand in.
#[must_use]
pub fn with_figures(text: &str, figure: &dyn Fn(&str) -> Option<String>) -> String {
    let Ok(pieces) = pieces_with_figures(text) else { return text.to_owned() };
    let words = |piece: &Piece<'_>| match piece {
        Piece::Words(words) => (*words).to_owned(),
        Piece::Answer { variable, instead, .. } => figure(variable).unwrap_or_else(|| (*instead).to_owned()),
    };
    pieces.iter().map(words).collect()
}

/// A text with the words that stand in for answers.
#[must_use]
pub fn unfilled(text: &Text) -> Text {
    text.map(|text| filled(text, &|_| None))
}

/// Words as Markdown that reads as these very words: on one line, every mark of punctuation taken as itself.
fn verbatim(words: &str) -> String {
    let line: Vec<&str> = words.split_whitespace().collect();
    let mut escaped = String::with_capacity(words.len());
    for char in line.join(" ").chars().filter(|char| !char.is_control()) {
        if char.is_ascii_punctuation() {
            escaped.push('\\');
        }
        escaped.push(char);
    }
    escaped
}

/// Which text of a survey holds answers.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Slot {
    /// The title of a page.
    Title,
    /// The words before the questions of a page.
    Lead,
    /// What a question asks.
    Question,
    /// The hint below a question.
    Hint,
}

/// A text that holds answers, as it was written.
#[derive(Debug, Clone, PartialEq)]
pub struct Piped {
    /// The index of its page.
    pub page: usize,
    /// The id of its question, where it belongs to one.
    pub question: Option<String>,
    /// Which text.
    pub slot: Slot,
    /// The text, with the answers that it holds.
    pub text: Text,
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::content::{inline, plain};

    #[test]
    fn texts_are_read_in_pieces() {
        let answer = |variable, instead, at| Piece::Answer { variable, instead, at };
        for (text, expected) in [
            ("", vec![]),
            ("名前", vec![Piece::Words("名前")]),
            ("{{nickname | あなた}}の席", vec![answer("nickname", "あなた", (0, 18)), Piece::Words("の席")]),
            ("{{a|b}}{{ c | d e }}", vec![answer("a", "b", (0, 7)), answer("c", "d e", (7, 20))]),
            ("一 {漢字|かんじ} {二}", vec![Piece::Words("一 {漢字|かんじ} {二}")]),
            ("[x](https://a.example/) {{a|b}}", vec![Piece::Words("[x](https://a.example/) "), answer("a", "b", (24, 31))]),
        ] {
            assert_eq!(pieces(text), Ok(expected), "{text}");
        }
        for (text, at, why) in [
            ("あ{{a", (1, 3), Why::Open),
            ("あ{{a}}", (1, 6), Why::NothingInstead),
            ("{{a | }}", (0, 8), Why::NothingInstead),
            ("[x](https://{{a|b}})", (12, 19), Why::Misplaced),
            ("`{{a|b}}`", (1, 8), Why::Misplaced),
        ] {
            assert_eq!(pieces(text), Err(Unreadable { at, why }), "{text}");
        }
    }

    #[test]
    fn an_answer_is_words_and_never_markup() {
        for value in [
            "<b onclick=\"x()\">太字</b>",
            "**強調** _下線_ `code` ~~x~~",
            "[x](javascript:alert(1)) ![y](https://a.example/b.png)",
            "&lt;script&gt; &amp; &#60;",
            "{{other | x}} {% if %} {{{",
            "# 1. - > | \\ \\\\ https://a.example",
            "www.a.example a@b.example *",
        ] {
            let text = filled("**{{a | b}}**さん", &|id| (id == "a").then(|| value.to_owned()));
            assert_eq!(plain(&text), format!("{value}さん"));
            let html = inline(&text).into_string();
            let inside = html.strip_prefix("<strong>").and_then(|html| html.strip_suffix("</strong>さん"));
            assert!(inside.is_some_and(|inside| !inside.contains('<')), "{value}: {html}");
        }
        assert_eq!(filled("{{a | b}}", &|_| Some("one\n two\u{0}".to_owned())), "one two");
        assert_eq!(filled("{{a | *b*}}", &|_| None), "*b*", "the author's own words keep their marks");
        assert_eq!(unfilled(&Text::pair("{{a | あ}}い", "{{a | b}} c")), Text::pair("あい", "b c"));
    }
}
