//! A code of one's own: read the same however it is typed, kept beside the answers and nowhere else, shown to nobody but its person.

use crate::loop_project::{Project, Served, text};
use crate::serve::{run, said};
use shirube::exchange::release::Release;
use shirube::exchange::responses_in::{self, Reading};
use shirube::exchange::{Style, codebook, json_lines, responses_csv, spss};
use shirube::language::{Day, Language};
use shirube::pipeline;
use shirube::server::terms;
use shirube::survey::{Answer, Batch, Measure, Survey, Value};
use std::collections::BTreeMap;

const SURVEY: &str = "
title: {ja: 前と後, en: Before and after}
lead: {ja: 二ページあります。, en: Two pages.}
minutes: 2
mode: pseudonymous
code:
  parts:
    - {ja: 学校の名前の最初の2文字, en: Two letters of your school}
    - {ja: 生まれた日, en: The day you were born on}
  example: さく07
  pattern: AA99
publish: rolling
k: 3
purpose: {ja: 試すためです。, en: To try things.}
pages:
  - id: one
    questions:
      - id: moment
        kind: single_choice
        text: {ja: 前ですか、後ですか。, en: Before or after?}
        need: required
        choices: [{id: before, text: {ja: 前, en: Before}}, {id: after, text: {ja: 後, en: After}}]
  - id: two
    questions:
      - {id: why, kind: short_text, text: {ja: ひとこと。, en: A word.}}
";

const PAIR: &str = "/surveys/pair.html";

fn project(survey: &str) -> Project {
    let project = Project::small();
    project.write("content/surveys/pair.yaml", survey);
    project.edit("content/sites/small.yaml", "surveys: [every,", "surveys: [pair, every,");
    let report = project.read("content/reports/every.yaml");
    assert!(report.contains("survey: every"));
    project
}

fn send(served: &Served, code: &str, moment: &str, why: &str) {
    let mut visitor = served.visit(PAIR);
    visitor.set("own_code", code).set("moment", moment).press("next").set("why", why).press("next").press("send");
    assert_eq!(visitor.status, 303, "{}", visitor.page);
}

fn batches(served: &Served) -> Vec<Batch> {
    let shelf = served.stage.shelf().expect("a shelf");
    served.store.close_batch("pair", &shelf.catalog.surveys["pair"].text_variables(), 1).expect("a batch");
    served.store.batches("pair").expect("batches")
}

fn survey(served: &Served) -> Survey {
    served.stage.shelf().expect("a shelf").catalog.surveys["pair"].clone()
}

#[test]
fn it_is_asked_for_explained_checked_and_shown_back() {
    let served = Served::of(project(SURVEY));
    let mut visitor = served.visit(PAIR);
    let lines = [
        "学校の名前の最初の2文字",
        "生まれた日",
        "見本：さく07",
        "文字2字、数字2字をこの順に。",
        "一人ひとりの回答も合いことばも、どの画面にも出ません",
        "答えと、あなたの合いことばです。",
        "合いことばを知っている人や、作り方から言い当てられる人がその表を見れば",
    ];
    for words in lines {
        assert!(visitor.page.contains(words), "{words}: {}", visitor.page);
    }
    assert!(!visitor.page.contains("無記名です"), "the promise of another mode");
    for (typed, complaint) in [
        ("", "合いことばを入れてください。"),
        ("さく0", "文字2字、数字2字をこの順に並べてください。"),
        ("さく07！", "文字と数字だけを使ってください。"),
        ("x@example.com", "文字と数字だけを使ってください。"),
        ("ささささささささささささささささささささささささささささささささささささ", "32字までです。いまは36字あります。"),
    ] {
        visitor.set("own_code", typed).set("moment", "before").press("next");
        assert_eq!((visitor.status, visitor.complaints()), (422, vec!["q-own_code".to_owned()]), "{typed}");
        assert!(visitor.page.contains(&format!("「あなたの合いことば」— {complaint}")), "{typed}: {}", visitor.page);
        assert_eq!(visitor.value("own_code"), Some(typed), "what was typed stays there to be mended");
    }
    visitor.set("own_code", " さく-０７ ").press("next");
    assert_eq!((visitor.status, visitor.has("own_code")), (200, false), "{}", visitor.page);
    visitor.press("next");
    assert!(visitor.page.contains("<dt>あなたの合いことば</dt><dd>さく07</dd>"), "as it will be kept: {}", visitor.page);
    visitor.press("page:one");
    assert_eq!(visitor.value("own_code"), Some(" さく-０７ "));
    visitor.press("next").press("next").press("send");
    assert_eq!(visitor.location.as_deref(), Some("/surveys/pair/thanks.html"));
    let thanks = served.visit("/surveys/pair/thanks.html").page;
    assert!(thanks.contains("あなたの答え、あなたの合いことば") && thanks.contains("控えは送りません"), "{thanks}");
    let columns = &batches(&served)[0].columns;
    assert_eq!(columns["own_code"], [Answer::Given(Value::Choice("さく07".into()))]);
    let english = served.visit("/en/surveys/pair.html").page;
    for words in ["Two letters of your school", "It has 2 letters, 2 digits, in this order.", "No names are asked. No screen shows"] {
        assert!(english.contains(words), "{words}: {english}");
    }
}

