//! The pages of the demonstration, whole: links, ids, weight, languages, forms.

use shirube::catalog::{Catalog, Site, Target, load};
use shirube::content::Folder;
use shirube::language::{DayTime, Language, Today};
use shirube::pages::form;
use shirube::pages::form::review;
use shirube::pages::form::sheet::{Pass, Sheet};
use shirube::pages::{Edition, Material, Spot, Theme, site};
use shirube::statistics::{Ledger, SurveyShape, publish};
use shirube::survey::{Answer, Batch, Measure, Raw, Value};
use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

struct Demonstration {
    catalog: Catalog,
    theme: Theme,
}

impl Demonstration {
    fn read() -> Demonstration {
        let (folder, faults) = Folder::read(Path::new(env!("CARGO_MANIFEST_DIR"))).unwrap();
        assert!(!faults.has_errors());
        Demonstration { catalog: load(&folder).catalog, theme: Theme::embedded().unwrap() }
    }

    fn site(&self) -> &Site {
        self.catalog.home().unwrap()
    }

    fn edition(&self, language: Language) -> Edition<'_> {
        let noon = DayTime::parse("2026-11-22 12:00").unwrap();
        let today = Today { day: noon.day, now: noon.begins("Asia/Tokyo").unwrap() };
        Edition { material: Material { catalog: &self.catalog, site: self.site(), theme: &self.theme, today }, language }
    }

    /// Every file of the site, by its path.
    fn files(&self) -> BTreeMap<String, Vec<u8>> {
        let mut files = BTreeMap::new();
        let edition = self.edition(Language::Japanese);
        let mut add = |made: Vec<shirube::output::Artifact>| {
            for artifact in made {
                let path = artifact.path.as_str().to_owned();
                assert!(files.insert(path.clone(), artifact.bytes).is_none(), "two files are called {path}");
            }
        };
        add(site::assets(&edition.material).unwrap());
        for language in self.catalog.languages() {
            for spot in site::spots(&self.catalog, self.site()) {
                add(site::make(&self.edition(*language), &spot, &BTreeMap::new()).unwrap());
            }
        }
        files
    }

    fn pages(&self) -> BTreeMap<String, String> {
        let files = self.files().into_iter().filter(|(path, _)| path.ends_with(".html"));
        files.map(|(path, bytes)| (path, String::from_utf8(bytes).unwrap())).collect()
    }
}

/// The values of an attribute, in order.
fn values<'a>(html: &'a str, attribute: &str) -> Vec<&'a str> {
    html.split(&format!(" {attribute}=\"")).skip(1).filter_map(|rest| rest.split('"').next()).collect()
}

/// Where a link of a page leads: a path of the site, and an id in it.
fn follow(page: &str, link: &str) -> (String, Option<String>) {
    let (path, fragment) = link.split_once('#').map_or((link, None), |(path, id)| (path, Some(id.to_owned())));
    if path.is_empty() {
        return (page.to_owned(), fragment);
    }
    let mut parts: Vec<&str> = page.split('/').collect();
    parts.pop();
    for part in path.split('/') {
        if part == ".." {
            assert!(parts.pop().is_some(), "{link} on {page} leaves the site");
        } else {
            parts.push(part);
        }
    }
    (parts.join("/"), fragment)
}

#[test]
fn every_link_and_anchor_of_the_demonstration_leads_somewhere() {
    let demonstration = Demonstration::read();
    let files = demonstration.files();
    let pages = demonstration.pages();
    assert!(pages.len() > 60, "{} pages", pages.len());
    let mut followed = 0;
    for (page, html) in &pages {
        for link in values(html, "href").into_iter().chain(values(html, "src")).chain(values(html, "formaction")) {
            if link.starts_with("https:") || link.starts_with("http:") || link.starts_with("mailto:") {
                continue;
            }
            let (path, fragment) = follow(page, link);
            assert!(files.contains_key(&path), "{link} on {page} leads to {path}, which is not there");
            if let Some(id) = fragment {
                assert!(values(&pages[&path], "id").contains(&id.as_str()), "{link} on {page}: there is no #{id}");
            }
            followed += 1;
        }
    }
    assert!(followed > 1_000, "{followed} links");
}

/// The first heading that is more than one level beneath the one before it: who listens to a page goes from heading to heading.
pub(crate) fn skipped(html: &str) -> Option<&str> {
    let mut last = 0;
    let found = html.split("<h").skip(1).find(|rest| match rest.chars().next().and_then(|digit| digit.to_digit(10)) {
        Some(level) => level > std::mem::replace(&mut last, level) + 1,
        None => false,
    });
    found.map(|rest| rest.split("</h").next().unwrap_or_default())
}

