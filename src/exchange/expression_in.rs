//! Conditions of others in our language. Where an empty answer would decide otherwise, the words are chosen so that it does not; what
//! cannot be said with the same meaning is not said at all.

use super::meaning::{Meaning, Named, Names};
use crate::content::scalar::decimal;
use crate::language::Day;
use crate::survey::expression::{Aggregate, Operator};

/// A part of an expression of others.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Foreign {
    /// What it is.
    pub(super) term: Part,
    /// As it is written.
    pub(super) source: String,
}

/// What a part is.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Part {
    /// A number, as it is written.
    Number(String),
    /// A text.
    Text(String),
    /// A truth value.
    Truth(bool),
    /// An answer.
    Reference(String),
    /// The present day.
    Today,
    /// Whether there is an answer.
    Answered(Box<Foreign>),
    /// The opposite.
    Not(Box<Foreign>),
    /// The negative.
    Negative(Box<Foreign>),
    /// Arithmetic, comparisons and connectives; [`Operator::Contains`] asks for a code.
    Binary(Operator, Box<Foreign>, Box<Foreign>),
    /// A function over several parts.
    Aggregate(Aggregate, Vec<Foreign>),
    /// A value, or nought where there is none.
    OrNought(Box<Foreign>),
    /// The number of an answer: nothing, and equal to nothing, where there is none.
    NumberOf(Box<Foreign>),
}

/// How the other language takes an answer that is not there.
#[derive(Debug, Clone, Copy)]
pub(super) struct Manner<'a> {
    /// The names of the form.
    pub(super) names: &'a Names,
    /// In arithmetic it is nought; else nothing comes of it.
    pub(super) nought: bool,
}

type Said = Result<String, String>;

/// A condition in our words.
///
/// # Errors
///
/// The part that cannot be said with the same meaning.
pub(super) fn condition(foreign: &Foreign, manner: Manner<'_>) -> Said {
    manner.truth(foreign).map(|(text, _)| text)
}

/// A number in our words.
///
/// # Errors
///
/// The part that cannot be said with the same meaning.
pub(super) fn number(foreign: &Foreign, manner: Manner<'_>) -> Said {
    manner.number(foreign).map(|(text, _)| text)
}

/// How tightly our words hold together: 0 `or`, 1 `and`, 2 `not` and comparisons, 3 sums, 4 products, 5 the rest.
type Level = u8;

fn at((text, level): (String, Level), least: Level) -> String {
    if level < least { format!("({text})") } else { text }
}

