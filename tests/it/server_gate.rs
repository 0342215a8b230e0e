//! What the gate lets through, over real sockets.

use std::io::Write;
use std::net::{Shutdown, TcpStream};
use std::sync::atomic::{AtomicBool, Ordering};
use std::thread;
use std::time::{Duration, Instant};

use shirube::server::limits::Limits;

use super::server_client::{Client, Tested, get, page, post, short};

/// Requests that must be answered by one refusal and the end of the connection, and never reach the handler. Where the request
/// could hide another, `GET /smuggled` follows.
const MALFORMED: &[(&str, u16)] = &[
    // Transfer encodings, whatever they are called
    ("POST / HTTP/1.1\r\nHost: localhost\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n{smuggled}", 501),
    ("POST / HTTP/1.1\r\nHost: localhost\r\nTransfer-Encoding: xchunked\r\nContent-Length: 5\r\n\r\n0\r\n\r\n{smuggled}", 501),
    ("POST / HTTP/1.1\r\nHost: localhost\r\nTransfer-Encoding: identity\r\nContent-Length: 0\r\n\r\n{smuggled}", 501),
    ("POST / HTTP/1.1\r\nHost: localhost\r\nTransfer-Encoding: chunked, gzip\r\n\r\n0\r\n\r\n{smuggled}", 501),
    ("POST / HTTP/1.1\r\nHost: localhost\r\nTransfer-Encoding: \r\nContent-Length: 0\r\n\r\n{smuggled}", 501),
    ("POST / HTTP/1.1\r\nHost: localhost\r\ntransfer-ENCODING: chunked\r\nTransfer-Encoding: identity\r\n\r\n0\r\n\r\n{smuggled}", 501),
    ("GET / HTTP/1.1\r\nHost: localhost\r\nTransfer-Encoding: gzip\r\n\r\n{smuggled}", 501),
    ("POST / HTTP/1.1\r\nHost: localhost\r\nTransfer-Encoding : chunked\r\nContent-Length: 0\r\n\r\n{smuggled}", 400),
    ("POST / HTTP/1.1\r\nHost: localhost\r\nX: y\r\n Transfer-Encoding: chunked\r\nContent-Length: 0\r\n\r\n{smuggled}", 400),
    // Lengths
    ("POST / HTTP/1.1\r\nHost: localhost\r\nContent-Length: 3\r\nContent-Length: 4\r\n\r\nabcd{smuggled}", 400),
    ("POST / HTTP/1.1\r\nHost: localhost\r\nContent-Length: 3\r\nContent-Length: 3\r\n\r\nabc{smuggled}", 400),
    ("POST / HTTP/1.1\r\nHost: localhost\r\nContent-Length: +5\r\n\r\nabcde{smuggled}", 400),
    ("POST / HTTP/1.1\r\nHost: localhost\r\nContent-Length: -1\r\n\r\n{smuggled}", 400),
    ("POST / HTTP/1.1\r\nHost: localhost\r\nContent-Length: 0x10\r\n\r\n{smuggled}", 400),
    ("POST / HTTP/1.1\r\nHost: localhost\r\nContent-Length:\r\n\r\n{smuggled}", 400),
    ("POST / HTTP/1.1\r\nHost: localhost\r\nContent-Length: 3, 3\r\n\r\nabc{smuggled}", 400),
    ("POST / HTTP/1.1\r\nHost: localhost\r\nContent-Length: 3 \t4\r\n\r\nabc{smuggled}", 400),
    ("POST / HTTP/1.1\r\nHost: localhost\r\n\r\n{smuggled}", 411),
    ("POST / HTTP/1.1\r\nHost: localhost\r\nContent-Length: 65537\r\n\r\n{smuggled}", 413),
    ("POST / HTTP/1.1\r\nHost: localhost\r\nContent-Length: 1000000000000\r\n\r\n{smuggled}", 413),
    ("POST / HTTP/1.1\r\nHost: localhost\r\nContent-Length: 99999999999999999999999999999999999999\r\n\r\n{smuggled}", 413),
    ("GET / HTTP/1.1\r\nHost: localhost\r\nContent-Length: 1000000000000\r\n\r\n{smuggled}", 413),
    ("GET / HTTP/1.1\r\nHost: localhost\r\nContent-Length: 40\r\n\r\n{smuggled}", 400),
    ("HEAD / HTTP/1.1\r\nHost: localhost\r\nContent-Length: 1\r\n\r\n{smuggled}", 400),
    // Lines
    ("GET / HTTP/1.1\r\nHost: localhost\r\nX: y\r\n z\r\n\r\n{smuggled}", 400),
    ("GET / HTTP/1.1\r\nHost: localhost\r\nX: y\r\n\tz\r\n\r\n{smuggled}", 400),
    ("GET / HTTP/1.1\r\n Host: localhost\r\n\r\n{smuggled}", 400),
    ("GET / HTTP/1.1\nHost: localhost\n\n{smuggled}", 400),
    ("GET / HTTP/1.1\r\nHost: localhost\nX: y\r\n\r\n{smuggled}", 400),
    ("GET / HTTP/1.1\r\nHost: localhost\r\nX: y\rz\r\n\r\n{smuggled}", 400),
    ("GET / HTTP/1.1\r\nHost: localhost\r\n\n{smuggled}", 400),
    ("GET / HTTP/1.1\r\nHost: localhost\r\nX: a\0b\r\n\r\n{smuggled}", 400),
    ("GET /\0 HTTP/1.1\r\nHost: localhost\r\n\r\n{smuggled}", 400),
    ("GET / HTTP/1.1\r\nHost: localhost\r\nX: a\x08b\r\n\r\n{smuggled}", 400),
    ("GET / HTTP/1.1\r\nHost: localhost\r\nX\r\n\r\n{smuggled}", 400),
    ("GET / HTTP/1.1\r\nHost: localhost\r\n: x\r\n\r\n{smuggled}", 400),
    ("GET / HTTP/1.1\r\nHost: localhost\r\nX Y: z\r\n\r\n{smuggled}", 400),
    ("GET / HTTP/1.1\r\nHost: localhost\r\nCookie: あ\r\n\r\n{smuggled}", 400),
    ("GET / HTTP/1.1\r\nHost: localhost\r\nCookie: a=1\r\nCookie: b=2\r\n\r\n{smuggled}", 400),
    ("GET / HTTP/1.1\r\nHost: localhost\r\nOrigin: http://a\r\nOrigin: http://b\r\n\r\n{smuggled}", 400),
    // Hosts
    ("GET / HTTP/1.1\r\n\r\n{smuggled}", 400),
    ("GET / HTTP/1.0\r\n\r\n{smuggled}", 400),
    ("GET / HTTP/1.1\r\nHost: localhost\r\nHost: localhost\r\n\r\n{smuggled}", 400),
    ("GET / HTTP/1.1\r\nHost: localhost\r\nhost: evil.example\r\n\r\n{smuggled}", 400),
    ("GET / HTTP/1.1\r\nHost: localhost, localhost\r\n\r\n{smuggled}", 400),
    ("GET / HTTP/1.1\r\nHost:\r\n\r\n{smuggled}", 400),
    ("GET / HTTP/1.1\r\nHost: user@localhost\r\n\r\n{smuggled}", 400),
    ("GET / HTTP/1.1\r\nHost: evil.example\r\n\r\n{smuggled}", 421),
    ("GET / HTTP/1.1\r\nHost: localhost.evil.example:80\r\n\r\n{smuggled}", 421),
    ("GET / HTTP/1.1\r\nHost: 203.0.113.1\r\n\r\n{smuggled}", 421),
    // Methods, targets, versions
    ("DELETE / HTTP/1.1\r\nHost: localhost\r\n\r\n{smuggled}", 405),
    ("OPTIONS * HTTP/1.1\r\nHost: localhost\r\n\r\n{smuggled}", 405),
    ("CONNECT localhost:80 HTTP/1.1\r\nHost: localhost\r\n\r\n{smuggled}", 405),
    ("TRACE / HTTP/1.1\r\nHost: localhost\r\n\r\n{smuggled}", 405),
    ("get / HTTP/1.1\r\nHost: localhost\r\n\r\n{smuggled}", 405),
    ("GETX / HTTP/1.1\r\nHost: localhost\r\n\r\n{smuggled}", 405),
    ("PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n{smuggled}", 505),
    ("GET / HTTP/1.2\r\nHost: localhost\r\n\r\n{smuggled}", 505),
    ("GET /\r\nHost: localhost\r\n\r\n{smuggled}", 400),
    ("GET  / HTTP/1.1\r\nHost: localhost\r\n\r\n{smuggled}", 400),
    ("GET /a b HTTP/1.1\r\nHost: localhost\r\n\r\n{smuggled}", 505),
    ("GET http://localhost/ HTTP/1.1\r\nHost: localhost\r\n\r\n{smuggled}", 400),
    ("GET * HTTP/1.1\r\nHost: localhost\r\n\r\n{smuggled}", 400),
    ("GET /#x HTTP/1.1\r\nHost: localhost\r\n\r\n{smuggled}", 400),
    ("GET /あ HTTP/1.1\r\nHost: localhost\r\n\r\n{smuggled}", 400),
    ("\r\nGET / HTTP/1.1\r\nHost: localhost\r\n\r\n{smuggled}", 400),
    ("\u{16}\u{3}\u{1}\u{2}\0{smuggled}", 400),
    // What we do not do
    ("POST / HTTP/1.1\r\nHost: localhost\r\nExpect: 100-continue\r\nContent-Length: 3\r\n\r\nabc{smuggled}", 417),
    ("POST / HTTP/1.1\r\nHost: localhost\r\nExpect: tea\r\nContent-Length: 0\r\n\r\n{smuggled}", 417),
    ("GET / HTTP/1.1\r\nHost: localhost\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n\r\n{smuggled}", 400),
    ("GET / HTTP/1.1\r\nHost: localhost\r\nConnection: keep-alive, upgrade\r\n\r\n{smuggled}", 400),
    ("GET / HTTP/1.1\r\nHost: localhost\r\nUpgrade: h2c\r\n\r\n{smuggled}", 400),
];

