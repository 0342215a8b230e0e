//! Figures drawn otherwise: the same numbers as another chart, in another order, not all of them; the files keep what was asked.

use crate::drafts;
use crate::loop_project::{Served, text};
use shirube::language::{Day, DayTime, Today};
use shirube::pipeline;
use std::collections::BTreeMap;

const SURVEY: &str = "title: {ja: 職場の声, en: Voices}
lead: {ja: 四問です。, en: Four questions.}
minutes: 3
mode: anonymous
publish: at-close
k: 5
purpose: {ja: 職場を見直すため。, en: To look at our work again.}
open: 2026-04-01
close: 2099-03-31
pages:
  - id: one
    questions:
      - id: work
        kind: grid
        text: {ja: 仕事について、どう思いますか。, en: What do you think of your work?}
        points: 5
        ends: [{ja: そう思わない, en: Disagree}, {ja: そう思う, en: Agree}]
        rows:
          - {id: a, text: {ja: 目的が分かる, en: I know what it is for}}
          - {id: b, text: {ja: 任されている, en: I am trusted with it}}
          - {id: c, text: {ja: 相談できる, en: I can ask}}
      - id: place
        kind: single_choice
        text: {ja: どこで働きますか。, en: Where do you work?}
        choices:
          - {id: office, text: {ja: 会社, en: Office}}
          - {id: home, text: {ja: 家, en: Home}}
          - {id: both, text: {ja: 両方, en: Both}}
      - id: wants
        kind: multiple_choice
        text: {ja: 何がほしいですか。, en: What would you like?}
        choices:
          - {id: time, text: {ja: 時間, en: Time}}
          - {id: money, text: {ja: お金, en: Money}}
          - {id: help, text: {ja: 手助け, en: Help}}
          - {id: quiet, text: {ja: 静けさ, en: Quiet}}
";

const REPORT: &str = "title: {ja: 声, en: Voices}
lead: {ja: 集計です。, en: Results.}
visibility: public
survey: talk
blocks:
  - {kind: figure, figure: work}
  - {kind: figure, figure: work, chart: diverging}
  - {kind: figure, figure: work, chart: radar}
  - {kind: figure, figure: place, chart: donut}
  - {kind: figure, figure: wants, sort: true, top: 2}
";

/// Forty people. Office 20, home 12, both 8; time 4, money 24, help 30, quiet 10.
fn site(people: usize) -> BTreeMap<String, String> {
    let project = drafts::project(SURVEY);
    project.write("content/reports/talk.yaml", REPORT);
    project.edit("content/sites/small.yaml", "reports: [", "reports: [talk, ");
    let served = Served::of(project);
    for number in 0..people {
        let place = if number < 20 {
            "office"
        } else if number < 32 {
            "home"
        } else {
            "both"
        };
        let mut body = format!("place={place}&");
        for (item, step) in [("a", 1), ("b", 2), ("c", 3)] {
            body += &format!("work_{item}={}&", (number * step) % 5 + 1);
        }
        for (id, least) in [("time", 4), ("money", 24), ("help", 30), ("quiet", 10)] {
            body += &if number < least { format!("wants={id}&") } else { String::new() };
        }
        let reply = served.post("/surveys/talk.html", &format!("{body}_sheet={number:032x}&_go=send"));
        assert_eq!(reply.status(), 303, "{}", text(&reply));
    }
    let mut loaded = pipeline::load(served.project.root()).expect("content");
    let themes = pipeline::read_themes(served.project.root(), &mut loaded).expect("themes");
    assert!(!loaded.diagnostics.has_errors(), "{:?}", loaded.diagnostics.sorted());
    let day = Day::parse("2099-05-01").expect("a day");
    let today = Today { day, now: DayTime::whole(day).begins("Asia/Tokyo").expect("a moment") };
    let answers = pipeline::collect(&loaded.catalog, &*served.store, today).expect("a collection");
    let built = pipeline::build(&loaded.catalog, &themes, &answers, today, None).expect("a site");
    built.sites["small"].iter().map(|file| (file.path.as_str().to_owned(), String::from_utf8_lossy(&file.bytes).into_owned())).collect()
}

/// The places of words in a text, in their order.
fn in_order(text: &str, words: &[&str]) -> bool {
    let places: Vec<Option<usize>> = words.iter().map(|word| text.find(word)).collect();
    places.iter().all(Option::is_some) && places.is_sorted()
}

#[test]
fn the_same_numbers_are_drawn_as_the_author_wishes() {
    let site = site(40);
    let file = |name: &str| site.get(&format!("en/reports/talk/{name}")).unwrap_or_else(|| panic!("{name} in {:?}", site.keys()));
    // Each way has files of its own; the numbers in them are those of the plain figure, in the order of the author
    let plain = file("work.csv");
    for name in ["work-diverging", "work-radar"] {
        assert_eq!(file(&format!("{name}.csv")), plain, "{name}");
        assert_eq!(file(&format!("{name}.json")), file("work.json"), "{name}");
        assert_ne!(file(&format!("{name}.svg")), file("work.svg"), "{name}");
    }
    let donut = file("place-donut.svg");
    assert!(donut.contains(" A") || donut.contains("A112"), "arcs: {donut}");
    assert!(in_order(file("place-donut.csv"), &["office,", "home,", "both,"]));
    for (id, value) in [("office", "50"), ("home", "30"), ("both", "20")] {
        assert!(file("place-donut.csv").lines().any(|line| line.starts_with(id) && line.contains(&format!(",{value},"))), "{id}");
    }
    let sorted = file("wants-sorted-top-2.svg");
    assert!(in_order(sorted, &["Help", "Money"]) && !sorted.contains("Quiet"), "{sorted}");
    let all = file("wants-sorted-top-2.csv");
    assert!(in_order(all, &["time,", "money,", "help,", "quiet,"]), "{all}");
    let page = site["en/reports/talk.html"].replace("<span class=\"whole\">", "").replace("</span>", "");
    assert!(page.contains("2 of 4 are shown"), "{page}");
}

#[test]
fn while_something_is_held_back_nothing_is_drawn_of_it() {
    let site = site(3);
    let page = &site["en/reports/talk.html"];
    assert!(!page.contains("data-value"), "{page}");
}
