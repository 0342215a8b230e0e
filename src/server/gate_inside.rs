//! The line between the gate and the inner server, which nobody else may use: a Unix socket in a folder that only we may enter,
//! elsewhere a loopback port where a secret has to be said.

use std::io::Result;

use super::gate_wire::Wire;

/// Where the inner server listens.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Inside {
    line: system::Line,
}

/// What the inner server listens on. Its type tells that on Unix it is no port.
pub(super) use system::Listener;

impl Inside {
    /// A new line with its listener.
    ///
    /// # Errors
    /// No folder, socket or port to be had.
    pub(super) fn open() -> Result<(Listener, Inside)> {
        let (listener, line) = system::open()?;
        Ok((listener, Inside { line }))
    }

    /// Calls the inner server.
    ///
    /// # Errors
    /// `ConnectionRefused` or `NotFound`: nobody listens there any more.
    pub(super) fn connect(&self) -> Result<Box<dyn Wire>> {
        self.line.connect()
    }

    /// What has to be said on the line, where others could be on it.
    pub(super) fn secret(&self) -> Option<&str> {
        self.line.secret()
    }

    /// Leaves nothing on the disk, whoever still knows this line.
    pub(super) fn remove(&self) {
        self.line.remove();
    }
}

#[cfg(unix)]
mod system {
    use std::fs::{self, DirBuilder};
    use std::io::{Error, ErrorKind, Result};
    use std::os::unix::fs::DirBuilderExt;
    use std::os::unix::net::UnixStream;
    use std::path::{Path, PathBuf};
    use std::sync::Arc;

    use super::super::gate_wire::{Wire, wire};

    pub(in super::super) use std::os::unix::net::UnixListener as Listener;

    wire!(UnixStream);

    /// Bytes that the shortest of the systems' socket addresses holds, its closing NUL left out.
    const LONGEST: usize = 103;
    /// Names tried in one folder: as many servers of one process at once.
    const NAMES: u32 = 10_000;

    /// A socket in a folder of its own, which goes when nobody knows it any more.
    #[derive(Debug, Clone, PartialEq, Eq)]
    pub(super) struct Line(Arc<Folder>);

    #[derive(Debug, PartialEq, Eq)]
    struct Folder(PathBuf);

    /// In the user's temporary folder or, where that path is too long for a socket, in `/tmp`.
    pub(super) fn open() -> Result<(Listener, Line)> {
        let mut last = Error::from(ErrorKind::NotFound);
        for parent in [std::env::temp_dir(), PathBuf::from("/tmp")] {
            match Folder::inside(&parent) {
                Ok(folder) => return Ok((Listener::bind(folder.socket())?, Line(Arc::new(folder)))),
                Err(error) => last = error,
            }
        }
        Err(last)
    }

    impl Line {
        pub(super) fn connect(&self) -> Result<Box<dyn Wire>> {
            Ok(Box::new(UnixStream::connect(self.0.socket())?))
        }

        pub(super) fn secret(&self) -> Option<&str> {
            None
        }

        pub(super) fn remove(&self) {
            self.0.remove();
        }
    }

    impl Folder {
        fn inside(parent: &Path) -> Result<Folder> {
            let process = std::process::id();
            for number in 0..NAMES {
                let path = parent.join(format!("shirube-{process}-{number}"));
                if path.as_os_str().len() + 2 > LONGEST {
                    return Err(ErrorKind::InvalidFilename.into());
                }
                // mkdir takes no existing folder and follows no link, so nobody can have prepared this one.
                match DirBuilder::new().mode(0o700).create(&path) {
                    Ok(()) => return Ok(Folder(path)),
                    Err(error) if error.kind() == ErrorKind::AlreadyExists => {}
                    Err(error) => return Err(error),
                }
            }
            Err(ErrorKind::AlreadyExists.into())
        }

        fn socket(&self) -> PathBuf {
            self.0.join("s")
        }

        fn remove(&self) {
            // Only what we put there: the socket, then the empty folder.
            let _ = fs::remove_file(self.socket());
            let _ = fs::remove_dir(&self.0);
        }
    }

    impl Drop for Folder {
        fn drop(&mut self) {
            self.remove();
        }
    }

    #[cfg(test)]
    mod tests {
        use super::*;
        use std::os::unix::fs::PermissionsExt;

        #[test]
        fn the_folder_is_ours_alone_and_goes() {
            let (_listener, line) = open().expect("a socket");
            let path = line.0.0.clone();
            assert_eq!(fs::metadata(&path).expect("a folder").permissions().mode() & 0o777, 0o700);
            assert!(line.connect().is_ok() && line.secret().is_none());
            let (_other, second) = open().expect("another socket");
            assert_ne!(line, second);
            drop(line);
            assert!(!path.exists());
            second.remove();
            assert!(!second.0.0.exists() && second.connect().is_err());
        }

        #[test]
        fn a_path_that_no_socket_can_have_is_refused() {
            let parent = std::env::temp_dir().join("x".repeat(90));
            assert_eq!(Folder::inside(&parent).map_err(|error| error.kind()), Err(ErrorKind::InvalidFilename));
        }
    }
}

/// The other half, also built for the tests, which hold it to the same behaviour.
#[cfg(any(not(unix), test))]
#[cfg_attr(unix, allow(dead_code, reason = "on Unix only the tests use it"))]
mod port {
    use std::io::{Error, Result};
    use std::net::{Ipv4Addr, TcpListener, TcpStream};
    use std::sync::Arc;

    use super::super::gate_wire::Wire;

    pub(in super::super) use std::net::TcpListener as Listener;

    /// A loopback port and its secret.
    #[derive(Debug, Clone, PartialEq, Eq)]
    pub(super) struct Line {
        port: u16,
        secret: Arc<str>,
    }

    pub(super) fn open() -> Result<(Listener, Line)> {
        let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0))?;
        let mut random = [0; 16];
        getrandom::fill(&mut random).map_err(Error::other)?;
        let secret: String = random.iter().map(|byte| format!("{byte:02x}")).collect();
        let port = listener.local_addr()?.port();
        Ok((listener, Line { port, secret: secret.into() }))
    }

    impl Line {
        pub(super) fn connect(&self) -> Result<Box<dyn Wire>> {
            let stream = TcpStream::connect((Ipv4Addr::LOCALHOST, self.port))?;
            stream.set_nodelay(true)?;
            Ok(Box::new(stream))
        }

        pub(super) fn secret(&self) -> Option<&str> {
            Some(&self.secret)
        }

        pub(super) fn remove(&self) {}
    }

    #[cfg(test)]
    mod tests {
        use super::*;

        #[test]
        fn the_port_is_on_loopback_and_its_secret_is_new() {
            let (listener, line) = open().expect("a port");
            assert!(listener.local_addr().expect("an address").ip().is_loopback() && line.connect().is_ok());
            let (_other, second) = open().expect("another port");
            assert_ne!(line.secret(), second.secret());
            assert_eq!(line.secret().map(str::len), Some(32));
        }
    }
}

#[cfg(not(unix))]
use port as system;
