//! Surveys as XLSForm and back: identical for our own, every loss said for those of others.

use crate::exchange_forms::{all, parsed, same, surveys, written_here};
use crate::loop_project::{Project, here};
use crate::serve::{run, said};
use shirube::content::spreadsheet::{Entry, SheetOut, xlsx};
use shirube::content::workbook;
use shirube::diagnostic::{Sources, to_text};
use shirube::exchange::{tree, xlsform};
use shirube::language::Language;
use std::path::PathBuf;

#[test]
fn our_own_surveys_come_back_identical() {
    let surveys = surveys();
    assert!(surveys.len() >= 2);
    for (name, text) in surveys {
        let (own, survey) = parsed(&name, &text);
        let written = tree::survey_yaml(&own);
        let (again, reread) = parsed(&name, &written);
        assert_eq!(tree::survey_yaml(&again), written, "{name} is written otherwise the second time");
        assert_eq!(reread.variables(), survey.variables(), "{name} asks the same");
        let (sheets, _) = xlsform::write::sheets(&own, &survey, &Language::ALL);
        let bytes = xlsx("t", &sheets).expect("a workbook");
        let (back, diagnostics) = xlsform::read::survey("a.xlsx", &workbook::read("a.xlsx", &bytes).expect("sheets"), &Language::ALL);
        assert!(diagnostics.is_empty(), "{name}: {}", to_text(&diagnostics, &Sources::default(), Language::English));
        same(&name, &tree::survey_yaml(&back.expect("a survey")), &written);
    }
}

fn sheet(name: &str, rows: &[&[&str]]) -> SheetOut {
    SheetOut { name: name.to_owned(), rows: rows.iter().map(|row| row.iter().map(|text| Entry::text(*text)).collect()).collect() }
}

/// A form that somebody else wrote, with everything in it that the format has.
fn foreign() -> Vec<u8> {
    let survey = sheet(
        "survey",
        &[
            &[
                "type",
                "name",
                "label::English (en)",
                "label::日本語 (ja)",
                "hint::English (en)",
                "required",
                "relevant",
                "constraint",
                "appearance",
                "parameters",
                "calculation",
                "media::image",
                "default",
                "label::Français (fr)",
            ],
            &["start", "start"],
            &[
                "text",
                "Full Name",
                "Your name?",
                "お名前は？",
                "As written",
                "yes",
                "",
                "string-length(.) <= 30",
                "",
                "",
                "",
                "face.png",
                "",
                "Nom?",
            ],
            &["integer", "age", "Age?", "年齢は？", "", "", "", ". >= 18 and . < 100"],
            &["begin_group", "work", "Work", "仕事"],
            &["select_one yn", "working", "Do you work?", "働いていますか", "", "true"],
            &[
                "select_multiple why or_other",
                "why",
                "Why?",
                "なぜですか",
                "",
                "",
                "${working} = 'Yes' and ${age} != 20",
                "count-selected(.) <= 2",
                "",
                "randomize=true",
            ],
            &["begin_group", "deep", "Deeper", "深い", "", "", "${age} > 30"],
            &["decimal", "hours", "Hours?", "何時間？", "", "", "selected(${why}, 'pay')"],
            &["end_group"],
            &["end_group"],
            &["date", "since", "Since?", "いつから？", "", "", "", ". >= date('2000-01-01')"],
            &["select_one likert", "mood", "Mood?", "気分は？", "", "", "", "", "likert"],
            &["range", "rate", "Rate", "評価", "", "", "", "", "", "start=0 end=10 step=1"],
            &["geopoint", "where", "Where?", "どこ？"],
            &[
                "text",
                "long",
                "More, ${Full Name}?",
                "ほかに？",
                "",
                "",
                "pulldata('a', 'b', 'c', 'd') = 1",
                "regex(., '[a-z]+')",
                "multiline",
            ],
            &["begin_repeat", "jobs", "Jobs", "仕事の一覧"],
            &["text", "job", "Job?", "仕事は？"],
            &["end_repeat"],
        ],
    );
    let choices = sheet(
        "choices",
        &[
            &["list_name", "name", "label::English (en)", "label::日本語 (ja)"],
            &["yn", "Yes", "Yes", "はい"],
            &["yn", "No", "No", "いいえ"],
            &["why", "pay", "Pay", "給料"],
            &["why", "people", "People", "仲間"],
            &["likert", "1", "Bad", "わるい"],
            &["likert", "2", "2", "2"],
            &["likert", "3", "Good", "よい"],
        ],
    );
    let settings = sheet("settings", &[&["form_title", "form_id"], &["Work and life", "work_life"]]);
    xlsx("t", &[survey, choices, settings]).expect("a workbook")
}

