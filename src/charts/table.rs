//! The numbers of a chart as a table: the same cells, in the same order, with what they leave open said under it.

use super::cell::Cell;
use super::reading::{Line, Reading};
use super::recommendation::net;
use super::words;
use crate::language::{Language, count};
use crate::survey::exhibit::Kind;
use crate::survey::figure::{State, Unit};

/// Head of a column.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct HeadCell {
    /// What it says.
    pub text: String,
    /// Its column holds numbers, set at the right.
    pub numeric: bool,
    /// Its column holds sums.
    pub is_total: bool,
}

/// A cell.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TableCell {
    /// What it says: a number as drawn, or words where there is none.
    pub text: String,
    /// Where the number comes from; derived ones are set in italics. Labels are [`State::Given`].
    pub state: State,
    /// It is a number, set at the right.
    pub numeric: bool,
    /// It is a sum, set bold.
    pub is_total: bool,
    /// It names its row.
    pub is_head: bool,
    /// How many columns it covers, 1 or more.
    pub span: usize,
}

/// A row.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TableRow {
    /// Its cells: the label, n, one a class, the sum, interval, benchmark.
    pub cells: Vec<TableCell>,
    /// Everything is held back: label, n as «–», and one hatched cell over the rest.
    pub hidden: bool,
    /// «Here».
    pub marked: bool,
}

/// The numbers of a chart.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Table {
    /// What it shows, with the unit.
    pub caption: String,
    /// Heads of its columns.
    pub head: Vec<HeadCell>,
    /// Its rows.
    pub rows: Vec<TableRow>,
    /// What is said under it: derived numbers, gaps, hidden rows, rounding.
    pub notes: Vec<String>,
}

/// Which columns a table has beside its classes.
struct Shape {
    sizes: bool,
    total: bool,
    interval: bool,
    /// From this column on cells tell their own intervals: several of them have one, and a column for each would be too many.
    within: Option<usize>,
    /// Of bars side by side of which some are worked out: the columns behind the first whose intervals have columns, too.
    intervals: Vec<usize>,
    benchmark: bool,
    /// What a change within a row is called.
    change: Option<&'static str>,
    change_interval: bool,
}

/// The change within a row: from before to after, or the net score.
pub(super) fn change(reading: &Reading, index: usize) -> Option<Cell> {
    match reading.kind {
        Kind::Dumbbell => reading.change_in(index, 0, 1).cloned(),
        Kind::Recommendation => net(reading, index),
        _ => None,
    }
}

impl Shape {
    fn of(reading: &Reading) -> Shape {
        let lines = &reading.lines;
        let changes: Vec<Cell> = (0..lines.len()).filter_map(|index| change(reading, index)).collect();
        let name = if reading.kind == Kind::Recommendation { words::NET } else { words::CHANGE };
        let within = within(reading);
        Shape {
            change: (!changes.is_empty()).then(|| reading.say(name)),
            change_interval: changes.iter().any(|change| change.interval.is_some()),
            sizes: lines.iter().any(|line| line.n.is_some()),
            total: lines.iter().any(|line| line.total.is_some()),
            interval: within != Some(0) && lines.iter().any(|line| carrier(line).is_some_and(|cell| cell.interval.is_some())),
            within,
            intervals: (1..reading.columns.len()).filter(|class| has_own(reading, *class)).collect(),
            benchmark: lines.iter().any(|line| line.benchmark.is_some()),
        }
    }
}

/// From which column on cells tell their own intervals. Differences keep a column for theirs: it is what they are judged by.
fn within(reading: &Reading) -> Option<usize> {
    let several = matches!(reading.kind, Kind::Heatmap | Kind::Waves | Kind::Quadrant | Kind::Differences);
    let known = |line: &Line| line.total.is_none() && line.cells.iter().skip(1).any(|cell| cell.interval.is_some());
    (several && reading.lines.iter().any(known)).then_some(usize::from(reading.kind == Kind::Differences))
}

/// Whether the intervals of a column are told beside that of the first: of figures that are worked out, whose n does not tell them.
fn has_own(reading: &Reading, class: usize) -> bool {
    let worked_out = |line: &Line| line.cells.get(class).is_some_and(|cell| cell.state == State::Derived && cell.interval.is_some());
    reading.kind == Kind::GroupedBar && reading.lines.iter().any(worked_out)
}

/// The figure whose interval has a column: the sum where there is one, else the first class.
fn carrier(line: &Line) -> Option<&Cell> {
    line.total.as_ref().or_else(|| line.cells.first())
}

/// Makes the table.
#[must_use]
pub(super) fn table(reading: &Reading) -> Table {
    let shape = Shape::of(reading);
    let rows = reading.lines.iter().enumerate().map(|(index, line)| row(reading, index, line, &shape)).collect();
    let caption = [&reading.asked, &reading.title].into_iter().find(|text| !text.is_empty()).cloned().unwrap_or_default();
    Table { caption, head: head(reading, &shape), rows, notes: notes(reading, &shape) }
}

