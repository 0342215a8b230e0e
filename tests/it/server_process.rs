//! A server in a process of its own: signals, descriptors, and what it opens.
#![cfg(unix)]

use std::io::{BufRead, BufReader};
use std::net::SocketAddr;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::sync::mpsc;
use std::thread;
use std::time::Duration;

use shirube::server::limits::Limits;
use shirube::server::stop::on_stop;

use super::server_client::{Client, Tested, get};

/// Set for the process that is to be the server.
const CHOSEN: &str = "SHIRUBE_TEST_SERVER";

/// The server's process: this test again, which only then does anything.
#[test]
#[allow(clippy::print_stdout, reason = "its parent reads it")]
fn the_server_itself() {
    if std::env::var_os(CHOSEN).is_none() {
        return;
    }
    let server = Tested::new(Limits::default());
    let (asked, stop) = mpsc::channel();
    on_stop(move || asked.send(()).expect("somebody waits")).expect("a handler for signals");
    assert!(on_stop(|| ()).is_err(), "a second handler would replace the first");
    println!("\nlistening on {}", server.running.address());
    stop.recv().expect("a signal");
    println!("\nfinished: {}", server.running.stop());
}

struct Process {
    child: Child,
    lines: mpsc::Receiver<String>,
    address: SocketAddr,
    temporary: tempfile::TempDir,
}

impl Process {
    /// Starts a server that may open so many files.
    fn new(descriptors: usize) -> Process {
        let temporary = tempfile::tempdir().expect("a folder");
        let command = format!("ulimit -n {descriptors} && exec \"$0\" server_process::the_server_itself --exact --nocapture");
        let mut child = Command::new("sh")
            .args(["-c", &command])
            .arg(std::env::current_exe().expect("this program"))
            .env(CHOSEN, "1")
            .env("TMPDIR", temporary.path())
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .expect("a process");
        let output = BufReader::new(child.stdout.take().expect("its output"));
        let (sender, lines) = mpsc::channel();
        thread::spawn(move || output.lines().map_while(Result::ok).all(|line| sender.send(line).is_ok()));
        let mut process = Process { child, lines, address: SocketAddr::from(([127, 0, 0, 1], 0)), temporary };
        process.address = process.line("listening on ").parse().expect("an address");
        process
    }

    /// The rest of the next line that begins so.
    fn line(&self, start: &str) -> String {
        loop {
            let line = self.lines.recv_timeout(Duration::from_secs(20)).expect("the process goes on");
            if let Some(rest) = line.strip_prefix(start) {
                return rest.to_owned();
            }
        }
    }

    fn signal(&self, name: &str) {
        let sent = Command::new("kill").args(["-s", name, &self.child.id().to_string()]).status().expect("a signal");
        assert!(sent.success());
    }

    fn folders(&self) -> Vec<PathBuf> {
        let entries = std::fs::read_dir(self.temporary.path()).expect("a folder");
        entries.map(|entry| entry.expect("an entry").path()).collect()
    }

    fn assert_lives(&self, what: &str) {
        let answer = Client::new(self.address).send(get("/")).answer(false).unwrap_or_else(|| panic!("{what}: no reply"));
        assert_eq!((answer.status, answer.text().as_str()), (200, "GET /"), "{what}");
    }
}

impl Drop for Process {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

#[test]
fn a_signal_ends_the_server_when_its_work_is_done() {
    for signal in ["TERM", "INT"] {
        let mut process = Process::new(1_000);
        let mut busy = Client::new(process.address);
        busy.send(get("/slow"));
        thread::sleep(Duration::from_millis(100));
        process.signal(signal);
        assert_eq!(busy.answer(false).expect("the running request is answered").text(), "slow", "{signal}");
        assert_eq!(process.line("finished: "), "true", "{signal}");
        let status = process.child.wait().expect("an end");
        assert!(status.success(), "{signal}: {status}");
        assert!(process.folders().is_empty(), "{signal}: {:?} is left", process.folders());
    }
}

/// tiny_http must never be reachable but through the gate.
#[test]
fn the_inner_server_has_no_port() {
    use std::os::unix::fs::{FileTypeExt, PermissionsExt};

    let process = Process::new(1_000);
    process.assert_lives("at first");
    let folders = process.folders();
    assert_eq!(folders.len(), 1, "{folders:?}");
    let mode = |path: &Path| std::fs::metadata(path).expect("it is there").permissions().mode() & 0o777;
    assert_eq!(mode(&folders[0]), 0o700);
    assert!(std::fs::metadata(folders[0].join("s")).expect("a socket").file_type().is_socket());
    #[cfg(target_os = "linux")]
    assert_eq!(listening_ports(process.child.id()), [process.address.port()], "only the gate listens on a port");
}

/// The TCP ports on which a process listens.
#[cfg(target_os = "linux")]
fn listening_ports(process: u32) -> Vec<u16> {
    let descriptors = std::fs::read_dir(format!("/proc/{process}/fd")).expect("its descriptors");
    let own: Vec<String> =
        descriptors.filter_map(|entry| std::fs::read_link(entry.ok()?.path()).ok()).map(|link| link.display().to_string()).collect();
    let mut ports = Vec::new();
    for table in ["tcp", "tcp6"] {
        let table = std::fs::read_to_string(format!("/proc/{process}/net/{table}")).unwrap_or_default();
        for line in table.lines().skip(1) {
            let fields: Vec<&str> = line.split_whitespace().collect();
            // Columns: the local address with its port in hexadecimal, the state (0A: listening), the inode.
            let (address, state, inode) = (fields[1], fields[3], fields[9]);
            if state == "0A" && own.contains(&format!("socket:[{inode}]")) {
                let port = address.rsplit(':').next().expect("a port");
                ports.push(u16::from_str_radix(port, 16).expect("a number"));
            }
        }
    }
    ports
}

#[test]
fn a_crowd_of_idle_connections_does_not_use_up_the_descriptors() {
    let process = Process::new(120);
    let idle: Vec<Client> = (0..300).map(|_| Client::new(process.address)).collect();
    for round in 0..5 {
        process.assert_lives(&format!("300 idle connections, round {round}"));
    }
    drop(idle);
    process.assert_lives("after them");
}

#[test]
fn the_server_survives_a_moment_without_descriptors() {
    let process = Process::new(120);
    // With none left the gate cannot call the inner server; with one its accepting thread panics; with two it ends with an error
    // once it has accepted. Another connection may give one back meanwhile, so each is tried until it is felt.
    for (leave, always_felt) in [(0, true), (1, true), (2, false)] {
        let felt = (0..10).any(|_| {
            let mut client = Client::new(process.address);
            client.send(get(&format!("/hog?leave={leave}"))).answer(false).expect("a reply");
            thread::sleep(Duration::from_millis(250));
            let status = client.send(get("/")).answer(false).expect("a reply").status;
            thread::sleep(Duration::from_millis(400));
            process.assert_lives(&format!("after {leave} were left"));
            status == 500 || !always_felt
        });
        assert!(felt, "{leave} left: it was never felt");
    }
}
