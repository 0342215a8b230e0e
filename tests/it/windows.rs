//! Johari windows in a room: what their person, peers and everybody else can learn, and when. The person is the attacker, too.

use crate::loop_project::{Project, Served, fields, here, text, tree};
use shirube::server::reply::Reply;
use shirube::server::request::{Method, Request};
use std::net::IpAddr;

const PHONE: &str = "192.168.1.77";
const HOST: &str = "192.168.1.20:8080";
const NAME: &str = "ハナQX";

fn asked(served: &Served, method: Method, target: &str, body: &str) -> Reply {
    let mut request = Request::new(method, target).expect("a target");
    request.peer = PHONE.parse::<IpAddr>().expect("an address");
    request.headers.host = Some(HOST.to_owned());
    if method == Method::Post {
        request.headers.content_type = Some("application/x-www-form-urlencoded".to_owned());
        request.body = body.as_bytes().to_vec();
    }
    served.routes.reply(&request)
}

fn get(served: &Served, target: &str) -> Reply {
    asked(served, Method::Get, target, "")
}

/// A window for so many: its address and its code.
fn opened(served: &Served, wanted: &str) -> (String, String) {
    let form = text(&get(served, "/_window?sheet=strengths/strength-cards&lang=ja"));
    assert!(form.contains("action=\"/_window\""), "{form}");
    let body = form_urlencoded::Serializer::new(String::new())
        .extend_pairs([("sheet", "strengths/strength-cards"), ("lang", "ja"), ("name", NAME), ("wanted", wanted)])
        .finish();
    let reply = asked(served, Method::Post, "/_window", &body);
    assert_eq!(reply.status(), 303);
    let own = reply.header("location").expect("an address").to_owned();
    let page = text(&get(served, &own));
    assert!(page.contains(NAME) && page.contains("<svg"), "{page}");
    let code = page.split("window-code").nth(1).and_then(|rest| rest.split("<b>").nth(1)).and_then(|rest| rest.get(..5)).expect("a code");
    (own, code.to_owned())
}

/// A peer's sheet; its form is asked for each time, as a phone does.
fn picked(served: &Served, code: &str, cards: &[&str]) -> Reply {
    let form = get(served, &format!("/r/{code}"));
    let page = text(&form);
    let id = fields(&page).into_iter().find(|(name, _)| name == "_sheet").map(|(_, value)| value).unwrap_or_default();
    sent(served, code, &id, cards)
}

fn sent(served: &Served, code: &str, id: &str, cards: &[&str]) -> Reply {
    let cards = cards.iter().map(|card| ("card", *card));
    let body = form_urlencoded::Serializer::new(String::new()).extend_pairs([("_sheet", id)]).extend_pairs(cards).finish();
    asked(served, Method::Post, &format!("/r/{code}"), &body)
}

const PICKS: [[&str; 5]; 4] = [
    ["w1", "w2", "w3", "w4", "w5"],
    ["w1", "w2", "w9", "w17", "w25"],
    ["w1", "w33", "w34", "w35", "w36"],
    ["w40", "w41", "w42", "w43", "w44"],
];

/// All that the person can see: the page and what it asks for again and again, with their tags.
fn seen(served: &Served, own: &str) -> Vec<(String, Option<String>)> {
    [own.to_owned(), format!("{own}/state")]
        .map(|target| {
            let reply = get(served, &target);
            (text(&reply), reply.header("etag").map(str::to_owned))
        })
        .to_vec()
}

#[test]
fn nothing_moves_before_the_third_and_nothing_with_the_fourth() {
    let served = Served::of(Project::of(here()));
    let (own, code) = opened(&served, "5");
    let none = seen(&served, &own);
    for picks in &PICKS[..2] {
        assert_eq!(picked(&served, &code, picks).status(), 200);
        assert_eq!(seen(&served, &own), none);
        assert_eq!(asked(&served, Method::Post, &format!("{own}/close"), "").status(), 303);
        assert_eq!(seen(&served, &own), none, "closing tells nothing before three");
    }
    picked(&served, &code, &PICKS[2]);
    let three = seen(&served, &own);
    assert_ne!(three, none);
    assert!(!three[0].0.contains("window-table"));
    picked(&served, &code, &PICKS[3]);
    assert_eq!(seen(&served, &own), three, "the fourth changes no byte and no tag");
    // Peers never see sums, whatever they ask for
    assert!(!text(&get(&served, &format!("/r/{code}"))).contains("window-table"));
    assert_eq!(asked(&served, Method::Post, &format!("{own}/close"), "").status(), 303);
    let told = text(&get(&served, &own));
    assert!(told.contains("4人が選びました。") && told.contains("words:w1=3;w17=1;w2=2;"), "{told}");
    assert_eq!(picked(&served, &code, &PICKS[0]).status(), 403, "closed is closed");
    assert_eq!(text(&get(&served, &own)), told);
}

