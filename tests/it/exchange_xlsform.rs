//! Surveys as XLSForm and back: identical for our own, every loss said for those of others.

use crate::loop_project::{Project, here};
use crate::serve::{run, said};
use shirube::content::spreadsheet::{Entry, SheetOut, xlsx};
use shirube::content::{workbook, yaml};
use shirube::diagnostic::{Diagnostics, Sources, to_text};
use shirube::exchange::{tree, xlsform};
use shirube::language::Language;
use shirube::survey::{Survey, read};
use std::path::PathBuf;

/// Every survey that the repository has.
fn surveys() -> Vec<(String, String)> {
    let mut all = Vec::new();
    for folder in ["content/surveys", "tests/sites/small/content/surveys", "tests/cases/base/content/surveys", "tests/forms", "tests/terms"]
    {
        let Ok(entries) = std::fs::read_dir(here().join(folder)) else { continue };
        let mut paths: Vec<PathBuf> = entries.map(|entry| entry.expect("an entry").path()).collect();
        paths.sort();
        for path in paths.iter().filter(|path| path.extension().is_some_and(|extension| extension == "yaml")) {
            let name = path.file_stem().expect("a name").to_string_lossy().into_owned();
            all.push((name, std::fs::read_to_string(path).expect("a survey")));
        }
    }
    all
}

fn parsed(name: &str, text: &str) -> (serde_json::Value, Survey) {
    let mut diagnostics = Diagnostics::new();
    let file = format!("{name}.yaml").into();
    let node = yaml::parse(&file, text, 1, &mut diagnostics).expect("YAML");
    let survey = read::read(name, &node, &Language::ALL, &mut diagnostics);
    let mut sources = Sources::default();
    sources.insert(file, text.into());
    assert!(!diagnostics.has_errors(), "{name}: {}\n{text}", to_text(&diagnostics, &sources, Language::English));
    (tree::normal(tree::tree(&node)), survey)
}

