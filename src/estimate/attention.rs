//! How one sheet was filled in: the same answer all the way down, or given up in the middle.
//!
//! These tell of sheets, not of people: what is left out because of them is a rule that a survey states beforehand.

use super::reason::{Estimate, Reason, enough, total};
use super::share::{Share, share};

/// How the answers to a grid run.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Run {
    /// How many items were answered.
    pub answered: usize,
    /// The longest run of one answer among those answered, in their order.
    pub longest: usize,
    /// Whether all are the same.
    pub straight: bool,
    /// The standard deviation of the answers, divisor n − 1, in points: 0 where all are the same. None for fewer than two.
    pub spread: Option<f64>,
}

/// How the answers to the items of a grid run, in the order asked; before turned items are turned, because the same answer to an item
/// and to its opposite is what gives inattention away. Items left open are passed over.
///
/// Johnson, J. A. (2005), «Ascertaining the validity of individual protocols from web-based personality inventories», Journal of Research
/// in Personality 39, for the longest run; Dunn, A. M., Heggestad, E. D., Shanock, L. R. & Theilgard, N. (2018), «Intra-individual response
/// variability as an indicator of insufficient effort responding», Journal of Business and Psychology 33, for the spread.
///
/// # Errors
/// Where no item was answered.
pub fn run(answers: &[Option<i16>]) -> Estimate<Run> {
    let given: Vec<i16> = answers.iter().flatten().copied().collect();
    enough(given.len() as u64, 1)?;
    let (mut longest, mut current) = (1, 1);
    for pair in given.windows(2) {
        current = if pair[0] == pair[1] { current + 1 } else { 1 };
        longest = longest.max(current);
    }
    let n = given.len() as i128;
    let total: i128 = given.iter().map(|answer| i128::from(*answer)).sum();
    let squares: i128 = given.iter().map(|answer| i128::from(*answer) * i128::from(*answer)).sum();
    let spread = (n > 1).then(|| ((n * squares - total * total) as f64 / (n * (n - 1)) as f64).sqrt());
    Ok(Run { answered: given.len(), longest, straight: longest == given.len(), spread })
}

/// How far a sheet goes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Reached {
    /// The last question was answered.
    End,
    /// Nothing was answered after so many questions.
    BrokenOffAfter(usize),
}

/// How far a sheet goes: whether each question shown to a person was answered, in the order asked. A last question that may be left
/// open should not be among them.
#[must_use]
pub fn reached(answered: &[bool]) -> Reached {
    match answered.iter().rposition(|answered| *answered) {
        Some(last) if last + 1 == answered.len() => Reached::End,
        Some(last) => Reached::BrokenOffAfter(last + 1),
        None if answered.is_empty() => Reached::End,
        None => Reached::BrokenOffAfter(0),
    }
}

/// The share of people still there at each question: `broken_off[i]` broke off after i questions, `ended` reached the end.
///
/// Question i (from 0) was reached by all who did not break off after i questions or fewer.
///
/// # Errors
/// Without anybody, or without questions.
pub fn still_there(broken_off: &[u64], ended: u64) -> Estimate<Vec<Share>> {
    let n = total(broken_off.iter().chain([&ended]))?;
    enough(n, 1)?;
    if broken_off.is_empty() {
        return Err(Reason::TooFewVariables);
    }
    let mut left = n;
    broken_off
        .iter()
        .map(|gone| {
            left -= gone;
            share(left, n)
        })
        .collect()
}
