//! An exhibit as it may be read: one language, clean texts, numbers printed, and nothing of what is hidden.
//!
//! Every drawing, table, description, CSV and JSON is made from a [`Reading`], never from the exhibit itself: what is held
//! back here can appear nowhere.

use super::text::clean;
use super::words::{self, say};
use crate::language::{Language, Text, count, number, percent};
use crate::survey::exhibit::{Class, Exhibit, Kind, Row, Tone};
use crate::survey::figure::{Figure, Interval, State, Unit};
use std::collections::BTreeSet;

/// Below this many people per cents are whole.
const WHOLE_BELOW: u64 = 50;

/// One figure, ready to be shown.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Cell {
    /// Where it comes from; [`State::Missing`] and [`State::Hidden`] carry nothing else.
    pub state: State,
    /// The number, finite.
    pub value: Option<f64>,
    /// The number as it is read: `20.0`; empty where there is none.
    pub shown: String,
    /// How many of `n`.
    pub count: Option<u64>,
    /// How many people it is about.
    pub n: Option<u64>,
    /// Its interval, finite and in order.
    pub interval: Option<Interval>,
}

/// A row of the exhibit.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Line {
    /// Its id.
    pub id: String,
    /// What it is called.
    pub label: String,
    /// How many people.
    pub n: Option<u64>,
    /// One cell a class.
    pub cells: Vec<Cell>,
    /// The bracket's sum.
    pub total: Option<Cell>,
    /// A number from elsewhere.
    pub benchmark: Option<Cell>,
    /// The two nodes it joins.
    pub link: Option<(String, String)>,
    /// «Here».
    pub marked: bool,
    /// Everything about it is held back.
    pub hidden: bool,
    /// Every number in it is worked out, which is then said once.
    pub derived: bool,
}

/// A class of the exhibit.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Column {
    /// Its id.
    pub id: String,
    /// What it is called.
    pub label: String,
    /// What it means.
    pub tone: Tone,
}

/// An exhibit in one language, safe to show.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Reading {
    /// Id of the exhibit.
    pub id: String,
    /// The language it is read in.
    pub language: Language,
    /// The finding in a line; never empty.
    pub title: String,
    /// What was asked.
    pub asked: String,
    /// What the rows are.
    pub row_head: String,
    /// What is counted.
    pub unit: Unit,
    /// Ends of the value axis: finite, in order.
    pub range: Option<(f64, f64)>,
    /// The chart asked for.
    pub kind: Kind,
    /// The classes; their steps are numbered from 0 without gaps.
    pub columns: Vec<Column>,
    /// How many different steps the classes have.
    pub steps: usize,
    /// The rows.
    pub lines: Vec<Line>,
    /// Name, first and last class of the bracket, where it fits the classes.
    pub bracket: Option<(String, usize, usize)>,
    /// What the benchmarks are.
    pub benchmark_label: String,
    /// Who found it.
    pub source: String,
    /// Invented for demonstration.
    pub sample: bool,
}

impl Reading {
    /// Reads an exhibit in a language.
    #[must_use]
    pub(super) fn new(exhibit: &Exhibit, language: Language) -> Reading {
        let text = |text: &Text| clean(text.in_language(language));
        // Authors choose any steps they like; only their order counts, so that all colours of the scale are used.
        let step = |class: &Class| if let Tone::Step(step) = class.tone { Some(step) } else { None };
        let steps: BTreeSet<u8> = exhibit.classes.iter().filter_map(step).collect();
        let tone = |class: &Class| match step(class).and_then(|step| steps.iter().position(|known| *known == step)) {
            Some(rank) => Tone::Step(u8::try_from(rank).unwrap_or(u8::MAX)),
            None => class.tone,
        };
        let column = |class: &Class| Column { id: clean(&class.id), label: text(&class.label), tone: tone(class) };
        let columns: Vec<Column> = exhibit.classes.iter().map(column).collect();
        let bracket =
            exhibit.bracket.as_ref().filter(|bracket| bracket.first <= bracket.last && bracket.last < columns.len()).map(|bracket| {
                let label = text(&bracket.label);
                (if label.is_empty() { say(language, words::TOTAL).to_owned() } else { label }, bracket.first, bracket.last)
            });
        let lines = exhibit.rows.iter().map(|row| line(row, exhibit, columns.len(), language)).collect();
        let title =
            [&exhibit.title, &exhibit.asked].into_iter().map(text).find(|title| !title.is_empty()).unwrap_or_else(|| clean(&exhibit.id));
        let benchmark_label = exhibit.benchmark_label.as_ref().map(text).filter(|label| !label.is_empty());
        Reading {
            id: clean(&exhibit.id),
            language,
            title: if title.is_empty() { say(language, words::NOTHING).to_owned() } else { title },
            asked: text(&exhibit.asked),
            row_head: text(&exhibit.row_head),
            unit: exhibit.unit,
            range: exhibit.range.filter(|(low, high)| low.is_finite() && high.is_finite() && low < high),
            kind: exhibit.kind,
            columns,
            steps: steps.len(),
            lines,
            bracket,
            benchmark_label: benchmark_label.unwrap_or_else(|| say(language, words::BENCHMARK).to_owned()),
            source: text(&exhibit.source),
            sample: exhibit.sample,
        }
    }

