//! Free texts that may be read: only many at a time, in no order that tells who wrote when.

use super::disclosure::Admitted;
use crate::survey::together::together;

/// The texts of one variable that may be read by whoever runs the survey, sorted by themselves.
///
/// Batches are released together, from the first on, as soon as so many people as texts need have written in them; the rest waits
/// for later batches, and a last rest stays out for good. So what is new between two readings is again the words of so many people:
/// the steps depend on the batches alone, and more batches never change earlier steps.
pub(super) fn texts(everybody: &Admitted<'_>, variable: &str) -> Vec<String> {
    let given: Vec<&[String]> = everybody.partials(|rows, _| rows.texts(variable)).collect();
    let seen = together(given.iter().map(|texts| texts.len() as u64), everybody.text_minimum());
    let mut released = given[..seen].concat();
    released.sort_unstable();
    released
}
