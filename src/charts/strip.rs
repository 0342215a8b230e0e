//! The strip: one dot a row along one axis, each on a line of its own, because there is no second number.

use super::axis::{Axis, extent};
use super::canvas::{Canvas, Type};
use super::frame::{cell_data, hover, is_narrow, left_out, note, nothing, row_data};
use super::lines::{Fitted, fit};
use super::palette::Token;
use super::reading::{Line, Reading};
use super::scene::{Anchor, Scene};
use super::words;
use crate::survey::figure::State;

const DOT: f64 = 6.0;
const LEADING: f64 = 19.0;

/// Where a label stands against its dot.
struct Place {
    label: Fitted,
    anchor: Anchor,
    x: f64,
    /// Over the dot rather than beside it.
    over: bool,
}

/// Draws the dots.
#[must_use]
pub(super) fn draw(reading: &Reading, width: f64) -> Scene {
    let Some(column) = reading.columns.first() else { return nothing(reading, width) };
    let has = |line: &&Line| line.cells.first().is_some_and(|cell| cell.value.is_some());
    let dots: Vec<&Line> = reading.lines.iter().filter(has).collect();
    let hidden: Vec<&Line> =
        reading.lines.iter().filter(|line| line.cells.first().is_some_and(|cell| cell.state == State::Hidden)).collect();
    let missing: Vec<&Line> =
        reading.lines.iter().filter(|line| line.cells.first().is_some_and(|cell| cell.state == State::Missing)).collect();
    if dots.is_empty() && hidden.is_empty() && missing.is_empty() {
        return nothing(reading, width);
    }
    let canvas = Canvas::new(width);
    let mut y = 6.0;
    if !dots.is_empty() {
        let cells = dots.iter().filter_map(|line| line.cells.first());
        let axis = Axis::new(reading, &extent(cells), true, if is_narrow(width) { 4 } else { 6 }).between(10.0, width - 24.0);
        let places: Vec<Place> = dots.iter().map(|line| place(reading, line, &axis, width)).collect();
        let heights: Vec<f64> =
            places.iter().map(|place| LEADING * place.label.lines.len() as f64 + if place.over { 2.0 * DOT + 14.0 } else { 9.0 }).collect();
        let bottom = y + heights.iter().sum::<f64>() + 4.0;
        let mut middles = Vec::new();
        for (place, height) in places.iter().zip(&heights) {
            middles.push(if place.over { y + height - DOT - 6.0 } else { y + height / 2.0 });
            y += height;
        }
        // Drop lines behind everything, then paper behind the labels that they cross.
        for (line, middle) in dots.iter().zip(&middles) {
            let x = axis.at(line.cells.first().and_then(|cell| cell.value).unwrap_or(0.0));
            canvas.line(&[(x, *middle), (x, bottom)], Token::Rule, 1.0);
        }
        for ((line, place), (middle, height)) in dots.iter().zip(&places).zip(middles.iter().zip(&heights)) {
            dot(&canvas, reading, line, place, &axis, *middle, *height);
        }
        canvas.line(&[(axis.start, bottom), (width - 1.0, bottom)], Token::Ink, 1.5);
        let ticks = axis.ticks();
        let mut taken = f64::NEG_INFINITY;
        for (index, tick) in ticks.iter().enumerate() {
            let set = Type::new(12.0).token(Token::Ink3).at(Anchor::Middle);
            let words = axis.label(reading, *tick, index + 1 == ticks.len());
            let half = set.width(&words) / 2.0;
            let x = axis.at(*tick).max(half).min(width - half);
            canvas.line(&[(axis.at(*tick), bottom), (axis.at(*tick), bottom + 4.0)], Token::Ink, 1.0);
            if x - half > taken + 4.0 {
                canvas.text(&words, x, bottom + 14.0, set);
                taken = x + half;
            }
        }
        y = bottom + 32.0;
        let name = Type::new(13.0).token(Token::Ink2);
        let axis_name = fit(&column.label, width, 2, 13.0, false);
        y = canvas.lines(&axis_name.lines, 0.0, y + 4.0, 18.0, Type { size: axis_name.size, ..name }) - 5.0;
    }
    let unknown = |line: &&Line| line.cells.get(1).is_some_and(|cell| cell.state == State::Missing);
    if let Some(second) = reading.columns.get(1).filter(|_| !dots.is_empty() && dots.iter().all(unknown)) {
        let words = match reading.language {
            crate::language::Language::Japanese => format!("「{}」の値は資料にないため、縦の位置に意味はありません。", second.label),
            crate::language::Language::English => {
                format!("The source gives no figures for “{}”, so height has no meaning.", second.label)
            }
        };
        y += note(&canvas, &words, 0.0, y);
    } else if !dots.is_empty() {
        y += note(&canvas, reading.say(words::NO_HEIGHT), 0.0, y);
    }
    y += left_out(&canvas, reading, &missing, &hidden, y);
    canvas.finish(y + 4.0)
}

