//! Quotas: never one too many, counted with the answer, told of groups alone.

use crate::loop_project::{Project, Served};
use crate::serve::{run, said};
use crate::store::{lock, response, submission, texts, ticket};
use shirube::store::{Claim, Faults, Receipt, Refusal, Step, Store, Submission, open, open_with};
use std::collections::BTreeMap;
use std::sync::{Arc, Barrier};

fn claim(quota: &str, limit: u64) -> Claim {
    Claim { quota: quota.into(), revision: 1, limit, people: 1 }
}

fn counting(person: u32, claims: &[Claim]) -> Submission {
    Submission { claims: claims.to_vec(), ..submission("pulse", person) }
}

fn full(quota: &str) -> Result<Receipt, Refusal> {
    Err(Refusal::Full { quota: quota.into() })
}

/// Everybody at once, several times each, from as many threads: exactly so many are taken, and every other is told why.
#[test]
fn however_many_come_at_once_no_more_than_the_limit_are_taken() {
    let folder = tempfile::tempdir().unwrap();
    let store = open(folder.path()).unwrap();
    let (threads, limit) = (48, 30);
    let start = Barrier::new(threads);
    let outcomes: Vec<_> = std::thread::scope(|scope| {
        let hands: Vec<_> = (0..threads as u32)
            .map(|thread| {
                let (store, start) = (&store, &start);
                scope.spawn(move || {
                    start.wait();
                    let mut outcomes = Vec::new();
                    for person in (0..4).map(|n| thread * 4 + n) {
                        // A third counts for nothing, and everybody sends twice
                        let claims = if person % 3 == 0 { vec![] } else { vec![claim("wide", 1_000), claim("tight", limit)] };
                        let first = store.submit(counting(person, &claims));
                        let second = store.submit(counting(person, &claims));
                        outcomes.push((person, first, second));
                    }
                    outcomes
                })
            })
            .collect();
        hands.into_iter().flat_map(|hand| hand.join().unwrap()).collect()
    });
    let (mut counted, mut free) = (0, 0);
    for (person, first, second) in outcomes {
        match (person % 3 == 0, first) {
            (true, first) => {
                assert_eq!((first, second), (Ok(Receipt::Stored), Ok(Receipt::AlreadyStored)));
                free += 1;
            }
            (false, Ok(receipt)) => {
                assert_eq!((receipt, second), (Receipt::Stored, Ok(Receipt::AlreadyStored)), "a full quota does not undo what was stored");
                counted += 1;
            }
            (false, first) => assert_eq!((first, second), (full("tight"), full("tight"))),
        }
    }
    assert_eq!((counted, free), (limit, 64));
    assert_eq!(store.waiting("pulse").unwrap(), limit + 64, "what was refused left no row");
    // Nor did it count for the quota that had room
    store.close_batch("pulse", &texts(), 5).unwrap();
    assert_eq!(store.quotas("pulse").unwrap(), BTreeMap::from([("tight".into(), limit), ("wide".into(), limit)]));
}

#[test]
fn what_is_refused_leaves_no_trace() {
    let folder = tempfile::tempdir().unwrap();
    let store = open(folder.path()).unwrap();
    let file: Vec<_> = (0..6).map(|person| response("pulse", person)).collect();
    let six = Claim { people: 6, ..claim("five", 5) };
    assert_eq!(store.import(file.clone(), ticket("pulse", 100), lock(), vec![six.clone()]), full("five"));
    assert_eq!((store.lock("pulse").unwrap(), store.waiting("pulse").unwrap()), (None, 0), "all rows or none, and no terms");
    // With more room the same file is taken: its ticket was not used up
    let room = Claim { limit: 10, ..six };
    assert_eq!(store.import(file, ticket("pulse", 100), lock(), vec![room]), Ok(Receipt::Stored));
    for person in 6..10 {
        assert_eq!(store.submit(counting(person, &[claim("five", 10)])), Ok(Receipt::Stored), "a table counts as sheets do");
    }
    assert_eq!(store.submit(counting(10, &[claim("five", 10)])), full("five"));
    // The author raises the limit, or lowers it
    assert_eq!(store.submit(counting(10, &[claim("five", 15)])), Ok(Receipt::Stored));
    assert_eq!(store.submit(counting(11, &[claim("five", 5)])), full("five"));
    assert_eq!(store.submit(counting(6, &[claim("five", 5)])), Ok(Receipt::AlreadyStored), "what stands, stands");
}

