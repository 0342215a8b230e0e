//! Copies of the answers to put aside, and how to find the newest.
//!
//! A copy holds closed batches, the ledger, terms, tickets and invitations; requests for talks until their last day; and what was
//! decided of texts. Answers that wait for their batch, and drafts, are in
//! none: who kept two copies could see which answers came between them and whose invitations were used meanwhile, after the batch
//! has long been closed. They reach no file of a copy at any moment.

use super::contract::Store;
use super::copies::{BACKUPS, LAST, NOMINATIONS};
use super::open::{ANSWERS, INTAKE};
use super::rights::{make_folder, write_private};
use crate::language::{Day, Words};
use anyhow::{Context, Result, bail};
use std::path::{Path, PathBuf};

/// Says what a copy is; written last, so that a copy without it is none.
pub(super) const NOTE: &str = "backup.json";
/// The lists of links, where codes stand; without them nobody could be reminded.
pub(super) const LINKS: &str = "links";
/// What was decided of texts.
const REVIEW: &str = "review";

/// A copy that was made.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Backup {
    /// Where it stands.
    pub folder: PathBuf,
    /// The day on which it was made.
    pub day: Day,
    /// Answers in it, all of them in closed batches.
    pub answers: u64,
    /// Requests for talks in it.
    pub nominations: u64,
    /// Bytes of the databases.
    pub bytes: u64,
}

/// Copies what is kept in `private` into a new folder below `to` (`None`: `private/backups/`), named after the day. Each copy is
/// opened and checked before it counts as one.
///
/// # Errors
///
/// Where the store or the disk fails, or a batch is being closed that another program holds up.
pub fn back_up(store: &dyn Store, private: &Path, to: Option<&Path>, today: Day) -> Result<Backup> {
    let above = to.map_or_else(|| private.join(BACKUPS), Path::to_path_buf);
    let folder = new_folder(&above, today)?;
    let answers = store.copy(&folder.join(INTAKE), &folder.join(ANSWERS))?;
    // What is over is in no copy
    store.purge_nominations(today)?;
    let nominations = store.copy_nominations(&folder.join(NOMINATIONS))?;
    copy_links(&private.join(LINKS), &folder.join(LINKS))?;
    copy_reviews(&private.join(REVIEW), &folder.join(REVIEW))?;
    let length = |name: &str| std::fs::metadata(folder.join(name)).map_or(0, |file| file.len());
    let bytes = length(INTAKE) + length(ANSWERS) + length(NOMINATIONS);
    let folder = std::fs::canonicalize(&folder).unwrap_or(folder);
    write(&folder.join(NOTE), &note(today, answers))?;
    write(&private.join(LAST), &serde_json::json!({"day": today.to_string(), "folder": folder, "answers": answers}))?;
    Ok(Backup { folder, day: today, answers, nominations, bytes })
}

/// What a copy says of itself.
pub(super) fn note(day: Day, answers: u64) -> serde_json::Value {
    serde_json::json!({"day": day.to_string(), "answers": answers, "program": env!("CARGO_PKG_VERSION")})
}

/// The day of the newest copy that was made from this folder of answers and, where it still stands, its place.
#[must_use]
pub fn last_backup(private: &Path) -> Option<(Day, Option<PathBuf>)> {
    let text = std::fs::read_to_string(private.join(LAST)).ok()?;
    let note: serde_json::Value = serde_json::from_str(&text).ok()?;
    let day = Day::parse(note["day"].as_str()?)?;
    let folder = note["folder"].as_str().map(PathBuf::from).filter(|folder| is_backup(folder));
    Some((day, folder))
}

/// Whether a folder holds a whole copy.
#[must_use]
pub fn is_backup(folder: &Path) -> bool {
    [NOTE, INTAKE, ANSWERS].iter().all(|name| folder.join(name).is_file())
}

/// `2026-11-20`, `2026-11-20-2`, … The hour is nobody's business.
fn new_folder(above: &Path, today: Day) -> Result<PathBuf> {
    make_folder(above).with_context(|| cannot_write(above))?;
    for number in 1..10_000 {
        let name = if number == 1 { today.to_string() } else { format!("{today}-{number}") };
        let folder = above.join(name);
        if !folder.exists() {
            make_folder(&folder).with_context(|| cannot_write(&folder))?;
            return Ok(folder);
        }
    }
    bail!(cannot_write(above))
}

/// Of every survey the list that was handed out; letters can be made of it again.
pub(super) fn copy_links(from: &Path, to: &Path) -> Result<()> {
    let Ok(entries) = std::fs::read_dir(from) else { return Ok(()) };
    for entry in entries {
        let survey = entry.with_context(|| from.display().to_string())?;
        let list = survey.path().join("links.csv");
        if let Ok(bytes) = std::fs::read(&list) {
            let copy = to.join(survey.file_name()).join("links.csv");
            write_private(&copy, &bytes).with_context(|| cannot_write(&copy))?;
        }
    }
    Ok(())
}

/// What was decided of the texts of each survey.
fn copy_reviews(from: &Path, to: &Path) -> Result<()> {
    let Ok(entries) = std::fs::read_dir(from) else { return Ok(()) };
    for entry in entries {
        let file = entry.with_context(|| from.display().to_string())?.path();
        if file.extension().is_some_and(|ending| ending == "yaml")
            && let (Some(name), Ok(bytes)) = (file.file_name(), std::fs::read(&file))
        {
            let copy = to.join(name);
            write_private(&copy, &bytes).with_context(|| cannot_write(&copy))?;
        }
    }
    Ok(())
}

/// Writes a note, whole or not at all.
pub(super) fn write(path: &Path, note: &serde_json::Value) -> Result<()> {
    write_private(path, format!("{note:#}\n").as_bytes()).with_context(|| cannot_write(path))
}

fn cannot_write(path: &Path) -> Words {
    Words::new(format!("{} に控えを書けません", path.display()), format!("cannot write a backup to {}", path.display()))
}
