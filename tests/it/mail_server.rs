//! Mails over a real server, started by the test: it stands where tests/reference/prepare puts it, and the full test run wants it there.
#![cfg(unix)]

use crate::hr_round::{agent, answer, rows};
use crate::invitations::{STAFF, project};
use crate::loop_project::{Project, here};
use crate::serve::{Serving, run, said, shirube, signal_to};
use serde_json::{Value, json};
use shirube::content::MailAddress;
use shirube::language::Day;
use shirube::mail::journal::{Journal, Mark, Round};
use shirube::mail::mailing::{Clock, End, Item, Mailing, News, Tally, is_due};
use shirube::mail::post::Post as _;
use shirube::mail::smtp::Smtp;
use shirube::survey::Token;
use std::cell::{Cell, RefCell};
use std::collections::{BTreeMap, BTreeSet};
use std::io::{BufRead, BufReader, Write as _};
use std::path::PathBuf;
use std::process::{Child, Command, Output, Stdio};
use std::time::{Duration, SystemTime};

/// The interpreter that has the server, if it was prepared.
fn python() -> Option<PathBuf> {
    let target = std::env::var_os("CARGO_TARGET_DIR").map_or_else(|| here().join("target"), PathBuf::from);
    let found = target.join("reference/venv/bin/python");
    let has =
        |python: &PathBuf| Command::new(python).args(["-c", "import aiosmtpd, trustme"]).status().is_ok_and(|status| status.success());
    if found.exists() && has(&found) {
        return Some(found);
    }
    assert!(std::env::var_os("SHIRUBE_REFERENCE").is_none(), "tests/reference/prepare has not run");
    None
}

/// A mail server in a process of its own; it ends with its input.
struct Server {
    child: Child,
    port: u16,
    folder: tempfile::TempDir,
}

impl Server {
    /// `None` where none was prepared.
    fn start(settings: &Value) -> Option<Server> {
        let python = python()?;
        let folder = tempfile::tempdir().expect("a folder");
        let script = here().join("tests/reference/mail_server.py");
        let mut command = Command::new(python);
        let mut child = command.arg(script).arg(folder.path()).stdin(Stdio::piped()).stdout(Stdio::piped()).spawn().expect("Python runs");
        writeln!(child.stdin.as_mut().expect("its input"), "{settings}").expect("settings");
        let mut line = String::new();
        BufReader::new(child.stdout.take().expect("its output")).read_line(&mut line).expect("a line");
        let port = line.trim().parse().unwrap_or_else(|_| panic!("no port: {line:?}"));
        Some(Server { child, port, folder })
    }

    /// The mails it has kept.
    fn mails(&self) -> Vec<Value> {
        let text = std::fs::read_to_string(self.folder.path().join("mails.jsonl")).unwrap_or_default();
        // The last line may be still being written
        let whole = &text[..text.rfind('\n').unwrap_or_default()];
        whole.lines().map(|line| serde_json::from_str(line).expect("JSON")).collect()
    }

    /// How many mails each address has got.
    fn got(&self) -> BTreeMap<String, usize> {
        self.mails().iter().fold(BTreeMap::new(), |mut got, mail| {
            *got.entry(mail["to"].as_str().expect("an address").to_owned()).or_insert(0) += 1;
            got
        })
    }

    fn steps(&self) -> String {
        std::fs::read_to_string(self.folder.path().join("steps")).unwrap_or_default()
    }

