//! Probabilities and quantiles of the distributions that tests and intervals are read from.
//!
//! `statrs` is not used: its quantile of t is off by 6e-5 at a million degrees of freedom and its incomplete beta function stops
//! after 140 steps; it also takes logarithms from the platform, whose last bits differ.

use super::special::{Tails, incomplete_beta, incomplete_gamma};
use std::f64::consts::SQRT_2;

/// The probability that a standard normal variable is further from 0 than `z`.
pub(super) fn normal_beyond(z: f64) -> f64 {
    libm::erfc(z.abs() / SQRT_2)
}

/// The probability that a standard normal variable is at most `z`.
pub(super) fn normal_below(z: f64) -> f64 {
    libm::erfc(-z / SQRT_2) / 2.0
}

/// From how many degrees of freedom t is a normal variable but for a few parts in 10¹⁶ of the expansion.
const NEARLY_NORMAL: f64 = 1e6;

/// The probability that Student's t with `freedom` > 0 degrees is further from 0 than `t`.
///
/// For very many degrees the expansion of Hill, G. W. (1970), «Algorithm 395», Communications of the ACM 13, whose first neglected term
/// is under 1e-16; the continued fraction of the incomplete beta function would lose a digit with every ten times as many.
pub(super) fn student_beyond(t: f64, freedom: f64) -> f64 {
    let square = t * t;
    if square.is_infinite() {
        return 0.0;
    }
    if freedom >= NEARLY_NORMAL {
        let a = freedom - 0.5;
        let y = a * libm::log1p(square / freedom);
        return normal_beyond(y.sqrt() * (1.0 + (y + 3.0) / (48.0 * a * a)));
    }
    let whole = freedom + square;
    incomplete_beta(freedom / 2.0, 0.5, freedom / whole, square / whole).lower
}

/// The probability that chi-square with `freedom` > 0 degrees is at least `value`.
pub(super) fn chi_square_above(value: f64, freedom: f64) -> f64 {
    incomplete_gamma(freedom / 2.0, value / 2.0).upper
}

/// The probability that F with `first` and `second` > 0 degrees is at least `value`.
pub(super) fn f_above(value: f64, first: f64, second: f64) -> f64 {
    let (one, other) = (first * value, second);
    if one.is_infinite() {
        return 0.0;
    }
    incomplete_beta(second / 2.0, first / 2.0, other / (one + other), one / (one + other)).lower
}

/// The quantile of F with `first` and `second` degrees, of which `lower` is the probability below: bisection to the last bit.
pub(super) fn f_quantile(lower: f64, first: f64, second: f64) -> f64 {
    let below = |x: f64| incomplete_beta(first / 2.0, second / 2.0, x, 1.0 - x);
    let x = bisect(0.0, 1.0, |x| {
        let Tails { lower: found, upper } = below(x);
        if lower <= 0.5 { found < lower } else { upper > 1.0 - lower }
    });
    x / (1.0 - x) * (second / first)
}

/// The quantile of Student's t beyond which, on both sides together, 1 − `level` lies, for any `freedom` of at least 1.
pub(super) fn student_within(level: f64, freedom: f64) -> f64 {
    let (low, high) = if freedom > 1e9 { (1.0, 3.0) } else { (0.1, 700.0) };
    bisect(low, high, |t| student_beyond(t, freedom) > 1.0 - level)
}

/// The point between `low` and `high` where `before` turns false: halved until no number is left between.
pub(super) fn bisect(mut low: f64, mut high: f64, before: impl Fn(f64) -> bool) -> f64 {
    for _ in 0..1100 {
        let middle = f64::midpoint(low, high);
        if middle <= low || middle >= high {
            break;
        }
        if before(middle) { low = middle } else { high = middle }
    }
    f64::midpoint(low, high)
}

/// The two-sided probability that a fair coin falls as unevenly as `fewer` against n − `fewer`, or more so.
pub(super) fn coin(fewer: u64, n: u64) -> f64 {
    let below = incomplete_beta((n - fewer) as f64, fewer as f64 + 1.0, 0.5, 0.5).lower;
    (2.0 * below).min(1.0)
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::BTreeMap;

    /// The grid of tests/reference/estimates.py: from the middle to where nothing is left, up to a thousand million degrees.
    #[test]
    fn probabilities_and_quantiles_are_those_of_scipy() {
        let text = include_str!("../../tests/expected/statistics/chances.json");
        let grid: BTreeMap<String, Vec<Vec<f64>>> = serde_json::from_str(text).expect("well-formed reference values");
        let mut faults = Vec::new();
        for (name, rows) in grid {
            for row in &rows {
                let found = match (name.as_str(), row.as_slice()) {
                    ("student", [t, freedom, _]) => student_beyond(*t, *freedom),
                    ("student_quantile", [freedom, _]) => student_within(0.95, *freedom),
                    ("chi_square", [value, freedom, _]) => chi_square_above(*value, *freedom),
                    ("f", [value, first, second, _]) => f_above(*value, *first, *second),
                    ("f_quantile", [lower, first, second, _]) => f_quantile(*lower, *first, *second),
                    ("normal", [z, _]) => normal_beyond(*z),
                    _ => panic!("{name} is computed nowhere"),
                };
                let wanted = row[row.len() - 1];
                // Beneath 1e-290 neither has all its digits.
                let difference = if wanted.max(found) < 1e-290 { 0.0 } else { (found - wanted).abs() / wanted };
                if difference > 1e-9 {
                    faults.push(format!("{name} {row:?}: {found}"));
                }
            }
        }
        assert!(faults.is_empty(), "{}", faults.join("\n"));
    }
}
