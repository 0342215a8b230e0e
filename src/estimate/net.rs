//! Those for minus those against, and the recommendation score. In percentage points.

use super::distribution::Sample;
use super::interval::{Interval, Z};
use super::reason::{Estimate, Reason, enough, total};

/// The share of those for, minus the share of those against.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Net {
    /// Who is for.
    pub favour: u64,
    /// Who is against.
    pub against: u64,
    /// People in all, those in between too.
    pub n: u64,
    /// For minus against in percentage points, −100 to 100.
    pub points: f64,
    /// Its interval.
    pub interval: Interval,
}

/// The recommendation score of a question from 0 to 10.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Recommendation {
    /// Who chose 9 or 10.
    pub promoters: u64,
    /// Who chose 7 or 8.
    pub passives: u64,
    /// Who chose 0 to 6.
    pub detractors: u64,
    /// Promoters minus detractors.
    pub net: Net,
}

impl Net {
    /// The score as the mean of points: 100 of those for, −100 of those against, 0 of those in between; `None` of one person.
    pub(super) fn sample(&self) -> Option<Sample> {
        let n = self.n as f64;
        (self.n > 1).then(|| Sample { n: self.n, mean: self.points, variance: 1.0e4 * self.variance() * n * (n / (n - 1.0)) })
    }

    /// The variance of the score as a share: (for + against − net²) / n.
    pub(super) fn variance(&self) -> f64 {
        let n = self.n as f64;
        let (favour, against) = (self.favour as f64 / n, self.against as f64 / n);
        ((favour + against - (favour - against) * (favour - against)) / n).max(0.0)
    }
}

/// For minus against of `n` people, with the interval of Bonett and Price: the variance of a difference of two shares of the same
/// people, each of which is lent one more.
///
/// Bonett, D. G. & Price, R. M. (2012), «Adjusted Wald confidence interval for a difference of binomial proportions based on paired
/// data», Journal of Educational and Behavioral Statistics 37. The two shares exclude one another, as there those who changed one way
/// and those who changed the other.
///
/// # Errors
/// When there is nobody, or more are for and against than there are.
pub fn net(favour: u64, against: u64, n: u64) -> Estimate<Net> {
    enough(n, 1)?;
    if favour.checked_add(against).is_none_or(|both| both > n) {
        return Err(Reason::OutOfRange);
    }
    let (b, c, people) = (favour as f64, against as f64, n as f64);
    let (up, down) = ((b + 1.0) / (people + 2.0), (c + 1.0) / (people + 2.0));
    let centre = (b - c) / (people + 2.0);
    let half = Z * ((up + down - centre * centre) / (people + 2.0)).sqrt();
    let interval = Interval::between(100.0 * (centre - half).max(-1.0), 100.0 * (centre + half).min(1.0))?;
    Ok(Net { favour, against, n, points: 100.0 * (b - c) / people, interval })
}

/// The recommendation score from how many people chose each number from 0 to 10: promoters (9, 10) minus detractors (0 to 6).
///
/// Reichheld, F. F. (2003), «The one number you need to grow», Harvard Business Review 81. (Net Promoter is a registered mark of
/// others; reports call it a recommendation score.)
///
/// # Errors
/// When there is nobody.
pub fn recommendation(counts: &[u64; 11]) -> Estimate<Recommendation> {
    let n = total(counts)?;
    let [detractors, passives, promoters] = [&counts[..7], &counts[7..9], &counts[9..]].map(|part| part.iter().sum::<u64>());
    let net = net(promoters, detractors, n)?;
    Ok(Recommendation { promoters, passives, detractors, net })
}
