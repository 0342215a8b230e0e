//! Counting: how many answered, how often each choice was made, which numbers were given.
//!
//! Everything is counted in whole numbers first; sums of decimals run over distinct values in ascending order, so that neither
//! the order of rows nor the cut into batches moves a bit.

use super::disclosure::Admitted;
use crate::survey::{Answer, Measure, Value, Variable};
use serde::{Deserialize, Serialize};
use std::cmp::Ordering;
use std::collections::BTreeMap;

/// What became of a question or a scale, in people.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Completeness {
    /// They answered (for a scale: enough items).
    pub answered: u64,
    /// It was shown to them and they left it empty (for a scale: too many of its items), or the choice they made no longer exists.
    pub skipped: u64,
    /// They would rather not say.
    pub declined: u64,
    /// It was not shown to them.
    pub not_shown: u64,
}

impl Completeness {
    pub(super) fn add(&mut self, other: Completeness) {
        self.answered += other.answered;
        self.skipped += other.skipped;
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
        for (_, answer) in rows.answers(&variable.id).enumerate().filter(|(row, _)| members.contains(*row)) {
            tally.completeness.add(state(answer, |value| match value {
                Value::Choice(code) => place(code).map(|place| tally.counts[place] += 1).is_some(),
                Value::Choices(codes) => {
                    let places: Vec<usize> = codes.iter().filter_map(place).collect();
                    places.iter().for_each(|place| tally.counts[*place] += 1);
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
        for (_, answer) in rows.answers(variable).enumerate().filter(|(row, _)| members.contains(*row)) {
            completeness.add(state(answer, |value| match value {
                Value::Number(text) => text.parse().is_ok_and(|number| distribution.add(number, 1)),
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

/// One person's answer as a state; `take` says whether a given value could be counted.
fn state(answer: &Answer, take: impl FnOnce(&Value) -> bool) -> Completeness {
    let nobody = Completeness::default();
    match answer {
        Answer::NotShown => Completeness { not_shown: 1, ..nobody },
        Answer::Skipped => Completeness { skipped: 1, ..nobody },
        Answer::Declined => Completeness { declined: 1, ..nobody },
        Answer::Given(value) if take(value) => Completeness { answered: 1, ..nobody },
        Answer::Given(_) => Completeness { skipped: 1, ..nobody },
    }
}

/// Numbers, and how often each occurs.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Distribution {
    counts: BTreeMap<Finite, u64>,
    n: u64,
}

impl Distribution {
    /// Adds a number `times` times; `false` and nothing added where it is not finite.
    pub(super) fn add(&mut self, number: f64, times: u64) -> bool {
        let finite = number.is_finite();
        if finite && times > 0 {
            *self.counts.entry(Finite(number + 0.0)).or_default() += times; // −0 becomes 0
            self.n += times;
        }
        finite
    }

    /// Adds all of another.
    pub(super) fn merge(&mut self, other: Distribution) {
        for (number, times) in other.counts {
            self.add(number.0, times);
        }
    }

    /// How many numbers.
    pub(super) fn n(&self) -> u64 {
        self.n
    }

    /// The distinct numbers in ascending order, and how often each occurs.
    pub(super) fn iter(&self) -> impl Iterator<Item = (f64, u64)> {
        self.counts.iter().map(|(number, times)| (number.0, *times))
    }

    /// The arithmetic mean; `None` without numbers, or where their sum is too large for one.
    pub(super) fn mean(&self) -> Option<f64> {
        let mean = sum(self.iter().map(|(number, times)| number * times as f64)) / self.n as f64;
        mean.is_finite().then_some(mean)
    }

    /// The standard deviation of the sample, divisor n − 1; `None` for fewer than two numbers.
    pub(super) fn deviation(&self) -> Option<f64> {
        let mean = self.mean()?;
        let squares = sum(self.iter().map(|(number, times)| (number - mean) * (number - mean) * times as f64));
        let deviation = (squares / (self.n.checked_sub(1)? as f64)).sqrt();
        deviation.is_finite().then_some(deviation)
    }

    /// The number that occurs most often, the lowest of several, and how often.
    pub(super) fn mode(&self) -> Option<(f64, u64)> {
        self.iter().fold(None, |best, (number, times)| match best {
            Some((_, most)) if times <= most => best,
            _ => Some((number, times)),
        })
    }
}

/// A sum with Neumaier's compensation, in the order given.
fn sum(terms: impl Iterator<Item = f64>) -> f64 {
    let (mut sum, mut lost) = (0.0_f64, 0.0_f64);
    for term in terms {
        let next = sum + term;
        lost += if sum.abs() >= term.abs() { (sum - next) + term } else { (term - next) + sum };
        sum = next;
    }
    sum + lost
}

/// A finite number, ordered.
#[derive(Debug, Clone, Copy)]
struct Finite(f64);

impl PartialEq for Finite {
    fn eq(&self, other: &Finite) -> bool {
        self.cmp(other) == Ordering::Equal
    }
}

impl Eq for Finite {}

impl PartialOrd for Finite {
    fn partial_cmp(&self, other: &Finite) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl Ord for Finite {
    fn cmp(&self, other: &Finite) -> Ordering {
        self.0.total_cmp(&other.0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(numbers: &[f64]) -> Distribution {
        let mut distribution = Distribution::default();
        numbers.iter().for_each(|number| {
            distribution.add(*number, 1);
        });
        distribution
    }

    #[test]
    fn moments() {
        let numbers = of(&[2.0, 4.0, 4.0, 4.0, 5.0, 5.0, 7.0, 9.0]);
        assert_eq!((numbers.n(), numbers.mean(), numbers.mode()), (8, Some(5.0), Some((4.0, 3))));
        assert!((numbers.deviation().unwrap() - (32.0_f64 / 7.0).sqrt()).abs() < 1e-15);
    }

    #[test]
    fn nothing_is_not_a_number() {
        assert_eq!((of(&[]).mean(), of(&[]).deviation(), of(&[]).mode()), (None, None, None));
        assert_eq!((of(&[3.0]).mean(), of(&[3.0]).deviation()), (Some(3.0), None));
        assert_eq!(of(&[3.0, 3.0]).deviation(), Some(0.0));
        assert_eq!((of(&[f64::MAX, f64::MAX]).mean(), of(&[f64::NAN, f64::INFINITY]).n()), (None, 0));
        assert_eq!(of(&[-0.0, 0.0]).mode(), Some((0.0, 2)));
    }
}
