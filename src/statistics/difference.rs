//! A difference of two published figures: with its interval, its test, and what is left of it beside other tests.

use super::disclosure::K_FLOOR;
use super::shares::{Extent, extent};
use crate::estimate::change::{Change, of_means, of_nets, of_shares};
use crate::estimate::{Effect, Interval, Net, Sample, benjamini_hochberg, effect, holm, net, two_shares};
use crate::language::number;
use crate::survey::Figure;
use crate::survey::figure::State;

/// How the tests of a block are judged together.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Correction {
    /// Holm: hardly ever one false find among all.
    #[default]
    Holm,
    /// Benjamini and Hochberg: few of the finds are false.
    BenjaminiHochberg,
}

/// By how much a mean that is told to one place may be off, and its deviation.
const ROUNDING: f64 = 0.05;

/// What a figure is made of, as far as it may be told.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) enum Measured {
    /// So many of so many people.
    Share {
        /// How many.
        count: u64,
        /// Of how many.
        n: u64,
    },
    /// A net score: so many for, so many against, of so many people.
    Net {
        /// Who is for.
        favour: u64,
        /// Who is against.
        against: u64,
        /// Of how many.
        n: u64,
    },
    /// A mean with its spread.
    Mean {
        /// As it is told; where it is told to one place, with the largest spread that it can have.
        sample: Sample,
        /// By how much the mean may be off.
        rounding: f64,
    },
}

/// Of a share: none where it is told as «nearly all» or «hardly any». Of a mean: none without a spread that may be told.
pub(super) fn measured(figure: &Figure, deviation: Option<&Figure>) -> Option<Measured> {
    let told = figure.state == State::Given && figure.printed.is_none();
    let n = figure.n.filter(|_| told)?;
    if let Some(count) = figure.count {
        return Some(Measured::Share { count, n });
    }
    let deviation = deviation.filter(|one| one.state == State::Given && one.printed.is_none() && one.n == Some(n))?.value?;
    // An interval is there exactly where the mean may be told to its last place
    let rounding = if figure.interval.is_some() { 0.0 } else { ROUNDING };
    let deviation = deviation + rounding;
    Some(Measured::Mean { sample: Sample { n, mean: figure.value?, variance: deviation * deviation }, rounding })
}

impl Measured {
    pub(super) fn n(&self) -> u64 {
        match self {
            Measured::Share { n, .. } | Measured::Net { n, .. } => *n,
            Measured::Mean { sample, .. } => sample.n,
        }
    }

    fn net(&self) -> Option<Net> {
        let Measured::Net { favour, against, n } = self else { return None };
        net(*favour, *against, *n).ok()
    }
}

/// Everybody but a part, from two figures that are both published; none where that would be hardly anybody, or would tell what
/// nearly all of the others say.
pub(super) fn others(whole: &Measured, part: &Measured) -> Option<Measured> {
    let n = whole.n().checked_sub(part.n()).filter(|n| *n >= K_FLOOR)?;
    match (whole, part) {
        (Measured::Share { count: all, .. }, Measured::Share { count: own, .. }) => {
            let count = all.checked_sub(*own).filter(|count| *count <= n)?;
            (extent(count, n) == Extent::Exact).then_some(Measured::Share { count, n })
        }
        (Measured::Net { favour: all, against: none, .. }, Measured::Net { favour: own, against: not, .. }) => {
            let (favour, against) = (all.checked_sub(*own)?, none.checked_sub(*not)?);
            let exact = [favour, against].iter().all(|count| extent(*count, n) == Extent::Exact);
            exact.then_some(Measured::Net { favour, against, n })
        }
        (Measured::Mean { sample: whole, rounding: off }, Measured::Mean { sample: part, rounding: own_off }) => {
            let (all, own, rest) = (whole.n as f64, part.n as f64, n as f64);
            let mean = (all * whole.mean - own * part.mean) / rest;
            let rounding = (all * off + own * own_off) / rest;
            let squares = if rounding > 0.0 {
                // The most that they can be
                whole.variance * (all - 1.0)
            } else {
                let between = own * rest / all * (part.mean - mean) * (part.mean - mean);
                whole.variance * (all - 1.0) - part.variance * (own - 1.0) - between
            };
            let variance = squares / (rest - 1.0);
            // What rounding leaves of no spread at all is no spread
            (variance > 1.0e-9 * whole.variance).then_some(Measured::Mean { sample: Sample { n, mean, variance }, rounding })
        }
        _ => None,
    }
}

