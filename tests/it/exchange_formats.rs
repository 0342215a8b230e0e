//! Every format of responses: the same rows, the same states, nothing lost, and programs of others read them.

use crate::exchange::{ROWS, batches, release, survey, table, today};
use crate::loop_project::{Project, tree};
use crate::serve::{run, said};
use shirube::content::workbook;
use shirube::diagnostic::to_text;
use shirube::exchange::responses_in::{self, Reading};
use shirube::exchange::{Multiple, Style, codebook, json_lines, responses_csv, spss, workbook as book};
use shirube::language::Language;
use shirube::survey::{Answer, Batch, Value};
use std::process::Command;

fn codes(batches: &[Batch]) -> String {
    responses_csv::rows(&release(&survey(), batches), Style::CODES)
}

/// The answers come back from what `bytes` say.
fn comes_back(name: &str, bytes: &[u8], sheet: Option<&str>) {
    let survey = survey();
    let first = batches(&survey, table(ROWS).as_bytes());
    let read = responses_in::read(&survey, name, bytes, Reading { mapping: None, sheet }, today());
    assert!(read.diagnostics.is_empty(), "{}", to_text(&read.diagnostics, &read.sources, Language::English));
    assert_eq!((read.rows, read.responses.len()), (ROWS.len(), ROWS.len()));
    let mut answers: Vec<Vec<Option<Answer>>> = read
        .responses
        .iter()
        .map(|one| release(&survey, &first).variables.iter().map(|variable| one.answers.get(&variable.id).cloned()).collect())
        .collect();
    answers.sort_unstable();
    assert_eq!(answers, release(&survey, &first).rows);
}

#[test]
fn labels_columns_and_workbooks_come_back_as_they_went() {
    let survey = survey();
    let first = batches(&survey, table(ROWS).as_bytes());
    let release = release(&survey, &first);
    for labels in [None, Some(Language::Japanese), Some(Language::English)] {
        for multiple in [Multiple::Columns, Multiple::OneColumn] {
            let out = responses_csv::rows(&release, Style { labels, multiple });
            comes_back("a.csv", &responses_csv::utf8(&out), None);
            let (bytes, lacking) = responses_csv::cp932(&out);
            assert!(lacking.is_empty(), "{lacking:?}");
            comes_back("a.csv", &bytes, None);
        }
    }
    for language in Language::ALL {
        let bytes = book::rows(&release, Multiple::OneColumn, language).expect("a workbook");
        comes_back("a.xlsx", &bytes, None);
        comes_back("a.xlsx", &bytes, Some("labels"));
        assert_eq!(bytes, book::rows(&release, Multiple::OneColumn, language).expect("a workbook"));
        let sheets = workbook::read("a.xlsx", &bytes).expect("sheets");
        assert_eq!(sheets.iter().map(|sheet| sheet.name.as_str()).collect::<Vec<&str>>(), ["data", "labels", "codebook"]);
    }
    let words = responses_csv::rows(&release, Style { labels: Some(Language::Japanese), multiple: Multiple::OneColumn });
    for word in [
        "どう通いますか。",
        "電車",
        "りんご; なし",
        "（尋ねていない）",
        "（無回答）",
        "（答えたくない）",
        "5 よい",
        "部屋はどうですか。 [大きな部屋]",
    ] {
        assert!(words.contains(word), "{word} is missing from {words}");
    }
}

#[test]
fn json_lines_keep_types_and_states_apart() {
    let survey = survey();
    let first = batches(&survey, table(ROWS).as_bytes());
    let out = json_lines::rows(&release(&survey, &first));
    let rows: Vec<serde_json::Value> = out.lines().map(|line| serde_json::from_str(line).expect("JSON")).collect();
    assert_eq!(rows.len(), ROWS.len());
    let train = rows.iter().find(|row| row["way"] == "train").expect("the train");
    assert_eq!(train["fruit"], serde_json::json!(["apple", "pear"]));
    assert_eq!(train["shoes"], serde_json::json!({"state": "not_shown"}));
    assert_eq!((&train["minutes"], &train["mood"], &train["since"]), (&12.5.into(), &"5".into(), &"2020-04-01".into()));
    let states: Vec<&serde_json::Value> = rows.iter().map(|row| &row["fruit"]["state"]).collect();
    assert!(states.contains(&&"declined".into()));
    assert!(rows.iter().all(|row| row.get("word").is_none()), "texts leave apart");
}

