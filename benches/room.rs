//! A room of 300 phones behind one address, and 500 pages that watch: the program itself, its default store on this disk.
//!
//! `cargo bench --bench room`. A disk and a shared machine change from one minute to the next, so each round measures neighbours:
//!
//! - *raw*: appends of 4,120 bytes, each with fdatasync: the least that a durable answer costs;
//! - *answers*: 300 people open the form by the room's code and send within 10 seconds, then 300 more while 500 pages watch, then
//!   300 at the same instant. What counts is the wait from sending to the acknowledgement;
//! - *watching*: 500 kept-alive connections ask whether there is something newer, beside the same number asking for a static file
//!   of the same server that has not changed either. And without pauses, by 32 connections.
//!
//! Goals: no answer lost, p99 below 1 s, watching not slower than twice the static file. `ROOM_BENCH_FOLDER` names another disk.
#![allow(missing_docs, clippy::print_stdout, reason = "figures to read")]
#![allow(dead_code, reason = "the tests use more of the client")]

#[path = "../tests/it/server_client.rs"]
mod server_client;

use std::collections::BTreeMap;
use std::io::{BufRead, BufReader, Write};
use std::net::SocketAddr;
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex};
use std::thread;
use std::time::{Duration, Instant};

use server_client::{Client, burst, post};
use shirube::server::room_code::codes;
use shirube::store;

const ROUNDS: usize = 3;
const PHONES: usize = 300;
const WATCHERS: usize = 500;
const SPREAD: Duration = Duration::from_secs(10);
/// A static file that never changes, asked for as a watcher asks.
const FILE: &str = "/assets/mark.svg";
const STATE: &str = "/_room/every/state";

