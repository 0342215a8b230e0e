//! How two numbers go together. From −1 to 1, and no word about causes.

use super::chance::student_beyond;
use super::distribution::Distribution;
use super::interval::{Interval, Z};
use super::pairs::Pairs;
use super::reason::{Estimate, Reason, enough, finite};
use super::sums::sum;

/// A correlation.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Correlation {
    /// How many pairs.
    pub n: u64,
    /// The coefficient, −1 to 1.
    pub r: f64,
    /// Its interval, by Fisher's z.
    pub interval: Interval,
    /// The two-sided probability of a coefficient as far from 0 by chance, by Student's t.
    pub p: f64,
}

/// Fewer pairs have no interval.
const FEWEST: u64 = 4;

/// Pearson's correlation with Fisher's interval. Needs four pairs; below 25 or so the interval is too wide to say much.
///
/// Pearson, K. (1895), Proceedings of the Royal Society 58; Fisher, R. A. (1921), «On the "probable error" of a coefficient of
/// correlation deduced from a small sample», Metron 1.
///
/// # Errors
/// For fewer than four pairs, or where one of the two has no spread.
pub fn pearson(pairs: &Pairs) -> Estimate<Correlation> {
    enough(pairs.n(), FEWEST)?;
    let r = coefficient(pairs)?;
    told(r, pairs.n(), pairs.n() as f64 - 3.0, 1.0)
}

/// Spearman's correlation: Pearson's of the ranks, equal values sharing the mean of their ranks. The interval is Fisher's with the
/// standard error √((1 + r² / 2) / (n − 3)) of Bonett and Wright, as ranks need.
///
/// Spearman, C. (1904), «The proof and measurement of association between two things», American Journal of Psychology 15; Bonett, D. G.
/// & Wright, T. A. (2000), «Sample size requirements for estimating Pearson, Kendall and Spearman correlations», Psychometrika 65.
///
/// # Errors
/// For fewer than four pairs, or where one of the two has no spread.
pub fn spearman(pairs: &Pairs) -> Estimate<Correlation> {
    enough(pairs.n(), FEWEST)?;
    let (first, second) = (ranks(&pairs.first()), ranks(&pairs.second()));
    let of_ranks = Pairs::from_counts(pairs.iter().map(|(x, y, times)| (rank(&first, x), rank(&second, y), times)))?;
    let r = coefficient(&of_ranks)?;
    told(r, pairs.n(), pairs.n() as f64 - 3.0, 1.0 + r * r / 2.0)
}

/// A coefficient that others published, with the interval they did not: Pearson's of `n` people, or with so many `controls` a partial one.
///
/// # Errors
/// For fewer people than controls and four, or a coefficient outside −1 to 1.
pub fn published(r: f64, n: u64, controls: u64) -> Estimate<Correlation> {
    enough(n, controls.saturating_add(FEWEST))?;
    if !(-1.0..=1.0).contains(&r) {
        return Err(Reason::OutOfRange);
    }
    told(r, n, n as f64 - controls as f64 - 3.0, 1.0)
}

/// The mean rank of each value, ascending.
fn ranks(of: &Distribution) -> Vec<(f64, f64)> {
    let mut passed = 0;
    let ranked = of.iter().map(|(value, times)| {
        passed += times;
        (value, (2 * passed - times + 1) as f64 / 2.0)
    });
    ranked.collect()
}

/// Every value of a pair has its rank.
fn rank(ranks: &[(f64, f64)], value: f64) -> f64 {
    let place = ranks.binary_search_by(|(own, _)| own.total_cmp(&value));
    place.ok().and_then(|place| ranks.get(place)).map_or(0.0, |(_, rank)| *rank)
}

fn coefficient(pairs: &Pairs) -> Estimate<f64> {
    let (first, second) = (pairs.first(), pairs.second());
    if first.iter().count() < 2 || second.iter().count() < 2 {
        return Err(Reason::AllEqual);
    }
    let (x, y) = (first.sample()?, second.sample()?);
    let (across, along) = (x.variance.sqrt(), y.variance.sqrt());
    if across <= 0.0 || along <= 0.0 {
        return Err(Reason::AllEqual);
    }
    let products = pairs.iter().map(|(one, other, times)| (one - x.mean) / across * ((other - y.mean) / along) * times as f64);
    let r = sum(products) / (pairs.n() - 1) as f64;
    finite(&[r])?;
    Ok(r.clamp(-1.0, 1.0))
}

/// A coefficient with interval and probability; `spread` is what the variance of Fisher's z is multiplied with, over `freedom`, which is
/// one less than that of t.
pub(super) fn told(r: f64, n: u64, freedom: f64, spread: f64) -> Estimate<Correlation> {
    if r.abs() >= 1.0 {
        return Ok(Correlation { n, r, interval: Interval::between(r, r)?, p: 0.0 });
    }
    let (z, half) = (libm::atanh(r), Z * (spread / freedom).sqrt());
    let interval = Interval::between(libm::tanh(z - half), libm::tanh(z + half))?;
    let t = r * ((freedom + 1.0) / ((1.0 - r) * (1.0 + r))).sqrt();
    Ok(Correlation { n, r, interval, p: student_beyond(t, freedom + 1.0) })
}
