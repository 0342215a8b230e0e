//! The path diagram: arrows from node to node, as wide as their coefficient. What cannot be told from chance is thin and
//! dashed, and says so.

use super::canvas::{Canvas, Type};
use super::frame::{cell_data, hover, is_narrow, left_out, note, nothing, row_data};
use super::lines::{Fitted, fit, widest_word};
use super::palette::Token;
use super::placement::{Box2, place};
use super::reading::{Cell, Line, Reading};
use super::scene::{Anchor, Paint, Scene, Step, Stroke};
use super::words;
use crate::survey::figure::State;

const LEADING: f64 = 20.0;

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
    #[allow(clippy::cast_precision_loss)] // people, far fewer than 2^52
    let freedom = (n - 2) as f64;
    Some(value.abs() * (freedom / (1.0 - value * value)).sqrt() >= 1.96)
}

/// A node with its place.
struct Node {
    layer: usize,
    label: Fitted,
    at: Box2,
}

/// An arrow between nodes.
struct Arrow<'a> {
    line: &'a Line,
    from: usize,
    to: usize,
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
    y += left_out(&canvas, reading, &[], &hidden, y);
    canvas.finish(y + 2.0)
}

/// Puts nodes into layers, each one right of all that point at it; `None` for what would not read: circles, arrows over a
/// layer, too many layers or nodes.
fn graph<'a>(shown: &[(&'a Line, &(String, String))], width: f64) -> Option<(Vec<Node>, Vec<Arrow<'a>>)> {
    let mut names: Vec<&str> = Vec::new();
    for (_, (from, to)) in shown {
        for name in [from.as_str(), to.as_str()] {
            if !names.contains(&name) {
                names.push(name);
            }
        }
    }
    let index = |name: &str| names.iter().position(|known| *known == name);
    let arrows: Vec<Arrow<'a>> =
        shown.iter().filter_map(|(line, (from, to))| Some(Arrow { line, from: index(from)?, to: index(to)? })).collect();
    let mut layers = vec![0_usize; names.len()];
    for _ in 0..=names.len() {
        for arrow in &arrows {
            layers[arrow.to] = layers[arrow.to].max(layers[arrow.from] + 1);
        }
    }
    let most = if is_narrow(width) { 2 } else { 4 };
    let count = layers.iter().max().map_or(0, |layer| layer + 1);
    let settled = arrows.iter().all(|arrow| layers[arrow.to] == layers[arrow.from] + 1);
    if !settled || count > most || names.len() > 16 || arrows.len() > 16 {
        return None;
    }
    place_nodes(&names, &layers, count, width).map(|nodes| (nodes, arrows))
}

