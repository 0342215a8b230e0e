//! The journal: all new files are staged and listed durably before the first old one is replaced, so that what was interrupted
//! can be undone (no journal yet) or finished (journal there).

use super::artifact::Step;
use super::path::RelativePath;
use super::refusal::{cannot_write, foreign};
use crate::language::Words;
use anyhow::Context;
use std::fs::File;
use std::io::Write;
use std::path::{Path, PathBuf};

/// The name of the journal, in the root.
pub(super) const JOURNAL_NAME: &str = ".shirube-journal.json";
/// The folder in which new files wait, in the root so that a rename is enough to put them in place.
pub(super) const STAGING_NAME: &str = ".shirube-staging";

/// One step of the work.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Operation {
    /// Moves a staged file to its place; `fresh`: nothing may stand there yet.
    Put { path: RelativePath, staged: usize, fresh: bool },
    /// Removes a file that an earlier manifest named, and folders that it leaves empty.
    Remove { path: RelativePath },
}

#[derive(serde::Serialize, serde::Deserialize)]
#[serde(rename_all = "lowercase")]
enum Line {
    Put(String, usize, bool),
    Remove(String),
}

/// The place of a staged file.
pub(super) fn staged(root: &Path, number: usize) -> PathBuf {
    root.join(STAGING_NAME).join(number.to_string())
}

/// Writes one staged file durably.
pub(super) fn stage(root: &Path, number: usize, bytes: &[u8]) -> anyhow::Result<()> {
    let path = staged(root, number);
    write_durably(&path, bytes).with_context(|| cannot_write(&path))
}

/// Writes the journal durably: from here on the work is finished, not undone.
pub(super) fn commit(root: &Path, operations: &[Operation]) -> anyhow::Result<()> {
    let lines: Vec<Line> = operations
        .iter()
        .map(|operation| match operation {
            Operation::Put { path, staged, fresh } => Line::Put(path.as_str().to_owned(), *staged, *fresh),
            Operation::Remove { path } => Line::Remove(path.as_str().to_owned()),
        })
        .collect();
    let waiting = root.join(STAGING_NAME).join("journal");
    sync_folder(&root.join(STAGING_NAME)).with_context(|| cannot_write(root))?;
    write_durably(&waiting, &serde_json::to_vec(&lines)?).with_context(|| cannot_write(&waiting))?;
    std::fs::rename(&waiting, root.join(JOURNAL_NAME)).with_context(|| cannot_write(root))?;
    sync_folder(root).with_context(|| cannot_write(root))
}

/// The work of an interrupted build, if there is any.
pub(super) fn read(root: &Path) -> anyhow::Result<Option<Vec<Operation>>> {
    let path = root.join(JOURNAL_NAME);
    let bytes = match std::fs::read(&path) {
        Ok(bytes) => bytes,
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => return Ok(None),
        Err(error) => return Err(error).with_context(|| damaged(&path)),
    };
    let lines: Vec<Line> = serde_json::from_slice(&bytes).with_context(|| damaged(&path))?;
    let operations = lines.into_iter().map(|line| match line {
        Line::Put(path, staged, fresh) => Ok(Operation::Put { path: RelativePath::new(path)?, staged, fresh }),
        Line::Remove(path) => Ok(Operation::Remove { path: RelativePath::new(path)? }),
    });
    operations.collect::<Result<_, Words>>().map(Some).with_context(|| damaged(&path))
}

