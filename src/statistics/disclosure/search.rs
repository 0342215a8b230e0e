//! What somebody who subtracts could learn of few people.
//!
//! A *find* is a linear combination of published rows, with at least one that is shown now, in which fewer people than the minimum
//! have a part. It is never missed:
//!
//! 1. Atoms that the same groups hold are one atom. One that has the minimum by itself can be in no find, so every find is among
//!    the combinations that are 0 on all such atoms. Elimination over whole numbers gives a basis of these; mostly there are none.
//! 2. What is left falls into parts that share no atom; each is walked by itself. Either an atom is 0 (one row fewer is left) or it
//!    has a part (its people are taken from what the find may have). Atoms too large for the rest are 0. The walk ends after at most
//!    as many choices as there are rows and people, the heaviest atom first.
//! 3. Where the walk takes more than [`MOST_STEPS`], or a number grows too large, that counts as a find: something is hidden that
//!    perhaps need not be, and nothing is shown that may not.
//!
//! People who left (they withdrew, or their attribute was blanked) are counted apart, and only as far as it is certain how many
//! different ones there are.

use super::rows::{Basis, Row, at, eliminate, without};
use super::system::System;
use std::collections::{BTreeMap, BTreeSet};

/// After so many steps a walk gives up, which counts as a find.
const MOST_STEPS: usize = 4_000;

/// The candidates that make a find possible, where there is one among those that are kept.
pub(super) fn find(system: &System, kept: &[bool]) -> Option<Vec<usize>> {
    let candidates: Vec<usize> = (0..system.now.len()).filter(|index| kept.get(*index).copied().unwrap_or(false)).collect();
    if candidates.is_empty() {
        return None;
    }
    if system.lost {
        return Some(candidates);
    }
    let rows: Vec<(usize, &Vec<u32>)> =
        candidates.iter().flat_map(|candidate| system.now[*candidate].iter().map(|row| (*candidate, row))).collect();
    let merged = Merged::of(system, rows.iter().map(|(_, row)| *row));
    let involved = merged.find(system.minimum).unwrap_or_else(|| Some((0..rows.len()).collect()))?;
    let involved: BTreeSet<usize> = involved.into_iter().map(|place| rows[place].0).collect();
    Some(involved.into_iter().collect())
}

/// The system with atoms that the same rows hold put together.
struct Merged<'s> {
    weights: Vec<u64>,
    gone: &'s [Option<u64>],
    rows: Vec<Row>,
}

