//! The labelled scatter: one dot a row at (first class, second class), with four named fields behind it as a quadrant. Labels
//! look for free places; those that find none become numbers with a list under the drawing.

use super::axis::Axis;
use super::canvas::{Canvas, Type};
use super::frame::{cell_data, hover, is_narrow, left_out, note, nothing, row_data};
use super::lines::fit;
use super::numbered::list;
use super::palette::Token;
use super::placement::Box2;
use super::quadrant::{Fields, crossing};
use super::reading::{Line, Reading};
use super::scene::{Anchor, Scene};
use super::strip;
use super::tags::{DOT, Tag, draw_tag, place_tags};
use crate::survey::exhibit::Kind;
use crate::survey::figure::State;

const LEADING: f64 = 18.0;

/// Rows that have a place, rows held back, rows without a number.
pub(super) type Parted<'a> = (Vec<&'a Line>, Vec<&'a Line>, Vec<&'a Line>);

/// Parts rows by whether their first two numbers are there.
pub(super) fn parted(reading: &Reading) -> Parted<'_> {
    let number = |line: &Line, index: usize| line.cells.get(index).and_then(|cell| cell.value);
    let (dots, rest): (Vec<&Line>, Vec<&Line>) =
        reading.lines.iter().partition(|line| number(line, 0).is_some() && number(line, 1).is_some());
    let is_hidden = |line: &&Line| line.cells.iter().take(2).any(|cell| cell.state == State::Hidden);
    let (hidden, missing) = rest.into_iter().partition(is_hidden);
    (dots, hidden, missing)
}

/// Draws the dots; without a second number anywhere it is a strip.
#[must_use]
pub(super) fn draw(reading: &Reading, width: f64) -> Scene {
    let number = |line: &Line, index: usize| line.cells.get(index).and_then(|cell| cell.value).unwrap_or(0.0);
    let (dots, hidden, missing) = parted(reading);
    if dots.is_empty() {
        return if reading.lines.is_empty() { nothing(reading, width) } else { strip::draw(reading, width) };
    }
    let narrow = is_narrow(width);
    let canvas = Canvas::new(width);
    let top = upper_name(&canvas, &reading.columns[1].label);
    let height = if narrow { 250.0 } else { 340.0 };
    let cross = crossing(reading).filter(|_| reading.kind == Kind::Quadrant);
    let values = |index: usize| {
        let mut values: Vec<f64> = dots.iter().filter_map(|line| line.cells[index].value).collect();
        values.extend(cross.map(|cross| if index == 0 { cross.0 } else { cross.1 }));
        values
    };
    let down = Axis::fitted(reading, 1, &values(1), 5);
    let frame =
        Box2 { left: tick_room(reading, &down).max(if narrow { 30.0 } else { 40.0 }), top, right: width - 1.0, bottom: top + height };
    let across = Axis::fitted(reading, 0, &values(0), if narrow { 4 } else { 6 }).between(frame.left + 12.0, frame.right - 16.0);
    let down = down.between(frame.bottom - 12.0, frame.top + 14.0);
    axes(&canvas, reading, &across, &down, &frame, cross.is_none());
    let (mut taken, mut lines) = (Vec::new(), Vec::new());
    if let Some(cross) = cross {
        let at = (across.at(cross.0), down.at(cross.1));
        let points: Vec<(f64, f64)> = dots.iter().map(|line| (across.at(number(line, 0)), down.at(number(line, 1)))).collect();
        let fields = Fields::fit(reading, &frame, at, &points);
        fields.draw(&canvas, reading, &frame, at);
        taken = fields.boxes();
        lines = vec![Box2 { left: at.0 - 1.0, right: at.0 + 1.0, ..frame }, Box2 { top: at.1 - 1.0, bottom: at.1 + 1.0, ..frame }];
    }
    let tags: Vec<Tag> = dots
        .iter()
        .map(|line| Tag { words: line.label.clone(), marked: line.marked, point: (across.at(number(line, 0)), down.at(number(line, 1))) })
        .collect();
    // Apart from the lines of a quadrant too, if that costs no label its place.
    lines.extend(taken.iter().copied());
    let (mut placed, mut listed) = place_tags(&tags, &frame, lines);
    if !listed.is_empty() {
        (placed, listed) = place_tags(&tags, &frame, taken);
    }
    for (tag, place) in tags.iter().zip(&placed) {
        draw_tag(&canvas, tag, place.as_ref());
    }
    for (line, tag) in dots.iter().zip(&tags) {
        dot(&canvas, reading, line, tag.point, if line.marked { Token::Kaki } else { Token::D5 });
    }
    let mut y = lower_name(&canvas, &reading.columns[0].label, &frame);
    let entries: Vec<(String, bool)> = listed.iter().map(|index| (tags[*index].words.clone(), tags[*index].marked)).collect();
    y = list(&canvas, &entries, y);
    if reading.kind == Kind::Quadrant {
        y += note(&canvas, &fields_note(reading), 0.0, y + 2.0) + 4.0;
    }
    y += left_out(&canvas, reading, &missing, &hidden, y);
    canvas.finish(y + 6.0)
}

