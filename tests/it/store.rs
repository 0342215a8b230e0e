//! The store: what any store promises, and what the files of this one must withstand.

use shirube::store::{ANSWERS, Faults, INTAKE, Lock, Publication, Receipt, Refusal, Store, Submission, Ticket, Trouble, open, open_with};
use shirube::survey::{Answer, Answers, Response, Value};
use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;
use std::sync::{Arc, Barrier};

pub(crate) fn lock() -> Lock {
    [("mode", "anonymous"), ("k", "5")].into_iter().collect()
}

/// A sheet that nobody else gives: a choice, several choices, a number, a date, all four states, a text.
pub(crate) fn answers(person: u32) -> Answers {
    let given = |value| Answer::Given(value);
    [
        ("mood", given(Value::Choice((person % 5 + 1).to_string()))),
        ("topics", given(Value::Choices(vec!["plan".into(), "skills".into()]))),
        ("number", given(Value::Number((1_000_000 + person).to_string()))),
        ("day", given(Value::Date("2026-11-20".into()))),
        ("hidden", Answer::NotShown),
        ("left", if person.is_multiple_of(2) { Answer::Skipped } else { Answer::Declined }),
        ("words", given(Value::Text(format!("これは回答者{person}の声です。")))),
    ]
    .map(|(variable, answer)| (variable.to_owned(), answer))
    .into()
}

pub(crate) fn response(survey: &str, person: u32) -> Response {
    Response { survey: survey.into(), revision: 1, answers: answers(person) }
}

pub(crate) fn ticket(survey: &str, person: u32) -> Ticket {
    Ticket::of(survey, format!("secret {person}").as_bytes())
}

pub(crate) fn submission(survey: &str, person: u32) -> Submission {
    Submission {
        response: response(survey, person),
        ticket: ticket(survey, person),
        invitation: None,
        lock: lock(),
        claims: Vec::new(),
        draft: None,
        withdrawal: None,
    }
}

pub(crate) fn texts() -> BTreeSet<String> {
    ["words".to_owned()].into()
}

/// The numbers of the people in the survey's batches, in ascending order.
pub(crate) fn people(store: &dyn Store, survey: &str) -> Vec<u32> {
    let mut people: Vec<u32> = store
        .batches(survey)
        .unwrap()
        .iter()
        .flat_map(|batch| &batch.columns["number"])
        .map(|answer| match answer {
            Answer::Given(Value::Number(number)) => number.parse::<u32>().unwrap() - 1_000_000,
            other => panic!("{other:?}"),
        })
        .collect();
    people.sort_unstable();
    people
}

