//! What is said of changes and differences: of waves, before and after, comparisons, net scores, distributions. Only an interval
//! that leaves zero out makes a difference; where there is none, it is said that nobody can judge.

use super::cell::Cell;
use super::comparison::{entries, judged, named, overlap, parted, some_names, value};
use super::reading::{Change, Line, Reading};
use super::recommendation::{net, parts};
use super::verdict::{Verdict, of_difference};
use super::waves::joined;
use super::words::{listed, quoted};
use crate::language::Language;
use crate::survey::exhibit::Spot;

/// At most so many lines of waves are told one by one.
const MOST_SERIES: usize = 3;

/// Last and last but one, first and last, as far as they are joined; and where they are not.
pub(super) fn waves(reading: &Reading) -> Vec<String> {
    let japanese = reading.language == Language::Japanese;
    let mut sentences = Vec::new();
    let several = reading.columns.len() > 1;
    for series in 0..reading.columns.len().min(MOST_SERIES) {
        let points: Vec<(usize, &Cell)> = reading
            .lines
            .iter()
            .enumerate()
            .filter_map(|(wave, line)| line.cells.get(series).filter(|cell| cell.value.is_some()).map(|cell| (wave, cell)))
            .collect();
        let Some((last, end)) = points.last().copied() else { continue };
        // Back to the last change of wording: nothing before it compares.
        let since = (1..=last).rev().find(|wave| !joined(reading, *wave, series)).unwrap_or(0);
        let comparable: Vec<(usize, &Cell)> = points.iter().copied().filter(|(wave, _)| *wave >= since).collect();
        let subject = if several { quoted(reading.language, &reading.columns[series].label) } else { String::new() };
        let [.., (before, previous), _] = comparable[..] else {
            let (label, shown) = (&reading.lines[last].label, value(reading, end));
            sentences.push(if japanese {
                format!("{subject}{}{label}では{shown}です。", comma(&subject))
            } else {
                format!("{} {shown} in {label}.", colon(&subject)).trim_start().to_owned()
            });
            continue;
        };
        sentences.push(step(reading, &subject, (before, previous), (last, end)));
        sentences.push(tested(reading, series, (before, previous), (last, end)));
        let (first, start) = comparable[0];
        if first != before {
            let tested = reading.change(Spot { row: first, class: Some(series) }, Spot { row: last, class: Some(series) });
            if let Some(change) = tested {
                sentences.push(step(reading, &subject, (first, start), (last, end)));
                sentences.push(judged(reading, &change.cell));
            }
        }
    }
    sentences.extend(reworded(reading));
    sentences
}

/// Of several lines the tested changes that are more than chance, each with its line and its wave, and a word on all others.
pub(super) fn several_waves(reading: &Reading) -> Vec<String> {
    let japanese = reading.language == Language::Japanese;
    let told = |change: &&Change| matches!(of_difference(&change.cell), Verdict::More | Verdict::Less);
    let mut sentences: Vec<String> = reading.changes.iter().filter(told).filter_map(|change| moved(reading, change)).collect();
    if reading.changes.len() > sentences.len() {
        let none = sentences.is_empty();
        sentences.push(
            match (none, japanese) {
                (true, true) => "どの線にも、変わったと言えるところはありません。",
                (true, false) => "No change on any line can be told from chance.",
                (false, true) => "ほかに、変わったと言えるところはありません。",
                (false, false) => "No other change can be told from chance.",
            }
            .to_owned(),
        );
    }
    sentences.extend(reworded(reading));
    sentences
}

/// A change that is more than chance: of which line, since when.
fn moved(reading: &Reading, change: &Change) -> Option<String> {
    let name = quoted(reading.language, &reading.columns.get(change.to.class?)?.label);
    let (first, last) = (&reading.lines.get(change.from.row)?.label, &reading.lines.get(change.to.row)?.label);
    let (cell, sign) = (&change.cell, reading.sign(&change.cell));
    let interval = reading.interval(cell).unwrap_or_default();
    Some(match reading.language {
        Language::Japanese => format!("{name}は、{first}から{last}までに{}{sign}変わりました（95%区間 {interval}）。", cell.shown),
        Language::English => format!("{name}: {}{sign} from {first} to {last} (95% interval {interval}), more than chance.", cell.shown),
    })
}

