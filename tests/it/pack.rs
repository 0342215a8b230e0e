//! What is handed on in one piece: one file that needs nothing, the same behind a password, and nothing internal in public.

use crate::loop_project::{Project, here};
use shirube::commands::pack::{Form, Wish, run};
use shirube::commands::{Console, Exit, Format};
use shirube::language::{DayTime, Language};
use std::collections::BTreeSet;
use std::path::Path;

const QUIET: Console = Console { language: Language::English, format: Format::Text, quiet: true };

fn pack(project: &Project, site: &str, report: Option<&str>, form: Form<'_>, to: &str) -> Exit {
    let folder = project.path(to);
    let today = DayTime::parse("2026-11-20");
    run(project.root(), &Wish { site, report, language: None, form, to: Some(&folder), force: false, today }, &QUIET).expect("the disk")
}

/// The values of an attribute, in order, with quotation marks or without.
pub(crate) fn values<'a>(html: &'a str, attribute: &str) -> Vec<&'a str> {
    let value = |rest: &'a str| match rest.strip_prefix('"') {
        Some(quoted) => quoted.split('"').next(),
        None => rest.split([' ', '>']).next(),
    };
    html.split(&format!(" {attribute}=")).skip(1).filter_map(value).collect()
}

#[test]
fn one_file_holds_all_of_the_demonstration_and_asks_for_nothing() {
    let project = Project::of(here());
    assert_eq!(pack(&project, "career-autonomy", None, Form::Single, "a"), Exit::Done);
    let html = project.read("a/career-autonomy.html");
    let ids: Vec<&str> = values(&html, "id");
    let known: BTreeSet<&str> = ids.iter().copied().collect();
    assert_eq!(ids.len(), known.len(), "an id stands twice");
    let mut inside = 0;
    for link in values(&html, "href") {
        match link.strip_prefix('#') {
            Some(id) => {
                assert!(known.contains(id), "nothing is called {id}");
                inside += 1;
            }
            None => assert!(["data:", "https://", "mailto:"].iter().any(|known| link.starts_with(known)), "{link} leads away"),
        }
    }
    assert!(inside > 500, "{inside}");
    for named in ["aria-labelledby", "aria-describedby", "aria-controls", "for"] {
        assert!(values(&html, named).iter().flat_map(|all| all.split(' ')).all(|id| known.contains(id)), "{named}");
    }
    assert!(values(&html, "src").iter().all(|src| src.starts_with("data:")));
    assert!(!html.contains("<script") && !html.contains("<form") && !html.contains("@import"), "it has no script and takes no answers");
    assert!(known.contains("index") && known.contains("en/index") && known.contains("en/reports/pulse"));
    assert!(!known.contains("surveys/pulse"), "a form that nobody would receive");
    assert!(html.contains("default-src &#39;none&#39;; img-src data:; style-src &#39;sha256-"), "the policy names the one style");
    // All pages again, word for word
    let site = project.read("output/career-autonomy/modules/strengths.html");
    let title = site.split("<h1>").nth(1).and_then(|rest| rest.split("</h1>").next()).expect("a title");
    assert!(html.contains(title));
}

#[test]
fn a_report_goes_by_mail_the_same_bytes_each_time() {
    let project = Project::of(here());
    for folder in ["a", "b"] {
        assert_eq!(pack(&project, "career-autonomy", Some("pulse"), Form::Single, folder), Exit::Done);
    }
    let html = project.read("a/pulse.html");
    assert_eq!(html, project.read("b/pulse.html"));
    assert!(html.len() < 1_500_000, "{}", html.len());
    let leaves: Vec<&str> = html.split("<div class=\"leaf").skip(1).filter_map(|rest| values(rest, "id").first().copied()).collect();
    assert_eq!(leaves, ["reports/pulse", "en/reports/pulse"]);
    assert_eq!(html.matches("data:application/zip").count(), 2, "its tables come along, once a language");
    assert!(!html.contains("<nav class=\"page single-parts\""), "one report needs no way to another");
    // Several reports, each a leaf, the first one on top, with ways from each to the others
    assert_eq!(pack(&project, "career-autonomy", Some("hr-status,pulse"), Form::Single, "several"), Exit::Done);
    let both = project.read("several/hr-status-pulse.html");
    let leaves: Vec<&str> = both.split("<div class=\"leaf").skip(1).filter_map(|rest| values(rest, "id").first().copied()).collect();
    assert_eq!(leaves, ["reports/hr-status", "reports/pulse", "en/reports/hr-status", "en/reports/pulse"]);
    let ways = both.split("<nav class=\"page single-parts\"").nth(1).and_then(|rest| rest.split("</nav>").next()).expect("ways");
    assert_eq!(values(ways, "href"), ["#reports/hr-status", "#reports/pulse"]);
    assert!(both.len() < html.len() * 2, "styles stand there once");
    assert_eq!(pack(&project, "career-autonomy", Some("pulse,nothing"), Form::Single, "c"), Exit::Arguments);
    // One language and no other, as it is printed
    assert_eq!(pack(&project, "career-autonomy", Some("nothing"), Form::Single, "c"), Exit::Arguments);
}

