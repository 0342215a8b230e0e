//! The dumbbell: from a hollow point before to a filled point after, with the change and its interval at the edge. A change that
//! cannot be told from chance is joined by a dashed line.

use super::axis::{Axis, extent};
use super::canvas::{Canvas, Type};
use super::cell::Cell;
use super::frame::{Labels, cell_data, hatched, hidden_bar, hover, is_narrow, label_above, note, nothing, row_data};
use super::palette::Token;
use super::reading::{Line, Reading};
use super::scene::{Anchor, Paint, Scene};
use super::verdict::{Verdict, of_difference};
use super::words;
use crate::survey::figure::State;

const VALUE: Type = Type::new(14.0);
const CHANGE: Type = Type::new(17.0).bold().at(Anchor::End);
const SMALL: Type = Type::new(12.0).token(Token::Ink2).at(Anchor::End);
const PITCH: f64 = 40.0;
const DOT: f64 = 6.0;

/// Draws the rows.
#[must_use]
pub(super) fn draw(reading: &Reading, width: f64) -> Scene {
    if reading.lines.is_empty() || reading.columns.len() < 2 {
        return nothing(reading, width);
    }
    let narrow = is_narrow(width);
    let sizes = reading.lines.iter().any(|line| line.n.is_some());
    let labels = Labels::beside(reading, sizes);
    let shown = || reading.lines.iter().filter(|line| !line.hidden).flat_map(|line| line.cells.iter().take(2));
    let values = shown().filter(|cell| cell.value.is_some()).map(|cell| VALUE.bold().width(&cell.shown)).fold(0.0, f64::max) + 14.0;
    let edge = (0..reading.lines.len()).map(|index| edge_width(reading, index, narrow)).fold(0.0, f64::max);
    let edge = if edge > 0.0 { edge + 12.0 } else { 0.0 };
    let left = if narrow { 0.5 } else { labels.end };
    let axis = Axis::fitted(reading, 0, &extent(shown()), if narrow { 4 } else { 5 })
        .between(left + values + DOT, (width - edge - values - DOT).max(left + values + DOT + 20.0));
    let trial = Canvas::new(width);
    let above: Vec<f64> =
        reading.lines.iter().map(|line| if narrow { label_above(&trial, reading, line, 0.0, sizes) + 2.0 } else { 0.0 }).collect();
    let heights: Vec<f64> =
        (0..reading.lines.len()).map(|index| if narrow { PITCH + 8.0 } else { labels.height(index).max(PITCH) + 8.0 }).collect();
    let gap = if narrow { 8.0 } else { 0.0 };
    let bottom: f64 = heights.iter().zip(&above).map(|(height, above)| height + above + gap).sum();
    let canvas = Canvas::new(width);
    axis.draw_across(&canvas, reading, 0.0, bottom);
    let mut y = 0.0;
    for (index, line) in reading.lines.iter().enumerate() {
        canvas.open(row_data(line), None);
        if narrow {
            canvas.rect(0.0, y, width, above[index], Paint::Token(Token::Paper));
            label_above(&canvas, reading, line, y, sizes);
        } else {
            labels.draw(&canvas, reading, index, y + heights[index] / 2.0);
        }
        row(&canvas, reading, index, &axis, y + above[index] + heights[index] / 2.0, (left, width - edge));
        canvas.close();
        y += above[index] + heights[index] + gap;
    }
    let end = bottom + 24.0;
    let height = note(&canvas, &key(reading), if narrow { 0.0 } else { left }, end + 2.0);
    canvas.finish(end + height + 6.0)
}

/// The change of a line and its interval, in words.
fn change_words(reading: &Reading, index: usize) -> Option<(String, String)> {
    let change = reading.change_in(index, 0, 1)?;
    Some((reading.drawn(&reading.lines[index], change), reading.interval(change).unwrap_or_default()))
}

/// On phones intervals stand under the marks and need no room beside them.
fn edge_width(reading: &Reading, index: usize, narrow: bool) -> f64 {
    let small = |interval: &str| if narrow { 0.0 } else { SMALL.width(interval) };
    change_words(reading, index).map_or(0.0, |(change, interval)| CHANGE.width(&change).max(small(&interval)))
}