#[test]
fn our_own_surveys_come_back_identical() {
    let surveys = surveys();
    assert!(surveys.len() >= 2);
    for (name, text) in surveys {
        let (own, survey) = parsed(&name, &text);
        let written = tree::survey_yaml(&own);
        let (again, same) = parsed(&name, &written);
        assert_eq!(tree::survey_yaml(&again), written, "{name} is written otherwise the second time");
        assert_eq!(same.variables(), survey.variables(), "{name} asks the same");
        let (sheets, _) = xlsform::write::sheets(&own, &survey, &Language::ALL);
        let bytes = xlsx("t", &sheets).expect("a workbook");
        let (back, diagnostics) = xlsform::read::survey("a.xlsx", &workbook::read("a.xlsx", &bytes).expect("sheets"), &Language::ALL);
        assert!(diagnostics.is_empty(), "{name}: {}", to_text(&diagnostics, &Sources::default(), Language::English));
        assert_eq!(tree::survey_yaml(&back.expect("a survey")), written, "{name}");
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
        "A17: “begin_repeat”",
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

/// Surveys of every construct: each kind of question with each need, conditions of every operator, scales, random order, piping.
fn written_here() -> Vec<(String, String)> {
    const HEAD: &str = "title: {ja: 題, en: Title}\nlead: {ja: はじめに, en: To begin}\nminutes: 3\nmode: anonymous\npurpose: {ja: 目的, en: Purpose}\npages:\n  - id: first\n    title: {ja: 一, en: One}\n    lead: {ja: 読む, en: Read}\n    questions:\n";
    let questions = [
        (
            "way",
            "kind: single_choice\n        choices: [{id: train, text: {ja: 電車, en: Train}}, {id: foot, text: {ja: 歩き, en: Foot}}]\n        other: {ja: ほか, en: Other}",
        ),
        (
            "few",
            "kind: multiple_choice\n        order: random\n        at_most: 2\n        choices:\n          - {id: a, text: A}\n          - {id: b, text: {ja: い, en: B}}\n          - {id: none, text: {ja: なし, en: None}, exclusive: true, pin: true}",
        ),
        ("mood", "kind: scale\n        points: 5\n        ends: [{ja: わるい, en: Bad}, {ja: よい, en: Good}]\n        favourable: low"),
        ("full", "kind: scale\n        points: 3\n        labels: [{ja: 低, en: Low}, {ja: 中, en: Mid}, {ja: 高, en: High}]"),
        (
            "rooms",
            "kind: grid\n        points: 5\n        ends: [{ja: わるい, en: Bad}, {ja: よい, en: Good}]\n        rows: [{id: big, text: {ja: 大, en: Big}}, {id: small, text: {ja: 小, en: Small}}]",
        ),
        ("age", "kind: number\n        minimum: 0\n        maximum: 120\n        unit: {ja: 歳, en: years}"),
        ("rate", "kind: number\n        decimals: 2"),
        ("word", "kind: short_text\n        max_length: 40"),
        ("more", "kind: long_text"),
        ("since", "kind: date\n        earliest: 1990-01-01\n        latest: 2030-12-31"),
    ];
    let conditions = [
        "way = 'train'",
        "way != 'train'",
        "few contains 'a'",
        "not few contains 'a'",
        "mood >= 4",
        "mood != 3 and age < 30",
        "mood + 1 > age / 2",
        "answered(word)",
        "not answered(word) or age = 3",
        "count(mood, full, age) >= 2",
        "sum(mood, full) > 3",
        "mean(mood, rooms_big) <= 2.5",
        "since < '2020-01-01'",
        "since <= today",
        "score(joy) >= 3",
        "mood = full",
        "-age < 3",
        "way = 'other' and (mood > 2 or full > 1)",
        "word != 'it'",
        "score(joy) != 4",
    ];
    let needs = ["required", "optional", "declinable"];
    conditions
        .iter()
        .enumerate()
        .map(|(number, condition)| {
            let mut text = HEAD.to_owned();
            for (at, (id, kind)) in questions.iter().enumerate() {
                let need = needs[(at + number) % 3];
                text += &format!("      - id: {id}\n        text: {{ja: 「{id}」は？, en: \"What, {id}: 'it'?\"}}\n        need: {need}\n        {kind}\n");
            }
            text += &format!(
                "  - id: second\n    show_if: \"{condition}\"\n    order: random\n    questions:\n      - id: why\n        kind: short_text\n        text: {{ja: \"{{{{word | それ}}}}はなぜ？\", en: \"Why {{{{word | that}}}}?\"}}\n        hint: {{ja: ヒント, en: Hint}}\n        sensitive: true\nscales:\n  - id: joy\n    label: {{ja: 喜び, en: Joy}}\n    items: [mood, rooms_big, rooms_small]\n    reversed: [mood]\n    min_answered: 2\n"
            );
            (format!("form-{number}"), text)
        })
        .collect()
}

fn all() -> Vec<(String, String)> {
    surveys().into_iter().chain(written_here()).collect()
}

#[test]
fn forms_of_every_construct_come_back_identical() {
    for (name, text) in written_here() {
        let (own, survey) = parsed(&name, &text);
        let (sheets, _) = xlsform::write::sheets(&own, &survey, &Language::ALL);
        let bytes = xlsx("t", &sheets).expect("a workbook");
        let (back, diagnostics) = xlsform::read::survey("a.xlsx", &workbook::read("a.xlsx", &bytes).expect("sheets"), &Language::ALL);
        assert!(diagnostics.is_empty(), "{name}: {}", to_text(&diagnostics, &Sources::default(), Language::English));
        assert_eq!(tree::survey_yaml(&back.expect("a survey")), tree::survey_yaml(&own), "{name}");
    }
}

/// What we write is read by pyxform, the program that Kobo and ODK read forms with. It stands where tests/reference/prepare puts it;
/// the full test run wants it there.
#[test]
fn pyxform_accepts_what_we_write() {
    let target = std::env::var_os("CARGO_TARGET_DIR").map_or_else(|| here().join("target"), PathBuf::from);
    let python = ["bin/python", "Scripts/python.exe"].map(|inside| target.join("reference/venv").join(inside));
    let Some(python) = python.iter().find(|python| python.exists()) else {
        assert!(std::env::var_os("SHIRUBE_REFERENCE").is_none(), "tests/reference/prepare has not run");
        return;
    };
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
