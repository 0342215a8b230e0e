//! Deleting a survey's answers for good: from every table that knows it, and from the bytes of both files.
//!
//! The intake goes first, and with it all that could still take or pair an answer; then, in one commit, the figures are kept, the
//! deletion is entered and the batches go; then both files are rebuilt and their logs emptied. A crash before the commit leaves
//! the batches, so that it can be done again; one after it leaves the entry that says that bytes are still to be wiped.

use super::failure::{At, passes};
use super::file::File;
use super::tables::{Files, list};
use crate::language::Day;
use crate::store::contract::Purge;
use anyhow::{Context, Result};
use rusqlite::{Connection, TransactionBehavior, params};
use std::time::Duration;

/// Deletes all that is kept of the survey but the ledger, its figures and the entry of this purge. Nothing is stored of it any more.
pub(super) fn purge(files: &mut Files, purge: &Purge, figures: &str) -> Result<()> {
    let (survey, day) = (&purge.survey, purge.day.to_string());
    let File { path, connection } = &mut files.intake;
    let mut forget = || -> rusqlite::Result<()> {
        let transaction = connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
        transaction.execute("INSERT INTO survey_closed (survey, day) VALUES (?1, ?2) ON CONFLICT DO NOTHING", params![survey, day])?;
        delete(&transaction, survey, &["survey_closed"])?;
        transaction.commit()
    };
    forget().at(path)?;
    let File { path, connection } = &mut files.answers;
    let mut forget = || -> rusqlite::Result<()> {
        let transaction = connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
        transaction.execute(
            "INSERT INTO purged (survey, day, answers, invitations, figures) VALUES (?1, ?2, ?3, ?4, ?5)",
            params![survey, day, number(purge.answers), number(purge.invitations), figures],
        )?;
        delete(&transaction, survey, &["publication", "publication_group", "purged"])?;
        transaction.commit()
    };
    forget().at(path)
}

/// Deletes the survey's rows from every table but those; tables that later versions add are among them by themselves.
pub(super) fn delete(connection: &Connection, survey: &str, but: &[&str]) -> rusqlite::Result<()> {
    connection.execute_batch("PRAGMA defer_foreign_keys = ON")?;
    let tables: Vec<String> = connection
        .prepare(
            "SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite_%'
             AND EXISTS (SELECT 1 FROM pragma_table_info(sqlite_schema.name) WHERE name = 'survey') ORDER BY name",
        )?
        .query_map([], |row| row.get(0))?
        .collect::<rusqlite::Result<_>>()?;
    for table in tables.iter().filter(|table| !but.contains(&table.as_str())) {
        connection.execute(&format!("DELETE FROM \"{table}\" WHERE survey = ?1"), [survey])?;
    }
    Ok(())
}

/// Rebuilds both files without freed pages and empties their logs, where a purge left that undone. False where another program is
/// in the way; it is tried again by the next call.
pub(super) fn wipe(files: &mut Files) -> Result<bool> {
    let pending: i64 = list(&files.answers, "SELECT count(*) FROM purged WHERE wiped = 0", [], |row| row.get(0))?.pop().unwrap_or(0);
    if pending == 0 {
        return Ok(true);
    }
    for file in [&files.intake, &files.answers] {
        match file.connection.execute_batch("VACUUM") {
            Err(error) if passes(&error) => return Ok(false),
            result => result.at(&file.path)?,
        }
        if !file.empty_log(Duration::from_secs(2))? {
            return Ok(false);
        }
    }
    files.answers.connection.execute("UPDATE purged SET wiped = 1", []).at(&files.answers.path)?;
    files.answers.empty_log(Duration::ZERO)?;
    Ok(true)
}

/// Every purge, by survey.
pub(super) fn purges(answers: &File) -> Result<Vec<Purge>> {
    let rows: Vec<(String, String, i64, i64, bool)> =
        list(answers, "SELECT survey, day, answers, invitations, wiped FROM purged ORDER BY survey", [], |row| {
            Ok((row.get(0)?, row.get(1)?, row.get(2)?, row.get(3)?, row.get(4)?))
        })?;
    rows.into_iter()
        .map(|(survey, day, answers, invitations, wiped)| {
            let day = Day::parse(&day).with_context(|| format!("{day} is no day"))?;
            Ok(Purge { survey, day, answers: answers.unsigned_abs(), invitations: invitations.unsigned_abs(), wiped })
        })
        .collect()
}

fn number(count: u64) -> i64 {
    i64::try_from(count).unwrap_or(i64::MAX)
}