fn main() {
    let folder = match std::env::var_os("ROOM_BENCH_FOLDER") {
        Some(folder) => tempfile::tempdir_in(folder),
        None => tempfile::tempdir_in(env!("CARGO_MANIFEST_DIR")),
    }
    .expect("a folder");
    copy(&Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/sites/small/content"), &folder.path().join("content"));
    let mut serving = Serving::start(folder.path());
    let address = serving.address;
    let codes = codes(["every", "long", "soon", "past"]);
    let code = codes.iter().find(|(_, survey)| *survey == "every").expect("a code").0.clone();
    let form = format!("/r/{code}/surveys/every.html");
    let mut people = 0;
    println!("{:>5}  {:>22}  {:>10}  {:>10}  {:>10}  {:>12}", "round", "answers", "raw flush", "median", "p99", "p99 / raw");
    for round in 1..=ROUNDS {
        let line = |what: &str, waits: &[f64]| {
            let flush = raw(folder.path());
            let (median, p99) = (share(waits, 0.5), share(waits, 0.99));
            println!("{round:>5}  {what:>22}  {flush:>7.2} ms  {median:>7.2} ms  {p99:>7.2} ms  {:>11.1}×", p99 / flush);
        };
        line("300 in 10 s", &answers(address, &form, people, SPREAD));
        let watched = watch(address, |address| answers(address, &form, people + PHONES, SPREAD));
        line("… while 500 watch", &watched);
        line("300 in one instant", &answers(address, &form, people + 2 * PHONES, Duration::ZERO));
        people += 3 * PHONES;
    }
    println!("\n{:>5}  {:>32}  {:>10}  {:>10}  {:>7}", "round", "watching", "state", "file", "ratio");
    for round in 1..=ROUNDS {
        let (state, file) = (watchers(address, STATE), watchers(address, FILE));
        println!("{round:>5}  {:>32}  {:>7.2} ms  {:>7.2} ms  {:>6.2}×", "500 once a second, p99", state, file, state / file);
        let (state, file) = (rate(address, STATE), rate(address, FILE));
        println!("{round:>5}  {:>32}  {state:>8.0}/s  {file:>8.0}/s  {:>6.2}×", "32 without pauses, replies", file / state);
    }
    serving.stop();
    let store = store::open(&folder.path().join("private")).expect("the store");
    let stored = store.status().expect("a status").surveys.get("every").map_or(0, |one| one.waiting + one.closed);
    println!("\nsent and acknowledged: {people}, stored: {stored}: {}", if stored == people as u64 { "none lost" } else { "LOST" });
}

/// The median wait of a durable append, in milliseconds.
fn raw(folder: &Path) -> f64 {
    let mut file = std::fs::File::create(folder.join("raw")).expect("a file");
    let page = [7_u8; 4_120];
    let wait = || {
        let begun = Instant::now();
        file.write_all(&page).and_then(|()| file.sync_data()).expect("the disk writes");
        begun.elapsed().as_secs_f64() * 1e3
    };
    let waits: Vec<f64> = std::iter::repeat_with(wait).take(200).collect();
    share(&waits, 0.5)
}

/// The value below which this share of them lies.
fn share(waits: &[f64], share: f64) -> f64 {
    let mut sorted = waits.to_vec();
    sorted.sort_by(f64::total_cmp);
    sorted[((sorted.len() - 1) as f64 * share).round() as usize]
}

/// 300 people open the form, and send within this time. How long each waited for the acknowledgement, in milliseconds.
fn answers(address: SocketAddr, form: &str, first: usize, within: Duration) -> Vec<f64> {
    let waits = Arc::new(Mutex::new(Vec::new()));
    let (own, form) = (Arc::clone(&waits), form.to_owned());
    burst(PHONES, move |number| {
        // Spread evenly, in an order that is not that of the threads
        thread::sleep(within.mul_f64((number * 7 % PHONES) as f64 / PHONES as f64));
        let mut client = Client::new(address);
        assert_eq!(client.send(head(&form, None)).answer(false).expect("a form").status, 200);
        let sheet = sheet(first + number);
        let begun = Instant::now();
        let reply = client.send(post(&form, &sheet)).answer(false).expect("an acknowledgement");
        let wait = begun.elapsed().as_secs_f64() * 1e3;
        assert_eq!(reply.status, 303, "{}", reply.text());
        own.lock().expect("a list").push(wait);
    });
    Arc::try_unwrap(waits).expect("all are done").into_inner().expect("a list")
}

/// Does this while 500 pages watch, each asking every four seconds as a phone does.
fn watch<T>(address: SocketAddr, work: impl FnOnce(SocketAddr) -> T) -> T {
    let over = Arc::new(AtomicBool::new(false));
    let watchers: Vec<_> = (0..WATCHERS)
        .map(|number| {
            let over = Arc::clone(&over);
            let run = move || {
                thread::sleep(Duration::from_millis((number * 8) as u64));
                let (mut client, mut tag) = (Client::new(address), None);
                while !over.load(Ordering::Relaxed) {
                    // A connection that was cut to make room is opened again, as browsers do
                    match ask(&mut client, STATE, tag.as_deref()) {
                        Some(now) => tag = Some(now),
                        None => client = Client::new(address),
                    }
                    thread::sleep(Duration::from_secs(4));
                }
            };
            thread::Builder::new().stack_size(256 * 1024).spawn(run).expect("a thread")
        })
        .collect();
    let result = work(address);
    over.store(true, Ordering::Relaxed);
    watchers.into_iter().for_each(|watcher| watcher.join().expect("a watcher"));
    result
}

/// 500 connections that ask five times, a second apart: p99 of the wait in milliseconds.
fn watchers(address: SocketAddr, target: &'static str) -> f64 {
    let waits = Arc::new(Mutex::new(Vec::new()));
    let own = Arc::clone(&waits);
    burst(WATCHERS, move |number| {
        thread::sleep(Duration::from_millis((number * 2) as u64));
        let mut client = Client::new(address);
        let tag = ask(&mut client, target, None).expect("a reply");
        for _ in 0..5 {
            thread::sleep(Duration::from_secs(1));
            let begun = Instant::now();
            assert!(ask(&mut client, target, Some(&tag)).is_some(), "a watcher was cut although there was room");
            own.lock().expect("a list").push(begun.elapsed().as_secs_f64() * 1e3);
        }
    });
    let waits = waits.lock().expect("a list");
    share(&waits, 0.99)
}

/// Replies a second to 32 connections that ask again and again.
fn rate(address: SocketAddr, target: &'static str) -> f64 {
    const EACH: usize = 250;
    let took = burst(32, move |_| {
        let mut client = Client::new(address);
        let tag = ask(&mut client, target, None).expect("a reply");
        for _ in 0..EACH {
            assert!(ask(&mut client, target, Some(&tag)).is_some());
        }
    });
    (32 * EACH) as f64 / took.as_secs_f64()
}

/// Asks for something newer; its tag, or `None` where the connection was cut.
fn ask(client: &mut Client, target: &str, tag: Option<&str>) -> Option<String> {
    client.stream.write_all(head(target, tag).as_bytes()).ok()?;
    let reply = client.answer(false)?;
    assert!(reply.status == 200 || reply.status == 304, "{}", reply.status);
    reply.headers.get("etag").cloned()
}

fn head(target: &str, tag: Option<&str>) -> String {
    let known = tag.map(|tag| format!("If-None-Match: {tag}\r\n")).unwrap_or_default();
    format!("GET {target} HTTP/1.1\r\nHost: localhost\r\n{known}\r\n")
}

/// A whole sheet with a number of its own.
fn sheet(number: usize) -> String {
    let fields: BTreeMap<&str, String> = [
        ("way", "foot".to_owned()),
        ("fruit", "apple".to_owned()),
        ("shoes", "3".to_owned()),
        ("mood", (number % 5 + 1).to_string()),
        ("minutes", (number % 200).to_string()),
        ("since.declined", "1".to_owned()),
        ("word", format!("number {number}")),
        ("_sheet", format!("{number:032x}")),
        ("_go", "send".to_owned()),
    ]
    .into();
    form_urlencoded::Serializer::new(String::new()).extend_pairs(fields).finish()
}

fn copy(from: &Path, to: &Path) {
    std::fs::create_dir_all(to).expect("a folder");
    for entry in std::fs::read_dir(from).expect("a folder") {
        let (path, target) = entry.map(|entry| (entry.path(), to.join(entry.file_name()))).expect("an entry");
        if path.is_dir() {
            copy(&path, &target);
        } else {
            std::fs::copy(&path, &target).expect("a copy");
        }
    }
}

/// The program in a process of its own.
struct Serving {
    child: Child,
    address: SocketAddr,
}

impl Serving {
    fn start(root: &Path) -> Serving {
        let mut command = Command::new(env!("CARGO_BIN_EXE_shirube"));
        command.arg("--root").arg(root).args(["--quiet", "serve", "--lan", "--port", "0"]);
        let mut child = command.stdout(Stdio::piped()).stderr(Stdio::null()).spawn().expect("the program runs");
        let mut line = String::new();
        BufReader::new(child.stdout.take().expect("its output")).read_line(&mut line).expect("a line");
        let address = line.trim().trim_start_matches("http://").trim_end_matches('/').parse().expect("an address");
        Serving { child, address }
    }

    /// What was acknowledged is on the disk: the hardest end will do.
    fn stop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

impl Drop for Serving {
    fn drop(&mut self) {
        self.stop();
    }
}
