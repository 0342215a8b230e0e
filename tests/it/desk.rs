//! The operator's desk: what it shows, what it does, and for whom.

use crate::loop_project::{Served, text};
use shirube::server::reply::Reply;
use shirube::server::request::{Method, Request};
use std::net::IpAddr;

/// A page of a server on this machine.
pub(crate) const HERE: &str = "http://127.0.0.1:8080";

/// A form of the desk, sent as a browser on this machine sends it.
pub(crate) fn send(served: &Served, act: &str, body: &str, origin: &str) -> Reply {
    let mut request = Request::new(Method::Post, &format!("/_desk/{act}")).expect("a target");
    request.headers.content_type = Some("application/x-www-form-urlencoded".to_owned());
    request.headers.host = Some("127.0.0.1:8080".to_owned());
    request.headers.origin = Some(origin.to_owned());
    request.body = body.as_bytes().to_vec();
    served.routes.reply(&request)
}

/// What the forms of the desk carry.
pub(crate) fn key(served: &Served) -> String {
    let page = text(&served.get("/_desk/site"));
    let at = page.find("name=\"_key\" value=\"").expect("a form") + 19;
    page[at..].split('"').next().expect("a key").to_owned()
}

/// What the first page says of a survey.
fn row(served: &Served, survey: &str) -> String {
    let page = text(&served.get("/_desk"));
    page.split(&format!("id=\"survey-{survey}\"")).nth(1).expect("the survey").split("</li>").next().expect("its end").to_owned()
}

/// The number that the desk tells of a survey.
fn told(served: &Served, survey: &str) -> String {
    let number = |page: &str| {
        page.split("<p class=\"desk-count\"><b>")
            .nth(1)
            .map_or_else(|| "few".to_owned(), |rest| rest.split('<').next().expect("its end").to_owned())
    };
    let (own, page) = (number(&row(served, survey)), number(&text(&served.get(&format!("/_desk/surveys/{survey}")))));
    assert_eq!(own, page, "both pages say the same");
    own
}

fn answer(served: &Served, people: std::ops::Range<usize>) {
    for number in people {
        let body = format!("way=foot&fruit=apple&shoes=3&mood=4&minutes=10&since.declined=1&word.declined=1&_sheet={number:032x}&_go=send");
        assert_eq!(served.post("/surveys/every.html", &body).status(), 303);
    }
}

#[test]
fn people_are_counted_in_steps_and_answers_are_never_shown() {
    let served = Served::small();
    answer(&served, 0..4);
    assert_eq!(told(&served, "every"), "few");
    let pages = ["/_desk", "/_desk/surveys/every"];
    let four = pages.map(|page| text(&served.get(page)));
    answer(&served, 4..5);
    assert_eq!(told(&served, "every"), "5");
    // The batch of five is built, and the desk says so only by its number
    served.until("a batch is closed", |served| served.waiting("every") == 0);
    let five = pages.map(|page| text(&served.get(page)));
    answer(&served, 5..9);
    assert_eq!(told(&served, "every"), "5");
    assert_eq!(pages.map(|page| text(&served.get(page))), five, "four more move no byte");
    for page in four.iter().chain(&five) {
        assert!(!page.contains("徒歩") && !page.contains("りんご") && !page.contains("apple"), "{page}");
    }
    assert!(text(&served.get("/_desk?lang=en")).contains("people or more"));
}

#[test]
fn a_survey_is_closed_and_opened_from_the_desk() {
    let served = Served::small();
    let body = format!("_key={}&lang=ja", key(&served));
    let closed = send(&served, "surveys/every/close", &body, HERE);
    assert_eq!(closed.status(), 303, "{}", text(&closed));
    let back = closed.header("location").expect("somewhere").to_owned();
    assert!(text(&served.get(&back)).contains("受付を終えました"));
    assert!(served.store.closings().expect("read").contains_key("every"));
    served.until("the page says so", |served| !text(&served.get("/surveys/every.html")).contains("<form"));
    served.until("the desk says so", |served| text(&served.get("/_desk/surveys/every")).contains("/every/reopen"));
    assert_eq!(send(&served, "surveys/every/reopen", &body, HERE).status(), 303);
    served.until("it is open again", |served| text(&served.get("/surveys/every.html")).contains("<form"));
    assert_eq!(send(&served, "surveys/every/reopen", &body, HERE).status(), 500, "nothing is to be opened again");
}