/// Codes that stand nowhere else, so that a search for them is a proof.
const CODES: [&str; 6] = ["ぬゑ91", "ゐを82", "XQ73", "ZV64", "ヱヰ55", "鷲鷹46"];

#[test]
fn no_page_figure_list_or_log_shows_a_code() {
    let served = Served::of(project(SURVEY));
    for (n, code) in CODES.iter().enumerate() {
        // Twelve sheets, so that words are released to the presenter
        for moment in ["before", "after"] {
            send(&served, code, moment, &format!("ことば {n} {moment}"));
        }
        if n % 2 == 1 {
            let expected = 2 * (n as u64 + 1);
            served.until("a batch", |served| {
                served.store.batches("pair").expect("batches").iter().map(|batch| batch.n).sum::<u64>() + served.waiting("pair") == expected
            });
        }
    }
    served.store.close_batch("pair", &survey(&served).text_variables(), 1).expect("a batch");
    served.rebuilder.tell(shirube::server::rebuild::Reason::Content);
    served.until("figures", |served| served.stage.shelf().is_some_and(|shelf| shelf.answers.published["pair"].shown >= 9));
    let shelf = served.stage.shelf().expect("a shelf");
    let mut said_somewhere: Vec<(String, String)> =
        served.project.output().into_iter().map(|(name, bytes)| (name, String::from_utf8_lossy(&bytes).into_owned())).collect();
    said_somewhere.push(("what may be shown".into(), format!("{:?}", shelf.answers)));
    for target in ["/_desk", "/_room", "/_room/pair", "/_room/pair/words", PAIR, "/surveys/pair/thanks.html", "/reports/every.html"] {
        said_somewhere.push((target.into(), text(&served.get(target))));
    }
    for arguments in [&["status"][..], &["status", "--format", "json"], &["figures", "pair"], &["check"], &["doctor"]] {
        let run = run(&served.project, arguments);
        said_somewhere.push((format!("{arguments:?}"), format!("{}{}", String::from_utf8_lossy(&run.stdout), said(&run))));
    }
    let batches = served.store.batches("pair").expect("batches");
    let survey = survey(&served);
    let release = Release::of(&survey, &batches);
    said_somewhere.push(("codebook.json".into(), codebook::json(&release)));
    said_somewhere.push(("codebook.html".into(), codebook::page(&release)));
    said_somewhere.push(("texts.csv".into(), responses_csv::texts(&release)));
    assert!(release.retired.is_empty(), "{:?}", release.retired);
    for (name, all) in &said_somewhere {
        for code in CODES {
            assert!(!all.contains(code), "{name} shows the code {code}");
        }
    }
    assert!(batches.iter().all(|batch| !batch.texts.contains_key("own_code")), "no list of texts holds them");
    assert_eq!(batches.iter().map(|batch| batch.columns["own_code"].len()).sum::<usize>(), 12);
    // They leave with the rows, in every format, each beside its answers
    let rows = responses_csv::rows(&release, Style::CODES);
    let lines = json_lines::rows(&release);
    let table = spss::spss(&release, "pair.csv", Language::English);
    for code in CODES {
        assert_eq!(rows.matches(&format!("{code},before")).count(), 1, "{rows}");
        assert_eq!(rows.matches(&format!("{code},after")).count(), 1, "{rows}");
        assert_eq!(lines.matches(&format!("\"own_code\":\"{code}\"")).count(), 2, "{lines}");
        assert_eq!(table.table.matches(code).count(), 2, "{}", table.table);
        assert!(!table.syntax.contains(code));
    }
    assert!(table.syntax.contains("own_code A192") && !table.syntax.contains("MISSING VALUES own_code"), "{}", table.syntax);
}

#[test]
fn an_export_comes_back_as_it_went_and_what_is_no_code_is_refused() {
    let served = Served::of(project(SURVEY));
    for code in ["さく07", "AB12", "ab-12"] {
        send(&served, code, "before", "");
    }
    let survey = survey(&served);
    let release = Release::of(&survey, &batches(&served)).rows.len();
    assert_eq!(release, 3);
    let batches = batches(&served);
    let out = responses_csv::rows(&Release::of(&survey, &batches), Style::CODES);
    assert_eq!(out.matches("AB12,before").count(), 2, "two people, or one twice: nobody is refused for that");
    let today = Day::parse("2026-11-20").expect("a day");
    let read = |csv: &str| responses_in::read(&survey, "a.csv", csv.as_bytes(), Reading::default(), today);
    let back = read(&out);
    assert!(!back.diagnostics.has_errors(), "{:?}", back.diagnostics);
    let mut codes: Vec<Answer> = back.responses.iter().map(|response| response.answers["own_code"].clone()).collect();
    codes.sort_unstable();
    assert_eq!(codes, {
        let mut kept: Vec<Answer> = batches[0].columns["own_code"].iter().cloned().collect();
        kept.sort_unstable();
        kept
    });
    // From elsewhere: folded as the form folds it, refused as the form refuses it
    let folded = read("own_code,moment\nｓａ－０７,before\n");
    assert_eq!(folded.responses[0].answers["own_code"], Answer::Given(Value::Choice("SA07".into())));
    for refused in ["own_code,moment\n,before\n", "own_code,moment\nabc,before\n", "moment\nbefore\n"] {
        assert_eq!(read(refused).refused, 1, "{refused}");
    }
}

