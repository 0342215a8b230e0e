//! A plain-spoken HTTP client for the server's tests: sends exactly these bytes, and reads what comes back strictly.

use std::collections::BTreeMap;
use std::io::{Read, Write};
use std::net::{SocketAddr, TcpListener, TcpStream};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Barrier};
use std::thread;
use std::time::{Duration, Instant};

use shirube::server::limits::Limits;
use shirube::server::refusal::Refusal;
use shirube::server::reply::{Reply, etag};
use shirube::server::request::{Method, Request};
use shirube::server::serve::{Handler, Running, serve};

/// One reply, read by its length.
#[derive(Debug)]
pub(crate) struct Answer {
    pub(crate) status: u16,
    /// By lower-case name; a name that comes twice is an error.
    pub(crate) headers: BTreeMap<String, String>,
    pub(crate) body: Vec<u8>,
}

impl Answer {
    pub(crate) fn text(&self) -> String {
        String::from_utf8_lossy(&self.body).into_owned()
    }

    /// What every reply has to say, whoever wrote it.
    pub(crate) fn assert_sealed(&self, what: &str) {
        let policy = self.headers.get("content-security-policy").unwrap_or_else(|| panic!("{what}: no policy"));
        for part in [
            "default-src 'none'",
            "script-src 'self'",
            "style-src 'self'",
            "frame-ancestors 'none'",
            "base-uri 'none'",
            "form-action 'self'",
        ] {
            assert!(policy.contains(part), "{what}: {part} is missing in {policy}");
        }
        for (name, value) in [
            ("x-content-type-options", "nosniff"),
            ("referrer-policy", "same-origin"),
            ("cross-origin-opener-policy", "same-origin"),
            ("server", "shirube"),
        ] {
            assert_eq!(self.headers.get(name).map(String::as_str), Some(value), "{what}: {name}");
        }
        let cache = if self.headers.contains_key("etag") { "no-cache" } else { "no-store" };
        assert_eq!(self.headers.get("cache-control").map(String::as_str), Some(cache), "{what}: cache-control");
        assert!(self.headers.contains_key("permissions-policy"), "{what}: permissions-policy");
    }
}

/// A connection to the server.
pub(crate) struct Client {
    pub(crate) stream: TcpStream,
    arrived: Vec<u8>,
}

impl Client {
    pub(crate) fn new(address: SocketAddr) -> Client {
        Client::over(TcpStream::connect(address).expect("the server accepts"))
    }

    pub(crate) fn over(stream: TcpStream) -> Client {
        stream.set_nodelay(true).expect("an option");
        stream.set_read_timeout(Some(Duration::from_secs(20))).expect("a time-out");
        stream.set_write_timeout(Some(Duration::from_secs(20))).expect("a time-out");
        Client { stream, arrived: Vec::new() }
    }

    pub(crate) fn send(&mut self, bytes: impl AsRef<[u8]>) -> &mut Client {
        self.stream.write_all(bytes.as_ref()).expect("the server reads");
        self
    }

    /// The next reply, `None` where the connection ended (or was reset) before one.
    pub(crate) fn answer(&mut self, head_only: bool) -> Option<Answer> {
        let end = loop {
            if let Some(at) = self.arrived.windows(4).position(|four| four == b"\r\n\r\n") {
                break at + 4;
            }
            if self.more() == 0 {
                assert!(self.arrived.is_empty(), "half a head: {:?}", String::from_utf8_lossy(&self.arrived));
                return None;
            }
        };
        let head = String::from_utf8(self.arrived.drain(..end).collect()).expect("a head is text");
        let mut lines = head.trim_end().split("\r\n");
        let status =
            lines.next().and_then(|line| line.strip_prefix("HTTP/1.1 ")).and_then(|rest| rest[..3].parse().ok()).expect("a status line");
        let mut headers = BTreeMap::new();
        for line in lines {
            let (name, value) = line.split_once(": ").expect("a header line");
            assert!(headers.insert(name.to_ascii_lowercase(), value.to_owned()).is_none(), "{name} twice in {head}");
        }
        assert!(!headers.contains_key("transfer-encoding"), "replies have a length");
        let length = if head_only || status == 304 { 0 } else { headers["content-length"].parse().expect("a length") };
        while self.arrived.len() < length {
            assert!(self.more() > 0, "a body breaks off after {} of {length} bytes", self.arrived.len());
        }
        Some(Answer { status, headers, body: self.arrived.drain(..length).collect() })
    }

    /// Whether nothing more comes: the server has ended the connection.
    pub(crate) fn is_ended(&mut self) -> bool {
        self.arrived.is_empty() && self.more() == 0
    }

    fn more(&mut self) -> usize {
        let mut piece = [0; 16 * 1024];
        let read = match self.stream.read(&mut piece) {
            Ok(read) => read,
            Err(error) if error.kind() == std::io::ErrorKind::ConnectionReset => 0,
            Err(error) => panic!("waiting for a reply: {error}"),
        };
        self.arrived.extend_from_slice(&piece[..read]);
        read
    }
}

/// A server under test.
pub(crate) struct Tested {
    pub(crate) running: Running,
    /// How many requests the handler has seen.
    pub(crate) seen: Arc<AtomicUsize>,
}

