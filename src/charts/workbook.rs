//! An exhibit as a sheet of a workbook: title, table with n and intervals, notes, and a native chart where a spreadsheet can draw it.
//! Cells of what is held back are empty, and look like those of what is missing.

use super::cell::{CLASS, Cell, rounded};
use super::finding::finding;
use super::palette::fill_of;
use super::reading::{Line, Reading};
use super::table::table;
use super::words;
use crate::content::spreadsheet_charts::{ChartOut, Drawn, FigureSheet, Held, SeriesOut, Strip};
use crate::language::Language;
use crate::survey::exhibit::{Exhibit, Kind};
use crate::survey::figure::{State, Unit};

/// The row of heads.
const HEAD: u32 = 5;

/// A sheet called `name`.
#[must_use]
pub fn figure_sheet(exhibit: &Exhibit, language: Language, name: &str) -> FigureSheet {
    let reading = Reading::new(exhibit, language);
    let sizes = reading.lines.iter().any(|line| line.n.is_some());
    let total = reading.lines.iter().any(|line| line.total.is_some());
    let interval = reading.lines.iter().any(|line| carrier(line).is_some_and(|cell| cell.interval.is_some()));
    let benchmark = reading.lines.iter().any(|line| line.benchmark.is_some());
    // A line would run on where the wording was changed
    let broken = exhibit.kind == Kind::Waves && !exhibit.details.breaks.is_empty();
    let text = |text: &str| if text.is_empty() { Held::Empty } else { Held::Text(text.to_owned()) };
    let source = if reading.source.is_empty() { String::new() } else { format!("{}{}", reading.say(words::SOURCE), reading.source) };
    let sample = if reading.sample { reading.say(words::SAMPLE) } else { "" };
    let mut rows =
        vec![vec![Held::Title(reading.title.clone())], vec![text(&reading.asked)], vec![text(&source)], vec![text(sample)], Vec::new()];
    let mut head = vec![reading.row_head.clone()];
    if sizes {
        head.push("n".to_owned());
    }
    head.extend(reading.columns.iter().map(|column| column.label.clone()));
    if total {
        head.push(reading.bracket.as_ref().map_or_else(|| reading.say(words::TOTAL).to_owned(), |(name, _, _)| name.clone()));
    }
    if interval {
        let name = reading.say(words::INTERVAL);
        head.extend([format!("{name} {}", reading.say(("下", "low"))), format!("{name} {}", reading.say(("上", "high")))]);
    }
    if benchmark {
        head.push(reading.benchmark_label.clone());
    }
    let whiskers = if broken { Vec::new() } else { whiskers(&reading) };
    for index in &whiskers {
        let name = reading.columns.get(*index).map(|column| column.label.as_str()).unwrap_or_default();
        let ends = [("区間の上まで", "up to its end"), ("区間の下まで", "down to its end")];
        head.extend(ends.map(|words| format!("{name}{}{}", reading.say(("：", ": ")), reading.say(words))));
    }
    rows.push(head.into_iter().map(Held::Head).collect());
    for line in &reading.lines {
        let mut row = vec![Held::Head(line.label.clone())];
        if sizes {
            row.push(line.n.map_or(Held::Empty, |n| Held::Number(n as f64, "#,##0".to_owned(), false)));
        }
        row.extend(line.cells.iter().map(held));
        if total {
            row.push(line.total.as_ref().map_or(Held::Empty, held));
        }
        if interval {
            let found = carrier(line).and_then(|cell| Some((cell, cell.interval?)));
            let ends = found
                .map(|(cell, interval)| [interval.low, interval.high].map(|end| Held::Number(rounded(end), shown(&cell.shown), false)));
            row.extend(ends.unwrap_or([Held::Empty, Held::Empty]));
        }
        if benchmark {
            row.push(line.benchmark.as_ref().map_or(Held::Empty, held));
        }
        for index in &whiskers {
            let number = |reach: f64| Held::Number(reach, "0.00".to_owned(), true);
            row.extend(reach(line, *index).map_or([Held::Empty, Held::Empty], |reach| reach.map(number)));
        }
        rows.push(row);
    }
    rows.push(Vec::new());
    let gaps = reading.lines.iter().any(|line| line.hidden || line.cells.iter().any(|cell| cell.value.is_none()));
    let empty = gaps.then(|| {
        let words = (
            "空いているセルは、表示しない数値か、資料にない数値です。",
            "Empty cells stand for figures that are not shown or not in the source.",
        );
        reading.say(words).to_owned()
    });
    let told = Some(finding(&reading)).filter(|told| !told.is_empty());
    let notes = exhibit.notes.iter().map(|note| {
        let (lead, rest) = (note.lead.in_language(language), note.text.in_language(language));
        format!("{lead}{}{rest}", reading.say(("：", ": ")))
    });
    // What the table of a page says of italics and of words for gaps holds here too, but for those words
    let of_table = table(&reading).notes.into_iter().filter(|note| !note.starts_with(['「', '“']));
    rows.extend(told.into_iter().chain(empty).chain(of_table).chain(notes).map(|note| vec![Held::Text(note)]));
    let before = 1 + usize::from(sizes) + reading.columns.len() + usize::from(total) + 2 * usize::from(interval) + usize::from(benchmark);
    let chart = chart(&reading, 1 + usize::from(sizes), before, &whiskers).filter(|_| !broken);
    FigureSheet { name: name.to_owned(), rows, head: Some(HEAD), chart }
}

