//! What all figures of a survey cost: 30 questions and two scales of everybody, of 12 departments and of 6 age groups, from 10,000,
//! 100,000 and 1,000,000 answers; beside DuckDB and pandas, which count the same frequencies, means and crossings of the same answers.
//!
//! `benches/prepare`, then `cargo bench --bench figures` (`-- 10000` only so many; `BENCHES_PYTHON` another interpreter with both).
//! Every size is a process of its own, so that its peak memory is its own. Two times each, alternating with the others: from bytes as
//! they are kept (columns of a batch here, a file of DuckDB, Parquet for pandas), and counting alone, from memory. All three print what
//! they counted, and the run fails where they differ. Ours is more: intervals, alpha, what may be told at all, in two languages.
#![allow(clippy::print_stdout, missing_docs)]

use anyhow::{Context, Result, ensure};
use serde_json::{Value as Json, json};
use shirube::catalog;
use shirube::content::Folder;
use shirube::statistics::{Ledger, Published, SurveyShape, publish};
use shirube::store::{decode_columns, encode_columns};
use shirube::survey::{Answer, Batch, Value};
use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::Instant;

const SIZES: [usize; 3] = [10_000, 100_000, 1_000_000];
const ROUNDS: usize = 3;
/// Answers a batch.
const BATCH: usize = 50_000;
const DEPARTMENTS: usize = 12;
const AGES: usize = 6;
/// The choices of each kind of question, and how many there are of it.
const SCALES: usize = 20;
const SINGLES: usize = 6;
const MULTIPLES: usize = 2;
const NUMBERS: usize = 2;

fn main() -> Result<()> {
    let given: Vec<usize> = std::env::args().filter_map(|argument| argument.parse().ok()).collect();
    if let Some(size) = std::env::var_os("FIGURES_OF") {
        return one(size.to_str().and_then(|size| size.parse().ok()).context("a number")?);
    }
    let sizes = if given.is_empty() { SIZES.to_vec() } else { given };
    println!("{:>9}  {:>12}  {:>9}  {:>9}  {:>12}  {:>8}", "answers", "", "kept", "counting", "rows/s", "peak MB");
    let mut ours = Vec::new();
    for size in sizes {
        let output = Command::new(std::env::current_exe()?).env("FIGURES_OF", size.to_string()).output()?;
        ensure!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
        let all: BTreeMap<String, Json> = serde_json::from_slice(&output.stdout)?;
        let own = &all["shirube"];
        let seconds = |one: &Json, which: &str| one[which].as_f64().unwrap_or(f64::NAN);
        for (name, one) in &all {
            let kept = seconds(one, "kept");
            let more = if name == "shirube" {
                String::new()
            } else {
                format!(
                    "ours {:.2} × kept, {:.2} × counting",
                    seconds(own, "kept") / kept,
                    seconds(own, "counting") / seconds(one, "counting")
                )
            };
            let peak = one["peak"].as_u64().map_or_else(|| "?".to_owned(), |peak| peak.to_string());
            let rate = size as f64 / kept;
            println!("{size:>9}  {name:>12}  {:>7.3} s  {:>7.3} s  {rate:>12.0}  {peak:>8}  {more}", kept, seconds(one, "counting"));
        }
        if all.len() < 3 {
            println!("{:>9}  not all of DuckDB and pandas are there: benches/prepare brings them", "");
        }
        ours.push((size, seconds(own, "kept")));
    }
    for pair in ours.windows(2) {
        println!("{} times the answers: {:.1} times the time", pair[1].0 / pair[0].0, pair[1].1 / pair[0].1);
    }
    Ok(())
}

