//! Forms from the first page to the thank-you, without a socket.

use crate::loop_project::{Project, Served, Visitor, text};
use shirube::language::Day;
use shirube::server::request::{Method, Request};

const EVERY: &str = "/surveys/every.html";

/// A visitor who has come to the review with a whole sheet.
fn at_review(served: &Served) -> Visitor<'_> {
    let mut visitor = served.visit(EVERY);
    visitor.set("way", "foot").tick("fruit", "apple").tick("fruit", "plum").press("next");
    assert!(visitor.has("shoes"), "{}", visitor.page);
    visitor.set("shoes", "3").press("next");
    visitor
        .set("mood", "4")
        .set("rooms_big", "2")
        .set("minutes", "１２．５")
        .set("since", "2020-04-01")
        .set("word", "=1+1 <b>\"&'")
        .press("next");
    assert!(visitor.page.contains("value=\"send\""), "{}", visitor.page);
    visitor
}

#[test]
fn a_form_opens_with_a_sheet_of_its_own() {
    let served = Served::small();
    let ids: Vec<String> = (0..2)
        .map(|_| {
            let reply = served.get(EVERY);
            assert_eq!((reply.status(), reply.header("etag")), (200, None), "nobody keeps a form");
            let visitor = served.visit(EVERY);
            visitor.value("_sheet").expect("a sheet").to_owned()
        })
        .collect();
    assert!(ids.iter().all(|id| id.len() == 32 && id.bytes().all(|byte| byte.is_ascii_hexdigit())), "{ids:?}");
    assert_ne!(ids[0], ids[1]);
    // The same form without its ending, below the site's own name, and in English
    for (address, word) in [
        ("/surveys/every", "どう通いますか"),
        ("/small/surveys/every.html", "どう通いますか"),
        ("/en/surveys/every.html", "How do you come here"),
    ] {
        let visitor = served.visit(address);
        assert!(visitor.page.contains(word) && visitor.value("_sheet").is_some_and(|id| id.len() == 32), "{address}");
    }
    let head = served.routes.reply(&Request::new(Method::Head, EVERY).expect("a target"));
    assert_eq!(head.status(), 200);
}

#[test]
fn the_way_to_the_thank_you_and_back() {
    let served = Served::small();
    let mut visitor = at_review(&served);
    for shown in ["歩き", "りんご", "すもも", "12.5", "2020年4月1日", "=1+1 &lt;b&gt;"] {
        assert!(visitor.page.contains(shown), "the review lacks {shown}: {}", visitor.page);
    }
    assert_eq!(served.stored("every"), 0, "nothing is kept before sending");
    // Back through all pages: everything is still there
    visitor.press("back");
    assert_eq!((visitor.value("mood"), visitor.value("word")), (Some("4"), Some("=1+1 <b>\"&'")));
    visitor.press("back");
    assert_eq!(visitor.value("shoes"), Some("3"));
    visitor.press("back");
    assert_eq!(visitor.value("way"), Some("foot"));
    // Another way: the walkers' page is left out, but comes back as it was
    visitor.set("way", "train").press("next");
    assert!(visitor.has("line"), "the question of the same page appears: {}", visitor.page);
    visitor.set("line", "山手線").press("next");
    assert!(visitor.has("mood") && !visitor.has("shoes"));
    visitor.press("next").press("page:one");
    visitor.set("way", "foot").press("next");
    assert_eq!((visitor.status, visitor.value("shoes")), (200, Some("3")));
    visitor.press("next").press("next").press("send");
    assert_eq!((visitor.status, visitor.location.as_deref()), (303, Some("/surveys/every/thanks.html")));
    assert_eq!(served.get("/surveys/every/thanks.html").status(), 200);
    assert_eq!(served.stored("every"), 1);
}

