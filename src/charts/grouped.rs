//! Grouped bars: a few bars a row, one for each class. Upright columns where there is room for them and every number is
//! there, lying bars otherwise. They always begin at zero.

use super::axis::{Axis, extent};
use super::bar::whisker;
use super::canvas::{Canvas, Type};
use super::frame::{Labels, cell_data, hatched, hidden_bar, hover, is_narrow, label_above, nothing, row_data};
use super::lines::{fit, widest_word};
use super::palette::{Token, fill_of};
use super::reading::{Line, Reading};
use super::scene::{Anchor, Paint, Scene};
use super::words;
use crate::survey::figure::State;

/// Draws the bars.
#[must_use]
pub(super) fn draw(reading: &Reading, width: f64) -> Scene {
    if reading.lines.is_empty() || reading.columns.is_empty() {
        return nothing(reading, width);
    }
    columns(reading, width).unwrap_or_else(|| lying(reading, width))
}

const ABOVE: Type = Type::new(14.0).at(Anchor::Middle);

/// Upright columns, or `None` where they would be too narrow or something cannot be drawn.
fn columns(reading: &Reading, width: f64) -> Option<Scene> {
    let narrow = is_narrow(width);
    let cells = || reading.lines.iter().flat_map(|line| &line.cells);
    if cells().any(|cell| cell.value.is_none()) {
        return None;
    }
    let (rows, classes) = (reading.lines.len() as f64, reading.columns.len() as f64);
    let group = width / rows;
    let slot = ((group - if narrow { 12.0 } else { 32.0 }) / classes).min(64.0);
    let widest = reading
        .lines
        .iter()
        .flat_map(|line| line.cells.iter().map(|cell| ABOVE.bold().width(&reading.drawn(line, cell))))
        .fold(0.0, f64::max);
    if slot < widest + 2.0 || slot < 22.0 || reading.lines.iter().any(|line| widest_word(&line.label, 14.0, false) > group - 8.0) {
        return None;
    }
    let labels: Vec<_> = reading.lines.iter().map(|line| fit(&line.label, group - 8.0, 3, 15.0, line.marked)).collect();
    if labels.iter().any(|label| label.lines.len() > 3) {
        return None;
    }
    let canvas = Canvas::new(width);
    let (top, bottom) = (26.0, if narrow { 206.0 } else { 256.0 });
    let axis = Axis::new(reading, &extent(cells()), true, 5).snug(&extent(cells())).between(bottom, top);
    let zero = axis.at(axis.low.max(0.0));
    let mut x = 0.0;
    for (index, (line, label)) in reading.lines.iter().zip(&labels).enumerate() {
        canvas.open(row_data(line), None);
        let middle = x + group / 2.0;
        let mut left = middle - slot * classes / 2.0;
        for (class, (cell, column)) in line.cells.iter().zip(&reading.columns).enumerate() {
            let Some(value) = cell.value else { continue };
            canvas.open(cell_data(&column.id, cell), Some(hover(reading, line, &column.label, cell)));
            let (head, foot) = (axis.at(value).min(zero), axis.at(value).max(zero));
            let (inner, wide) = (left + 1.5, slot - 3.0);
            let fill = fill_of(column.tone, reading.steps);
            canvas.rect(inner, head, wide, foot - head, fill.map_or(Paint::Hatch, Paint::Token));
            canvas.outline(inner, head, wide, foot - head, Token::Edge, 1.0);
            let mut above = head;
            let mut below = foot;
            if let Some(interval) = cell.interval {
                let (high, low) = (axis.at(interval.high), axis.at(interval.low));
                let centre = inner + wide / 2.0;
                canvas.line(&[(centre, high), (centre, low)], Token::Ink, 1.5);
                for y in [high, low] {
                    canvas.line(&[(centre - 5.0, y), (centre + 5.0, y)], Token::Ink, 1.5);
                }
                above = above.min(high);
                below = below.max(low);
            }
            let last = class + 1 == reading.columns.len();
            let y = if value < 0.0 { below + 11.0 } else { above - 11.0 };
            canvas.text(&reading.drawn(line, cell), inner + wide / 2.0, y, ABOVE.bold_if(last));
            // The first group says which column is which.
            let name = Type::new(13.0).at(Anchor::Middle);
            let all_fit = reading.columns.iter().all(|column| name.width(&column.label) + 4.0 <= wide);
            if let (0, Some(fill), None) = (index, fill, cell.interval)
                && all_fit
                && foot - head > 30.0
            {
                canvas.text(&column.label, inner + wide / 2.0, foot - 13.0, name.paint(Paint::On(fill)));
            }
            canvas.close();
            left += slot;
        }
        let set = Type::new(label.size).bold_if(line.marked).at(Anchor::Middle);
        let under = if axis.low < 0.0 { bottom + 30.0 } else { bottom + 18.0 };
        canvas.lines(&label.lines, middle, under, 20.0, set);
        canvas.close();
        x += group;
    }
    canvas.line(&[(0.0, zero), (width, zero)], Token::Ink, 1.5);
    let deepest = labels.iter().map(|label| label.lines.len() as f64).fold(1.0, f64::max);
    Some(canvas.finish(bottom + if axis.low < 0.0 { 30.0 } else { 18.0 } + deepest * 20.0))
}

