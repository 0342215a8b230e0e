//! Means: of two groups of different people, and of the same people twice.

use super::chance::{student_beyond, student_within};
use super::distribution::Sample;
use super::interval::{Interval, LEVEL};
use super::noncentral::noncentralities;
use super::pairs::Pairs;
use super::reason::{Estimate, Reason, enough, finite};
use super::special::small_sample_factor;

/// How the means of two groups of different people differ, the first minus the second.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct MeansDiffer {
    /// The difference, in the unit of the values.
    pub difference: f64,
    /// Its interval.
    pub interval: Interval,
    /// The difference over its standard error.
    pub t: f64,
    /// Degrees of freedom, as a rule no whole number.
    pub freedom: f64,
    /// The two-sided probability of a t as large by chance.
    pub p: f64,
}

/// Refuses what no sample can be.
pub(super) fn sound(sample: &Sample) -> Estimate<()> {
    enough(sample.n, 2)?;
    finite(&[sample.mean, sample.variance])?;
    if sample.variance < 0.0 { Err(Reason::OutOfRange) } else { Ok(()) }
}

/// Welch's t: the difference of two means whose groups need not be equally large nor equally spread.
///
/// Welch, B. L. (1947), «The generalization of "Student's" problem when several different population variances are involved»,
/// Biometrika 34.
///
/// # Errors
/// For a group of fewer than two, or where both groups have no spread.
pub fn welch(a: &Sample, b: &Sample) -> Estimate<MeansDiffer> {
    sound(a)?;
    sound(b)?;
    let (first, second) = (a.variance / a.n as f64, b.variance / b.n as f64);
    let square = first + second;
    if square <= 0.0 {
        return Err(Reason::AllEqual);
    }
    // Shares of the variance, so that nothing is squared that could be too large or too small.
    let (share, rest) = (first / square, second / square);
    let freedom = 1.0 / (share * share / (a.n - 1) as f64 + rest * rest / (b.n - 1) as f64);
    let error = square.sqrt();
    let difference = a.mean - b.mean;
    let t = difference / error;
    finite(&[difference, t, freedom])?;
    let interval = Interval::around(difference, student_within(LEVEL, freedom) * error)?;
    Ok(MeansDiffer { difference, interval, t, freedom, p: student_beyond(t, freedom) })
}

/// Student's t with the pooled variance: the two-sided probability of a difference as large by chance between groups that are
/// equally spread.
///
/// Student (1908), «The probable error of a mean», Biometrika 6.
///
/// # Errors
/// For a group of fewer than two, or where both groups have no spread.
pub fn pooled(a: &Sample, b: &Sample) -> Estimate<f64> {
    sound(a)?;
    sound(b)?;
    let (first, second) = ((a.n - 1) as f64, (b.n - 1) as f64);
    let freedom = first + second;
    let variance = a.variance * (first / freedom) + b.variance * (second / freedom);
    if variance <= 0.0 {
        return Err(Reason::AllEqual);
    }
    let t = (a.mean - b.mean) / (variance * (1.0 / a.n as f64 + 1.0 / b.n as f64)).sqrt();
    finite(&[t])?;
    Ok(student_beyond(t, freedom))
}

/// A difference of two means in units of a standard deviation.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Effect {
    /// The standardised difference; 0.2 is called small, 0.5 middling, 0.8 large.
    pub size: f64,
    /// Its interval.
    pub interval: Interval,
}

/// Cohen's d of two groups and Hedges' g.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Effects {
    /// The difference over the pooled standard deviation.
    pub d: Effect,
    /// The same without the bias of small groups.
    pub g: Effect,
}

