//! Which predictors an outcome goes with most: «drivers», in the words of others, though nothing here says what drives what.

use super::observations::Observations;
use super::reason::{Estimate, Reason};
use super::regression::{Regression, fitted};

/// All subsets are tried, and there are 4,096 of twelve.
pub const MOST_PREDICTORS: usize = 12;

/// How R² falls on the predictors.
#[derive(Debug, Clone, PartialEq)]
pub struct Importance {
    /// The regression with all of them.
    pub regression: Regression,
    /// Each predictor's part of R², in their order: 0 to 1, together R².
    pub parts: Vec<f64>,
}

impl Importance {
    /// The same as shares of R²: together 1. `None` where R² is 0.
    #[must_use]
    pub fn shares(&self) -> Option<Vec<f64>> {
        let whole: f64 = self.parts.iter().sum();
        (whole > 0.0).then(|| self.parts.iter().map(|part| part / whole).collect())
    }
}

/// Relative importance by averaging over orders: how much R² grows when a predictor joins, the mean over all orders in which the
/// predictors can join (LMG, the Shapley value of R²). The last variable is the outcome.
///
/// Lindeman, R. H., Merenda, P. F. & Gold, R. Z. (1980), «Introduction to bivariate and multivariate analysis», p. 119 ff.; Grömping, U.
/// (2006), «Relative importance for linear regression in R», Journal of Statistical Software 17.
///
/// # Errors
/// As for a regression, and for more than [`MOST_PREDICTORS`].
pub fn importance(observations: &Observations) -> Estimate<Importance> {
    let predictors = observations.width().checked_sub(1).filter(|count| *count > 0).ok_or(Reason::TooFewVariables)?;
    if predictors > MOST_PREDICTORS {
        return Err(Reason::TooManyPredictors { most: MOST_PREDICTORS });
    }
    let (regression, triangle) = fitted(observations)?;
    let correlations: Vec<Vec<f64>> =
        (0..=predictors).map(|one| (0..=predictors).map(|other| triangle.product(one, other)).collect()).collect();
    let mut subsets = Subsets { correlations: &correlations, predictors, fits: vec![0.0; 1 << predictors] };
    subsets.grow(0, &mut Factor::default(), 0, 0.0);
    Ok(Importance { regression, parts: subsets.parts() })
}

/// R² of every subset, the subset written in bits.
struct Subsets<'a> {
    correlations: &'a [Vec<f64>],
    predictors: usize,
    fits: Vec<f64>,
}

/// Cholesky's factor of the predictors in a subset, and of the outcome's row beneath it.
#[derive(Default)]
struct Factor {
    members: Vec<usize>,
    rows: Vec<Vec<f64>>,
    outcome: Vec<f64>,
}

impl Subsets<'_> {
    /// Every subset that has the one at hand and predictors from `from` on: each costs one row of the factor.
    fn grow(&mut self, subset: usize, factor: &mut Factor, from: usize, fit: f64) {
        self.fits[subset] = fit;
        for next in from..self.predictors {
            let mut row = Vec::with_capacity(factor.members.len() + 1);
            for (member, above) in factor.members.iter().zip(&factor.rows) {
                let known: f64 = row.iter().zip(above).map(|(one, other): (&f64, &f64)| one * other).sum();
                row.push((self.correlations[next][*member] - known) / above[row.len()]);
            }
            let left = (self.correlations[next][next] - row.iter().map(|part| part * part).sum::<f64>()).max(f64::MIN_POSITIVE);
            let known: f64 = row.iter().zip(&factor.outcome).map(|(one, other)| one * other).sum();
            row.push(left.sqrt());
            let along = (self.correlations[next][self.predictors] - known) / left.sqrt();
            factor.members.push(next);
            factor.rows.push(row);
            factor.outcome.push(along);
            self.grow(subset | 1 << next, factor, next + 1, fit + along * along);
            factor.members.pop();
            factor.rows.pop();
            factor.outcome.pop();
        }
    }

    /// The mean growth of R² over all orders: of k predictors, a subset of s others comes before with probability s! (k − s − 1)! / k!.
    fn parts(&self) -> Vec<f64> {
        let k = self.predictors;
        let mut weights = vec![1.0 / k as f64; k];
        for size in 1..k {
            weights[size] = weights[size - 1] * size as f64 / (k - size) as f64;
        }
        (0..k)
            .map(|predictor| {
                let bit = 1 << predictor;
                let without = (0..self.fits.len()).filter(|subset| subset & bit == 0);
                super::sums::sum(
                    without.map(|subset| weights[subset.count_ones() as usize] * (self.fits[subset | bit] - self.fits[subset])),
                )
            })
            .collect()
    }
}
