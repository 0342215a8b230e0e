//! How many charts a second: every kind in both languages with its table, finding and file; and 5 classes × 20 rows of a stacked
//! bar, wide only in spirit, beside matplotlib and vl-convert (Vega-Lite) drawing the same numbers to SVG, where they are there.
//!
//! `cargo bench --bench charts`. The others are asked through `benches/charts.py`; `BENCHES_PYTHON` names an interpreter that has
//! `matplotlib` and `vl-convert-python`, else the one of `benches/prepare` is tried. Rounds take turns, because a machine's speed
//! changes from one minute to the next: only the ratios say something.
#![allow(clippy::print_stdout, missing_docs)]

use anyhow::Result;
use shirube::charts::{chart, csv, json};
use shirube::language::{Language, Text};
use shirube::survey::exhibit::{Class, Details, Exhibit, Kind, Row, Tone};
use shirube::survey::figure::{Figure, Interval, State, Unit};
use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::{Duration, Instant};

const ROUNDS: usize = 5;
/// Charts of ours a round.
const OURS: usize = 40;

fn main() -> Result<()> {
    println!("{:>16}  {:>9}  {:>8}", "kind", "charts/s", "SVG kB");
    for kind in Kind::ALL {
        let exhibit = exhibit(kind, 8);
        let mut times: Vec<Duration> = (0..ROUNDS).map(|_| time(&exhibit)).collect();
        times.sort();
        let size = chart(&exhibit, Language::Japanese).flat.len();
        println!("{:>16}  {:>9.0}  {:>8.1}", format!("{kind:?}"), rate(times[ROUNDS / 2]), size as f64 / 1e3);
    }
    let twenty = exhibit(Kind::StackedBar, 20);
    println!("one chart is two drawings, a file, a table and a finding; CSV and JSON of it: {:.0} a second", exports(&twenty));
    let (mut own, mut others) = (Vec::new(), Vec::new());
    for _ in 0..ROUNDS {
        own.push(rate(time(&twenty)));
        others.push(asked());
    }
    own.sort_by(f64::total_cmp);
    let own = own[ROUNDS / 2];
    println!("stacked bar, 5 × 20: {own:.0} charts/s");
    for name in ["matplotlib", "vl-convert"] {
        let mut rates: Vec<f64> = others.iter().flatten().filter(|(known, _)| known == name).map(|(_, rate)| *rate).collect();
        rates.sort_by(f64::total_cmp);
        match rates.get(rates.len() / 2) {
            Some(rate) => println!("{name}: {rate:.2} charts/s, {:.0} times as long", own / rate),
            None => println!("{name}: not there (set BENCHES_PYTHON to a Python that has it)"),
        }
    }
    Ok(())
}

fn rate(time: Duration) -> f64 {
    OURS as f64 / time.as_secs_f64()
}

fn time(exhibit: &Exhibit) -> Duration {
    let start = Instant::now();
    for index in 0..OURS {
        let language = if index % 2 == 0 { Language::Japanese } else { Language::English };
        std::hint::black_box(chart(std::hint::black_box(exhibit), language));
    }
    start.elapsed()
}

fn exports(exhibit: &Exhibit) -> f64 {
    let start = Instant::now();
    for _ in 0..OURS {
        std::hint::black_box((csv(exhibit, Language::Japanese), json(exhibit, Language::Japanese)));
    }
    rate(start.elapsed())
}

/// An exhibit that suits a kind, with as many rows.
fn exhibit(kind: Kind, rows: u32) -> Exhibit {
    let tones = [Tone::VeryPositive, Tone::Positive, Tone::Neutral, Tone::Negative, Tone::VeryNegative];
    let (unit, classes) = match kind {
        Kind::StackedBar | Kind::Diverging | Kind::Heatmap => (Unit::Percent, 5),
        Kind::Donut => (Unit::Percent, 4),
        Kind::Recommendation => (Unit::Percent, 3),
        Kind::Histogram | Kind::Dots => (Unit::Count, 1),
        Kind::Differences | Kind::Path => (Unit::Coefficient, 1),
        _ => (Unit::Percent, 2),
    };
    let tone = |index: usize| if classes == 3 { [Tone::Negative, Tone::Neutral, Tone::Positive][index] } else { tones[index] };
    let class = |index: usize| Class {
        id: format!("c{index}"),
        label: Text::pair(format!("区分その{index}"), format!("Class {index}")),
        tone: tone(index),
    };
    let figure = |row: u32, class: usize| {
        let value = match unit {
            Unit::Coefficient => f64::from(row % 7) / 10.0 - 0.3,
            Unit::Count => f64::from(row * 7 % 11),
            _ if classes >= 3 => 100.0 / classes as f64,
            _ => f64::from((row * 37 + class as u32 * 19) % 80) + 10.0,
        };
        let reach = if unit == Unit::Coefficient { 0.1 } else { 4.0 };
        Figure {
            interval: Some(Interval { low: value - reach, high: value + reach, level: 0.95 }),
            n: Some(388),
            ..Figure::of(value, State::Given)
        }
    };
    let rows = if kind == Kind::Donut { 1 } else { rows };
    let row = |row: u32| Row {
        id: if row == 0 { "all".to_owned() } else { format!("r{row}") },
        label: Text::pair(format!("部署その{row}の人びと"), format!("Department {row}")),
        n: Some(388),
        figures: (0..classes).map(|class| figure(row, class)).collect(),
        total: None,
        benchmark: None,
        link: (kind == Kind::Path)
            .then(|| (Text::pair(format!("原因{row}"), format!("Cause {row}")), Text::pair("転職意向", "Turnover intention"))),
        marked: row == 1,
    };
    Exhibit {
        id: "bench".to_owned(),
        title: Text::pair("見出しは発見を述べる", "The title states the finding"),
        asked: Text::pair("何を尋ねたか（%）", "What was asked (%)"),
        row_head: Text::pair("部署", "Department"),
        unit,
        range: None,
        kind,
        classes: (0..classes).map(class).collect(),
        rows: (0..rows).map(row).collect(),
        bracket: None,
        benchmark_label: None,
        source: Text::pair("出典", "Source"),
        notes: Vec::new(),
        sample: true,
        details: Details { bins: Some((1.0, 0.5)), mean: Some(Figure::of(3.2, State::Given)), ..Details::default() },
    }
}

/// What the others reach, by name; nothing where no interpreter has them.
fn asked() -> Vec<(String, f64)> {
    let target = std::env::var_os("CARGO_TARGET_DIR").map_or_else(|| Path::new(env!("CARGO_MANIFEST_DIR")).join("target"), PathBuf::from);
    let python = std::env::var_os("BENCHES_PYTHON").map_or_else(|| target.join("benches/venv/bin/python"), PathBuf::from);
    let script = Path::new(env!("CARGO_MANIFEST_DIR")).join("benches/charts.py");
    let Ok(output) = Command::new(python).arg(script).output() else { return Vec::new() };
    let text = String::from_utf8_lossy(&output.stdout).into_owned();
    text.lines()
        .filter_map(|line| line.split_once(' '))
        .filter_map(|(name, rate)| Some((name.to_owned(), rate.trim().parse().ok()?)))
        .collect()
}