/// What the store tells moves with whole batches of k people or more, whoever looks how often.
#[test]
fn what_is_told_moves_with_batches_alone() {
    let folder = tempfile::tempdir().unwrap();
    let store = open(folder.path()).unwrap();
    let told = |store: &dyn Store| store.quotas("pulse").unwrap().get("all").copied().unwrap_or(0);
    for person in 0..4 {
        store.submit(counting(person, &[claim("all", 50)])).unwrap();
        assert!(store.close_batch("pulse", &texts(), 5).unwrap().is_empty());
        assert_eq!(told(&*store), 0, "{person}");
    }
    store.submit(counting(4, &[claim("all", 50)])).unwrap();
    assert_eq!(told(&*store), 0, "not before the batch is closed");
    store.close_batch("pulse", &texts(), 5).unwrap();
    assert_eq!(told(&*store), 5);
    // Another revision that waits is not told along
    let mut newer = counting(5, &[Claim { revision: 2, ..claim("all", 50) }]);
    newer.response.revision = 2;
    store.submit(newer).unwrap();
    for person in 10..15 {
        store.submit(counting(person, &[claim("all", 50)])).unwrap();
    }
    store.close_batch("pulse", &texts(), 5).unwrap();
    assert_eq!(told(&*store), 10);
    // The last remainder of fewer than k stays untold for good
    for person in 20..23 {
        store.submit(counting(person, &[claim("all", 50)])).unwrap();
    }
    assert_eq!(store.close_batch("pulse", &texts(), 1).unwrap().len(), 2, "one of each revision");
    assert_eq!(told(&*store), 10);
}

/// The count stands in the answer's own transaction: after a crash at any step of a closing, after a panic and on a full disk it
/// is that of what is stored.
#[test]
fn the_count_is_that_of_what_is_stored_whatever_breaks() {
    for step in Step::ALL {
        let folder = tempfile::tempdir().unwrap();
        let faults = Arc::new(Faults::default());
        let store = open_with(folder.path(), Arc::clone(&faults)).unwrap();
        for person in 0..7 {
            store.submit(counting(person, &[claim("ten", 10)])).unwrap();
        }
        faults.stop_after(Some(step));
        assert!(store.close_batch("pulse", &texts(), 5).is_err(), "{step:?}");
        drop(store);
        let again = open(folder.path()).unwrap();
        assert_eq!(again.quotas("pulse").unwrap()["ten"], 7, "{step:?}");
        for person in 7..12 {
            let expected = if person < 10 { Ok(Receipt::Stored) } else { full("ten") };
            assert_eq!(again.submit(counting(person, &[claim("ten", 10)])), expected, "{step:?}");
        }
    }
    let folder = tempfile::tempdir().unwrap();
    let faults = Arc::new(Faults::default());
    let store = open_with(folder.path(), Arc::clone(&faults)).unwrap();
    store.submit(counting(0, &[claim("many", 5_000)])).unwrap();
    faults.limit_pages(60);
    let file: Vec<_> = (0..4_000).map(|person| response("pulse", person)).collect();
    let all = Claim { people: 4_000, ..claim("many", 5_000) };
    assert!(store.import(file.clone(), ticket("pulse", 9_000), lock(), vec![all.clone()]).is_err(), "the disk is full");
    faults.limit_pages(0);
    assert_eq!(store.import(file, ticket("pulse", 9_000), lock(), vec![Claim { limit: 4_001, ..all }]), Ok(Receipt::Stored));
    assert_eq!(store.submit(counting(4_001, &[claim("many", 4_001)])), full("many"));
}

const SURVEY: &str = "
title: {ja: 見学会, en: The visit}
lead: {ja: 二ページあります。, en: Two pages.}
minutes: 2
mode: anonymous
publish: rolling
k: 3
purpose: {ja: 試すためです。, en: To try things.}
quotas:
  - id: works
    label: {ja: 工場の人, en: From the works}
    when: team = 'works' and not (years < 2)
    limit: 6
    message: {ja: 工場の方の席は、うまりました。, en: All seats for the works are taken.}
  - {id: everybody, limit: 12}
