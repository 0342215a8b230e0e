//! «Save and go on later», as a person with two devices meets it.

use crate::loop_project::{Project, Served, fields, text};
use shirube::language::Day;
use shirube::server::rebuild::Reason;
use shirube::server::request::{Method, Request};
use shirube::store::{Draft, Handle, Invitation, MOST_DRAFT_BYTES, Saving, Ticket, resume_code};
use shirube::survey::{Carried, Token};
use std::collections::BTreeMap;
use std::net::IpAddr;

/// Two pages, drafts and withdrawal.
pub(crate) const SURVEY: &str = "title: {ja: 相談の準備, en: Before a talk}
lead: {ja: 二ページの質問です。, en: Two pages of questions.}
minutes: 5
mode: anonymous
publish: at-close
k: 5
purpose: {ja: 試すためです。, en: To try things.}
close: 2099-03-31
drafts: 14
withdrawal: true
pages:
  - id: one
    questions:
      - {id: mood, kind: scale, points: 5, ends: [{ja: 悪い, en: bad}, {ja: 良い, en: good}], text: {ja: 気分はどうですか。, en: How are you?}, need: required}
      - {id: years, kind: number, minimum: 0, maximum: 60, text: {ja: 何年働いていますか。, en: How many years have you worked?}}
  - id: two
    questions:
      - id: theme
        kind: single_choice
        text: {ja: 何を話したいですか。, en: What would you like to talk about?}
        choices:
          - {id: work, text: {ja: 仕事, en: Work}}
          - {id: life, text: {ja: 暮らし, en: Life}}
      - {id: words, kind: long_text, max_length: 400, text: {ja: ひとこと, en: A word}}
";

/// The small project with this survey as `talk`.
pub(crate) fn project(survey: &str) -> Project {
    let project = Project::small();
    project.write("content/surveys/talk.yaml", survey);
    project.edit("content/sites/small.yaml", "surveys: [every,", "surveys: [talk, every,");
    project
}

pub(crate) fn served() -> Served {
    Served::of(project(SURVEY))
}

/// A device with a browser: cookies by name and path, the fields of the page that it shows.
pub(crate) struct Device<'s> {
    served: &'s Served,
    cookies: BTreeMap<(String, String), String>,
    pub(crate) keeps_cookies: bool,
    pub(crate) peer: IpAddr,
    pub(crate) host: &'static str,
    pub(crate) address: String,
    pub(crate) page: String,
    pub(crate) status: u16,
    pub(crate) fields: Vec<(String, String)>,
}

