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

/// The probability that Student's t with `freedom` > 0 degrees is further from 0 than `t`.
pub(super) fn student_beyond(t: f64, freedom: f64) -> f64 {
    let square = t * t;
    if square.is_infinite() {
        return 0.0;
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
