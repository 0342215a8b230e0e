//! What a durable answer costs, beside what the disk itself needs for a durable write.
//!
//! `cargo bench --bench store`. A disk's speed changes from one minute to the next, so that only the ratio of neighbours says
//! something: within each round these take turns,
//!
//! - *raw*: appends of 4,120 bytes (a page and its frame header, the least that a log can write), each with fdatasync;
//! - *store*: acknowledged answers under 1, 32 and 256 submitters;
//! - *ceiling*: as many submitters hand 1,000 bytes to one thread that appends what waits with one fdatasync. No database, no
//!   check, nothing remembered: no store with one writer can be faster on this machine.
//!
//! The goals, 0.8 ×, 20 × and 50 × raw, come from disks that need milliseconds for a flush: there waking 256 threads costs
//! little beside it. Where a flush takes 0.2 ms the ceiling itself lies below them. So both are measured: the disk as it is, and
//! the same disk with a flush that takes 4 ms longer, for raw and store alike. p99 at 256 below 250 ms.
//!
//! `-- 256` only so many submitters; `STORE_BENCH_FOLDER` another disk than that of the working folder.
#![allow(clippy::print_stdout, missing_docs)]

use anyhow::Result;
use shirube::store::{Faults, Receipt, Store, Submission, Ticket, open, open_with};
use shirube::survey::{Answer, Response, Value};
use std::collections::{BTreeMap, BTreeSet};
use std::io::Write;
use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::mpsc::{Receiver, SyncSender, sync_channel};
use std::time::{Duration, Instant};

const ROUNDS: usize = 3;
const TURN: Duration = Duration::from_secs(2);
const SUBMITTERS: [usize; 3] = [1, 32, 256];
const GOALS: [f64; 3] = [0.8, 20.0, 50.0];
/// How much longer a flush takes on the slow disk.
const SLOW: Duration = Duration::from_millis(4);

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
    Submission {
        response: sheet.clone(),
        ticket: Ticket::of(&sheet.survey, &person.to_le_bytes()),
        invitation: None,
        lock,
        claims: Vec::new(),
        draft: None,
        withdrawal: None,
    }
}

/// Raw appends a second.
fn raw(folder: &Path, longer: Duration) -> Result<f64> {
    let mut file = std::fs::File::create(folder.join("raw"))?;
    let page = [7_u8; 4_120];
    let (start, mut writes) = (Instant::now(), 0.0);
    while start.elapsed() < TURN {
        file.write_all(&page)?;
        file.sync_data()?;
        std::thread::sleep(longer);
        writes += 1.0;
    }
    Ok(writes / start.elapsed().as_secs_f64())
}

/// How many a second, and how long each waited, in milliseconds.
struct Turn {
    rate: f64,
    median: f64,
    p99: f64,
}

