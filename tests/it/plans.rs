//! Plans: the white paper's checklist in all its combinations, by figures and by hand; what may not be told decides nothing; a device
//! works out the same.

use crate::manual_pages::all_blocks;
use serde_json::{Value as Json, json};
use shirube::advice::{Unknown, advise, outcome};
use shirube::catalog::{Catalog, Plan, Target, load};
use shirube::content::Folder;
use shirube::diagnostic::{Diagnostics, to_text};
use shirube::language::{DayTime, Language, Today};
use shirube::pages::editorial::plan;
use shirube::pages::{Edition, Material, Spot, Theme, site};
use shirube::statistics::{Ledger, Published, SurveyShape, publish};
use shirube::survey::compiled::compiled;
use shirube::survey::expression::parse;
use shirube::survey::span::{Span, holds};
use shirube::survey::{Answer, Batch, Value};
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::process::Command;

fn demonstration() -> Catalog {
    let (folder, faults) = Folder::read(Path::new(env!("CARGO_MANIFEST_DIR"))).expect("the demonstration");
    assert!(!faults.has_errors());
    let loaded = load(&folder);
    assert!(!loaded.diagnostics.has_errors(), "{}", to_text(&loaded.diagnostics, &loaded.sources, Language::English));
    loaded.catalog
}

fn support(catalog: &Catalog) -> &Plan {
    &catalog.plans["support"]
}

/// Everything that may be shown of a survey to which so many people gave these points, each item in turn.
fn told(catalog: &Catalog, survey: &str, n: usize, scales: &[(&str, &[u8])]) -> (String, Published) {
    let survey = &catalog.surveys[survey];
    let mut columns = BTreeMap::new();
    for (id, points) in scales {
        let scale = survey.scales.iter().find(|scale| scale.id == *id).expect("a scale");
        for item in &scale.items {
            let point = |row: usize| {
                let point = points[row % points.len()];
                if scale.reversed.contains(item) { 1 + scale.points - point } else { point }
            };
            let column = (0..n).map(|row| Answer::Given(Value::Choice(point(row).to_string()))).collect();
            columns.insert(item.clone(), column);
        }
    }
    let people = u64::try_from(n).expect("few");
    let batch = Batch { survey: survey.id.clone(), revision: survey.revision, number: 1, n: people, columns, ..Batch::default() };
    (survey.id.clone(), publish(&SurveyShape::of(survey, true), &[batch], &Ledger::new([])))
}

/// The figures of employees and managers: points of autonomy, of talks, of managers' own autonomy.
fn figures(catalog: &Catalog, staff: &[u8], talks: &[u8], own: &[u8]) -> BTreeMap<String, Published> {
    let managers = told(catalog, "manager-check", 40, &[("talk_skill", talks), ("own_autonomy", own)]);
    [told(catalog, "pulse", 40, &[("autonomy", staff)]), managers].into_iter().collect()
}

fn page(catalog: &Catalog, language: Language, published: &BTreeMap<String, Published>) -> String {
    let theme = Theme::embedded().expect("our theme");
    let noon = DayTime::parse("2026-11-20 12:00").expect("a moment");
    let today = Today { day: noon.day, now: noon.begins("Asia/Tokyo").expect("a moment") };
    let edition = Edition { material: Material { catalog, site: catalog.home().expect("a site"), theme: &theme, today }, language };
    let made = site::make(&edition, &Spot::Content(Target::Plan("support".to_owned())), published).expect("a page");
    let page = made.into_iter().find(|file| file.path.as_str().ends_with("support.html")).expect("the page");
    String::from_utf8(page.bytes).expect("text")
}

/// The numbers of the measures, as people read them.
fn numbers(measures: &[usize]) -> Vec<usize> {
    measures.iter().map(|measure| measure + 1).collect()
}

const HIGH: &[u8] = &[4, 5, 3, 5];
const LOW: &[u8] = &[2, 3, 1, 2];

/// S21: the answers of employees and managers (0: high), what to begin with, what to add.
const CHECKLIST: [([usize; 2], &[usize], &[usize]); 4] =
    [([0, 0], &[6], &[3, 5, 7, 1, 8]), ([0, 1], &[2, 3, 4], &[6, 7, 1, 8]), ([1, 0], &[3], &[5, 6, 2, 4]), ([1, 1], &[2, 3, 4], &[])];

#[test]
fn all_four_combinations_of_the_checklist_come_out_as_the_table_says_by_hand() {
    let catalog = demonstration();
    let plan = support(&catalog);
    assert_eq!(plan.combinations().len(), 4);
    for (answers, first, next) in CHECKLIST {
        let came = outcome(plan, &answers.map(Some));
        assert_eq!((numbers(&came.first).as_slice(), numbers(&came.next).as_slice()), (first, next), "{answers:?}");
        assert_eq!(came.led, answers == [0, 1], "only there nothing is shared");
        assert_eq!(came.first.len() + came.next.len() + came.rest.len(), 8);
    }
}

