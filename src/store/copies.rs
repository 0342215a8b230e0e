//! Where copies of the answers stand that this folder of answers knows of.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

/// The folder of copies in the folder of answers.
pub(super) const BACKUPS: &str = "backups";
/// In the folder of answers: where the newest copy was put, and on which day.
pub(super) const LAST: &str = "last-backup.json";
/// The file of nominations, in the folder of answers and in copies.
pub(super) const NOMINATIONS: &str = "nominations.sqlite";

/// Every copy below the folder of answers, and the newest one wherever it was put.
pub(super) fn known(private: &Path) -> BTreeSet<PathBuf> {
    let below = std::fs::read_dir(private.join(BACKUPS)).into_iter().flatten().flatten().map(|entry| entry.path());
    let last = std::fs::read(private.join(LAST)).ok();
    let last = last.and_then(|bytes| serde_json::from_slice::<serde_json::Value>(&bytes).ok());
    let last = last.and_then(|note| note["folder"].as_str().map(PathBuf::from));
    let all = below.chain(last).filter(|folder| folder.is_dir());
    // One folder by two names is one
    all.map(|folder| std::fs::canonicalize(&folder).unwrap_or(folder)).collect()
}
