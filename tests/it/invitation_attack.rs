//! The attacker who has the disk and `links.csv` as well: every code with the person it was handed to.

use crate::store::{lock, submission, texts};
use crate::store_attack::without_marks;
use shirube::store::{Invitation, Lock, Refusal, Standing, Store, Submission, Ticket, open};
use shirube::survey::{Answer, Carried, Token, Value};
use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;
use std::sync::{Arc, Barrier};

const N: u32 = 60;

fn token(person: u32) -> Token {
    let mut secret = [7; 16];
    secret[..4].copy_from_slice(&person.wrapping_mul(2_654_435_761).to_be_bytes());
    Token::new(secret)
}

fn ticket(person: u32) -> Ticket {
    Ticket::of_token(&token(person))
}

/// Two departments of thirty.
fn department(person: u32) -> &'static str {
    if person < N / 2 { "sales" } else { "law" }
}

fn invited() -> Lock {
    let mut lock = lock();
    lock.settings.insert("access".to_owned(), "invited".to_owned());
    lock
}

fn hand_out(store: &dyn Store) {
    let carried = |person| Carried::from([("department".to_owned(), department(person).to_owned())]);
    let invitation = |person| Invitation { ticket: ticket(person), carried: carried(person), person: None };
    store.invite("pulse", (0..N).map(invitation).collect()).unwrap();
}

/// Person `person` sends the sheet `sheet`, whose own secret is of the sheet, not of the person.
fn arrival(person: u32, sheet: u32) -> Submission {
    let mut own = submission("pulse", sheet);
    own.response.answers.insert("department".to_owned(), Answer::Given(Value::Choice(department(person).to_owned())));
    Submission { invitation: Some(ticket(person)), lock: invited(), ..own }
}

type Copy = BTreeMap<String, Vec<u8>>;

fn copy(folder: &Path) -> Copy {
    let paths = std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path());
    paths.map(|path| (path.file_name().unwrap().to_string_lossy().into_owned(), std::fs::read(&path).unwrap())).collect()
}

/// What a copy of one moment tells: whose codes were used, and which sheets lie there.
fn told(copy: &Copy) -> (BTreeSet<u32>, BTreeSet<u32>) {
    let folder = tempfile::tempdir().unwrap();
    for (name, bytes) in copy.iter().filter(|(name, _)| !name.ends_with("-shm")) {
        std::fs::write(folder.path().join(name), bytes).unwrap();
    }
    let file = rusqlite::Connection::open(folder.path().join("intake.sqlite")).unwrap();
    let sums: BTreeMap<[u8; 16], u32> = (0..N).map(|person| (*ticket(person).bytes(), person)).collect();
    let mut used = file.prepare("SELECT sum FROM invitation WHERE standing = 1").unwrap();
    let used = used.query_map([], |row| row.get::<_, [u8; 16]>(0)).unwrap().map(|sum| sums[&sum.unwrap()]).collect();
    let mut rows = file.prepare("SELECT answers FROM intake").unwrap();
    let rows: Vec<Vec<u8>> = rows.query_map([], |row| row.get(0)).unwrap().map(Result::unwrap).collect();
    let number = |row: &Vec<u8>, sheet: u32| {
        let number = (1_000_000 + sheet).to_string().into_bytes();
        row.windows(number.len()).any(|window| window == number)
    };
    let sheets = rows.iter().filter_map(|row| (0..N).find(|sheet| number(row, *sheet))).collect();
    (used, sheets)
}

/// Who gives which sheet, within the departments, in the order of `turn`.
fn arrivals(deal: u32, turn: u32) -> Vec<(u32, u32)> {
    let half = N / 2;
    let sheet = |person: u32| person / half * half + (person % half * deal + 3) % half;
    (0..N).map(|place| place * turn % N).map(|person| (person, sheet(person))).collect()
}

/// Lets these people answer one by one and closes; a copy of every moment and of the end.
fn play(folder: &Path, arrivals: &[(u32, u32)]) -> (Vec<Copy>, Copy) {
    let store = open(folder).unwrap();
    hand_out(&*store);
    let mut copies = vec![copy(folder)];
    for (person, sheet) in arrivals {
        store.submit(arrival(*person, *sheet)).unwrap();
        copies.push(copy(folder));
    }
    store.close_batch("pulse", &texts(), 5).unwrap();
    (copies, without_marks(folder, copy(folder)))
}

