//! The written finding: what the figures say in two or three sentences, and what they do not.
//!
//! Whether rows of different people differ is judged by the interval of their difference; of the same people nothing is said of chance;
//! where nobody knows which of the two they are, whether their intervals meet; where these are not known, that it cannot be judged.

use super::cell::Cell;
use super::comparison::{Entry, compared, entries, named, overlap, parted, some_names, value};
use super::path::related;
use super::reading::{Column, Line, Reading};
use super::words::{self, quoted};
use super::{finding_changes, finding_fields};
use crate::estimate::Interval;
use crate::estimate::interval::{of_difference, wilson};
use crate::language::Language;
use crate::survey::exhibit::Kind;
use crate::survey::figure::{State, Unit};

/// How many figures are told one after the other.
const MOST_NAMED: usize = 6;

/// Writes the finding; empty where there is nothing to say.
#[must_use]
pub(super) fn finding(reading: &Reading) -> String {
    let mut sentences = match reading.kind {
        Kind::StackedBar | Kind::Donut | Kind::Diverging => shares(reading),
        Kind::Bar => bars(reading),
        Kind::GroupedBar | Kind::Radar => groups(reading),
        Kind::Scatter | Kind::Strip => points(reading),
        Kind::Path => paths(reading, true),
        Kind::Quadrant => finding_fields::quadrant(reading),
        Kind::Heatmap => finding_fields::heatmap(reading),
        Kind::LifeLine => finding_fields::life_line(reading),
        Kind::Waves => finding_changes::waves(reading),
        Kind::Dumbbell => finding_changes::pairs(reading),
        Kind::Differences => finding_changes::differences(reading),
        Kind::Recommendation => finding_changes::recommendation(reading),
        Kind::Histogram | Kind::Dots => finding_changes::distribution(reading),
    };
    sentences.extend(gaps(reading));
    sentences.join(reading.say(("", " ")))
}

/// The finding as short as a slide needs it: of several lines through waves what is more than chance, beside a title that says the last
/// step; of arrows those that tell of a relation. Of everything else the whole finding.
#[must_use]
pub(super) fn brief(reading: &Reading) -> String {
    let mut sentences = match reading.kind {
        Kind::Path => paths(reading, false),
        Kind::Waves if reading.columns.len() > 1 => finding_changes::several_waves(reading),
        _ => return finding(reading),
    };
    sentences.extend(gaps(reading));
    sentences.join(reading.say(("", " ")))
}