impl<'s> Device<'s> {
    pub(crate) fn new(served: &'s Served) -> Device<'s> {
        Device {
            served,
            cookies: BTreeMap::new(),
            keeps_cookies: true,
            peer: "127.0.0.1".parse().expect("an address"),
            host: "answers.example:8080",
            address: String::new(),
            page: String::new(),
            status: 0,
            fields: Vec::new(),
        }
    }

    pub(crate) fn send(&mut self, method: Method, target: &str, body: &str, origin: Option<&str>) -> &mut Self {
        let mut request = Request::new(method, target).expect("a target");
        request.peer = self.peer;
        request.headers.host = Some(self.host.to_owned());
        request.headers.origin = origin.map(str::to_owned);
        let own: Vec<String> = self
            .cookies
            .iter()
            .filter(|((path, _), _)| *path == request.path)
            .map(|((_, name), value)| format!("{name}={value}"))
            .collect();
        request.headers.cookie = (!own.is_empty()).then(|| own.join("; "));
        request.headers.content_type = Some("application/x-www-form-urlencoded".to_owned());
        request.body = body.as_bytes().to_vec();
        let reply = self.served.routes.reply(&request);
        for line in reply.headers("set-cookie").filter(|_| self.keeps_cookies) {
            assert!(line.contains("; HttpOnly") && line.contains("; SameSite=Strict"), "{line}");
            let (cookie, rest) = line.split_once("; Path=").expect("a path");
            let (name, value) = cookie.split_once('=').expect("a cookie");
            let key = (rest.split(';').next().expect("a path").to_owned(), name.to_owned());
            if rest.contains("Max-Age=0") {
                self.cookies.remove(&key);
            } else {
                self.cookies.insert(key, value.to_owned());
            }
        }
        self.address = target.to_owned();
        self.page = text(&reply);
        self.status = reply.status();
        self.fields = fields(&self.page);
        match reply.header("location").filter(|_| reply.status() == 303) {
            Some(location) => {
                let location = location.to_owned();
                self.get(&location)
            }
            None => self,
        }
    }

    pub(crate) fn get(&mut self, target: &str) -> &mut Self {
        self.send(Method::Get, target, "", None)
    }

    pub(crate) fn set(&mut self, name: &str, value: &str) -> &mut Self {
        self.fields.retain(|(known, _)| known != name);
        self.fields.push((name.to_owned(), value.to_owned()));
        self
    }

    pub(crate) fn value(&self, name: &str) -> Option<&str> {
        self.fields.iter().find(|(known, _)| known == name).map(|(_, value)| value.as_str())
    }

    pub(crate) fn body(&self, go: &str) -> String {
        let mut body = form_urlencoded::Serializer::new(String::new());
        body.extend_pairs(&self.fields);
        if !go.is_empty() {
            body.append_pair("_go", go);
        }
        body.finish()
    }

    /// Presses a button of the page's form, which knows where it is sent.
    pub(crate) fn press(&mut self, go: &str) -> &mut Self {
        assert!(go.is_empty() || self.page.contains(&format!("name=\"_go\" value=\"{go}\"")), "no button {go}:\n{}", self.page);
        let action =
            self.page.split_once(" action=\"").and_then(|(_, rest)| rest.split_once('"')).expect("a form").0.replace("&#x2F;", "/");
        let here = self.address.split('?').next().expect("a path");
        let folder = here.rsplit_once('/').expect("a folder").0.to_owned();
        let target = match action.strip_prefix("../") {
            Some(up) => format!("{}/{up}", folder.rsplit_once('/').expect("a folder").0),
            None => format!("{folder}/{action}"),
        };
        let (body, origin) = (self.body(go), format!("http://{}", self.host));
        self.send(Method::Post, &target, &body, Some(&origin))
    }

    pub(crate) fn heading(&self) -> String {
        self.page.split_once("<h1>").and_then(|(_, rest)| rest.split_once("</h1>")).map(|(title, _)| title.to_owned()).unwrap_or_default()
    }

    /// The code that the page shows.
    pub(crate) fn code(&self) -> String {
        let shown = self.page.split_once("class=\"code-shown\">").and_then(|(_, rest)| rest.split_once('<'));
        shown.unwrap_or_else(|| panic!("no code:\n{}", self.page)).0.to_owned()
    }

    /// Types a resume code.
    pub(crate) fn resume(&mut self, code: &str) -> &mut Self {
        self.get("/surveys/talk/resume.html").set("_resume", code).press("")
    }
}

/// How many drafts there are.
fn drafts(served: &Served) -> u32 {
    let intake = rusqlite::Connection::open(served.project.path("private/intake.sqlite")).expect("a file");
    intake.query_row("SELECT count(*) FROM draft", [], |row| row.get(0)).expect("a number")
}

/// Fills in the first page with a number that cannot be and saves on the second.
fn saved<'s>(served: &'s Served) -> Device<'s> {
    let mut device = Device::new(served);
    device.get("/surveys/talk.html").set("mood", "4").set("years", "12").press("next");
    assert_eq!(device.status, 200, "{}", device.page);
    device.set("theme", "life").set("words", "介護と <仕事> & 🐟").press("save");
    assert_eq!((device.status, device.heading().as_str()), (200, "書きかけを保存しました"), "{}", device.page);
    device
}