#[test]
fn the_codebook_says_what_every_cell_means() {
    let survey = survey();
    let first = batches(&survey, table(ROWS).as_bytes());
    let release = release(&survey, &first);
    let book: serde_json::Value = serde_json::from_str(&codebook::json(&release)).expect("JSON");
    assert_eq!((&book["n"], &book["format"]), (&5.into(), &"shirube-codebook".into()));
    let of = |id: &str| book["variables"].as_array().expect("a list").iter().find(|one| one["id"] == id).expect(id).clone();
    assert_eq!(of("shoes")["n"], 1);
    assert_eq!(of("shoes")["without_answer"], serde_json::json!({"not_shown": 3, "skipped": 0, "declined": 1, "withheld": 0}));
    assert_eq!(of("way")["values"][0], serde_json::json!({"code": "train", "label": {"ja": "電車", "en": "By train"}}));
    assert_eq!(of("rooms_big")["text"]["en"], "How are the rooms? [The big room]");
    assert_eq!(of("word")["in_rows"], false);
    assert!(of("word").get("n").is_none() && of("word")["held_back"] == true, "a handful of writers is not counted");
    let page = codebook::page(&release);
    for word in ["<code>way</code>", "電車", "By train", "_declined", "How are the rooms? [The small room]"] {
        assert!(page.contains(word), "{word}");
    }
}

#[test]
fn answers_to_what_is_gone_stay_in_every_format() {
    let mut survey = survey();
    let mut first = batches(&survey, table(ROWS).as_bytes());
    // One choice was removed since, and one question
    first[0].columns.insert("gone".to_owned(), vec![Answer::Given(Value::Choice("a".to_owned())); 5].into());
    for question in survey.pages.iter_mut().flat_map(|page| &mut page.questions) {
        if let shirube::survey::question::Kind::SingleChoice { choices, .. } = &mut question.kind {
            choices.retain(|choice| choice.id != "train");
        }
    }
    let release = release(&survey, &first);
    assert_eq!(release.retired.iter().map(String::as_str).collect::<Vec<&str>>(), ["gone", "way.train"]);
    let out = responses_csv::rows(&release, Style::CODES);
    assert!(out.lines().next().expect("a head").ends_with(",gone") && out.contains("train,"), "{out}");
    assert_eq!(out.lines().count(), 6);
    let book: serde_json::Value = serde_json::from_str(&codebook::json(&release)).expect("JSON");
    let way = &book["variables"][0];
    assert_eq!(way["values"].as_array().expect("values").last().expect("one")["retired"], true);
}

/// PSPP reads the syntax and finds values, labels and missing values as we meant them. The full test run wants it there.
#[test]
fn pspp_reads_the_syntax() {
    let here = Command::new("pspp").arg("--version").output().is_ok_and(|output| output.status.success());
    if !here {
        assert!(std::env::var_os("SHIRUBE_REFERENCE").is_none(), "there is no pspp: tests/install brings it");
        return;
    }
    let survey = survey();
    let first = batches(&survey, table(ROWS).as_bytes());
    let spss = spss::spss(&release(&survey, &first), "every-spss.csv", Language::Japanese);
    let folder = tempfile::tempdir().expect("a folder");
    std::fs::write(folder.path().join("every-spss.csv"), &spss.table).expect("a file");
    let more = "DISPLAY DICTIONARY.\nMRSETS /DISPLAY NAME=ALL.\nFREQUENCIES way fruit.apple shoes since.\nDESCRIPTIVES minutes.\nLIST minutes since.\n";
    std::fs::write(folder.path().join("every.sps"), format!("{}{more}", spss.syntax)).expect("a file");
    let output = Command::new("pspp")
        .args(["--syntax-encoding=UTF-8", "-O", "format=csv", "-o", "out.csv", "every.sps"])
        .env("LC_ALL", "C.UTF-8")
        .current_dir(folder.path())
        .output()
        .expect("pspp runs");
    let out = std::fs::read_to_string(folder.path().join("out.csv")).unwrap_or_default();
    let words = format!("{}{}{out}", String::from_utf8_lossy(&output.stdout), String::from_utf8_lossy(&output.stderr));
    assert!(output.status.success() && !words.contains("error:") && !words.contains("warning:"), "{words}");
    for word in [
        "どう通いますか。",
        "電車",
        "そのほか",
        "りんご | 好きな果物はどれですか。",
        "not shown / 尋ねていない",
        "2020/04/01",
        "1990/01/01",
        "12.5",
        "-5.0",
    ] {
        assert!(out.contains(word), "{word} is missing: {words}");
    }
    // Of five one answered, one declined, three were not asked: the states are missing, and apart
    for line in [",not shown / 尋ねていない,3,60.0%", "Missing,declined / 答えたくない,1,20.0%", "Valid,3 よい,1,20.0%,100.0%"]
    {
        assert!(out.contains(line), "{line} is missing: {words}");
    }
}

