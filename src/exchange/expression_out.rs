//! Our expressions in the words of others. A comparison with a missing answer is false with us; elsewhere an empty answer may be a
//! text, a nought, or unequal to everything. Guards make the two agree; where they cannot, it is said.

use super::meaning::Meaning;
use crate::language::Day;
use crate::survey::expression::{Aggregate, Expression, Operator, Term};
use crate::survey::scoring::{Method, Scale};
use std::collections::BTreeSet;

/// An answer in another language.
pub(super) struct Reference {
    /// Its value.
    pub(super) value: String,
    /// The test for it being there.
    pub(super) there: String,
    /// Every comparison but `!=` is false where it is not there.
    pub(super) soft: bool,
    /// What it holds.
    pub(super) meaning: Meaning,
}

/// How another language says things.
pub(super) trait Dialect {
    /// The answer of a variable; none where the other form keeps nothing like it.
    fn reference(&self, id: &str) -> Option<Reference>;
    /// A text between its quotation marks; none where it has marks of every kind.
    fn literal(&self, text: &str) -> Option<String>;
    /// A day that was written.
    fn day(&self, text: &str) -> String;
    /// The day that an answer holds.
    fn as_day(&self, value: &str) -> String;
    /// The number that an answer holds.
    fn as_number(&self, value: &str) -> String;
    /// The present day.
    fn today(&self) -> &'static str;
    /// The opposite.
    fn not(&self, inner: &str) -> String;
    /// One value or another.
    fn choose(&self, condition: &str, then: &str, otherwise: &str) -> String;
    /// The sign of an operation, where it is not ours.
    fn sign(&self, operator: Operator) -> &'static str;
    /// Whether a code is among several.
    fn contains(&self, set: &str, code: &str) -> String;
    /// A scale of the survey.
    fn scale(&self, id: &str) -> Option<&Scale>;
    /// Arithmetic with nothing is nothing there, too; else nothing counts as nought.
    const KEEPS_NOTHING: bool;
    /// Sums are rounded to the places of their parts, and texts are compared whatever their capitals.
    const LENIENT: bool;
}

/// What is not quite the same there, though it is said.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Nuance {
    /// Sums of fractions are rounded.
    Rounded,
    /// Capitals are not told from small letters.
    Capitals,
}

/// An expression in another language, and what is not quite the same.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Translated {
    /// Its words.
    pub(super) text: String,
    /// What is not quite the same.
    pub(super) nuances: BTreeSet<Nuance>,
}

/// A condition.
///
/// # Errors
///
/// The part for which there are no words.
pub(super) fn condition<D: Dialect>(expression: &Expression, dialect: &D) -> Result<Translated, String> {
    let said = Writer(dialect).said(expression)?;
    Ok(Translated { text: said.text, nuances: said.nuances })
}

/// A number that is worked out, rounded half away from zero; nothing where it is missing.
///
/// # Errors
///
/// The part for which there are no words.
pub(super) fn number<D: Dialect>(expression: &Expression, decimals: u32, dialect: &D) -> Result<Translated, String> {
    let said = Writer(dialect).said(expression)?;
    let rounded = format!("round({}, {decimals})", said.at(Level::Atom));
    let present = said.present();
    let text = if present.is_empty() { rounded } else { dialect.choose(&present, &rounded, "''") };
    Ok(Translated { text, nuances: said.nuances })
}

/// How tightly a part holds together.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Level {
    Or,
    And,
    Comparison,
    Sum,
    Product,
    Atom,
}

/// A part in the other language.
#[derive(Clone)]
struct Said {
    text: String,
    level: Level,
    /// What must hold for it to be there, and whether comparisons are false by themselves where it does not.
    guards: Vec<(String, bool)>,
    meaning: Option<Meaning>,
    constant: bool,
    plain: bool,
    fractions: bool,
    nuances: BTreeSet<Nuance>,
}

impl Said {
    fn new(text: impl Into<String>, level: Level) -> Said {
        Said {
            text: text.into(),
            level,
            guards: Vec::new(),
            meaning: None,
            constant: false,
            plain: false,
            fractions: false,
            nuances: BTreeSet::new(),
        }
    }

    fn constant(text: String, meaning: Meaning) -> Said {
        let fractions = text.contains('.');
        Said { constant: true, meaning: Some(meaning), fractions, ..Said::new(text, Level::Atom) }
    }

    fn at(&self, least: Level) -> String {
        if self.level < least { format!("({})", self.text) } else { self.text.clone() }
    }

