//! Copies of both files of one moment, without what must not be kept: waiting answers and drafts.

use super::failure::At;
use super::file::{ANSWERS, File, INTAKE};
use super::tables::Files;
use crate::store::rights::make_file;
use crate::store::trouble::Trouble;
use anyhow::{Context, Result};
use rusqlite::Connection;
use rusqlite::backup::Backup;
use std::path::Path;

/// Writes the copies and checks them; how many answers are in them. Nobody may be closing a batch meanwhile.
pub(super) fn copy(files: &Files, intake: &Path, answers: &Path) -> Result<u64> {
    copy_intake(&files.intake, intake)?;
    write_out(&files.answers.connection, answers)?;
    let copied = sum(&File::sound(answers, &ANSWERS)?)?;
    File::sound(intake, &INTAKE)?;
    anyhow::ensure!(copied == sum(&files.answers)?, "the copy holds another number of answers");
    Ok(copied)
}

/// Writes a copy of an intake without what waits, and without drafts.
pub(super) fn copy_intake(from: &File, to: &Path) -> Result<()> {
    // In memory first: what waits must not stand in the copy's file even for a moment, freed pages included
    let mut memory = Connection::open_in_memory().context("no memory for a copy")?;
    Backup::new(&from.connection, &mut memory)
        .and_then(|backup| backup.run_to_completion(1_024, std::time::Duration::ZERO, None))
        .at(&from.path)?;
    forget(&memory).context("the copy in memory")?;
    write_out(&memory, to)
}

/// The tables of the intake that a copy may hold.
const KEPT: [&str; 7] = ["survey_lock", "ticket", "closing", "survey_closed", "invitation", "quota", "store_mark"];

/// Empties every other table, those that later versions add included, and takes back what a single waiting answer moves.
fn forget(memory: &Connection) -> rusqlite::Result<()> {
    let mut find = memory.prepare("SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite_%'")?;
    let tables: Vec<String> = find.query_map([], |row| row.get(0))?.collect::<rusqlite::Result<_>>()?;
    for table in tables.iter().filter(|table| !KEPT.contains(&table.as_str())) {
        memory.execute(&format!("DELETE FROM \"{table}\""), [])?;
    }
    // A file of an older form has none
    if tables.iter().any(|table| table == "quota") {
        memory.execute("UPDATE quota SET count = told", [])?;
    }
    memory.execute_batch("VACUUM")
}

/// Writes all of a database into a new file, without freed pages.
pub(super) fn write_out(from: &Connection, to: &Path) -> Result<()> {
    // Empty and ours alone before anything stands in it
    make_file(to).map_err(|_| Trouble::not_writable(to))?;
    let name = to.to_str().with_context(|| format!("{} is not a name that SQLite can open", to.display()))?;
    from.execute("VACUUM INTO ?1", [name]).at(to)?;
    std::fs::File::open(to).and_then(|file| file.sync_all()).with_context(|| to.display().to_string())
}

/// How many answers are in closed batches.
pub(super) fn sum(file: &File) -> Result<u64> {
    let n: i64 = file.connection.query_row("SELECT coalesce(sum(n), 0) FROM batch", [], |row| row.get(0)).at(&file.path)?;
    Ok(n.unsigned_abs())
}
