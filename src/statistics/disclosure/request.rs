//! What is asked for, and the one who judges it.

use super::build::{Count, Gone, Standing};
use super::census::Census;
use super::earlier::{Earlier, Shown};
use super::rules::{Rules, Timing};
use super::system::System;
use crate::statistics::definition::Segment;
use crate::statistics::group::Group;
use crate::statistics::measured::Measured;
use crate::survey::Batch;

/// A segment that figures are asked for.
#[derive(Debug, Clone)]
pub(in crate::statistics) struct Asked {
    /// In today's names.
    pub(in crate::statistics) group: Group,
    /// In stored names.
    pub(in crate::statistics) segment: Segment,
}

/// What is asked for.
#[derive(Debug, Clone)]
pub(in crate::statistics) struct Request<'r> {
    /// The survey's id.
    pub(in crate::statistics) survey: &'r str,
    /// The batches as they are stored.
    pub(in crate::statistics) stored: &'r [Batch],
    /// The segments besides everybody.
    pub(in crate::statistics) segments: Vec<Asked>,
    /// The sums.
    pub(in crate::statistics) measured: Vec<Measured>,
    /// How large groups must be.
    pub(in crate::statistics) rules: Rules,
    /// What may be expected.
    pub(in crate::statistics) timing: Timing,
}

/// Losing a figure of everybody is worse than losing all others.
const EVERYBODY: u64 = 1 << 40;

/// Losing one person of a segment by one attribute is as bad as losing so many in a crossing of two.
const LEVEL: u64 = 4;

/// Judges what may be shown of a survey.
pub(super) struct Judge<'j> {
    pub(super) request: &'j Request<'j>,
    pub(super) rules: Rules,
    pub(super) earlier: Earlier,
    pub(super) census: &'j Census<'j>,
}

impl Judge<'_> {
    /// What was shown before, as a system of sums of which none smaller than `minimum` may be found.
    pub(super) fn shown_before<'s>(&self, count: &Count<'_, '_>, minimum: u64, shown: impl Iterator<Item = &'s Shown>) -> System {
        let mut system = count.system(minimum);
        system.lost |= self.earlier.lost;
        let mut gone = Gone::default();
        shown.for_each(|shown| gone.enter(&mut system, count, shown, &shown.line.people, Standing::Unknown));
        system
    }
}

/// What hiding each segment costs.
pub(super) fn costs(segments: &[(Asked, u64)]) -> Vec<u64> {
    let cost = |(asked, n): &(Asked, u64)| match asked.segment.0.len() {
        0 => EVERYBODY,
        1 => n.saturating_mul(LEVEL),
        _ => *n,
    };
    segments.iter().map(cost).collect()
}
