//! A whole report from one line: what templates make of a survey, and what they leave out.

use crate::loop_project::{Project, here};
use shirube::catalog::report::{Against, Block, Correction, Origin};
use shirube::catalog::{Loaded, Report};
use shirube::language::{Day, DayTime, Language, Today};
use shirube::pipeline;

/// The demonstration firm with a report of one line for each template.
fn project() -> Project {
    let project = Project::of(&here().join("docs/demonstration"));
    for template in ["executive", "department", "change", "pulse"] {
        project.write(&format!("content/reports/{template}.yaml"), format!("survey: voice-2025-04\ntemplate: {template}\n"));
    }
    let site = project.read("content/sites/voices.yaml");
    let reports = site.lines().find(|line| line.starts_with("reports:")).expect("reports").to_owned();
    project
        .write("content/sites/voices.yaml", site.replace(&reports, &reports.replacen('[', "[executive, department, change, pulse, ", 1)));
    project
}

fn load(project: &Project) -> Loaded {
    pipeline::load(project.root()).expect("content")
}

/// What a report shows, a word a block.
fn outline(report: &Report) -> Vec<String> {
    let word = |block: &Block| match block {
        Block::Heading { text, .. } => format!("# {}", text.in_language(Language::English)),
        Block::Figure { figure, .. } => figure.value.clone(),
        Block::Comments(comments) => format!("comments {}", comments.question.value),
        Block::Method => "method".to_owned(),
        other => format!("{other:?}").split(['(', ' ']).next().unwrap_or_default().to_lowercase(),
    };
    report.blocks.iter().map(word).collect()
}

#[test]
fn a_line_is_a_whole_report() {
    let project = project();
    let mut loaded = load(&project);
    assert!(loaded.diagnostics.is_empty(), "{:?}", loaded.diagnostics.sorted());
    let reports = &loaded.catalog.reports;
    let executive = outline(&reports["executive"]);
    assert!(executive.contains(&"autonomy_score".to_owned()) && executive.contains(&"recommend".to_owned()), "{executive:?}");
    assert!(
        executive.contains(&"autonomy_score-by-department".to_owned()) && executive.contains(&"comments words".to_owned()),
        "{executive:?}"
    );
    // What has changed, and where groups differ, both tested: scores in one picture for each attribute, the recommendation beside
    assert_eq!(rounds(&reports["executive"]), rounds(&reports["pulse"]));
    let beside: Vec<(&str, usize)> = reports["executive"]
        .blocks
        .iter()
        .filter_map(|block| match block {
            Block::Compare(compare) => Some((compare.by[0].value.as_str(), compare.figures.len())),
            _ => None,
        })
        .collect();
    let scales = loaded.catalog.surveys["voice-2025-04"].scales.len();
    assert_eq!(beside, ["department", "age", "tenure"].map(|by| [(by, scales), (by, 1)]).concat());
    // What goes together with the recommendation, which nobody had to name
    let relations = drivers(&reports["executive"]).expect("relations");
    assert_eq!((relations.0, relations.1.len(), relations.2), ("recommend", scales, 100));
    assert!(reports["executive"].tiles.len() >= 2);
    assert!(reports["executive"].tiles.iter().all(|tile| matches!(tile.origin, Origin::Survey(_))));
    let pulse = outline(&reports["pulse"]);
    for question in loaded.catalog.surveys["voice-2025-04"].questions() {
        assert!(pulse.iter().any(|word| *word == question.id || *word == format!("comments {}", question.id)), "{} {pulse:?}", question.id);
    }
    assert!(outline(&reports["department"]).iter().filter(|word| word.contains("-by-")).count() >= 6);
    for report in ["executive", "department", "change", "pulse"] {
        let own = outline(&reports[report]);
        assert_eq!(own.last().map(String::as_str), Some("method"), "{own:?}");
        assert!(reports[report].sample, "the answers are invented, and a template says so, too");
        assert!(!reports[report].title.in_language(Language::Japanese).is_empty() && !reports[report].lead.is_empty());
    }
    let themes = pipeline::read_themes(project.root(), &mut loaded).expect("themes");
    let day = Day::parse("2026-12-01").expect("a day");
    let today = Today { day, now: DayTime::whole(day).begins("Asia/Tokyo").expect("a moment") };
    let answers = pipeline::nothing_collected(&loaded.catalog, today);
    let built = pipeline::build(&loaded.catalog, &themes, &answers, today, None).unwrap_or_else(|faults| panic!("{:?}", faults.sorted()));
    for page in ["reports/executive.html", "en/reports/pulse/slides.html", "reports/change/method.html", "en/reports/department.xlsx"] {
        assert!(built.sites["voices"].iter().any(|file| file.path.as_str() == page), "{page}");
    }
}

