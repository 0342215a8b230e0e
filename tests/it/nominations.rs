//! Asking for a talk: from the page of a consultant to the desk and a calendar; twice is once; what is erased stays erased; nothing of
//! it is in any answer, figure or export; nobody is asked who may not be.

use crate::desk::{HERE, key, send};
use crate::loop_project::{Project, Served, text};
use shirube::catalog::licences;
use shirube::language::Day;
use shirube::pipeline;
use shirube::server::clock::today;
use shirube::store;
use shirube::survey::nomination::Stage;
use std::path::Path;

const FEW: &str = r#"title: {ja: 相談員, en: Consultants}
lead: {ja: 三人います。, en: There are three.}
themes:
  - {id: direction, label: {ja: この先の方向, en: Where to go}}
  - {id: moves, label: {ja: 異動, en: Transfers}}
styles: [{id: listen, label: {ja: 聴く, en: Listens}}]
fields: [{id: it, label: {ja: 情報, en: IT}}]
hours:
  - {id: evening, label: {ja: 夜, en: Evenings}, from: "18:00", until: "21:00"}
  - {id: noon, label: {ja: 昼, en: Noon}, from: "12:00", until: "13:00"}
values:
  - {id: growth, label: {ja: 成長, en: Growth}, ask: [{ja: 覚える, en: I learn}]}
  - {id: safe, label: {ja: 安定, en: Security}, ask: [{ja: 変わらない, en: It stays}]}
  - {id: pay, label: {ja: 収入, en: Income}, ask: [{ja: 増える, en: It grows}]}
  - {id: time, label: {ja: ゆとり, en: Time}, ask: [{ja: 残る, en: Some is left}]}
people:
  - &aoki
    id: aoki
    name: {ja: 青木（見本）, en: Aoki (sample)}
    profile: {ja: 聴きます。, en: Listens.}
    themes: [direction, moves]
    styles: [listen]
    languages: [ja, en]
    hours: [evening, noon]
    values: {growth: 9, safe: 2}
    licence: {number: "00000001", until: 2099-03-31}
    confidential: true
  - {id: baba, name: {ja: 馬場（見本）, en: Baba (sample)}, profile: {ja: 切れています。, en: Run out.}, themes: [moves], styles: [listen], languages: [ja], hours: [noon], values: {pay: 9}, licence: {number: "00000002", until: 2020-03-31}, confidential: true}
  - {id: chiba, name: {ja: 千葉（見本）, en: Chiba (sample)}, profile: {ja: かかわりがあります。, en: Bound.}, themes: [moves], styles: [listen], languages: [ja], hours: [noon], values: {pay: 9}, licence: {number: "00000003", until: 2099-03-31}, confidential: true, not_for: [small]}
"#;

fn project(more: &str) -> Project {
    let project = Project::small();
    project.write("content/consultants/few.yaml", FEW.replace("- &aoki\n    id", "- id"));
    let own =
        format!("reports: [every]\nconsultants:\n  from: few\n  seen_by: {{ja: 係の一人, en: One of the desk}}\n  keep_days: 30\n{more}");
    project.edit("content/sites/small.yaml", "reports: [every]\n", &own);
    project
}

const ASK: &str = "/consultants/aoki/nominate.html";

fn body(own: &str) -> String {
    let day = |ahead: i64| today("Asia/Tokyo").day.plus(ahead);
    format!(
        "theme=direction&language=ja&day1={}&hours1=evening&day2={}&hours2=noon&hope=%E8%81%9E%E3%81%84%E3%81%A6&name=%3D1%2B1&contact=%40cmd{own}",
        day(3),
        day(4)
    )
}

const SHEET: &str = "&_sheet=0123456789abcdef0123456789abcdef";

fn sent(served: &Served) -> String {
    let reply = served.post(ASK, &body(&format!("{SHEET}&_go=send")));
    assert_eq!(reply.status(), 200, "{}", text(&reply));
    text(&reply)
}

fn code(page: &str) -> String {
    page.split("class=\"code-shown\">").nth(1).expect("a code").split('<').next().expect("its end").to_owned()
}

