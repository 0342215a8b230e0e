//! The examples of reports in the manual: each is read without faults beside a survey of two waves.

use crate::loop_project::here;
use crate::manual_pages::all_blocks;
use shirube::catalog::load;
use shirube::content::Folder;
use shirube::diagnostic::{Diagnostics, to_text};
use shirube::language::Language;

const SURVEY: &str = "title: x
lead: x
wave: 一
minutes: 1
mode: anonymous
access: invited
open: 2026-04-01
close: 2026-04-20
purpose: x
attributes:
  - {id: department, text: x, values: [{id: sales, text: x}, {id: works, text: y}]}
segments:
  - by: [department]
pages:
  - id: only
    questions:
      - {id: vision, kind: scale, text: x, points: 5, ends: [a, b]}
      - {id: learn, kind: scale, text: y, points: 5, ends: [a, b]}
      - {id: recommend, kind: recommendation, text: z, ends: [a, b]}
      - {id: work, kind: grid, text: w, points: 5, ends: [a, b], rows: [{id: a, text: x}, {id: b, text: y}, {id: c, text: z}]}
      - {id: cards, kind: multiple_choice, text: v, choices: [{id: a, text: x}, {id: b, text: y}]}
scales:
  - {id: growth_score, label: x, items: [vision, learn]}
  - {id: belonging_score, label: y, items: [learn, vision]}
";

#[test]
fn every_example_of_a_report_is_read_without_faults() {
    let mut read = 0;
    for block in all_blocks().iter().filter(|block| block.info == "yaml report") {
        let (mut folder, mut faults) = (Folder::default(), Diagnostics::new());
        let of = |path: &str| std::fs::read(here().join(path)).expect("a file");
        let lines: String = block.text.lines().map(|line| format!("  {line}\n")).collect();
        let site = "title: x\nlead: x\nnavigation: [{to: reports}]\nreports: [example]\ndata: [lunch]\nsurveys: [voice]\nhome: {title: x, lead: x}\nfooter: x\n";
        let report = format!("title: x\nlead: x\nsurvey: voice-next\nvisibility: public\nfor_each: department\nblocks:\n{lines}");
        for (path, bytes) in [
            ("content/project.yaml", of("tests/cases/base/content/project.yaml")),
            ("content/sources.yaml", of("docs/manual/content/sources.yaml")),
            ("content/data/lunch.yaml", of("docs/manual/content/data/lunch.yaml")),
            ("content/sites/small.yaml", site.as_bytes().to_vec()),
            ("content/surveys/voice.yaml", SURVEY.as_bytes().to_vec()),
            ("content/surveys/voice-next.yaml", b"same_as: voice\nwave: next\nopen: 2026-10-01\nclose: 2026-10-20\n".to_vec()),
            ("content/reports/example.yaml", report.into_bytes()),
        ] {
            folder.insert(path, bytes, &mut faults);
        }
        let loaded = load(&folder);
        let told = to_text(&loaded.diagnostics, &loaded.sources, Language::English);
        assert!(!loaded.diagnostics.has_errors(), "{}:\n{}\n{told}", block.page, block.text);
        read += 1;
    }
    assert!(read >= 6, "only {read} examples");
}