/// Does all that the journal lists and that is not yet done, then clears it away.
pub(super) fn finish(root: &Path, operations: &[Operation], before: &mut dyn FnMut(Step<'_>) -> anyhow::Result<()>) -> anyhow::Result<()> {
    // What is in place has left the staging folder, and all before it was done before it.
    let done = |operation: &Operation| matches!(operation, Operation::Put { staged: number, .. } if !staged(root, *number).exists());
    let next = operations.iter().rposition(done).map_or(0, |last| last + 1);
    for operation in &operations[next..] {
        match operation {
            Operation::Put { path, staged, fresh } => {
                before(Step::Put(path))?;
                put(root, path, *staged, *fresh)?;
            }
            Operation::Remove { path } => {
                before(Step::Remove(path))?;
                remove(root, path)?;
            }
        }
    }
    before(Step::Sync)?;
    sync_touched(root, operations)?;
    before(Step::Clear)?;
    std::fs::remove_file(root.join(JOURNAL_NAME)).with_context(|| cannot_write(root))?;
    sync_folder(root).with_context(|| cannot_write(root))?;
    before(Step::Clean)?;
    clean(root)
}

/// Throws away what was staged.
pub(super) fn clean(root: &Path) -> anyhow::Result<()> {
    let staging = root.join(STAGING_NAME);
    match staging.symlink_metadata() {
        Ok(found) if found.is_dir() => std::fs::remove_dir_all(&staging).with_context(|| cannot_write(&staging)),
        Ok(_) => Err(foreign(&staging)),
        Err(_) => Ok(()),
    }
}

/// Refuses a path that goes through a symlink below the root.
pub(super) fn refuse_links(root: &Path, path: &RelativePath) -> anyhow::Result<()> {
    for folder in path.folders() {
        let folder = RelativePath::new(folder)?.below(root);
        if folder.symlink_metadata().is_ok_and(|found| found.is_symlink()) {
            return Err(foreign(&folder));
        }
    }
    Ok(())
}

fn put(root: &Path, path: &RelativePath, number: usize, fresh: bool) -> anyhow::Result<()> {
    let (from, to) = (staged(root, number), path.below(root));
    refuse_links(root, path)?;
    if to.symlink_metadata().is_ok_and(|found| !found.is_file() || fresh) {
        return Err(anyhow::Error::new(Words::new(
            format!("{} に、書き出しの途中でほかのファイルが置かれました。移動してから、もう一度書き出してください", to.display()),
            format!("something else appeared at {} during the build; move it and build again", to.display()),
        )));
    }
    if let Some(folder) = to.parent() {
        std::fs::create_dir_all(folder).with_context(|| cannot_write(folder))?;
    }
    std::fs::rename(&from, &to).with_context(|| {
        Words::new(
            format!("{} を置き換えられません。ほかのプログラムで開いていれば閉じてください", to.display()),
            format!("cannot replace {}; close it if another program has it open", to.display()),
        )
    })
}

fn remove(root: &Path, path: &RelativePath) -> anyhow::Result<()> {
    let file = path.below(root);
    if refuse_links(root, path).is_err() {
        return Ok(());
    }
    match file.symlink_metadata() {
        Ok(found) if found.is_file() => std::fs::remove_file(&file).with_context(|| {
            Words::new(
                format!("{} を削除できません。ほかのプログラムで開いていれば閉じてください", file.display()),
                format!("cannot remove {}; close it if another program has it open", file.display()),
            )
        })?,
        _ => return Ok(()),
    }
    for folder in path.folders() {
        // Stops at the first folder that holds anything else.
        if std::fs::remove_dir(RelativePath::new(folder)?.below(root)).is_err() {
            break;
        }
    }
    Ok(())
}

fn write_durably(path: &Path, bytes: &[u8]) -> std::io::Result<()> {
    let mut file = File::create(path)?;
    file.write_all(bytes)?;
    file.sync_all()
}

fn sync_touched(root: &Path, operations: &[Operation]) -> anyhow::Result<()> {
    let mut folders: Vec<PathBuf> = vec![root.to_path_buf()];
    for operation in operations {
        let (Operation::Put { path, .. } | Operation::Remove { path }) = operation;
        for folder in path.folders() {
            folders.push(RelativePath::new(folder)?.below(root));
        }
    }
    folders.sort();
    folders.dedup();
    for folder in folders.iter().filter(|folder| folder.is_dir()) {
        sync_folder(folder).with_context(|| cannot_write(folder))?;
    }
    Ok(())
}

/// Makes renames in a folder durable.
#[cfg(unix)]
fn sync_folder(folder: &Path) -> std::io::Result<()> {
    match File::open(folder)?.sync_all() {
        // Some network file systems cannot do this for folders.
        Err(error) if matches!(error.kind(), std::io::ErrorKind::InvalidInput | std::io::ErrorKind::Unsupported) => Ok(()),
        done => done,
    }
}

/// Elsewhere folders cannot be opened as files; the system's own journal keeps the order of renames.
#[cfg(not(unix))]
fn sync_folder(_folder: &Path) -> std::io::Result<()> {
    Ok(())
}

fn damaged(path: &Path) -> Words {
    Words::new(
        format!(
            "{} が壊れています。前回の書き出しを続けられません。出力フォルダーを空にしてから、もう一度書き出してください",
            path.display()
        ),
        format!("{} is damaged, so the interrupted build cannot be finished; empty the output folder and build again", path.display()),
    )
}
