//! The inner server and its workers, behind the gate. The only user of tiny_http.
//!
//! tiny_http never listens where others can reach it: on Unix it gets a socket in a folder that only we may enter, elsewhere a
//! loopback port that answers only to the gate's secret. It sees one well-formed `Connection: close` request a connection.

use std::io::{self, Cursor};
use std::net::{IpAddr, SocketAddr, TcpListener};
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::thread::{self, JoinHandle};
use std::time::{Duration, Instant};

use anyhow::{Context, Result};
use tiny_http::{Header, Response, Server, StatusCode};

use super::gate::Gate;
use super::gate_bridge::{Bridge, PEER, SECRET};
use super::gate_inside::Inside;
use super::limits::Limits;
use super::refusal::Refusal;
use super::reply::{Policy, Reply};
use super::request::{Method, Request};

/// What answers requests; it may block (as the store does until a commit is on disk), and may be called by every worker at
/// once. A panic is answered with 500.
pub type Handler = dyn Fn(&Request) -> Reply + Send + Sync;

/// Descriptors asked for at the start; the system's hard limit may allow fewer.
const DESCRIPTORS: u64 = 8_192;

/// A running server. Dropping it stops it too.
#[derive(Debug)]
pub struct Running {
    parts: Option<(Gate, Arc<Inner>, Vec<JoinHandle<()>>)>,
    address: SocketAddr,
    stop: Duration,
}

/// Serves the handler's replies on this listener until stopped.
///
/// # Errors
/// A collector in the limits that is no origin; no socket, thread or folder to be had.
pub fn serve(listener: TcpListener, limits: Limits, handler: Arc<Handler>) -> Result<Running> {
    let policy = Policy::new(&limits.collectors)?;
    let granted = rlimit::increase_nofile_limit(DESCRIPTORS).unwrap_or(256);
    let limits = limits.within(usize::try_from(granted).unwrap_or(usize::MAX));
    let inner = Inner::open(limits.workers, policy.clone(), handler)?;
    let find = {
        let inner = Arc::clone(&inner);
        Box::new(move |lost: Option<&Inside>| inner.find(lost))
    };
    let workers = (0..limits.workers).map(|_| inner.work()).collect::<io::Result<Vec<_>>>().context("no threads for the workers")?;
    let bridge = Bridge::new(limits.workers, limits.answer, find);
    let stop = limits.stop;
    let gate = Gate::open(listener, limits, policy, bridge)?;
    let address = gate.address();
    Ok(Running { parts: Some((gate, inner, workers)), address, stop })
}

impl Running {
    /// Where it listens, the port filled in.
    #[must_use]
    pub fn address(&self) -> SocketAddr {
        self.address
    }

    /// Changes how many bytes a body may have, after the content has changed.
    pub fn set_body_bytes(&self, bytes: usize) {
        if let Some((gate, ..)) = &self.parts {
            gate.set_body_bytes(bytes);
        }
    }

    /// Stops: nobody is accepted any more, running requests are finished within the limit, the inner socket is removed.
    /// Whether every request was answered.
    #[must_use]
    pub fn stop(mut self) -> bool {
        self.end()
    }

    fn end(&mut self) -> bool {
        let Some((gate, inner, workers)) = self.parts.take() else { return true };
        let deadline = Instant::now() + self.stop;
        let finished = gate.close(deadline);
        let last = inner.close();
        // A handler that hangs keeps its thread; the process ends without it.
        let patience = if finished { deadline } else { Instant::now() } + Duration::from_millis(100);
        while workers.iter().any(|worker| !worker.is_finished()) && Instant::now() < patience {
            thread::sleep(Duration::from_millis(1));
        }
        if let Some(last) = last {
            last.place.remove();
        }
        finished
    }
}

impl Drop for Running {
    fn drop(&mut self) {
        self.end();
    }
}

/// The inner server. It dies when the process runs out of descriptors or threads for a moment (its accepting thread ends or
/// panics), so it can be opened anew while the gate stays.
struct Inner {
    policy: Policy,
    handler: Arc<Handler>,
    workers: usize,
    closing: AtomicBool,
    open: Mutex<Option<Open>>,
}

#[derive(Clone)]
struct Open {
    server: Arc<Server>,
    place: Inside,
}

impl std::fmt::Debug for Inner {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter.debug_struct("Inner").field("workers", &self.workers).finish_non_exhaustive()
    }
}

impl Inner {
    fn open(workers: usize, policy: Policy, handler: Arc<Handler>) -> Result<Arc<Inner>> {
        let open = Open::new().context("the inner server cannot be opened")?;
        Ok(Arc::new(Inner { policy, handler, workers, closing: AtomicBool::new(false), open: Mutex::new(Some(open)) }))
    }

