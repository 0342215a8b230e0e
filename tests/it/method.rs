//! How a report was made, on a page of its own: the words that were asked, who answered, the rules, and sums that anybody can check.

use crate::drafts;
use crate::loop_project::here;
use crate::loop_project::{Project, Served, built_on, text};
use sha2::{Digest, Sha256};
use shirube::language::{Day, DayTime, Today};
use shirube::pipeline;
use shirube::statistics::Find;
use std::collections::{BTreeMap, BTreeSet};

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
        let file = site.get(path).unwrap_or_else(|| panic!("no {path}"));
        file.replace("<span class=\"whole\">", "").replace("</span>", "")
    }
}

/// The files of the site, as of a day on which the survey is over.
fn built(project: &Project, served: Option<&Served>) -> BTreeMap<String, String> {
    built_on(project, served, "2099-05-01")
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
        site["en/reports/talk/method.html"].clone()
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

/// The demonstration firm with reports of its waves, as `(id, the report)`, on a site of their own.
fn of_the_firm(reports: &[(String, String)]) -> Project {
    let project = Project::of(&here().join("docs/demonstration"));
    for (id, report) in reports {
        project.write(&format!("content/reports/{id}.yaml"), report);
    }
    let site = project.read("content/sites/voices.yaml");
    let line = site.lines().find(|line| line.starts_with("reports:")).expect("reports").to_owned();
    let names: String = reports.iter().map(|(id, _)| format!("{id}, ")).collect();
    project.write("content/sites/voices.yaml", site.replace(&line, &line.replacen('[', &format!("[{names}"), 1)));
    project
}

/// What a page on method defines.
fn definitions(page: &str) -> BTreeSet<String> {
    let section = page.split("id=\"definitions\"").nth(1).expect("a section").split("</section>").next().expect("its end");
    section.split("<dt>").skip(1).map(|rest| rest.split("</dt>").next().expect("its end").to_owned()).collect()
}

#[test]
fn what_is_defined_is_what_is_told() {
    const SHARE: [&str; 3] = ["Share", "Favourable share", "Interval of a share"];
    const SCORE: [&str; 2] = ["Interval of a mean", "Score of a scale"];
    let change = [
        "Share",
        "Interval of a share",
        "Interval of a mean",
        "The same people twice",
        "The same people twice, by ranks",
        "Size of a change",
    ];
    let cases: Vec<(&str, &str, Vec<&str>)> = vec![
        ("voice-2025-04", "{kind: method}", vec![]),
        ("voice-2025-04", "{kind: comments, question: words}", vec![]),
        ("voice-2025-04", "{kind: coverage, by: department}", vec![]),
        ("voice-2025-04", "{kind: figure, figure: autonomy}", SHARE.into()),
        ("voice-2025-04", "{kind: figure, figure: autonomy_score}", [&SCORE[..], &["Cronbach’s alpha"]].concat()),
        ("voice-2025-04", "{kind: figure, figure: autonomy_score-by-age}", SCORE.into()),
        ("voice-2025-04", "{kind: figure, figure: recommend}", vec!["Share", "Interval of a share", "Recommendation score"]),
        (
            "voice-2025-04",
            "{kind: compare, figure: autonomy_score, by: [age]}",
            [&SCORE[..], &["Difference of means", "Effect size", "Several tests (Holm)"]].concat(),
        ),
        (
            "voice-2025-04",
            "{kind: compare, figure: autonomy_way, by: [age], correction: benjamini_hochberg}",
            [&SHARE[..], &["Difference of shares", "Effect size", "Several tests (Benjamini–Hochberg)"]].concat(),
        ),
        (
            "voice-2025-04",
            "{kind: compare, figure: autonomy, by: [age]}",
            [&SHARE[..], &["Difference of shares", "Effect size", "Several tests (Holm)"]].concat(),
        ),
        (
            "voice-2025-04",
            "{kind: compare, figure: recommend, choice: net, by: [age]}",
            vec![
                "Recommendation score",
                "Interval of a recommendation score",
                "Difference of recommendation scores",
                "Several tests (Holm)",
            ],
        ),
        (
            "voice-2025-04",
            "{kind: trend, figures: [growth_score], correction: benjamini_hochberg}",
            [&SCORE[..], &["Difference of means", "Effect size", "Several tests (Benjamini–Hochberg)"]].concat(),
        ),
        (
            "voice-2025-04",
            "{kind: drivers, outcome: leave, of: [autonomy_score, growth_score]}",
            vec!["Relative importance", "Coefficients", "Several intervals"],
        ),
        (
            "voice-2025-04",
            "{kind: weighted, figures: [growth_score], margins: [{attribute: age, people: {under30: 150, thirties: 200, forties: 190, over50: 140}, source: {ja: 名簿, en: a list}}]}",
            [&SCORE[..], &["Adjusted figures"]].concat(),
        ),
        ("course-after", "{kind: change, before: course-before, of: [readiness]}", change.into()),
        (
            "course-after",
            "{kind: change, before: course-before, of: [later, now_ask]}",
            change.into_iter().chain(["Several intervals"]).collect(),
        ),
    ];
    let report = |(at, (survey, block, _)): (usize, &(&str, &str, Vec<&str>))| {
        let text = format!("title: {{ja: 声, en: Voices}}\nlead: {{ja: 集計, en: Figures}}\nsurvey: {survey}\nblocks:\n  - {block}\n");
        (format!("one-{at}"), text)
    };
    let project = of_the_firm(&cases.iter().enumerate().map(report).collect::<Vec<_>>());
    let site = built(&project, None);
    let page = |path: String| site.get(&path).unwrap_or_else(|| panic!("no {path}"));
    let mut seen = BTreeSet::new();
    for (at, (_, block, expected)) in cases.iter().enumerate() {
        let told = definitions(page(format!("en/reports/one-{at}/method.html")));
        assert_eq!(told, expected.iter().map(|one| (*one).to_owned()).collect(), "{block}");
        assert_eq!(definitions(page(format!("reports/one-{at}/method.html"))).len(), expected.len(), "{block}");
        seen.extend(told);
    }
    // No definition that no block asks for: all names of the theme were seen, but for that of a known number of people
    let words = std::fs::read_to_string(here().join("themes/default/languages/en.yaml")).expect("words");
    let named = words.lines().filter_map(|line| line.strip_prefix("how_def_")?.split_once(": "));
    for (key, name) in named.filter(|(key, _)| !key.ends_with("_text") && !key.ends_with("_by")) {
        assert!(seen.contains(name.trim_matches('"')) || key == "population", "{key} is defined for nothing");
    }
    // A page for each group tests all of them
    let each = format!("{}for_each: age\n", report((0, &("voice-2025-04", "{kind: figure, figure: growth_score}", vec![]))).1);
    let site = built(&of_the_firm(&[("one".to_owned(), each)]), None);
    let told = definitions(&site["en/reports/one/method.html"]);
    assert!(["Difference of means", "Effect size", "Several tests (Holm)"].iter().all(|one| told.contains(*one)), "{told:?}");
}

#[test]
fn all_that_a_report_was_made_from_has_a_sum() {
    let report = |survey: &str, block: &str| {
        format!("title: {{ja: 声, en: Voices}}\nlead: {{ja: 集計, en: Figures}}\nsurvey: {survey}\nblocks:\n  - {block}\n")
    };
    let listed = |project: &Project, id: &str| -> BTreeSet<String> {
        let site = built(project, None);
        let page = &site[&format!("en/reports/{id}/method.html")];
        let sums = page.split("class=\"sums\"").nth(1).or_else(|| page.split("class=sums").nth(1)).expect("sums");
        let known = sums.split("<b>content/").skip(1).map(|rest| rest.split("</b>").next().expect("its end").to_owned());
        known.filter(|name| *name != "project.yaml" && *name != format!("reports/{id}.yaml")).collect()
    };
    let firm = of_the_firm(&[
        ("lines".to_owned(), report("voice-2025-04", "{kind: trend, figures: [growth_score]}")),
        ("alone".to_owned(), report("voice-2025-04", "{kind: figure, figure: growth}")),
        ("class".to_owned(), report("course-after", "{kind: change, before: course-before, of: [readiness]}")),
    ]);
    let all = |names: &[&str]| names.iter().map(|name| (*name).to_owned()).collect::<BTreeSet<String>>();
    let waves = ["surveys/voice-2024-04.yaml", "surveys/voice-2024-10.yaml", "surveys/voice-2025-04.yaml"];
    assert_eq!(listed(&firm, "lines"), all(&waves), "a wave that is drawn and that none of the others is the same as");
    assert_eq!(listed(&firm, "alone"), all(&[waves[0], waves[2]]));
    assert_eq!(listed(&firm, "class"), all(&["surveys/course-after.yaml", "surveys/course-before.yaml"]));

    let project = Project::of(here());
    let with = |text: &str| {
        let tail = format!("visibility: public\nsurvey: pulse\n{text}");
        project
            .write("content/reports/manager-check.yaml", format!("title: {{ja: 声, en: Voices}}\nlead: {{ja: 集計, en: Figures}}\n{tail}"));
        listed(&project, "manager-check")
    };
    let importance = all(&["surveys/pulse.yaml", "sources.yaml", "data/importance.yaml"]);
    for block in [
        "blocks:\n  - {kind: data, data: importance}\n".to_owned(),
        "blocks:\n  - kind: text\n    text:\n      ja: |\n        文。\n\n        ![](data:importance)\n      en: |\n        Text.\n\n        ![](data:importance)\n".to_owned(),
        "tiles:\n  - {label: {ja: 数, en: A number}, data: importance, row: all}\nblocks:\n  - {kind: method}\n".to_owned(),
    ] {
        assert_eq!(with(&block), importance, "{block}");
    }
    let planned = with("blocks:\n  - {kind: plan, plan: support}\n");
    assert!(planned.contains("plans/support.yaml") && planned.contains("sources.yaml"), "{planned:?}");
}

#[test]
fn a_find_stops_the_build_and_names_the_group() {
    let served = answered();
    let loaded = pipeline::load(served.project.root()).expect("content");
    let day = Day::parse("2099-05-01").expect("a day");
    let today = Today { day, now: DayTime::whole(day).begins("Asia/Tokyo").expect("a moment") };
    let found = |_: &_, _: &_, _: &_, _: &_, publication: &shirube::statistics::Publication| {
        let group = publication.groups.keys().next()?.clone();
        Some(Find { survey: publication.survey.clone(), group, fewer_than: 5 })
    };
    let stopped = pipeline::collect_watched(&loaded.catalog, &*served.store, today, &found).expect_err("a find");
    let said = format!("{stopped:#}");
    assert!(said.contains("talk") && said.contains("everybody") && said.contains('5'), "{said}");
    // Nothing was entered of it, so nothing counts as shown
    assert!(served.store.ledger("talk").expect("a store").is_empty());
    pipeline::collect(&loaded.catalog, &*served.store, today).expect("a collection");
    assert!(!served.store.ledger("talk").expect("a store").is_empty());
}
