//! What may be shown to whoever makes a report: of its own survey, and of the others that it looks at.

use crate::catalog::Report;
use crate::statistics::Published;
use std::collections::BTreeMap;

/// The figures that a report can draw from.
#[derive(Debug, Clone, Copy)]
pub struct Known<'a> {
    /// Of its own survey.
    pub own: Option<&'a Published>,
    /// Of all surveys, by their ids.
    pub all: &'a BTreeMap<String, Published>,
}

impl<'a> Known<'a> {
    /// The figures that a report can draw from.
    #[must_use]
    pub fn of(report: &Report, all: &'a BTreeMap<String, Published>) -> Known<'a> {
        Known { own: all.get(&report.survey.value), all }
    }
}