#[test]
fn a_foreign_form_becomes_a_survey_and_every_loss_is_named() {
    let sheets = workbook::read("form.xlsx", &foreign()).expect("sheets");
    let (back, diagnostics) = xlsform::read::survey("form.xlsx", &sheets, &Language::ALL);
    let words = to_text(&diagnostics, &Sources::default(), Language::English);
    let text = tree::survey_yaml(&back.expect("a survey"));
    let (_, survey) = parsed("work", &text);
    for line in [
        "# name: Full Name",
        "kind: table",
        "at_most: 20",
        "id: full_name",
        "max_length: 30",
        "minimum: 18",
        "maximum: 99",
        "need: required",
        "order: random",
        "at_most: 2",
        "show_if: \"working = 'c_yes' and not (age = 20)\"",
        "earliest: 2000-01-01",
        "points: 3",
        "ends:",
        "kind: long_text",
        "{{full_name | …}}",
        "show_if: \"(age > 30) and (why contains 'pay')\"",
    ] {
        // Codes that are valid but for their capitals become small letters
        let line = line.replace("c_yes", "yes");
        assert!(text.contains(&line), "{line} is missing:\n{text}\n{words}");
    }
    assert_eq!(survey.title.in_language(Language::English), "Work and life");
    for loss in [
        "A2: “start”",
        "L3",
        "face.png",
        "N3",
        "A15: “geopoint”",
        "pulldata",
        "regex(., '[a-z]+')",
        "A17: the repeat is a table",
        "A8: “deep”",
        "“…” stands in",
    ] {
        assert!(words.contains(loss), "{loss} is not said:\n{words}");
    }
}

#[test]
fn files_that_are_no_forms_are_refused() {
    let project = Project::small();
    let path = |name: &str| project.path(name).to_string_lossy().into_owned();
    let no_form = xlsx("t", &[sheet("Tabelle1", &[&["a"], &["1"]])]).expect("a workbook");
    let nothing = xlsx("t", &[sheet("survey", &[&["type", "name", "label"], &["geopoint", "x", "X"]])]).expect("a workbook");
    for (bytes, complaint) in [
        (no_form, "no sheet “survey”"),
        (nothing, "not one question"),
        (b"type,name\ntext,a\n".to_vec(), "not an Excel workbook"),
        (b"PK\x03\x04garbage".to_vec(), "damaged or protected"),
    ] {
        project.write("form.xlsx", bytes);
        let output = run(&project, &["import", "survey", &path("form.xlsx")]);
        assert!(output.status.code() == Some(1) && said(&output).contains(complaint), "{}", said(&output));
        assert!(!project.path("content/surveys/form.yaml").exists());
    }
}

#[test]
fn the_round_by_the_command_line() {
    let project = Project::small();
    let path = |name: &str| project.path(name).to_string_lossy().into_owned();
    let output = run(&project, &["export", "survey", "every", "--to", &path("out")]);
    assert!(output.status.code() == Some(0) && said(&output).contains("cannot decline"), "{}", said(&output));
    let refused = run(&project, &["import", "survey", &path("out/every-form.xlsx"), "--id", "every"]);
    assert!(refused.status.code() == Some(3) && said(&refused).contains("--id"), "{}", said(&refused));
    let output = run(&project, &["import", "survey", &path("out/every-form.xlsx"), "--id", "again"]);
    assert_eq!(output.status.code(), Some(0), "{}", said(&output));
    let (own, _) = parsed("every", &project.read("content/surveys/every.yaml"));
    assert_eq!(project.read("content/surveys/again.yaml"), tree::survey_yaml(&own));
    assert_eq!(run(&project, &["check"]).status.code(), Some(0));
    project.write("foreign.xlsx", foreign());
    let output = run(&project, &["import", "survey", &path("foreign.xlsx")]);
    assert!(output.status.code() == Some(0) && said(&output).contains("geopoint"), "{}", said(&output));
    let output = run(&project, &["check"]);
    assert_eq!(output.status.code(), Some(0), "{}", said(&output));
}

