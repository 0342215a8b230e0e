//! Puts a whole build in place.

use super::lock::{Lock, cannot_write};
use super::plan::plan;
use super::{RelativePath, journal};
use anyhow::Context;
use rayon::prelude::*;
use std::path::Path;

/// A file to write.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Artifact {
    /// Where, below the output's root.
    pub path: RelativePath,
    /// What.
    pub bytes: Vec<u8>,
}

/// What a build did, each list sorted.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Written {
    /// Files that were not there before.
    pub created: Vec<RelativePath>,
    /// Files whose bytes changed.
    pub changed: Vec<RelativePath>,
    /// Files that already were as they should be and were not touched.
    pub same: Vec<RelativePath>,
    /// Files of the last build that this one no longer has.
    pub removed: Vec<RelativePath>,
}

/// What is about to happen.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Step<'a> {
    /// New files are written aside.
    Stage,
    /// The journal is written: from here on an interrupted build is finished, before it is undone.
    Commit,
    /// A file is put in place.
    Put(&'a RelativePath),
    /// A file is removed.
    Remove(&'a RelativePath),
    /// Folders are made durable.
    Sync,
    /// The journal is removed.
    Clear,
    /// What was staged is thrown away.
    Clean,
}

/// Makes `root` hold exactly these artifacts, beside files that are not ours.
///
/// Changed files are replaced one by one: assets, then pages, then the manifest, removals last. Unchanged files are not
/// touched. Only files that the last manifest names are replaced or removed; nothing is written through a symlink below the
/// root. An interrupted build is first finished (or undone, when its journal was not yet written).
///
/// # Errors
/// When two artifacts want the same place, something foreign stands where a file should go, another build is at work, or the
/// disk refuses. Until all new files are safely staged nothing changes; the errors are [`crate::language::Words`] or carry them
/// as context.
pub fn write(root: &Path, artifacts: &[Artifact]) -> anyhow::Result<Written> {
    let lock = open(root)?;
    let done = run(root, artifacts, &mut |_| Ok(()));
    if done.is_err() && matches!(journal::read(root), Ok(None)) {
        // The reason for the failure matters more than leftovers, which the next build clears away anyhow.
        let _ = journal::clean(root);
    }
    drop(lock);
    done
}

/// Like [`write()`], asking `before` ahead of every step; its error stops the work there, as a crash would.
///
/// # Errors
/// As [`write()`], and whatever `before` returns.
pub fn write_watched(
    root: &Path,
    artifacts: &[Artifact],
    before: &mut dyn FnMut(Step<'_>) -> anyhow::Result<()>,
) -> anyhow::Result<Written> {
    let _lock = open(root)?;
    run(root, artifacts, before)
}

fn open(root: &Path) -> anyhow::Result<Lock> {
    std::fs::create_dir_all(root).with_context(|| cannot_write(root))?;
    Lock::take(root)
}

fn run(root: &Path, artifacts: &[Artifact], before: &mut dyn FnMut(Step<'_>) -> anyhow::Result<()>) -> anyhow::Result<Written> {
    if let Some(operations) = journal::read(root)? {
        journal::finish(root, &operations, before)?;
    }
    journal::clean(root)?;
    let plan = plan(root, artifacts)?;
    if plan.operations.is_empty() {
        return Ok(plan.written);
    }
    before(Step::Stage)?;
    let staging = root.join(journal::STAGING_NAME);
    std::fs::create_dir(&staging).with_context(|| cannot_write(&staging))?;
    plan.bytes.par_iter().enumerate().try_for_each(|(number, bytes)| journal::stage(root, number, bytes))?;
    before(Step::Commit)?;
    journal::commit(root, &plan.operations)?;
    journal::finish(root, &plan.operations, before)?;
    Ok(plan.written)
}
