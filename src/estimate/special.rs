//! The incomplete beta and gamma functions, from which all probabilities come.
//!
//! The leading factors are written as a saddle-point expansion, so that they keep their digits for a million degrees of freedom,
//! where differences of logarithms of gamma functions lose nine of them. Logarithm, exponential and error function are those of
//! `libm` and the same on every machine.

use std::f64::consts::PI;

const LN_SQRT_2PI: f64 = 0.918_938_533_204_672_7;

/// More steps than any continued fraction or series here needs: they grow with the root of the parameters.
const MOST_STEPS: u32 = 200_000;

/// Both tails of a distribution at one point; they sum to 1, and each is computed where it is the small one.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Tails {
    pub(super) lower: f64,
    pub(super) upper: f64,
}

impl Tails {
    fn from_lower(lower: f64) -> Tails {
        let lower = lower.clamp(0.0, 1.0);
        Tails { lower, upper: 1.0 - lower }
    }

    fn from_upper(upper: f64) -> Tails {
        let upper = upper.clamp(0.0, 1.0);
        Tails { lower: 1.0 - upper, upper }
    }
}

/// The regularised incomplete beta function I_x(a, b) and its complement, for a, b > 0; `y` is 1 − x, given apart so that neither
/// loses digits near its end.
///
/// The continued fraction is DLMF 8.17.22, evaluated by Lentz's method; the factor in front is Loader, C. (2000), «Fast and
/// accurate computation of binomial probabilities».
pub(super) fn incomplete_beta(a: f64, b: f64, x: f64, y: f64) -> Tails {
    if x <= 0.0 {
        return Tails::from_lower(0.0);
    }
    if y <= 0.0 {
        return Tails::from_upper(0.0);
    }
    let front = beta_front(a, b, x, y);
    if x * (a + b + 2.0) < a + 1.0 {
        Tails::from_lower(front * beta_fraction(a, b, x) / a)
    } else {
        Tails::from_upper(front * beta_fraction(b, a, y) / b)
    }
}

/// x^a y^b / B(a, b).
fn beta_front(a: f64, b: f64, x: f64, y: f64) -> f64 {
    let n = a + b;
    let exponent = stirling_rest(n) - stirling_rest(a) - stirling_rest(b) - deviance(a, n * x) - deviance(b, n * y);
    libm::exp(exponent) * (a * b / (2.0 * PI * n)).sqrt()
}

fn beta_fraction(a: f64, b: f64, x: f64) -> f64 {
    const TINY: f64 = 1e-300;
    let away = |value: f64| if value.abs() < TINY { TINY } else { value };
    let mut c = 1.0;
    let mut d = 1.0 / away(1.0 - (a + b) * x / (a + 1.0));
    let mut fraction = d;
    for step in 1..MOST_STEPS {
        let m = f64::from(step);
        let mut change = 1.0;
        for coefficient in
            [m * (b - m) * x / ((a + 2.0 * m - 1.0) * (a + 2.0 * m)), -(a + m) * (a + b + m) * x / ((a + 2.0 * m) * (a + 2.0 * m + 1.0))]
        {
            d = 1.0 / away(1.0 + coefficient * d);
            c = away(1.0 + coefficient / c);
            change = c * d;
            fraction *= change;
        }
        if (change - 1.0).abs() <= f64::EPSILON {
            break;
        }
    }
    fraction
}

/// The regularised incomplete gamma function P(a, x) and its complement Q(a, x), for a > 0, x ≥ 0.
///
/// Below a + 1 the series DLMF 8.7.1, above it the continued fraction 8.9.2.
pub(super) fn incomplete_gamma(a: f64, x: f64) -> Tails {
    if x <= 0.0 {
        return Tails::from_lower(0.0);
    }
    // x^a e^−x / Γ(a + 1)
    let front = libm::exp(-stirling_rest(a) - deviance(a, x)) / (2.0 * PI * a).sqrt();
    if x < a + 1.0 {
        let (mut term, mut sum, mut step) = (1.0, 1.0, a);
        for _ in 0..MOST_STEPS {
            step += 1.0;
            term *= x / step;
            sum += term;
            if term <= sum * f64::EPSILON / 4.0 {
                break;
            }
        }
        return Tails::from_lower(front * sum);
    }
    let mut b = x + 1.0 - a;
    let mut c = 1.0 / f64::MIN_POSITIVE;
    let mut d = 1.0 / b;
    let mut fraction = d;
    for step in 1..MOST_STEPS {
        let m = f64::from(step);
        let coefficient = -m * (m - a);
        b += 2.0;
        d = 1.0 / (coefficient * d + b);
        c = b + coefficient / c;
        let change = c * d;
        fraction *= change;
        if (change - 1.0).abs() <= f64::EPSILON {
            break;
        }
    }
    Tails::from_upper(front * a * fraction)
}

