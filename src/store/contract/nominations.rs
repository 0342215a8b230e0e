//! Nominations: what bears a name and stands apart from every answer.

use crate::language::Day;
use crate::store::sealed::Handle;
use crate::survey::Nomination;
use crate::survey::nomination::Stage;
use std::path::Path;

/// Most nominations that are kept at once.
pub const MOST_NOMINATIONS: u64 = 5_000;

/// A nomination on its way into the store.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Nominating {
    /// The site it was sent to.
    pub site: String,
    /// By which it is found: of its code.
    pub handle: Handle,
    /// What was sent.
    pub nomination: Nomination,
    /// The day on which it came.
    pub made: Day,
    /// The last day on which it is kept.
    pub until: Day,
}

/// What became of a nomination.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Nominated {
    /// It is on the disk.
    Stored,
    /// It was before: a second sending changes nothing.
    AlreadyStored,
    /// It was, and was erased meanwhile: it does not come back.
    Erased,
    /// There are as many as there may be.
    Full,
}

/// A nomination that is kept.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Kept {
    /// What it is called at the desk: its handle in hexadecimal digits.
    pub id: String,
    /// The site it was sent to.
    pub site: String,
    /// What was sent.
    pub nomination: Nomination,
    /// The day on which it came.
    pub made: Day,
    /// The last day on which it is kept.
    pub until: Day,
    /// How far it has come.
    pub stage: Stage,
    /// The wish that was settled on, from 0.
    pub settled: Option<usize>,
    /// The day of the last change.
    pub changed: Day,
}

/// A store of nominations, apart from all answers. Every method may be called from any thread.
pub trait Nominations {
    /// Keeps a nomination, durably, once.
    ///
    /// # Errors
    /// Where the file cannot be written.
    fn nominate(&self, nominating: &Nominating) -> anyhow::Result<Nominated>;

    /// Every nomination that is kept, the newest first.
    ///
    /// # Errors
    /// Where the file cannot be read.
    fn nominations(&self) -> anyhow::Result<Vec<Kept>>;

    /// Brings a nomination to a stage, with the wish that was settled on; false where there is none of this id.
    ///
    /// # Errors
    /// Where the file cannot be written.
    fn set_stage(&self, id: &str, stage: Stage, settled: Option<usize>, day: Day) -> anyhow::Result<bool>;

    /// Erases what a nomination says, and wipes its traces, in the copies that are known too; that there was one is kept until its last day, so that a second sending
    /// does not bring it back. False where there is none.
    ///
    /// # Errors
    /// Where the file cannot be written.
    fn erase_nomination(&self, id: &str) -> anyhow::Result<bool>;

    /// Copies every nomination into a new file, with what is left of erased ones, and checks it; without any there is no file. How
    /// many say something.
    ///
    /// # Errors
    /// Where a file cannot be read or written.
    fn copy_nominations(&self, to: &Path) -> anyhow::Result<u64>;

    /// Deletes everything whose last day is over, and wipes its traces, in the copies that are known too; returns how many.
    ///
    /// # Errors
    /// Where the file cannot be written.
    fn purge_nominations(&self, today: Day) -> anyhow::Result<usize>;
}

/// What a nomination is called at the desk.
#[must_use]
pub fn nomination_id(handle: &Handle) -> String {
    handle.bytes().iter().map(|byte| format!("{byte:02x}")).collect()
}
