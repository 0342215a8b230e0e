//! The values that a variable can take, as far as conditions tell them apart: one for each stretch between the values they compare
//! it with. What cannot be parted so (a text in a comparison with another answer, a number in a sum) has no such list.

use super::answer::{Answers, Value};
use super::condition::{Condition, Judged, Operand};
use super::definition::Survey;
use super::expression::{Expression, Operator, Term};
use super::question::{Choice, Kind, Question};
use super::scoring::Scale;
use super::variable::{Category, Measure, Variable};
use crate::language::Day;
use std::collections::{BTreeMap, BTreeSet};

/// The name under which the day goes among variables; no question can have it.
pub(super) const TODAY: &str = "today";

/// More codes of one set than this are not tried in every combination.
const MOST_CODES: usize = 6;

/// What conditions compare a variable with.
#[derive(Debug, Clone, Default, PartialEq)]
pub(super) struct Compared {
    numbers: Vec<f64>,
    texts: BTreeSet<String>,
    /// It stands in arithmetic, or in a comparison with another answer: single values do not stand for stretches.
    tangled: bool,
}

/// What a set of conditions compares each variable with.
pub(super) type Comparisons = BTreeMap<String, Compared>;

/// Notes everything that an expression compares.
pub(super) fn note(expression: &Expression, scales: &[Scale], all: &mut Comparisons) {
    match &expression.term {
        Term::Not(inner) => note(inner, scales, all),
        Term::Binary(Operator::And | Operator::Or, left, right) => {
            note(left, scales, all);
            note(right, scales, all);
        }
        Term::Answered(id) => {
            all.entry(id.clone()).or_default();
        }
        Term::Binary(_, left, right) => match (plain_name(left), constant(right), plain_name(right), constant(left)) {
            (Some(name), Some(value), ..) | (_, _, Some(name), Some(value)) => compared(all.entry(name).or_default(), value),
            _ => {
                tangle(left, scales, all);
                tangle(right, scales, all);
            }
        },
        _ => tangle(expression, scales, all),
    }
}

fn compared(with: &mut Compared, value: Operand) {
    match value {
        Operand::Number(number) => with.numbers.push(number),
        Operand::Text(text) => {
            with.texts.insert(text);
        }
        Operand::Missing | Operand::Truth(_) | Operand::Set(_) => {}
    }
}

/// A variable or the day, standing by itself.
fn plain_name(expression: &Expression) -> Option<String> {
    match &expression.term {
        Term::Variable(id) => Some(id.clone()),
        Term::Today => Some(TODAY.to_owned()),
        _ => None,
    }
}

/// The value of an expression that speaks of nobody's answers.
fn constant(expression: &Expression) -> Option<Operand> {
    let mut named = BTreeSet::new();
    names(expression, &[], &mut named);
    if !named.is_empty() || holds_score(expression) {
        return None;
    }
    Some(Judged { answers: &Answers::new(), score: &|_| None, today: Day::default() }.value(expression))
}

fn holds_score(expression: &Expression) -> bool {
    match &expression.term {
        Term::Score(_) => true,
        Term::Not(inner) | Term::Negative(inner) => holds_score(inner),
        Term::Binary(_, left, right) => holds_score(left) || holds_score(right),
        Term::Aggregate(_, parts) => parts.iter().any(holds_score),
        Term::Number(_) | Term::Text(_) | Term::Today | Term::Variable(_) | Term::Answered(_) => false,
    }
}

fn tangle(expression: &Expression, scales: &[Scale], all: &mut Comparisons) {
    let mut named = BTreeSet::new();
    names(expression, scales, &mut named);
    for name in named {
        all.entry(name).or_default().tangled = true;
    }
}

/// The variables that an expression speaks of: those of its scores among them, and [`TODAY`].
pub(super) fn names(expression: &Expression, scales: &[Scale], named: &mut BTreeSet<String>) {
    match &expression.term {
        Term::Variable(id) | Term::Answered(id) => {
            named.insert(id.clone());
        }
        Term::Score(id) => named.extend(scales.iter().filter(|scale| scale.id == *id).flat_map(|scale| scale.items.iter().cloned())),
        Term::Today => {
            named.insert(TODAY.to_owned());
        }
        Term::Not(inner) | Term::Negative(inner) => names(inner, scales, named),
        Term::Binary(_, left, right) => {
            names(left, scales, named);
            names(right, scales, named);
        }
        Term::Aggregate(_, parts) => parts.iter().for_each(|part| names(part, scales, named)),
        Term::Number(_) | Term::Text(_) => {}
    }
}

