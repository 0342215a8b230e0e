//! Totals of a class: what of a worksheet goes to which form, where its page offers that, and what a form takes from an address.

use crate::loop_project::{Project, Served, here, text, today};
use serde_json::Value as Json;
use shirube::catalog::Loaded;
use shirube::catalog::given::Given;
use shirube::pipeline::{self, Built};

const VALUES: &str = "modules/mission-statement/worksheets/values-cards.html";
const COLLECTOR: &str = "https://survey.example/minato";

/// What follows a mark in a page, as it was before it was written as an attribute.
fn attribute(page: &str, mark: &str) -> String {
    let rest = page.split_once(mark).unwrap_or_else(|| panic!("{mark} in {page}")).1;
    let end = rest.find('"').expect("an end");
    rest[..end].replace("&quot;", "\"").replace("&#x2F;", "/").replace("&amp;", "&")
}

fn loaded() -> Loaded {
    pipeline::load(here()).expect("the demonstration")
}

#[test]
fn the_shipped_sheets_give_what_the_domain_allows() {
    let loaded = loaded();
    let mut giving = Vec::new();
    for module in loaded.catalog.modules.values() {
        for sheet in &module.worksheets {
            let Some(totals) = &sheet.totals else { continue };
            for fill in &totals.fill {
                let given = sheet.given(&fill.from.value).expect("a place that gives");
                assert!(matches!(given, Given::Several(_) | Given::Highest(_)), "{}", sheet.id);
                giving.push(format!("{} {} {} {}", sheet.id, fill.from.value, totals.survey.value, given.named().len()));
            }
        }
    }
    giving.sort();
    assert_eq!(
        giving,
        [
            "strength-cards words.own class-strengths 48",
            "values-cards top.card class-values 72",
            "work-values pairs.highest class-work-values 8"
        ]
    );
    let private: Vec<&str> = loaded
        .catalog
        .modules
        .values()
        .flat_map(|module| &module.worksheets)
        .filter(|sheet| sheet.is_private())
        .map(|sheet| sheet.id.as_str())
        .collect();
    assert_eq!(private, ["life-plan", "career-inventory"], "money and jobs stay on their pages");
}

/// Words, months and marks give nothing; neither do points, prompts and money.
#[test]
fn words_give_nothing() {
    let loaded = loaded();
    let sheets = || loaded.catalog.modules.values().flat_map(|module| &module.worksheets);
    let of = |id: &str| sheets().find(|sheet| sheet.id == id).unwrap_or_else(|| panic!("{id}"));
    assert_eq!(of("twenty-questions").givers(), Vec::<String>::new());
    assert_eq!(of("life-line").givers(), Vec::<String>::new());
    assert_eq!(of("values-cards").givers(), ["cards.most", "cards.some", "cards.less", "top.card"]);
    assert!(of("values-cards").given("top.meaning").is_none());
    assert!(of("strength-cards").givers().iter().all(|from| from == "words.own" || from == "five.card"));
    assert!(of("will-can-must").givers().iter().all(|from| !from.ends_with(".line")));
}

/// The demonstration, built with or without somebody who takes its answers in.
fn built(collector: Option<&str>) -> Built {
    let mut loaded = loaded();
    let themes = pipeline::read_themes(here(), &mut loaded).expect("themes");
    assert!(!loaded.diagnostics.has_errors());
    loaded.catalog.sites.get_mut("career-autonomy").expect("a site").collector = collector.map(str::to_owned);
    let answers = pipeline::nothing_collected(&loaded.catalog, today());
    pipeline::build(&loaded.catalog, &themes, &answers, today(), None).expect("no faults")
}

fn page(built: &Built, site: &str, path: &str) -> String {
    let file = built.sites[site].iter().find(|file| file.path.as_str() == path).unwrap_or_else(|| panic!("there is no {path}"));
    String::from_utf8(file.bytes.clone()).expect("text")
}

#[test]
fn a_page_leads_to_the_collector_or_says_why_it_leads_nowhere() {
    // Nobody takes answers in: the link is there for a server to show, and the page says why it is not seen
    let alone = built(None);
    let sheet = page(&alone, "career-autonomy", VALUES);
    assert!(sheet.contains("hidden data-served") && sheet.contains("w-nowhere") && sheet.contains("worksheet-totals.js"), "{sheet}");
    // Other worksheets have nothing of it, nor have forms that no worksheet leads to
    let other = page(&alone, "career-autonomy", "modules/life-plan/worksheets/life-line.html");
    assert!(!other.contains("worksheet-totals") && !other.contains("totals-link"));
    let pulse = page(&alone, "career-autonomy", "surveys/pulse.html");
    assert!(!pulse.contains("fill.js") && !pulse.contains("data-known"));
    // Another site shows the worksheet and not the survey: nothing is offered there
    assert!(!page(&alone, "kawabe", "modules/strengths/worksheets/strength-cards.html").contains("totals-link"));
    // With a collector, its address
    let hosted = built(Some(COLLECTOR));
    for prefix in ["", "en/"] {
        let sheet = page(&hosted, "career-autonomy", &format!("{prefix}{VALUES}"));
        assert_eq!(attribute(&sheet, "id=\"totals-link\" href=\""), format!("{COLLECTOR}/{prefix}surveys/class-values.html"));
        assert!(!sheet.contains("data-served") && !sheet.contains("w-nowhere"), "{sheet}");
    }
}

#[test]
fn a_form_takes_the_choices_of_its_worksheets_and_no_others() {
    let served = Served::of(Project::of(here()));
    for prefix in ["", "/en"] {
        let page = text(&served.get(&format!("{prefix}/surveys/class-values.html")));
        let known: Json = serde_json::from_str(&attribute(&page, "data-known=\"")).expect("JSON");
        assert_eq!(known.as_object().map(serde_json::Map::len), Some(1), "{known}");
        let values: Vec<&str> = known["values"]["values"].as_array().into_iter().flatten().filter_map(Json::as_str).collect();
        assert_eq!((values.len(), values[0], &known["values"]["most"]), (72, "v1", &Json::from(5)));
        assert!(page.contains("fill.js"));
        // It says so before the first question
        assert!(page.contains(if prefix.is_empty() { "ワークシートから" } else { "From a worksheet" }), "{page}");
        assert!(!page.contains(" checked"), "nothing is filled in by the server");
    }
    // Served, the worksheet leads to it
    let page = text(&served.get(&format!("/{VALUES}")));
    assert!(page.contains(" data-served") && !page.contains("hidden data-served"), "{page}");
    assert_eq!(attribute(&page, "id=\"totals-link\" href=\""), "../../../surveys/class-values.html");
}

/// Nothing of the class is told before as many have sent as the survey says, however they came.
#[test]
fn totals_appear_from_k_people_on() {
    let served = Served::of(Project::of(here()));
    let report = || text(&served.get("/reports/class-work-values.html"));
    let before = report();
    for sent in 1..=5 {
        assert_eq!(report(), before, "{sent} of five tell nothing");
        let mut person = served.visit("/surveys/class-work-values.html");
        person.tick("highest", "growth").tick("highest", "use").submit("next");
        person.submit("send");
        assert_eq!(person.location.as_deref(), Some("/surveys/class-work-values/thanks.html"), "{}", person.page);
    }
    served.until("the totals are told", |served| text(&served.get("/reports/class-work-values.html")) != before);
}
