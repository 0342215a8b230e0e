//! Counting: how many answered, how often each choice was made, which numbers were given.
//!
//! Everything is counted in whole numbers first, so that neither the order of rows nor the cut into batches moves a bit.

use super::disclosure::Admitted;
use crate::estimate::Distribution;
use crate::survey::{Answer, Measure, Value, Variable};
use serde::{Deserialize, Serialize};

/// What became of a question or a scale, in people.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Completeness {
    /// They answered (for a scale: enough items).
    pub answered: u64,
    /// It was shown to them and they left it empty (for a scale: too many of its items).
    pub skipped: u64,
    /// What they chose is no longer on offer.
    #[serde(default)]
    pub retired: u64,
    /// They would rather not say.
    pub declined: u64,
    /// It was not shown to them.
    pub not_shown: u64,
}

impl Completeness {
    pub(super) fn add(&mut self, other: Completeness) {
        self.answered += other.answered;
        self.skipped += other.skipped;
        self.retired += other.retired;
        self.declined += other.declined;
        self.not_shown += other.not_shown;
    }
}

/// How often each category was chosen, in the order of the survey; those that nobody chose stand with 0.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(super) struct Tally {
    /// Who answered at all.
    pub(super) completeness: Completeness,
    /// People for each category.
    pub(super) counts: Vec<u64>,
}

/// Counts the choices that the people of a group made.
pub(super) fn tally(group: &Admitted<'_>, variable: &Variable) -> Tally {
    let categories = match &variable.measure {
        Measure::Nominal(categories) | Measure::Ordinal(categories) | Measure::Multiple(categories) => categories.as_slice(),
        Measure::Number | Measure::Text | Measure::Date | Measure::Order(_) | Measure::Identity => &[],
    };
    let place = |code: &String| categories.iter().position(|category| category.code == *code);
    let partials = group.partials(|rows, members| {
        let mut tally = Tally { counts: vec![0; categories.len()], ..Tally::default() };
        for (answer, n) in rows.counts(&variable.id, members) {
            tally.completeness.add(state(answer, n, |value| match value {
                Value::Choice(code) => place(code).map(|place| tally.counts[place] += n).is_some(),
                Value::Choices(codes) => {
                    let places: Vec<usize> = codes.iter().filter_map(place).collect();
                    places.iter().for_each(|place| tally.counts[*place] += n);
                    !places.is_empty()
                }
                Value::Number(_) | Value::Text(_) | Value::Date(_) => false,
            }));
        }
        tally
    });
    let mut whole = Tally { counts: vec![0; categories.len()], ..Tally::default() };
    for part in partials {
        whole.completeness.add(part.completeness);
        whole.counts.iter_mut().zip(part.counts).for_each(|(sum, count)| *sum += count);
    }
    whole
}

/// Collects the numbers that the people of a group gave.
pub(super) fn numbers(group: &Admitted<'_>, variable: &str) -> (Completeness, Distribution) {
    let partials = group.partials(|rows, members| {
        let (mut completeness, mut distribution) = (Completeness::default(), Distribution::default());
        for (answer, n) in rows.counts(variable, members) {
            completeness.add(state(answer, n, |value| match value {
                Value::Number(text) => text.parse().is_ok_and(|number| distribution.add(number, n)),
                _ => false,
            }));
        }
        (completeness, distribution)
    });
    let mut whole = (Completeness::default(), Distribution::default());
    for (completeness, distribution) in partials {
        whole.0.add(completeness);
        whole.1.merge(distribution);
    }
    whole
}

/// An answer that so many people gave as a state; `take` says whether a given value could be counted.
fn state(answer: &Answer, n: u64, take: impl FnOnce(&Value) -> bool) -> Completeness {
    let nobody = Completeness::default();
    match answer {
        Answer::NotShown => Completeness { not_shown: n, ..nobody },
        Answer::Skipped => Completeness { skipped: n, ..nobody },
        Answer::Declined => Completeness { declined: n, ..nobody },
        Answer::Given(value) if take(value) => Completeness { answered: n, ..nobody },
        Answer::Given(Value::Choice(_) | Value::Choices(_)) => Completeness { retired: n, ..nobody },
        Answer::Given(_) => Completeness { skipped: n, ..nobody },
    }
}
