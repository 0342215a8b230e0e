//! How many people each atom has: one pass over the rows of the batches as they are stored.

use crate::statistics::definition::{Chosen, Names, People, Segment, answers};
use crate::survey::{Answer, Batch, Value};
use std::collections::{BTreeMap, BTreeSet};

/// Batches by number, and what their rows say of every attribute that a group was ever made of.
#[derive(Debug)]
pub(super) struct Census<'a> {
    batches: Vec<(&'a Batch, Vec<u32>)>,
    attributes: Vec<Names>,
    /// Which values of the attributes occur together.
    classes: Vec<Vec<&'a Answer>>,
}

/// People of one batch who cannot be told apart by attributes, and whether they belong to each of the people asked for (a bit
/// each).
type Counts = BTreeMap<(u32, u32), u64>;

/// The counts of every batch.
#[derive(Debug)]
pub(super) struct Table<'c, 'a> {
    census: &'c Census<'a>,
    counts: Vec<(u32, Counts)>,
}

/// People who came between two publications.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Cell {
    /// The last of the batches of the first publication that they are in.
    pub(super) until: u32,
    class: u32,
    bits: u32,
    /// How many.
    pub(super) n: u64,
}

impl<'a> Census<'a> {
    /// The batches of a survey; of two with one number the first counts.
    pub(super) fn of(survey: &str, batches: &'a [Batch], attributes: BTreeSet<Names>) -> Census<'a> {
        let mut by_number = BTreeMap::new();
        for batch in batches.iter().filter(|batch| batch.survey == survey) {
            by_number.entry(batch.number).or_insert(batch);
        }
        let mut census = Census { batches: Vec::new(), attributes: attributes.into_iter().collect(), classes: Vec::new() };
        let mut known: BTreeMap<Vec<&'a Answer>, u32> = BTreeMap::new();
        for batch in by_number.into_values() {
            let columns: Vec<Vec<&'a Answer>> = census.attributes.iter().map(|names| answers(batch, names)).collect();
            let n = usize::try_from(batch.n).unwrap_or(0);
            let class = |row: usize| {
                let values: Vec<&'a Answer> = columns.iter().map(|column| column[row]).collect();
                let next = u32::try_from(known.len()).unwrap_or(u32::MAX);
                *known.entry(values).or_insert(next)
            };
            let classes = (0..n).map(class).collect();
            census.batches.push((batch, classes));
        }
        let mut classes: Vec<(Vec<&Answer>, u32)> = known.into_iter().collect();
        classes.sort_by_key(|(_, place)| *place);
        census.classes = classes.into_iter().map(|(values, _)| values).collect();
        census
    }

    /// The numbers of the batches, ascending.
    pub(super) fn numbers(&self) -> impl DoubleEndedIterator<Item = u32> {
        self.batches.iter().map(|(batch, _)| batch.number)
    }

    /// Counts these people, at most 31 kinds of them. Who belongs to none of them is left out.
    pub(super) fn count(&self, people: &[&People]) -> Table<'_, 'a> {
        let counts = self.batches.iter().map(|(batch, classes)| {
            let mut bits = vec![0_u32; classes.len()];
            for (place, own) in people.iter().enumerate().take(31) {
                bits.iter_mut().zip(own.rows(batch)).for_each(|(bits, holds)| *bits |= u32::from(holds) << place);
            }
            let mut counts = Counts::new();
            for (class, bits) in classes.iter().zip(bits).filter(|(_, bits)| *bits != 0) {
                *counts.entry((*class, bits)).or_default() += 1;
            }
            (batch.number, counts)
        });
        Table { census: self, counts: counts.collect() }
    }
}

impl Table<'_, '_> {
    /// People who are told apart by nothing that was or will be published: with batches up to these numbers.
    pub(super) fn cells(&self, cuts: &BTreeSet<u32>) -> Vec<Cell> {
        let mut sums: BTreeMap<(u32, u32, u32), u64> = BTreeMap::new();
        for (number, counts) in &self.counts {
            let Some(until) = cuts.range(number..).next() else { continue };
            for ((class, bits), n) in counts {
                *sums.entry((*until, *class, *bits)).or_default() += n;
            }
        }
        sums.into_iter().map(|((until, class, bits), n)| Cell { until, class, bits, n }).collect()
    }

    /// Which of the cells belong to a group: of batches up to this number, in the segment, of the people at this place.
    pub(super) fn atoms(&self, cells: &[Cell], until: u32, segment: &Segment, place: usize) -> Vec<u32> {
        let mut holds: BTreeMap<u32, bool> = BTreeMap::new();
        let mut belongs = |cell: &Cell| {
            cell.until <= until
                && cell.bits & (1 << place) != 0
                && *holds.entry(cell.class).or_insert_with(|| self.census.holds(cell.class, segment))
        };
        (0..).zip(cells).filter(|(_, cell)| belongs(cell)).map(|(atom, _)| atom).collect()
    }

    /// Which of the cells have people at this place, of batches up to this number, of whom an attribute of the segment is not known.
    pub(super) fn unknown(&self, cells: &[Cell], until: u32, segment: &Segment, place: usize) -> Vec<u32> {
        let may = |cell: &Cell| cell.until <= until && cell.bits & (1 << place) != 0 && !self.census.knows(cell.class, segment);
        (0..).zip(cells).filter(|(_, cell)| may(cell)).map(|(atom, _)| atom).collect()
    }
}

impl Census<'_> {
    fn value(&self, class: u32, names: &Names) -> Option<&Value> {
        let place = self.attributes.iter().position(|own| own == names)?;
        self.classes.get(class as usize)?.get(place)?.value()
    }

    fn knows(&self, class: u32, segment: &Segment) -> bool {
        segment.0.iter().all(|chosen| self.value(class, &chosen.names).is_some())
    }

    fn holds(&self, class: u32, segment: &Segment) -> bool {
        let holds = |code: Option<&Value>, chosen: &Chosen| matches!(code, Some(Value::Choice(code)) if chosen.codes.contains(code));
        segment.0.iter().all(|chosen| holds(self.value(class, &chosen.names), chosen))
    }
}
