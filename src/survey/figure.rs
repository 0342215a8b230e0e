//! A figure: one number fit to be shown, with all that keeps it honest.

pub use crate::estimate::Interval;
use serde::{Deserialize, Serialize};

/// Where a number comes from, or why there is none. Numbers are never invented.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum State {
    /// Printed in the source, or counted by us from answers.
    Given,
    /// Worked out from printed numbers (a remainder, a sum).
    Derived,
    /// Not in the source; drawn as a gap and said so.
    Missing,
    /// Held back, because the group is small or could be worked out by subtraction.
    Hidden,
}

impl State {
    /// The word for it in YAML, JSON and CSV.
    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            State::Given => "given",
            State::Derived => "derived",
            State::Missing => "missing",
            State::Hidden => "hidden",
        }
    }
}

/// What a figure counts in.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum Unit {
    /// Per cent of `n`, 0 to 100.
    Percent,
    /// A difference of two per cents.
    Points,
    /// People or answers.
    Count,
    /// A score of a scale, with its own range.
    Score,
    /// A correlation or standardised coefficient, −1 to 1.
    Coefficient,
    /// A multiple: 1.2 ×.
    Ratio,
}

impl Unit {
    /// What the difference of two figures of this unit counts in.
    #[must_use]
    pub fn of_difference(self) -> Unit {
        if self == Unit::Percent { Unit::Points } else { self }
    }
}

/// One number fit to be shown. `value` is `None` exactly when the state is [`State::Missing`] or [`State::Hidden`];
/// a hidden figure carries nothing else either, so that nothing can leak.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Figure {
    /// The number, in the unit of its exhibit.
    pub value: Option<f64>,
    /// How it is printed when the source printed it («83.2»); computed figures are printed by our own rule.
    pub printed: Option<String>,
    /// For a share: how many of `n`.
    pub count: Option<u64>,
    /// How many people the figure is about.
    pub n: Option<u64>,
    /// Confidence interval.
    pub interval: Option<Interval>,
    /// Of a difference that was tested beside others: how probable one as large is by chance, adjusted to their number. Its interval
    /// is its own and knows nothing of the others.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub p: Option<f64>,
    /// Where the number comes from.
    pub state: State,
}

impl Figure {
    /// A number without company.
    #[must_use]
    pub fn of(value: f64, state: State) -> Figure {
        Figure { value: Some(value), printed: None, count: None, n: None, interval: None, p: None, state }
    }

    /// No number: it is not in the source.
    #[must_use]
    pub fn missing() -> Figure {
        Figure { value: None, printed: None, count: None, n: None, interval: None, p: None, state: State::Missing }
    }

    /// No number: it is held back.
    #[must_use]
    pub fn hidden() -> Figure {
        Figure { state: State::Hidden, ..Figure::missing() }
    }
}