const BAR: f64 = 20.0;
const PITCH: f64 = 23.0;
const VALUE: Type = Type::new(14.0).at(Anchor::End);

/// Lying bars, one under the other.
pub(super) fn lying(reading: &Reading, width: f64) -> Scene {
    let narrow = is_narrow(width);
    let sizes = reading.lines.iter().any(|line| line.n.is_some());
    let labels = Labels::beside(reading, sizes);
    let words = |line: &Line| {
        line.cells.iter().filter(|cell| cell.value.is_some()).map(|cell| VALUE.bold().width(&reading.drawn(line, cell))).fold(0.0, f64::max)
    };
    let value_room = reading.lines.iter().map(words).fold(0.0, f64::max) + 12.0;
    let left = if narrow { 0.5 } else { labels.end };
    let cells = reading.lines.iter().filter(|line| !line.hidden).flat_map(|line| &line.cells);
    let axis = Axis::new(reading, &extent(cells), false, if narrow { 4 } else { 5 }).between(left, width - value_room);
    let block = PITCH * reading.columns.len() as f64;
    let trial = Canvas::new(width);
    let above: Vec<f64> =
        reading.lines.iter().map(|line| if narrow { label_above(&trial, reading, line, 0.0, sizes) + 4.0 } else { 0.0 }).collect();
    let heights: Vec<f64> = (0..reading.lines.len())
        .map(|index| {
            let block = if reading.lines[index].hidden { BAR } else { block };
            if narrow { block } else { block.max(labels.height(index)) }
        })
        .collect();
    let gap = 18.0;
    let bottom: f64 = heights.iter().zip(&above).map(|(height, above)| height + above + gap).sum();
    let canvas = Canvas::new(width);
    axis.draw_across(&canvas, reading, 0.0, bottom);
    let mut y = gap / 2.0;
    for (index, line) in reading.lines.iter().enumerate() {
        canvas.open(row_data(line), None);
        if narrow {
            canvas.rect(0.0, y, width, above[index], Paint::Token(Token::Paper));
            label_above(&canvas, reading, line, y, sizes);
        } else {
            labels.draw(&canvas, reading, index, y + heights[index] / 2.0);
        }
        let own = if line.hidden { BAR } else { block };
        let top = y + above[index] + (heights[index] - own) / 2.0;
        bars(&canvas, reading, line, &axis, top);
        if narrow {
            // Labels stand over the bars here, where a zero line would run through them.
            axis.draw_zero(&canvas, top, top + own);
        }
        canvas.close();
        y += above[index] + heights[index] + gap;
    }
    if !narrow {
        axis.draw_zero(&canvas, 0.0, bottom);
    }
    canvas.finish(bottom + 22.0)
}

fn bars(canvas: &Canvas, reading: &Reading, line: &Line, axis: &Axis, top: f64) {
    let whole = axis.end - axis.start;
    if line.hidden {
        hidden_bar(canvas, reading, axis.start, top, whole, BAR);
        return;
    }
    let zero = axis.at(axis.low.max(0.0));
    let mut y = top + (PITCH - BAR) / 2.0;
    for (index, (cell, column)) in line.cells.iter().zip(&reading.columns).enumerate() {
        canvas.open(cell_data(&column.id, cell), Some(hover(reading, line, &column.label, cell)));
        match cell.value {
            Some(value) => {
                let end = axis.at(value);
                canvas.rect(
                    zero.min(end),
                    y,
                    (end - zero).abs(),
                    BAR,
                    fill_of(column.tone, reading.steps).map_or(Paint::Hatch, Paint::Token),
                );
                canvas.outline(zero.min(end), y, (end - zero).abs(), BAR, Token::Edge, 1.0);
                whisker(canvas, cell, axis, y + BAR / 2.0);
                let last = index + 1 == reading.columns.len();
                canvas.text(&reading.drawn(line, cell), canvas.width, y + BAR / 2.0, VALUE.bold_if(last));
            }
            None if cell.state == State::Hidden => hidden_bar(canvas, reading, axis.start, y, whole, BAR),
            None => hatched(canvas, (axis.start, y, whole, BAR), &[reading.say(words::MISSING)]),
        }
        canvas.close();
        y += PITCH;
    }
}