    /// All that must hold for it to be there, as one condition; empty where it always is.
    fn present(&self) -> String {
        self.guards.iter().map(|(guard, _)| guard.as_str()).collect::<Vec<&str>>().join(" and ")
    }

    fn takes(&mut self, other: &Said) {
        self.nuances.extend(&other.nuances);
        for guard in &other.guards {
            if !self.guards.iter().any(|(known, _)| *known == guard.0) {
                self.guards.push(guard.clone());
            }
        }
    }
}

struct Writer<'d, D>(&'d D);

impl<D: Dialect> Writer<'_, D> {
    fn said(&self, expression: &Expression) -> Result<Said, String> {
        Ok(match &expression.term {
            Term::Number(number) => Said::constant(number.to_string(), Meaning::Number(false)),
            Term::Text(text) if Day::parse(text).is_some() => Said::constant(self.0.day(text), Meaning::Day),
            Term::Text(text) => Said::constant(self.0.literal(text).ok_or_else(|| text.clone())?, Meaning::Text),
            Term::Today => Said::constant(self.0.today().to_owned(), Meaning::Day),
            Term::Variable(id) => self.variable(id)?,
            Term::Answered(id) => Said::new(self.0.reference(id).ok_or_else(|| id.clone())?.there, Level::Comparison),
            Term::Score(id) => self.score(id)?,
            Term::Not(inner) => {
                let inner = self.said(inner)?;
                Said { nuances: inner.nuances.clone(), ..Said::new(self.0.not(&inner.text), Level::Atom) }
            }
            Term::Negative(inner) => {
                let nought = Expression { term: Term::Number(0.0), start: expression.start, end: expression.end };
                self.arithmetic(Operator::Subtract, &nought, inner)?
            }
            Term::Aggregate(aggregate, parts) => self.aggregated(*aggregate, parts)?,
            Term::Binary(operator, left, right) => match operator {
                Operator::Add | Operator::Subtract | Operator::Multiply | Operator::Divide => self.arithmetic(*operator, left, right)?,
                Operator::And | Operator::Or => {
                    let level = if *operator == Operator::And { Level::And } else { Level::Or };
                    let (left, right) = (self.said(left)?, self.said(right)?);
                    // A mixed chain has brackets: not every reader knows which of the two comes first
                    let side = |said: &Said| if said.level == level { said.text.clone() } else { said.at(Level::Comparison) };
                    let mut both = Said::new(format!("{} {} {}", side(&left), self.0.sign(*operator), side(&right)), level);
                    both.nuances = left.nuances.union(&right.nuances).copied().collect();
                    both
                }
                Operator::Contains => {
                    let (set, code) = (self.said(left)?, self.said(right)?);
                    Said::new(self.0.contains(&set.text, &code.text), Level::Comparison)
                }
                _ => self.comparison(*operator, left, right)?,
            },
        })
    }

    fn variable(&self, id: &str) -> Result<Said, String> {
        let reference = self.0.reference(id).ok_or_else(|| id.to_owned())?;
        let mut said = Said::new(reference.value, Level::Atom);
        said.guards.push((reference.there, reference.soft));
        said.fractions = reference.meaning == Meaning::Number(true);
        said.meaning = Some(reference.meaning);
        said.plain = reference.soft;
        Ok(said)
    }

    fn arithmetic(&self, operator: Operator, left: &Expression, right: &Expression) -> Result<Said, String> {
        let (first, second) = (self.said(left)?, self.said(right)?);
        let level = if matches!(operator, Operator::Add | Operator::Subtract) { Level::Sum } else { Level::Product };
        let after = if level == Level::Sum { Level::Product } else { Level::Atom };
        let text = format!("{} {} {}", first.at(level), self.0.sign(operator), second.at(after));
        let mut said =
            Said { meaning: Some(Meaning::Number(false)), constant: first.constant && second.constant, ..Said::new(text, level) };
        said.takes(&first);
        said.takes(&second);
        if !D::KEEPS_NOTHING {
            said.guards.iter_mut().for_each(|guard| guard.1 = false);
        }
        // What is divided by nothing is missing with us and endless elsewhere
        if operator == Operator::Divide && !matches!(right.term, Term::Number(number) if number != 0.0) {
            said.guards.push((format!("{} != 0", second.at(Level::Sum)), false));
        }
        said.fractions = first.fractions || second.fractions || operator == Operator::Divide;
        if D::LENIENT && (first.fractions || second.fractions) && operator != Operator::Divide {
            said.nuances.insert(Nuance::Rounded);
        }
        Ok(said)
    }

    fn comparison(&self, operator: Operator, left: &Expression, right: &Expression) -> Result<Said, String> {
        let (first, second) = (self.said(left)?, self.said(right)?);
        let days = [&first, &second].into_iter().any(|side| side.meaning == Some(Meaning::Day));
        let both_answers = !first.constant && !second.constant;
        let equality = matches!(operator, Operator::Equal | Operator::NotEqual);
        let value = |said: &Said| match &said.meaning {
            Some(Meaning::Day) if !said.constant => self.0.as_day(&said.text),
            // Answers are texts, of which 1 and 1.0 are two
            Some(Meaning::Number(_)) if equality && both_answers && said.plain => self.0.as_number(&said.text),
            _ => said.at(Level::Sum),
        };
        let plain = format!("{} {} {}", value(&first), self.0.sign(operator), value(&second));
        // Where nothing is something, nothing is equal to nothing, and at least as much
        let needs_all = days || operator == Operator::NotEqual || (both_answers && (operator == Operator::Equal || !D::KEEPS_NOTHING));
        let mut whole = Said::new(String::new(), Level::Comparison);
        whole.takes(&first);
        whole.takes(&second);
        let mut parts: Vec<String> = whole.guards.drain(..).filter(|(_, soft)| needs_all || !soft).map(|(guard, _)| guard).collect();
        parts.push(plain);
        whole.level = if parts.len() > 1 { Level::And } else { Level::Comparison };
        whole.text = parts.join(" and ");
        if D::LENIENT && first.meaning == Some(Meaning::Text) && second.meaning == Some(Meaning::Text) {
            whole.nuances.insert(Nuance::Capitals);
        }
        Ok(whole)
    }

    fn aggregated(&self, aggregate: Aggregate, parts: &[Expression]) -> Result<Said, String> {
        let parts = parts.iter().map(|part| self.said(part)).collect::<Result<Vec<Said>, String>>()?;
        Ok(self.summed(aggregate, &parts))
    }

    /// The count, the sum or the mean of those parts that are there.
    fn summed(&self, aggregate: Aggregate, parts: &[Said]) -> Said {
        let each = |value: &dyn Fn(&Said) -> String| {
            let parts = parts.iter().map(|part| match part.present() {
                present if present.is_empty() => value(part),
                present => self.0.choose(&present, &value(part), "0"),
            });
            parts.collect::<Vec<String>>().join(" + ")
        };
        let count = format!("({})", each(&|_| "1".to_owned()));
        // In brackets: Enketo stumbles over a division that stands bare among the parts of a function
        let sum = each(&|part| if part.plain { self.0.as_number(&part.text) } else { part.at(Level::Atom) });
        let (text, level) = match aggregate {
            Aggregate::Count => (count.clone(), Level::Atom),
            Aggregate::Sum => (format!("({sum})"), Level::Atom),
            Aggregate::Mean => (format!("({sum}) {} {count}", self.0.sign(Operator::Divide)), Level::Product),
        };
        let mut said = Said { meaning: Some(Meaning::Number(false)), ..Said::new(text, level) };
        let fractions = parts.iter().any(|part| part.fractions);
        said.fractions = aggregate == Aggregate::Mean || (fractions && aggregate == Aggregate::Sum);
        said.nuances = parts.iter().flat_map(|part| part.nuances.iter().copied()).collect();
        if D::LENIENT && fractions && aggregate != Aggregate::Count {
            said.nuances.insert(Nuance::Rounded);
        }
        if aggregate != Aggregate::Count && parts.iter().all(|part| !part.guards.is_empty()) {
            said.guards.push((format!("{count} > 0"), false));
        }
        said
    }

    fn score(&self, id: &str) -> Result<Said, String> {
        let scale = self.0.scale(id).ok_or_else(|| id.to_owned())?;
        let mut items = Vec::new();
        for item in &scale.items {
            let mut said = self.variable(item)?;
            if scale.reversed.contains(item) {
                said.text = format!("{} - {}", u32::from(scale.points) + 1, self.0.as_number(&said.text));
                (said.level, said.plain) = (Level::Sum, false);
            }
            items.push(said);
        }
        let count = self.summed(Aggregate::Count, &items).text;
        let sum = self.summed(Aggregate::Sum, &items).text;
        let times = if scale.method == Method::Sum { format!(" * {}", scale.items.len()) } else { String::new() };
        let text = format!("{sum}{times} {} {count}", self.0.sign(Operator::Divide));
        let mut said = Said { meaning: Some(Meaning::Number(true)), fractions: true, ..Said::new(text, Level::Product) };
        said.guards.push((format!("{count} >= {}", scale.min_answered.max(1)), false));
        Ok(said)
    }
}
