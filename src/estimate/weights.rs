//! Weighted people: how many they are worth, and what of them is shared or mean.

use super::chance::student_within;
use super::interval::{Interval, LEVEL, score};
use super::reason::{Estimate, Reason, enough, finite, total};
use super::sums::sum;

/// People of one weight and one value, as many as there are.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Weighted {
    /// What each of them counts.
    pub weight: f64,
    /// The number each gave.
    pub value: f64,
    /// How many they are.
    pub times: u64,
}

/// What weights cost.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Effective {
    /// People with a weight above 0.
    pub n: u64,
    /// As many people without weights would tell as much: at most `n`.
    pub effective_n: f64,
    /// `n` over the effective n: at least 1.
    pub design_effect: f64,
}

/// A weighted share or mean.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct WeightedEstimate {
    /// The share in per cent, or the mean in its unit.
    pub value: f64,
    /// Its interval for the effective n.
    pub interval: Interval,
    /// What the weights cost.
    pub effective: Effective,
}

/// Refuses weights that are none, and puts people in an order of their own, so that the caller's does not move a bit.
fn sorted(people: &[Weighted]) -> Estimate<Vec<Weighted>> {
    if people.iter().any(|one| !(one.weight.is_finite() && one.value.is_finite())) {
        return Err(Reason::TooLarge);
    }
    if people.iter().any(|one| one.weight < 0.0) {
        return Err(Reason::OutOfRange);
    }
    let mut sorted: Vec<Weighted> = people.iter().copied().filter(|one| one.weight > 0.0 && one.times > 0).collect();
    sorted.sort_by(|one, other| one.value.total_cmp(&other.value).then(one.weight.total_cmp(&other.weight)));
    Ok(sorted)
}

/// The effective n of weighted people, (Σ w)² / Σ w², and the design effect, 1 plus the squared variation of the weights.
///
/// Kish, L. (1965), «Survey sampling», section 11.7. It takes the weights for unrelated to the answers, which makes it careful as a rule.
///
/// # Errors
/// Where nobody has a weight above 0, or a weight is negative or not finite.
pub fn effective(people: &[Weighted]) -> Estimate<Effective> {
    of(&sorted(people)?)
}

fn of(people: &[Weighted]) -> Estimate<Effective> {
    let n = total(people.iter().map(|one| &one.times))?;
    enough(n, 1)?;
    // Weights relative to the largest: only their ratios matter.
    let largest = people.iter().map(|one| one.weight).fold(0.0, f64::max);
    let whole = sum(people.iter().map(|one| one.weight / largest * one.times as f64));
    let squares = sum(people.iter().map(|one| (one.weight / largest) * (one.weight / largest) * one.times as f64));
    let effective_n = (whole * whole / squares).min(n as f64);
    Ok(Effective { n, effective_n, design_effect: n as f64 / effective_n })
}

fn mean_of(people: &[Weighted]) -> Estimate<f64> {
    let largest = people.iter().map(|one| one.weight).fold(0.0, f64::max);
    let whole = sum(people.iter().map(|one| one.weight / largest * one.times as f64));
    let mean = sum(people.iter().map(|one| one.weight / largest * one.times as f64 * one.value)) / whole;
    finite(&[mean])?;
    Ok(mean)
}

/// A weighted share in per cent; `value` is 1 for those who are counted and 0 for the others. The interval is Wilson's for the
/// effective n.
///
/// # Errors
/// As for the effective n, or where a value is neither 0 nor 1.
pub fn weighted_share(people: &[Weighted]) -> Estimate<WeightedEstimate> {
    let people = sorted(people)?;
    if people.iter().any(|one| one.value.abs() > 0.0 && (one.value - 1.0).abs() > 0.0) {
        return Err(Reason::OutOfRange);
    }
    let effective = of(&people)?;
    // Of counted people alone the mean is 1 to the last bit, of others 0.
    let share = mean_of(&people)?;
    let (low, high) = score(share * effective.effective_n, effective.effective_n);
    let interval = Interval::between(100.0 * low.min(share), 100.0 * high.max(share))?;
    Ok(WeightedEstimate { value: 100.0 * share, interval, effective })
}

/// A weighted mean in its unit. The interval is that of Student's t for the effective n, with the weighted standard deviation
/// (divisor effective n − 1).
///
/// # Errors
/// As for the effective n, and for an effective n below two.
pub fn weighted_mean(people: &[Weighted]) -> Estimate<WeightedEstimate> {
    let people = sorted(people)?;
    let effective = of(&people)?;
    if effective.effective_n < 2.0 {
        return Err(if effective.n == 1 { Reason::OneObservation } else { Reason::TooFew { needed: 2 } });
    }
    let value = mean_of(&people)?;
    let squares = people.iter().map(|one| Weighted { value: (one.value - value) * (one.value - value), ..*one }).collect::<Vec<_>>();
    let error = (mean_of(&squares)? / (effective.effective_n - 1.0)).sqrt();
    let interval = Interval::around(value, student_within(LEVEL, effective.effective_n - 1.0) * error)?;
    Ok(WeightedEstimate { value, interval, effective })
}
