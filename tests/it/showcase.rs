//! The demonstration organisation with all its answers as one file for a mail: light and whole.

use crate::loop_project::{Project, here};
use crate::pack::values;
use crate::serve::{run, said};
use std::collections::BTreeSet;

/// What may be attached to a mail, in bytes: issue 4 asks for it.
const MOST: usize = 1_500_000;

fn done(project: &Project, arguments: &[&str]) {
    let output = run(project, &[arguments, &["--quiet"]].concat());
    assert_eq!(output.status.code(), Some(0), "{arguments:?}: {}", said(&output));
}

fn path(project: &Project, name: &str) -> String {
    project.path(name).to_str().expect("text").to_owned()
}

/// The demonstration with the answers of its waves and of its course.
fn showcase() -> Project {
    let project = Project::of(&here().join("docs/demonstration"));
    for (plan, surveys) in
        [("sample.yaml", &["voice-2024-04", "voice-2024-10", "voice-2025-04"][..]), ("course.yaml", &["course-before", "course-after"])]
    {
        project.write(plan, std::fs::read(here().join("docs/demonstration").join(plan)).expect("a plan"));
        let (plan, made) = (path(&project, plan), path(&project, "made"));
        done(&project, &["sample", &plan, "--to", &made]);
        for survey in surveys {
            let table = path(&project, &format!("made/{survey}.sample.csv"));
            done(&project, &["import", "responses", survey, &table]);
            done(&project, &["close", survey, "--today", "2025-06-01"]);
        }
    }
    project
}

/// What can be read in markup: words between tags.
fn words(html: &str) -> BTreeSet<&str> {
    html.split('<').filter_map(|piece| piece.split_once('>')).map(|(_, words)| words.trim()).filter(|words| !words.is_empty()).collect()
}

/// The ways to files that one zip of tables stands for.
const LEFT_OUT: [&str; 8] =
    ["CSV", "XLSX", "JSON", "SVG", "この図のデータ", "Data for this figure", "すべての図の表（XLSX）", "Tables of all figures (XLSX)"];

/// Markup without elements of this name.
fn without(html: &str, name: &str) -> String {
    let (start, end) = (format!("<{name}"), format!("</{name}>"));
    let mut parts = html.split(&start);
    let first = parts.next().unwrap_or_default().to_owned();
    parts.fold(first, |all, part| all + part.split_once(&end).map_or("", |(_, after)| after))
}

#[test]
fn the_showcase_goes_by_mail() {
    let project = showcase();
    let to = path(&project, "out");
    let pack = |name: &str, more: &[&str]| {
        let fixed = ["pack", "voices", "--single-file", "--to", &to, "--force", "--today", "2025-06-01"];
        done(&project, &[&fixed[..], more].concat());
        project.read(&format!("out/{name}.html"))
    };
    let whole = pack("voices", &[]);
    assert!(whole.len() < MOST, "the whole site in both languages: {} bytes", whole.len());
    let reports =
        pack("course-voice-2025-04-voice-2024-10-voice-2024-04", &["--report", "course,voice-2025-04,voice-2024-10,voice-2024-04"]);
    assert!(reports.len() < MOST, "all reports in both languages: {} bytes", reports.len());
    let english = pack("voices.en", &["--language", "en"]);
    assert!(english.len() < MOST * 6 / 10, "one language alone: {} bytes", english.len());
    assert!(english.contains("leaf in-en") && !english.contains("leaf in-ja"), "one language alone");
    // Whatever is used is there, and nothing is there twice
    let ids: BTreeSet<&str> = values(&whole, "id").into_iter().collect();
    assert_eq!(ids.len(), values(&whole, "id").len());
    let uses: Vec<&str> = whole.split("<use").skip(1).filter_map(|rest| values(rest, "href").first().copied()).collect();
    assert!(uses.len() > 1_000 && uses.iter().all(|href| ids.contains(href.trim_start_matches('#'))), "{}", uses.len());
    assert!(!whole.contains(" data-") && !whole.contains(",#"), "attributes that nothing in one file reads");
    // Every word of the reports is in it, those of the drawings too: but for what drawings say to a pointer, which tables say too
    let known = words(&whole);
    for wave in ["course", "voice-2025-04", "voice-2025-04/by/department/sales", "voice-2024-04"] {
        for folder in ["", "en/"] {
            let page = project.read(&format!("output/voices/{folder}reports/{wave}.html"));
            let main = page.split("<main").nth(1).and_then(|rest| rest.split("</main>").next()).expect("main");
            let seen = without(&without(main, "title"), "desc");
            let lost: Vec<&str> = words(&seen).difference(&known).copied().filter(|words| !LEFT_OUT.contains(words)).collect();
            assert!(lost.is_empty(), "{folder}{wave}: {lost:?}");
        }
    }
}
