//! A scene: marks with coordinates, before they are written as SVG. Coordinates are pixels, rounded to 0.1, always finite.

use super::palette::Token;

/// Rounds to a tenth of a pixel; `None` for what is not finite or absurdly far away, which must never be drawn as zero.
#[must_use]
pub(super) fn tenth(value: f64) -> Option<f64> {
    if !value.is_finite() || value.abs() > 1.0e6 {
        return None;
    }
    let rounded = (value * 10.0).round() / 10.0;
    // No −0: it would write itself differently from 0.
    Some(if rounded == 0.0 { 0.0 } else { rounded })
}

/// What a mark is painted with.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Paint {
    /// A colour by its role.
    Token(Token),
    /// The text colour of a fill.
    On(Token),
    /// Hatched: missing or hidden.
    Hatch,
}

/// A line around or along a mark.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Stroke {
    /// Its colour.
    pub paint: Paint,
    /// Its width in pixels.
    pub width: f64,
    /// Dash and gap in pixels.
    pub dash: Option<(f64, f64)>,
}

/// Where a text is held.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(super) enum Anchor {
    /// At its start.
    Start,
    /// In its middle.
    Middle,
    /// At its end.
    End,
}

/// One piece of a path; coordinates are absolute.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) enum Step {
    /// Go there without drawing.
    Move(f64, f64),
    /// A straight line.
    Line(f64, f64),
    /// A cubic curve: two handles and the end.
    Curve([f64; 6]),
    /// An arc of a circle: radius, whether it is the long way, clockwise, end.
    Arc {
        /// Radius.
        radius: f64,
        /// Whether it goes the long way round.
        large: bool,
        /// Whether it goes clockwise.
        clockwise: bool,
        /// End, across.
        x: f64,
        /// End, down.
        y: f64,
    },
    /// Back to the start.
    Close,
}

/// One thing drawn.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Mark {
    /// An upright rectangle; width and height are never negative.
    Rect {
        /// Left edge.
        x: f64,
        /// Upper edge.
        y: f64,
        /// Width.
        width: f64,
        /// Height.
        height: f64,
        /// Inside.
        fill: Option<Paint>,
        /// Outline.
        stroke: Option<Stroke>,
    },
    /// A line through points.
    Line {
        /// At least two points.
        points: Vec<(f64, f64)>,
        /// Its look.
        stroke: Stroke,
    },
    /// Lines, curves and arcs.
    Path {
        /// Its pieces.
        steps: Vec<Step>,
        /// Inside.
        fill: Option<Paint>,
        /// Outline.
        stroke: Option<Stroke>,
    },
    /// A circle.
    Circle {
        /// Centre, across.
        x: f64,
        /// Centre, down.
        y: f64,
        /// Radius.
        radius: f64,
        /// Inside.
        fill: Option<Paint>,
        /// Outline.
        stroke: Option<Stroke>,
    },
    /// One line of text, centred on `y` by 0.35 em.
    Text {
        /// Where it is held, across.
        x: f64,
        /// Its middle, down.
        y: f64,
        /// What it says.
        text: String,
        /// Size in pixels, 12 or more.
        size: f64,
        /// Whether it is bold.
        bold: bool,
        /// Where it is held.
        anchor: Anchor,
        /// Its colour.
        paint: Paint,
    },
    /// Marks that belong together, with what they say about themselves.
    Group {
        /// Data attributes: name without `data-`, value.
        data: Vec<(&'static str, String)>,
        /// What a pointer over it reads.
        title: Option<String>,
        /// The marks.
        marks: Vec<Mark>,
    },
}

/// Marks on a sheet of a size.
#[derive(Debug, Clone, PartialEq, Default)]
pub(super) struct Scene {
    /// Width in pixels.
    pub width: f64,
    /// Height in pixels.
    pub height: f64,
    /// The marks, hindmost first.
    pub marks: Vec<Mark>,
}

impl Mark {
    /// The same mark elsewhere.
    #[must_use]
    pub(super) fn shifted(self, dx: f64, dy: f64) -> Mark {
        let at = |value: f64, by: f64| tenth(value + by).unwrap_or(value);
        match self {
            Mark::Rect { x, y, width, height, fill, stroke } => Mark::Rect { x: at(x, dx), y: at(y, dy), width, height, fill, stroke },
            Mark::Line { points, stroke } => {
                Mark::Line { points: points.into_iter().map(|(x, y)| (at(x, dx), at(y, dy))).collect(), stroke }
            }
            Mark::Path { steps, fill, stroke } => {
                let steps = steps
                    .into_iter()
                    .map(|step| match step {
                        Step::Move(x, y) => Step::Move(at(x, dx), at(y, dy)),
                        Step::Line(x, y) => Step::Line(at(x, dx), at(y, dy)),
                        Step::Curve([a, b, c, d, e, f]) => Step::Curve([at(a, dx), at(b, dy), at(c, dx), at(d, dy), at(e, dx), at(f, dy)]),
                        Step::Arc { radius, large, clockwise, x, y } => Step::Arc { radius, large, clockwise, x: at(x, dx), y: at(y, dy) },
                        Step::Close => Step::Close,
                    })
                    .collect();
                Mark::Path { steps, fill, stroke }
            }
            Mark::Circle { x, y, radius, fill, stroke } => Mark::Circle { x: at(x, dx), y: at(y, dy), radius, fill, stroke },
            Mark::Text { x, y, text, size, bold, anchor, paint } => {
                Mark::Text { x: at(x, dx), y: at(y, dy), text, size, bold, anchor, paint }
            }
            Mark::Group { data, title, marks } => {
                Mark::Group { data, title, marks: marks.into_iter().map(|mark| mark.shifted(dx, dy)).collect() }
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn coordinates_are_tenths_and_finite() {
        for (value, expected) in
            [(1.04, Some(1.0)), (1.06, Some(1.1)), (-0.04, Some(0.0)), (f64::NAN, None), (f64::INFINITY, None), (1.0e9, None)]
        {
            assert_eq!(tenth(value), expected, "{value}");
        }
        assert!(tenth(-0.04).unwrap().is_sign_positive());
    }
}
