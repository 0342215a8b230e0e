//! The noncentral t distribution, from which exact intervals of standardised differences come.

use super::chance::normal_below;
use super::interval::LEVEL;
use super::reason::{Estimate, Reason};
use super::special::incomplete_gamma;

/// Nodes and weights of Gauss and Legendre on −1 … 1: ten points, of which five are mirrored.
const NODES: [(f64, f64); 5] = [
    (0.148_874_338_981_631_2, 0.295_524_224_714_752_87),
    (0.433_395_394_129_247_2, 0.269_266_719_309_996_35),
    (0.679_409_568_299_024_4, 0.219_086_362_515_982_04),
    (0.865_063_366_688_984_5, 0.149_451_349_150_580_6),
    (0.973_906_528_517_171_7, 0.066_671_344_308_688_14),
];

/// Pieces that an integral is cut into, each about one standard deviation wide.
const PIECES: u32 = 24;

/// Beyond so many standard deviations nothing is left of a normal distribution.
const REACH: f64 = 12.0;

/// Points between `from` and `to` with the weights by which an integral is the sum over them.
fn points(from: f64, to: f64) -> impl Iterator<Item = (f64, f64)> {
    let half = (to - from) / f64::from(PIECES) / 2.0;
    (0..PIECES).flat_map(move |piece| {
        let centre = from + half * f64::from(2 * piece + 1);
        NODES.into_iter().flat_map(move |(node, weight)| [(centre - half * node, half * weight), (centre + half * node, half * weight)])
    })
}

/// t = (z + shift) / s, where z is normal and s² is chi-square over its degrees. Whichever of the two the answer depends on more
/// gently is integrated over.
struct Noncentral {
    t: f64,
    freedom: f64,
    /// Values of s with their shares, where it is s that is integrated over.
    spread: Vec<(f64, f64)>,
}

impl Noncentral {
    /// For t ≥ 0.
    fn of(t: f64, freedom: f64) -> Noncentral {
        if t * t > 2.0 * freedom {
            return Noncentral { t, freedom, spread: Vec::new() };
        }
        let mode = ((freedom - 1.0) / freedom).max(0.0).sqrt();
        let reach = REACH / (2.0 * freedom).sqrt();
        let density = |s: f64| {
            if mode <= 0.0 {
                return libm::exp(-s * s / 2.0);
            }
            // The exponent is 0 at the mode, and keeps its digits near it.
            let away = s / mode - 1.0;
            libm::exp((freedom - 1.0) * (libm::log1p(away) - away - away * away / 2.0))
        };
        let mut spread: Vec<(f64, f64)> =
            points((mode - reach).max(0.0), mode + reach).map(|(s, weight)| (s, weight * density(s))).collect();
        let whole: f64 = spread.iter().map(|(_, share)| share).sum();
        spread.iter_mut().for_each(|(_, share)| *share /= whole);
        Noncentral { t, freedom, spread }
    }

    /// The probability of at most this t for such a shift.
    fn below(&self, shift: f64) -> f64 {
        if !self.spread.is_empty() {
            return self.spread.iter().map(|(s, share)| share * normal_below(self.t * s - shift)).sum();
        }
        // Where z + shift is below 0, t is.
        let from = (-shift).max(-REACH);
        let density = |z: f64| libm::exp(-z * z / 2.0) / (2.0 * std::f64::consts::PI).sqrt();
        let above = |z: f64| {
            let s = (z + shift) / self.t;
            incomplete_gamma(self.freedom / 2.0, self.freedom * s * s / 2.0).upper
        };
        normal_below(-shift) + points(from, from.max(0.0) + REACH).map(|(z, weight)| weight * density(z) * above(z)).sum::<f64>()
    }

    /// The shift for which the probability of at most this t is this one. It falls as the shift grows.
    fn shift(&self, probability: f64) -> f64 {
        let width = 4.0 * (1.0 + (1.0 + self.t * self.t / self.freedom).sqrt());
        let (mut low, mut high) = (self.t - width, self.t + width);
        for _ in 0..64 {
            if self.below(low) < probability {
                low -= width;
            } else if self.below(high) > probability {
                high += width;
            } else {
                break;
            }
        }
        root(low, high, |shift| self.below(shift) - probability)
    }
}

/// The noncentralities with which a t of this size, or a larger (smaller) one, has the probability (1 − [`LEVEL`]) / 2.
///
/// The distribution function is an integral by Gauss and Legendre, the ends are found by false position: iterative, to about 1e-9.
///
/// Steiger, J. H. & Fouladi, R. T. (1997), «Noncentrality interval estimation and the evaluation of statistical models»;
/// Cumming, G. & Finch, S. (2001), Educational and Psychological Measurement 61.
pub(super) fn noncentralities(t: f64, freedom: f64) -> Estimate<(f64, f64)> {
    let distribution = Noncentral::of(t.abs(), freedom);
    let tail = (1.0 - LEVEL) / 2.0;
    let (low, high) = (distribution.shift(1.0 - tail), distribution.shift(tail));
    if !(low.is_finite() && high.is_finite() && low <= high) {
        return Err(Reason::TooLarge);
    }
    Ok(if t < 0.0 { (-high, -low) } else { (low, high) })
}

/// The zero of a falling function, by the Illinois variant of false position.
fn root(mut low: f64, mut high: f64, falling: impl Fn(f64) -> f64) -> f64 {
    let (mut at_low, mut at_high) = (falling(low), falling(high));
    let mut last = 0_i8;
    for _ in 0..200 {
        if at_low.abs() < 1e-15 || at_high.abs() < 1e-15 || (high - low).abs() <= 1e-13 * high.abs().max(1.0) {
            break;
        }
        let middle = (low * at_high - high * at_low) / (at_high - at_low);
        let value = falling(middle);
        if value > 0.0 {
            (low, at_low) = (middle, value);
            if last == 1 {
                at_high /= 2.0;
            }
            last = 1;
        } else {
            (high, at_high) = (middle, value);
            if last == -1 {
                at_low /= 2.0;
            }
            last = -1;
        }
    }
    if at_low.abs() < at_high.abs() { low } else { high }
}
