//! What changed between two waves, later minus earlier: of different people, or of the same people followed by their code.
//!
//! Reports test many differences of small groups at once, of answers that crowd at one end of a scale. There a single textbook test finds
//! more than it should: so of different people the more careful of two is taken (by simulation, `tests/it/chance_finds.rs`).

use super::chance::normal_beyond;
use super::distribution::Sample;
use super::interval::{Interval, newcombe, of_difference};
use super::mean::{paired, pooled, welch};
use super::net::Net;
use super::pairs::Pairs;
use super::reason::{Estimate, Reason};
use super::share::{Twice, fisher, least_expected, two_shares};

/// A change with its interval, and whether it is more than chance.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Change {
    /// Later minus earlier: percentage points for shares and scores of recommendation, the unit of the values for means.
    pub change: f64,
    /// Its interval.
    pub interval: Interval,
    /// The two-sided probability of a change as large by chance; the reason why there is no test.
    pub p: Estimate<f64>,
}

impl Change {
    /// Whether the change can be told from none: its interval leaves 0 out.
    #[must_use]
    pub fn is_distinguishable(&self) -> bool {
        self.interval.low > 0.0 || self.interval.high < 0.0
    }
}

/// Below this expected number of people in a cell a z of two proportions is not to be trusted.
///
/// Cochran, W. G. (1954), «Some methods for strengthening the common χ² tests», Biometrics 10.
const FEW: f64 = 5.0;

/// Of a share among different people, each (count, n): Newcombe's interval; the test of two proportions, or Fisher's exact test where
/// fewer than five people are expected in a cell.
///
/// # Errors
/// When one wave has nobody.
pub fn of_shares(earlier: (u64, u64), later: (u64, u64)) -> Estimate<Change> {
    let interval = newcombe(later, earlier)?;
    let change = 100.0 * (later.0 as f64 / later.1 as f64 - earlier.0 as f64 / earlier.1 as f64);
    let p = if least_expected(later, earlier) < FEW { fisher(later, earlier) } else { two_shares(later, earlier).map(|test| test.p) };
    Ok(Change { change, interval, p })
}

/// Of a share among the same people: Newcombe's interval for pairs, McNemar's exact test.
///
/// # Errors
/// When there is nobody.
pub fn of_paired_shares(twice: &Twice) -> Estimate<Change> {
    let change = twice.change()?;
    Ok(Change { change: change.points, interval: change.interval, p: twice.mcnemar().map(|test| test.p_exact) })
}

/// Of a mean among different people: Welch's interval; the larger probability of Welch's test and of Student's, since Welch's alone
/// finds too much in a small group whose answers happen to lie close together.
///
/// # Errors
/// When one wave has fewer than two people, or neither has spread.
pub fn of_means(earlier: &Sample, later: &Sample) -> Estimate<Change> {
    let test = welch(later, earlier)?;
    Ok(Change { change: test.difference, interval: test.interval, p: pooled(later, earlier).map(|p| p.max(test.p)) })
}

/// Of a mean among the same people: the interval and test of Student's paired t.
///
/// # Errors
/// For fewer than two people, or where nobody changed or all by as much.
pub fn of_paired_means(pairs: &Pairs) -> Estimate<Change> {
    let test = paired(pairs)?;
    Ok(Change { change: test.change, interval: test.interval, p: Ok(test.p) })
}

/// Of a net share or a score of recommendation among different people: the interval joins those of both (square and add), the test is the
/// change over the root of both variances (for + against − net²) / n, or that of the means of −100, 0 and 100, whichever probability is
/// larger.
///
/// Zou & Donner (2008) as for any two intervals.
#[must_use]
pub fn of_nets(earlier: &Net, later: &Net) -> Change {
    let interval = of_difference((later.points, later.interval), (earlier.points, earlier.interval));
    let variance = later.variance() + earlier.variance();
    let change = later.points - earlier.points;
    let p = if variance > 0.0 { Ok(normal_beyond(change / (100.0 * variance.sqrt()))) } else { Err(Reason::OneCategory) };
    let means = later.sample().zip(earlier.sample()).and_then(|(later, earlier)| of_means(&earlier, &later).ok()?.p.ok());
    let p = p.map(|p| means.map_or(p, |means| means.max(p)));
    Change { change, interval, p }
}
