//! Scales: one score a person from several items, and how well the items agree.

use super::disclosure::Admitted;
use super::summary::{Completeness, Distribution};
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

/// The sums from which Cronbach's alpha comes, in whole numbers, over those who answered every item.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Agreement {
    /// How many people.
    pub(super) n: u64,
    /// Sum and sum of squares of each item.
    items: Vec<(i128, i128)>,
    /// Sum and sum of squares of the items' total.
    total: (i128, i128),
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

impl Agreement {
    fn add(&mut self, points: &[i128]) {
        self.items.resize(points.len(), (0, 0));
        for (sums, point) in self.items.iter_mut().zip(points) {
            sums.0 += point;
            sums.1 += point * point;
        }
        let total: i128 = points.iter().sum();
        self.total.0 += total;
        self.total.1 += total * total;
        self.n += 1;
    }

    fn merge(&mut self, other: &Agreement) {
        self.items.resize(self.items.len().max(other.items.len()), (0, 0));
        for (sums, more) in self.items.iter_mut().zip(&other.items) {
            sums.0 += more.0;
            sums.1 += more.1;
        }
        self.total.0 += other.total.0;
        self.total.1 += other.total.1;
        self.n += other.n;
    }

    /// Cronbach's alpha, k / (k − 1) × (1 − Σ variance of item / variance of total): exact up to the one division.
    ///
    /// Cronbach, L. J. (1951), «Coefficient alpha and the internal structure of tests», Psychometrika 16.
    pub(super) fn alpha(&self) -> Result<f64, NoAlpha> {
        let (n, k) = (i128::from(self.n), self.items.len() as i128);
        if k < 2 {
            return Err(NoAlpha::OneItem);
        }
        if n < 2 {
            return Err(NoAlpha::FewPeople);
        }
        let spread = |(sum, squares): (i128, i128)| n * squares - sum * sum;
        let (items, total): (i128, i128) = (self.items.iter().copied().map(spread).sum(), spread(self.total));
        if total == 0 {
            return Err(NoAlpha::NoSpread);
        }
        Ok((k * (total - items)) as f64 / ((k - 1) * total) as f64)
    }
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
        if let Some(points) = points.collect::<Option<Vec<i128>>>() {
            self.agreement.add(&points);
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
fn point(answer: &Answer, reversed: bool, points: u8) -> Option<i128> {
    let Some(Value::Choice(code)) = answer.value() else { return None };
    let point: u8 = code.parse().ok().filter(|point| (1..=points).contains(point))?;
    Some(i128::from(if reversed { points - point + 1 } else { point }))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn alpha_says_why_not() {
        let mut agreement = Agreement::default();
        assert_eq!(agreement.alpha(), Err(NoAlpha::OneItem));
        agreement.add(&[3, 3]);
        assert_eq!(agreement.alpha(), Err(NoAlpha::FewPeople));
        agreement.add(&[2, 4]);
        assert_eq!(agreement.alpha(), Err(NoAlpha::NoSpread));
        agreement.add(&[5, 5]);
        assert!(agreement.alpha().unwrap() < 1.0);
    }
}
