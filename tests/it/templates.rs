//! A whole report from one line: what templates make of a survey, and what they leave out.

use crate::loop_project::{Project, here};
use shirube::catalog::report::{Block, Origin};
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
