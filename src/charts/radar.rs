//! The radar: an axis a row, an outline a class. Only beside the same as bars, and only where its labels have room.

use super::canvas::{Canvas, Type};
use super::circle::on_circle;
use super::frame::{is_narrow, note};
use super::grouped::lying;
use super::lines::{Fitted, fit, widest_word};
use super::markers::{SERIES, marker};
use super::palette::Token;
use super::reading::Reading;
use super::scene::{Anchor, Paint, Scene, Step, Stroke};

/// The fewest and most axes that make a shape.
const AXES: std::ops::RangeInclusive<usize> = 3..=10;
/// The most outlines over each other.
const OUTLINES: usize = 3;

/// Whether the exhibit can be a radar: all numbers are there, and as many as make a shape.
#[must_use]
pub(super) fn possible(reading: &Reading) -> bool {
    AXES.contains(&reading.lines.len())
        && (1..=OUTLINES).contains(&reading.columns.len())
        && reading.lines.iter().all(|line| line.cells.iter().all(|cell| cell.value.is_some_and(|value| value >= ends(reading).0 - 1.0e-9)))
}

/// The ends of every axis: the exhibit's range, else from zero to the largest.
fn ends(reading: &Reading) -> (f64, f64) {
    let most = reading.lines.iter().flat_map(|line| &line.cells).filter_map(|cell| cell.value).fold(0.0, f64::max);
    match (reading.range, reading.unit) {
        (Some((low, high)), _) => (low, high.max(most)),
        (None, crate::survey::figure::Unit::Percent) => (0.0, 100.0),
        (None, _) => (0.0, if most > 0.0 { most } else { 1.0 }),
    }
}

/// Draws the shape with its bars beside it, under it on phones; the bars alone where the labels have no room.
#[must_use]
pub(super) fn draw(reading: &Reading, width: f64) -> Scene {
    let narrow = is_narrow(width);
    let room = if narrow { width } else { 392.0 };
    let Some(shape) = shape(reading, room) else { return lying(reading, width) };
    let bars = lying(reading, if narrow { width } else { width - room - 32.0 });
    let (dx, dy) = if narrow { (0.0, shape.height + 16.0) } else { (room + 32.0, ((shape.height - bars.height) / 2.0).max(0.0)) };
    let height = if narrow { shape.height + 16.0 + bars.height } else { shape.height.max(bars.height) };
    let mut marks = shape.marks;
    marks.extend(bars.marks.into_iter().map(|mark| mark.shifted(dx, dy)));
    Scene { width, height, marks }
}

/// A label round the shape.
struct Label {
    fitted: Fitted,
    anchor: Anchor,
    x: f64,
    /// Middle of its first line.
    y: f64,
}

const LEADING: f64 = 17.0;

fn shape(reading: &Reading, width: f64) -> Option<Scene> {
    let radius = if width < 350.0 { 84.0 } else { 118.0 };
    let middle = (width / 2.0, radius + 48.0);
    let count = reading.lines.len() as f64;
    let share = |index: usize| 100.0 * index as f64 / count;
    let labels: Option<Vec<Label>> = reading
        .lines
        .iter()
        .enumerate()
        .map(|(index, line)| label(&line.label, on_circle(middle, radius + 10.0, share(index)), middle, width))
        .collect();
    let labels = labels?;
    let (low, high) = ends(reading);
    let canvas = Canvas::new(width);
    let web = |radius: f64, token: Token| {
        let mut points: Vec<(f64, f64)> = (0..reading.lines.len()).map(|index| on_circle(middle, radius, share(index))).collect();
        points.extend(points.first().copied());
        canvas.line(&points, token, 1.0);
    };
    for ring in 1..=4_u8 {
        web(radius * f64::from(ring) / 4.0, if ring == 4 { Token::Edge } else { Token::Rule });
    }
    for index in 0..reading.lines.len() {
        canvas.line(&[middle, on_circle(middle, radius, share(index))], Token::Rule, 1.0);
    }
    let alone = reading.columns.len() == 1;
    for series in (0..reading.columns.len()).rev() {
        let points: Vec<(f64, f64)> = reading
            .lines
            .iter()
            .enumerate()
            .map(|(index, line)| {
                let value = line.cells.get(series).and_then(|cell| cell.value).unwrap_or(low);
                on_circle(middle, radius * ((value - low) / (high - low)).clamp(0.0, 1.0), share(index))
            })
            .collect();
        let mut steps: Vec<Step> =
            points.iter().enumerate().map(|(index, (x, y))| if index == 0 { Step::Move(*x, *y) } else { Step::Line(*x, *y) }).collect();
        steps.push(Step::Close);
        let token = if alone { Token::Ai } else { SERIES[series] };
        let stroke = Stroke { paint: Paint::Token(token), width: 2.5, dash: (series > 0).then_some((5.0, 4.0)) };
        canvas.path(&steps, if alone { Some(Paint::Token(Token::D2)) } else { None }, Some(stroke));
        for point in points {
            marker(&canvas, series, point, token);
        }
    }
    for label in &labels {
        canvas.lines(&label.fitted.lines, label.x, label.y, LEADING, Type::new(label.fitted.size).bold().at(label.anchor));
    }
    let lowest = labels.iter().map(|label| label.y + (label.fitted.lines.len() as f64 - 0.5) * LEADING).fold(middle.1 + radius, f64::max);
    let unit = super::cell::sign(reading.unit, reading.language);
    let print = |value: f64| format!("{}{unit}", crate::language::number(value, u32::from(value.fract().abs() > 1.0e-9)));
    let words = match reading.language {
        crate::language::Language::Japanese => format!("中心は{}、外の縁は{}", print(low), print(high)),
        crate::language::Language::English => format!("Centre: {}. Outer edge: {}", print(low), print(high)),
    };
    let height = note(&canvas, &words, 0.0, lowest + 10.0);
    Some(canvas.finish(lowest + height + 12.0))
}

/// A label outside the end of its axis; `None` where it has no room of at most three lines.
fn label(words: &str, (x, y): (f64, f64), middle: (f64, f64), width: f64) -> Option<Label> {
    let aside = (x - middle.0) / 8.0;
    let anchor = if aside > 1.0 {
        Anchor::Start
    } else if aside < -1.0 {
        Anchor::End
    } else {
        Anchor::Middle
    };
    let room = match anchor {
        Anchor::Start => width - x - 4.0,
        Anchor::End => x - 4.0,
        Anchor::Middle => 180.0_f64.min(width * 0.5),
    };
    let most = if anchor == Anchor::Middle { 2 } else { 3 };
    let fitted = fit(words, room, most, 14.0, true);
    if fitted.lines.len() > most || widest_word(words, fitted.size, true) > room {
        return None;
    }
    let height = fitted.lines.len() as f64 * LEADING;
    // Over the shape labels grow upwards, under it downwards, beside it both ways.
    let top = if anchor == Anchor::Middle { if y < middle.1 { y - height } else { y } } else { y - height / 2.0 };
    let x = match anchor {
        Anchor::Start => x + 4.0,
        Anchor::End => x - 4.0,
        Anchor::Middle => x,
    };
    Some(Label { fitted, anchor, x, y: top + LEADING / 2.0 })
}