pages:
  - id: one
    questions:
      - id: team
        kind: single_choice
        text: {ja: 部署はどこですか。, en: Your team?}
        need: required
        choices: [{id: sales, text: {ja: 営業, en: Sales}}, {id: works, text: {ja: 工場, en: Works}}]
  - id: two
    questions:
      - {id: years, kind: number, text: {ja: 何年めですか。, en: How many years?}}
  - id: three
    questions:
      - {id: why, kind: short_text, text: {ja: ひとこと。, en: A word.}}
";

const VISIT: &str = "/surveys/visit.html";

fn project() -> Project {
    let project = Project::small();
    project.write("content/surveys/visit.yaml", SURVEY);
    project.edit("content/sites/small.yaml", "surveys: [every,", "surveys: [visit, every,");
    project
}

fn served() -> Served {
    Served::of(project())
}

/// What the person meets at each page, up to the end: headings and states.
fn go(served: &Served, team: &str, years: &str) -> Vec<String> {
    let heading = |page: &str| page.split_once("<h1>").and_then(|(_, rest)| rest.split_once("</h1>")).map_or("", |(one, _)| one).to_owned();
    let mut visitor = served.visit(VISIT);
    let mut met = Vec::new();
    for (name, value) in [("team", team), ("years", years), ("why", "")] {
        met.push(format!("{} {}", visitor.status, heading(&visitor.page)));
        if !visitor.has(name) {
            return met;
        }
        visitor.set(name, value).press("next");
    }
    met.push(format!("{} {}", visitor.status, heading(&visitor.page)));
    if visitor.page.contains("value=\"send\"") {
        visitor.press("send");
        met.push(visitor.location.clone().unwrap_or_else(|| format!("{} {}", visitor.status, heading(&visitor.page))));
    }
    met
}

/// Waits until so many answers stand in closed batches.
fn batched(served: &Served, n: u64) {
    served.until("a batch", |served| served.store.batches("visit").unwrap().iter().map(|batch| batch.n).sum::<u64>() == n);
}

#[test]
fn a_full_quota_has_its_page_as_early_as_may_be() {
    let served = served();
    let thanks = "/surveys/visit/thanks.html";
    let taken = |met: &[String]| met.last().map(String::as_str) == Some(thanks);
    for person in 1..=5 {
        assert!(taken(&go(&served, "works", "5")), "{person}");
        if person == 3 {
            batched(&served, 3);
        }
    }
    assert!(taken(&go(&served, "works", "1")), "counts for everybody, not for the works");
    assert_eq!(served.stored("visit"), 6);
    batched(&served, 6);
    assert!(taken(&go(&served, "works", "5")), "the sixth from the works");
    // Full, but for now only the store knows: whoever sends one too many is refused then, and nobody can look before
    let met = go(&served, "works", "5");
    assert_eq!(met.last().map(String::as_str), Some("403 定員に達しました。"), "{met:?}");
    assert_eq!(met.len(), 5, "no earlier than at the end: {met:?}");
    assert_eq!(served.stored("visit"), 7);
    // With the batch it may be told: after the page that decides it
    assert!(taken(&go(&served, "sales", "5")) && taken(&go(&served, "sales", "5")));
    batched(&served, 9);
    let met = go(&served, "works", "5");
    assert_eq!(met.last().map(String::as_str), Some("200 定員に達しました。"), "{met:?}");
    assert_eq!(met.len(), 3, "after the second page: {met:?}");
    assert!(taken(&go(&served, "works", "1")) && taken(&go(&served, "sales", "")), "others are taken as ever");
    assert!(taken(&go(&served, "sales", "9")));
    batched(&served, 12);
    // And a quota for everybody on the first page already
    let visitor = served.visit(VISIT);
    assert!(visitor.page.contains("定員に達しました。") && visitor.page.contains("何も保存していません"), "{}", visitor.page);
    assert_eq!(served.stored("visit"), 12);
}

