//! One database file: found sound or refused, brought to the newest form, opened durably.

use super::failure::At;
use crate::store::rights::make_file;
use crate::store::trouble::Trouble;
use anyhow::Result;
use rusqlite::{Connection, OpenFlags, TransactionBehavior};
use std::path::{Path, PathBuf};
use std::time::Duration;

/// How long to wait for another program that holds the file.
const PATIENCE: Duration = Duration::from_secs(10);

/// What a kind of file is: its mark in the header and its numbered migrations.
pub(super) struct Kind {
    /// SQLite's application id, so that one kind is not taken for another.
    pub(super) mark: i64,
    /// Bytes a page of a new file.
    pub(super) page: u32,
    /// Migration 1 first.
    pub(super) migrations: &'static [&'static str],
}

/// `intake.sqlite`: "SHRi". Its pages hold a sheet of up to 2,000 bytes without an overflow page of its own.
pub(super) const INTAKE: Kind = Kind {
    mark: 0x5348_5269,
    page: 8_192,
    migrations: &[
        include_str!("../migrations/intake/0001.sql"),
        include_str!("../migrations/intake/0002.sql"),
        include_str!("../migrations/intake/0003.sql"),
        include_str!("../migrations/intake/0004.sql"),
        include_str!("../migrations/intake/0005.sql"),
        include_str!("../migrations/intake/0006.sql"),
    ],
};
/// `answers.sqlite`: "SHRa".
pub(super) const ANSWERS: Kind = Kind {
    mark: 0x5348_5261,
    page: 4_096,
    migrations: &[
        include_str!("../migrations/answers/0001.sql"),
        include_str!("../migrations/answers/0002.sql"),
        include_str!("../migrations/answers/0003.sql"),
        include_str!("../migrations/answers/0004.sql"),
    ],
};

/// `nominations.sqlite`: "SHRn".
pub(super) const NOMINATIONS: Kind =
    Kind { mark: 0x5348_526e, page: 4_096, migrations: &[include_str!("../migrations/nominations/0001.sql")] };

/// A connection that knows its path.
#[derive(Debug)]
pub(super) struct File {
    /// Where the file stands.
    pub(super) path: PathBuf,
    /// The open file.
    pub(super) connection: Connection,
}

impl File {
    /// Opens the file for writing after checking it as a whole, and migrates it. A file that is not sound stays as it is.
    pub(super) fn prepare(path: &Path, kind: &Kind) -> Result<File> {
        make_file(path).map_err(|_| Trouble::not_writable(path))?;
        if std::fs::metadata(path)?.permissions().readonly() {
            return Err(Trouble::not_writable(path).into());
        }
        let mut file = File { path: path.to_owned(), connection: connect(path, OpenFlags::SQLITE_OPEN_READ_WRITE)? };
        file.check(kind)?;
        // Means something only while the file is empty
        file.connection.pragma_update(None, "page_size", kind.page).at(path)?;
        file.make_durable()?;
        file.migrate(kind)?;
        Ok(file)
    }

    /// Opens the file for writing once more, without the checks.
    pub(super) fn again(path: &Path) -> Result<File> {
        let file = File { path: path.to_owned(), connection: connect(path, OpenFlags::SQLITE_OPEN_READ_WRITE)? };
        file.make_durable()?;
        Ok(file)
    }

    /// Opens the file for reading.
    pub(super) fn read(path: &Path) -> Result<File> {
        Ok(File { path: path.to_owned(), connection: connect(path, OpenFlags::SQLITE_OPEN_READ_ONLY)? })
    }

    /// Opens a file for reading after checking it as a whole. It stays as it is.
    pub(super) fn sound(path: &Path, kind: &Kind) -> Result<File> {
        let file = File::read(path)?;
        file.check(kind)?;
        Ok(file)
    }

    /// Opens a file that belongs to somebody else after checking it as a whole. It stays as it is, and nothing is put beside it.
    pub(super) fn foreign_sound(path: &Path, kind: &Kind) -> Result<File> {
        let file = File::look(path)?;
        file.check(kind)?;
        Ok(file)
    }

