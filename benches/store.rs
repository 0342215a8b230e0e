//! What a durable answer costs, beside what the disk itself needs for a durable write.
//!
//! `cargo bench --bench store`. Raw appends of 4,120 bytes (a page and its frame header, the least that a log can write) with
//! fdatasync, and the store under 1, 32 and 256 submitters, take turns within each round, because a disk's speed changes from
//! one minute to the next: only the ratio of neighbours says something. Goals: 0.8 ×, 20 ×, 50 ×; p99 at 256 below 250 ms.
#![allow(clippy::print_stdout, missing_docs)]

use anyhow::Result;
use shirube::store::{Receipt, Store, Submission, Ticket, open};
use shirube::survey::{Answer, Response, Value};
use std::collections::{BTreeMap, BTreeSet};
use std::io::Write;
use std::path::Path;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::{Duration, Instant};

const ROUNDS: usize = 3;
const TURN: Duration = Duration::from_secs(3);
const SUBMITTERS: [usize; 3] = [1, 32, 256];
const GOALS: [f64; 3] = [0.8, 20.0, 50.0];

/// A number of its own for every person of the whole run.
static PERSON: AtomicU64 = AtomicU64::new(0);

/// A sheet of about 1,000 bytes: 20 choices and a text.
fn sheet(survey: &str, submitter: usize) -> Response {
    let choice = |question: usize| Answer::Given(Value::Choice(((submitter * 7 + question) % 5 + 1).to_string()));
    let mut answers: BTreeMap<String, Answer> = (0..20).map(|question| (format!("question_{question:02}"), choice(question))).collect();
    answers.insert("words".to_owned(), Answer::Given(Value::Text(format!("{submitter}: {}", "働き方を自分で選ぶ。".repeat(22)))));
    Response { survey: survey.to_owned(), revision: 1, answers }
}

/// The sheet once more, by someone else.
fn submission(sheet: &Response) -> Submission {
    let person = PERSON.fetch_add(1, Ordering::Relaxed);
    let lock = [("mode", "anonymous"), ("k", "5"), ("publish", "at-close")].into_iter().collect();
    Submission { response: sheet.clone(), ticket: Ticket::of(&sheet.survey, &person.to_le_bytes()), lock }
}

/// Raw appends a second.
fn raw(folder: &Path) -> Result<f64> {
    let mut file = std::fs::File::create(folder.join("raw"))?;
    let page = [7_u8; 4_120];
    let (start, mut writes) = (Instant::now(), 0.0);
    while start.elapsed() < TURN {
        file.write_all(&page)?;
        file.sync_data()?;
        writes += 1.0;
    }
    Ok(writes / start.elapsed().as_secs_f64())
}

struct Turn {
    rate: f64,
    median: f64,
    p99: f64,
}

/// Acknowledged answers a second, and how long each waited, in milliseconds.
fn submit(store: &dyn Store, survey: &str, submitters: usize) -> Turn {
    let start = Instant::now();
    let mut waits: Vec<f64> = std::thread::scope(|scope| {
        let threads: Vec<_> = (0..submitters)
            .map(|submitter| {
                let sheet = sheet(survey, submitter);
                scope.spawn(move || {
                    let mut waits = Vec::new();
                    while start.elapsed() < TURN {
                        let submission = submission(&sheet);
                        let sent = Instant::now();
                        assert_eq!(store.submit(submission), Ok(Receipt::Stored));
                        waits.push(sent.elapsed().as_secs_f64() * 1e3);
                    }
                    waits
                })
            })
            .collect();
        threads.into_iter().flat_map(|thread| thread.join().unwrap_or_default()).collect()
    });
    let rate = waits.len() as f64 / start.elapsed().as_secs_f64();
    waits.sort_by(f64::total_cmp);
    let at = |share: f64| waits[((waits.len() - 1) as f64 * share) as usize];
    Turn { rate, median: at(0.5), p99: at(0.99) }
}

fn median(mut values: Vec<f64>) -> f64 {
    values.sort_by(f64::total_cmp);
    values[values.len() / 2]
}

/// How long closing a batch of 20 takes, in milliseconds, beside so many tickets of earlier batches.
fn closing(folder: &Path, tickets: usize) -> Result<f64> {
    let store = open(&folder.join(format!("closing-{tickets}")))?;
    let texts = BTreeSet::from(["words".to_owned()]);
    std::thread::scope(|scope| {
        for submitter in 0..64 {
            let (store, sheet) = (&store, sheet("pulse", submitter));
            scope.spawn(move || (0..tickets / 64).for_each(|_| drop(store.submit(submission(&sheet)))));
        }
    });
    store.close_batch("pulse", &texts, 1)?;
    let (mut times, sheet) = (Vec::new(), sheet("pulse", 0));
    for _ in 0..5 {
        for _ in 0..20 {
            store.submit(submission(&sheet))?;
        }
        let start = Instant::now();
        store.close_batch("pulse", &texts, 20)?;
        times.push(start.elapsed().as_secs_f64() * 1e3);
    }
    Ok(median(times))
}

fn main() -> Result<()> {
    // Beside the target folder, not in a memory disk
    let folder = tempfile::tempdir_in(std::env::var_os("STORE_BENCH_FOLDER").unwrap_or_else(|| ".".into()))?;
    // `-- 256`: only so many submitters
    let only: Vec<usize> = std::env::args().filter_map(|argument| argument.parse().ok()).collect();
    let mut ratios: [Vec<f64>; 3] = Default::default();
    let mut p99s = Vec::new();
    println!("round  submitters   raw writes/s   answers/s    ratio   median ms   p99 ms");
    for round in 1..=ROUNDS {
        for (column, submitters) in SUBMITTERS.into_iter().enumerate() {
            if !only.is_empty() && !only.contains(&submitters) {
                continue;
            }
            let store = open(&folder.path().join(format!("{round}-{submitters}")))?;
            let before = raw(folder.path())?;
            let turn = submit(&*store, "pulse", submitters);
            let raw = f64::midpoint(before, raw(folder.path())?);
            let ratio = turn.rate / raw;
            println!("{round:>5} {submitters:>11} {raw:>14.0} {:>11.0} {ratio:>7.2}× {:>11.2} {:>8.2}", turn.rate, turn.median, turn.p99);
            ratios[column].push(ratio);
            if submitters == 256 {
                p99s.push(turn.p99);
            }
        }
    }
    println!();
    for ((submitters, goal), ratios) in SUBMITTERS.into_iter().zip(GOALS).zip(ratios).filter(|(_, ratios)| !ratios.is_empty()) {
        let ratio = median(ratios);
        let verdict = if ratio >= goal { "reached" } else { "missed" };
        println!("{submitters:>3} submitters: {ratio:.2}× raw, goal {goal}×: {verdict}");
    }
    if !only.is_empty() {
        return Ok(());
    }
    let p99 = median(p99s);
    println!("256 submitters: p99 {p99:.1} ms, goal 250 ms: {}", if p99 <= 250.0 { "reached" } else { "missed" });
    for tickets in [1_024, 65_536] {
        println!("closing 20 answers beside {tickets} earlier tickets: {:.0} ms", closing(folder.path(), tickets)?);
    }
    Ok(())
}
