//! Batches on SQLite.

use super::super::database::Database;
use super::super::failure::At;
use super::super::tables::{read_batches, single};
use crate::store::contract::Batches;
use crate::survey::Batch;
use anyhow::Result;
use std::collections::BTreeSet;

impl Batches for Database {
    fn waiting(&self, survey: &str) -> Result<u64> {
        let count = "SELECT count(*) FROM intake WHERE survey = ?1 AND batch = 0";
        Ok(single(&self.intake(), count, [survey], |row| row.get::<_, i64>(0))?.unwrap_or(0).unsigned_abs())
    }

    fn close_batch(&self, survey: &str, texts: &BTreeSet<String>, at_least: u64) -> Result<Vec<u32>> {
        let (survey, texts) = (survey.to_owned(), texts.clone());
        self.writer.run(move |keeper| keeper.close(&survey, &texts, at_least))
    }

    fn batches(&self, survey: &str) -> Result<Vec<Batch>> {
        let answers = self.answers()?;
        let moment = answers.connection.unchecked_transaction().at(&answers.path)?;
        let batches = read_batches(&answers, survey, None)?;
        moment.finish().at(&answers.path)?;
        Ok(batches)
    }

    fn replace(&self, survey: &str, batches: Vec<Batch>) -> Result<()> {
        let survey = survey.to_owned();
        self.writer.run(move |keeper| keeper.replace(&survey, &batches))
    }
}
