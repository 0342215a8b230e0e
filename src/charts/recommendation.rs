//! From 0 to 10: those who do not recommend, those in between, those who do, and the difference of the outer two with its interval.

use super::canvas::{Canvas, Type};
use super::cell::{Cell, cell};
use super::frame::{Labels, cell_data, hidden_bar, hover, is_narrow, label_above, note, nothing, row_data};
use super::palette::Token;
use super::reading::{Line, Reading};
use super::scene::{Anchor, Paint, Scene};
use super::sides::Sides;
use super::stacked::inside;
use super::words;
use crate::survey::figure::{Figure, State, Unit};

const BAR: f64 = 40.0;
const NET: Type = Type::new(24.0).bold();
const SMALL: Type = Type::new(13.0).token(Token::Ink2);

/// The three parts: who does not recommend, who is in between, who does. `None`: other classes than these.
#[must_use]
pub(super) fn parts(reading: &Reading) -> Option<[usize; 3]> {
    let sides = Sides::of(&reading.columns);
    match (sides.left.as_slice(), sides.middle.as_slice(), sides.right.as_slice(), sides.none.as_slice()) {
        ([against], [between], [for_it], []) => Some([*against, *between, *for_it]),
        _ => None,
    }
}

/// The net score of a line: as given with its interval, else worked out from the two shares.
#[must_use]
pub(super) fn net(reading: &Reading, index: usize) -> Option<Cell> {
    let [against, _, for_it] = parts(reading)?;
    if let Some(cell) = reading.change_in(index, against, for_it) {
        return Some(cell.clone());
    }
    let line = reading.lines.get(index)?;
    let (low, high) = (line.cells.get(against)?, line.cells.get(for_it)?);
    let value = high.known()? - low.known()?;
    Some(cell(&Figure::of((value * 1.0e6).round() / 1.0e6, State::Derived), Unit::Points, true, high.n))
}

/// Draws the rows.
#[must_use]
pub(super) fn draw(reading: &Reading, width: f64) -> Scene {
    let Some(parts) = parts(reading).filter(|_| !reading.lines.is_empty()) else { return nothing(reading, width) };
    let narrow = is_narrow(width);
    let alone = reading.lines.len() == 1;
    let labels = Labels::beside(reading, true);
    let left = if narrow || alone { 0.5 } else { labels.end };
    let canvas = Canvas::new(width);
    let mut y = 0.0;
    for (index, line) in reading.lines.iter().enumerate() {
        canvas.open(row_data(line), None);
        let named = narrow || alone;
        let mut top = y + 2.0;
        if named {
            top = y + label_above(&canvas, reading, line, y, true) + 6.0;
        }
        if line.hidden {
            if !named {
                top = top.max(y + labels.height(index) / 2.0 - BAR / 2.0);
                labels.draw(&canvas, reading, index, top + BAR / 2.0);
            }
            hidden_bar(&canvas, reading, left, top, width - left - 0.5, BAR);
            y = (top + BAR).max(y + if named { 0.0 } else { labels.height(index) }) + 20.0;
            canvas.close();
            continue;
        }
        let brackets = brackets(&canvas, reading, line, parts, (left, width - 0.5), top);
        top += brackets;
        if !named {
            labels.draw(&canvas, reading, index, top + BAR / 2.0);
        }
        bar(&canvas, reading, line, parts, (left, width - 0.5), top);
        let below = net_line(&canvas, reading, index, left, top + BAR + 8.0);
        canvas.close();
        y = (top + BAR + 8.0 + below).max(if named { 0.0 } else { top + BAR / 2.0 + labels.height(index) / 2.0 }) + 18.0;
    }
    let words = reading.say((
        "すすめたさの差し引きは、すすめる人の割合から、すすめない人の割合を引いた数（−100から+100）",
        "Recommendation score: the share who recommend less the share who do not (−100 to +100)",
    ));
    y += note(&canvas, words, 0.0, y - 8.0) - 4.0;
    canvas.finish(y)
}

