//! The labelled scatter: one dot a row at (first class, second class). Labels look for free places; those that find none
//! become numbers with a list under the drawing.

use super::axis::{Axis, extent};
use super::canvas::{Canvas, Type};
use super::frame::{cell_data, hover, is_narrow, left_out, nothing, row_data};
use super::lines::{Fitted, fit, widest_word};
use super::palette::Token;
use super::placement::{Box2, Wish, order, place};
use super::reading::{Line, Reading};
use super::scene::{Anchor, Paint, Scene};
use super::strip;
use crate::survey::figure::State;

const DOT: f64 = 6.0;
const LEADING: f64 = 18.0;

/// A label that has found its place.
struct Placed {
    label: Fitted,
    at: Box2,
}

/// Draws the dots; without a second number anywhere it is a strip.
#[must_use]
pub(super) fn draw(reading: &Reading, width: f64) -> Scene {
    let number = |line: &Line, index: usize| line.cells.get(index).and_then(|cell| cell.value);
    let dots: Vec<&Line> = reading.lines.iter().filter(|line| number(line, 0).is_some() && number(line, 1).is_some()).collect();
    if dots.is_empty() {
        return if reading.lines.is_empty() { nothing(reading, width) } else { strip::draw(reading, width) };
    }
    let is_hidden = |line: &&Line| line.cells.iter().take(2).any(|cell| cell.state == State::Hidden);
    let rest: Vec<&Line> = reading.lines.iter().filter(|line| number(line, 0).is_none() || number(line, 1).is_none()).collect();
    let hidden: Vec<&Line> = rest.iter().copied().filter(is_hidden).collect();
    let missing: Vec<&Line> = rest.iter().copied().filter(|line| !is_hidden(line)).collect();
    let narrow = is_narrow(width);
    let canvas = Canvas::new(width);
    let name = Type::new(13.0).token(Token::Ink2);
    // The upright axis has its name above, so that nobody has to tilt the head.
    let upper = fit(&format!("↑ {}", reading.columns[1].label), width, 2, 13.0, false);
    let top = canvas.lines(&upper.lines, 0.0, 9.0, LEADING, Type { size: upper.size, ..name }) + 2.0;
    let height = if narrow { 250.0 } else { 340.0 };
    let down = Axis::fitted(reading, &extent(dots.iter().map(|line| &line.cells[1])), 5);
    let frame =
        Box2 { left: tick_room(reading, &down).max(if narrow { 30.0 } else { 40.0 }), top, right: width - 1.0, bottom: top + height };
    let across = Axis::fitted(reading, &extent(dots.iter().map(|line| &line.cells[0])), if narrow { 4 } else { 6 })
        .between(frame.left + 12.0, frame.right - 16.0);
    let down = down.between(frame.bottom - 12.0, frame.top + 14.0);
    axes(&canvas, reading, &across, &down, &frame);
    let points: Vec<(f64, f64)> =
        dots.iter().map(|line| (across.at(number(line, 0).unwrap_or(0.0)), down.at(number(line, 1).unwrap_or(0.0)))).collect();
    let (placed, listed) = labels(&dots, &points, &frame);
    for (index, line) in dots.iter().enumerate() {
        draw_label(&canvas, line, points[index], placed[index].as_ref());
    }
    for (line, (x, y)) in dots.iter().zip(&points) {
        canvas.open(row_data(line), None);
        for (cell, column) in line.cells.iter().zip(&reading.columns).take(2) {
            canvas.open(cell_data(&column.id, cell), None);
            canvas.close();
        }
        let words = format!(
            "{} · {}",
            hover(reading, line, &reading.columns[0].label, &line.cells[0]),
            hover(reading, line, &reading.columns[1].label, &line.cells[1])
        );
        canvas.open(Vec::new(), Some(words));
        canvas.dot(*x, *y, DOT + 1.5, Token::Paper);
        canvas.dot(*x, *y, DOT, if line.marked { Token::Kaki } else { Token::D5 });
        canvas.close();
        canvas.close();
    }
    let lower = fit(&format!("{} →", reading.columns[0].label), width - frame.left, 2, 13.0, false);
    let set = Type { size: lower.size, ..name.at(Anchor::End) };
    let mut y = canvas.lines(&lower.lines, width, frame.bottom + 36.0, LEADING, set) - 4.0;
    y = list(&canvas, &listed, y);
    y += left_out(&canvas, reading, &missing, &hidden, y);
    canvas.finish(y + 6.0)
}

/// The names behind the numbers, in as many columns as fit, down each column first. Returns the lower end.
fn list(canvas: &Canvas, listed: &[&Line], top: f64) -> f64 {
    let words = |number: usize, line: &Line| format!("{}  {}", number + 1, line.label);
    let widest =
        listed.iter().enumerate().map(|(number, line)| Type::new(13.0).bold().width(&words(number, line))).fold(1.0, f64::max) + 20.0;
    let columns = ((canvas.width / widest).floor() as usize).max(1);
    let rows = listed.len().div_ceil(columns);
    let mut lowest = top;
    for (column, part) in listed.chunks(rows.max(1)).enumerate() {
        let left = widest * column as f64;
        let mut y = top;
        for (index, line) in part.iter().enumerate() {
            let fitted = fit(&words(column * rows + index, line), canvas.width - left, usize::MAX, 13.0, line.marked);
            y = canvas.lines(&fitted.lines, left, y + 4.0, LEADING, Type::new(fitted.size).bold_if(line.marked)) - 4.0;
        }
        lowest = lowest.max(y);
    }
    lowest
}