#[test]
fn a_request_is_looked_over_sent_once_settled_at_the_desk_and_put_into_a_calendar() {
    let served = Served::of(project(""));
    let form = text(&served.get(ASK));
    for promised in
        ["係の一人と、青木（見本）さんが読みます", ">30日</span>で消します", "自分で消せます", "集計や回答の書き出しには入りません"]
    {
        assert!(form.contains(promised), "{promised}: {form}");
    }
    assert!(text(&served.get("/_desk/talks")).contains("申し込みはまだありません"));
    assert!(!served.project.path("private/nominations.sqlite").exists(), "no file before the first request");
    let review = text(&served.post(ASK, &body("&_go=review")));
    assert!(review.contains("まだ送っていません") && review.contains("name=\"_sheet\"") && review.contains("=1+1"), "{review}");
    let back = text(&served.post(ASK, &body("&_go=back")));
    assert!(back.contains("value=\"=1+1\"") && back.contains("聞いて"), "the way back keeps what was typed: {back}");
    assert!(served.store.nominations().expect("read").is_empty(), "looking over keeps nothing");
    let receipt = sent(&served);
    // A double click, the back button, a lost reply: one request, the same code
    assert_eq!(code(&sent(&served)), code(&receipt));
    let kept = served.store.nominations().expect("read");
    assert_eq!((kept.len(), kept[0].stage, kept[0].nomination.wishes.len()), (1, Stage::New, 2));
    assert_eq!(kept[0].until, kept[0].made.plus(30));
    let (key, id) = (key(&served), kept[0].id.clone());
    let page = text(&served.get("/_desk/talks"));
    assert!(page.contains("=1+1") && page.contains("@cmd") && page.contains("この先の方向"), "{page}");
    // Nobody without the key, nobody from elsewhere
    let settle = format!("id={id}&stage=confirmed&settled=1&lang=ja");
    for (body, origin) in [(settle.clone(), HERE), (format!("{settle}&_key={key}"), "http://evil.example")] {
        assert_eq!(send(&served, "talks/stage", &body, origin).status(), 421);
    }
    // A wish that was not made cannot be settled on
    assert_eq!(send(&served, "talks/stage", &format!("id={id}&stage=confirmed&settled=2&_key={key}"), HERE).status(), 500);
    assert_eq!(send(&served, "talks/stage", &format!("{settle}&_key={key}"), HERE).status(), 303);
    let kept = served.store.nominations().expect("read").remove(0);
    assert_eq!((kept.stage, kept.settled), (Stage::Confirmed, Some(1)));
    let calendar = send(&served, "talks/ics", &format!("_key={key}&lang=en"), HERE);
    assert_eq!(calendar.header("content-type"), Some("text/calendar; charset=utf-8"));
    let calendar = text(&calendar);
    let day = kept.nomination.wishes[1].day.replace('-', "");
    assert!(calendar.contains(&format!("DTSTART:{day}T030000Z\r\nDTEND:{day}T040000Z")), "noon in Tokyo: {calendar}");
    assert_eq!(calendar.matches("BEGIN:VEVENT").count(), 1);
    assert!(!calendar.contains("1+1") && !calendar.contains("Where to go"), "a calendar is seen by many: {calendar}");
    let table = text(&send(&served, "talks/csv", &format!("_key={key}&lang=ja"), HERE));
    assert!(table.contains(",'=1+1,'@cmd,聞いて,"), "no spreadsheet runs it: {table}");
    for stage in ["held", "closed", "new"] {
        assert_eq!(send(&served, "talks/stage", &format!("id={id}&stage={stage}&_key={key}"), HERE).status(), 303, "{stage}");
    }
    let gone = send(&served, "talks/stage", &format!("id=ffff&stage=held&_key={key}"), HERE);
    assert!(gone.header("location").expect("a way").contains("talk-gone"));
}