/// A tested difference, before it is judged beside others.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Difference {
    /// How much more the first is.
    pub(super) value: f64,
    /// Its interval.
    pub(super) interval: Interval,
    /// The probability of one as large by chance.
    pub(super) p: f64,
    /// The smaller number of people.
    pub(super) n: u64,
    /// Something in it is told to one place only.
    pub(super) rounded: bool,
    /// Hedges' g or Cohen's h of the two that were tested; none of net scores, and where something is told to one place only.
    pub(super) size: Option<Effect>,
}

/// How much more the first is than the second, of different people: Newcombe's interval for shares, Welch's for means, the intervals of
/// both joined for net scores. What rounding may hide is taken off the difference before it is tested, and added to both ends of its interval.
pub(super) fn difference(first: &Measured, second: &Measured) -> Option<Difference> {
    let n = first.n().min(second.n());
    match (first, second) {
        (Measured::Share { count, n: all }, Measured::Share { count: other, n: of }) => {
            let Change { change, interval, p } = of_shares((*other, *of), (*count, *all)).ok()?;
            let size = two_shares((*count, *all), (*other, *of)).ok().map(|two| Effect { size: two.h, interval: two.h_interval });
            Some(Difference { value: change, interval, p: p.ok()?, n, rounded: false, size })
        }
        (Measured::Net { .. }, Measured::Net { .. }) => {
            let Change { change, interval, p } = of_nets(&second.net()?, &first.net()?);
            Some(Difference { value: change, interval, p: p.ok()?, n, rounded: false, size: None })
        }
        (Measured::Mean { sample: one, rounding }, Measured::Mean { sample: other, rounding: off }) => {
            let (off, value) = (rounding + off, one.mean - other.mean);
            let sure = value.abs().min(off).copysign(value);
            let Change { change, interval, p } = of_means(other, &Sample { mean: one.mean - sure, ..*one }).ok()?;
            let interval = if off > 0.0 {
                Interval { low: value - (change - interval.low) - off, high: value + (interval.high - change) + off, ..interval }
            } else {
                interval
            };
            let size = if off > 0.0 { None } else { effect(one, other).ok().map(|effects| effects.g) };
            Some(Difference { value, interval, p: p.ok()?, n, rounded: off > 0.0, size })
        }
        _ => None,
    }
}

/// How much more a part is than the whole it belongs to. The whole holds the part, so what is tested is the part against the others;
/// the difference to the whole is that one, times the share of the others.
pub(super) fn of_whole(whole: &Measured, part: &Measured) -> Option<Difference> {
    let others = others(whole, part)?;
    let found = difference(part, &others)?;
    let share = others.n() as f64 / whole.n() as f64;
    let interval = Interval { low: found.interval.low * share, high: found.interval.high * share, ..found.interval };
    Some(Difference { value: found.value * share, interval, ..found })
}

/// The differences of one block as figures, each judged beside all others.
pub(super) fn judged(found: &[Difference], correction: Correction) -> Vec<Figure> {
    let probabilities: Vec<f64> = found.iter().map(|one| one.p).collect();
    let adjusted = match correction {
        Correction::Holm => holm(&probabilities),
        Correction::BenjaminiHochberg => benjamini_hochberg(&probabilities),
    };
    // Without a probability that can be judged nothing is found
    let adjusted = adjusted.unwrap_or_else(|_| vec![1.0; found.len()]);
    let figure = |(one, p): (&Difference, f64)| Figure {
        n: Some(one.n),
        interval: Some(one.interval),
        p: Some(p),
        printed: one.rounded.then(|| number(one.value, 1)),
        ..Figure::of(one.value, State::Given)
    };
    found.iter().zip(adjusted).map(figure).collect()
}

