//! Rows with a value each: a bar, or two ends with the way between them.

use super::paper::{Paper, short, stroke};
use crate::charts::palette::Token;
use crate::charts::scene::{Anchor, Scene};
use serde::{Deserialize, Serialize};

/// A row.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub(super) struct Row {
    label: String,
    value: f64,
    /// The other end, where the row has two.
    other: Option<f64>,
    /// What stands at the right.
    words: String,
    marked: bool,
}

/// The rows and the ends of the scale.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub(super) struct Input {
    width: f64,
    low: f64,
    high: f64,
    rows: Vec<Row>,
}

pub(super) fn draw(input: &Input) -> Scene {
    let mut paper = Paper::new(input.width);
    let (left, right, pitch) = (2.0, input.width - 66.0, 50.0);
    let x = |value: f64| left + (value - input.low) / (input.high - input.low) * (right - left);
    for (at, row) in input.rows.iter().enumerate() {
        let y = at as f64 * pitch;
        let label = short(&row.label, (input.width / 7.5).floor());
        let token = if row.marked { Token::Kaki } else { Token::Ink };
        if row.marked {
            paper.bold((left, y + 11.0), &label, 14.0, Anchor::Start, token);
        } else {
            paper.plain((left, y + 11.0), &label, 14.0, Anchor::Start, token);
        }
        if let Some(other) = row.other {
            // What is marked is marked whole; nothing else has its colour
            let way = if row.marked { Token::Kaki } else { Token::Ai };
            paper.line(&[(left, y + 32.0), (right, y + 32.0)], stroke(Token::Rule, 1.0, None));
            paper.line(&[(x(other), y + 32.0), (x(row.value), y + 32.0)], stroke(way, 3.0, None));
            paper.circle((x(row.value), y + 32.0), 6.0, Token::Ai, stroke(Token::Paper, 2.0, None));
            paper.circle((x(other), y + 32.0), 6.0, Token::Paper, stroke(Token::Ai, 2.0, None));
        } else {
            let fill = if row.marked { Token::D5 } else { Token::D3 };
            paper.rect((left, y + 22.0), (right - left, 20.0), Some(Token::Sunk), None);
            paper.rect((left, y + 22.0), (x(row.value) - left, 20.0), Some(fill), Some(stroke(Token::Edge, 1.0, None)));
            // The steps of a short scale
            if input.high - input.low <= 10.0 {
                let mut step = input.low + 1.0;
                while step < input.high {
                    paper.line(&[(x(step), y + 22.0), (x(step), y + 42.0)], stroke(Token::Paper, 1.0, None));
                    step += 1.0;
                }
            }
        }
        paper.bold((input.width - 2.0, y + 32.0), &row.words, 14.0, Anchor::End, Token::Ink);
    }
    paper.scene(input.rows.len() as f64 * pitch + 2.0)
}
