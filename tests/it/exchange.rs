//! Responses out and in again: nothing is lost, nothing is taken by halves, nothing runs in a spreadsheet.

use crate::loop_project::{Project, tree};
use crate::serve::{run, said};
use shirube::diagnostic::to_text;
use shirube::exchange::release::Release;
use shirube::exchange::responses_in::{self, Reading};
use shirube::exchange::{Style, responses_csv};
use shirube::language::{Day, Language};
use shirube::store;
use shirube::survey::{Batch, Survey};

const HEAD: &str = "way,way_other,line,fruit.apple,fruit.pear,fruit.plum,fruit.none,fruit.other,fruit_other,shoes,mood,rooms_big,rooms_small,minutes,since,word";
/// Every kind of question in every state that it can be in.
pub(crate) const ROWS: &[&str] = &[
    "train,_skipped,山手線,1,1,0,0,0,_skipped,_not_shown,5,1,3,12.5,2020-04-01,また来ます",
    "foot,_skipped,_not_shown,_declined,_declined,_declined,_declined,_declined,_declined,_declined,_declined,_skipped,_skipped,_declined,_declined,_declined",
    "other,自転車,_not_shown,0,0,0,1,0,_skipped,_not_shown,1,2,_skipped,-5,1990-01-01,_declined",
    "foot,_skipped,_not_shown,0,0,1,0,1,びわ,3,3,3,3,200,2030-12-31,\"二行\nあります, \"\"と\"\"言う\"",
    "other,=1+1,_not_shown,1,0,0,0,0,_skipped,_not_shown,2,1,1,0,2000-02-29,'=HYPERLINK(A1)",
];

pub(crate) fn table(rows: &[&str]) -> String {
    format!("{HEAD}\r\n{}\r\n", rows.join("\r\n"))
}

pub(crate) fn survey() -> Survey {
    let project = Project::small();
    shirube::pipeline::load(project.root()).expect("content").catalog.surveys["every"].clone()
}

/// The release of batches, nobody's attributes among them.
pub(crate) fn release<'s>(survey: &'s Survey, batches: &[Batch]) -> Release<'s> {
    Release::of(survey, batches)
}

fn rows(survey: &Survey, batches: &[Batch]) -> String {
    responses_csv::rows(&release(survey, batches), Style::CODES)
}

fn texts(survey: &Survey, batches: &[Batch]) -> String {
    responses_csv::texts(&release(survey, batches))
}

pub(crate) fn today() -> Day {
    Day::parse("2026-11-20").expect("a day")
}

/// Reads a table, stores it and closes its batch, as import and build do.
pub(crate) fn batches(survey: &Survey, csv: &[u8]) -> Vec<Batch> {
    let read = responses_in::read(survey, "answers.csv", csv, Reading::default(), today());
    assert!(!read.diagnostics.has_errors(), "{}", to_text(&read.diagnostics, &read.sources, Language::English));
    let folder = tempfile::tempdir().expect("a folder");
    let store = store::open(folder.path()).expect("a store");
    store.import(read.responses, store::Ticket::of("every", csv), shirube::server::terms(survey), Vec::new()).expect("stored");
    store.close_batch("every", &survey.text_variables(), 1).expect("a batch");
    store.batches("every").expect("batches")
}

