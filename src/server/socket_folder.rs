//! A folder for the inner server's socket that only we may enter, and whose path is short enough for a socket.

use std::fs::{self, DirBuilder};
use std::io::{Error, ErrorKind, Result};
use std::os::unix::fs::DirBuilderExt;
use std::path::{Path, PathBuf};

/// Bytes that the shortest of the systems' socket addresses holds, its closing NUL left out.
const LONGEST: usize = 103;
/// The socket's name.
const SOCKET: &str = "s";
/// Names tried in one folder: as many servers of one process at once.
const NAMES: u32 = 10_000;

/// The folder, removed when dropped.
#[derive(Debug)]
pub(super) struct SocketFolder {
    path: PathBuf,
}

impl SocketFolder {
    /// A new folder, in the user's temporary folder or, where that path is too long, in `/tmp`.
    ///
    /// # Errors
    /// No folder can be made in any of them.
    pub(super) fn new() -> Result<SocketFolder> {
        let mut last = Error::from(ErrorKind::NotFound);
        for parent in [std::env::temp_dir(), PathBuf::from("/tmp")] {
            match SocketFolder::inside(&parent) {
                Ok(folder) => return Ok(folder),
                Err(error) => last = error,
            }
        }
        Err(last)
    }

    /// Where the socket goes.
    pub(super) fn socket(&self) -> PathBuf {
        self.path.join(SOCKET)
    }

    /// Removes the folder now, whoever else still knows it.
    pub(super) fn remove(&self) {
        // Only what we put there: the socket, then the empty folder.
        let _ = fs::remove_file(self.socket());
        let _ = fs::remove_dir(&self.path);
    }

    fn inside(parent: &Path) -> Result<SocketFolder> {
        let process = std::process::id();
        for number in 0..NAMES {
            let path = parent.join(format!("shirube-{process}-{number}"));
            if path.join(SOCKET).as_os_str().len() > LONGEST {
                return Err(ErrorKind::InvalidFilename.into());
            }
            // mkdir takes no existing folder and follows no link, so nobody can have prepared this one.
            match DirBuilder::new().mode(0o700).create(&path) {
                Ok(()) => return Ok(SocketFolder { path }),
                Err(error) if error.kind() == ErrorKind::AlreadyExists => {}
                Err(error) => return Err(error),
            }
        }
        Err(ErrorKind::AlreadyExists.into())
    }
}

impl Drop for SocketFolder {
    fn drop(&mut self) {
        self.remove();
    }
}