#[test]
fn all_four_combinations_come_out_of_figures_and_stand_on_the_page_with_reasons() {
    let catalog = demonstration();
    let plan = support(&catalog);
    for (answers, first, next) in CHECKLIST {
        let of = |answer: usize| if answer == 0 { HIGH } else { LOW };
        let published = figures(&catalog, of(answers[0]), of(answers[1]), of(answers[1]));
        let advice = advise(plan, &published);
        let decided: Vec<Option<usize>> = advice.questions.iter().map(|judged| judged.answer).collect();
        assert_eq!(decided, answers.map(Some));
        assert!(advice.questions.iter().all(|judged| judged.firm()), "{answers:?}");
        assert_eq!((numbers(&advice.outcome.first).as_slice(), numbers(&advice.outcome.next).as_slice()), (first, next));
        assert_eq!(advice.changes.len(), 2, "each answer could become the other");
        for (language, begin) in [(Language::Japanese, "まず始める"), (Language::English, "Begin with")] {
            let html = page(&catalog, language, &published);
            let step = html.split("plan-step plan-first").nth(1).and_then(|rest| rest.split("</ol>").next()).expect("what to begin with");
            assert!(step.contains(begin));
            let listed: Vec<usize> = step.split("<li value=\"").skip(1).filter_map(|rest| rest.split('"').next()?.parse().ok()).collect();
            assert_eq!(listed, first, "{answers:?}");
            assert!(html.contains(if language == Language::Japanese { "わたしたちの対応づけ" } else { "our mapping" }));
            assert!(step.contains("plan-reasons"), "each has its reasons");
            assert!(html.contains("n=40"), "with its n");
        }
    }
}

#[test]
fn one_manager_figure_that_is_low_is_enough_and_may_stand_without_the_other() {
    let catalog = demonstration();
    let plan = support(&catalog);
    for (talks, own, expected) in [(HIGH, LOW, 1), (LOW, HIGH, 1), (HIGH, HIGH, 0)] {
        let advice = advise(plan, &figures(&catalog, HIGH, talks, own));
        assert_eq!(advice.questions[1].answer, Some(expected));
    }
    // Their own autonomy is not there: low talks decide all the same, high ones do not
    for (talks, expected) in [(LOW, Some(1)), (HIGH, None)] {
        let published = [told(&catalog, "manager-check", 40, &[("talk_skill", talks)])].into_iter().collect();
        let advice = advise(plan, &published);
        assert_eq!(advice.questions[1].answer, expected);
        assert!(matches!(advice.questions[1].unknown.as_slice(), [(2, Unknown::Held | Unknown::Missing)]));
        assert_eq!(advice.questions[0].unknown, [(0, Unknown::NothingYet)]);
    }
}

#[test]
fn what_may_not_be_shown_decides_nothing_and_the_page_says_why() {
    let catalog = demonstration();
    let plan = support(&catalog);
    let few: BTreeMap<String, Published> = [told(&catalog, "pulse", 4, &[("autonomy", HIGH)])].into_iter().collect();
    for published in [BTreeMap::new(), few] {
        let advice = advise(plan, &published);
        assert!(!advice.says_something());
        assert!(advice.outcome.first.is_empty(), "nothing holds for every answer");
        let html = page(&catalog, Language::Japanese, &published);
        assert!(html.contains("「社員の自律の度合い」は、まだ集計がありません。"));
        assert!(html.contains("決められません") && !html.contains("plan-step"), "nothing is chosen");
        assert_eq!(html.matches("<tr><th scope=\"row\">").count(), 4 + 8, "all combinations and all measures stand in tables");
        assert!(!html.contains("tr class=\"marked\""));
    }
    assert_eq!(page(&catalog, Language::English, &BTreeMap::new()).matches("There are no figures of").count(), 3);
}

#[test]
fn an_interval_across_the_mark_is_said_in_words_with_what_it_would_change() {
    let catalog = demonstration();
    let plan = support(&catalog);
    let published = figures(&catalog, &[2, 5, 3, 4, 4], HIGH, HIGH);
    let advice = advise(plan, &published);
    let judged = &advice.questions[0];
    assert_eq!((judged.answer, judged.firm(), judged.possible.as_slice()), (Some(0), false, [0, 1].as_slice()));
    let change = advice.changes.iter().find(|change| change.question == 0).expect("a change");
    let [swing] = change.swings.as_slice() else { panic!("{change:?}") };
    assert!(swing.within && swing.threshold == 3.5);
    assert_eq!(numbers(&change.outcome.first), [3]);
    let html = page(&catalog, Language::Japanese, &published);
    assert!(html.contains("区間が境目をまたいでいます。「少ない（社員の自律が低い）」でないとは言い切れません。"));
    assert!(html.contains("いまの区間の中にあります。"));
    // Two figures have to move before managers are high again
    let low = advise(plan, &figures(&catalog, HIGH, LOW, LOW));
    let change = low.changes.iter().find(|change| change.question == 1).expect("a change");
    assert!(change.swings.is_empty());
}

