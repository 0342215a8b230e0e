//! How one number goes with several others at once.

use super::chance::{f_above, student_beyond, student_within};
use super::correlation::{Correlation, told};
use super::decomposition::Triangle;
use super::interval::{Interval, LEVEL};
use super::observations::Observations;
use super::reason::{Estimate, Reason, enough, finite};

/// A linear regression with an intercept, of standardised variables.
#[derive(Debug, Clone, PartialEq)]
pub struct Regression {
    /// How many people gave all numbers.
    pub n: u64,
    /// R²: the share of the outcome's spread that goes with the predictors, 0 to 1.
    pub r_squared: f64,
    /// R² less what as many predictors take by chance; may be below 0.
    pub adjusted: f64,
    /// F of all predictors together.
    pub f: f64,
    /// The probability of an F as large by chance.
    pub p: f64,
    /// Degrees of freedom that are left, n − predictors − 1.
    pub freedom: u64,
    /// One for each predictor, in their order.
    pub coefficients: Vec<Coefficient>,
}

/// One predictor of a regression.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Coefficient {
    /// The standardised coefficient: by how many standard deviations the outcome is higher where this predictor is one higher and the
    /// others are equal.
    pub beta: f64,
    /// The same in the units of both.
    pub slope: f64,
    /// Standard error of `beta`, the standard deviations taken as given.
    pub error: f64,
    /// Interval of `beta`.
    pub interval: Interval,
    /// `beta` over its error.
    pub t: f64,
    /// The two-sided probability of a t as large by chance.
    pub p: f64,
    /// Variance inflation: 1 where no other predictor goes with this one; from 5 or 10 on the coefficients of those that do cannot be
    /// told apart.
    pub vif: f64,
}

impl Regression {
    /// An interval for each coefficient such that all of them together hold at the level of one (Bonferroni).
    ///
    /// Dunn, O. J. (1961), «Multiple comparisons among means», JASA 56.
    ///
    /// # Errors
    /// Where an end is not finite.
    pub fn together(&self) -> Estimate<Vec<Interval>> {
        let level = 1.0 - (1.0 - LEVEL) / self.coefficients.len().max(1) as f64;
        let quantile = student_within(level, self.freedom as f64);
        self.coefficients.iter().map(|own| Interval::around(own.beta, quantile * own.error)).collect()
    }
}

/// Least squares of the last variable on all before it, by singular values of the standardised predictors.
///
/// Golub, G. H. & Reinsch, C. (1970), «Singular value decomposition and least squares solutions», Numerische Mathematik 14; Cohen, J.,
/// Cohen, P., West, S. G. & Aiken, L. S. (2003), «Applied multiple regression/correlation analysis for the behavioral sciences».
///
/// # Errors
/// Without predictors, for fewer people than predictors and two, where a variable has no spread, predictors are collinear or
/// the outcome follows from them without remainder.
pub fn regression(observations: &Observations) -> Estimate<Regression> {
    fitted(observations).map(|(regression, _)| regression)
}

/// The regression and the factor it came from.
pub(super) fn fitted(observations: &Observations) -> Estimate<(Regression, Triangle)> {
    let predictors = observations.width().checked_sub(1).filter(|count| *count > 0).ok_or(Reason::TooFewVariables)?;
    enough(observations.n(), predictors as u64 + 2)?;
    let spreads = observations.spreads()?;
    let triangle = Triangle::of(predictors + 1, observations.standardised(&spreads));
    let solution = triangle.solve(predictors, predictors)?;
    let rest = solution.rest;
    if rest <= 1e-14 {
        return Err(Reason::PerfectFit);
    }
    let freedom = observations.n() - predictors as u64 - 1;
    let (left, k) = (freedom as f64, predictors as f64);
    let r_squared = (1.0 - rest).max(0.0);
    let f = r_squared / k / (rest / left);
    let quantile = student_within(LEVEL, left);
    let outcome = spreads[predictors].1;
    let coefficients = solution.coefficients.iter().zip(&solution.inflation).zip(&spreads).map(|((beta, vif), (_, length))| {
        let error = (rest / left * vif).sqrt();
        let (t, slope) = (beta / error, beta * (outcome / length));
        finite(&[*beta, slope, error, t, *vif])?;
        let interval = Interval::around(*beta, quantile * error)?;
        Ok(Coefficient { beta: *beta, slope, error, interval, t, p: student_beyond(t, left), vif: *vif })
    });
    let coefficients = coefficients.collect::<Estimate<Vec<Coefficient>>>()?;
    let adjusted = 1.0 - rest * ((observations.n() - 1) as f64 / left);
    let p = f_above(f, k, left);
    Ok((Regression { n: observations.n(), r_squared, adjusted, f, p, freedom, coefficients }, triangle))
}

/// The correlation of the last two variables when all before them are held equal, with Fisher's interval for that many fewer people.
/// Without variables before them it is Pearson's.
///
/// Fisher, R. A. (1924), «The distribution of the partial correlation coefficient», Metron 3.
///
/// # Errors
/// For fewer people than controls and four, where a variable has no spread, or the controls are collinear or give one of the two
/// without remainder.
pub fn partial(observations: &Observations) -> Estimate<Correlation> {
    let controls = observations.width().checked_sub(2).ok_or(Reason::TooFewVariables)?;
    enough(observations.n(), controls as u64 + 4)?;
    let spreads = observations.spreads()?;
    let triangle = Triangle::of(controls + 2, observations.standardised(&spreads));
    if controls > 0 {
        triangle.solve(controls, controls)?;
    }
    // What the controls leave of both stands in the last corner of the factor.
    let (first, along, across) =
        (triangle.at(controls, controls), triangle.at(controls, controls + 1), triangle.at(controls + 1, controls + 1));
    let second = (along * along + across * across).sqrt();
    if first.abs() <= 1e-10 || second <= 1e-10 {
        return Err(Reason::Collinear);
    }
    let r = (along / second).copysign(along * first).clamp(-1.0, 1.0);
    told(r, observations.n(), observations.n() as f64 - controls as f64 - 3.0, 1.0)
}
