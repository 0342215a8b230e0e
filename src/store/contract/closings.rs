//! Surveys that were closed by hand.

use crate::language::Day;
use std::collections::BTreeMap;

/// Which surveys take answers no more. Every method may be called from any thread.
pub trait Closings {
    /// The surveys that were closed by hand, and on which day.
    ///
    /// # Errors
    /// Where the intake cannot be read.
    fn closings(&self) -> anyhow::Result<BTreeMap<String, Day>>;

    /// Closes the survey: from now on nothing more is stored. One that is closed already keeps its day.
    ///
    /// # Errors
    /// Where the intake cannot be written.
    fn close_survey(&self, survey: &str, day: Day) -> anyhow::Result<()>;

    /// Takes answers again. Whether anything speaks against it (figures that were published at the close) is the caller's to ask.
    ///
    /// # Errors
    /// Where the intake cannot be written.
    fn reopen_survey(&self, survey: &str) -> anyhow::Result<()>;
}
