//! Batches: all that can be seen of answers.

use crate::survey::Batch;
use std::collections::{BTreeMap, BTreeSet};

/// The variables that a store has columns for, whether or not anybody answered, by survey.
pub type Holding = BTreeMap<String, BTreeSet<String>>;

/// Closing what waits, and what was closed. Every method may be called from any thread.
pub trait Batches {
    /// How many answers to the survey wait for their batch.
    ///
    /// # Errors
    /// Where the intake cannot be read.
    fn waiting(&self, survey: &str) -> anyhow::Result<u64>;

    /// Closes the waiting answers into batches, one a revision, where a revision has `at_least` of them (and at least one).
    ///
    /// `texts` names the variables of free text; a variable in which any answer is a text counts as one of them in any case.
    /// Returns the numbers of the new batches; empty when too few wait.
    ///
    /// # Errors
    /// Where a file cannot be read or written. What was begun is finished by the next call or the next start.
    fn close_batch(&self, survey: &str, texts: &BTreeSet<String>, at_least: u64) -> anyhow::Result<Vec<u32>>;

    /// Every closed batch of the survey, by number: one moment's view.
    ///
    /// # Errors
    /// Where a file cannot be read, or a stored batch is not whole.
    fn batches(&self, survey: &str) -> anyhow::Result<Vec<Batch>>;

    /// Puts these batches of the survey in the place of those with their numbers: the same people, less of what their answers
    /// carried. What stood there before is wiped; where another program is in the way, by itself as soon as it has gone.
    ///
    /// # Errors
    /// Where a file cannot be written, a batch is not there, or holds another number of answers.
    fn replace(&self, survey: &str, batches: Vec<Batch>) -> anyhow::Result<()>;
}
