//! What people wrote, as reports may quote it: only released texts that a person has decided to show, in an order that tells
//! nothing, never beside an attribute, and counted in whole steps of the smallest group.

use super::disclosure::Rules;
use crate::language::Text;
use crate::survey::review::{Decision, Review, Verdict, Written, place};
use std::collections::BTreeMap;

/// A text that may be shown.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Comment {
    /// The words: as written, or those that stand in their place.
    pub words: String,
    /// Other words stand in place of what was written.
    pub redacted: bool,
    themes: Vec<String>,
    writers: u64,
}

/// What may be quoted of the answers to a question. Every count is a whole number of the smallest group, rounded down; 0: fewer.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Comments {
    /// How many people wrote something that may be read at all.
    pub written: u64,
    /// Of how many of them somebody has decided.
    pub reviewed: u64,
    /// Of how many other words are shown.
    pub redacted: u64,
    /// Of how many nothing is shown.
    pub left_out: u64,
    /// The step of all counts: the smallest group.
    pub step: u64,
    shown: Vec<Comment>,
    themes: Vec<(String, Text)>,
}

/// Texts of one theme.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Theme<'c> {
    /// Its name; `None`: everything else, or all where no theme stands.
    pub label: Option<&'c Text>,
    /// How many people wrote about it, at least; `None` for everything else.
    pub people: Option<u64>,
    /// What is quoted.
    pub quoted: Vec<&'c Comment>,
}

/// What may be quoted of the released texts of a question.
pub(super) fn comments(survey: &str, question: &str, texts: &[String], review: &Review, k: u32) -> Comments {
    let step = Rules::of(u64::from(k), false, false).k;
    let mut writers: BTreeMap<&String, u64> = BTreeMap::new();
    for text in texts {
        *writers.entry(text).or_default() += 1;
    }
    let decision = |text: &String| review.decisions.get(&Written { question: question.to_owned(), text: text.clone() });
    let of = |holds: &dyn Fn(&Decision) -> bool| {
        let held = writers.iter().filter(|(text, _)| decision(text).is_some_and(holds));
        held.map(|(_, writers)| writers).sum::<u64>() / step * step
    };
    let mut shown: Vec<([u8; 32], Comment)> = Vec::new();
    for (text, writers) in &writers {
        let Some(decision) = decision(text) else { continue };
        let Some(words) = decision.words(text) else { continue };
        let comment = Comment {
            words: words.to_owned(),
            redacted: decision.verdict == Verdict::Redacted,
            themes: decision.themes.clone(),
            writers: *writers,
        };
        shown.push((place(survey, question, text), comment));
    }
    shown.sort_by_key(|(place, _)| *place);
    Comments {
        written: texts.len() as u64 / step * step,
        reviewed: of(&|decision| decision.verdict != Verdict::New),
        redacted: of(&|decision| decision.verdict == Verdict::Redacted),
        left_out: of(&|decision| decision.verdict == Verdict::LeftOut),
        step,
        shown: shown.into_iter().map(|(_, comment)| comment).collect(),
        themes: review.themes.clone(),
    }
}