#[test]
fn what_nearly_all_say_is_told_only_as_far_as_it_decides() {
    let catalog = demonstration();
    let plan = support(&catalog);
    // All gave 4 points: the mean is at least 3.85, whatever one in twenty said
    let advice = advise(plan, &figures(&catalog, &[4], HIGH, HIGH));
    assert_eq!(advice.questions[0].answer, Some(0));
    let html = page(&catalog, Language::Japanese, &figures(&catalog, &[4], HIGH, HIGH));
    assert!(html.contains("≈4.0"), "the figure stands as it may be told");
}

#[test]
fn where_one_question_is_open_only_what_holds_for_every_answer_is_told() {
    let catalog = demonstration();
    let plan = support(&catalog);
    assert_eq!(numbers(&outcome(plan, &[None, Some(1)]).first), [2, 3, 4]);
    assert_eq!(numbers(&outcome(plan, &[None, Some(1)]).next), [] as [usize; 0]);
    assert_eq!(numbers(&outcome(plan, &[None, Some(0)]).first), [] as [usize; 0]);
    assert_eq!(numbers(&outcome(plan, &[None, Some(0)]).next), [3, 5, 6]);
    assert_eq!(numbers(&outcome(plan, &[Some(1), None]).first), [3]);
}

/// Holds cases against the script. Where there is no node (a checkout for Rust alone), the browser tests have the rest.
fn agree(name: &str, cases: &Json) {
    let file = PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join(format!("plans-{name}.json"));
    std::fs::write(&file, cases.to_string()).expect("a file");
    let script = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/browser/plan-cases.mjs");
    match Command::new("node").arg(script).arg(&file).output() {
        Ok(output) => {
            assert!(output.status.success(), "{}{}", String::from_utf8_lossy(&output.stdout), String::from_utf8_lossy(&output.stderr));
        }
        Err(_) => assert!(std::env::var_os("CI").is_none(), "node is not there"),
    }
}

#[test]
fn a_device_works_out_the_same() {
    let catalog = demonstration();
    let theme = Theme::embedded().expect("our theme");
    let noon = DayTime::parse("2026-11-20 12:00").expect("a moment");
    let today = Today { day: noon.day, now: noon.begins("Asia/Tokyo").expect("a moment") };
    let material = Material { catalog: &catalog, site: catalog.home().expect("a site"), theme: &theme, today };
    let one = support(&catalog);
    let mut outcomes = Vec::new();
    for leads in 0..2 {
        let plan = Plan { leads, ..one.clone() };
        let rules = plan::rules(&Edition { material, language: Language::English }, &plan);
        for first in [None, Some(0), Some(1)] {
            for second in [None, Some(0), Some(1)] {
                let came = outcome(&plan, &[first, second]);
                let expected = json!({"first": came.first, "led": came.led, "next": came.next, "rest": came.rest});
                outcomes.push(json!({"rules": rules, "answers": [first, second], "expected": expected}));
            }
        }
    }
    let spans: [Option<Span>; 6] = [None, Some((3.5, 3.5)), Some((3.2, 3.6)), Some((4.0, 4.25)), Some((-1.0, 1.0)), Some((95.0, 100.0))];
    let sources = [
        "a >= 3.5",
        "a < 3.5",
        "a > 3.5 and b <= 4",
        "a < 3.5 or b < 3.5",
        "not (a = 3.5)",
        "a != b",
        "a + b >= 7",
        "a - b < 0",
        "a * b > 12",
        "a / b >= 1",
        "-a < 0",
        "mean(a, b) >= 3.5",
        "sum(a, b) > 7 or count(a, b) = 1",
        "answered(a) and not answered(b)",
        "a",
    ];
    let mut judged = Vec::new();
    for source in sources {
        let expression = parse(source).expect("readable");
        for a in spans {
            for b in spans {
                let of = |id: &str| if id == "a" { a } else { b };
                let named = [("a", a), ("b", b)].into_iter().filter_map(|(id, span)| Some((id.to_owned(), json!(span?))));
                let figures: serde_json::Map<String, Json> = named.collect();
                judged.push(json!({"compiled": compiled(&expression), "figures": figures, "expected": holds(&expression, &of)}));
            }
        }
    }
    agree("all", &json!({"judged": judged, "outcomes": outcomes}));
}

#[test]
fn the_example_of_the_manual_is_read() {
    let mut read = 0;
    for block in all_blocks().iter().filter(|block| block.info == "yaml plan") {
        let (mut folder, faults) = Folder::read(Path::new(env!("CARGO_MANIFEST_DIR"))).expect("the demonstration");
        assert!(!faults.has_errors());
        let mut faults = Diagnostics::new();
        folder.insert("content/plans/example.yaml", block.text.clone().into_bytes(), &mut faults);
        let loaded = load(&folder);
        assert!(loaded.diagnostics.is_empty(), "{}", to_text(&loaded.diagnostics, &loaded.sources, Language::English));
        assert_eq!(loaded.catalog.plans["example"].combinations().len(), 2);
        read += 1;
    }
    assert_eq!(read, 2);
}
