//! What a form makes of a person's own answers and sheet: answers in later texts, orders of one's own. Without scripts.

use crate::loop_project::{Project, Served, Visitor};
use std::collections::BTreeSet;

const SURVEY: &str = "
title: {ja: 自分の席, en: Your seat}
lead: {ja: 三ページあります。, en: Three pages.}
minutes: 2
mode: anonymous
publish: rolling
purpose: {ja: 試すためです。, en: To try things.}
thanks: {ja: ありがとうございました。, en: Thank you.}
pages:
  - id: one
    questions:
      - {id: nickname, kind: short_text, text: {ja: 何とお呼びしますか。, en: What shall we call you?}, need: declinable, max_length: 200}
      - id: team
        kind: single_choice
        text: {ja: 部署はどこですか。, en: Your team?}
        need: required
        choices: [{id: sales, text: {ja: 営業*部*, en: '*Sales*'}}, {id: works, text: {ja: 工場, en: Works}}]
        other: {ja: そのほか, en: Another}
      - id: fruit
        kind: multiple_choice
        text: {ja: 好きな果物は。, en: Which fruit?}
        order: random
        choices:
          - {id: apple, text: りんご}
          - {id: pear, text: なし}
          - {id: plum, text: すもも}
          - {id: peach, text: もも}
          - {id: fig, text: いちじく, pin: true}
          - {id: none, text: {ja: どれも, en: None}, exclusive: true}
        other: {ja: そのほか, en: Another}
      - {id: years, kind: number, text: {ja: 何年めですか。, en: How many years?}}
      - {id: since, kind: date, text: {ja: いつからですか。, en: Since when?}}
      - {id: machine, kind: short_text, text: {ja: 機械は。, en: Machine?}, show_if: team = 'works'}
  - id: two
    title: {ja: '{{nickname | あなた}}さんの席', en: 'The seat of {{nickname | you}}'}
    lead: {ja: '{{team | 部署}}の{{machine | 道具}}について。', en: 'On {{team | your team}} and {{machine | tools}}.'}
    order: random
    questions:
      - id: seat
        kind: short_text
        text: {ja: '{{years | 何}}年めの**{{nickname | あなた}}**に、{{fruit | 果物}}は要りますか。', en: '{{nickname | you}}: {{fruit | fruit}}?'}
        hint: {ja: '{{since | そのころ}}のこと。', en: 'Since {{since | then}}.'}
        need: required
        pin: true
      - {id: a, kind: short_text, text: A}
      - {id: b, kind: short_text, text: B}
      - {id: c, kind: short_text, text: C}
      - {id: d, kind: short_text, text: D}
  - id: three
    questions:
      - id: rooms
        kind: grid
        text: {ja: 部屋はどうですか。, en: The rooms?}
        points: 3
        ends: [{ja: わるい, en: Bad}, {ja: よい, en: Good}]
        order: random
        rows: [{id: big, text: 大}, {id: mid, text: 中}, {id: small, text: 小}, {id: all, text: 全体, pin: true}]
";

fn served() -> Served {
    let project = Project::small();
    project.write("content/surveys/seat.yaml", SURVEY);
    project.edit("content/sites/small.yaml", "surveys: [every,", "surveys: [seat, every,");
    Served::of(project)
}

const SEAT: &str = "/surveys/seat.html";

/// What stands between the first `before` and the next `after`.
fn between<'p>(page: &'p str, before: &str, after: &str) -> &'p str {
    page.split_once(before).and_then(|(_, rest)| rest.split_once(after)).map_or("", |(inside, _)| inside)
}

