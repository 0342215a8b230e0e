//! Rows beside each other in words: the highest, the lowest, and whether their difference can be told from chance.

use super::cell::{Cell, print};
use super::reading::{Line, Reading};
use super::words::{listed, quoted};
use crate::language::Language;
use crate::survey::figure::Unit;

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
pub(super) fn whole(reading: &Reading) -> Option<usize> {
    if reading.lines.len() < 3 {
        return None;
    }
    let sum: Option<u64> = reading.lines.iter().map(|line| line.n).try_fold(0_u64, |sum, n| sum.checked_add(n?));
    reading.lines.iter().position(|line| {
        matches!(line.id.as_str(), "all" | "total" | "whole")
            || sum.is_some_and(|sum| line.n.is_some_and(|n| n > 0 && n.checked_mul(2) == Some(sum)))
    })
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
    sentences.push(difference(reading, highest.1, lowest.1));
    sentences
}

/// Whether two figures differ, by their intervals.
pub(super) fn difference(reading: &Reading, high: &Cell, low: &Cell) -> String {
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
            "この差は、偶然の範囲と区別できません。"
        } else {
            "We can’t tell this difference from chance."
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
