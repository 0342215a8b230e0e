//! A whole round of a personnel department through the desk, by nothing but a browser's requests: people pasted, links, answers,
//! reminders, closing, publishing, export, pack, backup. And the password for other machines.

use crate::desk::{HERE, key, send, unpacked};
use crate::invitations::{Browser, STAFF, project};
use crate::loop_project::{Served, text};
use shirube::content::encoding::to_cp932;
use shirube::server::Means;
use shirube::server::password::Password;
use shirube::server::rebuild::Reason;
use shirube::server::reply::Reply;
use shirube::server::request::{Method, Request};
use shirube::server::routes::Routes;
use shirube::server::sessions::Sessions;
use std::sync::Arc;

/// What a browser sends of the form for people; `file`: name and bytes.
pub(crate) fn list(served: &Served, fields: &[(&str, &str)], file: Option<(&str, &[u8])>) -> Reply {
    let key = key(served);
    let mut body = Vec::new();
    for (name, value) in [("_key", key.as_str()), ("lang", "en")].iter().chain(fields) {
        let value = value.replace('\n', "\r\n");
        body.extend_from_slice(format!("--b\r\nContent-Disposition: form-data; name=\"{name}\"\r\n\r\n{value}\r\n").as_bytes());
    }
    let (name, bytes) = file.unwrap_or(("", b""));
    body.extend_from_slice(
        format!("--b\r\nContent-Disposition: form-data; name=\"file\"; filename=\"{name}\"\r\nContent-Type: text/csv\r\n\r\n").as_bytes(),
    );
    body.extend_from_slice(bytes);
    body.extend_from_slice(b"\r\n--b--\r\n");
    let mut request = Request::new(Method::Post, "/_desk/surveys/staff/people").expect("a target");
    request.headers.content_type = Some("multipart/form-data; boundary=b".to_owned());
    request.headers.host = Some("127.0.0.1:8080".to_owned());
    request.headers.origin = Some(HERE.to_owned());
    request.body = body;
    served.routes.reply(&request)
}

/// The value of a hidden field.
pub(crate) fn hidden(page: &str, name: &str) -> String {
    let at = page.split(&format!("name=\"{name}\" value=\"")).nth(1).unwrap_or_else(|| panic!("no {name} in {page}"));
    at.split('"').next().expect("its end").to_owned()
}

/// Forty people in two departments and two bands, parted by tabs as a spreadsheet hands them over.
fn pasted(people: std::ops::Range<usize>) -> String {
    let mut list = "社員番号\t氏名\tメール\t言語\t部署\t年代\t備考\n".to_owned();
    for number in people {
        let department = if number % 2 == 0 { "営業部" } else { "法務部" };
        let mail = if number == 3 { String::new() } else { format!("p{number}@example.co.jp") };
        list += &format!("{number:04}\t氏, 名{number}\t{mail}\t\t{department}\t{}\t-\n", number / 2 % 2 * 10 + 30);
    }
    list
}

pub(crate) fn codes(links: &str) -> Vec<(String, String)> {
    let rows = links.trim_start_matches('\u{feff}').split("\r\n").skip(1).filter(|row| !row.is_empty());
    rows.map(|row| {
        let (id, code) = (row.split(',').next().expect("an id"), row.rsplit(',').next().expect("a code"));
        (id.to_owned(), code.to_owned())
    })
    .collect()
}