#[test]
fn answers_stand_in_later_texts_in_the_language_of_the_reader() {
    let served = served();
    let mut visitor = served.visit(SEAT);
    visitor.set("nickname", "みどり").set("team", "sales").tick("fruit", "plum").tick("fruit", "apple");
    visitor.set("years", "３").set("since", "2024-04-01").press("next");
    assert!(visitor.page.contains("<h1>みどりさんの席</h1>"), "{}", visitor.page);
    assert!(visitor.page.contains("営業部の道具について。"), "the label without its markup; what was not asked: {}", visitor.page);
    assert!(visitor.page.contains("3年めの<strong>みどり</strong>に、りんご、すももは要りますか。"), "{}", visitor.page);
    assert!(visitor.page.contains("2024年4月1日（月）のこと。"), "{}", visitor.page);
    // The same page in the other language: labels change, what was typed stays
    visitor.submit_to("/en/surveys/seat.html", "stay");
    assert!(visitor.page.contains("<h1>The seat of みどり</h1>"), "{}", visitor.page);
    assert!(visitor.page.contains("On Sales and tools.") && visitor.page.contains("Since Monday 1 April 2024."), "{}", visitor.page);
    // A complaint and the review say it as the question did
    visitor.submit_to(SEAT, "next");
    assert_eq!((visitor.status, visitor.complaints()), (422, vec!["q-seat".to_owned()]));
    assert!(between(&visitor.page, "id=\"faults\"", "</div>").contains("3年めのみどりに"), "{}", visitor.page);
    visitor.set("seat", "はい").press("next").press("next");
    assert!(visitor.page.contains("<dt>3年めのみどりに、りんご、すももは要りますか。</dt>"), "{}", visitor.page);
    visitor.press("send");
    assert_eq!(visitor.status, 303, "{}", visitor.page);
}

#[test]
fn without_an_answer_other_words_stand_there() {
    let served = served();
    let mut visitor = served.visit(SEAT);
    visitor.set("nickname.declined", "yes").set("team", "other").set("team_other", "研究").press("next");
    assert!(visitor.page.contains("<h1>あなたさんの席</h1>"), "declined: {}", visitor.page);
    assert!(visitor.page.contains("研究の道具について。"), "what was written beside other: {}", visitor.page);
    assert!(visitor.page.contains("何年めの<strong>あなた</strong>に、果物は要りますか。"), "skipped: {}", visitor.page);
    // An answer that ends hidden is not there any more, though its field was sent
    let mut visitor = served.visit(SEAT);
    visitor.set("nickname", "x").set("team", "sales").forge("machine", "旋盤").press("next");
    assert!(visitor.page.contains("営業部の道具について。"), "{}", visitor.page);
}

#[test]
fn whatever_is_typed_is_words() {
    let served = served();
    for typed in ["<script>alert(1)</script>", "**x** [y](javascript:z) `w`", "{{team | x}} {{ team }}", "&lt;b&gt;", "\"><img src=x>"] {
        let mut visitor = served.visit(SEAT);
        visitor.set("nickname", typed).set("team", "sales").press("next");
        let escaped = typed.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;");
        let title = between(&visitor.page, "<h1>", "さんの席</h1>").replace("&quot;", "\"").replace("&#39;", "'");
        assert_eq!(title, escaped, "{typed}");
        assert!(!visitor.page.contains("<script>") && !visitor.page.contains("<img") && !visitor.page.contains("javascript:z\""));
    }
    let mut visitor = served.visit(SEAT);
    visitor.set("nickname", &"長".repeat(200)).set("team", "sales").press("next");
    assert_eq!(between(&visitor.page, "<h1>", "さんの席</h1>"), format!("{}…", "長".repeat(80)), "a long text is cut");
}

/// Reports, figures, codebooks and exports are made of the survey's own texts: there the words that stand in stand.
#[test]
fn what_is_published_holds_the_words_that_stand_in() {
    let served = served();
    let shelf = served.stage.shelf().expect("a shelf");
    let survey = &shelf.catalog.surveys["seat"];
    for variable in survey.variables() {
        assert!(!variable.label.in_language(shirube::language::Language::Japanese).contains("{{"), "{variable:?}");
    }
    let asked = survey.question("seat").expect("a question").text.in_language(shirube::language::Language::Japanese);
    assert_eq!(asked, "何年めの**あなた**に、果物は要りますか。");
    for (path, bytes) in served.project.output() {
        for text in texts(&path, bytes) {
            assert!(!text.contains("{{"), "{path}");
        }
    }
}

/// What can be read in a file: a workbook is packed.
fn texts(path: &str, bytes: Vec<u8>) -> Vec<String> {
    if !path.ends_with(".xlsx") {
        return vec![String::from_utf8_lossy(&bytes).into_owned()];
    }
    let mut archive = zip::ZipArchive::new(std::io::Cursor::new(bytes)).expect("a workbook is a zip");
    let mut texts = Vec::new();
    for index in 0..archive.len() {
        let mut text = String::new();
        std::io::Read::read_to_string(&mut archive.by_index(index).expect("a part"), &mut text).expect("text");
        texts.push(text);
    }
    texts
}

