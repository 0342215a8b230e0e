//! Four corners with names, numbered points between them.

use super::paper::{Paper, stroke};
use crate::charts::palette::Token;
use crate::charts::scene::{Anchor, Paint, Scene};
use serde::{Deserialize, Serialize};

/// A point.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub(super) struct Point {
    x: f64,
    y: f64,
}

/// The points, the ends of both axes, the names of the corners and of the axes.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub(super) struct Input {
    width: f64,
    points: Vec<Point>,
    x: [f64; 2],
    y: [f64; 2],
    corners: [String; 4],
    up: String,
    across: String,
}

pub(super) fn draw(input: &Input) -> Scene {
    let mut paper = Paper::new(input.width);
    let size = (input.width - 24.0).min(480.0);
    let (left, top) = ((input.width - size) / 2.0, 26.0);
    let x = |value: f64| left + (value - input.x[0]) / (input.x[1] - input.x[0]) * size;
    let y = |value: f64| top + size - (value - input.y[0]) / (input.y[1] - input.y[0]) * size;
    let middle = ((input.x[0] + input.x[1]) / 2.0, (input.y[0] + input.y[1]) / 2.0);
    let ink = stroke(Token::Ink, 1.5, None);
    paper.rect((left, top), (size, size), None, Some(stroke(Token::Edge, 1.0, None)));
    paper.line(&[(x(middle.0), top), (x(middle.0), top + size)], ink);
    paper.line(&[(left, y(middle.1)), (left + size, y(middle.1))], ink);
    let corners = [
        ((left, top - 14.0), Anchor::Start, Token::Kaki),
        ((left + size, top - 14.0), Anchor::End, Token::Ink2),
        ((left, top + size + 15.0), Anchor::Start, Token::Ink2),
        ((left + size, top + size + 15.0), Anchor::End, Token::Ink2),
    ];
    for ((place, anchor, token), name) in corners.into_iter().zip(&input.corners) {
        paper.bold(place, name, 13.0, anchor, token);
    }
    paper.plain((x(middle.0) + 6.0, top + 12.0), &input.up, 12.0, Anchor::Start, Token::Ink3);
    paper.plain((left + size - 6.0, y(middle.1) - 10.0), &input.across, 12.0, Anchor::End, Token::Ink3);
    for (at, point) in input.points.iter().enumerate() {
        let same = input.points[..at].iter().filter(|other| other.x == point.x && other.y == point.y).count();
        let px = (x(point.x) + 24.0 * same as f64).min(left + size - 14.0).max(left + 14.0);
        let py = y(point.y).min(top + size - 14.0).max(top + 14.0);
        paper.circle((px, py), 12.0, Token::D5, stroke(Token::Paper, 2.0, None));
        paper.text((px, py), &(at + 1).to_string(), 12.0, Anchor::Middle, Paint::On(Token::D5), true);
    }
    paper.scene(top + size + 26.0)
}
