//! Putting a store that was made ready in the place of another: decided in one moment, then finished by whoever comes next.
//!
//! Beside the store stands a folder with the new one. Until the decision is written into it, it is rubbish; from then on the old store is
//! never opened again, and what is still to be done is done before anything else. Every step may run twice.

use super::faults::{Faults, PlaceStep};
use super::rights::{make_folder, write_private};
use super::trouble::Trouble;
use anyhow::{Context, Result};
use serde::{Deserialize, Serialize};
use std::fs::rename;
use std::path::{Path, PathBuf};

/// The folder in which a store is made ready.
const READY: &str = "restoring";
/// In it: the decision.
const DECIDED: &str = "decided.json";
/// In it: what was there before.
const BEFORE: &str = "aside";
/// In it: lists of links that the store's folder may lack.
const LINKS: &str = "links";
/// The folder of stores that had to make room.
const ASIDE: &str = "set-aside";
/// What SQLite keeps beside a file, the file itself last.
const BESIDE: [&str; 4] = ["-wal", "-shm", "-journal", ""];

/// What was decided.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Decision {
    /// The name under which what was there before is set aside; `None`: there was nothing.
    pub(super) aside: Option<String>,
    /// The files that are set aside as they are; of the others a copy stands ready, or they held nothing.
    pub(super) moved: Vec<String>,
}

/// The folder in which a store is made ready, below the store's own.
pub(super) fn ready(private: &Path) -> PathBuf {
    private.join(READY)
}

/// Where copies of what was there before are made ready.
pub(super) fn before(private: &Path) -> PathBuf {
    ready(private).join(BEFORE)
}

/// Where lists of links are made ready.
pub(super) fn links(private: &Path) -> PathBuf {
    ready(private).join(LINKS)
}

/// Where something that was set aside stands.
pub(super) fn aside(private: &Path, name: &str) -> PathBuf {
    private.join(ASIDE).join(name)
}

/// A name for what is set aside on this day that nothing has yet.
pub(super) fn free_name(private: &Path, day: &str) -> String {
    let names = (1_u32..).map(|number| if number == 1 { day.to_owned() } else { format!("{day}-{number}") });
    names.into_iter().find(|name| !aside(private, name).exists()).unwrap_or_default()
}

/// Whether it was decided that another store takes the place of the one that is there.
pub(super) fn is_decided(private: &Path) -> bool {
    ready(private).join(DECIDED).is_file()
}

/// Removes what was made ready and never decided on.
pub(super) fn discard(private: &Path) -> Result<()> {
    let ready = ready(private);
    if ready.is_dir() && !is_decided(private) {
        std::fs::remove_dir_all(&ready).map_err(|_| Trouble::not_writable(&ready))?;
    }
    Ok(())
}

/// Writes the decision down. From now on the new store is the store.
pub(super) fn decide(private: &Path, decision: &Decision, faults: &Faults) -> Result<()> {
    sync_folder(&ready(private));
    faults.placed(PlaceStep::Staged)?;
    let path = ready(private).join(DECIDED);
    write_private(&path, serde_json::to_string(decision)?.as_bytes()).map_err(|_| Trouble::not_writable(&path))?;
    sync_folder(&ready(private));
    sync_folder(private);
    faults.placed(PlaceStep::Decided)
}

/// Does what is still to be done after a decision. Nobody else may have the store open.
pub(super) fn finish(private: &Path, files: [&str; 3], faults: &Faults) -> Result<()> {
    let (ready, before) = (ready(private), before(private));
    let path = ready.join(DECIDED);
    let text = std::fs::read_to_string(&path).with_context(|| path.display().to_string())?;
    let decision: Decision = serde_json::from_str(&text).with_context(|| path.display().to_string())?;
    for (number, name) in files.into_iter().enumerate() {
        let fresh = ready.join(name);
        // Where it is not there any more it stands in its place
        if fresh.exists() {
            for part in BESIDE.map(|beside| format!("{name}{beside}")) {
                let old = private.join(&part);
                if !old.exists() {
                    continue;
                }
                if decision.moved.iter().any(|moved| moved == name) {
                    make_folder(&before)?;
                    rename(&old, before.join(&part)).map_err(|_| Trouble::in_use(&old))?;
                } else {
                    std::fs::remove_file(&old).map_err(|_| Trouble::in_use(&old))?;
                }
            }
            if number == 0 {
                faults.placed(PlaceStep::Cleared)?;
            }
            rename(&fresh, private.join(name)).map_err(|_| Trouble::not_writable(&fresh))?;
            sync_folder(private);
        }
        faults.placed([PlaceStep::Intake, PlaceStep::Answers, PlaceStep::Nominations][number.min(2)])?;
    }
    if let Some(name) = decision.aside.filter(|_| before.is_dir()) {
        let aside = aside(private, &name);
        make_folder(aside.parent().unwrap_or(private))?;
        rename(&before, &aside).map_err(|_| Trouble::in_use(&before))?;
    }
    faults.placed(PlaceStep::Aside)?;
    place_links(&links(private), private)?;
    std::fs::remove_file(&path).map_err(|_| Trouble::in_use(&path))?;
    discard(private)
}

/// Lists of links that are not there; one that is there may know of more people.
fn place_links(from: &Path, private: &Path) -> Result<()> {
    let Ok(entries) = std::fs::read_dir(from) else { return Ok(()) };
    for entry in entries {
        let survey = entry?.file_name();
        let (list, place) = (from.join(&survey).join("links.csv"), private.join("links").join(&survey).join("links.csv"));
        if list.is_file() && !place.exists() {
            make_folder(place.parent().unwrap_or(private))?;
            rename(&list, &place).map_err(|_| Trouble::not_writable(&place))?;
        }
    }
    Ok(())
}

/// What a folder holds is on the disk; where the system does not know how, it does so by itself.
fn sync_folder(folder: &Path) {
    let _ = std::fs::File::open(folder).and_then(|folder| folder.sync_all());
}
