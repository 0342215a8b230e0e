//! Mailings without a server: how the journal, the pace and the pauses behave.

use shirube::content::MailAddress;
use shirube::language::Day;
use shirube::mail::journal::{Fate, Journal, Mark, Round};
use shirube::mail::mailing::{Clock, End, Item, Mailing, News, Tally};
use shirube::mail::post::{Post, Trouble};
use shirube::survey::Token;
use std::cell::{Cell, RefCell};
use std::path::Path;
use std::time::{Duration, SystemTime};

/// What naming a recipient answers, and what handing over the mail answers.
type Answer = (Result<(), Trouble>, Result<(), Trouble>);

/// A server of a few lines: what it answers is asked of `answers`, in the order of the steps.
struct Fake<'a> {
    /// By address: what naming it answers, what handing over answers.
    answers: &'a dyn Fn(&str) -> Answer,
    named: String,
    taken: Vec<String>,
}

impl Post for Fake<'_> {
    fn open(&mut self) -> Result<(), Trouble> {
        Ok(())
    }
    fn address(&mut self, _: &MailAddress, to: &MailAddress) -> Result<(), Trouble> {
        self.named = to.as_str().to_owned();
        (self.answers)(&self.named).0
    }
    fn hand_over(&mut self, _: &[u8]) -> Result<(), Trouble> {
        let answer = (self.answers)(&self.named).1;
        if answer.is_ok() {
            self.taken.push(self.named.clone());
        }
        answer
    }
    fn close(&mut self) {}
}

#[derive(Default)]
struct Quick {
    passed: Cell<Duration>,
    /// After how many mails somebody says stop.
    stop: Option<usize>,
    mails: Cell<usize>,
    starts: RefCell<Vec<u64>>,
}

impl Clock for Quick {
    fn now(&self) -> SystemTime {
        self.mails.set(self.mails.get() + 1);
        self.starts.borrow_mut().push(u64::try_from(self.passed.get().as_millis()).expect("a short time"));
        // Each mail takes a while itself
        self.passed.set(self.passed.get() + Duration::from_millis(700));
        SystemTime::UNIX_EPOCH
    }
    fn passed(&self) -> Duration {
        self.passed.get()
    }
    fn wait(&self, time: Duration) {
        self.passed.set(self.passed.get() + time);
    }
    fn stopped(&self) -> bool {
        self.stop.is_some_and(|stop| self.mails.get() >= stop)
    }
}

fn items(n: u8) -> Vec<Item> {
    let item = |number: u8| {
        let (token, to) = (Token::new([number; 16]), MailAddress::read(&format!("p{number}@x.jp")).expect("an address"));
        Item { who: Mark::of_token(&token), address: Mark::of_address(&token, &to), to, line: u32::from(number) + 2 }
    };
    (0..n).map(item).collect()
}

/// Takes the journal. A process that another test starts holds, for a moment between its birth and its own program, every file that is
/// open here.
fn take(path: &Path) -> Journal {
    (0..200)
        .find_map(|_| {
            let taken = Journal::take(path).ok();
            if taken.is_none() {
                std::thread::sleep(Duration::from_millis(10));
            }
            taken
        })
        .expect("a journal")
}

fn round(number: u32) -> Round {
    Round { occasion: "reminder".to_owned(), number }
}

fn day(text: &str) -> Day {
    Day::parse(text).expect("a day")
}

