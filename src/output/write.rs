//! Puts a whole build in place.

use super::artifact::{Artifact, Step, Written};
use super::journal;
use super::lock::Lock;
use super::plan::plan;
use super::refusal::cannot_write;
use anyhow::Context;
use rayon::prelude::*;
use std::path::Path;

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