/// Beside the dot where there is room, right before left; else over it.
fn place(reading: &Reading, line: &Line, axis: &Axis, width: f64) -> Place {
    let cell = &line.cells[0];
    let words = format!("{} {}", line.label, reading.drawn(line, cell));
    let x = axis.at(cell.value.unwrap_or(0.0));
    let (right, left) = (width - x - DOT - 8.0, x - DOT - 8.0);
    let one =
        |room: f64| Some(fit(&words, room.max(1.0), 1, 15.0, line.marked)).filter(|fitted| fitted.lines.len() == 1 && fitted.size >= 14.0);
    if let Some(label) = one(right) {
        return Place { label, anchor: Anchor::Start, x: x + DOT + 8.0, over: false };
    }
    if let Some(label) = one(left) {
        return Place { label, anchor: Anchor::End, x: x - DOT - 8.0, over: false };
    }
    // The wider side in up to three lines, else the whole width over the dot.
    let (room, anchor, at) = if right >= left { (right, Anchor::Start, x + DOT + 8.0) } else { (left, Anchor::End, x - DOT - 8.0) };
    let label = fit(&words, room.max(1.0), 3, 15.0, line.marked);
    if label.lines.len() <= 3 && super::lines::widest_word(&words, label.size, line.marked) <= room {
        return Place { label, anchor, x: at, over: false };
    }
    Place { label: fit(&words, width, 2, 15.0, line.marked), anchor: Anchor::Start, x: 0.0, over: true }
}

fn dot(canvas: &Canvas, reading: &Reading, line: &Line, place: &Place, axis: &Axis, middle: f64, height: f64) {
    let Some((cell, column)) = line.cells.first().zip(reading.columns.first()) else { return };
    let Some(value) = cell.value else { return };
    canvas.open(row_data(line), None);
    canvas.open(cell_data(&column.id, cell), Some(hover(reading, line, &column.label, cell)));
    let stack = LEADING * place.label.lines.len() as f64;
    let top = if place.over { middle + DOT + 6.0 - height } else { middle - stack / 2.0 };
    let set = Type::new(place.label.size).bold_if(line.marked).at(place.anchor);
    for (index, words) in place.label.lines.iter().enumerate() {
        let y = top + LEADING * (index as f64 + 0.5);
        let wide = set.width(words);
        let left = if place.anchor == Anchor::End { place.x - wide } else { place.x };
        canvas.rect(left - 2.0, y - LEADING / 2.0, wide + 4.0, LEADING, super::scene::Paint::Token(Token::Paper));
        canvas.text(words, place.x, y, set);
    }
    let x = axis.at(value);
    canvas.dot(x, middle, DOT + 1.5, Token::Paper);
    canvas.dot(x, middle, DOT, if line.marked { Token::Kaki } else { Token::D5 });
    canvas.close();
    canvas.close();
}
