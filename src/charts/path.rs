//! The path diagram: arrows from node to node, as wide as their coefficient. What cannot be told from chance is thin and
//! dashed, and says so.

use super::canvas::{Canvas, Type};
use super::cell::Cell;
use super::frame::{cell_data, hover, is_narrow, left_out, note, nothing, row_data};
use super::lines::{Fitted, fit};
use super::network::{Arrow, Curve, LEADING, Node, graph, on_curve, port};
use super::palette::Token;
use super::placement::{Box2, Wish, place};
use super::reading::{Line, Reading};
use super::scene::{Anchor, Paint, Scene, Step, Stroke};
use super::words;
use crate::survey::figure::State;

/// Whether a coefficient can be told from zero: by its interval, else by its sample size (t = |r| √((n−2)/(1−r²)) against
/// 1.96); `None` where neither is known.
#[must_use]
pub(super) fn related(cell: &Cell) -> Option<bool> {
    let value = cell.value?;
    if let Some(interval) = cell.interval {
        return Some(interval.low > 0.0 || interval.high < 0.0);
    }
    let n = cell.n.filter(|n| *n > 2)?;
    if value.abs() >= 1.0 {
        return Some(true);
    }
    let freedom = (n - 2) as f64;
    Some(value.abs() * (freedom / (1.0 - value * value)).sqrt() >= 1.96)
}

/// Draws the diagram.
#[must_use]
pub(super) fn draw(reading: &Reading, width: f64) -> Scene {
    let shown: Vec<(&Line, &(String, String))> = reading
        .lines
        .iter()
        .filter(|line| line.cells.first().is_none_or(|cell| cell.state != State::Hidden) && !line.hidden)
        .filter_map(|line| line.link.as_ref().map(|link| (line, link)))
        .collect();
    let hidden: Vec<&Line> =
        reading.lines.iter().filter(|line| line.hidden || line.cells.first().is_some_and(|cell| cell.state == State::Hidden)).collect();
    if shown.is_empty() && hidden.is_empty() {
        return nothing(reading, width);
    }
    let canvas = Canvas::new(width);
    let mut y = match graph(&shown, width) {
        Some((nodes, arrows)) => draw_graph(&canvas, reading, &nodes, &arrows),
        None => None,
    }
    .unwrap_or_else(|| rows(&canvas, reading, &shown));
    y += 8.0;
    if shown.iter().any(|(line, _)| line.cells.first().is_none_or(|cell| cell.value.is_none())) {
        y += note(
            &canvas,
            reading.say(("数値のない矢印は、資料に値がありません。", "The source gives no figure for arrows without one.")),
            0.0,
            y,
        );
    }
    if is_narrow(width) && shown.iter().any(|(line, _)| line.cells.first().and_then(related) == Some(false)) {
        y += note(&canvas, reading.say(("点線は、関係が見られないものです。", "Dashed: no relation found.")), 0.0, y);
    }
    y += left_out(&canvas, reading, &[], &hidden, y);
    canvas.finish(y + 2.0)
}

