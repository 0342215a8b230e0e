//! Differences against zero: a point and its interval a row. What cannot be told from chance is hollow and grey, and says so.

use super::axis::{Axis, extent};
use super::canvas::{Canvas, Type};
use super::cell::Cell;
use super::frame::{Labels, cell_data, hatched, hidden_bar, hover, is_narrow, label_above, note, nothing, row_data};
use super::palette::Token;
use super::reading::{Line, Reading};
use super::scene::{Anchor, Paint, Scene};
use super::verdict::{Verdict, is_one_of_many, of_difference};
use super::words;
use crate::survey::figure::State;

const VALUE: Type = Type::new(15.0).bold().at(Anchor::End);
const SMALL: Type = Type::new(12.0).token(Token::Ink2).at(Anchor::End);
const PITCH: f64 = 52.0;

/// Draws the rows.
#[must_use]
pub(super) fn draw(reading: &Reading, width: f64) -> Scene {
    if reading.lines.is_empty() || reading.columns.is_empty() {
        return nothing(reading, width);
    }
    let narrow = is_narrow(width);
    let sizes = reading.lines.iter().any(|line| line.n.is_some());
    let labels = Labels::beside(reading, sizes);
    let shown = || reading.lines.iter().filter(|line| !line.hidden).filter_map(|line| line.cells.first());
    let room =
        shown().filter(|cell| cell.value.is_some()).map(|cell| texts(reading, cell)).map(|texts| texts.width(narrow)).fold(0.0, f64::max);
    let left = if narrow { 0.5 } else { labels.end };
    let mut ends = extent(shown());
    ends.push(0.0);
    let axis = Axis::fitted(reading, 0, &ends, if narrow { 4 } else { 6 });
    let axis = axis.between(left + 6.0, (width - room - 14.0).max(left + 40.0));
    let trial = Canvas::new(width);
    let above: Vec<f64> =
        reading.lines.iter().map(|line| if narrow { label_above(&trial, reading, line, 0.0, sizes) + 2.0 } else { 0.0 }).collect();
    let heights: Vec<f64> =
        (0..reading.lines.len()).map(|index| if narrow { PITCH + 4.0 } else { labels.height(index).max(PITCH) + 4.0 }).collect();
    let gap = if narrow { 8.0 } else { 0.0 };
    let bottom: f64 = heights.iter().zip(&above).map(|(height, above)| height + above + gap).sum();
    let canvas = Canvas::new(width);
    axis.draw_across(&canvas, reading, 0.0, bottom);
    if !narrow {
        axis.draw_zero(&canvas, 0.0, bottom);
    }
    let mut y = 0.0;
    for (index, line) in reading.lines.iter().enumerate() {
        canvas.open(row_data(line), None);
        if narrow {
            canvas.rect(0.0, y, width, above[index], Paint::Token(Token::Paper));
            label_above(&canvas, reading, line, y, sizes);
        } else {
            labels.draw(&canvas, reading, index, y + heights[index] / 2.0);
        }
        let middle = y + above[index] + heights[index] / 2.0;
        if narrow {
            axis.draw_zero(&canvas, middle - PITCH / 2.0, middle + PITCH / 2.0);
        }
        row(&canvas, reading, line, &axis, middle);
        canvas.close();
        y += above[index] + heights[index] + gap;
    }
    let end = bottom + 24.0;
    let height = note(&canvas, &key(reading), if narrow { 0.0 } else { left }, end + 2.0);
    canvas.finish(end + height + 6.0)
}

fn key(reading: &Reading) -> String {
    let shown = || reading.lines.iter().filter_map(|line| line.cells.first());
    let mut parts = Vec::new();
    if shown().any(|cell| cell.interval.is_some()) {
        parts.push(reading.say(("横線は95%区間", "Lines: 95% interval")).to_owned());
    }
    if shown().any(|cell| of_difference(cell) == Verdict::Open) {
        let words = if shown().any(is_one_of_many) {
            (
                "灰色の白丸は、差があるとは言えないもの（いくつも比べたことを考えに入れると、区間が0をまたがなくても言えないことがあります）",
                "Grey and hollow: we can’t tell it from no difference; among so many comparisons, not even where the interval leaves 0 out",
            )
        } else {
            (
                "灰色の白丸は、区間が0をまたぎ、差があるとは言えないもの",
                "Grey and hollow: the interval holds 0, so we can’t tell it from no difference",
            )
        };
        parts.push(reading.say(words).to_owned());
    }
    parts.join(reading.say(("。", ". ")))
}

struct Texts {
    value: String,
    interval: String,
    verdict: &'static str,
}

impl Texts {
    /// On phones the small lines stand under the marks and need no room beside them.
    fn width(&self, narrow: bool) -> f64 {
        if narrow {
            return VALUE.width(&self.value);
        }
        VALUE.width(&self.value).max(SMALL.width(&self.interval)).max(SMALL.width(self.verdict))
    }
}

fn texts(reading: &Reading, cell: &Cell) -> Texts {
    let verdict = if of_difference(cell) == Verdict::Open { reading.say(words::NOT_APART) } else { "" };
    let value = if cell.state == State::Derived { format!("({})", cell.shown) } else { cell.shown.clone() };
    Texts { value, interval: reading.interval(cell).unwrap_or_default(), verdict }
}

fn row(canvas: &Canvas, reading: &Reading, line: &Line, axis: &Axis, middle: f64) {
    let whole = canvas.width - axis.start;
    if line.hidden {
        hidden_bar(canvas, reading, axis.start, middle - 11.0, whole, 22.0);
        return;
    }
    let Some((cell, column)) = line.cells.first().zip(reading.columns.first()) else { return };
    canvas.open(cell_data(&column.id, cell), Some(hover(reading, line, &column.label, cell)));
    match cell.value {
        None if cell.state == State::Hidden => hidden_bar(canvas, reading, axis.start, middle - 11.0, whole, 22.0),
        None => hatched(canvas, (axis.start, middle - 11.0, whole, 22.0), &[reading.say(words::MISSING)]),
        Some(value) => {
            let open = of_difference(cell) == Verdict::Open;
            let token = match (open, value < 0.0) {
                (true, _) => Token::Edge,
                (false, true) => Token::Kaki,
                (false, false) => Token::Ai,
            };
            let middle = if is_narrow(canvas.width) { middle - 12.0 } else { middle };
            if let Some(interval) = cell.interval {
                let (low, high) = (axis.at(interval.low), axis.at(interval.high));
                canvas.line(&[(low, middle), (high, middle)], token, 2.5);
                for x in [low, high] {
                    canvas.line(&[(x, middle - 5.0), (x, middle + 5.0)], token, 2.0);
                }
            }
            let x = axis.at(value);
            if open {
                canvas.ring(x, middle, 5.0, Token::Edge, 2.0);
            } else {
                canvas.dot(x, middle, 8.0, Token::Paper);
                canvas.dot(x, middle, 6.5, token);
            }
            let texts = texts(reading, cell);
            let small: Vec<&str> = [texts.interval.as_str(), texts.verdict].into_iter().filter(|words| !words.is_empty()).collect();
            let narrow = is_narrow(canvas.width);
            let top = if narrow { middle } else { middle - 7.5 * small.len() as f64 };
            canvas.text(&texts.value, canvas.width, top, VALUE.bold_if(!open));
            for (place, words) in small.iter().enumerate() {
                canvas.text(words, canvas.width, top + 16.0 + 15.0 * place as f64, SMALL);
            }
        }
    }
    canvas.close();
}