#[test]
fn what_is_locked_says_nothing_of_what_is_inside() {
    let project = Project::small();
    project.write("word.txt", "correct horse battery\n");
    let word = project.path("word.txt");
    let form = Form::Locked(Some(&word));
    for folder in ["a", "b"] {
        assert_eq!(pack(&project, "small", Some("every"), form, folder), Exit::Done);
    }
    assert_eq!(pack(&project, "small", None, form, "c"), Exit::Done);
    let [report, again, site] = ["a", "b", "c"].map(|folder| project.read(&format!("{folder}/locked.html")));
    assert_ne!(report, again, "salt and nonce are new each time");
    assert_eq!(report.len(), again.len());
    for html in [&report, &site] {
        for word in ["小さな", "A small site", "every", "報告", "correct horse", "五人"] {
            assert!(!html.contains(word), "{word}");
        }
    }
    project.write("short.txt", "short");
    let short = project.path("short.txt");
    let wish = Wish { site: "small", report: None, language: None, form: Form::Locked(Some(&short)), to: None, force: false, today: None };
    assert!(run(project.root(), &wish, &QUIET).is_err());
    assert!(!Path::new("locked.html").exists());
}

#[test]
fn an_internal_report_leaves_with_its_banner_and_never_in_a_public_site() {
    let project = Project::small();
    project.edit("content/reports/every.yaml", "visibility: public", "visibility: internal");
    for form in [Form::Zip, Form::Single] {
        assert_eq!(pack(&project, "small", None, form, "a"), Exit::Content, "a public site holds no internal report");
    }
    assert!(!project.path("a").exists() && !project.path("output").exists());
    project.edit("content/sites/small.yaml", "visibility: public", "visibility: internal");
    assert_eq!(pack(&project, "small", None, Form::Single, "a"), Exit::Done);
    assert_eq!(pack(&project, "small", Some("every"), Form::Single, "a"), Exit::Done);
    for file in ["a/small.html", "a/every.html"] {
        let html = project.read(file);
        assert!(html.contains("<meta name=\"robots\" content=\"noindex\">"), "{file}");
        assert_eq!(html.matches("class=\"banner\"").count(), 2, "{file}: once a language");
    }
    for (path, bytes) in project.output() {
        if path.ends_with(".html") {
            let html = String::from_utf8_lossy(&bytes).into_owned();
            assert!(html.contains("content=\"noindex\"") && html.contains("class=\"banner\""), "{path}");
        }
    }
    // A second, public site beside the internal one carries nothing of the report
    let public =
        project.read("content/sites/small.yaml").replace("visibility: internal", "visibility: public").replace("reports: [every]\n", "");
    project.write("content/sites/open.yaml", public);
    assert_eq!(pack(&project, "open", None, Form::Single, "b"), Exit::Done);
    let open = project.read("b/open.html");
    assert!(!open.contains("五人ずつ数えます") && !open.contains("reports/every"));
    let carried = project.output().into_iter().filter(|(path, _)| path.starts_with("open/"));
    for (path, bytes) in carried {
        assert!(!path.contains("reports/every") && !String::from_utf8_lossy(&bytes).contains("五人ずつ数えます"), "{path}");
    }
}