impl<'s> Merged<'s> {
    fn of(system: &'s System, now: impl Iterator<Item = &'s Vec<u32>>) -> Merged<'s> {
        let mut held: Vec<Vec<u32>> = vec![Vec::new(); system.weights.len()];
        let before = system.before.iter().map(|row| &row.atoms);
        let all: Vec<&Vec<u32>> = before.chain(now).collect();
        for (row, atoms) in (0_u32..).zip(&all) {
            for atom in *atoms {
                held[*atom as usize].push(row);
            }
        }
        let mut by_rows: BTreeMap<&Vec<u32>, u64> = BTreeMap::new();
        for (rows, weight) in held.iter().zip(&system.weights).filter(|(rows, _)| !rows.is_empty()) {
            *by_rows.entry(rows).or_default() += weight;
        }
        let mut rows: Vec<Row> = vec![Row::new(); all.len()];
        for (atom, holding) in (0_u32..).zip(by_rows.keys()) {
            holding.iter().for_each(|row| rows[*row as usize].push((atom, 1)));
        }
        let atoms = u32::try_from(by_rows.len()).unwrap_or(u32::MAX);
        let trace = atoms + u32::try_from(system.gone.len()).unwrap_or(u32::MAX);
        for (row, before) in rows.iter_mut().zip(&system.before) {
            row.extend(before.gone.map(|gone| (atoms + gone, 1)));
        }
        for (place, row) in (0_u32..).zip(rows.iter_mut().skip(system.before.len())) {
            row.push((trace + place, 1));
        }
        Merged { weights: by_rows.into_values().collect(), gone: &system.gone, rows }
    }

    fn atoms(&self) -> u32 {
        u32::try_from(self.weights.len()).unwrap_or(u32::MAX)
    }

    /// Where what a row was made of begins.
    fn trace(&self) -> u32 {
        self.atoms() + u32::try_from(self.gone.len()).unwrap_or(u32::MAX)
    }

    /// What a find is made of: `Some(None)` where there is none, `None` where that cannot be told.
    fn find(&self, minimum: u64) -> Option<Option<Vec<usize>>> {
        let large = |column: u32| self.weights.get(column as usize).is_some_and(|weight| *weight >= minimum);
        let until = self.trace();
        let mut basis = Basis::default();
        for row in &self.rows {
            let choose = |row: &Row| {
                let columns = || row.iter().map(|(column, _)| *column).filter(|column| *column < until);
                columns().find(|column| large(*column)).or_else(|| columns().next())
            };
            basis.add(row.clone(), until, choose)?;
        }
        let mut rows = basis.into_rows(|column| !large(column));
        // As few entries as can be: each own column in one row only
        for place in 0..rows.len() {
            let (column, pivot) = rows[place].clone();
            for (other, (_, row)) in rows.iter_mut().enumerate() {
                if other != place && at(row, column) != 0 {
                    *row = eliminate(row, &pivot, column)?;
                }
            }
        }
        for part in parts(rows.into_iter().map(|(_, row)| row).collect(), self.atoms(), until) {
            let mut walk = Walk { merged: self, minimum, steps: 0 };
            let found = walk.walk(part, BTreeSet::new(), 0)?;
            if found.is_some() {
                return Some(found);
            }
        }
        Some(None)
    }

    fn traced(&self, row: &Row) -> impl Iterator<Item = usize> {
        let trace = self.trace();
        row.iter()
            .filter(move |(column, _)| *column >= trace)
            .map(move |(column, _)| (*column - trace) as usize)
            .collect::<Vec<_>>()
            .into_iter()
    }
}

/// Rows in parts that share no atom. People who left may be the same in any two rows, so all rows with some are one part.
fn parts(rows: Vec<Row>, atoms: u32, until: u32) -> Vec<Vec<Row>> {
    let mut parts: Vec<(BTreeSet<u32>, Vec<Row>)> = Vec::new();
    for row in rows {
        let columns = row.iter().map(|(column, _)| *column).filter(|column| *column < until);
        let mut columns: BTreeSet<u32> = columns.map(|column| column.min(atoms)).collect();
        let (touched, apart): (Vec<_>, Vec<_>) = parts.into_iter().partition(|(own, _)| !own.is_disjoint(&columns));
        parts = apart;
        let mut together = vec![row];
        for (own, rows) in touched {
            columns.extend(own);
            together.extend(rows);
        }
        parts.push((columns, together));
    }
    parts.into_iter().map(|(_, rows)| rows).collect()
}

struct Walk<'m, 's> {
    merged: &'m Merged<'s>,
    minimum: u64,
    steps: usize,
}

impl Walk<'_, '_> {
    /// Whether a combination of these rows is a find in which, of the atoms that have a part, all are `chosen`.
    fn walk(&mut self, mut rows: Vec<Row>, chosen: BTreeSet<u32>, used: u64) -> Option<Option<Vec<usize>>> {
        loop {
            self.steps += 1;
            if self.steps > MOST_STEPS {
                return None;
            }
            if !rows.iter().any(|row| self.merged.traced(row).next().is_some()) {
                return Some(None);
            }
            let atoms = self.merged.atoms();
            let free = |column: u32| column < atoms && !chosen.contains(&column);
            let columns = rows.iter().flatten().map(|(column, _)| *column).filter(|column| free(*column));
            let heaviest = columns.max_by_key(|column| (self.merged.weights[*column as usize], *column));
            let Some(column) = heaviest else { return Some(self.leaf(&rows)) };
            let with = used + self.merged.weights[column as usize];
            if with < self.minimum {
                let more: BTreeSet<u32> = chosen.iter().copied().chain([column]).collect();
                let found = self.walk(rows.clone(), more, with)?;
                if found.is_some() {
                    return Some(found);
                }
            }
            rows = without(rows, column)?;
        }
    }

