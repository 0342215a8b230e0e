//! The donut: one row of at most four classes, the bracket's sum in the middle, the values in a list beside it.

use super::canvas::{Canvas, Type};
use super::circle::on_circle;
use super::division::{Part, parts};
use super::frame::{cell_data, hover, is_narrow, nothing, row_data};
use super::lines::{Fitted, SMALLEST, fit, widest_word};
use super::palette::{Token, fill_of};
use super::reading::{Line, Reading};
use super::scene::{Anchor, Paint, Scene, Step, Stroke};
use super::words;
use crate::survey::figure::State;

/// The most classes that a donut shows well; others are drawn as a stacked bar.
pub(super) const MOST: usize = 4;

/// Draws the donut of the first row.
#[must_use]
pub(super) fn draw(reading: &Reading, width: f64) -> Scene {
    let Some(line) = reading.lines.first().filter(|_| !reading.columns.is_empty()) else { return nothing(reading, width) };
    let narrow = is_narrow(width);
    let canvas = Canvas::new(width);
    let (outer, inner) = if narrow { (88.0, 54.0) } else { (112.0, 68.0) };
    let (x, y) = if narrow { (width / 2.0, outer + 2.0) } else { (outer + 40.0, outer + 4.0) };
    canvas.open(row_data(line), None);
    let range = reading.bracket.as_ref().map(|(_, first, last)| (*first, *last));
    let ring = if line.hidden { vec![Part { class: None, from: 0.0, to: 100.0 }] } else { parts(line, range) };
    for part in &ring {
        piece(&canvas, reading, line, part, (x, y, outer, inner));
    }
    middle(&canvas, reading, line, (x, y), inner);
    let inside = name_inside(reading, line, inner).is_some();
    let (list_left, list_top) = if narrow { (0.0, y + outer + 24.0) } else { (x + outer + 48.0, 0.0) };
    let height = list(&canvas, reading, line, (list_left, list_top), if narrow { None } else { Some(y) }, !inside);
    canvas.close();
    canvas.finish(if narrow { list_top + height } else { (y + outer + 4.0).max(height) })
}

fn piece(canvas: &Canvas, reading: &Reading, line: &Line, part: &Part, (x, y, outer, inner): (f64, f64, f64, f64)) {
    let rim = Some(Stroke { paint: Paint::Token(Token::Paper), width: 1.5, dash: None });
    let cell = part.class.map(|class| (&line.cells[class], &reading.columns[class]));
    match cell {
        Some((cell, column)) => canvas.open(cell_data(&column.id, cell), Some(hover(reading, line, &column.label, cell))),
        None if line.hidden => canvas.open(vec![("state", State::Hidden.word().to_owned())], None),
        None => canvas.open(vec![("state", State::Missing.word().to_owned())], Some(reading.say(words::NO_SPLIT).to_owned())),
    }
    let fill = cell.and_then(|(_, column)| fill_of(column.tone, reading.steps)).map_or(Paint::Hatch, Paint::Token);
    // A full circle has no arc of its own: it is drawn as two.
    let half = f64::midpoint(part.from, part.to);
    let pieces: &[(f64, f64)] = if part.to - part.from > 99.9 { &[(part.from, half), (half, part.to)] } else { &[(part.from, part.to)] };
    for (from, to) in pieces {
        let (a, b, c, d) = (
            on_circle((x, y), outer, *from),
            on_circle((x, y), outer, *to),
            on_circle((x, y), inner, *to),
            on_circle((x, y), inner, *from),
        );
        let large = to - from > 50.0;
        let steps = [
            Step::Move(a.0, a.1),
            Step::Arc { radius: outer, large, clockwise: true, x: b.0, y: b.1 },
            Step::Line(c.0, c.1),
            Step::Arc { radius: inner, large, clockwise: false, x: d.0, y: d.1 },
            Step::Close,
        ];
        canvas.path(&steps, Some(fill), rim);
    }
    canvas.close();
}

