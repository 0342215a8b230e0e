//! What the drawings put their marks on.

use crate::charts::palette::Token;
use crate::charts::scene::{Anchor, Mark, Paint, Scene, Step, Stroke, tenth};

/// A sheet of paper.
pub(super) struct Paper {
    width: f64,
    marks: Vec<Mark>,
}

/// A line of a colour, a width and, where it is dashed, a dash and a gap.
pub(super) const fn stroke(token: Token, width: f64, dash: Option<(f64, f64)>) -> Stroke {
    Stroke { paint: Paint::Token(token), width, dash }
}

fn at(value: f64) -> f64 {
    tenth(value).unwrap_or(0.0)
}

impl Paper {
    /// An empty sheet.
    pub(super) fn new(width: f64) -> Paper {
        Paper { width, marks: Vec::new() }
    }

    pub(super) fn rect(&mut self, (x, y): (f64, f64), (width, height): (f64, f64), fill: Option<Token>, stroke: Option<Stroke>) {
        let (width, height) = (at(width.max(0.0)), at(height.max(0.0)));
        self.marks.push(Mark::Rect { x: at(x), y: at(y), width, height, fill: fill.map(Paint::Token), stroke });
    }

    pub(super) fn line(&mut self, points: &[(f64, f64)], stroke: Stroke) {
        self.marks.push(Mark::Line { points: points.iter().map(|(x, y)| (at(*x), at(*y))).collect(), stroke });
    }

    pub(super) fn curve(&mut self, from: (f64, f64), curve: [f64; 6], stroke: Stroke) {
        let steps = vec![Step::Move(at(from.0), at(from.1)), Step::Curve(curve.map(at))];
        self.marks.push(Mark::Path { steps, fill: None, stroke: Some(stroke) });
    }

    pub(super) fn circle(&mut self, (x, y): (f64, f64), radius: f64, fill: Token, stroke: Stroke) {
        self.marks.push(Mark::Circle { x: at(x), y: at(y), radius, fill: Some(Paint::Token(fill)), stroke: Some(stroke) });
    }

    pub(super) fn text(&mut self, (x, y): (f64, f64), text: &str, size: f64, anchor: Anchor, paint: Paint, bold: bool) {
        self.marks.push(Mark::Text { x: at(x), y: at(y), text: text.to_owned(), size, bold, anchor, paint });
    }

    /// Regular text in a colour.
    pub(super) fn plain(&mut self, place: (f64, f64), text: &str, size: f64, anchor: Anchor, token: Token) {
        self.text(place, text, size, anchor, Paint::Token(token), false);
    }

    /// Bold text in a colour.
    pub(super) fn bold(&mut self, place: (f64, f64), text: &str, size: f64, anchor: Anchor, token: Token) {
        self.text(place, text, size, anchor, Paint::Token(token), true);
    }

    /// The marks, on a sheet of a height.
    pub(super) fn scene(self, height: f64) -> Scene {
        Scene { width: self.width, height: at(height), marks: self.marks }
    }
}

/// A number as a person reads it: commas between thousands, a real minus.
pub(super) fn figure(value: f64) -> String {
    let written = value.abs().to_string();
    let (digits, fraction) = written.split_once('.').unwrap_or((&written, ""));
    let mut out = String::new();
    for (at, digit) in digits.chars().enumerate() {
        if at > 0 && (digits.len() - at) % 3 == 0 {
            out.push(',');
        }
        out.push(digit);
    }
    let fraction = if fraction.is_empty() { String::new() } else { format!(".{fraction}") };
    format!("{}{out}{fraction}", if value < 0.0 { "−" } else { "" })
}

/// A text that fits so many half widths.
pub(super) fn short(text: &str, halves: f64) -> String {
    let mut used = 0.0;
    let mut out = String::new();
    for char in text.chars() {
        used += if u32::from(char) < 0x2e80 { 1.0 } else { 2.0 };
        if used > halves {
            out.push('…');
            return out;
        }
        out.push(char);
    }
    out
}

/// The step of a scale: 1, 2 or 5 times a power of ten, so that at most `most` steps cover a span.
pub(super) fn step(span: f64, most: f64) -> f64 {
    let mut unit = 1.0;
    while unit < 1.0e12 {
        for factor in [1.0, 2.0, 5.0] {
            if unit * factor * most >= span {
                return unit * factor;
            }
        }
        unit *= 10.0;
    }
    unit
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_and_steps() {
        for (value, expected) in [(0.0, "0"), (1146.0, "1,146"), (-35.5, "−35.5"), (1_234_567.0, "1,234,567")] {
            assert_eq!(figure(value), expected);
        }
        assert_eq!((step(1300.0, 6.0), step(11.0, 5.0), short("abcあい", 5.0).as_str()), (500.0, 5.0, "abcあ…"));
    }
}
