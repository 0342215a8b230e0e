//! Ids that were changed after people had answered: `was:` reads their answers on, `check` says where it is missing.

use crate::exchange::{ROWS, table};
use crate::loop_project::{Project, tree};
use crate::serve::{run, said};

const FILE: &str = "content/surveys/every.yaml";

/// A project with thirty answers in a closed batch; then its file is changed.
fn answered(changes: &[(&str, &str)]) -> Project {
    let project = Project::small();
    // Without a last day, check would say that nothing is ever deleted
    project.edit(FILE, "minutes: 3\n", "minutes: 3\nclose: 2099-12-01\n");
    project.write("answers.csv", table(&ROWS.repeat(6)));
    let file = project.path("answers.csv").to_string_lossy().into_owned();
    assert_eq!(run(&project, &["import", "responses", "every", &file]).status.code(), Some(0));
    assert_eq!(run(&project, &["build", "--quiet"]).status.code(), Some(0));
    for (from, to) in changes {
        project.edit(FILE, from, to);
    }
    project
}

fn exported(project: &Project) -> (String, serde_json::Value) {
    let out = project.path("out");
    let folder = out.to_string_lossy().into_owned();
    for format in ["csv", "codebook"] {
        let output = run(project, &["export", "responses", "every", "--to", &folder, "--format", format, "--force"]);
        assert_eq!(output.status.code(), Some(0), "{}", said(&output));
    }
    let files = tree(&out);
    let book = files.iter().find(|(name, _)| name.ends_with(".json")).expect("a codebook").1;
    (String::from_utf8(files["every.csv"].clone()).expect("text"), serde_json::from_slice(book).expect("JSON"))
}

#[test]
fn a_renamed_question_choice_and_row_keep_their_answers_everywhere() {
    let plain = answered(&[]);
    let (before, _) = exported(&plain);
    let figures = |project: &Project| String::from_utf8(run(project, &["figures", "every"]).stdout).expect("text");
    let renamed = answered(&[
        ("id: mood\n", "id: feeling\n        was: mood\n"),
        ("{id: plum,", "{id: prune, was: [sumomo, plum],"),
        ("{id: big,", "{id: large, was: big,"),
    ]);
    renamed.edit("content/reports/every.yaml", "figure: mood", "figure: feeling");
    let (after, book) = exported(&renamed);
    let expected = before.replace("fruit.plum", "fruit.prune").replace(",mood,", ",feeling,").replace("rooms_big", "rooms_large");
    let sorted = |text: &str| {
        let mut lines: Vec<String> = text.lines().map(str::to_owned).collect();
        lines[1..].sort();
        lines
    };
    assert_eq!(sorted(&after), sorted(&expected));
    let json = |text: &str| serde_json::from_str::<serde_json::Value>(text).expect("JSON");
    let told = [
        ("\"mood\"", "\"feeling\""),
        ("every-mood", "every-feeling"),
        ("\"plum\"", "\"prune\""),
        ("rooms_big", "rooms_large"),
        ("\"big\"", "\"large\""),
    ];
    let expected = told.iter().fold(figures(&plain), |text, (from, to)| text.replace(from, to));
    assert!(expected.contains("\"value\""), "{expected}");
    assert_eq!(json(&figures(&renamed)), json(&expected));
    let entry = |id: &str| book["variables"].as_array().expect("variables").iter().find(|one| one["id"] == id).expect(id).clone();
    assert_eq!(entry("feeling")["formerly"], serde_json::json!(["mood"]));
    assert_eq!(entry("rooms_large")["formerly"], serde_json::json!(["rooms_big"]));
    let prune = entry("fruit")["values"].as_array().expect("values").iter().find(|one| one["code"] == "prune").expect("prune").clone();
    assert_eq!(prune["formerly"], serde_json::json!(["plum", "sumomo"]));
    assert!(said(&run(&renamed, &["check"])).contains("All is well"), "{}", said(&run(&renamed, &["check"])));
}