#[test]
fn what_a_person_changed_back_is_not_stored() {
    let served = Served::small();
    let mut visitor = served.visit(EVERY);
    visitor.set("way", "train").set("fruit", "_declined").press("next");
    visitor.set("line", "secret line").press("next");
    visitor.press("back");
    assert_eq!(visitor.value("line"), Some("secret line"));
    visitor.set("way", "other").set("way_other", "自転車").press("next");
    for (name, value) in [("mood", "_declined"), ("minutes.declined", "1"), ("since.declined", "1"), ("word.declined", "1")] {
        visitor.set(name, value);
    }
    visitor.press("next").press("send");
    assert_eq!(visitor.status, 303, "{}", visitor.page);
    served.store.close_batch("every", &["line", "word", "way_other"].map(str::to_owned).into(), 1).expect("a batch");
    let batch = &served.store.batches("every").expect("batches")[0];
    assert!(!format!("{batch:?}").contains("secret"), "{batch:?}");
    assert_eq!(batch.texts["way_other"], ["自転車"]);
}

#[test]
fn a_refused_page_keeps_everything() {
    let served = Served::small();
    let mut visitor = served.visit(EVERY);
    visitor.set("way", "other").tick("fruit", "apple").tick("fruit", "none").press("next");
    assert_eq!(visitor.status, 422);
    assert_eq!(visitor.complaints(), ["q-way", "q-fruit"], "{}", visitor.page);
    assert_eq!(visitor.value("way"), Some("other"));
    assert_eq!(visitor.fields.iter().filter(|(name, _)| name == "fruit").count(), 2);
    visitor.fields.retain(|(name, value)| (name.as_str(), value.as_str()) != ("fruit", "none"));
    visitor.set("way_other", "船 & \"馬\"").press("next");
    assert_eq!(visitor.status, 200);
    visitor.set("mood", "3").set("minutes", "たくさん").set("since", "2020-02-31").set("word", &"あ".repeat(51)).press("next");
    assert_eq!(visitor.status, 422);
    assert_eq!(visitor.complaints(), ["q-minutes", "q-since", "q-word"]);
    assert_eq!((visitor.value("minutes"), visitor.value("since")), (Some("たくさん"), Some("2020-02-31")));
    assert_eq!(visitor.value("word"), Some("あ".repeat(51).as_str()), "what is too long is given back whole");
    assert_eq!(visitor.value("way_other"), Some("船 & \"馬\""), "and what was typed before");
}

/// What is forged, the fields, and the status of sending them.
type Forged<'f> = (&'f str, &'f [(&'f str, &'f str)], u16);

#[test]
fn fields_that_no_browser_would_send() {
    let served = Served::small();
    let cases: &[Forged<'_>] = &[
        ("a choice that is not on offer", &[("way", "rocket")], 422),
        ("a point beyond the scale", &[("mood", "6")], 422),
        ("a point in other words", &[("mood", "04")], 422),
        ("declining where that is no answer", &[("way", "_declined")], 422),
        ("a number out of range", &[("minutes", "201")], 422),
        ("a number that is none", &[("minutes", "1e3")], 422),
        ("a day out of range", &[("since", "1989-12-31")], 422),
        ("a text beyond the limit", &[("word", &"x".repeat(51))], 422),
        ("answered and declined", &[("minutes.declined", "1")], 422),
        ("nothing where something must be", &[("way", "")], 422),
        ("a row that the grid does not have", &[("rooms_huge", "1")], 422),
        ("a field that nobody knows", &[("admin", "true")], 422),
        ("a text that belongs to no choice", &[("way_other", "by sea")], 422),
        ("an answer to a question that is not asked", &[("line", &"x".repeat(5_000))], 303),
        ("an unknown page", &[("_page", "nowhere")], 303),
        ("a page number", &[("_page", "99999999999999999999")], 303),
        ("another sheet's number, badly", &[("_sheet", "0")], 200),
        ("a sheet's number in capitals", &[("_sheet", &"A".repeat(32))], 200),
        ("no sheet's number", &[("_sheet", "")], 200),
    ];
    for (what, forged, status) in cases {
        let before = served.stored("every");
        let mut visitor = at_review(&served);
        for (name, value) in *forged {
            visitor.forge(name, value);
        }
        visitor.submit("send");
        assert_eq!(visitor.status, *status, "{what}: {}", visitor.page);
        assert_eq!(served.stored("every") - before, u64::from(*status == 303), "{what}");
        if *status != 303 {
            assert_eq!(visitor.value("_sheet").map(str::len), Some(32), "{what}");
            assert!(forged.iter().any(|(name, _)| *name == "since") || visitor.value("since") == Some("2020-04-01"), "{what}");
        }
    }
    // Twice the same field
    let mut visitor = at_review(&served);
    visitor.fields.push(("way".to_owned(), "train".to_owned()));
    assert_eq!(visitor.submit("send").status, 422);
    // Words in place of the button
    for go in ["", "page:nowhere", "page:", "next", "delete", "send send"] {
        let mut visitor = at_review(&served);
        assert_eq!(visitor.submit(go).status, 200, "{go}");
        assert!(visitor.page.contains("<form"), "{go}");
    }
    let mut bodies: Vec<Vec<u8>> =
        vec![b"%".to_vec(), b"&&&&".to_vec(), b"=".to_vec(), b"_go=send".to_vec(), b"way=%FF%FE&_go=next".to_vec(), vec![0xFF; 100]];
    bodies.push((0..3_000).map(|number| format!("f{number}=1&")).collect::<String>().into_bytes());
    for body in bodies {
        let mut request = Request::new(Method::Post, EVERY).expect("a target");
        request.headers.content_type = Some("application/x-www-form-urlencoded".to_owned());
        request.body = body.clone();
        let status = served.routes.reply(&request).status();
        assert!([200, 400, 413, 422].contains(&status), "{status} for {:?}", String::from_utf8_lossy(&body));
        request.headers.content_type = Some("text/plain".to_owned());
        assert_eq!(served.routes.reply(&request).status(), 415);
    }
}