    /// Points the project to it.
    fn settle(&self, project: &Project, tls: &str, trusted: bool) {
        let mut text = project.read("content/project.yaml");
        if let Some(at) = text.find("mail:") {
            text.truncate(at);
        }
        let port = self.port;
        text +=
            &format!("mail:\n  host: localhost\n  port: {port}\n  tls: {tls}\n  from: hr@example.co.jp\n  reply_to: desk@example.co.jp\n");
        if trusted {
            std::fs::copy(self.folder.path().join("ca.pem"), project.path("mail-ca.pem")).expect("a copy");
            text += "  ca_file: mail-ca.pem\n";
        }
        project.write("content/project.yaml", text);
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        drop(self.child.stdin.take());
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// Names that try everything.
const NAMES: [&str; 8] = [
    "山田 太郎",
    "O\"Neil, \"Q\" <x@y.jp>",
    "=氏名",
    "{{link}}",
    "",
    "𠮷野 👩‍💼",
    "とても長い名前のひとがここにいますので見出しは何行にもわたってつづくことになりますがそれでも壊れません",
    ".dot; (comment)",
];

/// A project with links for so many people, every other in English.
fn invited(n: usize) -> Project {
    let project = project(STAFF);
    let mut list = "id,name,mail,language,department,band\r\n".to_owned();
    for number in 0..n {
        let name = NAMES[number % NAMES.len()].replace('"', "\"\"");
        list += &format!("{number:03},\"{name}\",p{number}@example.co.jp,{},sales,30\r\n", ["ja", "en"][number % 2]);
    }
    project.write("people.csv", list);
    let list = project.path("people.csv").display().to_string();
    let output = run(&project, &["links", "staff", "--people", &list, "--base-url", "https://survey.example"]);
    assert_eq!(output.status.code(), Some(0), "{}", said(&output));
    project
}

/// Sends as fast as it may.
fn mail(project: &Project, more: &[&str]) -> Output {
    let mut command = shirube(project, &[&["mail", "staff", "--per-minute", "6000"], more].concat());
    command.env("SHIRUBE_SMTP_USER", "hr").env("SHIRUBE_SMTP_PASSWORD", "long and secret").output().expect("the program runs")
}

fn handed(project: &Project) -> Vec<Vec<String>> {
    rows(&project.read("private/links/staff/links.csv").replace("\"\"", "”")).split_off(1)
}

#[test]
fn fifty_people_get_their_own_mail_word_for_word() {
    let Some(server) = Server::start(&json!({"tls": "starttls", "user": "hr", "password": "long and secret"})) else { return };
    let project = invited(50);
    server.settle(&project, "starttls", true);

    let dry = mail(&project, &[]);
    let shown = String::from_utf8_lossy(&dry.stdout).into_owned();
    assert_eq!(dry.status.code(), Some(0), "{}", said(&dry));
    assert!(shown.contains("Invitation, round 1: 50 mails (Japanese 25, English 25)") && shown.contains("STARTTLS"), "{shown}");
    assert!(shown.contains("To: 山田 太郎 <p0@example.co.jp>") && shown.contains("山田 太郎 様"), "{shown}");
    assert!(said(&dry).contains("Nothing was sent yet"), "{}", said(&dry));
    assert!(server.mails().is_empty() && server.steps().is_empty() && !project.path("private/links/staff/mailed.journal").exists());

    let output = mail(&project, &["--send"]);
    assert_eq!(output.status.code(), Some(0), "{}", said(&output));
    let told = said(&output);
    assert!(told.contains("50 of 50") && told.contains("50 sent."), "{told}");
    assert!(!told.contains("example.co.jp") && !told.contains("山田") && !told.contains("/i/") && !told.contains("secret"), "{told}");

    let mails = server.mails();
    assert_eq!(mails.len(), 50);
    let people =
        shirube::content::Table::read(&"links.csv".into(), project.read("private/links/staff/links.csv").as_bytes()).0.expect("a table");
    for (at, (row, mail)) in people.rows.iter().zip(&mails).enumerate() {
        let cell = |name: &str| row[people.column(name).expect("a column")].text.clone();
        let name = NAMES[at % NAMES.len()];
        // What `links` wrote for mail merge, filled in by hand
        let file = project.read(&format!("private/links/staff/mail.{}.txt", cell("language")));
        let (subject, body) = file.split_once("\r\n\r\n").expect("a subject");
        let body = if name.is_empty() { body.split_once("\r\n\r\n").expect("an address").1 } else { body };
        let parts: Vec<String> =
            body.split("{{name}}").map(|part| part.replace("{{link}}", &cell("link")).replace("{{code}}", &cell("code"))).collect();
        assert_eq!(mail["body"], parts.join(name), "{at}");
        assert_eq!(mail["subject"].as_str(), subject.split_once(['：', ':']).map(|(_, rest)| rest.trim_start()), "{at}");
        assert_eq!(mail["to"], format!("p{at}@example.co.jp"));
        assert_eq!(mail["header_to"], json!([name, format!("p{at}@example.co.jp")]));
        assert_eq!(mail["header_from"], json!([(["小さな会社", "A small firm"][at % 2]), "hr@example.co.jp"]));
        assert_eq!(mail["reply_to"], json!(["desk@example.co.jp"]));
        assert_eq!((&mail["from"], &mail["type"], &mail["charset"]), (&json!("hr@example.co.jp"), &json!("text/plain"), &json!("utf-8")));
        assert_eq!((&mail["auto"], &mail["defects"], &mail["ascii"]), (&json!("auto-generated"), &json!([]), &json!(true)), "{mail}");
        assert!(mail["longest"].as_u64().expect("a length") <= 78, "{mail}");
        assert_eq!(mail["names"].as_array().expect("names").len(), 10, "{mail}");
        assert!(mail["body"].as_str().expect("text").split("\r\n").any(|line| line == cell("link")), "the link stands alone");
    }
    let ids: BTreeSet<&str> = mails.iter().map(|mail| mail["id"].as_str().expect("an id")).collect();
    assert!(ids.len() == 50 && ids.iter().all(|id| id.ends_with("@example.co.jp>")), "{ids:?}");
    let steps = server.steps();
    assert!(steps.starts_with("AUTH PLAIN encrypted right\nMAIL hr@example.co.jp encrypted known\n"), "{steps}");

    let again = mail(&project, &["--send"]);
    assert!(again.status.code() == Some(0) && said(&again).contains("nobody to send to (50 had it before)"), "{}", said(&again));
    assert_eq!(server.mails().len(), 50);

    let journal = project.read("private/links/staff/mailed.journal");
    for row in &people.rows {
        let secret = |name: &str| row[people.column(name).expect("a column")].text.clone();
        assert!(!journal.contains(&secret("mail")) && !journal.contains(&secret("code").replace('-', "")), "{journal}");
    }
    use std::os::unix::fs::PermissionsExt;
    assert_eq!(std::fs::metadata(project.path("private/links/staff/mailed.journal")).expect("it").permissions().mode() & 0o777, 0o600);
}

#[test]
fn a_server_that_cannot_be_trusted_gets_nothing() {
    let Some(server) = Server::start(&json!({"tls": "starttls", "user": "hr", "password": "another"})) else { return };
    let project = invited(6);
    server.settle(&project, "starttls", true);
    let wrong = mail(&project, &["--send"]);
    assert!(
        wrong.status.code() == Some(3) && said(&wrong).contains("535") && said(&wrong).contains("nothing was sent"),
        "{}",
        said(&wrong)
    );
    assert!(!said(&wrong).contains("long and secret"), "{}", said(&wrong));
    assert_eq!(server.steps(), "AUTH PLAIN encrypted wrong\n");
    // Its certificate is known to nobody
    server.settle(&project, "starttls", false);
    let stranger = mail(&project, &["--send"]);
    assert!(stranger.status.code() == Some(3) && said(&stranger).contains("certificate"), "{}", said(&stranger));
    // It knows no encryption
    let plain = Server::start(&json!({"tls": "none"})).expect("a server");
    plain.settle(&project, "starttls", true);
    let open = mail(&project, &["--send"]);
    assert!(open.status.code() == Some(3) && said(&open).contains("STARTTLS"), "{}", said(&open));
    assert!(plain.steps().is_empty() && server.steps().lines().count() == 1);
    // A password alone
    let half = shirube(&project, &["mail", "staff", "--send"]).env("SHIRUBE_SMTP_USER", "hr").output().expect("the program runs");
    assert!(half.status.code() == Some(2) && said(&half).contains("SHIRUBE_SMTP_PASSWORD"), "{}", said(&half));
    // Nothing listens there
    drop(server);
    let gone = mail(&project, &["--send"]);
    assert_eq!(gone.status.code(), Some(3), "{}", said(&gone));
}

#[test]
fn tls_from_the_first_byte_and_none_on_this_machine() {
    for (tls, how) in [("implicit", "encrypted"), ("none", "open")] {
        let user = if tls == "implicit" { "hr" } else { "" };
        let Some(server) = Server::start(&json!({"tls": tls, "user": user, "password": "long and secret"})) else { return };
        let project = invited(6);
        server.settle(&project, tls, tls == "implicit");
        let mut command = shirube(&project, &["mail", "staff", "--per-minute", "6000", "--send"]);
        if tls == "implicit" {
            command.env("SHIRUBE_SMTP_USER", "hr").env("SHIRUBE_SMTP_PASSWORD", "long and secret");
        }
        let output = command.output().expect("the program runs");
        assert_eq!(output.status.code(), Some(0), "{}", said(&output));
        assert!(server.mails().len() == 6 && server.steps().contains(&format!("MAIL hr@example.co.jp {how}")), "{}", server.steps());
    }
}

#[test]
fn a_refused_address_is_listed_and_mended_and_a_lost_word_is_never_sent_again_unasked() {
    let faults = json!([
        {"to": "p3@example.co.jp", "at": "rcpt", "times": 9, "answer": "550 5.1.1 no such user"},
        {"to": "p5@example.co.jp", "at": "data", "times": 1, "answer": "keep-and-drop"},
    ]);
    let Some(server) = Server::start(&json!({"tls": "starttls", "faults": faults})) else { return };
    let project = invited(10);
    server.settle(&project, "starttls", true);
    let send = |more: &[&str]| {
        shirube(&project, &[&["mail", "staff", "--send", "--per-minute", "6000"], more].concat()).output().expect("the program runs")
    };
    let output = send(&[]);
    let told = said(&output);
    assert_eq!(output.status.code(), Some(3), "{told}");
    // The head is line 1, p3 stands on line 5
    assert!(told.contains("line 5: refused (550)") && told.contains("8 sent.") && told.contains("Of 1 nobody knows"), "{told}");
    assert!(told.contains("(2), are in private/links/staff/mail-failed.csv"), "{told}");
    let failed = rows(&project.read("private/links/staff/mail-failed.csv"));
    let short: Vec<[&str; 5]> = failed.iter().map(|row| [&row[0], &row[1], &row[3], &row[4], &row[5]].map(String::as_str)).collect();
    assert_eq!(
        short,
        [
            ["line", "id", "mail", "outcome", "code"],
            ["5", "003", "p3@example.co.jp", "refused", "550"],
            ["7", "005", "p5@example.co.jp", "unknown", ""]
        ]
    );
    assert!(failed[1][6].contains("no such user"), "{failed:?}");

    let again = send(&[]);
    assert!(again.status.code() == Some(0) && said(&again).contains("nobody to send to"), "{}", said(&again));
    let links = project.read("private/links/staff/links.csv").replace("p3@example.co.jp", "p3.new@example.co.jp");
    project.write("private/links/staff/links.csv", links);
    let mended = send(&[]);
    assert!(said(&mended).contains("1 sent."), "{}", said(&mended));
    let got = server.got();
    assert!(got.len() == 10 && got.values().all(|n| *n == 1) && got.contains_key("p3.new@example.co.jp"), "{got:?}");
    // Only who asks for it gets a second one, and with the same id, by which mail programs know it
    assert!(said(&send(&["--retry", "unknown"])).contains("1 sent."));
    let ids: Vec<Value> = server.mails().iter().filter(|mail| mail["to"] == "p5@example.co.jp").map(|mail| mail["id"].clone()).collect();
    assert!(ids.len() == 2 && ids[0] == ids[1], "{ids:?}");
    assert!(!project.path("private/links/staff/mail-failed.csv").exists(), "nobody is missing any more");
}

#[test]
fn killed_or_stopped_in_the_middle_nobody_is_written_to_twice_or_forgotten() {
    let Some(server) = Server::start(&json!({"tls": "starttls"})) else { return };
    let project = invited(60);
    server.settle(&project, "starttls", true);
    let mut unknown = 0;
    for how in ["KILL", "INT", "KILL"] {
        let before = server.mails().len();
        let mut child = shirube(&project, &["mail", "staff", "--send", "--per-minute", "2000"])
            .stdout(Stdio::null())
            .stderr(Stdio::piped())
            .spawn()
            .expect("the program runs");
        while server.mails().len() < before + 8 {
            assert!(child.try_wait().expect("a state").is_none(), "it ended by itself");
            std::thread::sleep(Duration::from_millis(5));
        }
        signal_to(child.id(), how);
        let output = child.wait_with_output().expect("it ends");
        let told = said(&output);
        if how == "INT" {
            assert!(output.status.code() == Some(3) && told.contains("Stopping") && told.contains("are left"), "{told}");
        }
    }
    let output = shirube(&project, &["mail", "staff", "--send", "--per-minute", "6000"]).output().expect("the program runs");
    assert!(matches!(output.status.code(), Some(0)), "{}", said(&output));
    let journal = project.read("private/links/staff/mailed.journal");
    let mut fates: BTreeMap<&str, &str> = BTreeMap::new();
    for line in journal.lines() {
        if let [fate @ ("tried" | "sent"), who] = line.split(' ').collect::<Vec<_>>()[..] {
            fates.insert(who, fate);
        }
    }
    unknown += fates.values().filter(|fate| **fate == "tried").count();
    let got = server.got();
    assert!(got.values().all(|n| *n == 1), "{got:?}");
    // Each kill can leave one of which nobody knows, and it is listed
    assert!(fates.len() == 60 && unknown <= 2 && got.len() + unknown >= 60, "{unknown} {}", got.len());
    let listed = project.path("private/links/staff/mail-failed.csv").exists();
    assert_eq!(listed, unknown > 0, "those of whom nobody knows are listed");
}

#[test]
fn reminders_go_to_exactly_those_who_are_missing() {
    let Some(server) = Server::start(&json!({"tls": "starttls"})) else { return };
    let project = invited(9);
    server.settle(&project, "starttls", true);
    let serving = Serving::start(&project);
    let agent = agent();
    for (number, row) in handed(&project).iter().enumerate().filter(|(number, _)| number % 3 == 0) {
        let path =
            row.iter().find(|cell| cell.starts_with("https://")).expect("a link").trim_start_matches("https://survey.example").to_owned();
        answer(&agent, &serving.address.to_string(), &path, number);
    }
    drop(serving);
    let send = |more: &[&str]| {
        let output =
            shirube(&project, &[&["mail", "staff", "--send", "--per-minute", "6000"], more].concat()).output().expect("the program runs");
        assert_eq!(output.status.code(), Some(0), "{}", said(&output));
        said(&output)
    };
    let told = send(&["--remind"]);
    assert!(told.contains("round 1: sending 6 mails (Japanese 3, English 3)"), "{told}");
    let missing: BTreeSet<String> = (0..9).filter(|number| number % 3 != 0).map(|number| format!("p{number}@example.co.jp")).collect();
    assert_eq!(server.got().into_keys().collect::<BTreeSet<_>>(), missing);
    assert!(server.mails().iter().all(
        |mail| mail["subject"].as_str().expect("text").contains("Reminder") || mail["subject"].as_str().expect("text").contains("再送")
    ));
    // The same day nobody gets it twice, but who asks for it
    assert!(send(&["--remind"]).contains("nobody to send to"));
    assert!(send(&["--remind", "--again"]).contains("round 2"));
    assert!(send(&["--remind", "everyone"]).contains("sending 9 mails"));
    assert_eq!(server.mails().len(), 21);
    let ids: BTreeSet<String> = server.mails().iter().map(|mail| mail["id"].to_string()).collect();
    assert_eq!(ids.len(), 21, "every mail of every round has an id of its own");
}

/// Time that passes only where somebody waits.
#[derive(Default)]
struct Quick {
    passed: Cell<Duration>,
    waits: RefCell<Vec<u64>>,
}

impl Clock for Quick {
    fn now(&self) -> SystemTime {
        SystemTime::UNIX_EPOCH + Duration::from_secs(1_800_000_000) + self.passed.get()
    }
    fn passed(&self) -> Duration {
        self.passed.get()
    }
    fn wait(&self, time: Duration) {
        self.passed.set(self.passed.get() + time);
        self.waits.borrow_mut().push(time.as_secs());
    }
    fn stopped(&self) -> bool {
        false
    }
}

#[test]
fn what_is_put_off_is_tried_again_over_connections_that_come_and_go() {
    let faults = json!([
        {"to": "p1@example.co.jp", "at": "rcpt", "times": 1, "answer": "451 4.7.1 greylisted"},
        {"to": "p2@example.co.jp", "at": "data", "times": 2, "answer": "452 4.3.1 full"},
        {"to": "p3@example.co.jp", "at": "rcpt", "times": 2, "answer": "drop"},
        {"to": "p4@example.co.jp", "at": "data", "times": 1, "answer": "drop"},
        {"to": "p5@example.co.jp", "at": "rcpt", "times": 1, "answer": "421 4.3.2 closing"},
        {"to": "p6@example.co.jp", "at": "rcpt", "times": 99, "answer": "451 never"},
        {"to": "p7@example.co.jp", "at": "data", "times": 1, "answer": "554 5.7.1 no"},
    ]);
    let Some(server) = Server::start(&json!({"tls": "none", "faults": faults})) else { return };
    let own = shirube::catalog::MailServer {
        host: "127.0.0.1".to_owned(),
        port: server.port,
        tls: shirube::catalog::MailTls::None,
        from: MailAddress::read("hr@example.co.jp").expect("an address"),
        reply_to: None,
        ca_file: None,
    };
    let item = |number: u8| {
        let (token, to) = (Token::new([number; 16]), MailAddress::read(&format!("p{number}@example.co.jp")).expect("an address"));
        Item { who: Mark::of_token(&token), address: Mark::of_address(&token, &to), to, line: u32::from(number) + 2 }
    };
    let items: Vec<Item> = (0..9).map(item).collect();
    let round = Round { occasion: "invitation".to_owned(), number: 1 };
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("mailed.journal");
    let clock = Quick::default();
    let mail = |items: &[Item]| -> Tally {
        let mut journal = Journal::take(&path).expect("a journal");
        journal.begin(&round, Day::parse("2026-11-22").expect("a day")).expect("begun");
        let mut post = Smtp::new(&own, None, None);
        post.open().expect("a server");
        let compose = |at: usize, date: SystemTime| {
            let (to, from) = (&items[at].to, &own.from);
            shirube::mail::message::Mail {
                from_name: "",
                from,
                reply_to: None,
                to_name: "",
                to,
                subject: "題",
                body: "..\r\n.\r\n",
                id: "a",
                date,
            }
            .bytes()
        };
        let (from, pace) = (&own.from, Duration::from_secs(2));
        Mailing { from, items, pace, compose: &compose, clock: &clock, herald: &|_: News<'_>| {} }
            .send(&mut post, &mut journal)
            .expect("a tally")
    };
    let tally = mail(&items);
    let numbers =
        |failures: &[shirube::mail::mailing::Failure]| failures.iter().map(|one| (one.item, one.code.clone())).collect::<Vec<_>>();
    assert_eq!((tally.sent, &tally.end), (6, &End::Through));
    assert_eq!(numbers(&tally.refused), [(7, "554".to_owned())]);
    assert_eq!(numbers(&tally.deferred), [(6, "451".to_owned())]);
    assert_eq!(numbers(&tally.unknown), [(4, String::new())]);
    let got = server.got();
    assert!(got.len() == 6 && got.values().all(|n| *n == 1), "{got:?}");
    assert!(server.mails().iter().all(|mail| mail["body"] == "..\r\n.\r\n"), "dots arrive as they are");
    // Two lost connections, three pauses for those put off; two seconds from one mail to the next, but after a pause
    let waits = clock.waits.borrow().clone();
    let count = |seconds: u64| waits.iter().filter(|wait| **wait == seconds).count();
    assert_eq!([5, 30, 60, 300, 900, 2].map(count), [1, 1, 1, 1, 1, 11], "{waits:?}");

    let past = Journal::past(&path).expect("a journal");
    let fates = &past[&round].fates;
    assert!(!past[&round].ended);
    let due = |refused, unknown| -> Vec<usize> {
        (0..9).filter(|at| is_due(&items[*at], fates.get(&items[*at].who), refused, unknown)).collect()
    };
    assert_eq!((due(false, false), due(true, false), due(false, true)), (vec![6], vec![6, 7], vec![4, 6]));
}
