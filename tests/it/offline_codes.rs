//! Answers as QR codes: the device's encoder is held equal to the qrcode crate, module for module, and what it writes is read back.

use crate::loop_project::Project;
use crate::serve::{run, said};
use qrcode::bits::Bits;
use qrcode::canvas::{Canvas, MaskPattern};
use qrcode::{Color, EcLevel, QrCode, Version, ec};
use serde_json::{Value as Json, json};
use shirube::exchange::{answer_file, scans};
use shirube::language::Day;
use shirube::store::Ticket;
use shirube::survey::{Answer, Response, Survey, Value};
use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};
use std::process::Command;

const CHARACTERS: &[u8] = b"0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ $%*+-./:";

/// Most letters and digits in versions 1 to 20 at level M, as ISO/IEC 18004 has them.
const CAPACITY: [usize; 20] = [20, 38, 61, 90, 122, 154, 178, 221, 262, 311, 366, 419, 483, 528, 600, 656, 734, 816, 909, 970];

const MASKS: [MaskPattern; 8] = [
    MaskPattern::Checkerboard,
    MaskPattern::HorizontalLines,
    MaskPattern::VerticalLines,
    MaskPattern::DiagonalLines,
    MaskPattern::LargeCheckerboard,
    MaskPattern::Fields,
    MaskPattern::Diamonds,
    MaskPattern::Meadow,
];

/// A text of some length that is the same on every machine.
fn text(length: usize, seed: u64) -> String {
    let mut state = seed.wrapping_mul(0x9E37_79B9_7F4A_7C15) | 1;
    let mut next = || {
        state ^= state << 13;
        state ^= state >> 7;
        state ^= state << 17;
        usize::try_from(state >> 40).expect("small")
    };
    (0..length).map(|_| char::from(CHARACTERS[next() % CHARACTERS.len()])).collect()
}

fn version(text: &str) -> i16 {
    let at = CAPACITY.iter().position(|most| text.len() <= *most).expect("a version");
    i16::try_from(at).expect("small") + 1
}

fn bits(text: &str) -> Bits {
    let mut bits = Bits::new(Version::Normal(version(text)));
    bits.push_alphanumeric_data(text.as_bytes()).expect("data");
    bits.push_terminator(EcLevel::M).expect("an end");
    bits
}

/// Rows of 1 and 0.
fn rows(colors: &[Color]) -> Vec<String> {
    let width = colors.len().isqrt();
    let row = |row: &[Color]| row.iter().map(|color| if *color == Color::Dark { '1' } else { '0' }).collect();
    colors.chunks(width).map(row).collect()
}

fn code(text: &str) -> Vec<String> {
    rows(&QrCode::with_bits(bits(text), EcLevel::M).expect("a code").into_colors())
}

fn masked(text: &str, mask: MaskPattern) -> Vec<String> {
    let version = Version::Normal(version(text));
    let (data, checks) = ec::construct_codewords(&bits(text).into_bytes(), version, EcLevel::M).expect("codewords");
    let mut canvas = Canvas::new(version, EcLevel::M);
    canvas.draw_all_functional_patterns();
    canvas.draw_data(&data, &checks);
    canvas.apply_mask(mask);
    rows(&canvas.into_colors())
}

/// What the device's script makes of it; nothing where there is no Node.js.
fn device(task: &Json, name: &str) -> Option<Json> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let file = PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join(name);
    std::fs::write(&file, task.to_string()).expect("a file");
    match Command::new("node").arg(root.join("tests/browser/codes.mjs")).arg(&file).output() {
        Ok(output) => {
            assert!(output.status.success(), "{}{}", String::from_utf8_lossy(&output.stdout), String::from_utf8_lossy(&output.stderr));
            Some(serde_json::from_slice(&output.stdout).expect("JSON"))
        }
        Err(_) => {
            assert!(std::env::var_os("CI").is_none(), "node is not there");
            None
        }
    }
}

