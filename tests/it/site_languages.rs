//! Sites of one project in fewer languages than it has: what they show, and what everything that is shared makes of it.

use crate::invitations::{Browser, STAFF};
use crate::loop_project::{Project, Served, text, today, tree};
use shirube::language::Language;
use shirube::pipeline;
use shirube::store::{Invitation, Ticket};
use shirube::survey::Token;
use std::collections::BTreeSet;

/// The small site in both languages beside one in Japanese, with its own page and survey, and one in English before Japanese.
fn project() -> Project {
    let project = Project::small();
    let site = |languages: &str, picked: &str| {
        format!(
            "title: 顧客\nlead: 一社のためのサイト。\nlanguages: {languages}\nnavigation:\n  - {{to: surveys}}\n{picked}\nhome: {{title: ようこそ, lead: ここから。}}\nfooter: 顧客\n"
        )
    };
    project.write("content/sites/client.yaml", site("[ja]", "pages: [guide]\nsurveys: [staff, every]\nreports: [every]"));
    project.write("content/sites/abroad.yaml", site("[en, ja]", "surveys: [every]"));
    project.write("content/pages/guide.md", "---\ntitle: 参加する方へ\n---\n筆記具をお持ちください。\n");
    project.write("content/surveys/staff.yaml", STAFF);
    project
}

fn served() -> Served {
    let served = Served::of(project());
    let invitation = |number: u8| Invitation {
        ticket: Ticket::of_token(&Token::new([number; 16])),
        carried: [("department".to_owned(), "sales".to_owned()), ("band".to_owned(), "30".to_owned())].into(),
        person: None,
    };
    served.store.invite("staff", (1..=3).map(invitation).collect()).expect("handed out");
    served
}

/// Every link of a page that stays on the site.
fn links(page: &str) -> BTreeSet<String> {
    let all = page.split("href=\"").skip(1).filter_map(|rest| rest.split('"').next());
    all.filter(|href| !href.contains(':') && !href.starts_with('#'))
        .map(|href| href.split(['#', '?']).next().unwrap_or("").to_owned())
        .collect()
}

/// Where a link of a page leads, from the root.
fn resolved(from: &str, href: &str) -> String {
    if href.starts_with('/') {
        return href.to_owned();
    }
    let mut parts: Vec<&str> = from.split('/').collect();
    parts.pop();
    for part in href.split('/') {
        match part {
            ".." => {
                parts.pop();
            }
            "." => {}
            other => parts.push(other),
        }
    }
    parts.join("/")
}

#[test]
fn a_site_has_its_own_languages_and_asks_for_no_others() {
    let project = project();
    let mut loaded = pipeline::load(project.root()).expect("the disk");
    let themes = pipeline::read_themes(project.root(), &mut loaded).expect("themes");
    // Neither the site nor its page is missing any English
    assert!(loaded.diagnostics.is_empty(), "{:?}", loaded.diagnostics.sorted());
    let answers = pipeline::nothing_collected(&loaded.catalog, today());
    let built = pipeline::build(&loaded.catalog, &themes, &answers, today(), None).expect("no faults");
    pipeline::write(&project.path("output"), &built).expect("written");
    let output = tree(&project.path("output"));
    let page = |path: &str| String::from_utf8_lossy(output.get(path).unwrap_or_else(|| panic!("there is no {path}"))).into_owned();
    assert!(output.contains_key("small/en/index.html") && output.contains_key("client/guide.html"));
    assert!(!output.keys().any(|path| path.starts_with("client/en/") || path.starts_with("abroad/en/")));
    for path in output.keys().filter(|path| path.starts_with("client/") && path.ends_with(".html")) {
        let html = page(path);
        assert!(html.contains("<html lang=\"ja\"") && !html.contains("class=\"languages\"") && !html.contains("hreflang"), "{path}");
    }
    // The first language of a site has the addresses without a prefix
    assert!(page("abroad/index.html").contains("<html lang=\"en\"") && page("abroad/ja/index.html").contains("<html lang=\"ja\""));
    assert!(page("abroad/index.html").contains("hreflang=\"ja\" href=\"ja/index.html\""));
    for (path, bytes) in output.iter().filter(|(path, _)| path.ends_with(".html")) {
        for href in links(&String::from_utf8_lossy(bytes)) {
            let to = resolved(path, &href);
            assert!(output.contains_key(&to), "{path} leads to {href}");
        }
    }
    // The survey is there in both languages, on whichever sites have them
    assert_eq!(loaded.catalog.spoken("every"), [Language::Japanese, Language::English]);
    assert_eq!(loaded.catalog.spoken("staff"), [Language::Japanese]);
    assert_eq!(loaded.catalog.first_language(), Language::Japanese);
}

