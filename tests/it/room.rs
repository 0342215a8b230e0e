//! A room: what the projector shows and when, what phones find, and what nobody but the presenter can do.

use crate::loop_project::{Project, Served, fields, text};
use shirube::server::reply::Reply;
use shirube::server::request::{Method, Request};
use shirube::server::room::Room;
use shirube::server::room_code::codes;
use shirube::server::routes::Routes;
use std::net::IpAddr;
use std::sync::Arc;
use std::time::Duration;

/// This machine in its network, and a phone there.
const HERE: &str = "192.168.1.20";
const PHONE: &str = "192.168.1.77";
/// The screens of the survey, one after the other, and the presenter's own page.
const SCREENS: [&str; 8] = [
    "/_room/every",
    "/_room/every?show=way",
    "/_room/every?show=line",
    "/_room/every?show=mood",
    "/_room/every?show=rooms",
    "/_room/every?show=minutes",
    "/_room/every/words?show=line",
    "/_room",
];

/// A served project that phones in a room can reach.
fn with_room(project: Project) -> Served {
    let mut served = Served::of(project);
    let empty = Routes::new(Arc::clone(&served.stage), Arc::clone(&served.store), false, Box::new(|_| ()));
    let address = HERE.parse().expect("an address");
    served.routes = std::mem::replace(&mut served.routes, empty).with_room(Room::new(&[address], 8080));
    served
}

fn code() -> String {
    let codes = codes(["every", "long", "soon", "past"]);
    codes.into_iter().find(|(_, survey)| survey == "every").expect("a code").0
}

fn request(method: Method, target: &str, peer: &str) -> Request {
    let mut request = Request::new(method, target).expect("a target");
    request.peer = peer.parse::<IpAddr>().expect("an address");
    request.headers.host = Some(format!("{HERE}:8080"));
    request
}

/// A page as somebody elsewhere gets it.
fn from(served: &Served, peer: &str, target: &str) -> Reply {
    served.routes.reply(&request(Method::Get, target, peer))
}

fn posted(served: &Served, peer: &str, origin: Option<&str>, target: &str, body: &str) -> Reply {
    let mut request = request(Method::Post, target, peer);
    request.headers.content_type = Some("application/x-www-form-urlencoded".to_owned());
    request.headers.origin = origin.map(str::to_owned);
    request.body = body.as_bytes().to_vec();
    served.routes.reply(&request)
}

/// One person's sheet; with a line, the person goes by train.
fn sheet(number: usize, line: Option<&str>) -> String {
    let way: &[(&str, &str)] = match line {
        Some(line) => &[("way", "train"), ("line", line)],
        None => &[("way", "foot"), ("shoes", "3")],
    };
    form_urlencoded::Serializer::new(String::new())
        .extend_pairs(way)
        .extend_pairs([("fruit", "apple"), ("mood", &(number % 5 + 1).to_string()), ("minutes", "10"), ("since.declined", "1")])
        .extend_pairs([("word.declined", "1"), ("_sheet", &format!("{number:032x}")), ("_go", "send")])
        .finish()
}

/// People who answer in the room, and the build that follows when a batch is due.
fn answer(served: &Served, people: std::ops::Range<usize>, line: impl Fn(usize) -> Option<String>) {
    let before = served.stage.state(false);
    let due = served.waiting("every") + people.len() as u64 >= 5;
    for number in people {
        let reply = posted(served, PHONE, None, &format!("/r/{}/surveys/every.html", code()), &sheet(number, line(number).as_deref()));
        assert_eq!(reply.header("location"), Some(format!("/r/{}/surveys/every/thanks.html", code()).as_str()), "{}", text(&reply));
    }
    if due {
        served.until("the batch is put away", |served| served.waiting("every") == 0);
        served.until("the figures appear", |served| served.stage.state(false) != before);
    } else {
        // Long enough for a build, if there was to be one
        std::thread::sleep(Duration::from_millis(300));
    }
}

