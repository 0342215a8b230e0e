//! Whether a difference can be told from chance: by its own interval, never by how large it looks; of one among several by what the test
//! of all together says, too.

use super::cell::Cell;
use crate::survey::Figure;

/// What an interval says of a difference.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Verdict {
    /// Above zero altogether.
    More,
    /// Below zero altogether.
    Less,
    /// Zero lies within it, or one of so many tests would find as much: the difference cannot be told from chance.
    Open,
    /// There is no interval to judge by.
    Unknown,
}

/// What is more probable than this may be chance.
const CHANCE: f64 = 0.05;

/// Whether a difference can be told from chance, by the same rule as drawings say it.
#[must_use]
pub fn is_told_apart(difference: &Figure) -> bool {
    let clear = difference.interval.as_ref().is_some_and(|interval| interval.low > 0.0 || interval.high < 0.0);
    clear && difference.p.is_none_or(|p| p < CHANCE)
}

/// Whether a difference is open only because it is one of several: its own interval leaves zero out.
#[must_use]
pub(super) fn is_one_of_many(cell: &Cell) -> bool {
    of_difference(cell) == Verdict::Open && cell.interval.is_some_and(|interval| interval.low > 0.0 || interval.high < 0.0)
}

/// Judges a difference by its interval, and by its test among others where there was one.
#[must_use]
pub(super) fn of_difference(cell: &Cell) -> Verdict {
    match cell.interval {
        None => Verdict::Unknown,
        Some(_) if cell.p.is_some_and(|p| p >= CHANCE) => Verdict::Open,
        Some(interval) if interval.low > 0.0 => Verdict::More,
        Some(interval) if interval.high < 0.0 => Verdict::Less,
        Some(_) => Verdict::Open,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::charts::cell::cell;
    use crate::survey::figure::{Figure, Interval, State, Unit};

    #[test]
    fn only_an_interval_that_leaves_zero_out_tells_a_difference() {
        for (interval, expected) in [
            (None, Verdict::Unknown),
            (Some((0.1, 2.0)), Verdict::More),
            (Some((-2.0, -0.1)), Verdict::Less),
            (Some((-0.1, 2.0)), Verdict::Open),
            (Some((0.0, 2.0)), Verdict::Open),
        ] {
            let interval = interval.map(|(low, high)| Interval { low, high, level: 0.95 });
            let figure = Figure { interval, ..Figure::of(1.0, State::Given) };
            assert_eq!(of_difference(&cell(&figure, Unit::Points, true, None)), expected);
            assert_eq!(is_told_apart(&figure), matches!(expected, Verdict::More | Verdict::Less));
        }
    }

    #[test]
    fn one_of_many_is_judged_with_the_others() {
        for (interval, p, expected) in [
            ((0.1, 2.0), 0.01, Verdict::More),
            ((0.1, 2.0), 0.05, Verdict::Open),
            ((-2.0, -0.1), 0.3, Verdict::Open),
            ((-0.1, 2.0), 0.01, Verdict::Open),
        ] {
            let interval = Some(Interval { low: interval.0, high: interval.1, level: 0.95 });
            let figure = Figure { interval, p: Some(p), ..Figure::of(1.0, State::Given) };
            assert_eq!(of_difference(&cell(&figure, Unit::Points, true, None)), expected, "{p}");
        }
    }
}
