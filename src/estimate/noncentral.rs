//! The noncentral t distribution, from which exact intervals of standardised differences come.

use super::chance::normal_below;
use super::interval::LEVEL;
use super::reason::{Estimate, Reason};

/// Nodes and weights of Gauss and Legendre on −1 … 1: ten points, of which five are mirrored.
const NODES: [(f64, f64); 5] = [
    (0.148_874_338_981_631_2, 0.295_524_224_714_752_87),
    (0.433_395_394_129_247_2, 0.269_266_719_309_996_35),
    (0.679_409_568_299_024_4, 0.219_086_362_515_982_04),
    (0.865_063_366_688_984_5, 0.149_451_349_150_580_6),
    (0.973_906_528_517_171_7, 0.066_671_344_308_688_14),
];

/// Panels of the integral, each about one standard deviation wide.
const PANELS: u32 = 24;

/// The distribution of the square root of chi-square over its degrees, as nodes with their shares.
struct Spread {
    nodes: Vec<(f64, f64)>,
}

impl Spread {
    fn of(freedom: f64) -> Spread {
        let mode = ((freedom - 1.0) / freedom).max(0.0).sqrt();
        let reach = 12.0 / (2.0 * freedom).sqrt();
        let (from, to) = ((mode - reach).max(0.0), mode + reach);
        let half = (to - from) / f64::from(PANELS) / 2.0;
        // The logarithm of the density, 0 at the mode
        let peak = if mode > 0.0 { (freedom - 1.0) * libm::log(mode) - freedom * mode * mode / 2.0 } else { 0.0 };
        let density = |s: f64| libm::exp((freedom - 1.0) * libm::log(s) - freedom * s * s / 2.0 - peak);
        let mut nodes = Vec::new();
        for panel in 0..PANELS {
            let centre = from + half * f64::from(2 * panel + 1);
            for (node, weight) in NODES {
                for s in [centre - half * node, centre + half * node] {
                    nodes.push((s, weight * density(s)));
                }
            }
        }
        let whole: f64 = nodes.iter().map(|(_, share)| share).sum();
        nodes.iter_mut().for_each(|(_, share)| *share /= whole);
        Spread { nodes }
    }

    /// The probability that noncentral t with noncentrality `shift` is at most `t`.
    fn below(&self, t: f64, shift: f64) -> f64 {
        self.nodes.iter().map(|(s, share)| share * normal_below(t * s - shift)).sum()
    }
}

/// The noncentralities with which a t of this size, or a larger (smaller) one, has the probability (1 − [`LEVEL`]) / 2.
///
/// The distribution function is an integral over the chi distribution by Gauss–Legendre, the ends are found by halving; both are
/// iterative, exact to about 1e-9.
///
/// Steiger, J. H. & Fouladi, R. T. (1997), «Noncentrality interval estimation and the evaluation of statistical models»;
/// Cumming, G. & Finch, S. (2001), Educational and Psychological Measurement 61.
pub(super) fn noncentralities(t: f64, freedom: f64) -> Estimate<(f64, f64)> {
    let spread = Spread::of(freedom);
    let tail = (1.0 - LEVEL) / 2.0;
    let end = |probability: f64| {
        // The probability falls as the shift grows.
        let width = 4.0 + 4.0 * (1.0 + t * t / freedom).sqrt();
        let (mut low, mut high) = (t - width, t + width);
        for _ in 0..64 {
            if spread.below(t, low) < probability {
                low -= width;
            } else if spread.below(t, high) > probability {
                high += width;
            } else {
                break;
            }
        }
        root(low, high, |shift| spread.below(t, shift) - probability)
    };
    let (low, high) = (end(1.0 - tail), end(tail));
    if low.is_finite() && high.is_finite() { Ok((low, high)) } else { Err(Reason::TooLarge) }
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
