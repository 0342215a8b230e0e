//! The life line: a curve through points of a life, never above a summit nor below a valley. What comes after the marked point is
//! still to come and dashed.

use super::axis::Axis;
use super::canvas::Canvas;
use super::curve::{along, handles, tangents};
use super::frame::{is_narrow, left_out, nothing};
use super::numbered::list;
use super::palette::Token;
use super::placement::Box2;
use super::reading::{Line, Reading};
use super::scatter::{axes, dot, lower_name, parted, tick_room, upper_name};
use super::scene::{Paint, Scene, Step, Stroke};
use super::tags::{Tag, draw_tag, place_tags};

/// Draws the curve.
#[must_use]
pub(super) fn draw(reading: &Reading, width: f64) -> Scene {
    let (mut dots, hidden, missing) = parted(reading);
    if dots.is_empty() {
        let canvas = Canvas::new(width);
        let empty = nothing(reading, width);
        let below = left_out(&canvas, reading, &missing, &hidden, empty.height + 8.0);
        let mut scene = canvas.finish(empty.height + 8.0 + below);
        scene.marks.splice(0..0, empty.marks);
        return scene;
    }
    let number = |line: &Line, index: usize| line.cells.get(index).and_then(|cell| cell.value).unwrap_or(0.0);
    dots.sort_by(|a, b| number(a, 0).total_cmp(&number(b, 0)));
    let narrow = is_narrow(width);
    let canvas = Canvas::new(width);
    let top = upper_name(&canvas, &reading.columns[1].label);
    let values = |index: usize| -> Vec<f64> { dots.iter().filter_map(|line| line.cells[index].value).collect() };
    let mut heights = values(1);
    heights.extend(reading.range.map(|range| [range.0, range.1]).into_iter().flatten());
    let down = Axis::fitted(reading, 1, &heights, 5);
    let left = tick_room(reading, &down).max(28.0);
    let frame = Box2 { left, top, right: width - 1.0, bottom: top + if narrow { 240.0 } else { 300.0 } };
    let across = Axis::fitted(reading, 0, &values(0), if narrow { 4 } else { 8 }).between(frame.left + 16.0, frame.right - 24.0);
    let down = down.between(frame.bottom - 14.0, frame.top + 22.0);
    axes(&canvas, reading, &across, &down, &frame, true);
    if down.low < 0.0 && down.high > 0.0 {
        let zero = down.at(0.0);
        canvas.line(&[(frame.left, zero), (frame.right, zero)], Token::Ink3, 1.5);
    }
    let points: Vec<(f64, f64)> = dots.iter().map(|line| (across.at(number(line, 0)), down.at(number(line, 1)))).collect();
    let now = dots.iter().position(|line| line.marked);
    let taken = curve(&canvas, &points, now);
    let tags: Vec<Tag> =
        dots.iter().zip(&points).map(|(line, point)| Tag { words: line.label.clone(), marked: line.marked, point: *point }).collect();
    let (placed, listed) = place_tags(&tags, &frame, taken);
    for (tag, place) in tags.iter().zip(&placed) {
        draw_tag(&canvas, tag, place.as_ref());
    }
    for (line, tag) in dots.iter().zip(&tags) {
        dot(&canvas, reading, line, tag.point, if line.marked { Token::Kaki } else { Token::Ai });
        if !line.marked {
            canvas.dot(tag.point.0, tag.point.1, 3.5, Token::Paper);
        }
    }
    let mut y = lower_name(&canvas, &reading.columns[0].label, &frame);
    let entries: Vec<(String, bool)> = listed.iter().map(|index| (tags[*index].words.clone(), tags[*index].marked)).collect();
    y = list(&canvas, &entries, y);
    y += left_out(&canvas, reading, &missing, &hidden, y);
    canvas.finish(y + 6.0)
}

/// Draws the curve in pieces; what follows the point `now` is dashed. Returns boxes along it, so that labels keep off.
fn curve(canvas: &Canvas, points: &[(f64, f64)], now: Option<usize>) -> Vec<Box2> {
    // Points at the same place across have no curve between them, only an upright line.
    let mut taken = Vec::new();
    let mut start = 0;
    while start < points.len() {
        let rises = |index: &usize| points[*index].0 > points[*index - 1].0 + 0.5;
        let end = (start + 1..points.len()).take_while(rises).last().unwrap_or(start);
        piece(
            canvas,
            &points[start..=end],
            now.map(|now| now.saturating_sub(start)).filter(|_| now >= Some(start)),
            now < Some(start) && now.is_some(),
            &mut taken,
        );
        if end + 1 < points.len() {
            canvas.line(&[points[end], points[end + 1]], Token::Ai, 2.5);
        }
        start = end + 1;
    }
    taken
}

fn piece(canvas: &Canvas, points: &[(f64, f64)], now: Option<usize>, future: bool, taken: &mut Vec<Box2>) {
    let tangents = tangents(points);
    let mut steps = Vec::new();
    let mut dashed = future;
    let draw = |steps: &[Step], dashed: bool| {
        let stroke = Stroke { paint: Paint::Token(Token::Ai), width: 2.5, dash: dashed.then_some((7.0, 5.0)) };
        canvas.path(steps, None, Some(stroke));
    };
    for index in 0..points.len().saturating_sub(1) {
        if steps.is_empty() {
            steps.push(Step::Move(points[index].0, points[index].1));
        }
        let (first, second) = handles(points, &tangents, index);
        steps.push(Step::Curve([first.0, first.1, second.0, second.1, points[index + 1].0, points[index + 1].1]));
        for part in 1..8 {
            let (x, y) = along(points, &tangents, index, f64::from(part) / 8.0);
            taken.push(Box2::around(x, y, 3.0));
        }
        if now == Some(index + 1) {
            draw(&steps, dashed);
            steps.clear();
            dashed = true;
        } else if now == Some(index) && index == 0 && !dashed {
            dashed = true;
        }
    }
    draw(&steps, dashed);
}