/// The outcome of a report, what is held against it, of how many people at least.
fn drivers(report: &Report) -> Option<(&str, Vec<&str>, u32)> {
    report.blocks.iter().find_map(|block| match block {
        Block::Drivers(own) => Some((own.outcome.value.as_str(), own.of.iter().map(|one| one.value.as_str()).collect(), own.minimum)),
        _ => None,
    })
}

#[test]
fn what_goes_together_with_an_outcome_is_told_where_the_survey_asks_enough() {
    let project = project();
    let write = |survey: &str, more: &str| {
        project.write("content/reports/executive.yaml", format!("survey: {survey}\ntemplate: executive\n{more}"));
        let loaded = load(&project);
        let of_it = loaded.diagnostics.sorted().into_iter().filter(|note| note.place.file.to_string() == "content/reports/executive.yaml");
        let notes: Vec<String> = of_it.map(|note| format!("{} {}", note.code, note.place.line)).collect();
        let own = drivers(&loaded.catalog.reports["executive"]).map(|(outcome, of, _)| (outcome.to_owned(), of.join(" ")));
        (own, notes)
    };
    let scales = "autonomy_score growth_score workload_score talk_score belonging_score";
    let some = |outcome: &str, of: &str| Some((outcome.to_owned(), of.to_owned()));
    assert_eq!(write("voice-2025-04", "outcome: leave\n"), (some("leave", scales), vec![]));
    assert_eq!(write("voice-2025-04", "outcome: growth_score\n"), (some("growth_score", &scales.replace("growth_score ", "")), vec![]));
    // An outcome that stands in a scale is not held against it
    assert_eq!(write("voice-2025-04", "outcome: talk_time\n"), (some("talk_time", &scales.replace("talk_score ", "")), vec![]));
    assert_eq!(write("voice-2025-04", "outcome: leaf\n").1, ["unknown-reference 3"]);
    // Who writes relations of their own gets no others
    let own = "blocks:\n  - {kind: drivers, outcome: leave, of: [growth_score, talk_score]}\n";
    assert_eq!(write("voice-2025-04", own), (some("leave", "growth_score talk_score"), vec![]));
    // One scale alone: single answers beside it; a single question is the outcome where nobody is asked for a recommendation
    let (found, _) = write("course-after", "");
    assert_eq!(found, some("later", "now_strength now_ahead now_link now_ask now_time"));
    // Of fewer people than it takes, and of a survey that asks too little: a note, and no empty figure
    project.edit("content/surveys/voice-2024-04.yaml", "minutes: 5\n", "minutes: 5\npopulation: 80\n");
    assert_eq!(write("voice-2024-04", ""), (None, vec!["nothing-to-show 2".to_owned()]));
    let one = project.read("content/surveys/course-before.yaml");
    let (head, _) = one.split_once("scales:").expect("scales");
    let (head, _) = head.split_once("pages:").expect("pages");
    let question =
        "pages:\n  - id: one\n    questions:\n      - {id: way, kind: scale, points: 5, favourable: high, text: {ja: 道, en: A way}}\n";
    project.write("content/surveys/one.yaml", format!("{head}{question}"));
    let (found, notes) = write("one", "");
    assert_eq!((found, notes.contains(&"nothing-to-show 2".to_owned())), (None, true), "{notes:?}");
    // The key belongs to the template
    project.write("content/reports/executive.yaml", "survey: voice-2025-04\ntemplate: pulse\noutcome: leave\n");
    let loaded = load(&project);
    assert!(loaded.diagnostics.sorted().iter().any(|fault| fault.code.to_string() == "unknown-key" && fault.place.line == 3));
}

#[test]
fn each_department_is_held_against_the_others() {
    let project = project();
    let loaded = load(&project);
    let report = &loaded.catalog.reports["department"];
    let tested: Vec<(&str, bool)> = report
        .blocks
        .iter()
        .filter_map(|block| match block {
            Block::Compare(one) => {
                Some((one.by[0].value.as_str(), one.against == Against::EverybodyElse && one.correction == Correction::Holm))
            }
            _ => None,
        })
        .collect();
    assert_eq!(tested, ["department", "department", "age", "age", "tenure", "tenure"].map(|by| (by, true)));
    // The test of a segment stands before its figures
    let outline = outline(report);
    assert_eq!(outline[..3], ["# Department", "compare", "compare"], "{outline:?}");
    // Every department has a page of its own, unless the author wants others
    assert_eq!(report.for_each.as_ref().map(|by| by.value.as_str()), Some("department"));
    assert!(loaded.catalog.reports["executive"].for_each.is_none());
    project.write("content/reports/department.yaml", "survey: voice-2025-04\ntemplate: department\nfor_each: age\n");
    assert_eq!(load(&project).catalog.reports["department"].for_each.as_ref().map(|by| by.value.as_str()), Some("age"));
}

