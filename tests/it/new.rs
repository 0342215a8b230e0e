//! What `shirube new` writes is sound from the first minute, in every kind.

use shirube::commands::new::{Kind, run};
use shirube::commands::{Console, Exit, Format};
use shirube::diagnostic::to_text;
use shirube::language::Language;
use shirube::pipeline;

const CONSOLE: Console = Console { language: Language::English, format: Format::Text, quiet: true };

#[test]
fn every_kind_of_new_project_has_no_faults_and_no_warnings() {
    for kind in Kind::ALL {
        let folder = tempfile::tempdir().unwrap();
        assert_eq!(run(folder.path(), kind, &CONSOLE).unwrap(), Exit::Done);
        let mut loaded = pipeline::load(folder.path()).unwrap();
        let themes = pipeline::read_themes(folder.path(), &mut loaded).unwrap();
        assert!(loaded.diagnostics.is_empty(), "{}: {}", kind.name(), to_text(&loaded.diagnostics, &loaded.sources, Language::English));
        let noon = shirube::language::DayTime::parse("2026-11-20 12:00").unwrap();
        let today = shirube::language::Today { day: noon.day, now: noon.begins("Asia/Tokyo").unwrap() };
        let answers = pipeline::nothing_collected(&loaded.catalog, today);
        let built = pipeline::build(&loaded.catalog, &themes, &answers, today, None).unwrap();
        assert!(built.sites.values().all(|artifacts| artifacts.len() > 10), "{}: next to nothing was built", kind.name());
    }
}

#[test]
fn a_folder_with_something_in_it_is_left_alone() {
    let folder = tempfile::tempdir().unwrap();
    std::fs::write(folder.path().join("mine.txt"), "mine").unwrap();
    let error = run(folder.path(), Kind::Pulse, &CONSOLE).unwrap_err();
    assert!(error.to_string().contains("not empty"), "{error}");
    assert_eq!(std::fs::read_dir(folder.path()).unwrap().count(), 1);
}
