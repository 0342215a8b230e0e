//! Copies brought back: nothing that any of them knows is lost, and a crash leaves the one store or the other.

use crate::loop_project::copy;
use crate::store::{people, submission, texts};
use shirube::language::Day;
use shirube::store::{
    Faults, Invitation, Outcome, PlaceStep, Publication, Purge, Receipt, Refusal, Restored, Standing, Store, Ticket, Wish, back_up,
    last_backup, open, open_with, restore,
};
use shirube::survey::Token;
use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

fn day(text: &str) -> Day {
    Day::parse(text).expect("a day")
}

fn invited(number: u8) -> Ticket {
    Ticket::of_token(&Token::new([number; 16]))
}

fn shown(survey: &str, batches: u32, n: u64) -> Publication {
    Publication { survey: survey.into(), batches, groups: [("everybody".to_owned(), n)].into() }
}

/// A store with a history: `private`, a copy `one` from its middle and a copy `two` of its end.
struct History {
    folder: tempfile::TempDir,
}

impl History {
    /// Ten answers, a copy; ten more, a publication, a close, a purge, invitations used and revoked, a copy; three that wait.
    fn new() -> History {
        let history = History { folder: tempfile::tempdir().expect("a folder") };
        let store = open(&history.path("private")).expect("a store");
        let invitation = |number: u8| Invitation { ticket: invited(number), carried: [].into(), person: None };
        store.invite("staff", (1..=4).map(invitation).collect()).expect("handed out");
        let put = |survey: &str, people: std::ops::Range<u32>| {
            people.for_each(|person| assert_eq!(store.submit(submission(survey, person)), Ok(Receipt::Stored)));
            store.close_batch(survey, &texts(), 1).expect("a batch");
        };
        put("pulse", 0..10);
        put("old", 100..105);
        store.record(&shown("pulse", 1, 10)).expect("recorded");
        history.back_up(&*store, "one");
        put("pulse", 10..20);
        store.record(&shown("pulse", 2, 20)).expect("recorded");
        store.close_survey("done", day("2026-11-21")).expect("closed");
        let purge = Purge { survey: "old".into(), day: day("2026-11-21"), answers: 5, invitations: 0, wiped: false };
        store.purge(&purge, "{}").expect("purged");
        assert!(store.wipe().expect("wiped"));
        store.revoke("staff", &[invited(2)]).expect("revoked");
        let mut used = submission("staff", 30);
        used.invitation = Some(invited(1));
        used.lock.settings.insert("access".into(), "invited".into());
        assert_eq!(store.submit(used), Ok(Receipt::Stored));
        store.close_batch("staff", &texts(), 1).expect("a batch");
        history.back_up(&*store, "two");
        for person in 20..23 {
            store.submit(submission("pulse", person)).expect("stored");
        }
        history
    }

    fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    fn back_up(&self, store: &dyn Store, name: &str) {
        let made = back_up(store, &self.path("private"), Some(&self.path("made")), day("2026-11-20")).expect("a copy");
        std::fs::rename(made.folder, self.path(name)).expect("a move");
    }

    /// Puts another folder in the place of the store's.
    fn swap(&self, name: Option<&str>) {
        std::fs::remove_dir_all(self.path("private")).expect("removed");
        if let Some(name) = name {
            copy(&self.path(name), &self.path("private"));
        }
    }

    fn restore(&self, copies: &[&str], sure: bool, faults: &Faults) -> anyhow::Result<Outcome> {
        let copies: Vec<PathBuf> = copies.iter().map(|name| self.path(name)).collect();
        let surveys: BTreeSet<String> = ["pulse".to_owned()].into();
        let wish = Wish { copies: &copies, shown: &[], surveys: &surveys, sure, today: day("2026-11-24") };
        restore(&self.path("private"), &wish, faults)
    }

    fn restored(&self, copies: &[&str]) -> Restored {
        match self.restore(copies, false, &Faults::default()).unwrap_or_else(|error| panic!("{error:#}")) {
            Outcome::Restored(done) => done,
            other => panic!("{other:?}"),
        }
    }

    fn open(&self) -> std::sync::Arc<dyn Store> {
        open(&self.path("private")).unwrap_or_else(|error| panic!("{error:#}"))
    }
}

