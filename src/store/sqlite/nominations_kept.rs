//! Nominations in copies: written, brought back, erased and purged there too.
//!
//! What one of two files has erased stays erased, whichever it is; of two states of one nomination the later one stays; what is over
//! comes back from nowhere.

use super::copy::write_out;
use super::failure::At;
use super::file::{File, NOMINATIONS};
use super::nominations::{all, erase, purge};
use crate::language::Day;
use crate::store::copies;
use crate::store::trouble::Trouble;
use anyhow::{Context, Result};
use rusqlite::params;
use std::path::{Path, PathBuf};
use std::time::Duration;

/// Writes a copy of the file and checks it; how many nominations in it say something.
pub(super) fn copy(file: &File, to: &Path) -> Result<u64> {
    write_out(&file.connection, to)?;
    let copied = all(&File::sound(to, &NOMINATIONS)?)?.len();
    anyhow::ensure!(copied == all(file)?.len(), "the copy holds another number of nominations");
    Ok(copied as u64)
}

/// Checks a file of somebody else to its last row, and writes all of it into a new one. The first stays as it is.
pub(in crate::store) fn lay(from: &Path, to: &Path) -> Result<()> {
    let file = File::foreign_sound(from, &NOMINATIONS)?;
    all(&file)?;
    write_out(&file.connection, to)
}

/// What copies bring.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(in crate::store) struct Gathered {
    /// They know anything new.
    pub(in crate::store) news: bool,
    /// How many nominations are there that were not.
    pub(in crate::store) back: u64,
}

/// Puts together in a new file what the own one and copies of it hold; where the copies know nothing new, none is written. The files
/// themselves stay as they are.
pub(in crate::store) fn gather(own: Option<&Path>, others: &[PathBuf], to: &Path, today: Day) -> Result<Gathered> {
    if let Some(own) = own {
        // With all that its log holds
        write_out(&File::sound(own, &NOMINATIONS)?.connection, to)?;
    }
    let file = File::prepare(to, &NOMINATIONS)?;
    let (before, mut news) = (all(&file)?.len(), 0);
    for other in others {
        news += unite(&file, other, today)?;
    }
    let back = all(&file)?.len().saturating_sub(before) as u64;
    file.empty_log(Duration::from_secs(10))?;
    let File { path, connection } = file;
    connection.close().map_err(|(_, error)| error).at(&path)?;
    if news == 0 {
        std::fs::remove_file(&path).with_context(|| path.display().to_string())?;
    } else {
        all(&File::foreign_sound(&path, &NOMINATIONS)?)?;
        std::fs::File::open(&path)?.sync_all()?;
    }
    Ok(Gathered { news: news > 0, back })
}

/// Whether what went wrong is that a file is damaged.
fn is_damage(error: &anyhow::Error) -> bool {
    error.downcast_ref::<Trouble>().is_some_and(Trouble::is_damage)
}

fn unite(file: &File, other: &Path, today: Day) -> Result<u64> {
    let connection = &file.connection;
    let name = other.to_str().with_context(|| format!("{} is not a name that SQLite can open", other.display()))?;
    let before = connection.total_changes();
    let united = (|| {
        connection.execute("ATTACH ?1 AS other", [name])?;
        connection.execute(
            "INSERT INTO main.nomination (handle, site, made, until, stage, settled, changed, content)
             SELECT handle, site, made, until, stage, settled, changed, content FROM other.nomination WHERE until >= ?1
             ON CONFLICT DO UPDATE SET stage = excluded.stage, settled = excluded.settled, changed = excluded.changed,
               content = excluded.content
             WHERE content IS NOT NULL AND (excluded.content IS NULL OR excluded.changed > changed)",
            params![today.to_string()],
        )
    })();
    let done = united.at(&file.path).map(|_| connection.total_changes() - before);
    // Where it was not attached there is nothing to part from
    let parted = connection.execute_batch("DETACH other");
    let done = done?;
    parted.at(&file.path)?;
    Ok(done)
}

/// Erases one in every copy that is known.
pub(super) fn erase_in_copies(private: &Path, id: &str) -> Result<()> {
    let sql = "SELECT count(*) FROM nomination WHERE lower(hex(handle)) = ?1 AND content IS NOT NULL";
    copies::known(private).iter().try_for_each(|folder| in_copy(folder, sql, id, |copy| erase(copy, id).map(|_| ())))
}

/// Deletes what is over in every copy that can be written; from the others it does not come back.
pub(super) fn purge_in_copies(private: &Path, today: Day) {
    let sql = "SELECT count(*) FROM nomination WHERE until < ?1";
    for folder in copies::known(private) {
        let _ = in_copy(&folder, sql, &today.to_string(), |copy| purge(copy, today).map(|_| ()));
    }
}

/// Does something in a copy that holds what is counted. A file that is not sound is left alone: nothing comes back from it.
fn in_copy(folder: &Path, counted: &str, by: &str, act: impl Fn(&File) -> Result<()>) -> Result<()> {
    let path = folder.join(copies::NOMINATIONS);
    if !path.is_file() {
        return Ok(());
    }
    let count = File::foreign_sound(&path, &NOMINATIONS)
        .and_then(|file| file.connection.query_row(counted, [by], |row| row.get::<_, i64>(0)).at(&path));
    match count {
        Ok(0) => return Ok(()),
        Ok(_) => {}
        Err(error) if is_damage(&error) => return Ok(()),
        Err(error) => return Err(error),
    }
    let file = File::prepare(&path, &NOMINATIONS)?;
    act(&file)?;
    // A copy is one file, with nothing beside it
    file.connection.query_row("PRAGMA journal_mode = DELETE", [], |_| Ok(())).at(&path)
}