/// What every store promises. PostgreSQL runs through the same function.
fn contract(store: &dyn Store) {
    assert_eq!(store.waiting("pulse").unwrap(), 0);
    assert_eq!(store.lock("pulse").unwrap(), None);
    assert!(store.close_batch("pulse", &texts(), 0).unwrap().is_empty(), "there is no batch of nobody");

    for person in 0..4 {
        assert_eq!(store.submit(submission("pulse", person)), Ok(Receipt::Stored));
    }
    assert_eq!(store.waiting("pulse").unwrap(), 4);
    assert_eq!(store.lock("pulse").unwrap(), Some(lock()));

    // A double submit changes nothing, with other answers and other terms neither
    let mut again = submission("pulse", 0);
    again.response.answers = answers(99);
    again.lock = Lock::default();
    assert_eq!(store.submit(again), Ok(Receipt::AlreadyStored));
    assert_eq!(store.waiting("pulse").unwrap(), 4);

    // Other terms are refused by name, and the ticket is not used up
    let mut other = submission("pulse", 4);
    other.lock.settings.insert("mode".into(), "identified".into());
    assert_eq!(store.submit(other), Err(Refusal::Locked { changed: vec!["mode".into()] }));
    assert!(store.close_batch("pulse", &texts(), 5).unwrap().is_empty());
    assert!(store.batches("pulse").unwrap().is_empty(), "four move nothing");
    assert_eq!(store.submit(submission("pulse", 4)), Ok(Receipt::Stored));

    // The batch moves everything at once
    assert_eq!(store.close_batch("pulse", &texts(), 5).unwrap(), [1]);
    assert_eq!(store.waiting("pulse").unwrap(), 0);
    let batches = store.batches("pulse").unwrap();
    assert_eq!((batches[0].number, batches[0].revision, batches[0].n, batches.len()), (1, 1, 5, 1));
    assert_eq!(people(store, "pulse"), [0, 1, 2, 3, 4]);
    let columns = &batches[0].columns;
    assert!(!columns.contains_key("words"));
    assert!(columns["hidden"].iter().all(|answer| *answer == Answer::NotShown));
    let count = |state: Answer| columns["left"].iter().filter(|answer| **answer == state).count();
    assert_eq!((count(Answer::Skipped), count(Answer::Declined)), (3, 2));
    let rows: Vec<_> = (0..5).map(|row| columns.values().map(|column| column[row].clone()).collect::<Vec<_>>()).collect();
    assert!(rows.is_sorted(), "rows are sorted by content");
    assert_eq!(batches[0].texts["words"].len(), 5);
    assert!(batches[0].texts["words"].is_sorted());

    // Tickets outlive their batch
    assert_eq!(store.submit(submission("pulse", 3)), Ok(Receipt::AlreadyStored));
    assert_eq!(store.waiting("pulse").unwrap(), 0);

    // The same secret elsewhere is another person's affair
    assert_eq!(store.submit(submission("entry", 3)), Ok(Receipt::Stored));

    // Revisions make batches of their own
    for person in 10..17 {
        let mut submission = submission("pulse", person);
        submission.response.revision = if person < 12 { 1 } else { 2 };
        assert_eq!(store.submit(submission), Ok(Receipt::Stored));
    }
    assert_eq!(store.close_batch("pulse", &texts(), 5).unwrap(), [2]);
    assert_eq!(store.waiting("pulse").unwrap(), 2);
    assert_eq!(store.batches("pulse").unwrap()[1].revision, 2);
    assert_eq!(store.close_batch("pulse", &texts(), 1).unwrap(), [3]);

    import(store);
    closings(store);
    ledger(store);

    let status = store.status().unwrap();
    let pulse = &status.surveys["pulse"];
    assert_eq!((pulse.waiting, pulse.batches, pulse.closed, pulse.unwiped), (0, 3, 12, 0));
    assert_eq!((status.surveys["entry"].waiting, status.surveys["entry"].batches), (1, 0));
    assert!(status.bytes > 0);
}

fn import(store: &dyn Store) {
    let rows: Vec<Response> = (0..2_000).map(|person| response("imported", person)).collect();
    let file = Ticket::of("imported", b"the bytes of the file");
    let mut mixed = rows.clone();
    mixed[1_999].survey = "entry".into();
    assert!(store.import(mixed, file, lock(), Vec::new()).is_err());
    assert_eq!(store.waiting("imported").unwrap(), 0, "all or nothing");
    assert_eq!(store.import(rows.clone(), file, lock(), Vec::new()), Ok(Receipt::Stored));
    assert_eq!(store.import(rows, file, lock(), Vec::new()), Ok(Receipt::AlreadyStored));
    assert_eq!(store.import(Vec::new(), file, lock(), Vec::new()), Ok(Receipt::Stored));
    assert_eq!(store.waiting("imported").unwrap(), 2_000);
    assert_eq!(store.close_batch("imported", &texts(), 20).unwrap(), [1]);
    assert_eq!(people(store, "imported"), (0..2_000).collect::<Vec<_>>());
}

fn closings(store: &dyn Store) {
    let day = |text: &str| shirube::language::Day::parse(text).unwrap();
    assert_eq!(store.submit(submission("ended", 1)), Ok(Receipt::Stored));
    store.close_survey("ended", day("2026-11-20")).unwrap();
    store.close_survey("ended", day("2026-11-21")).unwrap();
    assert_eq!(store.closings().unwrap(), BTreeMap::from([("ended".to_owned(), day("2026-11-20"))]));
    assert_eq!(store.submit(submission("ended", 2)), Err(Refusal::Closed));
    assert_eq!(store.submit(submission("ended", 1)), Ok(Receipt::AlreadyStored));
    assert_eq!(store.import(vec![response("ended", 3)], ticket("ended", 3), lock(), Vec::new()), Err(Refusal::Closed));
    assert_eq!(store.submit(submission("other", 2)), Ok(Receipt::Stored), "no other survey is closed");
    assert_eq!(store.waiting("ended").unwrap(), 1);
    store.reopen_survey("ended").unwrap();
    assert_eq!(store.submit(submission("ended", 2)), Ok(Receipt::Stored));
}

