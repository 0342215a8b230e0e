//! The strict front: the only thing that listens to the network. One bounded, well-formed request at a time is passed on.
//!
//! Its rules and figures: deadlines are absolute; everything that two programs could read differently is refused, and a refusal
//! ends the connection; a reply is held here, so a slow reader never holds a worker.

use std::io;
use std::net::{IpAddr, Ipv4Addr, Ipv6Addr, Shutdown, SocketAddr, TcpListener, TcpStream};
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::thread;
use std::time::{Duration, Instant};

use anyhow::{Context, Result};

use super::gate_bridge::Bridge;
use super::gate_crowd::{Crowd, Seat, Stage};
use super::gate_head::{self, Head};
use super::gate_host;
use super::gate_wire::{read_more, wire, write_all};
use super::limits::{LONG_BODIES, LONG_TARGET, Limits};
use super::refusal::Refusal;
use super::reply::{Policy, Reply};

wire!(TcpStream);

/// Stack of a connection's thread: it parses one head and copies bytes.
const STACK: usize = 128 * 1024;
/// How long a refused client may go on sending before the line is cut; a cut while bytes arrive would destroy the reply.
const LINGER: Duration = Duration::from_secs(1);
/// Bytes that are thrown away meanwhile.
const LINGER_BYTES: usize = 4 * 1024 * 1024;
/// Connections that may wait to be accepted; systems cap it themselves.
const BACKLOG: i32 = 4_096;
/// Bytes read at a time.
const PIECE: usize = 8 * 1024;

/// An open gate.
#[derive(Debug)]
pub(super) struct Gate {
    address: SocketAddr,
    keeper: Arc<Keeper>,
    accepting: thread::JoinHandle<()>,
}

/// What every connection needs.
struct Keeper {
    limits: Limits,
    body_bytes: AtomicUsize,
    /// Long bodies that are on their way.
    long: AtomicUsize,
    policy: Policy,
    bridge: Arc<Bridge>,
    crowd: Arc<Crowd>,
}

impl std::fmt::Debug for Keeper {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter.debug_struct("Keeper").field("limits", &self.limits).finish_non_exhaustive()
    }
}

/// Why a connection gets no further request answered.
enum End {
    /// The client is gone, or was cut: nothing to say.
    Gone,
    /// It gets a page that says why.
    Refused(Refusal),
}

impl From<Refusal> for End {
    fn from(refusal: Refusal) -> End {
        End::Refused(refusal)
    }
}

impl Gate {
    /// Begins to accept.
    ///
    /// # Errors
    /// The listener has no address, or no thread can be started.
    pub(super) fn open(listener: TcpListener, limits: Limits, policy: Policy, bridge: Arc<Bridge>) -> Result<Gate> {
        let address = listener.local_addr().context("the listening socket has no address")?;
        // The standard library asks for 128: of 500 people who press the button together, some would wait a second to knock
        // again. Where the system does not allow it, they do.
        let _ = socket2::SockRef::from(&listener).listen(BACKLOG);
        let (body_bytes, crowd) = (AtomicUsize::new(limits.body_bytes), Crowd::new(&limits));
        let keeper = Arc::new(Keeper { limits, body_bytes, long: AtomicUsize::new(0), policy, bridge, crowd });
        let accepting = thread::Builder::new()
            .name("gate".to_owned())
            .spawn({
                let keeper = Arc::clone(&keeper);
                move || keeper.accept(&listener)
            })
            .context("no thread to accept connections")?;
        Ok(Gate { address, keeper, accepting })
    }

    /// Where it listens.
    pub(super) fn address(&self) -> SocketAddr {
        self.address
    }

    /// Changes how long a body may be.
    pub(super) fn set_body_bytes(&self, bytes: usize) {
        self.keeper.body_bytes.store(bytes, Ordering::Relaxed);
    }