fn send(path: &Path, items: &[Item], clock: &Quick, answers: &dyn Fn(&str) -> Answer) -> (Tally, Vec<String>) {
    let mut journal = take(path);
    journal.begin(&round(1), day("2026-11-22")).expect("begun");
    let mut post = Fake { answers, named: String::new(), taken: Vec::new() };
    let from = MailAddress::read("hr@x.jp").expect("an address");
    let mailing =
        Mailing { from: &from, items, pace: Duration::from_secs(2), compose: &|_, _| Ok(Vec::new()), clock, herald: &|_: News<'_>| {} };
    (mailing.send(&mut post, &mut journal).expect("a tally"), post.taken)
}

fn never(code: &str) -> Trouble {
    Trouble::Never { code: code.to_owned(), said: "no".to_owned() }
}

#[test]
fn no_faster_than_allowed_and_no_slower() {
    let folder = tempfile::tempdir().expect("a folder");
    let clock = Quick::default();
    let (tally, taken) = send(&folder.path().join("j"), &items(4), &clock, &|_| (Ok(()), Ok(())));
    assert_eq!((tally.sent, taken.len()), (4, 4));
    assert_eq!(*clock.starts.borrow(), [0, 2_000, 4_000, 6_000], "from start to start, whatever a mail takes");
}

#[test]
fn stop_is_heard_between_two_mails() {
    let folder = tempfile::tempdir().expect("a folder");
    let clock = Quick { stop: Some(2), ..Quick::default() };
    let (tally, taken) = send(&folder.path().join("j"), &items(4), &clock, &|_| (Ok(()), Ok(())));
    assert_eq!((tally.end, taken.len()), (End::Stopped, 2));
    assert!(!Journal::past(&folder.path().join("j")).expect("a journal")[&round(1)].ended);
}

#[test]
fn a_server_that_refuses_us_or_everybody_is_left_alone() {
    let folder = tempfile::tempdir().expect("a folder");
    let (tally, _) = send(&folder.path().join("a"), &items(30), &Quick::default(), &|_| (Err(never("550")), Ok(())));
    assert_eq!((tally.refused.len(), tally.end), (10, End::GaveUp("550 no".to_owned())));
    let (tally, _) = send(&folder.path().join("b"), &items(30), &Quick::default(), &|_| (Err(Trouble::Us("who?".to_owned())), Ok(())));
    assert_eq!((tally.settled(), tally.end), (0, End::GaveUp("who?".to_owned())));
    let gone = |_: &str| (Err(Trouble::Gone("away".to_owned())), Ok(()));
    let clock = Quick::default();
    let (tally, _) = send(&folder.path().join("c"), &items(3), &clock, &gone);
    assert_eq!((tally.settled(), tally.end), (0, End::GaveUp("away".to_owned())));
    assert_eq!(clock.passed().as_secs(), 155, "three pauses and no more");
    // A few among many are theirs
    let some = |to: &str| if to.len() == 8 { (Err(never("550")), Ok(())) } else { (Ok(()), Ok(())) };
    let (tally, _) = send(&folder.path().join("d"), &items(13), &Quick::default(), &some);
    assert_eq!((tally.sent, tally.refused.len(), tally.end), (10, 3, End::Through));
}

#[test]
fn a_journal_survives_a_crash_and_nothing_else() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("deep/j");
    let all = items(3);
    assert!(Journal::past(&path).expect("none").is_empty());
    send(&path, &all, &Quick::default(), &|to| (Ok(()), if to == "p1@x.jp" { Err(Trouble::Gone(String::new())) } else { Ok(()) }));
    let whole = std::fs::read_to_string(&path).expect("a journal");
    let past = Journal::past(&path).expect("a journal");
    assert_eq!(past[&round(1)].fates[&all[1].who], Fate::Tried);
    assert!(past[&round(1)].ended);
    // Cut anywhere it says what it said until then: never that a mail was not tried which was
    let mut known = 0;
    for cut in 0..=whole.len() {
        std::fs::write(&path, &whole[..cut]).expect("a file");
        let fates = Journal::past(&path).expect("a journal").get(&round(1)).map_or(0, |past| past.fates.len());
        let tried = whole[..cut].rfind('\n').map_or(0, |end| whole[..end].matches("tried").count());
        assert_eq!(fates, tried, "cut at {cut}");
        known = known.max(fates);
        drop(take(&path));
        assert!(std::fs::read_to_string(&path).expect("a journal").ends_with('\n'), "what was cut short is gone");
    }
    assert_eq!(known, 3);
    for damaged in
        [whole.replace("tried", "cried"), whole.replacen("sent ", "sent x", 1), format!("x\n{whole}"), whole.replace("round", "ground")]
    {
        std::fs::write(&path, damaged).expect("a file");
        assert!(Journal::past(&path).is_err() && Journal::take(&path).is_err());
    }
    std::fs::write(&path, &whole).expect("a file");
    let taken = take(&path);
    assert!(Journal::take(&path).is_err(), "one process at a time");
    drop(taken);
    drop(take(&path));
}

#[test]
fn a_round_goes_on_until_it_has_ended_and_for_the_rest_of_its_day() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("j");
    let due = |again: bool, once: bool, today: &str| {
        Round::due(&Journal::past(&path).expect("a journal"), "reminder", once, again, day(today)).number
    };
    assert_eq!(due(false, false, "2026-11-22"), 1);
    let clock = Quick { stop: Some(1), ..Quick::default() };
    send(&path, &items(3), &clock, &|_| (Ok(()), Ok(())));
    assert_eq!((due(false, false, "2026-12-24"), due(true, false, "2026-11-22")), (1, 2), "it has not ended");
    send(&path, &items(3), &Quick::default(), &|_| (Ok(()), Ok(())));
    assert_eq!((due(false, false, "2026-11-22"), due(false, false, "2026-11-23")), (1, 2));
    assert_eq!((due(false, true, "2026-11-23"), due(true, true, "2026-11-23")), (1, 2), "an invitation has one round");
}

