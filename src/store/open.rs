//! Opening the store of a project: its private folder, its files, whatever a crash left undone.

use super::contract::{Holding, Store};
use super::copies::NOMINATIONS;
use super::faults::Faults;
use super::hold::Hold;
use super::place;
use super::rights::{is_read_only, make_folder};
use super::sqlite::Database;
use super::trouble::Trouble;
use anyhow::{Context, Result};
use std::collections::BTreeSet;
use std::path::Path;
use std::sync::Arc;
use std::time::Duration;

/// Name of the file of single answers, tickets and terms.
pub const INTAKE: &str = "intake.sqlite";
/// Name of the file of closed batches and the ledger.
pub const ANSWERS: &str = "answers.sqlite";
/// Every file that restoring puts in its place.
pub(super) const FILES: [&str; 3] = [INTAKE, ANSWERS, NOMINATIONS];
/// Name of the file by which processes take turns at closing; empty.
const TURN: &str = "closing.lock";

/// Opens the store in this folder, `private/` of a project; makes the folder (readable by its owner only, where the system
/// knows owners) and the files where they are missing, and finishes what a crash left undone. Several processes may have it
/// open at once.
///
/// # Errors
/// A [`Trouble`] where the folder or a file cannot be written, is damaged, is held by another program, is of a later version
/// or on a network drive. Nothing is overwritten then.
pub fn open(private: &Path) -> Result<Arc<dyn Store>> {
    open_with(private, Arc::default())
}

/// As [`open`], with faults made on purpose.
///
/// # Errors
/// As [`open`].
pub fn open_with(private: &Path, faults: Arc<Faults>) -> Result<Arc<dyn Store>> {
    prepare_folder(private)?;
    let hold = hold(private, &faults)?;
    let database = Database::open(&private.join(INTAKE), &private.join(ANSWERS), private.join(TURN), faults, hold)?;
    Ok(Arc::new(database))
}

/// A share in the store, after what a restoring that was cut short left undone.
fn hold(private: &Path, faults: &Faults) -> Result<Hold> {
    for _ in 0..100 {
        if place::is_decided(private) {
            match Hold::alone(private)? {
                Some(_alone) if place::is_decided(private) => place::finish(private, FILES, faults)?,
                Some(_) => {}
                // Somebody is at it
                None => std::thread::sleep(Duration::from_millis(100)),
            }
            continue;
        }
        let hold = Hold::share(private)?;
        if !place::is_decided(private) {
            // Nobody is restoring now: what stands there was never decided on
            place::discard(private)?;
            return Ok(hold);
        }
    }
    Err(Trouble::in_use(private).into())
}

/// Looks at what the store in this folder holds, without opening it: nothing is made or written. Empty where there is none, or another
/// is about to take its place.
///
/// # Errors
/// Where a file cannot be read or is damaged.
pub fn peek(private: &Path) -> Result<Holding> {
    if place::is_decided(private) {
        return Ok(Holding::new());
    }
    super::sqlite::peek(&private.join(INTAKE), &private.join(ANSWERS))
}

/// The surveys that were closed by hand, looked at in the same way.
///
/// # Errors
/// Where a file cannot be read or is damaged.
pub fn peek_closings(private: &Path) -> Result<BTreeSet<String>> {
    if place::is_decided(private) {
        return Ok(BTreeSet::new());
    }
    super::sqlite::peek_closings(&private.join(INTAKE))
}

/// Makes the folder where it is missing, and keeps it out of repositories.
pub(super) fn prepare_folder(private: &Path) -> Result<()> {
    if !private.exists() {
        make_folder(private).map_err(|error| anyhow::Error::new(error).context(Trouble::not_writable(private)))?;
    }
    let about = std::fs::metadata(private).with_context(|| private.display().to_string())?;
    if !about.is_dir() {
        return Err(Trouble::not_a_folder(private).into());
    }
    if is_read_only(&about) {
        return Err(Trouble::not_writable(private).into());
    }
    let ignore = private.join(".gitignore");
    if !ignore.exists() {
        std::fs::write(&ignore, "*\n").map_err(|error| anyhow::Error::new(error).context(Trouble::not_writable(&ignore)))?;
    }
    Ok(())
}
