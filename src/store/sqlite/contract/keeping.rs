//! The keeper's daily life on SQLite.

use super::super::database::Database;
use super::super::keeper::SqliteKeeper;
use super::super::purge::purges;
use super::super::status::status;
use crate::store::contract::{Keeping, Purge, Status};
use anyhow::Result;
use std::path::Path;

impl Keeping for Database {
    fn status(&self) -> Result<Status> {
        // On the writer's thread: between the reading of the one file and of the other no batch may move over
        self.writer.run(|keeper| status(keeper.files()))
    }

    fn copy(&self, intake: &Path, answers: &Path) -> Result<u64> {
        let (intake, answers) = (intake.to_owned(), answers.to_owned());
        self.writer.run(move |keeper| keeper.copy(&intake, &answers))
    }

    fn purge(&self, purge: &Purge, figures: &str) -> Result<()> {
        let (purge, figures) = (purge.clone(), figures.to_owned());
        self.writer.run(move |keeper| keeper.purge(&purge, &figures))
    }

    fn wipe(&self) -> Result<bool> {
        // The reader's own view of the log would be in the way
        let _reader = self.intake();
        self.writer.run(SqliteKeeper::wipe)
    }

    fn purges(&self) -> Result<Vec<Purge>> {
        purges(&self.answers()?)
    }
}
