//! The order that a person saw: kept where the row names its person, as the server worked it out; nowhere else.

use crate::drafts::{Device, project};
use crate::loop_project::{Served, tree};
use crate::serve::{run, said};
use shirube::diagnostic::to_text;
use shirube::exchange::release::Release;
use shirube::exchange::responses_in::{self, Reading};
use shirube::exchange::{Multiple, Style, codebook, json_lines, responses_csv, spss};
use shirube::language::{Day, Language};
use shirube::store::{Invitation, Ticket};
use shirube::survey::{Answer, Batch, Carried, Survey, Token, Value};
use std::collections::BTreeSet;

pub(crate) const SURVEY: &str = "title: {ja: 順のあるもの, en: In an order}
lead: {ja: 二ページです。, en: Two pages.}
minutes: 2
mode: identified
access: invited
publish: at-close
k: 5
purpose: {ja: 試すためです。, en: To try things.}
close: 2099-03-31
pages:
  - id: one
    title: {ja: 道, en: Ways}
    order: random
    questions:
      - {id: first, kind: number, minimum: 0, maximum: 9, text: {ja: 一, en: One}}
      - {id: second, kind: number, minimum: 0, maximum: 9, text: {ja: 二, en: Two}}
      - {id: third, kind: number, minimum: 0, maximum: 9, text: {ja: 三, en: Three}}
  - id: two
    questions:
      - id: fruit
        kind: multiple_choice
        order: random
        text: {ja: 果物, en: Fruit}
        choices:
          - {id: apple, text: {ja: りんご, en: Apple}}
          - {id: pear, text: {ja: なし, en: Pear}}
          - {id: peach, text: {ja: もも, en: Peach}}
          - {id: plum, text: {ja: すもも, en: Plum}}
          - {id: nothing, text: {ja: どれも, en: None}, exclusive: true}
      - id: wishes
        kind: grid
        points: 3
        ends: [{ja: 少し, en: little}, {ja: 多く, en: much}]
        order: random
        show_if: answered(first)
        text: {ja: 望み, en: Wishes}
        rows: [{id: time, text: {ja: 時間, en: Time}}, {id: money, text: {ja: お金, en: Money}}, {id: rest, text: {ja: 休み, en: Rest}}]
";

fn codes(answer: &Answer) -> Vec<&str> {
    match answer {
        Answer::Given(Value::Choices(codes)) => codes.iter().map(String::as_str).collect(),
        _ => Vec::new(),
    }
}

/// These in the order in which the page has them.
pub(crate) fn as_shown<'n>(page: &str, names: &[&'n str], before: &str) -> Vec<&'n str> {
    let mut places: Vec<(usize, &str)> =
        names.iter().map(|name| (page.find(&format!("{before}{name}\"")).unwrap_or_else(|| panic!("{name}: {page}")), *name)).collect();
    places.sort_unstable();
    places.into_iter().map(|(_, name)| name).collect()
}

/// So many people answer; what each saw, by the number they gave.
fn answered(served: &Served, people: u8) -> Vec<[Vec<&'static str>; 2]> {
    (0..people)
        .map(|person| {
            let mut device = Device::new(served);
            device.get(&format!("/i/{}", Token::new([person + 1; 16]).in_link()));
            let questions = as_shown(&device.page, &["first", "second", "third"], "name=\"");
            device.set("second", &person.to_string()).press("next");
            let fruit = as_shown(&device.page, &["apple", "pear", "peach", "plum", "nothing"], "name=\"fruit\" value=\"");
            device.press("next").press("send");
            assert_eq!(device.status, 200, "{}", device.page);
            [questions, fruit]
        })
        .collect()
}

fn invited(survey: &str, people: u8) -> Served {
    let served = Served::of(project(survey));
    let invitations = (0..people).map(|person| Invitation {
        ticket: Ticket::of_token(&Token::new([person + 1; 16])),
        carried: Carried::new(),
        person: Some(format!("staff-{person}")),
    });
    served.store.invite("talk", invitations.collect()).expect("invited");
    served
}

pub(crate) fn survey(served: &Served) -> Survey {
    shirube::pipeline::load(served.project.root()).expect("content").catalog.surveys["talk"].clone()
}

pub(crate) fn batches(served: &Served) -> Vec<Batch> {
    served.store.close_batch("talk", &BTreeSet::new(), 1).expect("closed");
    served.store.batches("talk").expect("batches")
}

