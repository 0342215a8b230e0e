//! Who has the store open: everybody shares it, and only who has it alone may put another in its place.

use super::trouble::Trouble;
use anyhow::{Context, Result};
use std::fs::{File, TryLockError};
use std::io::ErrorKind;
use std::path::Path;
use std::time::Duration;

/// Name of the file by which it is known; empty.
const HOLD: &str = "open.lock";

/// The right to have the store open, or to have it alone, until it is dropped; a crash gives it back too.
#[derive(Debug)]
pub(super) struct Hold {
    _file: File,
}

impl Hold {
    /// Together with others. Waits a while for somebody who has it alone.
    pub(super) fn share(private: &Path) -> Result<Hold> {
        for _ in 0..100 {
            if let Some(hold) = take(private, File::try_lock_shared)? {
                return Ok(hold);
            }
            std::thread::sleep(Duration::from_millis(100));
        }
        Err(Trouble::in_use(private).into())
    }

    /// Alone; `None` where somebody has it open.
    pub(super) fn alone(private: &Path) -> Result<Option<Hold>> {
        take(private, File::try_lock)
    }
}

fn take(private: &Path, lock: impl Fn(&File) -> Result<(), TryLockError>) -> Result<Option<Hold>> {
    let path = private.join(HOLD);
    super::rights::make_private(&path).map_err(|_| Trouble::not_writable(&path))?;
    let file = File::options().read(true).write(true).open(&path).map_err(|_| Trouble::not_writable(&path))?;
    match lock(&file) {
        Ok(()) => Ok(Some(Hold { _file: file })),
        Err(TryLockError::WouldBlock) => Ok(None),
        // Some network drives know no locks
        Err(TryLockError::Error(error)) if error.kind() == ErrorKind::Unsupported => Ok(Some(Hold { _file: file })),
        Err(TryLockError::Error(error)) => Err(error).with_context(|| path.display().to_string()),
    }
}