    /// Opens the file for a look. Where no log completes it, nothing but the file itself is touched: not even the small files that
    /// SQLite keeps beside a database that is read.
    pub(super) fn look(path: &Path) -> Result<File> {
        let log = std::fs::metadata(path.with_extension("sqlite-wal")).map_or(0, |log| log.len());
        if log > 0 {
            return File::read(path);
        }
        let mut address = String::from("file:");
        let absolute = std::path::absolute(path)?.to_string_lossy().replace('\\', "/");
        // Windows begins with a drive
        if !absolute.starts_with('/') {
            address.push('/');
        }
        for byte in absolute.bytes() {
            match byte {
                b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b'/' | b'.' | b'-' | b'_' | b'~' | b':' => address.push(char::from(byte)),
                _ => address.push_str(&format!("%{byte:02X}")),
            }
        }
        address.push_str("?immutable=1");
        let mode = OpenFlags::SQLITE_OPEN_READ_ONLY | OpenFlags::SQLITE_OPEN_URI | OpenFlags::SQLITE_OPEN_NO_MUTEX;
        let connection = Connection::open_with_flags(&address, mode).at(path)?;
        Ok(File { path: path.to_owned(), connection })
    }

    fn number(&self, pragma: &str) -> Result<i64> {
        self.connection.pragma_query_value(None, pragma, |row| row.get(0)).at(&self.path)
    }

    fn check(&self, kind: &Kind) -> Result<()> {
        let (mark, version) = (self.number("application_id")?, self.number("user_version")?);
        let objects: i64 = self.connection.query_row("SELECT count(*) FROM sqlite_schema", [], |row| row.get(0)).at(&self.path)?;
        if mark != kind.mark && (mark != 0 || version != 0 || objects != 0) {
            return Err(Trouble::foreign(&self.path).into());
        }
        let known = kind.migrations.len() as i64;
        if version > known {
            return Err(Trouble::newer(&self.path, version, known).into());
        }
        let verdict: String = self.connection.query_row("PRAGMA quick_check(1)", [], |row| row.get(0)).at(&self.path)?;
        if verdict != "ok" {
            return Err(Trouble::damaged(&self.path, &verdict).into());
        }
        self.check_length()
    }

    /// SQLite reads zeros where the end of a file is cut off; while no log completes it, the file must hold all of its pages.
    fn check_length(&self) -> Result<()> {
        let (pages, page) = (self.number("page_count")?, self.number("page_size")?);
        let length = std::fs::metadata(&self.path)?.len();
        let log = std::fs::metadata(self.path.with_extension("sqlite-wal")).map_or(0, |log| log.len());
        // Asked twice: another process may have been at work meanwhile
        if log == 0 && length < (pages * page).unsigned_abs() && pages == self.number("page_count")? {
            return Err(Trouble::damaged(&self.path, &format!("{length} bytes of {}", pages * page)).into());
        }
        Ok(())
    }

    /// Commits are on the disk when they return, freed bytes are wiped, nothing is copied to temporary files.
    fn make_durable(&self) -> Result<()> {
        let mode: String = self.connection.query_row("PRAGMA journal_mode = WAL", [], |row| row.get(0)).at(&self.path)?;
        if mode != "wal" {
            return Err(Trouble::no_log(&self.path, &mode).into());
        }
        // fullfsync matters on macOS only, where fsync alone does not reach the disk; the cache holds an open batch of 20,000
        self.connection
            .execute_batch(
                "PRAGMA synchronous = FULL; PRAGMA fullfsync = ON; PRAGMA checkpoint_fullfsync = ON; PRAGMA foreign_keys = ON;
                 PRAGMA journal_size_limit = 4194304; PRAGMA cache_size = -32768; PRAGMA secure_delete = ON; PRAGMA temp_store = MEMORY;",
            )
            .at(&self.path)
    }

