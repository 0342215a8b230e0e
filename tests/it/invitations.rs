//! Invitations over the server: the code's way from the link to the answer, and every code that cannot be used.

use crate::loop_project::{Project, Served, fields, text};
use shirube::server::reply::Reply;
use shirube::server::request::{Method, Request};
use shirube::store::{Invitation, Standing, Ticket};
use shirube::survey::{Answer, Carried, Token, Value};
use std::collections::BTreeMap;
use std::net::IpAddr;

/// A survey for invited people with one required question and two attributes.
pub(crate) const STAFF: &str = "title: {ja: 社員アンケート, en: Staff survey}
lead: {ja: 招待された方への質問です。, en: Questions for invited people.}
minutes: 2
mode: anonymous
access: invited
attributes:
  - id: department
    text: {ja: 部署, en: Department}
    values:
      - {id: sales, text: {ja: 営業部, en: Sales}}
      - {id: law, text: {ja: 法務部, en: Legal}}
  - {id: band, text: {ja: 年代, en: Age band}}
publish: at-close
k: 5
purpose: {ja: 試すためです。, en: To try things.}
close: 2099-03-31
pages:
  - id: one
    questions:
      - {id: mood, kind: scale, points: 5, ends: [{ja: 悪い, en: bad}, {ja: 良い, en: good}], text: {ja: 気分はどうですか。, en: How are you?}, need: required}
  - id: two
    questions:
      - {id: words, kind: long_text, max_length: 200, text: {ja: ひとこと, en: A word}}
";

/// The small project with this survey.
pub(crate) fn project(survey: &str) -> Project {
    let project = Project::small();
    project.write("content/surveys/staff.yaml", survey);
    project.edit("content/sites/small.yaml", "surveys: [every,", "surveys: [staff, every,");
    project
}

fn token(number: u8) -> Token {
    Token::new([number; 16])
}

fn carried() -> Carried {
    [("department".to_owned(), "sales".to_owned()), ("band".to_owned(), "30".to_owned())].into()
}

fn invitation(number: u8) -> Invitation {
    Invitation { ticket: Ticket::of_token(&token(number)), carried: carried(), person: None }
}

/// A served survey with invitations 1 to 9.
fn served() -> Served {
    let served = Served::of(project(STAFF));
    served.store.invite("staff", (1..=9).map(invitation).collect()).expect("handed out");
    served
}

/// A browser: keeps cookies by the exact path that they were set for, sends what a page's form holds.
pub(crate) struct Browser<'s> {
    served: &'s Served,
    cookies: BTreeMap<String, String>,
    keeps_cookies: bool,
    peer: IpAddr,
    pub(crate) address: String,
    pub(crate) page: String,
    pub(crate) status: u16,
    pub(crate) fields: Vec<(String, String)>,
}