#[test]
fn every_kind_in_every_state_comes_back_as_it_went() {
    let survey = survey();
    let first = batches(&survey, table(ROWS).as_bytes());
    assert_eq!(first.len(), 1);
    let states = format!("{:?}", first[0].columns);
    for state in ["NotShown", "Skipped", "Declined", "Given(Choice(", "Given(Choices(", "Given(Number(\"12.5\")", "Given(Date("] {
        assert!(states.contains(state), "no answer is {state}: {states}");
    }
    let out = rows(&survey, &first);
    let second = batches(&survey, out.as_bytes());
    assert_eq!(first[0].columns, second[0].columns);
    assert_eq!(rows(&survey, &second), out);
    // Texts leave apart from the rows, and sorted
    for text in ["山手線", "自転車", "また来ます", "びわ", "HYPERLINK"] {
        assert!(!out.contains(text), "{text} stands beside answers");
    }
    assert_eq!(texts(&survey, &first), "question,text\r\n", "a few writers are known by their style");
    let many: Vec<Batch> = std::iter::repeat_n(first[0].clone(), 10).collect();
    let all = texts(&survey, &many);
    let lines: Vec<&str> = all.lines().filter(|line| !line.starts_with("word,")).collect();
    assert_eq!(lines[..1], ["question,text"]);
    for line in ["way_other,'=1+1", "way_other,自転車", "line,山手線", "fruit_other,びわ"] {
        assert!(lines.contains(&line), "{line} is not among {all}");
    }
    assert!(all.contains("word,'=HYPERLINK(A1)\r\n") && all.contains("\"二行\nあります, \"\"と\"\"言う\""), "{all}");
    for line in all.lines().chain(out.lines()) {
        for field in line.trim_start_matches('\u{FEFF}').split(',') {
            let opens = field.trim_start_matches('"').starts_with(['=', '+', '@', '\t']);
            assert!(!opens, "a spreadsheet would run {field}");
        }
    }
    assert!(out.contains(",-5,"), "a negative number stays a number: {out}");
}

#[test]
fn rows_tell_neither_order_nor_batch() {
    let survey = survey();
    let mut turned: Vec<&str> = ROWS.to_vec();
    turned.rotate_left(2);
    let (one, other) = (batches(&survey, table(ROWS).as_bytes()), batches(&survey, table(&turned).as_bytes()));
    assert_eq!(rows(&survey, &one), rows(&survey, &other));
    let (first, second) = ROWS.split_at(2);
    let parts: Vec<Batch> = [first, second].iter().flat_map(|rows| batches(&survey, table(rows).as_bytes())).collect();
    assert_eq!(rows(&survey, &parts), rows(&survey, &one));
}

#[test]
fn a_table_from_japanese_excel_is_read() {
    let survey = survey();
    let utf8 = table(ROWS);
    let (cp932, _, lossy) = encoding_rs::SHIFT_JIS.encode(&utf8);
    assert!(!lossy && cp932.as_ref() != utf8.as_bytes());
    let read = responses_in::read(&survey, "answers.csv", &cp932, Reading::default(), today());
    assert_eq!(read.label, "Shift_JIS (CP932)");
    assert_eq!(texts(&survey, &batches(&survey, &cp932)), texts(&survey, &batches(&survey, utf8.as_bytes())));
    assert_eq!(batches(&survey, format!("\u{FEFF}{utf8}").as_bytes()), batches(&survey, utf8.as_bytes()));
}

