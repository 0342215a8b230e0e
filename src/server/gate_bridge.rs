//! From the gate to the inner server: one well-formed request, one whole reply.

use std::fmt::Write as _;
use std::io::{ErrorKind, Result};
use std::net::IpAddr;
use std::sync::{Arc, Condvar, Mutex, PoisonError};
use std::time::{Duration, Instant};

use super::gate_head::Head;
use super::gate_inside::Inside;
use super::gate_wire::{read_more, write_all};
use super::refusal::Refusal;
use super::request::Method;

/// The header that tells the inner server who asks; what a client sends under this name ends at the gate.
pub(super) const PEER: &str = "X-Shirube-Peer";
/// The header that proves that a request comes from the gate, where the inner server has to listen on a port.
pub(super) const SECRET: &str = "X-Shirube-Secret";

/// Tells where the inner server listens; given the place where nobody answered, it opens another first.
pub(super) type Find = dyn Fn(Option<&Inside>) -> Result<Inside> + Send + Sync;

/// The way to the inner server, for as many at once as it has workers: more would only queue there, with descriptors.
pub(super) struct Bridge {
    find: Box<Find>,
    answer: Duration,
    free: Mutex<usize>,
    freed: Condvar,
}

/// A complete reply of the inner server.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Passed {
    /// Its head with the empty line, then its body.
    bytes: Vec<u8>,
    status: u16,
    head: usize,
}

impl Bridge {
    /// A bridge for `workers` requests at once, each of which is answered within `answer`.
    pub(super) fn new(workers: usize, answer: Duration, find: Box<Find>) -> Arc<Bridge> {
        Arc::new(Bridge { find, answer, free: Mutex::new(workers), freed: Condvar::new() })
    }

    /// Passes a request and brings its reply.
    ///
    /// # Errors
    /// `Full` where no worker became free, `Late` where the handler did not answer in time, `Fault` where the reply broke off.
    pub(super) fn pass(&self, head: &Head, peer: IpAddr, body: &[u8]) -> std::result::Result<Passed, Refusal> {
        let deadline = Instant::now() + self.answer;
        let _slot = self.slot(deadline).ok_or(Refusal::Full)?;
        let place = (self.find)(None).map_err(|_| Refusal::Fault)?;
        let passed = match self.exchange(&place, head, peer, body, deadline) {
            // Nobody has read it, so it can be sent again.
            Err(error) if matches!(error.kind(), ErrorKind::ConnectionRefused | ErrorKind::NotFound) => {
                (self.find)(Some(&place)).and_then(|place| self.exchange(&place, head, peer, body, deadline))
            }
            passed => passed,
        };
        let bytes = passed.map_err(|error| if error.kind() == ErrorKind::TimedOut { Refusal::Late } else { Refusal::Fault })?;
        Passed::whole(bytes, head.method).ok_or(Refusal::Fault)
    }

    fn exchange(&self, place: &Inside, head: &Head, peer: IpAddr, body: &[u8], deadline: Instant) -> Result<Vec<u8>> {
        let wire = place.connect()?;
        write_all(wire.as_ref(), &request_bytes(head, peer, body, place.secret()), deadline)?;
        let mut reply = Vec::with_capacity(32 * 1024);
        while read_more(wire.as_ref(), &mut reply, 64 * 1024, deadline)? > 0 {}
        Ok(reply)
    }

    fn slot(&self, deadline: Instant) -> Option<Slot<'_>> {
        let mut free = self.free.lock().unwrap_or_else(PoisonError::into_inner);
        while *free == 0 {
            let wait = deadline.saturating_duration_since(Instant::now());
            if wait.is_zero() {
                return None;
            }
            free = self.freed.wait_timeout(free, wait).unwrap_or_else(PoisonError::into_inner).0;
        }
        *free -= 1;
        Some(Slot(self))
    }
}

struct Slot<'a>(&'a Bridge);

impl Drop for Slot<'_> {
    fn drop(&mut self) {
        *self.0.free.lock().unwrap_or_else(PoisonError::into_inner) += 1;
        self.0.freed.notify_one();
    }
}

