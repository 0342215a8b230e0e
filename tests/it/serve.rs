//! The program itself, serving a project: whole rooms that send at once, kills, signals, ports.
#![cfg(unix)]

use crate::loop_project::{Project, fields};
use crate::server_client::{Client, burst, get, post};
use shirube::store;
use std::io::{BufRead, BufReader, Read};
use std::net::{SocketAddr, TcpListener};
use std::process::{Child, Command, Output, Stdio};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex};
use std::thread;
use std::time::Duration;

const EVERY: &str = "/surveys/every.html";

/// The program on a project, with messages in English.
pub(crate) fn shirube(project: &Project, arguments: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_shirube"));
    command.arg("--root").arg(project.root()).args(["--lang", "en"]).args(arguments);
    command
}

/// Runs it to its end.
pub(crate) fn run(project: &Project, arguments: &[&str]) -> Output {
    shirube(project, arguments).output().expect("the program runs")
}

pub(crate) fn said(output: &Output) -> String {
    String::from_utf8_lossy(&output.stderr).into_owned()
}

/// A server in a process of its own.
pub(crate) struct Serving {
    child: Child,
    pub(crate) address: SocketAddr,
}

impl Serving {
    pub(crate) fn start(project: &Project) -> Serving {
        Serving::bound(project, &["serve", "--port", "0"])
    }

    pub(crate) fn bound(project: &Project, arguments: &[&str]) -> Serving {
        let mut child = shirube(project, arguments).stdout(Stdio::piped()).stderr(Stdio::null()).spawn().expect("the program runs");
        let mut line = String::new();
        BufReader::new(child.stdout.take().expect("its output")).read_line(&mut line).expect("a line");
        let address = line.trim().trim_start_matches("http://").trim_end_matches('/');
        let mut address: SocketAddr = address.parse().unwrap_or_else(|_| panic!("no address: {line:?}"));
        if address.ip().is_unspecified() {
            address.set_ip([127, 0, 0, 1].into());
        }
        Serving { child, address }
    }

    pub(crate) fn page(&self, target: &str) -> (u16, String) {
        let answer = Client::new(self.address).send(get(target)).answer(false).expect("a reply");
        (answer.status, answer.text())
    }

    /// Asks the process to stop, and waits for its end.
    pub(crate) fn stop(mut self, signal: &str) -> bool {
        signal_to(self.child.id(), signal);
        self.child.wait().expect("an end").success()
    }
}

