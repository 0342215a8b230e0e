//! A canvas in our own pixels over plotters' drawing area: what the kinds of chart draw with.
//!
//! Whatever is not finite is left out, never drawn at zero.

use super::backend::{FINE, Open, Record, Recorder, coded};
use super::palette::Token;
use super::scene::{Anchor, Mark, Paint, Scene, Step, Stroke, tenth};
use super::text;
use plotters::coord::Shift;
use plotters::drawing::{DrawingArea, IntoDrawingArea};
use plotters::element::{Circle, PathElement, Rectangle, Text};
use plotters::style::text_anchor::{HPos, Pos, VPos};
use plotters::style::{FontFamily, FontStyle, IntoFont, RGBColor, ShapeStyle};
use std::cell::RefCell;
use std::rc::Rc;

/// How a text is set.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Type {
    /// Size in pixels; nothing under 12 is set.
    pub size: f64,
    /// Whether it is bold.
    pub bold: bool,
    /// Where it is held.
    pub anchor: Anchor,
    /// Its colour.
    pub paint: Paint,
}

impl Type {
    /// Regular text at its start, in ink.
    pub(super) const fn new(size: f64) -> Type {
        Type { size, bold: false, anchor: Anchor::Start, paint: Paint::Token(Token::Ink) }
    }

    /// The same, bold.
    pub(super) const fn bold(self) -> Type {
        Type { bold: true, ..self }
    }

    /// The same, bold or not.
    pub(super) const fn bold_if(self, bold: bool) -> Type {
        Type { bold, ..self }
    }

    /// The same, held elsewhere.
    pub(super) const fn at(self, anchor: Anchor) -> Type {
        Type { anchor, ..self }
    }

    /// The same in another colour.
    pub(super) const fn token(self, token: Token) -> Type {
        Type { paint: Paint::Token(token), ..self }
    }

    /// The same in another paint.
    pub(super) const fn paint(self, paint: Paint) -> Type {
        Type { paint, ..self }
    }

    /// How wide a text so set may become.
    pub(super) fn width(self, words: &str) -> f64 {
        text::width(words, self.size, self.bold)
    }
}

/// What is drawn on.
pub(super) struct Canvas {
    area: DrawingArea<Recorder, Shift>,
    record: Rc<RefCell<Record>>,
    /// Width in pixels.
    pub width: f64,
}

/// The highest sheet there is, in plotters' pixels; a scene ends where its drawing ends.
const HIGHEST: u32 = 10_000_000;

impl Canvas {
    /// An empty canvas of a width in pixels.
    pub(super) fn new(width: f64) -> Canvas {
        let record = Rc::new(RefCell::new(Record::new()));
        let size = (u32::try_from(fine(width).unwrap_or(0)).unwrap_or(0), HIGHEST);
        let area = Recorder { record: Rc::clone(&record), size }.into_drawing_area();
        Canvas { area, record, width }
    }

    /// The scene, `height` pixels high.
    pub(super) fn finish(self, height: f64) -> Scene {
        self.record.borrow_mut().finish(self.width, tenth(height.max(1.0)).unwrap_or(1.0))
    }