    fn migrate(&mut self, kind: &Kind) -> Result<()> {
        if self.number("user_version")? == kind.migrations.len() as i64 {
            return Ok(());
        }
        let transaction = self.connection.transaction_with_behavior(TransactionBehavior::Immediate).at(&self.path)?;
        // Another process may have been faster
        let version: i64 = transaction.pragma_query_value(None, "user_version", |row| row.get(0)).at(&self.path)?;
        for migration in kind.migrations.iter().skip(usize::try_from(version)?) {
            transaction.execute_batch(migration).at(&self.path)?;
        }
        transaction.pragma_update(None, "application_id", kind.mark).at(&self.path)?;
        transaction.pragma_update(None, "user_version", kind.migrations.len() as i64).at(&self.path)?;
        transaction.commit().at(&self.path)
    }

    /// Empties the write-ahead log into the file, waiting this long for readers; false where one is in the way.
    pub(super) fn empty_log(&self, patience: Duration) -> Result<bool> {
        self.connection.busy_timeout(patience).at(&self.path)?;
        let busy = self.connection.query_row("PRAGMA wal_checkpoint(TRUNCATE)", [], |row| row.get::<_, i64>(0));
        self.connection.busy_timeout(PATIENCE).at(&self.path)?;
        match busy {
            Err(error) if super::failure::passes(&error) => Ok(false),
            busy => Ok(busy.at(&self.path)? == 0),
        }
    }

    /// Lets the file grow to so many pages at most; 0: without limit. For the tests of a full disk.
    pub(super) fn limit_pages(&self, pages: u32) -> rusqlite::Result<()> {
        let pages = if pages == 0 { u32::MAX - 1 } else { pages };
        self.connection.query_row(&format!("PRAGMA max_page_count = {pages}"), [], |_| Ok(()))
    }
}

fn connect(path: &Path, mode: OpenFlags) -> Result<Connection> {
    let connection = Connection::open_with_flags(path, mode | OpenFlags::SQLITE_OPEN_NO_MUTEX).at(path)?;
    connection.busy_timeout(PATIENCE).at(path)?;
    connection.set_prepared_statement_cache_capacity(32);
    Ok(connection)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_commit_is_durable_and_a_deletion_wipes() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("intake.sqlite");
        let prepared = File::prepare(&path, &INTAKE).unwrap();
        let again = File::again(&path).unwrap();
        for file in [prepared, again] {
            // synchronous 2 is FULL: no acknowledged answer is lost with the power
            for (pragma, expected) in
                [("synchronous", 2), ("foreign_keys", 1), ("secure_delete", 1), ("temp_store", 2), ("busy_timeout", 10_000)]
            {
                assert_eq!(file.number(pragma).unwrap(), expected, "{pragma}");
            }
            let mode: String = file.connection.query_row("PRAGMA journal_mode", [], |row| row.get(0)).unwrap();
            assert_eq!(mode, "wal");
        }
    }

    #[test]
    fn migrations_run_once_and_leave_their_number() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("answers.sqlite");
        let first: &[&str] = &["CREATE TABLE one (a TEXT)"];
        let both: &[&str] = &["CREATE TABLE one (a TEXT)", "ALTER TABLE one ADD COLUMN b TEXT NOT NULL DEFAULT 'new'"];
        let old = File::prepare(&path, &Kind { mark: 1, page: 4_096, migrations: first }).unwrap();
        old.connection.execute("INSERT INTO one VALUES ('kept')", []).unwrap();
        drop(old);
        for _ in 0..2 {
            let new = File::prepare(&path, &Kind { mark: 1, page: 4_096, migrations: both }).unwrap();
            let row: (String, String) = new.connection.query_row("SELECT a, b FROM one", [], |row| Ok((row.get(0)?, row.get(1)?))).unwrap();
            assert_eq!(row, ("kept".into(), "new".into()));
            assert_eq!(new.number("user_version").unwrap(), 2);
        }
        let error = File::prepare(&path, &Kind { mark: 1, page: 4_096, migrations: first }).unwrap_err().to_string();
        assert!(error.contains("format 2") && error.contains("up to 1"), "{error}");
    }
}
