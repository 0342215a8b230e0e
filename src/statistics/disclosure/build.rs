//! From batches and ledger to what could be subtracted.

use super::census::{Cell, Census, Table};
use super::earlier::Shown;
use super::system::{Before, System};
use crate::statistics::definition::{People, Segment};
use crate::statistics::numbers::Numbers;
use std::collections::{BTreeMap, BTreeSet};

/// Counts of some people, and the cells that publications part.
pub(super) struct Count<'c, 'a> {
    table: Table<'c, 'a>,
    people: Vec<People>,
    cells: Vec<Cell>,
    /// More kinds of people than can be told apart.
    crowded: bool,
}

impl<'c, 'a> Count<'c, 'a> {
    /// Counts these people in the batches up to each of these numbers.
    pub(super) fn of(census: &'c Census<'a>, people: impl IntoIterator<Item = People>, cuts: &BTreeSet<u32>) -> Count<'c, 'a> {
        let mut all: Vec<People> = Vec::new();
        for one in people {
            if !all.contains(&one) {
                all.push(one);
            }
        }
        let table = census.count(&all.iter().collect::<Vec<_>>());
        let cells = table.cells(cuts);
        Count { table, crowded: all.len() > 31, people: all, cells }
    }

    /// The same people, parted at other numbers.
    pub(super) fn parted(self, cuts: &BTreeSet<u32>) -> Count<'c, 'a> {
        let cells = self.table.cells(cuts);
        Count { cells, ..self }
    }

    /// The atoms of a group.
    pub(super) fn atoms(&self, until: u32, segment: &Segment, people: &People) -> Vec<u32> {
        let place = self.people.iter().position(|one| one == people);
        place.map_or_else(Vec::new, |place| self.table.atoms(&self.cells, until, segment, place))
    }

    /// The atoms of those who may have been in a group before an attribute of theirs was blanked.
    fn unknown(&self, until: u32, segment: &Segment, people: &People) -> Vec<u32> {
        let place = self.people.iter().position(|one| one == people);
        place.map_or_else(Vec::new, |place| self.table.unknown(&self.cells, until, segment, place))
    }

    fn size_of(&self, atoms: &[u32]) -> u64 {
        atoms.iter().filter_map(|atom| self.cells.get(*atom as usize)).map(|cell| cell.n).sum()
    }

    /// How many people a group has.
    pub(super) fn size(&self, until: u32, segment: &Segment, people: &People) -> u64 {
        self.size_of(&self.atoms(until, segment, people))
    }

    /// A system with nothing in it yet.
    pub(super) fn system(&self, minimum: u64) -> System {
        let people: Vec<u64> = self.cells.iter().map(|cell| cell.n).collect();
        System { weights: people.clone(), people, minimum, lost: self.crowded, ..System::default() }
    }

    /// How a group that was shown stands now.
    pub(super) fn stands(&self, shown: &Shown) -> Standing {
        let now = self.size(shown.until, &shown.line.segment, &shown.line.people);
        match shown.n {
            None => Standing::Unknown,
            Some(n) if n < now => Standing::More,
            Some(n) => Standing::Less(n - now),
        }
    }
}

/// So many classes are counted at once: no more than a table can tell apart.
const MOST_CLASSES: usize = 30;

/// How many people of a group are in each class, of as many classes as there are.
pub(super) struct Classes<'c, 'a> {
    tables: Vec<(Table<'c, 'a>, Vec<Cell>)>,
    /// How many classes.
    pub(super) number: usize,
}

impl<'c, 'a> Classes<'c, 'a> {
    /// A class of each of these people.
    pub(super) fn of_people(census: &'c Census<'a>, classes: &[People], cuts: &BTreeSet<u32>) -> Classes<'c, 'a> {
        let tables = classes.chunks(MOST_CLASSES).map(|some| census.count(&some.iter().collect::<Vec<_>>()));
        Classes { tables: tables.map(|table| Classes::parted(table, cuts)).collect(), number: classes.len() }
    }

    /// A class of each number that so many people or more have; of the most frequent ones, where these are too many.
    pub(super) fn of_numbers(census: &'c Census<'a>, numbers: &Numbers, least: u64, cuts: &BTreeSet<u32>) -> Classes<'c, 'a> {
        let (number, table) = census.had_by_many(numbers, least, MOST_CLASSES);
        Classes { tables: vec![Classes::parted(table, cuts)], number }
    }

    fn parted(table: Table<'c, 'a>, cuts: &BTreeSet<u32>) -> (Table<'c, 'a>, Vec<Cell>) {
        let cells = table.cells(cuts);
        (table, cells)
    }

    /// How many people of a segment are in each class.
    pub(super) fn sizes(&self, until: u32, segment: &Segment) -> Vec<u64> {
        let size = |class: usize| {
            let Some((table, cells)) = self.tables.get(class / MOST_CLASSES) else { return 0 };
            let atoms = table.atoms(cells, until, segment, class % MOST_CLASSES);
            atoms.iter().filter_map(|atom| cells.get(*atom as usize)).map(|cell| cell.n).sum()
        };
        (0..self.number).map(size).collect()
    }
}

/// How a group that was shown stands now.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Standing {
    /// So many have left; 0: it is as it was.
    Less(u64),
    /// It has more people than it had: it is not the same group.
    More,
    /// The ledger does not say how many it had.
    Unknown,
}

/// People who left, so that the same ones are the same atom.
#[derive(Debug, Default)]
pub(super) struct Gone(BTreeMap<(Segment, People, u32, Option<u64>), u32>);

impl Gone {
    /// Enters a group that was shown before. `people`: whom to count, where it is not those that the line names. `whole`: how its
    /// segment stands, where that is known: if nobody is missing there, nobody is missing here.
    pub(super) fn enter(&mut self, system: &mut System, count: &Count<'_, '_>, shown: &Shown, people: &People, whole: Standing) {
        let segment = &shown.line.segment;
        let atoms = count.atoms(shown.until, segment, people);
        let own = *people == shown.line.people;
        let standing = match (own, count.stands(shown)) {
            (true, Standing::Less(n)) => Standing::Less(n),
            (_, Standing::More) => Standing::More,
            (true, Standing::Unknown) | (false, _) => {
                if whole == Standing::Less(0) {
                    whole
                } else {
                    Standing::Unknown
                }
            }
        };
        // Who was a pair then is not known any more, though nobody need have left
        if shown.line.people.is_joined() && standing != Standing::Less(0) {
            system.lost = true;
            return;
        }
        let gone = match standing {
            Standing::Less(0) => None,
            Standing::More => {
                system.lost = true;
                return;
            }
            // They left, or nobody knows any more to which segment they belong: then they count neither here nor there
            Standing::Less(_) | Standing::Unknown => {
                let most = match (standing, whole) {
                    (Standing::Less(n), _) | (_, Standing::Less(n)) => n,
                    _ => u64::MAX,
                };
                let unknown = count.unknown(shown.until, segment, people);
                for atom in &unknown {
                    let weight = &mut system.weights[*atom as usize];
                    *weight = weight.saturating_sub(most);
                }
                match standing {
                    Standing::Less(n) if unknown.is_empty() => Some(Some(n)),
                    _ => Some(None),
                }
            }
        };
        let gone = gone.map(|n| {
            let key = (segment.clone(), people.clone(), shown.until, n);
            *self.0.entry(key).or_insert_with(|| {
                system.gone.push(n);
                u32::try_from(system.gone.len() - 1).unwrap_or(u32::MAX)
            })
        });
        system.before.push(Before { atoms, gone });
        system.before.sort();
        system.before.dedup();
    }
}
