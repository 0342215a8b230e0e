//! An exhibit as it may be read: one language, clean texts, numbers printed, and nothing of what is hidden.
//!
//! Every drawing, table, description, CSV and JSON is made from a [`Reading`], never from the exhibit itself: what is held
//! back here can appear nowhere.

use super::cell::{Cell, cell, empty, sign};
use super::text::clean;
use super::words::{self, say};
use crate::language::{Language, Text, count};
use crate::survey::exhibit::{Class, Contrast, Corner, Exhibit, Kind, People, Row, Spot, Tone, Whole};
use crate::survey::figure::{Figure, State, Unit};
use std::collections::BTreeSet;

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
    /// What it counts in.
    pub unit: Unit,
}

/// A difference that was tested, between two figures that are both shown.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Change {
    /// What is taken away.
    pub from: Spot,
    /// From what.
    pub to: Spot,
    /// The difference, with its sign.
    pub cell: Cell,
}

/// A place from which on a question reads otherwise.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Gap {
    /// Index of the first line after it.
    pub line: usize,
    /// The class that it is about; `None`: all.
    pub class: Option<usize>,
    /// What changed.
    pub label: String,
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
    /// They part high from low and are not figures of others.
    pub marks: bool,
    /// Who found it.
    pub source: String,
    /// Invented for demonstration.
    pub sample: bool,
    /// Differences that were tested; never of anything held back.
    pub changes: Vec<Change>,
    /// Neutral answers stand apart.
    pub apart: bool,
    /// Where the lines of a quadrant cross, where that is given.
    pub crossing: Option<(f64, f64)>,
    /// The fields of a quadrant: upper left, upper right, lower left, lower right.
    pub corners: [String; 4],
    /// Which of them comes first.
    pub first_corner: Option<Corner>,
    /// Where a question began to read otherwise.
    pub gaps: Vec<Gap>,
    /// Beginning and width of the rows on a scale.
    pub bins: Option<(f64, f64)>,
    /// The mean score of a distribution.
    pub mean: Option<Cell>,
    /// The whole of a heat map.
    pub whole: Option<Whole>,
    /// Whom the rows are about, where that is known.
    pub people: Option<People>,
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
        let column = |(index, class): (usize, &Class)| Column {
            id: clean(&class.id),
            label: text(&class.label),
            tone: tone(class),
            unit: unit_of(exhibit, index),
        };
        let columns: Vec<Column> = exhibit.classes.iter().enumerate().map(column).collect();
        let bracket =
            exhibit.bracket.as_ref().filter(|bracket| bracket.first <= bracket.last && bracket.last < columns.len()).map(|bracket| {
                let label = text(&bracket.label);
                (if label.is_empty() { say(language, words::TOTAL).to_owned() } else { label }, bracket.first, bracket.last)
            });
        let mut lines: Vec<Line> = exhibit.rows.iter().map(|row| line(row, exhibit, columns.len(), language)).collect();
        let mut mean = exhibit.details.mean.as_ref().map(|mean| cell(mean, Unit::Score, false, None)).filter(|mean| mean.value.is_some());
        // Parts of a whole give each other away in a column as in a row.
        if exhibit.kind.parts_in_a_column() && lines.iter().any(|line| line.hidden) {
            lines.iter_mut().for_each(|line| line.hide(columns.len(), exhibit.unit));
            mean = None;
        }
        let changes = exhibit.details.contrasts.iter().filter_map(|contrast| change(contrast, &lines, &columns, exhibit.unit)).collect();
        let gaps = exhibit.details.breaks.iter().filter(|gap| (1..lines.len()).contains(&gap.row));
        let gaps = gaps.map(|gap| Gap { line: gap.row, class: gap.class, label: text(&gap.label) }).collect();
        let corners = exhibit.details.corners.as_ref();
        let corner_names = corners.map(|names| [&names.upper_left, &names.upper_right, &names.lower_left, &names.lower_right].map(text));
        let finite = |pair: &(f64, f64)| pair.0.is_finite() && pair.1.is_finite();
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
            marks: exhibit.details.marks,
            source: text(&exhibit.source),
            sample: exhibit.sample,
            changes,
            apart: exhibit.details.apart,
            crossing: exhibit.details.crossing.filter(finite),
            corners: corner_names.unwrap_or_default(),
            first_corner: corners.and_then(|corners| corners.first),
            gaps,
            bins: exhibit.details.bins.filter(|bins| finite(bins) && bins.1 > 0.0),
            mean,
            whole: whole(exhibit),
            people: exhibit.details.people,
        }
    }

    /// The difference between two figures, where it was tested.
    pub(super) fn change(&self, from: Spot, to: Spot) -> Option<&Change> {
        self.changes.iter().find(|change| change.from == from && change.to == to)
    }

    /// The tested difference within a line, from one class to another.
    pub(super) fn change_in(&self, line: usize, from: usize, to: usize) -> Option<&Cell> {
        let spot = |class: usize| Spot { row: line, class: Some(class) };
        self.change(spot(from), spot(to)).map(|change| &change.cell)
    }

    /// Words in its language.
    pub(super) fn say(&self, pair: words::Pair) -> &'static str {
        say(self.language, pair)
    }

    /// The interval of a cell: `59.2–68.6`.
    pub(super) fn interval(&self, cell: &Cell) -> Option<String> {
        super::cell::interval(cell, self.language)
    }

    /// The sign after a cell's number.
    pub(super) fn sign(&self, cell: &Cell) -> &'static str {
        sign(cell.unit, self.language)
    }

    /// A cell in a drawing: derived numbers stand in parentheses, unless the whole row is derived and says so once.
    pub(super) fn drawn(&self, line: &Line, cell: &Cell) -> String {
        if cell.state == State::Derived && !line.derived { format!("({})", cell.shown) } else { cell.shown.clone() }
    }

    /// A cell in words: `20.0%`, `資料になし`, `表示しません`.
    pub(super) fn told(&self, line: &Line, cell: &Cell) -> String {
        match cell.state {
            State::Given => self.bounded(cell),
            State::Derived if line.derived => format!("{}{}", cell.shown, self.sign(cell)),
            State::Derived => format!("({}{})", cell.shown, self.sign(cell)),
            State::Missing => self.say(words::MISSING).to_owned(),
            State::Hidden => self.say(words::HIDDEN_SHORT).to_owned(),
        }
    }

    /// A number with its sign; bounds in words: `≤5` is «5%以下».
    fn bounded(&self, cell: &Cell) -> String {
        let (shown, sign) = (&cell.shown, self.sign(cell));
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

fn line(row: &Row, exhibit: &Exhibit, columns: usize, language: Language) -> Line {
    let text = |text: &Text| clean(text.in_language(language));
    let absent = Figure::missing();
    let signed = exhibit.kind == Kind::Differences;
    let read = |index: usize, figure: &Figure| cell(figure, unit_of(exhibit, index), signed && index == 0, row.n);
    let cells: Vec<Cell> = (0..columns).map(|index| read(index, row.figures.get(index).unwrap_or(&absent))).collect();
    let total = row.total.as_ref().map(|figure| cell(figure, exhibit.unit, false, row.n));
    let benchmark = row.benchmark.as_ref().map(|figure| cell(figure, exhibit.unit, false, None));
    // Parts of a whole give each other away: where one is held back, all are.
    let parts = exhibit.kind.parts_in_a_row();
    let is_hidden = |cell: &Cell| cell.state == State::Hidden;
    let some_hidden = cells.iter().chain(&total).any(is_hidden);
    let nobody = row.n == Some(0) && cells.iter().chain(&total).all(|cell| cell.value.is_none());
    let hidden = nobody || (some_hidden && (parts || cells.iter().all(is_hidden)));
    let known = |cell: &&Cell| cell.value.is_some();
    let derived = cells.iter().any(|cell| cell.value.is_some())
        && cells.iter().filter(known).all(|cell| cell.state == State::Derived)
        && cells.iter().filter(known).count() > 1;
    let mut line = Line {
        id: clean(&row.id),
        // A row without a name is called by its id: it must be told from the others.
        label: Some(text(&row.label)).filter(|label| !label.is_empty()).unwrap_or_else(|| clean(&row.id)),
        n: row.n,
        cells,
        total,
        benchmark,
        link: row.link.as_ref().map(|(from, to)| (text(from), text(to))),
        marked: row.marked,
        hidden: false,
        derived,
    };
    if hidden {
        line.hide(columns, exhibit.unit);
    }
    line
}

impl Line {
    /// Strips a line of everything but its name.
    fn hide(&mut self, columns: usize, unit: Unit) {
        self.cells = vec![empty(State::Hidden, unit); columns];
        self.total = self.total.take().map(|_| empty(State::Hidden, unit));
        (self.n, self.benchmark, self.hidden, self.derived) = (None, None, true, false);
    }
}

/// What a class counts in.
fn unit_of(exhibit: &Exhibit, class: usize) -> Unit {
    exhibit.details.units.get(class).copied().unwrap_or(exhibit.unit)
}

/// Reads a tested difference, unless one of its ends, or itself, may not be shown.
fn change(contrast: &Contrast, lines: &[Line], columns: &[Column], unit: Unit) -> Option<Change> {
    let find = |spot: Spot| {
        let line = lines.get(spot.row)?;
        let (cell, unit) = match spot.class {
            Some(class) => (line.cells.get(class)?, columns.get(class)?.unit),
            None => (line.total.as_ref()?, unit),
        };
        cell.value.map(|_| (cell, unit))
    };
    let ((from, unit), (to, _)) = (find(contrast.from)?, find(contrast.to)?);
    let n = from.n.into_iter().chain(to.n).min();
    let cell = cell(&contrast.figure, unit.of_difference(), true, n);
    cell.value.is_some().then_some(Change { from: contrast.from, to: contrast.to, cell })
}

/// The whole of a heat map: as given, else the row or class that is called so.
fn whole(exhibit: &Exhibit) -> Option<Whole> {
    let called = |id: &str| matches!(id, "all" | "total" | "whole" | "everybody");
    match exhibit.details.whole {
        Some(Whole::Row(row)) if row < exhibit.rows.len() => Some(Whole::Row(row)),
        Some(Whole::Class(class)) if class < exhibit.classes.len() => Some(Whole::Class(class)),
        Some(_) => None,
        None => {
            let row = exhibit.rows.iter().position(|row| called(&row.id)).map(Whole::Row);
            row.or_else(|| exhibit.classes.iter().position(|class| called(&class.id)).map(Whole::Class))
        }
    }
}