#[test]
fn refused_rows_are_named_and_nothing_is_taken() {
    let project = Project::small();
    // Each: a row, and the column and words of the complaint about it
    let faulty: &[(&str, &str, &str)] = &[
        ("rocket,_skipped,_not_shown,1,0,0,0,0,_skipped,_not_shown,5,1,1,1,2020-04-01,a", ":1", "not on offer"),
        ("foot,_skipped,_not_shown,1,0,0,0,0,_skipped,3,9,1,1,1,2020-04-01,a", ":47", "mood: this value is not on offer"),
        ("foot,_skipped,_not_shown,1,0,0,0,0,_skipped,3,5,1,1,many,2020-04-01,a", ":53", "not a number"),
        ("foot,_skipped,_not_shown,1,0,0,0,0,_skipped,3,5,1,1,1,2020-02-31,a", ":55", "not a date"),
        ("foot,_skipped,_not_shown,1,1,1,0,0,_skipped,3,5,1,1,1,2020-04-01,a", ":26", "at most 2"),
        ("train,_skipped,線,1,0,0,0,0,_skipped,3,5,1,1,1,2020-04-01,a", ":37", "“shoes” would not have been asked"),
        ("train,_skipped,_skipped,1,0,0,0,0,_skipped,_not_shown,5,1,1,1,2020-04-01,a", ":16", "line: there is no answer"),
    ];
    let rows: Vec<&str> = std::iter::once(ROWS[0]).chain(faulty.iter().map(|(row, ..)| *row)).collect();
    project.write("answers.csv", table(&rows));
    let file = project.path("answers.csv").to_string_lossy().into_owned();
    let output = run(&project, &["import", "responses", "every", &file]);
    assert_eq!(output.status.code(), Some(1));
    let words = said(&output);
    for (number, (row, column, complaint)) in faulty.iter().enumerate() {
        assert!(words.contains(&format!("answers.csv:{}{column}", number + 3)), "line {} of {row}:\n{words}", number + 3);
        assert!(words.contains(complaint), "{complaint}:\n{words}");
    }
    assert!(words.contains("Read 8 rows (UTF-8); 7 had faults. None was taken."), "{words}");
    assert!(!project.path("private").exists(), "nothing was begun");
    // Columns that are missing, or that nobody knows
    project.write("answers.csv", table(ROWS).replace("mood", "mod"));
    let words = said(&run(&project, &["import", "responses", "every", &file]));
    assert!(words.contains("no column “mod”") && words.contains("“mood”"), "{words}");
    let output = run(&project, &["import", "responses", "nobody", &file]);
    assert_eq!(output.status.code(), Some(2));
    let output = run(&project, &["import", "responses", "every", &project.path("none.csv").to_string_lossy()]);
    assert!(output.status.code() == Some(3) && said(&output).contains("none.csv"), "{}", said(&output));
}

#[test]
fn importing_and_exporting_again_changes_nothing() {
    let project = Project::small();
    project.write("answers.csv", table(ROWS));
    let path = |name: &str| project.path(name).to_string_lossy().into_owned();
    let import = |file: &str| {
        let output = run(&project, &["import", "responses", "every", &path(file), "--format", "json"]);
        assert_eq!(output.status.code(), Some(0), "{}", said(&output));
        serde_json::from_slice::<serde_json::Value>(&output.stdout).expect("JSON")
    };
    assert_eq!(import("answers.csv")["taken"], 5);
    assert_eq!(run(&project, &["build", "--today", "2026-11-20"]).status.code(), Some(0));
    let before = project.output();
    let again = import("answers.csv");
    assert_eq!((&again["taken"], &again["already"]), (&0.into(), &true.into()));
    assert_eq!(run(&project, &["build", "--today", "2026-11-20"]).status.code(), Some(0));
    assert_eq!(project.output(), before);
    // Out, and into another project: the same rows come out there
    assert_eq!(run(&project, &["export", "responses", "every", "--to", &path("out")]).status.code(), Some(0));
    let first = tree(&project.path("out"));
    assert_eq!(first.keys().collect::<Vec<_>>(), ["every-texts.csv", "every.csv"]);
    let refused = run(&project, &["export", "responses", "every", "--to", &path("out")]);
    assert!(refused.status.code() == Some(3) && said(&refused).contains("--force"), "{}", said(&refused));
    assert_eq!(tree(&project.path("out")), first);
    let other = Project::small();
    let output = run(&other, &["import", "responses", "every", &path("out/every.csv")]);
    assert_eq!(output.status.code(), Some(0), "{}", said(&output));
    assert_eq!(run(&other, &["build", "--today", "2026-11-20"]).status.code(), Some(0));
    let out = other.path("out").to_string_lossy().into_owned();
    assert_eq!(run(&other, &["export", "responses", "every", "--to", &out]).status.code(), Some(0));
    assert_eq!(tree(&other.path("out"))["every.csv"], first["every.csv"]);
    assert_eq!(other.read("output/small/reports/every.html"), project.read("output/small/reports/every.html"), "the figures agree");
}
