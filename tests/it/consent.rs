//! Consent: asked for before the first question, kept as the version of its wording, exported as an attribute is.

use crate::loop_project::{Project, Served};
use crate::serve::{run, said};
use shirube::exchange::release::Release;
use shirube::exchange::responses_in::{self, Reading};
use shirube::exchange::{Style, answer_file, codebook, responses_csv};
use shirube::language::Day;
use shirube::survey::consent::is_version;
use shirube::survey::{Answer, Batch, Survey, Value};
use std::collections::BTreeMap;

pub(crate) const SURVEY: &str = "
title: {ja: 声, en: Voices}
lead: {ja: 二ページあります。, en: Two pages.}
minutes: 2
mode: anonymous
publish: rolling
k: 3
purpose: {ja: 試すためです。, en: To try things.}
consent:
  text:
    ja: |
      回答は、**研修**の見直しに使います。

      - 集計は公開します。
      - 書いた文は[約束](page:about)のとおりに扱います。
    en: |
      We use your answers to improve the **course**.

      - Totals are published.
      - Texts are kept as [promised](page:about).
pages:
  - id: one
    questions:
      - id: mood
        kind: single_choice
        text: {ja: 気分は。, en: Your mood?}
        need: required
        choices: [{id: good, text: {ja: よい, en: Good}}, {id: bad, text: {ja: わるい, en: Bad}}]
  - id: two
    questions:
      - {id: why, kind: short_text, text: {ja: ひとこと。, en: A word.}}
";

const VOICES: &str = "/surveys/voices.html";

fn project(survey: &str) -> Project {
    let project = Project::small();
    project.write("content/surveys/voices.yaml", survey);
    project.edit("content/sites/small.yaml", "surveys: [every,", "surveys: [voices, every,");
    project
}

fn survey(project: &Project) -> Survey {
    shirube::pipeline::load(project.root()).expect("content").catalog.surveys["voices"].clone()
}

fn version(served: &Served) -> String {
    served.stage.shelf().expect("a shelf").catalog.surveys["voices"].consent.as_ref().expect("a consent").version()
}

/// What the batches hold of the consent, sorted.
fn kept(served: &Served) -> Vec<String> {
    served.store.close_batch("voices", &["why".to_owned()].into(), 1).expect("a batch");
    let mut all: Vec<String> = served
        .store
        .batches("voices")
        .expect("batches")
        .iter()
        .flat_map(|batch| batch.columns["consent"].clone())
        .map(|answer| match answer {
            Answer::Given(Value::Choice(version)) => version,
            other => format!("{other:?}"),
        })
        .collect();
    all.sort_unstable();
    all
}

#[test]
fn nobody_gets_past_the_first_page_without_it() {
    let served = Served::of(project(SURVEY));
    let version = version(&served);
    assert!(is_version(&version), "{version}");
    let mut visitor = served.visit(VOICES);
    let text =
        ["回答は、<strong>研修</strong>の見直しに使います。", "<li>集計は公開します。</li>", "about.html", "上の説明を読み、同意します"];
    for words in text {
        assert!(visitor.page.contains(words), "{words}: {}", visitor.page);
    }
    assert!(visitor.page.contains("同意した文面の版です。名前"), "the promise says what is kept: {}", visitor.page);
    // Unticked: named in the list of faults beside the question without an answer, and what was typed is kept
    visitor.press("next");
    assert_eq!((visitor.status, visitor.complaints()), (422, vec!["q-consent".to_owned(), "q-mood".to_owned()]));
    assert!(visitor.page.contains("「同意」— 説明を読み、同意する欄に印を付けてください。"), "{}", visitor.page);
    assert!(visitor.page.contains("<li>集計は公開します。</li>"), "the text stays in sight");
    visitor.set("mood", "good").press("next");
    assert_eq!((visitor.status, visitor.complaints()), (422, vec!["q-consent".to_owned()]));
    // Ticked: the box travels on, is seen in both languages, at the review, and on the way back
    visitor.set("consent", &version).press("next");
    assert_eq!((visitor.status, visitor.has("consent"), visitor.value("consent")), (200, false, Some(version.as_str())));
    visitor.submit_to("/en/surveys/voices.html", "stay");
    visitor.submit_to(VOICES, "next");
    assert!(visitor.page.contains("<dt>同意</dt><dd>上の説明を読み、同意します</dd>"), "{}", visitor.page);
    visitor.press("page:one");
    assert_eq!((visitor.has("consent"), visitor.value("consent")), (true, Some(version.as_str())), "ticked as before");
    visitor.press("next").press("next").press("send");
    assert_eq!(visitor.location.as_deref(), Some("/surveys/voices/thanks.html"), "{}", visitor.page);
    assert!(served.visit("/surveys/voices/thanks.html").page.contains("あなたの答え、同意した文面の版"));
    assert_eq!(kept(&served), [version]);
}

