//! The numbers of a chart as CSV and JSON: one record a figure, states as words, nothing of what is held back.

use super::cell::{Cell, exact, rounded};
use super::reading::{Column, Line, Reading};
use super::recommendation::net;
use super::words;
use crate::content::record::{BOM, push_record};
use crate::language::Language;
use crate::survey::exhibit::{Exhibit, Kind};
use crate::survey::figure::Unit;
use serde_json::{Map, Value, json};

/// The columns of the CSV.
const HEAD: [&str; 12] = ["row_id", "row", "class_id", "class", "state", "value", "shown", "count", "n", "low", "high", "level"];

/// The figures as CSV in UTF-8 with byte order mark and CRLF, as Excel reads it: one line a figure. `value` has 12
/// significant digits and is empty for `≥95`, `shown` is what the chart prints. Text that a spreadsheet would take for a formula begins with `'`.
#[must_use]
pub fn csv(exhibit: &Exhibit, language: Language) -> String {
    let reading = Reading::new(exhibit, language);
    let mut text = String::from(BOM);
    push_record(&mut text, HEAD);
    let mean = reading.mean.iter().map(|mean| {
        let name = reading.say(words::MEAN).to_owned();
        ("mean".to_owned(), name.clone(), "mean".to_owned(), name, mean.clone())
    });
    let rows = reading.lines.iter().enumerate().flat_map(|(index, line)| {
        let name = |(id, label, cell): Named| (line.id.clone(), line.label.clone(), id, label, cell);
        figures(&reading, index, line).into_iter().map(name).collect::<Vec<_>>()
    });
    for (row_id, row, id, label, cell) in rows.chain(mean) {
        let number = |value: Option<f64>| value.map(exact).unwrap_or_default();
        let whole = |value: Option<u64>| value.map(|value| value.to_string()).unwrap_or_default();
        let interval = cell.interval;
        push_record(
            &mut text,
            [
                row_id,
                row,
                id,
                label,
                cell.state.word().to_owned(),
                number(cell.known()),
                cell.shown.clone(),
                whole(cell.count),
                whole(cell.n),
                number(interval.map(|interval| interval.low)),
                number(interval.map(|interval| interval.high)),
                number(interval.map(|interval| interval.level)),
            ],
        );
    }
    text
}

/// The exhibit as JSON, in one language: numbers with 12 significant digits, states as words. A figure that is missing or
/// hidden has its state and nothing else.
#[must_use]
pub fn json(exhibit: &Exhibit, language: Language) -> Value {
    let reading = Reading::new(exhibit, language);
    let class = |column: &Column| json!({ "id": column.id, "label": column.label, "unit": unit(column.unit) });
    let classes: Vec<Value> = reading.columns.iter().map(class).collect();
    let rows: Vec<Value> = reading.lines.iter().enumerate().map(|(index, line)| row(&reading, index, line)).collect();
    let mut all = json!({
        "id": reading.id,
        "language": language.code(),
        "title": reading.title,
        "asked": reading.asked,
        "unit": unit(reading.unit),
        "source": reading.source,
        "sample": reading.sample,
        "classes": classes,
        "rows": rows,
    });
    if let (Some(mean), Value::Object(all)) = (&reading.mean, &mut all) {
        all.insert("mean".to_owned(), figure("mean", mean));
    }
    if let ((Some((start, width)), Value::Object(all)), true) = ((reading.bins, &mut all), reading.mean.is_some()) {
        all.insert("bins".to_owned(), json!({ "start": number(start), "width": number(width) }));
    }
    all
}

/// A figure with the id and name of its class.
type Named = (String, String, Cell);

/// Every figure of a line with the id and name of its class: the classes, the sum, the benchmark, tested differences.
fn figures(reading: &Reading, index: usize, line: &Line) -> Vec<Named> {
    let mut figures: Vec<Named> =
        reading.columns.iter().zip(&line.cells).map(|(column, cell)| (column.id.clone(), column.label.clone(), cell.clone())).collect();
    if let Some(total) = &line.total {
        figures.push(("total".to_owned(), reading.bracket.as_ref().map_or("", |(name, _, _)| name).to_owned(), total.clone()));
    }
    if let Some(benchmark) = &line.benchmark {
        figures.push(("benchmark".to_owned(), reading.benchmark_label.clone(), benchmark.clone()));
    }
    if reading.kind == Kind::Recommendation {
        figures.extend(net(reading, index).map(|net| ("net".to_owned(), reading.say(words::NET).to_owned(), net)));
        return figures;
    }
    for change in reading.changes.iter().filter(|change| change.to.row == index) {
        let class = |class: Option<usize>| class.and_then(|class| reading.columns.get(class)).map_or("total", |column| column.id.as_str());
        let (from, to) = (class(change.from.class), class(change.to.class));
        let id = match (reading.kind, reading.lines.get(change.from.row)) {
            (Kind::Dumbbell, _) if change.from.row == index => "change".to_owned(),
            (_, Some(row)) if change.from.row != index => format!("{to}_less_{from}_of_{}", row.id),
            _ => format!("{to}_less_{from}"),
        };
        figures.push((id, reading.say(words::CHANGE).to_owned(), change.cell.clone()));
    }
    figures
}

fn row(reading: &Reading, index: usize, line: &Line) -> Value {
    let mut row = Map::new();
    row.insert("id".to_owned(), json!(line.id));
    row.insert("label".to_owned(), json!(line.label));
    if let Some((from, to)) = &line.link {
        row.insert("from".to_owned(), json!(from));
        row.insert("to".to_owned(), json!(to));
    }
    if let Some(n) = line.n {
        row.insert("n".to_owned(), json!(n));
    }
    let figures: Vec<Value> = figures(reading, index, line).into_iter().map(|(id, _, cell)| figure(&id, &cell)).collect();
    row.insert("figures".to_owned(), Value::Array(figures));
    Value::Object(row)
}

fn figure(class: &str, cell: &Cell) -> Value {
    let mut figure = Map::new();
    figure.insert("class".to_owned(), json!(class));
    figure.insert("state".to_owned(), json!(cell.state.word()));
    if let Some(value) = cell.known() {
        figure.insert("value".to_owned(), number(value));
    }
    if cell.value.is_some() {
        figure.insert("shown".to_owned(), json!(cell.shown));
    }
    if let Some(count) = cell.count {
        figure.insert("count".to_owned(), json!(count));
    }
    if let Some(n) = cell.n {
        figure.insert("n".to_owned(), json!(n));
    }
    if let Some(interval) = cell.interval {
        let interval = json!({ "low": number(interval.low), "high": number(interval.high), "level": number(interval.level) });
        figure.insert("interval".to_owned(), interval);
    }
    if let Some(p) = cell.p {
        figure.insert("p".to_owned(), number(p));
    }
    Value::Object(figure)
}

/// A number that reads back as [`exact`] writes it: whole ones without a point.
fn number(value: f64) -> Value {
    let value = rounded(value);
    if value.fract() == 0.0 && value.abs() < 9.0e15 {
        // Whole and small enough to be exact.
        return json!(value as i64);
    }
    json!(value)
}

fn unit(unit: Unit) -> &'static str {
    match unit {
        Unit::Percent => "percent",
        Unit::Points => "points",
        Unit::Count => "count",
        Unit::Score => "score",
        Unit::Coefficient => "coefficient",
        Unit::Ratio => "ratio",
    }
}
