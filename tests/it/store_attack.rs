//! The attacker who reads the disk: what a copy of every file after every commit tells, and what it tells no longer.

use crate::store::{lock, submission, texts};
use shirube::store::{Faults, Publication, Submission, open, open_with};
use std::collections::BTreeMap;
use std::path::Path;
use std::sync::Arc;

/// The bytes of every file in the folder, by its name.
type Copy = BTreeMap<String, Vec<u8>>;

/// Copies every file.
fn copy(folder: &Path) -> Copy {
    std::fs::read_dir(folder)
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .map(|path| (path.file_name().unwrap().to_string_lossy().into_owned(), std::fs::read(&path).unwrap()))
        .collect()
}

/// A copy of this folder without the random numbers that a store and its batches bear: they were drawn before anybody answered, and when
/// a batch was written.
pub(crate) fn without_marks(folder: &Path, mut copy: Copy) -> Copy {
    let drawn = |file: &str, sql: &str| -> Vec<Vec<u8>> {
        let file = rusqlite::Connection::open(folder.join(file)).unwrap();
        let mut select = file.prepare(sql).unwrap();
        select.query_map([], |row| row.get(0)).unwrap().collect::<Result<_, _>>().unwrap()
    };
    let marks = [drawn("intake.sqlite", "SELECT mark FROM store_mark"), drawn("answers.sqlite", "SELECT origin FROM batch")].concat();
    for bytes in copy.values_mut() {
        for mark in &marks {
            while let Some(at) = bytes.windows(mark.len()).position(|window| window == mark) {
                bytes[at..at + mark.len()].fill(0);
            }
        }
    }
    copy
}

fn contains(haystack: &[u8], needle: &[u8]) -> bool {
    haystack.windows(needle.len()).any(|window| window == needle)
}

/// Whether any file of the copy holds these bytes, in free pages and logs too.
fn holds(copy: &Copy, needle: &[u8]) -> bool {
    copy.values().any(|bytes| contains(bytes, needle))
}

/// Who gives whose answers: person `ticket` sends the sheet `sheet`.
fn arrival(ticket: u32, sheet: u32) -> Submission {
    Submission { response: submission("pulse", sheet).response, ..submission("pulse", ticket) }
}

fn number(sheet: u32) -> Vec<u8> {
    (1_000_000 + sheet).to_string().into_bytes()
}

/// The pairs (ticket, sheet) that appear in the log with the same commit.
fn pair(copies: &[Copy], people: &[u32]) -> Vec<(u32, u32)> {
    // What each commit appended; before the first came the tables
    let log = |moment: usize| copies[moment]["intake.sqlite-wal"].as_slice();
    let commits: Vec<&[u8]> = (1..copies.len()).map(|moment| &log(moment)[log(moment - 1).len()..]).collect();
    let commits: Vec<&[u8]> = std::iter::once(log(0)).chain(commits).collect();
    let first = |needle: &[u8]| commits.iter().position(|commit| contains(commit, needle));
    let tickets: Vec<_> = people.iter().map(|person| first(submission("pulse", *person).ticket.bytes())).collect();
    let sheets: Vec<_> = people.iter().map(|sheet| first(&number(*sheet))).collect();
    let mut pairs = Vec::new();
    for (ticket, seen) in people.iter().zip(&tickets) {
        let alone = tickets.iter().filter(|other| *other == seen).count() == 1;
        let same: Vec<_> = people.iter().zip(&sheets).filter(|(_, other)| seen.is_some() && *other == seen).collect();
        if let ([(sheet, _)], true) = (same.as_slice(), alone) {
            pairs.push((*ticket, **sheet));
        }
    }
    pairs
}

