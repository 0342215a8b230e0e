//! The personal result: worked out of what was sent, shown in the answer to it, and nowhere else, ever.

use crate::loop_project::{Project, Served, Visitor, text, tree};
use shirube::server::request::{Method, Request};

const SURVEY: &str = "
title: {ja: 自分を見る, en: A look at yourself}
lead: {ja: 二ページあります。, en: Two pages.}
minutes: 2
mode: anonymous
publish: rolling
purpose: {ja: 試すためです。, en: To try things.}
pages:
  - id: one
    questions:
      - id: states
        kind: grid
        text: {ja: どのくらい当てはまりますか。, en: How far is this true?}
        need: declinable
        points: 5
        ends: [{ja: いいえ, en: No}, {ja: はい, en: Yes}]
        rows:
          - {id: a, text: 描く}
          - {id: b, text: 動く}
          - {id: c, text: まかせる}
  - id: two
    questions:
      - {id: words, kind: short_text, text: {ja: ひとこと。, en: A word?}}
scales:
  - id: draws
    label: {ja: 描けている, en: Drawing}
    items: [states_a, states_c]
    reversed: [states_c]
    bands: [{from: 1, label: {ja: これから, en: To come}}, {from: 3, label: {ja: 途中, en: Under way}}, {from: 4.5, label: {ja: 高い, en: High}}]
  - id: acts
    label: {ja: 動いている, en: Acting}
    items: [states_b]
    bands: [{from: 1, label: {ja: 少ない, en: Little}}, {from: 3, label: {ja: 多い, en: Much}}]
  - id: whole
    label: {ja: 全体, en: Whole}
    items: [states_a, states_b]
    method: sum
    bands: [{from: 2, label: {ja: 低い側, en: Lower}}, {from: 6, label: {ja: 高い側, en: Higher}}]
result:
  lead: {ja: '**手がかり**です。', en: Something to *think* with.}
  profile: radar
  compare: true
  scales:
    - scale: draws
      about: {ja: 先を描く, en: Seeing ahead}
      norm: {mean: 3.2, label: {ja: 会社員 200 人, en: 200 employees}, source: trial}
      bands:
        - {from: 4.5, text: {ja: '高い帯の読みです。', en: Words for high.}, next: [{ja: '[このサイト](page:about)を読む。', en: 'Read [about it](page:about).'}]}
        - {from: 1, text: {ja: 'これからの帯の読みです。', en: Words for low.}}
        - {from: 3, text: {ja: '途中の帯の読みです。', en: Words for middling.}}
    - scale: acts
      bands:
        - {from: 1, text: {ja: '少ない帯の読みです。', en: Words for little.}}
        - {from: 3, text: {ja: '多い帯の読みです。', en: Words for much.}}
    - scale: whole
      bands:
        - {from: 2, text: {ja: '低い側の読みです。', en: Words for lower.}}
        - {from: 6, text: {ja: '高い側の読みです。', en: Words for higher.}}
  next: [{ja: だれにもすすめること。, en: For anybody.}]
";

const SELF: &str = "/surveys/self.html";
const THANKS: &str = "/surveys/self/thanks.html";

fn project(survey: &str) -> Project {
    let project = Project::small();
    project.write("content/surveys/self.yaml", survey);
    project.edit("content/sites/small.yaml", "surveys: [every,", "surveys: [self, every,");
    project
}

fn served() -> Served {
    Served::of(project(SURVEY))
}

/// At the page before sending, with these answers to draw, act and leave it to others.
fn answered<'s>(served: &'s Served, address: &str, states: [&str; 3]) -> Visitor<'s> {
    let mut visitor = served.visit(address);
    for (row, value) in ["a", "b", "c"].iter().zip(states) {
        visitor.set(&format!("states_{row}"), value);
    }
    visitor.press("next").set("words", "ひとことの中身").press("next");
    visitor
}