fn ledger(store: &dyn Store) {
    let groups = |n: u64| BTreeMap::from([("all".to_owned(), n), ("department=sales".to_owned(), n - 5)]);
    let first = Publication { survey: "pulse".into(), batches: 1, groups: groups(12) };
    let second = Publication { survey: "pulse".into(), batches: 2, groups: groups(30) };
    let empty = Publication { survey: "pulse".into(), batches: 3, groups: BTreeMap::new() };
    assert!(store.ledger("pulse").unwrap().is_empty());
    for publication in [&second, &first, &second, &empty] {
        store.record(publication).unwrap();
    }
    assert_eq!(store.ledger("pulse").unwrap(), [first, second, empty]);
    assert!(store.ledger("entry").unwrap().is_empty());
}

#[test]
fn sqlite_keeps_the_contract() {
    let folder = tempfile::tempdir().unwrap();
    let private = folder.path().join("private");
    contract(&*open(&private).unwrap());
    // All of it is there the next time
    let store = open(&private).unwrap();
    assert_eq!(store.batches("pulse").unwrap().len(), 3);
    assert_eq!(store.waiting("entry").unwrap(), 1);
    assert_eq!(store.submit(submission("pulse", 0)), Ok(Receipt::AlreadyStored));
}

#[test]
fn five_hundred_at_once_are_all_stored_once() {
    let folder = tempfile::tempdir().unwrap();
    let store = open(folder.path()).unwrap();
    let start = Barrier::new(500);
    std::thread::scope(|scope| {
        for person in 0..500 {
            let (store, start) = (&store, &start);
            scope.spawn(move || {
                start.wait();
                assert_eq!(store.submit(submission("pulse", person)), Ok(Receipt::Stored));
                assert_eq!(store.submit(submission("pulse", person)), Ok(Receipt::AlreadyStored));
            });
        }
    });
    assert_eq!(store.waiting("pulse").unwrap(), 500);
    store.close_batch("pulse", &texts(), 5).unwrap();
    assert_eq!(people(&*store, "pulse"), (0..500).collect::<Vec<_>>());
}

#[test]
fn closing_in_the_middle_of_a_rush_loses_nobody() {
    let folder = tempfile::tempdir().unwrap();
    let store = open(folder.path()).unwrap();
    std::thread::scope(|scope| {
        for part in 0..10 {
            let store = &store;
            scope.spawn(move || {
                for person in part * 40..(part + 1) * 40 {
                    assert_eq!(store.submit(submission("pulse", person)), Ok(Receipt::Stored));
                    if store.waiting("pulse").unwrap() >= 5 {
                        store.close_batch("pulse", &texts(), 5).unwrap();
                    }
                }
            });
        }
    });
    assert!(store.batches("pulse").unwrap().iter().all(|batch| batch.n >= 5));
    store.close_batch("pulse", &texts(), 1).unwrap();
    assert_eq!(people(&*store, "pulse"), (0..400).collect::<Vec<_>>());
}

#[test]
fn a_full_queue_is_busy_and_says_so() {
    let folder = tempfile::tempdir().unwrap();
    let faults = Arc::new(Faults::default());
    let store = open_with(folder.path(), Arc::clone(&faults)).unwrap();
    // Jobs of an import each stand in the queue like any other: fill it while the writer is held
    let outcomes: Vec<Result<Receipt, Refusal>> = std::thread::scope(|scope| {
        let waiting = faults.hold_writer(|| {
            let waiting: Vec<_> = (0..4_200)
                .map(|person| {
                    let store = &store;
                    std::thread::Builder::new()
                        .stack_size(64 * 1024)
                        .spawn_scoped(scope, move || store.submit(submission("pulse", person)))
                        .unwrap()
                })
                .collect();
            while waiting.iter().filter(|thread| thread.is_finished()).count() < 4_200 - 4_097 {
                std::thread::yield_now();
            }
            waiting
        });
        waiting.into_iter().map(|thread| thread.join().unwrap()).collect()
    });
    let busy = outcomes.iter().filter(|outcome| **outcome == Err(Refusal::Busy)).count();
    let stored = outcomes.iter().filter(|outcome| **outcome == Ok(Receipt::Stored)).count();
    assert_eq!((busy + stored, stored as u64), (4_200, store.waiting("pulse").unwrap()));
    assert!((103..=104).contains(&busy), "{busy} were refused");
}