#[test]
fn the_order_in_which_they_came_is_nowhere() {
    let served = Served::of(Project::of(here()));
    let told = |order: [usize; 4]| {
        let (own, code) = opened(&served, "4");
        for peer in order {
            assert_eq!(picked(&served, &code, &PICKS[peer]).status(), 200);
        }
        asked(&served, Method::Post, &format!("{own}/close"), "");
        let key = own.rsplit('/').next().expect("a key").to_owned();
        text(&get(&served, &own)).replace(&key, "KEY").replace(&code, "CODE")
    };
    assert_eq!(told([0, 1, 2, 3]), told([3, 2, 0, 1]));
}

#[test]
fn a_second_click_counts_once_and_nobody_comes_in_beyond_the_number() {
    let served = Served::of(Project::of(here()));
    let (own, code) = opened(&served, "3");
    let id = "0123456789abcdef0123456789abcdef";
    for _ in 0..3 {
        assert_eq!(sent(&served, &code, id, &PICKS[0]).status(), 200);
    }
    assert!(text(&get(&served, &format!("{own}/state"))) == "few", "one person cannot fill it by clicking");
    for wrong in [&PICKS[1][..4], &["w1", "w1", "w2", "w3", "w4"], &["w1", "w2", "w3", "w4", "nothing"], &[]] {
        let reply = picked(&served, &code, wrong);
        assert_eq!(reply.status(), 422, "{wrong:?}");
        assert_eq!(
            text(&reply).matches(" checked").count(),
            wrong.iter().filter(|card| card.starts_with('w')).collect::<std::collections::BTreeSet<_>>().len()
        );
    }
    picked(&served, &code, &PICKS[1]);
    picked(&served, &code, &PICKS[2]);
    assert_eq!(picked(&served, &code, &PICKS[3]).status(), 403, "three were announced");
    asked(&served, Method::Post, &format!("{own}/close"), "");
    assert!(text(&get(&served, &own)).contains("3人が選びました。"));
    // Erased by the person: nobody finds anything any more
    assert_eq!(asked(&served, Method::Post, &format!("{own}/erase"), "").status(), 200);
    for target in [own.as_str(), &format!("{own}/state"), &format!("/r/{code}")] {
        assert!(!text(&get(&served, target)).contains(NAME), "{target}");
    }
    assert_eq!(get(&served, &own).status(), 404);
}

#[test]
fn no_file_holds_a_window_and_no_address_tells_of_others() {
    let served = Served::of(Project::of(here()));
    let (own, code) = opened(&served, "3");
    for picks in &PICKS[..3] {
        picked(&served, &code, picks);
    }
    asked(&served, Method::Post, &format!("{own}/close"), "");
    let told = get(&served, &own);
    assert_eq!(told.status(), 200);
    let key = own.rsplit('/').next().expect("a key");
    for (name, bytes) in tree(served.project.root()) {
        for secret in [NAME, key, &code] {
            assert!(!bytes.windows(secret.len()).any(|part| part == secret.as_bytes()), "{name} holds {secret}");
        }
    }
    // The code opens nothing of the person's, and there is no list
    assert_eq!(get(&served, &format!("/_window/{code}")).status(), 404);
    assert_eq!(get(&served, "/_window").status(), 404);
    assert_eq!(get(&served, "/_window?sheet=life-plan/life-plan").status(), 404, "money has no window");
    // The worksheet leads to it on a server, and hides that where there is none
    let page = text(&get(&served, "/modules/strengths/strength-cards.html"));
    let page = if page.contains("data-served") { page } else { text(&get(&served, "/modules/strengths/worksheets/strength-cards.html")) };
    assert!(page.contains(" data-served>") && page.contains("href=\"/_window?sheet=strengths/strength-cards"), "{page}");
    assert!(!page.contains("hidden data-served"));
}

#[test]
fn whoever_tries_out_codes_is_stopped() {
    let served = Served::of(Project::of(here()));
    let (_, code) = opened(&served, "3");
    let other = if code.starts_with('3') { "W" } else { "3" };
    for _ in 0..1_000 {
        assert_eq!(get(&served, &format!("/r/{other}{}", &code[1..])).status(), 404);
    }
    assert_eq!(get(&served, &format!("/r/{code}")).status(), 429, "the right one is not found by going on");
}