/// What Stirling's formula leaves of ln Γ(z + 1).
fn stirling_rest(z: f64) -> f64 {
    if z < 15.0 {
        return libm::lgamma(z + 1.0) - (z + 0.5) * libm::log(z) + z - LN_SQRT_2PI;
    }
    let square = z * z;
    let series = 1.0 / 1188.0 - 691.0 / 360_360.0 / square;
    let series = 1.0 / 1680.0 - series / square;
    let series = 1.0 / 1260.0 - series / square;
    let series = 1.0 / 360.0 - series / square;
    (1.0 / 12.0 - series / square) / z
}

/// x ln(x / m) + m − x, without loss where x is close to m.
fn deviance(x: f64, m: f64) -> f64 {
    if (x - m).abs() >= 0.1 * (x + m) {
        return x * libm::log(x / m) + m - x;
    }
    let v = (x - m) / (x + m);
    let mut sum = (x - m) * v;
    let mut term = 2.0 * x * v;
    for step in 1..1000_u32 {
        term *= v * v;
        let next = sum + term / f64::from(2 * step + 1);
        if next.to_bits() == sum.to_bits() {
            break;
        }
        sum = next;
    }
    sum
}

/// Γ(m / 2) / (√(m / 2) Γ((m − 1) / 2)) for m ≥ 2: by how much the standardised difference of two samples is too large.
pub(super) fn small_sample_factor(m: f64) -> f64 {
    // With Γ(z) = Γ(z + 1) / z the two logarithms are taken of Stirling's formula, whose main parts cancel by hand.
    let (upper, lower) = (m / 2.0, (m - 1.0) / 2.0);
    if m < 60.0 {
        return libm::exp(libm::lgamma(upper) - libm::lgamma(lower)) / upper.sqrt();
    }
    let main = (upper - 0.5) * libm::log1p(0.5 / lower) - 0.5 + 0.5 * libm::log(lower / upper);
    libm::exp(main + stirling_rest(upper) - stirling_rest(lower))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_two_ways_to_the_correction_meet() {
        for m in [59.0, 60.0, 61.0, 1000.0] {
            let (upper, lower) = (m / 2.0_f64, (m - 1.0) / 2.0);
            let direct = libm::exp(libm::lgamma(upper) - libm::lgamma(lower)) / upper.sqrt();
            assert!((small_sample_factor(m) - direct).abs() < 1e-11, "{m}");
        }
        // The usual approximation 1 − 3 / (4m − 1)
        assert!((small_sample_factor(20.0) - (1.0 - 3.0 / 79.0)).abs() < 1e-4);
    }

    #[test]
    fn tails_sum_to_one_and_end_at_the_ends() {
        for (a, b, x) in [(0.5, 0.5, 0.3), (3.0, 800.0, 0.01), (5e5, 0.5, 0.999_99), (2e6, 3e6, 0.4)] {
            let tails = incomplete_beta(a, b, x, 1.0 - x);
            assert!((tails.lower + tails.upper - 1.0).abs() < 1e-15);
            let mirrored = incomplete_beta(b, a, 1.0 - x, x);
            assert!((tails.lower - mirrored.upper).abs() < 1e-14);
        }
        assert_eq!(incomplete_beta(2.0, 3.0, 0.0, 1.0).lower, 0.0);
        assert_eq!(incomplete_beta(2.0, 3.0, 1.0, 0.0).lower, 1.0);
        // Γ(1, x) is e^−x.
        assert!((incomplete_gamma(1.0, 3.0).upper - libm::exp(-3.0)).abs() < 1e-16);
    }
}