#[cfg(unix)]
#[test]
fn a_dry_run_says_everything_and_leaves_nothing() {
    use crate::invitations::{STAFF, project};
    use crate::serve::{run, said};
    let project = project(STAFF);
    let row = |number: u8| {
        let (name, language) = (["港 花子", ""][usize::from(number % 2)], ["ja", "en"][usize::from(number % 2)]);
        format!("{number},{name},p{number}@example.co.jp,{language},sales,30\n")
    };
    project.write("people.csv", format!("id,name,mail,language,department,band\n{}", (0..7).map(row).collect::<String>()));
    let settings = project.read("content/project.yaml") + "mail: {host: localhost, port: 1, tls: none, from: hr@example.co.jp}\n";
    let list = project.path("people.csv").display().to_string();
    let none = run(&project, &["mail", "staff"]);
    assert!(none.status.code() == Some(2) && said(&none).contains("mail:\n  host:"), "{}", said(&none));
    project.write("content/project.yaml", settings);
    assert_eq!(run(&project, &["links", "staff", "--people", &list, "--base-url", "https://survey.example"]).status.code(), Some(0));
    let sheet = project.read("private/links/staff/data-sheet.en.html");
    assert!(sheet.contains("private/links/staff/mailed.journal") && sheet.contains("Whoever runs the mail server"));

    let links = project.read("private/links/staff/links.csv");
    let row = links.lines().nth(1).expect("a row").split(',').map(str::to_owned).collect::<Vec<_>>();
    let shown = |arguments: &[&str]| {
        let output = std::process::Command::new(env!("CARGO_BIN_EXE_shirube"))
            .arg("--root")
            .arg(project.root())
            .args(["--lang", "ja"])
            .args(arguments)
            .output()
            .expect("the program runs");
        assert_eq!(output.status.code(), Some(0), "{}", said(&output));
        String::from_utf8(output.stdout).expect("text").replace(&row[6], "LINK").replace(&row[7], "CODE")
    };
    let text = shown(&["mail", "staff", "--per-minute", "3"]);
    let expected = "招待のメール（1 回目）: 7 通（日本語 4、英語 3）
  前に送った人 0 人、アドレスのない人 0 人
  サーバー localhost:1（暗号化なし）、差出人 hr@example.co.jp
  一分間に 3 通まで、およそ 3 分

最初の一通:

  From: 小さな会社 <hr@example.co.jp>
  To: 港 花子 <p0@example.co.jp>
  Subject: 「社員アンケート」へのご回答のお願い（2099年3月31日（火）まで）

  港 花子 様

  招待された方への質問です。
  ご回答をお願いします。
  次のリンクはあなた専用です。ほかの人に渡さないでください。

  LINK

  リンクが開けないときは、https://survey.example/i を開き、次のコードを入れてください。
  CODE
";
    assert!(text.starts_with(expected), "{text}");
    assert!(shown(&["mail", "staff", "--remind"]).contains("Subject: 【再送】"));
    let all: serde_json::Value =
        serde_json::from_str(&shown(&["mail", "staff", "--remind", "everyone", "--format", "json"])).expect("JSON");
    assert_eq!((&all["kind"], &all["mails"], &all["languages"]["en"]), (&"reminder-to-all".into(), &7.into(), &3.into()));
    // One link is taken back: it is written to no more
    assert_eq!(run(&project, &["links", "staff", "--revoke", "3"]).status.code(), Some(0));
    project.write("old.csv", &links);
    let old = project.path("old.csv").display().to_string();
    assert!(shown(&["mail", "staff", "--links", &old]).contains("6 通（日本語 4、英語 2）"));
    // Nothing listens: nothing is sent, and the next one begins where this one did
    let output = run(&project, &["mail", "staff", "--send"]);
    assert!(output.status.code() == Some(3) && said(&output).contains("nothing was sent"), "{}", said(&output));
    assert!(shown(&["mail", "staff"]).contains("6 通"));
    let journal = project.read("private/links/staff/mailed.journal");
    assert_eq!(journal.lines().count(), 2, "{journal}");
}