/// What the whole history knows, whichever copies it was put together from.
fn knows_everything(store: &dyn Store, what: &str) {
    assert_eq!(people(store, "pulse"), (0..20).collect::<Vec<_>>(), "{what}");
    assert_eq!(people(store, "staff"), [30], "{what}");
    assert_eq!(store.ledger("pulse").expect("a ledger"), [shown("pulse", 1, 10), shown("pulse", 2, 20)], "{what}");
    assert_eq!(store.closings().expect("closed").get("done"), Some(&day("2026-11-21")), "{what}");
    let standing = |number: u8| store.invitation(&invited(number)).expect("read").map(|one| one.standing);
    assert_eq!([1, 2, 3].map(standing), [Some(Standing::Used), Some(Standing::Revoked), Some(Standing::Open)], "{what}");
    // Purged stays purged
    assert_eq!(people(store, "old"), [0; 0], "{what}");
    assert_eq!(
        store.purges().expect("purges").iter().map(|one| (one.survey.as_str(), one.wiped)).collect::<Vec<_>>(),
        [("old", true)],
        "{what}"
    );
    assert_eq!(store.submit(submission("old", 100)), Err(Refusal::Closed), "{what}");
    // Nobody answers twice
    for person in 0..20 {
        assert_eq!(store.submit(submission("pulse", person)), Ok(Receipt::AlreadyStored), "{what}");
    }
    let mut again = submission("staff", 31);
    again.invitation = Some(invited(1));
    again.lock.settings.insert("access".into(), "invited".into());
    assert_eq!(store.submit(again), Err(Refusal::Uninvited(Some(Standing::Used))), "{what}");
}

/// Whether any file below the folder holds these bytes.
fn holds(folder: &Path, needle: &str) -> bool {
    crate::loop_project::tree(folder).values().any(|bytes| bytes.windows(needle.len()).any(|window| window == needle.as_bytes()))
}

/// What stands there (`None`: nothing), which copies come, how many wait afterwards.
const UNITED: &[(Option<&str>, &[&str], usize)] = &[
    (None, &["two"], 0),
    (None, &["one", "two"], 0),
    (None, &["two", "one"], 0),
    (Some("one"), &["two"], 0),
    (Some("two"), &["one"], usize::MAX),
    (Some("private"), &["one", "two"], usize::MAX),
    (Some("answers damaged"), &["two"], 3),
    (Some("answers gone"), &["two"], 3),
    (Some("intake damaged"), &["two"], 0),
    (Some("intake gone"), &["two"], 0),
    (Some("both cut off"), &["two"], 0),
];

fn lay_out(history: &History, there: Option<&str>) {
    let private = history.path("private");
    let spoil = |name: &str| {
        let mut bytes = std::fs::read(private.join(name)).expect("a file");
        let length = bytes.len();
        bytes[length / 3..length / 2].fill(0xA5);
        std::fs::write(private.join(name), bytes).expect("written");
    };
    match there {
        Some("private") => {}
        Some("answers damaged") => spoil("answers.sqlite"),
        Some("intake damaged") => spoil("intake.sqlite"),
        Some("answers gone") => std::fs::remove_file(private.join("answers.sqlite")).expect("removed"),
        Some("intake gone") => std::fs::remove_file(private.join("intake.sqlite")).expect("removed"),
        Some("both cut off") => {
            for name in ["intake.sqlite", "answers.sqlite"] {
                std::fs::write(private.join(name), &std::fs::read(private.join(name)).expect("a file")[..9_000]).expect("written");
            }
        }
        other => history.swap(other),
    }
}

#[test]
fn whatever_is_known_anywhere_is_known_afterwards() {
    for (there, copies, waiting) in UNITED {
        let what = format!("{there:?} {copies:?}");
        let history = History::new();
        lay_out(&history, *there);
        let outcome = history.restore(copies, false, &Faults::default()).unwrap_or_else(|error| panic!("{what}: {error:#}"));
        let store = history.open();
        if *waiting == usize::MAX {
            // What is there knows more than the copies: it stays as it is, with what waits
            assert_eq!(outcome, Outcome::Nothing, "{what}");
            knows_everything(&*store, &what);
            continue;
        }
        let Outcome::Restored(done) = outcome else { panic!("{what}: {outcome:?}") };
        assert_eq!((done.now, done.lost, done.apart), (21, 0, 0), "{what}");
        assert_eq!(store.waiting("pulse").expect("a count"), *waiting as u64, "{what}");
        knows_everything(&*store, &what);
        assert!(!history.path("private/restoring").exists(), "{what}");
        assert_eq!(last_backup(&history.path("private")).map(|(on, _)| on), Some(day("2026-11-20")), "{what}");
        // What was there before is not deleted, and holds no single answer beside the one that lives on
        let damaged = there.is_some_and(|there| there.contains("damaged") || there.contains("cut"));
        assert_eq!(done.damaged.is_empty(), !damaged, "{what}");
        assert_eq!(done.aside.is_some_and(|aside| aside.is_dir()), there.is_some(), "{what}");
        // A batch can be closed and gets a number that nobody had
        store.submit(submission("pulse", 40)).expect("stored");
        assert_eq!(store.close_batch("pulse", &texts(), 1).expect("a batch"), [3], "{what}");
    }
}

