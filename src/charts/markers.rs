//! Marks of points that differ in shape as well as in colour.

use super::canvas::Canvas;
use super::palette::Token;
use super::scene::{Paint, Step, Stroke};

/// The colours of several things without order.
pub(super) const SERIES: [Token; 6] = [Token::C1, Token::C2, Token::C3, Token::C4, Token::C5, Token::C6];

/// Draws the mark of the n-th of several series, with a rim of paper: disc, ring, square, triangle, rhomb, square on its corner
/// with a hole.
pub(super) fn marker(canvas: &Canvas, series: usize, (x, y): (f64, f64), token: Token) {
    const R: f64 = 5.0;
    let shape = |points: &[(f64, f64)], fill: Token| {
        let mut steps: Vec<Step> = points
            .iter()
            .enumerate()
            .map(|(index, (dx, dy))| if index == 0 { Step::Move(x + dx, y + dy) } else { Step::Line(x + dx, y + dy) })
            .collect();
        steps.push(Step::Close);
        let rim = Stroke { paint: Paint::Token(Token::Paper), width: 1.5, dash: None };
        canvas.path(&steps, Some(Paint::Token(fill)), Some(rim));
    };
    match series % 6 {
        0 => {
            canvas.dot(x, y, R + 1.5, Token::Paper);
            canvas.dot(x, y, R, token);
        }
        1 => {
            canvas.dot(x, y, R + 2.0, Token::Paper);
            canvas.ring(x, y, R - 0.5, token, 2.0);
        }
        2 => shape(&[(-R, -R), (R, -R), (R, R), (-R, R)], token),
        3 => shape(&[(0.0, -R - 1.5), (R + 1.0, R), (-R - 1.0, R)], token),
        4 => shape(&[(0.0, -R - 2.0), (R + 2.0, 0.0), (0.0, R + 2.0), (-R - 2.0, 0.0)], token),
        _ => {
            shape(&[(0.0, -R - 2.0), (R + 2.0, 0.0), (0.0, R + 2.0), (-R - 2.0, 0.0)], token);
            canvas.dot(x, y, 2.2, Token::Paper);
        }
    }
}