/// Cohen's d with the pooled standard deviation, first minus second, and Hedges' g, which is d times the exact correction
/// Γ(m / 2) / (√(m / 2) Γ((m − 1) / 2)) with m = n₁ + n₂ − 2.
///
/// The interval of d is that of the noncentral t distribution, exact for normal values with equal spread; found iteratively, to 1e-9.
/// That of g is the same times the correction.
///
/// Cohen, J. (1988), «Statistical power analysis for the behavioral sciences», chapter 2; Hedges, L. V. (1981), «Distribution theory
/// for Glass's estimator of effect size and related estimators», Journal of Educational Statistics 6.
///
/// # Errors
/// For a group of fewer than two, or where both groups have no spread.
pub fn effect(a: &Sample, b: &Sample) -> Estimate<Effects> {
    sound(a)?;
    sound(b)?;
    let (first, second) = ((a.n - 1) as f64, (b.n - 1) as f64);
    let freedom = first + second;
    let pooled = (a.variance * (first / freedom) + b.variance * (second / freedom)).sqrt();
    if pooled <= 0.0 {
        return Err(Reason::AllEqual);
    }
    let d = standardised((a.mean - b.mean) / pooled, (1.0 / a.n as f64 + 1.0 / b.n as f64).sqrt(), freedom)?;
    let factor = small_sample_factor(freedom);
    let interval = Interval { low: factor * d.interval.low, high: factor * d.interval.high, level: LEVEL };
    Ok(Effects { d, g: Effect { size: factor * d.size, interval } })
}

/// An effect whose t is `size / unit`, with its interval.
fn standardised(size: f64, unit: f64, freedom: f64) -> Estimate<Effect> {
    let t = size / unit;
    finite(&[size, t])?;
    let (low, high) = noncentralities(t, freedom)?;
    Ok(Effect { size, interval: Interval::between(low * unit, high * unit)? })
}

/// How the mean of the same people changed, second minus first.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct MeanChanged {
    /// How many people.
    pub n: u64,
    /// The mean of the changes, in the unit of the values.
    pub change: f64,
    /// Its t interval.
    pub interval: Interval,
    /// The change over its standard error.
    pub t: f64,
    /// Degrees of freedom, n − 1.
    pub freedom: f64,
    /// The two-sided probability of a t as large by chance.
    pub p: f64,
    /// d_z: the change over the standard deviation of the changes, with the interval of the noncentral t distribution.
    pub d_z: Effect,
    /// d_av: the change over the root of the mean of both variances, comparable with the d of different people; none where neither
    /// time has spread.
    pub d_av: Option<f64>,
}

impl MeanChanged {
    /// An interval of the change such that those of so many changes together hold at the level of one (Bonferroni).
    ///
    /// Dunn, O. J. (1961), «Multiple comparisons among means», JASA 56.
    ///
    /// # Errors
    /// Where an end is not finite.
    pub fn together(&self, of: usize) -> Estimate<Interval> {
        let half = (self.interval.high - self.interval.low) / 2.0;
        let wider = student_within(1.0 - (1.0 - LEVEL) / of.max(1) as f64, self.freedom) / student_within(LEVEL, self.freedom);
        Interval::around(self.change, half * wider)
    }
}

/// The paired t test with both standardised changes.
///
/// Student (1908), «The probable error of a mean», Biometrika 6; Cumming, G. (2012), «Understanding the new statistics», chapter 11,
/// for d_av; Lakens, D. (2013), «Calculating and reporting effect sizes», Frontiers in Psychology 4, for both.
///
/// # Errors
/// For fewer than two pairs, where nobody changed, or all by as much.
pub fn paired(pairs: &Pairs) -> Estimate<MeanChanged> {
    let differences = pairs.differences()?;
    let of = differences.sample()?;
    if of.variance <= 0.0 {
        return Err(if of.mean.abs() > 0.0 { Reason::AllEqual } else { Reason::NoDifference });
    }
    let (freedom, root) = ((of.n - 1) as f64, (of.n as f64).sqrt());
    let (deviation, error) = (of.variance.sqrt(), of.variance.sqrt() / root);
    let t = of.mean / error;
    let interval = super::interval::mean(of.mean, deviation, of.n)?;
    let d_z = standardised(of.mean / deviation, 1.0 / root, freedom)?;
    let (before, after) = (pairs.first().sample()?, pairs.second().sample()?);
    let average = f64::midpoint(before.variance, after.variance).sqrt();
    let d_av = Some(of.mean / average).filter(|size| size.is_finite());
    Ok(MeanChanged { n: of.n, change: of.mean, interval, t, freedom, p: student_beyond(t, freedom), d_z, d_av })
}