#[test]
fn a_panic_in_the_writer_refuses_its_group_and_goes_on() {
    let folder = tempfile::tempdir().unwrap();
    let faults = Arc::new(Faults::default());
    let store = open_with(folder.path(), Arc::clone(&faults)).unwrap();
    assert_eq!(store.submit(submission("pulse", 1)), Ok(Receipt::Stored));
    faults.panic_once();
    assert!(matches!(store.submit(submission("pulse", 2)), Err(Refusal::Failed(_))));
    assert_eq!(store.waiting("pulse").unwrap(), 1);
    assert_eq!(store.submit(submission("pulse", 2)), Ok(Receipt::Stored));
    assert_eq!(store.waiting("pulse").unwrap(), 2);
}

#[test]
fn a_full_disk_refuses_and_later_takes_answers_again() {
    let folder = tempfile::tempdir().unwrap();
    let faults = Arc::new(Faults::default());
    let store = open_with(folder.path(), Arc::clone(&faults)).unwrap();
    faults.limit_pages(40);
    let mut stored = Vec::new();
    let refusal = (0..10_000)
        .find_map(|person| match store.submit(submission("pulse", person)) {
            Ok(receipt) => {
                assert_eq!(receipt, Receipt::Stored);
                stored.push(person);
                None
            }
            Err(refusal) => Some(refusal),
        })
        .expect("forty pages are filled");
    assert!(refusal.to_string().contains("disk is full"), "{refusal}");
    assert!(!stored.is_empty());
    assert_eq!(store.waiting("pulse").unwrap(), stored.len() as u64, "what was refused left nothing");

    faults.limit_pages(0);
    let next = stored.len() as u32;
    assert_eq!(store.submit(submission("pulse", next)), Ok(Receipt::Stored), "its ticket was not used up");
    stored.push(next);
    assert_eq!(store.close_batch("pulse", &texts(), 5).unwrap(), [1]);
    assert_eq!(people(&*store, "pulse"), stored);
}

#[test]
fn one_deposit_that_cannot_be_stored_does_not_harm_its_neighbours() {
    let folder = tempfile::tempdir().unwrap();
    let faults = Arc::new(Faults::default());
    let store = open_with(folder.path(), Arc::clone(&faults)).unwrap();
    store.submit(submission("pulse", 0)).unwrap();
    // Room for a few sheets, not for a file of 5,000
    faults.limit_pages(60);
    std::thread::scope(|scope| {
        let store = &store;
        let file: Vec<Response> = (0..5_000).map(|person| response("pulse", person)).collect();
        let threads = faults.hold_writer(|| {
            // The first stands at the writer's door, the others come into its group
            let mut sheets = vec![scope.spawn(|| store.submit(submission("pulse", 1)))];
            std::thread::sleep(std::time::Duration::from_millis(100));
            let import = scope.spawn(|| store.import(file, Ticket::of("pulse", b"file"), lock(), Vec::new()));
            std::thread::sleep(std::time::Duration::from_millis(100));
            sheets.extend((2..10).map(|person| scope.spawn(move || store.submit(submission("pulse", person)))));
            std::thread::sleep(std::time::Duration::from_millis(100));
            (sheets, import)
        });
        let refusal = threads.1.join().unwrap().unwrap_err();
        assert!(refusal.to_string().contains("disk is full"), "{refusal}");
        for sheet in threads.0 {
            assert_eq!(sheet.join().unwrap(), Ok(Receipt::Stored));
        }
    });
    assert_eq!(store.waiting("pulse").unwrap(), 10);
}

#[test]
fn a_disk_that_fills_while_closing_loses_nothing() {
    let folder = tempfile::tempdir().unwrap();
    let faults = Arc::new(Faults::default());
    let store = open_with(folder.path(), Arc::clone(&faults)).unwrap();
    store.import((0..2_000).map(|person| response("pulse", person)).collect(), ticket("pulse", 0), lock(), Vec::new()).unwrap();
    faults.limit_pages(1);
    assert!(store.close_batch("pulse", &texts(), 5).is_err());
    assert!(store.batches("pulse").unwrap().is_empty());
    faults.limit_pages(0);
    store.close_batch("pulse", &texts(), 5).unwrap();
    assert_eq!(people(&*store, "pulse"), (0..2_000).collect::<Vec<_>>());
    assert_eq!(store.status().unwrap().surveys["pulse"].unwiped, 0);
}

fn trouble(private: &Path) -> String {
    let Err(error) = open(private) else { panic!("{} was opened", private.display()) };
    let trouble = error.downcast_ref::<Trouble>().unwrap_or_else(|| panic!("{error:#}"));
    assert!(!trouble.words().ja.is_empty());
    trouble.to_string()
}

