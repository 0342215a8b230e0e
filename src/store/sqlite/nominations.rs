//! Nominations on SQLite: a file of their own, made by the first one.

use super::failure::{At, passes};
use super::file::{File, NOMINATIONS};
use super::tables::list;
use crate::language::Day;
use crate::store::contract::{Kept, MOST_NOMINATIONS, Nominated, Nominating};
use crate::store::copies;
use crate::store::trouble::Trouble;
use crate::survey::nomination::Stage;
use anyhow::Result;
use rusqlite::{OptionalExtension, TransactionBehavior, params};
use std::path::{Path, PathBuf};
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::Duration;

/// The file of nominations, opened when it is first needed.
#[derive(Debug)]
pub(super) struct Register {
    path: PathBuf,
    file: Mutex<Option<File>>,
}

impl Register {
    /// The file at this path; it is not made yet.
    pub(super) fn at(path: PathBuf) -> Register {
        Register { path, file: Mutex::new(None) }
    }

    /// The folder of answers.
    pub(super) fn folder(&self) -> &Path {
        self.path.parent().unwrap_or(&self.path)
    }

    fn lock(&self) -> MutexGuard<'_, Option<File>> {
        // Every change is one transaction: a panic leaves none half done
        self.file.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Does something with the file, which is made where it is missing.
    pub(super) fn with<T>(&self, act: impl FnOnce(&mut File) -> Result<T>) -> Result<T> {
        let mut held = self.lock();
        let file = match &mut *held {
            Some(file) => file,
            empty => empty.insert(File::prepare(&self.path, &NOMINATIONS)?),
        };
        act(file)
    }

    /// The same; without a file there is nothing.
    pub(super) fn if_any<T: Default>(&self, act: impl FnOnce(&mut File) -> Result<T>) -> Result<T> {
        if self.lock().is_none() && !self.path.exists() {
            return Ok(T::default());
        }
        self.with(act)
    }
}

/// Keeps a nomination once.
pub(super) fn keep(file: &mut File, new: &Nominating) -> Result<Nominated> {
    let content = serde_json::to_string(&new.nomination)?;
    let File { path, connection } = file;
    let mut keep = || -> rusqlite::Result<Nominated> {
        let transaction = connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
        let known = transaction
            .query_row("SELECT content IS NOT NULL FROM nomination WHERE handle = ?1", params![new.handle.bytes()], |row| row.get(0))
            .optional()?;
        match known {
            Some(true) => return Ok(Nominated::AlreadyStored),
            Some(false) => return Ok(Nominated::Erased),
            None => {}
        }
        let count: i64 = transaction.query_row("SELECT count(*) FROM nomination", [], |row| row.get(0))?;
        if count.unsigned_abs() >= MOST_NOMINATIONS {
            return Ok(Nominated::Full);
        }
        let made = new.made.to_string();
        transaction.execute(
            "INSERT INTO nomination (handle, site, made, until, changed, content) VALUES (?1, ?2, ?3, ?4, ?3, ?5)",
            params![new.handle.bytes(), new.site, made, new.until.to_string(), content],
        )?;
        transaction.commit()?;
        Ok(Nominated::Stored)
    };
    keep().at(path)
}

/// Every nomination that says something.
pub(super) fn all(file: &File) -> Result<Vec<Kept>> {
    type Row = (String, String, String, String, String, Option<i64>, String, String);
    let rows: Vec<Row> = list(
        file,
        "SELECT lower(hex(handle)), site, made, until, stage, settled, changed, content FROM nomination
         WHERE content IS NOT NULL ORDER BY made DESC, handle",
        [],
        |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?, row.get(3)?, row.get(4)?, row.get(5)?, row.get(6)?, row.get(7)?)),
    )?;
    let damaged = || Trouble::damaged(&file.path, "a nomination");
    let kept = |(id, site, made, until, stage, settled, changed, content): Row| -> Result<Kept> {
        Ok(Kept {
            id,
            site,
            nomination: serde_json::from_str(&content).map_err(|_| damaged())?,
            made: Day::parse(&made).ok_or_else(damaged)?,
            until: Day::parse(&until).ok_or_else(damaged)?,
            stage: Stage::of(&stage).ok_or_else(damaged)?,
            settled: settled.and_then(|wish| usize::try_from(wish).ok()),
            changed: Day::parse(&changed).ok_or_else(damaged)?,
        })
    };
    rows.into_iter().map(kept).collect()
}

/// Brings one to a stage.
pub(super) fn set_stage(file: &File, id: &str, stage: Stage, settled: Option<usize>, day: Day) -> Result<bool> {
    let settled = settled.and_then(|wish| i64::try_from(wish).ok());
    let sql = "UPDATE nomination SET stage = ?2, settled = ?3, changed = ?4 WHERE lower(hex(handle)) = ?1 AND content IS NOT NULL";
    let changed = file.connection.execute(sql, params![id, stage.word(), settled, day.to_string()]).at(&file.path)?;
    Ok(changed > 0)
}

/// Erases what one says.
pub(super) fn erase(file: &File, id: &str) -> Result<bool> {
    let sql =
        "UPDATE nomination SET content = NULL, stage = 'closed', settled = NULL WHERE lower(hex(handle)) = ?1 AND content IS NOT NULL";
    let erased = file.connection.execute(sql, params![id]).at(&file.path)? > 0;
    if erased {
        wipe(file)?;
    }
    Ok(erased)
}

/// Deletes those whose last day is over.
pub(super) fn purge(file: &File, today: Day) -> Result<usize> {
    let deleted = file.connection.execute("DELETE FROM nomination WHERE until < ?1", params![today.to_string()]).at(&file.path)?;
    if deleted > 0 {
        wipe(file)?;
    }
    Ok(deleted)
}

/// Nothing of what was deleted stays in freed pages or in the log.
fn wipe(file: &File) -> Result<()> {
    match file.connection.execute_batch("VACUUM") {
        // Deleted bytes are overwritten at once; what the log holds goes with the next change
        Err(error) if passes(&error) => return Ok(()),
        done => done.at(&file.path)?,
    }
    file.empty_log(Duration::from_secs(1)).map(|_| ())
}

/// Where the file stands: beside the intake.
pub(super) fn beside(intake: &Path) -> PathBuf {
    intake.with_file_name(copies::NOMINATIONS)
}