#[test]
fn malformed_requests_get_one_refusal_and_reach_nobody() {
    let server = Tested::new(Limits::default());
    for (request, status) in MALFORMED {
        assert_refused(&server, &request.replace("{smuggled}", &get("/smuggled")), *status);
    }
    let long = format!("GET /{} HTTP/1.1\r\nHost: localhost\r\n\r\n", "a".repeat(17_000));
    assert_refused(&server, &long, 431);
    assert_refused(&server, &format!("GET / HTTP/1.1\r\nHost: localhost\r\nX: {}\r\n\r\n", "a".repeat(17_000)), 431);
    assert_refused(&server, &format!("GET / HTTP/1.1\r\nHost: localhost\r\n{}\r\n", "X: y\r\n".repeat(64)), 431);
    assert_refused(&server, &"a".repeat(20_000), 431);
    assert_refused(&server, &post("/", &"a".repeat(1_000_000)), 413);
    assert_eq!(server.seen(), 0, "a malformed request reached the handler");
    server.assert_lives();
}

fn assert_refused(server: &Tested, request: &str, status: u16) {
    let what = request.chars().take(150).collect::<String>().escape_debug().to_string();
    let mut client = server.client();
    client.send(request);
    let answer = client.answer(request.starts_with("HEAD ")).unwrap_or_else(|| panic!("{what}: no reply"));
    assert_eq!(answer.status, status, "{what}");
    answer.assert_sealed(&what);
    assert_eq!(answer.headers["connection"], "close", "{what}");
    assert_eq!(answer.headers["content-type"], "text/html; charset=utf-8", "{what}");
    if !request.starts_with("HEAD ") {
        let page = answer.text();
        assert!(page.contains("<html lang=\"ja\">") && page.contains("<section lang=\"en\">"), "{what}: {page}");
    }
    client.stream.shutdown(Shutdown::Write).expect("an end");
    assert!(client.answer(false).is_none(), "{what}: a second reply");
}

