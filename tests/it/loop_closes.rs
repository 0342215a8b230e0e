//! The loop: answers wait for their batch, the batch moves the report, and nothing else does.

use crate::loop_project::{Project, Served, changes, text};
use crate::serve::{run, said};
use shirube::store::Publication;
use std::time::Duration;

const EVERY: &str = "/surveys/every.html";

/// Fails where a batch moved anything but the report, in all languages.
fn only_the_report_moved(names: &[String]) {
    for moved in
        ["small/reports/every.html", "small/en/reports/every.html", ".shown/small/publications.json", "small/reports/every/mood.json"]
    {
        assert!(names.iter().any(|name| name == moved), "{moved} has not moved, only {names:?}");
    }
    for name in names {
        let ours = name.contains("/reports/every")
            || [".shown/small/publications.json", ".shown/small/.shirube-manifest.json", "small/.shirube-manifest.json"]
                .contains(&name.as_str());
        assert!(ours, "{name} has moved");
    }
}

/// One person's sheet.
fn sheet(number: usize) -> String {
    let mood = (number * 7 % 5 + 1).to_string();
    form_urlencoded::Serializer::new(String::new())
        .extend_pairs([("way", "foot"), ("fruit", "apple"), ("shoes", "3"), ("mood", &mood), ("minutes", "10"), ("since.declined", "1")])
        .extend_pairs([("word.declined", "1"), ("_sheet", &format!("{number:032x}")), ("_go", "send")])
        .finish()
}

/// Answers from `first` on, one after the other.
fn answer(served: &Served, people: std::ops::Range<usize>) {
    for number in people {
        assert_eq!(served.post(EVERY, &sheet(number)).status(), 303, "sheet {number}");
    }
}

fn figures(served: &Served) -> String {
    let output = run(&served.project, &["figures", "every"]);
    assert_eq!(output.status.code(), Some(0), "{}", said(&output));
    String::from_utf8(output.stdout).expect("text")
}

#[test]
fn four_answers_move_nothing_and_the_fifth_moves_the_report() {
    let served = Served::small();
    let (before, numbers) = (served.project.output(), figures(&served));
    let state = served.stage.state(true);
    answer(&served, 0..4);
    // Long enough for a build, if there was to be one
    std::thread::sleep(Duration::from_millis(400));
    assert_eq!(served.waiting("every"), 4);
    assert_eq!(changes(&before, &served.project.output()), [""; 0]);
    assert_eq!(figures(&served), numbers);
    assert_eq!(served.stage.state(true), state, "no browser reloads");
    assert_eq!(served.news.lock().expect("a list").len(), 1, "nothing was even built");

    answer(&served, 4..5);
    served.until("the batch moves the report", |served| served.stage.state(true) != state);
    assert_eq!(served.waiting("every"), 0);
    only_the_report_moved(&changes(&before, &served.project.output()));
    assert_ne!(figures(&served), numbers);
    for (address, word) in [("/reports/every.html", "5 人"), ("/en/reports/every.html", "5 people")] {
        let (page, old) = (text(&served.get(address)), String::from_utf8_lossy(&before[&format!("small{address}")]).into_owned());
        assert_ne!(page, old);
        assert_eq!(
            page,
            served.project.read(&format!("output/small{address}")).replace("</body>", "<script src=\"/_live.js\" defer></script>\n</body>")
        );
        assert!(page.contains(word) || page.contains(&word.replace(' ', "")), "{address} does not say {word}");
    }
    // A second build finds nothing to do
    let output = run(&served.project, &["build"]);
    assert!(said(&output).contains("0 created, 0 changed, 0 removed"), "{}", said(&output));
}

/// A scale of five points is shown in three classes until twenty have answered, in full from then on, and then moves by twenty.
/// In between the report only says how many have answered.
#[test]
fn batches_move_the_figures_at_5_10_15_20_and_40() {
    let served = Served::small();
    let mut seen = served.project.output();
    let mut moved = Vec::new();
    for five in 0..8 {
        let built = served.news.lock().expect("a list").len();
        answer(&served, five * 5..five * 5 + 5);
        served.until("the batch is built", |served| served.waiting("every") == 0 && served.news.lock().expect("a list").len() > built);
        let now = served.project.output();
        let names = changes(&seen, &now);
        if names.contains(&".shown/small/publications.json".to_owned()) {
            only_the_report_moved(&names);
            moved.push(five * 5 + 5);
        } else {
            // The report's page, its workbook, how it was made and its slides say how many wait
            let report = ["every.html", "every.xlsx", "every/method.html", "every/slides.html"];
            let all = ["en/", ""].into_iter().flat_map(|folder| report.map(|name| format!("small/{folder}reports/{name}")));
            let expected: Vec<String> = std::iter::once("small/.shirube-manifest.json".to_owned()).chain(all).collect();
            assert_eq!(names, expected);
        }
        seen = now;
    }
    assert_eq!(moved, [5, 10, 15, 20, 40]);
    assert_eq!(served.stored("every"), 40);
}

#[test]
fn a_survey_whose_close_was_published_does_not_open_again() {
    let project = Project::small();
    let store = shirube::store::open(&project.path("private")).expect("a store");
    let publication = |survey: &str| Publication { survey: survey.to_owned(), batches: 1, groups: [("all".to_owned(), 20)].into() };
    for survey in ["every", "long"] {
        assert_eq!(run(&project, &["close", survey]).status.code(), Some(0));
        store.record(&publication(survey)).expect("in the ledger");
    }
    // What was visible while it ran may go on
    assert_eq!(run(&project, &["close", "every", "--reopen"]).status.code(), Some(0));
    let refused = run(&project, &["close", "long", "--reopen", "--lang", "en"]);
    assert_eq!(refused.status.code(), Some(2));
    assert!(said(&refused).contains("published at its close"), "{}", said(&refused));
    assert!(store.closings().expect("read").contains_key("long"));
}
