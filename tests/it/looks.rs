//! Figures drawn otherwise: the same numbers as another chart, in another order, not all of them; the files keep what was asked.

use crate::drafts;
use crate::loop_project::{Served, built_on, stands_on, text};
use shirube::charts::csv;
use shirube::content::spreadsheet_charts::{FigureSheet, Held};
use shirube::language::Language;
use shirube::pages::editorial::known::Known;
use shirube::pages::editorial::told::{self, Item};
use shirube::pages::{Edition, Material};
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

const AFTER: &str = "2099-05-01";

/// So many people have answered. Of forty: office 20, home 12, both 8; time 4, money 24, help 30, quiet 10.
fn answered(people: usize) -> Served {
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
    served
}

fn site(people: usize) -> BTreeMap<String, String> {
    let served = answered(people);
    built_on(&served.project, Some(&served), AFTER)
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
    assert!(page.contains("The top 2 of 4 are shown"), "{page}");
}

/// Rows that are drawn sorted, or of which some are left out: what leaves as numbers has all of them, in the order of the survey; wherever
/// some are left out, it is said.
#[test]
fn no_number_is_lost_where_not_all_rows_are_drawn() {
    let served = answered(40);
    let asked = "sort: true, top: 2}\n";
    served.project.edit(
        "content/reports/talk.yaml",
        asked,
        &format!("{asked}  - {{kind: figure, figure: wants, top: 3}}\n  - {{kind: figure, figure: wants, sort: true}}\n"),
    );
    let site = built_on(&served.project, Some(&served), AFTER);
    let whole = |name: &str| site[name].replace("<span class=\"whole\">", "").replace("</span>", "");
    let slides = whole("reports/talk/slides.html");
    for told in ["何がほしいですか。上位2件（全4件）", "何がほしいですか。はじめの3件（全4件）"] {
        assert!(slides.contains(told) && whole("reports/talk.html").contains(told), "{told}\n{slides}");
    }
    assert!(whole("en/reports/talk/slides.html").contains("What would you like? The top 2 of 4"));
    // The table beside the drawing has all rows, as they are sorted
    let page = whole("en/reports/talk.html");
    let of =
        |id: &str| page.split(&format!("id=\"talk-{id}\"")).nth(1).and_then(|rest| rest.split("</section>").next()).unwrap_or_default();
    let table = of("wants-sorted-top-2").split("<tbody").nth(1).unwrap_or_default();
    assert!(in_order(table, &["Help", "Money", "Quiet", "Time"]), "{table}");

    let (loaded, themes, answers, today) = stands_on(&served.project, Some(&served), AFTER);
    let catalog = &loaded.catalog;
    let site = &catalog.sites["small"];
    let edition = Edition { material: Material { catalog, site, theme: &themes["small"], today }, language: Language::English };
    let report = &catalog.reports["talk"];
    let known = Known::of(report, &answers.published);
    let told: Vec<(String, String)> = told::items(&edition, report, known)
        .into_iter()
        .filter_map(|item| match item {
            Item::Figure(shown) => Some((shown.exhibit.id.clone(), csv(shown.numbers(), Language::English))),
            _ => None,
        })
        .collect();
    let all = ["time,", "money,", "help,", "quiet,"];
    for name in ["talk-wants-sorted-top-2", "talk-wants-top-3", "talk-wants-sorted"] {
        let (_, numbers) = told.iter().find(|(id, _)| id == name).unwrap_or_else(|| panic!("{name} in {told:?}"));
        assert!(in_order(numbers, &all), "{name}: {numbers}");
    }
    let sheets = told::sheets(&edition, report, known);
    let heads = |sheet: &FigureSheet| {
        let first = |row: &Vec<Held>| if let Some(Held::Head(text)) = row.first() { Some(text.clone()) } else { None };
        sheet.rows.iter().filter_map(first).skip(1).collect::<Vec<_>>()
    };
    for number in 5..=7 {
        let sheet = sheets.iter().find(|sheet| sheet.name == format!("Figure {number}")).expect("a sheet");
        assert_eq!(heads(sheet), ["Time", "Money", "Help", "Quiet"], "{number}");
        assert_eq!(sheet.chart.as_ref().map(|chart| chart.rows), Some(4), "{number}");
    }
}

#[test]
fn while_something_is_held_back_nothing_is_drawn_of_it() {
    let site = site(3);
    let page = &site["en/reports/talk.html"];
    assert!(!page.contains("data-value"), "{page}");
}