#[test]
fn what_browsers_send_is_taken() {
    let server = Tested::new(Limits::default());
    let mut client = server.client();
    for (request, status, text) in [
        (get("/"), 200, "GET /"),
        (post("/a", "x=1"), 200, "POST /a 3"),
        (post("/a", ""), 200, "POST /a 0"),
        (post("/a", &"x".repeat(65_536)), 200, "POST /a 65536"),
        ("GET /%E8%87%AA?q=%20 HTTP/1.1\r\nHost: 127.0.0.1:1234\r\nUpgrade-Insecure-Requests: 1\r\nSec-Fetch-Site: none\r\nPriority: u=0, i\r\n\r\n".to_owned(), 200, "GET /自"),
        ("GET /x HTTP/1.1\r\nHost: [::1]:80\r\nConnection: keep-alive\r\nX-Latin: \u{e9}\r\nTE: chunked\r\n\r\n".to_owned(), 200, "GET /x"),
        (post("/form", "b=1&a=%E3%81%82&b=2"), 200, "b=1;a=あ;b=2;"),
        ("GET /headers HTTP/1.1\r\nHost: localhost\r\nOrigin: null\r\nReferer: http://localhost/a\r\nCookie: a=1; b=2\r\nAccept-Language: ja,en;q=0.5\r\nIf-None-Match: \"x\"\r\n\r\n".to_owned(), 200, "localhost|null|http://localhost/a|a=1; b=2|-|ja,en;q=0.5|\"x\""),
        // What only a proxy or the gate may say is not believed.
        ("GET /peer HTTP/1.1\r\nHost: localhost\r\nX-Shirube-Peer: 1.2.3.4\r\nX-Forwarded-For: 1.2.3.4\r\nForwarded: for=1.2.3.4\r\n\r\n".to_owned(), 200, "127.0.0.1"),
    ] {
        let answer = client.send(&request).answer(false).expect("a reply on the same connection");
        assert_eq!((answer.status, answer.text().as_str()), (status, text), "{request}");
        answer.assert_sealed(&request);
        assert!(!answer.headers.contains_key("connection"));
    }
    // The path is read by the handler's side; the gate goes on.
    for target in ["/../x", "/%2e%2e/x", "/a%2fb", "/%00", "/a%0d%0aX:%20y", "//evil.example/", "/%ff", "/%zz"] {
        let answer = client.send(get(target)).answer(false).expect("a reply");
        assert_eq!(answer.status, 400, "{target}");
        answer.assert_sealed(target);
    }
    let fields = client.send(post("/form", &"a=1&".repeat(2_001))).answer(false).expect("a reply");
    assert_eq!(fields.status, 413);
    let json = "POST /form HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\nContent-Length: 2\r\n\r\n{}";
    assert_eq!(client.send(json).answer(false).expect("a reply").status, 415);
}

