//! Both files, open: a writer thread, and connections that read.

use super::file::File;
use super::keeper::SqliteKeeper;
use super::nominations::{Register, beside};
use crate::store::faults::Faults;
use crate::store::hold::Hold;
use crate::store::writer::Writer;
use anyhow::Result;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

/// Both files, a writer thread and a connection that reads.
pub(in crate::store) struct Database {
    // Dropped before the writer, whose connection can empty the log when it is the last to go
    intake: Mutex<File>,
    pub(super) writer: Writer<SqliteKeeper>,
    answers: PathBuf,
    pub(super) register: Register,
    // Given back last
    _hold: Hold,
}

impl Database {
    /// Opens both files, making them where they are not there yet. `turn` is the file by which processes take turns at closing.
    pub(in crate::store) fn open(intake: &Path, answers: &Path, turn: PathBuf, faults: Arc<Faults>, hold: Hold) -> Result<Database> {
        let keeper = SqliteKeeper::open(intake, answers, turn, Arc::clone(&faults))?;
        let reader = File::read(intake)?;
        Ok(Database {
            writer: Writer::start(keeper, faults)?,
            intake: Mutex::new(reader),
            answers: answers.to_owned(),
            register: Register::at(beside(intake)),
            _hold: hold,
        })
    }

    /// The connection that reads the intake.
    pub(super) fn intake(&self) -> MutexGuard<'_, File> {
        // A reader holds nothing that a panic could leave half done
        self.intake.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// A connection of one's own that reads the answers: nobody waits while a build reads.
    pub(super) fn answers(&self) -> Result<File> {
        File::read(&self.answers)
    }
}
