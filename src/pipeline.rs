//! Content and answers become sites: the whole story on one page.

use crate::catalog::{self, Catalog};
use crate::content::Folder;
use crate::diagnostic::{Diagnostics, Sources};
use std::path::Path;

/// A project as it was read.
#[derive(Debug, Clone)]
pub struct Project {
    /// Everything on offer.
    pub catalog: Catalog,
    /// Everything that is wrong with it.
    pub diagnostics: Diagnostics,
    /// The texts, for showing what is wrong.
    pub sources: Sources,
}

/// Reads the project at `root`. Whether it can be built, its diagnostics tell.
///
/// # Errors
///
/// When there is no `content/`, or the disk refuses.
pub fn load(root: &Path) -> anyhow::Result<Project> {
    let (folder, mut diagnostics) = Folder::read(root)?;
    let (catalog, faults) = catalog::load(&folder);
    diagnostics.append(faults);
    Ok(Project { catalog, diagnostics, sources: folder.sources() })
}