    /// Accepts nobody any more and gives running requests until the deadline. Whether all finished.
    pub(super) fn close(self, deadline: Instant) -> bool {
        self.keeper.crowd.close();
        // accept() waits for ever: a last visitor wakes it, and it sees that the gate is closing.
        let door = match self.address.ip() {
            IpAddr::V4(Ipv4Addr::UNSPECIFIED) => IpAddr::V4(Ipv4Addr::LOCALHOST),
            IpAddr::V6(Ipv6Addr::UNSPECIFIED) => IpAddr::V6(Ipv6Addr::LOCALHOST),
            address => address,
        };
        let woken = TcpStream::connect_timeout(&SocketAddr::new(door, self.address.port()), Duration::from_secs(1)).is_ok();
        let finished = self.keeper.crowd.empty(deadline);
        // Without the visit (a firewall before our own address) the thread ends with the process.
        if woken {
            let _ = self.accepting.join();
        }
        finished
    }
}

impl Keeper {
    fn accept(self: &Arc<Keeper>, listener: &TcpListener) {
        while !self.crowd.is_closing() {
            match listener.accept() {
                Ok((stream, peer)) => self.receive(stream, peer.ip()),
                // Out of descriptors, a client that left before its turn: none of it ends the loop.
                Err(_) => thread::sleep(Duration::from_millis(10)),
            }
        }
    }

    fn receive(self: &Arc<Keeper>, stream: TcpStream, peer: IpAddr) {
        // A reply is one write; waiting to fill a packet would only cost 40 ms.
        let _ = stream.set_nodelay(true);
        let stream = Arc::new(stream);
        match self.crowd.admit(&stream, peer) {
            Ok(seat) => {
                let (keeper, stream) = (Arc::clone(self), stream);
                // Without a thread the connection is dropped and its seat with it; the next one may find one.
                let _ = thread::Builder::new().stack_size(STACK).spawn(move || keeper.attend(&stream, peer, &seat));
            }
            Err(refusal) => self.turn_away(&stream, refusal),
        }
    }

    /// Says no without a thread and without waiting, as far as the socket's buffer takes it.
    fn turn_away(&self, stream: &TcpStream, refusal: Refusal) {
        use io::{Read, Write};
        if stream.set_nonblocking(true).is_ok() {
            let mut stream = stream;
            // What has arrived and is not read would destroy the reply when the line is cut.
            let _ = stream.read(&mut [0; PIECE]);
            let _ = stream.write(&self.refusal_bytes(refusal, false));
            let _ = stream.shutdown(Shutdown::Write);
        }
    }

    fn attend(&self, stream: &TcpStream, peer: IpAddr, seat: &Seat) {
        let mut arrived = Vec::new();
        loop {
            match self.serve_one(stream, peer, seat, &mut arrived) {
                Ok(true) => {}
                Ok(false) => break,
                Err(End::Gone) => return,
                Err(End::Refused(refusal)) => {
                    seat.enter(Stage::Writing);
                    let bytes = self.refusal_bytes(refusal, arrived.starts_with(b"HEAD "));
                    if write_all(stream, &bytes, Instant::now() + self.limits.write_for(bytes.len())).is_err() {
                        return;
                    }
                    break;
                }
            }
        }
        drop(arrived);
        seat.enter(Stage::Idle);
        linger(stream);
    }

    /// Answers the next request; whether the connection may go on.
    fn serve_one(&self, stream: &TcpStream, peer: IpAddr, seat: &Seat, arrived: &mut Vec<u8>) -> std::result::Result<bool, End> {
        if !seat.enter(Stage::Idle) {
            return Err(End::Gone);
        }
        if arrived.is_empty() && !matches!(read_more(stream, arrived, PIECE, Instant::now() + self.limits.idle), Ok(1..)) {
            return Err(End::Gone);
        }
        seat.enter(Stage::Reading);
        let head = self.read_head(stream, peer, arrived)?;
        let _long = self.long_body(&head)?;
        let local = stream.local_addr().map_err(|_| End::Gone)?;
        gate_host::admit(head.host(), local.ip(), &self.limits.hosts)?;
        let deadline = Instant::now() + self.limits.body;
        while arrived.len() < head.length {
            read_on(stream, arrived, deadline)?;
        }
        let next = arrived.split_off(head.length);
        let body = std::mem::replace(arrived, next);
        if !seat.enter(Stage::Working) {
            return Err(End::Gone);
        }
        let (bytes, close) = match self.bridge.pass(&head, self.asker(peer, &head), &body) {
            Ok(reply) => {
                let close = head.close || self.crowd.is_closing();
                (reply.into_bytes(close), close)
            }
            Err(refusal) => (self.refusal_bytes(refusal, head.method == super::request::Method::Head), true),
        };
        drop(body);
        seat.enter(Stage::Writing);
        write_all(stream, &bytes, Instant::now() + self.limits.write_for(bytes.len())).map_err(|_| End::Gone)?;
        Ok(!close)
    }

