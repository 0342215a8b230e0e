//! Nominations on SQLite.

use super::super::database::Database;
use super::super::{nominations, nominations_kept};
use crate::language::Day;
use crate::store::contract::{Kept, Nominated, Nominating, Nominations};
use crate::survey::nomination::Stage;
use anyhow::Result;
use std::path::Path;

impl Nominations for Database {
    fn nominate(&self, nominating: &Nominating) -> Result<Nominated> {
        self.register.with(|file| nominations::keep(file, nominating))
    }

    fn nominations(&self) -> Result<Vec<Kept>> {
        self.register.if_any(|file| nominations::all(file))
    }

    fn set_stage(&self, id: &str, stage: Stage, settled: Option<usize>, day: Day) -> Result<bool> {
        self.register.if_any(|file| nominations::set_stage(file, id, stage, settled, day))
    }

    fn erase_nomination(&self, id: &str) -> Result<bool> {
        // The copies first: where one cannot be written it is not said to be gone
        nominations_kept::erase_in_copies(self.register.folder(), id)?;
        self.register.if_any(|file| nominations::erase(file, id))
    }

    fn purge_nominations(&self, today: Day) -> Result<usize> {
        nominations_kept::purge_in_copies(self.register.folder(), today);
        self.register.if_any(|file| nominations::purge(file, today))
    }

    fn copy_nominations(&self, to: &Path) -> Result<u64> {
        self.register.if_any(|file| nominations_kept::copy(file, to))
    }
}
