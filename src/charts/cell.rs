//! One figure as it may be read: printed by the rule of its unit, and empty where it is held back.

use super::text::clean;
use super::words::{Pair, say};
use crate::language::{Language, count, number, percent};
use crate::survey::figure::{Figure, Interval, State, Unit};

/// Below this many people per cents are whole.
const WHOLE_BELOW: u64 = 50;

/// How a figure begins that is told as a class of numbers.
pub(super) const CLASS: [char; 3] = ['≤', '≥', '≈'];

/// One figure, ready to be shown.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Cell {
    /// Where it comes from; [`State::Missing`] and [`State::Hidden`] carry nothing else.
    pub state: State,
    /// The number, finite; of a class of numbers ([`Cell::known`]) where it is drawn.
    pub value: Option<f64>,
    /// The number as it is read: `20.0`; empty where there is none.
    pub shown: String,
    /// How many of `n`.
    pub count: Option<u64>,
    /// How many people it is about.
    pub n: Option<u64>,
    /// Its interval, finite and in order.
    pub interval: Option<Interval>,
    /// What its test among others says, where it was tested so.
    pub p: Option<f64>,
    /// What it counts in.
    pub unit: Unit,
    /// It is a difference, and says so by its sign.
    pub signed: bool,
}

impl Cell {
    /// The number, where it is one: `≥95`, `≤5` and `≈3.0` stand for all numbers of their kind, and what is in `value` says only where
    /// to draw them.
    #[must_use]
    pub(super) fn known(&self) -> Option<f64> {
        self.value.filter(|_| !self.shown.starts_with(CLASS))
    }
}

/// A figure that is not there.
#[must_use]
pub(super) fn empty(state: State, unit: Unit) -> Cell {
    Cell { state, value: None, shown: String::new(), count: None, n: None, interval: None, p: None, unit, signed: false }
}

/// Reads a figure: a hidden one keeps nothing, one without a usable number is missing, one about nobody looks hidden.
#[must_use]
pub(super) fn cell(figure: &Figure, unit: Unit, signed: bool, row_n: Option<u64>) -> Cell {
    if figure.state == State::Hidden || (figure.value.is_none() && figure.n == Some(0)) {
        return empty(State::Hidden, unit);
    }
    let possible = |value: &f64| value.is_finite() && (unit != Unit::Percent || (-1.0e-9..=100.0 + 1.0e-9).contains(value));
    let Some(value) = figure.value.filter(possible).filter(|_| figure.state != State::Missing) else {
        return empty(State::Missing, unit);
    };
    let value = if unit == Unit::Percent { value.clamp(0.0, 100.0) } else { value };
    let n = figure.n.or(row_n);
    let shares = figure.count.zip(figure.n).filter(|(count, n)| count <= n);
    // The sign of the unit is set where it is wanted; a source that prints it must not double it.
    let bare = |printed: &str| clean(printed).trim_end_matches(['%', '％', '×', '倍']).trim_end().to_owned();
    let quoted = figure.printed.as_deref().map(bare).filter(|printed| !printed.is_empty());
    let shown = quoted.map(|printed| if signed { with_sign(printed, value) } else { printed }).unwrap_or_else(|| {
        match shares.filter(|_| unit == Unit::Percent).and_then(|(count, n)| percent(count, n, share_decimals(Some(n)))) {
            Some(text) => text,
            None => print(value, unit, signed, n),
        }
    });
    let interval =
        figure.interval.filter(|interval| interval.low.is_finite() && interval.high.is_finite() && interval.low <= interval.high);
    let p = figure.p.filter(|p| (0.0..=1.0).contains(p));
    Cell { state: figure.state, value: Some(value), shown, count: shares.map(|(count, _)| count), n, interval, p, unit, signed }
}

/// A number by our own rule, for `n` people where that matters.
#[must_use]
pub(super) fn print(value: f64, unit: Unit, signed: bool, n: Option<u64>) -> String {
    let text = match unit {
        Unit::Percent | Unit::Points => number(value, share_decimals(n)),
        Unit::Count if (0.0..9.0e15).contains(&value) && value.fract() == 0.0 => {
            // Whole, not negative and small enough to be exact.
            count(value as u64)
        }
        Unit::Count => number(value, 1),
        Unit::Score | Unit::Ratio => number(value, 2),
        Unit::Coefficient => number(value, 3),
    };
    if signed || unit == Unit::Points { with_sign(text, value) } else { text }
}

/// A plus before what is more than nothing.
fn with_sign(text: String, value: f64) -> String {
    let something = text.bytes().any(|byte| (b'1'..=b'9').contains(&byte));
    if value > 0.0 && something && !text.starts_with('+') { format!("+{text}") } else { text }
}

/// Decimals of a share among `n` people.
#[must_use]
pub(super) fn share_decimals(n: Option<u64>) -> u32 {
    u32::from(n.is_none_or(|n| n >= WHOLE_BELOW))
}

/// The sign after a number in running text: `%`, `×`, or nothing.
#[must_use]
pub(super) fn sign(unit: Unit, language: Language) -> &'static str {
    const TIMES: Pair = ("倍", "×");
    const POINTS: Pair = ("ポイント", " points");
    match unit {
        Unit::Percent => "%",
        Unit::Ratio => say(language, TIMES),
        Unit::Points => say(language, POINTS),
        Unit::Count | Unit::Score | Unit::Coefficient => "",
    }
}

