//! What is true of the people that a plan makes, worked out from the plan: the size of every planted effect, and that planted nulls
//! are none.

use super::model::Group;
use super::plan::{Expected, Item, Plan, Planted, Question};
use super::read_parts::{say, unknown};
use crate::diagnostic::Diagnostics;
use crate::survey::Survey;
use crate::survey::scoring::Method;
use std::collections::BTreeMap;

/// A planted line and its size.
#[derive(Debug, Clone)]
pub struct Truth {
    /// The line.
    pub planted: Planted,
    /// Of groups and changes the difference in the unit of the figure; of relations the correlation of what lies behind the answers.
    pub size: f64,
}

/// Every planted line with its size.
#[must_use]
pub fn truths(plan: &Plan, surveys: &BTreeMap<String, Survey>) -> Vec<Truth> {
    plan.planted.iter().filter_map(|planted| Some(Truth { planted: planted.clone(), size: size(plan, surveys, planted)? })).collect()
}

/// Says where the plan does not hold what its planted lines promise.
pub(super) fn check(plan: &Plan, surveys: &BTreeMap<String, Survey>, diagnostics: &mut Diagnostics) {
    for planted in &plan.planted {
        let with = match &planted.question {
            Question::Relation { with } => Some(with),
            _ => None,
        };
        let lacking = std::iter::once(&planted.figure).chain(with).find(|id| parts(plan, surveys, id).is_none());
        if let Some(id) = lacking {
            let known = plan.items.keys().map(String::as_str);
            unknown(diagnostics, planted.place.clone(), ("計画された数の質問か尺度", "planned question or scale with numbers"), id, known);
            continue;
        }
        let size = size(plan, surveys, planted).unwrap_or(0.0);
        let holds = match planted.expected {
            Expected::Higher => size > SMALLEST,
            Expected::Lower => size < -SMALLEST,
            Expected::Nothing => size.abs() < NOTHING,
        };
        if !holds {
            say(
                diagnostics,
                planted.place.clone(),
                format!("この計画では、「{}」の大きさは {size:.3} になり、expect と合いません。", planted.id),
                format!("By this plan the size of “{}” is {size:.3}, which is not what it expects.", planted.id),
            );
        }
    }
}

/// The least that may be called an effect.
const SMALLEST: f64 = 0.02;
/// What rounding may leave of nothing.
const NOTHING: f64 = 1e-9;

/// The items of a figure, each with the sign and the factor by which it counts.
type Parts<'p> = Vec<(&'p Item, f64, f64)>;

/// An item as one part; a scale as its items: value = Σ (constant + sign × item).
fn parts<'p>(plan: &'p Plan, surveys: &BTreeMap<String, Survey>, id: &str) -> Option<Parts<'p>> {
    let number = |item: &'p Item| item.mean(0.0).map(|_| item);
    if let Some(item) = plan.items.get(id) {
        return Some(vec![(number(item)?, 1.0, 0.0)]);
    }
    let scale =
        plan.surveys.iter().filter_map(|wave| surveys.get(&wave.survey)).flat_map(|survey| &survey.scales).find(|scale| scale.id == id)?;
    let each = match scale.method {
        Method::Mean => 1.0 / scale.items.len() as f64,
        Method::Sum => 1.0,
    };
    let part = |name: &String| {
        let item = number(plan.items.get(name)?)?;
        let turned = scale.reversed.contains(name);
        Some(if turned { (item, -each, each * (1.0 + f64::from(scale.points))) } else { (item, each, 0.0) })
    };
    scale.items.iter().map(part).collect()
}

/// The mean of a figure among the people of a group in one wave.
fn mean(plan: &Plan, figure: &Parts<'_>, group: Group<'_>, survey: &str) -> f64 {
    plan.places(group, survey)
        .iter()
        .map(|(share, shifts)| {
            let value: f64 =
                figure.iter().map(|(item, sign, constant)| constant + sign * item.mean(item.stand(shifts)).unwrap_or(0.0)).sum();
            share * value
        })
        .sum()
}

fn size(plan: &Plan, surveys: &BTreeMap<String, Survey>, planted: &Planted) -> Option<f64> {
    let figure = parts(plan, surveys, &planted.figure)?;
    let first = &plan.surveys.first()?.survey;
    match &planted.question {
        Question::Group { attribute, value } => {
            let share = plan.attributes.iter().find(|(id, _)| id == attribute)?.1.iter().find(|(code, _)| code == value)?.1;
            let all = mean(plan, &figure, None, first);
            let own = mean(plan, &figure, Some((attribute, value)), first);
            // What all others have on average: all = share × own + (1 − share) × others
            Some(if share < 1.0 { (own - all) / (1.0 - share) } else { 0.0 })
        }
        Question::Change { from, to } => Some(mean(plan, &figure, None, to) - mean(plan, &figure, None, from)),
        Question::Relation { with } => {
            let other = parts(plan, surveys, with)?;
            let size = plan.factors.len();
            let weights = |parts: &Parts<'_>| -> Vec<f64> {
                (0..size).map(|at| parts.iter().map(|(item, sign, _)| sign * item.weights[at]).sum()).collect()
            };
            let (one, two) = (weights(&figure), weights(&other));
            let stand = |weights: &[f64], shifts: &[f64]| -> f64 { weights.iter().zip(shifts).map(|(weight, shift)| weight * shift).sum() };
            let places = plan.places(None, first);
            let average = |of: &dyn Fn(&[f64]) -> f64| -> f64 { places.iter().map(|(share, shifts)| share * of(shifts)).sum() };
            let between = |a: &[f64], b: &[f64]| {
                let product = average(&|shifts| stand(a, shifts) * stand(b, shifts));
                product - average(&|shifts| stand(a, shifts)) * average(&|shifts| stand(b, shifts))
            };
            let own = |parts: &Parts<'_>, weights: &[f64]| {
                let chance: f64 = parts.iter().map(|(item, sign, _)| sign * sign * item.rest * item.rest).sum();
                plan.together(weights, weights) + between(weights, weights) + chance
            };
            let shared: f64 = figure
                .iter()
                .flat_map(|(item, sign, _)| other.iter().map(move |(also, turned, _)| (item, also, sign * turned)))
                .filter(|(item, also, _)| item.variable.id == also.variable.id)
                .map(|(item, _, signs)| signs * item.rest * item.rest)
                .sum();
            let covariance = plan.together(&one, &two) + between(&one, &two) + shared;
            let deviations = (own(&figure, &one) * own(&other, &two)).sqrt();
            Some(if deviations > 0.0 { covariance / deviations } else { 0.0 })
        }
    }
}