#[test]
fn the_device_draws_the_codes_that_the_program_draws() {
    let mut lengths = vec![0, 1, 2];
    for pair in CAPACITY.windows(2) {
        lengths.extend([pair[0], pair[0] + 1, pair[0].midpoint(pair[1]), pair[1]]);
    }
    let mut cases: Vec<(String, Option<usize>, Vec<String>)> = Vec::new();
    for (seed, length) in lengths.into_iter().cycle().take(240).enumerate() {
        let text = text(length, seed as u64 + 1);
        cases.push((text.clone(), None, code(&text)));
    }
    // Every mask of every version
    for most in CAPACITY {
        for (at, mask) in MASKS.into_iter().enumerate() {
            let text = text(most - at % 3, at as u64 + 7);
            cases.push((text.clone(), Some(at), masked(&text, mask)));
        }
    }
    let versions: BTreeSet<usize> = cases.iter().map(|(_, _, rows)| rows.len()).collect();
    assert_eq!(versions.len(), 20);
    let task: Vec<Json> = cases.iter().map(|(text, mask, _)| json!({"text": text, "mask": mask})).collect();
    let Some(came) = device(&json!({"codes": task}), "codes.json") else { return };
    for ((text, mask, expected), came) in cases.iter().zip(came["codes"].as_array().expect("a list")) {
        assert_eq!(came, &json!(expected), "{} characters, mask {mask:?}", text.len());
    }
    assert_eq!(came["codes"].as_array().map(Vec::len), Some(cases.len()));
}

/// The numbers that ZXing needs stand where tests/reference/prepare puts it; the full test run wants it there.
fn zxing(codes: &[Vec<String>]) -> Option<Json> {
    let target = Path::new(env!("CARGO_TARGET_TMPDIR")).parent().expect("the target");
    let python = ["bin/python", "Scripts/python.exe"].map(|inside| target.join("reference/venv").join(inside));
    let python = python.into_iter().find(|path| path.is_file());
    assert!(python.is_some() || std::env::var_os("SHIRUBE_REFERENCE").is_none(), "tests/reference/prepare has not run");
    let file = target.join("tmp/zxing.json");
    std::fs::write(&file, json!({ "codes": codes }).to_string()).expect("a file");
    let script = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/reference/codes.py");
    let output = Command::new(python?).arg(script).arg(file).output().expect("Python runs");
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    Some(serde_json::from_slice(&output.stdout).expect("JSON"))
}

const SURVEY: &str = "
title: {ja: 声, en: Voices}
lead: {ja: 一ページです。, en: One page.}
minutes: 2
mode: pseudonymous
publish: rolling
k: 3
purpose: {ja: 試すためです。, en: To try things.}
code:
  parts:
    - {ja: 初めて通った小学校の名前の、最初の2文字, en: The first two letters of the name of your first school}
  min_length: 4
consent:
  text: {ja: 研修の見直しに使います。, en: We use your answers to improve the course.}
pages:
  - id: one
    questions:
      - id: mood
        kind: multiple_choice
        text: {ja: 気分は。, en: Your mood?}
        need: required
        choices: [{id: good, text: {ja: よい, en: Good}}, {id: bad, text: {ja: わるい, en: Bad}}]
      - {id: why, kind: long_text, max_length: 2000, text: {ja: なぜ。, en: Why?}}
";

fn project() -> Project {
    let project = Project::small();
    project.write("content/surveys/voices.yaml", SURVEY);
    project.edit("content/sites/small.yaml", "surveys: [every,", "surveys: [voices, every,");
    project
}

fn survey(project: &Project) -> Survey {
    shirube::pipeline::load(project.root()).expect("content").catalog.surveys["voices"].clone()
}

fn file(survey: &Survey, sheet: &str, why: &str) -> Json {
    let consent = survey.consent.as_ref().expect("a consent").version();
    let answers = json!({"consent": [consent], "own_code": ["さく－０７ み"], "mood": ["good", "bad"], "why": [why]});
    json!({"format": "shirube-answer", "version": 1, "survey": "voices", "revision": 1, "sheet": sheet.repeat(32), "answers": answers})
}

fn receipt(sheet: &str) -> String {
    Ticket::of("voices", sheet.repeat(32).as_bytes()).bytes().iter().take(4).map(|byte| format!("{byte:02X}")).collect()
}

