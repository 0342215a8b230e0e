//! Scales: a score from several items, with reversed items, a least number of answers, and bands.

use super::answer::{Answer, Answers, Value};
use crate::diagnostic::Place;
use crate::language::Text;

/// How items become a score.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Method {
    /// Mean of the answered items.
    Mean,
    /// Mean of the answered items times the number of items (so that a missing item does not lower the sum).
    Sum,
}

/// A named range of a score, from its lower end up to the next band.
#[derive(Debug, Clone, PartialEq)]
pub struct Band {
    /// Lower end, included.
    pub from: f64,
    /// What it is called.
    pub label: Text,
}

/// A set of items and how they are scored.
#[derive(Debug, Clone, PartialEq)]
pub struct Scale {
    /// Its id, unique in the survey, questions included.
    pub id: String,
    /// Where it is defined.
    pub place: Place,
    /// What it measures.
    pub label: Text,
    /// Ids of its variables, all on scales of the same number of points.
    pub items: Vec<String>,
    /// Those of the items that are worded the other way round.
    pub reversed: Vec<String>,
    /// How items become a score.
    pub method: Method,
    /// How many items must be answered for a score.
    pub min_answered: u32,
    /// How many points each item has.
    pub points: u8,
    /// Named ranges, lowest first.
    pub bands: Vec<Band>,
}

impl Scale {
    /// The score of one sheet; `None` when fewer than `min_answered` items are answered.
    ///
    /// A reversed item counts as `1 + points − x`. The mean is over the answered items; a sum is that mean times the number of items.
    #[must_use]
    pub fn score(&self, answers: &Answers) -> Option<f64> {
        self.score_of(|item| answers.get(item))
    }

    /// The same from any place that knows the answer of an item.
    #[must_use]
    pub fn score_of<'a>(&self, answer: impl Fn(&str) -> Option<&'a Answer>) -> Option<f64> {
        let mut sum = 0_u32;
        let mut answered = 0_u32;
        for item in &self.items {
            let Some(points) = answer(item).and_then(|answer| self.points_of(item, answer)) else { continue };
            sum += points;
            answered += 1;
        }
        self.score_from(sum, answered)
    }

    /// What an answer to an item adds to the sum: a reversed one turned; `None` for what is no point.
    #[must_use]
    pub fn points_of(&self, item: &str, answer: &Answer) -> Option<u32> {
        let Answer::Given(Value::Choice(code)) = answer else { return None };
        let point = code.parse::<u32>().ok()?;
        Some(if self.reversed.iter().any(|own| own == item) { (1 + u32::from(self.points)).saturating_sub(point) } else { point })
    }

    /// The score of whoever answered so many items with this sum of points.
    #[must_use]
    pub fn score_from(&self, sum: u32, answered: u32) -> Option<f64> {
        if answered == 0 || answered < self.min_answered {
            return None;
        }
        let mean = f64::from(sum) / f64::from(answered);
        match self.method {
            Method::Mean => Some(mean),
            // One division, so that whole sums stay whole
            Method::Sum => Some(f64::from(sum) * self.items.len() as f64 / f64::from(answered)),
        }
    }

    /// Lowest and highest score.
    #[must_use]
    pub fn range(&self) -> (f64, f64) {
        let times = match self.method {
            Method::Mean => 1.0,
            Method::Sum => self.items.len() as f64,
        };
        (times, times * f64::from(self.points))
    }

    /// The band of a score; `None` below the first one.
    #[must_use]
    pub fn band(&self, score: f64) -> Option<&Band> {
        self.bands.iter().rev().find(|band| score >= band.from)
    }
}
