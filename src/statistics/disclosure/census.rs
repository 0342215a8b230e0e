//! How many people each atom has: one pass over the rows of the batches as they are stored.

use super::parted::Parted;
use crate::statistics::definition::{Chosen, Names, People, Segment, column};
use crate::statistics::numbers::{Numbered, Numbers};
use crate::survey::{Answer, Batch, Value};
use rayon::prelude::*;
use std::collections::{BTreeMap, BTreeSet};

/// So many kinds of people have a bit each.
const MOST_BITS: usize = 31;

/// Batches by number, and what their rows say of every attribute that a group was ever made of.
#[derive(Debug)]
pub(super) struct Census<'a> {
    batches: Vec<Counted<'a>>,
    attributes: Vec<Names>,
    /// Which values of the attributes occur together.
    classes: Vec<Vec<Answer>>,
}

/// A batch, its rows parted by their attributes, and the class of each part.
#[derive(Debug)]
struct Counted<'a> {
    batch: &'a Batch,
    parts: Parted,
    classes: Vec<u32>,
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
        let mut known: BTreeMap<Vec<Answer>, u32> = BTreeMap::new();
        for batch in by_number.into_values() {
            let columns: Vec<_> = census.attributes.iter().map(|names| column(batch, names)).collect();
            let one = Parted::one(usize::try_from(batch.n).unwrap_or(0));
            let parts = columns.iter().fold(one, |parts, column| parts.by(column.cells().iter().copied(), column.entries().len()));
            let class = |row: &usize| {
                let values: Vec<Answer> = columns.iter().map(|column| column[*row].clone()).collect();
                let next = u32::try_from(known.len()).unwrap_or(u32::MAX);
                *known.entry(values).or_insert(next)
            };
            let classes = parts.first().iter().map(class).collect();
            census.batches.push(Counted { batch, parts, classes });
        }
        let mut classes: Vec<(Vec<Answer>, u32)> = known.into_iter().collect();
        classes.sort_by_key(|(_, place)| *place);
        census.classes = classes.into_iter().map(|(values, _)| values).collect();
        census
    }

    /// The numbers of the batches, ascending.
    pub(super) fn numbers(&self) -> impl DoubleEndedIterator<Item = u32> {
        self.batches.iter().map(|counted| counted.batch.number)
    }

    /// The numbers that so many people or more have, the most frequent first and no more of them than `most`, and a table of who has
    /// which.
    pub(super) fn had_by_many(&self, numbers: &Numbers, least: u64, most: usize) -> (usize, Table<'_, 'a>) {
        let of_batches: Vec<Numbered> = self.batches.par_iter().map(|counted| numbers.of(counted.batch)).collect();
        let mut times: BTreeMap<u64, u64> = BTreeMap::new();
        for numbered in &of_batches {
            let mut counts = vec![0_u64; numbered.numbers.len()];
            numbered.cells.iter().for_each(|cell| counts[*cell as usize] += 1);
            let had = numbered.numbers.iter().zip(counts).filter_map(|(number, n)| Some((number.as_ref()?.to_bits(), n)));
            had.for_each(|(number, n)| *times.entry(number).or_default() += n);
        }
        let mut many: Vec<(u64, u64)> = times.into_iter().filter(|(_, n)| *n >= least).collect();
        many.sort_by_key(|(_, n)| std::cmp::Reverse(*n));
        many.truncate(most.min(MOST_BITS));
        let bit = |number: &Option<f64>| {
            let place = number.and_then(|number| many.iter().position(|(one, _)| *one == number.to_bits()));
            place.map_or(0, |place| 1 << place)
        };
        let counts = self.batches.par_iter().zip(&of_batches).map(|(counted, numbered)| {
            let bits: Vec<u32> = numbered.numbers.iter().map(bit).collect();
            (counted.batch.number, counted.by_answer(&numbered.cells, &bits))
        });
        let counts = counts.collect();
        (many.len(), Table { census: self, counts })
    }

    /// Counts these people, at most 31 kinds of them. Who belongs to none of them is left out.
    pub(super) fn count(&self, people: &[&People]) -> Table<'_, 'a> {
        let people: Vec<(u32, &People)> = people.iter().take(MOST_BITS).enumerate().map(|(place, own)| (1 << place, *own)).collect();
        let variables: BTreeSet<&Names> = people.iter().filter_map(|(_, own)| own.variable()).collect();
        let alone = variables.len() <= 1 && people.iter().all(|(_, own)| **own == People::All || own.variable().is_some());
        let counts = self.batches.par_iter().map(|counted| {
            let batch = counted.batch;
            // Where everything depends on one variable, its few different answers are asked, and not the rows
            if alone {
                let column = column(batch, variables.first().copied().unwrap_or(&Names::new()));
                let holds = |answer: &Answer| people.iter().filter(|(_, own)| own.holds(answer)).map(|(bit, _)| bit).sum();
                let bits: Vec<u32> = column.entries().iter().map(holds).collect();
                return (batch.number, counted.by_answer(column.cells(), &bits));
            }
            let mut bits = vec![0_u32; counted.parts.of().len()];
            for (bit, own) in &people {
                bits.iter_mut().zip(own.rows(batch)).for_each(|(bits, holds)| *bits |= if holds { *bit } else { 0 });
            }
            let parts = counted.parts.clone().by(bits.iter().copied(), 1 << people.len());
            (batch.number, counted.counts(&parts, |row| bits[row]))
        });
        Table { census: self, counts: counts.collect() }
    }
}

impl Counted<'_> {
    /// The people of each class by what the answers of their rows belong to.
    fn by_answer(&self, cells: &[u32], bits: &[u32]) -> Counts {
        let parts = self.parts.clone().by(cells.iter().copied(), bits.len());
        self.counts(&parts, |row| bits[cells[row] as usize])
    }

    fn counts(&self, parts: &Parted, bits: impl Fn(usize) -> u32) -> Counts {
        let mut counts = Counts::new();
        for (row, n) in parts.first().iter().zip(parts.sizes()) {
            let bits = bits(*row);
            if bits != 0 {
                *counts.entry((self.classes[self.parts.of()[*row] as usize], bits)).or_default() += n;
            }
        }
        counts
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
