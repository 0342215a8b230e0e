//! What reports tell of how many answered, and that a survey whose rows could leave with their attributes stays closed.

use crate::desk::{HERE, key, send};
use crate::loop_project::{Project, Served, text};
use crate::serve::{run, said};
use shirube::store::{Invitation, Store, Submission, Ticket};
use shirube::survey::{Answer, Carried, Response, Value};

const ATTRIBUTES: &str = "access: invited
attributes:
  - {id: team, text: {ja: チーム, en: Team}, values: [{id: sales, text: {ja: 営業, en: Sales}}, {id: law, text: {ja: 法務, en: Legal}}]}
close: 2099-12-01
";

const INVITED: usize = 23;

fn project(attributes: bool) -> Project {
    let project = Project::small();
    let more = if attributes { ATTRIBUTES } else { "access: invited\n" };
    project.edit("content/surveys/every.yaml", "publish: rolling\n", &format!("publish: rolling\n{more}"));
    project
}

fn carried(attributes: bool, person: usize) -> Carried {
    let team = ["sales", "law"][person % 2].to_owned();
    attributes.then(|| ("team".to_owned(), team)).into_iter().collect()
}

fn invite(store: &dyn Store, attributes: bool) {
    let one = |person: usize| Invitation {
        ticket: Ticket::of("every", format!("token {person}").as_bytes()),
        carried: carried(attributes, person),
        person: None,
    };
    store.invite("every", (0..INVITED).map(one).collect()).expect("invited");
}

fn answer(project: &Project, store: &dyn Store, attributes: bool, people: std::ops::Range<usize>) {
    let loaded = shirube::pipeline::load(project.root()).expect("content");
    let survey = &loaded.catalog.surveys["every"];
    for person in people {
        let mut answers = survey.carry(&carried(attributes, person), None);
        answers.insert("mood".to_owned(), Answer::Given(Value::Choice((person % 5 + 1).to_string())));
        let submission = Submission {
            response: Response { survey: "every".into(), revision: 1, answers },
            ticket: Ticket::of("every", format!("sheet {person}").as_bytes()),
            invitation: Some(Ticket::of("every", format!("token {person}").as_bytes())),
            lock: shirube::server::terms(survey),
            claims: Vec::new(),
            draft: None,
            withdrawal: None,
        };
        store.submit(submission).expect("stored");
    }
}

fn good(project: &Project, arguments: &[&str]) -> String {
    let output = run(project, arguments);
    assert_eq!(output.status.code(), Some(0), "{arguments:?}: {}", said(&output));
    said(&output)
}

/// A page without its tags.
fn words(page: &str) -> String {
    page.split('<').map(|part| part.split_once('>').map_or(part, |(_, text)| text)).collect()
}

/// The rate moves with the batches, not with people: beside an exact number of invited people, a rate of used invitations would tell
/// after each answer that there was one.
#[test]
fn the_response_is_told_of_whole_batches() {
    let project = project(false);
    let store = shirube::store::open(&project.path("private")).expect("a store");
    invite(&*store, false);
    let mut told = Vec::new();
    for (before, now) in [(0, 4), (4, 5), (5, 9), (9, 13), (13, 23)] {
        answer(&project, &*store, false, before..now);
        good(&project, &["build", "--quiet"]);
        let page = words(&project.read("output/small/reports/every.html"));
        let rate = page.split("招待した23人のうち、").nth(1).map(|rest| rest.split("が回答").next().expect("its end").to_owned());
        let english = words(&project.read("output/small/en/reports/every.html"));
        match &rate {
            Some(rate) => assert!(english.contains(&format!("{rate} of 23 people invited have answered")), "{rate}"),
            None => assert!(!english.contains("people invited have answered"), "after {now}"),
        }
        told.push(rate.unwrap_or_default());
    }
    // Batches of 5, 8 and 10: four who wait are never in it
    assert_eq!(told, ["", "22%", "22%", "57%", "100%"]);
}

#[test]
fn a_survey_whose_rows_carry_attributes_does_not_open_again() {
    let says = |attributes: bool| {
        let project = project(attributes);
        let store = shirube::store::open(&project.path("private")).expect("a store");
        invite(&*store, attributes);
        answer(&project, &*store, attributes, 0..10);
        // Nothing is in a batch, so nothing could leave
        good(&project, &["close", "every"]);
        good(&project, &["close", "every", "--reopen"]);
        good(&project, &["close", "every"]);
        good(&project, &["build", "--quiet"]);
        let refused = ["ja", "en"].map(|language| {
            let mut command = std::process::Command::new(env!("CARGO_BIN_EXE_shirube"));
            let command = command.args(["close", "every", "--reopen", "--lang", language, "--root"]).arg(project.root());
            command.output().expect("the program runs")
        });
        let closed = store.closings().expect("read").contains_key("every");
        (refused.map(|output| (output.status.code(), said(&output))), closed)
    };
    let ([(code, ja), (_, en)], closed) = says(true);
    assert!(closed && code == Some(2), "{ja}");
    for words in
        ["回答の行が、もう見られる状態です", "一人ひとりの回答が分かるおそれがあるため、再開できません", "新しいアンケートを作ってください"]
    {
        assert!(ja.contains(words), "{words}: {ja}");
    }
    for words in ["its rows could leave", "could be worked out by comparing both", "it stays closed", "Make a new survey"] {
        assert!(en.contains(words), "{words}: {en}");
    }
    // Without attributes no row tells more than the figures do
    let ([(code, ja), _], closed) = says(false);
    assert!(!closed && code == Some(0), "{ja}");
}

#[test]
fn the_desk_does_not_open_it_either() {
    let served = Served::of(project(true));
    invite(&*served.store, true);
    answer(&served.project, &*served.store, true, 0..10);
    let body = format!("_key={}&lang=ja", key(&served));
    assert!(text(&served.get("/_desk/surveys/every")).contains("属性の付いた回答を書き出せるようになります"), "it is told before");
    assert_eq!(send(&served, "surveys/every/close", &body, HERE).status(), 303);
    served.until("its rows are in a batch", |served| {
        let page = text(&served.get("/_desk/surveys/every"));
        !served.store.batches("every").expect("read").is_empty() && !page.contains("/every/close")
    });
    assert!(!text(&served.get("/_desk/surveys/every")).contains("/every/reopen"), "no button that does nothing");
    let back = send(&served, "surveys/every/reopen", &body, HERE);
    let page = text(&served.get(back.header("location").expect("somewhere")));
    assert!(page.contains("再開できません") && served.store.closings().expect("read").contains_key("every"), "{page}");
}
