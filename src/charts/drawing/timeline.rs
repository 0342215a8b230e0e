//! Jobs along the years, coloured by how they felt.

use super::paper::{Paper, figure, short, step, stroke};
use crate::charts::palette::Token;
use crate::charts::scene::{Anchor, Scene};
use serde::{Deserialize, Serialize};

/// A job.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub(super) struct Row {
    label: String,
    from: f64,
    to: f64,
    feeling: Option<f64>,
}

/// The jobs and the months that they lie between.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub(super) struct Input {
    width: f64,
    from: f64,
    to: f64,
    rows: Vec<Row>,
}

pub(super) fn draw(input: &Input) -> Scene {
    let mut paper = Paper::new(input.width);
    let (left, right, pitch) = (6.0, input.width - 6.0, 46.0);
    let span = (input.to - input.from + 1.0).max(12.0);
    let x = |month: f64| left + (month - input.from) / span * (right - left);
    let bottom = 30.0 + input.rows.len() as f64 * pitch;
    let tick = 12.0 * step(span / 12.0, if input.width < 500.0 { 4.0 } else { 9.0 });
    let mut month = tick * (input.from / tick).ceil();
    while month <= input.to + 1.0 {
        paper.line(&[(x(month), 22.0), (x(month), bottom)], stroke(Token::Rule, 1.0, None));
        paper.plain((x(month), 10.0), &(month / 12.0).to_string(), 12.0, Anchor::Middle, Token::Ink3);
        month += tick;
    }
    for (at, row) in input.rows.iter().enumerate() {
        let y = 30.0 + at as f64 * pitch;
        let label = short(&format!("{}  {}", at + 1, row.label), ((right - left - 34.0) / 7.0).floor());
        paper.plain((left, y + 9.0), &label, 13.0, Anchor::Start, Token::Ink);
        let fill = match row.feeling.unwrap_or(0.0) {
            feeling if feeling >= 3.0 => Token::D6,
            feeling if feeling >= 1.0 => Token::D4,
            feeling if feeling > -1.0 => Token::Mid,
            feeling if feeling > -3.0 => Token::K2,
            _ => Token::K4,
        };
        paper.rect((x(row.from), y + 20.0), (x(row.to + 1.0) - x(row.from), 16.0), Some(fill), Some(stroke(Token::Edge, 1.0, None)));
        if let Some(feeling) = row.feeling {
            let words = format!("{}{}", if feeling > 0.0 { "+" } else { "" }, figure(feeling));
            paper.bold((right, y + 9.0), &words, 12.0, Anchor::End, Token::Ink2);
        }
    }
    paper.scene(bottom + 4.0)
}