fn head(reading: &Reading, shape: &Shape) -> Vec<HeadCell> {
    let number = |text: &str, is_total: bool| HeadCell { text: text.to_owned(), numeric: true, is_total };
    let mut head = vec![HeadCell { text: reading.row_head.clone(), numeric: false, is_total: false }];
    if shape.sizes {
        head.push(number("n", false));
    }
    head.extend(reading.columns.iter().map(|column| number(&column.label, false)));
    if shape.total {
        let name = reading.bracket.as_ref().map_or(reading.say(words::TOTAL), |(name, _, _)| name.as_str());
        head.push(number(name, true));
    }
    if shape.interval {
        head.push(number(&interval_head(reading, !shape.intervals.is_empty()), false));
    }
    head.extend(shape.intervals.iter().map(|class| number(&of_column(reading, reading.say(words::INTERVAL), *class), false)));
    if shape.benchmark {
        let mark = reading.benchmark_label.as_str();
        head.push(number(if reading.marks { mark } else { reading.say(words::BENCHMARK) }, false));
    }
    if let Some(name) = shape.change {
        head.push(number(name, true));
        if shape.change_interval {
            head.push(number(reading.say(words::INTERVAL), false));
        }
    }
    head
}

/// A head with the column that it is about: `95%区間（変化）`.
fn of_column(reading: &Reading, head: &str, class: usize) -> String {
    let label = reading.columns.get(class).map(|column| column.label.as_str()).unwrap_or_default();
    if reading.language == Language::Japanese { format!("{head}（{label}）") } else { format!("{head} ({label})") }
}

fn interval_head(reading: &Reading, several: bool) -> String {
    let level = reading.lines.iter().filter_map(carrier).find_map(|cell| cell.interval).map(|interval| interval.level);
    let head = interval_words(reading, level);
    // Of several columns side by side it is said whose interval it is
    let told = several || matches!(reading.kind, Kind::Waves | Kind::Heatmap | Kind::Differences);
    if told && reading.columns.len() > 1 { of_column(reading, &head, 0) } else { head }
}

fn interval_words(reading: &Reading, level: Option<f64>) -> String {
    match level {
        Some(level) if level.is_finite() && (level - 0.95).abs() > 1.0e-9 => {
            let level = crate::language::number(level * 100.0, 0);
            match reading.language {
                Language::Japanese => format!("{level}%区間"),
                Language::English => format!("{level}% interval"),
            }
        }
        _ => reading.say(words::INTERVAL).to_owned(),
    }
}

fn row(reading: &Reading, index: usize, line: &Line, shape: &Shape) -> TableRow {
    let plain = |text: String, numeric: bool| TableCell { text, state: State::Given, numeric, is_total: false, is_head: false, span: 1 };
    let mut cells = vec![TableCell { is_head: true, ..plain(line.label.clone(), false) }];
    if shape.sizes {
        cells.push(plain(line.n.map_or_else(|| "–".to_owned(), count), true));
    }
    if line.hidden {
        let others =
            [shape.total, shape.interval, shape.benchmark, shape.change.is_some(), shape.change.is_some() && shape.change_interval];
        let span = reading.columns.len() + shape.intervals.len() + others.into_iter().filter(|is| *is).count();
        if span > 0 {
            let text = reading.say(words::HIDDEN).to_owned();
            cells.push(TableCell { state: State::Hidden, span, ..plain(text, false) });
        }
        return TableRow { cells, hidden: true, marked: line.marked };
    }
    cells.extend(line.cells.iter().enumerate().map(|(class, cell)| {
        let told = figure(reading, cell, false);
        let more = shape.within.filter(|from| class >= *from).and_then(|_| uncertain(reading, line, cell));
        TableCell { text: more.map_or_else(|| told.text.clone(), |more| format!("{} ({more})", told.text)), ..told }
    }));
    if shape.total {
        cells.push(line.total.as_ref().map_or_else(|| plain("–".to_owned(), true), |total| figure(reading, total, true)));
    }
    if shape.interval {
        let interval = carrier(line).and_then(|cell| reading.interval(cell));
        cells.push(plain(interval.unwrap_or_else(|| "–".to_owned()), true));
    }
    for class in &shape.intervals {
        let interval = line.cells.get(*class).and_then(|cell| reading.interval(cell));
        cells.push(plain(interval.unwrap_or_else(|| "–".to_owned()), true));
    }
    if shape.benchmark {
        cells.push(line.benchmark.as_ref().map_or_else(|| plain("–".to_owned(), true), |cell| figure(reading, cell, false)));
    }
    if shape.change.is_some() {
        let change = change(reading, index);
        cells.push(change.as_ref().map_or_else(|| plain("–".to_owned(), true), |change| figure(reading, change, true)));
        if shape.change_interval {
            let interval = change.as_ref().and_then(|change| reading.interval(change));
            cells.push(plain(interval.unwrap_or_else(|| "–".to_owned()), true));
        }
    }
    TableRow { cells, hidden: false, marked: line.marked }
}