/// What the script makes of these answers.
fn texts(files: &[Json]) -> Option<Vec<Vec<String>>> {
    let task: Vec<Json> =
        files.iter().map(|file| json!({"file": file, "receipt": receipt(&file["sheet"].as_str().expect("a sheet")[..1])})).collect();
    let came = device(&json!({"files": task}), &format!("files-{}.json", files.len()))?;
    serde_json::from_value(came["files"].clone()).ok()
}

fn day() -> Day {
    Day::parse("2026-11-20").expect("a day")
}

/// A receipt, and the answer or what speaks against it.
type Came = (Option<String>, Result<Response, String>);

/// What came of scans: the good answers, and all complaints in English.
fn read(survey: &Survey, files: &[(&str, String)]) -> (Vec<Came>, Vec<String>) {
    let files: Vec<(String, Vec<u8>)> = files.iter().map(|(name, text)| ((*name).to_owned(), text.clone().into_bytes())).collect();
    let scans = scans::read(survey, &files, day());
    let told = |faults: Vec<shirube::diagnostic::Diagnostic>| {
        faults.into_iter().map(|fault| format!("{}: {}", fault.place, fault.message.en)).collect::<Vec<_>>().join("\n")
    };
    let answers = scans.answers.into_iter().map(|one| (one.receipt, one.sheet.map(|sheet| sheet.response).map_err(told))).collect();
    (answers, scans.warnings.into_iter().map(|warning| told(vec![warning])).collect())
}

#[test]
fn what_is_scanned_is_what_the_file_would_have_said() {
    let project = project();
    let survey = survey(&project);
    let whys = ["", "100% & more=別の%26行\n二行目 😀", &"日本語の長い文です。".repeat(60), &"あ".repeat(2000)];
    let files: Vec<Json> = whys.iter().zip(["a", "b", "c", "d"]).map(|(why, sheet)| file(&survey, sheet, why)).collect();
    let Some(texts) = texts(&files) else { return };
    let counts: Vec<usize> = texts.iter().map(Vec::len).collect();
    assert_eq!(counts, [1, 1, 4, 11], "a text of 600 characters takes four codes, and one of 2,000 too many");
    for ((file, texts), sheet) in files.iter().zip(&texts).zip(["a", "b", "c", "d"]) {
        for text in texts {
            assert!(text.len() <= 970 && text.bytes().all(|byte| CHARACTERS.contains(&byte) && byte != b' '), "{text}");
        }
        let expected = answer_file::read(&survey, "a.json", file.to_string().as_bytes(), day()).expect("a sheet").response;
        assert_eq!(expected.answers["own_code"], Answer::Given(Value::Choice("さく07み".into())));
        for scans in [texts.join("\n"), texts.iter().rev().cloned().collect::<Vec<_>>().join("\r\n"), texts.concat()] {
            let (answers, warnings) = read(&survey, &[("scans.txt", scans)]);
            assert_eq!((answers, warnings), (vec![(Some(receipt(sheet)), Ok(expected.clone()))], vec![]));
        }
    }
    // An independent reader reads what the program's own drawing of them says; the device draws the same
    let all: Vec<String> = texts.concat();
    let codes: Vec<Vec<String>> = all.iter().map(|text| code(text)).collect();
    if let Some(found) = zxing(&codes) {
        let expected: Vec<Json> = all.iter().map(|text| json!({"text": text, "level": "M"})).collect();
        assert_eq!(found, json!(expected));
    }
}