/// The rule of the codes is one of the terms: with another one, nobody's second sheet would find the first.
#[test]
fn the_rule_of_the_codes_is_fixed_by_the_first_answer() {
    let served = Served::of(project(SURVEY));
    send(&served, "さく07", "before", "");
    let first = terms(&survey(&served));
    assert_eq!(served.store.lock("pair").expect("a lock"), Some(first.clone()));
    assert_eq!((first.settings["mode"].as_str(), first.settings["code"].as_str()), ("pseudonymous", "pattern AA99"));
    served.project.edit("content/surveys/pair.yaml", "pattern: AA99", "pattern: AA999");
    served.project.edit("content/surveys/pair.yaml", "さく07", "さく071");
    served.rebuilder.tell(shirube::server::rebuild::Reason::Content);
    served.until("another rule", |served| terms(&survey(served)) != first);
    let mut visitor = served.visit(PAIR);
    visitor.set("own_code", "さく071").set("moment", "after").press("next").press("next").press("send");
    assert_eq!(visitor.status, 503);
    assert!(visitor.page.contains("回答の扱いが変わった"), "{}", visitor.page);
    // Other words for the same recipe are no other rule
    served.project.edit("content/surveys/pair.yaml", "pattern: AA999", "pattern: AA99");
    served.project.edit("content/surveys/pair.yaml", "さく071", "さく07");
    served.project.edit("content/surveys/pair.yaml", "学校の名前の最初の2文字", "初めて通った学校の名前の、最初の2文字");
    served.rebuilder.tell(shirube::server::rebuild::Reason::Content);
    served.until("the first rule", |served| served.get(PAIR).body().windows(9).any(|part| part == "初めて".as_bytes()));
    send(&served, "さく07", "after", "");
    assert_eq!(served.stored("pair"), 2);
}

/// Attributes that few share are blanked; the code stays, for it is what the rows are for.
#[test]
fn a_code_stays_where_attributes_are_withheld() {
    let with = SURVEY
        .replace("publish: rolling\n", "publish: rolling\naccess: invited\nattributes:\n  - {id: band, text: {ja: 年代, en: Band}}\n");
    let project = project(&with);
    let survey = pipeline::load(project.root()).expect("content").catalog.surveys["pair"].clone();
    let given = |code: &str| Answer::Given(Value::Choice(code.into()));
    let columns = BTreeMap::from([
        ("own_code".to_owned(), ["AA11", "BB22", "CC33", "DD44"].map(given).to_vec().into()),
        ("band".to_owned(), ["30", "30", "30", "60"].map(given).to_vec().into()),
        ("moment".to_owned(), vec![given("before"); 4].into()),
    ]);
    let batch = Batch { survey: "pair".into(), revision: 1, number: 1, n: 4, columns, ..Batch::default() };
    let rows = responses_csv::rows(&Release::of(&survey, &[batch]), Style::CODES);
    assert_eq!(rows.lines().collect::<Vec<_>>().len(), 5);
    for code in ["AA11", "BB22", "CC33", "DD44"] {
        assert!(rows.contains(&format!("{code},_withheld,before")), "{rows}");
    }
    let measures: Vec<(String, bool)> =
        survey.carried_variables().into_iter().map(|variable| (variable.id, variable.measure == Measure::Identity)).collect();
    assert_eq!(measures, [("own_code".to_owned(), true), ("band".to_owned(), false)]);
}

#[test]
fn the_data_sheet_says_what_a_code_is_worth() {
    let project = project(SURVEY);
    let to = project.path("sheet");
    assert!(run(&project, &["datasheet", "pair", "--to", to.to_str().expect("a path")]).status.success());
    let ja = project.read("sheet/data-sheet-pair.ja.html");
    for words in [
        "本人が決めた合いことばだけが付きます",
        "束にした回答。本人の合いことばが付きます",
        "合いことばの付いた表",
        "名前の代わりになりえます",
        "文字2字、数字2字",
    ] {
        assert!(ja.contains(words), "{words}: {ja}");
    }
    let en = project.read("sheet/data-sheet-pair.en.html");
    for words in ["A code can stand for a name.", "without names but with codes"] {
        assert!(en.contains(words), "{words}: {en}");
    }
}
