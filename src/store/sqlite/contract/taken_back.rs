//! Taking back what stands in closed batches, on SQLite.

use super::super::database::Database;
use super::super::taken_back;
use crate::store::contract::{TakenBack, Withdrawal};
use crate::survey::{Mark, Token};
use anyhow::Result;
use std::collections::BTreeSet;

impl TakenBack for Database {
    fn take_back(&self, survey: &str, code: &Token) -> Result<Option<Withdrawal>> {
        let (survey, code) = (survey.to_owned(), code.clone());
        self.writer.run(move |keeper| keeper.take_back(&survey, &code))
    }

    fn taken_back(&self, survey: &str) -> Result<BTreeSet<Mark>> {
        taken_back::taken(&self.answers()?, survey)
    }

    fn let_leave(&self, survey: &str, marks: &BTreeSet<Mark>) -> Result<()> {
        let (survey, marks) = (survey.to_owned(), marks.clone());
        self.writer.run(move |keeper| keeper.let_leave(&survey, &marks))
    }
}