#[test]
fn scans_of_several_people_are_told_apart_and_faults_are_named() {
    let project = project();
    let survey = survey(&project);
    let long = "日本語の長い文です。".repeat(60);
    let files = [file(&survey, "a", "短い"), file(&survey, "b", &long), file(&survey, "c", &long), file(&survey, "d", &long)];
    let Some(texts) = texts(&files) else { return };
    let [a, b, c, d] = texts.as_slice() else { panic!("four answers") };
    // In two files, mixed, twice, with what an app puts around them, in small letters, and lines that are none of ours
    let broken = c[1].replace(&c[1][60..64], "ZZZZ");
    let first = format!(
        "\u{FEFF}2026-11-20 10:00:00,QR_CODE,\"{}\"\nhttps://example.com/\n\n{}\n{}\n{broken}\n{}\n",
        b[2],
        c[0],
        b[0].to_ascii_lowercase(),
        a[0]
    );
    let second = format!("{}\n{}\n{}\n{}\n4901234567894\n{}\n{}\n", b[3], b[1], b[1], c[2], d[0], d[3]);
    let (answers, warnings) = read(&survey, &[("one.txt", first.clone()), ("two.txt", second.clone())]);
    let told: BTreeMap<String, Result<(), String>> =
        answers.into_iter().map(|(receipt, answer)| (receipt.expect("a receipt"), answer.map(drop))).collect();
    assert_eq!(told.len(), 4, "{told:?}");
    assert!(told[&receipt("a")].is_ok() && told[&receipt("b")].is_ok(), "{told:?}");
    let faults = told[&receipt("c")].as_ref().expect_err("a damaged code");
    assert!(faults.contains(&format!("one.txt:6:1: Code 2 of 4 of the answer {} is damaged", receipt("c"))), "{faults}");
    assert!(faults.contains(&format!("one.txt:4:1: Of the 4 codes of the answer {}, 4 is missing.", receipt("c"))), "{faults}");
    let faults = told[&receipt("d")].as_ref().expect_err("missing codes");
    assert_eq!(*faults, format!("two.txt:6:1: Of the 4 codes of the answer {}, 2, 3 are missing.", receipt("d")));
    assert_eq!(
        warnings,
        [
            "one.txt:2:1: 1 line is no code of an answer and passed over; this is the first.",
            "two.txt:5:1: 1 line is no code of an answer and passed over; this is the first."
        ]
    );
    // Scanned once more, a damaged code does not matter any more
    let (answers, _) = read(&survey, &[("one.txt", first), ("two.txt", second), ("three.txt", format!("{}\n{}", c[1], c[3]))]);
    assert!(answers.iter().any(|(number, answer)| number.as_ref() == Some(&receipt("c")) && answer.is_ok()), "{answers:?}");
}

#[test]
fn codes_that_are_cut_off_forged_or_of_another_survey_are_refused() {
    let project = project();
    let survey = survey(&project);
    let mut other = file(&survey, "a", "");
    other["survey"] = json!("pulse");
    let mut tampered = file(&survey, "b", "");
    tampered["answers"]["consent"] = json!(["yes"]);
    let Some(texts) = texts(&[file(&survey, "c", ""), other, tampered]) else { return };
    let good = &texts[0][0];
    let fields: Vec<&str> = good.split('/').collect();
    let with = |at: usize, value: &str| {
        let mut fields = fields.clone();
        fields[at] = value;
        fields.join("/")
    };
    for (scan, fault) in [
        (texts[1][0].clone(), "another survey, “pulse”"),
        (texts[2][0].clone(), "consent: this is no consent to the present wording"),
        (good[..good.len() - 3].to_owned(), "Code 1 of 1 of the answer"),
        (good[..40].to_owned(), "cut off or damaged"),
        ("SHIRUBE-ANSWER/".to_owned(), "cut off or damaged"),
        (with(1, "2"), "version 2"),
        (with(1, "99999999999999999999"), "version 99999999999999999999"),
        (with(4, "0"), "cut off or damaged"),
        (with(5, "4000000000"), "cut off or damaged"),
        (with(5, "2"), "is damaged"),
        (with(2, "00000000"), "is damaged"),
        (with(3, "00000000"), "is damaged"),
        (with(7, ""), "is damaged"),
    ] {
        let (answers, _) = read(&survey, &[("scans.txt", scan.clone())]);
        let said: Vec<String> = answers.into_iter().filter_map(|(_, answer)| answer.err()).collect();
        assert!(said.len() == 1 && said[0].contains(fault), "{scan}: {said:?}");
    }
    // Changed and shown once more: the first is used, and it is said
    let again =
        device(&json!({"files": [{"file": file(&survey, "c", "別の答え"), "receipt": receipt("c")}]}), "changed.json").expect("texts");
    let scans = format!("{good}\n{}", again["files"][0][0].as_str().expect("a text"));
    let (answers, _) = read(&survey, &[("scans.txt", scans)]);
    assert!(answers[0].1.is_ok(), "{answers:?}");
    let fault = answers[1].1.as_ref().expect_err("the second");
    assert!(fault.starts_with(&format!("scans.txt:2:1: The answer {} was scanned twice", receipt("c"))), "{fault}");
    // Nothing of what was answered stands in a complaint
    let (answers, _) = read(&survey, &[("scans.txt", texts[2][0].clone())]);
    assert!(!format!("{answers:?}").contains("さく"), "{answers:?}");
}

