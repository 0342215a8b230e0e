//! The numbers of a chart as CSV and JSON: one record a figure, states as words, nothing of what is held back.

use super::reading::{Cell, Line, Reading, exact, rounded};
use crate::content::record::{BOM, push_record};
use crate::language::Language;
use crate::survey::exhibit::Exhibit;
use crate::survey::figure::Unit;
use serde_json::{Map, Value, json};

/// The columns of the CSV.
const HEAD: [&str; 12] = ["row_id", "row", "class_id", "class", "state", "value", "shown", "count", "n", "low", "high", "level"];

/// The figures as CSV in UTF-8 with byte order mark and CRLF, as Excel reads it: one line a figure. `value` has 12
/// significant digits, `shown` is what the chart prints. Text that a spreadsheet would take for a formula begins with `'`.
#[must_use]
pub fn csv(exhibit: &Exhibit, language: Language) -> String {
    let reading = Reading::new(exhibit, language);
    let mut text = String::from(BOM);
    push_record(&mut text, HEAD);
    for line in &reading.lines {
        for (id, label, cell) in figures(&reading, line) {
            let number = |value: Option<f64>| value.map(exact).unwrap_or_default();
            let whole = |value: Option<u64>| value.map(|value| value.to_string()).unwrap_or_default();
            let interval = cell.interval;
            push_record(
                &mut text,
                [
                    line.id.clone(),
                    line.label.clone(),
                    id.to_owned(),
                    label.to_owned(),
                    cell.state.word().to_owned(),
                    number(cell.value),
                    cell.shown.clone(),
                    whole(cell.count),
                    whole(cell.n),
                    number(interval.map(|interval| interval.low)),
                    number(interval.map(|interval| interval.high)),
                    number(interval.map(|interval| interval.level)),
                ],
            );
        }
    }
    text
}

/// The exhibit as JSON, in one language: numbers with 12 significant digits, states as words. A figure that is missing or
/// hidden has its state and nothing else.
#[must_use]
pub fn json(exhibit: &Exhibit, language: Language) -> Value {
    let reading = Reading::new(exhibit, language);
    let classes: Vec<Value> = reading.columns.iter().map(|column| json!({ "id": column.id, "label": column.label })).collect();
    let rows: Vec<Value> = reading.lines.iter().map(|line| row(&reading, line)).collect();
    json!({
        "id": reading.id,
        "language": language.code(),
        "title": reading.title,
        "asked": reading.asked,
        "unit": unit(reading.unit),
        "source": reading.source,
        "sample": reading.sample,
        "classes": classes,
        "rows": rows,
    })
}

/// Every figure of a line with the id and name of its class: the classes, the sum, the benchmark.
fn figures<'a>(reading: &'a Reading, line: &'a Line) -> Vec<(&'a str, &'a str, &'a Cell)> {
    let mut figures: Vec<(&str, &str, &Cell)> =
        reading.columns.iter().zip(&line.cells).map(|(column, cell)| (column.id.as_str(), column.label.as_str(), cell)).collect();
    if let Some(total) = &line.total {
        figures.push(("total", reading.bracket.as_ref().map_or("", |(name, _, _)| name), total));
    }
    if let Some(benchmark) = &line.benchmark {
        figures.push(("benchmark", &reading.benchmark_label, benchmark));
    }
    figures
}

fn row(reading: &Reading, line: &Line) -> Value {
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
    let figures: Vec<Value> = figures(reading, line).into_iter().map(|(id, _, cell)| figure(id, cell)).collect();
    row.insert("figures".to_owned(), Value::Array(figures));
    Value::Object(row)
}

fn figure(class: &str, cell: &Cell) -> Value {
    let mut figure = Map::new();
    figure.insert("class".to_owned(), json!(class));
    figure.insert("state".to_owned(), json!(cell.state.word()));
    if let Some(value) = cell.value {
        figure.insert("value".to_owned(), number(value));
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
