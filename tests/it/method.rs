//! How a report was made, on a page of its own: the words that were asked, who answered, the rules, and sums that anybody can check.

use crate::drafts;
use crate::loop_project::{Project, Served, text};
use sha2::{Digest, Sha256};
use shirube::language::{Day, DayTime, Today};
use shirube::pipeline;

/// A survey with a grid of five items and seven questions behind it.
const SURVEY: &str = "title: {ja: 職場の声, en: Voices}
lead: {ja: 十二問です。, en: Twelve questions.}
minutes: 3
mode: anonymous
publish: at-close
k: 5
population: 60
purpose: {ja: 職場を見直すため。, en: To look at our work again.}
open: 2026-04-01
close: 2099-03-31
pages:
  - id: one
    questions:
      - id: work
        kind: grid
        text: {ja: 仕事について、どう思いますか。, en: What do you think of your work?}
        points: 5
        ends: [{ja: そう思わない, en: Disagree}, {ja: そう思う, en: Agree}]
        rows:
          - {id: a, text: {ja: 目的が分かる, en: I know what it is for}}
          - {id: b, text: {ja: 任されている, en: I am trusted with it}}
          - {id: c, text: {ja: 相談できる, en: I can ask}}
          - {id: d, text: {ja: 学べる, en: I learn}}
          - {id: e, text: {ja: 急がされる, en: I am hurried}}
      - {id: q1, kind: number, minimum: 0, maximum: 9, text: {ja: 一, en: 1}}
      - {id: q2, kind: number, minimum: 0, maximum: 9, text: {ja: 二, en: 2}}
      - {id: q3, kind: number, minimum: 0, maximum: 9, text: {ja: 三, en: 3}}
      - {id: q4, kind: number, minimum: 0, maximum: 9, text: {ja: 四, en: 4}}
      - {id: q5, kind: number, minimum: 0, maximum: 9, text: {ja: 五, en: 5}}
      - {id: q6, kind: number, minimum: 0, maximum: 9, text: {ja: 六, en: 6}}
scales:
  - {id: meaning, label: {ja: 意味, en: Meaning}, items: [work_a, work_b, work_e], reversed: [work_e], min_answered: 2}
";

const REPORT: &str = "title: {ja: 声, en: Voices}
lead: {ja: 集計です。, en: Results.}
visibility: public
survey: talk
blocks:
  - {kind: figure, figure: work}
  - {kind: figure, figure: q1}
  - {kind: method}
";

fn project() -> Project {
    let project = drafts::project(SURVEY);
    project.write("content/reports/talk.yaml", REPORT);
    project.edit("content/sites/small.yaml", "reports: [", "reports: [talk, ");
    project
}

/// Forty people: eleven of them without any difference in the grid, seven of them with nothing behind it.
fn answered() -> Served {
    let served = Served::of(project());
    for number in 0..40_usize {
        let mut body = String::new();
        for (at, item) in ["a", "b", "c", "d", "e"].iter().enumerate() {
            let point = if number < 11 { 3 } else { (number + at) % 5 + 1 };
            body += &format!("work_{item}={point}&");
        }
        for question in 1..=6 {
            body += &if number < 33 { format!("q{question}={}&", number % 7) } else { format!("q{question}=&") };
        }
        let reply = served.post("/surveys/talk.html", &format!("{body}_sheet={number:032x}&_go=send"));
        assert_eq!(reply.status(), 303, "{}", text(&reply));
    }
    served
}

/// The site after the survey has closed: a page by its path, without what only keeps its numbers whole.
fn closed(served: &Served) -> impl Fn(&str) -> String {
    let site = built(&served.project, Some(served));
    move |path| {
        let file = site.iter().find(|(name, _)| name == path).unwrap_or_else(|| panic!("no {path}"));
        file.1.replace("<span class=\"whole\">", "").replace("</span>", "")
    }
}

/// The files of the site, as of a day on which the survey is over.
fn built(project: &Project, served: Option<&Served>) -> Vec<(String, String)> {
    let mut loaded = pipeline::load(project.root()).expect("content");
    let themes = pipeline::read_themes(project.root(), &mut loaded).expect("themes");
    assert!(!loaded.diagnostics.has_errors(), "{:?}", loaded.diagnostics.sorted());
    let day = Day::parse("2099-05-01").expect("a day");
    let today = Today { day, now: DayTime::whole(day).begins("Asia/Tokyo").expect("a moment") };
    let answers = match served {
        Some(served) => pipeline::collect(&loaded.catalog, &*served.store, today).expect("a collection"),
        None => pipeline::nothing_collected(&loaded.catalog, today),
    };
    let built = pipeline::build(&loaded.catalog, &themes, &answers, today, None).expect("a site");
    built.sites["small"].iter().map(|file| (file.path.as_str().to_owned(), String::from_utf8_lossy(&file.bytes).into_owned())).collect()
}

#[test]
fn the_page_tells_what_was_asked_of_whom_and_how_it_is_counted() {
    let served = answered();
    let page = closed(&served);
    let (ja, en) = (page("reports/talk/method.html"), page("en/reports/talk/method.html"));
    for told in [
        "仕事について、どう思いますか。",
        "急がされる",
        "1 そう思わない",
        "2026年4月1日",
        "職場を見直すため。",
        "急がされる（逆向き）",
        "40人。答え方を理由に外した人はいません。",
        "同じ段階だけを選んだ人 10人以上",
        "何も答えずに送った人 5人以上",
        "対象の人</dt><dd>60人",
    ] {
        assert!(ja.contains(told), "{told}\n{ja}");
    }
    for told in [
        "I am hurried (reversed)",
        "Wilson, E. B. (1927)",
        "one and the same point",
        ": 10 or more",
        "5 people appear nowhere",
        "in three classes",
    ] {
        assert!(en.contains(told), "{told}\n{en}");
    }
    // Every form of the report leads there
    assert!(page("reports/talk.html").contains("href=\"talk/method.html\""));
    assert!(page("reports/talk/slides.html").contains("href=\"method.html\""));
    assert!(ja.contains(env!("CARGO_PKG_VERSION")));
    assert!(page("reports/talk.html").contains("有限母集団"));
}

#[test]
fn sums_are_those_of_anybody_and_do_not_know_line_ends() {
    let hex = |bytes: &[u8]| Sha256::digest(bytes).iter().map(|byte| format!("{byte:02x}")).collect::<String>();
    let page = |project: &Project| {
        let site = built(project, None);
        site.into_iter().find(|(name, _)| name == "en/reports/talk/method.html").expect("a page").1
    };
    let project = project();
    let first = page(&project);
    let files = ["content/project.yaml", "content/reports/talk.yaml", "content/surveys/talk.yaml"];
    let lines: String = files.iter().map(|file| format!("{}  {file}\n", hex(project.read(file).as_bytes()))).collect();
    for sum in files.iter().map(|file| hex(project.read(file).as_bytes())).chain([hex(lines.as_bytes())]) {
        assert!(first.contains(&sum), "{sum}");
    }
    // What has nothing to do with the report changes nothing; line ends change nothing; a word does
    project.edit("content/surveys/every.yaml", "すべての種類の質問です。", "あらゆる種類の質問です。");
    let text = project.read("content/surveys/talk.yaml");
    project.write("content/surveys/talk.yaml", format!("\u{FEFF}{}", text.replace('\n', "\r\n")));
    assert_eq!(page(&project), first);
    project.write("content/surveys/talk.yaml", text.replace("目的が分かる", "目的は分かる"));
    assert_ne!(page(&project), first);
}