impl<'a> Manner<'a> {
    fn named(&self, foreign: &Foreign) -> Option<&'a Named> {
        match &foreign.term {
            Part::Reference(name) => self.names.get(name),
            _ => None,
        }
    }

    fn truth(&self, foreign: &Foreign) -> Result<(String, Level), String> {
        let no = || foreign.source.clone();
        Ok(match &foreign.term {
            Part::Truth(truth) => (if *truth { "1 = 1" } else { "1 = 0" }.to_owned(), 2),
            Part::Not(inner) => (format!("not {}", at(self.truth(inner)?, 5)), 2),
            Part::Answered(inner) => (format!("answered({})", self.named(inner).ok_or_else(no)?.id), 5),
            Part::Binary(Operator::And, left, right) => (format!("{} and {}", at(self.truth(left)?, 1), at(self.truth(right)?, 1)), 1),
            Part::Binary(Operator::Or, left, right) => {
                // Both read `and` before `or`; brackets spare everybody the thought
                let side = |one: (String, Level)| if one.1 == 1 { format!("({})", one.0) } else { one.0 };
                (format!("{} or {}", side(self.truth(left)?), side(self.truth(right)?)), 0)
            }
            Part::Binary(Operator::Contains, set, code) => {
                let named = self.named(set).ok_or_else(no)?;
                let (codes, word) = match &named.meaning {
                    Meaning::Set(codes) => (codes, "contains"),
                    Meaning::Choice(codes) => (codes, "="),
                    // The points of a scale are codes there and numbers with us
                    Meaning::Number(_) => return self.compare(Operator::Equal, set, code).ok_or_else(no),
                    Meaning::Text | Meaning::Day => return Err(no()),
                };
                let code = literal(code).and_then(|code| codes.get(&code)).ok_or_else(no)?;
                (format!("{} {word} '{code}'", named.id), 2)
            }
            Part::Binary(operator, left, right) if is_comparison(*operator) => self.compare(*operator, left, right).ok_or_else(no)?,
            _ => return Err(no()),
        })
    }

    fn compare(&self, operator: Operator, left: &Foreign, right: &Foreign) -> Option<(String, Level)> {
        // '' is how others say that there is no answer
        for (one, other) in [(left, right), (right, left)] {
            if let (Some(named), Part::Text(text)) = (self.named(one), &other.term)
                && text.is_empty()
            {
                return match operator {
                    Operator::Equal => Some((format!("not answered({})", named.id), 2)),
                    Operator::NotEqual => Some((format!("answered({})", named.id), 5)),
                    _ => None,
                };
            }
        }
        let equality = matches!(operator, Operator::Equal | Operator::NotEqual);
        let (first, second) = self.sides(equality, left, right)?;
        // Two answers that are not there are equal to others, and nothing to us
        let or_nothing = |text: String| match (self.named(left), self.named(right)) {
            (Some(one), Some(other)) => (format!("{text} or (not answered({}) and not answered({}))", one.id, other.id), 0),
            _ => (text, 2),
        };
        if !equality {
            let text = format!("{first} {} {second}", operator.sign());
            let at_least = self.nought && matches!(operator, Operator::LessOrEqual | Operator::GreaterOrEqual);
            return Some(if at_least { or_nothing(text) } else { (text, 2) });
        }
        let equal = or_nothing(format!("{first} = {second}"));
        Some(if operator == Operator::Equal { equal } else { (format!("not ({})", equal.0), 2) })
    }

    /// Both sides of a comparison, where they are of one kind.
    fn sides(&self, equality: bool, left: &Foreign, right: &Foreign) -> Option<(String, String)> {
        let (one, other) = (self.named(left), self.named(right));
        for (named, code, turned) in [(one, right, false), (other, left, true)] {
            let Some(Named { id, meaning: Meaning::Choice(codes) }) = named else { continue };
            let code = format!("'{}'", codes.get(&literal(code)?)?);
            return equality.then(|| if turned { (code, id.clone()) } else { (id.clone(), code) });
        }
        let is_text = |named: Option<&Named>| named.is_some_and(|named| named.meaning == Meaning::Text);
        if is_text(one) || is_text(other) {
            return if equality { Some((self.text(left)?, self.text(right)?)) } else { None };
        }
        if let (Some(first), Some(second)) = (self.day(left), self.day(right)) {
            return Some((first, second));
        }
        let side = |side: &Foreign| match &side.term {
            Part::Text(text) => decimal(text).map(|_| (text.clone(), 5)),
            Part::Reference(_) => self.bare(side),
            _ => self.number(side).ok(),
        };
        Some((at(side(left)?, 3), at(side(right)?, 3)))
    }

    fn text(&self, foreign: &Foreign) -> Option<String> {
        match (&foreign.term, self.named(foreign)) {
            (Part::Text(text), _) if Day::parse(text).is_none() => quoted(text),
            (_, Some(named)) if named.meaning == Meaning::Text => Some(named.id.clone()),
            _ => None,
        }
    }

    fn day(&self, foreign: &Foreign) -> Option<String> {
        match (&foreign.term, self.named(foreign)) {
            (Part::Text(text), _) => Day::parse(text).and_then(|_| quoted(text)),
            (Part::Today, _) => Some("today".to_owned()),
            (_, Some(named)) if named.meaning == Meaning::Day => Some(named.id.clone()),
            _ => None,
        }
    }

    fn bare(&self, foreign: &Foreign) -> Option<(String, Level)> {
        let named = self.named(foreign)?;
        matches!(named.meaning, Meaning::Number(_)).then(|| (named.id.clone(), 5))
    }

    fn number(&self, foreign: &Foreign) -> Result<(String, Level), String> {
        let no = || foreign.source.clone();
        Ok(match &foreign.term {
            Part::Number(digits) => (digits.clone(), 5),
            Part::Reference(_) => {
                let (id, level) = self.bare(foreign).ok_or_else(no)?;
                if self.nought { (format!("sum({id}, 0)"), 5) } else { (id, level) }
            }
            Part::OrNought(inner) => (format!("sum({}, 0)", at(self.part(inner)?, 3)), 5),
            Part::NumberOf(inner) => self.bare(inner).ok_or_else(no)?,
            Part::Negative(inner) => (format!("-{}", at(self.number(inner)?, 5)), 4),
            Part::Binary(operator, left, right) => {
                let (level, after) = match operator {
                    Operator::Add | Operator::Subtract => (3, 4),
                    Operator::Multiply => (4, 5),
                    // What is divided by nothing is endless there and missing with us: only by a number that is no nought
                    Operator::Divide if matches!(&right.term, Part::Number(digits) if decimal(digits).is_some_and(|by| by != 0.0)) => {
                        (4, 5)
                    }
                    _ => return Err(no()),
                };
                (format!("{} {} {}", at(self.number(left)?, level), operator.sign(), at(self.number(right)?, after)), level)
            }
            Part::Aggregate(aggregate, parts) => {
                let name = match aggregate {
                    Aggregate::Count => "count",
                    Aggregate::Sum => "sum",
                    Aggregate::Mean => "mean",
                };
                let mut said = Vec::new();
                for part in parts {
                    let any = self.named(part).filter(|_| *aggregate == Aggregate::Count).map(|named| (named.id.clone(), 5));
                    said.push(at(any.map_or_else(|| self.part(part), Ok)?, 3));
                }
                match aggregate {
                    // Of nothing at all, others make a nought
                    Aggregate::Sum => (format!("sum({}, 0)", said.join(", ")), 5),
                    Aggregate::Mean => (format!("sum(mean({}), 0)", said.join(", ")), 5),
                    Aggregate::Count => (format!("{name}({})", said.join(", ")), 5),
                }
            }
            _ => return Err(no()),
        })
    }

    /// A part of a sum: an answer stays what it is, and is passed over where it is not there.
    fn part(&self, foreign: &Foreign) -> Result<(String, Level), String> {
        self.bare(foreign).map_or_else(|| self.number(foreign), Ok)
    }
}

