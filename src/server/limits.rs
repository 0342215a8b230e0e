//! How much a client may ask of the server, and for how long.

use std::net::IpAddr;
use std::time::Duration;

/// What the server allows. The defaults are the measured ones; tests use shorter deadlines.
///
/// All deadlines are absolute: a trickle of bytes does not renew them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Limits {
    /// Connections open at once. At the cap the one that has been waited for longest is cut. Fewer where the system grants
    /// too few descriptors.
    pub connections: usize,
    /// Connections open at once from one public address; never applied to private and loopback addresses, because a whole
    /// room sits behind one of them.
    pub per_address: usize,
    /// Threads that run the handler, and so the requests that are handled at once.
    pub workers: usize,
    /// From a request's first byte to the end of its head.
    pub head: Duration,
    /// From the end of the head to the end of the body.
    pub body: Duration,
    /// Until a new connection, or one kept alive, begins its next request.
    pub idle: Duration,
    /// For writing a reply, on top of a second for every 64 KiB of it.
    pub write: Duration,
    /// For the handler to answer, waiting for a free worker included.
    pub answer: Duration,
    /// For running requests to finish once the server is asked to stop.
    pub stop: Duration,
    /// Bytes of the request line and the header lines together.
    pub head_bytes: usize,
    /// Bytes of a body. The longest survey decides: a kana is nine bytes in a form. See `Running::set_body_bytes`.
    pub body_bytes: usize,
    /// Bytes of a body that is sent to the desk: a list of people. Only few of them at once.
    pub desk_bytes: usize,
    /// Whether other machines may send such long ones too: the desk is open to them.
    pub desk_elsewhere: bool,
    /// Host names to answer to besides loopback, private and the bound addresses, in lower case and without port.
    pub hosts: Vec<String>,
    /// Addresses of reverse proxies whose `X-Forwarded-For` is believed.
    pub proxies: Vec<IpAddr>,
    /// Origins (`https://answers.example`) that forms may be sent to besides this server.
    pub collectors: Vec<String>,
}

/// Bodies longer than a form's that may arrive at once.
pub(super) const LONG_BODIES: usize = 4;
/// How the requests begin that may have one.
pub(super) const LONG_TARGET: &[u8] = b"POST /_desk/";
/// Header lines that a request may have.
pub(super) const HEADERS: usize = 64;

impl Default for Limits {
    fn default() -> Limits {
        Limits {
            connections: 512,
            per_address: 256,
            workers: 64,
            head: Duration::from_secs(10),
            body: Duration::from_secs(15),
            idle: Duration::from_secs(15),
            write: Duration::from_secs(10),
            answer: Duration::from_secs(30),
            stop: Duration::from_secs(10),
            head_bytes: 16 * 1024,
            body_bytes: 64 * 1024,
            desk_bytes: 4 * 1024 * 1024,
            desk_elsewhere: false,
            hosts: Vec::new(),
            proxies: Vec::new(),
            collectors: Vec::new(),
        }
    }
}

impl Limits {
    /// How long the writing of a reply of so many bytes may take.
    pub(super) fn write_for(&self, bytes: usize) -> Duration {
        self.write + Duration::from_secs(u64::try_from(bytes / (64 * 1024)).unwrap_or(u64::MAX))
    }

    /// The same limits for a process that may have `descriptors` files open: the inner server must never run out of them,
    /// for it does not survive that. A handled request costs four, a waiting connection one, and a quarter is left to the
    /// store, to builds and to the rest of the process.
    pub(super) fn within(mut self, descriptors: usize) -> Limits {
        let ours = descriptors - descriptors / 4;
        self.workers = self.workers.min(ours / 8).max(1);
        self.connections = self.connections.min(ours.saturating_sub(4 * self.workers + 32)).max(8);
        self
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn few_descriptors_mean_fewer_connections() {
        for (descriptors, workers, connections) in [(20_000, 64, 512), (1_024, 64, 480), (256, 24, 64), (100, 9, 8), (0, 1, 8)] {
            let limits = Limits::default().within(descriptors);
            assert_eq!((limits.workers, limits.connections), (workers, connections), "{descriptors} descriptors");
        }
    }

    #[test]
    fn long_replies_get_longer_to_be_read() {
        let limits = Limits::default();
        assert_eq!(limits.write_for(20_000), Duration::from_secs(10));
        assert_eq!(limits.write_for(6_400 * 1024), Duration::from_secs(110));
    }
}