#[test]
fn while_a_batch_is_open_the_disk_and_the_list_of_links_tell_everything() {
    // The honest sentence: if this attack failed, the next one would prove nothing
    let folder = tempfile::tempdir().unwrap();
    let arrivals = arrivals(7, 11);
    let (copies, _) = play(folder.path(), &arrivals);
    let moments: Vec<_> = copies.iter().map(told).collect();
    let found: Vec<(u32, u32)> = moments
        .windows(2)
        .map(|pair| {
            let person = pair[1].0.difference(&pair[0].0).next().copied().unwrap();
            (person, pair[1].1.difference(&pair[0].1).next().copied().unwrap())
        })
        .collect();
    assert_eq!(found, arrivals, "60 of 60, in their order");
}

#[test]
fn once_closed_the_files_are_the_same_whoever_of_a_department_gave_which_sheet() {
    let worlds: Vec<_> = [(1, 1), (7, 11), (19, 59), (13, 1), (1, 37)]
        .into_iter()
        .map(|(deal, turn)| {
            let folder = tempfile::tempdir().unwrap();
            let end = play(folder.path(), &arrivals(deal, turn)).1;
            (folder, end)
        })
        .collect();
    for name in ["intake.sqlite", "answers.sqlite", "intake.sqlite-wal"] {
        assert!(worlds.iter().all(|(_, world)| world[name] == worlds[0].1[name]), "{name} differs");
    }
    assert!(worlds[0].1["intake.sqlite-wal"].is_empty());
    let (used, sheets) = told(&worlds[0].1);
    assert_eq!((used.len(), sheets.len()), (60, 0), "who has answered is there, what is not");
    for person in 0..N {
        let code = token(person);
        for bytes in worlds[0].1.values() {
            let has = |text: &str| bytes.windows(text.len()).any(|window| window == text.as_bytes());
            assert!(!has(code.in_link()) && !has(&code.in_groups()), "the code itself is nowhere");
        }
    }
}

#[test]
fn an_invitation_is_used_once_by_whoever_comes_first() {
    let folder = tempfile::tempdir().unwrap();
    let store = open(folder.path()).unwrap();
    hand_out(&*store);
    let (start, taken) = (Arc::new(Barrier::new(16)), Arc::clone(&store));
    let sheets: Vec<_> = (0..16_u32)
        .map(|sheet| {
            let (start, store) = (Arc::clone(&start), Arc::clone(&taken));
            std::thread::spawn(move || {
                start.wait();
                store.submit(arrival(5, sheet))
            })
        })
        .collect();
    let results: Vec<_> = sheets.into_iter().map(|thread| thread.join().unwrap()).collect();
    assert_eq!(results.iter().filter(|result| result.is_ok()).count(), 1, "{results:?}");
    assert!(results.iter().all(|result| result.is_ok() || *result == Err(Refusal::Uninvited(Some(Standing::Used)))));
    assert_eq!(store.waiting("pulse").unwrap(), 1);
}

#[test]
fn whoever_is_not_invited_leaves_no_trace() {
    let folder = tempfile::tempdir().unwrap();
    let store = open(folder.path()).unwrap();
    hand_out(&*store);
    store.revoke("pulse", &[ticket(4)]).unwrap();
    let before = copy(folder.path());
    let without = Submission { invitation: None, ..arrival(1, 1) };
    assert_eq!(store.submit(without), Err(Refusal::Uninvited(None)));
    assert_eq!(store.submit(Submission { invitation: Some(ticket(999)), ..arrival(1, 1) }), Err(Refusal::Uninvited(None)));
    assert_eq!(store.submit(arrival(4, 1)), Err(Refusal::Uninvited(Some(Standing::Revoked))));
    let mut foreign = arrival(2, 1);
    foreign.response.survey = "entry".into();
    assert_eq!(store.submit(foreign), Err(Refusal::Uninvited(None)));
    assert_eq!(store.lock("pulse").unwrap(), None, "no terms were fixed");
    assert_eq!(copy(folder.path())["intake.sqlite-wal"], before["intake.sqlite-wal"], "not a byte was written");
    // Handing out is all or none, and a used one stays used
    let again = Invitation { ticket: ticket(6), carried: Carried::new(), person: None };
    let new = Invitation { ticket: ticket(777), carried: Carried::new(), person: None };
    assert!(store.invite("pulse", vec![new, again]).is_err());
    assert_eq!(store.invitation(&ticket(777)).unwrap(), None);
    store.submit(arrival(6, 1)).unwrap();
    assert_eq!(store.revoke("pulse", &[ticket(6), ticket(7)]).unwrap(), 1);
    assert_eq!(store.invitation(&ticket(6)).unwrap().unwrap().standing, Standing::Used);
}