#[test]
fn missing_values_lie_below_every_answer() {
    let survey = survey();
    let low = "foot,_skipped,_not_shown,0,0,1,0,0,_skipped,3,3,3,3,-5,2030-12-31,a";
    let mut lower = survey.clone();
    for question in lower.pages.iter_mut().flat_map(|page| &mut page.questions) {
        if let shirube::survey::question::Kind::Number { minimum, .. } = &mut question.kind {
            *minimum = None;
        }
    }
    for (survey, number, missing) in
        [(&survey, "-5", "-97, -98, -99"), (&lower, "-97", "-997, -998, -999"), (&lower, "-1000", "-9997, -9998, -9999")]
    {
        let first = batches(survey, table(&[low.replace("-5", number).as_str(); 5]).as_bytes());
        let spss = spss::spss(&release(survey, &first), "a.csv", Language::English);
        assert!(spss.syntax.contains(&format!("MISSING VALUES minutes ({missing}).")), "{}", spss.syntax);
    }
}

#[test]
fn every_format_says_what_it_wrote_and_what_stays() {
    let project = Project::small();
    project.write("answers.csv", table(ROWS));
    let path = |name: &str| project.path(name).to_string_lossy().into_owned();
    assert_eq!(run(&project, &["import", "responses", "every", &path("answers.csv")]).status.code(), Some(0));
    assert_eq!(run(&project, &["build", "--today", "2026-11-20"]).status.code(), Some(0));
    project.write("more.csv", table(&ROWS[..1]));
    assert_eq!(run(&project, &["import", "responses", "every", &path("more.csv")]).status.code(), Some(0));
    for (format, files) in [
        ("csv", &["every-texts.csv", "every.csv"][..]),
        ("xlsx", &["every-texts.xlsx", "every.xlsx"]),
        ("jsonl", &["every-texts.jsonl", "every.jsonl"]),
        ("spss", &["every-spss.csv", "every-texts.csv", "every.sps"]),
        ("codebook", &["every-codebook.html", "every-codebook.json"]),
    ] {
        let out = path(format);
        let output = run(&project, &["export", "responses", "every", "--to", &out, "--format", format]);
        let words = said(&output);
        assert_eq!(output.status.code(), Some(0), "{words}");
        assert!(words.contains("Wrote 5 of 5 stored responses"), "{words}");
        assert!(words.contains("wait for their batch") && words.contains("Texts leave as soon as 10 people"), "{words}");
        let written = tree(&project.path(format));
        assert_eq!(written.keys().map(String::as_str).collect::<Vec<&str>>(), files);
        let refused = run(&project, &["export", "responses", "every", "--to", &out, "--format", format]);
        assert!(refused.status.code() == Some(3) && said(&refused).contains("--force"), "{}", said(&refused));
        let again = run(&project, &["export", "responses", "every", "--to", &out, "--format", format, "--force"]);
        assert_eq!(again.status.code(), Some(0));
        assert_eq!(tree(&project.path(format)), written, "{format} changes from one time to the next");
    }
    let out = path("labels");
    let output =
        run(&project, &["export", "responses", "every", "--to", &out, "--labels", "en", "--multiple", "one", "--encoding", "cp932"]);
    assert_eq!(output.status.code(), Some(0), "{}", said(&output));
    let bytes = tree(&project.path("labels"))["every.csv"].clone();
    assert!(!bytes.starts_with(b"\xEF\xBB\xBF") && bytes.starts_with(b"How do you come here?"), "{}", String::from_utf8_lossy(&bytes));
    assert_eq!(codes(&[]).lines().count(), 1, "no answers are a head alone");
}