/// One size: every round ours, then the others.
fn one(n: usize) -> Result<()> {
    let folder = tempfile::tempdir()?;
    let shape = shape(folder.path())?;
    let columns = columns(n);
    write_csv(&columns, n, &folder.path().join("answers.csv"))?;
    let before = peak();
    let kept = kept(&columns, n)?;
    drop(columns);
    let mut times: BTreeMap<String, [Vec<f64>; 2]> = BTreeMap::new();
    let mut peaks: BTreeMap<String, Option<u64>> = BTreeMap::new();
    for _ in 0..ROUNDS {
        let start = Instant::now();
        let batches: Vec<Batch> = kept.iter().map(|(number, bytes)| batch(*number, bytes)).collect::<Result<_>>()?;
        let counting = Instant::now();
        let published = publish(&shape, &batches, &Ledger::default());
        let (counted, all) = (counting.elapsed().as_secs_f64(), start.elapsed().as_secs_f64());
        drop(batches);
        let own = times.entry("shirube".to_owned()).or_default();
        own[0].push(all);
        own[1].push(counted);
        let ours = told(&published, n)?;
        for (name, other) in others(folder.path())? {
            ensure!(same(&other["figures"], &ours), "{name} counted otherwise:\n{}\n{}", other["figures"], json!(ours));
            let entry = times.entry(name.clone()).or_default();
            entry[0].push(other["kept"].as_f64().unwrap_or(f64::NAN));
            entry[1].push(other["counting"].as_f64().unwrap_or(f64::NAN));
            peaks.insert(name, other["peak"].as_u64());
        }
    }
    // What the generator itself needed is not counted, where it was more than what the figures need
    peaks.insert("shirube".to_owned(), peak().filter(|own| before.is_none_or(|before| *own > before)));
    let all: BTreeMap<&String, Json> = times
        .iter_mut()
        .map(|(name, times)| {
            let [kept, counting] = times.each_mut().map(|times| {
                times.sort_by(f64::total_cmp);
                times[times.len() / 2]
            });
            (name, json!({"kept": kept, "counting": counting, "peak": peaks[name]}))
        })
        .collect();
    println!("{}", json!(all));
    Ok(())
}

/// The most memory that this process has ever held, in MB; `None` where the system does not say.
fn peak() -> Option<u64> {
    let status = std::fs::read_to_string("/proc/self/status").ok()?;
    let line = status.lines().find(|line| line.starts_with("VmHWM:"))?;
    line.split_whitespace().nth(1)?.parse::<u64>().ok().map(|kilobytes| kilobytes / 1024)
}

/// The survey, read as content is read.
fn shape(folder: &Path) -> Result<SurveyShape> {
    let mut yaml =
        String::from("title: 見本\nlead: 見本\nrevision: 1\nminutes: 5\nmode: anonymous\naccess: invited\nk: 5\npurpose: 見本\n");
    let values = |yaml: &mut String, count: usize| {
        (1..=count).for_each(|code| writeln!(yaml, "      - {{id: c{code}, text: 値その{code}}}").unwrap_or_default());
    };
    yaml.push_str("attributes:\n");
    for (id, count) in [("department", DEPARTMENTS), ("age", AGES)] {
        write!(yaml, "  - id: {id}\n    text: 見本\n    values:\n")?;
        values(&mut yaml, count);
    }
    yaml.push_str("segments:\n  - by: [department]\n  - by: [age]\npages:\n  - id: one\n    questions:\n");
    let head = |yaml: &mut String, id: String, kind: &str| write!(yaml, "      - id: {id}\n        kind: {kind}\n        text: 問い\n");
    for question in 0..SCALES {
        head(&mut yaml, format!("s{question}"), "scale")?;
        yaml.push_str("        points: 5\n        labels: [一, 二, 三, 四, 五]\n        favourable: high\n");
    }
    for (kind, letter, count) in [("single_choice", 'o', SINGLES), ("multiple_choice", 'm', MULTIPLES)] {
        for question in 0..count {
            head(&mut yaml, format!("{letter}{question}"), kind)?;
            yaml.push_str("        choices:\n");
            (1..=5).try_for_each(|code| writeln!(yaml, "          - {{id: c{code}, text: 値その{code}}}"))?;
        }
    }
    for question in 0..NUMBERS {
        head(&mut yaml, format!("n{question}"), "number")?;
        yaml.push_str("        minimum: 0\n        maximum: 100\n");
    }
    yaml.push_str("scales:\n");
    for (scale, first) in [("one", 0), ("two", 6)] {
        let items: Vec<String> = (first..first + 6).map(|item| format!("s{item}")).collect();
        write!(yaml, "  - id: {scale}\n    label: 尺度\n    items: [{}]\n    min_answered: 6\n", items.join(", "))?;
    }
    let surveys = folder.join("content/surveys");
    std::fs::create_dir_all(&surveys)?;
    std::fs::write(surveys.join("figures.yaml"), yaml)?;
    std::fs::write(folder.join("content/project.yaml"), "languages: [ja]\norganisation: 見本\ntime_zone: Asia/Tokyo\n")?;
    let (content, _) = Folder::read(folder)?;
    let loaded = catalog::load(&content);
    let survey = loaded.catalog.surveys.get("figures").context("a survey")?;
    let faults: Vec<String> =
        loaded.diagnostics.sorted().into_iter().filter(|one| one.place.file.contains("figures")).map(|one| format!("{one:?}")).collect();
    ensure!(faults.is_empty(), "{faults:#?}");
    Ok(SurveyShape::of(survey, true))
}