    /// Opens a group that tells its data and, to a pointer, a few words.
    pub(super) fn open(&self, data: Vec<(&'static str, String)>, title: Option<String>) {
        self.record.borrow_mut().open.push(Open { data, title: title.map(|title| text::clean(&title)), marks: Vec::new() });
    }

    /// Closes it.
    pub(super) fn close(&self) {
        self.record.borrow_mut().close();
    }

    /// A filled rectangle.
    pub(super) fn rect(&self, x: f64, y: f64, width: f64, height: f64, paint: Paint) {
        self.rectangle(x, y, width, height, &ShapeStyle { color: colour(paint), filled: true, stroke_width: 0 });
    }

    /// The outline of a rectangle.
    pub(super) fn outline(&self, x: f64, y: f64, width: f64, height: f64, token: Token, weight: f64) {
        self.rectangle(x, y, width, height, &line_style(Paint::Token(token), weight));
    }

    fn rectangle(&self, x: f64, y: f64, width: f64, height: f64, style: &ShapeStyle) {
        if width < 0.0 || height < 0.0 {
            return;
        }
        if let (Some(left), Some(top), Some(right), Some(bottom)) = (fine(x), fine(y), fine(x + width), fine(y + height)) {
            let _ = self.area.draw(&Rectangle::new([(left, top), (right, bottom)], *style));
        }
    }

    /// A line through points; a point that is not finite ends it.
    pub(super) fn line(&self, points: &[(f64, f64)], token: Token, weight: f64) {
        let points: Vec<(i32, i32)> = points.iter().map_while(|(x, y)| Some((fine(*x)?, fine(*y)?))).collect();
        if points.len() > 1 {
            let _ = self.area.draw(&PathElement::new(points, line_style(Paint::Token(token), weight)));
        }
    }

    /// A dashed line through points: dash and gap in pixels.
    pub(super) fn dashed(&self, points: &[(f64, f64)], token: Token, weight: f64, dash: (f64, f64)) {
        let steps = points.iter().enumerate().map(|(index, (x, y))| if index == 0 { Step::Move(*x, *y) } else { Step::Line(*x, *y) });
        let stroke = Stroke { paint: Paint::Token(token), width: weight, dash: Some(dash) };
        self.path(&steps.collect::<Vec<_>>(), None, Some(stroke));
    }

    /// A circle of paper with a rim.
    pub(super) fn ring(&self, x: f64, y: f64, radius: f64, token: Token, weight: f64) {
        self.dot(x, y, radius + weight / 2.0, token);
        self.dot(x, y, radius - weight / 2.0, Token::Paper);
    }

    /// A filled circle.
    pub(super) fn dot(&self, x: f64, y: f64, radius: f64, token: Token) {
        if let (Some(x), Some(y), Some(radius)) = (fine(x), fine(y), fine(radius)) {
            let _ = self.area.draw(&Circle::new(
                (x, y),
                radius,
                ShapeStyle { color: colour(Paint::Token(token)), filled: true, stroke_width: 0 },
            ));
        }
    }

    /// A path of lines, curves and arcs; plotters has none, so it goes to the recorder directly. Not finite: left out.
    pub(super) fn path(&self, steps: &[Step], fill: Option<Paint>, stroke: Option<Stroke>) {
        let finite: Option<Vec<Step>> = steps.iter().map(rounded).collect();
        if let Some(steps) = finite
            && steps.len() > 1
        {
            self.record.borrow_mut().add(Mark::Path { steps, fill, stroke });
        }
    }

    /// One line of text, its middle at `y`.
    pub(super) fn text(&self, words: &str, x: f64, y: f64, set: Type) {
        let (Some(x), Some(y)) = (fine(x), fine(y)) else { return };
        if words.is_empty() {
            return;
        }
        let across = match set.anchor {
            Anchor::Start => HPos::Left,
            Anchor::Middle => HPos::Center,
            Anchor::End => HPos::Right,
        };
        let weight = if set.bold { FontStyle::Bold } else { FontStyle::Normal };
        let (red, green, blue) = coded(set.paint);
        let style = (FontFamily::SansSerif, set.size.max(super::lines::SMALLEST), weight).into_font().color(&RGBColor(red, green, blue));
        let style = plotters::style::TextStyle { pos: Pos::new(across, VPos::Center), ..style };
        let _ = self.area.draw(&Text::new(words.to_owned(), (x, y), style));
    }

    /// Lines of text under each other, the middle of the first at `y`; returns the middle of the line after the last.
    pub(super) fn lines(&self, lines: &[String], x: f64, y: f64, leading: f64, set: Type) -> f64 {
        for (index, line) in lines.iter().enumerate() {
            self.text(line, x, y + leading * index as f64, set);
        }
        let height = leading * lines.len() as f64;
        y + height
    }
}

/// Our pixels as plotters' pixels; `None` where they are not finite or absurdly far away.
fn fine(value: f64) -> Option<i32> {
    // Bounded by `tenth` to ±1e6, so the cast is exact.
    tenth(value).map(|value| (value * FINE).round() as i32)
}

fn colour(paint: Paint) -> plotters::style::RGBAColor {
    let (red, green, blue) = coded(paint);
    plotters::style::RGBAColor(red, green, blue, 1.0)
}

fn line_style(paint: Paint, weight: f64) -> ShapeStyle {
    ShapeStyle {
        color: colour(paint),
        filled: false,
        stroke_width: fine(weight).and_then(|weight| u32::try_from(weight).ok()).unwrap_or(0),
    }
}

fn rounded(step: &Step) -> Option<Step> {
    Some(match *step {
        Step::Move(x, y) => Step::Move(tenth(x)?, tenth(y)?),
        Step::Line(x, y) => Step::Line(tenth(x)?, tenth(y)?),
        Step::Curve(values) => {
            let mut curve = [0.0; 6];
            for (place, value) in curve.iter_mut().zip(values) {
                *place = tenth(value)?;
            }
            Step::Curve(curve)
        }
        Step::Arc { radius, large, clockwise, x, y } => Step::Arc { radius: tenth(radius)?, large, clockwise, x: tenth(x)?, y: tenth(y)? },
        Step::Close => Step::Close,
    })
}
