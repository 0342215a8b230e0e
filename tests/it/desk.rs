//! The operator's desk: what it shows, what it does, and for whom.

use crate::loop_project::{Served, text};
use shirube::server::reply::Reply;
use shirube::server::request::{Method, Request};
use std::net::IpAddr;

/// A form of the desk, sent as a browser on this machine sends it.
fn send(served: &Served, act: &str, body: &str, origin: &str) -> Reply {
    let mut request = Request::new(Method::Post, &format!("/_desk/{act}")).expect("a target");
    request.headers.content_type = Some("application/x-www-form-urlencoded".to_owned());
    request.headers.host = Some("127.0.0.1:8080".to_owned());
    request.headers.origin = Some(origin.to_owned());
    request.body = body.as_bytes().to_vec();
    served.routes.reply(&request)
}

const HERE: &str = "http://127.0.0.1:8080";

/// What the forms of the desk carry.
fn key(served: &Served) -> String {
    let page = text(&served.get("/_desk"));
    let at = page.find("name=\"_key\" value=\"").expect("a form") + 19;
    page[at..].split('"').next().expect("a key")[..].trim_start_matches('"').to_owned()
}

/// The number that the desk tells of a survey.
fn told(served: &Served, survey: &str) -> String {
    let page = text(&served.get("/_desk"));
    let own = page.split(&format!("id=\"survey-{survey}\"")).nth(1).expect("the survey").split("</li>").next().expect("its end").to_owned();
    own.split("<p class=\"desk-count\"><b>")
        .nth(1)
        .map_or_else(|| "few".to_owned(), |rest| rest.split('<').next().expect("its end").to_owned())
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
    let four = text(&served.get("/_desk"));
    answer(&served, 4..5);
    assert_eq!(told(&served, "every"), "5");
    answer(&served, 5..9);
    assert_eq!(told(&served, "every"), "5");
    // Whatever else the page says, a single answer moves nothing
    assert!(!four.contains("foot") && !four.contains("apple"));
    assert!(text(&served.get("/_desk?lang=en")).contains("people or more"));
}

#[test]
fn a_survey_is_closed_and_opened_from_the_desk() {
    let served = Served::small();
    let body = format!("_key={}&survey=every&lang=ja", key(&served));
    let closed = send(&served, "close", &body, HERE);
    assert_eq!(closed.status(), 303, "{}", text(&closed));
    let back = closed.header("location").expect("somewhere").to_owned();
    assert!(text(&served.get(&back)).contains("受け付けを終えました"));
    assert!(served.store.closings().expect("read").contains_key("every"));
    served.until("the page says so", |served| !text(&served.get("/surveys/every.html")).contains("<form"));
    served.until("the desk says so", |served| text(&served.get("/_desk")).contains("/_desk/reopen"));
    assert_eq!(send(&served, "reopen", &body, HERE).status(), 303);
    served.until("it is open again", |served| text(&served.get("/surveys/every.html")).contains("<form"));
}

#[test]
fn rows_leave_only_when_their_figures_may() {
    let served = Served::small();
    let key = key(&served);
    let rows = |survey: &str| send(&served, "rows", &format!("_key={key}&survey={survey}&lang=ja"), HERE);
    answer(&served, 0..5);
    served.until("a batch is closed", |served| served.waiting("every") == 0);
    let file = rows("every");
    assert_eq!(file.status(), 200);
    assert_eq!(file.header("content-disposition"), Some("attachment; filename=\"every.csv\""));
    assert_eq!(text(&file).lines().count(), 6, "a head and five people: {}", text(&file));
    assert_eq!(rows("long").status(), 421, "figures of this survey wait for its close, and so do its rows");
    assert!(
        !text(&served.get("/_desk"))
            .split("id=\"survey-long\"")
            .nth(1)
            .expect("there")
            .split("</li>")
            .next()
            .expect("end")
            .contains("rows")
    );
}

#[test]
fn nobody_else_can_use_the_desk() {
    let served = Served::small();
    let body = format!("_key={}&survey=every&lang=ja", key(&served));
    for (what, body, origin) in [
        ("a page of somebody else", body.as_str(), "http://evil.example"),
        ("no origin", body.as_str(), "null"),
        ("no key", "survey=every", HERE),
        ("an empty key", "_key=&survey=every", HERE),
        ("a guessed key", "_key=00000000000000000000000000000000&survey=every", HERE),
    ] {
        assert_eq!(send(&served, "close", body, origin).status(), 421, "{what}");
    }
    assert!(served.store.closings().expect("read").is_empty());
    assert_eq!(served.get("/_desk/close").status(), 405);
    assert_eq!(send(&served, "burn", &body, HERE).status(), 404);
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
        let seen = from(peer, Method::Get, "/_desk");
        assert!(seen.status() == 404 && !text(&seen).contains("_key"), "{peer}");
        assert_eq!(from(peer, Method::Post, "/_desk/close").status(), 404, "{peer}");
    }
    assert!(served.store.closings().expect("read").is_empty());
}