/// Where the lines of a quadrant are.
fn fields_note(reading: &Reading) -> String {
    match reading.crossing {
        Some((x, y)) => {
            let print = |value: f64, index: usize| {
                let unit = reading.columns.get(index).map_or(reading.unit, |column| column.unit);
                format!("{}{}", super::cell::print(value, unit, false, None), super::cell::sign(unit, reading.language))
            };
            let (x, y) = (print(x, 0), print(y, 1));
            match reading.language {
                crate::language::Language::Japanese => format!("点線は、横{x}、縦{y}"),
                crate::language::Language::English => format!("Dotted lines: {x} across, {y} up"),
            }
        }
        None => reading.say(("点線は、示した点の平均", "Dotted lines: the means of the dots shown")).to_owned(),
    }
}

/// The dot of a line with what it says about itself.
pub(super) fn dot(canvas: &Canvas, reading: &Reading, line: &Line, (x, y): (f64, f64), token: Token) {
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
    canvas.dot(x, y, DOT + 1.5, Token::Paper);
    canvas.dot(x, y, DOT, token);
    canvas.close();
    canvas.close();
}

/// The name of the upright axis over it, so that nobody has to tilt the head; returns where the field begins.
pub(super) fn upper_name(canvas: &Canvas, name: &str) -> f64 {
    let upper = fit(&format!("↑ {name}"), canvas.width, 2, 13.0, false);
    canvas.lines(&upper.lines, 0.0, 9.0, LEADING, Type::new(upper.size).token(Token::Ink2)) + 2.0
}

/// The name of the lying axis under its right end; returns where the drawing goes on.
pub(super) fn lower_name(canvas: &Canvas, name: &str, frame: &Box2) -> f64 {
    let lower = fit(&format!("{name} →"), canvas.width - frame.left, 2, 13.0, false);
    let set = Type::new(lower.size).token(Token::Ink2).at(Anchor::End);
    canvas.lines(&lower.lines, canvas.width, frame.bottom + 36.0, LEADING, set) - 4.0
}

/// Room that the words of the upright axis need.
pub(super) fn tick_room(reading: &Reading, axis: &Axis) -> f64 {
    let ticks = axis.ticks();
    let words = ticks.iter().enumerate().map(|(index, tick)| axis.label(reading, *tick, index + 1 == ticks.len()));
    words.map(|words| Type::new(12.0).width(&words)).fold(0.0, f64::max) + 8.0
}

/// Both axes of a field, with lines across it or not.
pub(super) fn axes(canvas: &Canvas, reading: &Reading, across: &Axis, down: &Axis, frame: &Box2, grid: bool) {
    let set = Type::new(12.0).token(Token::Ink3);
    let ticks = down.ticks();
    for (index, tick) in ticks.iter().enumerate() {
        let y = down.at(*tick);
        canvas.line(&[(frame.left - if grid { 0.0 } else { 4.0 }, y), (if grid { frame.right } else { frame.left }, y)], Token::Rule, 1.0);
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
