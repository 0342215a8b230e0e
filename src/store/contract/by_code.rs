//! What only the holder of a code reaches: sheets that were put aside, and answers that can be taken back.

use crate::language::Day;
use crate::store::sealed::Handle;

/// Most drafts of one survey.
pub const MOST_DRAFTS: u64 = 10_000;
/// Most bytes that the drafts of one survey take together.
pub const MOST_DRAFT_BYTES: u64 = 64 * 1024 * 1024;

/// A sheet that is put aside.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Draft {
    /// The survey's id.
    pub survey: String,
    /// By which it is found.
    pub handle: Handle,
    /// What was typed, sealed.
    pub sealed: Vec<u8>,
    /// The last day on which it can be opened.
    pub expires: Day,
    /// The ticket of its sheet: what was sent already is not put aside any more.
    pub ticket: [u8; 16],
}

/// What became of a draft.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Saving {
    /// It is on the disk, instead of an older one under the same handle.
    Saved,
    /// The survey has as many drafts as it may have, or as many bytes of them.
    Full,
    /// The sheet was sent already.
    Sent,
}

/// How the answer of a withdrawal code stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Withdrawal {
    /// It waits for its batch and can be taken back.
    Waiting,
    /// Its batch is closed, and it can be taken back all the same: it has a mark.
    Closed,
    /// It was taken back.
    Withdrawn,
}

/// What a store keeps for the holders of codes. Every method may be called from any thread.
pub trait ByCode {
    /// Puts a sheet aside, durably, instead of what stood under the same handle.
    ///
    /// # Errors
    /// Where the intake cannot be written; an older draft under this handle stays as it was.
    fn save_draft(&self, draft: Draft) -> anyhow::Result<Saving>;

    /// The sealed bytes of a draft; `None` where there is none, or its last day is over.
    ///
    /// # Errors
    /// Where the intake cannot be read.
    fn draft(&self, survey: &str, handle: &Handle, today: Day) -> anyhow::Result<Option<Vec<u8>>>;

    /// Deletes a draft and wipes its traces; false where there was none.
    ///
    /// # Errors
    /// Where the intake cannot be written.
    fn discard_draft(&self, survey: &str, handle: &Handle) -> anyhow::Result<bool>;

    /// Deletes every draft whose last day is over and wipes their traces; returns how many.
    ///
    /// # Errors
    /// Where the intake cannot be written.
    fn purge_drafts(&self, today: Day) -> anyhow::Result<usize>;

    /// How the answer of a withdrawal code stands; `None` where there is none, or its batch is closed and it has no mark.
    ///
    /// # Errors
    /// Where the intake cannot be read.
    fn withdrawal(&self, survey: &str, handle: &Handle) -> anyhow::Result<Option<Withdrawal>>;

    /// Takes an answer back that waits for its batch, and wipes its traces. Returns how it stood before: `None` where none waits.
    ///
    /// # Errors
    /// Where the intake cannot be written.
    fn withdraw(&self, survey: &str, handle: &Handle) -> anyhow::Result<Option<Withdrawal>>;
}
