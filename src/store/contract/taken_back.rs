//! What is taken back after its batch was closed.

use super::by_code::Withdrawal;
use crate::survey::{Mark, Token};
use std::collections::BTreeSet;

/// A store of rows that can be found again by the code of their author. Every method may be called from any thread.
///
/// Only rows that came with marks: those of surveys whose rows name their person, or carry the person's own code.
pub trait TakenBack {
    /// Takes back what stands in closed batches under this code: the texts are deleted and wiped at once, the row is put on the list
    /// of those that are to leave. Returns how the row stood before; `None` where no closed batch has it.
    ///
    /// # Errors
    /// Where a file cannot be read or written, or another program holds up the closing of a batch.
    fn take_back(&self, survey: &str, code: &Token) -> anyhow::Result<Option<Withdrawal>>;

    /// The marks of everything of the survey that was taken back, whether or not it has left the file.
    ///
    /// # Errors
    /// Where a file cannot be read.
    fn taken_back(&self, survey: &str) -> anyhow::Result<BTreeSet<Mark>>;

    /// Deletes the rows of these marks, and wipes them; where another program is in the way, by itself as soon as it has gone. Which
    /// of those that were taken back may leave already is the caller's to know.
    ///
    /// # Errors
    /// Where a file cannot be written.
    fn let_leave(&self, survey: &str, marks: &BTreeSet<Mark>) -> anyhow::Result<()>;
}
