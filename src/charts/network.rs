//! A network of nodes in layers: who points at whom, where the boxes stand, where arrows leave and reach them.

use super::frame::is_narrow;
use super::lines::{Fitted, fit, widest_word};
use super::placement::Box2;
use super::reading::Line;

/// Distance of lines in a box.
pub(super) const LEADING: f64 = 20.0;

/// A node with its place.
pub(super) struct Node {
    layer: usize,
    /// Its name in lines.
    pub label: Fitted,
    /// Its box.
    pub at: Box2,
}

/// An arrow between nodes.
pub(super) struct Arrow<'a> {
    /// Its row.
    pub line: &'a Line,
    /// Index of the node that it leaves.
    pub from: usize,
    /// Index of the node that it reaches.
    pub to: usize,
}

/// Puts nodes into layers, each one right of all that point at it; `None` for what would not read: circles, arrows over a
/// layer, too many layers or nodes.
pub(super) fn graph<'a>(shown: &[(&'a Line, &(String, String))], width: f64) -> Option<(Vec<Node>, Vec<Arrow<'a>>)> {
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
        (false, 3) => (160.0, 155.0),
        (false, _) => (134.0, 84.0),
    };
    let room = box_width - 16.0;
    let mut nodes: Vec<Node> = Vec::new();
    for (name, layer) in names.iter().zip(layers) {
        let label = fit(name, room, 3, 15.0, true);
        if widest_word(name, label.size, true) > room || label.lines.len() > 6 {
            return None;
        }
        let (height, left) = (LEADING * label.lines.len().max(1) as f64 + 20.0, 1.0 + (box_width + gap) * *layer as f64);
        let at = Box2 { left, top: 0.0, right: left + box_width, bottom: height };
        nodes.push(Node { layer: *layer, label, at });
    }
    let between = 30.0;
    let height_of = |layer: usize| {
        let heights: Vec<f64> = nodes.iter().filter(|node| node.layer == layer).map(|node| node.at.bottom).collect();
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

/// Where an arrow leaves or reaches its box: arrows of one box share its side in the order of their other ends.
pub(super) fn port(arrows: &[Arrow<'_>], nodes: &[Node], index: usize, leaving: bool) -> (f64, f64) {
    let own = |arrow: &Arrow<'_>| if leaving { arrow.from } else { arrow.to };
    let other = |arrow: &Arrow<'_>| if leaving { arrow.to } else { arrow.from };
    let node = &nodes[own(&arrows[index])];
    let mut mates: Vec<usize> = (0..arrows.len()).filter(|mate| own(&arrows[*mate]) == own(&arrows[index])).collect();
    mates.sort_by(|a, b| nodes[other(&arrows[*a])].at.top.total_cmp(&nodes[other(&arrows[*b])].at.top).then(a.cmp(b)));
    let position = mates.iter().position(|mate| *mate == index).unwrap_or(0);
    let (count, position) = (mates.len() as f64, position as f64);
    let height = node.at.bottom - node.at.top;
    let pitch = (height / (count + 1.0)).min(16.0);
    let middle = f64::midpoint(node.at.top, node.at.bottom);
    let y = middle + (position - (count - 1.0) / 2.0) * pitch;
    (if leaving { node.at.right } else { node.at.left }, y)
}

/// From port to port.
pub(super) type Curve = ((f64, f64), (f64, f64));

/// A point of the S-shaped curve between two ports, 0 to 1.
pub(super) fn on_curve(((x1, y1), (x2, y2)): Curve, part: f64) -> (f64, f64) {
    let handle = (x2 - x1) * 0.45;
    let points = [(x1, y1), (x1 + handle, y1), (x2 - handle, y2), (x2, y2)];
    let rest = 1.0 - part;
    let weights = [rest * rest * rest, 3.0 * rest * rest * part, 3.0 * rest * part * part, part * part * part];
    points.iter().zip(weights).fold((0.0, 0.0), |(x, y), (point, weight)| (x + point.0 * weight, y + point.1 * weight))
}