#[test]
fn what_is_saved_goes_on_at_another_device_and_is_gone_once_sent() {
    let served = served();
    let one = saved(&served);
    let code = one.code();
    assert!(Token::read(&code).is_ok() && one.page.contains("<svg class=\"qr\"") && one.page.contains("日）まで開けます"), "{}", one.page);
    assert_eq!((drafts(&served), served.waiting("talk")), (1, 0), "a draft is no answer");
    // By the link, as a phone reads it: looking opens nothing, and the code leaves the address bar
    let mut phone = Device::new(&served);
    for _ in 0..3 {
        phone.get(&format!("/surveys/talk/resume/{}", Token::read(&code).expect("a code").in_link()));
        assert_eq!((phone.status, phone.address.as_str()), (200, "/surveys/talk/resume.html?brought"));
    }
    assert!(!phone.page.contains(&code) && !phone.page.contains("介護"), "{}", phone.page);
    phone.press("");
    assert_eq!((phone.status, phone.address.as_str()), (200, "/surveys/talk.html"));
    assert!(phone.page.contains("続きから始めます") && phone.cookies.is_empty(), "{}", phone.page);
    assert_eq!((phone.value("mood"), phone.value("years"), phone.value("theme")), (Some("4"), Some("12"), Some("life")));
    assert_eq!(phone.value("words"), Some("介護と <仕事> & 🐟"));
    assert_eq!(drafts(&served), 1, "it stays until it is sent");
    // Saved again it is the same code, and the new content
    phone.set("words", "あとから").press("save");
    assert_eq!((phone.code(), drafts(&served)), (code.clone(), 1));
    // In the other language, typed by hand as people type
    let mut desk = Device::new(&served);
    desk.get("/en/surveys/talk/resume.html").set("_resume", &code.to_lowercase().replace('-', " ").replace('0', "o")).press("");
    assert_eq!((desk.status, desk.value("words")), (200, Some("あとから")), "{}", desk.page);
    desk.press("next").press("send");
    assert_eq!((served.waiting("talk"), drafts(&served)), (1, 0), "{}", desk.page);
    // Sent from the first device too, and saved there once more: nothing comes of it
    phone.press("stay").press("next").press("send");
    assert_eq!((phone.status, served.waiting("talk")), (200, 1), "{}", phone.page);
    let mut late = one;
    late.press("stay").press("save");
    assert!(late.page.contains("回答は保存しました"), "{}", late.page);
    assert_eq!((late.resume(&code).status, drafts(&served)), (404, 0));
}

#[test]
fn what_cannot_be_judged_is_kept_too() {
    let served = served();
    let mut device = Device::new(&served);
    device.get("/en/surveys/talk.html").set("years", "ninety").press("save");
    let code = device.code();
    assert_eq!(device.heading(), "Your unfinished sheet is saved");
    device.get("/en/surveys/talk/resume.html").set("_resume", &code).press("");
    assert_eq!((device.value("years"), device.value("_page")), (Some("ninety"), Some("one")));
    device.press("next");
    assert_eq!(device.status, 422);
}

#[test]
fn a_double_click_and_a_lost_reply_end_in_one_draft() {
    let served = served();
    let mut device = Device::new(&served);
    device.get("/surveys/talk.html").set("mood", "2");
    let body = device.body("save");
    let codes: std::collections::BTreeSet<String> =
        (0..4).map(|_| device.send(Method::Post, "/surveys/talk.html", &body, None).code()).collect();
    assert_eq!((codes.len(), drafts(&served)), (1, 1));
}

#[test]
fn slips_are_pointed_at_and_strangers_are_stopped() {
    let served = served();
    let code = saved(&served).code();
    let mut wrong: Vec<char> = code.chars().collect();
    // The second character of the third group
    wrong[11] = if wrong[11] == 'Q' { 'R' } else { 'Q' };
    let wrong: String = wrong.into_iter().collect();
    for (typed, status, told) in [
        (wrong.as_str(), 422, "3番目の組の2文字目"),
        (&code[..code.len() - 1], 422, "いまは27文字"),
        ("ABCU", 422, "「U」は、コードに使わない文字"),
        ("", 422, "コードを入れてください"),
        (Token::new([7; 16]).in_link(), 404, "このコードで保存されたものは、ありません"),
    ] {
        let mut device = Device::new(&served);
        device.resume(typed);
        assert_eq!(device.status, status, "{typed}");
        assert!(device.page.contains(told) && device.page.contains("aria-invalid=\"true\""), "{typed}: {}", device.page);
        assert_eq!(device.value("_resume"), Some(typed), "what was typed stands there again");
    }
    let mut stranger = Device::new(&served);
    stranger.peer = "203.0.113.7".parse().expect("an address");
    for number in 0..20 {
        assert_eq!(stranger.resume(Token::new([number; 16]).in_link()).status, 404);
    }
    assert_eq!(stranger.resume(&code).status, 429, "even a right one");
    assert_eq!(Device::new(&served).resume(&code).status, 200);
}

