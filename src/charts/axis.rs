//! A value axis: its ends, its round ticks, and where a value stands on it.

use super::backend::FINE;
use super::canvas::{Canvas, Type};
use super::cell::{Cell, sign};
use super::palette::Token;
use super::reading::Reading;
use super::scene::Anchor;
use crate::language::{count, number};
use crate::survey::figure::Unit;
use plotters::coord::ranged1d::Ranged;
use plotters::coord::types::RangedCoordf64;

/// From a range of values to a range of pixels.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Axis {
    /// Lower end, finite, below `high`.
    pub low: f64,
    /// Upper end.
    pub high: f64,
    /// Distance of ticks.
    pub step: f64,
    /// Pixel of the lower end.
    pub start: f64,
    /// Pixel of the upper end; may be less than `start`, for heights.
    pub end: f64,
    /// What it measures.
    unit: Unit,
}

impl Axis {
    /// An axis for `values`. Per cents run from 0 to 100 unless `tight`; other units from zero, or with their own range from its low end.
    pub(super) fn new(reading: &Reading, values: &[f64], tight: bool, most_ticks: usize) -> Axis {
        let least = values.iter().copied().fold(f64::INFINITY, f64::min);
        let most = values.iter().copied().fold(f64::NEG_INFINITY, f64::max);
        let (mut low, mut high) = match (reading.range, reading.unit) {
            (Some((low, high)), _) => (low.min(least), high.max(most)),
            (None, Unit::Percent) if !tight => (0.0, 100.0),
            _ => (least.min(0.0), most.max(0.0)),
        };
        if !(low.is_finite() && high.is_finite()) {
            (low, high) = (0.0, 1.0);
        }
        if high - low < 1.0e-9 {
            high = low + 1.0;
        }
        let step = round_step(high - low, most_ticks);
        if reading.range.is_none() {
            low = (low / step + 1.0e-9).floor() * step;
            high = (high / step - 1.0e-9).ceil() * step;
        }
        Axis { low, high, step, start: 0.0, end: 1.0, unit: reading.unit }
    }

    /// An axis from the least to the largest of `values`, for points, which need no zero; zero joins where it is near. Never
    /// beyond the exhibit's own range.
    pub(super) fn fitted(reading: &Reading, column: usize, values: &[f64], most_ticks: usize) -> Axis {
        let unit = reading.columns.get(column).map_or(reading.unit, |column| column.unit);
        // The exhibit's range is that of its own unit.
        let range = reading.range.filter(|_| unit == reading.unit);
        let least = values.iter().copied().fold(f64::INFINITY, f64::min);
        let most = values.iter().copied().fold(f64::NEG_INFINITY, f64::max);
        if !(least.is_finite() && most.is_finite()) || most - least < 1.0e-9 {
            return Axis { unit, ..Axis::new(&Reading { range, unit, ..reading.clone() }, values, true, most_ticks) };
        }
        let span = most - least;
        let low = if least >= 0.0 && least < span * 0.4 { 0.0 } else { least };
        let step = round_step(most - low, most_ticks);
        let (first, last) = ((low / step + 1.0e-9).floor() * step, (most / step - 1.0e-9).ceil() * step);
        let (floor, ceiling) = range.unwrap_or((f64::NEG_INFINITY, f64::INFINITY));
        Axis { low: first.max(floor.min(least)), high: last.min(ceiling.max(most)), step, start: 0.0, end: 1.0, unit }
    }

    /// The same axis cut to `values` and zero, for drawings that print values instead of ticks.
    pub(super) fn snug(self, values: &[f64]) -> Axis {
        let low = values.iter().copied().fold(0.0_f64, f64::min).max(self.low);
        let high = values.iter().copied().fold(0.0_f64, f64::max).min(self.high);
        if high - low > 1.0e-9 { Axis { low, high, ..self } } else { self }
    }

    /// The same axis on these pixels.
    pub(super) fn between(self, start: f64, end: f64) -> Axis {
        Axis { start, end, ..self }
    }

    /// Where a value stands, kept within the axis; plotters does the mapping, in tenths of a pixel.
    pub(super) fn at(&self, value: f64) -> f64 {
        if !value.is_finite() {
            return self.start;
        }
        // Pixels of a drawing: small and finite.
        let fine = |pixel: f64| (pixel * FINE).round() as i32;
        let coordinate: RangedCoordf64 = (self.low..self.high).into();
        f64::from(coordinate.map(&value.clamp(self.low, self.high), (fine(self.start), fine(self.end)))) / FINE
    }

