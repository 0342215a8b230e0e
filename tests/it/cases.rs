//! Faulty content: every folder of `tests/cases/` is a sound little project (`base/`) with faulty files laid over it, and the whole
//! of what `check` says about it, in both languages.
//!
//! `SHIRUBE_BLESS=1 cargo test cases` writes what is said now as what is expected; read it before you commit it.

use shirube::catalog::Loaded;
use shirube::diagnostic::{Diagnostic, code, to_json, to_text};
use shirube::language::Language;
use shirube::pipeline;
use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

fn folder() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("tests/cases")
}

/// Files that cannot lie in a repository: too large, or with names that some system refuses.
fn made(case: &str) -> Vec<(&'static str, Vec<u8>)> {
    match case {
        "large-files" => {
            let answers = "- {ja: 五百万文字の一部, en: part of five million}\n".repeat(100_000);
            vec![("content/surveys/pulse.yaml", format!("title: x\npages:\n{answers}").into_bytes())]
        }
        "file-names" => {
            let mut files = vec![("content/pages/About.md", b"x\n".to_vec())];
            if cfg!(unix) {
                files.push(("content/pages/aux.md", b"x\n".to_vec()));
                files.push(("content/pages/what?.md", b"x\n".to_vec()));
            }
            files
        }
        "nested-too-deeply" => {
            let lists = format!("title: {}x{}\n", "[".repeat(5_000), "]".repeat(5_000));
            let indents: String = (0..300).map(|depth| format!("{}a:\n", " ".repeat(depth))).collect();
            vec![("content/surveys/lists.yaml", lists.into_bytes()), ("content/surveys/indents.yaml", indents.into_bytes())]
        }
        "cohorts-sound" => {
            let people = "社員番号,氏名,メール,言語,入社日,生年月日,退職日\n\
                0012,港 花子,hanako@example.co.jp,ja,2025-04-01,1980/12/24,\n\
                0034,Ken Minato,ken@example.co.jp,en,令和5年10月1日,H9.8.10,\n\
                0056,森 三郎,,,2005-04-01,1987-11-03,2027-12-31\n";
            let wrong = "id,joined,born,left\n\
                1,2025年2月30日,昭和64年1月8日,\n\
                2,6/4/1,45383,\n\
                2,2025-04-01,1990-01-01,2020-01-01\n\
                4,1990-01-01,1990-01-01,\n\
                ,,,なし\n";
            // Two cohorts in one year; 29 February and the day after; in none; the last day of the year, and the first
            let edges = "id,name,joined,born,left\n\
                1,港 花子,2027-04-01,1999-08-10,\n\
                2,Ken Minato,2020-04-01,2000-02-29,\n\
                3,森 三郎,2028-02-29,2000-03-01,\n\
                4,谷 四郎,2027-10-01,1990-05-05,\n\
                5,川 五郎,2020-04-01,2000-03-31,\n\
                6,海 六子,2020-04-01,2000-04-01,\n\
                7,空 七子,2027-05-01,1999-06-01,2029-05-31\n";
            let missing = "id,joined,born\n1,2027-04-01,\n2,,1999-08-10\n3,2026-02-29,1999-08-10\n";
            vec![
                ("edges.csv", edges.as_bytes().to_vec()),
                ("missing.csv", missing.as_bytes().to_vec()),
                ("people.csv", people.as_bytes().to_vec()),
                ("wrong.csv", wrong.as_bytes().to_vec()),
                ("without.csv", "id,氏名,入社曰\n1,港,2025-04-01\n".as_bytes().to_vec()),
            ]
        }
        "invited" => {
            let row = |id: u32| format!("{id:03},港 花子{id},p{id}@example.co.jp,{}\n", if id < 4 { "法務部" } else { "営業部" });
            let people = |ids: std::ops::Range<u32>| format!("社員番号,氏名,メール,部署\n{}", ids.map(row).collect::<String>());
            let few = "id,department\n020,sales\n021,Slaes\n020,law\n";
            // Codes of nobody, but for a slip in one
            let code = |secret: u8| shirube::survey::Token::new([secret; 16]);
            let link = |secret: u8| format!("https://survey.example/i/{},{}", code(secret).in_link(), code(secret).in_groups());
            let wrong = format!(
                "id,name,mail,language,department,link,code\r\n\
                 001,港 一,p1@example.co.jp,ja,law,{}\r\n\
                 002,港 二,ｐ2@example.co.jp,fr,law,{}\r\n\
                 002,港 三,p3.example.co.jp,,law,,{}\r\n\
                 004,\"港\n四\",P1@example.co.jp,en,law,https://survey.example/i/{},{}\r\n\
                 005,港 五,,en,law,https://survey.example/i/{},{}\r\n",
                link(1),
                link(2),
                code(3).in_groups(),
                code(5).in_link(),
                code(4).in_groups(),
                code(5).in_link(),
                code(5).in_groups().replacen('-', "Z", 1),
            );
            let without = people(1..10).replace("@example.co.jp", "").replace("メール", "備考");
            vec![
                ("people.csv", people(1..10).into_bytes()),
                ("few.csv", few.to_owned().into_bytes()),
                ("wrong.csv", wrong.into_bytes()),
                ("without.csv", without.into_bytes()),
            ]
        }
        _ => Vec::new(),
    }
}