impl Comments {
    /// By theme, at most so many of each. `only`: these themes in this order; without any, all of the review in its order. A theme
    /// that fewer people than the smallest group wrote about stands among everything else, which comes last. A text of several
    /// themes is quoted with the first one and counted with each.
    #[must_use]
    pub fn by_theme(&self, only: &[String], most: usize) -> Vec<Theme<'_>> {
        let order: Vec<&(String, Text)> = if only.is_empty() {
            self.themes.iter().collect()
        } else {
            only.iter().filter_map(|id| self.themes.iter().find(|(known, _)| known == id)).collect()
        };
        let people = |id: &String| self.shown.iter().filter(|one| one.themes.contains(id)).map(|one| one.writers).sum::<u64>();
        let standing: Vec<(&String, &Text, u64)> =
            order.into_iter().map(|(id, label)| (id, label, people(id))).filter(|(_, _, people)| *people >= self.step).collect();
        let first = |comment: &Comment| comment.themes.iter().find(|id| standing.iter().any(|(known, ..)| known == id)).cloned();
        let quoted = |of: Option<&String>| self.shown.iter().filter(|one| first(one).as_ref() == of).take(most).collect::<Vec<_>>();
        let mut all: Vec<Theme<'_>> = standing
            .iter()
            .map(|(id, label, people)| Theme { label: Some(label), people: Some(people / self.step * self.step), quoted: quoted(Some(id)) })
            .collect();
        let rest = Theme { label: None, people: None, quoted: quoted(None) };
        all.extend((!rest.quoted.is_empty()).then_some(rest));
        all
    }

    /// The ids of all themes of the review.
    pub fn known_themes(&self) -> impl Iterator<Item = &str> {
        self.themes.iter().map(|(id, _)| id.as_str())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn decided(all: &[(&str, Verdict, &[&str])]) -> Review {
        let one = |(text, verdict, themes): &(&str, Verdict, &[&str])| {
            let themes = themes.iter().map(|id| (*id).to_owned()).collect();
            let decision = Decision { verdict: *verdict, shown: format!("({text})"), themes, note: "never shown".into() };
            (Written { question: "why".into(), text: (*text).to_owned() }, decision)
        };
        let theme = |id: &str| (id.to_owned(), Text::plain(id.to_uppercase()));
        Review { themes: ["pace", "tools", "few"].map(theme).to_vec(), decisions: all.iter().map(one).collect() }
    }

    #[test]
    fn themes_with_too_few_writers_stand_among_the_rest_and_counts_move_in_steps() {
        use Verdict::{Approved, LeftOut, New, Redacted};
        let texts: Vec<String> = ["a", "a", "a", "b", "b", "c", "c", "d", "d", "d", "d", "e", "f", "g"].map(str::to_owned).to_vec();
        let review = decided(&[
            ("a", Approved, &["pace", "few"]),
            ("b", Redacted, &["tools", "pace"]),
            ("c", Approved, &["tools"]),
            ("d", LeftOut, &["tools"]),
            ("e", New, &["pace"]),
            ("f", Approved, &[]),
            ("gone", Approved, &["pace"]),
        ]);
        let comments = comments("s", "why", &texts, &review, 3);
        assert_eq!((comments.written, comments.reviewed, comments.redacted, comments.left_out, comments.step), (12, 12, 0, 3, 3));
        let words = |theme: &Theme<'_>| {
            let mut words: Vec<&str> = theme.quoted.iter().map(|one| one.words.as_str()).collect();
            words.sort_unstable();
            (theme.label.map(|label| label.in_language(crate::language::Language::English).to_owned()), theme.people, words.join(" "))
        };
        let told: Vec<_> = comments.by_theme(&[], 9).iter().map(words).collect();
        assert_eq!(
            told,
            [
                (Some("PACE".into()), Some(3), "a".to_owned()),
                (Some("TOOLS".into()), Some(3), "(b) c".to_owned()),
                (Some("FEW".into()), Some(3), String::new()),
                (None, None, "f".to_owned())
            ]
        );
        let only: Vec<_> = comments.by_theme(&["tools".to_owned()], 1).iter().map(words).collect();
        assert_eq!(only.len(), 2);
        assert_eq!(only[0].0.as_deref(), Some("TOOLS"));
        assert!(only.iter().all(|(_, _, words)| words.split(' ').count() == 1));
        // Four people wrote about it, five are asked for
        let stricter = super::comments("s", "why", &texts, &review, 5);
        assert_eq!(
            stricter.by_theme(&[], 9).iter().map(words).map(|(label, ..)| label).collect::<Vec<_>>(),
            [Some("PACE".to_owned()), None]
        );
        assert_eq!(super::comments("s", "why", &texts, &Review::default(), 5).by_theme(&[], 9), []);
    }
}