    /// Words in its language.
    pub(super) fn say(&self, pair: words::Pair) -> &'static str {
        say(self.language, pair)
    }

    /// The sign after a number in running text: `%`, `×`, or nothing.
    pub(super) fn sign(&self) -> &'static str {
        match self.unit {
            Unit::Percent => "%",
            Unit::Ratio => self.say(("倍", "×")),
            Unit::Points => self.say(("ポイント", " points")),
            Unit::Count | Unit::Score | Unit::Coefficient => "",
        }
    }

    /// A number by our own rule, for `n` people where that matters.
    pub(super) fn print(&self, value: f64, n: Option<u64>) -> String {
        print(value, self.unit, n)
    }

    /// An interval: `59.2–68.6`.
    pub(super) fn interval(&self, interval: Interval, n: Option<u64>) -> String {
        format!("{}–{}", self.print(interval.low, n), self.print(interval.high, n))
    }

    /// A cell in a drawing: derived numbers stand in parentheses, unless the whole row is derived and says so once.
    pub(super) fn drawn(&self, line: &Line, cell: &Cell) -> String {
        if cell.state == State::Derived && !line.derived { format!("({})", cell.shown) } else { cell.shown.clone() }
    }

    /// A cell in words: `20.0%`, `資料になし`, `表示しません`.
    pub(super) fn told(&self, line: &Line, cell: &Cell) -> String {
        match cell.state {
            State::Given => self.bounded(&cell.shown),
            State::Derived if line.derived => format!("{}{}", cell.shown, self.sign()),
            State::Derived => format!("({}{})", cell.shown, self.sign()),
            State::Missing => self.say(words::MISSING).to_owned(),
            State::Hidden => self.say(words::HIDDEN_SHORT).to_owned(),
        }
    }

    /// A number with its sign; bounds in words: `≤5` is «5%以下».
    fn bounded(&self, shown: &str) -> String {
        let sign = self.sign();
        let split = [("≤", ("以下", " or less")), ("≥", ("以上", " or more"))];
        let bound = split.into_iter().find_map(|(mark, words)| Some((shown.strip_prefix(mark)?, words)));
        bound.map_or_else(|| format!("{shown}{sign}"), |(number, words)| format!("{number}{sign}{}", self.say(words)))
    }

    /// The sample size of a line: `n=200`.
    pub(super) fn size(&self, line: &Line) -> String {
        let worked_out = if line.derived { self.say(words::WORKED_OUT) } else { "" };
        match line.n {
            _ if line.hidden => "n=–".to_owned(),
            Some(n) => format!("n={}{worked_out}", count(n)),
            None => format!("{}{worked_out}", self.say(words::NO_N)),
        }
    }
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

fn print(value: f64, unit: Unit, n: Option<u64>) -> String {
    match unit {
        Unit::Percent => number(value, share_decimals(n)),
        Unit::Points => {
            let text = number(value, share_decimals(n));
            if value > 0.0 && text.bytes().any(|byte| (b'1'..=b'9').contains(&byte)) { format!("+{text}") } else { text }
        }
        Unit::Count if (0.0..9.0e15).contains(&value) && value.fract() == 0.0 => {
            // Whole, not negative and small enough to be exact.
            count(value as u64)
        }
        Unit::Count => number(value, 1),
        Unit::Score | Unit::Ratio => number(value, 2),
        Unit::Coefficient => number(value, 3),
    }
}

fn share_decimals(n: Option<u64>) -> u32 {
    u32::from(n.is_none_or(|n| n >= WHOLE_BELOW))
}

