//! Many tests at once: one of twenty finds something where there is nothing, unless its probability is adjusted to their number.
//!
//! One family of tests is one block of a report; how many it made stands beside it.

use super::reason::{Estimate, Reason, enough};

/// Places of the probabilities in ascending order; equal ones in the order given, which changes nothing.
fn ascending(probabilities: &[f64]) -> Estimate<Vec<usize>> {
    enough(probabilities.len() as u64, 1)?;
    if probabilities.iter().any(|p| !(0.0..=1.0).contains(p)) {
        return Err(Reason::OutOfRange);
    }
    let mut places: Vec<usize> = (0..probabilities.len()).collect();
    places.sort_by(|one, other| probabilities[*one].total_cmp(&probabilities[*other]));
    Ok(places)
}

/// Holm's adjusted probabilities, in the order given: compared with 5 %, the probability of even one false find among all tests is at
/// most 5 %, however they hang together.
///
/// Holm, S. (1979), «A simple sequentially rejective multiple test procedure», Scandinavian Journal of Statistics 6.
///
/// # Errors
/// Without probabilities, or for one outside 0 to 1.
pub fn holm(probabilities: &[f64]) -> Estimate<Vec<f64>> {
    let places = ascending(probabilities)?;
    let m = places.len();
    let (mut adjusted, mut largest) = (vec![1.0; m], 0.0_f64);
    for (rank, place) in places.into_iter().enumerate() {
        largest = largest.max(probabilities[place] * (m - rank) as f64).min(1.0);
        adjusted[place] = largest;
    }
    Ok(adjusted)
}

/// Benjamini's and Hochberg's adjusted probabilities, in the order given: compared with 5 %, at most 5 % of the finds are false on
/// average, for tests that are independent or go together.
///
/// Benjamini, Y. & Hochberg, Y. (1995), «Controlling the false discovery rate», Journal of the Royal Statistical Society B 57.
///
/// # Errors
/// Without probabilities, or for one outside 0 to 1.
pub fn benjamini_hochberg(probabilities: &[f64]) -> Estimate<Vec<f64>> {
    let places = ascending(probabilities)?;
    let m = places.len();
    let (mut adjusted, mut smallest) = (vec![1.0; m], 1.0_f64);
    for (rank, place) in places.into_iter().enumerate().rev() {
        smallest = smallest.min(probabilities[place] * (m as f64 / (rank + 1) as f64));
        adjusted[place] = smallest;
    }
    Ok(adjusted)
}