#[test]
fn rows_leave_only_when_their_figures_may_and_in_every_format() {
    let served = Served::small();
    let key = key(&served);
    let export = |survey: &str, format: &str| {
        send(&served, &format!("surveys/{survey}/export"), &format!("_key={key}&lang=en&format={format}&labels="), HERE)
    };
    answer(&served, 0..5);
    served.until("a batch is closed", |served| served.waiting("every") == 0);
    for (format, name) in [
        ("csv", "every.csv"),
        ("csv-cp932", "every.csv"),
        ("xlsx", "every.xlsx"),
        ("jsonl", "every.jsonl"),
        ("spss", "every-spss.zip"),
        ("codebook", "every-codebook.zip"),
    ] {
        let file = export("every", format);
        assert_eq!(file.status(), 200, "{format}");
        assert_eq!(file.header("content-disposition"), Some(format!("attachment; filename=\"{name}\"").as_str()), "{format}");
        if format == "csv" || format == "jsonl" {
            assert_eq!(text(&file).lines().count(), 5 + usize::from(format == "csv"), "{}", text(&file));
        }
    }
    // What stays behind is said beside the rows
    answer(&served, 5..6);
    let held = export("every", "csv");
    assert_eq!(held.header("content-type"), Some("application/zip"));
    let notes = unpacked(&held, "every-csv/every-notes.txt");
    assert!(notes.contains("wait for their batch"), "{notes}");
    assert_eq!(unpacked(&held, "every-csv/every.csv").lines().count(), 6);
    assert_eq!(export("long", "csv").status(), 421, "figures of this survey wait for its close, and so do its rows");
    let page = text(&served.get("/_desk/surveys/long?lang=en"));
    assert!(page.contains("once the survey has closed") && !page.contains("/export\""), "{page}");
}

/// A file of a zip.
pub(crate) fn unpacked(reply: &Reply, name: &str) -> String {
    use std::io::Read;
    let mut zip = zip::ZipArchive::new(std::io::Cursor::new(reply.body().to_vec())).unwrap_or_else(|fault| {
        panic!(
            "no zip ({fault}): {} {:?} {}",
            reply.status(),
            reply.header("content-type"),
            text(reply).chars().take(400).collect::<String>()
        )
    });
    let mut out = String::new();
    zip.by_name(name).unwrap_or_else(|_| panic!("no {name}")).read_to_string(&mut out).expect("text");
    out
}

#[test]
fn nobody_else_can_use_the_desk() {
    let served = Served::small();
    let body = format!("_key={}&lang=ja", key(&served));
    let acts = ["close", "reopen", "file", "sheet", "remind", "revoke", "export"].map(|act| format!("surveys/every/{act}")).into_iter();
    let acts: Vec<String> = acts.chain(["publish", "pack", "backup"].map(|act| format!("site/{act}"))).collect();
    for (what, body, origin) in [
        ("a page of somebody else", body.as_str(), "http://evil.example"),
        ("no origin", body.as_str(), "null"),
        ("no key", "lang=ja", HERE),
        ("an empty key", "_key=", HERE),
        ("a guessed key", "_key=00000000000000000000000000000000", HERE),
    ] {
        for act in &acts {
            assert_eq!(send(&served, act, body, origin).status(), 421, "{what}: {act}");
        }
    }
    assert!(served.store.closings().expect("read").is_empty());
    assert!(!served.project.path("private/backups").exists());
    for act in &acts {
        assert_eq!(served.get(&format!("/_desk/{act}")).status(), 405, "{act}");
    }
    assert_eq!(send(&served, "surveys/every/burn", &body, HERE).status(), 404);
    assert_eq!(send(&served, "surveys/nothing/close", &body, HERE).status(), 404);
    assert_eq!(served.get("/_desktop").status(), 404);
    let from = |peer: &str, method: Method, target: &str| {
        let mut request = Request::new(method, target).expect("a target");
        request.peer = peer.parse::<IpAddr>().expect("an address");
        request.headers.host = Some("192.168.0.2:8080".to_owned());
        request.headers.origin = Some("http://192.168.0.2:8080".to_owned());
        request.headers.content_type = Some("application/x-www-form-urlencoded".to_owned());
        request.body = body.as_bytes().to_vec();
        served.routes.reply(&request)
    };
    for peer in ["192.168.0.9", "203.0.113.9", "::ffff:192.168.0.9"] {
        for target in ["/_desk", "/_desk/surveys/every", "/_desk/site", "/_desk/preview/surveys/every.html", "/_desk/enter"] {
            let seen = from(peer, Method::Get, target);
            assert!(seen.status() == 404 && !text(&seen).contains("_key"), "{peer} {target}");
        }
        for act in acts.iter().map(String::as_str).chain(["enter", "surveys/every/people"]) {
            assert_eq!(from(peer, Method::Post, &format!("/_desk/{act}")).status(), 404, "{peer} {act}");
        }
    }
    assert!(served.store.closings().expect("read").is_empty());
}