/// Whether a judged difference is more than chance: above zero, below it, or neither.
pub(super) fn direction(figure: &Figure) -> i8 {
    let interval = figure.interval.filter(|_| figure.p.is_some_and(|p| p < 0.05));
    match interval {
        Some(interval) if interval.low > 0.0 => 1,
        Some(interval) if interval.high < 0.0 => -1,
        _ => 0,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::estimate::Distribution;

    #[test]
    fn everybody_else_is_what_is_left() {
        let (own, rest) = (Distribution::of(&[1.0, 2.0, 2.0, 4.0, 5.0]).unwrap(), Distribution::of(&[3.0, 3.0, 4.0, 1.0]).unwrap());
        let mut all = own.clone();
        all.merge(rest.clone());
        let [own, rest, all] = [&own, &rest, &all].map(|one| one.sample().unwrap());
        let exact = |sample: Sample| Measured::Mean { sample, rounding: 0.0 };
        let Some(Measured::Mean { sample: left, .. }) = others(&exact(all), &exact(own)) else { panic!("a mean") };
        assert_eq!(left.n, rest.n);
        assert!((left.mean - rest.mean).abs() < 1e-12 && (left.variance - rest.variance).abs() < 1e-12);
        let share = |count: u64, n: u64| Measured::Share { count, n };
        assert_eq!(others(&share(30, 60), &share(10, 20)), Some(share(20, 40)));
        // Nobody, hardly anybody, nearly all of them, or what cannot be
        for part in [share(30, 60), share(30, 59), share(29, 58), share(0, 29), share(10, 61)] {
            assert_eq!(others(&share(30, 60), &part), None, "{part:?}");
        }
        let net = |favour: u64, against: u64, n: u64| Measured::Net { favour, against, n };
        assert_eq!(others(&net(30, 20, 60), &net(10, 5, 20)), Some(net(20, 15, 40)));
        // Hardly anybody of them recommends, or does not
        for part in [net(29, 5, 40), net(10, 20, 40), net(31, 5, 40), net(10, 5, 58)] {
            assert_eq!(others(&net(30, 20, 60), &part), None, "{part:?}");
        }
        let same = exact(Sample { n: 30, mean: 3.0, variance: 0.0 });
        assert_eq!(others(&exact(Sample { n: 60, mean: 3.0, variance: 0.0 }), &same), None);
    }

    #[test]
    fn a_part_is_held_against_the_others_and_told_against_the_whole() {
        let (whole, part) = (Measured::Share { count: 60, n: 150 }, Measured::Share { count: 30, n: 50 });
        let found = of_whole(&whole, &part).unwrap();
        assert!((found.value - (60.0 - 40.0)).abs() < 1e-12, "{found:?}");
        let others = difference(&part, &Measured::Share { count: 30, n: 100 }).unwrap();
        assert!((others.value - 30.0).abs() < 1e-12 && (others.p - found.p).abs() < 1e-15);
    }

    /// Whatever the rounded numbers were, the interval from them holds that from the exact ones, and finds nothing that they do not.
    #[test]
    fn rounding_never_finds_more() {
        let sample = |n: u64, mean: f64, deviation: f64| Sample { n, mean, variance: deviation * deviation };
        let one_place = |value: f64| libm::round(value * 10.0) / 10.0;
        let squared = |value: f64| value * value;
        let rounded = |of: Sample| Measured::Mean {
            sample: Sample { mean: one_place(of.mean), variance: squared(one_place(of.variance.sqrt()) + ROUNDING), ..of },
            rounding: ROUNDING,
        };
        for step in 0..200 {
            let (part, rest) = (sample(40 + step, 3.0 + f64::from(u32::try_from(step).unwrap()) * 0.0037, 0.83), sample(300, 3.2, 0.91));
            let exact = |sample: Sample| Measured::Mean { sample, rounding: 0.0 };
            let sure = difference(&exact(part), &exact(rest)).unwrap();
            let told = difference(&rounded(part), &exact(rest)).unwrap();
            assert!(told.interval.low <= sure.interval.low && told.interval.high >= sure.interval.high, "{part:?}");
            assert!(told.p >= sure.p - 1e-12, "{part:?}: {} {}", told.p, sure.p);
        }
    }

    #[test]
    fn only_exact_figures_are_compared() {
        let share = Figure { count: Some(10), n: Some(20), ..Figure::of(50.0, State::Given) };
        assert!(measured(&share, None).is_some());
        let coarse = Figure { printed: Some("≥95".to_owned()), n: Some(20), ..Figure::of(97.5, State::Given) };
        let interval = Some(Interval { low: 3.0, high: 3.4, level: 0.95 });
        let mean = Figure { n: Some(20), interval, ..Figure::of(3.2, State::Given) };
        let spread = Figure { n: Some(20), ..Figure::of(1.1, State::Given) };
        assert!(measured(&mean, Some(&spread)).is_some());
        for (figure, deviation) in [
            (coarse.clone(), None),
            (Figure::hidden(), None),
            (Figure::missing(), None),
            (mean.clone(), None),
            (mean.clone(), Some(Figure::hidden())),
            (Figure { printed: Some("≈3".to_owned()), ..mean.clone() }, Some(spread.clone())),
        ] {
            assert_eq!(measured(&figure, deviation.as_ref()), None, "{figure:?}");
        }
    }
}
