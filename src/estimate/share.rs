//! Shares of people: how large, how different, and whether more than chance. In per cent and percentage points.

use super::chance::normal_beyond;
use super::interval::{Interval, LEVEL, Z, newcombe, wilson};
use super::reason::{Estimate, Reason, enough, total};

/// A share of people.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Share {
    /// How many.
    pub count: u64,
    /// Of how many.
    pub n: u64,
    /// The share in per cent, 0 to 100.
    pub percent: f64,
    /// Its Wilson interval in per cent.
    pub interval: Interval,
}

/// How a share differs between two groups of different people, the first minus the second.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct SharesDiffer {
    /// The difference in percentage points, −100 to 100.
    pub points: f64,
    /// Newcombe's interval of it.
    pub interval: Interval,
    /// The difference over its standard error under the assumption that the shares are equal (pooled), without continuity correction.
    pub z: f64,
    /// The two-sided probability of a z as large by chance.
    pub p: f64,
    /// Cohen's h, the difference of the arcsines: −π to π; 0.2 is called small, 0.5 middling, 0.8 large.
    pub h: f64,
    /// The interval of h: the arcsine of a share varies by 1/n, whatever the share is.
    pub h_interval: Interval,
}

/// The share `count` of `n` with its interval.
///
/// # Errors
/// When there is nobody, or more are counted than there are.
pub fn share(count: u64, n: u64) -> Estimate<Share> {
    let interval = wilson(count, n)?;
    Ok(Share { count, n, percent: 100.0 * count as f64 / n as f64, interval })
}

/// The share of those who chose one of these places of a scale, of all who chose any: the favourable ones, the top two.
///
/// `counts` holds the people at each place. Which places are favourable is the survey's to say; it is stated with the figure.
///
/// # Errors
/// When nobody chose anything, or a place is not of the scale or named twice.
pub fn share_of_places(counts: &[u64], places: &[usize]) -> Estimate<Share> {
    let twice = places.iter().enumerate().any(|(at, place)| places[..at].contains(place));
    let whole = total(counts)?;
    let chosen: Option<u64> = places.iter().map(|place| counts.get(*place)).sum();
    match chosen {
        Some(chosen) if !twice => share(chosen, whole),
        _ => Err(Reason::OutOfRange),
    }
}

/// The share of those who chose one of the last `k` places of a scale: «top two of five».
///
/// # Errors
/// When nobody chose anything, or the scale has fewer places.
pub fn top(counts: &[u64], k: usize) -> Estimate<Share> {
    let from = counts.len().checked_sub(k).ok_or(Reason::OutOfRange)?;
    share(total(&counts[from..])?, total(counts)?)
}

/// Compares the shares of two groups of different people, each (count, n).
///
/// Cohen, J. (1988), «Statistical power analysis for the behavioral sciences», chapter 6, for h; the test is the usual one of two
/// proportions, whose z² is chi-square of the two-by-two table without Yates' correction.
///
/// # Errors
/// When a group has nobody, or when all or none of both groups are counted ([`Reason::OneCategory`]).
pub fn two_shares(a: (u64, u64), b: (u64, u64)) -> Estimate<SharesDiffer> {
    let interval = newcombe(a, b)?;
    let (counted, whole) = (total([&a.0, &b.0])?, total([&a.1, &b.1])?);
    if counted == 0 || counted == whole {
        return Err(Reason::OneCategory);
    }
    let (count, n) = (counted as f64, whole as f64);
    let (first, second) = (a.0 as f64 / a.1 as f64, b.0 as f64 / b.1 as f64);
    let pooled = count * (n - count) / (n * n);
    let z = (first - second) / (pooled * (1.0 / a.1 as f64 + 1.0 / b.1 as f64)).sqrt();
    let angle = |share: f64| 2.0 * libm::asin(share.sqrt());
    let h = angle(first) - angle(second);
    let h_interval = Interval::around(h, Z * (1.0 / a.1 as f64 + 1.0 / b.1 as f64).sqrt())?;
    Ok(SharesDiffer { points: 100.0 * (first - second), interval, z, p: normal_beyond(z), h, h_interval })
}

