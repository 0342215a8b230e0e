//! Intervals for figures that others published, where the source gives the number of people but no interval.

use crate::estimate::interval::wilson;
use crate::survey::exhibit::{Exhibit, Kind};
use crate::survey::figure::{Figure, Unit};

/// Adds Wilson intervals to the shares of a data set whose rows say how many were asked: to the counted classes together, and to
/// bars. Shares that no whole number of people makes (weighted ones) stay as they are.
pub fn add_intervals(exhibit: &mut Exhibit) {
    if exhibit.unit != Unit::Percent {
        return;
    }
    let bars = exhibit.kind == Kind::Bar;
    for row in &mut exhibit.rows {
        let Some(n) = row.n else { continue };
        let own = row.figures.iter_mut().filter(|_| bars);
        for figure in own.chain(&mut row.total) {
            if figure.interval.is_none() {
                figure.interval = people(figure, n).and_then(|count| wilson(count, n).ok());
            }
        }
    }
}

/// How many of `n` people make a printed share: `None` where no whole number comes within the rounding of one decimal.
fn people(figure: &Figure, n: u64) -> Option<u64> {
    const ROUNDING: f64 = 0.05 + 1e-9;
    let share = figure.value.filter(|share| (0.0..=100.0).contains(share))?;
    let count = libm::round(share * n as f64 / 100.0);
    // A share of at most 100 % of n people
    #[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss)]
    let whole = count as u64;
    ((count * 100.0 / n as f64 - share).abs() <= ROUNDING).then_some(whole)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::survey::figure::State;

    #[test]
    fn published_shares_are_counted_back_to_people() {
        for (share, n, expected) in
            [(64.0, 400, Some(256)), (83.2, 400, Some(333)), (88.5, 200, Some(177)), (64.3, 7, None), (33.4, 7, None), (120.0, 10, None)]
        {
            assert_eq!(people(&Figure::of(share, State::Given), n), expected, "{share} of {n}");
        }
    }
}
