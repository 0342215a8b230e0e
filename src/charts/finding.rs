//! The written finding: what the figures say in two or three sentences, and what they do not.
//!
//! A difference is stated only where the two intervals do not meet; where they do, that it cannot be told from chance; where
//! they are not known, that it cannot be judged.

use super::path::related;
use super::reading::{Cell, Line, Reading};
use super::words::{self, listed, quoted};
use crate::language::Language;
use crate::survey::exhibit::Kind;
use crate::survey::figure::{State, Unit};

/// At most so many names are listed in a sentence.
const MOST_NAMES: usize = 3;

/// Writes the finding; empty where there is nothing to say.
#[must_use]
pub(super) fn finding(reading: &Reading) -> String {
    let mut sentences = match reading.kind {
        Kind::StackedBar | Kind::Donut => shares(reading),
        Kind::Bar => bars(reading),
        Kind::GroupedBar => groups(reading),
        Kind::Scatter | Kind::Strip => points(reading),
        Kind::Path => paths(reading),
    };
    sentences.extend(gaps(reading));
    sentences.join(reading.say(("", " ")))
}

/// A line and the figure that is compared between lines.
type Entry<'a> = (&'a Line, &'a Cell, f64);

fn entries<'a>(reading: &'a Reading, pick: impl Fn(&'a Line) -> Option<&'a Cell>) -> Vec<Entry<'a>> {
    reading.lines.iter().filter_map(|line| pick(line).and_then(|cell| cell.value.map(|value| (line, cell, value)))).collect()
}

fn value(reading: &Reading, cell: &Cell) -> String {
    format!("{}{}", cell.shown, reading.sign())
}