#[test]
fn the_page_says_the_authors_words_and_that_nothing_was_kept() {
    let served = served();
    for n in [3, 6] {
        for _ in 0..3 {
            go(&served, "works", "5");
        }
        batched(&served, n);
    }
    let english = "/en/surveys/visit.html";
    let mut visitor = served.visit(english);
    visitor.set("team", "works").press("next").set("years", "３").press("next");
    for words in ["All seats for the works are taken.", "Nothing that was entered has been kept.", "<h1>There is no room left.</h1>"] {
        assert!(visitor.page.contains(words), "{words}: {}", visitor.page);
    }
    assert!(!visitor.page.contains("name=\"years\""), "nothing of the sheet travels on");
    assert!(served.visit(english).page.contains("Answers beyond the limit are not kept."), "the promise says it before anything is asked");
    // More room, and they are taken again
    served.project.edit("content/surveys/visit.yaml", "limit: 6", "limit: 9");
    served.rebuilder.tell(shirube::server::rebuild::Reason::Content);
    served.until("a new build", |served| served.stage.shelf().is_some_and(|shelf| shelf.catalog.surveys["visit"].quotas[0].limit == 9));
    assert_eq!(go(&served, "works", "5").last().map(String::as_str), Some("/surveys/visit/thanks.html"));
}

/// A table that does not fit is refused whole; of saved sheets those that fit are taken. Status tells it in steps.
#[test]
fn what_is_imported_counts_too() {
    let project = project();
    let out = |run: &std::process::Output| String::from_utf8_lossy(&run.stdout).into_owned();
    let table = |rows: usize| format!("team,years,why\n{}", "works,5,\n".repeat(rows));
    for (name, rows, taken) in [("many.csv", 7, false), ("some.csv", 5, true)] {
        project.write(name, table(rows));
        let path = project.path(name);
        let run = run(&project, &["import", "responses", "visit", path.to_str().expect("a path"), "--lang", "en"]);
        assert_eq!(run.status.success(), taken, "{}", said(&run));
        assert_eq!(said(&run).contains("the quota “works” has no room"), !taken, "{}", said(&run));
    }
    for sheet in 0..3 {
        let json = format!(
            r#"{{"format":"shirube-answer","version":1,"survey":"visit","revision":1,"sheet":"{sheet:032}","answers":{{"team":["works"]}}}}"#
        );
        project.write(&format!("sheets/{sheet}.json"), json);
    }
    let folder = project.path("sheets");
    let import = run(&project, &["import", "responses", "visit", folder.to_str().expect("a path"), "--format", "json"]);
    assert!(out(&import).contains(r#""taken":1,"already":0,"refused":2"#), "{}", out(&import));
    let status = |project: &Project| out(&run(project, &["status", "--lang", "en"]));
    assert!(status(&project).contains("quota works: 0 or more of 6 (in closed batches)"), "{}", status(&project));
    assert!(run(&project, &["build"]).status.success());
    let told = status(&project);
    for line in ["quota works: full, 6 answers", "quota everybody: 6 or more of 12 (in closed batches)"] {
        assert!(told.contains(line), "{told}");
    }
}

/// The attacker looks before and after every single answer: at every page that can be asked for without leaving an answer there,
/// and at what the operator sees. Nothing moves but with a whole batch.
#[test]
fn a_single_answer_moves_nothing_that_anybody_can_look_at() {
    let served = served();
    // What differs by itself from visit to visit is the sheet's own number
    let masked = |page: &str| {
        let mut out = String::new();
        for part in page.split("name=\"_sheet\" value=\"") {
            out += part.get(32..).filter(|_| !out.is_empty()).unwrap_or(part);
        }
        out
    };
    let look = |served: &Served| -> Vec<String> {
        let mut pages = Vec::new();
        for (team, years) in [("works", "5"), ("works", "1"), ("works", ""), ("sales", "5")] {
            let mut visitor = served.visit(VISIT);
            pages.push(masked(&visitor.page));
            for (name, value) in [("team", team), ("years", years), ("why", "x")] {
                if visitor.has(name) {
                    visitor.set(name, value).press("next");
                    pages.push(masked(&visitor.page));
                }
            }
        }
        pages.push(format!("{:?}", served.store.quotas("visit").unwrap()));
        pages
    };
    let mut moves = Vec::new();
    for person in 1..=9_u64 {
        let (before, whole) = (look(&served), person % 3 == 0);
        // The sixth from the works is the eighth person, in the middle of a batch
        go(&served, if [2, 4, 9].contains(&person) { "sales" } else { "works" }, "5");
        assert_eq!(served.stored("visit"), person);
        if whole {
            batched(&served, person);
            moves.push(look(&served) != before);
        } else {
            assert!(look(&served) == before, "the answer of person {person} alone can be seen");
        }
    }
    assert_eq!(moves.len(), 3);
    assert!(moves[2], "the batch in which the quota became full is seen");
}