/// Where each part lies, in pixels.
fn places(line: &Line, parts: [usize; 3], (left, right): (f64, f64)) -> [(f64, f64); 3] {
    let values = parts.map(|class| line.cells.get(class).and_then(|cell| cell.value).unwrap_or(0.0).max(0.0));
    let whole: f64 = values.iter().sum();
    let scale = if whole > 0.0 { (right - left) / whole } else { 0.0 };
    let mut x = left;
    values.map(|value| {
        let from = x;
        x += value * scale;
        (from, x)
    })
}

/// Names and shares over brackets where all of them have room, else none: the legend names them too. Returns their height.
fn brackets(canvas: &Canvas, reading: &Reading, line: &Line, parts: [usize; 3], ends: (f64, f64), top: f64) -> f64 {
    let set = Type::new(14.0).bold().at(Anchor::Middle);
    let places = places(line, parts, ends);
    let fits = parts.iter().zip(&places).all(|(class, (from, to))| set.width(&reading.columns[*class].label) + 8.0 <= to - from);
    if !fits {
        return 0.0;
    }
    for (class, (from, to)) in parts.iter().zip(places) {
        canvas.text(&reading.columns[*class].label, f64::midpoint(from, to), top + 8.0, set);
        let (from, to, y) = (from + 1.5, to - 1.5, top + 21.0);
        canvas.line(&[(from, y + 6.0), (from, y), (to, y), (to, y + 6.0)], Token::Ink, 1.5);
    }
    30.0
}

fn bar(canvas: &Canvas, reading: &Reading, line: &Line, parts: [usize; 3], ends: (f64, f64), top: f64) {
    for ((class, (from, to)), fill) in parts.iter().zip(places(line, parts, ends)).zip([Token::K3, Token::Mid, Token::D5]) {
        let (cell, column) = (&line.cells[*class], &reading.columns[*class]);
        canvas.open(cell_data(&column.id, cell), Some(hover(reading, line, &column.label, cell)));
        let gap = ((to - from) / 3.0).min(0.75);
        if to > from {
            canvas.rect(from + gap, top, to - from - 2.0 * gap, BAR, Paint::Token(fill));
        }
        let words = reading.drawn(line, cell);
        if let Some(set) = inside(&words, to - from, true, ends.1 < 500.0) {
            canvas.text(&words, f64::midpoint(from, to), top + BAR / 2.0, set.paint(Paint::On(fill)));
        }
        canvas.close();
    }
    let known = parts.iter().all(|class| line.cells[*class].value.is_some());
    if !known {
        super::frame::hatched(canvas, (ends.0, top, ends.1 - ends.0, BAR), &[reading.say(words::NO_SPLIT)]);
    }
    canvas.outline(ends.0, top, ends.1 - ends.0, BAR, Token::Edge, 1.0);
}

/// The net score, large, with its interval; returns how high it is.
fn net_line(canvas: &Canvas, reading: &Reading, index: usize, left: f64, top: f64) -> f64 {
    let Some(net) = net(reading, index) else { return 0.0 };
    let line = &reading.lines[index];
    let name = reading.say(words::NET);
    canvas.open(cell_data("net", &net), Some(hover(reading, line, name, &net)));
    let words = if net.state == State::Derived { format!("({})", net.shown) } else { net.shown.clone() };
    canvas.text(name, left, top + 14.0, SMALL);
    let x = left + SMALL.width(name) + 10.0;
    canvas.text(&words, x, top + 13.0, NET);
    let x = x + NET.width(&words) + 12.0;
    let mut height = 28.0;
    if let Some(interval) = reading.interval(&net) {
        let words = format!("{} {interval}", reading.say(words::INTERVAL));
        if x + SMALL.width(&words) <= canvas.width {
            canvas.text(&words, x, top + 14.0, SMALL);
        } else {
            canvas.text(&words, left, top + 34.0, SMALL);
            height += 18.0;
        }
    }
    canvas.close();
    height
}