#[test]
fn nobody_elses_page_opens_with_our_cookie() {
    let served = served();
    let code = saved(&served).code();
    let mut device = Device::new(&served);
    device.get(&format!("/surveys/talk/resume/{code}"));
    for origin in [None, Some("null"), Some("https://evil.example")] {
        device.send(Method::Post, "/surveys/talk.html", "_go=resume", origin);
        assert_eq!(device.status, 422, "{origin:?}");
    }
    // Without cookies the page asks for the code
    let mut device = Device::new(&served);
    device.keeps_cookies = false;
    device.get(&format!("/surveys/talk/resume/{code}")).press("");
    assert!(device.status == 422 && device.page.contains("name=\"_resume\""), "{}", device.page);
    device.set("_resume", &code).press("");
    assert_eq!(device.value("words"), Some("介護と <仕事> & 🐟"));
}

#[test]
fn its_author_can_delete_it() {
    let served = served();
    let mut device = saved(&served);
    let code = device.code();
    device.press("discard");
    assert_eq!((device.heading().as_str(), drafts(&served)), ("保存した内容を消しました", 0));
    assert_eq!(device.resume(&code).status, 404);
}

#[test]
fn its_time_ends_on_a_sunday() {
    let served = served();
    let mut device = saved(&served);
    let code = device.code();
    let intake = rusqlite::Connection::open(served.project.path("private/intake.sqlite")).expect("a file");
    let expires: String = intake.query_row("SELECT expires FROM draft", [], |row| row.get(0)).expect("a day");
    let last = Day::parse(&expires).expect("a day");
    assert_eq!(last.plus(1).number().rem_euclid(7), 4, "1970-01-01 was a Thursday: {expires}");
    assert_eq!(served.store.purge_drafts(last).expect("purged"), 0);
    assert_eq!(device.resume(&code).status, 200);
    // Over, and not deleted yet: another process's clock may be behind
    intake.execute("UPDATE draft SET expires = '2020-01-05'", []).expect("changed");
    assert_eq!(device.resume(&code).status, 404);
    assert_eq!(drafts(&served), 1);
    served.rebuilder.tell(Reason::Content);
    served.until("a build deletes it", |served| drafts(served) == 0);
}

#[test]
fn a_changed_survey_says_what_no_longer_fits() {
    let served = served();
    let code = saved(&served).code();
    let changed = SURVEY
        .replace("drafts: 14", "drafts: 14\nrevision: 2")
        .replace("      - {id: years, kind: number, minimum: 0, maximum: 60, text: {ja: 何年働いていますか。, en: How many years have you worked?}}\n", "")
        .replace("{id: life, text: {ja: 暮らし, en: Life}}", "{id: health, text: {ja: 健康, en: Health}}");
    served.project.write("content/surveys/talk.yaml", &changed);
    served.rebuilder.tell(Reason::Content);
    served.until("the change is built", |served| served.stage.shelf().is_some_and(|shelf| shelf.catalog.surveys["talk"].revision == 2));
    let mut device = Device::new(&served);
    device.resume(&code);
    assert_eq!(device.status, 200);
    let notice = device.page.split_once("id=\"notice\"").and_then(|(_, rest)| rest.split_once("</div>\n")).expect("a notice").0;
    for told in ["何年働いていますか。", ">12<", "何を話したいですか。", ">暮らし<", "質問が変わりました"] {
        assert!(notice.contains(told), "{told} in {notice}");
    }
    assert!(!notice.contains("気分"), "{notice}");
    assert_eq!((device.value("words"), device.value("mood"), device.value("years")), (Some("介護と <仕事> & 🐟"), Some("4"), None));
    assert_eq!(drafts(&served), 1, "the old one stays until it is saved again or sent");
    device.set("theme", "health").press("next").press("send");
    assert_eq!((served.waiting("talk"), drafts(&served)), (1, 0), "{}", device.page);
}

#[test]
fn a_closed_survey_shows_what_was_typed() {
    let served = served();
    let mut open = Device::new(&served);
    open.get("/surveys/talk.html").set("mood", "3").set("years", "7");
    let code = saved(&served).code();
    let today = Day::parse("2026-11-20").expect("a day");
    served.store.close_survey("talk", today).expect("closed");
    served.rebuilder.tell(Reason::Answer("talk".to_owned()));
    served.until("it is closed", |served| served.stage.shelf().is_some_and(|shelf| shelf.catalog.surveys["talk"].closed.is_some()));
    let mut device = Device::new(&served);
    device.resume(&code);
    assert_eq!(device.status, 403);
    assert!(device.heading().contains("2026年11月20日"), "{}", device.page);
    for told in ["介護と &lt;仕事&gt; &amp; 🐟", "暮らし", "12"] {
        assert!(device.page.contains(told), "{told} in {}", device.page);
    }
    // Whoever presses the button too late reads the own words as well
    open.press("save");
    assert_eq!(open.status, 403);
    assert!(open.page.contains(">7<"), "{}", open.page);
    device.press("discard");
    assert_eq!(drafts(&served), 0);
}