/// Where a question began to read otherwise.
fn reworded(reading: &Reading) -> Vec<String> {
    let japanese = reading.language == Language::Japanese;
    let several = reading.columns.len() > 1;
    let mut sentences = Vec::new();
    for gap in &reading.gaps {
        let label = &reading.lines[gap.line].label;
        let which = gap.class.and_then(|class| reading.columns.get(class)).filter(|_| several);
        sentences.push(match (japanese, which) {
            (true, Some(column)) => format!("「{}」は{label}から質問の文が変わったため、前の回とは比べられません。", column.label),
            (true, None) => format!("{label}から質問の文が変わったため、前の回とは比べられません。"),
            (false, Some(column)) => format!("“{}” was reworded from {label} on, so earlier waves do not compare.", column.label),
            (false, None) => format!("The question was reworded from {label} on, so earlier waves do not compare."),
        });
    }
    sentences
}

fn comma(subject: &str) -> &'static str {
    if subject.is_empty() { "" } else { "は、" }
}

fn colon(subject: &str) -> String {
    if subject.is_empty() { String::new() } else { format!("{subject}:") }
}

fn step(reading: &Reading, subject: &str, (from, before): (usize, &Cell), (to, after): (usize, &Cell)) -> String {
    let (first, last) = (&reading.lines[from].label, &reading.lines[to].label);
    let (start, end) = (value(reading, before), value(reading, after));
    match reading.language {
        Language::Japanese => format!("{subject}{}{first}の{start}から、{last}の{end}になりました。", comma(subject)),
        Language::English => format!("{} {start} in {first}, {end} in {last}.", colon(subject)).trim_start().to_owned(),
    }
}

/// By its own test where there is one, else by the two intervals.
fn tested(reading: &Reading, series: usize, (from, before): (usize, &Cell), (to, after): (usize, &Cell)) -> String {
    let spot = |row: usize| Spot { row, class: Some(series) };
    match reading.change(spot(from), spot(to)) {
        Some(change) => judged(reading, &change.cell),
        None if before.value >= after.value => overlap(reading, before, after),
        None => overlap(reading, after, before),
    }
}

/// Who changed, who not, who cannot be judged; the largest change first.
pub(super) fn pairs(reading: &Reading) -> Vec<String> {
    let changes: Vec<(&Line, &Cell)> =
        reading.lines.iter().enumerate().filter_map(|(index, line)| reading.change_in(index, 0, 1).map(|change| (line, change))).collect();
    let words = Words {
        largest: ("もっとも変わったのは", "The largest change is in "),
        more: ("増えたと言えるのは", "More than chance, upwards"),
        less: ("減ったと言えるのは", "More than chance, downwards"),
        open: ("変化があるとは言えないのは", "Not distinguishable from no change"),
        unknown: ("区間が分からず、判断できないのは", "Without an interval, so not to be judged"),
    };
    sorted(reading, &changes, &words)
}

/// Differences against zero.
pub(super) fn differences(reading: &Reading) -> Vec<String> {
    let all: Vec<(&Line, &Cell)> = entries(reading, |line| line.cells.first()).into_iter().map(|(line, cell, _)| (line, cell)).collect();
    let words = Words {
        largest: ("差がもっとも大きいのは", "The largest difference is for "),
        more: ("0より上と言えるのは", "Above zero, more than chance"),
        less: ("0より下と言えるのは", "Below zero, more than chance"),
        open: ("差があるとは言えないのは", "Not distinguishable from no difference"),
        unknown: ("区間が分からず、判断できないのは", "Without an interval, so not to be judged"),
    };
    sorted(reading, &all, &words)
}

struct Words {
    largest: (&'static str, &'static str),
    more: (&'static str, &'static str),
    less: (&'static str, &'static str),
    open: (&'static str, &'static str),
    unknown: (&'static str, &'static str),
}

fn sorted(reading: &Reading, changes: &[(&Line, &Cell)], words: &Words) -> Vec<String> {
    let japanese = reading.language == Language::Japanese;
    if let [(line, change)] = changes {
        let name = named(reading, line);
        return vec![if japanese {
            format!("{name}の{}", judged(reading, change))
        } else {
            format!("{name}: {}", judged(reading, change))
        }];
    }
    let mut sentences = Vec::new();
    let told = |verdict: &Verdict| matches!(verdict, Verdict::More | Verdict::Less);
    let size = |cell: &Cell| cell.value.map_or(0.0, f64::abs);
    let largest =
        changes.iter().filter(|(_, change)| told(&of_difference(change))).fold(None, |best: Option<&(&Line, &Cell)>, one| match best {
            Some(best) if size(best.1) >= size(one.1) => Some(best),
            _ => Some(one),
        });
    if let Some((line, change)) = largest {
        let (name, shown, sign) = (named(reading, line), &change.shown, reading.sign(change));
        sentences.push(if japanese {
            format!("{}{name}の{shown}{sign}です。", words.largest.0)
        } else {
            format!("{}{name} ({shown}{sign}).", words.largest.1)
        });
    }
    for (verdict, (ja, en)) in
        [(Verdict::More, words.more), (Verdict::Less, words.less), (Verdict::Open, words.open), (Verdict::Unknown, words.unknown)]
    {
        let names: Vec<String> =
            changes.iter().filter(|(_, change)| of_difference(change) == verdict).map(|(line, _)| named(reading, line)).collect();
        if !names.is_empty() {
            let names = some_names(reading, &names);
            sentences.push(if japanese { format!("{ja}{names}です。") } else { format!("{en}: {names}.") });
        }
    }
    sentences
}

