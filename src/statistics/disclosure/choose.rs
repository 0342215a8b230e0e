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
    let enough = |index: usize| systems.iter().all(|system| system.size(index) == 0 || system.size(index) >= system.minimum);
    let kept: Vec<bool> = (0..costs.len()).map(enough).collect();
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
