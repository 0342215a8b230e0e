//! Our own plotters backend: what plotters draws becomes marks of a scene instead of pixels.
//!
//! plotters knows whole pixels only, so its canvas is ten times as large as the scene: one of its pixels is a tenth of ours.
//! A colour's red channel carries the number of a [`Token`], its green channel what part of the token is meant. Groups, arcs
//! and dashes, which plotters does not know, reach the record beside it.

use super::palette::Token;
use super::scene::{Anchor, Mark, Paint, Scene, Step, Stroke};
use super::text;
use plotters::style::text_anchor::HPos;
use plotters_backend::{BackendColor, BackendCoord, BackendStyle, BackendTextStyle, DrawingBackend, DrawingErrorKind, FontStyle};
use std::cell::RefCell;
use std::convert::Infallible;
use std::rc::Rc;

/// How many of plotters' pixels are one of ours.
pub(super) const FINE: f64 = 10.0;

/// What is drawn so far: a stack of open groups, the sheet at the bottom.
#[derive(Debug, Default)]
pub(super) struct Record {
    /// Marks of the sheet and of every open group.
    pub open: Vec<Open>,
}

/// A group that is still being drawn.
#[derive(Debug, Default)]
pub(super) struct Open {
    /// Its data attributes.
    pub data: Vec<(&'static str, String)>,
    /// Its hover text.
    pub title: Option<String>,
    /// Its marks so far.
    pub marks: Vec<Mark>,
}

impl Record {
    /// A new sheet.
    pub(super) fn new() -> Record {
        Record { open: vec![Open::default()] }
    }

    /// Adds a mark to the innermost open group.
    pub(super) fn add(&mut self, mark: Mark) {
        if let Some(open) = self.open.last_mut() {
            open.marks.push(mark);
        }
    }

    /// Closes the innermost group.
    pub(super) fn close(&mut self) {
        if self.open.len() > 1
            && let Some(open) = self.open.pop()
        {
            self.add(Mark::Group { data: open.data, title: open.title, marks: open.marks });
        }
    }

    /// The finished scene.
    pub(super) fn finish(&mut self, width: f64, height: f64) -> Scene {
        while self.open.len() > 1 {
            self.close();
        }
        Scene { width, height, marks: self.open.pop().map(|open| open.marks).unwrap_or_default() }
    }
}

/// The backend that records.
pub(super) struct Recorder {
    /// Shared with the canvas, which opens groups and adds what plotters cannot draw.
    pub record: Rc<RefCell<Record>>,
    /// Size in plotters' pixels.
    pub size: (u32, u32),
}

type Outcome = Result<(), DrawingErrorKind<Infallible>>;

/// A paint as the colour that plotters carries for us.
pub(super) fn coded(paint: Paint) -> (u8, u8, u8) {
    match paint {
        Paint::Token(token) => (token.number(), 0, 0),
        Paint::On(token) => (token.number(), 1, 0),
        Paint::Hatch => (0, 2, 0),
    }
}

fn decoded(colour: BackendColor) -> Paint {
    let token = Token::from_number(colour.rgb.0).unwrap_or(Token::Ink);
    match colour.rgb.1 {
        1 => Paint::On(token),
        2 => Paint::Hatch,
        _ => Paint::Token(token),
    }
}

fn ours((x, y): BackendCoord) -> (f64, f64) {
    (f64::from(x) / FINE, f64::from(y) / FINE)
}

impl Recorder {
    fn stroke<S: BackendStyle>(style: &S) -> Stroke {
        Stroke { paint: decoded(style.color()), width: f64::from(style.stroke_width()) / FINE, dash: None }
    }

    fn add(&self, mark: Mark) -> Outcome {
        self.record.borrow_mut().add(mark);
        Ok(())
    }
}

impl DrawingBackend for Recorder {
    type ErrorType = Infallible;

    fn get_size(&self) -> (u32, u32) {
        self.size
    }

    fn ensure_prepared(&mut self) -> Outcome {
        Ok(())
    }

    fn present(&mut self) -> Outcome {
        Ok(())
    }

    fn draw_pixel(&mut self, point: BackendCoord, color: BackendColor) -> Outcome {
        let (x, y) = ours(point);
        let size = 1.0 / FINE;
        self.add(Mark::Rect { x, y, width: size, height: size, fill: Some(decoded(color)), stroke: None })
    }

    fn draw_line<S: BackendStyle>(&mut self, from: BackendCoord, to: BackendCoord, style: &S) -> Outcome {
        let stroke = Self::stroke(style);
        self.add(Mark::Line { points: vec![ours(from), ours(to)], stroke })
    }

    fn draw_rect<S: BackendStyle>(&mut self, a: BackendCoord, b: BackendCoord, style: &S, fill: bool) -> Outcome {
        let ((left, top), (right, bottom)) = (ours((a.0.min(b.0), a.1.min(b.1))), ours((a.0.max(b.0), a.1.max(b.1))));
        let (inside, outline) = if fill { (Some(decoded(style.color())), None) } else { (None, Some(Self::stroke(style))) };
        self.add(Mark::Rect { x: left, y: top, width: right - left, height: bottom - top, fill: inside, stroke: outline })
    }

    fn draw_path<S: BackendStyle, I: IntoIterator<Item = BackendCoord>>(&mut self, path: I, style: &S) -> Outcome {
        let stroke = Self::stroke(style);
        let points: Vec<_> = path.into_iter().map(ours).collect();
        if points.len() < 2 {
            return Ok(());
        }
        self.add(Mark::Line { points, stroke })
    }

    fn draw_circle<S: BackendStyle>(&mut self, center: BackendCoord, radius: u32, style: &S, fill: bool) -> Outcome {
        let (x, y) = ours(center);
        let (inside, outline) = if fill { (Some(decoded(style.color())), None) } else { (None, Some(Self::stroke(style))) };
        self.add(Mark::Circle { x, y, radius: f64::from(radius) / FINE, fill: inside, stroke: outline })
    }

    fn fill_polygon<S: BackendStyle, I: IntoIterator<Item = BackendCoord>>(&mut self, corners: I, style: &S) -> Outcome {
        let mut steps: Vec<Step> = Vec::new();
        for corner in corners {
            let (x, y) = ours(corner);
            steps.push(if steps.is_empty() { Step::Move(x, y) } else { Step::Line(x, y) });
        }
        steps.push(Step::Close);
        self.add(Mark::Path { steps, fill: Some(decoded(style.color())), stroke: None })
    }

    fn draw_text<T: BackendTextStyle>(&mut self, text: &str, style: &T, pos: BackendCoord) -> Outcome {
        let (x, y) = ours(pos);
        let anchor = match style.anchor().h_pos {
            HPos::Left => Anchor::Start,
            HPos::Center => Anchor::Middle,
            HPos::Right => Anchor::End,
        };
        let bold = matches!(style.style(), FontStyle::Bold);
        self.add(Mark::Text { x, y, text: text::clean(text), size: style.size(), bold, anchor, paint: decoded(style.color()) })
    }

    /// plotters would guess from the number of bytes, far too wide for Japanese.
    fn estimate_text_size<T: BackendTextStyle>(&self, text: &str, style: &T) -> Result<(u32, u32), DrawingErrorKind<Infallible>> {
        let bold = matches!(style.style(), FontStyle::Bold);
        let (width, height) = (text::width(text, style.size(), bold) * FINE, style.size() * FINE);
        // Widths are finite and small; the cast saturates.
        Ok((width.ceil() as u32, height.ceil() as u32))
    }
}
