//! What can become of a condition when only some of the answers are known: it can hold, it can fail, or either.
//!
//! Never too narrow: what comes out as impossible is impossible.

use super::answer::Answers;
use super::condition::{Judged, Operand};
use super::domain::{TODAY, names};
use super::expression::{Aggregate, Expression, Operator, Term};
use super::scoring::Scale;
use crate::language::Day;
use std::collections::{BTreeMap, BTreeSet};

/// What can become of a condition.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Possible {
    /// It can hold.
    pub(super) hold: bool,
    /// It can fail to hold.
    pub(super) fail: bool,
}

impl Possible {
    /// Either.
    pub(super) const EITHER: Possible = Possible { hold: true, fail: true };
    /// It holds.
    pub(super) const HOLDS: Possible = Possible { hold: true, fail: false };

    pub(super) fn and(self, other: Possible) -> Possible {
        Possible { hold: self.hold && other.hold, fail: self.fail || other.fail }
    }

    fn or(self, other: Possible) -> Possible {
        Possible { hold: self.hold || other.hold, fail: self.fail && other.fail }
    }
}

/// Variables of which nothing is known but, where they are numbers, their range.
pub(super) type Ranges = BTreeMap<String, Option<(f64, f64)>>;

/// What is known while a condition is judged.
pub(super) struct Known<'a> {
    /// The answers that are known.
    pub(super) answers: &'a Answers,
    /// The variables of which nothing is known, each with its range where it is a number. [`TODAY`] may be among them.
    pub(super) unknown: &'a Ranges,
    /// The scales.
    pub(super) scales: &'a [Scale],
    /// The day, unless it is unknown.
    pub(super) today: Day,
}

/// A number of which something is known.
#[derive(Debug, Clone, Copy, PartialEq)]
enum Bounds {
    /// It is missing.
    Missing,
    /// It is missing, or between these two.
    Between(f64, f64),
    /// It is no number, or nothing is known of it.
    Any,
}

impl Known<'_> {
    /// What can become of a condition.
    pub(super) fn judge(&self, expression: &Expression) -> Possible {
        let mut named = BTreeSet::new();
        names(expression, self.scales, &mut named);
        if !named.iter().any(|name| self.unknown.contains_key(name)) {
            let hold = self.value(expression) == Operand::Truth(true);
            return Possible { hold, fail: !hold };
        }
        match &expression.term {
            Term::Not(inner) => {
                let inner = self.judge(inner);
                Possible { hold: inner.fail, fail: inner.hold }
            }
            Term::Binary(Operator::And, left, right) => self.judge(left).and(self.judge(right)),
            Term::Binary(Operator::Or, left, right) => self.judge(left).or(self.judge(right)),
            Term::Binary(operator, left, right) => {
                Possible { hold: can_hold(*operator, self.bounds(left), self.bounds(right)), fail: true }
            }
            _ => Possible::EITHER,
        }
    }

    fn value(&self, expression: &Expression) -> Operand {
        let score = |id: &str| self.scales.iter().find(|scale| scale.id == id).and_then(|scale| scale.score(self.answers));
        Judged { answers: self.answers, score: &score, today: self.today }.value(expression)
    }

    fn bounds(&self, expression: &Expression) -> Bounds {
        let mut named = BTreeSet::new();
        names(expression, self.scales, &mut named);
        if !named.iter().any(|name| self.unknown.contains_key(name)) {
            return match self.value(expression) {
                Operand::Number(number) => Bounds::Between(number, number),
                Operand::Missing => Bounds::Missing,
                Operand::Truth(_) | Operand::Text(_) | Operand::Set(_) => Bounds::Any,
            };
        }
        match &expression.term {
            Term::Variable(id) if id != TODAY => match self.unknown.get(id) {
                Some(Some((low, high))) => Bounds::Between(*low, *high),
                _ => Bounds::Any,
            },
            Term::Score(id) => self.scales.iter().find(|scale| scale.id == *id).map_or(Bounds::Any, |scale| {
                let (low, high) = scale.range();
                Bounds::Between(low, high)
            }),
            Term::Negative(inner) => match self.bounds(inner) {
                Bounds::Between(low, high) => Bounds::Between(-high, -low),
                other => other,
            },
            Term::Binary(operator, left, right) => arithmetic(*operator, self.bounds(left), self.bounds(right)),
            Term::Aggregate(aggregate, parts) => self.aggregate(*aggregate, parts),
            _ => Bounds::Any,
        }
    }

    fn aggregate(&self, aggregate: Aggregate, parts: &[Expression]) -> Bounds {
        let answered: Vec<Bounds> = parts.iter().map(|part| self.bounds(part)).filter(|bounds| *bounds != Bounds::Missing).collect();
        if aggregate == Aggregate::Count {
            return Bounds::Between(0.0, answered.len() as f64);
        }
        let ranges: Option<Vec<(f64, f64)>> =
            answered.iter().map(|bounds| if let Bounds::Between(low, high) = bounds { Some((*low, *high)) } else { None }).collect();
        let Some(ranges) = ranges else { return Bounds::Any };
        let fold = |pick: fn((f64, f64)) -> f64, join: fn(f64, f64) -> f64| ranges.iter().map(|range| pick(*range)).reduce(join);
        let ends = match aggregate {
            // Any of them may be left out
            Aggregate::Sum => fold(|(low, _)| low.min(0.0), |a, b| a + b).zip(fold(|(_, high)| high.max(0.0), |a, b| a + b)),
            // A hair wider: a mean is rounded
            _ => fold(|(low, _)| low - 1e-9, f64::min).zip(fold(|(_, high)| high + 1e-9, f64::max)),
        };
        ends.map_or(Bounds::Missing, |(low, high)| Bounds::Between(low, high))
    }
}

fn arithmetic(operator: Operator, left: Bounds, right: Bounds) -> Bounds {
    let ((a, b), (c, d)) = match (left, right) {
        (Bounds::Missing, _) | (_, Bounds::Missing) => return Bounds::Missing,
        (Bounds::Between(a, b), Bounds::Between(c, d)) => ((a, b), (c, d)),
        _ => return Bounds::Any,
    };
    let corners = match operator {
        Operator::Add => vec![a + c, b + d],
        Operator::Subtract => vec![a - d, b - c],
        Operator::Multiply => vec![a * c, a * d, b * c, b * d],
        Operator::Divide if c > 0.0 || d < 0.0 => vec![a / c, a / d, b / c, b / d],
        _ => return Bounds::Any,
    };
    if corners.iter().any(|corner| corner.is_nan()) {
        return Bounds::Any;
    }
    Bounds::Between(corners.iter().copied().fold(f64::INFINITY, f64::min), corners.iter().copied().fold(f64::NEG_INFINITY, f64::max))
}

/// Whether a comparison can hold between numbers of which so much is known.
fn can_hold(operator: Operator, left: Bounds, right: Bounds) -> bool {
    let ((a, b), (c, d)) = match (left, right) {
        (Bounds::Missing, _) | (_, Bounds::Missing) => return false,
        (Bounds::Between(a, b), Bounds::Between(c, d)) => ((a, b), (c, d)),
        _ => return true,
    };
    match operator {
        Operator::Equal => a <= d && c <= b,
        Operator::NotEqual => !(a == b && c == d && a == c),
        Operator::Less => a < d,
        Operator::LessOrEqual => a <= d,
        Operator::Greater => b > c,
        Operator::GreaterOrEqual => b >= c,
        _ => true,
    }
}