#[test]
fn an_unknown_field_is_named_and_can_be_left_behind() {
    let served = Served::small();
    let mut visitor = at_review(&served);
    visitor.forge("admin", "true").press("send");
    assert_eq!(visitor.status, 422);
    assert!(visitor.value("admin").is_none() && visitor.page.contains("id=\"faults\""), "{}", visitor.page);
    assert_eq!(visitor.press("send").status, 303, "without it the sheet is whole");
}

#[test]
fn sending_twice_stores_once() {
    let served = Served::small();
    let visitor = at_review(&served);
    let body = visitor.body("send");
    for _ in 0..3 {
        let reply = served.post(EVERY, &body);
        assert_eq!((reply.status(), reply.header("location")), (303, Some("/surveys/every/thanks.html")));
    }
    // Also at once, from the other language, and after the batch was closed
    std::thread::scope(|scope| {
        for _ in 0..8 {
            scope.spawn(|| {
                assert_eq!(served.post("/en/surveys/every.html", &body).header("location"), Some("/en/surveys/every/thanks.html"))
            });
        }
    });
    served.store.close_batch("every", &["line".to_owned()].into(), 1).expect("a batch");
    assert_eq!(served.post(EVERY, &body).status(), 303);
    assert_eq!(served.stored("every"), 1);
}

#[test]
fn a_sheet_without_a_number_is_shown_again_and_not_stored() {
    let served = Served::small();
    let mut visitor = at_review(&served);
    visitor.fields.retain(|(name, _)| name != "_sheet");
    visitor.submit("send");
    assert_eq!((visitor.status, served.stored("every")), (200, 0));
    assert_eq!(visitor.value("mood"), Some("4"));
    visitor.press("send");
    assert_eq!((visitor.status, served.stored("every")), (303, 1));
}

#[test]
fn surveys_that_are_closed_or_not_yet_open_take_nothing() {
    let served = Served::small();
    for (survey, word) in [("soon", "2999年1月1日"), ("past", "2000年1月1日")] {
        let address = format!("/surveys/{survey}.html");
        let shown = served.get(&address);
        assert_eq!(shown.status(), 200);
        assert!(text(&shown).contains(word), "{}", text(&shown));
        assert!(!text(&shown).contains("<form"), "{survey}");
        let refused = served.post(&address, "a=x&_sheet=0123456789abcdef0123456789abcdef&_go=send");
        assert_eq!(refused.status(), 403);
        assert!(text(&refused).contains(word), "{survey}");
        assert_eq!(served.stored(survey), 0);
    }
}

