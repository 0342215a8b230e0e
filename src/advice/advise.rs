//! What the figures come to, how sure that is, and what would change it.

use super::evidence::{Evidence, Unknown, evidence};
use super::outcome::{Outcome, outcome};
use crate::catalog::Plan;
use crate::catalog::plan::Question;
use crate::statistics::Published;
use crate::survey::span::{self, Span};
use std::collections::{BTreeMap, BTreeSet};

/// What the figures say to a question.
#[derive(Debug, Clone, PartialEq)]
pub struct Judged {
    /// Index of the answer that holds; `None`: it cannot be told.
    pub answer: Option<usize>,
    /// Indices of the answers that may hold: of an open question those that are not ruled out; of a decided one those that the
    /// intervals do not rule out, its own among them.
    pub possible: Vec<usize>,
    /// Indices of inputs that are not there, of those it speaks of.
    pub unknown: Vec<(usize, Unknown)>,
    /// Indices of inputs with a value, but without an interval, of those it speaks of.
    pub bare: Vec<usize>,
}

impl Judged {
    /// Whether the answer stays the same anywhere in the intervals.
    #[must_use]
    pub fn firm(&self) -> bool {
        self.answer.is_some() && self.possible.len() == 1
    }
}

/// How a figure would have to move.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Move {
    /// Up to the number, or above it.
    AtLeast,
    /// Above the number.
    Above,
    /// Down to the number, or below it.
    AtMost,
    /// Below the number.
    Below,
}

/// The nearest number at which one figure alone would change an answer.
#[derive(Debug, Clone, PartialEq)]
pub struct Swing {
    /// Index of the input.
    pub input: usize,
    /// The number.
    pub threshold: f64,
    /// Which way.
    pub by: Move,
    /// Whether its interval reaches there.
    pub within: bool,
}

/// A change of one answer, and what it would come to.
#[derive(Debug, Clone, PartialEq)]
pub struct Change {
    /// Index of the question.
    pub question: usize,
    /// Index of the other answer.
    pub answer: usize,
    /// What it would come to.
    pub outcome: Outcome,
    /// Which figure could do it alone, the nearest first; nothing where the question is open.
    pub swings: Vec<Swing>,
}

/// What is known, what it comes to, and what would change it.
#[derive(Debug, Clone, PartialEq)]
pub struct Advice {
    /// What is known of each input.
    pub evidence: Vec<Evidence>,
    /// What the figures say to each question.
    pub questions: Vec<Judged>,
    /// The measures in their order.
    pub outcome: Outcome,
    /// What would change it.
    pub changes: Vec<Change>,
}

impl Advice {
    /// Whether any question is answered.
    #[must_use]
    pub fn says_something(&self) -> bool {
        self.questions.iter().any(|judged| judged.answer.is_some())
    }
}

/// Works out what figures that were published come to. Nothing else goes in.
#[must_use]
pub fn advise(plan: &Plan, published: &BTreeMap<String, Published>) -> Advice {
    let evidence = evidence(plan, published);
    let questions: Vec<Judged> = plan.questions.iter().map(|question| judge(plan, question, &evidence)).collect();
    let answers: Vec<Option<usize>> = questions.iter().map(|judged| judged.answer).collect();
    let mut changes = Vec::new();
    for (at, (question, judged)) in plan.questions.iter().zip(&questions).enumerate() {
        for other in (0..question.answers.len()).filter(|other| judged.answer != Some(*other)) {
            let swings = swings(plan, question, other, judged, &evidence);
            // An open question can still become each of what is not ruled out; a decided one only what some figure can make it
            if judged.answer.is_none() && !judged.possible.contains(&other) {
                continue;
            }
            let mut with = answers.clone();
            with[at] = Some(other);
            changes.push(Change { question: at, answer: other, outcome: outcome(plan, &with), swings });
        }
    }
    Advice { outcome: outcome(plan, &answers), evidence, questions, changes }
}

fn spans(plan: &Plan, evidence: &[Evidence], take: &dyn Fn(usize, &super::evidence::Known) -> Span) -> BTreeMap<String, Span> {
    let known = plan.inputs.iter().zip(evidence).enumerate();
    known.filter_map(|(at, (input, one))| Some((input.id.clone(), take(at, one.as_ref().ok()?)))).collect()
}