#[test]
fn the_answer_to_the_sending_is_the_receipt_with_the_result() {
    let served = served();
    let mut visitor = answered(&served, SELF, ["5", "2", "2"]);
    visitor.press("send");
    assert_eq!((visitor.status, visitor.location.as_deref()), (200, None), "{}", visitor.page);
    let page = &visitor.page;
    // (5 + 4) / 2 on a scale from 1 to 5; 5 + 2 on one from 2 to 10
    for told in [
        "受け取りました",
        "<b data-part=\"shown\">4.5</b> <span>1から5まで</span>",
        "cx=\"87.5%\"",
        "<h4>高い</h4>",
        "高い帯の読みです。",
        "<b data-part=\"shown\">2.0</b>",
        "<h4>少ない</h4>",
        "<b data-part=\"shown\">7</b> <span>2から10まで</span>",
        "<h4>高い側</h4>",
        "<strong>手がかり</strong>",
        "だれにもすすめること。",
        "参考：会社員 ",
        "x1=\"55.0%\"",
        "<a target=\"_blank\" href=\"../about.html\">このサイト</a>",
        "診断ではなく",
        "この下にあります。どこにも残していません。",
    ] {
        assert!(page.contains(told), "{told}\n{page}");
    }
    for silent in ["途中の帯", "これからの帯", "多い帯", "低い側の読み", "回答した人の平均", "hreflang"] {
        assert!(!page.contains(silent), "{silent}");
    }
    let english = answered(&served, "/en/surveys/self.html", ["1", "1", "5"]).press("send").page.clone();
    for told in ["Your result", "<h4>To come</h4>", "Words for low.", "from 1 to 5", "200 employees, mean ", "kept nowhere"] {
        assert!(english.contains(told), "{told}\n{english}");
    }
}

#[test]
fn too_few_answers_make_no_score_and_no_shape() {
    let served = served();
    let mut visitor = answered(&served, SELF, ["4", "3", "_declined"]);
    visitor.press("send");
    assert!(visitor.page.contains("得点は出していません。2項目のうち2項目以上"), "{}", visitor.page);
    assert!(!visitor.page.contains("result-radar") && visitor.page.contains("<h4>多い</h4>"));
    let whole = answered(&served, SELF, ["4", "3", "1"]).press("send").page.clone();
    // The first axis goes up: 4.5 of 1 to 5 is 87.5 %
    assert!(whole.contains("result-radar") && whole.contains("120.0,39.5 "), "{whole}");
}

#[test]
fn it_is_shown_again_to_whoever_sends_the_same_sheet_and_to_nobody_else() {
    let served = served();
    let mut visitor = answered(&served, SELF, ["5", "5", "1"]);
    let (before, body) = (visitor.body("next"), visitor.body("send"));
    let first = visitor.press("send").page.clone();
    // A double click, a reply that was lost, a page that is loaded again
    for _ in 0..3 {
        assert_eq!(text(&served.post(SELF, &body)), first);
    }
    assert_eq!(served.waiting("self"), 1);
    // No address has it
    for address in [SELF, THANKS, "/surveys/self/result.html", "/surveys/self.html?result", "/surveys/self/thanks.html?sheet=x"] {
        let page = text(&served.get(address));
        assert!(!page.contains("帯の読みです"), "{address}");
    }
    assert!(text(&served.get(THANKS)).contains("送った直後の画面に一度だけ出しました"));
    // Nothing on the disk has it, open batch or closed
    let hidden = |served: &Served| {
        tree(&served.project.path("private")).into_iter().all(|(_, bytes)| {
            !["高い帯", "4.5", "87.5"].iter().any(|told| bytes.windows(told.len()).any(|window| window == told.as_bytes()))
        })
    };
    assert!(hidden(&served));
    // Ended: neither the result nor the answers come back
    let sheet = visitor.value("_sheet").expect("a sheet").to_owned();
    visitor.press("end");
    assert_eq!((visitor.status, visitor.location.as_deref()), (303, Some(THANKS)));
    for body in [&body, &before, &body.replace("_go=send", "_go=keep"), &body.replace("_go=send", "_go=back")] {
        let reply = served.post(SELF, body);
        assert_eq!((reply.status(), reply.header("location")), (303, Some(THANKS)), "{body}");
    }
    assert_eq!(served.waiting("self"), 1);
    assert!(sheet.len() == 32 && !text(&served.get(SELF)).contains(&sheet), "the next person gets another sheet");
}

