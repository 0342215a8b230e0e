//! A drawing for a file: title, question, legend, drawing, source on one white sheet, because a file travels alone.

use super::canvas::{Canvas, Type};
use super::legend::LegendEntry;
use super::lines::{fit, wrap};
use super::palette::Token;
use super::reading::Reading;
use super::scene::{Anchor, Paint, Scene};
use super::words;

const MARGIN: f64 = 24.0;

/// Lays out the sheet around a drawing.
#[must_use]
pub(super) fn sheet(reading: &Reading, drawing: &Scene, legend: &[LegendEntry]) -> Scene {
    let width = drawing.width + 2.0 * MARGIN;
    let canvas = Canvas::new(width);
    let right = width - MARGIN;
    let mut y = MARGIN;
    let mut room = drawing.width;
    if reading.sample {
        let set = Type::new(13.0).token(Token::Kaki).at(Anchor::Middle);
        let words = reading.say(words::SAMPLE);
        let wide = set.width(words) + 14.0;
        canvas.outline(right - wide, y, wide, 22.0, Token::Kaki, 1.0);
        canvas.text(words, right - wide / 2.0, y + 11.0, set);
        room -= wide + 12.0;
    }
    let title = fit(&reading.title, room, 3, 20.0, true);
    y = canvas.lines(&title.lines, MARGIN, y + 13.0, 28.0, Type::new(title.size).bold()) - 12.0;
    if reading.asked != reading.title {
        let asked = wrap(&reading.asked, drawing.width, 14.0, false);
        y = canvas.lines(&asked, MARGIN, y + 8.0, 20.0, Type::new(14.0).token(Token::Ink2)) - 8.0;
    }
    y = key(&canvas, legend, drawing.width, y + 8.0) + 12.0;
    let drawn = y;
    y += drawing.height + 20.0;
    if !reading.source.is_empty() {
        let words = format!("{}{}", reading.say(words::SOURCE), reading.source);
        let source = wrap(&words, drawing.width, 12.0, false);
        y = canvas.lines(&source, MARGIN, y + 8.0, 18.0, Type::new(12.0).token(Token::Ink3)) - 8.0;
    }
    let height = y + MARGIN - 8.0;
    let mut scene = canvas.finish(height);
    let moved = drawing.marks.iter().cloned().map(|mark| mark.shifted(MARGIN, drawn));
    scene.marks.extend(moved);
    let paper = Canvas::new(width);
    paper.rect(0.0, 0.0, width, height, Paint::Token(Token::Paper));
    let mut marks = paper.finish(height).marks;
    marks.append(&mut scene.marks);
    Scene { marks, ..scene }
}

/// Swatches with their words, in rows. Returns the lower end.
fn key(canvas: &Canvas, legend: &[LegendEntry], width: f64, top: f64) -> f64 {
    if legend.is_empty() {
        return top;
    }
    let (mut x, mut y) = (MARGIN, top);
    let set = Type::new(14.0);
    for entry in legend {
        let label = wrap(&entry.label, width - 24.0, 14.0, false);
        let wide = label.iter().map(|line| set.width(line)).fold(0.0, f64::max) + 24.0;
        if x + wide > MARGIN + width && x > MARGIN {
            x = MARGIN;
            y += 24.0;
        }
        canvas.rect(x + 0.5, y + 4.0, 13.0, 13.0, entry.fill.map_or(Paint::Hatch, Paint::Token));
        canvas.outline(x + 0.5, y + 4.0, 13.0, 13.0, Token::Edge, 1.0);
        canvas.lines(&label, x + 22.0, y + 10.5, 20.0, set);
        x += wide + 16.0;
        if label.len() > 1 {
            let more = 20.0 * (label.len() - 1) as f64;
            y += more;
        }
    }
    y + 22.0
}