fn copy(from: &Path, to: &Path) {
    for entry in std::fs::read_dir(from).unwrap_or_else(|error| panic!("{}: {error}", from.display())) {
        let entry = entry.expect("an entry");
        let target = to.join(entry.file_name());
        if entry.path().is_dir() {
            std::fs::create_dir_all(&target).expect("a folder");
            copy(&entry.path(), &target);
        } else {
            std::fs::copy(entry.path(), &target).expect("a copy");
        }
    }
}

/// Lays the project of a case into an empty folder: the base without the files that `without.txt` names, the case's own files over it.
pub(super) fn lay_out(name: &str, root: &Path) {
    let case = folder().join(name);
    copy(&folder().join("base"), root);
    for gone in std::fs::read_to_string(case.join("without.txt")).unwrap_or_default().lines() {
        std::fs::remove_file(root.join(gone)).unwrap_or_else(|error| panic!("{gone}: {error}"));
    }
    for folder in ["content", "private"].into_iter().filter(|folder| case.join(folder).is_dir()) {
        std::fs::create_dir_all(root.join(folder)).expect("a folder");
        copy(&case.join(folder), &root.join(folder));
    }
    for (path, bytes) in made(name) {
        std::fs::write(root.join(path), bytes).unwrap_or_else(|error| panic!("{path}: {error}"));
    }
}

fn cases() -> Vec<PathBuf> {
    let mut cases: Vec<PathBuf> = std::fs::read_dir(folder())
        .expect("tests/cases")
        .map(|entry| entry.expect("an entry").path())
        .filter(|path| path.is_dir() && !path.ends_with("base"))
        .collect();
    cases.sort();
    assert!(cases.len() >= 30, "only {} cases", cases.len());
    cases
}

fn load(case: &Path) -> Loaded {
    let root = tempfile::tempdir().expect("a folder");
    lay_out(&case.file_name().unwrap_or_default().to_string_lossy(), root.path());
    let mut loaded = pipeline::load(root.path()).unwrap_or_else(|error| panic!("{}: {error:#}", case.display()));
    let of_texts = pipeline::reviewed::review_faults(&root.path().join("private"), &loaded.catalog, &mut loaded.sources);
    loaded.diagnostics.append(of_texts.expect("a folder that can be read"));
    loaded
}

/// Every case with all that was found in it.
fn found() -> Vec<(String, Vec<Diagnostic>)> {
    let name = |case: &Path| case.file_name().unwrap_or_default().to_string_lossy().into_owned();
    cases().iter().map(|case| (name(case), load(case).diagnostics.sorted().into_iter().cloned().collect())).collect()
}

#[test]
fn every_case_says_exactly_what_is_expected() {
    let bless = std::env::var_os("SHIRUBE_BLESS").is_some();
    assert!(!bless || std::env::var_os("CI").is_none(), "expectations are never written by a machine");
    let mut report = String::new();
    for case in cases() {
        let loaded = load(&case);
        let mut outputs: Vec<(String, String)> = Language::ALL
            .iter()
            .map(|language| (format!("expected.{}.txt", language.code()), to_text(&loaded.diagnostics, &loaded.sources, *language)))
            .collect();
        if case.join("expected.json").exists() {
            outputs.push(("expected.json".to_owned(), format!("{:#}\n", to_json(&loaded.diagnostics))));
        }
        for (file, said) in outputs {
            let path = case.join(&file);
            // Windows may have checked the file out with its own line ends.
            let expected = std::fs::read_to_string(&path).unwrap_or_default().replace("\r\n", "\n");
            if said == expected {
                continue;
            }
            if bless {
                std::fs::write(&path, said).expect("a file");
            } else {
                report += &format!("\n== {}\n-- expected\n{expected}\n-- said\n{said}", path.display());
            }
        }
    }
    assert!(report.is_empty(), "{report}");
}

