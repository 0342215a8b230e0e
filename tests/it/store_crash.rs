//! Crashes: after any step of a closing, and `kill -9` in the middle of load.

use crate::store::{lock, people, response, submission, texts, ticket};
use shirube::store::{Faults, Receipt, Step, Store, open, open_with};
use std::io::{BufRead, BufReader};
use std::path::Path;
use std::process::{Command, Stdio};
use std::sync::Arc;

/// Everything but the locks of an open store, as after a crash.
fn copy_files(from: &Path, to: &Path) {
    for entry in std::fs::read_dir(from).unwrap() {
        let path = entry.unwrap().path();
        let name = path.file_name().unwrap().to_owned();
        // The shared memory is rebuilt from the log
        if !name.to_string_lossy().ends_with("-shm") {
            std::fs::copy(&path, to.join(name)).unwrap();
        }
    }
}

#[test]
fn a_crash_after_any_step_of_closing_leaves_every_answer_in_one_place() {
    for step in Step::ALL {
        let folder = tempfile::tempdir().unwrap();
        let faults = Arc::new(Faults::default());
        let store = open_with(folder.path(), Arc::clone(&faults)).unwrap();
        store.import((0..5).map(|person| response("pulse", person)).collect(), ticket("pulse", 1_000), lock(), Vec::new()).unwrap();
        store.close_batch("pulse", &texts(), 5).unwrap();
        for person in 5..12 {
            store.submit(submission("pulse", person)).unwrap();
        }
        faults.stop_after(Some(step));
        assert!(store.close_batch("pulse", &texts(), 5).is_err(), "{step:?}");
        // The files as the crash leaves them
        let crashed = tempfile::tempdir().unwrap();
        copy_files(folder.path(), crashed.path());

        let check = |store: &dyn Store, later: u32, what: &str| {
            assert_eq!(store.waiting("pulse").unwrap(), 0, "{step:?} {what}");
            assert_eq!(people(store, "pulse"), (0..12).collect::<Vec<_>>(), "{step:?} {what}");
            assert_eq!(store.batches("pulse").unwrap().len(), 2, "{step:?} {what}");
            assert_eq!(store.status().unwrap().surveys["pulse"].unwiped, 0, "{step:?} {what}");
            for person in 5..12 {
                assert_eq!(store.submit(submission("pulse", person)), Ok(Receipt::AlreadyStored), "{step:?} {what}");
            }
            assert_eq!(store.submit(submission("pulse", later)), Ok(Receipt::Stored));
            assert_eq!(store.close_batch("pulse", &texts(), 1).unwrap(), [3], "{step:?} {what}");
        };
        let restarted = open(crashed.path()).unwrap();
        check(&*restarted, 12, "after a restart");
        drop(restarted);
        assert_eq!(people(&*open(crashed.path()).unwrap(), "pulse"), (0..13).collect::<Vec<_>>());

        // Without a restart: answers go on coming in, the next closing finishes the last one
        faults.stop_after(None);
        assert!(store.close_batch("pulse", &texts(), 5).unwrap().is_empty(), "{step:?}");
        check(&*store, 12, "without a restart");
    }
}

#[test]
fn answers_that_come_after_a_stopped_closing_wait_for_the_next() {
    let folder = tempfile::tempdir().unwrap();
    let faults = Arc::new(Faults::default());
    let store = open_with(folder.path(), Arc::clone(&faults)).unwrap();
    for (step, start) in Step::ALL.into_iter().zip((0..).step_by(10)) {
        faults.stop_after(Some(step));
        for person in start..start + 5 {
            store.submit(submission("pulse", person)).unwrap();
        }
        assert!(store.close_batch("pulse", &texts(), 5).is_err());
        for person in start + 5..start + 10 {
            store.submit(submission("pulse", person)).unwrap();
        }
        assert_eq!(store.waiting("pulse").unwrap(), 5, "{step:?}");
        faults.stop_after(None);
        store.close_batch("pulse", &texts(), 5).unwrap();
        assert_eq!(people(&*store, "pulse"), (0..start + 10).collect::<Vec<_>>(), "{step:?}");
    }
    assert_eq!(store.batches("pulse").unwrap().len(), 12);
}

#[test]
fn a_restored_intake_does_not_reuse_the_number_of_a_batch() {
    let folder = tempfile::tempdir().unwrap();
    let store = open(folder.path()).unwrap();
    store.submit(submission("pulse", 0)).unwrap();
    store.close_batch("pulse", &texts(), 1).unwrap();
    drop(store);
    let old = tempfile::tempdir().unwrap();
    copy_files(folder.path(), old.path());
    let store = open(folder.path()).unwrap();
    store.submit(submission("pulse", 1)).unwrap();
    store.close_batch("pulse", &texts(), 1).unwrap();
    drop(store);
    // The intake as it was before batch 2, the answers as they are now
    std::fs::copy(old.path().join("intake.sqlite"), folder.path().join("intake.sqlite")).unwrap();
    let store = open(folder.path()).unwrap();
    store.submit(submission("pulse", 2)).unwrap();
    assert_eq!(store.close_batch("pulse", &texts(), 1).unwrap(), [3]);
    assert_eq!(people(&*store, "pulse"), [0, 1, 2]);
}

const FOLDER: &str = "SHIRUBE_TEST_STORE";
const THREADS: u32 = 8;

/// The process that is killed: this test, run again with a folder in its environment.
#[test]
#[allow(clippy::print_stdout)]
fn child_that_stores_until_it_is_killed() {
    let Some(folder) = std::env::var_os(FOLDER) else { return };
    let store = open(Path::new(&folder)).unwrap();
    std::thread::scope(|scope| {
        for part in 0..THREADS {
            let store = &store;
            scope.spawn(move || {
                for person in (part..).step_by(THREADS as usize) {
                    store.submit(submission("pulse", person)).unwrap();
                    println!("acknowledged {person}.");
                    if part == 0 && store.waiting("pulse").unwrap() >= 20 {
                        store.close_batch("pulse", &texts(), 20).unwrap();
                    }
                }
            });
        }
    });
}

#[test]
fn kill_in_the_middle_of_load_loses_no_acknowledged_answer() {
    let folder = tempfile::tempdir().unwrap();
    let mut acknowledged: Vec<u32> = Vec::new();
    for round in 0..4 {
        let private = folder.path().join(round.to_string());
        let mut child = Command::new(std::env::current_exe().unwrap())
            .args(["store_crash::child_that_stores_until_it_is_killed", "--exact", "--nocapture", "--test-threads=1"])
            .env(FOLDER, &private)
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .unwrap();
        let lines = BufReader::new(child.stdout.take().unwrap()).lines();
        acknowledged.clear();
        for line in lines.map_while(Result::ok) {
            // Lines of several threads may stand on one line
            acknowledged.extend(line.split("acknowledged ").filter_map(|part| part.split_once('.')?.0.parse::<u32>().ok()));
            if acknowledged.len() >= 200 + 77 * round {
                let _ = child.kill();
            }
        }
        child.wait().unwrap();
        assert!(acknowledged.len() >= 200, "the child ended by itself after {} answers", acknowledged.len());
        let store = open(&private).unwrap();
        store.close_batch("pulse", &texts(), 1).unwrap();
        let people = people(&*store, "pulse");
        let lost: Vec<&u32> = acknowledged.iter().filter(|person| people.binary_search(person).is_err()).collect();
        assert!(lost.is_empty(), "round {round}: lost {lost:?}");
        assert!(people.windows(2).all(|pair| pair[0] != pair[1]), "round {round}: someone is there twice");
    }
}
