//! What the writer thread owns: both files, open for writing, and the right to close batches.

use super::by_code;
use super::copy;
use super::failure::At;
use super::file::{ANSWERS, File, INTAKE};
use super::intake::keep_group;
use super::losses::find_losses;
use super::purge;
use super::tables::Files;
use super::taken_back;
use super::turn::take_turn;
use crate::language::Day;
use crate::store::batch::{Tables, finish};
use crate::store::contract::{Draft, Purge, Receipt, Refusal, Saving, Withdrawal};
use crate::store::faults::Faults;
use crate::store::sealed::Handle;
use crate::store::trouble::Trouble;
use crate::store::writer::{Deposit, Keeper};
use crate::survey::{Batch, Mark, Token};
use anyhow::Result;
use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use std::sync::Arc;

/// The writer's side of the two files.
#[derive(Debug)]
pub(super) struct SqliteKeeper {
    files: Files,
    turn: PathBuf,
    faults: Arc<Faults>,
    pages: u32,
    unfinished: bool,
    /// What was replaced may still stand in freed pages or in the log of the answers.
    unwiped: bool,
}

impl SqliteKeeper {
    /// Opens and checks both files and finishes what a crash left undone.
    pub(super) fn open(intake: &Path, answers: &Path, turn: PathBuf, faults: Arc<Faults>) -> Result<SqliteKeeper> {
        let files = Files { intake: File::prepare(intake, &INTAKE)?, answers: File::prepare(answers, &ANSWERS)? };
        let mut keeper = SqliteKeeper { files, turn, faults, pages: 0, unfinished: false, unwiped: false };
        find_losses(&keeper.files)?;
        keeper.finish()?;
        keeper.wipe_by_code()?;
        keeper.wipe_taken_back()?;
        Ok(keeper)
    }

    /// The intake, for writing.
    pub(super) fn intake(&mut self) -> Result<&mut File> {
        self.apply_limit()?;
        Ok(&mut self.files.intake)
    }

    /// The answers, for writing.
    pub(super) fn answers(&mut self) -> Result<&mut File> {
        self.apply_limit()?;
        Ok(&mut self.files.answers)
    }

    /// Both files, to look at; no batch moves over meanwhile.
    pub(super) fn files(&self) -> &Files {
        &self.files
    }

    /// Puts a sheet aside.
    pub(super) fn save_draft(&mut self, draft: &Draft) -> Result<Saving> {
        self.apply_limit()?;
        by_code::save(&mut self.files.intake, draft)
    }

    /// Deletes a draft.
    pub(super) fn discard_draft(&mut self, survey: &str, handle: &Handle) -> Result<bool> {
        let removed = by_code::discard(&mut self.files.intake, survey, handle)?;
        self.try_to_wipe();
        Ok(removed)
    }

    /// Deletes the drafts whose last day was before `today`.
    pub(super) fn purge_drafts(&mut self, today: Day) -> Result<usize> {
        let removed = by_code::purge(&mut self.files.intake, today)?;
        self.try_to_wipe();
        Ok(removed)
    }

    /// Takes an answer back.
    pub(super) fn withdraw(&mut self, survey: &str, handle: &Handle) -> Result<Option<Withdrawal>> {
        let before = by_code::withdraw(&mut self.files.intake, survey, handle)?;
        self.try_to_wipe();
        Ok(before)
    }

    /// Takes back what stands in closed batches. What another process is closing has been closed when its turn is over.
    pub(super) fn take_back(&mut self, survey: &str, code: &Token) -> Result<Option<Withdrawal>> {
        self.finish()?;
        let _turn = take_turn(&self.turn)?;
        let before = taken_back::standing(&self.files.answers, survey, Handle::of_withdrawal(survey, code).mark())?;
        if before != Some(Withdrawal::Closed) {
            return Ok(before);
        }
        taken_back::owe(&self.files.intake.connection).at(&self.files.intake.path)?;
        taken_back::take_back(&mut self.files, survey, code)?;
        self.try_to_wipe();
        Ok(before)
    }

    /// Deletes rows that were taken back.
    pub(super) fn let_leave(&mut self, survey: &str, marks: &BTreeSet<Mark>) -> Result<()> {
        self.apply_limit()?;
        let _turn = take_turn(&self.turn)?;
        taken_back::owe(&self.files.intake.connection).at(&self.files.intake.path)?;
        taken_back::let_leave(&mut self.files, survey, marks)?;
        self.try_to_wipe();
        Ok(())
    }

