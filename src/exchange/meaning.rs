//! What the names in expressions stand for, in our surveys and in forms of others.

use crate::survey::question::Kind;
use crate::survey::{Measure, Question, Variable};
use serde_json::Value;
use std::collections::{BTreeMap, BTreeSet};

/// What a name holds.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Meaning {
    /// A number, or a point of a scale; whether it can have places after the point.
    Number(bool),
    /// One of several codes: those of others, and ours for them.
    Choice(BTreeMap<String, String>),
    /// Any number of several codes.
    Set(BTreeMap<String, String>),
    /// A text.
    Text,
    /// A day.
    Day,
}

impl Meaning {
    /// What one of our variables holds; its codes are its own.
    pub(super) fn of(variable: &Variable, fractions: bool) -> Meaning {
        match &variable.measure {
            Measure::Nominal(_) => Meaning::Choice(BTreeMap::new()),
            Measure::Multiple(_) => Meaning::Set(BTreeMap::new()),
            Measure::Ordinal(_) => Meaning::Number(false),
            Measure::Number => Meaning::Number(fractions),
            Measure::Text | Measure::Order(_) | Measure::Identity => Meaning::Text,
            Measure::Date => Meaning::Day,
        }
    }
}

/// A name of a form, as we call it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Named {
    /// Our variable.
    pub(super) id: String,
    /// What it holds.
    pub(super) meaning: Meaning,
}

/// The names of a form.
pub(super) type Names = BTreeMap<String, Named>;

/// Whether a number can have places after the point.
pub(super) fn fractions(question: &Question, variable: &str) -> bool {
    let of = |kind: &Kind| match kind {
        Kind::Number { decimals, .. } | Kind::Calculated { decimals, .. } => *decimals > 0,
        Kind::Slider(slider) => slider.decimals() > 0,
        _ => false,
    };
    question.cell_of(variable).map_or_else(|| of(&question.kind), |cell| of(&cell.kind))
}

/// The names that texts may fill in: those of questions on earlier pages. `questions` are these by their ids.
pub(super) fn fills<'n>(names: &'n Names, questions: &BTreeSet<String>, name: &str) -> Option<&'n str> {
    let named = names.get(name.trim())?;
    let of =
        |question: &String| named.id == *question || named.id.strip_prefix(question.as_str()).is_some_and(|rest| rest.starts_with('_'));
    questions.iter().any(of).then_some(named.id.as_str())
}

/// The ids of the questions of a page.
pub(super) fn ids(questions: &[Value]) -> impl Iterator<Item = String> + '_ {
    questions.iter().filter_map(|question| question.get("id").and_then(Value::as_str).map(str::to_owned))
}
