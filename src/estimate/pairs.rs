//! Pairs of numbers and how often each occurs: two answers of one person, or one person's answers before and after.

use super::distribution::{Distribution, Finite, gathered};
use super::reason::{Estimate, MOST_PEOPLE, Reason, finite};
use std::collections::BTreeMap;

/// Pairs of numbers, and how often each occurs. Two questions of five points make at most 25, however many people answer.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Pairs {
    counts: BTreeMap<(Finite, Finite), u64>,
    n: u64,
}

impl Pairs {
    /// The pairs of two lists of one length.
    ///
    /// # Errors
    /// Where the lengths differ or a number is not finite.
    pub fn of(first: &[f64], second: &[f64]) -> Estimate<Pairs> {
        if first.len() != second.len() {
            return Err(Reason::LengthsDiffer);
        }
        Pairs::from_counts(first.iter().zip(second).map(|(one, other)| (*one, *other, 1)))
    }

    /// Pairs with how often each occurs.
    ///
    /// # Errors
    /// Where a number is not finite.
    pub fn from_counts(counts: impl IntoIterator<Item = (f64, f64, u64)>) -> Estimate<Pairs> {
        let mut all = Vec::new();
        for (one, other, times) in counts {
            finite(&[one, other])?;
            all.push(((Finite::of(one), Finite::of(other)), times));
        }
        let (counts, n) = gathered(all)?;
        Ok(Pairs { counts, n })
    }

    /// Adds a pair `times` times; `false` and nothing added where a number is not finite, or there would be more than 2³⁶ of them.
    pub fn add(&mut self, first: f64, second: f64, times: u64) -> bool {
        let finite = first.is_finite() && second.is_finite() && self.n.checked_add(times).is_some_and(|n| n <= MOST_PEOPLE);
        if finite && times > 0 {
            *self.counts.entry((Finite::of(first), Finite::of(second))).or_default() += times;
            self.n += times;
        }
        finite
    }

    /// How many pairs.
    #[must_use]
    pub fn n(&self) -> u64 {
        self.n
    }

    /// The distinct pairs in ascending order, and how often each occurs.
    pub fn iter(&self) -> impl Iterator<Item = (f64, f64, u64)> {
        self.counts.iter().map(|((first, second), times)| (first.0, second.0, *times))
    }

    /// The first numbers alone.
    #[must_use]
    pub fn first(&self) -> Distribution {
        self.map(|first, _| first)
    }

    /// The second numbers alone.
    #[must_use]
    pub fn second(&self) -> Distribution {
        self.map(|_, second| second)
    }

    /// Second minus first: what changed.
    ///
    /// # Errors
    /// Where a difference is too large for a double.
    pub fn differences(&self) -> Estimate<Distribution> {
        Distribution::from_counts(self.iter().map(|(first, second, times)| (second - first, times)))
    }

    fn map(&self, of: impl Fn(f64, f64) -> f64) -> Distribution {
        // Finite already, and no more than these.
        Distribution::from_counts(self.iter().map(|(first, second, times)| (of(first, second), times))).unwrap_or_default()
    }
}