/// Draws boxes and arrows; `None` where a coefficient finds no place of its own. Returns the lower end.
fn draw_graph(canvas: &Canvas, reading: &Reading, nodes: &[Node], arrows: &[Arrow<'_>]) -> Option<f64> {
    let bottom = nodes.iter().map(|node| node.at.bottom).fold(0.0, f64::max);
    let mut taken: Vec<Box2> = nodes.iter().map(|node| node.at).collect();
    let room = Box2 { left: 0.0, top: -1.0, right: canvas.width, bottom: bottom + 40.0 };
    let mut curves = Vec::new();
    for index in 0..arrows.len() {
        curves.push((port(arrows, nodes, index, true), port(arrows, nodes, index, false)));
    }
    let mut tags = Vec::new();
    for (arrow, curve) in arrows.iter().zip(&curves) {
        let gap = nodes[arrow.to].at.left - nodes[arrow.from].at.right;
        let tag = tag(reading, arrow.line, gap - 16.0);
        if tag.is_empty() {
            tags.push(None);
            continue;
        }
        let size = tag_size(&tag);
        let found = [0.4, 0.3, 0.5, 0.6, 0.2, 0.7].into_iter().find_map(|part| {
            let (x, y) = on_curve(*curve, part);
            let at = Box2 { left: x - size.0 / 2.0, top: y - size.1 / 2.0, right: x + size.0 / 2.0, bottom: y + size.1 / 2.0 };
            (at.inside(&room) && !taken.iter().any(|other| at.meets(other))).then_some(at)
        });
        let at =
            found.or_else(|| place(&Wish { point: on_curve(*curve, 0.45), size, dot: 0.0, reach: 60.0, others: &[] }, &room, &taken))?;
        taken.push(at);
        tags.push(Some((tag, at)));
    }
    let lowest = tags.iter().flatten().map(|(_, at)| at.bottom).fold(bottom, f64::max);
    for (arrow, curve) in arrows.iter().zip(&curves) {
        draw_arrow(canvas, reading, arrow.line, *curve);
    }
    for (arrow, tag) in arrows.iter().zip(&tags) {
        if let Some((tag, at)) = tag {
            draw_tag(canvas, arrow.line, tag, at);
        }
    }
    for node in nodes {
        draw_box(canvas, &node.at, &node.label);
    }
    Some(lowest + 4.0)
}

/// How wide an arrow is: 1.5 to 11.5 pixels by its coefficient.
fn weight(cell: Option<&Cell>) -> f64 {
    let value = cell.filter(|cell| related(cell) != Some(false)).and_then(|cell| cell.value);
    1.5 + 10.0 * value.map_or(0.0, |value| value.abs().min(1.0))
}

fn draw_arrow(canvas: &Canvas, reading: &Reading, line: &Line, ((x1, y1), (x2, y2)): Curve) {
    let cell = line.cells.first();
    let none = cell.is_some_and(|cell| related(cell) == Some(false));
    let token = if none {
        Token::Edge
    } else if line.marked {
        Token::Kaki
    } else {
        Token::D5
    };
    let width = weight(cell);
    let (length, half) = (8.0 + width * 0.6, 4.0 + width / 2.0);
    let title = cell.map(|cell| hover(reading, line, "", cell));
    let mut data = row_data(line);
    if let (Some(cell), Some(column)) = (cell, reading.columns.first()) {
        data.extend(cell_data(&column.id, cell));
    }
    canvas.open(data, title);
    let (from, base) = (x1 + 1.0, x2 - length);
    let handle = (base - from) * 0.45;
    let dash = none.then_some((5.0, 4.0));
    canvas.path(
        &[Step::Move(from, y1), Step::Curve([from + handle, y1, base - handle, y2, base + 0.5, y2])],
        None,
        Some(Stroke { paint: Paint::Token(token), width, dash }),
    );
    canvas.path(
        &[Step::Move(base, y2 - half), Step::Line(x2 - 1.0, y2), Step::Line(base, y2 + half), Step::Close],
        Some(Paint::Token(token)),
        None,
    );
    canvas.close();
}

/// What stands on an arrow: its coefficient, and where there is no relation, that; each with its setting.
fn tag(reading: &Reading, line: &Line, room: f64) -> Vec<(String, Type)> {
    let Some(cell) = line.cells.first().filter(|cell| cell.value.is_some()) else { return Vec::new() };
    let none = related(cell) == Some(false);
    let number = Type::new(15.0).bold_if(!none).at(Anchor::Middle);
    let mut tag = vec![(reading.drawn(line, cell), number)];
    // On a phone the words would hide the whole arrow; they stand under the drawing there.
    if none && room > 100.0 {
        let words = fit(reading.say(words::NO_RELATION), room.max(60.0), 3, 12.0, false);
        tag.extend(words.lines.into_iter().map(|words| (words, Type::new(12.0).token(Token::Ink2).at(Anchor::Middle))));
    }
    tag
}

const TAG_LEADING: f64 = 17.0;

fn tag_size(tag: &[(String, Type)]) -> (f64, f64) {
    let width = tag.iter().map(|(words, set)| set.width(words)).fold(0.0, f64::max) + 8.0;
    (width, TAG_LEADING * tag.len() as f64 + 2.0)
}

fn draw_tag(canvas: &Canvas, line: &Line, tag: &[(String, Type)], at: &Box2) {
    canvas.open(row_data(line), None);
    canvas.rect(at.left, at.top, at.right - at.left, at.bottom - at.top, Paint::Token(Token::Paper));
    let mut y = at.top + 1.0 + TAG_LEADING / 2.0;
    for (words, set) in tag {
        canvas.text(words, f64::midpoint(at.left, at.right), y, *set);
        y += TAG_LEADING;
    }
    canvas.close();
}

fn draw_box(canvas: &Canvas, at: &Box2, label: &Fitted) {
    canvas.rect(at.left, at.top, at.right - at.left, at.bottom - at.top, Paint::Token(Token::Sheet));
    canvas.outline(at.left, at.top, at.right - at.left, at.bottom - at.top, Token::Ink, 1.5);
    let stack = LEADING * label.lines.len() as f64;
    let first = f64::midpoint(at.top, at.bottom) - stack / 2.0 + LEADING / 2.0;
    canvas.lines(&label.lines, f64::midpoint(at.left, at.right), first, LEADING, Type::new(label.size).bold().at(Anchor::Middle));
}

/// One arrow a row, for what does not read as one diagram. Returns the lower end.
fn rows(canvas: &Canvas, reading: &Reading, shown: &[(&Line, &(String, String))]) -> f64 {
    let width = canvas.width;
    let gap = if is_narrow(width) { 92.0 } else { 220.0 };
    let box_width = ((width - 2.0 - gap) / 2.0).min(260.0);
    let mut y = 1.0;
    for (line, (from, to)) in shown {
        let labels = [fit(from, box_width - 16.0, 3, 15.0, true), fit(to, box_width - 16.0, 3, 15.0, true)];
        let tag = tag(reading, line, gap - 8.0);
        let (tag_width, tag_height) = if tag.is_empty() { (0.0, 0.0) } else { tag_size(&tag) };
        let box_height = labels.iter().map(|label| LEADING * label.lines.len().max(1) as f64 + 20.0).fold(0.0, f64::max);
        // The words stand over the arrow here, so that even a short one is seen.
        let over = weight(line.cells.first()) / 2.0 + 6.0;
        let height = box_height.max(2.0 * (tag_height + over));
        let middle = y + height / 2.0;
        let left = Box2 { left: 1.0, top: middle - box_height / 2.0, right: 1.0 + box_width, bottom: middle + box_height / 2.0 };
        let right = Box2 { left: left.right + gap, right: left.right + gap + box_width, ..left };
        draw_arrow(canvas, reading, line, ((left.right, middle), (right.left, middle)));
        let centre = left.right + gap / 2.0;
        if !tag.is_empty() {
            let at = Box2 {
                left: centre - tag_width / 2.0,
                top: middle - over - tag_height,
                right: centre + tag_width / 2.0,
                bottom: middle - over,
            };
            draw_tag(canvas, line, &tag, &at);
        }
        draw_box(canvas, &left, &labels[0]);
        draw_box(canvas, &right, &labels[1]);
        y += height + 18.0;
    }
    y - 10.0
}
