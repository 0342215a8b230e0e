//! The most and the least important of three, set after set, until every pair has met once: how often each was which, and whether the
//! choices hang together.

use super::paired::{self, paired};
use serde::{Deserialize, Serialize};

/// How many things there can be: for these, sets of three bring every pair together once, and every thing equally often.
pub const COUNTS: [usize; 3] = [7, 9, 13];

/// The lines of the affine plane of order three, so turned that everything stands first, in the middle and last.
const NINE: [[usize; 3]; 12] =
    [[0, 1, 2], [3, 4, 5], [6, 7, 8], [3, 6, 0], [4, 7, 1], [5, 8, 2], [8, 0, 4], [6, 1, 5], [7, 2, 3], [0, 5, 7], [1, 3, 8], [2, 4, 6]];

/// The sets in the order in which they are asked; none for another number of things.
#[must_use]
pub fn sets(count: usize) -> Vec<[usize; 3]> {
    // One set, moved on round the ring: its differences are all there are, each once
    let ring = |set: [usize; 3], stride: usize| (0..count).map(move |at| set.map(|thing| (thing + at * stride) % count));
    match count {
        7 => ring([0, 1, 3], 1).collect(),
        9 => NINE.to_vec(),
        13 => ring([0, 1, 4], 2).chain(ring([0, 2, 7], 1)).collect(),
        _ => Vec::new(),
    }
}

/// How many things, and of each set the most and the least important.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Input {
    /// How many things.
    pub count: usize,
    /// Of each set, the most and the least important thing, where they are chosen.
    pub answers: Vec<(Option<usize>, Option<usize>)>,
}

/// What the sets say.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct BestWorst {
    /// How often each was the most important.
    pub best: Vec<i32>,
    /// How often each was the least important.
    pub worst: Vec<i32>,
    /// The first less the second.
    pub scores: Vec<i32>,
    /// The things, the highest score first; equals in their order.
    pub order: Vec<usize>,
    /// The rank of each; equals share one.
    pub ranks: Vec<usize>,
    /// How many sets there are.
    pub sets: usize,
    /// How many of them say something.
    pub answered: usize,
    /// Sets, from 1, in which the same thing was chosen for both, which says nothing.
    pub same: Vec<usize>,
    /// Circles of three (A over B, B over C, C over A), once all sets are answered.
    pub circles: Option<u32>,
    /// Kendall’s coefficient of consistence: 1 without circles, 0 with as many as there can be.
    pub consistency: Option<f64>,
}

/// Counts. The most important of three is over both others, and the third over the least important: all three pairs are known.
#[must_use]
pub fn best_worst(input: &Input) -> BestWorst {
    let n = input.count;
    let sets = sets(n);
    let (mut best, mut worst) = (vec![0_i32; n], vec![0_i32; n]);
    let (mut pairs, mut same, mut answered) = (Vec::new(), Vec::new(), 0);
    for (at, set) in sets.iter().enumerate() {
        let Some((Some(first), Some(last))) = input.answers.get(at).copied() else { continue };
        if !set.contains(&first) || !set.contains(&last) {
            continue;
        }
        if first == last {
            same.push(at + 1);
            continue;
        }
        answered += 1;
        best[first] += 1;
        worst[last] += 1;
        for other in set.iter().copied().filter(|other| *other != first) {
            pairs.push((first, other, Some(0)));
            if other != last {
                pairs.push((other, last, Some(0)));
            }
        }
    }
    let scores: Vec<i32> = best.iter().zip(&worst).map(|(best, worst)| best - worst).collect();
    let ranks = scores.iter().map(|own| 1 + scores.iter().filter(|other| *other > own).count()).collect();
    let mut order: Vec<usize> = (0..n).collect();
    order.sort_by_key(|thing| std::cmp::Reverse(scores[*thing]));
    let together = paired(&paired::Input { count: n, pairs });
    BestWorst {
        best,
        worst,
        scores,
        order,
        ranks,
        sets: sets.len(),
        answered,
        same,
        circles: together.circles,
        consistency: together.consistency,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_pair_meets_once_and_everything_is_asked_equally_often() {
        for count in COUNTS {
            let sets = sets(count);
            assert_eq!(sets.len(), count * (count - 1) / 6);
            let mut met = vec![vec![0; count]; count];
            for set in &sets {
                for a in set {
                    set.iter().for_each(|b| met[*a][*b] += 1);
                }
            }
            for (a, row) in met.iter().enumerate() {
                for (b, times) in row.iter().enumerate() {
                    assert_eq!(*times, if a == b { (count - 1) / 2 } else { 1 }, "{count}: {a} and {b}");
                }
            }
        }
        assert_eq!((sets(8).len(), sets(0).len()), (0, 0));
        // Of nine, each stands first, in the middle and last
        for thing in 0..9 {
            for place in 0..3 {
                assert!(sets(9).iter().any(|set| set[place] == thing), "{thing} never stands at {place}");
            }
        }
    }

    #[test]
    fn who_has_a_clear_order_gets_it_back() {
        for count in COUNTS {
            let answers = sets(count).iter().map(|set| (set.iter().copied().min(), set.iter().copied().max())).collect();
            let clear = best_worst(&Input { count, answers });
            assert_eq!((clear.circles, clear.consistency), (Some(0), Some(1.0)));
            assert_eq!(clear.order, (0..count).collect::<Vec<_>>());
            assert_eq!(clear.ranks, (1..=count).collect::<Vec<_>>());
            assert_eq!((clear.answered, clear.scores.iter().sum::<i32>()), (clear.sets, 0));
        }
    }
}