    /// Where the server listens; a new place if it is still the lost one.
    fn find(&self, lost: Option<&Inside>) -> io::Result<Inside> {
        let mut open = self.lock();
        let current = open.as_ref().ok_or(io::ErrorKind::NotConnected)?;
        if lost != Some(&current.place) {
            return Ok(current.place.clone());
        }
        let fresh = Open::new()?;
        let place = fresh.place.clone();
        if let Some(old) = open.replace(fresh) {
            self.release(&old.server);
        }
        Ok(place)
    }

    /// Lets every worker look again whether its server is still the one.
    fn release(&self, server: &Server) {
        (0..self.workers).for_each(|_| server.unblock());
    }

    fn close(&self) -> Option<Open> {
        self.closing.store(true, Ordering::Release);
        let last = self.lock().take();
        last.inspect(|last| self.release(&last.server))
    }

    fn work(self: &Arc<Inner>) -> io::Result<JoinHandle<()>> {
        let inner = Arc::clone(self);
        thread::Builder::new().name("worker".to_owned()).spawn(move || {
            while let Some(open) = inner.current() {
                match open.server.recv() {
                    Ok(request) => inner.answer(request, &open.place),
                    Err(_) if inner.closing.load(Ordering::Acquire) => return,
                    // Released, or its accepting has ended: then a new server may find what this one lacked.
                    Err(_) => {
                        if inner.current().is_some_and(|now| now.place == open.place) && inner.find(Some(&open.place)).is_err() {
                            thread::sleep(Duration::from_millis(10));
                        }
                    }
                }
            }
        })
    }

    fn current(&self) -> Option<Open> {
        self.lock().clone()
    }

    fn lock(&self) -> MutexGuard<'_, Option<Open>> {
        self.open.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn answer(&self, mut asked: tiny_http::Request, place: &Inside) {
        let reply = match read(&mut asked, place) {
            Ok(request) => catch_unwind(AssertUnwindSafe(|| (self.handler)(&request))).unwrap_or_else(|_| Reply::refusal(Refusal::Fault)),
            Err(refusal) => Reply::refusal(refusal),
        };
        // A gate that has stopped waiting has told the client; nothing is left to do here.
        let _ = asked.respond(self.response(&reply));
    }

    fn response(&self, reply: &Reply) -> Response<Cursor<Arc<[u8]>>> {
        let lines = self.policy.seal(reply).into_iter().filter_map(|(name, value)| Header::from_bytes(name, value).ok()).collect();
        let (body, length) = (Cursor::new(Arc::clone(reply.body())), reply.body().len());
        Response::new(StatusCode(reply.status()), lines, body, Some(length), None).with_chunked_threshold(usize::MAX)
    }
}

impl Open {
    fn new() -> io::Result<Open> {
        let (listener, place) = Inside::open()?;
        let server = Server::from_listener(listener, None).map_err(io::Error::other)?;
        Ok(Open { server: Arc::new(server), place })
    }
}

/// The request that the gate has passed.
fn read(asked: &mut tiny_http::Request, place: &Inside) -> std::result::Result<Request, Refusal> {
    let line = |name: &str| asked.headers().iter().find(|line| line.field.as_str().as_str().eq_ignore_ascii_case(name));
    let proof = line(SECRET).map(|line| line.value.as_str());
    if !admits(place.secret(), proof) {
        return Err(Refusal::Misdirected);
    }
    let peer = line(PEER).and_then(|line| line.value.as_str().parse::<IpAddr>().ok()).ok_or(Refusal::Malformed(PEER))?;
    let method = Method::from_name(asked.method().as_str()).ok_or(Refusal::Method)?;
    let mut request = Request::new(method, asked.url())?;
    request.peer = peer;
    for line in asked.headers() {
        if let Some(slot) = request.headers.slot(&line.field.as_str().as_str().to_ascii_lowercase()) {
            *slot = Some(line.value.as_str().to_owned());
        }
    }
    asked.as_reader().read_to_end(&mut request.body).map_err(|_| Refusal::TooSlow)?;
    Ok(request)
}

/// Whether a request comes from the gate: by itself where nobody else can call, else by the secret. Every byte is compared, so
/// that the time says nothing about where they differ.
fn admits(secret: Option<&str>, proof: Option<&str>) -> bool {
    let (secret, proof) = (secret.unwrap_or_default().as_bytes(), proof.unwrap_or_default().as_bytes());
    secret.len() == proof.len() && secret.iter().zip(proof).fold(0, |differ, (one, other)| differ | (one ^ other)) == 0
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_the_gate_knows_the_secret() {
        for (secret, proof, admitted) in [
            (None, None, true),
            (None, Some("x"), false),
            (Some("abc"), Some("abc"), true),
            (Some("abc"), Some("abd"), false),
            (Some("abc"), Some("ab"), false),
            (Some("abc"), Some("abcd"), false),
            (Some("abc"), Some(""), false),
            (Some("abc"), None, false),
        ] {
            assert_eq!(admits(secret, proof), admitted, "{secret:?} {proof:?}");
        }
    }
}