#[test]
fn a_request_may_come_byte_by_byte_and_two_at_once() {
    let server = Tested::new(Limits::default());
    let mut client = server.client();
    for byte in post("/drip", "a=1").bytes() {
        client.send([byte]);
    }
    assert_eq!(client.answer(false).expect("a reply").text(), "POST /drip 3");
    client.send(format!("{}{}{}", post("/one", "abc"), get("/two"), get("/three")));
    for expected in ["POST /one 3", "GET /two", "GET /three"] {
        assert_eq!(client.answer(false).expect("a reply").text(), expected);
    }
    let last = "GET /last HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n";
    let answer = client.send(format!("{last}{}", get("/smuggled"))).answer(false).expect("a reply");
    assert_eq!((answer.text().as_str(), answer.headers["connection"].as_str()), ("GET /last", "close"));
    assert!(client.is_ended(), "nothing is answered after «close»");
    let mut old = server.client();
    let answer = old.send("GET / HTTP/1.0\r\nHost: localhost\r\nConnection: keep-alive\r\n\r\n").answer(false).expect("a reply");
    assert_eq!(answer.headers["connection"], "close");
    assert!(old.is_ended());
}

#[test]
fn heads_and_unchanged_pages_have_no_body() {
    let server = Tested::new(Limits::default());
    let mut client = server.client();
    let full = client.send(get("/page")).answer(false).expect("a reply");
    assert_eq!((full.status, full.body.len()), (200, 20_000));
    full.assert_sealed("a page");
    let head = client.send("HEAD /page HTTP/1.1\r\nHost: localhost\r\n\r\n").answer(true).expect("a reply");
    assert_eq!((head.status, &head.headers["content-length"]), (200, &"20000".to_owned()));
    let again = format!("GET /page HTTP/1.1\r\nHost: localhost\r\nIf-None-Match: {}\r\n\r\n", full.headers["etag"]);
    let known = client.send(&again).answer(false).expect("a reply");
    assert_eq!((known.status, known.headers.get("etag")), (304, full.headers.get("etag")));
    assert!(!known.headers.contains_key("content-length"));
    known.assert_sealed("an unchanged page");
    assert_eq!(client.send(get("/")).answer(false).expect("the connection goes on").text(), "GET /");
}

