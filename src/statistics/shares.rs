//! Shares of a group that may be shown, as figures.
//!
//! From 95 % up a share is only «nearly all», to 5 % down only «hardly any»: that everybody in a group says one thing would tell
//! what each of them said, and hiding it would announce it. Such a figure has no count and no interval, `printed` is `≥95` or
//! `≤5`, and `value` only says where to draw it.

use crate::estimate::interval;
use crate::language::Text;
use crate::survey::figure::{Figure, State};

/// How a share of 95 % or more is printed.
pub const NEARLY_ALL: &str = "≥95";

/// How a share of 5 % or less is printed.
pub const HARDLY_ANY: &str = "≤5";

/// How a share may be told.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Extent {
    /// By its number.
    Exact,
    /// 95 % or more.
    NearlyAll,
    /// 5 % or less.
    HardlyAny,
}

/// How the share `count / n` may be told.
pub(super) fn extent(count: u64, n: u64) -> Extent {
    let (twentieths, all) = (20 * u128::from(count), u128::from(n));
    if twentieths >= 19 * all {
        Extent::NearlyAll
    } else if twentieths <= all {
        Extent::HardlyAny
    } else {
        Extent::Exact
    }
}

/// The share `count / n` in per cent, with its Wilson interval.
pub(super) fn share(count: u64, n: u64) -> Figure {
    match extent(count, n) {
        Extent::NearlyAll => coarse(97.5, NEARLY_ALL, n),
        Extent::HardlyAny => coarse(2.5, HARDLY_ANY, n),
        Extent::Exact => Figure {
            count: Some(count),
            n: Some(n),
            interval: interval::wilson(count, n).ok(),
            ..Figure::of(100.0 * count as f64 / n as f64, State::Given)
        },
    }
}

/// The shares of classes of which everybody chose exactly one. What is told coarsely is drawn in equal parts of what the others
/// leave, so that the row still fills 100 %.
pub(super) fn shares(counts: &[u64], n: u64) -> Vec<Figure> {
    let mut figures: Vec<Figure> = counts.iter().map(|count| share(*count, n)).collect();
    let low = counts.iter().filter(|count| extent(**count, n) == Extent::HardlyAny).count();
    let told: f64 =
        counts.iter().zip(&figures).filter(|(count, _)| extent(**count, n) != Extent::HardlyAny).filter_map(|(_, f)| f.value).sum();
    for (figure, count) in figures.iter_mut().zip(counts) {
        if extent(*count, n) == Extent::HardlyAny {
            figure.value = Some((100.0 - told).max(0.0) / low as f64);
        }
    }
    figures
}

/// The share of several classes together, drawn as long as they are.
pub(super) fn total(counts: &[u64], figures: &[Figure], n: u64) -> Figure {
    let mut total = share(counts.iter().sum(), n);
    if total.count.is_none() {
        total.value = Some(figures.iter().filter_map(|figure| figure.value).sum());
    }
    total
}

/// The highest of several shares.
pub(super) struct Best {
    /// What they are shares of.
    pub(super) labels: Vec<Text>,
    /// Count and n of it, where they may be told.
    pub(super) share: Option<(u64, u64)>,
}

/// The highest shares, all of them where several are equal. Nothing, where the highest is hardly any.
pub(super) fn best<'r>(shares: impl Iterator<Item = (&'r Text, &'r Figure)>) -> Option<Best> {
    let mut best: Option<(u128, u128, Best)> = None;
    for (label, figure) in shares {
        let (count, n, share) = match (figure.count, figure.n) {
            (Some(count), Some(n)) => (u128::from(count), u128::from(n), Some((count, n))),
            _ if figure.printed.as_deref() == Some(NEARLY_ALL) => (1, 1, None),
            _ => continue,
        };
        match &mut best {
            Some((most, of, equal)) if count * *of == *most * n => equal.labels.push(label.clone()),
            Some((most, of, _)) if count * *of < *most * n => {}
            _ => best = Some((count, n, Best { labels: vec![label.clone()], share })),
        }
    }
    best.map(|(_, _, best)| best)
}

fn coarse(value: f64, printed: &str, n: u64) -> Figure {
    Figure { printed: Some(printed.to_owned()), n: Some(n), ..Figure::of(value, State::Given) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_ends_are_told_coarsely() {
        for (count, n, expected) in [
            (38, 40, Extent::NearlyAll),
            (37, 40, Extent::Exact),
            (3, 40, Extent::Exact),
            (2, 40, Extent::HardlyAny),
            (0, 5, Extent::HardlyAny),
            (5, 5, Extent::NearlyAll),
            (1, 5, Extent::Exact),
        ] {
            assert_eq!(extent(count, n), expected, "{count} of {n}");
            let figure = share(count, n);
            assert_eq!((figure.count.is_some(), figure.interval.is_some()), (expected == Extent::Exact, expected == Extent::Exact));
        }
    }

    #[test]
    fn nobody_can_tell_all_from_nearly_all() {
        assert_eq!(shares(&[40, 0, 0], 40), shares(&[38, 2, 0], 40));
        assert_eq!(shares(&[40, 0, 0], 40), shares(&[39, 0, 1], 40));
    }

    #[test]
    fn a_row_fills_the_bar() {
        for counts in [[10, 20, 10, 0, 1], [41, 0, 0, 0, 0], [0, 39, 1, 1, 0], [20, 21, 0, 0, 0]] {
            let sum: f64 = shares(&counts, 41).iter().filter_map(|figure| figure.value).sum();
            assert!((sum - 100.0).abs() < 1e-9, "{counts:?} fills {sum}");
        }
    }
}