    /// The ticks, lowest first.
    pub(super) fn ticks(&self) -> Vec<f64> {
        let first = (self.low / self.step - 1.0e-9).ceil();
        let last = (self.high / self.step + 1.0e-9).floor();
        let mut ticks = Vec::new();
        let mut index = first;
        while index <= last && ticks.len() < 50 {
            ticks.push(index * self.step);
            index += 1.0;
        }
        ticks
    }

    /// Decimals that ticks need.
    fn decimals(&self) -> u32 {
        let mut decimals = 0;
        let mut step = self.step;
        while (step - step.round()).abs() > 1.0e-9 && decimals < 6 {
            step *= 10.0;
            decimals += 1;
        }
        decimals
    }

    /// A tick in words; the last one carries the sign of the unit.
    pub(super) fn label(&self, reading: &Reading, value: f64, last: bool) -> String {
        let text = if self.unit == Unit::Count && value >= 0.0 && self.decimals() == 0 {
            // Whole and not negative.
            count(value.round() as u64)
        } else {
            number(value, if value.abs() < self.step / 1.0e6 { 0 } else { self.decimals() })
        };
        match self.unit {
            Unit::Percent if last => format!("{text}%"),
            Unit::Ratio if last => format!("{text}{}", sign(self.unit, reading.language)),
            _ => text,
        }
    }

    /// Draws upright grid lines from `top` to `bottom` with the ticks' words under them; the zero line is stronger.
    pub(super) fn draw_across(&self, canvas: &Canvas, reading: &Reading, top: f64, bottom: f64) {
        let ticks = self.ticks();
        let mut taken = f64::NEG_INFINITY;
        for (index, tick) in ticks.iter().enumerate() {
            let x = self.at(*tick);
            canvas.line(&[(x, top), (x, bottom)], Token::Rule, 1.0);
            let words = self.label(reading, *tick, index + 1 == ticks.len());
            let set = Type::new(12.0).token(Token::Ink3).at(Anchor::Middle);
            let half = set.width(&words) / 2.0;
            // The words of the first and last tick stay on the sheet.
            let middle = x.max(half).min(canvas.width - half);
            if middle - half > taken + 4.0 {
                canvas.text(&words, middle, bottom + 12.0, set);
                taken = middle + half;
            }
        }
    }

    /// Draws the zero line over the marks.
    pub(super) fn draw_zero(&self, canvas: &Canvas, top: f64, bottom: f64) {
        if self.low <= 0.0 && self.high >= 0.0 {
            let x = self.at(0.0);
            canvas.line(&[(x, top), (x, bottom)], Token::Ink, 1.0);
        }
    }
}

/// Everything that must have room on a value axis: values and the ends of their intervals.
pub(super) fn extent<'a>(cells: impl Iterator<Item = &'a Cell>) -> Vec<f64> {
    cells
        .flat_map(|cell| {
            let ends = cell.interval.map(|interval| [interval.low, interval.high]);
            cell.value.into_iter().chain(ends.into_iter().flatten())
        })
        .collect()
}

/// A step of 1, 2 or 5 times a power of ten that makes at most `most` steps of `span`. By multiplication only, so that it is
/// the same on every machine.
fn round_step(span: f64, most: usize) -> f64 {
    let least = span / most.max(1) as f64;
    let mut power = 1.0;
    while power > least && power > 1.0e-12 {
        power /= 10.0;
    }
    while power * 10.0 <= least && power < 1.0e15 {
        power *= 10.0;
    }
    [1.0, 2.0, 5.0].into_iter().map(|factor| factor * power).find(|step| *step >= least - 1.0e-12).unwrap_or(power * 10.0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn steps_are_round() {
        for (span, most, step) in [(100.0, 5, 20.0), (100.0, 10, 10.0), (4.0, 5, 1.0), (0.35, 5, 0.1), (7.0, 4, 2.0), (1.3, 6, 0.5)] {
            let got = round_step(span, most);
            assert!((got - step).abs() < 1e-9, "{span} / {most}: {got}");
        }
    }
}