#[test]
fn the_base_project_is_sound() {
    let loaded = load(&folder().join("base"));
    assert!(loaded.diagnostics.is_empty(), "{}", to_text(&loaded.diagnostics, &loaded.sources, Language::English));
}

/// A theme and an import have doors of their own, and tests of their own that name their codes.
#[test]
fn every_code_has_a_case() {
    const ELSEWHERE: [(&str, &str, &str); 10] = [
        ("invented", "code::INVENTED", include_str!("../../src/exchange/responses_in.rs")),
        ("plan", "code::PLAN", include_str!("../../src/exchange/sample/read.rs")),
        ("unknown-publication", "code::UNKNOWN_PUBLICATION", include_str!("../../src/pipeline/shown.rs")),
        ("never-due", "code::NEVER_DUE", include_str!("../../src/pipeline/purge.rs")),
        ("gone-id", "code::GONE_ID", include_str!("../../src/pipeline/gone.rs")),
        ("template", "code::TEMPLATE", include_str!("../../src/pages/render.rs")),
        ("refused-row", "code::REFUSED_ROW", include_str!("../../src/exchange/response_row.rs")),
        ("workbook", "code::WORKBOOK", include_str!("../../src/content/workbook.rs")),
        ("json", "code::JSON", include_str!("../../src/content/json.rs")),
        ("lost", "code::LOST", include_str!("../../src/exchange/loss.rs")),
    ];
    let seen: BTreeSet<&str> = found().iter().flat_map(|(_, all)| all.iter().map(|one| one.code.0)).collect();
    for code in code::ALL {
        let elsewhere = ELSEWHERE.iter().any(|(name, used, text)| *name == code.0 && text.contains(used));
        assert!(seen.contains(code.0) || elsewhere, "no case shows «{code}»");
    }
}

/// A bomb of aliases and a tower of brackets are refused before they cost anything.
#[test]
fn malice_is_refused_at_once() {
    let begun = std::time::Instant::now();
    for case in ["alias-bomb", "nested-too-deeply", "large-files"] {
        assert!(load(&folder().join(case)).diagnostics.has_errors());
    }
    assert!(begun.elapsed() < std::time::Duration::from_secs(60), "{:?}", begun.elapsed());
}

#[test]
fn ten_files_with_four_faults_or_more_report_them_all_in_one_run() {
    let mut crowded = BTreeSet::new();
    for (name, all) in found() {
        for one in &all {
            let count = all.iter().filter(|other| other.place.file == one.place.file).count();
            if count >= 4 {
                crowded.insert(format!("{name} {}", one.place.file));
            }
        }
    }
    assert!(crowded.len() >= 10, "{crowded:#?}");
}

/// One style: whole sentences with their full stops, quotation marks and brackets of the language.
#[test]
fn every_sentence_is_written_in_one_style() {
    let mut report = String::new();
    for (case, all) in found() {
        for one in all {
            for words in [Some(&one.message), one.hint.as_ref()].into_iter().flatten() {
                if let Some(fault) = japanese_fault(&words.ja) {
                    report += &format!("\n{case}: {fault}: {}", words.ja);
                }
                if let Some(fault) = english_fault(&words.en) {
                    report += &format!("\n{case}: {fault}: {}", words.en);
                }
            }
        }
    }
    assert!(report.is_empty(), "{report}");
}

fn japanese_fault(text: &str) -> Option<&'static str> {
    let chars: Vec<char> = text.chars().collect();
    let wide = |char: &char| *char as u32 >= 0x3040;
    if !text.ends_with('。') {
        return Some("no 。 at its end");
    }
    if chars.windows(2).any(|pair| (pair[1] == '(' && wide(&pair[0])) || (pair[0] == ')' && wide(&pair[1]))) {
        return Some("half-width brackets beside Japanese");
    }
    (text.contains('！') || text.contains('“')).then_some("a sign that is no Japanese one")
}

fn english_fault(text: &str) -> Option<&'static str> {
    if !text.ends_with(['.', '?']) && !text.ends_with(".)") {
        return Some("no full stop at its end");
    }
    if text.starts_with(|first: char| first.is_ascii_lowercase()) {
        return Some("begins with a small letter");
    }
    text.contains("please").then_some("a word that is no plain English")
}
