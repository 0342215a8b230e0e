//! Rows beside each other in words: the highest, the lowest, and whether their difference can be told from chance.
//!
//! By the difference itself, and only of different people: two intervals that overlap are no test of it, and of the same people's answers
//! to several questions they are none at all.

use super::cell::{Cell, cell, print};
use super::reading::{Line, Reading};
use super::verdict::{Verdict, is_one_of_many, of_difference};
use super::words::{listed, quoted};
use crate::estimate::change::{of_means, of_shares};
use crate::estimate::{Sample, interval};
use crate::language::Language;
use crate::survey::exhibit::People;
use crate::survey::figure::{Figure, State, Unit};

/// At most so many names are listed in a sentence.
const MOST_NAMES: usize = 3;

/// A line and the figure that is compared between lines.
pub(super) type Entry<'a> = (&'a Line, &'a Cell, f64);

/// The lines that have the figure.
pub(super) fn entries<'a>(reading: &'a Reading, pick: impl Fn(&'a Line) -> Option<&'a Cell>) -> Vec<Entry<'a>> {
    reading.lines.iter().filter_map(|line| pick(line).and_then(|cell| cell.value.map(|value| (line, cell, value)))).collect()
}

/// A longer name than this reads as a sentence of its own. A kana counts as two.
const LONG_NAME: usize = 32;

/// A row's name; items and long names stand in quotation marks, because they are often whole sentences.
pub(super) fn named(reading: &Reading, line: &Line) -> String {
    // One that needs quotes gives them to all: a sentence of two manners reads as a slip
    let short = |line: &Line| {
        let width: usize = line.label.chars().map(|letter| if letter.is_ascii() { 1 } else { 2 }).sum();
        width <= LONG_NAME && !line.label.contains('、')
    };
    let plain = reading.kind.parts_in_a_row() && reading.lines.iter().all(short);
    if plain { line.label.clone() } else { quoted(reading.language, &line.label) }
}

/// A figure with the sign of its unit.
pub(super) fn value(reading: &Reading, cell: &Cell) -> String {
    format!("{}{}", cell.shown, reading.sign(cell))
}

/// The row that is the whole of the others: called so, or as many people as all others together. It is told by itself and
/// never compared with its own parts.
fn whole(reading: &Reading) -> Option<usize> {
    if reading.people == Some(People::Different) {
        return reading.lines.iter().position(|line| line.id == "everybody");
    }
    if reading.lines.len() < 3 || reading.people == Some(People::Same) {
        return None;
    }
    let called = |line: &Line| matches!(line.id.as_str(), "all" | "total" | "whole");
    reading.lines.iter().position(called).or_else(|| sum_of_all(reading))
}

/// The row that has as many people as all others together: then these are different people.
fn sum_of_all(reading: &Reading) -> Option<usize> {
    if reading.lines.len() < 3 {
        return None;
    }
    let sum: Option<u64> = reading.lines.iter().map(|line| line.n).try_fold(0_u64, |sum, n| sum.checked_add(n?));
    reading.lines.iter().position(|line| sum.is_some_and(|sum| line.n.is_some_and(|n| n > 0 && n.checked_mul(2) == Some(sum))))
}

/// Whom the rows are about: as the exhibit says, else different people where together they are as many as one of them.
fn people(reading: &Reading) -> Option<People> {
    reading.people.or_else(|| sum_of_all(reading).map(|_| People::Different))
}

/// The whole by itself, then its parts beside each other.
pub(super) fn parted(reading: &Reading, name: &str, all: Vec<Entry<'_>>) -> Vec<String> {
    let whole = whole(reading).map(|index| &reading.lines[index]);
    let (own, parts): (Vec<Entry<'_>>, Vec<Entry<'_>>) =
        all.into_iter().partition(|entry| whole.is_some_and(|whole| std::ptr::eq(whole, entry.0)));
    let mut sentences = compared(reading, name, &own);
    sentences.extend(compared(reading, name, &parts));
    sentences
}