#[test]
fn a_round_from_the_list_to_the_zip() {
    let served = Served::of(project(STAFF));
    let form = format!("_key={}&lang=en", key(&served));
    let act = |act: &str, more: &str| send(&served, &format!("surveys/staff/{act}"), &format!("{form}{more}"), HERE);
    let page = || text(&served.get("/_desk/surveys/staff?lang=en"));
    assert!(page().contains("Paste the list") && text(&served.get("/_desk?lang=en")).contains("Invite people to “Staff survey”"));

    // What is wrong comes back line by line, with everything that was typed
    let faulty = pasted(0..40).replace("0007\t", "0006\t").replace("法務部\t30", "法務課\t30");
    let refused = list(&served, &[("list", &faulty), ("base", "http://survey.example"), ("do", "issue"), ("seen", "")], None);
    let told = text(&refused);
    assert_eq!(refused.status(), 422);
    assert!(
        told.contains("Line 9") && told.contains("stands here twice") && told.contains("法務課") && told.contains("0039\t氏, 名39"),
        "{told}"
    );
    assert!(!served.project.path("private/links").exists() && served.store.invitations("staff").expect("read").is_empty());
    // Too few of a kind, with what to merge
    let few = text(&list(&served, &[("list", &pasted(0..14)), ("base", "http://survey.example")], None));
    assert!(few.contains("hold the combination") && few.contains("make one value of each"), "{few}");

    // Looked at first: nothing is made yet
    let list_text = pasted(0..40);
    let seen = list(&served, &[("list", &list_text), ("base", "http://survey.example"), ("do", "check")], None);
    let told = text(&seen);
    assert_eq!(seen.status(), 200, "{told}");
    for part in ["Make 40 links", "Read 40 rows", "Legal <b>20</b>", "Columns not used: 備考", "1 have no mail address"] {
        assert!(told.contains(part), "{part} is missing in {told}");
    }
    assert!(served.store.invitations("staff").expect("read").is_empty());
    let sum = hidden(&told, "seen");
    // What was changed meanwhile is looked at again
    let other = list(&served, &[("list", &pasted(0..41)), ("base", "http://survey.example"), ("do", "issue"), ("seen", &sum)], None);
    assert!(other.status() == 200 && text(&other).contains("Make 41 links"));
    let bad = list(&served, &[("list", &list_text), ("base", "survey.example"), ("do", "issue"), ("seen", &sum)], None);
    assert!(bad.status() == 422 && text(&bad).contains("is not what a link begins with"));
    let issued = list(&served, &[("list", &list_text), ("base", "http://survey.example"), ("do", "issue"), ("seen", &sum)], None);
    assert_eq!(issued.header("location"), Some("/_desk/surveys/staff?lang=en&done=issued"), "{}", text(&issued));

    // What was made is there to be taken away
    let file = |name: &str| act("file", &format!("&name={name}"));
    let links = text(&file("links.csv"));
    assert!(links.starts_with(
        "\u{feff}id,name,mail,language,department,band,link,code\r\n0000,\"氏, 名0\",p0@example.co.jp,ja,sales,30,http://survey.example/i/"
    ));
    let codes = codes(&links);
    assert_eq!(codes.len(), 40);
    assert_eq!(text(&file("letters.html")).matches("<article").count(), 40);
    assert_eq!(text(&file("labels.html")).matches("class=\"label\"").count(), 40);
    assert!(text(&file("mail.en.txt")).contains("{{link}}"));
    for name in ["../staff.yaml", "intake.sqlite", "links.csv/../links.csv", ""] {
        assert_eq!(file(name).status(), 500, "{name}");
    }
    assert!(!page().contains("p0@example.co.jp") && !page().contains(&codes[0].1), "no name and no code on the page");

    // A file in CP932 adds those who are new
    let more = pasted(0..60).replace('\t', ",").replace("氏, 名", "氏名");
    let more = to_cp932(&more.replace('\n', "\r\n")).expect("in CP932");
    let seen = text(&list(&served, &[("list", ""), ("base", "http://survey.example")], Some(("名簿.csv", &more))));
    assert!(seen.contains("Add 20 links") && seen.contains("40 have a link already") && seen.contains("CP932"), "{seen}");
    let again = pasted(0..60).replace('\t', ",").replace("氏, 名", "氏名");
    let sum = hidden(&seen, "seen");
    let added = list(&served, &[("list", &again), ("base", "http://survey.example"), ("do", "issue"), ("seen", &sum)], None);
    assert_eq!(added.header("location"), Some("/_desk/surveys/staff?lang=en&done=added"), "{}", text(&added));
    assert_eq!(text(&file("added-links.csv")).lines().count(), 21);
    // One link is taken back; an id that nobody has changes nothing
    let unknown = act("revoke", "&ids=0059%0D%0Anobody");
    let told = text(&unknown);
    assert!(unknown.status() == 422 && told.contains("no link for nobody") && told.contains("0059\r\nnobody</textarea>"), "{told}");
    assert_eq!(act("revoke", "&ids=0059").header("location"), Some("/_desk/surveys/staff?lang=en&done=revoked"));

    // Thirty answer
    let mut browser = Browser::new(&served);
    for (number, (_, code)) in codes.iter().take(30).enumerate() {
        browser.get(&format!("/i/{code}"));
        assert_eq!(browser.status, 200, "{}", browser.page);
        browser.set("mood", &(number % 5 + 1).to_string()).press("next").press("next").press("send");
        assert_eq!(browser.address, "/surveys/staff/thanks.html");
    }
    assert_eq!(served.stored("staff"), 30);
    let told = page();
    assert!(told.contains("<b>30</b>") && told.contains("50% or more"), "{told}");
    assert!(told.contains("Legal") && told.contains("15 or more"), "{told}");

    // Reminders to exactly those who are missing, or to all
    assert_eq!(act("remind", "&whom=missing").header("location"), Some("/_desk/surveys/staff?lang=en&done=reminded"));
    let missing = self::codes(&text(&file("remind-links.csv")));
    assert_eq!(missing.iter().map(|(id, _)| id.clone()).collect::<Vec<_>>(), (30..59).map(|id| format!("{id:04}")).collect::<Vec<_>>());
    assert_eq!(act("remind", "&whom=everyone").header("location"), Some("/_desk/surveys/staff?lang=en&done=reminded-all"));
    assert_eq!(text(&file("remind-links.csv")).lines().count(), 60);

    // Closed, published, exported: as many rows as were stored
    assert_eq!(act("export", "&format=csv").status(), 421, "not before the close");
    assert_eq!(act("close", "").status(), 303);
    served.until("the figures are published", |served| {
        let own = served.store.status().expect("a status").surveys.get("staff").cloned().unwrap_or_default();
        own.closed == 30 && own.waiting == 0
    });
    assert_eq!(send(&served, "site/publish", &form, HERE).header("location"), Some("/_desk/site?lang=en&done=published"));
    let exported = act("export", "&format=csv&labels=");
    // In a zip only where there is something to be said of them
    let rows = match exported.header("content-type") {
        Some("application/zip") => unpacked(&exported, "staff-csv/staff.csv"),
        _ => text(&exported),
    };
    assert_eq!(rows.lines().count() - 1, 30, "{rows}");
    assert!(rows.starts_with("\u{feff}department,band,mood"), "{rows}");
    let packed = send(&served, "site/pack", &format!("{form}&site=small"), HERE);
    assert!(unpacked(&packed, "small/surveys/staff.html").contains("社員アンケート"));

    // The copy holds all of it, and no waiting answer
    assert_eq!(send(&served, "site/backup", &form, HERE).status(), 303);
    let copy = std::fs::read_dir(served.project.path("private/backups")).expect("a folder").next().expect("a copy").expect("read").path();
    let kept = shirube::store::open(&copy).expect("a store").status().expect("a status");
    assert_eq!((kept.surveys["staff"].closed, kept.surveys["staff"].waiting), (30, 0));
    assert_eq!(std::fs::read_to_string(copy.join("links/staff/links.csv")).expect("links"), text(&file("links.csv")));
}

