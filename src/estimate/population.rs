//! Samples that are a good part of everybody: what is left to chance is only who did not answer.

use super::chance::student_within;
use super::distribution::Sample;
use super::interval::{Interval, LEVEL, score};
use super::mean::sound;
use super::reason::{Estimate, Reason, enough};

/// The finite-population correction √((N − n) / (N − 1)): what the width of an interval is multiplied with when `n` of `population`
/// people answered. 1 for a sample of very many, 0 when everybody answered.
///
/// Cochran, W. G. (1977), «Sampling techniques», chapter 2. It does not touch who did not answer for a reason.
///
/// # Errors
/// For nobody, or for more answers than people.
pub fn correction(n: u64, population: u64) -> Estimate<f64> {
    enough(n, 1)?;
    if n > population {
        return Err(Reason::OutOfRange);
    }
    if n == population {
        return Ok(0.0);
    }
    Ok(((population - n) as f64 / (population - 1) as f64).sqrt())
}

/// The Wilson interval of a share in per cent, of `n` out of `population` people: as if n × (N − 1) / (N − n) had been asked.
///
/// # Errors
/// For nobody, for more counted than asked, or more asked than there are.
pub fn share_interval(count: u64, n: u64, population: u64) -> Estimate<Interval> {
    let correction = correction(n, population)?;
    if count > n {
        return Err(Reason::OutOfRange);
    }
    let share = count as f64 / n as f64;
    if correction <= 0.0 {
        return Interval::between(100.0 * share, 100.0 * share);
    }
    let worth = n as f64 / (correction * correction);
    // All or none are so to the last bit.
    let (low, high) = score(if count == n { worth } else { share * worth }, worth);
    Interval::between(100.0 * low, 100.0 * high)
}

/// The t interval of a mean in its unit, of `n` out of `population` people, its half width times √(1 − n / N), as the sample's variance
/// (divisor n − 1) asks.
///
/// # Errors
/// For fewer than two people, or more answers than people.
pub fn mean_interval(sample: &Sample, population: u64) -> Estimate<Interval> {
    sound(sample)?;
    if sample.n > population {
        return Err(Reason::OutOfRange);
    }
    let left = (population - sample.n) as f64 / population as f64;
    let half = student_within(LEVEL, (sample.n - 1) as f64) * (sample.variance / sample.n as f64 * left).sqrt();
    Interval::around(sample.mean, half)
}
