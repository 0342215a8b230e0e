//! Batches as columns: read in the order of their numbers, one partial result each, merged in that order.

use super::group::Group;
use crate::survey::{Answer, Batch, Column};
use rayon::prelude::*;
use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, PoisonError};

/// The columns of one survey's batches, by batch number. Rows can be read by this folder alone, and there only through an
/// admitted group.
#[derive(Debug, Clone)]
pub(super) struct Columns<'a> {
    batches: Vec<&'a Batch>,
    chosen: Arc<Mutex<Chosen>>,
}

/// The rows of segments, by the number of the batch: the same segment is asked for by every figure.
type Chosen = BTreeMap<(u32, Group), Arc<[u32]>>;

impl<'a> Columns<'a> {
    /// The batches of this survey, sorted by number; of two with one number the first counts.
    pub(super) fn of(survey: &str, batches: &'a [Batch]) -> Columns<'a> {
        let mut by_number = BTreeMap::new();
        for batch in batches.iter().filter(|batch| batch.survey == survey) {
            by_number.entry(batch.number).or_insert(batch);
        }
        Columns { batches: by_number.into_values().collect(), chosen: Arc::default() }
    }

    /// The batches up to this number.
    pub(super) fn until(&self, number: u32) -> Columns<'a> {
        let batches = self.batches.iter().copied().filter(|batch| batch.number <= number).collect();
        Columns { batches, chosen: Arc::clone(&self.chosen) }
    }

    /// How many people.
    pub(super) fn n(&self) -> u64 {
        self.batches.iter().map(|batch| batch.n).sum()
    }

    /// One partial result a batch, in the order of their numbers.
    pub(super) fn partials<T: Send>(&self, read: impl Fn(Rows<'a>) -> T + Sync) -> impl Iterator<Item = T> {
        // Whichever is ready first, they are handed on in the order of the batches
        let parts: Vec<T> = self.batches.par_iter().map(|batch| read(Rows { batch })).collect();
        parts.into_iter()
    }

    /// Which rows of a batch belong to a group.
    pub(super) fn members(&self, group: &Group, rows: Rows<'a>) -> Members {
        let segment = group.segment();
        let column = |id: &str| rows.column(id);
        let chosen = (segment != Group::everybody()).then(|| {
            let mut known = self.chosen.lock().unwrap_or_else(PoisonError::into_inner);
            let read = |(_, segment): &(u32, Group)| segment.chosen_rows(column, rows.n()).into();
            Arc::clone(known.entry((rows.batch.number, segment)).or_insert_with_key(read))
        });
        Members { rows: group.shown_rows(column, rows.n(), chosen), of: rows.n() }
    }
}

/// Which rows of a batch belong to a group.
#[derive(Debug, Clone)]
pub(super) struct Members {
    /// Ascending; `None`: all of them.
    rows: Option<Arc<[u32]>>,
    of: usize,
}

impl Members {
    /// How many.
    pub(super) fn n(&self) -> usize {
        self.rows.as_ref().map_or(self.of, |rows| rows.len())
    }

    /// Their places in the batch, ascending.
    pub(super) fn iter(&self) -> impl Iterator<Item = usize> {
        (0..self.n()).map(|place| self.rows.as_ref().map_or(place, |rows| rows[place] as usize))
    }
}

/// The rows of one batch.
#[derive(Debug, Clone, Copy)]
pub(super) struct Rows<'a> {
    batch: &'a Batch,
}

impl<'a> Rows<'a> {
    /// How many people.
    pub(super) fn n(self) -> usize {
        usize::try_from(self.batch.n).unwrap_or(usize::MAX)
    }

    /// What they answered to one variable. What the batch does not hold was not shown to anyone in it.
    pub(super) fn column(self, variable: &str) -> Option<&'a Column> {
        self.batch.columns.get(variable).filter(|column| column.len() == self.n())
    }

    /// The answers to one variable, one for each row.
    pub(super) fn answers(self, variable: &str) -> impl Iterator<Item = &'a Answer> {
        let column = self.column(variable);
        (0..self.n()).map(move |row| column.and_then(|column| column.get(row)).unwrap_or(&Answer::NotShown))
    }

    /// The answer of one person to one variable.
    pub(super) fn answer(self, variable: &str, row: usize) -> &'a Answer {
        self.column(variable).and_then(|column| column.get(row)).unwrap_or(&Answer::NotShown)
    }

    /// How many of these people gave each of the answers to one variable that anybody gave.
    pub(super) fn counts(self, variable: &str, members: &Members) -> Vec<(&'a Answer, u64)> {
        match self.column(variable) {
            None => vec![(&Answer::NotShown, members.n() as u64)],
            Some(column) => column.entries().iter().zip(column.counts(members.rows.as_deref())).collect(),
        }
    }

    /// The texts given to one variable, sorted by themselves: no text belongs to a row.
    pub(super) fn texts(self, variable: &str) -> &'a [String] {
        self.batch.texts.get(variable).map_or(&[], Vec::as_slice)
    }
}
