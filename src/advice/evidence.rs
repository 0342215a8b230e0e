//! The figures that a plan speaks of, as far as they were published.

use crate::catalog::plan::{Input, Plan};
use crate::statistics::{HARDLY_ANY, NEARLY_ALL, Published};
use crate::survey::Figure;
use crate::survey::figure::{State, Unit};
use crate::survey::span::Span;
use std::collections::BTreeMap;

/// A figure that is there.
#[derive(Debug, Clone, PartialEq)]
pub struct Known {
    /// The figure.
    pub figure: Figure,
    /// What it counts in.
    pub unit: Unit,
    /// The ends of its scale, where it has any.
    pub range: Option<(f64, f64)>,
    /// All values that it may have as far as it is told: one, but where it is told coarsely.
    pub point: Span,
    /// Its interval; `None` where it has none.
    pub interval: Option<Span>,
}

/// Why there is no figure.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Unknown {
    /// Nothing of the survey is shown yet.
    NothingYet,
    /// It is held back.
    Held,
    /// It cannot be worked out.
    Missing,
}

/// What is known of an input.
pub type Evidence = Result<Known, Unknown>;

/// What is known of every input of a plan, in their order.
#[must_use]
pub fn evidence(plan: &Plan, published: &BTreeMap<String, Published>) -> Vec<Evidence> {
    plan.inputs.iter().map(|input| of(input, published.get(&input.survey.value))).collect()
}

fn of(input: &Input, published: Option<&Published>) -> Evidence {
    let published = published.filter(|published| published.shown > 0).ok_or(Unknown::NothingYet)?;
    let id = &input.figure.value;
    let exhibit = published.exhibits.get(id);
    let shown = exhibit.and_then(|exhibit| exhibit.rows.first().map(|row| (exhibit, row)));
    let (exhibit, row) = shown.ok_or(Unknown::Held)?;
    let mean = published.moments.get(id).map(|moments| &moments.mean);
    let mut figure = mean.or(row.total.as_ref()).or_else(|| row.figures.first()).cloned().ok_or(Unknown::Missing)?;
    let value = match (figure.state, figure.value) {
        (State::Hidden, _) => return Err(Unknown::Held),
        (State::Missing, _) | (_, None) => return Err(Unknown::Missing),
        (_, Some(value)) => value,
    };
    figure.n = figure.n.or(row.n);
    let interval = figure.interval.map(|interval| (interval.low, interval.high));
    let range = exhibit.range.or((exhibit.unit == Unit::Percent).then_some((0.0, 100.0)));
    let point = match (figure.printed.as_deref(), range) {
        (Some(NEARLY_ALL), _) => (95.0, 100.0),
        (Some(HARDLY_ANY), _) => (0.0, 5.0),
        // «Nearly the same»: at most one in twenty answered otherwise, and nobody beyond the ends
        (Some(_), Some((low, high))) => (value - (value - low) / 20.0, value + (high - value) / 20.0),
        // Told to one place only
        (None, Some(_)) if interval.is_none() && exhibit.unit == Unit::Score => (value - 0.05, value + 0.05),
        _ => (value, value),
    };
    Ok(Known { unit: exhibit.unit, range, point, interval, figure })
}