#[test]
fn a_damaged_file_is_named_and_left_alone() {
    type Damage = fn(&mut Vec<u8>);
    let damages: [(&str, Damage); 5] = [
        ("no database", |bytes| bytes.iter_mut().take(64).for_each(|byte| *byte = b'x')),
        ("broken pages", |bytes| bytes.iter_mut().skip(4_096).step_by(7).for_each(|byte| *byte = !*byte)),
        ("cut off", |bytes| bytes.truncate(bytes.len() - 1)),
        ("half of it", |bytes| bytes.truncate(bytes.len() / 2)),
        ("a text", |bytes| *bytes = "しるべ".as_bytes().repeat(300)),
    ];
    for name in [INTAKE, ANSWERS] {
        for (what, damage) in damages {
            let folder = tempfile::tempdir().unwrap();
            let store = open(folder.path()).unwrap();
            store.import((0..300).map(|person| response("pulse", person)).collect(), ticket("pulse", 0), lock(), Vec::new()).unwrap();
            store.close_batch("pulse", &texts(), 5).unwrap();
            store.submit(submission("pulse", 301)).unwrap();
            drop(store);
            let path = folder.path().join(name);
            let mut bytes = std::fs::read(&path).unwrap();
            damage(&mut bytes);
            std::fs::write(&path, &bytes).unwrap();
            let message = trouble(folder.path());
            assert!(message.contains(name) && message.contains("damaged"), "{what}: {message}");
            assert_eq!(std::fs::read(&path).unwrap(), bytes, "{what}: {name} was touched");
        }
    }
}

#[test]
fn a_changed_byte_inside_a_batch_is_noticed() {
    let folder = tempfile::tempdir().unwrap();
    let store = open(folder.path()).unwrap();
    store.import((0..300).map(|person| response("pulse", person)).collect(), ticket("pulse", 0), lock(), Vec::new()).unwrap();
    store.close_batch("pulse", &texts(), 5).unwrap();
    drop(store);
    let path = folder.path().join(ANSWERS);
    let mut bytes = std::fs::read(&path).unwrap();
    let at = bytes.windows(7).position(|window| window == b"1000123").unwrap();
    bytes[at + 6] = b'4';
    std::fs::write(&path, &bytes).unwrap();
    let error = open(folder.path()).unwrap().batches("pulse").unwrap_err().to_string();
    assert!(error.contains("damaged"), "{error}");
}

#[test]
fn lost_answers_are_not_taken_for_a_new_survey() {
    let folder = tempfile::tempdir().unwrap();
    let store = open(folder.path()).unwrap();
    store.submit(submission("pulse", 1)).unwrap();
    store.close_batch("pulse", &texts(), 1).unwrap();
    drop(store);
    std::fs::remove_file(folder.path().join(ANSWERS)).unwrap();
    let message = trouble(folder.path());
    assert!(message.contains("0 of 1"), "{message}");
}

#[test]
fn a_file_of_a_later_version_or_of_another_kind_is_refused() {
    let folder = tempfile::tempdir().unwrap();
    drop(open(folder.path()).unwrap());
    let path = folder.path().join(INTAKE);
    // user_version stands in bytes 60 to 63 of the header
    let mut bytes = std::fs::read(&path).unwrap();
    bytes[60..64].copy_from_slice(&7_u32.to_be_bytes());
    std::fs::write(&path, &bytes).unwrap();
    let message = trouble(folder.path());
    assert!(message.contains("later version") && message.contains('7'), "{message}");

    std::fs::copy(folder.path().join(ANSWERS), &path).unwrap();
    let message = trouble(folder.path());
    assert!(message.contains("another kind"), "{message}");
}

#[test]
fn a_file_held_by_another_program_is_named() {
    let folder = tempfile::tempdir().unwrap();
    drop(open(folder.path()).unwrap());
    let other = rusqlite::Connection::open(folder.path().join(INTAKE)).unwrap();
    other.execute_batch("PRAGMA locking_mode = EXCLUSIVE; BEGIN EXCLUSIVE; DELETE FROM draft;").unwrap();
    let message = trouble(folder.path());
    assert!(message.contains(INTAKE) && message.contains("in use by another program"), "{message}");
}

