//! Why there is no estimate. What cannot be computed says so: nothing here is ever NaN or infinite, and nothing panics.

/// An estimate, or why there is none.
pub type Estimate<T> = Result<T, Reason>;

/// Why an estimate cannot be computed from the numbers given.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Reason {
    /// There is nothing to estimate from.
    NoObservations,
    /// There is one observation, and one tells nothing about spread.
    OneObservation,
    /// There are fewer observations than the estimate takes.
    TooFew {
        /// How many it takes.
        needed: u64,
    },
    /// All values are equal, so nothing can be set against their spread.
    AllEqual,
    /// Everybody is in one category, or in one group: every expected count elsewhere would be zero.
    OneCategory,
    /// No pair of values differs.
    NoDifference,
    /// One of several variables is a sum of the others.
    Collinear,
    /// The outcome follows from the predictors without remainder.
    PerfectFit,
    /// There are more predictors than all subsets can be tried of.
    TooManyPredictors {
        /// How many there may be.
        most: usize,
    },
    /// There are too few variables: a scale of one item, a correlation of nothing.
    TooFewVariables,
    /// Lists that belong together are not of one length.
    LengthsDiffer,
    /// A number is outside what it can be: a count above its total, a negative weight, a share above one.
    OutOfRange,
    /// A margin wants people in a category in which nobody is.
    NobodyInCategory,
    /// The numbers are not finite, or their sums are too large for a double.
    TooLarge,
    /// The method did not come to rest.
    NotConverged,
}

/// Refuses fewer than `needed` observations, by the most telling reason.
pub(super) fn enough(n: u64, needed: u64) -> Estimate<()> {
    match n {
        _ if n >= needed => Ok(()),
        0 => Err(Reason::NoObservations),
        1 => Err(Reason::OneObservation),
        _ => Err(Reason::TooFew { needed }),
    }
}

/// More people than have ever lived are a slip of the caller; up to here no whole number overflows.
pub(super) const MOST_PEOPLE: u64 = 1 << 36;

/// The sum of counts of people.
pub(super) fn total<'a>(counts: impl IntoIterator<Item = &'a u64>) -> Estimate<u64> {
    let sum = counts.into_iter().try_fold(0_u64, |sum, count| sum.checked_add(*count));
    sum.filter(|sum| *sum <= MOST_PEOPLE).ok_or(Reason::TooLarge)
}

/// Refuses what is not a finite number.
pub(super) fn finite(numbers: &[f64]) -> Estimate<()> {
    if numbers.iter().all(|number| number.is_finite()) { Ok(()) } else { Err(Reason::TooLarge) }
}