#[test]
fn after_a_restart_the_receipt_stands_alone() {
    let first = served();
    let mut visitor = answered(&first, SELF, ["5", "5", "1"]);
    let body = visitor.body("send");
    visitor.press("send");
    let other = shirube::server::routes::Routes::new(
        std::sync::Arc::clone(&first.stage),
        std::sync::Arc::clone(&first.store),
        false,
        Box::new(|_: &str| {}),
    );
    for go in ["send", "keep"] {
        let mut request = Request::new(Method::Post, SELF).expect("a target");
        request.headers.content_type = Some("application/x-www-form-urlencoded".to_owned());
        request.body = body.replace("_go=send", &format!("_go={go}")).into_bytes();
        let reply = other.reply(&request);
        assert_eq!((reply.status(), reply.header("location")), (303, Some(THANKS)), "{go}");
    }
    assert_eq!(first.waiting("self"), 1);
}

#[test]
fn a_person_can_take_it_along_as_one_file() {
    let served = served();
    let mut visitor = answered(&served, SELF, ["5", "2", "2"]);
    let early = visitor.body("keep");
    assert_eq!(served.post(SELF, &early).status(), 303, "nothing was sent yet");
    visitor.press("send");
    let mut request = Request::new(Method::Post, SELF).expect("a target");
    request.headers.content_type = Some("application/x-www-form-urlencoded".to_owned());
    request.headers.host = Some("survey.example:8080".to_owned());
    request.body = visitor.body("keep").into_bytes();
    let reply = served.routes.reply(&request);
    let file = text(&reply);
    assert_eq!(reply.header("content-disposition"), Some("attachment; filename=\"self-result.html\""));
    for told in
        ["自分を見る", "高い帯の読みです。", "4.5", "<style>", "http://survey.example:8080/about.html", "サーバーには結果を残していません"]
    {
        assert!(file.contains(told), "{told}\n{file}");
    }
    for foreign in ["<script", "<link", "src=", "_sheet", "ひとことの中身"] {
        assert!(!file.contains(foreign), "{foreign}");
    }
    assert!(file.len() < 40_000, "{} bytes", file.len());
    // On this machine alone no link would lead anywhere
    request.headers.host = Some("127.0.0.1:8080".to_owned());
    assert!(!text(&served.routes.reply(&request)).contains("<a "));
}

#[test]
fn it_goes_with_the_code_by_which_an_answer_is_taken_back() {
    let served = Served::of(project(&format!("{SURVEY}\nwithdrawal: true\n")));
    let mut visitor = answered(&served, SELF, ["5", "2", "2"]);
    let body = visitor.body("send");
    let page = visitor.press("send").page.clone();
    assert!(page.contains("code-shown") && page.contains("高い帯の読みです。"), "{page}");
    visitor.press("end");
    // Neither the code nor the result
    let again = served.post(SELF, &body);
    assert_eq!((again.status(), again.header("location")), (303, Some(THANKS)));
}

#[test]
fn the_mean_of_everybody_stands_beside_it_only_where_the_report_tells_it() {
    let report = "
title: {ja: 報告, en: Report}
lead: {ja: 結果です。, en: What came of it.}
visibility: public
survey: self
blocks: [{kind: figure, figure: draws}]
";
    let with_report = |written: bool| {
        let project = project(SURVEY);
        if written {
            project.write("content/reports/self.yaml", report);
            project.edit("content/sites/small.yaml", "reports: [", "reports: [self, ");
        }
        Served::of(project)
    };
    for written in [false, true] {
        let served = with_report(written);
        let mut pages = Vec::new();
        for person in 0..25 {
            let value = (person % 5 + 1).to_string();
            pages.push(answered(&served, SELF, [&value, "3", "3"]).press("send").page.clone());
            if person % 5 == 4 {
                served.until("a build", |served| {
                    served.store.batches("self").is_ok_and(|batches| batches.len() == (person as usize + 1) / 5)
                });
                let news = served.last_news();
                served.until("a newer shelf", |served| {
                    served.stage.shelf().is_some_and(|shelf| shelf.answers.published["self"].collected == Some(person + 1))
                        || news.is_empty()
                });
            }
        }
        let told: Vec<usize> = (0..25).filter(|at| pages[*at].contains("回答した人の平均")).collect();
        assert!(!pages[..5].iter().any(|page| page.contains("回答した人の平均")), "{told:?}");
        assert_eq!(!told.is_empty(), written, "{told:?}");
    }
}

#[test]
fn people_are_told_before_they_answer() {
    let project = project(SURVEY);
    let served = Served::of(project);
    assert!(served.visit(SELF).page.contains("一度だけ出します"));
    assert!(served.visit("/en/surveys/self.html").page.contains("They are kept nowhere"));
    let sheet = served.get("/surveys/every.html");
    assert!(!text(&sheet).contains("本人への結果"), "only where there is one");
}

