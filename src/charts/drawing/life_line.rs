//! The life line: a curve through the points that never goes past them; what lies ahead is dashed.

use super::paper::{Paper, figure, step, stroke};
use crate::charts::palette::Token;
use crate::charts::scene::{Anchor, Scene};
use serde::{Deserialize, Serialize};

/// A point.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub(super) struct Point {
    x: f64,
    y: f64,
    future: bool,
}

/// The points by age, and the scales.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub(super) struct Input {
    width: f64,
    points: Vec<Point>,
    from: f64,
    to: f64,
    low: f64,
    high: f64,
    peaks: Vec<usize>,
    valleys: Vec<usize>,
}

const DASH: Option<(f64, f64)> = Some((7.0, 5.0));

pub(super) fn draw(input: &Input) -> Scene {
    let mut paper = Paper::new(input.width);
    let (left, right, top, bottom) = (44.0, input.width - 14.0, 26.0, 306.0);
    let span = if input.to > input.from { input.to - input.from } else { 1.0 };
    let x = |value: f64| left + (value - input.from) / span * (right - left);
    let y = |value: f64| bottom - (value - input.low) / (input.high - input.low) * (bottom - top);
    let half = (input.high - input.low) / 4.0;
    for at in 0..=4 {
        let value = input.low + half * f64::from(at);
        let (token, width) = if value == 0.0 { (Token::Ink, 1.5) } else { (Token::Rule, 1.0) };
        paper.line(&[(left, y(value)), (right, y(value))], stroke(token, width, None));
        paper.plain((left - 8.0, y(value)), &figure(value), 12.0, Anchor::End, Token::Ink3);
    }
    let tick = step(span, if input.width < 500.0 { 5.0 } else { 10.0 });
    let mut value = tick * (input.from / tick).ceil();
    while value <= input.to {
        paper.line(&[(x(value), bottom), (x(value), bottom + 5.0)], stroke(Token::Edge, 1.0, None));
        paper.plain((x(value), bottom + 17.0), &figure(value), 12.0, Anchor::Middle, Token::Ink3);
        value += tick;
    }
    let points: Vec<(f64, f64)> = input.points.iter().map(|point| (x(point.x), y(point.y))).collect();
    let slopes = slopes(&points);
    for at in 1..points.len() {
        let (a, b) = (points[at - 1], points[at]);
        let (h, s) = (b.0 - a.0, between(a, b));
        let (m0, m1) = match (slopes[at - 1], slopes[at]) {
            (None, None) => (s, s),
            (None, Some(m1)) => ((3.0 * s - m1) / 2.0, m1),
            (Some(m0), None) => (m0, (3.0 * s - m0) / 2.0),
            (Some(m0), Some(m1)) => (m0, m1),
        };
        let curve = [a.0 + h / 3.0, a.1 + h / 3.0 * m0, b.0 - h / 3.0, b.1 - h / 3.0 * m1, b.0, b.1];
        let dash = if input.points[at].future { DASH } else { None };
        paper.curve(a, curve, stroke(Token::Ai, 2.5, dash));
    }
    for (at, (point, place)) in input.points.iter().zip(&points).enumerate() {
        let (peak, valley) = (input.peaks.contains(&at), input.valleys.contains(&at));
        let (fill, rim) = match (point.future, peak) {
            (true, _) => (Token::Paper, Token::Ai),
            (false, true) => (Token::Kaki, Token::Paper),
            (false, false) => (Token::Ai, Token::Paper),
        };
        paper.circle(*place, 5.0, fill, stroke(rim, 2.0, None));
        let label = (place.0, if valley { place.1 + 17.0 } else { place.1 - 16.0 });
        paper.bold(label, &(at + 1).to_string(), 13.0, Anchor::Middle, if peak { Token::Kaki } else { Token::Ink });
    }
    paper.scene(bottom + 30.0)
}

fn between(a: (f64, f64), b: (f64, f64)) -> f64 {
    if b.0 - a.0 > 0.0 { (b.1 - a.1) / (b.0 - a.0) } else { 0.0 }
}

/// Slopes after Steffen (1990): the curve never goes past a point. The ends have none of their own.
fn slopes(points: &[(f64, f64)]) -> Vec<Option<f64>> {
    let sign = |value: f64| if value < 0.0 { -1.0 } else { 1.0 };
    let slope = |at: usize| {
        let before = *points.get(at.checked_sub(1)?)?;
        let (point, after) = (points[at], *points.get(at + 1)?);
        let (h0, h1) = (point.0 - before.0, after.0 - point.0);
        let (s0, s1) = (between(before, point), between(point, after));
        let p = if h0 + h1 > 0.0 { (s0 * h1 + s1 * h0) / (h0 + h1) } else { 0.0 };
        Some((sign(s0) + sign(s1)) * s0.abs().min(s1.abs()).min(0.5 * p.abs()))
    };
    (0..points.len()).map(slope).collect()
}
