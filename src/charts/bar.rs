//! Bars with intervals: one row, one number, a whisker for its interval, a tick for the benchmark. Bars begin at zero; a
//! scale that does not has dots instead.

use super::axis::{Axis, extent};
use super::canvas::{Canvas, Type};
use super::cell::Cell;
use super::frame::{Labels, cell_data, hatched, hidden_bar, hover, is_narrow, label_above, note, nothing, row_data};
use super::palette::Token;
use super::reading::{Line, Reading};
use super::scene::{Anchor, Paint, Scene};
use super::words;

const BAR: f64 = 22.0;
const TICK: f64 = 30.0;

/// Draws the bars.
#[must_use]
pub(super) fn draw(reading: &Reading, width: f64) -> Scene {
    if reading.lines.is_empty() || reading.columns.is_empty() {
        return nothing(reading, width);
    }
    let narrow = is_narrow(width);
    let sizes = reading.lines.iter().any(|line| line.n.is_some());
    let labels = Labels::beside(reading, sizes);
    let shown = || reading.lines.iter().filter(|line| !line.hidden).flat_map(|line| line.cells.first().into_iter().chain(&line.benchmark));
    let value_room = reading.lines.iter().map(|line| value_width(reading, line)).fold(0.0, f64::max) + 12.0;
    let left = if narrow { 0.5 } else { labels.end };
    let axis = Axis::new(reading, &extent(shown()), false, if narrow { 4 } else { 5 }).between(left, width - value_room);
    let canvas = Canvas::new(width);
    // Grid lines lie behind everything, so the height is found first.
    let heights: Vec<f64> =
        (0..reading.lines.len()).map(|index| if narrow { TICK } else { labels.height(index).max(TICK) + 14.0 }).collect();
    let above: Vec<f64> = if narrow {
        // Measured on a sheet that is thrown away.
        let trial = Canvas::new(width);
        reading.lines.iter().map(|line| label_above(&trial, reading, line, 0.0, sizes) + 4.0).collect()
    } else {
        vec![0.0; heights.len()]
    };
    let gap = if narrow { 12.0 } else { 0.0 };
    let bottom: f64 = heights.iter().zip(&above).map(|(height, above)| height + above + gap).sum();
    axis.draw_across(&canvas, reading, 0.0, bottom);
    let mut y = 0.0;
    for (index, line) in reading.lines.iter().enumerate() {
        canvas.open(row_data(line), None);
        if narrow {
            // Paper under the label, so that no grid line runs through it.
            canvas.rect(0.0, y, width, above[index], Paint::Token(Token::Paper));
            label_above(&canvas, reading, line, y, sizes);
        } else {
            labels.draw(&canvas, reading, index, y + heights[index] / 2.0);
        }
        let middle = y + above[index] + heights[index] / 2.0;
        row(&canvas, reading, line, &axis, middle);
        if narrow {
            // Labels stand over the bars here, where a zero line would run through them.
            axis.draw_zero(&canvas, middle - TICK / 2.0, middle + TICK / 2.0);
        }
        canvas.close();
        y += above[index] + heights[index] + gap;
    }
    if !narrow {
        axis.draw_zero(&canvas, 0.0, bottom);
    }
    let mut end = bottom + 22.0;
    let legend = key(reading);
    if !legend.is_empty() {
        end += note(&canvas, &legend, left, end + 4.0) + 6.0;
    }
    canvas.finish(end)
}

/// What whiskers and ticks are, in a line.
fn key(reading: &Reading) -> String {
    let mut parts = Vec::new();
    if reading.lines.iter().any(|line| line.cells.first().is_some_and(|cell| cell.interval.is_some())) {
        parts.push(reading.say(words::WHISKERS).to_owned());
    }
    if reading.lines.iter().any(|line| line.benchmark.as_ref().is_some_and(|cell| cell.value.is_some())) {
        parts.push(words::upright_mark(reading.language, &reading.benchmark_label));
    }
    parts.join(reading.say(("。", ". ")))
}

fn value_words(reading: &Reading, line: &Line) -> (String, String) {
    let Some(cell) = line.cells.first().filter(|cell| cell.value.is_some()) else { return (String::new(), String::new()) };
    let interval = reading.interval(cell).unwrap_or_default();
    (reading.drawn(line, cell), interval)
}

const VALUE: Type = Type::new(15.0).bold().at(Anchor::End);
const INTERVAL: Type = Type::new(12.0).token(Token::Ink3).at(Anchor::End);

fn value_width(reading: &Reading, line: &Line) -> f64 {
    let (value, interval) = value_words(reading, line);
    VALUE.width(&value).max(INTERVAL.width(&interval))
}

fn row(canvas: &Canvas, reading: &Reading, line: &Line, axis: &Axis, middle: f64) {
    let (left, right) = (axis.start, axis.end);
    if line.hidden {
        hidden_bar(canvas, reading, left, middle - BAR / 2.0, right - left, BAR);
        return;
    }
    let Some((cell, column)) = line.cells.first().zip(reading.columns.first()) else { return };
    canvas.open(cell_data(&column.id, cell), Some(hover(reading, line, &column.label, cell)));
    match cell.value {
        None if cell.state == crate::survey::figure::State::Hidden => {
            hidden_bar(canvas, reading, left, middle - BAR / 2.0, right - left, BAR)
        }
        None => hatched(canvas, (left, middle - BAR / 2.0, right - left, BAR), &[reading.say(words::MISSING)]),
        Some(value) => {
            if axis.low <= 0.0 && axis.high >= 0.0 {
                let (zero, end) = (axis.at(0.0), axis.at(value));
                let fill = if value < 0.0 { Token::K3 } else { Token::D3 };
                canvas.rect(zero.min(end), middle - BAR / 2.0, (end - zero).abs(), BAR, Paint::Token(fill));
            } else {
                canvas.line(&[(left, middle), (right, middle)], Token::Rule, 1.0);
            }
            whisker(canvas, cell, axis, middle);
            if !(axis.low <= 0.0 && axis.high >= 0.0) {
                canvas.dot(axis.at(value), middle, 7.5, Token::Paper);
                canvas.dot(axis.at(value), middle, 6.0, if line.marked { Token::Kaki } else { Token::D5 });
            }
            let (words, interval) = value_words(reading, line);
            if interval.is_empty() {
                canvas.text(&words, canvas.width, middle, VALUE);
            } else {
                canvas.text(&words, canvas.width, middle - 7.0, VALUE);
                canvas.text(&interval, canvas.width, middle + 9.0, INTERVAL);
            }
        }
    }
    canvas.close();
    if let Some((benchmark, value)) = line.benchmark.as_ref().and_then(|benchmark| benchmark.value.map(|value| (benchmark, value))) {
        canvas.open(cell_data("benchmark", benchmark), Some(hover(reading, line, &reading.benchmark_label, benchmark)));
        let x = axis.at(value);
        canvas.line(&[(x, middle - TICK / 2.0), (x, middle + TICK / 2.0)], Token::Kaki, 2.5);
        canvas.close();
    }
}

/// The whisker of an interval, with feet.
pub(super) fn whisker(canvas: &Canvas, cell: &Cell, axis: &Axis, middle: f64) {
    if let Some(interval) = cell.interval {
        let (low, high) = (axis.at(interval.low), axis.at(interval.high));
        canvas.line(&[(low, middle), (high, middle)], Token::Ink, 1.5);
        for x in [low, high] {
            canvas.line(&[(x, middle - 5.0), (x, middle + 5.0)], Token::Ink, 1.5);
        }
    }
}