impl Tested {
    pub(crate) fn new(limits: Limits) -> Tested {
        Tested::bound("127.0.0.1:0", limits)
    }

    pub(crate) fn bound(address: &str, limits: Limits) -> Tested {
        let seen = Arc::new(AtomicUsize::new(0));
        let handler: Arc<Handler> = {
            let seen = Arc::clone(&seen);
            Arc::new(move |request: &Request| {
                seen.fetch_add(1, Ordering::SeqCst);
                reply(request)
            })
        };
        let running = serve(TcpListener::bind(address).expect("a port"), limits, handler).expect("a server");
        Tested { running, seen }
    }

    pub(crate) fn client(&self) -> Client {
        Client::new(self.running.address())
    }

    pub(crate) fn seen(&self) -> usize {
        self.seen.load(Ordering::SeqCst)
    }

    /// An honest client is answered.
    pub(crate) fn assert_lives(&self) {
        let answer = self.client().send(get("/")).answer(false).expect("an honest client is answered");
        assert_eq!((answer.status, answer.text().as_str()), (200, "GET /"));
    }
}

fn reply(request: &Request) -> Reply {
    match request.path.as_str() {
        "/panic" => panic!("a handler that panics, on purpose"),
        "/page" => Reply::html(200, page()).with_etag(&etag(&page())).unless_known(request),
        "/peer" => Reply::plain(200, &request.peer.to_string()),
        "/slow" => {
            std::thread::sleep(Duration::from_millis(300));
            Reply::plain(200, "slow")
        }
        "/hang" => {
            std::thread::sleep(Duration::from_secs(3));
            Reply::plain(200, "too late")
        }
        "/big" => Reply::bytes("application/octet-stream", vec![7; 3_000_000]),
        "/cookie" => Reply::plain(200, "")
            .with_header("Set-Cookie", request.query.get("value").unwrap_or_default())
            .unwrap_or_else(|_| Reply::refusal(Refusal::Malformed("value"))),
        "/form" => match request.form() {
            Ok(form) => Reply::plain(200, &form.fields().map(|(name, value)| format!("{name}={value};")).collect::<String>()),
            Err(refusal) => Reply::refusal(refusal),
        },
        "/hog" => hog(request.query.get("leave").and_then(|leave| leave.parse().ok()).unwrap_or(0)),
        "/headers" => {
            let headers = &request.headers;
            let all = [
                &headers.host,
                &headers.origin,
                &headers.referer,
                &headers.cookie,
                &headers.content_type,
                &headers.accept_language,
                &headers.if_none_match,
            ];
            Reply::plain(200, &all.map(|value| value.as_deref().unwrap_or("-")).join("|"))
        }
        path => {
            let body = if request.method == Method::Post { format!(" {}", request.body.len()) } else { String::new() };
            Reply::plain(200, &format!("{} {path}{body}", request.method.name()))
        }
    }
}

/// After 100 ms takes every descriptor of this process but `leave` of them, for 400 ms.
fn hog(leave: usize) -> Reply {
    std::thread::spawn(move || {
        // This request's own are given back first.
        std::thread::sleep(Duration::from_millis(100));
        let mut taken: Vec<std::fs::File> = std::iter::from_fn(|| std::fs::File::open("Cargo.toml").ok()).take(10_000).collect();
        taken.truncate(taken.len().saturating_sub(leave));
        std::thread::sleep(Duration::from_millis(400));
        drop(taken);
    });
    Reply::plain(200, "")
}

/// A page of 20 KB, as the measurements ask for.
pub(crate) fn page() -> Vec<u8> {
    b"0123456789abcdef".repeat(1_250)
}

/// A plain GET of this target.
pub(crate) fn get(target: &str) -> String {
    format!("GET {target} HTTP/1.1\r\nHost: localhost\r\n\r\n")
}

/// A form posted to this target.
pub(crate) fn post(target: &str, body: &str) -> String {
    let kind = "application/x-www-form-urlencoded";
    format!("POST {target} HTTP/1.1\r\nHost: localhost\r\nContent-Type: {kind}\r\nContent-Length: {}\r\n\r\n{body}", body.len())
}

/// Limits with deadlines that a test can wait for.
pub(crate) fn short() -> Limits {
    let tenths = |tenths: u64| Duration::from_millis(100 * tenths);
    Limits {
        head: tenths(3),
        body: tenths(4),
        idle: tenths(5),
        write: tenths(5),
        answer: tenths(10),
        stop: tenths(20),
        ..Limits::default()
    }
}

/// Runs `clients` at the same instant, each with its number; how long until the last was done.
pub(crate) fn burst(clients: usize, client: impl Fn(usize) + Send + Sync + 'static) -> Duration {
    let (client, start) = (Arc::new(client), Arc::new(Barrier::new(clients + 1)));
    let threads: Vec<_> = (0..clients)
        .map(|number| {
            let (client, start) = (Arc::clone(&client), Arc::clone(&start));
            let run = move || {
                start.wait();
                client(number);
            };
            thread::Builder::new().stack_size(256 * 1024).spawn(run).expect("a thread")
        })
        .collect();
    start.wait();
    let begun = Instant::now();
    for thread in threads {
        thread.join().expect("every client is answered");
    }
    begun.elapsed()
}