// A file for each person --------------------------------------------------------------------------------------------------

/// An identified survey that so many people have answered; each can take the answer back by the code of its sheet.
fn identified(people: u32) -> Project {
    use shirube::store::{Handle, Submission, Ticket, text_mark, withdrawal_code};
    use shirube::survey::mark::attach;
    use shirube::survey::{Carried, Raw, Response};
    let survey = SURVEY.replace("mode: anonymous", "mode: identified\naccess: invited\nwithdrawal: true");
    let project = project(&survey);
    let loaded = shirube::pipeline::load(project.root()).expect("content");
    assert!(!loaded.diagnostics.has_errors(), "{:?}", loaded.diagnostics.sorted());
    let survey = &loaded.catalog.surveys["self"];
    let store = shirube::store::open(&project.path("private")).expect("a store");
    for person in 1..=people {
        let value = |offset: u32| vec![((person + offset) % 5 + 1).to_string()];
        let raw: Raw = [("states_a", value(0)), ("states_b", value(1)), ("states_c", value(2)), ("words", vec![format!("こえ{person}")])]
            .into_iter()
            .map(|(name, value)| (name.to_owned(), value))
            .collect();
        let mut answers = survey.accept(&raw, crate::loop_project::today().day).expect("accepted");
        answers.extend(survey.carry(&Carried::new(), Some(&format!("p/{person:03}"))));
        let sheet = format!("{person:032x}");
        let code = withdrawal_code("self", &sheet);
        let handle = Handle::of_withdrawal("self", &code);
        attach(&mut answers, handle.mark(), |variable| text_mark("self", variable, &code));
        let submission = Submission {
            response: Response { survey: "self".into(), revision: 1, answers },
            ticket: Ticket::of("self", sheet.as_bytes()),
            invitation: None,
            lock: [("mode", "identified"), ("k", "5")].into_iter().collect(),
            claims: Vec::new(),
            draft: None,
            withdrawal: Some(handle),
        };
        store.submit(submission).expect("stored");
    }
    project
}

fn personal(project: &Project, more: &[&str]) -> (i32, String) {
    let mut command = std::process::Command::new(env!("CARGO_BIN_EXE_shirube"));
    command.args(["personal", "self", "--lang", "en", "--root"]).arg(project.root()).args(more).current_dir(project.root());
    let output = command.output().expect("the program runs");
    let said = format!("{}{}", String::from_utf8_lossy(&output.stdout), String::from_utf8_lossy(&output.stderr));
    (output.status.code().expect("a code"), said)
}

/// Who has a file, by the table; each file is there and is its person's.
fn made(folder: &std::path::Path) -> Vec<String> {
    let index = std::fs::read_to_string(folder.join("index.csv")).expect("a table");
    let rows: Vec<Vec<String>> =
        index.trim_start_matches('\u{feff}').lines().skip(1).map(|line| line.split(',').map(str::to_owned).collect()).collect();
    let there = std::fs::read_dir(folder).expect("a folder").count();
    assert_eq!(there, rows.len() + 1, "a file each, and the table");
    for row in &rows {
        let file = std::fs::read_to_string(folder.join(&row[4])).expect("a file");
        assert!(file.contains(&row[0]) && file.contains("class=\"result\"") && !file.contains("こえ"), "{row:?}");
        assert!(row[4].starts_with(&row[0].replace('/', "_")) && row[4].len() > 30, "{row:?}");
        #[cfg(unix)]
        {
            use std::os::unix::fs::PermissionsExt;
            let mode = |path: &std::path::Path| std::fs::metadata(path).expect("there").permissions().mode() & 0o777;
            assert_eq!((mode(folder), mode(&folder.join(&row[4]))), (0o700, 0o600));
        }
    }
    rows.into_iter().map(|row| row[0].clone()).collect()
}