/// A table that left before a renaming comes back under the names of today.
#[test]
fn a_table_with_former_names_is_read() {
    let project = answered(&[]);
    let (before, _) = exported(&project);
    let file = project.path("before.csv");
    std::fs::write(&file, &before).expect("a file");
    let other = Project::small();
    for (from, to) in [
        ("id: mood\n", "id: feeling\n        was: mood\n"),
        ("{id: plum,", "{id: prune, was: [sumomo, plum],"),
        ("{id: big,", "{id: large, was: big,"),
        ("{id: train,", "{id: rail, was: train,"),
        ("way = 'train'", "way = 'rail'"),
    ] {
        other.edit(FILE, from, to);
    }
    other.edit("content/reports/every.yaml", "figure: mood", "figure: feeling");
    let output = run(&other, &["import", "responses", "every", &file.to_string_lossy()]);
    assert_eq!(output.status.code(), Some(0), "{}", said(&output));
    assert_eq!(run(&other, &["build", "--quiet"]).status.code(), Some(0));
    let (after, _) = exported(&other);
    let expected = before
        .replace("fruit.plum", "fruit.prune")
        .replace(",mood,", ",feeling,")
        .replace("rooms_big", "rooms_large")
        .replace("train", "rail");
    let sorted = |text: &str| {
        let mut lines: Vec<String> = text.lines().map(str::to_owned).collect();
        lines[1..].sort();
        lines
    };
    assert_eq!(sorted(&after), sorted(&expected));
}

#[test]
fn check_and_build_name_answers_that_nobody_would_read_any_more() {
    let project = answered(&[("id: minutes\n", "id: minute\n"), ("id: since\n", "id: commuting_from\n")]);
    project.edit("content/reports/every.yaml", "figure: minutes", "figure: minute");
    let stored = tree(&project.path("private"));
    for command in ["check", "build"] {
        let output = run(&project, &[command]);
        assert_eq!(output.status.code(), Some(0), "a warning");
        let words = said(&output);
        assert!(words.contains("warning[gone-id]: There are answers to “minutes”"), "{words}");
        assert!(
            words.contains("content/surveys/every.yaml:2:") && words.contains("If it is “minute” now, write “was: minutes” there."),
            "{words}"
        );
        assert!(words.contains("“since”") && words.contains("removed: [since]"), "{words}");
        if command == "check" {
            assert_eq!(tree(&project.path("private")), stored, "it only looked: no file is new, gone or different");
        }
    }
    assert_eq!(run(&project, &["check", "--strict"]).status.code(), Some(1));
    // Both ways of saying what became of it
    project.edit(FILE, "id: minute\n", "id: minute\n        was: minutes\n");
    project.edit(FILE, "minutes: 3\n", "minutes: 3\nremoved: [since]\n");
    assert!(said(&run(&project, &["check", "--strict"])).contains("All is well"));
    // The answers to what was taken out are still there
    let (rows, book) = exported(&project);
    assert!(rows.lines().next().expect("a head").ends_with(",since") && rows.contains("2000-02-29"), "{rows}");
    assert!(book["variables"].as_array().expect("variables").iter().any(|one| one["id"] == "since" && one["retired"] == true));
}

#[test]
fn an_answer_that_still_waits_is_noticed_too_and_a_project_without_answers_stays_without_a_folder() {
    let project = Project::small();
    assert_eq!(run(&project, &["check"]).status.code(), Some(0));
    assert!(!project.path("private").exists());
    project.write("answers.csv", table(&ROWS[..1]));
    let file = project.path("answers.csv").to_string_lossy().into_owned();
    assert_eq!(run(&project, &["import", "responses", "every", &file]).status.code(), Some(0));
    project.edit(FILE, "id: minutes\n", "id: minute\n");
    project.edit("content/reports/every.yaml", "figure: minutes", "figure: minute");
    let words = said(&run(&project, &["check"]));
    assert!(words.contains("There are answers to “minutes”"), "{words}");
}
