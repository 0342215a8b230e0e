//! Confidence intervals, at one level for everything that is published.
//!
//! Only `+ − × ÷`, square roots (exact by IEEE 754) and one arc tangent from `libm` are used, so every machine gets the same bits.

use crate::survey::figure::Interval;

/// The confidence level of every interval.
pub const LEVEL: f64 = 0.95;

/// The standard normal quantile at (1 + [`LEVEL`]) / 2.
const Z: f64 = 1.959_963_984_540_054;

/// From how many degrees of freedom the expansion is as exact as the finite sum.
const EXPANSION_FROM: u64 = 1000;

/// The Wilson score interval, without continuity correction, of the share `count / n`, in per cent.
/// `None` when there is nobody, or when more are counted than there are.
///
/// Wilson, E. B. (1927), «Probable inference, the law of succession, and statistical inference», JASA 22.
#[must_use]
pub fn wilson(count: u64, n: u64) -> Option<Interval> {
    if n == 0 || count > n {
        return None;
    }
    let (x, people) = (count as f64, n as f64);
    let denominator = people + Z * Z;
    let centre = (x + Z * Z / 2.0) / denominator;
    let half = Z * (x * (people - x) / people + Z * Z / 4.0).sqrt() / denominator;
    let low = if count == 0 { 0.0 } else { (centre - half).max(0.0) };
    let high = if count == n { 1.0 } else { (centre + half).min(1.0) };
    Some(Interval { low: 100.0 * low, high: 100.0 * high, level: LEVEL })
}

/// Newcombe's hybrid score interval (his method 10) of the difference `a − b` of two shares of different people, each given as
/// (count, n); in percentage points. `None` when one of the two has nobody.
///
/// Newcombe, R. G. (1998), «Interval estimation for the difference between independent proportions», Statistics in Medicine 17.
#[must_use]
pub fn newcombe(a: (u64, u64), b: (u64, u64)) -> Option<Interval> {
    let (first, second) = (wilson(a.0, a.1)?, wilson(b.0, b.1)?);
    let (p, q) = (100.0 * a.0 as f64 / a.1 as f64, 100.0 * b.0 as f64 / b.1 as f64);
    let together = |left: f64, right: f64| (left * left + right * right).sqrt();
    Some(Interval {
        low: p - q - together(p - first.low, second.high - q),
        high: p - q + together(first.high - p, q - second.low),
        level: LEVEL,
    })
}

/// The t interval of a mean, in the unit of the mean, from the standard deviation (divisor n − 1) of `n` values.
/// `None` for fewer than two values, or where the numbers are not finite.
#[must_use]
pub fn mean(mean: f64, deviation: f64, n: u64) -> Option<Interval> {
    if n < 2 {
        return None;
    }
    let half = student(n - 1)? * deviation / (n as f64).sqrt();
    let interval = Interval { low: mean - half, high: mean + half, level: LEVEL };
    (interval.low.is_finite() && interval.high.is_finite()).then_some(interval)
}

/// The quantile of Student's t at (1 + [`LEVEL`]) / 2; `None` for no degrees of freedom.
///
/// Below a thousand the probability is the finite sum of Abramowitz & Stegun (1964) 26.7.3 and 26.7.4, halved down to the
/// last bit; from there on their expansion 26.7.5, whose first neglected term is under 1e-14.
#[must_use]
pub fn student(freedom: u64) -> Option<f64> {
    if freedom == 0 {
        return None;
    }
    if freedom >= EXPANSION_FROM {
        return Some(expansion(freedom as f64));
    }
    let (mut low, mut high) = (1.9, 13.0);
    for _ in 0..64 {
        let middle = f64::midpoint(low, high);
        if within(middle, freedom) < LEVEL { low = middle } else { high = middle }
    }
    Some(f64::midpoint(low, high))
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
        assert!(wilson(0, 0).is_none() && wilson(2, 1).is_none() && newcombe((0, 0), (1, 2)).is_none());
    }

    #[test]
    fn both_ways_to_student_meet() {
        for freedom in [EXPANSION_FROM - 1, EXPANSION_FROM - 2] {
            near(student(freedom).unwrap(), expansion(freedom as f64), 1e-13);
        }
        assert!(student(0).is_none() && mean(3.0, 1.0, 1).is_none() && mean(f64::MAX, f64::MAX, 2).is_none());
    }
}
