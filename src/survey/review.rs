//! What a person has decided of each text that was written: shown as it stands, shown in other words, or left out; and the themes
//! it is about. Nothing is shown that nobody has decided on.
//!
//! A text is named by its *key*, a sum of its survey, its question and its words: the order in which texts are kept changes
//! nothing, nothing points to a row, and texts of the same words share one decision.

use crate::content::byte_letters::hex;
use crate::language::Text;
use sha2::{Digest, Sha256};
use std::collections::BTreeMap;

/// How many hexadecimal digits of the sum make a key.
const DIGITS: usize = 16;

/// What becomes of a text.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Default)]
pub enum Verdict {
    /// Nobody has decided yet.
    #[default]
    New,
    /// It is shown as it stands.
    Approved,
    /// Other words are shown in its place.
    Redacted,
    /// It is not shown.
    LeftOut,
}

impl Verdict {
    /// Every one, in the order of the file's words.
    pub const ALL: [Verdict; 4] = [Verdict::New, Verdict::Approved, Verdict::Redacted, Verdict::LeftOut];

    /// The word that stands for it.
    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            Verdict::New => "new",
            Verdict::Approved => "approved",
            Verdict::Redacted => "redacted",
            Verdict::LeftOut => "left-out",
        }
    }

    /// What a word stands for.
    #[must_use]
    pub fn of(word: &str) -> Option<Verdict> {
        Verdict::ALL.into_iter().find(|verdict| verdict.word() == word)
    }
}

/// What was decided of one text.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Decision {
    /// What becomes of it.
    pub verdict: Verdict,
    /// What is shown in its place, where it is redacted.
    pub shown: String,
    /// The ids of its themes, the first one first.
    pub themes: Vec<String>,
    /// What the reviewers tell each other.
    pub note: String,
}

impl Decision {
    /// The words that may be shown; `None`: none of it.
    #[must_use]
    pub fn words<'d>(&'d self, original: &'d str) -> Option<&'d str> {
        match self.verdict {
            Verdict::Approved => Some(original),
            Verdict::Redacted => Some(self.shown.as_str()).filter(|shown| !shown.trim().is_empty()),
            Verdict::New | Verdict::LeftOut => None,
        }
    }
}

/// A text with the question that it answers.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Written {
    /// The variable.
    pub question: String,
    /// The words.
    pub text: String,
}

/// Everything that was decided of the texts of a survey.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Review {
    /// Ids and names of the themes, in their order.
    pub themes: Vec<(String, Text)>,
    /// By text.
    pub decisions: BTreeMap<Written, Decision>,
}

impl Review {
    /// Takes in what an older one knows, of texts that are `still` kept: what it has decided where nobody has by now, and whatever of it
    /// shows less. How many decisions came or became stricter.
    pub fn unite(&mut self, older: &Review, still: &dyn Fn(&Written) -> bool) -> usize {
        for (id, label) in &older.themes {
            if self.themes.iter().all(|(known, _)| known != id) {
                self.themes.push((id.clone(), label.clone()));
            }
        }
        let mut came = 0;
        for (text, theirs) in older.decisions.iter().filter(|(text, _)| still(text)) {
            let own = self.decisions.entry(text.clone()).or_default();
            // In the order of the verdicts the later one shows less
            if theirs.verdict <= own.verdict {
                continue;
            }
            own.verdict = theirs.verdict;
            own.shown.clone_from(&theirs.shown);
            if own.themes.is_empty() {
                own.themes.clone_from(&theirs.themes);
            }
            if own.note.is_empty() {
                own.note.clone_from(&theirs.note);
            }
            came += 1;
        }
        came
    }
}

/// The key of a text.
#[must_use]
pub fn key(survey: &str, question: &str, text: &str) -> String {
    hex(&sum("review", survey, question, text)).chars().take(DIGITS).collect()
}

/// By which texts are put in an order that tells nothing: not when they came, not how they begin.
#[must_use]
pub fn place(survey: &str, question: &str, text: &str) -> [u8; 32] {
    sum("order", survey, question, text)
}

fn sum(what: &str, survey: &str, question: &str, text: &str) -> [u8; 32] {
    Sha256::digest(format!("shirube {what}\n{survey}\n{question}\n{text}")).into()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_what_was_decided_on_has_words() {
        let decision = |verdict, shown: &str| Decision { verdict, shown: shown.to_owned(), ..Decision::default() };
        for (verdict, shown, words) in [
            (Verdict::New, "x", None),
            (Verdict::Approved, "x", Some("as written")),
            (Verdict::Redacted, "x", Some("x")),
            (Verdict::Redacted, " ", None),
            (Verdict::LeftOut, "x", None),
        ] {
            assert_eq!(decision(verdict, shown).words("as written"), words);
        }
        assert!(Verdict::ALL.into_iter().all(|verdict| Verdict::of(verdict.word()) == Some(verdict)));
    }

    #[test]
    fn keys_are_of_survey_question_and_words() {
        let one = key("pulse", "why", "忙しい");
        assert_eq!(one.len(), 16);
        for other in [key("pulse", "wish", "忙しい"), key("later", "why", "忙しい"), key("pulse", "why", "忙しい。")] {
            assert_ne!(one, other);
        }
        assert_ne!(place("pulse", "why", "a"), place("pulse", "why", "b"));
    }

    #[test]
    fn of_two_reviews_the_stricter_decision_stays() {
        let text = |words: &str| Written { question: "why".to_owned(), text: words.to_owned() };
        let review = |all: &[(&str, Verdict, &str)]| Review {
            themes: vec![(all[0].0.to_owned(), Text::plain("x"))],
            decisions: all
                .iter()
                .map(|(words, verdict, shown)| {
                    (text(words), Decision { verdict: *verdict, shown: (*shown).to_owned(), ..Decision::default() })
                })
                .collect(),
        };
        let (new, yes, other, no) = (Verdict::New, Verdict::Approved, Verdict::Redacted, Verdict::LeftOut);
        let mut own = review(&[("a", yes, ""), ("b", no, ""), ("c", other, "own words"), ("d", new, ""), ("e", yes, "")]);
        let older = review(&[
            ("gone", yes, ""),
            ("a", no, ""),
            ("b", yes, ""),
            ("c", other, "older"),
            ("d", yes, ""),
            ("e", new, ""),
            ("f", other, "x"),
        ]);
        assert_eq!(own.unite(&older, &|one| one.text != "gone"), 3);
        let is = |words: &str| own.decisions.get(&text(words)).map(|one| (one.verdict, one.shown.as_str()));
        assert_eq!((is("a"), is("b"), is("c")), (Some((no, "")), Some((no, "")), Some((other, "own words"))));
        assert_eq!((is("d"), is("e"), is("f"), is("gone")), (Some((yes, "")), Some((yes, "")), Some((other, "x")), None));
        assert_eq!(own.themes.len(), 2);
        assert_eq!(own.clone().unite(&older, &|_| false), 0, "once is enough");
    }
}
