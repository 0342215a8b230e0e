//! Surveys that open and close by the hour: what the form, the store and the static pages do before the close, in the grace, after it.

use crate::loop_project::{Project, Served, text};
use shirube::language::{DayTime, Moment};
use shirube::server::rebuild::Reason;
use std::process::Command;
use std::time::{SystemTime, UNIX_EPOCH};

const EVERY: &str = "/surveys/every.html";
const FILE: &str = "content/surveys/every.yaml";

/// What clocks in Tokyo show in so many minutes.
fn in_minutes(minutes: i64) -> DayTime {
    let now = SystemTime::now().duration_since(UNIX_EPOCH).expect("a clock").as_secs();
    DayTime::of(Moment(i64::try_from(now).expect("a moment") + minutes * 60), "Asia/Tokyo").expect("a zone")
}

/// A page as it is read: words that stay on one line are no longer wrapped.
fn read(page: &str) -> String {
    page.replace("<span class=\"whole\">", "").replace("</span>", "")
}

fn closing(project: &Project, lines: &str) {
    let text = project.read(FILE);
    let kept: Vec<&str> = text.lines().filter(|line| !line.starts_with("close:") && !line.starts_with("grace:")).collect();
    project.write(FILE, format!("{}\n{lines}", kept.join("\n")));
}

fn at_review(served: &Served) -> crate::loop_project::Visitor<'_> {
    let mut visitor = served.visit(EVERY);
    visitor.set("way", "foot").tick("fruit", "apple").press("next");
    visitor.set("shoes", "3").press("next");
    visitor.set("mood", "4").set("rooms_big", "2").set("minutes", "12").set("since", "2020-04-01").set("word", "x").press("next");
    assert!(visitor.page.contains("value=\"send\""), "{}", visitor.page);
    visitor
}

#[test]
fn a_form_opened_in_time_is_taken_in_the_grace_and_nothing_is_sealed_before_it_ends() {
    let served = Served::small();
    let (mut in_grace, mut too_late) = (at_review(&served), at_review(&served));
    let close = in_minutes(-2);
    closing(&served.project, &format!("close: {close}\ngrace: 15\n"));
    served.rebuilder.tell(Reason::Content);
    let clock = close.clock().expect("a time");
    served.until("its page says when it closed", |served| read(&text(&served.get(EVERY))).contains(&format!("{clock}に終わりました")));
    // Nobody begins any more
    let page = served.get(EVERY);
    assert_eq!((page.status(), text(&page).contains("<form")), (200, false));
    // Who began in time goes on, is told for how long, and is stored
    in_grace.press("back");
    assert!(read(&in_grace.page).contains("15分間は送信できます"), "{}", in_grace.page);
    in_grace.press("next");
    in_grace.press("send");
    assert_eq!((in_grace.status, served.stored("every")), (303, 1));
    served.rebuilder.tell(Reason::Answer("every".to_owned()));
    std::thread::sleep(std::time::Duration::from_millis(300));
    assert!(served.store.batches("every").expect("batches").is_empty(), "the last answer may still come");
    // The grace is over
    closing(&served.project, &format!("close: {close}\ngrace: 0\n"));
    served.rebuilder.tell(Reason::Content);
    served.until("what waits is sealed", |served| served.store.batches("every").is_ok_and(|batches| batches.len() == 1));
    served.until("the forms know", |served| served.stage.shelf().is_some_and(|shelf| shelf.catalog.surveys["every"].grace == 0));
    too_late.press("send");
    assert_eq!(too_late.status, 403);
    assert!(read(&too_late.page).contains(&format!("{clock}に終わりました")), "{}", too_late.page);
    assert_eq!(served.stored("every"), 1);
}

#[test]
fn the_last_day_is_announced_where_the_page_is_served_and_static_pages_say_until_when() {
    let project = Project::small();
    let close = in_minutes(90);
    closing(&project, &format!("close: {close}\n"));
    let served = Served::of(project);
    let clock = close.clock().expect("a time");
    let japanese = read(&text(&served.get(EVERY)));
    assert!(japanese.contains(&format!("{clock}までです。それまでに開いた回答画面は、そのあと15分間は送信できます。")), "{japanese}");
    let english = read(&text(&served.get("/en/surveys/every.html")));
    assert!(english.contains(&format!("{clock} (Tokyo time). A form that you opened before then")), "{english}");
    // A file may be read at any time later: it names the hour, and nothing that is true only today
    let file = read(&served.project.read("output/small/surveys/every.html"));
    assert!(file.contains(&format!("{clock}まで")) && !file.contains("class=\"closing\""), "{file}");
    // A week before, nothing is announced
    let later = in_minutes(7 * 24 * 60);
    closing(&served.project, &format!("close: {later}\n"));
    served.rebuilder.tell(Reason::Content);
    served.until("the new close", |served| {
        read(&text(&served.get(EVERY))).contains(&later.day.in_words(shirube::language::Language::Japanese))
    });
    assert!(!text(&served.get(EVERY)).contains("class=\"closing\""));
}

#[test]
fn a_build_as_of_a_moment_knows_the_hour_of_the_projects_zone() {
    let project = Project::small();
    project.edit("content/project.yaml", "Asia/Tokyo", "America/New_York");
    closing(&project, "close: 2026-12-18 17:00\n");
    let page = |today: &str| {
        let mut command = Command::new(env!("CARGO_BIN_EXE_shirube"));
        let out = command.args(["build", "--quiet", "--today", today, "--root"]).arg(project.root()).output().expect("the program runs");
        assert!(out.status.success(), "{}", String::from_utf8_lossy(&out.stderr));
        read(&project.read("output/small/surveys/every.html"))
    };
    for (today, open) in [("2026-12-18", true), ("2026-12-18 16:59", true), ("2026-12-18T17:00", false), ("2026-12-19", false)] {
        let page = page(today);
        assert_eq!(page.contains("<form"), open, "{today}");
        assert!(page.contains("17:00（New York 時間）"), "{today}: a reader elsewhere must know whose hour it is");
    }
}
