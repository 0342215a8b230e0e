//! Answers: one checked value, and a checked sheet of them.

use std::collections::BTreeMap;

/// What a person gave.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Value {
    /// The code of one choice, or a point of a scale (`"1"` to `"11"`).
    Choice(String),
    /// The codes of several choices, in the order of the survey, without repetitions; never empty.
    Choices(Vec<String>),
    /// A decimal number as written, normalised: no full-width digits, no plus, no leading or trailing zeros.
    Number(String),
    /// A text, trimmed, newlines as `\n`; never empty.
    Text(String),
    /// A date, `2026-11-20`.
    Date(String),
}

/// The state of one variable on an accepted sheet. The four states stay apart in the store, the figures and the exports.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Answer {
    /// The question was never put to this person.
    NotShown,
    /// It was put and left empty.
    Skipped,
    /// «I would rather not say».
    Declined,
    /// It was answered.
    Given(Value),
}

impl Answer {
    /// The value, if one was given.
    #[must_use]
    pub fn value(&self) -> Option<&Value> {
        match self {
            Answer::Given(value) => Some(value),
            Answer::NotShown | Answer::Skipped | Answer::Declined => None,
        }
    }
}

/// A checked sheet: the answer of every variable of a survey, by the variable's id.
pub type Answers = BTreeMap<String, Answer>;