#[test]
fn a_survey_closed_by_hand_takes_nothing_more_at_once() {
    let served = Served::small();
    let mut stored = at_review(&served);
    let again = stored.body("send");
    assert_eq!(stored.press("send").status, 303);
    let mut late = at_review(&served);
    let day = Day::parse("2026-11-20").expect("a day");
    // Nobody has told the server yet: the row is refused where it is written
    served.store.close_survey("every", day).expect("closed");
    late.press("send");
    assert_eq!(late.status, 403);
    assert!(late.page.contains("受付が終わりました") && late.value("mood") == Some("4"), "{}", late.page);
    assert_eq!(served.post(EVERY, &again).status(), 303, "what was stored before is thanked for again");
    assert_eq!(served.stored("every"), 1);
    // The page says so once the server has looked
    served.rebuilder.tell(shirube::server::rebuild::Reason::Answer("every".to_owned()));
    served.until("the page says so", |served| text(&served.get(EVERY)).contains("2026年11月20日"));
    assert_eq!(served.post(EVERY, &again).status(), 403);
    served.store.reopen_survey("every").expect("opened");
    served.rebuilder.tell(shirube::server::rebuild::Reason::Answer("every".to_owned()));
    served.until("it is open again", |served| text(&served.get(EVERY)).contains("<form"));
    assert_eq!(late.press("send").status, 303);
    assert_eq!(served.stored("every"), 2);
}

#[test]
fn the_language_switch_keeps_the_sheet() {
    let served = Served::small();
    let mut visitor = served.visit(EVERY);
    let id = visitor.value("_sheet").expect("a sheet").to_owned();
    visitor.set("way", "other").set("way_other", "舟").submit_to("/en/surveys/every.html", "stay");
    assert_eq!(visitor.status, 200);
    assert!(visitor.page.contains("lang=\"en\"") && visitor.page.contains("How do you come here?"));
    assert_eq!((visitor.value("way_other"), visitor.value("_sheet")), (Some("舟"), Some(id.as_str())));
    assert!(visitor.complaints().is_empty(), "switching is no mistake");
    let mut review = at_review(&served);
    review.submit_to("/en/surveys/every.html", "stay");
    assert!(review.page.contains("value=\"send\"") && !review.page.contains("By train") && review.page.contains("On foot"));
    assert_eq!(review.press("send").location.as_deref(), Some("/en/surveys/every/thanks.html"));
}

#[test]
fn a_store_that_refuses_loses_nothing_that_was_typed() {
    let served = Served::small();
    let kept = |visitor: &Visitor<'_>, what: &str| {
        assert_eq!(visitor.status, 503, "{what}");
        assert!(visitor.page.contains("id=\"faults\""), "{what}: it says so");
        assert_eq!((visitor.value("word"), visitor.value("mood")), (Some("=1+1 <b>\"&'"), Some("4")), "{what}");
    };
    // The disk is full
    served.faults.limit_pages(1);
    let mut visitor = at_review(&served);
    let body = visitor.body("send");
    let own = format!("_sheet={}", visitor.value("_sheet").expect("a sheet"));
    let other = |number: usize| body.replace(&own, &format!("_sheet={number:032x}"));
    let mut acknowledged = (0..500).find(|number| served.post(EVERY, &other(*number)).status() == 503).expect("the disk fills up");
    visitor.press("send");
    kept(&visitor, "a full disk");
    served.faults.limit_pages(0);
    assert_eq!(visitor.press("send").status, 303, "and goes through when there is room again");
    // The writer panics
    let mut visitor = at_review(&served);
    served.faults.panic_once();
    visitor.press("send");
    kept(&visitor, "a panic");
    assert_eq!(visitor.press("send").status, 303);
    acknowledged += 2;
    // What could not be put away while the disk was full is put away with the next answers
    served.until("every acknowledged answer is there", |served| served.stored("every") == acknowledged as u64);
    // The terms of the survey have changed since its first answer
    served.project.edit("content/surveys/every.yaml", "k: 5", "k: 7");
    served.rebuilder.tell(shirube::server::rebuild::Reason::Content);
    served.until("the new terms are built", |served| served.stage.shelf().is_some_and(|shelf| shelf.catalog.surveys["every"].k == 7));
    let mut visitor = at_review(&served);
    visitor.press("send");
    kept(&visitor, "other terms");
    assert_eq!(served.stored("every"), acknowledged as u64);
}

