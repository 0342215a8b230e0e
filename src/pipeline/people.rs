//! The answers of an identified survey by the person who gave them: for what is made for each of them.

use super::gone::{batches, rows};
use crate::store::Store;
use crate::survey::attribute::PERSON;
use crate::survey::definition::Mode;
use crate::survey::{Answer, Answers, Batch, Survey, Value};
use std::collections::{BTreeMap, BTreeSet};

/// Whose answers are there.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct People {
    /// The answers by the person's id, without texts: these are kept apart from the rows.
    pub answers: BTreeMap<String, Answers>,
    /// Those whose rows still stand but were taken back: nothing is made of them.
    pub taken_back: BTreeSet<String>,
}

/// Everybody in the closed batches of an identified survey; nobody in any other one.
///
/// # Errors
///
/// When the store fails.
pub fn people(store: &dyn Store, survey: &Survey) -> anyhow::Result<People> {
    if survey.mode != Mode::Identified {
        return Ok(People::default());
    }
    let answers: BTreeMap<String, Answers> = rows(store, survey)?.iter().flat_map(by_person).collect();
    let all = batches(store, survey)?;
    let taken_back = all.iter().flat_map(by_person).map(|(person, _)| person).filter(|person| !answers.contains_key(person)).collect();
    Ok(People { answers, taken_back })
}

fn by_person(batch: &Batch) -> Vec<(String, Answers)> {
    let row = |row: usize| -> Option<(String, Answers)> {
        let Some(Answer::Given(Value::Choice(person))) = batch.columns.get(PERSON)?.get(row) else { return None };
        let cells = batch.columns.iter().filter_map(|(id, cells)| Some((id.clone(), cells.get(row)?.clone())));
        Some((person.clone(), cells.collect()))
    };
    (0..usize::try_from(batch.n).unwrap_or(0)).filter_map(row).collect()
}