impl<'s> Browser<'s> {
    pub(crate) fn new(served: &'s Served) -> Browser<'s> {
        Browser {
            served,
            cookies: BTreeMap::new(),
            keeps_cookies: true,
            peer: "127.0.0.1".parse().expect("an address"),
            address: String::new(),
            page: String::new(),
            status: 0,
            fields: Vec::new(),
        }
    }

    fn send(&mut self, method: Method, target: &str, body: &str, origin: Option<&str>) -> &mut Self {
        let mut request = Request::new(method, target).expect("a target");
        request.peer = self.peer;
        request.headers.host = Some("localhost:8080".to_owned());
        request.headers.origin = origin.map(str::to_owned);
        request.headers.cookie = self.cookies.get(&request.path).cloned();
        request.headers.content_type = Some("application/x-www-form-urlencoded".to_owned());
        request.body = body.as_bytes().to_vec();
        let reply = self.served.routes.reply(&request);
        self.address = target.to_owned();
        self.took(&reply)
    }

    fn took(&mut self, reply: &Reply) -> &mut Self {
        for line in reply.headers("set-cookie").filter(|_| self.keeps_cookies) {
            let (cookie, rest) = line.split_once("; Path=").expect("a path");
            let (path, rest) = rest.split_once(';').expect("more");
            assert_eq!(rest, " HttpOnly; SameSite=Strict");
            self.cookies.insert(path.to_owned(), cookie.to_owned());
        }
        self.page = text(reply);
        self.status = reply.status();
        self.fields = fields(&self.page);
        if let Some(location) = reply.header("location").filter(|_| reply.status() == 303) {
            let location = location.to_owned();
            return self.get(&location);
        }
        self
    }

    pub(crate) fn get(&mut self, target: &str) -> &mut Self {
        self.send(Method::Get, target, "", None)
    }

    pub(crate) fn set(&mut self, name: &str, value: &str) -> &mut Self {
        self.fields.retain(|(known, _)| known != name);
        self.fields.push((name.to_owned(), value.to_owned()));
        self
    }

    pub(crate) fn body(&self, go: &str) -> String {
        let mut body = form_urlencoded::Serializer::new(String::new());
        body.extend_pairs(&self.fields);
        if !go.is_empty() {
            body.append_pair("_go", go);
        }
        body.finish()
    }

    pub(crate) fn press(&mut self, go: &str) -> &mut Self {
        let address = self.address.split('?').next().expect("a path").to_owned();
        let body = self.body(go);
        self.send(Method::Post, &address, &body, Some("http://localhost:8080"))
    }

    fn heading(&self) -> String {
        self.page.split_once("<h1>").and_then(|(_, rest)| rest.split_once("</h1>")).map(|(title, _)| title.to_owned()).unwrap_or_default()
    }
}

fn standing(served: &Served, number: u8) -> Standing {
    served.store.invitation(&Ticket::of_token(&token(number))).expect("a store").expect("handed out").standing
}

#[test]
fn a_link_leads_to_the_form_and_one_answer_uses_it_up() {
    let served = served();
    let mut browser = Browser::new(&served);
    browser.get(&format!("/i/{}", token(1).in_link()));
    assert_eq!((browser.status, browser.address.as_str()), (200, "/surveys/staff.html?invited"));
    assert!(!browser.page.contains(token(1).in_link()), "the code is not in the page");
    assert_eq!(browser.cookies.keys().collect::<Vec<_>>(), ["/en/surveys/staff.html", "/surveys/staff.html"]);
    assert!(browser.page.contains("部署（営業部）、年代（30）"), "{}", browser.page);
    // Mail scanners look, and look again
    for _ in 0..3 {
        Browser::new(&served).get(&format!("/i/{}", token(1).in_groups()));
    }
    assert_eq!(standing(&served, 1), Standing::Open);
    browser.set("mood", "4").press("next").press("next");
    assert!(browser.page.contains("value=\"send\""), "{}", browser.page);
    let again = browser.body("send");
    browser.press("send");
    assert_eq!((browser.status, browser.address.as_str()), (200, "/surveys/staff/thanks.html"));
    assert_eq!((served.waiting("staff"), standing(&served, 1)), (1, Standing::Used));
    // A double click, and the same sheet from the history
    for _ in 0..2 {
        browser.send(Method::Post, "/surveys/staff.html", &again, Some("http://localhost:8080"));
        assert_eq!(browser.address, "/surveys/staff/thanks.html");
    }
    // Another sheet with the same invitation
    let other = again.replace("_sheet=", "_sheet=0");
    let other = other.replacen("_sheet=0", &format!("_sheet={:0>32}&_x=", 7), 1);
    browser.send(Method::Post, "/surveys/staff.html", &other, Some("http://localhost:8080"));
    assert_eq!((browser.status, browser.heading().as_str()), (410, "この招待では、回答がすんでいます"));
    for target in [format!("/i/{}", token(1).in_link()), "/surveys/staff.html".to_owned()] {
        assert_eq!(browser.get(&target).status, 410, "{target}");
    }
    assert_eq!(served.waiting("staff"), 1);
    served.store.close_batch("staff", &["words".to_owned()].into(), 1).expect("closed");
    let batch = served.store.batches("staff").expect("batches").remove(0);
    let given = |code: &str| vec![Answer::Given(Value::Choice(code.to_owned()))].into();
    assert_eq!((&batch.columns["department"], &batch.columns["band"]), (&given("sales"), &given("30")));
    assert_eq!(served.store.lock("staff").expect("a store").expect("terms").settings["attributes"], "band department");
}

#[test]
fn a_browser_without_cookies_types_the_code_and_the_form_carries_it() {
    let served = served();
    let mut browser = Browser::new(&served);
    browser.keeps_cookies = false;
    browser.get("/surveys/staff.html");
    assert_eq!((browser.status, browser.heading().as_str()), (403, "招待コードを入れてください"));
    browser.set("_invitation", &token(2).in_groups().to_lowercase()).press("");
    assert_eq!(browser.status, 200);
    browser.set("mood", "2").press("next").set("words", "ひとこと").press("next").press("send");
    assert_eq!(browser.address, "/surveys/staff/thanks.html", "{}", browser.page);
    assert_eq!((served.waiting("staff"), standing(&served, 2)), (1, Standing::Used));

    // Opened by the link without cookies: nothing typed into the form is lost when the code is asked for
    browser.get(&format!("/en/i/{}", token(3).in_link()));
    assert_eq!(browser.address, "/en/surveys/staff.html?invited");
    browser.set("mood", "5").press("next");
    assert_eq!((browser.status, browser.heading().as_str()), (403, "Enter your invitation code"));
    browser.set("_invitation", "7K3M").press("");
    assert_eq!((browser.status, browser.heading().as_str()), (422, "There seems to be a typing error in the code"));
    assert!(browser.page.contains("value=\"7K3M\""), "what was typed stands there again");
    browser.set("_invitation", &token(3).in_groups()).press("");
    assert_eq!(browser.status, 200);
    browser.press("next").press("send");
    assert_eq!(browser.address, "/en/surveys/staff/thanks.html", "{}", browser.page);
    assert_eq!(served.waiting("staff"), 2);
}

#[test]
fn every_code_that_cannot_be_used_has_its_page() {
    let served = served();
    served
        .store
        .invite("every", vec![Invitation { ticket: Ticket::of_token(&token(20)), carried: Carried::new(), person: None }])
        .expect("out");
    served.store.revoke("staff", &[Ticket::of_token(&token(4))]).expect("revoked");
    let mut slip = token(5).in_link().to_owned();
    slip.replace_range(3..4, if &slip[3..4] == "Q" { "R" } else { "Q" });
    for (code, status, ja, en) in [
        (token(4).in_link().to_owned(), 410, "この招待は取り消されています", "This invitation was withdrawn"),
        (token(99).in_link().to_owned(), 404, "この招待コードは見つかりません", "This invitation code is not known"),
        (slip, 422, "招待コードに打ち間違いがあるようです", "There seems to be a typing error in the code"),
        ("%3Cscript%3E".to_owned(), 422, "招待コードに打ち間違いがあるようです", "There seems to be a typing error in the code"),
    ] {
        for (target, title) in [(format!("/i/{code}"), ja), (format!("/en/i/{code}"), en)] {
            let mut browser = Browser::new(&served);
            browser.get(&target);
            assert_eq!((browser.status, browser.heading().as_str()), (status, title), "{target}");
            assert!(!browser.page.contains("<script>") && browser.cookies.is_empty());
        }
        for (form, title) in [("/surveys/staff.html", ja), ("/en/surveys/staff.html", en)] {
            let mut browser = Browser::new(&served);
            browser.get(form).set("_invitation", &code.replace("%3C", "<").replace("%3E", ">")).press("");
            assert_eq!((browser.status, browser.heading().as_str()), (status, title), "{form}");
        }
    }
    let mut browser = Browser::new(&served);
    browser.get("/surveys/staff.html").set("_invitation", token(20).in_link()).press("");
    assert_eq!((browser.status, browser.heading().as_str()), (403, "別のアンケートの招待コードです"));
    // The page where a code is typed leads on by itself
    for (page, form) in [("/i", "/surveys/staff.html?invited"), ("/en/i", "/en/surveys/staff.html?invited")] {
        let mut browser = Browser::new(&served);
        assert_eq!(browser.get(page).status, 200);
        browser.set("_invitation", token(6).in_link()).press("");
        assert_eq!((browser.status, browser.address.as_str()), (200, form));
    }
    assert_eq!(served.waiting("staff"), 0);
}

#[test]
fn a_page_of_somebody_else_cannot_send_with_our_cookie() {
    let served = served();
    let mut browser = Browser::new(&served);
    browser.get(&format!("/i/{}", token(7).in_link())).set("mood", "1");
    let body = browser.body("next");
    for origin in [None, Some("null"), Some("https://evil.example")] {
        browser.send(Method::Post, "/surveys/staff.html", &body, origin);
        assert_eq!((browser.status, browser.heading().as_str()), (403, "招待コードを入れてください"), "{origin:?}");
    }
}

#[test]
fn a_closed_survey_takes_no_code() {
    let served = Served::of(project(&STAFF.replace("2099-03-31", "2024-03-31")));
    served.store.invite("staff", vec![invitation(1)]).expect("handed out");
    let mut browser = Browser::new(&served);
    browser.get(&format!("/i/{}", token(1).in_link()));
    assert_eq!(browser.status, 403);
    assert!(browser.heading().contains("2024年3月31日"), "{}", browser.page);
    assert!(browser.cookies.is_empty());
}

#[test]
fn strangers_who_try_codes_are_stopped() {
    let served = served();
    let mut stranger = Browser::new(&served);
    stranger.peer = "203.0.113.7".parse().expect("an address");
    for _ in 0..20 {
        assert_eq!(stranger.get(&format!("/i/{}", token(99).in_link())).status, 404);
    }
    stranger.get(&format!("/i/{}", token(8).in_link()));
    assert_eq!(stranger.status, 429, "even a right one");
    let mut neighbour = Browser::new(&served);
    neighbour.peer = "203.0.113.8".parse().expect("an address");
    assert_eq!(neighbour.get(&format!("/i/{}", token(8).in_link())).status, 200);
}

#[test]
fn an_identified_survey_keeps_the_id_and_says_so() {
    let survey = STAFF.replace("mode: anonymous", "mode: identified");
    let served = Served::of(project(&survey));
    let mut own = invitation(1);
    own.person = Some("00123".to_owned());
    served.store.invite("staff", vec![own]).expect("handed out");
    let mut browser = Browser::new(&served);
    browser.get(&format!("/i/{}", token(1).in_link()));
    assert!(browser.page.contains("記名のアンケートです") && !browser.page.contains("無記名です"), "{}", browser.page);
    browser.set("mood", "4").press("next").press("next").press("send");
    assert!(browser.page.contains("招待されたあなたの ID"), "{}", browser.page);
    served.store.close_batch("staff", &["words".to_owned()].into(), 1).expect("closed");
    let batch = served.store.batches("staff").expect("batches").remove(0);
    assert_eq!(batch.columns["person"], [Answer::Given(Value::Choice("00123".to_owned()))]);
}