#[test]
fn a_value_cannot_bring_its_own_header_lines() {
    let server = Tested::new(Limits::default());
    let mut client = server.client();
    let plain = client.send(get("/cookie?value=a%3D1")).answer(false).expect("a reply");
    assert_eq!(plain.headers.get("set-cookie").map(String::as_str), Some("a=1"));
    for value in ["a%0d%0aSet-Cookie:%20admin=1", "a%0aX:%20y", "a%0dX:%20y", "%00", "%E3%81%82"] {
        let answer = client.send(get(&format!("/cookie?value={value}"))).answer(false).expect("a reply");
        assert_eq!((answer.status, answer.headers.get("set-cookie")), (400, None), "{value}");
    }
}

/// Sends `start` and then an `a` every 50 ms, which must not renew a deadline: the status, and after how many milliseconds.
fn trickle(server: &Tested, start: &str, trickles: bool) -> (Option<u16>, u128) {
    let mut client = server.client();
    let mut sender = client.stream.try_clone().expect("a second handle");
    let (begun, ended) = (Instant::now(), AtomicBool::new(false));
    client.send(start);
    thread::scope(|scope| {
        scope.spawn(|| {
            while trickles && !ended.load(Ordering::SeqCst) && sender.write_all(b"a").is_ok() {
                thread::sleep(Duration::from_millis(50));
            }
        });
        let answer = client.answer(false);
        ended.store(true, Ordering::SeqCst);
        (answer.map(|answer| answer.status), begun.elapsed().as_millis())
    })
}

#[test]
fn slow_and_silent_clients_are_cut_and_honest_ones_served() {
    let server = Tested::new(short());
    let body = "POST / HTTP/1.1\r\nHost: localhost\r\nContent-Length: 100\r\n\r\nabc";
    let cases = [
        ("POST / HTTP/1.1\r\nX: ", true, Some(408), 290),
        (body, true, Some(408), 390),
        (body, false, Some(408), 390),
        ("G", false, Some(408), 290),
        ("", false, None, 490),
    ];
    let (server, done) = (&server, &AtomicBool::new(false));
    thread::scope(|scope| {
        let slow: Vec<_> = cases
            .iter()
            .flat_map(|case| [case; 5])
            .map(|(start, trickles, status, least)| {
                scope.spawn(move || {
                    let (answered, took) = trickle(server, start, *trickles);
                    assert_eq!(answered, *status, "after {start:?}");
                    assert!((*least..least + 700).contains(&took), "{start:?} was cut after {took} ms");
                })
            })
            .collect();
        let honest = scope.spawn(|| {
            let mut slowest = Duration::ZERO;
            while !done.load(Ordering::SeqCst) {
                let begun = Instant::now();
                server.assert_lives();
                slowest = slowest.max(begun.elapsed());
                thread::sleep(Duration::from_millis(10));
            }
            slowest
        });
        let cut = slow.into_iter().map(|client| client.join().is_ok()).collect::<Vec<_>>();
        done.store(true, Ordering::SeqCst);
        assert!(cut.iter().all(|cut| *cut), "{cut:?}");
        let slowest = honest.join().expect("an honest client");
        assert!(slowest < Duration::from_millis(400), "an honest client waited {slowest:?}");
    });
    // Kept alive and silent: cut without a word.
    let mut resting = server.client();
    resting.send(get("/")).answer(false).expect("a reply");
    let begun = Instant::now();
    assert!(resting.is_ended() && begun.elapsed() >= Duration::from_millis(450));
}

