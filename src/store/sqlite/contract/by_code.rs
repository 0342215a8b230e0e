//! Drafts and withdrawals on SQLite.

use super::super::by_code;
use super::super::database::Database;
use super::super::taken_back;
use crate::language::Day;
use crate::store::contract::{ByCode, Draft, Saving, Withdrawal};
use crate::store::sealed::Handle;
use anyhow::Result;

impl ByCode for Database {
    fn save_draft(&self, draft: Draft) -> Result<Saving> {
        self.writer.run(move |keeper| keeper.save_draft(&draft))
    }

    fn draft(&self, survey: &str, handle: &Handle, today: Day) -> Result<Option<Vec<u8>>> {
        by_code::find(&self.intake(), survey, handle, today)
    }

    fn discard_draft(&self, survey: &str, handle: &Handle) -> Result<bool> {
        let (survey, handle) = (survey.to_owned(), *handle);
        self.writer.run(move |keeper| keeper.discard_draft(&survey, &handle))
    }

    fn purge_drafts(&self, today: Day) -> Result<usize> {
        self.writer.run(move |keeper| keeper.purge_drafts(today))
    }

    fn withdrawal(&self, survey: &str, handle: &Handle) -> Result<Option<Withdrawal>> {
        if let Some(standing) = by_code::standing(&self.intake(), survey, handle)? {
            return Ok(Some(standing));
        }
        taken_back::standing(&self.answers()?, survey, handle.mark())
    }

    fn withdraw(&self, survey: &str, handle: &Handle) -> Result<Option<Withdrawal>> {
        let (survey, handle) = (survey.to_owned(), *handle);
        self.writer.run(move |keeper| keeper.withdraw(&survey, &handle))
    }
}