#[test]
fn import_takes_scans_alone_and_beside_files_once() {
    let project = project();
    let survey = survey(&project);
    let long = "日本語の長い文です。".repeat(60);
    let files = [file(&survey, "a", "短い"), file(&survey, "b", &long), file(&survey, "c", "ファイルで")];
    let Some(texts) = texts(&files) else { return };
    let import = |name: &str| {
        let output = run(&project, &["import", "responses", "voices", &project.path(name).to_string_lossy()]);
        (output.status.code(), format!("{}{}", String::from_utf8_lossy(&output.stdout), said(&output)))
    };
    project.write("alone.txt", format!("{}\n{}\n{}\n{}", texts[1][0], texts[0][0], texts[1][1], texts[1][2]));
    let (code, words) = import("alone.txt");
    assert_eq!(code, Some(1), "{words}");
    assert!(words.contains(&format!("alone.txt: taken (receipt {})", receipt("a"))), "{words}");
    assert!(words.contains(&format!("alone.txt: not taken (receipt {})", receipt("b"))), "{words}");
    assert!(words.contains(&format!("Of the 4 codes of the answer {}, 4 is missing.", receipt("b"))), "{words}");
    assert!(words.contains("Took 1 of 2 answers; 0 had been taken before, 1 were refused."), "{words}");
    // A folder: the rest of the codes, a file, a file of what was scanned before
    project.write("in/a.json", files[0].to_string());
    project.write("in/c.json", files[2].to_string());
    project.write("in/one.txt", texts[1][..2].join("\n"));
    project.write("in/TWO.TXT", texts[1][2..].join("\n"));
    let (code, words) = import("in");
    assert_eq!(code, Some(0), "{words}");
    for line in [
        format!("a.json: taken before (receipt {})", receipt("a")),
        format!("c.json: taken (receipt {})", receipt("c")),
        format!("TWO.TXT: taken (receipt {})", receipt("b")),
        "Took 2 of 3 answers; 1 had been taken before, 0 were refused.".to_owned(),
    ] {
        assert!(words.contains(&line), "{line}: {words}");
    }
    let (code, words) = import("in");
    assert!(code == Some(0) && words.contains("Took 0 of 3 answers; 3 had been taken before"), "{words}");
    // A text that holds no code is the table that it was
    project.write("table.txt", "mood\ngood\n");
    let (code, words) = import("table.txt");
    assert!(code == Some(1) && words.contains("Read 1 rows (UTF-8)"), "{words}");
}

#[test]
fn the_data_sheet_speaks_of_answers_by_file_and_code() {
    let project = project();
    let sheet = |name: &str| {
        let to = project.path("sheet");
        let output = run(&project, &["datasheet", "voices", "--to", &to.to_string_lossy()]);
        assert!(output.status.success(), "{}", said(&output));
        project.read(&format!("sheet/data-sheet-voices.{name}.html"))
    };
    assert!(sheet("ja").contains("通信なしの回答") && sheet("en").contains("hands them over as QR codes"));
    // Whoever is invited answers to a server only
    project.write("content/surveys/voices.yaml", SURVEY.replace("k: 3", "k: 3\naccess: invited"));
    assert!(!sheet("ja").contains("通信なしの回答") && !sheet("en").contains("QR codes"));
}
