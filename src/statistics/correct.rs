//! Intervals where the number of people is known whom a survey is about: narrower by how many of them answered.

use crate::estimate::interval::Interval;
use crate::estimate::population::share_interval;
use crate::survey::{Exhibit, Figure};

/// Corrects the intervals of an exhibit about everybody. Where a question was asked of some only, of fewer people than these, the
/// interval stays wider than it need be; where more answered than there are, it stays as it is.
pub(super) fn correct(exhibit: &mut Exhibit, population: u64) {
    for figure in exhibit.rows.iter_mut().flat_map(|row| row.figures.iter_mut().chain(&mut row.total)) {
        correct_figure(figure, population);
    }
}

/// Corrects the interval of a figure: of a share by its counts, of a mean by √(1 − n / N).
pub(super) fn correct_figure(figure: &mut Figure, population: u64) {
    let (Some(interval), Some(n), Some(value)) = (figure.interval, figure.n, figure.value) else { return };
    if n > population || n == 0 {
        return;
    }
    figure.interval = match figure.count {
        Some(count) => share_interval(count, n, population).ok(),
        None => {
            let left = ((population - n) as f64 / population as f64).sqrt();
            Some(Interval { low: value - (value - interval.low) * left, high: value + (interval.high - value) * left, ..interval })
        }
    };
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::estimate::Distribution;
    use crate::estimate::{interval, population};
    use crate::survey::figure::State;

    #[test]
    fn intervals_are_those_of_the_estimates() {
        let mut figure = Figure { count: Some(30), n: Some(50), interval: interval::wilson(30, 50).ok(), ..Figure::of(60.0, State::Given) };
        correct_figure(&mut figure, 80);
        assert_eq!(figure.interval, share_interval(30, 50, 80).ok());
        let mut numbers = Distribution::default();
        for value in [1.0, 2.0, 2.0, 3.0, 5.0, 4.0, 4.0, 2.0] {
            assert!(numbers.add(value, 1));
        }
        let sample = numbers.sample().expect("numbers");
        let mut figure = Figure {
            n: Some(sample.n),
            interval: interval::mean(sample.mean, sample.variance.sqrt(), sample.n).ok(),
            ..Figure::of(sample.mean, State::Given)
        };
        correct_figure(&mut figure, 20);
        let (found, expected) = (figure.interval.expect("one"), population::mean_interval(&sample, 20).expect("one"));
        assert!((found.low - expected.low).abs() < 1e-12 && (found.high - expected.high).abs() < 1e-12, "{found:?} {expected:?}");
        // Everybody answered: nothing is left to chance; more than everybody: the number is wrong and nothing is done
        let mut figure =
            Figure { count: Some(3), n: Some(9), interval: interval::wilson(3, 9).ok(), ..Figure::of(100.0 / 3.0, State::Given) };
        let before = figure.clone();
        correct_figure(&mut figure, 8);
        assert_eq!(figure, before);
        correct_figure(&mut figure, 9);
        let all = figure.interval.expect("one");
        assert!((all.high - all.low).abs() < 1e-9);
    }
}