/// Lets these people answer one by one, closes, and hands over the copies of each moment and of the end.
fn play(folder: &Path, arrivals: &[(u32, u32)]) -> (Vec<Copy>, Copy) {
    let store = open(folder).unwrap();
    let mut copies = Vec::new();
    for (ticket, sheet) in arrivals {
        store.submit(arrival(*ticket, *sheet)).unwrap();
        copies.push(copy(folder));
    }
    store.close_batch("pulse", &texts(), 5).unwrap();
    store.record(&Publication { survey: "pulse".into(), batches: 1, groups: [("all".into(), arrivals.len() as u64)].into() }).unwrap();
    (copies, without_marks(folder, copy(folder)))
}

const N: u32 = 60;

/// Everyone's ticket and sheet, the sheets dealt by `deal`, in the order of `turn`.
fn arrivals(deal: u32, turn: u32) -> Vec<(u32, u32)> {
    // 60 is prime to these, so both are permutations
    (0..N).map(|place| place * turn % N).map(|ticket| (ticket, (ticket * deal + 3) % N)).collect()
}

#[test]
fn while_a_batch_is_open_a_reader_of_the_disk_can_pair() {
    // The honest sentence: if this attack failed, the attacks below would prove nothing
    let folder = tempfile::tempdir().unwrap();
    let arrivals = arrivals(7, 11);
    let (copies, _) = play(folder.path(), &arrivals);
    let mut pairs = pair(&copies, &(0..N).collect::<Vec<_>>());
    let mut truth = arrivals;
    pairs.sort_unstable();
    truth.sort_unstable();
    assert_eq!(pairs, truth, "60 of 60");
}

#[test]
fn once_closed_the_files_are_the_same_whoever_answered_what_in_which_order() {
    // The strongest form: two worlds that differ in nothing but who gave which sheet and when leave identical bytes
    let worlds: Vec<_> = [(1, 1), (7, 11), (49, 59), (13, 1), (1, 37)]
        .into_iter()
        .map(|(deal, turn)| {
            let folder = tempfile::tempdir().unwrap();
            let (_, end) = play(folder.path(), &arrivals(deal, turn));
            (folder, end)
        })
        .collect();
    for name in ["intake.sqlite", "answers.sqlite", "intake.sqlite-wal"] {
        let first = &worlds[0].1[name];
        for (_, world) in &worlds[1..] {
            assert!(world[name] == *first, "{name} differs");
        }
    }
    assert!(worlds[0].1["intake.sqlite-wal"].is_empty());
    // Everyone's ticket and sheet is among what was compared, only the link is not
    for person in 0..N {
        assert!(contains(&worlds[0].1["intake.sqlite"], submission("pulse", person).ticket.bytes()));
        assert!(contains(&worlds[0].1["answers.sqlite"], &number(person)));
    }
}

#[test]
fn two_batches_tell_who_was_in_which_and_nothing_more() {
    let play_two = |deal: u32, turn: u32| {
        let folder = tempfile::tempdir().unwrap();
        let store = open(folder.path()).unwrap();
        let mut kept = Vec::new();
        for half in 0..2 {
            for (ticket, sheet) in (0..30).map(|place| place * turn % 30).map(|ticket| (ticket, (ticket * deal + 3) % 30)) {
                store.submit(arrival(ticket + half * 30, sheet + half * 30)).unwrap();
            }
            store.close_batch("pulse", &texts(), 5).unwrap();
            // A copy of every moment at which all batches are closed, as a backup would keep it
            let mut copy = without_marks(folder.path(), copy(folder.path()));
            copy.retain(|name, _| !name.ends_with("-shm"));
            kept.push(copy);
        }
        kept
    };
    assert!(play_two(1, 1) == play_two(7, 11), "the kept files differ");
}

/// The random keys of the intake's rows, which appear in no closed batch.
fn keys(folder: &Path) -> Vec<Vec<u8>> {
    let intake = rusqlite::Connection::open(folder.join("intake.sqlite")).unwrap();
    let mut select = intake.prepare("SELECT id FROM intake").unwrap();
    select.query_map([], |row| row.get(0)).unwrap().collect::<Result<_, _>>().unwrap()
}

