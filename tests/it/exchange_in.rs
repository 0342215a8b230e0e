//! Tables of others: by labels, by a mapping, from workbooks; and what is wrong with them, each with its place. Saved sheets by folder.

use crate::exchange::{survey, today};
use crate::loop_project::Project;
use crate::serve::{run, said};
use shirube::content::spreadsheet::{Entry, SheetOut, xlsx};
use shirube::diagnostic::to_text;
use shirube::exchange::responses_in::{self, Read, Reading};
use shirube::language::Language;
use shirube::survey::{Answer, Value};
use std::io::Write;

fn book(rows: Vec<Vec<Entry>>) -> Vec<u8> {
    xlsx("t", &[SheetOut { name: "Form responses 1".to_owned(), rows }]).expect("a workbook")
}

fn texts(row: &str) -> Vec<Entry> {
    row.split('|').map(Entry::text).collect()
}

fn read(name: &str, bytes: &[u8]) -> (Read, String) {
    let read = responses_in::read(&survey(), name, bytes, Reading::default(), today());
    let words = to_text(&read.diagnostics, &read.sources, Language::English);
    (read, words)
}

/// A workbook whose parts are changed by hand.
fn changed(bytes: &[u8], part: &str, from: &str, to: &str) -> Vec<u8> {
    let mut archive = zip::ZipArchive::new(std::io::Cursor::new(bytes)).expect("an archive");
    let mut out = zip::ZipWriter::new(std::io::Cursor::new(Vec::new()));
    for index in 0..archive.len() {
        let mut file = archive.by_index(index).expect("a part");
        let name = file.name().expect("a name").into_owned();
        let mut text = Vec::new();
        std::io::copy(&mut file, &mut text).expect("read");
        if name == part {
            let words = String::from_utf8(text).expect("XML");
            assert!(words.contains(from), "{words}");
            text = words.replace(from, to).into_bytes();
        }
        out.start_file(name, zip::write::SimpleFileOptions::default()).expect("a part");
        out.write_all(&text).expect("written");
    }
    out.finish().expect("an archive").into_inner()
}

const HEAD: &str = "way|fruit|mood|rooms_big|rooms_small|minutes|since|shoes";

#[test]
fn what_a_spreadsheet_made_of_values_is_undone() {
    let number = |text: &str| Entry::Number(text.to_owned());
    let rows = vec![
        texts(HEAD),
        // A point as 4.0, a day as the number that Excel keeps, several labels in one cell as a form service writes them
        vec![
            Entry::text("電車"),
            Entry::text("りんご, Pear"),
            Entry::text("4.0"),
            number("2"),
            number("3"),
            number("12.5"),
            number("43922"),
        ],
        vec![
            Entry::text("By train"),
            Entry::text("apple;plum"),
            number("5"),
            number("1"),
            Entry::Empty,
            Entry::text("１２"),
            Entry::Day("2020-04-01".to_owned()),
        ],
    ];
    let (read, words) = read("a.xlsx", &book(rows));
    assert!(read.diagnostics.is_empty(), "{words}");
    let of = |at: usize, id: &str| read.responses[at].answers[id].clone();
    let choice = |code: &str| Answer::Given(Value::Choice(code.to_owned()));
    assert_eq!((of(0, "way"), of(0, "mood"), of(1, "way")), (choice("train"), choice("4"), choice("train")));
    assert_eq!(of(0, "fruit"), Answer::Given(Value::Choices(vec!["apple".to_owned(), "pear".to_owned()])));
    assert_eq!(of(0, "since"), of(1, "since"));
    assert_eq!(of(0, "since"), Answer::Given(Value::Date("2020-04-01".to_owned())));
    assert_eq!((of(1, "minutes"), of(1, "rooms_small")), (Answer::Given(Value::Number("12".to_owned())), Answer::Skipped));
}