#[test]
fn something_else_in_the_place_of_the_folder_is_named() {
    let folder = tempfile::tempdir().unwrap();
    let private = folder.path().join("private");
    std::fs::write(&private, "").unwrap();
    let message = trouble(&private);
    assert!(message.contains("is not a folder"), "{message}");
}

#[cfg(unix)]
#[test]
fn only_the_owner_can_read_and_a_read_only_folder_is_named() {
    use std::os::unix::fs::PermissionsExt;
    let folder = tempfile::tempdir().unwrap();
    let private = folder.path().join("private");
    let store = open(&private).unwrap();
    store.submit(submission("pulse", 1)).unwrap();
    let mode = |path: &Path| std::fs::metadata(path).unwrap().permissions().mode() & 0o777;
    assert_eq!(mode(&private), 0o700);
    for entry in std::fs::read_dir(&private).unwrap() {
        let path = entry.unwrap().path();
        if path.file_name().unwrap().to_string_lossy().contains("sqlite") {
            assert_eq!(mode(&path), 0o600, "{}", path.display());
        }
    }
    assert_eq!(std::fs::read_to_string(private.join(".gitignore")).unwrap(), "*\n");
    drop(store);

    // A file that was opened to others, by a copy say, is closed to them again
    std::fs::set_permissions(private.join(INTAKE), std::fs::Permissions::from_mode(0o644)).unwrap();
    drop(open(&private).unwrap());
    assert_eq!(mode(&private.join(INTAKE)), 0o600);

    let before = std::fs::read(private.join(INTAKE)).unwrap();
    std::fs::set_permissions(&private, std::fs::Permissions::from_mode(0o500)).unwrap();
    let message = trouble(&private);
    std::fs::set_permissions(&private, std::fs::Permissions::from_mode(0o700)).unwrap();
    assert!(message.contains("cannot be written"), "{message}");
    assert_eq!(std::fs::read(private.join(INTAKE)).unwrap(), before);

    std::fs::set_permissions(private.join(ANSWERS), std::fs::Permissions::from_mode(0o400)).unwrap();
    let message = trouble(&private);
    assert!(message.contains(ANSWERS) && message.contains("cannot be written"), "{message}");
}

#[test]
fn two_processes_worth_of_stores_share_the_files() {
    let folder = tempfile::tempdir().unwrap();
    let (one, two) = (open(folder.path()).unwrap(), open(folder.path()).unwrap());
    std::thread::scope(|scope| {
        for (part, store) in [&one, &two].into_iter().enumerate() {
            scope.spawn(move || {
                for person in part as u32 * 100..(part as u32 + 1) * 100 {
                    assert_eq!(store.submit(submission("pulse", person)), Ok(Receipt::Stored));
                    if person % 10 == 9 {
                        store.close_batch("pulse", &texts(), 5).unwrap();
                    }
                }
            });
        }
    });
    one.close_batch("pulse", &texts(), 1).unwrap();
    assert_eq!(people(&*two, "pulse"), (0..200).collect::<Vec<_>>());
}

#[test]
fn closing_goes_on_while_a_build_reads() {
    let folder = tempfile::tempdir().unwrap();
    let store = open(folder.path()).unwrap();
    store.import((0..50).map(|person| response("pulse", person)).collect(), ticket("pulse", 0), lock(), Vec::new()).unwrap();
    let reader = rusqlite::Connection::open(folder.path().join(ANSWERS)).unwrap();
    reader.execute_batch("BEGIN; SELECT * FROM batch;").unwrap();
    store.close_batch("pulse", &texts(), 5).unwrap();
    assert_eq!(people(&*store, "pulse").len(), 50);

    // A program that reads the intake itself keeps the traces there; they are wiped as soon as it is gone
    let intake = rusqlite::Connection::open(folder.path().join(INTAKE)).unwrap();
    intake.execute_batch("BEGIN; SELECT count(*) FROM intake;").unwrap();
    store.import((50..99).map(|person| response("pulse", person)).collect(), ticket("pulse", 1), lock(), Vec::new()).unwrap();
    assert_eq!(store.close_batch("pulse", &texts(), 5).unwrap(), [2]);
    assert_eq!(people(&*store, "pulse").len(), 99);
    assert_eq!(store.status().unwrap().surveys["pulse"].unwiped, 1);
    drop((reader, intake));
    assert!(store.close_batch("pulse", &texts(), 5).unwrap().is_empty());
    assert_eq!(store.status().unwrap().surveys["pulse"].unwiped, 0);
}
