//! Conditions: an expression that was checked against a survey, and how it is judged.
//!
//! A comparison with a missing answer is false. Arithmetic with a missing answer is missing. A missing truth value counts as false.

use super::answer::{Answer, Answers, Value};
use super::expression::{Aggregate, Expression, Operator, Term, Unreadable, parse};
use crate::diagnostic::Place;
use crate::language::Day;

/// Show this if that.
#[derive(Debug, Clone, PartialEq)]
pub struct Condition {
    /// As it is written.
    pub source: String,
    /// Where it is written.
    pub place: Place,
    /// What it says.
    pub expression: Expression,
}

impl Condition {
    /// Reads a condition.
    ///
    /// # Errors
    ///
    /// Where it stops making sense.
    pub fn parse(source: &str, place: Place) -> Result<Condition, Unreadable> {
        Ok(Condition { source: source.to_owned(), place, expression: parse(source)? })
    }

    /// Whether it holds for these answers.
    #[must_use]
    pub fn holds(&self, judged: &Judged<'_>) -> bool {
        judged.value(&self.expression) == Operand::Truth(true)
    }

    /// The place of a part of it; `start` and `end` count characters of the source.
    #[must_use]
    pub fn place_of(&self, start: usize, end: usize) -> Place {
        place_in(&self.place, &self.source, start, end)
    }
}

/// The place of a part of an expression that stands at `place`, a quoted scalar or a plain one.
#[must_use]
pub fn place_in(place: &Place, source: &str, start: usize, end: usize) -> Place {
    let length = source.chars().count();
    let quote = usize::from(place.length as usize >= length + 2);
    if place.length as usize > length + 2 || source.contains('\n') {
        return place.clone();
    }
    let to_u32 = |number: usize| u32::try_from(number).unwrap_or(u32::MAX);
    Place { column: place.column + to_u32(quote + start), length: to_u32(end.saturating_sub(start).max(1)), ..place.clone() }
}

/// What an expression is judged by: a sheet, the scores of the survey's scales, the day.
pub struct Judged<'a> {
    /// The answers so far.
    pub answers: &'a Answers,
    /// The score of a scale.
    pub score: &'a dyn Fn(&str) -> Option<f64>,
    /// The day on which the sheet is judged.
    pub today: Day,
}

/// The value of an expression while it is judged.
#[derive(Debug, Clone, PartialEq)]
pub enum Operand {
    /// No answer.
    Missing,
    /// A truth value.
    Truth(bool),
    /// A number.
    Number(f64),
    /// A text, the code of a choice, a date.
    Text(String),
    /// Several codes.
    Set(Vec<String>),
}

impl Judged<'_> {
    /// The value of an expression.
    #[must_use]
    pub fn value(&self, expression: &Expression) -> Operand {
        match &expression.term {
            Term::Number(number) => Operand::Number(*number),
            Term::Text(text) => Operand::Text(text.clone()),
            Term::Today => Operand::Text(self.today.to_string()),
            Term::Variable(id) => self.answer(id),
            Term::Score(scale) => (self.score)(scale).map_or(Operand::Missing, Operand::Number),
            Term::Answered(id) => Operand::Truth(self.answers.get(id).and_then(Answer::value).is_some()),
            Term::Not(inner) => Operand::Truth(self.value(inner) != Operand::Truth(true)),
            Term::Negative(inner) => match number(&self.value(inner)) {
                Some(number) => Operand::Number(-number),
                None => Operand::Missing,
            },
            Term::Binary(operator, left, right) => self.binary(*operator, left, right),
            Term::Aggregate(aggregate, parts) => self.aggregate(*aggregate, parts),
        }
    }

    fn answer(&self, id: &str) -> Operand {
        match self.answers.get(id).and_then(Answer::value) {
            None => Operand::Missing,
            // Ids begin with a letter, so a code of digits is the point of a scale; `inf` and `nan` are words
            Some(Value::Choice(code)) if code.starts_with(|first: char| first.is_ascii_digit()) => {
                code.parse().map_or(Operand::Missing, Operand::Number)
            }
            Some(Value::Choice(code)) => Operand::Text(code.clone()),
            Some(Value::Text(text) | Value::Date(text)) => Operand::Text(text.clone()),
            Some(Value::Choices(codes)) => Operand::Set(codes.clone()),
            Some(Value::Number(digits)) => digits.parse().map_or(Operand::Missing, Operand::Number),
        }
    }

    fn binary(&self, operator: Operator, left: &Expression, right: &Expression) -> Operand {
        let truth = |operand: Operand| operand == Operand::Truth(true);
        match operator {
            Operator::And => return Operand::Truth(truth(self.value(left)) && truth(self.value(right))),
            Operator::Or => return Operand::Truth(truth(self.value(left)) || truth(self.value(right))),
            _ => {}
        }
        let (left, right) = (self.value(left), self.value(right));
        match operator {
            Operator::Add | Operator::Subtract | Operator::Multiply | Operator::Divide => {
                let (Some(left), Some(right)) = (number(&left), number(&right)) else { return Operand::Missing };
                let result = match operator {
                    Operator::Add => left + right,
                    Operator::Subtract => left - right,
                    Operator::Multiply => left * right,
                    _ => left / right,
                };
                if result.is_finite() { Operand::Number(result) } else { Operand::Missing }
            }
            Operator::Contains => {
                let (Operand::Set(codes), Operand::Text(code)) = (&left, &right) else { return Operand::Truth(false) };
                Operand::Truth(codes.contains(code))
            }
            _ => Operand::Truth(compare(operator, &left, &right)),
        }
    }

    fn aggregate(&self, aggregate: Aggregate, parts: &[Expression]) -> Operand {
        let answered: Vec<Operand> = parts.iter().map(|part| self.value(part)).filter(|operand| *operand != Operand::Missing).collect();
        let numbers: Vec<f64> = answered.iter().filter_map(number).collect();
        match aggregate {
            Aggregate::Count => Operand::Number(answered.len() as f64),
            Aggregate::Sum | Aggregate::Mean if numbers.is_empty() => Operand::Missing,
            Aggregate::Sum => Operand::Number(numbers.iter().sum()),
            Aggregate::Mean => Operand::Number(numbers.iter().sum::<f64>() / numbers.len() as f64),
        }
    }
}

/// The number of an operand.
fn number(operand: &Operand) -> Option<f64> {
    match operand {
        Operand::Number(number) => Some(*number),
        Operand::Missing | Operand::Truth(_) | Operand::Text(_) | Operand::Set(_) => None,
    }
}

fn compare(operator: Operator, left: &Operand, right: &Operand) -> bool {
    use std::cmp::Ordering;
    let ordering = match (left, right) {
        (Operand::Text(left), Operand::Text(right)) => left.cmp(right),
        _ => match (number(left), number(right)) {
            // Not total_cmp: 0 and −0 are the same answer, and no operand is NaN
            (Some(left), Some(right)) => match left.partial_cmp(&right) {
                Some(ordering) => ordering,
                None => return false,
            },
            _ => return false,
        },
    };
    match operator {
        Operator::Equal => ordering == Ordering::Equal,
        Operator::NotEqual => ordering != Ordering::Equal,
        Operator::Less => ordering == Ordering::Less,
        Operator::LessOrEqual => ordering != Ordering::Greater,
        Operator::Greater => ordering == Ordering::Greater,
        _ => ordering != Ordering::Less,
    }
}
