//! The same content and answers make the same bytes, wherever and however they are built.

use crate::loop_project::{Project, changes, here, tree};
use crate::serve::{said, shirube};
use std::collections::BTreeMap;
use std::path::Path;

/// Thirty people's answers to the demonstration's survey: fixed, of all states.
fn pulse() -> String {
    let head = "vision,action,meaning,adrift,feelings_unclear,feelings_doubt,feelings_mismatch,supported,occasions,\
        talked_with.family,talked_with.friends,talked_with.colleagues,talked_with.boss,talked_with.hr,talked_with.outside,talked_with.nobody,\
        talked_with.other,easier.secret,easier.outsider,easier.insider,easier.hours,easier.all_invited,easier.online,easier.nothing,\
        easier.other,consult";
    let row = |person: usize| {
        let point = |by: usize| if person % 11 == by { "_declined".to_owned() } else { (person * by % 5 + 1).to_string() };
        let points: Vec<String> = (1..9).map(point).collect();
        let flag = |at: usize| u8::from(person % 6 == at);
        let talked: Vec<String> = (0..6).map(|at| flag(at).to_string()).collect();
        let easier: Vec<String> = (0..6).map(|at| flag(at).to_string()).collect();
        let consult = ["now", "later", "look", "no_need", "_declined"][person % 5];
        let occasions = if person.is_multiple_of(4) { "_skipped".to_owned() } else { person.to_string() };
        format!("{},{occasions},{},0,0,{},0,0,{consult}", points.join(","), talked.join(","), easier.join(","))
    };
    format!("{head}\n{}\n", (0..30).map(row).collect::<Vec<_>>().join("\n"))
}

/// A way of building that should make no difference.
struct Manner {
    name: &'static str,
    settings: &'static [(&'static str, &'static str)],
    /// Started inside the project, which is then named by a dot.
    inside: bool,
}

const MANNERS: [Manner; 3] = [
    Manner {
        name: "one thread, Tokyo, Japanese",
        settings: &[("TZ", "Asia/Tokyo"), ("LANG", "ja_JP.UTF-8"), ("LC_ALL", "ja_JP.UTF-8"), ("RAYON_NUM_THREADS", "1"), ("HOME", "/")],
        inside: true,
    },
    Manner {
        name: "four threads, New York, C",
        settings: &[
            ("TZ", "America/New_York"),
            ("LANG", "C"),
            ("LC_ALL", "C"),
            ("RAYON_NUM_THREADS", "4"),
            ("HOME", "/nonexistent"),
            ("FONTCONFIG_FILE", "/dev/null"),
        ],
        inside: false,
    },
    Manner {
        name: "Turkish, Kiritimati",
        settings: &[
            ("TZ", "Pacific/Kiritimati"),
            ("LANG", "tr_TR.UTF-8"),
            ("LC_ALL", "tr_TR.UTF-8"),
            ("LC_NUMERIC", "de_DE.UTF-8"),
            ("RAYON_NUM_THREADS", "2"),
            ("FONTCONFIG_PATH", "/nonexistent"),
        ],
        inside: true,
    },
];

fn built(manner: &Manner, answers: bool) -> BTreeMap<String, Vec<u8>> {
    let project = Project::of(here());
    if answers {
        project.write("pulse.csv", pulse());
        let file = project.path("pulse.csv").to_string_lossy().into_owned();
        let output =
            shirube(&project, &["import", "responses", "pulse", &file, "--today", "2026-11-20"]).output().expect("the program runs");
        assert!(output.status.success(), "{}", said(&output));
    }
    let mut command = shirube(&project, &["build", "--today", "2026-11-20"]);
    if manner.inside {
        command = std::process::Command::new(env!("CARGO_BIN_EXE_shirube"));
        command.args(["build", "--today", "2026-11-20"]).current_dir(project.root());
    } else {
        command.current_dir(Path::new("/"));
    }
    let output = command.envs(manner.settings.iter().copied()).output().expect("the program runs");
    assert!(output.status.success(), "{}: {}", manner.name, said(&output));
    tree(&project.path("output"))
}

#[test]
fn the_demonstration_is_the_same_everywhere() {
    let (mut without, mut with) = (Vec::new(), Vec::new());
    std::thread::scope(|scope| {
        let built = |answers| MANNERS.iter().map(|manner| scope.spawn(move || built(manner, answers))).collect::<Vec<_>>();
        let (one, other) = (built(false), built(true));
        without.extend(one.into_iter().map(|build| build.join().expect("a build")));
        with.extend(other.into_iter().map(|build| build.join().expect("a build")));
    });
    for (builds, what) in [(&without, "without answers"), (&with, "with answers")] {
        assert!(builds[0].len() > 100, "{what}: {} files", builds[0].len());
        for (build, manner) in builds.iter().zip(&MANNERS).skip(1) {
            assert_eq!(changes(&builds[0], build), [""; 0], "{}, {what}", manner.name);
        }
    }
    let moved = changes(&without[0], &with[0]);
    assert!(moved.contains(&"career-autonomy/reports/pulse.html".to_owned()), "{moved:?}");
    // No page tells where it was made
    let temporary = std::env::temp_dir().to_string_lossy().into_owned();
    for (name, bytes) in &with[0] {
        let text = String::from_utf8_lossy(bytes);
        for trace in [temporary.as_str(), "/dev/shm", env!("CARGO_MANIFEST_DIR")] {
            assert!(!text.contains(trace), "{name} names {trace}");
        }
    }
}