#[test]
fn an_identified_survey_has_a_file_for_each_person() {
    let project = identified(6);
    let (exit, said) = personal(&project, &[]);
    assert_eq!(exit, 0, "{said}");
    let folder = project.path("private/personal/self");
    assert_eq!(made(&folder), ["p/001", "p/002", "p/003", "p/004", "p/005", "p/006"]);
    let names = |folder: &std::path::Path| -> Vec<_> {
        let mut all: Vec<_> = std::fs::read_dir(folder).expect("a folder").map(|one| one.expect("an entry").file_name()).collect();
        all.sort();
        all
    };
    let before = names(&folder);
    // Not twice by accident; on purpose under names that nobody could know
    let (exit, said) = personal(&project, &[]);
    assert!(exit == 3 && said.contains("--force"), "{exit} {said}");
    assert_eq!(names(&folder), before);
    assert_eq!(personal(&project, &["--force"]).0, 0);
    assert!(names(&folder).iter().all(|name| name == "index.csv" || !before.contains(name)));
    // One person alone
    assert_eq!(personal(&project, &["--person", "p/003", "--to", "one"]).0, 0);
    assert_eq!(made(&project.path("one")), ["p/003"]);
    let (exit, said) = personal(&project, &["--person", "p/099", "--to", "other"]);
    assert!(exit == 3 && said.contains("p/099"), "{exit} {said}");
    // Whoever took it back has none, at once
    {
        let store = shirube::store::open(&project.path("private")).expect("a store");
        store.take_back("self", &shirube::store::withdrawal_code("self", &format!("{:032x}", 2))).expect("taken back");
    }
    assert_eq!(personal(&project, &["--force"]).0, 0);
    assert!(!made(&folder).contains(&"p/002".to_owned()));
    let (exit, said) = personal(&project, &["--person", "p/002", "--to", "two"]);
    assert!(exit == 3 && said.contains("p/002") && !project.path("two").exists(), "{exit} {said}");
    // With the answers go the files that were made of them
    project.edit("content/surveys/self.yaml", "purpose:", "close: 2020-01-01\nretain_days: 1\npurpose:");
    let mut purge = std::process::Command::new(env!("CARGO_BIN_EXE_shirube"));
    let purged = purge.args(["purge", "--yes", "--root"]).arg(project.root()).output().expect("the program runs");
    assert!(purged.status.success(), "{}", String::from_utf8_lossy(&purged.stderr));
    assert!(!folder.exists() && project.path("one").exists(), "what was written elsewhere is whoever wrote it’s own to delete");
}

#[test]
fn personal_files_go_nowhere_where_they_could_be_published() {
    let project = identified(5);
    project.write("kept/mine.txt", "mine");
    std::fs::create_dir_all(project.path("output/small")).expect("a folder");
    #[cfg(unix)]
    std::os::unix::fs::symlink(project.path("output"), project.path("sly")).expect("a link");
    for (to, told) in [
        ("output/small/personal", "published"),
        ("output", "published"),
        ("content/x", "site"),
        ("sly/x", "published"),
        ("kept", "exists already"),
    ] {
        let (exit, said) = personal(&project, &["--to", to, "--force"]);
        assert!(exit == 3 && said.contains(told), "{to}: {exit} {said}");
    }
    assert_eq!(project.read("kept/mine.txt"), "mine");
    // What an earlier run left half-way goes, and nothing stands there before all of it does
    assert_eq!(personal(&project, &["--to", "results"]).0, 0);
    std::fs::rename(project.path("results"), project.path("results.new")).expect("renamed");
    assert_eq!(personal(&project, &["--to", "results"]).0, 0);
    assert_eq!(made(&project.path("results")).len(), 5);
    assert!(!project.path("results.new").exists() && !project.path("results.old").exists());
}

#[test]
fn surveys_without_names_have_no_personal_files() {
    for (mode, told) in [
        ("mode: anonymous", "anonymous: nothing tells whose answers they are"),
        ("mode: pseudonymous\ncode: {parts: [{ja: 生まれた月, en: Month of birth}]}", "codes of people’s own making"),
    ] {
        let (exit, said) = personal(&project(&SURVEY.replace("mode: anonymous", mode)), &[]);
        assert!(exit == 2 && said.contains(told), "{mode}: {exit} {said}");
    }
    let project = Project::small();
    let without = SURVEY.split("result:").next().expect("a survey").replace("mode: anonymous", "mode: identified\naccess: invited");
    project.write("content/surveys/self.yaml", without);
    project.edit("content/sites/small.yaml", "surveys: [every,", "surveys: [self, every,");
    let (exit, said) = personal(&project, &[]);
    assert!(exit == 2 && said.contains("result:"), "{exit} {said}");
}