/// Highest and lowest of several, and whether they differ; the only one of one.
fn compared(reading: &Reading, name: &str, entries: &[Entry<'_>]) -> Vec<String> {
    let Some(first) = entries.first() else { return Vec::new() };
    let highest = entries.iter().fold(first, |best, entry| if entry.2 > best.2 { entry } else { best });
    let lowest = entries.iter().fold(first, |best, entry| if entry.2 < best.2 { entry } else { best });
    let (high, low) = (value(reading, highest.1), value(reading, lowest.1));
    let japanese = reading.language == Language::Japanese;
    let subject = if name.is_empty() { String::new() } else { quoted(reading.language, name) };
    if entries.len() == 1 {
        let label = &first.0.label;
        return vec![match (japanese, subject.is_empty()) {
            (true, true) => format!("{label}は{high}です。"),
            (true, false) => format!("{label}では、{subject}が{high}です。"),
            (false, true) => format!("{label}: {high}."),
            (false, false) => format!("{label}: {subject} is {high}."),
        }];
    }
    if high == low {
        let all = entries.len();
        return vec![if japanese {
            format!("{subject}は、{all}行とも{high}です。")
        } else {
            format!("{subject} is {high} in all {all} rows.")
        }];
    }
    let (top, bottom) = (&highest.0.label, &lowest.0.label);
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
fn difference(reading: &Reading, high: &Cell, low: &Cell) -> String {
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
    let gap = reading.print((x - y).abs(), n);
    let gap = gap.trim_start_matches('+');
    match (reading.unit, japanese) {
        (Unit::Percent | Unit::Points, true) => format!("差は{gap}ポイントで、区間は重なりません。"),
        (Unit::Percent | Unit::Points, false) => format!("They differ by {gap} points, and their intervals do not overlap."),
        (_, true) => format!("差は{gap}で、区間は重なりません。"),
        (_, false) => format!("They differ by {gap}, and their intervals do not overlap."),
    }
}

fn shares(reading: &Reading) -> Vec<String> {
    let japanese = reading.language == Language::Japanese;
    let totals = entries(reading, |line| line.total.as_ref());
    let mut sentences = match (&reading.bracket, totals.is_empty()) {
        (Some((name, _, _)), false) => compared(reading, name, &totals),
        _ => Vec::new(),
    };
    // The largest class, where all of a line is known; of one line, or where all lines agree.
    let complete = reading.lines.iter().filter(|line| !line.cells.is_empty() && line.cells.iter().all(|cell| cell.value.is_some()));
    let largest: Vec<(usize, &Line)> = complete.filter_map(|line| largest(line).map(|class| (class, line))).collect();
    if let Some((class, line)) = largest.first()
        && largest.iter().all(|(other, _)| other == class)
    {
        let name = quoted(reading.language, &reading.columns[*class].label);
        let share = value(reading, &line.cells[*class]);
        sentences.push(match (largest.len(), japanese) {
            (1, true) => format!("{}でもっとも多い答えは{name}の{share}です。", line.label),
            (1, false) => format!("The most frequent answer in {} is {name} ({share}).", line.label),
            (_, true) => format!("もっとも多い答えは、内訳の分かるどの行でも{name}です。"),
            (_, false) => format!("The most frequent answer is {name} in every row with a known split."),
        });
    }
    sentences
}

/// The one class with the largest share; `None` where two are equally large.
fn largest(line: &Line) -> Option<usize> {
    let most = line.cells.iter().filter_map(|cell| cell.value).fold(f64::NEG_INFINITY, f64::max);
    let mut holders = (0..line.cells.len()).filter(|index| line.cells[*index].value.is_some_and(|value| value >= most - 1.0e-9));
    let first = holders.next()?;
    holders.next().is_none().then_some(first)
}

fn bars(reading: &Reading) -> Vec<String> {
    let japanese = reading.language == Language::Japanese;
    let all = entries(reading, |line| line.cells.first());
    let mut sentences = compared(reading, "", &all);
    let mut above = Vec::new();
    let mut below = Vec::new();
    let mut level = Vec::new();
    for (line, cell, _) in &all {
        let Some((benchmark, interval)) = line.benchmark.as_ref().and_then(|benchmark| benchmark.value).zip(cell.interval) else {
            continue;
        };
        let list = if benchmark < interval.low {
            &mut above
        } else if benchmark > interval.high {
            &mut below
        } else {
            &mut level
        };
        list.push(line.label.clone());
    }
    let name = &reading.benchmark_label;
    for (list, ja, en) in [
        (&above, "を上回るのは", "Above"),
        (&below, "を下回るのは", "Below"),
        (&level, "との差を偶然と区別できないのは", "Not distinguishable from"),
    ] {
        if !list.is_empty() {
            let names = some_names(reading, list);
            sentences.push(if japanese { format!("{name}{ja}{names}です。") } else { format!("{en} {name}: {names}.") });
        }
    }
    sentences
}

fn some_names(reading: &Reading, names: &[String]) -> String {
    let japanese = reading.language == Language::Japanese;
    if names.len() <= MOST_NAMES + 1 {
        return listed(reading.language, names);
    }
    let rest = names.len() - MOST_NAMES;
    let shown = &names[..MOST_NAMES];
    if japanese { format!("{}ほか{rest}件", shown.join("、")) } else { format!("{} and {rest} more", shown.join(", ")) }
}

/// Where first and last class differ most.
fn groups(reading: &Reading) -> Vec<String> {
    let japanese = reading.language == Language::Japanese;
    let (Some(first), Some(last)) = (reading.columns.first(), reading.columns.last()) else { return Vec::new() };
    if reading.columns.len() < 2 {
        let all = entries(reading, |line| line.cells.first());
        return compared(reading, &first.label, &all);
    }
    let pairs = reading.lines.iter().filter_map(|line| {
        let (a, b) = (line.cells.first()?, line.cells.last()?);
        Some((line, a, b, (b.value? - a.value?).abs()))
    });
    let widest = pairs.fold(None, |best: Option<(&Line, &Cell, &Cell, f64)>, pair| match best {
        Some(best) if best.3 >= pair.3 => Some(best),
        _ => Some(pair),
    });
    let Some((line, a, b, gap)) = widest else { return Vec::new() };
    let (before, after) = (value(reading, a), value(reading, b));
    let (first, last) = (&first.label, &last.label);
    if gap == 0.0 {
        let label = &line.label;
        return vec![if japanese {
            format!("{label}は、{first}も{last}も{before}です。")
        } else {
            format!("{label} is {before} in both {first} and {last}.")
        }];
    }
    let (label, only) = (&line.label, reading.lines.len() == 1);
    let sentence = match (japanese, only) {
        (true, true) => format!("{label}は、{first}が{before}、{last}が{after}です。"),
        (true, false) => format!("もっとも開いているのは{label}で、{first}が{before}、{last}が{after}です。"),
        (false, true) => format!("{label}: {first} {before}, {last} {after}."),
        (false, false) => format!("The widest gap is in {label}: {first} {before}, {last} {after}."),
    };
    let (high, low) = if a.value >= b.value { (a, b) } else { (b, a) };
    vec![sentence, difference(reading, high, low)]
}

fn points(reading: &Reading) -> Vec<String> {
    let japanese = reading.language == Language::Japanese;
    let mut sentences = Vec::new();
    for (index, column) in reading.columns.iter().enumerate().take(2) {
        let all = entries(reading, |line| line.cells.get(index));
        let name = quoted(reading.language, &column.label);
        if all.is_empty() && index == 1 && reading.lines.iter().any(|line| !line.hidden) {
            sentences.push(if japanese {
                format!("{name}の値は、出典に数値がありません。")
            } else {
                format!("The source gives no figures for {name}.")
            });
            continue;
        }
        let most = all.iter().map(|entry| entry.2).fold(f64::NEG_INFINITY, f64::max);
        let least = all.iter().map(|entry| entry.2).fold(f64::INFINITY, f64::min);
        if all.len() < 2 || most <= least {
            continue;
        }
        let at = |goal: f64| {
            let lines: Vec<&Entry<'_>> = all.iter().filter(|entry| entry.2 == goal).collect();
            let names: Vec<String> = lines.iter().map(|entry| entry.0.label.clone()).collect();
            (some_names(reading, &names), lines.first().map(|entry| value(reading, entry.1)).unwrap_or_default())
        };
        let ((top, high), (bottom, low)) = (at(most), at(least));
        sentences.push(if japanese {
            format!("{name}がもっとも高いのは{top}の{high}、もっとも低いのは{bottom}の{low}です。")
        } else {
            format!("{name} is highest for {top} ({high}) and lowest for {bottom} ({low}).")
        });
    }
    sentences
}

fn paths(reading: &Reading) -> Vec<String> {
    let japanese = reading.language == Language::Japanese;
    let all = entries(reading, |line| line.cells.first());
    let pair = |line: &Line| match &line.link {
        Some((from, to)) if japanese => format!("{}と{}", quoted(reading.language, from), quoted(reading.language, to)),
        Some((from, to)) => format!("{} and {}", quoted(reading.language, from), quoted(reading.language, to)),
        None => line.label.clone(),
    };
    let mut sentences = Vec::new();
    let strongest = all.iter().filter(|entry| related(entry.1) != Some(false)).fold(None, |best: Option<&Entry<'_>>, entry| match best {
        Some(best) if best.2.abs() >= entry.2.abs() => Some(best),
        _ => Some(entry),
    });
    if let Some((line, cell, _)) = strongest {
        let (pair, value) = (pair(line), &cell.shown);
        sentences.push(match (japanese, all.len()) {
            (true, 1) => format!("{pair}の係数は{value}です。"),
            (true, _) => format!("もっとも強く関わるのは{pair}で、係数は{value}です。"),
            (false, 1) => format!("The coefficient between {pair} is {value}."),
            (false, _) => format!("The closest relation is between {pair} ({value})."),
        });
    }
    for (line, cell, _) in all.iter().filter(|entry| related(entry.1) == Some(false)) {
        let (pair, value) = (pair(line), &cell.shown);
        sentences.push(if japanese {
            format!("{pair}の間に、関係は見られません（{value}、偶然の範囲と区別できません）。")
        } else {
            format!("No relation was found between {pair} ({value}; we can’t tell it from chance).")
        });
    }
    if !sentences.is_empty() {
        sentences.push(reading.say(("関連であって、原因とは限りません。", "This is association, not necessarily cause.")).to_owned());
    }
    sentences
}

/// What is missing and what is held back.
fn gaps(reading: &Reading) -> Vec<String> {
    let japanese = reading.language == Language::Japanese;
    let mut sentences = Vec::new();
    let lacking = |line: &&Line| {
        let axes = if matches!(reading.kind, Kind::Scatter | Kind::Strip) { 1 } else { line.cells.len() };
        line.cells.iter().take(axes).any(|cell| cell.state == State::Missing)
    };
    let missing: Vec<String> = reading.lines.iter().filter(lacking).map(|line| line.label.clone()).collect();
    if !missing.is_empty() {
        let names = some_names(reading, &missing);
        let split = reading.kind == Kind::StackedBar || reading.kind == Kind::Donut;
        sentences.push(match (japanese, split) {
            (true, true) => format!("{names}は、内訳の全部または一部が出典にありません。"),
            (true, false) => format!("{names}は、出典に数値がありません。"),
            (false, true) => format!("For {names} the source does not give the whole split."),
            (false, false) => format!("For {names} the source gives no figure."),
        });
    }
    let hidden = reading.lines.iter().any(|line| line.hidden || line.cells.iter().any(|cell| cell.state == State::Hidden));
    if hidden {
        sentences.push(format!("{}{}", reading.say(("一部の行は", "Some rows: ")), {
            let wording = reading.say(words::HIDDEN);
            if japanese { format!("{wording}。") } else { format!("{}.", wording.to_lowercase()) }
        }));
    }
    sentences
}