/// Everything that the room shows to anybody: bodies and tags of all screens, and of what pages ask again and again.
fn shown(served: &Served) -> Vec<(String, String, Option<String>)> {
    let screens = SCREENS.iter().map(|screen| (*screen, "127.0.0.1"));
    let states = ["127.0.0.1", PHONE].map(|peer| ("/_room/every/state", peer));
    screens
        .chain(states)
        .map(|(target, peer)| {
            let reply = from(served, peer, target);
            assert_eq!(reply.status(), 200, "{target}");
            (format!("{target} {peer}"), text(&reply), reply.header("etag").map(str::to_owned))
        })
        .collect()
}

#[test]
fn four_answers_move_no_digit_and_the_fifth_moves_the_step() {
    let served = with_room(Project::small());
    for first in [0, 5] {
        let before = shown(&served);
        answer(&served, first..first + 4, |_| None);
        assert_eq!(served.waiting("every"), 4);
        assert_eq!(shown(&served), before, "after {} answers", first + 4);
        answer(&served, first + 4..first + 5, |_| None);
        let after = shown(&served);
        let step = first + 5;
        assert!(after[0].1.contains(&format!("<b>{step}</b>")), "{}", after[0].1);
        assert_eq!(after[0].1.matches("<circle class=\"dot").count(), step);
        assert!(after.last().is_some_and(|(_, state, _)| state.starts_with(&format!("{step} "))), "{after:?}");
        assert!(after.iter().zip(&before).filter(|(new, old)| new.2 != old.2).count() == 2, "both states have new tags");
    }
    // Nobody is told twice what has not changed
    let mut again = request(Method::Get, "/_room/every/state", PHONE);
    again.headers.if_none_match = from(&served, PHONE, "/_room/every/state").header("etag").map(str::to_owned);
    let reply = served.routes.reply(&again);
    assert_eq!((reply.status(), reply.body().len()), (304, 0));
}

#[test]
fn a_screen_counts_in_steps_however_large_a_batch_is() {
    let served = with_room(Project::small());
    // Seven at once: a batch of five, six or seven
    for number in 0..7 {
        let spot = format!("/r/{}/surveys/every.html", code());
        posted(&served, PHONE, None, &spot, &sheet(number, None));
    }
    served.until("a batch", |served| served.waiting("every") < 5);
    served.until("a step", |served| text(&from(served, PHONE, "/_room/every/state")).starts_with("5 "));
    let page = text(&from(&served, "127.0.0.1", "/_room/every"));
    assert!(page.contains("<b>5</b>") && !page.contains("<b>6</b>") && !page.contains("<b>7</b>"), "{page}");
}

#[test]
fn before_anybody_has_answered_every_screen_says_so() {
    let served = with_room(Project::small());
    let join = text(&from(&served, "127.0.0.1", "/_room/every"));
    for said in ["まだ集まっていません", &code(), "192.168.1.20:8080/r", "<svg class=\"qr\"", "rel=\"next\" href=\"/_room/every?show=way\""]
    {
        assert!(join.contains(said), "{said} is missing in {join}");
    }
    assert!(!join.contains("rel=\"prev\""));
    // Every slide can be walked to without a script, and says what it waits for
    let (mut here, mut seen) = ("/_room/every".to_owned(), Vec::new());
    while let Some((_, rest)) = text(&from(&served, "127.0.0.1", &here)).split_once("rel=\"next\" href=\"") {
        here = rest.split_once('"').expect("an address").0.to_owned();
        let page = text(&from(&served, "127.0.0.1", &here));
        assert!(page.contains("room-empty") && !page.contains("room-figure"), "{here}: {page}");
        seen.push(here.trim_start_matches("/_room/every?show=").to_owned());
    }
    assert_eq!(seen, ["way", "line", "fruit", "shoes", "mood", "rooms", "minutes"]);
    let english = text(&from(&served, "127.0.0.1", "/_room/every?lang=en"));
    assert!(english.contains("None yet") && english.contains("href=\"/_room/every?show=way&amp;lang=en\""), "{english}");
    // Without a network there is nothing to scan, and the screen says why
    let alone = Served::small();
    let page = text(&alone.get("/_room/every"));
    assert!(page.contains("serve --lan") && !page.contains("class=\"qr\""), "{page}");
}