#[test]
fn a_site_that_drops_a_language_loses_its_pages_and_nothing_else() {
    let project = project();
    let build = || {
        let mut loaded = pipeline::load(project.root()).expect("the disk");
        let themes = pipeline::read_themes(project.root(), &mut loaded).expect("themes");
        let answers = pipeline::nothing_collected(&loaded.catalog, today());
        let built = pipeline::build(&loaded.catalog, &themes, &answers, today(), None).expect("no faults");
        pipeline::write(&project.path("output"), &built).expect("written");
        tree(&project.path("output"))
    };
    let before = build();
    project.edit("content/sites/small.yaml", "visibility: public", "visibility: public\nlanguages: [ja]");
    let after = build();
    let gone: Vec<&String> = before.keys().filter(|path| !after.contains_key(*path)).collect();
    assert!(!gone.is_empty() && gone.iter().all(|path| path.starts_with("small/en/")), "{gone:?}");
    assert!(!after.keys().any(|path| path.starts_with("small/en/")));
}

#[test]
fn an_invitation_leads_to_the_form_in_a_language_that_it_has() {
    let served = served();
    // The survey stands on the Japanese site alone; the home site has both languages
    for (number, door) in [(1, "/i"), (2, "/en/i"), (3, "/ja/i")] {
        let mut browser = Browser::new(&served);
        browser.get(&format!("{door}/{}", Token::new([number; 16]).in_link()));
        assert_eq!((browser.status, browser.address.as_str()), (200, "/client/surveys/staff.html?invited"), "{door}");
        browser.set("mood", "4").press("next").press("next").press("send");
        assert!(browser.address.starts_with("/client/surveys/staff/thanks.html"), "{}", browser.address);
    }
    assert_eq!(served.waiting("staff"), 3);
}

#[test]
fn the_pages_for_codes_stand_in_every_language_of_the_project_and_their_links_hold() {
    for home in ["small", "client", "abroad"] {
        let project = project();
        project.edit("content/project.yaml", "home: small", &format!("home: {home}"));
        let served = Served::of(project);
        let first = if home == "abroad" { "en" } else { "ja" };
        for (path, language) in [("/i", first), ("/en/i", "en"), ("/ja/i", "ja"), ("/en/i/nonsense", "en"), ("/i/nonsense", first)] {
            let reply = served.get(path);
            let page = text(&reply);
            assert!(page.contains(&format!("<html lang=\"{language}\"")), "{home} {path}: {page}");
            for href in links(&page) {
                let to = resolved(path, &href);
                assert!(served.get(&to).status() == 200 || to.ends_with("/i.html"), "{home}: {path} leads to {to}");
            }
        }
    }
}

#[test]
fn a_form_is_answered_at_the_addresses_of_its_site() {
    let served = served();
    for (address, language) in
        [("/client/surveys/every.html", "ja"), ("/abroad/surveys/every.html", "en"), ("/abroad/ja/surveys/every.html", "ja")]
    {
        let visitor = served.visit(address);
        assert!(visitor.status == 200 && visitor.page.contains(&format!("<html lang=\"{language}\"")), "{address}");
    }
    for nowhere in ["/client/en/surveys/every.html", "/abroad/en/surveys/every.html", "/client/en/"] {
        let reply = served.get(nowhere);
        assert_eq!(reply.status(), 404, "{nowhere}");
    }
    // Looked at from the desk, in whatever language that is read
    for desk in ["/_desk/surveys/staff", "/_desk/surveys/staff?lang=en"] {
        let page = text(&served.get(desk));
        assert!(page.contains("/_desk/preview/client/surveys/staff.html") && !page.contains("preview/en/"), "{page}");
    }
    assert_eq!(served.get("/_desk/preview/client/surveys/staff.html").status(), 200);
    // A Japanese home site still lets an English operator work
    let project = project();
    project.edit("content/project.yaml", "home: small", "home: client");
    let served = Served::of(project);
    let page = text(&served.get("/_desk?lang=en"));
    assert!(page.contains("<html lang=\"en\"") && page.contains("lang=ja"), "{page}");
}