impl Drop for Serving {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

pub(crate) fn signal_to(process: u32, signal: &str) {
    assert!(Command::new("kill").args(["-s", signal, &process.to_string()]).status().expect("a signal").success());
}

/// A whole sheet of the survey with a number of its own. `minutes` tells sheets apart.
pub(crate) fn sheet(number: usize) -> String {
    let minutes = format!("{}.{}", number / 10 % 200, number % 10);
    form_urlencoded::Serializer::new(String::new())
        .extend_pairs([("way", "foot"), ("fruit", "apple"), ("shoes", "3"), ("mood", "5"), ("minutes", &minutes), ("since.declined", "1")])
        .extend_pairs([("word", format!("回答 {number}")), ("_sheet", format!("{number:032x}")), ("_go", "send".to_owned())])
        .finish()
}

/// The numbers of all sheets that a project's store holds, each as often as it stands there.
pub(crate) fn stored(project: &Project) -> Vec<usize> {
    let store = store::open(&project.path("private")).expect("a store");
    store.close_batch("every", &["line", "way_other", "fruit_other", "word"].map(str::to_owned).into(), 1).expect("a batch");
    let batches = store.batches("every").expect("batches");
    let words = batches.iter().flat_map(|batch| &batch.texts["word"]);
    let mut numbers: Vec<usize> = words.map(|word| word.trim_start_matches("回答 ").parse().expect("a number")).collect();
    assert_eq!(numbers.len() as u64, batches.iter().map(|batch| batch.n).sum::<u64>(), "every row has its text");
    numbers.sort_unstable();
    numbers
}

fn is_thanks(status: u16, location: Option<&String>) -> bool {
    status == 303 && location.map(String::as_str) == Some("/surveys/every/thanks.html")
}

#[test]
fn five_hundred_sheets_in_one_instant_from_one_address_are_stored_once() {
    let project = Project::small();
    let serving = Serving::start(&project);
    let address = serving.address;
    burst(500, move |number| {
        let mut client = Client::new(address);
        let answer = client.send(post(EVERY, &sheet(number))).answer(false).expect("a reply");
        assert!(is_thanks(answer.status, answer.headers.get("location")), "{number}: {} {}", answer.status, answer.text());
    });
    // Everybody presses once more
    burst(50, move |number| {
        let answer = Client::new(address).send(post(EVERY, &sheet(number))).answer(false).expect("a reply");
        assert!(is_thanks(answer.status, answer.headers.get("location")), "{number} again");
    });
    assert!(serving.stop("TERM"));
    assert_eq!(stored(&project), (0..500).collect::<Vec<_>>());
}

/// On Linux all of 127/8 is ours.
#[cfg(target_os = "linux")]
#[test]
fn five_hundred_sheets_in_one_instant_from_five_hundred_addresses_are_stored_once() {
    let project = Project::small();
    let serving = Serving::bound(&project, &["serve", "--bind", "0.0.0.0:0"]);
    let address = serving.address;
    burst(500, move |number| {
        let own = [127, 0, u8::try_from(number / 250 + 1).expect("a byte"), u8::try_from(number % 250 + 1).expect("a byte")];
        let socket = socket2::Socket::new(socket2::Domain::IPV4, socket2::Type::STREAM, None).expect("a socket");
        socket.bind(&SocketAddr::from((own, 0)).into()).expect("an address of our own");
        socket.connect(&address.into()).expect("the server accepts");
        let answer = Client::over(socket.into()).send(post(EVERY, &sheet(number))).answer(false).expect("a reply");
        assert!(is_thanks(answer.status, answer.headers.get("location")), "{number}: {}", answer.status);
    });
    assert!(serving.stop("INT"));
    assert_eq!(stored(&project), (0..500).collect::<Vec<_>>());
}

/// What one client does until the server goes: sends sheets one after the other, and says which were acknowledged.
fn send_until_it_ends(address: SocketAddr, first: usize, over: &AtomicBool, acknowledged: &Mutex<Vec<usize>>) {
    for number in (first..).step_by(1_000).take_while(|_| !over.load(Ordering::Relaxed)) {
        let Ok(stream) = std::net::TcpStream::connect(address) else { return };
        let _ = stream.set_read_timeout(Some(Duration::from_secs(20)));
        let mut stream = stream;
        if std::io::Write::write_all(&mut stream, post(EVERY, &sheet(number)).as_bytes()).is_err() {
            return;
        }
        let mut head = [0; 12];
        if stream.read_exact(&mut head).is_err() {
            return;
        }
        if &head == b"HTTP/1.1 303" {
            acknowledged.lock().expect("a list").push(number);
        }
    }
}

/// Sends from many clients, does `this` to the server in the middle of it, and gives the sheets that were acknowledged.
fn in_the_middle_of_load(serving: Serving, this: impl FnOnce(Serving)) -> Vec<usize> {
    let (over, acknowledged) = (Arc::new(AtomicBool::new(false)), Arc::new(Mutex::new(Vec::new())));
    let address = serving.address;
    let clients: Vec<_> = (0..24)
        .map(|first| {
            let (over, acknowledged) = (Arc::clone(&over), Arc::clone(&acknowledged));
            thread::spawn(move || send_until_it_ends(address, first, &over, &acknowledged))
        })
        .collect();
    while acknowledged.lock().expect("a list").len() < 150 {
        thread::sleep(Duration::from_millis(2));
    }
    this(serving);
    over.store(true, Ordering::Relaxed);
    clients.into_iter().for_each(|client| client.join().expect("a client"));
    let mut all = acknowledged.lock().expect("a list").clone();
    all.sort_unstable();
    all
}

#[test]
fn a_kill_in_the_middle_of_load_loses_no_acknowledged_answer() {
    let project = Project::small();
    let mut acknowledged = Vec::new();
    for round in 0..2_usize {
        // The second round sends the first one's sheets again and goes on
        let answered = in_the_middle_of_load(Serving::start(&project), |mut serving| {
            serving.child.kill().expect("a kill");
            serving.child.wait().expect("an end");
        });
        assert!(answered.len() >= 150, "round {round}");
        acknowledged.extend(answered);
    }
    acknowledged.sort_unstable();
    acknowledged.dedup();
    // The server comes up again over what the kill left
    let serving = Serving::start(&project);
    assert_eq!(serving.page("/reports/every.html").0, 200);
    assert!(serving.stop("TERM"));
    let stored = stored(&project);
    let mut once = stored.clone();
    once.dedup();
    assert_eq!(stored, once, "no answer stands there twice");
    let lost: Vec<&usize> = acknowledged.iter().filter(|number| !stored.contains(number)).collect();
    assert!(lost.is_empty(), "{} of {} were lost: {lost:?}", lost.len(), acknowledged.len());
}

#[test]
fn a_stop_in_the_middle_of_load_loses_nothing_and_ends_well() {
    for signal in ["TERM", "INT"] {
        let project = Project::small();
        let acknowledged = in_the_middle_of_load(Serving::start(&project), |serving| assert!(serving.stop(signal), "{signal}"));
        let stored = stored(&project);
        assert!(acknowledged.iter().all(|number| stored.contains(number)), "{signal}");
        // Whoever was in flight was told: nothing is stored that nobody knows of
        assert_eq!(acknowledged, stored, "{signal}");
    }
}

#[test]
fn a_port_that_is_taken_is_named() {
    let project = Project::small();
    let taken = TcpListener::bind("127.0.0.1:0").expect("a port");
    let port = taken.local_addr().expect("an address").port().to_string();
    let output = run(&project, &["serve", "--port", &port]);
    assert_eq!(output.status.code(), Some(3));
    assert!(said(&output).contains(&format!("cannot listen on 127.0.0.1:{port}")), "{}", said(&output));
    assert!(!project.path("output").exists() && !project.path("private").exists(), "nothing was begun");
}

#[test]
fn a_served_form_is_filled_in_over_the_wire() {
    let project = Project::small();
    let serving = Serving::start(&project);
    let (status, page) = serving.page("/en/surveys/every.html");
    let form = fields(&page);
    assert_eq!(status, 200);
    assert!(form.iter().any(|(name, value)| name == "_sheet" && value.len() == 32), "{form:?}");
    // The limit on bodies is that of the longest survey, also after the content has changed
    let long = |n: usize| format!("first={}&_shown=first%20second&_sheet={:032x}&_go=next", "%E3%81%82".repeat(n), 1);
    let status = |n: usize| {
        let mut client = Client::new(serving.address);
        client.send(post("/surveys/long.html", &long(n))).answer(false).expect("a reply").status
    };
    assert_eq!((status(20_000), status(60_000)), (422, 413));
    project.edit("content/surveys/long.yaml", "id: second", "id: third, kind: long_text, max_length: 10000, text: {ja: あ, en: a}}\n      - {id: fourth, kind: long_text, max_length: 10000, text: {ja: あ, en: a}}\n      - {id: second");
    let end = std::time::Instant::now() + Duration::from_secs(60);
    while status(60_000) != 422 {
        assert!(std::time::Instant::now() < end, "the limit grows with the survey");
        thread::sleep(Duration::from_millis(50));
    }
    assert!(serving.stop("TERM"));
}