fn line(row: &Row, exhibit: &Exhibit, columns: usize, language: Language) -> Line {
    let text = |text: &Text| clean(text.in_language(language));
    let absent = Figure::missing();
    let read = |figure: &Figure| cell(figure, exhibit.unit, row.n);
    let mut cells: Vec<Cell> = (0..columns).map(|index| read(row.figures.get(index).unwrap_or(&absent))).collect();
    let mut total = row.total.as_ref().map(read);
    let mut benchmark = row.benchmark.as_ref().map(|figure| cell(figure, exhibit.unit, None));
    // Parts of a whole give each other away: where one is held back, all are.
    let parts = matches!(exhibit.kind, Kind::StackedBar | Kind::Donut);
    let is_hidden = |cell: &Cell| cell.state == State::Hidden;
    let some_hidden = cells.iter().chain(&total).any(is_hidden);
    let nobody = row.n == Some(0) && cells.iter().chain(&total).all(|cell| cell.value.is_none());
    let hidden = nobody || (some_hidden && (parts || cells.iter().all(is_hidden)));
    if hidden {
        cells = vec![empty(State::Hidden); columns];
        total = total.map(|_| empty(State::Hidden));
        benchmark = None;
    }
    let known = |cell: &&Cell| cell.value.is_some();
    let derived = cells.iter().any(|cell| cell.value.is_some())
        && cells.iter().filter(known).all(|cell| cell.state == State::Derived)
        && cells.iter().filter(known).count() > 1;
    Line {
        id: clean(&row.id),
        // A row without a name is called by its id: it must be told from the others.
        label: Some(text(&row.label)).filter(|label| !label.is_empty()).unwrap_or_else(|| clean(&row.id)),
        n: row.n.filter(|_| !hidden),
        cells,
        total,
        benchmark,
        link: row.link.as_ref().map(|(from, to)| (text(from), text(to))),
        marked: row.marked,
        hidden,
        derived,
    }
}

fn empty(state: State) -> Cell {
    Cell { state, value: None, shown: String::new(), count: None, n: None, interval: None }
}

/// Reads a figure: a hidden one keeps nothing, one without a usable number is missing.
fn cell(figure: &Figure, unit: Unit, row_n: Option<u64>) -> Cell {
    if figure.state == State::Hidden {
        return empty(State::Hidden);
    }
    let possible = |value: &f64| value.is_finite() && (unit != Unit::Percent || (-1.0e-9..=100.0 + 1.0e-9).contains(value));
    let Some(value) = figure.value.filter(possible).filter(|_| figure.state != State::Missing) else {
        return empty(State::Missing);
    };
    let value = if unit == Unit::Percent { value.clamp(0.0, 100.0) } else { value };
    let n = figure.n.or(row_n);
    let shares = figure.count.zip(figure.n).filter(|(count, n)| count <= n);
    // The sign of the unit is set where it is wanted; a source that prints it must not double it.
    let bare = |printed: &str| clean(printed).trim_end_matches(['%', '％', '×', '倍']).trim_end().to_owned();
    let shown = figure.printed.as_deref().map(bare).filter(|printed| !printed.is_empty()).unwrap_or_else(|| {
        match shares.filter(|_| unit == Unit::Percent).and_then(|(count, n)| percent(count, n, share_decimals(Some(n)))) {
            Some(text) => text,
            None => print(value, unit, n),
        }
    });
    let interval =
        figure.interval.filter(|interval| interval.low.is_finite() && interval.high.is_finite() && interval.low <= interval.high);
    Cell { state: figure.state, value: Some(value), shown, count: shares.map(|(count, _)| count), n, interval }
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
        for (figure, unit, shown, state) in [
            (share(333, 400), Unit::Percent, "83.3", State::Given),
            (share(13, 31), Unit::Percent, "42", State::Given),
            (printed, Unit::Percent, "83.2", State::Given),
            (signed, Unit::Percent, "83.2", State::Given),
            (leaky, Unit::Percent, "", State::Hidden),
            (Figure::of(f64::NAN, State::Given), Unit::Percent, "", State::Missing),
            (Figure::of(f64::INFINITY, State::Derived), Unit::Score, "", State::Missing),
            (Figure::of(130.0, State::Given), Unit::Percent, "", State::Missing),
            (Figure::of(-0.012, State::Given), Unit::Coefficient, "−0.012", State::Given),
            (Figure::of(12.4, State::Given), Unit::Points, "+12.4", State::Given),
            (Figure::of(10_000.0, State::Given), Unit::Count, "10,000", State::Given),
            (Figure::of(1.27, State::Given), Unit::Ratio, "1.27", State::Given),
        ] {
            let cell = cell(&figure, unit, None);
            assert_eq!((cell.shown.as_str(), cell.state), (shown, state), "{figure:?}");
            if state == State::Hidden {
                assert_eq!(cell, empty(State::Hidden));
            }
        }
    }

    #[test]
    fn exact_values_have_twelve_digits() {
        for (value, text) in [(1.0 / 3.0, "0.333333333333"), (83.25, "83.25"), (-0.0, "0"), (20.0, "20")] {
            assert_eq!(exact(value), text);
        }
    }
}