fn place_nodes(names: &[&str], layers: &[usize], count: usize, width: f64) -> Option<Vec<Node>> {
    let (box_width, gap) = match (is_narrow(width), count) {
        (true, _) => (112.0, width - 2.0 - 224.0),
        (false, 0..=2) => (200.0, 300.0),
        (false, 3) => (180.0, 125.0),
        (false, _) => (134.0, 84.0),
    };
    let room = box_width - 16.0;
    let mut nodes: Vec<Node> = Vec::new();
    for (name, layer) in names.iter().zip(layers) {
        let label = fit(name, room, 3, 15.0, true);
        if widest_word(name, label.size, true) > room || label.lines.len() > 6 {
            return None;
        }
        #[allow(clippy::cast_precision_loss)] // a handful of lines and layers
        let (height, left) = (LEADING * label.lines.len().max(1) as f64 + 20.0, 1.0 + (box_width + gap) * *layer as f64);
        let at = Box2 { left, top: 0.0, right: left + box_width, bottom: height };
        nodes.push(Node { layer: *layer, label, at });
    }
    let between = 30.0;
    let height_of = |layer: usize| {
        let heights: Vec<f64> = nodes.iter().filter(|node| node.layer == layer).map(|node| node.at.bottom).collect();
        #[allow(clippy::cast_precision_loss)]
        let gaps = heights.len().saturating_sub(1) as f64;
        heights.iter().sum::<f64>() + between * gaps
    };
    let heights: Vec<f64> = (0..count).map(height_of).collect();
    let tallest = heights.iter().copied().fold(0.0, f64::max);
    let mut next: Vec<f64> = heights.iter().map(|height| (tallest - height) / 2.0 + 1.0).collect();
    for node in &mut nodes {
        let top = next[node.layer];
        let height = node.at.bottom;
        next[node.layer] += height + between;
        node.at.top = top;
        node.at.bottom = top + height;
    }
    Some(nodes)
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
        let at = found.or_else(|| place(on_curve(*curve, 0.45), size, 0.0, 60.0, &room, &taken))?;
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

/// Where an arrow leaves or reaches its box: arrows of one box share its side in the order of their other ends.
fn port(arrows: &[Arrow<'_>], nodes: &[Node], index: usize, leaving: bool) -> (f64, f64) {
    let own = |arrow: &Arrow<'_>| if leaving { arrow.from } else { arrow.to };
    let other = |arrow: &Arrow<'_>| if leaving { arrow.to } else { arrow.from };
    let node = &nodes[own(&arrows[index])];
    let mut mates: Vec<usize> = (0..arrows.len()).filter(|mate| own(&arrows[*mate]) == own(&arrows[index])).collect();
    mates.sort_by(|a, b| nodes[other(&arrows[*a])].at.top.total_cmp(&nodes[other(&arrows[*b])].at.top).then(a.cmp(b)));
    let position = mates.iter().position(|mate| *mate == index).unwrap_or(0);
    #[allow(clippy::cast_precision_loss)] // a handful of arrows
    let (count, position) = (mates.len() as f64, position as f64);
    let height = node.at.bottom - node.at.top;
    let pitch = (height / (count + 1.0)).min(16.0);
    let middle = f64::midpoint(node.at.top, node.at.bottom);
    let y = middle + (position - (count - 1.0) / 2.0) * pitch;
    (if leaving { node.at.right } else { node.at.left }, y)
}

type Curve = ((f64, f64), (f64, f64));

/// A point of the S-shaped curve between two ports, 0 to 1.
fn on_curve(((x1, y1), (x2, y2)): Curve, part: f64) -> (f64, f64) {
    let handle = (x2 - x1) * 0.45;
    let points = [(x1, y1), (x1 + handle, y1), (x2 - handle, y2), (x2, y2)];
    let rest = 1.0 - part;
    let weights = [rest * rest * rest, 3.0 * rest * rest * part, 3.0 * rest * part * part, part * part * part];
    points.iter().zip(weights).fold((0.0, 0.0), |(x, y), (point, weight)| (x + point.0 * weight, y + point.1 * weight))
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
    if none {
        let words = fit(reading.say(words::NO_RELATION), room.max(60.0), 3, 12.0, false);
        tag.extend(words.lines.into_iter().map(|words| (words, Type::new(12.0).token(Token::Ink2).at(Anchor::Middle))));
    }
    tag
}

const TAG_LEADING: f64 = 17.0;

fn tag_size(tag: &[(String, Type)]) -> (f64, f64) {
    let width = tag.iter().map(|(words, set)| set.width(words)).fold(0.0, f64::max) + 8.0;
    #[allow(clippy::cast_precision_loss)] // a handful of lines
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
    #[allow(clippy::cast_precision_loss)] // a handful of lines
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
        #[allow(clippy::cast_precision_loss)] // a handful of lines
        let box_height = labels.iter().map(|label| LEADING * label.lines.len().max(1) as f64 + 20.0).fold(0.0, f64::max);
        // The words stand over the arrow here, so that even a short one is seen.
        let height = box_height.max(2.0 * (tag_height + 8.0));
        let middle = y + height / 2.0;
        let left = Box2 { left: 1.0, top: middle - box_height / 2.0, right: 1.0 + box_width, bottom: middle + box_height / 2.0 };
        let right = Box2 { left: left.right + gap, right: left.right + gap + box_width, ..left };
        draw_arrow(canvas, reading, line, ((left.right, middle), (right.left, middle)));
        let centre = left.right + gap / 2.0;
        let over = weight(line.cells.first()) / 2.0 + 6.0;
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
