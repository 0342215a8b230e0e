//! One builder at a time.

use super::refusal::cannot_write;
use crate::language::Words;
use anyhow::Context;
use std::fs::{File, OpenOptions, TryLockError};
use std::path::Path;

/// The name of the lock file. It stays, empty: the lock is the system's own lock on it, which dies with its process.
pub(super) const LOCK_NAME: &str = ".shirube-lock";

/// The right to write below a root, until it is dropped.
#[derive(Debug)]
pub(super) struct Lock {
    _file: File,
}

impl Lock {
    /// Takes the lock of this root, at once or not at all.
    pub(super) fn take(root: &Path) -> anyhow::Result<Lock> {
        let path = root.join(LOCK_NAME);
        if path.symlink_metadata().is_ok_and(|found| !found.is_file()) {
            anyhow::bail!(Words::new(
                format!("{} が通常のファイルではないため、書き出せません", path.display()),
                format!("{} is not a regular file, so nothing was written", path.display()),
            ));
        }
        let file = OpenOptions::new().write(true).create(true).truncate(false).open(&path).with_context(|| cannot_write(root))?;
        match file.try_lock() {
            Ok(()) => Ok(Lock { _file: file }),
            Err(TryLockError::WouldBlock) => Err(anyhow::Error::new(Words::new(
                format!("別のshirubeが {} に書き出しています。終わってからもう一度お試しください", root.display()),
                format!("another shirube is writing to {}; try again when it has finished", root.display()),
            ))),
            // Some network file systems know no locks; a build there is better than none.
            Err(TryLockError::Error(error)) if error.kind() == std::io::ErrorKind::Unsupported => Ok(Lock { _file: file }),
            Err(TryLockError::Error(error)) => Err(error).with_context(|| cannot_write(root)),
        }
    }
}
