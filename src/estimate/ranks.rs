//! Tests of ranks: whether one group tends to higher answers, without taking the points of a scale for distances.
//!
//! Ranks are counted in halves, as whole numbers, from how often each value occurs; equal values share the mean of their ranks.

use super::chance::{chi_square_above, normal_beyond};
use super::distribution::{Distribution, Finite};
use super::pairs::Pairs;
use super::reason::{Estimate, MOST_PEOPLE, Reason, enough};
use super::sums::sum;

/// Whether one group tends to higher values than another.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct MannWhitney {
    /// U of the first group: of all pairs of one of each group, in how many the first has the higher value; equal ones count half.
    pub u: f64,
    /// The normal statistic, tie-corrected, with continuity correction; positive where the first group is higher.
    pub z: f64,
    /// The two-sided probability of a z as large by chance.
    pub p: f64,
    /// The probability that a random one of the first group is higher than one of the second, equal ones counted half: 0 to 1.
    pub superiority: f64,
    /// The rank-biserial correlation, twice the superiority minus 1: −1 to 1.
    pub rank_biserial: f64,
}

/// Whether several groups tend to different values.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct KruskalWallis {
    /// H, tie-corrected; chi-square with `freedom` degrees.
    pub h: f64,
    /// Groups with people, minus 1.
    pub freedom: u64,
    /// The probability of an H as large by chance.
    pub p: f64,
    /// (H − k + 1) / (n − k): the share of the spread of ranks that groups explain, without bias; may be a little below 0. None where
    /// there are as many groups as people.
    pub eta_squared: Option<f64>,
    /// H / (n − 1): the same with bias, 0 to 1.
    pub epsilon_squared: f64,
}

/// Whether the same people went up more than down.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Wilcoxon {
    /// How many changed.
    pub changed: u64,
    /// The sum of ranks of those who went up.
    pub up: f64,
    /// The sum of ranks of those who went down.
    pub down: f64,
    /// The normal statistic, tie-corrected, with continuity correction; positive where more went up.
    pub z: f64,
    /// The two-sided probability of a z as large by chance.
    pub p: f64,
    /// The matched-pairs rank-biserial correlation, (up − down) / (up + down): −1 to 1.
    pub rank_biserial: f64,
}

/// Twice the ranks' sum of each group, and the sum of t³ − t over the ties.
struct Ranked {
    doubled: Vec<u128>,
    sizes: Vec<u64>,
    ties: f64,
    n: u64,
}

impl Ranked {
    fn of(groups: &[&Distribution]) -> Estimate<Ranked> {
        if groups.iter().try_fold(0_u64, |sum, group| sum.checked_add(group.n())).is_none_or(|n| n > MOST_PEOPLE) {
            return Err(Reason::TooLarge);
        }
        let mut values: Vec<(Finite, usize, u64)> = groups
            .iter()
            .enumerate()
            .flat_map(|(place, group)| group.iter().map(move |(value, times)| (Finite(value), place, times)))
            .collect();
        values.sort_unstable();
        let mut ranked = Ranked { doubled: vec![0; groups.len()], sizes: groups.iter().map(|group| group.n()).collect(), ties: 0.0, n: 0 };
        let mut ties = 0_u128;
        for same in values.chunk_by(|one, other| one.0 == other.0) {
            let tied: u64 = same.iter().map(|(_, _, times)| times).sum();
            // From n + 1 to n + tied: twice the mean.
            let doubled = u128::from(2 * ranked.n + tied + 1);
            for (_, place, times) in same {
                ranked.doubled[*place] += doubled * u128::from(*times);
            }
            let t = u128::from(tied);
            ties += t * t * t - t;
            ranked.n += tied;
        }
        ranked.ties = ties as f64;
        Ok(ranked)
    }
}

/// A distance from the middle, brought half a rank closer, over its deviation.
fn corrected(distance: f64, deviation: f64) -> f64 {
    ((distance.abs() - 0.5).max(0.0) / deviation).copysign(distance)
}