/// What lines of a report follow, and whose changes it tells, each as its figures.
fn rounds(report: &Report) -> Vec<(&'static str, Vec<&str>)> {
    report
        .blocks
        .iter()
        .filter_map(|block| match block {
            Block::Trend(trend) => Some(("trend", trend.figures.iter().map(|one| one.value.as_str()).collect())),
            Block::Change(change) => Some(("change", change.of.iter().map(|one| one.value.as_str()).collect())),
            _ => None,
        })
        .collect()
}

#[test]
fn change_and_pulse_follow_the_waves() {
    let project = project();
    project.write("content/reports/first.yaml", "survey: voice-2024-04\ntemplate: change\n");
    project.write("content/reports/first-pulse.yaml", "survey: voice-2024-04\ntemplate: pulse\n");
    let loaded = load(&project);
    let reports = &loaded.catalog.reports;
    let survey = &loaded.catalog.surveys["voice-2025-04"];
    let scales: Vec<&str> = survey.scales.iter().map(|scale| scale.id.as_str()).collect();
    for template in ["change", "pulse"] {
        assert_eq!(rounds(&reports[template]), [("trend", scales.clone()), ("trend", vec!["recommend"])], "{template}");
    }
    let outline = outline(&reports["change"]);
    let at = |word: &str| outline.iter().position(|own| own == word).unwrap_or_else(|| panic!("{word}: {outline:?}"));
    assert!(at("# From wave to wave") < at("trend") && at("trend") < at("# This time"), "{outline:?}");
    // The first wave has nothing before it: no line, and a note for whoever asks what has changed
    assert!(rounds(&reports["first"]).is_empty() && rounds(&reports["first-pulse"]).is_empty());
    let notes: Vec<String> = loaded.diagnostics.sorted().iter().map(|note| format!("{} {}", note.place.file, note.code)).collect();
    assert_eq!(notes, ["content/reports/first.yaml nothing-to-show"]);
}

#[test]
fn the_same_people_are_told_of_before_and_after() {
    let project = project();
    project.write("content/reports/class.yaml", "survey: course-after\ntemplate: change\n");
    let loaded = load(&project);
    assert!(loaded.diagnostics.is_empty(), "{:?}", loaded.diagnostics.sorted());
    // Two rounds of one class: pairs say it better than two means of different people
    assert_eq!(rounds(&loaded.catalog.reports["class"]), [("change", vec!["readiness"])]);

    // Three rounds, and no scale: single questions, a block for each number of points, and lines beside them
    let before = project.read("content/surveys/course-before.yaml");
    let (questions, _) = before.split_once("scales:").expect("scales");
    project.write("content/surveys/course-before.yaml", questions.replace("kind: scale\n", "kind: scale\n        hint: x\n"));
    let later = project.read("content/surveys/course-after.yaml").replace("2025-05-28", "2025-08-28").replace("2025-06-04", "2025-09-04");
    project.write("content/surveys/course-later.yaml", later.replace("研修の後, en: After the course", "三か月後, en: Three months on"));
    project.write("content/reports/class.yaml", "survey: course-later\ntemplate: change\n");
    project.write("content/reports/course.yaml", "survey: course-after\ntemplate: pulse\n");
    let loaded = load(&project);
    assert!(loaded.diagnostics.is_empty(), "{:?}", loaded.diagnostics.sorted());
    let rows = vec!["now_strength", "now_ahead", "now_link", "now_ask", "now_time"];
    let all = rows.iter().copied().chain(["later"]).collect::<Vec<_>>();
    let class = &loaded.catalog.reports["class"];
    assert_eq!(rounds(class), [("change", all), ("trend", rows), ("trend", vec!["later"])]);
    let before = class.blocks.iter().find_map(|block| match block {
        Block::Change(change) => Some(change.before.value.as_str()),
        _ => None,
    });
    assert_eq!(before, Some("course-after"), "the round before, not the first one");
}

#[test]
fn what_is_written_stands_and_comes_behind() {
    let project = project();
    project.write(
        "content/reports/executive.yaml",
        "survey: voice-2025-04\ntemplate: executive\ntitle: {ja: 題, en: Own title}\ntiles: []\nblocks:\n  - {kind: callout, lead: {ja: 問い, en: A question}, text: {ja: どうしますか。, en: What now?}}\n",
    );
    let loaded = load(&project);
    assert!(loaded.diagnostics.is_empty(), "{:?}", loaded.diagnostics.sorted());
    let report = &loaded.catalog.reports["executive"];
    assert_eq!(report.title.in_language(Language::English), "Own title");
    let own = outline(report);
    assert_eq!(own[own.len() - 2..], ["callout", "method"], "{own:?}");
}
