//! Expressions over figures that are known only within limits: what holds, what does not, and what cannot be told.
//!
//! A figure is a span of values: one point, or an interval. What holds for every value of every span holds; what holds for none does
//! not; anything else is open. So is a comparison with a figure that is missing, unlike a comparison with a missing answer.

use super::expression::{Aggregate, Expression, Operator, Term};
use std::collections::{BTreeMap, BTreeSet};

/// From the lowest to the highest value that a number may have.
pub type Span = (f64, f64);

/// The value of an expression.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Spanned {
    /// It cannot be worked out.
    Missing,
    /// Whether it holds; `None`: it cannot be told.
    Truth(Option<bool>),
    /// Numbers between these.
    Number(Span),
}

/// The value of an expression, where `of` knows the figures.
#[must_use]
pub fn value(expression: &Expression, of: &dyn Fn(&str) -> Option<Span>) -> Spanned {
    match &expression.term {
        Term::Number(number) => Spanned::Number((*number, *number)),
        Term::Variable(id) => of(id).map_or(Spanned::Missing, Spanned::Number),
        Term::Answered(id) => Spanned::Truth(Some(of(id).is_some())),
        Term::Not(inner) => Spanned::Truth(truth(value(inner, of)).map(|holds| !holds)),
        Term::Negative(inner) => match value(inner, of) {
            Spanned::Number((low, high)) => Spanned::Number((-high, -low)),
            _ => Spanned::Missing,
        },
        Term::Binary(Operator::And, left, right) => Spanned::Truth(match (truth(value(left, of)), truth(value(right, of))) {
            (Some(false), _) | (_, Some(false)) => Some(false),
            (Some(true), Some(true)) => Some(true),
            _ => None,
        }),
        Term::Binary(Operator::Or, left, right) => Spanned::Truth(match (truth(value(left, of)), truth(value(right, of))) {
            (Some(true), _) | (_, Some(true)) => Some(true),
            (Some(false), Some(false)) => Some(false),
            _ => None,
        }),
        Term::Binary(operator, left, right) => binary(*operator, value(left, of), value(right, of)),
        Term::Aggregate(aggregate, parts) => {
            let all: Vec<Spanned> = parts.iter().map(|part| value(part, of)).filter(|one| *one != Spanned::Missing).collect();
            let spans: Vec<Span> = all.iter().filter_map(|one| if let Spanned::Number(span) = one { Some(*span) } else { None }).collect();
            let count = |number: usize| number as f64;
            let sum = spans.iter().fold((0.0, 0.0), |sum, span| (sum.0 + span.0, sum.1 + span.1));
            match aggregate {
                Aggregate::Count => Spanned::Number((count(all.len()), count(all.len()))),
                _ if spans.is_empty() => Spanned::Missing,
                Aggregate::Sum => Spanned::Number(sum),
                Aggregate::Mean => Spanned::Number((sum.0 / count(spans.len()), sum.1 / count(spans.len()))),
            }
        }
        // No figure is a text, a day or a score of one sheet
        Term::Text(_) | Term::Today | Term::Score(_) => Spanned::Missing,
    }
}

/// Whether an expression holds; `None`: it cannot be told.
#[must_use]
pub fn holds(expression: &Expression, of: &dyn Fn(&str) -> Option<Span>) -> Option<bool> {
    truth(value(expression, of))
}

fn truth(value: Spanned) -> Option<bool> {
    match value {
        Spanned::Truth(truth) => truth,
        Spanned::Missing | Spanned::Number(_) => None,
    }
}

