//! Several sites of one project: each in its own brand, over the same content.

use crate::loop_project::{here, today};
use shirube::catalog::brand::{DARK, LIGHT};
use shirube::pipeline::{self, Built};
use std::collections::{BTreeMap, BTreeSet};

/// The demonstration, built.
fn demonstration() -> Built {
    let mut loaded = pipeline::load(here()).expect("the disk");
    let themes = pipeline::read_themes(here(), &mut loaded).expect("themes");
    assert!(!loaded.diagnostics.has_errors());
    let answers = pipeline::nothing_collected(&loaded.catalog, today());
    pipeline::build(&loaded.catalog, &themes, &answers, today(), None).expect("no faults")
}

fn files<'a>(built: &'a Built, site: &str) -> BTreeMap<&'a str, &'a [u8]> {
    built.sites[site].iter().map(|file| (file.path.as_str(), file.bytes.as_slice())).collect()
}

fn text<'a>(files: &BTreeMap<&str, &'a [u8]>, path: &str) -> &'a str {
    std::str::from_utf8(files.get(path).unwrap_or_else(|| panic!("there is no {path}"))).expect("text")
}

#[test]
fn the_grounds_of_a_brand_are_those_of_the_theme() {
    let css = std::fs::read_to_string(here().join("themes/default/assets/site.css")).expect("our theme");
    let (light, dark) = css.split_once("@media (prefers-color-scheme: dark)").expect("a dark part");
    for (grounds, css) in [(&LIGHT, light), (&DARK, dark)] {
        let names = ["paper", "sunk", "sheet"];
        let named = names.iter().zip(grounds.all).map(|(name, ground)| (*name, ground.colour));
        for (name, colour) in named.chain([("ink", grounds.ink), ("onai", grounds.on[0])]) {
            assert!(css.contains(&format!("--{name}: {colour};")), "--{name} is not {colour}");
        }
    }
}

#[test]
fn every_page_of_a_site_wears_its_brand_and_no_other_one_does() {
    let built = demonstration();
    let styles: BTreeSet<Option<&[u8]>> = built.sites.keys().map(|site| files(&built, site).get("assets/brand.css").copied()).collect();
    assert_eq!(styles.len(), built.sites.len(), "each has a look of its own");
    for (site, name, dyed, logo) in [
        ("career-autonomy", "みなと精機（見本）", false, false),
        ("kawabe", "川辺織物（見本の会社）", true, true),
        ("pulse-portal", "みなと精機 人事部（見本）", true, false),
    ] {
        let files = files(&built, site);
        assert_eq!((files.contains_key("assets/brand.css"), files.contains_key("assets/logo.svg")), (dyed, logo), "{site}");
        let mut pages = 0;
        for (path, bytes) in files.iter().filter(|(path, _)| path.ends_with(".html")) {
            let html = std::str::from_utf8(bytes).expect("text");
            assert_eq!(html.contains("assets/brand.css\">"), dyed, "{site} {path}");
            // Slides have no header
            if html.contains("<header class=\"header\"") {
                assert_eq!(html.contains("assets/logo.svg\" alt=\""), logo, "{site} {path}");
                assert!(path.starts_with("en/") || html.contains(name), "{site} {path}");
                pages += 1;
            }
            assert!(!html.contains("style=\"--") && html.contains("style-src &#39;self&#39;"), "{site} {path}");
        }
        assert!(pages > 20, "{site}: {pages}");
    }
    let kawabe = files(&built, "kawabe");
    assert!(text(&kawabe, "assets/brand.css").contains("--ai:#1f5b4b;"));
    assert!(text(&kawabe, "assets/mark.svg").contains("stroke=\"#1f5b4b\""));
    let logo = text(&kawabe, "assets/logo.svg");
    assert!(logo.starts_with("<svg xmlns=") && !logo.contains("<title>"), "{logo}");
}

#[test]
fn the_client_reads_japanese_and_finds_no_other_language() {
    let built = demonstration();
    for (site, english) in [("career-autonomy", true), ("kawabe", false), ("pulse-portal", true)] {
        let files = files(&built, site);
        assert_eq!(files.keys().any(|path| path.starts_with("en/")), english, "{site}");
        let home = text(&files, "index.html");
        assert_eq!(home.contains("<nav class=\"languages\""), english, "{site}");
        assert_eq!(home.contains("hreflang"), english, "{site}");
    }
}

#[test]
fn what_is_picked_is_there_and_nothing_else() {
    let built = demonstration();
    let kawabe = files(&built, "kawabe");
    let consultants: Vec<&&str> =
        kawabe.keys().filter(|path| path.starts_with("consultants/") && path.ends_with("/nominate.html")).collect();
    assert_eq!(consultants.len(), 3);
    assert!(!kawabe.contains_key("consultants/find.html") && !kawabe.contains_key("modules/life-plan.html"));
    // The firm is told of, and that nobody is steered
    let directory = text(&kawabe, "consultants.html");
    assert!(directory.contains("織る・染める・売る") && directory.contains("中立"), "the briefing stands with its notice");
    // A text that two sites show leads only to what the site has
    let module = text(&kawabe, "modules/strengths.html");
    assert!(module.contains("三つの状態の変化を") && !module.contains("surveys/pulse.html"));
    assert!(text(&files(&built, "career-autonomy"), "modules/strengths.html").contains("surveys/pulse.html"));
    // Only the portal is for people of the organisation
    for (site, internal) in [("career-autonomy", false), ("kawabe", false), ("pulse-portal", true)] {
        assert_eq!(text(&files(&built, site), "index.html").contains("noindex"), internal, "{site}");
    }
}

/// A client reads of its own milestones, in its own words, and nobody else reads of them.
#[test]
fn milestones_stand_on_the_sites_that_name_them_and_nowhere_else() {
    let catalog = pipeline::load(here()).expect("the disk").catalog;
    let built = demonstration();
    let mut told = 0;
    for (id, site) in &catalog.sites {
        let files = files(&built, id);
        let own: BTreeSet<String> = site.cohorts.iter().map(|named| named.value.clone()).collect();
        let shown: BTreeSet<String> = files
            .keys()
            .filter_map(|path| path.trim_start_matches("en/").strip_prefix("cohorts/")?.split('.').next().map(str::to_owned))
            .collect();
        assert_eq!(shown, own, "{id}");
        for (other, cohorts) in catalog.cohorts.iter().filter(|(other, _)| !own.contains(other.as_str())) {
            // Titles as short as an age may stand anywhere; what is written of them may not
            let of = |text: &shirube::language::Text| {
                catalog.project.languages.iter().map(|language| text.in_language(*language).to_owned()).collect::<Vec<_>>()
            };
            let words =
                cohorts.cohorts.iter().filter_map(|cohort| cohort.note.as_ref()).chain([&cohorts.title, &cohorts.lead]).flat_map(of);
            for words in words.chain([format!("cohorts/{other}")]) {
                told += 1;
                for (path, bytes) in &files {
                    assert!(!String::from_utf8_lossy(bytes).contains(&words), "{id}: {path} tells of {other}: {words}");
                }
            }
        }
    }
    assert!(told > 10, "there are milestones of others to be silent about");
    // The client's own: the page, its calendar, and the way there
    let kawabe = files(&built, "kawabe");
    assert!(text(&kawabe, "cohorts/kawabe.html").contains("入社5年目") && text(&kawabe, "cohorts/kawabe.ics").contains("BEGIN:VEVENT"));
    assert!(text(&kawabe, "index.html").contains("cohorts/kawabe.html"), "the navigation leads there");
}
