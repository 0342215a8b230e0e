//! Sites and copies: what a site has shown counts, whatever became of the answers since.

use crate::loop_project::{Project, Served, changes, copy, text};
use crate::serve::{Serving, run, said};
use shirube::store;

const HEAD: &str =
    "way,way_other,line,fruit.apple,fruit.pear,fruit.plum,fruit.none,fruit.other,shoes,mood,rooms_big,rooms_small,minutes,since";

/// Rows of these people; nobody else has the same number.
fn rows(people: std::ops::Range<usize>) -> String {
    let row = |number: usize| format!("train,_skipped,山手線,1,0,0,0,0,_not_shown,{},2,3,{number},2020-01-01\r\n", number % 5 + 1);
    format!("{HEAD}\r\n{}", people.map(row).collect::<String>())
}

fn good(project: &Project, arguments: &[&str]) {
    let output = run(project, arguments);
    assert_eq!(output.status.code(), Some(0), "{arguments:?}: {}", said(&output));
}

/// People answer, and a build shows what may be shown.
fn step(project: &Project, people: std::ops::Range<usize>) {
    let name = format!("{}.csv", people.start);
    project.write(&name, rows(people));
    good(project, &["import", "responses", "every", &project.path(&name).to_string_lossy()]);
    good(project, &["build", "--quiet"]);
}

fn back_up(project: &Project, name: &str) {
    good(project, &["backup", "--to", &project.path("made").to_string_lossy(), "--today", "2026-11-20"]);
    std::fs::rename(project.path("made/2026-11-20"), project.path(name)).expect("a move");
}

fn restore(project: &Project, copies: &[&str]) -> std::process::Output {
    let copies: Vec<String> = copies.iter().map(|name| project.path(name).to_string_lossy().into_owned()).collect();
    let all: Vec<&str> = ["restore", "--today", "2026-11-24"].into_iter().chain(copies.iter().map(String::as_str)).collect();
    run(project, &all)
}

/// How many people every figure of the survey counts.
fn shown(project: &Project) -> u64 {
    let output = run(project, &["figures", "every"]);
    let figures: serde_json::Value = serde_json::from_slice(&output.stdout).unwrap_or_else(|_| panic!("{}", said(&output)));
    figures["shown"].as_u64().expect("a number")
}

/// The last page of the report that anybody saw.
fn seen(project: &Project) -> String {
    project.read("output/.shown/small/publications.json")
}

#[test]
fn a_site_that_shows_what_the_ledger_does_not_know_stops_everything() {
    let project = Project::small();
    step(&project, 0..5);
    back_up(&project, "older");
    step(&project, 5..10);
    back_up(&project, "newer");
    let before = project.output();
    std::fs::rename(project.path("private"), project.path("gone")).expect("a move");
    copy(&project.path("older"), &project.path("private"));
    let kept = std::fs::read(project.path("private/answers.sqlite")).expect("a file");
    for command in [&["build"][..], &["figures", "every"], &["purge"]] {
        let output = run(&project, command);
        assert_eq!(output.status.code(), Some(3), "{command:?}: {}", said(&output));
        let words = said(&output);
        assert!(words.contains("error[unknown-publication]") && words.contains("publications.json:2:3"), "{words}");
        assert!(words.contains("shirube restore"), "{words}");
        assert_eq!((changes(&before, &project.output()), output.stdout.len()), (Vec::new(), 0), "{command:?}");
    }
    assert_eq!(store::open(&project.path("private")).expect("a store").ledger("every").expect("a ledger").len(), 1, "nothing was counted");
    assert!(!kept.is_empty());
    // The server says the same to the person at this machine, and takes nothing
    let mut served = Served::of(project);
    let reply = served.get("/surveys/every.html");
    assert!(reply.status() == 503 && text(&reply).contains("publications.json"), "{}", text(&reply));
    let project = std::mem::replace(&mut served.project, Project::small());
    drop(served);
    assert_eq!(changes(&before, &project.output()), [""; 0]);
    // The newer copy puts it right
    let output = restore(&project, &["newer"]);
    assert_eq!(output.status.code(), Some(0), "{}", said(&output));
    good(&project, &["build", "--quiet"]);
    assert_eq!(changes(&before, &project.output()), [""; 0]);
    assert_eq!(shown(&project), 10);
}

#[test]
fn a_running_server_holds_the_store() {
    let project = Project::small();
    step(&project, 0..5);
    back_up(&project, "copy");
    let server = Serving::start(&project);
    let output = restore(&project, &["copy"]);
    assert!(output.status.code() == Some(3) && said(&output).contains("stop every shirube"), "{}", said(&output));
    drop(server);
}

