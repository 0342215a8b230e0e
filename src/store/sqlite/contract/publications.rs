//! The ledger on SQLite.

use super::super::database::Database;
use super::super::ledger;
use super::super::tables::single;
use crate::store::contract::{Publication, Publications};
use anyhow::Result;

impl Publications for Database {
    fn ledger(&self, survey: &str) -> Result<Vec<Publication>> {
        ledger::of(&self.answers()?, survey)
    }

    fn record(&self, publication: &Publication) -> Result<()> {
        let publication = publication.clone();
        self.writer.run(move |keeper| ledger::enter(keeper.answers()?, &publication))
    }

    fn kept_figures(&self, survey: &str) -> Result<Option<String>> {
        single(&self.answers()?, "SELECT figures FROM purged WHERE survey = ?1", [survey], |row| row.get(0))
    }
}