#[test]
fn faulty_workbooks_say_what_is_wrong_and_where() {
    let good = vec![texts(HEAD), texts("foot|apple|4|1|1|3|2020-04-01|2")];
    let bytes = book(good.clone());
    assert!(read("a.xlsx", &bytes).0.diagnostics.is_empty(), "{}", read("a.xlsx", &bytes).1);
    let mut wrong = good.clone();
    wrong.push(texts("rocket|apple|9|1|1|many|2020-02-31|2"));
    let (refused, words) = read("a.xlsx", &book(wrong));
    assert_eq!((refused.rows, refused.refused), (2, 1));
    for complaint in [
        "Cell A3, way: this value is not on offer",
        "Cell C3, mood",
        "Cell F3, minutes: this is not a number",
        "Cell G3, since",
        "[Form responses 1]:3:7",
    ] {
        assert!(words.contains(complaint), "{complaint}: {words}");
    }
    let part = "xl/worksheets/sheet1.xml";
    let merged = changed(&bytes, part, "</sheetData>", "</sheetData><mergeCells count=\"1\"><mergeCell ref=\"A2:A3\"/></mergeCells>");
    assert!(read("a.xlsx", &merged).1.contains("Cells are merged here (A2:A3)"), "{}", read("a.xlsx", &merged).1);
    let formula = changed(&bytes, part, "</row></sheetData>", "<c r=\"I2\"><f>A1+1</f></c></row></sheetData>");
    assert!(read("a.xlsx", &formula).1.contains("Cell I2 holds a formula and no value"), "{}", read("a.xlsx", &formula).1);
    let error = changed(&bytes, part, "</row></sheetData>", "<c r=\"I2\" t=\"e\"><v>#REF!</v></c></row></sheetData>");
    assert!(read("a.xlsx", &error).1.contains("Cell I2 holds an error of calculation"), "{}", read("a.xlsx", &error).1);
    let far = changed(&bytes, part, "</sheetData>", "<row r=\"1048576\"><c r=\"XFD1048576\"><v>1</v></c></row></sheetData>");
    assert!(read("a.xlsx", &far).1.contains("Cell XFD1048576 holds a value, but its column has no name"), "{}", read("a.xlsx", &far).1);
    for (bytes, complaint) in
        [(&bytes[..bytes.len() / 2], "damaged or protected"), (&b"\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1"[..], "damaged or protected")]
    {
        let (read, words) = read("a.xlsx", bytes);
        assert!(read.responses.is_empty() && words.contains(complaint), "{words}");
    }
}

#[test]
fn a_bomb_is_refused_before_it_unfolds() {
    let deflated = zip::write::SimpleFileOptions::default().compression_method(zip::CompressionMethod::Deflated);
    let mut one = zip::ZipWriter::new(std::io::Cursor::new(Vec::new()));
    one.start_file("part", deflated).expect("a part");
    one.write_all(&vec![b' '; 16 << 20]).expect("written");
    let mut one = one.finish_into_readable().expect("an archive");
    let mut out = zip::ZipWriter::new(std::io::Cursor::new(Vec::new()));
    for number in 0..40 {
        out.raw_copy_file_rename(one.by_index(0).expect("a part"), format!("xl/worksheets/sheet{number}.xml")).expect("copied");
    }
    let bytes = out.finish().expect("an archive").into_inner();
    assert!(bytes.len() < 2 << 20, "{} bytes", bytes.len());
    let (_, words) = read("a.xlsx", &bytes);
    assert!(words.contains("This workbook is too large"), "{words}");
}

#[test]
fn fifty_thousand_rows_are_read() {
    let mut rows = vec![texts(HEAD)];
    rows.extend(std::iter::repeat_n(texts("foot|apple|4|1|1|3|2020-04-01|2"), 50_000));
    let bytes = book(rows);
    let begun = std::time::Instant::now();
    let (read, words) = read("a.xlsx", &bytes);
    assert_eq!((read.responses.len(), words.as_str()), (50_000, ""));
    assert!(begun.elapsed() < std::time::Duration::from_secs(120), "{:?}", begun.elapsed());
}

