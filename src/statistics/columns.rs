//! Batches as columns: read in the order of their numbers, one partial result each, merged in that order.

use crate::survey::{Answer, Batch};
use std::collections::BTreeMap;

/// The columns of one survey's batches, by batch number. Rows can be read by this folder alone, and there only through an
/// admitted group.
#[derive(Debug, Clone)]
pub(super) struct Columns<'a> {
    batches: Vec<&'a Batch>,
}

impl<'a> Columns<'a> {
    /// The batches of this survey, sorted by number; of two with one number the first counts.
    pub(super) fn of(survey: &str, batches: &'a [Batch]) -> Columns<'a> {
        let mut by_number = BTreeMap::new();
        for batch in batches.iter().filter(|batch| batch.survey == survey) {
            by_number.entry(batch.number).or_insert(batch);
        }
        Columns { batches: by_number.into_values().collect() }
    }

    /// The batches up to this number.
    pub(super) fn until(&self, number: u32) -> Columns<'a> {
        Columns { batches: self.batches.iter().copied().filter(|batch| batch.number <= number).collect() }
    }

    /// How many people.
    pub(super) fn n(&self) -> u64 {
        self.batches.iter().map(|batch| batch.n).sum()
    }

    /// One partial result a batch, in the order of their numbers.
    pub(super) fn partials<T>(&self, read: impl Fn(Rows<'a>) -> T) -> impl Iterator<Item = T> {
        self.batches.iter().map(move |batch| read(Rows { batch }))
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

    /// The answers to one variable, one for each row. What the batch does not hold was not shown to anyone in it.
    pub(super) fn answers(self, variable: &str) -> impl Iterator<Item = &'a Answer> {
        let column = self.batch.columns.get(variable).map_or(&[][..], Vec::as_slice);
        column.iter().chain(std::iter::repeat(&Answer::NotShown)).take(self.n())
    }

    /// The texts given to one variable, sorted by themselves: no text belongs to a row.
    pub(super) fn texts(self, variable: &str) -> &'a [String] {
        self.batch.texts.get(variable).map_or(&[], Vec::as_slice)
    }
}