/// The interval of a figure: `59.2–68.6`; differences in words, because a minus beside a dash cannot be read.
#[must_use]
pub(super) fn interval(cell: &Cell, language: Language) -> Option<String> {
    let Interval { low, high, .. } = cell.interval?;
    let (low, high) = (print(low, cell.unit, cell.signed, cell.n), print(high, cell.unit, cell.signed, cell.n));
    let words = cell.signed || cell.unit == Unit::Points || low.starts_with('−');
    Some(match (words, language) {
        (true, Language::Japanese) => format!("{low}から{high}"),
        (true, Language::English) => format!("{low} to {high}"),
        _ => format!("{low}–{high}"),
    })
}

/// A figure as it stands in a sentence, and its interval: `62.1%`, `95%以上`; nothing where it is missing or held back.
#[must_use]
pub fn in_text(figure: &Figure, unit: Unit, n: Option<u64>, language: Language) -> Option<(String, Option<String>)> {
    let cell = cell(figure, unit, unit == Unit::Points, n);
    cell.value?;
    let sign = sign(unit, language);
    let split = [("≤", ("以下", " or less")), ("≥", ("以上", " or more")), ("≈", ("ほど", " or so"))];
    let bound = split.into_iter().find_map(|(mark, words)| Some((cell.shown.strip_prefix(mark)?, words)));
    let told = bound.map_or_else(|| format!("{}{sign}", cell.shown), |(number, words)| format!("{number}{sign}{}", say(language, words)));
    Some((told, interval(&cell, language)))
}

/// A value to 12 significant digits, the same in CSV, JSON and data attributes.
#[must_use]
pub(super) fn exact(value: f64) -> String {
    rounded(value).to_string()
}

/// A value rounded to 12 significant digits.
#[must_use]
pub(super) fn rounded(value: f64) -> f64 {
    let rounded: f64 = format!("{value:.11e}").parse().unwrap_or(value);
    if rounded == 0.0 { 0.0 } else { rounded }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn figures_are_read_as_they_may_be_shown() {
        let share = |count: u32, n: u32| Figure {
            count: Some(count.into()),
            n: Some(n.into()),
            ..Figure::of(100.0 * f64::from(count) / f64::from(n), State::Given)
        };
        let printed = Figure { printed: Some("83.2".to_owned()), ..Figure::of(83.25, State::Given) };
        let signed = Figure { printed: Some("83.2％".to_owned()), ..Figure::of(83.25, State::Given) };
        let leaky = Figure { value: Some(40.0), printed: Some("40.0".to_owned()), count: Some(2), n: Some(5), ..Figure::hidden() };
        let nobody = Figure { n: Some(0), ..Figure::missing() };
        for (figure, unit, shown, state) in [
            (share(333, 400), Unit::Percent, "83.3", State::Given),
            (share(13, 31), Unit::Percent, "42", State::Given),
            (printed, Unit::Percent, "83.2", State::Given),
            (signed, Unit::Percent, "83.2", State::Given),
            (leaky, Unit::Percent, "", State::Hidden),
            (nobody, Unit::Percent, "", State::Hidden),
            (Figure::of(f64::NAN, State::Given), Unit::Percent, "", State::Missing),
            (Figure::of(f64::INFINITY, State::Derived), Unit::Score, "", State::Missing),
            (Figure::of(130.0, State::Given), Unit::Percent, "", State::Missing),
            (Figure::of(-0.012, State::Given), Unit::Coefficient, "−0.012", State::Given),
            (Figure::of(12.4, State::Given), Unit::Points, "+12.4", State::Given),
            (Figure::of(10_000.0, State::Given), Unit::Count, "10,000", State::Given),
            (Figure::of(1.27, State::Given), Unit::Ratio, "1.27", State::Given),
        ] {
            let cell = cell(&figure, unit, false, None);
            assert_eq!((cell.shown.as_str(), cell.state), (shown, state), "{figure:?}");
            if state == State::Hidden {
                assert_eq!(cell, empty(State::Hidden, unit));
            }
        }
    }

    #[test]
    fn differences_carry_their_sign() {
        for (value, unit, shown) in
            [(0.31, Unit::Score, "+0.31"), (-0.31, Unit::Score, "−0.31"), (0.0, Unit::Score, "0.00"), (4.5, Unit::Points, "+4.5")]
        {
            assert_eq!(cell(&Figure::of(value, State::Given), unit, true, None).shown, shown);
        }
        let between = |low: f64, high: f64| Figure { interval: Some(Interval { low, high, level: 0.95 }), ..Figure::of(1.0, State::Given) };
        assert_eq!(interval(&cell(&between(-27.0, -13.0), Unit::Points, true, None), Language::Japanese).unwrap(), "−27.0から−13.0");
        assert_eq!(interval(&cell(&between(0.5, 1.5), Unit::Score, false, None), Language::English).unwrap(), "0.50–1.50");
    }

    #[test]
    fn exact_values_have_twelve_digits() {
        for (value, text) in [(1.0 / 3.0, "0.333333333333"), (83.25, "83.25"), (-0.0, "0"), (20.0, "20")] {
            assert_eq!(exact(value), text);
        }
    }
}