/// The order of the values of the choices of a field.
fn order(page: &str, name: &str) -> String {
    let before = format!(" name=\"{name}\" value=\"");
    let values = page.split(&before).skip(1).filter_map(|rest| rest.split('"').next());
    values.collect::<Vec<_>>().join(" ")
}

/// The order in which text fields stand on a page.
fn fields(page: &str) -> String {
    let names = page.split("<input class=\"field\" type=\"text\"").skip(1).map(|rest| between(rest, " name=\"", "\""));
    names.collect::<Vec<_>>().join(" ")
}

fn rows(page: &str) -> String {
    let ids = page.split("<div class=\"grid-row").skip(1).map(|rest| between(rest, "id=\"q-rooms_", "\""));
    ids.collect::<Vec<_>>().join(" ")
}

#[test]
fn each_sheet_has_orders_of_its_own_and_keeps_them() {
    let served = served();
    let mut seen: [BTreeSet<String>; 3] = Default::default();
    for _ in 0..24 {
        let mut visitor = served.visit(SEAT);
        let fruit = order(&visitor.page, "fruit");
        assert!(fruit.ends_with("fig none other"), "pinned, exclusive and other keep their places: {fruit}");
        assert_eq!(order(&visitor.page, "team"), "sales works other", "what is not random stays");
        let fill = |visitor: &mut Visitor<'_>| {
            visitor.set("team", "sales").set("nickname", "x").press("next");
        };
        // Refused, in another language, back again: the same order every time
        visitor.submit("next");
        assert_eq!((visitor.status, order(&visitor.page, "fruit")), (422, fruit.clone()));
        visitor.submit_to("/en/surveys/seat.html", "stay");
        assert_eq!(order(&visitor.page, "fruit"), fruit);
        visitor.submit_to(SEAT, "stay");
        fill(&mut visitor);
        let questions = fields(&visitor.page);
        assert!(questions.starts_with("seat "), "{questions}");
        visitor.press("back");
        assert_eq!(order(&visitor.page, "fruit"), fruit);
        fill(&mut visitor);
        assert_eq!(fields(&visitor.page), questions);
        visitor.set("seat", "y").press("next");
        let grid = rows(&visitor.page);
        assert!(grid.ends_with(" all"), "{grid}");
        for (seen, order) in seen.iter_mut().zip([fruit, questions, grid]) {
            seen.insert(order);
        }
    }
    // Four, four and three things in random order: 24 sheets that agree would be a miracle
    assert!(seen.iter().all(|seen| seen.len() >= 3), "{seen:?}");
}

/// What was seen in which order is nobody's business: two sheets with the same answers leave the same rows, wherever things stood.
#[test]
fn the_order_leaves_no_trace_in_what_is_kept() {
    let served = served();
    for _ in 0..5 {
        let mut visitor = served.visit(SEAT);
        visitor.set("team", "sales").set("nickname.declined", "yes").tick("fruit", "peach").tick("fruit", "apple").press("next");
        visitor.set("seat", "y").press("next").set("rooms_big", "2").press("next").press("send");
        assert_eq!(visitor.status, 303);
    }
    served.until("five answers make a batch", |served| served.store.batches("seat").is_ok_and(|batches| !batches.is_empty()));
    let batches = served.store.batches("seat").expect("batches");
    for (variable, column) in &batches[0].columns {
        assert!(column.iter().all(|answer| *answer == column[0]), "{variable}: {column:?}");
    }
    let known: BTreeSet<String> =
        served.stage.shelf().expect("a shelf").catalog.surveys["seat"].variables().into_iter().map(|one| one.id).collect();
    let kept: BTreeSet<String> = batches[0].columns.keys().chain(batches[0].texts.keys()).cloned().collect();
    assert!(kept.is_subset(&known), "{kept:?}");
}

#[test]
fn a_built_page_stands_in_the_order_of_the_author() {
    let served = served();
    let built = String::from_utf8(served.project.output()["small/surveys/seat.html"].clone()).expect("text");
    assert_eq!(order(&built, "fruit"), "apple pear plum peach fig none other");
}
