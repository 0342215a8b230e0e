//! Which groups are hidden beside the small ones, so that nothing can be worked out and the least is lost.
//!
//! Of every find at least one group that makes it must be hidden: the cheapest choice of them is the cheapest set that meets every
//! find. It is sought depth first, the cheapest group of the find first, so that the first choice found is that of a greedy
//! method; then the others are tried as long as they can cost less, until [`MOST_LOOKS`] looks were taken. Where that did not
//! end the search, hidden groups are shown again one by one, the dearest first, as long as nothing is found.

use super::search::find;
use super::system::System;

/// Looks for finds that may be taken for one choice.
const MOST_LOOKS: usize = 150;

/// Which of the candidates may be shown. The same systems give the same choice.
pub(super) fn choose(systems: &[System], costs: &[u64]) -> Vec<bool> {
    let kept: Vec<bool> = (0..costs.len()).map(|index| systems.iter().all(|system| system.is_enough(index))).collect();
    let mut choice = Choice { systems, costs, best: None, looks: 0 };
    choice.seek(kept.clone(), vec![false; costs.len()], 0);
    let ended = choice.looks < MOST_LOOKS;
    let mut best = choice.best.map_or_else(|| vec![false; costs.len()], |(_, kept)| kept);
    if !ended {
        let mut hidden: Vec<usize> = (0..costs.len()).filter(|index| kept[*index] && !best[*index]).collect();
        hidden.sort_by_key(|index| (std::cmp::Reverse(costs[*index]), *index));
        for index in hidden {
            best[index] = true;
            best[index] = look(systems, &best).is_none();
        }
    }
    best
}

fn look(systems: &[System], kept: &[bool]) -> Option<Vec<usize>> {
    systems.iter().find_map(|system| find(system, kept))
}

struct Choice<'c> {
    systems: &'c [System],
    costs: &'c [u64],
    best: Option<(u64, Vec<bool>)>,
    looks: usize,
}

impl Choice<'_> {
    /// `stays`: groups that are not hidden below here, because hiding them was tried already.
    fn seek(&mut self, kept: Vec<bool>, mut stays: Vec<bool>, cost: u64) {
        let dearer = self.best.as_ref().is_some_and(|(best, _)| cost >= *best);
        if dearer || (self.looks >= MOST_LOOKS && self.best.is_some()) {
            return;
        }
        self.looks += 1;
        let Some(mut involved) = look(self.systems, &kept) else {
            self.best = Some((cost, kept));
            return;
        };
        involved.retain(|index| !stays[*index]);
        involved.sort_by_key(|index| (self.costs[*index], *index));
        for index in involved {
            let mut fewer = kept.clone();
            fewer[index] = false;
            self.seek(fewer, stays.clone(), cost.saturating_add(self.costs[index]));
            stays[index] = true;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn chance(state: &mut u64) -> u64 {
        *state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        *state >> 33
    }

    fn rank(mut rows: Vec<Vec<i64>>) -> usize {
        let mut done = 0;
        for column in 0..rows.first().map_or(0, Vec::len) {
            let Some(place) = (done..rows.len()).find(|row| rows[*row][column] != 0) else { continue };
            rows.swap(done, place);
            for row in done + 1..rows.len() {
                let (own, other) = (rows[row][column], rows[done][column]);
                let pivot = rows[done].clone();
                rows[row].iter_mut().zip(pivot).for_each(|(entry, pivot)| *entry = *entry * other - pivot * own);
            }
            done += 1;
        }
        done
    }

    /// Whether some set of few people can be told: tried one by one.
    fn told(system: &System, kept: &[bool]) -> bool {
        let atoms = system.people.len();
        let row = |atoms_of: &Vec<u32>| (0..).take(atoms).map(|atom| i64::from(atoms_of.contains(&atom))).collect::<Vec<i64>>();
        let shown = system.now.iter().zip(kept).filter(|(_, kept)| **kept);
        let rows: Vec<Vec<i64>> = shown.flat_map(|(rows, _)| rows.iter().map(row)).collect();
        (1_usize..1 << atoms).any(|set| {
            let people: u64 = (0..atoms).filter(|atom| set >> atom & 1 == 1).map(|atom| system.people[atom]).sum();
            let others = |row: &Vec<i64>| (0..atoms).filter(|atom| set >> atom & 1 == 0).map(|atom| row[atom]).collect();
            people < system.minimum && rank(rows.clone()) > rank(rows.iter().map(others).collect())
        })
    }

    /// A table of two attributes with its sums, the cells, and what hiding each costs.
    fn table(state: &mut u64) -> (System, Vec<u64>) {
        let (rows, columns) = (2, 2 + u32::try_from(chance(state) % 2).expect("small"));
        let people: Vec<u64> =
            (0..rows * columns).map(|_| 1 + chance(state) % [4, 9, 14][usize::try_from(chance(state) % 3).expect("small")]).collect();
        let mut now: Vec<Vec<u32>> = vec![(0..rows * columns).collect()];
        now.extend((0..rows).map(|row| (row * columns..(row + 1) * columns).collect()));
        now.extend((0..columns).map(|column| (0..rows).map(|row| row * columns + column).collect()));
        now.extend((0..rows * columns).map(|cell| vec![cell]));
        let size = |row: &Vec<u32>| row.iter().map(|atom| people[*atom as usize]).sum::<u64>();
        now.retain(|row| size(row) >= 5);
        let level = |row: &Vec<u32>| {
            if row.len() == people.len() {
                1 << 40
            } else if row.len() > 1 {
                4 * size(row)
            } else {
                size(row)
            }
        };
        let costs = now.iter().map(level).collect();
        let now = now.into_iter().map(|row| vec![row]).collect();
        (System { weights: people.clone(), people, now, minimum: 5, ..System::default() }, costs)
    }

    #[test]
    #[allow(clippy::print_stdout)]
    fn nothing_is_told_and_the_least_is_lost() {
        let mut state = 20_261_123;
        let (mut lost, mut least, mut naive, mut systems) = (0, 0, 0, 0);
        while systems < 60 {
            let (system, costs) = table(&mut state);
            if costs.len() > 9 || costs.is_empty() {
                continue;
            }
            systems += 1;
            let cost = |kept: &[bool]| costs.iter().zip(kept).filter(|(_, kept)| !**kept).map(|(cost, _)| *cost).sum::<u64>();
            let kept = choose(std::slice::from_ref(&system), &costs);
            assert!(!told(&system, &kept), "{system:?} {kept:?}");
            let every = (0_usize..1 << costs.len()).map(|set| (0..costs.len()).map(|bit| set >> bit & 1 == 1).collect::<Vec<bool>>());
            let best = every.filter(|kept| !told(&system, kept)).map(|kept| cost(&kept)).min().expect("hiding everything is allowed");
            naive += usize::from(told(&system, &vec![true; costs.len()]));
            lost += cost(&kept);
            least += best;
        }
        println!("{systems} tables: {lost} lost, {least} by the best choice; a threshold only tells in {naive}");
        assert_eq!(lost, least);
    }
}
