//! The same people twice, before and after: how their means changed, and how many went which way.
//!
//! What it tells of single people. Pairs are a group of both surveys: those who answered an item here, and to whose identity one answer
//! there belongs (`survey/pairing`). Means before and after and their difference are sums over that group, beside the sums over everybody
//! who answered either survey. So
//!
//! - the group is entered into the ledger of both surveys, each in its own names, and is told only where in both of them nobody or k people
//!   are left over once it is taken from anything that is or was told of that item (`admit`, `Judge::apart`). It is told whole or not at all:
//!   no rounding hides a sum over one or two people;
//! - scores of a scale stand beside the answers to its items only where, of those who are paired, nobody or k answered just some of the items;
//! - it is told only once both surveys are over, so that no later sheet with the same code makes a pair or undoes one;
//! - in three classes (up, the same, down), whatever the group, and by the rules of shares and means;
//! - the identity itself is no column that anything is counted of, and what was joined is in no batch that is stored;
//! - where an author wants the pairs and nothing else (`pairs_only`), nothing else is told of these items in either survey: then a class
//!   of twenty with two who came only once can be told of.

use super::average::{Moments, alike, moments};
use super::difference::direction;
use super::disclosure::Admitted;
use super::frame::{Frame, hidden_row, row};
use super::shape::{PairedItem, Pairing, Side, SurveyShape};
use super::shares::{best, shares};
use super::wording;
use super::wording_changes as words;
use crate::estimate::{Distribution, Estimate, MeanChanged, Pairs, Reason, Wilcoxon, holm, paired, wilcoxon};
use crate::language::Text;
use crate::survey::exhibit::{Class, Contrast, Exhibit, Kind, Note, People, Spot, Tone};
use crate::survey::figure::{State, Unit};
use crate::survey::question::Favourable;
use crate::survey::scoring::Scale;
use crate::survey::{Answer, Figure, Measure, Value};
use std::collections::BTreeSet;

/// Answers nearer than this are the same: means of the same points differ in their last bit.
const SAME: f64 = 1e-9;

/// Which items may be told of, as far as this survey is concerned.
pub(super) fn admitted(frame: &Frame<'_, '_>, pairing: &Pairing) -> BTreeSet<String> {
    pairing.items.iter().filter(|item| twice(frame, pairing, item).is_some()).map(|item| item.id.clone()).collect()
}

/// The exhibits of a pairing, where this survey is the later one: means before and after, and how many went which way.
pub(super) fn exhibits(frame: &Frame<'_, '_>, pairing: &Pairing) -> Vec<(String, Exhibit)> {
    if pairing.side == Side::Before {
        return Vec::new();
    }
    let changes: Vec<Change<'_>> = pairing.items.iter().map(|item| Change::of(frame, pairing, item)).collect();
    vec![(pairing.id.clone(), means(frame, pairing, &changes)), (format!("{}-people", pairing.id), people(frame, pairing, &changes))]
}

/// An item with what may be told of it.
struct Change<'p> {
    item: &'p PairedItem,
    label: Text,
    low_is_good: bool,
    told: Option<Told>,
}

/// What is told of an item.
struct Told {
    n: u64,
    before: Moments,
    after: Moments,
    change: Distribution,
    test: Estimate<MeanChanged>,
    ranks: Estimate<Wilcoxon>,
}

impl<'p> Change<'p> {
    fn of(frame: &Frame<'_, '_>, pairing: &Pairing, item: &'p PairedItem) -> Change<'p> {
        let shape = frame.shape;
        let scale = shape.scales.iter().find(|scale| scale.id == item.id);
        let parts = scale.map_or_else(|| vec![item.id.clone()], turned_apart);
        let low_is_good = parts.iter().all(|part| shape.favourable(part) == Favourable::Low);
        let told = twice(frame, pairing, item).and_then(|pairs| {
            let change = pairs.differences().ok()?;
            let (before, after) = (moments(&pairs.first()), moments(&pairs.second()));
            Some(Told { n: pairs.n(), before, after, change, test: paired(&pairs), ranks: wilcoxon(&pairs) })
        });
        Change { item, label: shape.label_of(&item.id), low_is_good, told }
    }
}

/// The items that are not turned round.
fn turned_apart(scale: &Scale) -> Vec<String> {
    scale.items.iter().filter(|item| !scale.reversed.contains(item)).cloned().collect()
}

/// Before and after of everybody who gave both, where it may be told.
fn twice(frame: &Frame<'_, '_>, pairing: &Pairing, item: &PairedItem) -> Option<Pairs> {
    let group = frame.group(&pairing.part(item)).filter(|group| group.is_exact() && !item.held)?;
    let pairs = pairs(group, frame.shape, item, pairing.side)?;
    group.shows(pairs.n(), frame.shape.is_sensitive(&item.id)).then_some(pairs)
}

fn pairs(group: &Admitted<'_>, shape: &SurveyShape, item: &PairedItem, side: Side) -> Option<Pairs> {
    let own = shape.scales.iter().find(|scale| scale.id == item.id);
    let mut all = Pairs::default();
    let partials = group.partials(|rows, members| {
        let here = numbers(own, &item.id, rows.n(), |column| rows.answers(column).collect());
        let there = numbers(item.scale.as_ref(), &item.joined, rows.n(), |column| rows.answers(column).collect());
        let both = members.iter().filter_map(|row| here[row].zip(there[row]));
        both.map(|(here, there)| if side == Side::After { (there, here) } else { (here, there) }).collect::<Vec<_>>()
    });
    for (before, after) in partials.flatten() {
        all.add(before, after, 1).then_some(())?;
    }
    Some(all)
}

/// What each row gave: a score, or a point.
fn numbers<'a>(scale: Option<&Scale>, id: &str, rows: usize, column: impl Fn(&str) -> Vec<&'a Answer>) -> Vec<Option<f64>> {
    match scale {
        Some(scale) => {
            let items: Vec<Vec<&Answer>> = scale.items.iter().map(|item| column(item)).collect();
            let place = |item: &str| scale.items.iter().position(|own| own == item);
            (0..rows).map(|row| scale.score_of(|item| place(item).and_then(|place| items[place].get(row).copied()))).collect()
        }
        None => column(id)
            .into_iter()
            .map(|answer| match answer.value()? {
                Value::Choice(code) => code.parse().ok(),
                _ => None,
            })
            .collect(),
    }
}

