//! Numbers and how often each occurs: what a question's answers are to a statistic. The answers of a million people to a scale of
//! five points are five counts.
//!
//! Sums of decimals run over distinct values in ascending order, so that neither the order of rows nor the cut into batches moves
//! a bit.

use super::reason::{Estimate, MOST_PEOPLE, Reason, enough, finite, total};
use super::sums::sum;
use std::cmp::Ordering;
use std::collections::BTreeMap;

/// Numbers, and how often each occurs.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Distribution {
    counts: BTreeMap<Finite, u64>,
    n: u64,
}

/// What tests of means need of one group: how many, their mean and their variance.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Sample {
    /// How many values.
    pub n: u64,
    /// Their arithmetic mean.
    pub mean: f64,
    /// Their variance, divisor n − 1, in the square of their unit.
    pub variance: f64,
}

impl Distribution {
    /// The numbers of a list.
    ///
    /// # Errors
    /// Where a number is not finite.
    pub fn of(numbers: &[f64]) -> Estimate<Distribution> {
        Distribution::from_counts(numbers.iter().map(|number| (*number, 1)))
    }

    /// Numbers with how often each occurs.
    ///
    /// # Errors
    /// Where a number is not finite.
    pub fn from_counts(counts: impl IntoIterator<Item = (f64, u64)>) -> Estimate<Distribution> {
        let mut all = Vec::new();
        for (number, times) in counts {
            finite(&[number])?;
            all.push((Finite::of(number), times));
        }
        let (counts, n) = gathered(all)?;
        Ok(Distribution { counts, n })
    }

    /// Adds a number `times` times; `false` and nothing added where it is not finite, or there would be more than 2³⁶ of them.
    pub fn add(&mut self, number: f64, times: u64) -> bool {
        let finite = number.is_finite() && self.n.checked_add(times).is_some_and(|n| n <= MOST_PEOPLE);
        if finite && times > 0 {
            *self.counts.entry(Finite::of(number)).or_default() += times;
            self.n += times;
        }
        finite
    }

    /// Adds all of another.
    pub fn merge(&mut self, other: Distribution) {
        for (number, times) in other.counts {
            self.add(number.0, times);
        }
    }

    /// How many numbers.
    #[must_use]
    pub fn n(&self) -> u64 {
        self.n
    }

    /// The distinct numbers in ascending order, and how often each occurs.
    pub fn iter(&self) -> impl Iterator<Item = (f64, u64)> {
        self.counts.iter().map(|(number, times)| (number.0, *times))
    }

    /// The arithmetic mean, in the unit of the numbers; `None` without numbers, or where their sum is too large for one.
    #[must_use]
    pub fn mean(&self) -> Option<f64> {
        let mean = sum(self.iter().map(|(number, times)| number * times as f64)) / self.n as f64;
        mean.is_finite().then_some(mean)
    }

    /// The standard deviation of the sample, divisor n − 1, in the unit of the numbers; `None` for fewer than two numbers.
    #[must_use]
    pub fn deviation(&self) -> Option<f64> {
        let deviation = (self.squares()? / (self.n.checked_sub(1)? as f64)).sqrt();
        deviation.is_finite().then_some(deviation)
    }

    /// The sum of squared distances from the mean.
    fn squares(&self) -> Option<f64> {
        let mean = self.mean()?;
        Some(sum(self.iter().map(|(number, times)| (number - mean) * (number - mean) * times as f64)))
    }

    /// The number that occurs most often, the lowest of several, and how often.
    #[must_use]
    pub fn mode(&self) -> Option<(f64, u64)> {
        self.iter().fold(None, |best, (number, times)| match best {
            Some((_, most)) if times <= most => best,
            _ => Some((number, times)),
        })
    }

