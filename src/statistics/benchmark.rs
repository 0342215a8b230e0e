//! Numbers from elsewhere beside our own.

use super::wording;
use crate::language::Text;
use crate::survey::{Exhibit, Figure};

/// Sets a figure from outside beside a row of an exhibit, names where it comes from, and says that it is not the same sample.
/// `false`, and nothing is changed, where the exhibit has no such row or already compares with something of another name.
///
/// The mark stands beside the row's total where there is one (a bracket), else beside its first figure.
pub fn set_beside(exhibit: &mut Exhibit, row: &str, benchmark: Figure, label: &Text) -> bool {
    let at = exhibit.rows.iter().position(|candidate| candidate.id == row);
    at.is_some_and(|at| set_at(exhibit, at, benchmark, label))
}

/// The same by the place of the row.
pub(super) fn set_at(exhibit: &mut Exhibit, at: usize, benchmark: Figure, label: &Text) -> bool {
    if exhibit.benchmark_label.as_ref().is_some_and(|present| present != label) {
        return false;
    }
    let Some(row) = exhibit.rows.get_mut(at) else { return false };
    row.benchmark = Some(benchmark);
    exhibit.benchmark_label = Some(label.clone());
    let note = wording::not_the_same_sample();
    if !exhibit.notes.contains(&note) {
        exhibit.notes.push(note);
    }
    true
}
