//! Nominations on SQLite.

use super::super::database::Database;
use super::super::nominations;
use crate::language::Day;
use crate::store::contract::{Kept, Nominated, Nominating, Nominations};
use crate::survey::nomination::Stage;
use anyhow::Result;

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
        self.register.if_any(|file| nominations::erase(file, id))
    }

    fn purge_nominations(&self, today: Day) -> Result<usize> {
        self.register.if_any(|file| nominations::purge(file, today))
    }
}
