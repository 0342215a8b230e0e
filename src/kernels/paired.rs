//! Two at a time: how often each was preferred, and whether the choices hang together.

use super::rounding::decimals;
use serde::{Deserialize, Serialize};

/// How many things, and which of each pair was preferred.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Input {
    /// How many things.
    pub count: usize,
    /// Two things and which of them was preferred: 0, 1, or none yet.
    pub pairs: Vec<(usize, usize, Option<usize>)>,
}

/// What the pairs say.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Paired {
    /// How often each was preferred.
    pub wins: Vec<u32>,
    /// The things, the most preferred first; equals in their order.
    pub order: Vec<usize>,
    /// The rank of each; equals share one.
    pub ranks: Vec<usize>,
    /// How many pairs were answered.
    pub answered: usize,
    /// Circles of three (A over B, B over C, C over A), once all pairs are answered.
    pub circles: Option<u32>,
    /// Kendall’s coefficient of consistence: 1 without circles, 0 with as many as there can be.
    pub consistency: Option<f64>,
}

/// Counts.
#[must_use]
pub fn paired(input: &Input) -> Paired {
    let n = input.count;
    let mut wins = vec![0_u32; n];
    let mut answered = 0;
    for (a, b, chosen) in &input.pairs {
        if let Some(won) = chosen.and_then(|side| wins.get_mut(if side == 0 { *a } else { *b })) {
            *won += 1;
            answered += 1;
        }
    }
    let ranks = wins.iter().map(|own| 1 + wins.iter().filter(|other| *other > own).count()).collect();
    let mut order: Vec<usize> = (0..n).collect();
    order.sort_by_key(|thing| std::cmp::Reverse(wins[*thing]));
    let complete = n >= 3 && answered == n * (n - 1) / 2;
    let squares: u32 = wins.iter().map(|own| own * own).sum();
    let size = u32::try_from(n).unwrap_or(0);
    // d = n(n−1)(2n−1)/12 − Σa²/2, which is whole
    let circles = complete.then(|| (size * (size - 1) * (2 * size - 1) / 6 - squares) / 2);
    let most = f64::from(size * size * size) - f64::from(if size % 2 == 1 { size } else { 4 * size });
    let consistency = circles.map(|circles| decimals(1.0 - 24.0 * f64::from(circles) / most, 2));
    Paired { wins, order, ranks, answered, circles, consistency }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_clean_order_has_no_circles_and_three_in_a_ring_have_one() {
        let all = |count: usize, chosen: &dyn Fn(usize, usize) -> usize| {
            let mut pairs = Vec::new();
            for a in 0..count {
                for b in a + 1..count {
                    pairs.push((a, b, Some(chosen(a, b))));
                }
            }
            paired(&Input { count, pairs })
        };
        let clean = all(8, &|_, _| 0);
        assert_eq!((clean.circles, clean.consistency, clean.order), (Some(0), Some(1.0), (0..8).collect::<Vec<_>>()));
        let ring = all(3, &|a, b| usize::from((a, b) == (0, 2)));
        assert_eq!((ring.circles, ring.consistency, ring.ranks), (Some(1), Some(0.0), vec![1, 1, 1]));
    }
}