/// The sum and the sample size in the hole.
fn middle(canvas: &Canvas, reading: &Reading, line: &Line, (x, y): (f64, f64), inner: f64) {
    let room = inner * 1.7;
    if line.hidden {
        let fitted = fit(reading.say(words::HIDDEN_SHORT), room, 2, 14.0, false);
        canvas.lines(&fitted.lines, x, y, 18.0, Type::new(fitted.size).token(Token::Ink2).at(Anchor::Middle));
        return;
    }
    let total = line.total.as_ref().filter(|total| total.value.is_some());
    let words = total.map(|total| format!("{}{}", reading.drawn(line, total), reading.sign(total))).unwrap_or_default();
    let mut set = Type::new(28.0).bold().at(Anchor::Middle);
    while set.width(&words) > room && set.size > SMALLEST {
        set.size -= 1.0;
    }
    let size = fit(&reading.size(line), room, 2, 13.0, false);
    let name = name_inside(reading, line, inner).map(|name| (name.lines, name.size)).unwrap_or_default();
    let small = |size: f64| Type::new(size).token(Token::Ink2).at(Anchor::Middle);
    // A name of two lines moves everything under it down a little.
    let shift = name.0.len() as f64 * 8.0 - 8.0;
    canvas.lines(&name.0, x, y - 26.0 - shift, 16.0, small(name.1));
    if let Some(total) = total {
        canvas.open(cell_data("total", total), None);
        canvas.text(&words, x, y + shift, set);
        canvas.close();
    }
    let top = if words.is_empty() { y } else { y + 24.0 + shift };
    canvas.lines(&size.lines, x, top, 16.0, small(size.size));
}

/// The name of the sum, where it fits into the hole above its number.
fn name_inside(reading: &Reading, line: &Line, inner: f64) -> Option<Fitted> {
    line.total.as_ref().filter(|total| total.value.is_some())?;
    let (name, _, _) = reading.bracket.as_ref()?;
    let room = inner * 1.4;
    Some(fit(name, room, 2, 13.0, false)).filter(|fitted| fitted.lines.len() <= 2 && widest_word(name, fitted.size, false) <= room)
}

/// The classes with their values; centred on `middle` where that is given. Returns how high it is, from `top`.
fn list(canvas: &Canvas, reading: &Reading, line: &Line, (left, top): (f64, f64), middle: Option<f64>, with_total: bool) -> f64 {
    let value_set = Type::new(15.0).bold().at(Anchor::End);
    let told: Vec<String> =
        line.cells.iter().map(|cell| if cell.value.is_some() { reading.drawn(line, cell) } else { reading.told(line, cell) }).collect();
    let value_width = told.iter().map(|words| value_set.width(words)).fold(0.0, f64::max);
    let right = if middle.is_some() { canvas.width.min(left + 320.0) } else { canvas.width };
    let labels: Vec<_> =
        reading.columns.iter().map(|column| fit(&column.label, right - left - 24.0 - value_width - 12.0, 3, 15.0, false)).collect();
    let heights: Vec<f64> = labels.iter().map(|label| (label.lines.len().max(1) as f64) * 20.0 + 10.0).collect();
    let height: f64 = heights.iter().sum();
    let mut y = middle.map_or(top, |middle| (middle - height / 2.0).max(0.0));
    let first = y;
    for (((column, cell), words), (label, height)) in reading.columns.iter().zip(&line.cells).zip(&told).zip(labels.iter().zip(&heights)) {
        let paint = fill_of(column.tone, reading.steps).filter(|_| cell.value.is_some()).map_or(Paint::Hatch, Paint::Token);
        canvas.rect(left + 0.5, y + 8.0, 14.0, 14.0, paint);
        canvas.outline(left + 0.5, y + 8.0, 14.0, 14.0, Token::Edge, 1.0);
        canvas.lines(&label.lines, left + 24.0, y + 15.0, 20.0, Type::new(label.size));
        let set = if cell.value.is_some() { value_set } else { Type::new(13.0).token(Token::Ink2).at(Anchor::End) };
        canvas.text(words, right, y + 15.0, set);
        y += height;
    }
    // A sum whose name has no room in the hole is named here.
    let total = line.total.as_ref().filter(|total| with_total && total.value.is_some());
    if let (Some(total), Some((name, _, _))) = (total, &reading.bracket) {
        canvas.line(&[(left, y), (right, y)], Token::Ink, 1.0);
        let label = fit(name, right - left - value_set.width(&total.shown) - 20.0, 3, 15.0, true);
        canvas.text(&reading.drawn(line, total), right, y + 17.0, value_set);
        y = canvas.lines(&label.lines, left, y + 17.0, 20.0, Type::new(label.size).bold()) - 4.0;
    }
    y.max(first + height) - top
}
