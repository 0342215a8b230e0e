//! Reads a project.

use crate::catalog::{self, Loaded};
use crate::content::Folder;
use crate::statistics;
use std::path::Path;

/// Reads the project at `root`. Whether it can be built, its diagnostics tell.
///
/// # Errors
///
/// When there is no `content/`, or the disk refuses.
pub fn load(root: &Path) -> anyhow::Result<Loaded> {
    let (folder, faults) = Folder::read(root)?;
    let mut loaded = catalog::load(&folder);
    loaded.diagnostics.append(faults);
    for dataset in loaded.catalog.data.values_mut() {
        statistics::add_intervals(&mut dataset.exhibit);
    }
    Ok(loaded)
}