/// As many threads as submitters do this again and again.
fn turn<Once: FnMut()>(submitters: usize, prepare: impl Fn(usize) -> Once + Sync) -> Turn {
    let start = Instant::now();
    let mut waits: Vec<f64> = std::thread::scope(|scope| {
        let threads: Vec<_> = (0..submitters)
            .map(|submitter| {
                let prepare = &prepare;
                scope.spawn(move || {
                    let (mut once, mut waits) = (prepare(submitter), Vec::new());
                    while start.elapsed() < TURN {
                        let sent = Instant::now();
                        once();
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

/// Acknowledged answers.
fn submit(store: &dyn Store, submitters: usize) -> Turn {
    turn(submitters, |submitter| {
        let sheet = sheet("pulse", submitter);
        move || assert_eq!(store.submit(submission(&sheet)), Ok(Receipt::Stored))
    })
}

/// Bytes and the word that they are on the disk.
type Handed = (Vec<u8>, SyncSender<()>);

/// The same threads and nothing but their bytes in one file, flushed together.
fn ceiling(folder: &Path, submitters: usize, longer: Duration) -> Result<Turn> {
    let mut file = std::fs::File::create(folder.join("ceiling"))?;
    let (queue, waiting): (SyncSender<Handed>, Receiver<Handed>) = sync_channel(4_096);
    let writer = std::thread::spawn(move || -> std::io::Result<()> {
        while let Ok((mut bytes, told)) = waiting.recv() {
            let mut group = vec![told];
            for (more, told) in waiting.try_iter() {
                bytes.extend(more);
                group.push(told);
            }
            file.write_all(&bytes)?;
            file.sync_data()?;
            std::thread::sleep(longer);
            for told in group {
                // A submitter that has gone away needs no answer
                let _ = told.send(());
            }
        }
        Ok(())
    });
    let turn = turn(submitters, |_| {
        let queue = queue.clone();
        move || {
            let (told, word) = sync_channel(1);
            assert!(queue.send((vec![7; 1_000], told)).is_ok() && word.recv().is_ok());
        }
    });
    drop(queue);
    writer.join().map_err(|_| anyhow::anyhow!("the writer panicked"))??;
    Ok(turn)
}

fn median(mut values: Vec<f64>) -> f64 {
    values.sort_by(f64::total_cmp);
    values[values.len() / 2]
}

/// All rounds on a disk whose flush takes this much longer than it does.
fn compare(folder: &Path, only: &[usize], longer: Duration) -> Result<()> {
    let mut ratios: [Vec<f64>; 3] = Default::default();
    let mut ceilings = ratios.clone();
    let mut p99s = Vec::new();
    println!("\nA flush takes {} ms longer than this disk needs\n", longer.as_millis());
    println!("round  submitters   raw writes/s   answers/s    ratio   ceiling   median ms   p99 ms");
    for round in 1..=ROUNDS {
        for (column, submitters) in SUBMITTERS.into_iter().enumerate().filter(|(_, count)| only.is_empty() || only.contains(count)) {
            let faults = Arc::new(Faults::default());
            faults.slow_flush(longer);
            let store = open_with(&folder.join(format!("{}-{round}-{submitters}", longer.as_millis())), faults)?;
            let before = raw(folder, longer)?;
            let turn = submit(&*store, submitters);
            let raw = f64::midpoint(before, raw(folder, longer)?);
            let (ratio, ceiling) = (turn.rate / raw, ceiling(folder, submitters, longer)?.rate / raw);
            println!(
                "{round:>5} {submitters:>11} {raw:>14.0} {:>11.0} {ratio:>7.2}× {ceiling:>8.1}× {:>11.2} {:>8.2}",
                turn.rate, turn.median, turn.p99
            );
            ratios[column].push(ratio);
            ceilings[column].push(ceiling);
            if submitters == 256 {
                p99s.push(turn.p99);
            }
        }
    }
    println!();
    let columns = SUBMITTERS.into_iter().zip(GOALS).zip(ratios.into_iter().zip(ceilings));
    for ((submitters, goal), (ratios, ceilings)) in columns.filter(|(_, (ratios, _))| !ratios.is_empty()) {
        let (ratio, ceiling) = (median(ratios), median(ceilings));
        let verdict = match ratio >= goal {
            true => "reached",
            false if ceiling < goal => "out of reach, the ceiling lies below",
            false => "missed",
        };
        let part = 100.0 * ratio / ceiling;
        println!("{submitters:>3} submitters: {ratio:.2}× raw, goal {goal}×: {verdict}; {part:.0} % of the ceiling of {ceiling:.1}×");
    }
    if !p99s.is_empty() {
        let p99 = median(p99s);
        println!("256 submitters: p99 {p99:.1} ms, goal 250 ms: {}", if p99 <= 250.0 { "reached" } else { "missed" });
    }
    Ok(())
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
    let only: Vec<usize> = std::env::args().filter_map(|argument| argument.parse().ok()).collect();
    for longer in [Duration::ZERO, SLOW] {
        compare(folder.path(), &only, longer)?;
    }
    if only.is_empty() {
        println!();
        for tickets in [1_024, 65_536] {
            println!("closing 20 answers beside {tickets} earlier tickets: {:.0} ms", closing(folder.path(), tickets)?);
        }
    }
    Ok(())
}