#[test]
fn a_mapping_is_proposed_corrected_and_obeyed() {
    let project = Project::small();
    let path = |name: &str| project.path(name).to_string_lossy().into_owned();
    let head = "タイムスタンプ,どう通いますか,好きな果物はどれですか。,今日の気分はどうですか。,大,rooms_small,minutes,since,shoes";
    let csv = format!(
        "{head}\n2026/11/20 10:00,電車で,りんご;なし,5 よい,1,2,3,2020-04-01,\n2026/11/20 10:01,歩く,すもも,4,1,2,3,2020-04-01,3\n"
    );
    let (cp932, _, lossy) = encoding_rs::SHIFT_JIS.encode(&csv);
    assert!(!lossy);
    project.write("回答.csv", &cp932);
    let refused = run(&project, &["import", "responses", "every", &path("回答.csv")]);
    assert!(refused.status.code() == Some(1) && said(&refused).contains("--write-mapping"), "{}", said(&refused));
    let output = run(&project, &["import", "responses", "every", &path("回答.csv"), "--write-mapping", &path("map.yaml")]);
    assert_eq!(output.status.code(), Some(0), "{}", said(&output));
    let template = project.read("map.yaml");
    for line in [
        "\"タイムスタンプ\": ~",
        "\"どう通いますか\": way # ?",
        "\"今日の気分はどうですか。\": mood\n",
        "\"電車で\": train # ?",
        "\"歩く\": ~ # ?",
    ] {
        assert!(template.contains(line), "{line} is missing:\n{template}");
    }
    let again = run(&project, &["import", "responses", "every", &path("回答.csv"), "--write-mapping", &path("map.yaml")]);
    assert!(again.status.code() == Some(3) && said(&again).contains("exists already"), "{}", said(&again));
    project.write("map.yaml", template.replace("\"大\": ~", "\"大\": rooms_big").replace("\"歩く\": ~ # ?", "\"歩く\": foot"));
    // The line of those who come by train was never asked: a text that is absent
    let output = run(&project, &["import", "responses", "every", &path("回答.csv"), "--mapping", &path("map.yaml")]);
    assert!(output.status.code() == Some(0) && said(&output).contains("Read 2 rows (Shift_JIS (CP932)) and took 2"), "{}", said(&output));
    project.write("map.yaml", "columns:\n  a: nobody\nvalue:\n  way: {b: train}\n");
    let output = run(&project, &["import", "responses", "every", &path("回答.csv"), "--mapping", &path("map.yaml")]);
    let words = said(&output);
    assert!(output.status.code() == Some(1) && words.contains("map.yaml:2:6") && words.contains("Did you mean “values”?"), "{words}");
}

#[test]
fn saved_sheets_are_taken_once_and_every_file_is_reported() {
    let project = Project::small();
    let path = |name: &str| project.path(name).to_string_lossy().into_owned();
    let sheet = |number: &str, answers: &str| {
        format!(
            "{{\"format\": \"shirube-answer\", \"version\": 1, \"survey\": \"every\", \"revision\": 1, \"sheet\": \"{number:0>32}\", \"answers\": {answers}}}"
        )
    };
    let good = r#"{"way": ["foot"], "fruit": ["apple", "pear"], "shoes": ["3"], "mood": ["5"], "minutes": ["3"], "since": ["2020-04-01"], "word": ["やあ"]}"#;
    project.write("in/1.json", sheet("a1", good));
    project.write("in/2.json", format!("\u{FEFF}{}", sheet("a2", good)));
    project.write("in/3-again.json", sheet("a1", good));
    project.write("in/4.json", sheet("a4", &good.replace("foot", "rocket")));
    project.write("in/5.json", sheet("a5", good).replace("\"every\"", "\"pulse\""));
    project.write("in/6.json", sheet("a6", good).replace("\"revision\": 1", "\"revision\": 7"));
    project.write("in/7.json", "{\"format\": \n nonsense");
    project.write("in/8.json", sheet("a8", good).replace("\"mood\"", "\"moood\""));
    project.write("in/9.json", sheet("XY", good));
    project.write("in/note.txt", "not ours");
    let output = run(&project, &["import", "responses", "every", &path("in")]);
    let words = said(&output);
    assert_eq!(output.status.code(), Some(1), "{words}");
    let reports = String::from_utf8_lossy(&output.stdout).into_owned();
    assert!(reports.contains("1.json: taken (receipt ") && reports.contains("3-again.json: taken before (receipt "), "{reports}");
    assert!(reports.contains("4.json: not taken") && !reports.contains("note.txt"), "{reports}");
    for complaint in [
        "4.json:1:1",
        "way: this value is not on offer",
        "another survey, “pulse”",
        "revision 7",
        "7.json:2:",
        "no field “moood”",
        "32 hexadecimal digits",
        "note.txt:1:1",
        "1 line is no code of an answer",
        "Took 2 of 9 answers; 1 had been taken before, 6 were refused",
    ] {
        assert!(words.contains(complaint), "{complaint}: {words}");
    }
    let output = run(&project, &["import", "responses", "every", &path("in/2.json"), "--format", "json"]);
    let report: serde_json::Value = serde_json::from_slice(&output.stdout).expect("JSON");
    assert_eq!((&report["taken"], &report["already"], &report["files"][0]["state"]), (&0.into(), &1.into(), &"already".into()));
    project.write("empty/note.txt", "");
    assert!(said(&run(&project, &["import", "responses", "every", &path("empty")])).contains("no saved answers"));
}