#[test]
fn a_crash_after_any_step_leaves_the_one_store_or_the_other() {
    for there in [Some("one"), Some("answers damaged"), None] {
        for step in PlaceStep::ALL {
            let what = format!("{there:?} {step:?}");
            let history = History::new();
            lay_out(&history, there);
            let faults = Faults::default();
            faults.stop_placing_after(Some(step));
            assert!(history.restore(&["two"], false, &faults).is_err(), "{what}");
            if step == PlaceStep::Staged {
                match there {
                    // The old one, whole
                    Some("one") => assert_eq!(people(&*history.open(), "pulse"), (0..10).collect::<Vec<_>>(), "{what}"),
                    Some(_) => assert!(open(&history.path("private")).is_err(), "{what}"),
                    None => assert_eq!(people(&*history.open(), "pulse"), [0; 0], "{what}"),
                }
                assert!(there == Some("answers damaged") || !history.path("private/restoring").exists(), "{what}");
                history.restored(&["two"]);
            } else if step == PlaceStep::Intake {
                // Whoever opens it next may be struck, too
                assert!(
                    open_with(&history.path("private"), {
                        let again = Faults::default();
                        again.stop_placing_after(Some(PlaceStep::Answers));
                        again.into()
                    })
                    .is_err()
                );
            } else if step == PlaceStep::Answers {
                // … or be somebody who restores once more
                assert_eq!(history.restore(&["two"], false, &Faults::default()).expect("done"), Outcome::Nothing, "{what}");
            }
            let store = history.open();
            knows_everything(&*store, &what);
            assert!(!history.path("private/restoring").exists(), "{what}");
            assert_eq!(history.path("private/set-aside/2026-11-24").is_dir(), there.is_some(), "{what}");
        }
    }
}

#[test]
fn nothing_is_restored_while_somebody_has_the_store_open() {
    let history = History::new();
    history.swap(Some("one"));
    let store = history.open();
    let error = history.restore(&["two"], true, &Faults::default()).unwrap_err().to_string();
    assert!(error.contains("stop every shirube"), "{error}");
    assert_eq!(people(&*store, "pulse"), (0..10).collect::<Vec<_>>());
    drop(store);
    history.restored(&["two"]);
}

#[test]
fn what_is_no_whole_copy_of_this_project_changes_nothing() {
    let history = History::new();
    history.swap(Some("one"));
    copy(&history.path("two"), &history.path("cut"));
    let bytes = std::fs::read(history.path("cut/answers.sqlite")).expect("a file");
    std::fs::write(history.path("cut/answers.sqlite"), &bytes[..bytes.len() - 4_096]).expect("written");
    let stranger = open(&history.path("stranger")).expect("a store");
    stranger.submit(submission("theirs", 1)).expect("stored");
    let terms = open(&history.path("terms")).expect("a store");
    let mut other = submission("pulse", 1);
    other.lock.settings.insert("k".into(), "7".into());
    terms.submit(other).expect("stored");
    drop((stranger, terms));
    std::fs::create_dir(history.path("empty")).expect("a folder");
    for (copy, said) in [
        ("cut", "cannot be used"),
        ("stranger", "another project"),
        ("terms", "the terms of the survey “pulse”"),
        ("empty", "is no backup"),
        ("nowhere", "is no backup"),
    ] {
        let error = format!("{:#}", history.restore(&[copy], true, &Faults::default()).unwrap_err());
        assert!(error.contains(said), "{copy}: {error}");
        assert_eq!(people(&*history.open(), "pulse"), (0..10).collect::<Vec<_>>(), "{copy}");
        assert!(!history.path("private/restoring").exists() && !history.path("private/set-aside").exists(), "{copy}");
    }
    // A file of a copy names the copy
    let file: &Path = Path::new("two/backup.json");
    history.restored(&[&file.to_string_lossy()]);
}

/// Somebody laid an older copy over the store by hand, and collected on.
#[test]
fn answers_collected_apart_are_kept_and_told() {
    let history = History::new();
    history.swap(Some("one"));
    let store = history.open();
    for person in 50..56 {
        store.submit(submission("pulse", person)).expect("stored");
    }
    assert_eq!(store.close_batch("pulse", &texts(), 1).expect("a batch"), [2]);
    drop(store);
    let unsure = history.restore(&["two"], false, &Faults::default()).expect("an outcome");
    assert_eq!(unsure, Outcome::Unsure { foreign: false, apart: 10 });
    assert_eq!(people(&*history.open(), "pulse").len(), 16, "nothing was changed");
    assert!(matches!(history.restore(&["two"], true, &Faults::default()), Ok(Outcome::Restored(Restored { now: 27, apart: 10, .. }))));
    let store = history.open();
    assert_eq!(people(&*store, "pulse"), (0..20).chain(50..56).collect::<Vec<_>>());
    assert_eq!(
        store.batches("pulse").expect("batches").iter().map(|batch| (batch.number, batch.n)).collect::<Vec<_>>(),
        [(1, 10), (2, 6), (3, 10)]
    );
    drop(store);
    let again = history.restore(&["one", "two"], false, &Faults::default()).expect("an outcome");
    assert_eq!(again, Outcome::Nothing, "once united, they are one");
}

