//! Who may read the private files: their owner only, where the system knows owners. Elsewhere (Windows) a folder inside the
//! user's own has such rights by inheritance.

use std::fs::{DirBuilder, Metadata, OpenOptions};
use std::io::{ErrorKind, Result};
use std::path::Path;

/// Makes the folder, and those above it, readable by their owner only.
pub(super) fn make_folder(path: &Path) -> Result<()> {
    let mut builder = DirBuilder::new();
    builder.recursive(true);
    for_owner::folder(&mut builder);
    builder.create(path)
}

/// Makes the file where it is missing, readable by its owner only; takes an existing one away from others.
///
/// An existing file is not opened: closing it again would, on Unix, give up the locks that a database of this process holds.
pub(super) fn make_file(path: &Path) -> Result<()> {
    let mut options = OpenOptions::new();
    options.write(true).create_new(true);
    for_owner::file(&mut options);
    match options.open(path) {
        Ok(_) => Ok(()),
        Err(error) if error.kind() == ErrorKind::AlreadyExists => for_owner::close(path),
        Err(error) => Err(error),
    }
}

/// Makes an empty file that only its owner may read, in a folder that is made the same way; one that is there keeps what it holds.
///
/// # Errors
/// Where the disk refuses.
pub fn make_private(path: &Path) -> Result<()> {
    if let Some(folder) = path.parent() {
        make_folder(folder)?;
    }
    make_file(path)
}

/// Writes a file that only its owner may read, in a folder that is made the same way: whole or not at all, and on the disk when
/// this returns.
///
/// # Errors
/// Where the disk refuses; what stood there before still stands then.
pub fn write_private(path: &Path, bytes: &[u8]) -> Result<()> {
    use std::io::Write as _;
    if let Some(folder) = path.parent() {
        make_folder(folder)?;
    }
    let mut name = path.file_name().unwrap_or_default().to_os_string();
    name.push(".new");
    let beside = path.with_file_name(name);
    let mut options = OpenOptions::new();
    options.write(true).create(true).truncate(true);
    for_owner::file(&mut options);
    let mut file = options.open(&beside)?;
    for_owner::close(&beside)?;
    file.write_all(bytes)?;
    file.sync_all()?;
    drop(file);
    std::fs::rename(&beside, path)
}

/// Whether the folder is marked as not to be written. The administrator could write it all the same, so asking is the only way.
pub(super) fn is_read_only(folder: &Metadata) -> bool {
    for_owner::KNOWS_FOLDERS && folder.permissions().readonly()
}

#[cfg(unix)]
mod for_owner {
    use std::fs::{DirBuilder, OpenOptions, Permissions};
    use std::os::unix::fs::{DirBuilderExt, OpenOptionsExt, PermissionsExt};
    use std::path::Path;

    pub(super) const KNOWS_FOLDERS: bool = true;

    pub(super) fn folder(builder: &mut DirBuilder) {
        builder.mode(0o700);
    }

    pub(super) fn file(options: &mut OpenOptions) {
        options.mode(0o600);
    }

    pub(super) fn close(path: &Path) -> std::io::Result<()> {
        let mode = std::fs::metadata(path)?.permissions().mode();
        if mode & 0o077 == 0 { Ok(()) } else { std::fs::set_permissions(path, Permissions::from_mode(mode & 0o700)) }
    }
}

#[cfg(not(unix))]
mod for_owner {
    use std::fs::{DirBuilder, OpenOptions};
    use std::path::Path;

    // The mark of a folder means something else on Windows
    pub(super) const KNOWS_FOLDERS: bool = false;

    pub(super) fn folder(_: &mut DirBuilder) {}

    pub(super) fn file(_: &mut OpenOptions) {}

    pub(super) fn close(_: &Path) -> std::io::Result<()> {
        Ok(())
    }
}