/// What each answer comes to with these figures.
fn told(question: &Question, figures: &BTreeMap<String, Span>) -> Vec<Option<bool>> {
    let of = |id: &str| figures.get(id).copied();
    question.answers.iter().map(|answer| span::holds(&answer.condition.expression, &of)).collect()
}

fn judge(plan: &Plan, question: &Question, evidence: &[Evidence]) -> Judged {
    let possible = |told: &[Option<bool>]| -> Vec<usize> {
        told.iter().enumerate().filter(|(_, holds)| **holds != Some(false)).map(|(at, _)| at).collect()
    };
    let at_points = told(question, &spans(plan, evidence, &|_, known| known.point));
    let answer = at_points.iter().position(|holds| *holds == Some(true));
    let widest = |known: &super::evidence::Known| match (known.interval, known.range) {
        (Some(interval), _) => interval,
        (None, Some(range)) => range,
        (None, None) => (f64::NEG_INFINITY, f64::INFINITY),
    };
    let in_intervals = told(question, &spans(plan, evidence, &|_, known| widest(known)));
    let mut can_be = possible(if answer.is_some() { &in_intervals } else { &at_points });
    can_be.extend(answer.filter(|answer| !can_be.contains(answer)));
    can_be.sort_unstable();
    let named: BTreeSet<String> = question.answers.iter().flat_map(|answer| span::names(&answer.condition.expression)).collect();
    let spoken = || plan.inputs.iter().zip(evidence).enumerate().filter(|(_, (input, _))| named.contains(&input.id));
    Judged {
        answer,
        possible: can_be,
        unknown: spoken().filter_map(|(at, (_, one))| Some((at, one.as_ref().err().copied()?))).collect(),
        bare: spoken().filter(|(_, (_, one))| one.as_ref().is_ok_and(|known| known.interval.is_none())).map(|(at, _)| at).collect(),
    }
}

/// The figures each of which alone could change the answer of a decided question to another one.
fn swings(plan: &Plan, question: &Question, other: usize, judged: &Judged, evidence: &[Evidence]) -> Vec<Swing> {
    /// Less than any figure is told by
    const HAIR: f64 = 1e-9;
    if judged.answer.is_none() {
        return Vec::new();
    }
    let expressions = question.answers.iter().map(|answer| &answer.condition.expression);
    let Some(thresholds) = span::thresholds(expressions) else { return Vec::new() };
    let points = spans(plan, evidence, &|_, known| known.point);
    let mut found: Vec<(f64, Swing)> = Vec::new();
    for (at, (input, one)) in plan.inputs.iter().zip(evidence).enumerate() {
        let (Ok(known), Some(numbers)) = (one, thresholds.get(&input.id)) else { continue };
        let value = (known.point.0 + known.point.1) / 2.0;
        let would = |to: f64| {
            let mut moved = points.clone();
            moved.insert(input.id.clone(), (to, to));
            told(question, &moved).get(other) == Some(&Some(true))
        };
        let near = numbers.iter().flat_map(|number| {
            let up = *number > value;
            // A figure on the number itself can only leave it
            let on = (*number - value).abs() < HAIR;
            let steps: &[(f64, Move)] = match (on, up) {
                (true, _) => &[(HAIR, Move::Above), (-HAIR, Move::Below)],
                (false, true) => &[(0.0, Move::AtLeast), (HAIR, Move::Above)],
                (false, false) => &[(0.0, Move::AtMost), (-HAIR, Move::Below)],
            };
            steps.iter().find(|(by, _)| would(number + by)).map(|(_, by)| ((number - value).abs(), *number, *by))
        });
        let inside = |number: f64, by: Move| {
            known.interval.is_some_and(|(low, high)| match by {
                Move::AtLeast => high >= number,
                Move::Above => high > number,
                Move::AtMost => low <= number,
                Move::Below => low < number,
            })
        };
        let nearest = near.min_by(|one, two| one.0.total_cmp(&two.0));
        found.extend(nearest.map(|(far, threshold, by)| (far, Swing { input: at, threshold, by, within: inside(threshold, by) })));
    }
    found.sort_by(|one, two| one.0.total_cmp(&two.0));
    found.into_iter().map(|(_, swing)| swing).collect()
}