    /// Mean and variance of at least two numbers.
    ///
    /// # Errors
    /// For fewer than two numbers, or where their squares are too large.
    pub fn sample(&self) -> Estimate<Sample> {
        enough(self.n, 2)?;
        let mean = self.mean().ok_or(Reason::TooLarge)?;
        let variance = self.squares().ok_or(Reason::TooLarge)? / (self.n - 1) as f64;
        finite(&[mean, variance])?;
        Ok(Sample { n: self.n, mean, variance })
    }

    /// The quantile at `probability` (0 to 1), in the unit of the numbers: 0.5 is the median, 0.25 and 0.75 are the quartiles.
    ///
    /// Of the sorted numbers that one whose place divides the list in this ratio; between two places it is interpolated linearly.
    /// This is type 7 of Hyndman, R. J. & Fan, Y. (1996), «Sample quantiles in statistical packages», The American Statistician 50:
    /// the one that R, NumPy and spreadsheets (`QUARTILE.INC`) give.
    ///
    /// # Errors
    /// Without numbers, or for a probability outside 0 to 1.
    pub fn quantile(&self, probability: f64) -> Estimate<f64> {
        enough(self.n, 1)?;
        if !(0.0..=1.0).contains(&probability) {
            return Err(Reason::OutOfRange);
        }
        let place = (self.n - 1) as f64 * probability;
        let whole = place.floor();
        // At most n − 1
        #[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss)]
        let index = whole as u64;
        let (low, high) = (self.at(index), self.at((index + 1).min(self.n - 1)));
        let quantile = low + (high - low) * (place - whole);
        finite(&[quantile])?;
        Ok(quantile)
    }

    /// The number at this place of the sorted list.
    fn at(&self, index: u64) -> f64 {
        let mut passed = 0;
        for (number, times) in self.iter() {
            passed += times;
            if passed > index {
                return number;
            }
        }
        0.0
    }
}

/// Sorts what was counted and puts the same together: much faster for many different values than one by one.
pub(super) fn gathered<T: Ord>(mut all: Vec<(T, u64)>) -> Estimate<(BTreeMap<T, u64>, u64)> {
    let n = total(all.iter().map(|(_, times)| times))?;
    all.sort_unstable_by(|one, other| one.0.cmp(&other.0));
    all.dedup_by(|later, kept| {
        let same = later.0 == kept.0;
        if same {
            kept.1 += later.1;
        }
        same
    });
    all.retain(|(_, times)| *times > 0);
    Ok((all.into_iter().collect(), n))
}

/// A finite number, ordered; −0 is 0.
#[derive(Debug, Clone, Copy)]
pub(super) struct Finite(pub(super) f64);

impl Finite {
    pub(super) fn of(number: f64) -> Finite {
        Finite(number + 0.0)
    }
}

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
        assert_eq!((numbers.quantile(0.25), numbers.quantile(0.5), numbers.quantile(1.0)), (Ok(4.0), Ok(4.5), Ok(9.0)));
    }

    #[test]
    fn nothing_is_not_a_number() {
        assert_eq!((of(&[]).mean(), of(&[]).deviation(), of(&[]).mode()), (None, None, None));
        assert_eq!((of(&[3.0]).mean(), of(&[3.0]).deviation()), (Some(3.0), None));
        assert_eq!(of(&[3.0, 3.0]).deviation(), Some(0.0));
        assert_eq!((of(&[f64::MAX, f64::MAX]).mean(), of(&[f64::NAN, f64::INFINITY]).n()), (None, 0));
        assert_eq!(of(&[-0.0, 0.0]).mode(), Some((0.0, 2)));
        assert_eq!((of(&[]).quantile(0.5), of(&[1.0]).quantile(1.5)), (Err(Reason::NoObservations), Err(Reason::OutOfRange)));
        assert_eq!(of(&[f64::MAX, -f64::MAX]).quantile(0.5), Err(Reason::TooLarge));
        assert_eq!((of(&[]).sample(), of(&[1.0]).sample()), (Err(Reason::NoObservations), Err(Reason::OneObservation)));
    }
}