/// The interval of a cell, and how many people it is about where that is not the n of its row.
fn uncertain(reading: &Reading, line: &Line, cell: &Cell) -> Option<String> {
    let n = cell.n.filter(|n| line.n != Some(*n)).map(|n| format!("n={}", count(n)));
    let parts: Vec<String> = reading.interval(cell).into_iter().chain(n).collect();
    (cell.value.is_some() && !parts.is_empty()).then(|| parts.join("; "))
}

fn figure(reading: &Reading, cell: &Cell, is_total: bool) -> TableCell {
    let text = match cell.state {
        State::Given | State::Derived => cell.shown.clone(),
        State::Missing => reading.say(words::MISSING).to_owned(),
        State::Hidden => reading.say(words::HIDDEN_SHORT).to_owned(),
    };
    TableCell { text, state: cell.state, numeric: true, is_total, is_head: false, span: 1 }
}

fn notes(reading: &Reading, shape: &Shape) -> Vec<String> {
    let all = || reading.lines.iter().flat_map(|line| line.cells.iter().chain(&line.total));
    let has = |state: State| all().any(|cell| cell.state == state);
    let mut notes = Vec::new();
    if let Some(from) = shape.within {
        notes.push(in_parentheses(reading, from));
    }
    let mut add = |ja: &'static str, en: &'static str| notes.push(reading.say((ja, en)).to_owned());
    if has(State::Derived) {
        add("斜体は、公表された数値から計算した値です。", "Figures in italics are worked out from published ones.");
    }
    if has(State::Missing) {
        add(
            "「資料になし」は、出典に数値がないことを表します。推測では埋めません。",
            "“Not in the source” means that the source gives no figure. We do not guess it.",
        );
    }
    if has(State::Hidden) {
        add(
            "「表示しません」は、人数が少ないか、ほかの数値との差し引きで分かってしまうものです。この文書のどこにも残っていません。",
            "“Not shown” stands where there are too few people, or where others would give the figure away. It is nowhere in this document.",
        );
    }
    if all().any(|cell| cell.count.is_some()) {
        add(
            "割合は人数から計算し、小数第2位を四捨五入しています（50人未満は整数）。",
            "Percentages are computed from counts and rounded half up to one decimal (whole below 50 people).",
        );
    } else if has(State::Given) && !reading.sample && matches!(reading.unit, Unit::Percent | Unit::Points) {
        add("数値は出典のとおりで、丸め直していません。", "Figures are as published and not rounded again.");
        if shape.interval {
            add("区間は、公表された割合とnから計算した値です。", "Intervals are worked out from the published share and n.");
        }
    }
    if matches!(reading.kind, Kind::Path | Kind::Quadrant) && reading.columns.iter().any(|column| column.unit == Unit::Coefficient) {
        add(
            "関連の強さを表す数値です。原因と結果を示すものではありません。",
            "The figures say how closely things go together, not which causes which.",
        );
    }
    if let Some(mean) = &reading.mean {
        let interval = reading.interval(mean).map(|interval| format!("（{} {interval}）", reading.say(words::INTERVAL)));
        let words = format!("{} {}{}", reading.say(words::MEAN), mean.shown, interval.unwrap_or_default());
        notes.push(if reading.language == Language::English { words.replace('（', " (").replace('）', ")") } else { words });
    }
    for gap in &reading.gaps {
        let label = &reading.lines[gap.line].label;
        notes.push(match reading.language {
            Language::Japanese => format!("{label}から質問の文が変わりました：{}", gap.label),
            Language::English => format!("The question was reworded from {label} on: {}", gap.label),
        });
    }
    if shape.benchmark && !reading.marks {
        let label = &reading.benchmark_label;
        notes.push(match reading.language {
            Language::Japanese => format!("比較値は「{label}」です。別の調査のもので、同じ人にたずねた結果ではありません。"),
            Language::English => format!("Benchmark: {label}. It comes from another survey and is not about the same people."),
        });
    }
    notes
}

/// What stands in parentheses behind figures.
fn in_parentheses(reading: &Reading, from: usize) -> String {
    let told = || reading.lines.iter().flat_map(|line| line.cells.iter().skip(from).map(move |cell| (line, cell)));
    let level = told().find_map(|(_, cell)| cell.interval).map(|interval| interval.level);
    let own = told().any(|(line, cell)| cell.value.is_some() && cell.n.is_some() && cell.n != line.n);
    let interval = interval_words(reading, level);
    match (reading.language, own) {
        (Language::Japanese, true) => format!("かっこの中は、{interval}と人数（n）です。"),
        (Language::Japanese, false) => format!("かっこの中は、{interval}です。"),
        (Language::English, true) => format!("In parentheses: {interval}, and n where the row has another or none."),
        (Language::English, false) => format!("In parentheses: {interval}."),
    }
}
