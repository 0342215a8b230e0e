//! Places for answers in texts that are made before there are any: `{{nickname | you}}` becomes a mark while a page is made, and then
//! an element that a script fills, with the words that stand in until it does.

use crate::language::{Language, Text};
use crate::pages::address::Spot;
use crate::pages::edition::Edition;
use crate::pages::render::Markup;
use crate::survey::definition::{Page, Survey};
use crate::survey::piping::{Piece, pieces};

/// Characters that no text has: they begin and end marks.
const OPEN: char = '\u{E000}';
const CLOSE: char = '\u{E001}';
const END: char = '\u{E002}';

/// The marks of a page.
#[derive(Debug, Default)]
pub(super) struct Marks(Vec<(String, String)>);

impl Marks {
    /// A new mark for a variable's answer, with the words that stand in for it.
    pub(super) fn mark(&mut self, variable: &str, instead: &str) -> String {
        self.0.push((variable.to_owned(), instead.to_owned()));
        format!("{OPEN}{}{CLOSE}", self.0.len() - 1)
    }

    /// A page of a survey with marks in its texts instead of answers.
    pub(super) fn page(&mut self, language: Language, survey: &Survey, index: usize) -> Option<Page> {
        let mut page = survey.pages.get(index)?.clone();
        for piped in survey.piped.iter().filter(|piped| piped.page == index) {
            let text = Text::plain(self.text(piped.text.in_language(language)));
            page.set_text(piped, text);
        }
        Some(page)
    }

    fn text(&mut self, text: &str) -> String {
        let Ok(pieces) = pieces(text) else { return text.to_owned() };
        let mut marked = String::new();
        for piece in pieces {
            match piece {
                Piece::Words(words) => marked.push_str(words),
                Piece::Answer { variable, instead, .. } => marked.push_str(&self.mark(variable, instead)),
            }
        }
        marked
    }

    /// HTML with an element in every place.
    pub(super) fn in_html(&self, edition: &Edition<'_>, spot: &Spot, html: String) -> String {
        self.each(html, |variable, instead| {
            let words = edition.inline(spot, &Text::plain(instead.to_owned()));
            format!("<span data-answer=\"{}\">{}</span>", Markup::text(variable).as_str(), words.as_str())
        })
    }

    /// A plain text in which a script finds every place: the variable and the words that stand in, between marks.
    pub(super) fn in_text(&self, text: String) -> String {
        self.each(text, |variable, instead| format!("{OPEN}{variable}{CLOSE}{}{END}", crate::content::plain(instead)))
    }

    fn each(&self, text: String, place: impl Fn(&str, &str) -> String) -> String {
        let mut text = text;
        for (at, (variable, instead)) in self.0.iter().enumerate() {
            let mark = format!("{OPEN}{at}{CLOSE}");
            if text.contains(&mark) {
                text = text.replace(&mark, &place(variable, instead));
            }
        }
        text
    }
}
