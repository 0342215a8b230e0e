//! How a score is distributed: a column a row, or a dot for each person, with the mean and its interval over them.

use super::axis::Axis;
use super::canvas::{Canvas, Type};
use super::cell::Cell;
use super::frame::{cell_data, hidden_bar, hover, is_narrow, left_out, note, nothing, row_data};
use super::numbered::{Name, Names};
use super::palette::Token;
use super::reading::{Line, Reading};
use super::scene::{Anchor, Paint, Scene};
use super::words;
use crate::language::count;
use crate::survey::exhibit::Kind;
use crate::survey::figure::Unit;

const VALUE: Type = Type::new(12.0).at(Anchor::Middle);
const TICK: Type = Type::new(12.0).token(Token::Ink3).at(Anchor::Middle);
/// The smallest dot, across.
const SMALLEST: f64 = 5.0;

/// Where columns stand.
struct Plan {
    left: f64,
    right: f64,
    top: f64,
    bottom: f64,
    pitch: f64,
}

/// Draws the columns or dots.
#[must_use]
pub(super) fn draw(reading: &Reading, width: f64) -> Scene {
    if reading.lines.is_empty() || reading.columns.is_empty() {
        return nothing(reading, width);
    }
    let canvas = Canvas::new(width);
    if reading.lines.iter().all(|line| line.hidden) {
        for line in &reading.lines {
            canvas.open(row_data(line), None);
            canvas.close();
        }
        hidden_bar(&canvas, reading, 0.5, 0.5, width - 1.0, 119.0);
        let names: Vec<&Line> = reading.lines.iter().collect();
        let below = left_out(&canvas, reading, &[], &names, 128.0);
        return canvas.finish(128.0 + below);
    }
    let first = |line: &Line| line.cells.first().and_then(|cell| cell.value).map(|value| value.max(0.0));
    let most = reading.lines.iter().filter_map(first).fold(0.0, f64::max);
    let narrow = is_narrow(width);
    let height = if narrow { 150.0 } else { 200.0 };
    let head = head(&canvas, reading, 0.0);
    let top = head + if reading.mean.is_some() { 44.0 } else { 24.0 };
    let pitch = (width - 2.0) / reading.lines.len() as f64;
    let dots = dot_size(reading, most, pitch, height);
    // A heap of dots is as high as it has to be.
    let height = dots.map_or(height, |(size, columns)| ((most / columns).ceil() * size + 8.0).max(40.0));
    let plan = Plan { left: 1.0, right: width - 1.0, top, bottom: top + height, pitch };
    let mean = reading.mean.as_ref().and_then(|cell| cell.value.map(|value| (cell, value))).and_then(|(cell, value)| {
        let (start, step) = reading.bins?;
        Some((cell, value, start, step))
    });
    let own = mean.map(|(_, value, start, step)| ((value - start) / step).floor()).filter(|bin| *bin >= 0.0);
    let axis = Axis::new(reading, &[0.0, most.max(1.0e-9)], true, 4).snug(&[most.max(1.0e-9)]).between(plan.bottom, plan.top);
    for (index, line) in reading.lines.iter().enumerate() {
        let Some((cell, column)) = line.cells.first().zip(reading.columns.first()) else { continue };
        canvas.open(row_data(line), None);
        canvas.open(cell_data(&column.id, cell), Some(hover(reading, line, &column.label, cell)));
        let token = if own == Some(index as f64) { Token::D5 } else { Token::D2 };
        let x = plan.left + plan.pitch * index as f64;
        match (cell.value, dots) {
            (Some(value), Some(dots)) => heap(&canvas, value, (x + plan.pitch / 2.0, plan.bottom), dots, token),
            (Some(value), None) => bar(&canvas, reading, line, cell, (x, axis.at(value)), &plan, token),
            (None, _) => super::frame::hatched(&canvas, (x + 0.75, plan.bottom - 40.0, plan.pitch - 1.5, 40.0), &[]),
        }
        canvas.close();
        canvas.close();
    }
    canvas.line(&[(plan.left, plan.bottom), (plan.right, plan.bottom)], Token::Ink, 1.5);
    if let Some((cell, value, start, step)) = mean {
        let at = |score: f64| (plan.left + (score - start) / step * plan.pitch).clamp(plan.left, plan.right);
        mean_line(&canvas, reading, cell, (at(value), cell.interval.map(|interval| (at(interval.low), at(interval.high)))), &plan);
    }
    let mut y = under(&canvas, reading, &plan);
    y += note(&canvas, &key(reading, dots.is_some()), 0.0, y + 2.0) + 4.0;
    canvas.finish(y + 2.0)
}

/// Sample size and interval of the mean at the upper left; returns its height.
fn head(canvas: &Canvas, reading: &Reading, top: f64) -> f64 {
    let n = reading.lines.iter().find_map(|line| line.n).or_else(|| reading.mean.as_ref().and_then(|mean| mean.n));
    let mut parts = Vec::new();
    if let Some(n) = n {
        parts.push(format!("n={}", count(n)));
    }
    if let Some(mean) = &reading.mean {
        if reading.bins.is_none() {
            parts.push(format!("{} {}", reading.say(words::MEAN), mean.shown));
        }
        if let Some(interval) = reading.interval(mean) {
            parts.push(format!("{} {interval}", reading.say(("平均の95%区間", "95% interval of the mean"))));
        }
    }
    if parts.is_empty() { 0.0 } else { note(canvas, &parts.join("　").replace('　', reading.say(("　", "   "))), 0.0, top) + 4.0 }
}

