//! The only door to nalgebra: triangular factors and singular values.
//!
//! nalgebra stands here without `std`: it then multiplies without the instructions that only some processors have, and takes its
//! roots from `libm`, so that every machine gets the same bits.

use super::reason::{Estimate, Reason};
use nalgebra::DMatrix;

/// The triangular factor of a table of many rows: what least squares needs of it, and no more.
#[derive(Debug, Clone)]
pub(super) struct Triangle {
    factor: DMatrix<f64>,
}

/// Rows that are put beneath the factor at a time.
const AT_ONCE: usize = 512;

/// Singular values below this share of the largest are taken for zero.
const SINGULAR: f64 = 1e-10;

impl Triangle {
    /// The factor of the QR decomposition by Householder's reflections, a few hundred rows at a time, so that a million rows need no
    /// more memory than these; `numbers` come row by row.
    pub(super) fn of(width: usize, numbers: impl Iterator<Item = f64>) -> Triangle {
        let mut factor = DMatrix::zeros(width, width);
        let mut waiting: Vec<f64> = Vec::new();
        let join = |factor: &DMatrix<f64>, waiting: &[f64]| {
            let added = waiting.len() / width.max(1);
            let stacked = DMatrix::from_fn(width + added, width, |row, column| {
                if row < width { factor[(row, column)] } else { waiting[(row - width) * width + column] }
            });
            stacked.qr().r()
        };
        for number in numbers {
            waiting.push(number);
            if waiting.len() == AT_ONCE * width {
                factor = join(&factor, &waiting);
                waiting.clear();
            }
        }
        if !waiting.is_empty() {
            factor = join(&factor, &waiting);
        }
        Triangle { factor }
    }

    /// One number of the factor.
    pub(super) fn at(&self, row: usize, column: usize) -> f64 {
        self.factor[(row, column)]
    }

    /// The product of two columns: of standardised rows, a correlation.
    pub(super) fn product(&self, one: usize, other: usize) -> f64 {
        self.factor.column(one).dot(&self.factor.column(other))
    }

    /// Least squares of column `outcome` on the first `predictors` columns, by singular values of their factor.
    ///
    /// # Errors
    /// Where the predictors are collinear, or the decomposition does not come to rest.
    pub(super) fn solve(&self, predictors: usize, outcome: usize) -> Estimate<Solution> {
        let square = self.factor.view((0, 0), (predictors, predictors)).into_owned();
        let found = nalgebra::linalg::SVD::try_new(square, true, true, f64::EPSILON, 10_000).ok_or(Reason::NotConverged)?;
        let (Some(left), Some(right)) = (found.u, found.v_t) else { return Err(Reason::NotConverged) };
        let values = found.singular_values;
        let largest = values.iter().copied().fold(0.0, f64::max);
        if values.iter().any(|value| *value <= SINGULAR * largest) {
            return Err(Reason::Collinear);
        }
        let along: Vec<f64> = (0..predictors)
            .map(|place| (0..predictors).map(|row| left[(row, place)] * self.factor[(row, outcome)]).sum::<f64>() / values[place])
            .collect();
        let coefficients = (0..predictors).map(|column| (0..predictors).map(|place| right[(place, column)] * along[place]).sum()).collect();
        let inflation = (0..predictors)
            .map(|column| {
                (0..predictors).map(|place| (right[(place, column)] / values[place]) * (right[(place, column)] / values[place])).sum()
            })
            .collect();
        // What the predictors leave of the outcome stands beneath them in the factor.
        let rest = (predictors..=outcome).map(|row| self.factor[(row, outcome)] * self.factor[(row, outcome)]).sum();
        Ok(Solution { coefficients, inflation, rest })
    }
}

/// What least squares found.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Solution {
    /// One coefficient a predictor.
    pub(super) coefficients: Vec<f64>,
    /// The diagonal of the inverse of the predictors' products: of standardised ones, their variance inflation.
    pub(super) inflation: Vec<f64>,
    /// The sum of squares that is left.
    pub(super) rest: f64,
}