#[test]
fn what_is_kept_is_what_the_page_showed() {
    let served = invited(SURVEY, 6);
    let seen = answered(&served, 6);
    assert!(seen.iter().collect::<BTreeSet<_>>().len() > 3, "orders differ: {seen:?}");
    let mut rows = 0;
    for batch in batches(&served) {
        for row in 0..batch.n as usize {
            let Answer::Given(Value::Number(own)) = &batch.columns["second"][row] else { panic!("a number") };
            let [questions, fruit] = &seen[own.parse::<usize>().expect("a person")];
            assert_eq!(codes(&batch.columns["order_on_one"][row]), *questions);
            assert_eq!(codes(&batch.columns["order_of_fruit"][row]), *fruit);
            assert_eq!(fruit.last(), Some(&"nothing"), "what is pinned keeps its place");
            assert_eq!(batch.columns["order_of_wishes"][row], Answer::NotShown, "what was not shown has no order");
            rows += 1;
        }
    }
    assert_eq!(rows, 6);
}

/// The order comes from the sheet's own id, whatever the browser sends along.
#[test]
fn nobody_can_claim_an_order() {
    let served = invited(SURVEY, 2);
    let mut device = Device::new(&served);
    device.get(&format!("/i/{}", Token::new([1; 16]).in_link())).press("next").press("next");
    device.set("order_of_fruit", "plum").press("send");
    assert_eq!((device.status, served.waiting("talk")), (422, 0), "a field that the survey does not have");
    device.fields.retain(|(name, _)| name != "order_of_fruit");
    device.press("send");
    assert_eq!((device.status, served.waiting("talk")), (200, 1), "{}", device.page);
}

#[test]
fn every_format_has_a_column_a_list_and_it_comes_back() {
    let served = invited(SURVEY, 6);
    answered(&served, 6);
    let (survey, batches) = (survey(&served), batches(&served));
    let release = Release::of(&survey, &batches);
    let names = ["order_on_one", "order_of_fruit", "order_of_wishes"];
    for labels in [None, Some(Language::Japanese), Some(Language::English)] {
        let table = responses_csv::rows(&release, Style { labels, multiple: Multiple::Columns });
        let read = responses_in::read(&survey, "back.csv", table.as_bytes(), Reading::default(), Day::parse("2026-12-01").expect("a day"));
        assert!(!read.diagnostics.has_errors(), "{table}\n{}", to_text(&read.diagnostics, &read.sources, Language::English));
        let mut back: Vec<_> = read.responses.iter().map(|response| names.map(|name| response.answers[name].clone())).collect();
        let mut were: Vec<_> = (0..6).map(|row| names.map(|name| batches[0].columns[name][row].clone())).collect();
        back.sort_unstable();
        were.sort_unstable();
        assert_eq!(back, were, "{table}");
        if labels.is_none() {
            let broken = table.replace("apple ", "apricot ");
            let read =
                responses_in::read(&survey, "back.csv", broken.as_bytes(), Reading::default(), Day::parse("2026-12-01").expect("a day"));
            let told = to_text(&read.diagnostics, &read.sources, Language::English);
            assert!(told.contains("order_of_fruit: this is no order"), "{told}");
        }
    }
    let rows: Vec<serde_json::Value> = json_lines::rows(&release).lines().map(|line| serde_json::from_str(line).expect("JSON")).collect();
    assert!(rows.iter().all(|row| row["order_of_fruit"].as_array().is_some_and(|list| list.len() == 5)), "{rows:?}");
    let book: serde_json::Value = serde_json::from_str(&codebook::json(&release)).expect("JSON");
    let entry = |name: &str| book["variables"].as_array().expect("a list").iter().find(|one| one["id"] == name).expect("an entry").clone();
    assert_eq!(entry("order_of_fruit")["measure"], "order");
    assert!(
        entry("order_of_fruit").to_string().contains("すもも")
            && entry("order_on_one").to_string().contains("Order of questions seen on the page “Ways”")
    );
    let spss = spss::spss(&release, "t.csv", Language::English);
    assert!(spss.syntax.contains("order_of_fruit A") && !spss.syntax.contains("VALUE LABELS order_of_fruit"), "{}", spss.syntax);
    // The whole command, in every format
    served.store.close_survey("talk", Day::parse("2026-11-01").expect("a day")).expect("closed");
    for format in ["csv", "xlsx", "jsonl", "spss", "codebook"] {
        let to = served.project.path("export");
        let done =
            run(&served.project, &["export", "responses", "talk", "--to", to.to_str().expect("a path"), "--format", format, "--force"]);
        assert!(done.status.success(), "{format}: {}", said(&done));
    }
}

