//! A store that keeps nothing: for looking at a form as a respondent does.

use super::contract::{
    Batches, ByCode, Claim, Closings, Draft, Intake, Invitation, Invitations, Invited, Keeping, Kept, Lock, Nominated, Nominating,
    Nominations, Publication, Publications, Purge, Receipt, Refusal, Saving, Standing, Status, Submission, TakenBack, Ticket, Withdrawal,
};
use super::sealed::Handle;
use crate::language::Day;
use crate::survey::nomination::Stage;
use crate::survey::{Batch, Carried, Mark, Response, Token};
use anyhow::{Result, bail};
use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

/// Takes every sheet and forgets it. Every code is an open invitation to its survey.
#[derive(Debug, Clone)]
pub struct Nowhere {
    survey: String,
    carried: Carried,
}

impl Nowhere {
    /// For this survey; `carried` is what its invitations say of people.
    #[must_use]
    pub fn new(survey: &str, carried: Carried) -> Nowhere {
        Nowhere { survey: survey.to_owned(), carried }
    }
}

const NOTHING: &str = "nothing is kept here";

impl Intake for Nowhere {
    fn submit(&self, _: Submission) -> Result<Receipt, Refusal> {
        Ok(Receipt::Stored)
    }

    fn import(&self, _: Vec<Response>, _: Ticket, _: Lock, _: Vec<Claim>) -> Result<Receipt, Refusal> {
        Err(Refusal::Failed(NOTHING.to_owned()))
    }

    fn lock(&self, _: &str) -> Result<Option<Lock>> {
        Ok(None)
    }

    fn quotas(&self, _: &str) -> Result<BTreeMap<String, u64>> {
        Ok(BTreeMap::new())
    }
}

impl Invitations for Nowhere {
    fn invite(&self, _: &str, _: Vec<Invitation>) -> Result<()> {
        bail!(NOTHING)
    }

    fn revoke(&self, _: &str, _: &[Ticket]) -> Result<usize> {
        bail!(NOTHING)
    }

    fn invitation(&self, ticket: &Ticket) -> Result<Option<Invited>> {
        let invitation = Invitation { ticket: *ticket, carried: self.carried.clone(), person: None };
        Ok(Some(Invited { survey: self.survey.clone(), invitation, standing: Standing::Open }))
    }

    fn invitations(&self, _: &str) -> Result<Vec<Invited>> {
        Ok(Vec::new())
    }
}

impl Batches for Nowhere {
    fn waiting(&self, _: &str) -> Result<u64> {
        Ok(0)
    }

    fn close_batch(&self, _: &str, _: &BTreeSet<String>, _: u64) -> Result<Vec<u32>> {
        bail!(NOTHING)
    }

    fn batches(&self, _: &str) -> Result<Vec<Batch>> {
        Ok(Vec::new())
    }

    fn replace(&self, _: &str, _: Vec<Batch>) -> Result<()> {
        bail!(NOTHING)
    }
}

impl Closings for Nowhere {
    fn closings(&self) -> Result<BTreeMap<String, Day>> {
        Ok(BTreeMap::new())
    }

    fn close_survey(&self, _: &str, _: Day) -> Result<()> {
        bail!(NOTHING)
    }

    fn reopen_survey(&self, _: &str) -> Result<()> {
        bail!(NOTHING)
    }
}

impl Publications for Nowhere {
    fn ledger(&self, _: &str) -> Result<Vec<Publication>> {
        Ok(Vec::new())
    }

    fn record(&self, _: &Publication) -> Result<()> {
        bail!(NOTHING)
    }

    fn kept_figures(&self, _: &str) -> Result<Option<String>> {
        Ok(None)
    }
}

impl ByCode for Nowhere {
    fn save_draft(&self, _: Draft) -> Result<Saving> {
        Ok(Saving::Saved)
    }

    fn draft(&self, _: &str, _: &Handle, _: Day) -> Result<Option<Vec<u8>>> {
        Ok(None)
    }

    fn discard_draft(&self, _: &str, _: &Handle) -> Result<bool> {
        Ok(false)
    }

    fn purge_drafts(&self, _: Day) -> Result<usize> {
        Ok(0)
    }

    fn withdrawal(&self, _: &str, _: &Handle) -> Result<Option<Withdrawal>> {
        Ok(None)
    }

    fn withdraw(&self, _: &str, _: &Handle) -> Result<Option<Withdrawal>> {
        Ok(None)
    }
}

impl TakenBack for Nowhere {
    fn take_back(&self, _: &str, _: &Token) -> Result<Option<Withdrawal>> {
        Ok(None)
    }

    fn taken_back(&self, _: &str) -> Result<BTreeSet<Mark>> {
        Ok(BTreeSet::new())
    }

    fn let_leave(&self, _: &str, _: &BTreeSet<Mark>) -> Result<()> {
        bail!(NOTHING)
    }
}

impl Nominations for Nowhere {
    fn nominate(&self, _: &Nominating) -> Result<Nominated> {
        bail!(NOTHING)
    }

    fn nominations(&self) -> Result<Vec<Kept>> {
        Ok(Vec::new())
    }

    fn set_stage(&self, _: &str, _: Stage, _: Option<usize>, _: Day) -> Result<bool> {
        Ok(false)
    }

    fn erase_nomination(&self, _: &str) -> Result<bool> {
        Ok(false)
    }

    fn purge_nominations(&self, _: Day) -> Result<usize> {
        Ok(0)
    }

    fn copy_nominations(&self, _: &Path) -> Result<u64> {
        Ok(0)
    }
}

impl Keeping for Nowhere {
    fn status(&self) -> Result<Status> {
        Ok(Status::default())
    }

    fn copy(&self, _: &Path, _: &Path) -> Result<u64> {
        bail!(NOTHING)
    }

    fn purge(&self, _: &Purge, _: &str) -> Result<()> {
        bail!(NOTHING)
    }

    fn wipe(&self) -> Result<bool> {
        Ok(true)
    }

    fn purges(&self) -> Result<Vec<Purge>> {
        Ok(Vec::new())
    }
}