fn is_comparison(operator: Operator) -> bool {
    use Operator::{Equal, Greater, GreaterOrEqual, Less, LessOrEqual, NotEqual};
    matches!(operator, Equal | NotEqual | Less | LessOrEqual | Greater | GreaterOrEqual)
}

/// The code that a literal stands for.
fn literal(foreign: &Foreign) -> Option<String> {
    match &foreign.term {
        Part::Text(text) | Part::Number(text) => Some(text.clone()),
        Part::Truth(truth) => Some(truth.to_string()),
        _ => None,
    }
}

/// A text as our expressions write it.
fn quoted(text: &str) -> Option<String> {
    match (text.contains('\''), text.contains('"')) {
        (false, _) => Some(format!("'{text}'")),
        (true, false) => Some(format!("\"{text}\"")),
        (true, true) => None,
    }
}

impl Foreign {
    /// Whether it compares a text that people write.
    pub(super) fn compares_texts(&self, names: &Names) -> bool {
        let text =
            |side: &Foreign| matches!(&side.term, Part::Reference(name) if names.get(name).is_some_and(|one| one.meaning == Meaning::Text));
        let empty = |side: &Foreign| matches!(&side.term, Part::Text(text) if text.is_empty());
        match &self.term {
            Part::Not(inner) => inner.compares_texts(names),
            Part::Binary(Operator::Equal | Operator::NotEqual, left, right) => (text(left) || text(right)) && !empty(left) && !empty(right),
            Part::Binary(_, left, right) => left.compares_texts(names) || right.compares_texts(names),
            _ => false,
        }
    }
}
