//! Taking an answer back with the code of the receipt.

use crate::drafts::{Device, SURVEY, project, served};
use crate::loop_project::Served;
use shirube::server::request::Method;

/// Answers and hands over the device with the receipt.
fn answered(served: &Served) -> Device<'_> {
    let mut device = Device::new(served);
    device.get("/surveys/talk.html").set("mood", "4").press("next").set("words", "取り消すかもしれません").press("next").press("send");
    assert_eq!(device.status, 200, "{}", device.page);
    device
}

fn withdraw<'d, 's>(device: &'d mut Device<'s>, code: &str) -> &'d mut Device<'s> {
    device.get("/surveys/talk/withdraw.html").set("_withdraw", code).press("")
}

#[test]
fn the_receipt_has_a_code_that_takes_the_answer_back() {
    let served = served();
    let mut device = Device::new(&served);
    device.get("/surveys/talk.html");
    assert!(device.page.contains("あなただけが取り消せます"), "{}", device.page);
    device.set("mood", "4").press("next").press("next");
    let body = device.body("send");
    device.press("send");
    // The code stands in the reply alone: no address, no cookie
    let code = device.code();
    assert_eq!((device.address.as_str(), device.heading().as_str()), ("/surveys/talk.html", "お答えいただき、ありがとうございました。"));
    // A double click, a lost reply, the reload button: the same code, one answer
    for _ in 0..3 {
        assert_eq!(device.send(Method::Post, "/surveys/talk.html", &body, None).code(), code);
    }
    assert_eq!(served.waiting("talk"), 1);
    let other = answered(&served).code();
    assert_ne!(other, code);
    let mut away = Device::new(&served);
    withdraw(&mut away, &code.to_lowercase());
    assert_eq!((away.status, away.heading().as_str(), served.waiting("talk")), (200, "回答を取り消しました", 1));
    // Pressed twice it says the same
    assert_eq!(withdraw(&mut away, &code).heading(), "回答を取り消しました");
    // The old page sent again brings nothing back and shows no code that would not work
    device.send(Method::Post, "/surveys/talk.html", &body, None);
    assert!(device.page.contains("前に受け取っています") && !device.page.contains("code-shown"), "{}", device.page);
    assert_eq!(served.waiting("talk"), 1);
}

#[test]
fn after_the_batch_is_closed_nothing_can_be_taken_back() {
    let served = served();
    let device = answered(&served);
    let code = device.code();
    for _ in 0..4 {
        answered(&served);
    }
    let mut first = answered(&served);
    let early = first.code();
    assert_eq!(withdraw(&mut first, &early).status, 200);
    served.store.close_batch("talk", &["words".to_owned()].into(), 1).expect("closed");
    let mut late = Device::new(&served);
    for code in [&code, &early] {
        withdraw(&mut late, code);
        assert_eq!(late.status, 404);
        assert!(late.page.contains("このコードで取り消せる回答は、ありません"), "{}", late.page);
    }
    let batch = served.store.batches("talk").expect("batches").remove(0);
    assert_eq!(batch.n, 5, "the one that was taken back is not in it");
    let intake = rusqlite::Connection::open(served.project.path("private/intake.sqlite")).expect("a file");
    let left: u32 = intake.query_row("SELECT count(*) FROM withdrawal", [], |row| row.get(0)).expect("a number");
    assert_eq!(left, 0, "no sum of a code outlives the batch");
}

#[test]
fn codes_that_do_not_do() {
    let served = served();
    let code = answered(&served).code();
    let slip = format!("{}{}", if code.starts_with('Q') { 'R' } else { 'Q' }, &code[1..]);
    for (typed, status, told) in [
        ("", 422, "コードを入れてください"),
        (slip.as_str(), 422, "1番目の組の1文字目"),
        ("7K3M", 422, "いまは4文字"),
        (shirube::survey::Token::new([3; 16]).in_link(), 404, "何も変えていません"),
    ] {
        let mut device = Device::new(&served);
        withdraw(&mut device, typed);
        assert_eq!(device.status, status, "{typed}");
        assert!(device.page.contains(told), "{typed}: {}", device.page);
    }
    let mut stranger = Device::new(&served);
    stranger.peer = "203.0.113.7".parse().expect("an address");
    for number in 0..20 {
        withdraw(&mut stranger, shirube::survey::Token::new([number; 16]).in_link());
    }
    assert_eq!(withdraw(&mut stranger, &code).status, 429);
    assert_eq!(served.waiting("talk"), 1);
}

#[test]
fn english_pages_say_the_same() {
    let served = served();
    let mut device = Device::new(&served);
    device.get("/en/surveys/talk.html").set("mood", "4").press("next").press("next").press("send");
    let code = device.code();
    assert!(device.page.contains("Code to take your answer back"));
    device.get("/en/surveys/talk/withdraw.html").set("_withdraw", &code).press("");
    assert_eq!((device.status, device.heading().as_str()), (200, "Your answer is taken back"));
}

#[test]
fn surveys_without_it_have_no_code_and_no_page() {
    let served = Served::of(project(&SURVEY.replace("withdrawal: true\n", "")));
    let mut device = Device::new(&served);
    device.get("/surveys/talk.html").set("mood", "4").press("next").press("next").press("send");
    assert_eq!((device.status, device.address.as_str()), (200, "/surveys/talk/thanks.html"));
    assert!(!device.page.contains("取り消"), "{}", device.page);
    assert_eq!(device.get("/surveys/talk/withdraw.html").status, 404);
}

/// The first answer fixes that answers can be taken back: a survey that takes the promise away takes no more answers.
#[test]
fn the_promise_is_one_of_the_terms() {
    let served = served();
    answered(&served);
    assert_eq!(served.store.lock("talk").expect("a store").expect("terms").settings["withdrawal"], "until-batch");
}

/// Whoever takes an answer back makes room for somebody else, once.
#[test]
fn a_quota_has_room_again() {
    let survey = SURVEY.replace("withdrawal: true\n", "withdrawal: true\nquotas:\n  - {id: everybody, limit: 5}\n");
    let served = Served::of(project(&survey));
    let first = answered(&served).code();
    for _ in 0..4 {
        answered(&served);
    }
    let send = || {
        let mut device = Device::new(&served);
        device.get("/surveys/talk.html").set("mood", "4").press("next").press("next").press("send");
        device.status
    };
    assert_eq!((send(), served.waiting("talk")), (403, 5), "full");
    for _ in 0..2 {
        assert_eq!(withdraw(&mut Device::new(&served), &first).status, 200);
    }
    assert_eq!((send(), send(), served.waiting("talk")), (200, 403, 5));
}
