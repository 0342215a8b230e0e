//! Means of several groups.

use super::chance::f_above;
use super::distribution::Sample;
use super::mean::sound;
use super::reason::{Estimate, Reason, finite};
use super::sums::sum;

/// Whether the means of several groups of different people differ.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct WelchAnova {
    /// Welch's F.
    pub f: f64,
    /// Degrees of freedom between groups, groups − 1.
    pub between: f64,
    /// Degrees of freedom within groups, as a rule no whole number.
    pub within: f64,
    /// The probability of an F as large by chance.
    pub p: f64,
    /// η²: the share of the squared spread that lies between groups, 0 to 1.
    pub eta_squared: f64,
}

/// Welch's analysis of variance of groups that need not be equally large nor equally spread.
///
/// Welch, B. L. (1951), «On the comparison of several mean values: an alternative approach», Biometrika 38.
///
/// # Errors
/// For fewer than two groups, a group of fewer than two people or without spread.
pub fn welch_anova(groups: &[Sample]) -> Estimate<WelchAnova> {
    groups.iter().try_for_each(sound)?;
    if groups.len() < 2 {
        return Err(if groups.is_empty() { Reason::NoObservations } else { Reason::OneCategory });
    }
    if groups.iter().any(|group| group.variance <= 0.0) {
        return Err(Reason::AllEqual);
    }
    let k = groups.len() as f64;
    let weight = |group: &Sample| group.n as f64 / group.variance;
    let weights = sum(groups.iter().map(weight));
    let mean = sum(groups.iter().map(|group| weight(group) / weights * group.mean));
    let between = sum(groups.iter().map(|group| weight(group) * (group.mean - mean) * (group.mean - mean))) / (k - 1.0);
    let rest = sum(groups.iter().map(|group| {
        let other = 1.0 - weight(group) / weights;
        other * other / (group.n - 1) as f64
    }));
    let square = k * k - 1.0;
    let f = between / (1.0 + 2.0 * (k - 2.0) / square * rest);
    let within = square / (3.0 * rest);
    let people = sum(groups.iter().map(|group| group.n as f64));
    let middle = sum(groups.iter().map(|group| group.n as f64 / people * group.mean));
    let apart = sum(groups.iter().map(|group| group.n as f64 * (group.mean - middle) * (group.mean - middle)));
    let inside = sum(groups.iter().map(|group| (group.n - 1) as f64 * group.variance));
    let eta_squared = apart / (apart + inside);
    finite(&[f, within, eta_squared])?;
    Ok(WelchAnova { f, between: k - 1.0, within, p: f_above(f, k - 1.0, within), eta_squared })
}