#[test]
fn the_server_asks_again_whatever_a_browser_sends() {
    let served = Served::of(project(SURVEY));
    for forged in [None, Some(""), Some(" "), Some("yes"), Some("v00000000")] {
        let mut visitor = served.visit(VOICES);
        visitor.set("mood", "good");
        visitor.fields.retain(|(name, _)| name != "consent" && name != "_shown");
        if let Some(forged) = forged {
            visitor.forge("consent", forged);
        }
        visitor.submit("send");
        assert_eq!((visitor.status, visitor.complaints()), (422, vec!["q-consent".to_owned()]), "{forged:?}");
        assert!(visitor.has("consent") && visitor.value("consent").is_none(), "the first page, unticked");
    }
    // Nor can somebody go to the second page straight away
    let mut visitor = served.visit(VOICES);
    visitor.forge("_page", "two").forge("_shown", "why").forge("mood", "good").submit("next");
    assert_eq!((visitor.status, visitor.has("consent")), (422, true), "{}", visitor.page);
    assert_eq!(served.stored("voices"), 0);
}

#[test]
fn whoever_does_not_agree_leaves_and_nothing_is_kept() {
    let served = Served::of(project(SURVEY));
    let mut visitor = served.visit(VOICES);
    visitor.set("mood", "bad").press("leave");
    for words in ["同意なしで終わりました。", "何も保存していません"] {
        assert!(visitor.page.contains(words), "{words}: {}", visitor.page);
    }
    assert_eq!((visitor.status, visitor.fields.len(), served.stored("voices")), (200, 0, 0));
    let english = served.visit("/en/surveys/voices.html");
    assert!(english.page.contains("Leave without agreeing") && english.page.contains("I have read this and agree"), "{}", english.page);
}

#[test]
fn where_it_is_not_required_people_answer_without_it_and_that_is_kept_apart() {
    let survey = SURVEY.replace("consent:\n", "consent:\n  required: false\n  label: {ja: 使ってよい, en: You may use them}\n");
    let served = Served::of(project(&survey));
    let version = version(&served);
    for ticks in [true, false, true] {
        let mut visitor = served.visit(VOICES);
        assert!(!visitor.page.contains("value=\"leave\""), "there is nothing to leave");
        assert!(visitor.page.contains("同意しなくても、答えられます。") && visitor.page.contains("使ってよい"), "{}", visitor.page);
        if ticks {
            visitor.set("consent", &version);
        }
        visitor.set("mood", "good").press("next").press("next");
        assert!(visitor.page.contains(if ticks { "<dd>使ってよい</dd>" } else { "（答えなし）" }), "{}", visitor.page);
        visitor.press("send");
        assert_eq!(visitor.status, 303);
    }
    assert_eq!(kept(&served), ["Skipped".to_owned(), version.clone(), version]);
}

/// The author mends the text while somebody has the form open: nobody agrees to what was not there to read.
#[test]
fn a_new_wording_is_a_new_version_and_is_asked_for_anew() {
    let served = Served::of(project(SURVEY));
    let old = version(&served);
    let send = |served: &Served, version: &str| {
        let mut visitor = served.visit(VOICES);
        visitor.set("consent", version).set("mood", "good").press("next").press("next").press("send");
        assert_eq!(visitor.status, 303, "{}", visitor.page);
    };
    for _ in 0..2 {
        send(&served, &old);
    }
    let mut open = served.visit(VOICES);
    open.set("consent", &old).set("mood", "bad").press("next");
    // A line broken elsewhere is no new wording
    served.project.edit("content/surveys/voices.yaml", "We use your answers to", "We use your answers\n      to");
    served.project.edit("content/surveys/voices.yaml", "集計は公開します。", "集計は公開しません。");
    served.rebuilder.tell(shirube::server::rebuild::Reason::Content);
    served.until("the new wording", |served| version(served) != old);
    let new = version(&served);
    open.press("next");
    assert_eq!((open.status, open.complaints()), (422, vec!["q-consent".to_owned()]), "{}", open.page);
    assert!(open.page.contains("文面が、開いたあとに変わりました") && open.page.contains("集計は公開しません。"), "{}", open.page);
    assert_eq!(open.value("mood"), Some("bad"), "what was typed stays");
    open.set("consent", &new).press("next").press("next").press("send");
    assert_eq!(open.status, 303, "{}", open.page);
    for _ in 0..3 {
        send(&served, &new);
    }
    assert_eq!(kept(&served), {
        let mut all = vec![old.clone(), old.clone(), new.clone(), new.clone(), new.clone(), new.clone()];
        all.sort_unstable();
        all
    });

    // Few people share the old version: whoever gets the rows must not find those who came first
    let shelf = served.stage.shelf().expect("a shelf");
    let survey = &shelf.catalog.surveys["voices"];
    let batches = served.store.batches("voices").expect("batches");
    let release = Release::of(survey, &batches);
    let rows = responses_csv::rows(&release, Style::CODES);
    assert!(!rows.contains(&old) && !rows.contains(&new) && rows.starts_with("consent,mood\r\n_withheld,"), "{rows}");
    assert!(codebook::json(&release).contains(&new), "the codebook says what a version is");
    // What status tells, in steps and only of groups
    let status = run(&served.project, &["status", "--lang", "en"]);
    let told = String::from_utf8_lossy(&status.stdout).into_owned();
    assert!(told.contains(&format!("consent {new} (present wording): 3 or more")), "{told}");
    assert!(told.contains(&format!("consent {old}: fewer than 3")), "{told}");
}

