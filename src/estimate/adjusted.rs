//! Groups that count for as many as they are known to be: a share and a mean, from those of the groups.

use super::chance::student_within;
use super::distribution::Sample;
use super::interval::{Interval, LEVEL, score};
use super::mean::sound;
use super::population::correction;
use super::reason::{Estimate, Reason, enough, finite};
use super::sums::sum;
use super::weights::{Effective, Weighted, WeightedEstimate, effective, weighted_share};

/// A group of which so many people answered.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Stratum<T> {
    /// What each of those who answered counts; only ratios matter.
    pub weight: f64,
    /// What they answered.
    pub found: T,
}

/// The share of `(count, n)` in per cent, groups counting by their weights. Where each weight is the known people of the group over those
/// who answered, it is the post-stratified share Σ (N_g / N) p_g. The interval is Wilson's for Kish's effective n; where `population` says
/// how many people there are, as if effective n × (N − 1) / (N − n) had been asked.
///
/// Holt, D. & Smith, T. M. F. (1979), «Post stratification», Journal of the Royal Statistical Society A 142; Kish, L. (1965), «Survey
/// sampling», section 11.7, which takes the weights for unrelated to the answers, and so is careful as a rule.
///
/// # Errors
/// Without people, where more are counted than there are, or where a weight is negative or not finite.
pub fn adjusted_share(groups: &[Stratum<(u64, u64)>], population: Option<u64>) -> Estimate<WeightedEstimate> {
    if groups.iter().any(|group| group.found.0 > group.found.1) {
        return Err(Reason::OutOfRange);
    }
    let part = |group: &Stratum<(u64, u64)>| {
        let (count, n) = group.found;
        [(1.0, count), (0.0, n - count)].map(|(value, times)| Weighted { weight: group.weight, value, times })
    };
    let found = weighted_share(&groups.iter().flat_map(part).collect::<Vec<Weighted>>())?;
    let Some(left) = left(&found.effective, population)? else { return Ok(found) };
    let share = found.value / 100.0;
    if left <= 0.0 {
        return Ok(WeightedEstimate { interval: Interval::between(found.value, found.value)?, ..found });
    }
    let worth = found.effective.effective_n / left;
    let (low, high) = score(share * worth, worth);
    Ok(WeightedEstimate { interval: Interval::between(100.0 * low.min(share), 100.0 * high.max(share))?, ..found })
}

/// The mean in its unit, groups counting by their weights, from the mean and the variance of each. The interval is that of Student's t
/// for Kish's effective n, with the weighted standard deviation (divisor effective n − 1), its half width times √(1 − n / N) where
/// `population` says how many people there are. The same numbers as of [`super::weighted_mean`] over all people.
///
/// # Errors
/// Where a group has fewer than two people, where a weight is negative or not finite, and for an effective n below two.
pub fn adjusted_mean(groups: &[Stratum<Sample>], population: Option<u64>) -> Estimate<WeightedEstimate> {
    groups.iter().try_for_each(|group| sound(&group.found))?;
    let people = groups.iter().map(|group| Weighted { weight: group.weight, value: 0.0, times: group.found.n });
    let effective = effective(&people.collect::<Vec<Weighted>>())?;
    if effective.effective_n < 2.0 {
        return Err(Reason::TooFew { needed: 2 });
    }
    let largest = groups.iter().map(|group| group.weight).fold(0.0, f64::max);
    let counts = |group: &Stratum<Sample>| group.weight / largest * group.found.n as f64;
    let whole = sum(groups.iter().map(counts));
    let value = sum(groups.iter().map(|group| counts(group) * group.found.mean)) / whole;
    let squares = |group: &Stratum<Sample>| {
        let Sample { n, mean, variance } = group.found;
        counts(group) * (variance * (n - 1) as f64 / n as f64 + (mean - value) * (mean - value))
    };
    let error = (sum(groups.iter().map(squares)) / whole / (effective.effective_n - 1.0)).sqrt();
    finite(&[value, error])?;
    let left = match population {
        Some(all) if effective.n <= all => ((all - effective.n) as f64 / all as f64).sqrt(),
        Some(_) => return Err(Reason::OutOfRange),
        None => 1.0,
    };
    let half = student_within(LEVEL, effective.effective_n - 1.0) * error * left;
    Ok(WeightedEstimate { value, interval: Interval::around(value, half)?, effective })
}

/// What of the variance is left to chance where so many people are all there are: (N − n) / (N − 1).
fn left(effective: &Effective, population: Option<u64>) -> Estimate<Option<f64>> {
    let Some(population) = population else { return Ok(None) };
    enough(effective.n, 1)?;
    let narrower = correction(effective.n, population)?;
    Ok(Some(narrower * narrower))
}
