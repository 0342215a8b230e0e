//! Processes take turns at what moves from one file to the other.

use crate::store::trouble::Trouble;
use anyhow::{Context, Result};
use std::fs::{File as PlainFile, TryLockError};
use std::path::Path;
use std::time::Duration;

/// The right to close batches, held by one process at a time and given back when the file is dropped, by a crash too.
pub(super) fn take_turn(path: &Path) -> Result<PlainFile> {
    let file = PlainFile::options().write(true).create(true).truncate(false).open(path).map_err(|_| Trouble::not_writable(path))?;
    for _ in 0..100 {
        match file.try_lock() {
            Ok(()) => return Ok(file),
            Err(TryLockError::WouldBlock) => std::thread::sleep(Duration::from_millis(100)),
            Err(TryLockError::Error(error)) => return Err(error).with_context(|| path.display().to_string()),
        }
    }
    Err(Trouble::in_use(path).into())
}