#[test]
fn pages_have_unique_ids_no_inline_code_and_little_weight() {
    let demonstration = Demonstration::read();
    let files = demonstration.files();
    for (page, html) in demonstration.pages() {
        let ids = values(&html, "id");
        assert_eq!(ids.iter().collect::<BTreeSet<_>>().len(), ids.len(), "an id stands twice on {page}");
        for id in values(&html, "aria-labelledby").into_iter().chain(values(&html, "aria-describedby")).flat_map(|ids| ids.split(' ')) {
            assert!(ids.contains(&id), "{page} names #{id}, which is not there");
        }
        assert!(!html.contains(" style=\"") && !html.contains("<style"), "inline style on {page}");
        assert!(!html.contains("<script>") && !html.contains(" onclick="), "inline script on {page}");
        assert_eq!(html.matches("<h1").count(), 1, "{page} has one title");
        assert_eq!(skipped(&html), None, "{page} skips a level of headings");
        // Charts with their tables aside
        let mut plain = 0;
        let html = html.replace("<section class=\"slide finding-slide", "<section class=\"exhibit");
        for (at, part) in html.split("<section class=\"exhibit").enumerate() {
            plain += if at == 0 { part.len() } else { part.split_once("</section>").map_or(0, |(_, rest)| rest.len()) };
        }
        let shared: usize = values(&html, "href")
            .into_iter()
            .chain(values(&html, "src"))
            .map(|link| follow(&page, link).0)
            .filter(|path| path.ends_with(".css") || path.ends_with(".js"))
            .map(|path| files[&path].len())
            .sum();
        // A whole survey in one page, opened from a folder, is no page that comes over a network
        let most = match &page {
            page if page.ends_with("/offline.html") => 200 * 1024,
            // A worksheet brings what works it out and draws it, which all worksheets share
            page if page.contains("/worksheets/") => 224 * 1024,
            // A plan carries the rules by which it is answered by hand, and all their outcomes for paper
            page if page.contains("plans/") => 80 * 1024,
            // Everybody there is to talk to: forty people, and what finds ten of them on the device
            page if page.ends_with("consultants.html") || page.ends_with("consultants/find.html") => 128 * 1024,
            _ => 60 * 1024,
        };
        assert!(plain + shared < most, "{page} weighs {} bytes with its style sheets", plain + shared);
    }
}

#[test]
fn english_pages_have_no_japanese_outside_of_what_is_marked_so() {
    let is_japanese = |char: char| matches!(char, '\u{3040}'..='\u{30FF}' | '\u{4E00}'..='\u{9FFF}');
    for (page, html) in Demonstration::read().pages().into_iter().filter(|(page, _)| page.starts_with("en/")) {
        let mut rest = html.as_str();
        let mut text = String::new();
        while let Some(at) = rest.find(" lang=\"ja\"") {
            text.push_str(&rest[..at]);
            rest = rest[at..].split_once("</").map_or("", |(_, after)| after);
        }
        text.push_str(rest);
        let found: String = text.chars().filter(|char| is_japanese(*char)).take(20).collect();
        assert!(found.is_empty(), "{page}: {found}");
        assert!(html.contains("<html lang=\"en\">"));
    }
}

#[test]
fn a_form_keeps_what_was_typed_and_says_what_is_missing() {
    let demonstration = Demonstration::read();
    let survey = &demonstration.catalog.surveys["pulse"];
    let edition = demonstration.edition(Language::Japanese);
    let today = edition.material.today;
    let page = &survey.pages[0];
    let raw: Raw = [(page.questions[0].id.clone(), vec!["4".to_owned()]), (survey.pages[1].questions[0].id.clone() + "_x", vec![])].into();
    let sheet = Sheet { survey, raw: &raw, id: "0f", shown: "", today: today.day, pass: Pass::default() };
    let asked = form::page(&edition, &sheet, 0, false).unwrap();
    assert!(asked.contains(&format!("id=\"f-{}-4\" name=\"{}\" value=\"4\" checked", page.questions[0].id, page.questions[0].id)));
    assert!(!asked.contains("role=\"alert\" tabindex=\"-1\" id=\"faults\""), "nothing is said before it is judged");
    let refused = form::page(&edition, &sheet, 0, true).unwrap();
    let wrong = page.questions.len() - 1;
    assert!(refused.contains(&format!("{wrong}問、まだ答えがありません")));
    assert_eq!(refused.matches("class=\"complaint\"").count(), wrong);
    for link in values(&refused, "href").into_iter().filter(|link| link.starts_with("#q-")) {
        assert!(values(&refused, "id").contains(&&link[1..]), "{link}");
    }
    // On the next page the answer travels along, unseen.
    let next = form::page(&edition, &sheet, 1, false).unwrap();
    assert!(next.contains(&format!("<input type=\"hidden\" name=\"{}\" value=\"4\">", page.questions[0].id)));
    assert!(next.contains("<input type=\"hidden\" name=\"_sheet\" value=\"0f\">"));
    // A question that was not on the page yet is shown, not complained of.
    let sheet = Sheet { shown: &page.questions[0].id, ..sheet };
    assert!(!form::page(&edition, &sheet, 0, true).unwrap().contains("class=\"complaint\""));
    let review = review::page(&edition, &sheet, None).unwrap();
    assert!(review.contains("（答えなし）") && review.contains("やや当てはまる"));
}