#[test]
fn nobody_elsewhere_finds_a_screen_or_a_control() {
    let served = with_room(Project::small());
    answer(&served, 0..5, |number| Some(format!("line {number}")));
    answer(&served, 5..10, |number| Some(format!("line {number}")));
    for peer in [PHONE, HERE, "203.0.113.9", "::ffff:192.168.1.77"] {
        for target in SCREENS.into_iter().chain(["/_room/_reach", "/_room/_reach/state", "/_room/"]) {
            let reply = from(&served, peer, target);
            assert_eq!(reply.status(), 404, "{peer} {target}");
            assert!(!text(&reply).contains("line 3"));
        }
        let reply = posted(&served, peer, Some(&format!("http://{HERE}:8080")), "/_room/every/words?show=line", "word=line+3");
        assert!([404, 405].contains(&reply.status()), "{peer}: {}", reply.status());
        let state = text(&from(&served, peer, "/_room/every/state"));
        assert_eq!(state.split(' ').count(), 2, "a step and a name of the figures, nothing else: {state}");
    }
    // A page of somebody else in the presenter's own browser
    for origin in [None, Some("http://evil.example"), Some("null")] {
        let reply = posted(&served, "127.0.0.1", origin, "/_room/every/words?show=line", "word=line+3");
        assert_eq!(reply.status(), 421, "{origin:?}");
    }
    assert!(!text(&from(&served, "127.0.0.1", "/_room/every?show=line")).contains("line 3"));
}

#[test]
fn words_appear_when_ten_have_written_and_the_presenter_has_chosen() {
    let served = with_room(Project::small());
    let words = "/_room/every/words?show=line";
    let line = |number: usize| Some(format!("line {number} <b>"));
    answer(&served, 0..5, line);
    let ours = |target: &str| text(&from(&served, "127.0.0.1", target));
    assert!(!ours(words).contains("line 1"), "five are too few to be read");
    answer(&served, 5..10, line);
    let page = ours(words);
    for number in 0..10 {
        assert!(page.contains(&format!("value=\"line {number} &lt;b&gt;\"")), "{page}");
    }
    let screen = "/_room/every?show=line";
    assert!(!ours(screen).contains("line "), "nothing unapproved appears");
    let before = ours("/_room/every/state");
    let own = format!("http://{HERE}:8080");
    let ticks = "word=line+3+%3Cb%3E&word=line+7+%3Cb%3E&word=never+written";
    let reply = posted(&served, "127.0.0.1", Some(&own), words, ticks);
    assert_eq!((reply.status(), reply.header("location")), (303, Some(screen)));
    let page = ours(screen);
    assert!(page.contains("<li>line 3 &lt;b&gt;</li><li>line 7 &lt;b&gt;</li>"), "{page}");
    assert_eq!(page.matches("<li>").count(), 2, "{page}");
    assert!(!page.contains("never written"));
    assert_ne!(ours("/_room/every/state"), before, "the projector learns of it");
    // Nine more are too few: their words would stand out against those known before
    answer(&served, 10..15, line);
    answer(&served, 15..19, line);
    assert!(!ours(words).contains("line 12"));
    answer(&served, 19..20, line);
    assert!(ours(words).contains("line 12"));
    let page = ours(screen);
    assert!(page.matches("<li>").count() == 2 && page.contains("<b>20</b>"), "what is new is not ticked: {page}");
    // No page of the site ever shows one
    for (name, bytes) in served.project.output() {
        assert!(!String::from_utf8_lossy(&bytes).contains("line 3"), "{name}");
    }
}