#[test]
fn versions_that_enough_people_share_leave_and_come_back() {
    let project = project(SURVEY);
    let survey = survey(&project);
    let version = survey.consent.as_ref().expect("a consent").version();
    let row = |version: &str| format!("{version},good,x");
    let csv =
        [vec!["consent,mood,why".to_owned()], vec![row(&version); 4], vec![row("v0123abcd"); 3], vec![row("")], vec![row("_skipped"); 3]]
            .concat();
    let today = Day::parse("2026-11-20").expect("a day");
    let read = responses_in::read(&survey, "a.csv", csv.join("\n").as_bytes(), Reading::default(), today);
    assert!(!read.diagnostics.has_errors(), "{:?}", read.diagnostics);
    let found: BTreeMap<String, usize> = read.responses.iter().fold(BTreeMap::new(), |mut all, response| {
        *all.entry(format!("{:?}", response.answers["consent"])).or_default() += 1;
        all
    });
    let of = |version: &str| format!("{:?}", Answer::Given(Value::Choice(version.into())));
    assert_eq!(found, BTreeMap::from([(of(&version), 4), (of("v0123abcd"), 3), ("NotShown".into(), 1), ("Skipped".into(), 3)]));
    let cells: Vec<Answer> = read.responses.iter().map(|response| response.answers["consent"].clone()).collect();
    let mood = vec![Answer::Given(Value::Choice("good".into())); cells.len()];
    let columns = BTreeMap::from([("consent".to_owned(), cells.into()), ("mood".to_owned(), mood.into())]);
    let batch = Batch { survey: "voices".into(), revision: 1, number: 1, n: 11, columns, ..Batch::default() };
    let release = Release::of(&survey, std::slice::from_ref(&batch));
    let rows = responses_csv::rows(&release, Style::CODES);
    // One person's alone, and with it the smallest group, so that it cannot be told which is which
    assert_eq!(rows.matches("_withheld").count(), 4, "{rows}");
    assert_eq!(rows.matches(&version).count(), 4, "{rows}");
    assert!(release.retired.contains("consent.v0123abcd") || !rows.contains("v0123abcd"), "an earlier wording is marked as such");
}

#[test]
fn a_saved_sheet_keeps_the_version_that_was_agreed_to() {
    let project = project(SURVEY);
    let survey = survey(&project);
    let sheet = |consent: &str| {
        format!(
            r#"{{"format":"shirube-answer","version":1,"survey":"voices","revision":1,"sheet":"{}","answers":{{{consent}"mood":["good"]}}}}"#,
            "0".repeat(32)
        )
    };
    let read = |consent: &str| answer_file::read(&survey, "a.json", sheet(consent).as_bytes(), Day::parse("2026-11-20").expect("a day"));
    let earlier = read(r#""consent":["v0123abcd"],"#).expect("an earlier wording");
    assert_eq!(earlier.response.answers["consent"], Answer::Given(Value::Choice("v0123abcd".into())));
    for refused in ["", r#""consent":[""],"#, r#""consent":["yes"],"#] {
        assert!(read(refused).is_err(), "{refused}");
    }
}

#[test]
fn the_data_sheet_prints_the_text_and_its_version() {
    let project = project(SURVEY);
    let to = project.path("sheet");
    let run = run(&project, &["datasheet", "voices", "--to", to.to_str().expect("a path")]);
    assert!(run.status.success(), "{}", said(&run));
    let version = survey(&project).consent.as_ref().expect("a consent").version();
    let ja = project.read("sheet/data-sheet-voices.ja.html");
    for words in [
        &version,
        "同意の文面",
        "回答は、研修の見直しに使います。",
        "集計は公開します。",
        "☐ 上の説明を読み、同意します",
        "同意しない人は答えられません",
    ] {
        assert!(ja.contains(words), "{words}: {ja}");
    }
    let en = project.read("sheet/data-sheet-voices.en.html");
    for words in [&version, "The text people agree to", "Totals are published.", "Versions that few people share are blanked"] {
        assert!(en.contains(words), "{words}: {en}");
    }
}