#[test]
fn forms_of_every_construct_come_back_identical() {
    for (name, text) in written_here() {
        let (own, survey) = parsed(&name, &text);
        let (sheets, _) = xlsform::write::sheets(&own, &survey, &Language::ALL);
        let bytes = xlsx("t", &sheets).expect("a workbook");
        let (back, diagnostics) = xlsform::read::survey("a.xlsx", &workbook::read("a.xlsx", &bytes).expect("sheets"), &Language::ALL);
        assert!(diagnostics.is_empty(), "{name}: {}", to_text(&diagnostics, &Sources::default(), Language::English));
        same(&name, &tree::survey_yaml(&back.expect("a survey")), &tree::survey_yaml(&own));
    }
}

/// The Python of tests/reference/prepare; `None` where it does not stand ready and need not.
fn python() -> Option<PathBuf> {
    let target = std::env::var_os("CARGO_TARGET_DIR").map_or_else(|| here().join("target"), PathBuf::from);
    let python = ["bin/python", "Scripts/python.exe"].map(|inside| target.join("reference/venv").join(inside));
    let found = python.into_iter().find(|python| python.exists());
    assert!(found.is_some() || std::env::var_os("SHIRUBE_REFERENCE").is_none(), "tests/reference/prepare has not run");
    found
}

/// Forms in workbooks of before 2007: written by xlwt with a formula, a day and merged cells, and in the CP932 of Excel 95.
#[test]
fn old_workbooks_are_read() {
    let Some(python) = python() else { return };
    let folder = tempfile::tempdir().expect("a folder");
    let script = here().join("tests/reference/old_workbook.py");
    let output = std::process::Command::new(python).arg(script).arg(folder.path()).output().expect("Python runs");
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    for (name, foot, losses) in [("biff8.xls", "歩き〜①", &["B7:D7", "“merged”"][..]), ("biff5.xls", "歩き～①", &[])] {
        let bytes = std::fs::read(folder.path().join(name)).expect("a file");
        let sheets = workbook::read(name, &bytes).expect("sheets");
        let (back, diagnostics) = xlsform::read::survey(name, &sheets, &Language::ALL);
        let words = to_text(&diagnostics, &Sources::default(), Language::English);
        let text = tree::survey_yaml(&back.expect("a survey"));
        for line in
            ["title: 通勤のアンケート", "お名前は？", "need: required", "show_if: \"way = 'train'\"", "minimum: 18", "ja: 電車", foot]
        {
            assert!(text.contains(line), "{name}: {line} is missing:\n{text}\n{words}");
        }
        for loss in losses {
            assert!(words.contains(loss), "{name}: {loss} is not said:\n{words}");
        }
        if name == "biff8.xls" {
            assert!(text.contains("en: 2026-11-20"), "a day stays a day:\n{text}");
        }
    }
}

/// What we write is read by pyxform, the program that Kobo and ODK read forms with. It stands where tests/reference/prepare puts it;
/// the full test run wants it there.
#[test]
fn pyxform_accepts_what_we_write() {
    let Some(python) = python() else { return };
    let folder = tempfile::tempdir().expect("a folder");
    let mut count = 0;
    for (name, text) in all() {
        let (own, survey) = parsed(&name, &text);
        let (sheets, _) = xlsform::write::sheets(&own, &survey, &Language::ALL);
        std::fs::write(folder.path().join(format!("{count}-{name}.xlsx")), xlsx("t", &sheets).expect("a workbook")).expect("a file");
        count += 1;
    }
    assert!(count >= 20);
    let output =
        std::process::Command::new(python).arg(here().join("tests/reference/forms.py")).arg(folder.path()).output().expect("Python runs");
    let words = format!("{}{}", String::from_utf8_lossy(&output.stdout), String::from_utf8_lossy(&output.stderr));
    assert!(output.status.success() && words.contains(&format!("{count} forms accepted")), "{words}");
}
