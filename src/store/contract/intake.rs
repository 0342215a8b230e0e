//! Taking answers.

use super::lock::Lock;
use super::refusal::Refusal;
use super::ticket::Ticket;
use crate::store::sealed::Handle;
use crate::survey::Response;
use std::collections::BTreeMap;

/// A quota that answers count for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Claim {
    /// Its id.
    pub quota: String,
    /// The revision that was answered.
    pub revision: u32,
    /// How many it takes.
    pub limit: u64,
    /// How many of the answers count for it.
    pub people: u64,
}

/// One accepted sheet on its way into the store.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Submission {
    /// The answers.
    pub response: Response,
    /// What makes a second sending harmless.
    pub ticket: Ticket,
    /// The invitation that it uses up; needed where the terms say `access: invited`.
    pub invitation: Option<Ticket>,
    /// The terms under which it was given.
    pub lock: Lock,
    /// The draft of this sheet, if there is one: deleted in the same moment.
    pub draft: Option<Handle>,
    /// By which it can be taken back until its batch is closed.
    pub withdrawal: Option<Handle>,
    /// The quotas that it counts for.
    pub claims: Vec<Claim>,
}

/// What became of a submission. Either way it is on the disk now.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Receipt {
    /// Stored by this call.
    Stored,
    /// Its ticket was used before; the first sending stands, this one changed nothing.
    AlreadyStored,
}

/// How answers come in, one by one or as a file, on which terms, and as far as quotas let them. Every method may be called from any
/// thread.
pub trait Intake {
    /// Stores one sheet and returns once it is durable: after the commit, with the disk told to flush.
    ///
    /// # Errors
    /// A [`Refusal`]; nothing of the submission is kept then, and it may be sent again.
    fn submit(&self, submission: Submission) -> Result<Receipt, Refusal>;

    /// Stores many answers to one survey, all or none, under one ticket (of the file they came from). They count for quotas as answers
    /// that come one by one do.
    ///
    /// # Errors
    /// A [`Refusal`], also where the responses are of several surveys; nothing is kept then.
    fn import(&self, responses: Vec<Response>, ticket: Ticket, lock: Lock, claims: Vec<Claim>) -> Result<Receipt, Refusal>;

    /// The terms that the survey's first answer fixed; `None` before it.
    ///
    /// # Errors
    /// Where the intake cannot be read.
    fn lock(&self, survey: &str) -> anyhow::Result<Option<Lock>>;

    /// How many answers count for each quota of the survey, as far as it may be told: of closed batches with k people or more. How
    /// many there are to the last one is known to the store alone.
    ///
    /// # Errors
    /// Where the intake cannot be read.
    fn quotas(&self, survey: &str) -> anyhow::Result<BTreeMap<String, u64>>;
}