/// Where the axis ends: that of the first item.
fn range(shape: &SurveyShape, pairing: &Pairing) -> Option<(f64, f64)> {
    let id = &pairing.items.first()?.id;
    let scale = shape.scales.iter().find(|scale| scale.id == *id).map(Scale::range);
    scale.or_else(|| match &shape.variable(id)?.measure {
        Measure::Ordinal(points) => Some((points.first()?.code.parse().ok()?, points.last()?.code.parse().ok()?)),
        _ => None,
    })
}

/// Means before and after, with the change between them.
fn means(frame: &Frame<'_, '_>, pairing: &Pairing, changes: &[Change<'_>]) -> Exhibit {
    let class = |id: &str, label: &Text, step: u8| Class { id: id.to_owned(), label: label.clone(), tone: Tone::Step(step) };
    let classes = vec![class("before", &pairing.before, 1), class("after", &pairing.after, 0)];
    let mut exhibit = frame.exhibit(&pairing.id, &words::asked(&pairing.before, &pairing.after), Kind::Dumbbell, classes);
    (exhibit.unit, exhibit.range, exhibit.row_head) = (Unit::Score, range(frame.shape, pairing), wording::item_head());
    exhibit.details.people = Some(People::Same);
    let judged = Judged::of(changes);
    let tested = judged.means.iter().flatten().count();
    let (mut up, mut down, mut open) = (Vec::new(), Vec::new(), Vec::new());
    for (place, change) in changes.iter().enumerate() {
        let Some(told) = &change.told else {
            exhibit.rows.push(hidden_row(&change.item.id, change.label.clone(), 2, false));
            continue;
        };
        let figures = vec![told.before.mean.clone(), told.after.mean.clone()];
        exhibit.rows.push(row(&change.item.id, change.label.clone(), told.n, figures, None));
        let figure = match (&told.test, alike(&told.change)) {
            (Ok(test), None) => {
                let figure = Figure {
                    n: Some(told.n),
                    interval: Some(test.interval),
                    p: judged.means[place],
                    ..Figure::of(test.change, State::Given)
                };
                let list = match direction(&figure) {
                    1 => &mut up,
                    -1 => &mut down,
                    _ => &mut open,
                };
                list.push(change.label.clone());
                figure
            }
            _ => moments(&told.change).mean,
        };
        let spot = |class: usize| Spot { row: place, class: Some(class) };
        exhibit.details.contrasts.push(Contrast { from: spot(0), to: spot(1), figure });
    }
    let shown = exhibit.rows.iter().any(|row| row.n.is_some());
    if shown {
        exhibit.title = words::title(&pairing.after, &up, &down, &open);
        exhibit.source = words::source(&frame.shape.title, &pairing.other_title);
        exhibit.notes.push(words::no_effect());
        exhibit.notes.extend((tested > 1).then(|| words::together(tested)));
        exhibit.notes.extend(changes.iter().enumerate().filter_map(|(place, change)| test_note(change, &judged, place)));
    }
    if !shown || exhibit.rows.iter().any(|row| row.n.is_none()) {
        exhibit.notes.push(if pairing.ready { words::hidden(&frame.rules, pairing.pairs_only) } else { words::not_yet() });
    } else {
        exhibit.notes.push(words::who(pairing.pairs_only));
    }
    exhibit
}

/// The probabilities of the items, by place, judged together after Holm: one family of tests is one block. Those of ranks are a second
/// look at the same changes, and a family of their own.
struct Judged {
    means: Vec<Option<f64>>,
    ranks: Vec<Option<f64>>,
}

impl Judged {
    fn of(changes: &[Change<'_>]) -> Judged {
        // Changes that are nearly all the same are not tested
        let tested = |change: &Change<'_>| change.told.as_ref().is_some_and(|told| told.test.is_ok() && alike(&told.change).is_none());
        let own = |p: &dyn Fn(&Told) -> Option<f64>| {
            let raw: Vec<Option<f64>> = changes.iter().map(|change| change.told.as_ref().filter(|_| tested(change)).and_then(p)).collect();
            let adjusted = holm(&raw.iter().flatten().copied().collect::<Vec<f64>>()).unwrap_or_default();
            let mut adjusted = adjusted.into_iter();
            raw.into_iter().map(|one| one.and_then(|_| adjusted.next())).collect()
        };
        Judged {
            means: own(&|told| told.test.as_ref().ok().map(|test| test.p)),
            ranks: own(&|told| told.ranks.as_ref().ok().map(|ranks| ranks.p)),
        }
    }
}

/// Tells beside means of the same people how many of those who answered either survey could be paired. Of the counts that are published,
/// and only where of each survey k people or more are left over beside the pairs of every item.
pub fn tell_paired(exhibit: &mut Exhibit, before: u64, after: u64, k: u64) {
    let pairs: Vec<u64> = exhibit.rows.iter().filter_map(|row| row.n).collect();
    let (Some(least), Some(most)) = (pairs.iter().min(), pairs.iter().max()) else { return };
    let enough = [before, after].iter().all(|all| all.checked_sub(*most).is_some_and(|rest| rest >= k));
    exhibit.notes.push(if enough { words::paired((before, after), (*least, *most)) } else { words::nearly_all_paired(k) });
}

/// The tests of an item, in a line.
fn test_note(change: &Change<'_>, judged: &Judged, place: usize) -> Option<Note> {
    let told = change.told.as_ref()?;
    if alike(&told.change).is_some() {
        return Some(words::alike(&change.label));
    }
    match &told.test {
        Ok(test) => Some(words::tests(&change.label, test, judged.means[place].unwrap_or(test.p), judged.ranks[place])),
        Err(Reason::NoDifference | Reason::AllEqual) => Some(words::alike(&change.label)),
        Err(_) => None,
    }
}

/// How many went which way.
fn people(frame: &Frame<'_, '_>, pairing: &Pairing, changes: &[Change<'_>]) -> Exhibit {
    let class = |id: &str, label: Text, tone: Tone| Class { id: id.to_owned(), label, tone };
    let classes = vec![
        class("better", words::better(), Tone::Positive),
        class("same", words::same(), Tone::Neutral),
        class("worse", words::worse(), Tone::Negative),
    ];
    let id = format!("{}-people", pairing.id);
    let mut exhibit = frame.exhibit(&id, &words::people_asked(&pairing.before, &pairing.after), Kind::StackedBar, classes);
    exhibit.row_head = wording::item_head();
    exhibit.details.people = Some(People::Same);
    for change in changes {
        let Some(told) = &change.told else {
            exhibit.rows.push(hidden_row(&change.item.id, change.label.clone(), 3, false));
            continue;
        };
        let count =
            |holds: &dyn Fn(f64) -> bool| told.change.iter().filter(|(value, _)| holds(*value)).map(|(_, times)| times).sum::<u64>();
        let (up, down) = (count(&|value| value > SAME), count(&|value| value < -SAME));
        let (better, worse) = if change.low_is_good { (down, up) } else { (up, down) };
        let figures = shares(&[better, told.n - up - down, worse], told.n);
        exhibit.rows.push(row(&change.item.id, change.label.clone(), told.n, figures, None));
    }
    if exhibit.rows.iter().any(|row| row.n.is_some()) {
        let first = best(exhibit.rows.iter().filter_map(|row| row.figures.first().map(|figure| (&row.label, figure))));
        exhibit.title = first.map_or_else(words::hardly_any_better, |best| words::people_title(&best.labels, best.share));
        exhibit.source = words::source(&frame.shape.title, &pairing.other_title);
        let coarse = exhibit.rows.iter().any(|row| row.figures.iter().any(|figure| figure.value.is_some() && figure.count.is_none()));
        exhibit.notes.extend(coarse.then(wording::coarse));
        let fewest = exhibit.rows.iter().filter_map(|row| row.n).min().unwrap_or_default();
        exhibit.notes.extend(wording::one_person(fewest));
    }
    if exhibit.rows.iter().any(|row| row.n.is_none()) {
        exhibit.notes.push(if pairing.ready { words::hidden(&frame.rules, pairing.pairs_only) } else { words::not_yet() });
    }
    exhibit
}
