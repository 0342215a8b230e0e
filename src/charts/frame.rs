//! What all kinds of chart share: where the labels of rows stand, how gaps are drawn, what marks say about themselves.

use super::canvas::{Canvas, Type};
use super::cell::{Cell, exact};
use super::lines::{Fitted, fit, widest_run};
use super::palette::Token;
use super::reading::{Line, Reading};
use super::scene::{Anchor, Paint};
use super::text;
use super::words;
use crate::language::count;
use crate::survey::figure::State;

/// Width of the drawing for wide screens.
pub(super) const WIDE: f64 = 792.0;
/// Width of the drawing for phones.
pub(super) const NARROW: f64 = 328.0;

/// Whether a width is that of a phone.
pub(super) fn is_narrow(width: f64) -> bool {
    width < 500.0
}

/// Room kept between a label and what it labels.
const GUTTER: f64 = 16.0;
/// Width of the mark «here» and of the room beside it.
const HERE: f64 = 10.0;

/// Labels of rows, all set in one column at the left.
pub(super) struct Labels {
    /// Where the column ends and the drawing begins.
    pub end: f64,
    set: Vec<Fitted>,
    /// Whether the sample size stands under each label.
    with_size: bool,
}

impl Labels {
    /// Fits the labels of all lines into the narrowest column that keeps them to three lines.
    pub(super) fn beside(reading: &Reading, with_size: bool) -> Labels {
        let mut chosen: Vec<Fitted> = Vec::new();
        let mut end = 0.0;
        for column in [148.0, 190.0, 240.0, 300.0] {
            end = column;
            let room = column - GUTTER - if reading.lines.iter().any(|line| line.marked) { HERE } else { 0.0 };
            chosen = reading.lines.iter().map(|line| fit(&line.label, room, 3, 15.0, true)).collect();
            let words_fit = reading.lines.iter().all(|line| widest_run(&line.label, text_size(&chosen), true) <= room);
            if words_fit && chosen.iter().all(|label| label.lines.len() <= 3) {
                break;
            }
        }
        Labels { end, set: chosen, with_size }
    }

    /// How high the label of a line is, with its sample size.
    pub(super) fn height(&self, index: usize) -> f64 {
        self.set.get(index).map_or(0.0, |label| stack(label) + if self.with_size { 18.0 } else { 0.0 })
    }

    /// Draws the label of a line, its middle at `middle`.
    pub(super) fn draw(&self, canvas: &Canvas, reading: &Reading, index: usize, middle: f64) {
        let (Some(label), Some(line)) = (self.set.get(index), reading.lines.get(index)) else { return };
        let height = self.height(index);
        let left = if line.marked { HERE } else { 0.0 };
        if line.marked {
            canvas.rect(0.0, middle - height / 2.0, 4.0, height, Paint::Token(Token::Kaki));
        }
        let leading = leading(label.size);
        let first = middle - height / 2.0 + leading / 2.0;
        let after = canvas.lines(&label.lines, left, first, leading, Type::new(label.size).bold());
        if self.with_size {
            canvas.text(&reading.size(line), left, after - leading / 2.0 + 9.0, Type::new(13.0).token(Token::Ink2));
        }
    }
}

fn text_size(labels: &[Fitted]) -> f64 {
    labels.iter().map(|label| label.size).fold(15.0, f64::min)
}

fn leading(size: f64) -> f64 {
    (size * 1.35).round()
}

fn stack(label: &Fitted) -> f64 {
    leading(label.size) * label.lines.len() as f64
}

/// Draws a label above its row, the sample size at the right, from `top` down; returns how high that is.
pub(super) fn label_above(canvas: &Canvas, reading: &Reading, line: &Line, top: f64, with_size: bool) -> f64 {
    let size = if with_size { reading.size(line) } else { String::new() };
    let size_set = Type::new(13.0).token(Token::Ink2).at(Anchor::End);
    let size_width = if size.is_empty() { 0.0 } else { size_set.width(&size) + 12.0 };
    let left = if line.marked { HERE } else { 0.0 };
    let label = fit(&line.label, canvas.width - left - size_width, 3, 15.0, true);
    let leading = leading(label.size);
    let after = canvas.lines(&label.lines, left, top + leading / 2.0, leading, Type::new(label.size).bold());
    canvas.text(&size, canvas.width, top + leading / 2.0, size_set);
    let height = (after - leading / 2.0 - top).max(leading);
    if line.marked {
        canvas.rect(0.0, top, 4.0, height, Paint::Token(Token::Kaki));
    }
    height
}

