//! People with several numbers each, for relations among more than two.

use super::distribution::Finite;
use super::reason::{Estimate, Reason, total};
use super::sums::sum;

/// Rows of numbers, sorted, each distinct row once with how often it occurs: neither the order of people nor the cut into batches
/// moves a bit. Only whole rows stand here: who left one number open is left out by the caller, and `n` says how many are left.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Observations {
    width: usize,
    rows: Vec<(Vec<Finite>, u64)>,
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
        Observations::from_rows(columns.len(), (0..length).map(|row| (columns.iter().map(|column| column[row]).collect(), 1)))
    }

    /// From rows of `width` numbers with how often each occurs.
    ///
    /// # Errors
    /// Where a row has another width or a number is not finite.
    pub fn from_rows(width: usize, rows: impl IntoIterator<Item = (Vec<f64>, u64)>) -> Estimate<Observations> {
        let mut own = Vec::new();
        for (row, times) in rows {
            if row.len() != width {
                return Err(Reason::LengthsDiffer);
            }
            if row.iter().any(|number| !number.is_finite()) {
                return Err(Reason::TooLarge);
            }
            if times > 0 {
                own.push((row.into_iter().map(Finite::of).collect::<Vec<Finite>>(), times));
            }
        }
        own.sort_unstable();
        own.dedup_by(|later, kept| {
            let same = later.0 == kept.0;
            if same {
                kept.1 = kept.1.saturating_add(later.1);
            }
            same
        });
        let n = total(own.iter().map(|(_, times)| times))?;
        Ok(Observations { width, rows: own, n })
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
        let values = || self.rows.iter().map(|(row, times)| (row[column].0, *times as f64));
        let mean = sum(values().map(|(value, times)| value * times)) / self.n as f64;
        let squares = sum(values().map(|(value, times)| (value - mean) * (value - mean) * times));
        let constant = self.rows.first().is_none_or(|(first, _)| self.rows.iter().all(|(row, _)| row[column] == first[column]));
        match squares.sqrt() {
            _ if constant => Err(Reason::AllEqual),
            length if length.is_finite() && length > 0.0 => Ok((mean, length)),
            length if length.is_finite() => Err(Reason::AllEqual),
            _ => Err(Reason::TooLarge),
        }
    }

    /// Every distinct row with each variable centred and of length 1 over all people, times the root of how often it occurs: the sums of
    /// products of its columns are the correlations.
    pub(super) fn standardised<'a>(&'a self, spreads: &'a [(f64, f64)]) -> impl Iterator<Item = Vec<f64>> + 'a {
        self.rows.iter().map(move |(row, times)| {
            let root = (*times as f64).sqrt();
            row.iter().zip(spreads).map(|(value, (mean, length))| (value.0 - mean) / length * root).collect()
        })
    }
}