/// The figure whose interval has columns: the sum where there is one, else the first class.
fn carrier(line: &Line) -> Option<&Cell> {
    line.total.as_ref().or_else(|| line.cells.first())
}

/// The columns whose intervals a native chart draws: those of bars side by side and of lines.
fn whiskers(reading: &Reading) -> Vec<usize> {
    let drawn = match reading.kind {
        Kind::Bar | Kind::Strip | Kind::Differences => 1,
        Kind::GroupedBar | Kind::Dumbbell | Kind::Waves => reading.columns.len(),
        _ => 0,
    };
    (0..drawn).filter(|index| reading.lines.iter().any(|line| reach(line, *index).is_some())).collect()
}

/// How far the interval of a number reaches above and below it; none of a bound, and none of what is not shown.
fn reach(line: &Line, index: usize) -> Option<[f64; 2]> {
    let cell = line.cells.get(index).filter(|_| !line.hidden)?;
    let (value, interval) = (cell.known()?, cell.interval?);
    Some([rounded((interval.high - value).max(0.0)), rounded((value - interval.low).max(0.0))])
}

fn held(cell: &Cell) -> Held {
    let bound = cell.shown.strip_prefix(CLASS).and_then(|rest| rest.parse().ok());
    match (cell.value, bound) {
        (Some(_), Some(bound)) => Held::Number(bound, shown(&cell.shown), false),
        (Some(value), None) => Held::Number(rounded(value), shown(&cell.shown), cell.state == State::Derived),
        (None, _) => Held::Empty,
    }
}

/// How a spreadsheet shows a number as we print it: so many decimals, `≥` before a bound, `≈` before what is about so much.
fn shown(printed: &str) -> String {
    let decimals = printed.split_once('.').map_or(0, |(_, after)| after.len());
    let point = if decimals > 0 { format!(".{}", "0".repeat(decimals)) } else { String::new() };
    let whole = if printed.contains(',') { "#,##0" } else { "0" };
    match printed.chars().next() {
        Some(mark) if CLASS.contains(&mark) => format!("\"{mark}\"{whole}{point}"),
        Some('+') => format!("+{whole}{point};-{whole}{point};{whole}{point}"),
        _ => format!("{whole}{point}"),
    }
}