#[test]
fn an_invited_form_is_tried_before_anybody_has_a_link() {
    let served = Served::of(project(STAFF));
    let first = text(&served.get("/_desk/preview/surveys/staff.html"));
    assert!(first.contains("rehearsal") && first.contains("営業部"), "the promise names what answers carry: {first}");
    assert!(served.store.invitations("staff").expect("read").is_empty());
}

/// The server with a desk for other machines; the password of it.
pub(crate) fn with_password(served: &Served) -> (Routes, String) {
    let private = served.project.path("private");
    let password = Password::renew(&private).expect("a password");
    let sessions = Some(Sessions::new(Password::read(&private).expect("read").expect("there")));
    let teller = Arc::clone(&served.rebuilder);
    let means = Means { private, rebuild: Box::new(move || teller.tell(Reason::Content)), sessions };
    (Routes::new(Arc::clone(&served.stage), Arc::clone(&served.store), true, Box::new(|_| ())).with_desk(means), password)
}

pub(crate) fn from_elsewhere(routes: &Routes, method: Method, target: &str, body: &str, cookie: Option<&str>, origin: &str) -> Reply {
    let mut request = Request::new(method, target).expect("a target");
    request.peer = "192.168.0.9".parse().expect("an address");
    request.headers.host = Some("192.168.0.2:8080".to_owned());
    request.headers.origin = Some(origin.to_owned());
    request.headers.cookie = cookie.map(str::to_owned);
    request.headers.content_type = Some("application/x-www-form-urlencoded".to_owned());
    request.body = body.as_bytes().to_vec();
    routes.reply(&request)
}

