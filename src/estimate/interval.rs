//! Confidence intervals, at one level for everything that is published.
//!
//! Only `+ − × ÷`, square roots (exact by IEEE 754) and one arc tangent from `libm` are used, so every machine gets the same bits.

use super::reason::{Estimate, Reason, enough, finite};
use serde::{Deserialize, Serialize};

/// A confidence interval, in the unit of its figure.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
pub struct Interval {
    /// Lower end.
    pub low: f64,
    /// Upper end.
    pub high: f64,
    /// Confidence level: 0.95.
    pub level: f64,
}

impl Interval {
    /// From one end to the other, at [`LEVEL`].
    ///
    /// # Errors
    /// Where an end is not finite.
    pub(super) fn between(low: f64, high: f64) -> Estimate<Interval> {
        finite(&[low, high])?;
        Ok(Interval { low, high, level: LEVEL })
    }

    /// As far on both sides.
    ///
    /// # Errors
    /// Where an end is not finite.
    pub(super) fn around(centre: f64, half: f64) -> Estimate<Interval> {
        Interval::between(centre - half, centre + half)
    }
}

/// The confidence level of every interval.
pub const LEVEL: f64 = 0.95;

/// The standard normal quantile at (1 + [`LEVEL`]) / 2.
pub(super) const Z: f64 = 1.959_963_984_540_054;

/// From how many degrees of freedom the expansion is as exact as the finite sum.
const EXPANSION_FROM: u64 = 1000;

/// The Wilson score interval, without continuity correction, of the share `count / n`, in per cent.
///
/// Wilson, E. B. (1927), «Probable inference, the law of succession, and statistical inference», JASA 22.
///
/// # Errors
/// When there is nobody, or when more are counted than there are.
pub fn wilson(count: u64, n: u64) -> Estimate<Interval> {
    enough(n, 1)?;
    if count > n {
        return Err(Reason::OutOfRange);
    }
    let (low, high) = score(count as f64, n as f64);
    Ok(Interval { low: 100.0 * low, high: 100.0 * high, level: LEVEL })
}

/// Wilson's interval as shares from 0 to 1; counts need not be whole, so that weighted people can be counted too.
pub(super) fn score(x: f64, people: f64) -> (f64, f64) {
    let denominator = people + Z * Z;
    let centre = (x + Z * Z / 2.0) / denominator;
    let half = Z * (x * (people - x) / people + Z * Z / 4.0).sqrt() / denominator;
    let low = if x <= 0.0 { 0.0 } else { (centre - half).max(0.0) };
    let high = if x >= people { 1.0 } else { (centre + half).min(1.0) };
    (low, high)
}

/// Newcombe's hybrid score interval (his method 10) of the difference `a − b` of two shares of different people, each given as
/// (count, n); in percentage points.
///
/// Newcombe, R. G. (1998), «Interval estimation for the difference between independent proportions», Statistics in Medicine 17.
///
/// # Errors
/// When one of the two has nobody, or counts more than it has.
pub fn newcombe(a: (u64, u64), b: (u64, u64)) -> Estimate<Interval> {
    let (first, second) = (wilson(a.0, a.1)?, wilson(b.0, b.1)?);
    let (p, q) = (100.0 * a.0 as f64 / a.1 as f64, 100.0 * b.0 as f64 / b.1 as f64);
    Ok(of_difference((p, first), (q, second)))
}

/// The interval of the difference `a − b` of two independent estimates from the interval of each, by square and add; in their unit.
/// Of two Wilson intervals it is Newcombe's; of two means, or two recommendation scores, the same thought.
///
/// Zou, G. Y. & Donner, A. (2008), «Construction of confidence limits about effect measures: a general approach», Statistics in
/// Medicine 27.
#[must_use]
pub fn of_difference(a: (f64, Interval), b: (f64, Interval)) -> Interval {
    let together = |left: f64, right: f64| (left * left + right * right).sqrt();
    let ((p, first), (q, second)) = (a, b);
    Interval { low: p - q - together(p - first.low, second.high - q), high: p - q + together(first.high - p, q - second.low), level: LEVEL }
}