/// A store that was begun anew after a loss has another mark.
#[test]
fn a_store_begun_anew_is_united_only_when_asked() {
    let history = History::new();
    history.swap(None);
    let store = history.open();
    store.submit(submission("pulse", 60)).expect("stored");
    drop(store);
    assert_eq!(history.restore(&["two"], false, &Faults::default()).expect("an outcome"), Outcome::Unsure { foreign: true, apart: 0 });
    assert!(matches!(history.restore(&["two"], true, &Faults::default()), Ok(Outcome::Restored(_))));
    let store = history.open();
    assert_eq!((people(&*store, "pulse").len(), store.waiting("pulse").expect("a count")), (20, 1));
    // An empty one is no store
    drop(store);
    history.swap(None);
    drop(history.open());
    let done = history.restored(&["two"]);
    assert_eq!((done.before, done.aside), (None, None));
}

#[test]
fn what_is_set_aside_holds_no_answer_that_waits_and_what_was_purged_is_in_no_byte() {
    let history = History::new();
    let number = |person: u32| (1_000_000 + person).to_string();
    // The older store, with one that waits
    history.swap(Some("one"));
    history.open().submit(submission("pulse", 20)).expect("stored");
    assert!(
        holds(&history.path("private"), &number(20)) && holds(&history.path("private"), "これは回答者100の声です。"),
        "the search finds what is there"
    );
    let done = history.restored(&["two"]);
    assert_eq!(done.purged, ["old"]);
    let aside = done.aside.expect("a place");
    assert!(!holds(&aside, &number(20)), "an answer that waits stands beside the store");
    std::fs::remove_dir_all(&aside).expect("removed");
    assert!(holds(&history.path("private"), &number(20)) && !holds(&history.path("private"), "これは回答者100の声です。"));
    assert_eq!(history.open().waiting("pulse").expect("a count"), 1);
}

#[test]
fn batches_in_no_copy_leave_their_numbers_and_what_was_shown_of_them() {
    let history = History::new();
    history.swap(None);
    let surveys: BTreeSet<String> = ["pulse".to_owned()].into();
    let copies = [history.path("one")];
    let shown = [shown("pulse", 3, 25)];
    let wish = Wish { copies: &copies, shown: &shown, surveys: &surveys, sure: false, today: day("2026-11-24") };
    let outcome = restore(&history.path("private"), &wish, &Faults::default()).expect("restored");
    assert!(matches!(outcome, Outcome::Restored(Restored { now: 15, lost: 2, .. })), "{outcome:?}");
    let store = history.open();
    assert_eq!(store.ledger("pulse").expect("a ledger").last(), Some(&shown[0]));
    store.submit(submission("pulse", 70)).expect("stored");
    assert_eq!(store.close_batch("pulse", &texts(), 1).expect("a batch"), [4]);
    drop(store);
    assert_eq!(people(&*history.open(), "pulse"), (0..10).chain([70]).collect::<Vec<_>>(), "it opens again");
    // Found after all: the lost ones are back
    assert!(matches!(history.restore(&["two"], false, &Faults::default()), Ok(Outcome::Restored(_))));
    assert_eq!(people(&*history.open(), "pulse"), (0..20).chain([70]).collect::<Vec<_>>());
}

/// A batch that was changed since the copy (attributes that few share were blanked) is not changed back.
#[test]
fn of_a_batch_that_was_changed_the_last_form_counts() {
    let history = History::new();
    let store = history.open();
    let mut batches = store.batches("pulse").expect("batches");
    for batch in &mut batches {
        batch.columns.remove("mood");
    }
    store.replace("pulse", batches.clone()).expect("replaced");
    history.back_up(&*store, "three");
    drop(store);
    for (there, copies) in [(None, &["two", "three"][..]), (None, &["three", "two"]), (Some("two"), &["three"]), (Some("three"), &["two"])]
    {
        history.swap(there);
        let outcome = history.restore(copies, false, &Faults::default()).expect("an outcome");
        assert_eq!(outcome == Outcome::Nothing, there == Some("three"), "{there:?} {copies:?}");
        assert_eq!(history.open().batches("pulse").expect("batches"), batches, "{there:?} {copies:?}");
    }
}