#[test]
fn too_many_sheets_at_once_are_told_to_try_again() {
    let served = Served::small();
    served.faults.crowd(true);
    let mut visitor = at_review(&served);
    visitor.press("send");
    assert_eq!((visitor.status, visitor.value("mood")), (503, Some("4")));
    assert!(visitor.page.contains("id=\"faults\""));
    let (address, body) = (visitor.address.clone(), visitor.body("send"));
    served.faults.crowd(false);
    assert_eq!(served.post(&address, &body).status(), 303);
}

#[test]
fn the_body_limit_follows_the_longest_survey() {
    let project = Project::small();
    let loaded = shirube::pipeline::load(project.root()).expect("content");
    // Every question at its limit in kana, which take nine bytes each
    let long = &loaded.catalog.surveys["long"];
    let full: String = ["first", "second"].map(|name| format!("{name}={}", "%E3%81%82".repeat(10_000))).join("&");
    assert!(full.len() < long.body_limit(), "{} of {}", full.len(), long.body_limit());
    let served = Served::of(project);
    let mut visitor = served.visit("/surveys/long.html");
    visitor.set("first", &"あ".repeat(10_000)).set("second", &"い".repeat(10_001)).press("next");
    assert_eq!((visitor.status, visitor.value("second").map(|text| text.chars().count())), (422, Some(10_001)));
    visitor.set("second", &"い".repeat(10_000)).press("next").press("send");
    assert_eq!(visitor.status, 303);
}

#[test]
fn addresses_that_are_not_there() {
    let served = Served::small();
    for (address, language) in [
        ("/nowhere.html", "ja"),
        ("/en/nowhere", "en"),
        ("/en/surveys/none.html", "en"),
        ("/private/intake.sqlite", "ja"),
        ("/.shirube-manifest.json", "ja"),
    ] {
        let reply = served.get(address);
        assert_eq!(reply.status(), 404, "{address}");
        assert!(text(&reply).contains(&format!("<html lang=\"{language}\"")), "{address}");
    }
    for address in ["/about.html", "/surveys/every/thanks.html", "/assets/site.css"] {
        assert_eq!(served.post(address, "a=1").status(), 405, "{address}");
    }
    let page = served.get("/about.html");
    let mut again = Request::new(Method::Get, "/about.html").expect("a target");
    again.headers.if_none_match = page.header("etag").map(str::to_owned);
    assert_eq!(served.routes.reply(&again).status(), 304);
}

/// The page of faults and the script that reloads are for the person at this machine.
#[test]
fn visitors_see_no_faults_and_no_scripts_of_ours() {
    let project = Project::small();
    project.edit("content/project.yaml", "contact", "contcat");
    let served = Served::of(project);
    let mut request = Request::new(Method::Get, "/").expect("a target");
    assert_eq!(served.routes.reply(&request).status(), 503);
    assert!(text(&served.routes.reply(&request)).contains("contcat"), "the operator sees what is wrong");
    request.peer = [192, 168, 1, 7].into();
    let visitor = served.routes.reply(&request);
    assert_eq!(visitor.status(), 503);
    assert!(!text(&visitor).contains("contcat"), "a visitor does not: {}", text(&visitor));
    served.project.edit("content/project.yaml", "contcat", "contact");
    served.rebuilder.tell(shirube::server::rebuild::Reason::Content);
    served.until("it is built", |served| served.stage.shelf().is_some());
    assert!(!text(&served.routes.reply(&request)).contains("_live.js"));
    request.peer = [127, 0, 0, 1].into();
    assert!(text(&served.routes.reply(&request)).contains("_live.js"));
}