/// Marsaglia's xorshift: the same answers everywhere.
struct Dice(u64);

impl Dice {
    fn below(&mut self, sides: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        (self.0 >> 33) as usize % sides
    }
}

/// What each person gave: codes from 1 (0: left empty), bits of several choices, or a number.
fn columns(n: usize) -> BTreeMap<String, Vec<u8>> {
    let mut dice = Dice(0x9e37_79b9_7f4a_7c15);
    let mut columns = BTreeMap::new();
    let mut add = |id: String, make: &mut dyn FnMut(&mut Dice) -> usize| {
        columns.insert(id, (0..n).map(|_| u8::try_from(make(&mut dice)).unwrap_or(0)).collect());
    };
    add("department".to_owned(), &mut |dice| 1 + dice.below(DEPARTMENTS));
    add("age".to_owned(), &mut |dice| 1 + dice.below(AGES));
    for question in 0..SCALES {
        add(format!("s{question}"), &mut |dice| if dice.below(20) == 0 { 0 } else { 1 + dice.below(3 + question % 3).min(4) });
    }
    for question in 0..SINGLES {
        add(format!("o{question}"), &mut |dice| if dice.below(20) == 0 { 0 } else { 1 + dice.below(5) });
    }
    for question in 0..MULTIPLES {
        add(format!("m{question}"), &mut |dice| 1 + dice.below(31));
    }
    for question in 0..NUMBERS {
        add(format!("n{question}"), &mut |dice| dice.below(101));
    }
    columns
}

fn answer(id: &str, given: u8) -> Answer {
    let code = |place: u8| format!("c{place}");
    Answer::Given(match id.as_bytes()[0] {
        b's' | b'o' if given == 0 => return Answer::Skipped,
        b's' => Value::Choice(given.to_string()),
        b'm' => Value::Choices((0..5).filter(|bit| given & (1 << bit) != 0).map(|bit| code(bit + 1)).collect()),
        b'n' if id != "age" => Value::Number(given.to_string()),
        _ => Value::Choice(code(given)),
    })
}

/// The bytes of each batch, as the store keeps them.
fn kept(columns: &BTreeMap<String, Vec<u8>>, n: usize) -> Result<Vec<(u32, Vec<u8>)>> {
    (0..n.div_ceil(BATCH))
        .map(|number| {
            let rows = number * BATCH..((number + 1) * BATCH).min(n);
            let column =
                |(id, column): (&String, &Vec<u8>)| (id.clone(), column[rows.clone()].iter().map(|given| answer(id, *given)).collect());
            Ok((u32::try_from(number + 1)?, encode_columns(rows.len(), &columns.iter().map(column).collect())?))
        })
        .collect()
}