/// No byte of any file, free pages and logs included, still shows a row of the intake.
fn assert_wiped(folder: &Path, keys: &[Vec<u8>], what: &str) {
    let end = copy(folder);
    for key in keys {
        assert!(!holds(&end, key), "{what}: the key of a row is still there");
    }
    for person in 0..N {
        for (name, bytes) in end.iter().filter(|(name, _)| name.starts_with("intake")) {
            assert!(!contains(bytes, &number(person)), "{what}: the answer of {person} is still in {name}");
        }
    }
}

#[test]
fn a_closing_that_was_struck_by_a_crash_wipes_as_well() {
    use shirube::store::Step;
    for step in Step::ALL {
        let folder = tempfile::tempdir().unwrap();
        let faults = Arc::new(Faults::default());
        let store = open_with(folder.path(), Arc::clone(&faults)).unwrap();
        for (ticket, sheet) in arrivals(7, 11) {
            store.submit(arrival(ticket, sheet)).unwrap();
        }
        let keys = keys(folder.path());
        assert_eq!(keys.len(), N as usize);
        assert!(keys.iter().all(|key| holds(&copy(folder.path()), key)), "the search finds what is there");
        faults.stop_after(Some(step));
        assert!(store.close_batch("pulse", &texts(), 5).is_err());
        faults.stop_after(None);
        store.close_batch("pulse", &texts(), 5).unwrap();
        assert_wiped(folder.path(), &keys, &format!("{step:?}, open"));
        drop(store);
        assert_wiped(folder.path(), &keys, &format!("{step:?}, shut"));
    }
}

#[test]
fn tickets_of_one_import_and_many_submits_lie_in_the_order_of_their_sums() {
    // In the raw file too: SQLite would otherwise leave new rows of a page in the order of their arrival
    let folder = tempfile::tempdir().unwrap();
    let (_, end) = play(folder.path(), &arrivals(1, 7));
    let bytes = &end["intake.sqlite"];
    let mut places: Vec<(usize, Vec<u8>)> = (0..N)
        .map(|person| submission("pulse", person).ticket.bytes().to_vec())
        .map(|sum| (bytes.windows(16).position(|window| window == sum).unwrap(), sum))
        .collect();
    places.sort();
    let sums: Vec<_> = places.into_iter().map(|(_, sum)| sum).collect();
    let (mut up, mut down) = (sums.clone(), sums.clone());
    up.sort();
    down.sort();
    down.reverse();
    assert!(sums == up || sums == down);
}

#[test]
fn a_survey_that_still_waits_does_not_hinder_the_wiping_of_another() {
    let folder = tempfile::tempdir().unwrap();
    let store = open(folder.path()).unwrap();
    let mut other = submission("entry", 5_000);
    other.lock = lock();
    store.submit(other).unwrap();
    for (ticket, sheet) in arrivals(7, 11) {
        store.submit(arrival(ticket, sheet)).unwrap();
    }
    let keys: Vec<_> = {
        let intake = rusqlite::Connection::open(folder.path().join("intake.sqlite")).unwrap();
        let mut select = intake.prepare("SELECT id FROM intake WHERE survey = 'pulse'").unwrap();
        select.query_map([], |row| row.get(0)).unwrap().collect::<Result<_, _>>().unwrap()
    };
    store.close_batch("pulse", &texts(), 5).unwrap();
    assert_wiped(folder.path(), &keys, "beside an open survey");
    assert_eq!(store.waiting("entry").unwrap(), 1);
}

#[test]
fn no_secret_is_on_the_disk() {
    let folder = tempfile::tempdir().unwrap();
    let store = open(folder.path()).unwrap();
    store.submit(submission("pulse", 4_711)).unwrap();
    assert!(!holds(&copy(folder.path()), b"secret 4711"));
}