/// The three parts and their difference; of several rows, who is above and below zero.
pub(super) fn recommendation(reading: &Reading) -> Vec<String> {
    let japanese = reading.language == Language::Japanese;
    let Some([against, _, for_it]) = parts(reading) else { return Vec::new() };
    let nets: Vec<(&Line, Cell)> =
        reading.lines.iter().enumerate().filter_map(|(index, line)| net(reading, index).map(|net| (line, net))).collect();
    if let [(line, net)] = &nets[..] {
        let is = reading.say(("が", " "));
        let told =
            |class: usize| format!("{}{is}{}", quoted(reading.language, &reading.columns[class].label), value(reading, &line.cells[class]));
        let (shown, high, low) = (&net.shown, told(for_it), told(against));
        let mut sentences = vec![if japanese {
            format!("{high}、{low}で、すすめたさの差し引きは{shown}です。")
        } else {
            format!("{high}, {low}: a recommendation score of {shown}.")
        }];
        let interval = reading.interval(net).unwrap_or_default();
        sentences.push(match (of_difference(net), japanese) {
            (Verdict::More, true) => format!("95%区間は{interval}で、0を上回ると言えます。"),
            (Verdict::Less, true) => format!("95%区間は{interval}で、0を下回ると言えます。"),
            (Verdict::Open, true) => format!("95%区間は{interval}で、0との差があるとは言えません。"),
            (Verdict::Unknown, true) => "区間が分からないため、0を上回るかどうかは判断できません。".to_owned(),
            (Verdict::More, false) => format!("Its 95% interval, {interval}, lies above 0."),
            (Verdict::Less, false) => format!("Its 95% interval, {interval}, lies below 0."),
            (Verdict::Open, false) => format!("Its 95% interval, {interval}, holds 0: we can’t tell the two sides apart."),
            (Verdict::Unknown, false) => "Without an interval we cannot judge whether it is above 0.".to_owned(),
        });
        return sentences;
    }
    let rows: Vec<(&Line, &Cell, f64)> = nets.iter().filter_map(|(line, net)| net.value.map(|value| (*line, net, value))).collect();
    parted(reading, reading.say(super::words::NET), rows)
}

/// The mean with its interval, and the fullest column.
pub(super) fn distribution(reading: &Reading) -> Vec<String> {
    let japanese = reading.language == Language::Japanese;
    let mut sentences = Vec::new();
    if let Some(mean) = &reading.mean {
        let (shown, interval) = (&mean.shown, reading.interval(mean));
        sentences.push(match (japanese, interval) {
            (true, Some(interval)) => format!("平均は{shown}（95%区間 {interval}）です。"),
            (true, None) => format!("平均は{shown}です。区間が分からないため、どこまで確かかは言えません。"),
            (false, Some(interval)) => format!("The mean is {shown} (95% interval {interval})."),
            (false, None) => format!("The mean is {shown}. Without an interval we can’t say how sure that is."),
        });
    }
    let all = entries(reading, |line| line.cells.first());
    let most = all.iter().map(|entry| entry.2).fold(f64::NEG_INFINITY, f64::max);
    let fullest: Vec<String> = all.iter().filter(|entry| entry.2 >= most - 1.0e-9).map(|entry| named(reading, entry.0)).collect();
    if let Some(entry) = all.iter().find(|entry| entry.2 >= most - 1.0e-9 && most > 0.0)
        && fullest.len() <= 3
    {
        let (names, shown) = (listed(reading.language, &fullest), value(reading, entry.1));
        sentences.push(if japanese {
            format!("もっとも多いのは{names}の{shown}です。")
        } else {
            format!("The fullest column is {names} ({shown}).")
        });
    }
    sentences
}
