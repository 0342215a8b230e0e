//! Whether a difference can be told from chance: by its own interval, never by how large it looks.

use super::cell::Cell;

/// What an interval says of a difference.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Verdict {
    /// Above zero altogether.
    More,
    /// Below zero altogether.
    Less,
    /// Zero lies within it: the difference cannot be told from chance.
    Open,
    /// There is no interval to judge by.
    Unknown,
}

/// Judges a difference by its interval.
#[must_use]
pub(super) fn of_difference(cell: &Cell) -> Verdict {
    match cell.interval {
        None => Verdict::Unknown,
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
        }
    }
}