impl Passed {
    /// Takes a reply that is there to its last byte.
    fn whole(bytes: Vec<u8>, method: Method) -> Option<Passed> {
        let head = bytes.windows(4).position(|four| four == b"\r\n\r\n")? + 4;
        let text = std::str::from_utf8(&bytes[..head]).ok()?;
        let status: u16 = text.strip_prefix("HTTP/1.1 ")?.get(..3)?.parse().ok()?;
        let length = text.lines().find_map(|line| line.strip_prefix("Content-Length: "))?.parse::<usize>().ok()?;
        let expected = if method == Method::Head || status == 304 { 0 } else { length };
        (bytes.len() - head == expected).then_some(Passed { bytes, status, head })
    }

    /// The bytes for the client.
    pub(super) fn into_bytes(self, close: bool) -> Vec<u8> {
        let Passed { mut bytes, status, head } = self;
        // The inner server counts the absent body of a 304; the length would have to be that of the page.
        if status == 304 {
            let text = String::from_utf8_lossy(&bytes[..head]);
            bytes = text.split_inclusive("\r\n").filter(|line| !line.starts_with("Content-Length:")).collect::<String>().into_bytes();
        }
        if close {
            let first = bytes.iter().position(|byte| *byte == b'\n').map_or(0, |end| end + 1);
            bytes.splice(first..first, *b"Connection: close\r\n");
        }
        bytes
    }
}

/// The request as the inner server gets it: written anew from what was understood, never copied.
fn request_bytes(head: &Head, peer: IpAddr, body: &[u8], secret: Option<&str>) -> Vec<u8> {
    let mut text = format!("{} {} HTTP/1.1\r\nConnection: close\r\n{PEER}: {peer}\r\n", head.method.name(), head.target);
    if let Some(secret) = secret {
        let _ = write!(text, "{SECRET}: {secret}\r\n");
    }
    for (name, value) in &head.kept {
        let _ = write!(text, "{name}: {value}\r\n");
    }
    let _ = write!(text, "Content-Length: {}\r\n\r\n", body.len());
    let mut bytes = text.into_bytes();
    bytes.extend_from_slice(body);
    bytes
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_whole_replies_pass() {
        let whole = |text: &str, method| Passed::whole(text.as_bytes().to_vec(), method).map(|passed| passed.status);
        assert_eq!(whole("HTTP/1.1 200 OK\r\nContent-Length: 3\r\n\r\nabc", Method::Get), Some(200));
        assert_eq!(whole("HTTP/1.1 200 OK\r\nContent-Length: 3\r\n\r\n", Method::Head), Some(200));
        assert_eq!(whole("HTTP/1.1 304 Not Modified\r\nContent-Length: 0\r\n\r\n", Method::Get), Some(304));
        for broken in [
            "HTTP/1.1 200 OK\r\nContent-Length: 4\r\n\r\nabc",
            "HTTP/1.1 200 OK\r\n\r\nabc",
            "HTTP/1.1 200 OK\r\nContent-Length: 3",
            "abc",
            "",
        ] {
            assert_eq!(whole(broken, Method::Get), None, "{broken:?}");
        }
    }

    #[test]
    fn replies_are_framed_for_the_client() {
        let passed = |text: &str| Passed::whole(text.as_bytes().to_vec(), Method::Get).expect("a whole reply");
        let page = "HTTP/1.1 200 OK\r\nContent-Length: 3\r\n\r\nabc";
        assert_eq!(passed(page).into_bytes(false), page.as_bytes());
        assert_eq!(passed(page).into_bytes(true), b"HTTP/1.1 200 OK\r\nConnection: close\r\nContent-Length: 3\r\n\r\nabc");
        let known = "HTTP/1.1 304 Not Modified\r\nContent-Length: 0\r\nETag: \"a\"\r\n\r\n";
        assert_eq!(passed(known).into_bytes(false), b"HTTP/1.1 304 Not Modified\r\nETag: \"a\"\r\n\r\n");
    }
}