#[test]
fn what_people_type_is_text() {
    let demonstration = Demonstration::read();
    let survey = &demonstration.catalog.surveys["pulse"];
    let edition = demonstration.edition(Language::English);
    let evil = "\"><script>alert(1)</script>&{{ 7 * 7 }}";
    let raw: Raw = survey.variables().into_iter().map(|variable| (variable.id, vec![evil.to_owned()])).collect();
    let sheet = Sheet { survey, raw: &raw, id: evil, shown: "", today: edition.material.today.day, pass: Pass::default() };
    for index in 0..survey.pages.len() {
        for complain in [false, true] {
            let html = form::page(&edition, &sheet, index, complain).unwrap();
            assert!(!html.contains("<script>alert") && !html.contains(">49"));
        }
    }
    assert!(!review::page(&edition, &sheet, None).unwrap().contains("<script>alert"));
}

#[test]
fn a_report_without_answers_explains_itself() {
    let demonstration = Demonstration::read();
    let edition = demonstration.edition(Language::Japanese);
    let spot = Spot::Content(Target::Report("pulse".into()));
    let made = site::make(&edition, &spot, &BTreeMap::new()).unwrap();
    let html = String::from_utf8(made.last().unwrap().bytes.clone()).unwrap();
    assert!(html.contains("まだ載せられる回答がありません。<span class=\"whole\">5人</span>分がそろうと、ここに図と表が出ます。"));
    assert!(html.contains("71.0"), "figures from outside are there from the first day");
    let paths: Vec<&str> = made.iter().map(|artifact| artifact.path.as_str()).collect();
    assert_eq!(paths, ["reports/pulse.xlsx", "reports/pulse.html"], "no files for figures that do not exist");
}

/// Where a few were not asked, the figure is held back although many have answered: to say that there are no answers would be untrue.
/// It says the same where nobody was asked.
#[test]
fn a_figure_that_is_held_back_says_why_and_looks_like_an_empty_one() {
    let demonstration = Demonstration::read();
    let edition = demonstration.edition(Language::Japanese);
    let survey = &demonstration.catalog.surveys["pulse"];
    let ordinal: Vec<String> = survey
        .variables()
        .into_iter()
        .filter(|variable| matches!(variable.measure, Measure::Ordinal(_)))
        .map(|variable| variable.id)
        .collect();
    let given = |n: usize| Answer::Given(Value::Choice((n % 5 + 1).to_string()));
    let told = |not_asked: usize| {
        let column = |id: &String| {
            // A question of no scale: a score would be held back with its items
            let not_asked = if id == "supported" { not_asked } else { 0 };
            (id.clone(), (0..12).map(|n| if n < not_asked { Answer::NotShown } else { given(n) }).collect())
        };
        let columns = ordinal.iter().map(column).collect();
        let batch = Batch { survey: "pulse".into(), revision: survey.revision, number: 1, n: 12, columns, ..Batch::default() };
        let published = publish(&SurveyShape::of(survey, true), &[batch], &Ledger::new([]));
        let all = BTreeMap::from([("pulse".to_owned(), published)]);
        let made = site::make(&edition, &Spot::Content(Target::Report("pulse".into())), &all).unwrap();
        String::from_utf8(made.last().unwrap().bytes.clone()).unwrap()
    };
    let held = "この図は、いまは載せていません。尋ねた人か尋ねなかった人が少ないと";
    let (few, nobody, all) = (told(2), told(12), told(0));
    assert!(few.matches(held).count() > all.matches(held).count(), "{few}");
    assert_eq!(few.matches(held).count(), nobody.matches(held).count());
    for html in [few, nobody, all] {
        assert!(!html.contains("まだ載せられる回答がありません"), "{html}");
    }
}

#[test]
fn a_site_that_is_hosted_elsewhere_posts_to_its_collector() {
    let mut demonstration = Demonstration::read();
    let id = demonstration.site().id.clone();
    demonstration.catalog.sites.get_mut(&id).unwrap().collector = Some("https://collect.example.org/base/".into());
    let made =
        site::make(&demonstration.edition(Language::English), &Spot::Content(Target::Survey("pulse".into())), &BTreeMap::new()).unwrap();
    let html = String::from_utf8(made[0].bytes.clone()).unwrap();
    assert!(html.contains("action=\"https://collect.example.org/base/en/surveys/pulse.html\""));
    assert!(html.contains("form-action &#39;self&#39; https://collect.example.org;"));
}

#[test]
fn a_lost_reader_finds_back_from_any_depth() {
    let demonstration = Demonstration::read();
    let files = demonstration.files();
    for folders in 0..4 {
        let html = shirube::pages::message::not_found_below(&demonstration.edition(Language::English), folders).unwrap();
        let page = format!("en/{}nowhere.html", "x/".repeat(folders));
        for link in values(&html, "href").into_iter().filter(|link| !link.starts_with('#')) {
            assert!(files.contains_key(&follow(&page, link).0), "{link} on {page}");
        }
    }
}