    /// Takes the next head from the front of what has arrived.
    fn read_head(&self, stream: &TcpStream, peer: IpAddr, arrived: &mut Vec<u8>) -> std::result::Result<Head, End> {
        let deadline = Instant::now() + self.limits.head;
        let mut seen = 0;
        loop {
            if let Some(end) = gate_head::find_end(arrived, seen, &self.limits)? {
                let usual = self.body_bytes.load(Ordering::Relaxed);
                let long = arrived.starts_with(LONG_TARGET) && (self.limits.desk_elsewhere || peer.to_canonical().is_loopback());
                let most = if long { usual.max(self.limits.desk_bytes) } else { usual };
                let head = gate_head::read(&arrived[..end], &self.limits, most)?;
                arrived.drain(..end);
                return Ok(head);
            }
            seen = arrived.len();
            read_on(stream, arrived, deadline)?;
        }
    }

    /// A turn for a body that is longer than a form's; `None` where it is not.
    fn long_body(&self, head: &Head) -> std::result::Result<Option<LongBody<'_>>, Refusal> {
        if head.length <= self.body_bytes.load(Ordering::Relaxed) {
            return Ok(None);
        }
        let turn = LongBody(&self.long);
        if self.long.fetch_add(1, Ordering::AcqRel) < LONG_BODIES { Ok(Some(turn)) } else { Err(Refusal::Full) }
    }

    /// Who asks: the other end of the line, or the one a configured proxy names.
    fn asker(&self, peer: IpAddr, head: &Head) -> IpAddr {
        let peer = peer.to_canonical();
        let named = head.forwarded.as_deref().filter(|_| self.limits.proxies.contains(&peer));
        named.and_then(|address| address.parse().ok()).map_or(peer, |address: IpAddr| address.to_canonical())
    }

    fn refusal_bytes(&self, refusal: Refusal, head_only: bool) -> Vec<u8> {
        let reply = Reply::refusal(refusal);
        let mut text = format!("HTTP/1.1 {} {}\r\n", reply.status(), refusal.reason());
        for (name, value) in self.policy.seal(&reply) {
            text.push_str(&format!("{name}: {value}\r\n"));
        }
        text.push_str(&format!("Connection: close\r\nContent-Length: {}\r\n\r\n", reply.body().len()));
        let mut bytes = text.into_bytes();
        if !head_only {
            bytes.extend_from_slice(reply.body());
        }
        bytes
    }
}

/// A long body on its way; dropped when it is answered.
struct LongBody<'k>(&'k AtomicUsize);

impl Drop for LongBody<'_> {
    fn drop(&mut self) {
        self.0.fetch_sub(1, Ordering::AcqRel);
    }
}

fn read_on(stream: &TcpStream, arrived: &mut Vec<u8>, deadline: Instant) -> std::result::Result<(), End> {
    match read_more(stream, arrived, PIECE, deadline) {
        Ok(1..) => Ok(()),
        Err(error) if error.kind() == io::ErrorKind::TimedOut => Err(End::Refused(Refusal::TooSlow)),
        Ok(0) | Err(_) => Err(End::Gone),
    }
}

/// Lets the client read its reply to the end before the line is cut.
fn linger(stream: &TcpStream) {
    if stream.shutdown(Shutdown::Write).is_err() {
        return;
    }
    let deadline = Instant::now() + LINGER;
    let (mut thrown, mut piece) = (0, Vec::new());
    while thrown < LINGER_BYTES {
        piece.clear();
        match read_more(stream, &mut piece, PIECE, deadline) {
            Ok(read @ 1..) => thrown += read,
            _ => return,
        }
    }
}