#[test]
fn what_is_erased_or_over_is_gone_to_the_last_byte() {
    let served = Served::of(project(""));
    let code = code(&sent(&served));
    let path = served.project.path("private");
    let holds = |words: &str| {
        let files = std::fs::read_dir(&path).expect("a folder").map(|entry| entry.expect("an entry").path()).filter(|path| path.is_file());
        files.filter(|file| std::fs::read(file).expect("a file").windows(words.len()).any(|part| part == words.as_bytes())).count()
    };
    assert_eq!(holds("@cmd"), 1, "in the file of requests or its log, in no other");
    assert_eq!(served.waiting("every"), 0, "it is no answer");
    for (typed, status) in [("", 422), ("AAAA", 422), ("ZZZZ-ZZZZ-ZZZZ-ZZZZ-ZZZZ-ZZZZ-ZZZZ", 422)] {
        assert_eq!(served.post("/consultants/erase.html", &format!("_withdraw={typed}")).status(), status, "{typed}");
    }
    let erased = served.post("/consultants/erase.html", &format!("_withdraw={code}"));
    assert_eq!(erased.status(), 200, "{}", text(&erased));
    assert!(served.store.nominations().expect("read").is_empty());
    assert_eq!(holds("@cmd"), 0);
    assert_eq!(served.post("/consultants/erase.html", &format!("_withdraw={code}")).status(), 404, "it is gone");
    let again = served.post(ASK, &body(&format!("{SHEET}&_go=send")));
    assert_eq!(again.status(), 410, "the old page does not bring it back");
    // Another one goes by itself when its time is up
    let other = "&_sheet=ffffffffffffffffffffffffffffffff&_go=send";
    assert_eq!(served.post(ASK, &body(other)).status(), 200);
    let day = today("Asia/Tokyo").day;
    assert_eq!(served.store.purge_nominations(day.plus(30)).expect("purged"), 0, "its last day is not over");
    assert_eq!(served.store.purge_nominations(day.plus(31)).expect("purged"), 2, "with what was left of the erased one");
    assert_eq!((served.store.nominations().expect("read").len(), holds("@cmd")), (0, 0));
}

/// Files below a folder that hold these words.
fn holding(folder: &Path, words: &str) -> Vec<String> {
    let all = crate::loop_project::tree(folder).into_iter();
    all.filter(|(_, bytes)| bytes.windows(words.len()).any(|part| part == words.as_bytes())).map(|(path, _)| path).collect()
}

/// Four requests, each with words of its own.
fn four(store: &dyn store::Store, day: Day) -> Vec<store::Nominating> {
    let make = |number: u8| store::Nominating {
        site: "small".to_owned(),
        handle: store::Handle::of_withdrawal("nomination!", &shirube::survey::Token::new([number; 16])),
        nomination: shirube::survey::Nomination {
            consultant: "aoki".to_owned(),
            page: "ja".to_owned(),
            theme: "direction".to_owned(),
            name: format!("person-{number}"),
            contact: "@cmd".to_owned(),
            hope: String::new(),
            secret: String::new(),
            language: "ja".to_owned(),
            wishes: Vec::new(),
        },
        made: day,
        until: day.plus(i64::from(number) * 10),
    };
    let all: Vec<_> = (1..=4).map(make).collect();
    all.iter().for_each(|one| assert_eq!(store.nominate(one).expect("kept"), store::Nominated::Stored));
    all
}

#[test]
fn copies_hold_requests_and_nothing_erased_or_over_comes_back_from_one() {
    let folder = tempfile::tempdir().expect("a folder");
    let private = folder.path().join("private");
    let day = Day::parse("2026-11-20").expect("a day");
    let store = store::open(&private).expect("a store");
    let all = four(&*store, day);
    let id = |at: usize| store::nomination_id(&all[at].handle);
    let copy = |to: Option<&Path>| store::back_up(&*store, &private, to, day).expect("a copy").folder;
    // One that is reached when something is erased, one that is not
    let (near, far) = (copy(None), folder.path().join("far"));
    crate::loop_project::copy(&near, &far);
    assert_eq!(holding(&far, "person-").len(), 1, "in one file of the copy");
    assert!(store.set_stage(&id(2), Stage::Held, None, day.plus(3)).expect("a stage"));
    assert!(store.erase_nomination(&id(1)).expect("erased"));
    assert_eq!(holding(&private, "person-2"), [""; 0], "neither in the store nor in its copies");
    assert_eq!(store.purge_nominations(day.plus(11)).expect("purged"), 1);
    assert_eq!(holding(&private, "person-1"), [""; 0]);
    assert!(holding(&private, "person-3").len() == 2 && store::is_backup(&near));
    drop(store);

    let restore = |copy: &Path, sure: bool| {
        let wish = store::Wish { copies: &[copy.to_owned()], shown: &[], surveys: &[].into(), sure, today: day.plus(11) };
        store::restore(&private, &wish, &store::Faults::default()).unwrap_or_else(|error| panic!("{error:#}"))
    };
    let names = || {
        let store = store::open(&private).expect("a store");
        let mut all: Vec<_> = store.nominations().expect("read").into_iter().map(|one| (one.nomination.name, one.stage)).collect();
        all.sort();
        all
    };
    let left = [("person-3".to_owned(), Stage::Held), ("person-4".to_owned(), Stage::New)];
    restore(&far, false);
    assert_eq!(names(), left);
    // A later erasing that only a copy knows of holds here, too; whoever was erased stays so after any number of copies
    let later = folder.path().join("later");
    {
        let store = store::open(&private).expect("a store");
        assert!(store.erase_nomination(&id(3)).expect("erased"));
        let made = store::back_up(&*store, &private, Some(&later), day).expect("a copy").folder;
        drop(store);
        std::fs::remove_file(private.join("nominations.sqlite")).expect("lost");
        for beside in ["-wal", "-shm"] {
            let _ = std::fs::remove_file(private.join(format!("nominations.sqlite{beside}")));
        }
        for copy in [&made, &far, &near, &far] {
            restore(copy, true);
            assert_eq!(names(), left[..1], "{}", copy.display());
        }
    }
    for words in ["person-1", "person-2", "person-4"] {
        assert_eq!(holding(&private, words), [""; 0], "{words}");
    }
    // A damaged file is set aside, and what copies know is there again, but for what is over
    std::fs::write(private.join("nominations.sqlite"), "no database").expect("damage");
    let store::Outcome::Restored(done) = restore(&near, true) else { panic!("nothing") };
    assert_eq!((done.nominations, done.damaged), (1, vec!["nominations.sqlite".to_owned()]));
    assert_eq!(names().len(), 1);
    assert!(private.join("set-aside/2026-12-01/nominations.sqlite").is_file());
}