#[test]
fn a_sink_that_never_reads_holds_no_worker() {
    let server = Tested::new(Limits { workers: 2, ..short() });
    let sinks: Vec<TcpStream> = (0..4)
        .map(|_| {
            let stream = TcpStream::connect(server.running.address()).expect("a connection");
            stream.set_nonblocking(true).expect("an option");
            let _ = (&stream).write(get("/big").repeat(100).as_bytes());
            stream
        })
        .collect();
    let begun = Instant::now();
    while begun.elapsed() < Duration::from_millis(400) {
        let asked = Instant::now();
        server.assert_lives();
        assert!(asked.elapsed() < Duration::from_millis(400), "an honest client waited {:?}", asked.elapsed());
    }
    drop(sinks);
    let whole = server.client().send(get("/big")).answer(false).expect("one that reads gets all of it");
    assert_eq!(whole.body.len(), 3_000_000);
}

#[test]
fn a_panic_is_a_500_and_the_server_lives() {
    let server = Tested::new(Limits { workers: 2, ..short() });
    for _ in 0..6 {
        let answer = server.client().send(get("/panic")).answer(false).expect("a reply");
        assert_eq!(answer.status, 500);
        answer.assert_sealed("a panic");
        assert!(!answer.text().contains("on purpose"), "a panic's words are nobody's business");
    }
    server.assert_lives();
}

#[test]
fn a_handler_that_hangs_is_waited_for_no_longer_than_said() {
    let server = Tested::new(Limits { workers: 2, ..short() });
    let begun = Instant::now();
    let answer = server.client().send(get("/hang")).answer(false).expect("a reply");
    assert_eq!(answer.status, 504);
    answer.assert_sealed("late");
    assert!(begun.elapsed() < Duration::from_millis(2_500));
    server.assert_lives();
}

#[test]
fn at_the_cap_the_oldest_that_waits_gives_way() {
    let server = Tested::new(Limits { connections: 8, ..Limits::default() });
    let mut waiting: Vec<Client> = (0..8).map(|_| server.client()).collect();
    for client in &mut waiting {
        client.send("GET / HTTP/1.1\r\n");
        thread::sleep(Duration::from_millis(5));
    }
    server.assert_lives();
    assert!(waiting[0].is_ended(), "the oldest is cut");
    let last = waiting.last_mut().expect("eight of them");
    assert_eq!(last.send("Host: localhost\r\n\r\n").answer(false).expect("the youngest is not").status, 200);
}

#[test]
fn proxies_are_believed_only_when_named() {
    let proxied = "GET /peer HTTP/1.1\r\nHost: localhost\r\nX-Forwarded-For: 6.6.6.6, 203.0.113.9\r\n\r\n";
    let trusting = Tested::new(Limits { proxies: vec!["127.0.0.1".parse().expect("an address")], ..Limits::default() });
    assert_eq!(trusting.client().send(proxied).answer(false).expect("a reply").text(), "203.0.113.9");
    let named = Tested::new(Limits {
        hosts: vec!["survey.example".to_owned()],
        collectors: vec!["https://answers.example".to_owned()],
        ..Limits::default()
    });
    let answer = named.client().send("GET / HTTP/1.1\r\nHost: survey.example\r\n\r\n").answer(false).expect("a reply");
    assert_eq!(answer.status, 200);
    assert!(answer.headers["content-security-policy"].contains("form-action 'self' https://answers.example;"));
}

#[test]
fn bodies_may_grow_with_the_content() {
    let server = Tested::new(Limits { body_bytes: 10, ..Limits::default() });
    assert_eq!(server.client().send(post("/", "12345678901")).answer(false).expect("a reply").status, 413);
    server.running.set_body_bytes(11);
    assert_eq!(server.client().send(post("/", "12345678901")).answer(false).expect("a reply").status, 200);
    assert_eq!(page().len(), 20_000);
}
