//! What of a survey can be held against an outcome: answers that are points or numbers, and scales.

use crate::survey::{Measure, Survey};
use std::collections::BTreeSet;

/// People that a relation takes at least, where the author says nothing: in all, and for each item.
const LEAST: (u32, u32) = (100, 10);

/// How many people so many items take, where the author says nothing.
pub(super) fn least(items: usize) -> u32 {
    LEAST.0.max(LEAST.1.saturating_mul(u32::try_from(items).unwrap_or(u32::MAX)))
}

pub(super) fn is_counted(measure: &Measure) -> bool {
    matches!(measure, Measure::Ordinal(_) | Measure::Number)
}

/// The variables that a name stands for; `None` where it stands for nothing that can be counted.
pub(super) fn parts(survey: &Survey, id: &str) -> Option<BTreeSet<String>> {
    let scale = survey.scales.iter().find(|scale| scale.id == id).map(|scale| scale.items.iter().cloned().collect());
    let variable = || survey.variables().into_iter().find(|variable| variable.id == id && is_counted(&variable.measure));
    scale.or_else(|| variable().map(|variable| BTreeSet::from([variable.id])))
}