/// One value for every stretch that the comparisons tell apart; `None` where there is no such list.
pub(super) fn values(question: &Question, variable: &Variable, compared: &Compared) -> Option<Vec<Value>> {
    match &variable.measure {
        Measure::Ordinal(categories) => Some(categories.iter().map(|one| Value::Choice(one.code.clone())).collect()),
        Measure::Nominal(categories) => Some(nominal(categories, compared)),
        Measure::Multiple(categories) => sets(question, categories, compared),
        Measure::Order(_) | Measure::Identity => None,
        _ if compared.tangled => None,
        Measure::Number => Some(numbers(&question.kind, &compared.numbers)),
        Measure::Text => {
            let longer: String = compared.texts.iter().map(String::as_str).chain(["?"]).collect();
            Some(compared.texts.iter().cloned().chain([longer]).map(Value::Text).collect())
        }
        Measure::Date => {
            let (earliest, latest) = if let Kind::Date { earliest, latest } = &question.kind { (*earliest, *latest) } else { (None, None) };
            Some(days(compared, earliest, latest).into_iter().map(|day| Value::Date(day.to_string())).collect())
        }
    }
}

/// The smallest and the largest number that a question takes, and its places after the point.
fn bounds(kind: &Kind) -> (Option<f64>, Option<f64>, u32) {
    match kind {
        Kind::Number { minimum, maximum, decimals, .. } => (*minimum, *maximum, *decimals),
        Kind::Slider(slider) => (Some(slider.minimum), Some(slider.maximum), slider.decimals()),
        Kind::Ranking { top, .. } => (Some(1.0), Some(f64::from(*top)), 0),
        Kind::Allocation { total, .. } => (Some(0.0), Some(f64::from(*total)), 0),
        // Cells of tables, and what is calculated
        _ => (None, None, 6),
    }
}

/// The days that the comparisons tell apart; `None` where the day is compared with an answer.
pub(super) fn todays(compared: &Compared, open: Option<Day>, close: Option<Day>) -> Option<Vec<Day>> {
    (!compared.tangled).then(|| days(compared, open, close))
}

fn nominal(categories: &[Category], compared: &Compared) -> Vec<Value> {
    let named = |one: &&Category| compared.tangled || compared.texts.contains(&one.code);
    let another = categories.iter().find(|one| !named(one));
    categories.iter().filter(named).chain(another).map(|one| Value::Choice(one.code.clone())).collect()
}

/// Every set of the codes that are named, and one without any of them.
fn sets(question: &Question, categories: &[Category], compared: &Compared) -> Option<Vec<Value>> {
    let (choices, at_most): (&[Choice], _) = match &question.kind {
        Kind::MultipleChoice { choices, at_most, .. } | Kind::MultipleGrid { choices, at_most, .. } => (choices, *at_most),
        _ => (&[], None),
    };
    let alone = |code: &str| choices.iter().any(|choice| choice.id == code && choice.exclusive);
    let named: Vec<&str> =
        categories.iter().map(|one| one.code.as_str()).filter(|code| compared.tangled || compared.texts.contains(*code)).collect();
    if named.len() > MOST_CODES {
        return None;
    }
    let mut all: Vec<Vec<String>> = (1..1_usize << named.len())
        .map(|bits| named.iter().enumerate().filter(|(at, _)| bits >> at & 1 == 1).map(|(_, code)| (*code).to_owned()).collect::<Vec<_>>())
        .filter(|set| set.len() == 1 || !set.iter().any(|code| alone(code)))
        .filter(|set| at_most.is_none_or(|most| set.len() <= most as usize))
        .collect();
    all.extend(categories.iter().find(|one| !named.contains(&one.code.as_str())).map(|one| vec![one.code.clone()]));
    Some(all.into_iter().map(Value::Choices).collect())
}

/// Around each number the numbers on the grid of decimals next to it, and the two ends.
fn numbers(kind: &Kind, compared: &[f64]) -> Vec<Value> {
    let (minimum, maximum, decimals) = bounds(kind);
    let power = (0..decimals).fold(1.0_f64, |power, _| power * 10.0);
    let around = |number: f64| {
        let at = number * power;
        [at.floor() - 1.0, at.floor(), at.ceil(), at.ceil() + 1.0]
    };
    let ends = minimum.into_iter().map(|low| (low * power).ceil()).chain(maximum.map(|high| (high * power).floor()));
    let steps = compared.iter().flat_map(|number| around(*number)).chain(ends).chain(compared.is_empty().then_some(0.0));
    let mut written: Vec<String> = steps
        .map(|step| step / power)
        .filter(|number| minimum.is_none_or(|low| *number >= low) && maximum.is_none_or(|high| *number <= high))
        .map(|number| format!("{number:.*}", decimals as usize))
        .collect();
    written.sort();
    written.dedup();
    written.into_iter().map(Value::Number).collect()
}

