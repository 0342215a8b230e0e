//! Which predictors an outcome goes with most: «drivers», in the words of others, though nothing here says what drives what.

use super::interval::{Interval, LEVEL, Z};
use super::observations::Observations;
use super::reason::{Estimate, Reason};
use super::regression::{Regression, fitted};
use super::sums::sum;

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

/// How far a correlation is moved to see how the shares move with it.
const STEP: f64 = 1e-5;

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
    Ok(Importance { regression, parts: parts_of(&correlations) })
}

/// Each predictor's share of R², 0 to 1, with its interval: the share and 1.96 standard errors to both sides, within 0 and 1. The error comes
/// from how the share moves with every correlation and how the correlations move with every person, so that answers need not be normal
/// (delta method without assumptions on the distribution); good for a hundred people or more. The derivatives are central differences,
/// right to 1e-6.
///
/// Steiger, J. H. & Browne, M. W. (1984), «The comparison of interdependent correlations between optimal linear composites», Psychometrika
/// 49; Jones, J. A. & Waller, N. G. (2015), «The normal-theory and asymptotic distribution-free (ADF) covariance matrix of standardized
/// regression coefficients», Psychometrika 80.
///
/// # Errors
/// As for [`importance`], and where R² is 0.
pub fn importance_shares(observations: &Observations) -> Estimate<Vec<(f64, Interval)>> {
    let shares = importance(observations)?.shares().ok_or(Reason::NoDifference)?;
    let spreads = observations.spreads()?;
    let width = observations.width();
    let rows: Vec<f64> = observations.standardised(&spreads).collect();
    let product = |one: usize, other: usize| sum(rows.chunks_exact(width).map(|row| row[one] * row[other]));
    let correlations: Vec<Vec<f64>> = (0..width).map(|one| (0..width).map(|other| product(one, other)).collect()).collect();
    let pairs: Vec<(usize, usize)> = (0..width).flat_map(|other| (0..other).map(move |one| (one, other))).collect();
    let moved = |(one, other): (usize, usize), by: f64| {
        let mut turned = correlations.clone();
        turned[one][other] += by;
        turned[other][one] += by;
        let parts = parts_of(&turned);
        let whole: f64 = parts.iter().sum();
        parts.into_iter().map(|part| part / whole).collect::<Vec<f64>>()
    };
    let slope = |pair: &(usize, usize)| {
        let (up, down) = (moved(*pair, STEP), moved(*pair, -STEP));
        up.iter().zip(down).map(|(up, down)| (up - down) / (2.0 * STEP)).collect::<Vec<f64>>()
    };
    let slopes: Vec<Vec<f64>> = pairs.iter().map(slope).collect();
    let n = observations.n() as f64;
    let error = |predictor: usize| {
        let people = rows.chunks_exact(width).zip(observations.times()).map(|(row, times)| {
            let pull = pairs.iter().zip(&slopes).map(|((one, other), slopes)| {
                let (x, y) = (row[*one], row[*other]);
                slopes[predictor] * (x * y - correlations[*one][*other] * (x * x + y * y) / 2.0)
            });
            let pull = sum(pull);
            pull * pull / *times as f64
        });
        // Rows are of length 1 over all people: n times their products are those of standard scores
        (sum(people) * n * n).sqrt() / n
    };
    let told = |(predictor, share): (usize, f64)| {
        let half = Z * error(predictor);
        super::reason::finite(&[share, half])?;
        Ok((share, Interval { low: (share - half).max(0.0), high: (share + half).min(1.0), level: LEVEL }))
    };
    shares.into_iter().enumerate().map(told).collect()
}

/// How R² falls on the predictors, from the correlations of all with the outcome last.
fn parts_of(correlations: &[Vec<f64>]) -> Vec<f64> {
    let predictors = correlations.len().saturating_sub(1);
    let mut subsets = Subsets { correlations, predictors, fits: vec![0.0; 1 << predictors] };
    subsets.grow(0, &mut Factor::default(), 0, 0.0);
    subsets.parts()
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
                sum(without.map(|subset| weights[subset.count_ones() as usize] * (self.fits[subset | bit] - self.fits[subset])))
            })
            .collect()
    }
}
