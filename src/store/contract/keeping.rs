//! How a store stands, copies of it, and what is deleted from it.

use crate::language::Day;
use std::collections::BTreeMap;
use std::path::Path;

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

/// The keeper's daily life. Every method may be called from any thread.
pub trait Keeping {
    /// How many answers stand where.
    ///
    /// # Errors
    /// Where a file cannot be read.
    fn status(&self) -> anyhow::Result<Status>;

    /// Copies both files as they stand at one moment, without waiting answers and drafts, and checks the copies. How many answers
    /// are in them.
    ///
    /// # Errors
    /// Where a file cannot be read or written, a copy is not sound, or another program holds up the closing of a batch.
    fn copy(&self, intake: &Path, answers: &Path) -> anyhow::Result<u64>;

    /// Deletes all that is kept of the survey, for good: answers, texts, tickets, invitations, drafts. Its figures are kept as they
    /// were published, the ledger stays, and nothing is stored of the survey any more. The freed bytes are [`Keeping::wipe`]d next.
    ///
    /// # Errors
    /// Where a file cannot be written, or the survey was purged before.
    fn purge(&self, purge: &Purge, figures: &str) -> anyhow::Result<()>;

    /// Wipes the bytes that purges have freed; false where another program holds a file, then it is to be called again.
    ///
    /// # Errors
    /// Where a file cannot be written.
    fn wipe(&self) -> anyhow::Result<bool>;

    /// Every purge there was, by survey.
    ///
    /// # Errors
    /// Where a file cannot be read.
    fn purges(&self) -> anyhow::Result<Vec<Purge>>;
}
