//! A store that is put together in a folder of its own before it takes the place of another.

use super::copy::{copy_intake, sum, write_out};
use super::failure::At;
use super::file::{ANSWERS, File, INTAKE, Kind};
use super::ledger;
use super::tables::{list, read_batches, single};
use super::unite;
use crate::store::columns::decode_row;
use crate::store::contract::Publication;
use crate::store::trouble::Trouble;
use anyhow::Result;
use std::collections::BTreeSet;
use std::path::Path;
use std::time::Duration;

/// One of the two files.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::store) enum Half {
    /// Single answers, tickets, terms.
    Intake,
    /// Closed batches and the ledger.
    Answers,
}

impl Half {
    fn kind(self) -> &'static Kind {
        if self == Half::Intake { &INTAKE } else { &ANSWERS }
    }

    /// Checks a file of somebody else to its last row, and writes all of it into a new file. The first stays as it is. `waiting`: with
    /// what waits for its batch, and with drafts.
    pub(in crate::store) fn lay(self, from: &Path, to: &Path, waiting: bool) -> Result<()> {
        let file = File::foreign_sound(from, self.kind())?;
        self.read_through(&file)?;
        if self == Half::Intake && !waiting { copy_intake(&file, to) } else { write_out(&file.connection, to) }
    }

    /// The same of a file of our own, with all that its log holds.
    pub(in crate::store) fn lay_own(self, from: &Path, to: &Path) -> Result<()> {
        let file = File::sound(from, self.kind())?;
        self.read_through(&file)?;
        write_out(&file.connection, to)
    }

    /// Writes a file of our own into a new one, without what waits.
    pub(in crate::store) fn lay_aside(self, from: &Path, to: &Path) -> Result<()> {
        let file = File::sound(from, self.kind())?;
        if self == Half::Intake { copy_intake(&file, to) } else { write_out(&file.connection, to) }
    }

    /// Checks a file to its last row.
    pub(in crate::store) fn check(self, path: &Path) -> Result<()> {
        self.read_through(&File::foreign_sound(path, self.kind())?)
    }

    fn read_through(self, file: &File) -> Result<()> {
        let has = |table: &str| single(file, "SELECT 1 FROM sqlite_schema WHERE name = ?1", [table], |_| Ok(()));
        match self {
            Half::Answers if has("batch")?.is_some() => {
                for survey in list(file, "SELECT DISTINCT survey FROM batch ORDER BY survey", [], |row| row.get::<_, String>(0))? {
                    read_batches(file, &survey, None)?;
                }
            }
            Half::Intake if has("intake")?.is_some() => {
                for row in list(file, "SELECT answers FROM intake", [], |row| row.get::<_, Vec<u8>>(0))? {
                    decode_row(&row).map_err(|error| Trouble::damaged(&file.path, &format!("{error:#}")))?;
                }
            }
            _ => {}
        }
        Ok(())
    }

    /// The mark of the store that an intake belongs to; `None` where it is of before stores had marks.
    pub(in crate::store) fn mark(intake: &Path) -> Result<Option<Vec<u8>>> {
        let file = File::look(intake)?;
        match single(&file, "SELECT 1 FROM sqlite_schema WHERE name = 'store_mark'", [], |_| Ok(()))? {
            Some(()) => single(&file, "SELECT mark FROM store_mark LIMIT 1", [], |row| row.get(0)),
            None => Ok(None),
        }
    }
}

/// Both files, in the newest form.
pub(in crate::store) struct Staged {
    intake: File,
    answers: File,
}

/// What uniting with another store came to.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(in crate::store) struct Gain {
    /// The other knew anything new.
    pub(in crate::store) news: bool,
    /// Answers in batches that both closed under one number, each for itself.
    pub(in crate::store) apart: u64,
}

impl Staged {
    /// Opens both files, brought to the newest form.
    pub(in crate::store) fn open(intake: &Path, answers: &Path) -> Result<Staged> {
        Ok(Staged { intake: File::prepare(intake, &INTAKE)?, answers: File::prepare(answers, &ANSWERS)? })
    }

    /// Whether nothing is known here at all.
    pub(in crate::store) fn is_blank(&self) -> Result<bool> {
        unite::is_blank(&self.intake, &self.answers)
    }

    /// How many answers are in closed batches.
    pub(in crate::store) fn answers(&self) -> Result<u64> {
        sum(&self.answers)
    }

    /// Every survey that is known here.
    pub(in crate::store) fn surveys(&self) -> Result<BTreeSet<String>> {
        let mut all = BTreeSet::new();
        let of = [(&self.intake, ["survey_lock", "invitation", "survey_closed"]), (&self.answers, ["batch", "publication", "purged"])];
        for (file, tables) in of {
            for table in tables {
                all.extend(list(file, &format!("SELECT DISTINCT survey FROM {table}"), [], |row| row.get::<_, String>(0))?);
            }
        }
        Ok(all)
    }

    /// The survey whose terms this intake has differently, if there is one.
    pub(in crate::store) fn other_terms(&self, intake: &Path) -> Result<Option<String>> {
        unite::other_terms(&self.intake, intake)
    }

    /// Takes in what another store knows, but for what a purge has deleted; both its files are in the newest form.
    pub(in crate::store) fn unite(&self, intake: &Path, answers: &Path) -> Result<Gain> {
        let mut purged = unite::purged(&self.answers)?;
        purged.extend(unite::purged(&File::read(answers)?)?);
        let news = unite::unite_intakes(&self.intake, intake, &purged)?;
        let united = unite::unite_answers(&self.answers, answers, &purged)?;
        Ok(Gain { news: news || united.news, apart: united.apart })
    }

    /// Enters what sites say of themselves to have shown; true where anything of it was new.
    pub(in crate::store) fn enter(&mut self, shown: &[Publication]) -> Result<bool> {
        let mut news = false;
        for publication in shown {
            if !self.knows(&publication.survey, &publication.fingerprint())? {
                ledger::enter(&mut self.answers, publication)?;
                news = true;
            }
        }
        Ok(news)
    }

    /// Whether the ledger knows this publication.
    pub(in crate::store) fn knows(&self, survey: &str, fingerprint: &str) -> Result<bool> {
        let sql = "SELECT 1 FROM publication WHERE survey = ?1 AND fingerprint = ?2";
        Ok(single(&self.answers, sql, [survey, fingerprint], |_| Ok(()))?.is_some())
    }

    /// Makes both files one store. Returns the surveys whose answers were deleted again, and how many batches are newly lost.
    pub(in crate::store) fn settle(&self) -> Result<(Vec<String>, u64)> {
        unite::settle(&self.intake, &self.answers)
    }

    /// Closes both files, each whole in itself and on the disk.
    pub(in crate::store) fn finish(self) -> Result<()> {
        for file in [self.intake, self.answers] {
            file.empty_log(Duration::from_secs(10))?;
            let File { path, connection } = file;
            // What stands beside the file goes when its last connection does
            connection.close().map_err(|(_, error)| error).at(&path)?;
            std::fs::File::open(&path)?.sync_all()?;
        }
        Ok(())
    }
}
