//! The four fields of a quadrant: where their lines cross, how they are called, which dots lie in which.

use super::canvas::{Canvas, Type};
use super::lines::{Fitted, fit, widest_word};
use super::palette::Token;
use super::placement::Box2;
use super::reading::{Line, Reading};
use super::scene::Anchor;
use crate::survey::exhibit::Corner;

/// The corners in the order of [`Reading::corners`].
pub(super) const CORNERS: [Corner; 4] = [Corner::UpperLeft, Corner::UpperRight, Corner::LowerLeft, Corner::LowerRight];

/// Where the lines cross: as given, else at the means of the dots that are shown.
#[must_use]
pub(super) fn crossing(reading: &Reading) -> Option<(f64, f64)> {
    if reading.crossing.is_some() {
        return reading.crossing;
    }
    let value = |line: &Line, index: usize| line.cells.get(index).and_then(|cell| cell.value);
    let dots: Vec<(f64, f64)> = reading.lines.iter().filter_map(|line| value(line, 0).zip(value(line, 1))).collect();
    let count = dots.len() as f64;
    let sum = dots.iter().fold((0.0, 0.0), |sum, dot| (sum.0 + dot.0, sum.1 + dot.1));
    (!dots.is_empty()).then(|| (sum.0 / count, sum.1 / count))
}

/// In which field a dot lies.
#[must_use]
pub(super) fn corner_of(crossing: (f64, f64), x: f64, y: f64) -> Corner {
    match (x < crossing.0, y < crossing.1) {
        (true, false) => Corner::UpperLeft,
        (false, false) => Corner::UpperRight,
        (true, true) => Corner::LowerLeft,
        (false, true) => Corner::LowerRight,
    }
}

/// The names of the fields with the boxes that they take; a name that has no room in its field is left out here.
pub(super) struct Fields {
    names: Vec<(Fitted, Box2, Corner)>,
}

/// How far a name stays away from the middle of a dot.
const AROUND: f64 = 9.0;

impl Fields {
    /// Fits the names into the four fields that cross at `at`: into the outer corner, or, where a dot is there, nearer to the lines.
    pub(super) fn fit(reading: &Reading, frame: &Box2, at: (f64, f64), dots: &[(f64, f64)]) -> Fields {
        let mut names = Vec::new();
        for (name, corner) in reading.corners.iter().zip(CORNERS) {
            let (left, upper) =
                (matches!(corner, Corner::UpperLeft | Corner::LowerLeft), matches!(corner, Corner::UpperLeft | Corner::UpperRight));
            let room = if left { at.0 - frame.left } else { frame.right - at.0 } - 16.0;
            let deep = if upper { at.1 - frame.top } else { frame.bottom - at.1 } - 8.0;
            let bold = reading.first_corner == Some(corner);
            if name.is_empty() || room < 24.0 {
                continue;
            }
            let label = fit(name, room.min(220.0), 2, 13.0, bold);
            let wide = label.lines.iter().map(|line| super::text::width(line, label.size, bold)).fold(0.0, f64::max);
            let high = label.lines.len() as f64 * 17.0;
            if high > deep || widest_word(name, label.size, bold) > room {
                continue;
            }
            let mut x = [frame.left + 8.0, at.0 - 8.0 - wide];
            let mut y = [frame.top + 5.0, at.1 - 5.0 - high];
            if !left {
                x = [frame.right - 8.0 - wide, at.0 + 8.0];
            }
            if !upper {
                y = [frame.bottom - 5.0 - high, at.1 + 5.0];
            }
            let free = |place: &Box2| {
                let near = |dot: &(f64, f64)| {
                    let across = dot.0 > place.left - AROUND && dot.0 < place.right + AROUND;
                    across && dot.1 > place.top - AROUND && dot.1 < place.bottom + AROUND
                };
                !dots.iter().any(near)
            };
            let places = [(0, 0), (0, 1), (1, 0), (1, 1)].map(|(i, j)| (x[i], y[j]));
            let places = places.map(|(x, y)| Box2 { left: x, top: y, right: x + wide, bottom: y + high });
            let place = places.into_iter().find(|place| free(place)).unwrap_or(places[0]);
            names.push((label, place, corner));
        }
        Fields { names }
    }

    /// The boxes that the names take.
    pub(super) fn boxes(&self) -> Vec<Box2> {
        self.names.iter().map(|(_, at, _)| *at).collect()
    }

    /// Draws the frame, the lines and the names.
    pub(super) fn draw(&self, canvas: &Canvas, reading: &Reading, frame: &Box2, at: (f64, f64)) {
        canvas.outline(frame.left, frame.top, frame.right - frame.left, frame.bottom - frame.top, Token::Rule, 1.0);
        canvas.dashed(&[(at.0, frame.top), (at.0, frame.bottom)], Token::Ink2, 1.5, (2.0, 4.0));
        canvas.dashed(&[(frame.left, at.1), (frame.right, at.1)], Token::Ink2, 1.5, (2.0, 4.0));
        for (label, place, corner) in &self.names {
            let first = reading.first_corner == Some(*corner);
            let set = Type::new(label.size).bold_if(first).token(if first { Token::Kaki } else { Token::Ink2 });
            let (x, anchor) = match corner {
                Corner::UpperLeft | Corner::LowerLeft => (place.left, Anchor::Start),
                Corner::UpperRight | Corner::LowerRight => (place.right, Anchor::End),
            };
            canvas.lines(&label.lines, x, place.top + 8.5, 17.0, set.at(anchor));
        }
    }
}