#[test]
fn a_damaged_draft_says_so() {
    let served = served();
    let mut device = saved(&served);
    let code = device.code();
    let intake = rusqlite::Connection::open(served.project.path("private/intake.sqlite")).expect("a file");
    intake.execute("UPDATE draft SET sealed = zeroblob(length(sealed))", []).expect("changed");
    device.resume(&code);
    assert_eq!(device.status, 500);
    assert!(device.page.contains("壊れていて") && device.page.contains("問い合わせ"), "{}", device.page);
}

#[test]
fn a_full_disk_and_a_full_shelf_keep_everything_typed() {
    let served = served();
    let mut device = Device::new(&served);
    device.get("/surveys/talk.html").set("mood", "5").press("next").set("words", "のこる");
    // As many bytes as there may be, by others
    let sealed = vec![1; 1024 * 1024];
    for number in 0..MOST_DRAFT_BYTES / sealed.len() as u64 {
        let code = resume_code("talk", &number.to_string());
        let handle = Handle::of_draft("talk", &code);
        let draft =
            Draft { survey: "talk".into(), handle, sealed: sealed.clone(), expires: Day::parse("2099-01-04").unwrap(), ticket: [0; 16] };
        assert_eq!(served.store.save_draft(draft).expect("saved"), Saving::Saved);
    }
    device.press("save");
    assert_eq!((device.status, device.value("words"), device.value("mood")), (503, Some("のこる"), Some("5")));
    assert!(device.page.contains("預かれる数がいっぱいです") && device.page.contains("role=\"alert\""), "{}", device.page);
    served.faults.limit_pages(1);
    let intake = rusqlite::Connection::open(served.project.path("private/intake.sqlite")).expect("a file");
    intake.execute_batch("DELETE FROM draft").expect("deleted");
    drop(intake);
    let filler = vec![1; 60 * 1024 * 1024];
    let draft = Draft {
        survey: "other".into(),
        handle: Handle::of_draft("other", &resume_code("other", "x")),
        sealed: filler,
        expires: Day::parse("2099-01-04").unwrap(),
        ticket: [0; 16],
    };
    let full = (0..3).any(|_| served.store.save_draft(draft.clone()).is_err());
    if full {
        device.press("save");
        assert_eq!((device.status, device.value("words")), (503, Some("のこる")));
    }
    served.faults.limit_pages(0);
    device.press("save");
    assert_eq!(device.status, 200, "{}", device.page);
}

/// The invited survey: the draft needs its own code, the sending the invitation.
#[test]
fn an_invitation_opens_no_draft_and_stays_unused() {
    let served = Served::of(project(&SURVEY.replace("mode: anonymous", "mode: anonymous\naccess: invited")));
    let token = Token::new([9; 16]);
    let invitation = Invitation { ticket: Ticket::of_token(&token), carried: Carried::new(), person: None };
    served.store.invite("talk", vec![invitation]).expect("handed out");
    let standing = || served.store.invitation(&Ticket::of_token(&token)).expect("a store").expect("handed out").standing;
    // Without an invitation nobody puts anything aside
    let mut stranger = Device::new(&served);
    stranger.send(Method::Post, "/surveys/talk.html", "mood=1&_page=one&_go=save", None);
    assert_eq!((stranger.status, drafts(&served)), (403, 0));
    let mut one = Device::new(&served);
    one.get(&format!("/i/{}", token.in_link())).set("mood", "4").press("save");
    let code = one.code();
    assert_ne!(code, token.in_groups());
    assert_eq!((standing(), drafts(&served)), (shirube::store::Standing::Open, 1));
    // The invitation opens nothing
    let mut holder = Device::new(&served);
    holder.get(&format!("/i/{}", token.in_link()));
    assert!(holder.value("mood").is_none() && holder.status == 200);
    assert_eq!(holder.resume(token.in_link()).status, 404);
    assert!(holder.page.contains("招待コードでは開けません"));
    // Another device: the code opens it and saves it again; to go on it takes the invitation, and nothing typed is lost meanwhile
    let mut two = Device::new(&served);
    two.resume(&code);
    assert!(two.value("mood") == Some("4") && two.page.contains("招待コードをたずねます"), "{}", two.page);
    two.set("years", "3").press("save");
    assert_eq!((two.code(), drafts(&served)), (code, 1));
    two.press("stay");
    assert_eq!((two.status, two.heading().as_str()), (403, "招待コードを入れてください"));
    two.set("_invitation", &token.in_groups()).press("");
    assert_eq!((two.status, two.value("years")), (200, Some("3")), "{}", two.page);
    two.press("next").press("next").press("send");
    assert_eq!((served.waiting("talk"), drafts(&served), standing()), (1, 0, shirube::store::Standing::Used), "{}", two.page);
}