fn shares(reading: &Reading) -> Vec<String> {
    let japanese = reading.language == Language::Japanese;
    let totals = entries(reading, |line| line.total.as_ref());
    let mut sentences = Vec::new();
    if let Some((name, _, _)) = &reading.bracket {
        sentences.extend(parted(reading, name, totals));
    }
    // The largest class, where all of a line is known; of one line, or where all lines agree.
    let complete = reading.lines.iter().filter(|line| !line.cells.is_empty() && line.cells.iter().all(|cell| cell.value.is_some()));
    let largest: Vec<(usize, &Line)> = complete.filter_map(|line| largest(line).map(|class| (class, line))).collect();
    if let Some((class, line)) = largest.first()
        && largest.iter().all(|(other, _)| other == class)
    {
        let name = quoted(reading.language, &reading.columns[*class].label);
        let share = value(reading, &line.cells[*class]);
        sentences.push(match (largest.len(), japanese) {
            (1, true) if reading.lines.len() == 1 => format!("もっとも多い答えは{name}の{share}です。"),
            (1, false) if reading.lines.len() == 1 => format!("The most frequent answer is {name} ({share})."),
            (1, true) => format!("{}でもっとも多い答えは{name}の{share}です。", line.label),
            (1, false) => format!("The most frequent answer in {} is {name} ({share}).", line.label),
            (_, true) => format!("もっとも多い答えは、内訳の分かるどの行でも{name}です。"),
            (_, false) => format!("The most frequent answer is {name} in every row with a known split."),
        });
    }
    // Rows whose most frequent answers differ, and no sum: where the first class is largest
    if sentences.is_empty()
        && let Some(first) = reading.columns.first()
    {
        sentences.extend(parted(reading, &first.label, entries(reading, |line| line.cells.first())));
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
    let all = entries(reading, |line| line.cells.first());
    // Where rows are held against marks, they are not held against each other: each may be of another question
    if reading.marks || all.iter().any(|(line, ..)| line.benchmark.as_ref().is_some_and(|mark| mark.value.is_some())) {
        return beside_marks(reading, &all);
    }
    parted(reading, "", all)
}

/// Which rows are above their mark and which below: by the difference, where the mark is known to be uncertain itself; else as if the
/// mark were exact, which is said. Marks that part high from low are exact.
fn beside_marks(reading: &Reading, all: &[Entry<'_>]) -> Vec<String> {
    let mut lists: [Vec<String>; 6] = Default::default();
    for (line, cell, value) in all {
        let Some((mark, interval)) = line.benchmark.as_ref().zip(cell.interval) else { continue };
        let Some(at) = mark.value else { continue };
        let own = uncertain(mark).filter(|_| !reading.marks);
        let apart = match own {
            Some(own) => of_difference((*value, interval), (at, own)),
            None => Interval { low: interval.low - at, high: interval.high - at, ..interval },
        };
        let place = match (apart.low > 0.0, apart.high < 0.0) {
            (true, _) => 0,
            (_, true) => 1,
            _ => 2,
        };
        lists[place + if own.is_none() && !reading.marks { 3 } else { 0 }].push(named(reading, line));
    }
    let name = &reading.benchmark_label;
    let mut sentences = Vec::new();
    for (place, list) in lists.iter().enumerate().filter(|(_, list)| !list.is_empty()) {
        let names = some_names(reading, list);
        let (ja, en) = match place % 3 {
            0 => ("を上回るのは", "Above"),
            1 => ("を下回るのは", "Below"),
            _ => ("との差を偶然と区別できないのは", "Not distinguishable from"),
        };
        sentences.push(match (reading.language, place < 3) {
            (Language::Japanese, true) => format!("{name}{ja}{names}です。"),
            (Language::Japanese, false) => format!("{name}{ja}{names}です（目印の値を確かなものと見たとき）。"),
            (Language::English, true) => format!("{en} {name}: {names}."),
            (Language::English, false) => format!("{en} {name}, taking the mark as exact: {names}."),
        });
    }
    sentences
}

/// The interval of a number from elsewhere: as given, or of a share of so many people.
fn uncertain(mark: &Cell) -> Option<Interval> {
    let counted = || {
        let (share, n) = (mark.value.filter(|_| mark.unit == Unit::Percent)?, mark.n?);
        #[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss)]
        let count = (share * n as f64 / 100.0).round() as u64;
        wilson(count.min(n), n).ok()
    };
    mark.interval.or_else(counted)
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
    if let Some(sentence) = worked_out(reading, first, last) {
        return vec![sentence];
    }
    let widest = pairs.fold(None, |best: Option<(&Line, &Cell, &Cell, f64)>, pair| match best {
        Some(best) if best.3 >= pair.3 => Some(best),
        _ => Some(pair),
    });
    let Some((line, a, b, gap)) = widest else { return Vec::new() };
    let (before, after) = (value(reading, a), value(reading, b));
    let (first, last) = (&first.label, &last.label);
    if gap == 0.0 {
        let label = named(reading, line);
        return vec![if japanese {
            format!("{label}は、{first}も{last}も{before}です。")
        } else {
            format!("{label} is {before} in both {first} and {last}.")
        }];
    }
    let (label, only) = (named(reading, line), reading.lines.len() == 1);
    let sentence = match (japanese, only) {
        (true, true) => format!("{label}は、{first}が{before}、{last}が{after}です。"),
        (true, false) => format!("もっとも開いているのは{label}で、{first}が{before}、{last}が{after}です。"),
        (false, true) => format!("{label}: {first} {before}, {last} {after}."),
        (false, false) => format!("The widest gap is in {label}: {first} {before}, {last} {after}."),
    };
    let (high, low) = if a.value >= b.value { (a, b) } else { (b, a) };
    // Where it is known whom the rows are about, the classes of a row are of the same people
    let chance = reading.people.is_none().then(|| overlap(reading, high, low));
    std::iter::once(sentence).chain(chance).collect()
}

/// Figures beside those that are worked out of them, in their order. They are about the same people: no test of two groups tells
/// anything of them, and where the one is printed shorter than the other, their gap tells nothing either.
fn worked_out(reading: &Reading, first: &Column, last: &Column) -> Option<String> {
    let both = |line: &&Line| match (line.cells.first(), line.cells.last()) {
        (Some(a), Some(b)) => a.state == State::Given && b.state == State::Derived && b.interval.is_some(),
        _ => false,
    };
    let lines: Vec<&Line> = reading.lines.iter().filter(both).collect();
    if lines.is_empty() {
        return None;
    }
    let of = |line: &&Line| {
        let told = |cell: Option<&Cell>| cell.map(|cell| value(reading, cell)).unwrap_or_default();
        format!("{} {} → {}", named(reading, line), told(line.cells.first()), told(line.cells.last()))
    };
    let all = lines.iter().take(MOST_NAMED).map(of).collect::<Vec<_>>().join(reading.say(("、", ", ")));
    let rest = lines.len().saturating_sub(MOST_NAMED);
    Some(match (reading.language == Language::Japanese, rest) {
        (true, 0) => format!("{} → {}：{all}。", first.label, last.label),
        (true, _) => format!("{} → {}：{all}、ほか{rest}件。", first.label, last.label),
        (false, 0) => format!("{} → {}: {all}.", first.label, last.label),
        (false, _) => format!("{} → {}: {all}, and {rest} more.", first.label, last.label),
    })
}

fn points(reading: &Reading) -> Vec<String> {
    let japanese = reading.language == Language::Japanese;
    let mut sentences = Vec::new();
    for (index, column) in reading.columns.iter().enumerate().take(2) {
        let all = entries(reading, |line| line.cells.get(index));
        let name = quoted(reading.language, &column.label);
        let missing = |line: &&Line| line.cells.get(index).is_some_and(|cell| cell.state == State::Missing);
        if all.is_empty() && index == 1 && reading.lines.iter().any(|line| missing(&line)) {
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
            let names: Vec<String> = lines.iter().map(|entry| named(reading, entry.0)).collect();
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

/// Which arrows tell of a relation; `one_by_one` says the same of each of the others, else of all of them at once.
fn paths(reading: &Reading, one_by_one: bool) -> Vec<String> {
    let japanese = reading.language == Language::Japanese;
    let all = entries(reading, |line| line.cells.first());
    let pair = |line: &Line| match &line.link {
        Some((from, to)) => {
            // Nodes are often whole sentences; their stops end no sentence here
            let [from, to] = [from, to].map(|node| quoted(reading.language, node.trim_end_matches(['。', '.'])));
            if japanese { format!("{from}と{to}") } else { format!("{from} and {to}") }
        }
        None => line.label.clone(),
    };
    let mut sentences = Vec::new();
    // Never ranked: a path may hold coefficients of different kinds, whose sizes cannot be compared.
    let told: Vec<String> = all
        .iter()
        .filter(|entry| related(entry.1) != Some(false))
        .map(|(line, cell, _)| match (japanese, all.len()) {
            (true, 1) => format!("{}の係数は{}", pair(line), cell.shown),
            (true, _) => format!("{}が{}", pair(line), cell.shown),
            (false, _) => format!("{} for {}", cell.shown, pair(line)),
        })
        .collect();
    if !told.is_empty() {
        sentences.push(match (japanese, all.len()) {
            (true, 1) => format!("{}です。", told.join("、")),
            (true, _) => format!("係数は、{}です。", told.join("、")),
            (false, 1) => format!("The coefficient is {}.", told.join("; ")),
            (false, _) => format!("The coefficients are {}.", words::listed(Language::English, &told)),
        });
    }
    let unrelated: Vec<_> = all.iter().filter(|entry| related(entry.1) == Some(false)).collect();
    if !one_by_one && unrelated.len() > 1 {
        sentences.push(match (japanese, told.is_empty()) {
            (true, true) => "どの組にも、関係は見られません（偶然の範囲と区別できません）。".to_owned(),
            (true, false) => "点線で結んだ組には、関係は見られません（偶然の範囲と区別できません）。".to_owned(),
            (false, true) => "No relation was found (we can’t tell any from chance).".to_owned(),
            (false, false) => "No relation was found along the dashed lines (we can’t tell them from chance).".to_owned(),
        });
    }
    for (line, cell, _) in unrelated.iter().filter(|_| one_by_one || unrelated.len() == 1) {
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
    if reading.kind == Kind::Waves {
        sentences.extend(waves_without(reading));
    }
    let lacking = |line: &&Line| {
        let axes = if matches!(reading.kind, Kind::Scatter | Kind::Strip) { 1 } else { line.cells.len() };
        line.cells.iter().take(axes).any(|cell| cell.state == State::Missing)
    };
    let missing: Vec<String> = reading.lines.iter().filter(lacking).map(|line| named(reading, line)).collect();
    if !missing.is_empty() && reading.kind != Kind::Waves {
        let names = some_names(reading, &missing);
        let split = reading.kind.parts_in_a_row();
        sentences.push(match (japanese, split) {
            (true, true) => format!("{names}は、内訳の全部または一部が出典にありません。"),
            (true, false) => format!("{names}は、出典に数値がありません。"),
            (false, true) => format!("For {names} the source does not give the whole split."),
            (false, false) => format!("For {names} the source gives no figure."),
        });
    }
    let hidden = reading.lines.iter().any(|line| line.hidden || line.cells.iter().any(|cell| cell.state == State::Hidden));
    if hidden {
        let wording = reading.say(words::HIDDEN);
        let rows = reading.lines.iter().any(|line| line.hidden);
        let some = reading.say(if rows { ("一部の行は", "Some rows are ") } else { ("一部の数値は", "Some figures are ") });
        sentences.push(if japanese { format!("{some}{wording}。") } else { format!("{some}{}.", wording.replacen('N', "n", 1)) });
    }
    sentences
}

/// Which waves lack a number, line by line.
fn waves_without(reading: &Reading) -> Vec<String> {
    let series = reading.columns.iter().enumerate().filter_map(|(series, column)| {
        let missing = |line: &&Line| line.cells.get(series).is_some_and(|cell| cell.state == State::Missing);
        let names: Vec<String> = reading.lines.iter().filter(missing).map(|line| line.label.clone()).collect();
        let (which, names) = (quoted(reading.language, &column.label), some_names(reading, &names));
        (!names.is_empty()).then(|| match reading.language {
            Language::Japanese => format!("{which}は、{names}の数値が出典にありません。"),
            Language::English => format!("The source gives no figure for {which} in {names}."),
        })
    });
    series.collect()
}