fn batch(number: u32, bytes: &[u8]) -> Result<Batch> {
    let (n, columns) = decode_columns(bytes)?;
    Ok(Batch { survey: "figures".to_owned(), revision: 1, number, n: n as u64, columns, ..Batch::default() })
}

/// The same for the others: empty where nothing was given, a column of 0 and 1 for each of several choices.
fn write_csv(columns: &BTreeMap<String, Vec<u8>>, n: usize, path: &Path) -> Result<()> {
    let several = |id: &str| id.starts_with('m');
    let mut out = String::new();
    let heads =
        columns.keys().flat_map(|id| if several(id) { (1..=5).map(|code| format!("{id}_{code}")).collect() } else { vec![id.clone()] });
    out.push_str(&heads.collect::<Vec<_>>().join(","));
    out.push('\n');
    for row in 0..n {
        for (place, (id, column)) in columns.iter().enumerate() {
            if place > 0 {
                out.push(',');
            }
            match column[row] {
                0 if id.starts_with('s') || id.starts_with('o') => {}
                given if several(id) => {
                    let bits: Vec<&str> = (0..5).map(|bit| if given & (1 << bit) == 0 { "0" } else { "1" }).collect();
                    out.push_str(&bits.join(","));
                }
                given => write!(out, "{given}")?,
            }
        }
        out.push('\n');
    }
    Ok(std::fs::write(path, out)?)
}

/// Some of what was counted, so that nobody skips any of it: answered, and people a class, of everybody and by segment; means of scales.
fn told(published: &Published, n: usize) -> Result<BTreeMap<String, f64>> {
    let mut told = BTreeMap::new();
    let mut sizes = |name: &str| {
        let exhibit = published.exhibits.get(name).with_context(|| format!("no exhibit {name}"))?;
        let rows = exhibit.rows.iter().filter_map(|row| Some((row.id.clone(), row.n?)));
        told.extend(rows.map(|(row, n)| (format!("{name}/{row}"), n as f64)));
        anyhow::Ok(())
    };
    for question in 0..SCALES {
        sizes(&format!("s{question}"))?;
        sizes(&format!("s{question}-by-department"))?;
        sizes(&format!("s{question}-by-age"))?;
    }
    for scale in ["one", "two"] {
        for by in ["", "-by-department", "-by-age"] {
            let exhibit = &published.exhibits[&format!("{scale}{by}")];
            for row in &exhibit.rows {
                let mean = row.figures[0].value.with_context(|| format!("the mean of {scale}{by} of {n} is hidden"))?;
                told.insert(format!("{scale}{by}/{}", row.id), mean);
            }
        }
    }
    Ok(told)
}

/// To 9 digits, each of ours.
fn same(theirs: &Json, ours: &BTreeMap<String, f64>) -> bool {
    ours.iter().all(|(name, own)| theirs[name].as_f64().is_some_and(|other| (other - own).abs() <= 1e-9 * own.abs().max(1.0)))
}

/// What the others need and counted, by name; nothing where no interpreter has them.
fn others(folder: &Path) -> Result<BTreeMap<String, Json>> {
    let target = std::env::var_os("CARGO_TARGET_DIR").map_or_else(|| Path::new(env!("CARGO_MANIFEST_DIR")).join("target"), PathBuf::from);
    let python = std::env::var_os("BENCHES_PYTHON").map_or_else(|| target.join("benches/venv/bin/python"), PathBuf::from);
    let script = Path::new(env!("CARGO_MANIFEST_DIR")).join("benches/figures.py");
    let mut all = BTreeMap::new();
    for name in ["DuckDB", "pandas"] {
        let Ok(output) = Command::new(&python).arg(&script).arg(name).arg(folder).output() else { continue };
        if output.status.success() {
            all.insert(name.to_owned(), serde_json::from_slice(&output.stdout)?);
        } else if !String::from_utf8_lossy(&output.stderr).contains("ModuleNotFoundError") {
            anyhow::bail!("{}", String::from_utf8_lossy(&output.stderr));
        }
    }
    Ok(all)
}
