//! Reading from and writing to a stream until a moment that does not move.

use std::io::{Error, ErrorKind, Result};
use std::time::{Duration, Instant};

/// A stream that can wait for a limited time.
pub(super) trait Wire {
    /// Reads what is there, waiting at most so long.
    fn read_within(&self, buffer: &mut [u8], wait: Duration) -> Result<usize>;
    /// Writes what fits, waiting at most so long.
    fn write_within(&self, bytes: &[u8], wait: Duration) -> Result<usize>;
}

/// Makes a stream of the standard library a [`Wire`].
macro_rules! wire {
    ($stream:ty) => {
        impl $crate::server::gate_wire::Wire for $stream {
            fn read_within(&self, buffer: &mut [u8], wait: std::time::Duration) -> std::io::Result<usize> {
                self.set_read_timeout(Some(wait))?;
                std::io::Read::read(&mut &*self, buffer)
            }

            fn write_within(&self, bytes: &[u8], wait: std::time::Duration) -> std::io::Result<usize> {
                self.set_write_timeout(Some(wait))?;
                std::io::Write::write(&mut &*self, bytes)
            }
        }
    };
}

pub(super) use wire;

/// Appends what arrives next to `arrived`, at most `most` bytes; 0 means that the other side has ended.
///
/// # Errors
/// `TimedOut` at the deadline, whatever trickled in before; else what the system says.
pub(super) fn read_more(wire: &dyn Wire, arrived: &mut Vec<u8>, most: usize, deadline: Instant) -> Result<usize> {
    let start = arrived.len();
    arrived.resize(start + most, 0);
    let read = until(deadline, |wait| wire.read_within(&mut arrived[start..], wait));
    arrived.truncate(start + *read.as_ref().unwrap_or(&0));
    read
}

/// Writes all of it.
///
/// # Errors
/// `TimedOut` at the deadline, however much was taken before; else what the system says.
pub(super) fn write_all(wire: &dyn Wire, mut bytes: &[u8], deadline: Instant) -> Result<()> {
    while !bytes.is_empty() {
        let written = until(deadline, |wait| wire.write_within(bytes, wait))?;
        if written == 0 {
            return Err(ErrorKind::WriteZero.into());
        }
        bytes = &bytes[written..];
    }
    Ok(())
}

fn until(deadline: Instant, mut attempt: impl FnMut(Duration) -> Result<usize>) -> Result<usize> {
    loop {
        let wait = deadline.saturating_duration_since(Instant::now());
        // A time-out of zero means «for ever» to the system, and one below its clock's tick is rounded to that on some.
        if wait < Duration::from_millis(1) {
            return Err(Error::from(ErrorKind::TimedOut));
        }
        match attempt(wait) {
            // The system says either when a time-out is over; the loop decides by the clock.
            Err(error) if matches!(error.kind(), ErrorKind::WouldBlock | ErrorKind::TimedOut | ErrorKind::Interrupted) => {}
            done => return done,
        }
    }
}