/// Around each day the days next to it, and the two ends.
fn days(compared: &Compared, first: Option<Day>, last: Option<Day>) -> Vec<Day> {
    let named: Vec<Day> = compared.texts.iter().filter_map(|text| Day::parse(text)).collect();
    let around = named.iter().flat_map(|day| [-1, 0, 1].map(|days| day.plus(days)));
    let any = named.is_empty().then(Day::default);
    let ends = [first, last].into_iter().flatten();
    let all: BTreeSet<Day> = around.chain(any).chain(ends).collect();
    all.into_iter().filter(|day| first.is_none_or(|first| *day >= first) && last.is_none_or(|last| *day <= last)).collect()
}

/// The range of a number or of the points of a scale, where it is known.
pub(super) fn range(question: &Question, variable: &Variable) -> Option<(f64, f64)> {
    match (&variable.measure, &question.kind) {
        (Measure::Ordinal(categories), _) => {
            let code = |one: Option<&Category>| one.and_then(|one| one.code.parse::<f64>().ok());
            code(categories.first()).zip(code(categories.last()))
        }
        (Measure::Number, kind) => {
            let (minimum, maximum, _) = bounds(kind);
            Some((minimum.unwrap_or(f64::NEG_INFINITY), maximum.unwrap_or(f64::INFINITY)))
        }
        _ => None,
    }
}

impl Survey {
    /// The variables that decide an expression: those that it names, the items of its scales, and what its calculated values are
    /// worked out from.
    #[must_use]
    pub fn speaks_of(&self, expression: &Expression) -> BTreeSet<String> {
        let mut all = BTreeSet::new();
        names(expression, &self.scales, &mut all);
        // Calculated values speak of earlier ones only, so this ends
        loop {
            let mut more = all.clone();
            for question in self.questions().filter(|question| all.contains(&question.id)) {
                if let Kind::Calculated { value, .. } = &question.kind {
                    names(&value.expression, &self.scales, &mut more);
                }
            }
            if more.len() == all.len() {
                return all;
            }
            all = more;
        }
    }

    /// Every question with the variables that decide whether it is asked, and those that it is worked out of.
    fn decided(&self) -> impl Iterator<Item = (&Question, BTreeSet<String>, BTreeSet<String>)> {
        let of = |condition: Option<&Condition>| condition.map(|one| self.speaks_of(&one.expression)).unwrap_or_default();
        self.pages.iter().flat_map(move |page| page.questions.iter().map(move |question| (page, question))).map(move |(page, question)| {
            let asked = of(page.show_if.as_ref()).into_iter().chain(of(question.show_if.as_ref())).collect();
            let value = if let Kind::Calculated { value, .. } = &question.kind { of(Some(value)) } else { BTreeSet::new() };
            (question, asked, value)
        })
    }

    /// The variables of which earlier answers decide who is asked.
    #[must_use]
    pub fn asked_by_answers(&self) -> BTreeSet<String> {
        let own: BTreeSet<String> = self.variables().into_iter().map(|variable| variable.id).collect();
        let asked = self.decided().into_iter().filter(|(_, asked, _)| !asked.is_disjoint(&own));
        asked.flat_map(|(question, ..)| question.variables()).map(|variable| variable.id).collect()
    }

    /// The questions that are as sensitive as an earlier one: who is asked because of an answer has given it, and what is worked out
    /// of it tells it.
    #[must_use]
    pub fn made_sensitive(&self) -> BTreeSet<String> {
        let mut sensitive: BTreeSet<String> = self.variables().into_iter().filter(|one| one.sensitive).map(|one| one.id).collect();
        let mut made = BTreeSet::new();
        for (question, asked, value) in self.decided() {
            if !question.sensitive && asked.union(&value).any(|name| sensitive.contains(name)) {
                made.insert(question.id.clone());
                sensitive.extend(question.variables().into_iter().map(|variable| variable.id));
            }
        }
        made
    }

    /// Whether a page after this one is shown, or may yet be, depending on what is answered on this page.
    #[must_use]
    pub fn may_go_on(&self, answers: &Answers, index: usize, today: Day) -> bool {
        let own: BTreeSet<String> =
            self.pages.get(index).into_iter().flat_map(|page| &page.questions).flat_map(Question::variables).map(|own| own.id).collect();
        let may = |condition: Option<&Condition>| {
            self.holds(condition, answers, today)
                || condition.is_some_and(|condition| !self.speaks_of(&condition.expression).is_disjoint(&own))
        };
        let asks = |question: &Question| !matches!(question.kind, Kind::Calculated { .. }) && may(question.show_if.as_ref());
        self.pages.iter().skip(index + 1).any(|page| may(page.show_if.as_ref()) && page.questions.iter().any(asks))
    }

    /// Whether some question is not asked of everybody.
    #[must_use]
    pub fn branches(&self) -> bool {
        self.pages.iter().any(|page| page.show_if.is_some()) || self.questions().any(|question| question.show_if.is_some())
    }
}
