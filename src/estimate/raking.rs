//! Weights that make those who answered look like those who were asked, by known margins.

use super::reason::{Estimate, Reason, enough, total};
use super::sums::sum;
use super::weights::{Effective, Weighted, effective};

/// A known margin: how many of all people are in each category of one attribute.
#[derive(Debug, Clone, PartialEq)]
pub struct Margin {
    /// The category of each cell of people, from 0.
    pub categories: Vec<usize>,
    /// What is known of each category: people, or shares; only their ratios matter.
    pub known: Vec<f64>,
}

/// The least and the most that a person may count, where the mean is 1.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Limits {
    /// At least.
    pub least: f64,
    /// At most.
    pub most: f64,
}

/// Weights, and how well they fit.
#[derive(Debug, Clone, PartialEq)]
pub struct Raked {
    /// The weight of each cell; the mean over people is 1 (with limits: about 1).
    pub weights: Vec<f64>,
    /// How many rounds over all margins it took.
    pub rounds: u32,
    /// The largest difference between a weighted share and the known one, 0 to 1.
    pub gap: f64,
    /// Whether that is at most [`CLOSE`]. With limits that are too narrow, or margins that contradict one another, it is not.
    pub converged: bool,
    /// What the weights cost.
    pub effective: Effective,
}

/// Weighted shares this close to the known ones are the same.
pub const CLOSE: f64 = 1e-10;

/// More rounds are not made.
const MOST_ROUNDS: u32 = 1000;

/// Raking (iterative proportional fitting): weights are multiplied, margin by margin, until all weighted margins are the known ones.
/// With limits every weight is cut to them after each round. `times` says how many people are in each cell; a person can be a cell.
///
/// Deming, W. E. & Stephan, F. F. (1940), «On a least squares adjustment of a sampled frequency table when the expected marginal totals
/// are known», Annals of Mathematical Statistics 11; DeBell, M. & Krosnick, J. A. (2009), «Computing weights for American National
/// Election Study survey data», for the limits. Iterative: to [`CLOSE`].
///
/// # Errors
/// Without people or margins, where lengths differ, where a margin wants people in a category in which nobody is, or knows of nobody
/// where somebody is, or where limits leave no room for a mean of 1.
pub fn rake(times: &[u64], margins: &[Margin], limits: Option<Limits>) -> Estimate<Raked> {
    enough(total(times)?, 1)?;
    if margins.is_empty() {
        return Err(Reason::TooFewVariables);
    }
    if limits.is_some_and(|limits| !(0.0..=1.0).contains(&limits.least) || !(1.0..).contains(&limits.most)) {
        return Err(Reason::OutOfRange);
    }
    let shares = margins.iter().map(|margin| shares(margin, times)).collect::<Estimate<Vec<Vec<f64>>>>()?;
    let people: Vec<f64> = times.iter().map(|times| *times as f64).collect();
    let whole = sum(people.iter().copied());
    let mut weights = vec![1.0; times.len()];
    let (mut gap, mut rounds) = (widest(margins, &shares, &people, &weights), 0);
    while gap > CLOSE && rounds < MOST_ROUNDS {
        for (margin, shares) in margins.iter().zip(&shares) {
            let found = sums(margin, &people, &weights);
            for (weight, category) in weights.iter_mut().zip(&margin.categories) {
                if found[*category] > 0.0 {
                    *weight *= shares[*category] * whole / found[*category];
                }
            }
        }
        if let Some(limits) = limits {
            weights.iter_mut().for_each(|weight| *weight = weight.clamp(limits.least, limits.most));
        }
        rounds += 1;
        let next = widest(margins, &shares, &people, &weights);
        let rest = (gap - next).abs() <= 1e-15;
        gap = next;
        if rest {
            break;
        }
    }
    let cells = weights.iter().zip(times).map(|(weight, times)| Weighted { weight: *weight, value: 0.0, times: *times });
    let effective = effective(&cells.collect::<Vec<Weighted>>())?;
    Ok(Raked { weights, rounds, gap, converged: gap <= CLOSE, effective })
}

/// The known share of each category.
fn shares(margin: &Margin, times: &[u64]) -> Estimate<Vec<f64>> {
    if margin.categories.len() != times.len() {
        return Err(Reason::LengthsDiffer);
    }
    if margin.known.iter().any(|known| !known.is_finite()) {
        return Err(Reason::TooLarge);
    }
    let mut people = vec![0_u64; margin.known.len()];
    for (category, times) in margin.categories.iter().zip(times) {
        *people.get_mut(*category).ok_or(Reason::OutOfRange)? += times;
    }
    let whole = sum(margin.known.iter().copied());
    for (people, known) in people.iter().zip(&margin.known) {
        if *known < 0.0 || (*known <= 0.0 && *people > 0) {
            return Err(Reason::OutOfRange);
        }
        if *people == 0 && *known > 0.0 {
            return Err(Reason::NobodyInCategory);
        }
    }
    if whole.is_finite() { Ok(margin.known.iter().map(|known| known / whole).collect()) } else { Err(Reason::TooLarge) }
}

fn sums(margin: &Margin, people: &[f64], weights: &[f64]) -> Vec<f64> {
    let mut sums = vec![0.0; margin.known.len()];
    for ((category, people), weight) in margin.categories.iter().zip(people).zip(weights) {
        sums[*category] += people * weight;
    }
    sums
}

/// The largest difference between a weighted share and the known one.
fn widest(margins: &[Margin], shares: &[Vec<f64>], people: &[f64], weights: &[f64]) -> f64 {
    let gaps = margins.iter().zip(shares).flat_map(|(margin, shares)| {
        let sums = sums(margin, people, weights);
        let whole: f64 = sums.iter().sum();
        sums.into_iter().zip(shares).map(move |(sum, share)| (sum / whole - share).abs()).collect::<Vec<f64>>()
    });
    gaps.fold(0.0, f64::max)
}