#[test]
fn commands_and_the_data_sheet_know_of_requests() {
    let served = Served::of(project(""));
    sent(&served);
    let (served_project, today) = (&served.project, today("Asia/Tokyo").day);
    let said = |arguments: &[&str]| {
        let output = crate::serve::run(served_project, arguments);
        String::from_utf8_lossy(&output.stdout).into_owned() + &String::from_utf8_lossy(&output.stderr)
    };
    let last = today.plus(30);
    assert!(said(&["status", "--lang", "en"]).contains(&format!("requests for talks: 1 (1 new), all deleted after {last}")));
    assert!(said(&["status", "--format", "json"]).contains("\"requests\":{\"kept\":1"));
    assert!(said(&["doctor", "--lang", "en"]).contains("requests for talks: 1 (1 new)"));
    let later = today.plus(31).to_string();
    assert!(said(&["doctor", "--lang", "en", "--today", &later]).contains("whose time is over are still here (1)"));
    let look = said(&["purge", "--lang", "en", "--today", &later]);
    assert!(look.contains("Requests for talks whose time is over: 1"), "{look}");
    let to = served_project.path("sheets");
    said(&["datasheet", "every", "--to", to.to_str().expect("text")]);
    let sheet = served_project.read("sheets/data-sheet-every.en.html");
    assert!(sheet.contains("private/nominations.sqlite") && sheet.contains("30 days after they were sent"), "{sheet}");
    assert!(sheet.contains("One of the desk. They bear a name"));
}

#[test]
fn what_is_wrong_is_said_at_its_field_and_nothing_is_kept() {
    let served = Served::of(project(""));
    let long = "x".repeat(1_001);
    for (own, told) in [
        ("&_go=send".to_owned(), "これでよければ送ります"),
        (format!("{SHEET}&_go=send&theme=pay").replace("&theme", "&x"), "申し込みを受け取りました"),
    ] {
        let page = text(&served.post(ASK, &body(&own)));
        assert!(page.contains(told), "{own}: {page}");
    }
    let without = |name: &str| body("").split('&').filter(|part| !part.starts_with(&format!("{name}="))).collect::<Vec<_>>().join("&");
    for (sent, anchor, told) in [
        (without("theme"), "theme", "一つ選んでください"),
        (without("language"), "language", "一つ選んでください"),
        (without("day1"), "day1", "日を入れてください"),
        (without("hours2"), "hours2", "一つ選んでください"),
        (format!("{}&name=%00%01", without("name")), "name", "書いてください"),
        (without("contact"), "contact", "書いてください"),
        (format!("{}&hope={long}", without("hope")), "hope", "1000字までです"),
        (format!("{}&theme=x", without("theme")), "theme", "選択肢にありません"),
        (format!("{}&day1=2020-01-01", without("day1")), "day1", "までの日付を入れてください"),
        ("x".to_owned(), "name", "書いてください"),
    ] {
        let reply = served.post(ASK, &format!("{sent}{}&_go=send", SHEET.replace('0', "1")));
        let page = text(&reply);
        assert_eq!(reply.status(), 422, "{anchor}: {page}");
        assert!(
            page.contains(&format!("href=\"#{anchor}\"")) && page.contains(&format!("id=\"{anchor}\"")) && page.contains(told),
            "{anchor}: {page}"
        );
    }
    assert_eq!(served.store.nominations().expect("read").len(), 1);
    // People who may not be asked have no page, and a form to them is refused
    for (id, status) in [("baba", 403), ("chiba", 403), ("nobody", 404)] {
        assert_eq!(served.get(&format!("/consultants/{id}.html")).status(), 404, "{id}");
        let reply = served.post(&format!("/consultants/{id}/nominate.html"), &body(&format!("{SHEET}&_go=send")));
        assert_eq!(reply.status(), status, "{id}");
    }
    let directory = text(&served.get("/consultants.html"));
    assert!(directory.contains("青木") && !directory.contains("馬場") && !directory.contains("千葉"));
    let find = text(&served.get("/consultants/find.html"));
    assert!(find.contains("form-action &#39;none&#39;") || find.contains("form-action 'none'"), "nothing can be sent from there");
}