/// The native chart; `None` where a spreadsheet has none that would say the same.
fn chart(reading: &Reading, first: usize, before: usize, whiskers: &[usize]) -> Option<ChartOut> {
    let last = u32::try_from(reading.lines.len()).ok().filter(|rows| *rows > 0)? + HEAD;
    let some = reading.lines.iter().any(|line| line.cells.iter().any(|cell| cell.value.is_some()));
    let single = reading.lines.len() == 1 && reading.columns.len() > 1;
    let drawn = match reading.kind {
        _ if !some => return None,
        // A table of colours and arrows between names have no chart of their own there
        Kind::Path | Kind::Heatmap => return None,
        Kind::Donut if single => Drawn::Donut,
        Kind::Donut | Kind::StackedBar | Kind::Diverging | Kind::Recommendation => Drawn::Stacked,
        Kind::Waves => Drawn::Lines,
        Kind::Radar => Drawn::Radar,
        Kind::Histogram | Kind::Dots => Drawn::Columns,
        Kind::Scatter | Kind::Quadrant | Kind::LifeLine
            if reading.columns.len() > 1 && reading.lines.iter().any(|line| known(line, 0) && known(line, 1)) =>
        {
            Drawn::Dots
        }
        _ => Drawn::Bars,
    };
    let place = |column: usize| u16::try_from(column).ok();
    let strip = |column: usize| Some(Strip { first: (HEAD + 1, place(column)?), last: (last, place(column)?) });
    let labels = strip(0)?;
    let colour = |index: usize| {
        let token = reading.columns.get(index).and_then(|column| fill_of(column.tone, reading.steps));
        token.and_then(|token| u32::from_str_radix(token.light().trim_start_matches('#'), 16).ok()).unwrap_or(0x00EF_E8D9)
    };
    let format = |index: usize| {
        let cells = reading.lines.iter().filter_map(|line| line.cells.get(index));
        cells
            .filter(|cell| cell.value.is_some())
            .map(|cell| shown(&cell.shown))
            .find(|shown| !shown.contains('"'))
            .unwrap_or_else(|| "0".to_owned())
    };
    let column = |index: usize| Some((index, strip(first + index)?));
    // Pairs of columns behind all others
    let reach_of = |index: usize| {
        let at = before + 2 * whiskers.iter().position(|known| *known == index)?;
        strip(at).zip(strip(at + 1))
    };
    let series: Vec<SeriesOut> = match drawn {
        Drawn::Dots => {
            let (x, y) = (strip(first)?, strip(first + 1)?);
            vec![SeriesOut {
                name: reading.columns.get(1)?.label.clone(),
                values: y,
                categories: x,
                colours: vec![colour(0)],
                shown: format(1),
                whiskers: None,
            }]
        }
        Drawn::Donut => {
            let end = place(first + reading.columns.len() - 1)?;
            let along = |row: u32| Some(Strip { first: (row, place(first)?), last: (row, end) });
            let name = reading.lines.first()?.label.clone();
            let colours = (0..reading.columns.len()).map(colour).collect();
            vec![SeriesOut { name, values: along(HEAD + 1)?, categories: along(HEAD)?, colours, shown: format(0), whiskers: None }]
        }
        _ => {
            let shown = if matches!(reading.kind, Kind::Bar | Kind::Strip | Kind::Differences) { 1 } else { reading.columns.len() };
            let all = (0..shown).filter_map(column).filter(|(index, _)| reading.lines.iter().any(|line| known(line, *index)));
            all.map(|(index, values)| SeriesOut {
                name: reading.columns.get(index).map(|column| column.label.clone()).unwrap_or_default(),
                values,
                categories: labels,
                colours: vec![colour(index)],
                shown: format(index),
                whiskers: reach_of(index),
            })
            .collect()
        }
    };
    let range = match (drawn, reading.unit) {
        (Drawn::Stacked, Unit::Percent) => Some((0.0, 100.0)),
        (Drawn::Bars, _) => reading.range,
        _ => None,
    };
    let at = (HEAD, u16::try_from(before + 2 * whiskers.len() + 1).ok()?);
    // A spreadsheet takes so many characters and no more
    let alt =
        Some(finding(reading)).filter(|told| told.chars().count() <= 255).unwrap_or_else(|| reading.title.chars().take(255).collect());
    Some(ChartOut { drawn, title: reading.title.clone(), alt, at, series, range, rows: reading.lines.len() })
}

fn known(line: &Line, index: usize) -> bool {
    line.cells.get(index).is_some_and(|cell| cell.value.is_some())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_shown_as_they_are_printed() {
        for (printed, format) in [
            ("20.0", "0.0"),
            ("42", "0"),
            ("10,000", "#,##0"),
            ("≥95", "\"≥\"0"),
            ("≈3.0", "\"≈\"0.0"),
            ("+1.5", "+0.0;-0.0;0.0"),
            ("−0.012", "0.000"),
        ] {
            assert_eq!(shown(printed), format);
        }
    }
}
