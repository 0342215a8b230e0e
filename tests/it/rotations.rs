//! A few fixed orders: which of them a person saw is kept in every mode, as an attribute is, and nothing else of it.

use crate::drafts::{Device, project};
use crate::loop_project::{Project, Served, tree};
use crate::orders::{SURVEY, as_shown, batches, survey};
use crate::serve::{run, said};
use shirube::diagnostic::to_text;
use shirube::exchange::release::{Release, may_leave};
use shirube::exchange::responses_in::{self, Reading};
use shirube::exchange::{Multiple, Style, answer_file, codebook, json_lines, responses_csv, spss};
use shirube::language::{Day, DayTime, Language, Today};
use shirube::store::{self, Invitation, Submission, Ticket};
use shirube::survey::portable::portable;
use shirube::survey::rotation::{ROTATION, of_sheet};
use shirube::survey::{Answer, Batch, Carried, Response, Survey, Value};
use std::collections::{BTreeMap, BTreeSet};

const FRUIT: [&str; 5] = ["apple", "pear", "peach", "plum", "nothing"];

/// Anonymous, open to all, in four orders.
fn rotated() -> String {
    SURVEY.replace("mode: identified\naccess: invited\n", "mode: anonymous\nrotations: 4\n")
}

fn day() -> Day {
    Day::parse("2026-12-01").expect("a day")
}

fn noon(written: &str) -> Today {
    let noon = DayTime::parse(written).expect("a time");
    Today { day: noon.day, now: noon.begins("Asia/Tokyo").expect("a zone") }
}

fn code(answer: &Answer) -> Option<&str> {
    match answer {
        Answer::Given(Value::Choice(code)) => Some(code),
        _ => None,
    }
}

/// So many people answer; what each saw on both pages, by the number they gave.
fn answered(served: &Served, people: u8) -> Vec<[Vec<&'static str>; 2]> {
    (0..people)
        .map(|person| {
            let mut device = Device::new(served);
            device.get("/surveys/talk.html");
            let questions = as_shown(&device.page, &["first", "second", "third"], "name=\"");
            device.set("second", &person.to_string()).press("next");
            let fruit = as_shown(&device.page, &FRUIT, "name=\"fruit\" value=\"");
            // Back and on again, in the other language: the same order
            let mut other = Device::new(served);
            other.address = format!("/en{}", device.address);
            device.press("back").press("next");
            assert_eq!(as_shown(&device.page, &FRUIT, "name=\"fruit\" value=\""), fruit);
            device.press("next").press("send");
            assert_eq!(device.status, 200, "{}", device.page);
            [questions, fruit]
        })
        .collect()
}

#[test]
fn what_is_kept_is_the_number_of_the_order_that_the_page_showed() {
    let served = Served::of(project(&rotated().replace("maximum: 9", "maximum: 99")));
    let seen = answered(&served, 24);
    let survey = survey(&served);
    let lists: BTreeMap<String, _> = survey.rotated().into_iter().map(|list| (list.id.clone(), list)).collect();
    assert_eq!(lists.keys().collect::<Vec<_>>(), ["fruit", "one", "wishes"]);
    let mut orders: BTreeMap<String, usize> = BTreeMap::new();
    for batch in batches(&served) {
        let known: BTreeSet<String> = survey.variables().into_iter().map(|variable| variable.id).chain([ROTATION.to_owned()]).collect();
        assert!(batch.columns.keys().all(|name| known.contains(name)), "nothing else: {:?}", batch.columns.keys());
        for row in 0..batch.n as usize {
            let Answer::Given(Value::Number(own)) = &batch.columns["second"][row] else { panic!("a number") };
            let [questions, fruit] = &seen[own.parse::<usize>().expect("a person")];
            let kept = code(&batch.columns[ROTATION][row]).expect("an order");
            assert_eq!(lists["one"].order(kept).expect("an order"), questions);
            assert_eq!(lists["fruit"].order(kept).expect("an order"), fruit);
            assert_eq!(fruit.last(), Some(&"nothing"), "what is pinned keeps its place");
            *orders.entry(kept.to_owned()).or_default() += 1;
        }
    }
    assert_eq!(orders.values().sum::<usize>(), 24);
    assert!(orders.len() >= 3 && orders.keys().all(|code| ["r1", "r2", "r3", "r4"].contains(&code.as_str())), "{orders:?}");
    assert_eq!(lists["fruit"].orders[0], FRUIT, "the author's");
    assert_eq!(lists["fruit"].orders[1], ["plum", "peach", "pear", "apple", "nothing"], "and its reverse");
    let leads: BTreeSet<&String> = lists["fruit"].orders.iter().map(|order| &order[0]).collect();
    assert_eq!(leads.len(), 4, "each leads once: {leads:?}");
}

