//! People with several numbers each, for relations among more than two.

use super::reason::{Estimate, Reason, finite, total};
use super::sums::sum;
use std::cmp::Ordering;

/// Rows of numbers, sorted, each distinct row once with how often it occurs: neither the order of people nor the cut into batches
/// moves a bit. Only whole rows stand here: who left one number open is left out by the caller, and `n` says how many are left.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Observations {
    width: usize,
    /// One distinct row after the other.
    numbers: Vec<f64>,
    /// How often each row occurs.
    times: Vec<u64>,
    n: u64,
}

impl Observations {
    /// From one list of numbers a variable, all of one length, person by person.
    ///
    /// # Errors
    /// Where the lengths differ or a number is not finite.
    pub fn of(columns: &[Vec<f64>]) -> Estimate<Observations> {
        let length = columns.first().map_or(0, Vec::len);
        if columns.iter().any(|column| column.len() != length) {
            return Err(Reason::LengthsDiffer);
        }
        let numbers = (0..length).flat_map(|row| columns.iter().map(move |column| column[row]));
        Observations::sorted(columns.len(), numbers.collect(), vec![1; length])
    }

    /// From rows of `width` numbers with how often each occurs.
    ///
    /// # Errors
    /// Where a row has another width or a number is not finite.
    pub fn from_rows(width: usize, rows: impl IntoIterator<Item = (Vec<f64>, u64)>) -> Estimate<Observations> {
        let (mut numbers, mut times) = (Vec::new(), Vec::new());
        for (row, often) in rows {
            if row.len() != width {
                return Err(Reason::LengthsDiffer);
            }
            numbers.extend(row);
            times.push(often);
        }
        Observations::sorted(width, numbers, times)
    }

    fn sorted(width: usize, mut numbers: Vec<f64>, times: Vec<u64>) -> Estimate<Observations> {
        finite(&numbers)?;
        let n = total(&times)?;
        // −0 becomes 0
        numbers.iter_mut().for_each(|number| *number += 0.0);
        let row = |at: usize| &numbers[at * width..(at + 1) * width];
        let compare = |one: usize, other: usize| {
            let different = row(one).iter().zip(row(other)).map(|(one, other)| one.total_cmp(other)).find(|order| order.is_ne());
            different.unwrap_or(Ordering::Equal)
        };
        let mut order: Vec<usize> = (0..times.len()).filter(|at| times[*at] > 0).collect();
        order.sort_unstable_by(|one, other| compare(*one, *other));
        let mut sorted = Observations { width, numbers: Vec::with_capacity(order.len() * width), times: Vec::new(), n };
        for same in order.chunk_by(|one, other| compare(*one, *other).is_eq()) {
            sorted.numbers.extend_from_slice(row(same[0]));
            sorted.times.push(same.iter().map(|at| times[*at]).sum());
        }
        Ok(sorted)
    }

    /// How many people.
    #[must_use]
    pub fn n(&self) -> u64 {
        self.n
    }

    /// How many numbers each has.
    #[must_use]
    pub fn width(&self) -> usize {
        self.width
    }

    /// Mean and root of the sum of squared distances from it, for each variable.
    ///
    /// # Errors
    /// Where a variable has no spread, or one too large.
    pub(super) fn spreads(&self) -> Estimate<Vec<(f64, f64)>> {
        (0..self.width).map(|column| self.spread(column)).collect()
    }

    fn spread(&self, column: usize) -> Estimate<(f64, f64)> {
        let numbers = || self.numbers.iter().skip(column).step_by(self.width).copied();
        let values = || numbers().zip(self.times.iter().map(|times| *times as f64));
        let mean = sum(values().map(|(value, times)| value * times)) / self.n as f64;
        let length = sum(values().map(|(value, times)| (value - mean) * (value - mean) * times)).sqrt();
        let constant = numbers().next().is_none_or(|first| numbers().all(|number| number.total_cmp(&first).is_eq()));
        finite(&[mean, length]).or(if constant { Ok(()) } else { Err(Reason::TooLarge) })?;
        if constant || length <= 0.0 { Err(Reason::AllEqual) } else { Ok((mean, length)) }
    }

    /// How often each distinct row occurs, in their order.
    pub(super) fn times(&self) -> &[u64] {
        &self.times
    }

    /// Every distinct row with each variable centred and of length 1 over all people, times the root of how often it occurs: the sums of
    /// products of its columns are the correlations.
    pub(super) fn standardised<'a>(&'a self, spreads: &'a [(f64, f64)]) -> impl Iterator<Item = f64> + 'a {
        self.numbers.chunks_exact(self.width.max(1)).zip(&self.times).flat_map(move |(row, times)| {
            let root = (*times as f64).sqrt();
            row.iter().zip(spreads).map(move |(value, (mean, length))| (value - mean) / length * root)
        })
    }
}