#[test]
fn phones_come_in_by_the_code_however_it_is_typed() {
    let served = with_room(Project::small());
    let code = code();
    let to = |target: &str| from(&served, PHONE, target).header("location").map(str::to_owned);
    let room = format!("/r/{code}/");
    for typed in [code.clone(), code.to_lowercase(), format!("%20{}-{}", &code[..2], &code[2..])] {
        assert_eq!(to(&format!("/r?code={typed}")).as_deref(), Some(room.as_str()), "{typed}");
    }
    assert_eq!(to(&format!("/r/{}", code.to_lowercase())).as_deref(), Some(room.as_str()));
    assert_eq!(to(&format!("/r/{code}")), Some(format!("{room}surveys/every.html")));
    let mut english = request(Method::Get, &room, PHONE);
    for (wish, prefix) in [("en-GB,en;q=0.9,ja;q=0.8", "en/"), ("fr, ja;q=0.5, en;q=0.1", ""), ("日", ""), ("", "")] {
        english.headers.accept_language = Some(wish.to_owned());
        let reply = served.routes.reply(&english);
        assert_eq!(reply.header("location"), Some(format!("{room}{prefix}surveys/every.html").as_str()), "{wish}");
    }
    assert!(text(&from(&served, PHONE, "/r")).contains("name=\"code\""));
    for wrong in ["/r?code=ZZZZ", "/r/ZZZZ", "/r/ZZZZ/surveys/every.html", "/r/%3Cscript%3E"] {
        let reply = from(&served, PHONE, wrong);
        assert_eq!(reply.status(), 404, "{wrong}");
        assert!(text(&reply).contains("このコードのアンケートはありません") && !text(&reply).contains("<script>"), "{wrong}");
    }
    // What a form looks like stands beside it; all else is in the site
    assert_eq!(from(&served, PHONE, &format!("{room}assets/site.css")).status(), 200);
    assert_eq!(to(&format!("{room}index.html")).as_deref(), Some("/index.html"));
    assert_eq!(to(&format!("{room}surveys/long.html")).as_deref(), Some("/surveys/long.html"));
    // Surveys whose results wait for the end have no room
    assert_eq!(from(&served, "127.0.0.1", "/_room/nowhere").status(), 404);
    assert_eq!(from(&served, PHONE, "/room").status(), 404);
    assert_eq!(from(&served, PHONE, "/rx").status(), 404);
}

#[test]
fn one_phone_serves_several_people() {
    let project = Project::small();
    project.edit("content/sites/small.yaml", "visibility: public\n", "visibility: public\ncollector: https://answers.example/small/\n");
    let served = with_room(project);
    let form = format!("/r/{}/surveys/every.html", code());
    assert!(
        text(&served.get("/surveys/every.html")).contains("action=\"https://answers.example/small/"),
        "in the site it goes to the collector"
    );
    let mut sheets = Vec::new();
    let mut here = form.clone();
    for _ in 0..2 {
        let page = text(&from(&served, PHONE, &here));
        assert!(page.contains("action=\"every.html\""), "in the room it stays here: {page}");
        let id = fields(&page).into_iter().find(|(name, _)| name == "_sheet").expect("a sheet").1;
        let body = sheet(1, None).replace(&format!("{:032x}", 1), &id);
        let reply = posted(&served, PHONE, None, &form, &body);
        let thanks = reply.header("location").expect("a receipt").to_owned();
        let receipt = from(&served, PHONE, &thanks);
        assert_eq!(receipt.status(), 200);
        let receipt = text(&receipt);
        assert!(receipt.contains("<a class=\"button primary\" href=\"../every.html\">次の人が答える</a>"), "{receipt}");
        assert!(!receipt.contains("Set-Cookie") && reply.header("set-cookie").is_none());
        here = form.clone();
        sheets.push(id);
    }
    assert_ne!(sheets[0], sheets[1]);
    assert_eq!(served.stored("every"), 2);
    let english = text(&from(&served, PHONE, &format!("/r/{}/en/surveys/every/thanks.html", code())));
    assert!(english.contains("Next person"), "{english}");
    // The site's own receipt knows of no room
    assert!(!text(&served.get("/surveys/every/thanks.html")).contains("次の人"));
}

#[test]
fn the_check_turns_when_another_device_has_come() {
    let served = with_room(Project::small());
    let page = || text(&from(&served, "127.0.0.1", "/_room/_reach"));
    let state = || text(&from(&served, "127.0.0.1", "/_room/_reach/state"));
    assert!(page().contains("http://192.168.1.20:8080/r/reach") && page().contains("まだ、ほかの端末からは"), "{}", page());
    // The presenter's own browser proves nothing, whichever address it takes
    for own in ["127.0.0.1", HERE] {
        assert!(text(&from(&served, own, "/r/reach")).contains("サーバーと同じコンピューター"), "{own}");
        from(&served, own, &format!("/r/{}/", code()));
    }
    assert_eq!(state(), "waiting");
    assert!(text(&from(&served, PHONE, "/r/reach")).contains("この端末から開けました"));
    assert_eq!(state(), "reached");
    assert!(page().contains("ほかの端末から開けました") && !page().contains(PHONE), "{}", page());
    assert_eq!(from(&served, "127.0.0.1", "/_room/reach").header("location"), Some("/_room/_reach"));
}