    /// It is gone from the tables whatever becomes of this; what is in the way now may be gone the next time.
    fn try_to_wipe(&mut self) {
        let _ = self.wipe_by_code();
        let _ = self.wipe_taken_back();
    }

    /// Wipes the traces of what left closed batches, if any are left.
    fn wipe_taken_back(&mut self) -> Result<()> {
        if taken_back::is_owed(&self.files.intake)? && self.files.wipe_answers()? {
            taken_back::settle(&self.files.intake)?;
        }
        Ok(())
    }

    /// Wipes the traces of what was deleted by its code, if any are left.
    fn wipe_by_code(&mut self) -> Result<()> {
        if by_code::is_owed(&self.files.intake)? && self.files.rebuild()? && self.files.empty_logs()? {
            by_code::settle(&self.files.intake)?;
        }
        Ok(())
    }

    /// Closes the waiting answers of every revision that has enough of them.
    pub(super) fn close(&mut self, survey: &str, texts: &BTreeSet<String>, at_least: u64) -> Result<Vec<u32>> {
        self.apply_limit()?;
        let turn = take_turn(&self.turn)?;
        let numbers = self.files.mark(survey, texts, at_least)?;
        let finished = finish(&mut self.files, &self.faults);
        self.unfinished = !matches!(finished, Ok(true));
        drop(turn);
        finished?;
        Ok(numbers)
    }

    /// Puts batches in the place of those with their numbers and wipes what stood there.
    pub(super) fn replace(&mut self, survey: &str, batches: &[Batch]) -> Result<()> {
        self.apply_limit()?;
        let _turn = take_turn(&self.turn)?;
        self.files.replace(survey, batches)?;
        self.unwiped = true;
        self.unwiped = !self.files.wipe_answers()?;
        Ok(())
    }

    /// Copies both files while no batch moves over from one to the other.
    pub(super) fn copy(&mut self, intake: &Path, answers: &Path) -> Result<u64> {
        self.finish()?;
        if self.unfinished {
            return Err(Trouble::in_use(&self.files.intake.path).into());
        }
        let _turn = take_turn(&self.turn)?;
        copy::copy(&self.files, intake, answers)
    }

    /// Deletes all that is kept of a survey.
    pub(super) fn purge(&mut self, purge: &Purge, figures: &str) -> Result<()> {
        self.apply_limit()?;
        let _turn = take_turn(&self.turn)?;
        purge::purge(&mut self.files, purge, figures)
    }

    /// Wipes what purges have freed.
    pub(super) fn wipe(&mut self) -> Result<bool> {
        let _turn = take_turn(&self.turn)?;
        purge::wipe(&mut self.files)
    }

    fn finish(&mut self) -> Result<()> {
        if self.files.closings()?.is_empty() {
            self.unfinished = false;
            return Ok(());
        }
        let _turn = take_turn(&self.turn)?;
        self.unfinished = true;
        self.unfinished = !finish(&mut self.files, &self.faults)?;
        Ok(())
    }

    fn apply_limit(&mut self) -> Result<()> {
        let pages = self.faults.pages();
        if pages != self.pages {
            for file in [&self.files.intake, &self.files.answers] {
                file.limit_pages(pages).at(&file.path)?;
            }
            self.pages = pages;
        }
        Ok(())
    }
}

impl Keeper for SqliteKeeper {
    fn keep(&mut self, group: &[Deposit]) -> Vec<Result<Receipt, Refusal>> {
        match self.apply_limit() {
            Ok(()) => keep_group(&mut self.files.intake, group, &self.faults),
            Err(error) => group.iter().map(|_| Err(Refusal::Failed(format!("{error:#}")))).collect(),
        }
    }

    fn tidy(&mut self) {
        if self.unfinished {
            // What is in the way now may be gone the next time; status shows it until then
            let _ = self.finish();
        }
        if self.unwiped {
            self.unwiped = !self.files.wipe_answers().unwrap_or(false);
        }
        self.try_to_wipe();
    }

    fn reset(&mut self) -> Result<()> {
        self.pages = 0;
        self.files = Files { intake: File::again(&self.files.intake.path)?, answers: File::again(&self.files.answers.path)? };
        Ok(())
    }
}