#[test]
fn a_survey_without_drafts_keeps_nothing() {
    let served = Served::of(project(&SURVEY.replace("drafts: 14\n", "")));
    let mut device = Device::new(&served);
    device.get("/surveys/talk.html").set("mood", "4");
    assert!(
        !device.page.contains("value=\"save\"") && !device.page.contains("途中の保存") && !device.page.contains("途中で保存"),
        "{}",
        device.page
    );
    let body = device.body("save");
    device.send(Method::Post, "/surveys/talk.html", &body, None);
    assert_eq!((device.status, device.value("mood"), drafts(&served)), (503, Some("4"), 0));
    assert_eq!(device.get("/surveys/talk/resume.html").status, 404);
}

/// What was agreed to under one wording is not agreed to under another.
#[test]
fn a_consent_does_not_outlive_its_wording() {
    let asking = |wording: &str| {
        SURVEY.replace("drafts: 14\n", &format!("drafts: 14\nconsent:\n  text: {{ja: {wording}, en: We use your answers for the talk.}}\n"))
    };
    let served = Served::of(project(&asking("相談の準備に使います。")));
    let mut device = Device::new(&served);
    device.get("/surveys/talk.html");
    let tick = device.page.split_once("name=\"consent\" value=\"").and_then(|(_, rest)| rest.split_once('"')).expect("a box").0.to_owned();
    device.set("consent", &tick).set("mood", "4").press("save");
    let code = device.code();
    device.resume(&code);
    assert_eq!((device.value("consent"), device.value("mood")), (Some(tick.as_str()), Some("4")), "{}", device.page);
    served.project.write("content/surveys/talk.yaml", asking("相談の準備と、研修の見直しに使います。"));
    served.rebuilder.tell(Reason::Content);
    served.until("the new wording is built", |served| text(&served.get("/surveys/talk.html")).contains("研修の見直し"));
    device.resume(&code);
    assert_eq!((device.status, device.value("consent"), device.value("mood")), (200, None, Some("4")));
    let notice = device.page.split_once("id=\"notice\"").and_then(|(_, rest)| rest.split_once("</div>\n")).expect("a notice").0;
    assert!(notice.contains("同意"), "{notice}");
}

/// One address puts a few new sheets aside, as often as it likes each; a company behind one private address is not counted.
#[test]
fn one_public_address_puts_few_new_sheets_aside() {
    let served = served();
    let saves = |peer: &str, sheets: u32| -> Vec<u16> {
        let save = |_| {
            let mut device = Device::new(&served);
            device.peer = peer.parse().expect("an address");
            device.get("/surveys/talk.html").set("mood", "4").press("save");
            if device.status == 200 {
                // The same sheet again is no new one
                device.press("stay").press("save");
            }
            device.status
        };
        (0..sheets).map(save).collect()
    };
    let from_outside = saves("203.0.113.7", 22);
    assert_eq!(from_outside.iter().filter(|status| **status == 200).count(), 20, "{from_outside:?}");
    assert!(from_outside[20..].iter().all(|status| *status != 200));
    assert!(saves("192.168.1.20", 40).iter().all(|status| *status == 200));
    let mut refused = Device::new(&served);
    refused.peer = "203.0.113.7".parse().expect("an address");
    refused.get("/surveys/talk.html").set("mood", "5").press("save");
    assert!(refused.page.contains("この回線からの保存が続いた") && refused.value("mood") == Some("5"), "{}", refused.page);
    assert_eq!(saves("203.0.113.8", 1), [200], "a neighbour");
}