fn binary(operator: Operator, left: Spanned, right: Spanned) -> Spanned {
    let arithmetic = matches!(operator, Operator::Add | Operator::Subtract | Operator::Multiply | Operator::Divide);
    let (Spanned::Number(left), Spanned::Number(right)) = (left, right) else {
        return if arithmetic { Spanned::Missing } else { Spanned::Truth(None) };
    };
    let span = match operator {
        Operator::Add => (left.0 + right.0, left.1 + right.1),
        Operator::Subtract => (left.0 - right.1, left.1 - right.0),
        Operator::Multiply => ends([left.0 * right.0, left.0 * right.1, left.1 * right.0, left.1 * right.1]),
        // Somewhere in between the quotient has no value
        Operator::Divide if right.0 <= 0.0 && right.1 >= 0.0 => return Spanned::Missing,
        Operator::Divide => ends([left.0 / right.0, left.0 / right.1, left.1 / right.0, left.1 / right.1]),
        Operator::Less => return Spanned::Truth(below(left, right)),
        Operator::GreaterOrEqual => return Spanned::Truth(below(left, right).map(|below| !below)),
        Operator::Greater => return Spanned::Truth(below(right, left)),
        Operator::LessOrEqual => return Spanned::Truth(below(right, left).map(|below| !below)),
        Operator::Equal => return Spanned::Truth(same(left, right)),
        Operator::NotEqual => return Spanned::Truth(same(left, right).map(|same| !same)),
        Operator::Contains | Operator::And | Operator::Or => return Spanned::Truth(None),
    };
    if span.0.is_finite() && span.1.is_finite() { Spanned::Number(span) } else { Spanned::Missing }
}

fn ends(all: [f64; 4]) -> Span {
    all.iter().fold((f64::INFINITY, f64::NEG_INFINITY), |span, one| {
        (if *one < span.0 { *one } else { span.0 }, if *one > span.1 { *one } else { span.1 })
    })
}

/// Whether every value of the one is less than every value of the other, or none.
fn below(left: Span, right: Span) -> Option<bool> {
    if left.1 < right.0 {
        Some(true)
    } else if left.0 >= right.1 {
        Some(false)
    } else {
        None
    }
}

fn same(left: Span, right: Span) -> Option<bool> {
    if left.1 < right.0 || right.1 < left.0 {
        Some(false)
    } else if left.0 >= left.1 && right.0 >= right.1 {
        Some(true)
    } else {
        None
    }
}

/// The numbers that each figure is compared with, ascending; `None` where a figure stands in arithmetic, so that no single number parts
/// its values.
#[must_use]
pub fn thresholds<'e>(expressions: impl Iterator<Item = &'e Expression>) -> Option<BTreeMap<String, Vec<f64>>> {
    let mut all = BTreeMap::new();
    for expression in expressions {
        collect(expression, &mut all)?;
    }
    for numbers in all.values_mut() {
        numbers.sort_by(f64::total_cmp);
        numbers.dedup();
    }
    Some(all)
}

fn collect(expression: &Expression, all: &mut BTreeMap<String, Vec<f64>>) -> Option<()> {
    match &expression.term {
        Term::Number(_) | Term::Text(_) | Term::Today | Term::Score(_) => Some(()),
        Term::Answered(id) => {
            all.entry(id.clone()).or_default();
            Some(())
        }
        Term::Not(inner) => collect(inner, all),
        Term::Binary(Operator::And | Operator::Or, left, right) => collect(left, all).and_then(|()| collect(right, all)),
        Term::Binary(_, left, right) => match (&left.term, number(right), &right.term, number(left)) {
            (Term::Variable(id), Some(number), ..) | (_, _, Term::Variable(id), Some(number)) => {
                all.entry(id.clone()).or_default().push(number);
                Some(())
            }
            _ => None,
        },
        Term::Variable(_) | Term::Negative(_) | Term::Aggregate(..) => None,
    }
}

/// A number that stands by itself.
fn number(expression: &Expression) -> Option<f64> {
    match &expression.term {
        Term::Number(number) => Some(*number),
        Term::Negative(inner) => number(inner).map(|number| -number),
        _ => None,
    }
}

/// The names of the figures that an expression speaks of.
#[must_use]
pub fn names(expression: &Expression) -> BTreeSet<String> {
    let mut named = BTreeSet::new();
    gather(expression, &mut named);
    named
}

