//! How carefully sheets were filled in: straight lines through grids, and sheets that end in the middle. They are counted and told;
//! nobody is left out because of them.

use super::disclosure::Admitted;
use super::shape::SurveyShape;
use crate::estimate::{Reached, reached, run};
use crate::survey::{Answer, Value};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// From how many items on the same answer all the way down says something.
const ITEMS: usize = 4;
/// So many questions left open at the end are a sheet that was broken off.
const LEFT: usize = 5;

/// How many people filled in their sheets without much care, in whole numbers of the smallest group; 0: fewer.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Care {
    /// The same answer throughout every grid of four items or more; `None`: there is no such grid.
    pub straight: Option<u64>,
    /// Nothing answered from the fifth last question on, or from an earlier one.
    pub broken_off: u64,
}

/// Counts the sheets of everybody. That nearly all are so is not told: of 95 % or more at most 94 % are counted.
pub(super) fn care(shape: &SurveyShape, everybody: &Admitted<'_>, k: u64) -> Care {
    let grids: Vec<Vec<&String>> = shape.grids.iter().map(|grid| grid.rows.iter().map(|(variable, _)| variable).collect()).collect();
    let grids: Vec<&Vec<&String>> = grids.iter().filter(|grid| grid.len() >= ITEMS).collect();
    let mut questions: Vec<(&String, Vec<&String>)> = Vec::new();
    for variable in &shape.variables {
        match questions.last_mut() {
            Some((question, all)) if **question == variable.question => all.push(&variable.id),
            _ => questions.push((&variable.question, vec![&variable.id])),
        }
    }
    let (mut straight, mut broken) = (0, 0);
    let partials = everybody.partials(|rows, _| {
        let n = rows.n();
        let columns: BTreeMap<&String, Vec<&Answer>> =
            shape.variables.iter().map(|variable| (&variable.id, rows.answers(&variable.id).collect())).collect();
        let of = |variable: &String, row: usize| columns.get(variable).and_then(|column| column.get(row)).copied();
        let point = |variable: &String, row: usize| match of(variable, row)?.value()? {
            Value::Choice(code) => code.parse::<i16>().ok(),
            _ => None,
        };
        let is_straight = |row: &usize| {
            let runs = grids.iter().filter_map(|grid| run(&grid.iter().map(|item| point(item, *row)).collect::<Vec<_>>()).ok());
            let runs: Vec<bool> = runs.filter(|run| run.answered >= ITEMS).map(|run| run.straight).collect();
            !runs.is_empty() && runs.into_iter().all(|straight| straight)
        };
        let is_broken = |row: &usize| {
            let shown = questions.iter().filter_map(|(_, variables)| {
                let states: Vec<&Answer> = variables.iter().filter_map(|variable| of(variable, *row)).collect();
                let seen = states.iter().any(|answer| **answer != Answer::NotShown);
                seen.then(|| states.iter().any(|answer| matches!(answer, Answer::Given(_) | Answer::Declined)))
            });
            let shown: Vec<bool> = shown.collect();
            matches!(reached(&shown), Reached::BrokenOffAfter(after) if shown.len() - after >= LEFT)
        };
        ((0..n).filter(is_straight).count() as u64, (0..n).filter(is_broken).count() as u64)
    });
    for (one, other) in partials {
        straight += one;
        broken += other;
    }
    let told = |people: u64| people.min(everybody.n() * 94 / 100) / k.max(1) * k.max(1);
    Care { straight: (!grids.is_empty()).then(|| told(straight)), broken_off: told(broken) }
}