/// Beside answers that name nobody an order would be a fingerprint.
#[test]
fn an_anonymous_store_holds_no_order() {
    let text = SURVEY.replace("mode: identified\naccess: invited\n", "mode: anonymous\n");
    let served = Served::of(project(&text));
    for _ in 0..6 {
        let mut device = Device::new(&served);
        device.get("/surveys/talk.html").press("next").press("next").press("send");
        assert_eq!(device.status, 200, "{}", device.page);
    }
    let holds = |needle: &str| {
        tree(&served.project.path("private")).values().any(|bytes| bytes.windows(needle.len()).any(|window| window == needle.as_bytes()))
    };
    assert!(holds("fruit") && !holds("order_o"), "while answers wait");
    let batches = batches(&served);
    assert_eq!(batches.iter().map(|batch| batch.n).sum::<u64>(), 6);
    assert!(batches.iter().all(|batch| batch.columns.keys().all(|name| !name.starts_with("order_o"))));
    assert!(!holds("order_o"), "and after");
    let survey = survey(&served);
    assert!(survey.order_variables().is_empty());
    let table = "order_of_fruit\napple pear\n";
    let read = responses_in::read(&survey, "in.csv", table.as_bytes(), Reading::default(), Day::parse("2026-12-01").expect("a day"));
    assert!(to_text(&read.diagnostics, &read.sources, Language::English).contains("no column “order_of_fruit”"));
}

#[test]
fn people_are_told_and_so_is_the_works_council() {
    let served = invited(SURVEY, 1);
    let mut device = Device::new(&served);
    device.get(&format!("/i/{}", Token::new([1; 16]).in_link()));
    assert!(device.page.contains("あなたに見えた順を"), "{}", device.page);
    device.press("next").press("next").press("send");
    assert!(device.page.contains("見えた並び順"), "{}", device.page);
    for (text, told) in [
        (SURVEY.to_owned(), ["見えた順は、本人の分かる行に残し", "The order seen is kept in the row"]),
        (
            SURVEY.replace("mode: identified\naccess: invited\n", "mode: anonymous\n"),
            ["だれの分も残しません", "The order seen is kept of nobody"],
        ),
    ] {
        let project = project(&text);
        let to = project.path("sheets");
        let done = run(&project, &["datasheet", "talk", "--to", to.to_str().expect("a path")]);
        assert!(done.status.success(), "{}", said(&done));
        let sheets: String = tree(&to).into_values().map(|bytes| String::from_utf8(bytes).expect("text")).collect();
        assert!(told.iter().all(|line| sheets.contains(line)), "{told:?}: {sheets}");
    }
}

/// What was renamed is read under its name of today, orders included; a name that orders take is no question's.
#[test]
fn orders_follow_a_renaming() {
    let served = invited(SURVEY, 6);
    answered(&served, 6);
    let batches = batches(&served);
    let renamed = SURVEY
        .replace("- id: fruit\n", "- id: taste\n        was: fruit\n")
        .replace("{id: pear,", "{id: nashi, was: pear,")
        .replace("{id: third,", "{id: last, was: third,");
    served.project.write("content/surveys/talk.yaml", &renamed);
    let loaded = shirube::pipeline::load(served.project.root()).expect("content");
    assert!(!loaded.diagnostics.has_errors(), "{}", to_text(&loaded.diagnostics, &loaded.sources, Language::English));
    let survey = loaded.catalog.surveys["talk"].clone();
    let today = survey.history.read(batches[0].clone());
    for row in 0..6 {
        let mut parts = codes(&today.columns["order_of_taste"][row]);
        parts.sort_unstable();
        assert_eq!(parts, ["apple", "nashi", "nothing", "peach", "plum"]);
        assert!(codes(&today.columns["order_on_one"][row]).contains(&"last"));
    }
    assert!(Release::of(&survey, &[today]).retired.is_empty());
    served.project.write("content/surveys/talk.yaml", SURVEY.replace("{id: third,", "{id: order_of_fruit,"));
    let loaded = shirube::pipeline::load(served.project.root()).expect("content");
    assert!(to_text(&loaded.diagnostics, &loaded.sources, Language::English).contains("is the column that keeps an order"));
}