fn gather(expression: &Expression, named: &mut BTreeSet<String>) {
    match &expression.term {
        Term::Variable(id) | Term::Answered(id) => {
            named.insert(id.clone());
        }
        Term::Not(inner) | Term::Negative(inner) => gather(inner, named),
        Term::Binary(_, left, right) => {
            gather(left, named);
            gather(right, named);
        }
        Term::Aggregate(_, parts) => parts.iter().for_each(|part| gather(part, named)),
        Term::Number(_) | Term::Text(_) | Term::Today | Term::Score(_) => {}
    }
}

/// More points than this are not tried.
const MOST: usize = 4_096;

/// One point for every way in which figures can lie about the numbers that they are compared with: on each, between two, beyond the
/// ends. `None` where that cannot be known, or there would be too many.
#[must_use]
pub fn points<'e>(expressions: impl Iterator<Item = &'e Expression>) -> Option<Vec<BTreeMap<String, f64>>> {
    let mut points = vec![BTreeMap::new()];
    for (id, numbers) in thresholds(expressions)? {
        let ends = numbers.first().map(|first| first - 1.0).into_iter().chain(numbers.last().map(|last| last + 1.0));
        let between = numbers.windows(2).map(|pair| (pair[0] + pair[1]) / 2.0);
        let mut values: Vec<f64> = numbers.iter().copied().chain(ends).chain(between).chain(numbers.is_empty().then_some(0.0)).collect();
        values.sort_by(f64::total_cmp);
        let with = |point: &BTreeMap<String, f64>| {
            let point = point.clone();
            let id = id.clone();
            values.iter().map(move |value| point.clone().into_iter().chain([(id.clone(), *value)]).collect()).collect::<Vec<_>>()
        };
        points = points.iter().flat_map(with).collect();
        if points.len() > MOST {
            return None;
        }
    }
    Some(points)
}

#[cfg(test)]
mod tests {
    use super::super::expression::parse;
    use super::*;

    fn told(source: &str) -> Option<bool> {
        let of = |id: &str| match id {
            "a" => Some((3.2, 3.6)),
            "b" => Some((4.0, 4.0)),
            "c" => Some((-1.0, 1.0)),
            _ => None,
        };
        holds(&parse(source).unwrap(), &of)
    }

    #[test]
    fn what_cannot_be_told_is_open() {
        for (source, expected) in [
            ("a >= 3.2", Some(true)),
            ("a >= 3.5", None),
            ("a < 3.2", Some(false)),
            ("a > 3.6", Some(false)),
            ("a <= 3.6", Some(true)),
            ("a = 3.5", None),
            ("a != 4", Some(true)),
            ("b = 4", Some(true)),
            ("gone >= 1", None),
            ("not gone >= 1", None),
            ("b >= 4 or gone >= 1", Some(true)),
            ("b < 4 and gone >= 1", Some(false)),
            ("b >= 4 and gone >= 1", None),
            ("answered(a) and not answered(gone)", Some(true)),
            ("a + b >= 7.2", Some(true)),
            ("b - a > 0.3", Some(true)),
            ("c * a >= -3.6", Some(true)),
            ("a / c > 0", None),
            ("-a <= -3.2", Some(true)),
            ("mean(a, b, gone) < 3.9", Some(true)),
            ("count(a, gone) = 1", Some(true)),
            ("sum(gone) > 0", None),
        ] {
            assert_eq!(told(source), expected, "{source}");
        }
    }

    #[test]
    fn points_lie_on_both_sides_of_every_number() {
        let parsed = ["x >= 3.5 and y < 2", "x < 3.5 or 4 <= x"].map(|source| parse(source).unwrap());
        let known = thresholds(parsed.iter()).unwrap();
        assert_eq!((known["x"].as_slice(), known["y"].as_slice()), ([3.5, 4.0].as_slice(), [2.0].as_slice()));
        assert_eq!(points(parsed.iter()).unwrap().len(), 5 * 3);
        assert_eq!(thresholds([parse("x + y > 2").unwrap()].iter()), None);
        assert_eq!(names(&parse("x + mean(y, 1) > 2").unwrap()), ["x", "y"].map(str::to_owned).into());
    }
}