#[test]
fn a_site_is_built_again_and_its_faults_are_told_with_their_places() {
    let served = Served::small();
    let body = format!("_key={}&lang=en", key(&served));
    served.project.edit("content/surveys/every.yaml", "title:", "titel:");
    let tried = send(&served, "site/publish", &body, HERE);
    assert_eq!(tried.header("location"), Some("/_desk/site?lang=en&done=unpublished"));
    let page = text(&served.get("/_desk/site?lang=en&done=unpublished"));
    assert!(page.contains("could not be rebuilt") && page.contains("titel") && page.contains("content/surveys/every.yaml:"), "{page}");
    assert!(text(&served.get("/_desk?lang=en")).contains("Mend the faults"));
    served.project.edit("content/surveys/every.yaml", "titel:", "title:");
    let done = send(&served, "site/publish", &body, HERE);
    assert_eq!(done.header("location"), Some("/_desk/site?lang=en&done=published"));
    assert!(!text(&served.get("/_desk/site?lang=en")).contains("titel"));
}

#[test]
fn a_site_is_packed_as_it_is_served_and_answers_are_copied() {
    let served = Served::small();
    let body = format!("_key={}&lang=en&site=small", key(&served));
    let packed = send(&served, "site/pack", &body, HERE);
    assert_eq!(packed.header("content-disposition"), Some("attachment; filename=\"small.zip\""));
    assert_eq!(packed.body(), send(&served, "site/pack", &body, HERE).body(), "the same bytes each time");
    assert_eq!(unpacked(&packed, "small/index.html"), served.project.read("output/small/index.html"));
    let zip = zip::ZipArchive::new(std::io::Cursor::new(packed.body().to_vec())).expect("a zip");
    let own = served.project.output().into_keys().filter(|name| name.starts_with("small/") && !name.contains("/.shirube")).count();
    assert_eq!(zip.len(), own, "every file of the site and nothing else");
    answer(&served, 0..7);
    served.until("a batch is closed", |served| served.waiting("every") < 5);
    assert!(text(&served.get("/_desk?lang=en")).contains("There is no backup yet"));
    let copied = send(&served, "site/backup", &body, HERE);
    assert_eq!(copied.header("location"), Some("/_desk/site?lang=en&done=copied"));
    assert!(text(&served.get("/_desk/site?lang=en")).contains("Last backup: "));
    assert!(!text(&served.get("/_desk?lang=en")).contains("There is no backup yet"));
}

#[test]
fn a_form_is_tried_to_its_end_and_nothing_is_kept() {
    let served = Served::small();
    for (address, survey) in [("/surveys/every.html", "every"), ("/en/surveys/every.html", "every")] {
        let address = format!("/_desk/preview{address}");
        let first = text(&served.get(&address));
        assert!(
            first.contains("class=\"banner rehearsal\"")
                && first.contains("<form")
                && first.contains(&format!("/_desk/surveys/{survey}?lang="))
        );
        let body = "way=foot&fruit=apple&shoes=3&mood=4&minutes=10&since.declined=1&word.declined=1&_sheet=000000000000000000000000000000aa&_go=send";
        let post = |origin: Option<&str>| {
            let mut request = Request::new(Method::Post, &address).expect("a target");
            request.headers.content_type = Some("application/x-www-form-urlencoded".to_owned());
            request.headers.host = Some("127.0.0.1:8080".to_owned());
            request.headers.origin = origin.map(str::to_owned);
            request.body = body.as_bytes().to_vec();
            served.routes.reply(&request)
        };
        assert_eq!(post(None).status(), 421);
        let sent = post(Some(HERE));
        assert_eq!(sent.status(), 303, "{}", text(&sent));
        let receipt = sent.header("location").expect("somewhere").to_owned();
        assert!(receipt.starts_with("/_desk/preview/") && text(&served.get(&receipt)).contains("rehearsal"), "{receipt}");
    }
    assert_eq!(served.stored("every"), 0);
    assert_eq!(served.get("/_desk/preview/assets/site.css").status(), 200);
    assert_eq!(served.get("/_desk/preview/index.html").header("location"), Some("/index.html"));
    // Whatever the day: a survey that is over can be looked at, too
    served.store.close_survey("every", shirube::language::Day::parse("2026-11-20").expect("a day")).expect("closed");
    served.until("closed", |served| {
        (served.routes.reply(&Request::new(Method::Get, "/surveys/every.html").expect("a target")).status() == 200)
            && !text(&served.get("/surveys/every.html")).contains("<form")
    });
    assert!(text(&served.get("/_desk/preview/surveys/every.html")).contains("<form"));
}