/// Room that the words of the upright axis need.
fn tick_room(reading: &Reading, axis: &Axis) -> f64 {
    let ticks = axis.ticks();
    let words = ticks.iter().enumerate().map(|(index, tick)| axis.label(reading, *tick, index + 1 == ticks.len()));
    words.map(|words| Type::new(12.0).width(&words)).fold(0.0, f64::max) + 8.0
}

fn axes(canvas: &Canvas, reading: &Reading, across: &Axis, down: &Axis, frame: &Box2) {
    let set = Type::new(12.0).token(Token::Ink3);
    let ticks = down.ticks();
    for (index, tick) in ticks.iter().enumerate() {
        let y = down.at(*tick);
        canvas.line(&[(frame.left, y), (frame.right, y)], Token::Rule, 1.0);
        let words = down.label(reading, *tick, index + 1 == ticks.len());
        canvas.text(&words, frame.left - 6.0, y, set.at(Anchor::End));
    }
    let ticks = across.ticks();
    let mut taken = f64::NEG_INFINITY;
    for (index, tick) in ticks.iter().enumerate() {
        let words = across.label(reading, *tick, index + 1 == ticks.len());
        let half = set.width(&words) / 2.0;
        let x = across.at(*tick).max(half).min(canvas.width - half);
        canvas.line(&[(across.at(*tick), frame.bottom), (across.at(*tick), frame.bottom + 4.0)], Token::Ink, 1.0);
        if x - half > taken + 4.0 {
            canvas.text(&words, x, frame.bottom + 15.0, set.at(Anchor::Middle));
            taken = x + half;
        }
    }
    canvas.line(&[(frame.left, frame.bottom), (frame.right, frame.bottom)], Token::Ink, 1.5);
}

/// Finds places: first every label in words, then numbers for those that found none.
fn labels<'a>(dots: &[&'a Line], points: &[(f64, f64)], frame: &Box2) -> (Vec<Option<Placed>>, Vec<&'a Line>) {
    let mut taken: Vec<Box2> = points.iter().map(|(x, y)| Box2::around(*x, *y, DOT + 1.5)).collect();
    let mut placed: Vec<Option<Placed>> = dots.iter().map(|_| None).collect();
    let most = ((frame.right - frame.left) * 0.45).min(240.0);
    // Who is marked is named first: the sort keeps the order otherwise.
    let mut order = order(points);
    order.sort_by_key(|index| !dots[*index].marked);
    for &index in &order {
        let line = dots[index];
        // A wide label on one line first, then a narrow one on two or three.
        let wishes = [(most, 14.0), (most, 13.0), (most * 0.6, 13.0), (most, 12.0), (most * 0.6, 12.0)];
        for (room, size) in wishes {
            let label = fit(&line.label, room, 2, size, line.marked);
            if label.lines.is_empty() || label.lines.len() > 3 || widest_word(&line.label, label.size, line.marked) > room {
                continue;
            }
            let wish = Wish { point: points[index], size: extent_of(&label, line.marked), dot: DOT, reach: 30.0, others: points };
            if let Some(at) = place(&wish, frame, &taken) {
                taken.push(at);
                placed[index] = Some(Placed { label, at });
                break;
            }
        }
    }
    let mut listed = Vec::new();
    for index in 0..dots.len() {
        if placed[index].is_some() || dots[index].label.is_empty() {
            continue;
        }
        let label = Fitted { lines: vec![(listed.len() + 1).to_string()], size: 12.0 };
        if let Some(at) =
            place(&Wish { point: points[index], size: extent_of(&label, true), dot: DOT, reach: 800.0, others: &[] }, frame, &taken)
        {
            taken.push(at);
            placed[index] = Some(Placed { label, at });
        }
        listed.push(dots[index]);
    }
    (placed, listed)
}

fn extent_of(label: &Fitted, bold: bool) -> (f64, f64) {
    let width = label.lines.iter().map(|line| super::text::width(line, label.size, bold)).fold(0.0, f64::max);
    (width + 4.0, LEADING * label.lines.len() as f64)
}

fn draw_label(canvas: &Canvas, line: &Line, (x, y): (f64, f64), placed: Option<&Placed>) {
    let Some(Placed { label, at }) = placed else { return };
    let middle = f64::midpoint(at.left, at.right);
    // A label that had to move away is tied to its dot.
    let near = Box2::around(x, y, DOT + 10.0);
    if !near.meets(at) {
        canvas.line(&[(x, y), (x.clamp(at.left, at.right), y.clamp(at.top, at.bottom))], Token::Edge, 1.0);
    }
    canvas.rect(at.left, at.top, at.right - at.left, at.bottom - at.top, Paint::Token(Token::Paper));
    let (anchor, held) = if at.left >= x {
        (Anchor::Start, at.left + 2.0)
    } else if at.right <= x {
        (Anchor::End, at.right - 2.0)
    } else {
        (Anchor::Middle, middle)
    };
    canvas.lines(&label.lines, held, at.top + LEADING / 2.0, LEADING, Type::new(label.size).bold_if(line.marked).at(anchor));
}