/// A hatched box with words on a piece of paper, the longest of `wordings` that fits; none where none fits.
pub(super) fn hatched(canvas: &Canvas, (x, y, width, height): (f64, f64, f64, f64), wordings: &[&str]) {
    canvas.rect(x, y, width, height, Paint::Hatch);
    let set = Type::new(13.0).token(Token::Ink2).at(Anchor::Middle);
    for size in [13.0, 12.0] {
        let set = Type { size, ..set };
        for words in wordings {
            let wide = set.width(words) + 12.0;
            if wide + 8.0 <= width && size + 5.0 <= height {
                canvas.rect(x + (width - wide) / 2.0, y + height / 2.0 - 10.0, wide, 20.0, Paint::Token(Token::Paper));
                canvas.text(words, x + width / 2.0, y + height / 2.0, set);
                return;
            }
        }
    }
}

/// A row that is held back, as a hatched bar with the one wording. Everything held back looks alike.
pub(super) fn hidden_bar(canvas: &Canvas, reading: &Reading, x: f64, y: f64, width: f64, height: f64) {
    hatched(canvas, (x, y, width, height), &[reading.say(words::HIDDEN), reading.say(words::HIDDEN_SHORT)]);
    canvas.outline(x, y, width, height, Token::Edge, 1.0);
}

/// The data of a row as attributes.
pub(super) fn row_data(line: &Line) -> Vec<(&'static str, String)> {
    let mut data = vec![("row", line.id.clone())];
    if line.hidden {
        data.push(("state", State::Hidden.word().to_owned()));
    }
    data
}

/// The data of a figure as attributes; `column` is the id of its class.
pub(super) fn cell_data(column: &str, cell: &Cell) -> Vec<(&'static str, String)> {
    let mut data = vec![("class", column.to_owned()), ("state", cell.state.word().to_owned())];
    if let Some(value) = cell.known() {
        data.push(("value", exact(value)));
    }
    data
}

/// What a pointer over a figure reads: row, class, value, interval, n.
pub(super) fn hover(reading: &Reading, line: &Line, class: &str, cell: &Cell) -> String {
    let mut words = line.label.clone();
    if !class.is_empty() {
        words = if words.is_empty() { class.to_owned() } else { format!("{words} · {class}") };
    }
    words.push(' ');
    words.push_str(&reading.told(line, cell));
    if let Some(interval) = reading.interval(cell) {
        words = format!("{words} [{interval}]");
    }
    if let Some(n) = cell.n {
        words = format!("{words} n={}", count(n));
    }
    words
}

/// A notice in the place of a drawing: there is nothing to draw.
pub(super) fn nothing(reading: &Reading, width: f64) -> super::scene::Scene {
    let canvas = Canvas::new(width);
    hatched(&canvas, (0.5, 0.5, width - 1.0, 79.0), &[reading.say(words::NOTHING)]);
    canvas.outline(0.5, 0.5, width - 1.0, 79.0, Token::Edge, 1.0);
    canvas.finish(80.0)
}

/// Lines of a small note at the left edge, from `top` down; returns how high it is.
pub(super) fn note(canvas: &Canvas, words: &str, left: f64, top: f64) -> f64 {
    let fitted = fit(words, canvas.width - left, usize::MAX, 13.0, false);
    let leading = 18.0;
    let after = canvas.lines(&fitted.lines, left, top + leading / 2.0, leading, Type::new(fitted.size).token(Token::Ink2));
    after - leading / 2.0 - top
}

/// What is left out of a drawing because it has no place there: rows held back, rows whose number the source does not give.
pub(super) fn left_out(canvas: &Canvas, reading: &Reading, missing: &[&Line], hidden: &[&Line], top: f64) -> f64 {
    let mut y = top;
    for (lines, wording) in [(missing, words::MISSING), (hidden, words::HIDDEN)] {
        if !lines.is_empty() {
            let names: Vec<String> = lines.iter().map(|line| line.label.clone()).collect();
            let colon = reading.say(("：", ": "));
            let words = format!("{}{colon}{}", reading.say(wording), words::listed(reading.language, &names));
            y += note(canvas, &text::clean(&words), 0.0, y) + 4.0;
        }
    }
    y - top
}