/// Fisher's exact test of the shares of two groups of different people, each (count, n): the two-sided probability, over all tables
/// with the same sums, of one that is as improbable or more so. Right for any number of people, where a z is not to be trusted.
///
/// Fisher, R. A. (1935), «The logic of inductive inference», Journal of the Royal Statistical Society 98. Tables whose
/// probabilities differ by less than 1e-7 of them count as equally improbable.
///
/// # Errors
/// When a group has nobody, more are counted than there are, or when all or none of both groups are counted
/// ([`Reason::OneCategory`]).
pub fn fisher(a: (u64, u64), b: (u64, u64)) -> Estimate<f64> {
    newcombe(a, b)?;
    let (counted, whole) = (total([&a.0, &b.0])?, total([&a.1, &b.1])?);
    if counted == 0 || counted == whole {
        return Err(Reason::OneCategory);
    }
    // How many of the first may be counted, and how probable each is beside the observed
    let (least, most) = (counted.saturating_sub(b.1), counted.min(a.1));
    let up = |count: u64| {
        let (count, n, counted) = (count as f64, a.1 as f64, counted as f64);
        (n - count) * (counted - count) / ((count + 1.0) * (b.1 as f64 - counted + count + 1.0))
    };
    let walk = |range: &mut dyn Iterator<Item = u64>, down: bool| {
        let (mut probability, mut all, mut tail) = (1.0, 0.0, 0.0);
        for count in range {
            probability *= if down { 1.0 / up(count) } else { up(count - 1) };
            all += probability;
            tail += if probability <= 1.0 + 1.0e-7 { probability } else { 0.0 };
        }
        (all, tail)
    };
    let (below, above) = (walk(&mut (least..a.0).rev(), true), walk(&mut (a.0 + 1..=most), false));
    let (all, tail) = (1.0 + below.0 + above.0, 1.0 + below.1 + above.1);
    // Far from the middle the observed is next to nothing beside all others
    Ok(if all.is_finite() { (tail / all).min(1.0) } else { 0.0 })
}

/// The smallest number of people that a cell of the table of both groups would have if the shares were equal.
pub(super) fn least_expected(a: (u64, u64), b: (u64, u64)) -> f64 {
    let (counted, whole) = (a.0 as f64 + b.0 as f64, a.1 as f64 + b.1 as f64);
    (a.1.min(b.1) as f64) * counted.min(whole - counted) / whole
}

/// One yes-or-no answer of the same people twice, before and after.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Twice {
    /// Yes both times.
    pub both: u64,
    /// Yes before, no after.
    pub only_before: u64,
    /// No before, yes after.
    pub only_after: u64,
    /// No both times.
    pub neither: u64,
}

/// How a share changed among the same people, after minus before.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct ShareChanged {
    /// The change in percentage points, −100 to 100.
    pub points: f64,
    /// Newcombe's interval for paired shares.
    pub interval: Interval,
}

/// Whether as many people changed one way as the other.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct McNemar {
    /// (b − c)² / (b + c) of those who changed, without continuity correction; chi-square with one degree of freedom.
    pub statistic: f64,
    /// The probability of a statistic as large by chance; good for 25 or more who changed.
    pub p: f64,
    /// The exact two-sided binomial probability, right for any number.
    pub p_exact: f64,
}

impl Twice {
    /// How many people.
    ///
    /// # Errors
    /// For more than 2³⁶.
    pub fn n(&self) -> Estimate<u64> {
        total([&self.both, &self.only_before, &self.only_after, &self.neither])
    }

    /// The change of a share among the same people with Newcombe's interval for paired data (his method 10: Wilson intervals of
    /// both shares, joined with their correlation, continuity-corrected).
    ///
    /// Newcombe, R. G. (1998), «Improved confidence intervals for the difference between binomial proportions based on paired
    /// data», Statistics in Medicine 17.
    ///
    /// # Errors
    /// When there is nobody.
    pub fn change(&self) -> Estimate<ShareChanged> {
        let n = self.n()?;
        enough(n, 1)?;
        let (before, after) = (share(self.both + self.only_before, n)?, share(self.both + self.only_after, n)?);
        let phi = self.corrected_phi();
        let joined = |left: f64, right: f64| (left * left - 2.0 * phi * left * right + right * right).max(0.0).sqrt();
        let below = joined(after.percent - after.interval.low, before.interval.high - before.percent);
        let above = joined(after.interval.high - after.percent, before.percent - before.interval.low);
        // Counted, not subtracted, so that no change is exactly 0.
        let points = 100.0 * (self.only_after as f64 - self.only_before as f64) / n as f64;
        Ok(ShareChanged { points, interval: Interval { low: points - below, high: points + above, level: LEVEL } })
    }

    fn corrected_phi(&self) -> f64 {
        let [a, b, c, d] = [self.both, self.only_before, self.only_after, self.neither].map(|count| count as f64);
        let margins = (a + b) * (c + d) * (a + c) * (b + d);
        let cross = a * d - b * c;
        let corrected = if cross > 0.0 { (cross - (a + b + c + d) / 2.0).max(0.0) } else { cross };
        if margins > 0.0 { corrected / margins.sqrt() } else { 0.0 }
    }

    /// McNemar's test.
    ///
    /// McNemar, Q. (1947), «Note on the sampling error of the difference between correlated proportions or percentages»,
    /// Psychometrika 12.
    ///
    /// # Errors
    /// When nobody changed.
    pub fn mcnemar(&self) -> Estimate<McNemar> {
        enough(self.n()?, 1)?;
        let changed = self.only_before + self.only_after;
        if changed == 0 {
            return Err(Reason::NoDifference);
        }
        let difference = self.only_before as f64 - self.only_after as f64;
        let statistic = difference * difference / changed as f64;
        let p_exact = super::chance::coin(self.only_before.min(self.only_after), changed);
        Ok(McNemar { statistic, p: normal_beyond(statistic.sqrt()), p_exact })
    }
}