    /// All that is left of the rows is about few people who are there; perhaps about more who left.
    fn leaf(&self, rows: &[Row]) -> Option<Vec<usize>> {
        let traced = || rows.iter().filter(|row| self.merged.traced(row).next().is_some());
        let (atoms, until) = (self.merged.atoms(), self.merged.trace());
        let gone = |row: &Row| row.iter().map(|(column, _)| *column).filter(|column| (atoms..until).contains(column)).collect::<Vec<_>>();
        let weight = |column: &u32| self.merged.gone.get((*column - atoms) as usize).copied().flatten();
        let known: Vec<Option<Vec<u64>>> = rows.iter().map(|row| gone(row).iter().map(weight).collect()).collect();
        let enough = match &known[..] {
            [Some(one)] => match one[..] {
                [only] => only >= self.minimum,
                // Some of the two may be the same people
                [first, second] => first.abs_diff(second) >= self.minimum,
                _ => false,
            },
            [Some(one), Some(two)] => match (&one[..], &two[..]) {
                ([first], [second]) => [*first, *second, first.abs_diff(*second)].iter().all(|people| *people >= self.minimum),
                _ => false,
            },
            _ => false,
        };
        if enough {
            return None;
        }
        let simplest = traced().min_by_key(|row| (gone(row).len(), self.merged.traced(row).count()))?;
        Some(self.merged.traced(simplest).collect())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::statistics::disclosure::system::Before;

    fn system(weights: &[u64], now: &[&[u32]]) -> System {
        let now = now.iter().map(|row| vec![row.to_vec()]).collect();
        System { people: weights.into(), weights: weights.into(), now, minimum: 5, ..System::default() }
    }

    fn finds(system: &System) -> bool {
        find(system, &vec![true; system.now.len()]).is_some()
    }

    #[test]
    fn sums_and_differences() {
        // Everybody and all departments but the one of three: what is left over is told
        assert!(finds(&system(&[20, 12, 3], &[&[0, 1, 2], &[0], &[1]])));
        assert!(!finds(&system(&[20, 12, 3], &[&[0, 1, 2], &[0]])));
        assert!(!finds(&system(&[20, 12, 3, 2], &[&[0, 1, 2, 3], &[0], &[1]])), "two small ones hide each other");
        // Two overlapping groups and their union: half of the sum is the overlap
        assert!(finds(&system(&[9, 3, 9], &[&[0, 1], &[1, 2], &[0, 1, 2]])));
        // A ring of three pairs: the half-sum gives each
        assert!(finds(&system(&[3, 9, 9], &[&[0, 1], &[1, 2], &[0, 2]])));
        assert!(!finds(&system(&[3, 9, 9, 9], &[&[0, 1], &[1, 2], &[2, 3], &[0, 3]])), "a ring of four does not");
    }

    #[test]
    fn what_was_shown_before_is_part_of_it() {
        let before = |atoms: &[u32], gone| Before { atoms: atoms.to_vec(), gone };
        let mut later = system(&[20, 3], &[&[0, 1]]);
        assert!(!finds(&later));
        later.before = vec![before(&[0], None)];
        assert!(finds(&later));
        later.before = vec![before(&[0, 1], None)];
        assert!(!finds(&later), "the same again tells nothing new");
        // One who withdrew; six; two departments of six and five of whom all six and five are gone
        for (gone, found) in [(vec![Some(1)], true), (vec![Some(6)], false), (vec![None], true)] {
            let left = System { gone, before: vec![before(&[0], Some(0))], ..system(&[20], &[&[0]]) };
            assert_eq!(finds(&left), found);
        }
        let two = System {
            gone: vec![Some(6), Some(5)],
            before: vec![before(&[0, 1], Some(0)), before(&[0], Some(1))],
            ..system(&[20, 20], &[&[0, 1], &[0]])
        };
        assert!(finds(&two), "six left, five of them from there: one from elsewhere");
    }
}