fn key(reading: &Reading) -> String {
    let (before, after) = (&reading.columns[0].label, &reading.columns[1].label);
    let japanese = reading.language == crate::language::Language::Japanese;
    let mut parts = vec![if japanese {
        format!("白丸が「{before}」、塗りの丸が「{after}」")
    } else {
        format!("Hollow: {before}. Filled: {after}")
    }];
    let changes = || (0..reading.lines.len()).filter_map(|index| reading.change_in(index, 0, 1));
    if changes().any(|change| change.interval.is_some()) {
        parts.push(reading.say(("右端は変化と95%区間", "At the right edge: the change and its 95% interval")).to_owned());
    } else if changes().next().is_some() {
        parts.push(reading.say(("右端は変化", "At the right edge: the change")).to_owned());
    }
    if changes().any(|change| of_difference(change) == Verdict::Open) {
        parts.push(
            reading.say(("灰色の破線は、差があるとは言えないもの", "Grey and dashed: not distinguishable from no change")).to_owned(),
        );
    }
    parts.join(reading.say(("。", ". ")))
}

fn row(canvas: &Canvas, reading: &Reading, index: usize, axis: &Axis, middle: f64, (left, right): (f64, f64)) {
    let line = &reading.lines[index];
    if line.hidden {
        hidden_bar(canvas, reading, left, middle - 11.0, canvas.width - left, 22.0);
        return;
    }
    let (before, after) = (&line.cells[0], &line.cells[1]);
    let change = reading.change_in(index, 0, 1);
    match (before.value, after.value) {
        (Some(from), Some(to)) => {
            let (x, end) = (axis.at(from), axis.at(to));
            let less = to < from;
            let open = change.is_some_and(|change| of_difference(change) == Verdict::Open);
            let token = match (open, less) {
                (true, _) => Token::Edge,
                (false, true) => Token::Kaki,
                (false, false) => Token::Ai,
            };
            if open {
                canvas.dashed(&[(x, middle), (end, middle)], token, 2.0, (5.0, 4.0));
            } else {
                canvas.line(&[(x, middle), (end, middle)], token, 3.0);
            }
            point(canvas, reading, line, 0, (x, middle, token));
            point(canvas, reading, line, 1, (end, middle, token));
            let beside = |cell: &Cell, at: f64, outer: bool, bold: bool| {
                let set = VALUE.bold_if(bold);
                let (at, anchor) = if outer { (at + DOT + 6.0, Anchor::Start) } else { (at - DOT - 6.0, Anchor::End) };
                canvas.text(&reading.drawn(line, cell), at, middle, set.at(anchor));
            };
            beside(before, x, less, false);
            beside(after, end, !less, true);
        }
        (None, None) => {
            let hidden = before.state == State::Hidden || after.state == State::Hidden;
            let words = if hidden { words::HIDDEN_SHORT } else { words::MISSING };
            hatched(canvas, (left, middle - 11.0, right - left, 22.0), &[reading.say(words)]);
        }
        (from, to) => {
            let (class, value) = if let Some(value) = from { (0, value) } else { (1, to.unwrap_or(0.0)) };
            let (x, other) = (axis.at(value), &line.cells[1 - class]);
            point(canvas, reading, line, class, (x, middle, Token::Ai));
            canvas.text(&reading.drawn(line, &line.cells[class]), x - DOT - 6.0, middle, VALUE.at(Anchor::End));
            let words = if other.state == State::Hidden { words::HIDDEN_SHORT } else { words::MISSING };
            let said = format!("{} {}", reading.columns[1 - class].label, reading.say(words));
            let fitted = super::lines::fit(&said, right - x - DOT - 8.0, 2, 12.0, false);
            if fitted.lines.len() <= 2 {
                canvas.lines(
                    &fitted.lines,
                    x + DOT + 6.0,
                    middle - 8.0 * (fitted.lines.len() - 1) as f64,
                    16.0,
                    Type::new(12.0).token(Token::Ink2),
                );
            }
        }
    }
    let (Some(change), Some((words, interval))) = (change, change_words(reading, index)) else { return };
    let open = of_difference(change) == Verdict::Open;
    let token = match change.value {
        _ if open => Token::Ink2,
        Some(value) if value < 0.0 => Token::Kaki,
        _ => Token::Ink,
    };
    canvas.open(cell_data("change", change), Some(hover(reading, line, reading.say(words::CHANGE), change)));
    let narrow = is_narrow(canvas.width);
    canvas.text(
        &words,
        canvas.width,
        if narrow || interval.is_empty() { middle } else { middle - 8.0 },
        CHANGE.bold_if(!open).token(token),
    );
    canvas.text(&interval, canvas.width, middle + if narrow { 17.0 } else { 10.0 }, SMALL);
    canvas.close();
}

fn point(canvas: &Canvas, reading: &Reading, line: &Line, class: usize, (x, y, token): (f64, f64, Token)) {
    let (cell, column) = (&line.cells[class], &reading.columns[class]);
    canvas.open(cell_data(&column.id, cell), Some(hover(reading, line, &column.label, cell)));
    if class == 0 {
        canvas.ring(x, y, DOT - 1.0, token, 2.0);
    } else {
        canvas.dot(x, y, DOT, token);
    }
    canvas.close();
}