/// Highest and lowest of several, and whether they differ; the only one of one.
pub(super) fn compared(reading: &Reading, name: &str, entries: &[Entry<'_>]) -> Vec<String> {
    let Some(first) = entries.first() else { return Vec::new() };
    let highest = entries.iter().fold(first, |best, entry| if entry.2 > best.2 { entry } else { best });
    let lowest = entries.iter().fold(first, |best, entry| if entry.2 < best.2 { entry } else { best });
    let (high, low) = (value(reading, highest.1), value(reading, lowest.1));
    let japanese = reading.language == Language::Japanese;
    let subject = if name.is_empty() { String::new() } else { quoted(reading.language, name) };
    if entries.len() == 1 {
        let label = named(reading, first.0);
        return vec![match (japanese, subject.is_empty()) {
            (true, true) => format!("{label}は{high}です。"),
            (true, false) => format!("{label}では、{subject}が{high}です。"),
            (false, true) => format!("{label}: {high}."),
            (false, false) => format!("{label}: {subject} {high}."),
        }];
    }
    if high == low {
        let all = entries.len();
        return vec![match (japanese, subject.is_empty()) {
            (true, true) => format!("{all}行とも{high}です。"),
            (true, false) => format!("{subject}は、{all}行とも{high}です。"),
            (false, true) => format!("All {all} rows show {high}."),
            (false, false) => format!("{subject} is {high} in all {all} rows."),
        }];
    }
    // All that share the place: of several at «≤5» none is the lowest.
    let sharing = |place: f64| {
        let names: Vec<String> = entries.iter().filter(|entry| entry.2 == place).map(|entry| named(reading, entry.0)).collect();
        some_names(reading, &names)
    };
    let (top, bottom) = (sharing(highest.2), sharing(lowest.2));
    let mut sentences = vec![match (japanese, subject.is_empty()) {
        (true, true) => format!("もっとも高いのは{top}の{high}、もっとも低いのは{bottom}の{low}です。"),
        (true, false) => format!("{subject}がもっとも高いのは{top}の{high}、もっとも低いのは{bottom}の{low}です。"),
        (false, true) => format!("The highest is {top} ({high}), the lowest {bottom} ({low})."),
        (false, false) => format!("{subject} is highest in {top} ({high}) and lowest in {bottom} ({low})."),
    }];
    sentences.extend(match people(reading) {
        Some(People::Same) => None,
        Some(People::Different) => Some(tested(reading, (highest.1, lowest.1), entries.len())),
        None => Some(overlap(reading, highest.1, lowest.1)),
    });
    sentences
}

/// Whether two rows of different people differ, by the interval of their difference. They were picked out of `rows` as the farthest
/// apart: of more than two, as if any two of them had been compared.
fn tested(reading: &Reading, (high, low): (&Cell, &Cell), rows: usize) -> String {
    let told = high.value.zip(high.interval).zip(low.value.zip(low.interval)).filter(|_| high.n.is_some() && low.n.is_some());
    let p = if rows > 2 { chance(high, low).map(|p| (p * (rows * (rows - 1) / 2) as f64).min(1.0)) } else { None };
    let Some((first, second)) = told.filter(|_| rows <= 2 || p.is_some()) else { return overlap(reading, high, low) };
    let figure = Figure {
        interval: Some(interval::of_difference(first, second)),
        n: high.n.into_iter().chain(low.n).min(),
        p,
        ..Figure::of(first.0 - second.0, State::Derived)
    };
    judged(reading, &cell(&figure, high.unit.of_difference(), true, None))
}

/// The probability by chance of two figures as different as these; nothing where they tell too little for a test.
fn chance(high: &Cell, low: &Cell) -> Option<f64> {
    match high.unit {
        Unit::Percent => {
            // Shares that were printed are counted back to people
            #[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss)]
            let people = |cell: &Cell| {
                let n = cell.n?;
                Some((cell.count.unwrap_or((cell.value? * n as f64 / 100.0).round() as u64), n))
            };
            of_shares(people(low)?, people(high)?).ok()?.p.ok()
        }
        Unit::Score => {
            let sample = |cell: &Cell| {
                let (n, within) = (cell.n?, cell.interval?);
                let deviation = (within.high - within.low) / 2.0 * (n as f64).sqrt() / interval::student(n.checked_sub(1)?).ok()?;
                Some(Sample { n, mean: cell.value?, variance: deviation * deviation })
            };
            of_means(&sample(low)?, &sample(high)?).ok()?.p.ok()
        }
        _ => None,
    }
}

/// What a tested change says: how much, within what, or that it cannot be told from chance.
pub(super) fn judged(reading: &Reading, change: &Cell) -> String {
    let japanese = reading.language == Language::Japanese;
    let interval = reading.interval(change).unwrap_or_default();
    let (signed, sign) = (&change.shown, reading.sign(change));
    match (of_difference(change), japanese) {
        (Verdict::More | Verdict::Less, true) => format!("差は{signed}{sign}（95%区間 {interval}）で、偶然の範囲を超えています。"),
        (Verdict::More | Verdict::Less, false) => {
            format!("The difference of {signed}{sign} (95% interval {interval}) is more than chance.")
        }
        (Verdict::Open, true) if is_one_of_many(change) => {
            format!("いくつも比べたことを考えに入れると、差があるとは言えません（{signed}{sign}、95%区間 {interval}）。")
        }
        (Verdict::Open, false) if is_one_of_many(change) => {
            format!("Among so many comparisons we can’t tell this difference from chance ({signed}{sign}, 95% interval {interval}).")
        }
        (Verdict::Open, true) => format!("差があるとは言えません（{signed}{sign}、95%区間 {interval}）。"),
        (Verdict::Open, false) => format!("We can’t tell this difference from chance ({signed}{sign}, 95% interval {interval})."),
        (Verdict::Unknown, true) => {
            format!("差は{signed}{sign}です。区間が分からないため、偶然かどうかは判断できません。")
        }
        (Verdict::Unknown, false) => format!("The difference is {signed}{sign}; without an interval we cannot judge whether it is chance."),
    }
}

/// Whether the intervals of two figures meet, which is all that can be told where nobody knows whether they are of the same people.
pub(super) fn overlap(reading: &Reading, high: &Cell, low: &Cell) -> String {
    let japanese = reading.language == Language::Japanese;
    let (Some((a, b)), Some((x, y))) = (high.interval.zip(low.interval), high.value.zip(low.value)) else {
        let (ja, en) = (
            "区間が分からないため、この差が偶然かどうかは判断できません。",
            "Without intervals we cannot judge whether this difference is chance.",
        );
        return (if japanese { ja } else { en }).to_owned();
    };
    let apart = a.low > b.high || b.low > a.high;
    if !apart {
        return (if japanese {
            "区間は重なっています。この図だけでは、差があるかどうか言えません。"
        } else {
            "Their intervals overlap; this chart alone does not settle whether they differ."
        })
        .to_owned();
    }
    let n = high.n.into_iter().chain(low.n).min();
    let gap = print((x - y).abs(), high.unit, false, n);
    let gap = gap.trim_start_matches('+');
    match (high.unit, japanese) {
        (Unit::Percent | Unit::Points, true) => format!("差は{gap}ポイントで、区間は重なりません。"),
        (Unit::Percent | Unit::Points, false) => format!("They differ by {gap} points, and their intervals do not overlap."),
        (_, true) => format!("差は{gap}で、区間は重なりません。"),
        (_, false) => format!("They differ by {gap}, and their intervals do not overlap."),
    }
}

/// The names, or the first few of them and how many more.
pub(super) fn some_names(reading: &Reading, names: &[String]) -> String {
    let japanese = reading.language == Language::Japanese;
    if names.len() <= MOST_NAMES + 1 {
        return listed(reading.language, names);
    }
    let rest = names.len() - MOST_NAMES;
    let shown = &names[..MOST_NAMES];
    if japanese { format!("{}ほか{rest}件", shown.join("、")) } else { format!("{} and {rest} more", shown.join(", ")) }
}