#[test]
fn another_machine_needs_the_password_and_a_page_of_ours() {
    let served = Served::small();
    let (routes, password) = with_password(&served);
    let origin = "http://192.168.0.2:8080";
    let get = |target: &str, cookie: Option<&str>| from_elsewhere(&routes, Method::Get, target, "", cookie, origin);
    let post = |target: &str, body: &str, cookie: Option<&str>| from_elsewhere(&routes, Method::Post, target, body, cookie, origin);
    let door = get("/_desk?lang=en", None);
    assert!(door.status() == 200 && text(&door).contains("not encrypted") && !text(&door).contains("_key"));
    for target in ["/_desk/surveys/every", "/_desk/site", "/_desk/preview/surveys/every.html", "/_desk/nothing"] {
        let seen = get(target, None);
        assert!(seen.status() == 403 && !text(&seen).contains("_key"), "{target}");
    }
    assert_eq!(get("/_room", None).status(), 404);
    assert_eq!(post("/_desk/site/backup", "_key=x", None).status(), 403);
    assert_eq!(post("/_desk/enter", "password=wrong&lang=en", None).status(), 403);
    let foreign = from_elsewhere(&routes, Method::Post, "/_desk/enter", &format!("password={password}"), None, "http://evil.example");
    assert!(foreign.status() == 421 && foreign.header("set-cookie").is_none());
    let entered = post("/_desk/enter", &format!("password={password}&lang=en"), None);
    assert_eq!((entered.status(), entered.header("location")), (303, Some("/_desk?lang=en")));
    let cookie = entered.header("set-cookie").expect("a cookie").to_owned();
    assert!(cookie.contains("HttpOnly") && cookie.contains("SameSite=Strict") && !cookie.contains(&password));
    let own = cookie.split(';').next();
    let desk = get("/_desk/site?lang=en", own);
    assert_eq!(desk.status(), 200);
    let key = hidden(&text(&desk), "_key");
    assert!(text(&desk).contains("Leave the desk") && get("/_room", own).status() == 200);
    // The cookie alone does nothing: pages of somebody else have neither the key nor the origin
    for (body, origin) in [(format!("_key={key}"), "http://evil.example"), ("lang=en".to_owned(), origin)] {
        assert_eq!(from_elsewhere(&routes, Method::Post, "/_desk/site/backup", &body, own, origin).status(), 421);
    }
    assert_eq!(post("/_desk/site/backup", &format!("_key={key}&lang=en"), own).status(), 303);
    let left = post("/_desk/leave", &format!("_key={key}&lang=en"), own);
    assert!(left.header("set-cookie").is_some_and(|cookie| cookie.contains("Max-Age=0")));
    assert_eq!(get("/_desk/site", own).status(), 403, "the session is over, whatever cookie the browser still has");
    // Wrong ones are counted
    for _ in 0..20 {
        let _ = post("/_desk/enter", "password=wrong", None);
    }
    assert_eq!(post("/_desk/enter", &format!("password={password}"), None).status(), 429);
    assert_eq!(served.get("/_desk").status(), 200, "this machine is never locked out");
}

#[test]
#[cfg(unix)]
fn long_lists_pass_the_gate_of_the_desk_and_of_nothing_else() {
    use crate::serve::Serving;
    use crate::server_client::Client;
    let project = project(STAFF);
    let serving = Serving::start(&project);
    let sent = |target: &str, bytes: usize| {
        let head = format!(
            "POST {target} HTTP/1.1\r\nHost: {}\r\nContent-Type: multipart/form-data; boundary=b\r\nContent-Length: {bytes}\r\n\r\n",
            serving.address
        );
        let mut request = head.into_bytes();
        request.resize(request.len() + bytes, b'x');
        Client::new(serving.address).send(request).answer(false).expect("a reply").status
    };
    // Through the gate, and then refused as no form of ours
    assert_eq!(sent("/_desk/surveys/staff/people", 3 << 20), 400);
    assert_eq!(sent("/_desk/surveys/staff/people", (4 << 20) + 1), 413);
    assert_eq!(sent("/surveys/every.html", 3 << 20), 413);
    assert_eq!(sent("/_desktop", 3 << 20), 413);
}