/// How large the dots are, across, and how many stand beside each other; `None` where columns are drawn: not counted in
/// people, or too many of them.
fn dot_size(reading: &Reading, most: f64, pitch: f64, height: f64) -> Option<(f64, f64)> {
    if reading.kind != Kind::Dots || reading.unit != Unit::Count {
        return None;
    }
    let whole = |line: &Line| line.cells.first().is_none_or(|cell| cell.value.is_none_or(|value| value >= 0.0 && value.fract() == 0.0));
    if !reading.lines.iter().all(whole) {
        return None;
    }
    let mut size: f64 = 18.0;
    while size >= SMALLEST {
        let columns = (most * size / height).ceil().max(1.0);
        if columns * size <= pitch - 4.0 {
            return Some((size, columns));
        }
        size -= 1.0;
    }
    None
}

/// Dots in a heap, from the line up.
fn heap(canvas: &Canvas, value: f64, (middle, bottom): (f64, f64), (size, columns): (f64, f64), token: Token) {
    // Bounded by `dot_size`.
    for index in 0..value as usize {
        let (row, column) = ((index as f64 / columns).floor(), (index as f64 % columns).floor());
        let x = middle + (column - (columns - 1.0) / 2.0) * size;
        canvas.dot(x, bottom - 2.0 - size * (row + 0.5), size / 2.0 - 0.75, token);
    }
}

fn bar(canvas: &Canvas, reading: &Reading, line: &Line, cell: &Cell, (x, head): (f64, f64), plan: &Plan, token: Token) {
    let gap = (plan.pitch / 6.0).min(0.75);
    canvas.rect(x + gap, head, plan.pitch - 2.0 * gap, plan.bottom - head, Paint::Token(token));
    let words = reading.drawn(line, cell);
    let everywhere = reading.lines.iter().all(|line| line.cells.first().is_none_or(|cell| VALUE.width(&cell.shown) + 2.0 <= plan.pitch));
    if everywhere {
        canvas.text(&words, x + plan.pitch / 2.0, head - 9.0, VALUE.token(Token::Ink2));
    }
}

/// The mean as a kaki line from over the columns down, its interval as a bar at its head.
fn mean_line(canvas: &Canvas, reading: &Reading, cell: &Cell, (x, interval): (f64, Option<(f64, f64)>), plan: &Plan) {
    let y = plan.top - 22.0;
    canvas.open(cell_data("mean", cell), Some(format!("{} {}", reading.say(words::MEAN), cell.shown)));
    canvas.line(&[(x, y), (x, plan.top - 16.0)], Token::Kaki, 2.5);
    canvas.dashed(&[(x, plan.top - 16.0), (x, plan.bottom)], Token::Kaki, 2.0, (4.0, 3.0));
    if let Some((low, high)) = interval {
        canvas.line(&[(low, y), (high, y)], Token::Kaki, 2.5);
        for end in [low, high] {
            canvas.line(&[(end, y - 4.0), (end, y + 4.0)], Token::Kaki, 2.0);
        }
    }
    let words = format!("{} {}", reading.say(words::MEAN), cell.shown);
    let set = Type::new(14.0).bold().token(Token::Kaki).at(Anchor::Middle);
    let half = set.width(&words) / 2.0;
    canvas.text(&words, x.clamp(half, (canvas.width - half).max(half)), y - 14.0, set);
    canvas.close();
}

/// The scale under the columns: its own numbers at their edges where they have some, else their names.
fn under(canvas: &Canvas, reading: &Reading, plan: &Plan) -> f64 {
    let Some((start, step)) = reading.bins else {
        let name = |line: &Line| Name { words: line.label.clone(), small: String::new(), marked: line.marked };
        let names = Names::fit(reading.lines.iter().map(name).collect(), plan.pitch);
        let y = names.draw(canvas, plan.left, plan.bottom) + 2.0;
        return names.list(canvas, y);
    };
    let mut taken = f64::NEG_INFINITY;
    let decimals =
        |value: f64| if (value * 10.0 - (value * 10.0).round()).abs() > 1.0e-9 { 2 } else { u32::from(value.fract().abs() > 1.0e-9) };
    for edge in 0..=reading.lines.len() {
        let score = start + step * edge as f64;
        let words = crate::language::number(score, decimals(score));
        let half = TICK.width(&words) / 2.0;
        let at = plan.left + plan.pitch * edge as f64;
        canvas.line(&[(at, plan.bottom), (at, plan.bottom + 4.0)], Token::Ink, 1.0);
        let x = at.clamp(half, (canvas.width - half).max(half));
        if x - half > taken + 6.0 {
            canvas.text(&words, x, plan.bottom + 14.0, TICK);
            taken = x + half;
        }
    }
    plan.bottom + 26.0
}

fn key(reading: &Reading, dots: bool) -> String {
    let mut parts = Vec::new();
    if dots {
        parts.push(reading.say(("点一つが1人", "One dot is one person")).to_owned());
    } else if reading.unit == Unit::Percent {
        parts.push(reading.say(("縦は割合（%）", "Height: per cent")).to_owned());
    } else if reading.unit == Unit::Count {
        parts.push(reading.say(("縦は人数", "Height: people")).to_owned());
    }
    if reading.mean.as_ref().is_some_and(|mean| mean.interval.is_some()) && reading.bins.is_some() {
        parts.push(reading.say(("柿色の印は平均と95%区間", "Mark at the top: the mean and its 95% interval")).to_owned());
    }
    parts.join(reading.say(("。", ". ")))
}