/// How many come after the copy and are lost with the disk, how many come afterwards: whoever compares the last site of before with any of
/// after never finds fewer than k people between them.
#[test]
fn whoever_compares_the_sites_of_before_and_after_learns_nothing_of_few() {
    for (lost, later) in [(5, 1), (5, 4), (5, 5), (10, 6), (10, 11), (12, 3), (20, 9)] {
        let project = Project::small();
        step(&project, 0..10);
        back_up(&project, "copy");
        for start in (10..10 + lost).step_by(5) {
            step(&project, start..(start + 5).min(10 + lost));
        }
        let mut all = vec![shown(&project)];
        let before = seen(&project);
        std::fs::remove_dir_all(project.path("private")).expect("removed");
        let output = restore(&project, &["copy"]);
        assert_eq!(output.status.code(), Some(0), "{}", said(&output));
        assert!(said(&output).contains("are in no copy") || lost < 5, "{}", said(&output));
        let known = store::open(&project.path("private")).expect("a store").ledger("every").expect("a ledger");
        // Everything that the site had shown is known
        for publication in known.iter().skip(1) {
            assert!(before.contains(&format!("\"batches\": {}", publication.batches)), "{before}");
        }
        good(&project, &["build", "--quiet"]);
        all.push(shown(&project));
        for start in 0..3 {
            step(&project, 100 + start * later..100 + (start + 1) * later);
            all.push(shown(&project));
        }
        good(&project, &["close", "every"]);
        good(&project, &["build", "--quiet"]);
        all.push(shown(&project));
        for (number, one) in all.iter().enumerate() {
            for other in &all[number + 1..] {
                let difference = one.abs_diff(*other);
                assert!(difference == 0 || difference >= 5, "{lost} lost, {later} later: {all:?}");
            }
        }
        // Nothing that was ever shown has left the site's own list
        let ledger = store::open(&project.path("private")).expect("a store").ledger("every").expect("a ledger");
        assert!(known.iter().all(|one| ledger.contains(one)));
    }
}

#[test]
fn without_a_copy_the_sites_alone_fill_the_ledger() {
    let project = Project::small();
    step(&project, 0..5);
    step(&project, 5..10);
    std::fs::remove_dir_all(project.path("private")).expect("removed");
    assert_eq!(run(&project, &["build"]).status.code(), Some(3));
    assert_eq!(run(&project, &["restore"]).status.code(), Some(2), "of what?");
    good(&project, &["restore", "--shown"]);
    let ledger = store::open(&project.path("private")).expect("a store").ledger("every").expect("a ledger");
    assert_eq!(ledger.iter().map(|one| (one.batches, one.groups["everybody"])).collect::<Vec<_>>(), [(1, 5), (2, 10)]);
    good(&project, &["build", "--quiet"]);
    assert_eq!(shown(&project), 0);
    let again = run(&project, &["restore", "--shown"]);
    assert!(again.status.code() == Some(0) && said(&again).contains("Nothing was changed"), "{}", said(&again));
    // People answer anew
    step(&project, 100..106);
    assert_eq!(shown(&project), 0, "four fewer than before: one of the two would tell of four");
    step(&project, 106..118);
    assert_eq!(shown(&project), 18);
}

#[test]
fn answers_without_a_term_are_told() {
    let project = Project::small();
    let check = || said(&run(&project, &["check"]));
    assert!(!check().contains("never-due"), "nobody has answered");
    step(&project, 0..5);
    assert!(check().contains("warning[never-due]: The survey “every” has no day on which it ends"), "{}", check());
    assert!(check().contains("shirube close every"), "{}", check());
    assert!(said(&run(&project, &["purge"])).contains("every: has no day on which it ends"));
    good(&project, &["close", "every", "--today", "2026-11-20"]);
    assert!(!check().contains("never-due"));
    assert!(said(&run(&project, &["purge", "--today", "2026-11-21"])).contains("every: kept until 2027-11-20"));
    // A last day in the file is one, too
    good(&project, &["close", "every", "--reopen"]);
    project.edit("content/surveys/every.yaml", "minutes: 3\n", "minutes: 3\nclose: 2099-12-01\n");
    assert!(!check().contains("never-due"));
}

/// Whoever closes, exports and opens again after each answer never finds fewer than k people between two tables.
#[test]
fn closing_and_exporting_after_each_answer_tells_of_nobody() {
    let project = Project::small();
    let mut tables = Vec::new();
    for person in 0..7 {
        let name = format!("{person}.csv");
        project.write(&name, rows(person..person + 1));
        good(&project, &["import", "responses", "every", &project.path(&name).to_string_lossy()]);
        good(&project, &["close", "every"]);
        good(&project, &["build", "--quiet"]);
        let out = format!("out-{person}");
        good(&project, &["export", "responses", "every", "--to", &project.path(&out).to_string_lossy()]);
        tables.push(project.read(&format!("{out}/every.csv")).lines().count() - 1);
        good(&project, &["close", "every", "--reopen"]);
    }
    assert_eq!(tables, [0, 0, 0, 0, 5, 5, 5]);
    assert!(!project.path("output/small/publications.json").exists(), "what was shown stands in no site");
}
