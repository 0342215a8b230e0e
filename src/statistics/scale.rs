//! Scales: one score a person from several items, and how well the items agree.

use super::disclosure::Admitted;
use super::summary::Completeness;
use crate::estimate::{Agreement, Distribution, Reason};
use crate::survey::scoring::Scale;
use crate::survey::{Answer, Value};

/// The scores of a group.
#[derive(Debug, Clone, Default, PartialEq)]
pub(super) struct Scores {
    /// Who got a score.
    pub(super) completeness: Completeness,
    /// Their scores.
    pub(super) distribution: Distribution,
    /// Sums over those who answered every item.
    pub(super) agreement: Agreement,
}

/// Why alpha cannot be worked out.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum NoAlpha {
    /// It takes two items.
    OneItem,
    /// It takes two people who answered every item.
    FewPeople,
    /// Everybody has the same total.
    NoSpread,
}

/// Cronbach's alpha of those who answered every item.
pub(super) fn alpha(agreement: &Agreement) -> Result<f64, NoAlpha> {
    agreement.alpha().map_err(|why| match why {
        Reason::TooFewVariables => NoAlpha::OneItem,
        Reason::AllEqual => NoAlpha::NoSpread,
        _ => NoAlpha::FewPeople,
    })
}

/// Scores the people of a group.
pub(super) fn scores(group: &Admitted<'_>, scale: &Scale) -> Scores {
    let partials = group.partials(|rows, members| {
        let mut scores = Scores::default();
        let mut columns: Vec<_> = scale.items.iter().map(|item| rows.answers(item)).collect();
        for row in 0..rows.n() {
            let answers: Vec<&Answer> = columns.iter_mut().map(|column| column.next().unwrap_or(&Answer::NotShown)).collect();
            if members.contains(row) {
                scores.add(&answers, scale);
            }
        }
        scores
    });
    let mut whole = Scores::default();
    for part in partials {
        whole.merge(part);
    }
    whole
}

impl Scores {
    /// Adds one person's answers to the items, in the order of the scale.
    fn add(&mut self, answers: &[&Answer], scale: &Scale) {
        let score = scale.score_of(|item| scale.items.iter().position(|own| own == item).and_then(|place| answers.get(place).copied()));
        if score.is_some_and(|score| self.distribution.add(score, 1)) {
            self.completeness.answered += 1;
        } else if answers.iter().all(|answer| **answer == Answer::NotShown) {
            self.completeness.not_shown += 1;
        } else if answers.iter().any(|answer| **answer == Answer::Declined) {
            self.completeness.declined += 1;
        } else {
            self.completeness.skipped += 1;
        }
        let points = answers.iter().zip(&scale.items).map(|(answer, item)| point(answer, scale.reversed.contains(item), scale.points));
        if let Some(points) = points.collect::<Option<Vec<i16>>>() {
            // A scale has as many items in every row.
            let _ = self.agreement.add(&points, 1);
        }
    }

    fn merge(&mut self, part: Scores) {
        self.completeness.add(part.completeness);
        self.distribution.merge(part.distribution);
        self.agreement.merge(&part.agreement);
    }

    /// How many scores fall into each band of the scale; at the end those below the first one.
    pub(super) fn in_bands(&self, scale: &Scale) -> Vec<u64> {
        let mut counts = vec![0; scale.bands.len() + 1];
        for (score, times) in self.distribution.iter() {
            let band = scale.bands.iter().rposition(|band| band.from <= score).unwrap_or(scale.bands.len());
            counts[band] += times;
        }
        counts
    }
}

/// The points that an answer gives; none for what is not a point of the scale.
fn point(answer: &Answer, reversed: bool, points: u8) -> Option<i16> {
    let Some(Value::Choice(code)) = answer.value() else { return None };
    let point: u8 = code.parse().ok().filter(|point| (1..=points).contains(point))?;
    Some(i16::from(if reversed { points - point + 1 } else { point }))
}
