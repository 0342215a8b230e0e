//! Names of figures that blocks of a report make, of the ids that stand in the block.

use super::reference::Located;

/// The name of the segment that attributes make: `department-and-age`.
pub(super) fn segment(by: &[Located<String>]) -> String {
    by.iter().map(|one| one.value.as_str()).collect::<Vec<_>>().join("-and-")
}

/// The name of what is told: `vision-and-acting`.
pub(super) fn joined(figures: &[Located<String>], choice: &Option<Located<String>>) -> String {
    let all = figures.iter().chain(choice).map(|one| one.value.as_str());
    all.collect::<Vec<_>>().join("-and-")
}
