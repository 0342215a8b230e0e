//! What an error of SQLite means for a person.

use crate::store::contract::Refusal;
use crate::store::trouble::Trouble;
use rusqlite::ErrorCode;
use std::path::Path;

/// The trouble behind an error of the file at `path`, where it is one that a person can do something about.
pub(super) fn trouble(error: &rusqlite::Error, path: &Path) -> Option<Trouble> {
    match error.sqlite_error_code()? {
        ErrorCode::DiskFull => Some(Trouble::full()),
        ErrorCode::DatabaseCorrupt | ErrorCode::NotADatabase => Some(Trouble::damaged(path, &error.to_string())),
        ErrorCode::DatabaseBusy | ErrorCode::DatabaseLocked => Some(Trouble::in_use(path)),
        ErrorCode::ReadOnly | ErrorCode::CannotOpen | ErrorCode::PermissionDenied | ErrorCode::SystemIoFailure => {
            Some(Trouble::not_writable(path))
        }
        _ => None,
    }
}

/// Whether another program holds the file.
pub(super) fn is_busy(error: &rusqlite::Error) -> bool {
    matches!(error.sqlite_error_code(), Some(ErrorCode::DatabaseBusy | ErrorCode::DatabaseLocked))
}

/// Whether another program, or a full disk, is in the way for now.
pub(super) fn passes(error: &rusqlite::Error) -> bool {
    is_busy(error) || error.sqlite_error_code() == Some(ErrorCode::DiskFull)
}

/// The error as a refusal.
pub(super) fn refusal(error: &rusqlite::Error, path: &Path) -> Refusal {
    trouble(error, path).map_or_else(|| Refusal::Failed(error.to_string()), Refusal::NotStored)
}

/// Errors of a file, told as troubles where they are some.
pub(super) trait At<T> {
    /// Names the file, or says what to do.
    fn at(self, path: &Path) -> anyhow::Result<T>;
}

impl<T> At<T> for rusqlite::Result<T> {
    fn at(self, path: &Path) -> anyhow::Result<T> {
        self.map_err(|error| match trouble(&error, path) {
            Some(trouble) => anyhow::Error::new(trouble),
            None => anyhow::Error::new(error).context(path.display().to_string()),
        })
    }
}