#[test]
fn nobody_can_claim_an_order() {
    let served = Served::of(project(&rotated()));
    let mut device = Device::new(&served);
    device.get("/surveys/talk.html").press("next").press("next");
    let sheet = device.value("_sheet").expect("a sheet").to_owned();
    device.set(ROTATION, "r3").press("send");
    assert_eq!((device.status, served.waiting("talk")), (422, 0), "a field that the survey does not have");
    device.fields.retain(|(name, _)| name != ROTATION);
    device.press("send");
    assert_eq!((device.status, served.waiting("talk")), (200, 1), "{}", device.page);
    let batches = batches(&served);
    assert_eq!(code(&batches[0].columns[ROTATION][0]), Some(format!("r{}", of_sheet(4, &sheet) + 1).as_str()));
}

/// A file from a device says what its sheet says, whatever else stands in it; the device draws the same orders.
#[test]
fn a_device_without_a_network_has_the_same_orders() {
    let served = Served::of(project(&rotated()));
    let survey = survey(&served);
    let rules = portable(&survey);
    for list in survey.rotated() {
        let own = rules["shuffles"].as_array().expect("a list").iter().find(|one| one["of"] == list.id.as_str()).expect("the list");
        assert_eq!(own["orders"], serde_json::json!(list.orders));
    }
    for sheet in 0..40 {
        let sheet = format!("{sheet:032x}");
        let file = |more: &str| {
            format!(r#"{{"format":"shirube-answer","version":1,"survey":"talk","revision":1,"sheet":"{sheet}","answers":{{{more}}}}}"#)
        };
        let read = answer_file::read(&survey, "a.json", file("").as_bytes(), day()).expect("a sheet");
        assert_eq!(code(&read.response.answers[ROTATION]), Some(format!("r{}", of_sheet(4, &sheet) + 1).as_str()));
        assert!(answer_file::read(&survey, "a.json", file(r#""rotation":["r1"]"#).as_bytes(), day()).is_err());
    }
}

/// A built page is one for everybody: it asks nothing yet where its questions would stand in somebody's order.
#[test]
fn a_built_page_begins_without_questions_where_they_change_places() {
    let shown = |text: &str, collector: bool| {
        let project = project(text);
        if collector {
            project.edit("content/sites/small.yaml", "visibility: public\n", "visibility: public\ncollector: https://answers.example\n");
        }
        let served = Served::of(project);
        let built = String::from_utf8(served.project.output()["small/surveys/talk.html"].clone()).expect("text");
        (served, built)
    };
    let (served, built) = shown(&rotated(), true);
    assert!(!built.contains("name=\"first\"") && built.contains("はじめる"), "{built}");
    let mut device = Device::new(&served);
    device.page.clone_from(&built);
    device.fields = crate::loop_project::fields(&built);
    let body = device.body("next");
    device.send(shirube::server::request::Method::Post, "/surveys/talk.html", &body, None);
    assert_eq!(device.status, 200, "{}", device.page);
    assert!(device.page.contains("name=\"first\"") && !device.page.contains("id=\"faults\""), "{}", device.page);
    let sheet = device.value("_sheet").expect("a sheet").to_owned();
    let page = served.stage.shelf().expect("a shelf").catalog.surveys["talk"].rotated().remove(0);
    assert_eq!(as_shown(&device.page, &["first", "second", "third"], "name=\""), page.orders[of_sheet(4, &sheet) as usize]);
    for (text, collector) in [(rotated(), false), (rotated().replace("    order: random\n    questions:", "    questions:"), true)] {
        assert!(shown(&text, collector).1.contains("name=\"first\""), "an unserved page shows its questions, so does one that stays");
    }
}

#[test]
fn a_draft_keeps_the_order_of_its_sheet() {
    let served = Served::of(project(&rotated().replace("rotations: 4\n", "rotations: 4\ndrafts: 14\n")));
    for _ in 0..4 {
        let mut device = Device::new(&served);
        device.get("/surveys/talk.html").press("next");
        let fruit = as_shown(&device.page, &FRUIT, "name=\"fruit\" value=\"");
        device.press("save");
        let code = device.code();
        let mut phone = Device::new(&served);
        phone.resume(&code);
        assert_eq!(as_shown(&phone.page, &FRUIT, "name=\"fruit\" value=\""), fruit);
    }
}

#[test]
fn every_format_tells_the_order_and_takes_it_back() {
    let served = Served::of(project(&rotated()));
    answered(&served, 9);
    answered(&served, 9);
    let (survey, batches) = (survey(&served), batches(&served));
    // Nothing is blanked here: this is about what the formats say
    let all = Survey { mode: shirube::survey::definition::Mode::Identified, ..survey.clone() };
    let release = Release::of(&all, &batches);
    for labels in [None, Some(Language::Japanese), Some(Language::English)] {
        let table = responses_csv::rows(&release, Style { labels, multiple: Multiple::Columns });
        let read = responses_in::read(&all, "back.csv", table.as_bytes(), Reading::default(), day());
        assert!(!read.diagnostics.has_errors(), "{table}\n{}", to_text(&read.diagnostics, &read.sources, Language::English));
        let mut back: Vec<_> = read.responses.iter().map(|response| response.answers[ROTATION].clone()).collect();
        let mut were: Vec<_> = batches.iter().flat_map(|batch| batch.columns[ROTATION].clone()).collect();
        back.sort_unstable();
        were.sort_unstable();
        assert_eq!(back, were, "{table}");
        if labels.is_none() {
            let broken = table.replace("r1", "r9");
            let read = responses_in::read(&all, "back.csv", broken.as_bytes(), Reading::default(), day());
            assert!(to_text(&read.diagnostics, &read.sources, Language::English).contains("rotation: there is no order “r9”"), "{broken}");
        }
    }
    assert!(json_lines::rows(&release).lines().all(|line| line.contains("\"rotation\":\"r")), "{}", json_lines::rows(&release));
    let book: serde_json::Value = serde_json::from_str(&codebook::json(&release)).expect("JSON");
    let entry = book["variables"].as_array().expect("a list").iter().find(|one| one["id"] == ROTATION).expect("an entry");
    assert_eq!((entry["measure"].as_str(), entry["values"].as_array().map(Vec::len)), (Some("nominal"), Some(4)));
    let orders = &entry["values"][1]["orders"];
    assert_eq!(orders[0], serde_json::json!({"list": "one", "page": true, "parts": ["third", "second", "first"]}));
    assert_eq!(orders[1]["parts"], serde_json::json!(["plum", "peach", "pear", "apple", "nothing"]));
    let page = codebook::page(&release);
    assert!(page.contains("<code>fruit</code>: <code>plum</code> → <code>peach</code>"), "{page}");
    let spss = spss::spss(&release, "t.csv", Language::English);
    assert!(spss.syntax.contains("VALUE LABELS rotation") || spss.syntax.contains("/rotation"), "{}", spss.syntax);
    let read = responses_in::read(&survey, "in.csv", b"order_of_fruit\napple pear\n", Reading::default(), day());
    assert!(to_text(&read.diagnostics, &read.sources, Language::English).contains("no column “order_of_fruit”"));
    // The whole command, in every format: not before the close, for two exports would tell a batch
    assert!(!may_leave(&survey, noon("2026-12-01 12:00")));
    served.store.close_survey("talk", Day::parse("2026-11-01").expect("a day")).expect("closed");
    for format in ["csv", "xlsx", "jsonl", "spss", "codebook"] {
        let to = served.project.path("export");
        let done =
            run(&served.project, &["export", "responses", "talk", "--to", to.to_str().expect("a path"), "--format", format, "--force"]);
        assert!(done.status.success(), "{format}: {}", said(&done));
    }
}

#[test]
fn the_first_answer_fixes_how_many_orders_there_are_and_of_what() {
    let terms = |text: &str| {
        let served = Served::of(project(text));
        shirube::server::terms(&survey(&served))
    };
    let (one, text) = (terms(&rotated()), rotated());
    for (other, changed) in [
        (text.replace("rotations: 4", "rotations: 3"), true),
        (text.replace("rotations: 4\n", ""), true),
        (text.replace("          - {id: pear, text: {ja: なし, en: Pear}}\n", ""), true),
        (text.replace("{id: pear, text: {ja: なし, en: Pear}}", "{id: nashi, was: pear, text: {ja: 和なし, en: Nashi}}"), false),
    ] {
        assert_eq!(one.differences(&terms(&other)), if changed { vec!["rotations"] } else { Vec::new() }, "{other}");
    }
}

#[test]
fn people_are_told_and_so_is_the_works_council() {
    let served = Served::of(project(&rotated()));
    let mut device = Device::new(&served);
    device.get("/surveys/talk.html");
    assert!(device.page.contains("4通りの決まった順") && device.page.contains("答えと、何番目の並び順だったかです"), "{}", device.page);
    assert!(!device.page.contains("あなたに見えた順を"), "{}", device.page);
    device.press("next").press("next").press("send");
    assert!(device.page.contains("何番目の並び順だったか"), "{}", device.page);
    let to = served.project.path("sheets");
    let done = run(&served.project, &["datasheet", "talk", "--to", to.to_str().expect("a path")]);
    assert!(done.status.success(), "{}", said(&done));
    let sheets: String = tree(&to).into_values().map(|bytes| String::from_utf8(bytes).expect("text")).collect();
    for told in [
        "順 2：すもも → もも → なし → りんご → どれも",
        "Order 2: Plum → Peach → Pear → Apple → None",
        "one of 4 fixed orders",
        "tells one of 4",
    ] {
        assert!(sheets.contains(told), "{told}: {sheets}");
    }
}

const TEAMS: [(&str, usize); 3] = [("sales", 60), ("design", 14), ("law", 7)];

/// Its people as they were sent, what is kept of them, and what may be shown.
type Over = (Project, Survey, Vec<(Ticket, String, String)>, Vec<Batch>, shirube::pipeline::Answers);

/// A survey of invited people with a team each, in four orders, all answered and over.
fn over(more: &str) -> Over {
    let project = Project::small();
    let attributes = "access: invited\nattributes:\n  - {id: team, text: チーム, values: [{id: sales, text: 営業}, {id: design, text: 設計}, {id: law, text: 法務}]}\nclose: 2026-12-01\n";
    let survey = format!(
        "title: 順\nlead: 試します。\nminutes: 1\nmode: anonymous\npurpose: 試すため\nrotations: 4\n{attributes}{more}pages:\n  - id: one\n    questions:\n      - {{id: own, kind: number, text: 番号}}\n      - {{id: like, kind: single_choice, order: random, text: どれ, choices: [{{id: a, text: A}}, {{id: b, text: B}}, {{id: c, text: C}}]}}\n"
    );
    project.write("content/surveys/every.yaml", survey);
    for (file, part) in [("content/reports/every.md", None), ("content/sites/small.yaml", Some(("reports: [every]\n", "")))] {
        match part {
            Some((from, to)) => project.edit(file, from, to),
            None => drop(std::fs::remove_file(project.path(file))),
        }
    }
    let loaded = shirube::pipeline::load(project.root()).expect("content");
    let survey = loaded.catalog.surveys["every"].clone();
    let store = store::open(&project.path("private")).expect("a store");
    let mut people = Vec::new();
    for (team, n) in TEAMS {
        for _ in 0..n {
            let sheet = format!("{:032x}", people.len() * 7_919 + 3);
            people.push((Ticket::of("every", format!("token {}", people.len()).as_bytes()), team.to_owned(), sheet));
        }
    }
    let carried = |team: &String| Carried::from([("team".to_owned(), team.clone())]);
    let invite = |(ticket, team, _): &(Ticket, String, String)| Invitation { ticket: *ticket, carried: carried(team), person: None };
    store.invite("every", people.iter().map(invite).collect()).expect("invited");
    for (person, (ticket, team, sheet)) in people.iter().enumerate() {
        let mut answers = survey.carry(&carried(team), None);
        answers.extend(survey.orders_seen(&answers, sheet, day()));
        answers.insert("own".to_owned(), Answer::Given(Value::Number(person.to_string())));
        answers.insert("like".to_owned(), Answer::Given(Value::Choice(["a", "b", "c"][person % 3].to_owned())));
        let submission = Submission {
            response: Response { survey: "every".into(), revision: 1, answers },
            ticket: Ticket::of("every", sheet.as_bytes()),
            invitation: Some(*ticket),
            lock: shirube::server::terms(&survey),
            claims: Vec::new(),
            draft: None,
            withdrawal: None,
        };
        store.submit(submission).expect("stored");
    }
    let published = shirube::pipeline::collect(&loaded.catalog, &*store, noon("2026-12-02 12:00")).expect("a collection");
    let batches = store.batches("every").expect("batches");
    (project, survey, people, batches, published)
}

/// Someone who holds the store after the close, knows everybody's team and has seen every screen, so that they know every order.
#[test]
fn after_the_close_team_and_order_together_point_at_nobody() {
    let (project, _, people, batches, _) = over("");
    let mut shown_both = 0;
    let mut of_combination: BTreeMap<[Option<String>; 2], usize> = BTreeMap::new();
    for batch in &batches {
        for row in 0..batch.n as usize {
            let shows = [&batch.columns["team"][row], &batch.columns[ROTATION][row]].map(code);
            let fits = |(_, team, sheet): &&(Ticket, String, String)| {
                shows[0].is_none_or(|shown| shown == team) && shows[1].is_none_or(|shown| shown == format!("r{}", of_sheet(4, sheet) + 1))
            };
            let suspects = people.iter().filter(fits).count();
            assert!(suspects >= 5, "{shows:?}: {suspects}");
            shown_both += usize::from(shows.iter().all(Option::is_some));
            *of_combination.entry(shows.map(|one| one.map(str::to_owned))).or_default() += 1;
        }
    }
    assert!(of_combination.values().all(|n| *n >= 5), "{of_combination:?}");
    assert!(shown_both >= 40, "sales are enough for four orders: {of_combination:?}");
    assert!(of_combination.keys().any(|shown| shown[0].is_some() && shown[1].is_none()), "the order goes first: {of_combination:?}");
    // No sheet, and no order of anybody's own, anywhere
    let files = tree(&project.path("private"));
    for needle in people.iter().map(|(_, _, sheet)| sheet.as_str()).chain(["order_of_", "order_on_"]) {
        assert!(!files.values().any(|bytes| bytes.windows(needle.len()).any(|window| window == needle.as_bytes())), "{needle}");
    }
}

#[test]
fn figures_can_be_broken_down_by_the_order() {
    let (_, survey, _, _, published) = over("segments: [{by: [rotation]}, {by: [team, rotation]}]\n");
    assert_eq!(survey.segments.len(), 2);
    let exhibits: Vec<&str> = published.published["every"].exhibits.keys().map(String::as_str).collect();
    assert!(exhibits.iter().any(|id| id.contains("like-by-rotation")), "{exhibits:?}");
    assert!(exhibits.iter().any(|id| id.contains("like-by-team-and-rotation")), "{exhibits:?}");
}
