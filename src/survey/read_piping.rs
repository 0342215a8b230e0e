//! Reads the answers in texts: checks each against its survey and puts the words that stand in into the survey's own texts.

use super::condition::place_in;
use super::definition::Survey;
use super::piping::{Piece, Piped, Slot, Unreadable, Why, holds_answer, pieces, unfilled};
use crate::content::yaml::Value;
use crate::content::{Node, text_of};
use crate::diagnostic::{Diagnostic, Diagnostics, Place, closest, code};
use std::collections::BTreeSet;

/// Takes the answers out of all texts of a survey; keeps the texts as they were written beside them.
pub(super) fn read_piping(root: &Node, survey: &mut Survey, diagnostics: &mut Diagnostics) {
    let mut reader = Reader {
        earlier: BTreeSet::new(),
        all: survey.variables().into_iter().map(|variable| variable.id).collect(),
        found: Vec::new(),
        diagnostics,
    };
    let Value::Map(entries) = &root.value else { return };
    for (key, node) in entries.iter().filter(|(key, _)| key.text != "pages" && key.text != "tests") {
        reader.none_here(node, key.text == "thanks");
    }
    let pages = root.get("pages").map_or(&[][..], Node::items);
    for (index, (node, page)) in pages.iter().zip(&survey.pages).enumerate() {
        reader.mapping(node, index, None, &[("title", Slot::Title), ("lead", Slot::Lead)], &["questions"]);
        let questions = node.get("questions").map_or(&[][..], Node::items);
        for (node, question) in questions.iter().zip(&page.questions) {
            reader.mapping(node, index, Some(&question.id), &[("text", Slot::Question), ("hint", Slot::Hint)], &[]);
        }
        reader.earlier.extend(page.questions.iter().flat_map(|question| question.variables()).map(|variable| variable.id));
    }
    survey.piped = reader.found;
    for piped in &survey.piped {
        let Some(page) = survey.pages.get_mut(piped.page) else { continue };
        let text = unfilled(&piped.text);
        page.set_text(piped, text);
    }
}

struct Reader<'d> {
    /// Variables of earlier pages.
    earlier: BTreeSet<String>,
    all: BTreeSet<String>,
    found: Vec<Piped>,
    diagnostics: &'d mut Diagnostics,
}

impl Reader<'_> {
    /// A page or a question: `slots` may hold answers, `later` is read by itself, and nothing else may hold any.
    fn mapping(&mut self, node: &Node, page: usize, question: Option<&str>, slots: &[(&str, Slot)], later: &[&str]) {
        let Value::Map(entries) = &node.value else { return };
        for (key, value) in entries.iter().filter(|(key, _)| !later.contains(&key.text.as_str())) {
            let Some((_, slot)) = slots.iter().find(|(name, _)| *name == key.text) else {
                self.none_here(value, false);
                continue;
            };
            let mut holds = false;
            scalars(value, &mut |text, place| {
                holds |= holds_answer(text);
                self.text(text, place);
            });
            if holds {
                self.found.push(Piped { page, question: question.map(str::to_owned), slot: *slot, text: text_of(value) });
            }
        }
    }

    fn text(&mut self, text: &str, place: &Place) {
        let pieces = match pieces(text) {
            Ok(pieces) => pieces,
            Err(unreadable) => return self.diagnostics.push(say(place, text, unreadable)),
        };
        for piece in pieces {
            let Piece::Answer { variable, at: (start, end), .. } = piece else { continue };
            if !self.earlier.contains(variable) {
                let known = self.all.contains(variable);
                let place = place_in(place, text, start, end);
                self.diagnostics.push(if known { later(variable, place) } else { unknown(variable, place, &self.all) });
            }
        }
    }

    /// Texts that hold no answers: choices, rows, labels, and all that does not belong to a page.
    fn none_here(&mut self, node: &Node, thanks: bool) {
        scalars(node, &mut |text, place| {
            let Some(at) = text.find("{{") else { return };
            let start = text[..at].chars().count();
            let fault = Diagnostic::error(
                code::PIPING,
                place_in(place, text, start, start + 2),
                "ここには、答えを差し込む {{…}} を書けません。",
                "No answer in {{…}} can stand here.",
            );
            self.diagnostics.push(if thanks {
                fault.hint(
                    "受け取りのページはだれにも同じで、答えを持っていません。",
                    "The receipt is the same page for everybody and knows no answers.",
                )
            } else {
                fault.hint(
                    "書けるのは、質問の text と hint、ページの title と lead です。",
                    "It can stand in “text” and “hint” of a question, and in “title” and “lead” of a page.",
                )
            });
        });
    }
}

/// Every scalar of a node, with its place.
fn scalars(node: &Node, each: &mut dyn FnMut(&str, &Place)) {
    match &node.value {
        Value::Scalar(text) => each(text, &node.place),
        Value::List(items) => items.iter().for_each(|item| scalars(item, each)),
        Value::Map(entries) => entries.iter().for_each(|(_, value)| scalars(value, each)),
        Value::Null => {}
    }
}

fn say(place: &Place, text: &str, unreadable: Unreadable) -> Diagnostic {
    let (start, end) = unreadable.at;
    let fault = |ja: &str, en: &str| Diagnostic::error(code::PIPING, place_in(place, text, start, end), ja, en);
    let example = |fault: Diagnostic| fault.hint("「{{nickname | あなた}}」のように書きます。", "Write it like “{{nickname | you}}”.");
    match unreadable.why {
        Why::Open => example(fault("「{{」が「}}」で閉じていません。", "This “{{” is not closed by “}}”.")),
        Why::NothingInstead => {
            example(fault("答えがないときに代わりに読む言葉がありません。", "There are no words for those who have not answered."))
        }
        Why::Misplaced => {
            fault("リンク先やコードの中には、答えを差し込めません。", "No answer can stand in the address of a link or in code.")
                .hint("文の中に書いてください。", "Put it among the words.")
        }
    }
}

fn later(variable: &str, place: Place) -> Diagnostic {
    Diagnostic::error(
        code::LATER_ANSWER,
        place,
        format!("「{variable}」の答えは、この文を出すときにはまだありません。"),
        format!("The answer of “{variable}” is not there yet when this text is read."),
    )
    .hint("差し込めるのは、前のページの答えだけです。", "Only answers of earlier pages can be filled in.")
}

fn unknown(variable: &str, place: Place, all: &BTreeSet<String>) -> Diagnostic {
    let fault = Diagnostic::error(
        code::UNKNOWN_REFERENCE,
        place,
        format!("「{variable}」という質問はありません。"),
        format!("There is no question “{variable}”."),
    );
    match closest(variable, all.iter().map(String::as_str)) {
        Some(guess) => fault.hint(format!("「{guess}」の書き間違いではありませんか。"), format!("Did you mean “{guess}”?")),
        None => fault,
    }
}