#[test]
fn a_site_that_names_its_few_says_what_they_were_told() {
    let served = Served::of(project("  only: [aoki]\n  briefing: {ja: 技術職が七割です。, en: Seven in ten are engineers.}\n"));
    let page = text(&served.get("/consultants.html"));
    for told in ["技術職が七割です", "相談員は会社の側に立ちません"] {
        assert!(page.contains(told), "{told}: {page}");
    }
    assert!(!page.contains("find.html") && served.get("/consultants/find.html").status() == 404);
    assert!(text(&served.get("/consultants/aoki.html")).contains("技術職が七割です"));
    // In English the same, on the directory and at each person
    for target in ["/en/consultants.html", "/en/consultants/aoki.html"] {
        let page = text(&served.get(target));
        assert!(page.contains("Seven in ten are engineers."), "{target}: {page}");
    }
    let english = text(&served.get("/en/consultants.html"));
    let notice = "Knowing the firm does not put a consultant on its side";
    assert!(english.contains(notice) && !english.contains("技術職"), "{english}");
    // Where nobody is named there is nothing of the kind
    let whole = text(&Served::of(project("")).get("/en/consultants.html"));
    assert!(!whole.contains(notice) && !whole.contains("Seven in ten"), "{whole}");
}

#[test]
fn licences_are_warned_of_by_the_day_of_the_build() {
    let loaded = pipeline::load(project("").root()).expect("read");
    assert!(!loaded.diagnostics.has_errors(), "{:?}", loaded.diagnostics.sorted());
    let on = |day: &str| licences(&loaded.catalog, Day::parse(day).expect("a day"));
    for (day, warnings) in [("2019-12-31", 0), ("2020-02-15", 1), ("2020-04-01", 1), ("2099-02-15", 3)] {
        let found = on(day);
        assert_eq!((found.sorted().len(), found.has_errors()), (warnings, false), "{day}");
    }
    assert!(on("2020-04-01").sorted()[0].message.en.contains("ran out on 2020-03-31"));
}

/// Whoever hears the page hears the hint of a list with it, and the complaint too.
#[test]
fn lists_of_the_form_are_tied_to_their_hints() {
    let served = Served::of(project(""));
    for way in ["", "/en"] {
        let form = text(&served.get(&format!("{way}{ASK}")));
        let (_, rest) = form.split_once("id=\"theme-hint\">").expect("the hint of the themes");
        let said = rest.split('<').next().expect("its end");
        assert!(!said.is_empty(), "{form}");
        assert!(form.contains("<select class=\"field\" id=\"theme\" name=\"theme\" aria-describedby=\"theme-hint\">"), "{form}");
        let faulty = text(&served.post(&format!("{way}{ASK}"), "_go=review"));
        let both = "name=\"theme\" aria-describedby=\"theme-hint theme-complaint\" aria-invalid=\"true\"";
        assert!(faulty.contains(both) && faulty.contains("id=\"theme-complaint\""), "{faulty}");
        // A list without a hint names none
        assert!(form.contains("<select class=\"field\" id=\"language\" name=\"language\"><option"), "{form}");
    }
}
