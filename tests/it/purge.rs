//! Answers whose time is up are deleted, bytes and all; what was published of them stays to the letter.

use crate::exchange::{ROWS, table};
use crate::loop_project::{Project, changes, tree};
use crate::serve::{run, said};
use shirube::language::Day;
use shirube::store::{self, Invitation, Lock, Purge, Refusal, Submission, Ticket};
use shirube::survey::Response;

/// What must not be found in any file afterwards: a text, a person, what an invitation carried, a name in the links.
const MARKS: [&str; 4] = ["おぼえ書き七Q九", "person-4711-Q", "secret-team-Q", "港 消子"];

/// A survey that closed on 1 December, with thirty answers in batches, four that wait, an invitation and a list of links.
fn closed() -> Project {
    let project = Project::small();
    project.edit("content/surveys/every.yaml", "minutes: 3\n", "minutes: 3\nclose: 2026-12-01\nretain_days: 30\n");
    let import = |name: &str, rows: &[&str]| {
        project.write(name, table(rows).replace("また来ます", MARKS[0]));
        let file = project.path(name).to_string_lossy().into_owned();
        let output = run(&project, &["import", "responses", "every", &file, "--today", "2026-11-20"]);
        assert_eq!(output.status.code(), Some(0), "{}", said(&output));
    };
    import("many.csv", &ROWS.repeat(6));
    assert_eq!(run(&project, &["build", "--quiet", "--today", "2026-11-20"]).status.code(), Some(0));
    import("late.csv", &ROWS[..4]);
    let store = store::open(&project.path("private")).expect("a store");
    let invitation = Invitation {
        ticket: Ticket::of("every", b"token"),
        carried: [("team".to_owned(), MARKS[2].to_owned())].into(),
        person: Some(MARKS[1].to_owned()),
    };
    store.invite("every", vec![invitation]).expect("invited");
    project.write("private/links/every/links.csv", format!("id,name\n1,{}\n", MARKS[3]));
    project.write("private/links/other/links.csv", "id,name\n1,another survey\n");
    project
}

/// How many answers stand in batches.
fn kept(project: &Project) -> u64 {
    let store = store::open(&project.path("private")).expect("a store");
    store.batches("every").expect("batches").iter().map(|batch| batch.n).sum()
}

/// The marks that stand in any byte below `private/`.
fn found(project: &Project) -> Vec<&'static str> {
    let files = tree(&project.path("private"));
    let holds = |mark: &&str| files.values().any(|bytes| bytes.windows(mark.len()).any(|window| window == mark.as_bytes()));
    MARKS.into_iter().filter(holds).collect()
}

#[test]
fn purged_answers_are_gone_to_the_byte_and_published_figures_stay_to_the_letter() {
    let project = closed();
    let purge = |arguments: &[&str]| run(&project, &[&["purge"], arguments].concat());
    assert_eq!(found(&project), MARKS, "the search finds what is there");
    assert_eq!(run(&project, &["build", "--quiet", "--today", "2026-12-02"]).status.code(), Some(0));
    let (output, figures) = (project.output(), run(&project, &["figures", "every", "--today", "2026-12-02"]).stdout);
    assert!(String::from_utf8_lossy(&figures).contains("\"value\""));
    // The last day, and words without a deed
    for (arguments, code) in
        [(&["--yes", "--today", "2026-12-31"][..], 0), (&["--dry-run", "--today", "2027-01-01"], 0), (&["--today", "2027-01-01"], 2)]
    {
        let looked = purge(arguments);
        assert_eq!(looked.status.code(), Some(code), "{}", said(&looked));
        assert_eq!((found(&project), kept(&project)), (MARKS.to_vec(), 34), "{arguments:?}");
    }
    let done = purge(&["--yes", "--today", "2027-01-01", "--format", "json"]);
    assert_eq!(done.status.code(), Some(0), "{}", said(&done));
    let log: serde_json::Value = serde_json::from_slice(&done.stdout).expect("JSON");
    // 34 answers and one invitation: told in steps of five
    let entry =
        serde_json::json!({"survey": "every", "day": "2027-01-01", "answers_at_least": 30, "invitations_at_least": 0, "wiped": true});
    let told = |one: &&serde_json::Value| one["survey"] == "every";
    assert_eq!(log["purged"].as_array().expect("a list").iter().find(told), Some(&entry));
    assert_eq!(log["due"], serde_json::json!([]));
    assert_eq!(found(&project), [""; 0]);
    assert!(!project.path("private/links/every").exists() && project.path("private/links/other/links.csv").exists());
    // Everything that was shown is shown as it was
    assert_eq!(run(&project, &["figures", "every", "--today", "2027-01-02"]).stdout, figures);
    assert_eq!(run(&project, &["build", "--quiet", "--today", "2027-01-02"]).status.code(), Some(0));
    assert_eq!(changes(&output, &project.output()), [""; 0]);
    std::fs::remove_dir_all(project.path("output")).expect("no site");
    assert_eq!(run(&project, &["build", "--quiet", "--today", "2027-01-02"]).status.code(), Some(0));
    assert_eq!(changes(&output, &project.output()), [""; 0], "a site built from nothing, too");
    // Nothing comes after it: not even where the file says that it is open again
    project.edit("content/surveys/every.yaml", "close: 2026-12-01", "close: 2030-12-01");
    let store = store::open(&project.path("private")).expect("a store");
    assert!(store.batches("every").expect("batches").is_empty() && store.invitations("every").expect("invitations").is_empty());
    let response = Response { survey: "every".into(), revision: 1, answers: [].into() };
    let late = Submission {
        response,
        ticket: Ticket::of("every", b"late"),
        invitation: None,
        lock: Lock::default(),
        claims: Vec::new(),
        draft: None,
        withdrawal: None,
    };
    assert_eq!(store.submit(late), Err(Refusal::Closed));
    drop(store);
    let reopened = run(&project, &["close", "every", "--reopen"]);
    assert_eq!(reopened.status.code(), Some(2), "{}", said(&reopened));
    assert!(run(&project, &["build", "--quiet", "--today", "2027-02-01"]).status.success());
    assert!(project.read("output/small/surveys/every.html").contains("に終わりました"));
}

#[test]
fn a_purge_that_was_interrupted_is_finished_by_the_next() {
    let project = closed();
    let store = store::open(&project.path("private")).expect("a store");
    store.close_batch("every", &["word".to_owned(), "line".to_owned()].into(), 1).expect("a batch");
    let purge = Purge { survey: "every".into(), day: Day::parse("2027-01-01").expect("a day"), answers: 30, invitations: 0, wiped: false };
    store.purge(&purge, "{}").expect("deleted");
    assert!(store.purge(&purge, "{}").is_err(), "once");
    // A reader in another process keeps its view of the file: the bytes cannot be wiped yet, and it says so
    assert!(!store.purges().expect("purges")[0].wiped);
    drop(store);
    let again = store::open(&project.path("private")).expect("a store");
    assert!(again.wipe().expect("wiped") && again.purges().expect("purges")[0].wiped);
    assert!(again.wipe().expect("nothing left to do"));
    drop(again);
    assert_eq!(found(&project), MARKS[3..], "only the list of links, which the command deletes");
}
