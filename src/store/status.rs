//! How a store stands, and what was deleted from it.

use crate::language::Day;
use std::collections::BTreeMap;

/// How one survey stands.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct SurveyStatus {
    /// Answers that wait for their batch.
    pub waiting: u64,
    /// Closed batches.
    pub batches: u32,
    /// Answers in them.
    pub closed: u64,
    /// Those of them that were taken back and wait to leave: in the figures still, in nothing else.
    pub leaving: u64,
    /// Batches whose traces are still to be wiped from the intake (another program held the file); tried again by itself.
    pub unwiped: u32,
}

/// A survey whose answers were deleted. Says nothing of them but how many there were at least.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Purge {
    /// The survey's id.
    pub survey: String,
    /// On which day.
    pub day: Day,
    /// At least so many answers, in steps of the smallest group.
    pub answers: u64,
    /// At least so many invitations, in the same steps.
    pub invitations: u64,
    /// Whether the freed bytes are wiped from both files.
    pub wiped: bool,
}

/// How the store stands.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Status {
    /// Every survey with an answer, by its id.
    pub surveys: BTreeMap<String, SurveyStatus>,
    /// Bytes that the answers take on the disk.
    pub bytes: u64,
}