/// The t interval of a mean, in the unit of the mean, from the standard deviation (divisor n − 1) of `n` values.
///
/// Student (1908), «The probable error of a mean», Biometrika 6.
///
/// # Errors
/// For fewer than two values, or where the numbers are not finite.
pub fn mean(mean: f64, deviation: f64, n: u64) -> Estimate<Interval> {
    enough(n, 2)?;
    Interval::around(mean, student(n - 1)? * deviation / (n as f64).sqrt())
}

/// The quantile of Student's t at (1 + [`LEVEL`]) / 2.
///
/// Below a thousand the probability is the finite sum of Abramowitz & Stegun (1964) 26.7.3 and 26.7.4, halved down to the
/// last bit; from there on their expansion 26.7.5, whose first neglected term is under 1e-14.
///
/// # Errors
/// For no degrees of freedom.
pub fn student(freedom: u64) -> Estimate<f64> {
    enough(freedom, 1)?;
    if freedom >= EXPANSION_FROM {
        return Ok(expansion(freedom as f64));
    }
    let (mut low, mut high) = (1.9, 13.0);
    for _ in 0..64 {
        let middle = f64::midpoint(low, high);
        if within(middle, freedom) < LEVEL { low = middle } else { high = middle }
    }
    Ok(f64::midpoint(low, high))
}

/// The probability that |T| ≤ t.
fn within(t: f64, freedom: u64) -> f64 {
    let v = freedom as f64;
    let cosine2 = v / (v + t * t);
    let sine = t / (v + t * t).sqrt();
    let odd = !freedom.is_multiple_of(2);
    let mut term = if odd { cosine2.sqrt() } else { 1.0 };
    let mut sum = if freedom == 1 { 0.0 } else { term };
    let mut step = if odd { 2.0 } else { 1.0 };
    while step + 2.0 < v {
        term *= cosine2 * step / (step + 1.0);
        sum += term;
        step += 2.0;
    }
    if odd { (libm::atan(t / v.sqrt()) + sine * sum) * std::f64::consts::FRAC_2_PI } else { sine * sum }
}

fn expansion(v: f64) -> f64 {
    let z2 = Z * Z;
    let first = (z2 + 1.0) / 4.0;
    let second = ((5.0 * z2 + 16.0) * z2 + 3.0) / 96.0;
    let third = (((3.0 * z2 + 19.0) * z2 + 17.0) * z2 - 15.0) / 384.0;
    let fourth = ((((79.0 * z2 + 776.0) * z2 + 1482.0) * z2 - 1920.0) * z2 - 945.0) / 92160.0;
    Z * (1.0 + (first + (second + (third + fourth / v) / v) / v) / v)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn near(found: f64, expected: f64, tolerance: f64) {
        assert!((found - expected).abs() <= tolerance * expected.abs().max(1.0), "{found} is not {expected}");
    }

    #[test]
    fn shares_of_the_white_paper() {
        for (count, n, low, high) in [(74, 200, 30.6, 43.9), (177, 200, 83.3, 92.2)] {
            let interval = wilson(count, n).unwrap();
            near(interval.low, low, 0.001);
            near(interval.high, high, 0.001);
        }
        let difference = newcombe((142, 200), (114, 200)).unwrap();
        assert!((difference.low - 4.6).abs() < 0.05 && (difference.high - 23.1).abs() < 0.05);
    }

    #[test]
    fn the_ends_stay_inside() {
        for n in [1, 2, 7, 1_000_000] {
            let (none, all) = (wilson(0, n).unwrap(), wilson(n, n).unwrap());
            assert!(none.low == 0.0 && none.high > 0.0 && none.high < 100.0);
            assert!(all.high == 100.0 && all.low > 0.0 && all.low < 100.0);
        }
        assert_eq!((wilson(0, 0), wilson(2, 1)), (Err(Reason::NoObservations), Err(Reason::OutOfRange)));
        assert!(newcombe((0, 0), (1, 2)).is_err());
    }

    #[test]
    fn both_ways_to_student_meet() {
        for freedom in [EXPANSION_FROM - 1, EXPANSION_FROM - 2] {
            near(student(freedom).unwrap(), expansion(freedom as f64), 1e-13);
        }
        assert!(student(0).is_err() && mean(3.0, 1.0, 1).is_err() && mean(f64::MAX, f64::MAX, 2).is_err());
    }
}