/// The Mann–Whitney U test (Wilcoxon's rank sum) of two groups of different people: asymptotic, tie-corrected, with continuity
/// correction.
///
/// Mann, H. B. & Whitney, D. R. (1947), «On a test of whether one of two random variables is stochastically larger than the other»,
/// Annals of Mathematical Statistics 18; Kerby, D. S. (2014), «The simple difference formula», Comprehensive Psychology 3, for the
/// rank-biserial correlation. The normal approximation is good for eight or more in each group.
///
/// # Errors
/// Where a group is empty, or all values of both are equal.
pub fn mann_whitney(a: &Distribution, b: &Distribution) -> Estimate<MannWhitney> {
    enough(a.n().min(b.n()), 1)?;
    let ranked = Ranked::of(&[a, b])?;
    let (first, second, n) = (a.n() as f64, b.n() as f64, ranked.n as f64);
    let one = u128::from(a.n());
    // Twice U: ranks in halves less those that the group has of itself.
    let doubled = ranked.doubled[0] - one * (one + 1);
    let pairs = first * second;
    let variance = pairs / 12.0 * ((n + 1.0) - ranked.ties / (n * (n - 1.0)));
    if ranked.ties >= n * n * n - n || variance <= 0.0 {
        return Err(Reason::AllEqual);
    }
    let u = doubled as f64 / 2.0;
    let distance = (doubled as i128 - (one * u128::from(b.n())) as i128) as f64 / 2.0;
    let z = corrected(distance, variance.sqrt());
    Ok(MannWhitney { u, z, p: normal_beyond(z), superiority: u / pairs, rank_biserial: 2.0 * distance / pairs })
}

/// The Kruskal–Wallis test of several groups of different people, tie-corrected. Groups without people tell nothing and are left out.
///
/// Kruskal, W. H. & Wallis, W. A. (1952), «Use of ranks in one-criterion variance analysis», JASA 47; Tomczak, M. & Tomczak, E. (2014),
/// «The need to report effect size estimates revisited», Trends in Sport Sciences 1, for both effect sizes.
///
/// # Errors
/// Where fewer than two groups have people, or all values are equal.
pub fn kruskal_wallis(groups: &[Distribution]) -> Estimate<KruskalWallis> {
    let groups: Vec<&Distribution> = groups.iter().filter(|group| group.n() > 0).collect();
    if groups.len() < 2 {
        return Err(if groups.is_empty() { Reason::NoObservations } else { Reason::OneCategory });
    }
    let ranked = Ranked::of(&groups)?;
    let (n, k) = (ranked.n as f64, groups.len() as f64);
    let distances = ranked.doubled.iter().zip(&ranked.sizes).map(|(doubled, size)| {
        // The group's ranks less as many middle ranks, a whole number of halves.
        let distance = (*doubled as i128 - i128::from(*size) * i128::from(ranked.n + 1)) as f64 / 2.0;
        distance * distance / *size as f64
    });
    let scatter = sum(distances);
    let correction = 1.0 - ranked.ties / (n * n * n - n);
    if correction <= 0.0 || ranked.ties >= n * n * n - n {
        return Err(Reason::AllEqual);
    }
    let h = 12.0 * scatter / (n * (n + 1.0)) / correction;
    let freedom = groups.len() as u64 - 1;
    let eta_squared = (n > k).then(|| (h - k + 1.0) / (n - k));
    Ok(KruskalWallis { h, freedom, p: chi_square_above(h, freedom as f64), eta_squared, epsilon_squared: h / (n - 1.0) })
}

/// Wilcoxon's signed-rank test of the same people twice, second minus first: asymptotic, tie-corrected, with continuity correction;
/// who did not change is left out, as Wilcoxon did.
///
/// Wilcoxon, F. (1945), «Individual comparisons by ranking methods», Biometrics Bulletin 1. The normal approximation is good for ten or
/// more who changed. Changes are equal where their doubles are: points of a scale always, decimals where they were rounded first.
///
/// # Errors
/// Without pairs, or where nobody changed.
pub fn wilcoxon(pairs: &Pairs) -> Estimate<Wilcoxon> {
    enough(pairs.n(), 1)?;
    let (mut up, mut down) = (Distribution::default(), Distribution::default());
    for (change, times) in pairs.differences()?.iter() {
        if change > 0.0 {
            up.add(change, times);
        } else if change < 0.0 {
            down.add(-change, times);
        }
    }
    let ranked = Ranked::of(&[&up, &down])?;
    if ranked.n == 0 {
        return Err(Reason::NoDifference);
    }
    let n = ranked.n as f64;
    let variance = n * (n + 1.0) * (2.0 * n + 1.0) / 24.0 - ranked.ties / 48.0;
    let [up, down] = [0, 1].map(|place| ranked.doubled[place] as f64 / 2.0);
    let z = corrected((up - down) / 2.0, variance.sqrt());
    Ok(Wilcoxon { changed: ranked.n, up, down, z, p: normal_beyond(z), rank_biserial: (up - down) / (up + down) })
}
