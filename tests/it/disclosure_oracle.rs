//! What somebody can work out of sums over groups, by trying everything: the judge of the rules, with nothing in common with them.
//!
//! Whoever has sums over groups has every linear combination of them. A set of people is told apart where some combination, with at
//! least one group that is new, has a part of nobody else. The oracle walks over all sets of few people and asks exact rational
//! arithmetic (whole numbers of 128 bits, elimination without fractions) whether there is one.

use std::collections::{BTreeMap, BTreeSet};

/// A group that was published: who was in it, and whether this build is the one that shows it.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Told {
    pub(crate) people: BTreeSet<usize>,
    pub(crate) new: bool,
}

fn divisor(a: i128, b: i128) -> i128 {
    if b == 0 { a.abs() } else { divisor(b, a % b) }
}

fn simplified(mut row: Vec<i128>) -> Vec<i128> {
    let common = row.iter().fold(0, |common, entry| divisor(common, *entry));
    if common > 1 {
        row.iter_mut().for_each(|entry| *entry /= common);
    }
    row
}

/// The rows in echelon form, those that are 0 left out.
fn echelon(mut rows: Vec<Vec<i128>>) -> Vec<Vec<i128>> {
    let columns = rows.first().map_or(0, Vec::len);
    let mut done = 0;
    for column in 0..columns {
        let Some(place) = (done..rows.len()).find(|row| rows[*row][column] != 0) else { continue };
        rows.swap(done, place);
        let pivot = rows[done].clone();
        for row in rows.iter_mut().skip(done + 1) {
            if row[column] != 0 {
                let (own, other) = (row[column], pivot[column]);
                let mixed = row.iter().zip(&pivot).map(|(entry, pivot)| entry * other - pivot * own).collect();
                *row = simplified(mixed);
            }
        }
        done += 1;
    }
    rows.truncate(done);
    rows
}

pub(crate) fn rank(rows: Vec<Vec<i128>>) -> usize {
    echelon(rows).len()
}

/// How many independent combinations of the rows have a part of no column but these.
fn within(rows: &[Vec<i128>], columns: &[usize]) -> usize {
    let others = |row: &Vec<i128>| (0..row.len()).filter(|column| !columns.contains(column)).map(|column| row[column]).collect();
    rank(rows.to_vec()) - rank(rows.iter().map(others).collect())
}

/// Fewer than `least` people, there and gone each, whom a combination with a new group tells apart.
pub(crate) fn find(told: &[Told], gone: &BTreeSet<usize>, least: usize) -> Option<BTreeSet<usize>> {
    if told.iter().all(|one| !one.new) {
        return None;
    }
    let everybody: BTreeSet<usize> = told.iter().flat_map(|one| one.people.iter().copied()).collect();
    let mut atoms: BTreeMap<(Vec<bool>, bool), BTreeSet<usize>> = BTreeMap::new();
    for person in everybody {
        let held = told.iter().map(|one| one.people.contains(&person)).collect();
        atoms.entry((held, gone.contains(&person))).or_default().insert(person);
    }
    let atoms: Vec<(_, BTreeSet<usize>)> = atoms.into_iter().collect();
    let matrix = |new: bool| -> Vec<Vec<i128>> {
        let rows = told.iter().enumerate().filter(|(_, one)| new || !one.new);
        let unique: BTreeSet<Vec<i128>> = rows.map(|(row, _)| atoms.iter().map(|((held, _), _)| i128::from(held[row])).collect()).collect();
        unique.into_iter().collect()
    };
    let (all, old) = (echelon(matrix(true)), echelon(matrix(false)));
    let small: Vec<usize> = (0..atoms.len()).filter(|atom| atoms[*atom].1.len() < least).collect();
    // Nothing new is said of small atoms alone: no need to try the sets of them
    if within(&all, &small) == within(&old, &small) {
        return None;
    }
    let mut stack: Vec<(Vec<usize>, [usize; 2])> = vec![(Vec::new(), [0, 0])];
    while let Some((set, sizes)) = stack.pop() {
        let from = set.last().map_or(0, |last| small.iter().position(|atom| atom == last).expect("one of them") + 1);
        for atom in &small[from..] {
            let mut larger = sizes;
            larger[usize::from(atoms[*atom].0.1)] += atoms[*atom].1.len();
            if larger.iter().any(|people| *people >= least) {
                continue;
            }
            let mut more = set.clone();
            more.push(*atom);
            if within(&all, &more) > within(&old, &more) {
                return Some(more.iter().flat_map(|atom| atoms[*atom].1.iter().copied()).collect());
            }
            stack.push((more, larger));
        }
    }
    None
}

#[test]
fn the_oracle_knows_what_can_be_worked_out() {
    let group = |people: &[usize]| Told { people: people.iter().copied().collect(), new: true };
    let range = |from: usize, to: usize| (from..to).collect::<Vec<_>>();
    let nobody = BTreeSet::new();
    assert!(find(&[group(&range(0, 20)), group(&range(0, 17))], &nobody, 5).is_some(), "a difference");
    assert!(find(&[group(&range(0, 20)), group(&range(0, 15))], &nobody, 5).is_none());
    // Three groups, each two of three parts: two times the small part is the sum of two less the third
    let ring = [[range(0, 3), range(3, 12)].concat(), [range(3, 12), range(12, 22)].concat(), [range(0, 3), range(12, 22)].concat()];
    assert_eq!(find(&ring.map(|people| group(&people)), &nobody, 5), Some((0..3).collect()));
    let gone: BTreeSet<usize> = (0..6).collect();
    let old = Told { new: false, ..group(&range(0, 20)) };
    assert!(find(&[old.clone(), group(&range(6, 20))], &gone, 5).is_none(), "six who left");
    assert!(find(&[old, group(&range(6, 20))], &gone, 7).is_some());
}
