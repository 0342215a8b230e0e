//! Stopping cleanly.

use std::net::TcpStream;
use std::thread;
use std::time::{Duration, Instant};

use shirube::server::limits::Limits;

use super::server_client::{Tested, get, short};

#[test]
fn stopping_finishes_what_runs_and_closes_the_rest() {
    let server = Tested::new(short());
    let address = server.running.address();
    let mut idle = server.client();
    idle.send(get("/")).answer(false).expect("a reply");
    let mut busy = server.client();
    busy.send(get("/slow"));
    while server.seen() < 2 {
        thread::yield_now();
    }
    let begun = Instant::now();
    assert!(server.running.stop(), "everything was answered");
    assert!(begun.elapsed() < Duration::from_secs(20), "{:?}", begun.elapsed());
    let answer = busy.answer(false).expect("the running request is answered");
    assert_eq!((answer.text().as_str(), answer.headers["connection"].as_str()), ("slow", "close"));
    assert!(busy.is_ended() && idle.is_ended());
    assert!(TcpStream::connect(address).is_err(), "nobody listens any more");
}

#[test]
fn stopping_does_not_wait_for_a_handler_that_hangs() {
    let server = Tested::new(Limits { stop: Duration::from_millis(300), answer: Duration::from_secs(9), ..short() });
    let mut stuck = server.client();
    stuck.send(get("/hang"));
    while server.seen() < 1 {
        thread::yield_now();
    }
    let begun = Instant::now();
    assert!(!server.running.stop(), "not everything was answered");
    assert!(begun.elapsed() < Duration::from_millis(1_500), "{:?}", begun.elapsed());
    assert!(stuck.is_ended());
}