#[test]
fn who_comes_too_late_for_a_group_is_told_of_and_not_counted() {
    let served = with_room(Project::small());
    answer(&served, 0..5, |_| None);
    let slide = || text(&from(&served, "127.0.0.1", "/_room/every?show=mood"));
    assert!(slide().contains("あとから届いた回答は"), "{}", slide());
    answer(&served, 5..7, |_| None);
    let before = served.stage.state(false);
    served.project.edit("content/surveys/every.yaml", "k: 5\n", "k: 5\nclose: 2020-01-01\n");
    served.rebuilder.tell(shirube::server::rebuild::Reason::Content);
    served.until("the survey is over", |served| served.stage.state(false) != before && served.waiting("every") == 0);
    assert!(slide().contains("最後に残った"), "{}", slide());
    let join = text(&from(&served, "127.0.0.1", "/_room/every"));
    assert!(join.contains("<b>5</b>") && join.contains("受付は終わりました") && !join.contains("class=\"qr\""), "{join}");
    assert!(text(&from(&served, PHONE, "/_room/every/state")).starts_with("5 "));
    // Whoever still comes is told
    let reply = from(&served, PHONE, &format!("/r/{}/surveys/every.html", code()));
    assert!(reply.status() == 200 && !text(&reply).contains("<form"), "{}", text(&reply));
    assert_eq!(posted(&served, PHONE, None, &format!("/r/{}/surveys/every.html", code()), &sheet(9, None)).status(), 403);
}

#[test]
fn a_survey_for_a_room_is_answered_by_its_code_alone() {
    let project = Project::small();
    project.edit("content/surveys/every.yaml", "mode: anonymous\n", "mode: anonymous\naccess: room\n");
    let served = with_room(project);
    let built = String::from_utf8(served.project.output()["small/surveys/every.html"].clone()).expect("text");
    assert!(!built.contains("<form") && built.contains("会場に映るコード"), "a form on a stick could not be sent: {built}");
    assert_eq!(from(&served, PHONE, "/surveys/every.html").header("location"), Some("/r"));
    let reply = posted(&served, PHONE, None, "/surveys/every.html", &sheet(1, None));
    assert!(reply.status() == 403 && text(&reply).contains("name=\"code\""), "{}", text(&reply));
    assert_eq!(served.stored("every"), 0, "the rule holds where the row is written");
    answer(&served, 1..2, |_| None);
    assert_eq!(served.stored("every"), 1);
    // Invited people have links of their own, and no room
    served.project.edit("content/surveys/every.yaml", "access: room\n", "access: invited\n");
    served.rebuilder.tell(shirube::server::rebuild::Reason::Content);
    served.until("the room is gone", |served| from(served, "127.0.0.1", "/_room/every").status() == 404);
    assert_eq!(from(&served, PHONE, &format!("/r/{}/", code())).status(), 404);
}

/// A whole room through the door, over the wire: everybody scans the code, opens the form, and sends at the same instant.
#[cfg(unix)]
#[test]
fn three_hundred_phones_at_once_are_all_stored() {
    use crate::serve::{Serving, sheet, stored};
    use crate::server_client::{Client, burst, get, post};

    let project = Project::small();
    let serving = Serving::bound(&project, &["serve", "--lan", "--port", "0"]);
    let address = serving.address;
    let door = format!("/r/{}/", code());
    burst(300, move |number| {
        let mut client = Client::new(address);
        let inside = client.send(get(&door)).answer(false).expect("a reply").headers["location"].clone();
        let form = client.send(get(&inside)).answer(false).expect("a reply");
        let id = fields(&form.text()).into_iter().find(|(name, _)| name == "_sheet").expect("a sheet").1;
        let body = sheet(number).replace(&format!("{number:032x}"), &id);
        let answer = client.send(post(&inside, &body)).answer(false).expect("a reply");
        let thanks = answer.headers.get("location").map(String::as_str);
        assert_eq!((answer.status, thanks), (303, Some(format!("{door}surveys/every/thanks.html").as_str())), "{number}");
    });
    assert!(serving.stop("TERM"));
    assert_eq!(stored(&project), (0..300).collect::<Vec<_>>());
}
