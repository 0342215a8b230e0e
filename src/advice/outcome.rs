//! Answers become an order of measures: what every answer speaks for comes first.

use crate::catalog::Plan;
use std::collections::BTreeMap;

/// When a measure is taken.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Step {
    /// To begin with.
    First,
    /// To be added.
    Next,
    /// Not now.
    Rest,
}

/// The measures in the order of their steps, as indices.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Outcome {
    /// To begin with.
    pub first: Vec<usize>,
    /// To be added.
    pub next: Vec<usize>,
    /// Not now.
    pub rest: Vec<usize>,
    /// No measure was shared by all answers, so that those of the leading question come first.
    pub led: bool,
}

impl Outcome {
    /// When a measure is taken.
    #[must_use]
    pub fn step(&self, measure: usize) -> Step {
        if self.first.contains(&measure) {
            Step::First
        } else if self.next.contains(&measure) {
            Step::Next
        } else {
            Step::Rest
        }
    }
}

/// What the answers of all questions come to. Where some are open, a measure has a step only as far as it has at least that one
/// whatever the open answers are.
#[must_use]
pub fn outcome(plan: &Plan, answers: &[Option<usize>]) -> Outcome {
    let fits = |whole: &Vec<usize>| answers.iter().zip(whole).all(|(answer, one)| answer.is_none_or(|answer| answer == *one));
    let all: Vec<Outcome> = plan.combinations().iter().filter(|whole| fits(whole)).map(|whole| of_all(plan, whole)).collect();
    let mut worst: BTreeMap<usize, Step> = BTreeMap::new();
    for one in &all {
        for measure in 0..plan.measures.len() {
            let step = one.step(measure);
            worst.entry(measure).and_modify(|known| *known = step.max(*known)).or_insert(step);
        }
    }
    let order = order(plan, answers);
    let with = |step: Step| order.iter().copied().filter(|measure| worst.get(measure) == Some(&step)).collect();
    let led = !all.is_empty() && all.iter().all(|one| one.led);
    Outcome { first: with(Step::First), next: with(Step::Next), rest: with(Step::Rest), led }
}

fn of_all(plan: &Plan, answers: &[usize]) -> Outcome {
    let choose: Vec<Vec<usize>> = plan
        .questions
        .iter()
        .zip(answers)
        .filter_map(|(question, answer)| question.answers.get(*answer))
        .map(|answer| answer.choose.iter().map(|chosen| chosen.measure).collect())
        .collect();
    let named = |measure: &usize| choose.iter().any(|list| list.contains(measure));
    let shared = |measure: &usize| !choose.is_empty() && choose.iter().all(|list| list.contains(measure));
    let measures = || 0..plan.measures.len();
    let led = !measures().any(|measure| shared(&measure));
    let leading = choose.get(plan.leads).cloned().unwrap_or_default();
    let begins = |measure: &usize| if led { leading.contains(measure) } else { shared(measure) };
    Outcome {
        first: measures().filter(begins).collect(),
        next: measures().filter(|measure| named(measure) && !begins(measure)).collect(),
        rest: measures().filter(|measure| !named(measure)).collect(),
        led,
    }
}

/// The order within a step: as the leading question lists them, then the others, then the order of the numbers.
fn order(plan: &Plan, answers: &[Option<usize>]) -> Vec<usize> {
    let leading = plan.questions.get(plan.leads).into_iter().zip(answers.get(plan.leads));
    let others = plan.questions.iter().zip(answers).enumerate().filter(|(at, _)| *at != plan.leads).map(|(_, pair)| pair);
    let chosen = leading.chain(others).filter_map(|(question, answer)| question.answers.get((*answer)?));
    let mut order = Vec::new();
    for measure in chosen.flat_map(|answer| answer.choose.iter().map(|chosen| chosen.measure)).chain(0..plan.measures.len()) {
        if !order.contains(&measure) {
            order.push(measure);
        }
    }
    order
}
