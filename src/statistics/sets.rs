//! Exhibits of questions with several parts: ranks, cards, points, pairs, and several choices a row.

use super::average::{alike, moments};
use super::classes::{named, step};
use super::disclosure::Admitted;
use super::frame::{Frame, hidden_row, row, single_class};
use super::shape::{SetKind, SetShape};
use super::shares::{share, shares};
use super::summary::numbers;
use super::{wording, wording_sets};
use crate::estimate::{Distribution, interval};
use crate::language::Text;
use crate::survey::exhibit::{Class, Exhibit, Kind, People, Row, Tone};
use crate::survey::figure::{Interval, State, Unit};
use crate::survey::{Answer, Category, Figure, Measure, Value};

/// More classes than this have no colours of their own.
const MOST_CLASSES: usize = 6;

/// The exhibit of a set; `None` where its parts are told one by one only.
pub(super) fn exhibit(frame: &Frame<'_, '_>, set: &SetShape) -> Option<Exhibit> {
    let mut exhibit = match &set.kind {
        SetKind::Choices => by_classes(frame, set, Kind::GroupedBar)?,
        SetKind::Piles => by_classes(frame, set, Kind::StackedBar)?,
        SetKind::Ranks(top) => means(frame, set, wording_sets::mean_rank(), (1.0, f64::from(*top))),
        SetKind::Points(total) => means(frame, set, wording_sets::mean_points(), (0.0, f64::from(*total))),
        SetKind::First(top) => first(frame, set, *top),
        SetKind::Pairs(items) => wins(frame, set, items),
    };
    exhibit.row_head = wording::item_head();
    exhibit.details.people = Some(People::Same);
    if exhibit.rows.iter().any(|row| row.n.is_none()) {
        frame.explain(&mut exhibit, set.sensitive);
    } else {
        describe(frame, set, &mut exhibit);
    }
    Some(exhibit)
}

fn describe(frame: &Frame<'_, '_>, set: &SetShape, exhibit: &mut Exhibit) {
    let rank = matches!(set.kind, SetKind::Ranks(_));
    exhibit.title = exhibit.asked.clone();
    if exhibit.classes.len() == 1 {
        let value = |row: &Row| row.figures.first().and_then(|figure| figure.value).map(|value| if rank { -value } else { value });
        let best = exhibit.rows.iter().filter_map(|row| Some((value(row)?, row))).max_by(|one, other| one.0.total_cmp(&other.0));
        let shared = best.is_some_and(|(most, _)| exhibit.rows.iter().filter(|row| value(row) == Some(most)).count() > 1);
        if let Some((_, row)) = best.filter(|_| !shared) {
            exhibit.title = wording_sets::first_of_all(&row.label);
        }
    }
    let n = exhibit.rows.first().and_then(|row| row.n);
    exhibit.source = wording::source(frame.shape, n.filter(|n| exhibit.rows.iter().all(|row| row.n == Some(*n))));
    exhibit.notes.extend(rank.then(wording_sets::rank_note));
    exhibit.notes.extend(matches!(set.kind, SetKind::Pairs(_)).then(wording_sets::wins_note));
    exhibit.notes.extend(matches!(set.kind, SetKind::Choices).then(wording::multiple));
    let coarse = exhibit.unit == Unit::Percent
        && exhibit.rows.iter().any(|row| row.figures.iter().any(|figure| figure.value.is_some() && figure.printed.is_some()));
    exhibit.notes.extend(coarse.then(wording::coarse));
}

/// Rows of classes: piles of cards, choices of rows.
fn by_classes(frame: &Frame<'_, '_>, set: &SetShape, kind: Kind) -> Option<Exhibit> {
    let variables: Vec<_> = set.rows.iter().filter_map(|(id, label)| Some((frame.shape.variable(id)?, label))).collect();
    let categories: &[Category] = match variables.first().map(|(variable, _)| &variable.measure) {
        Some(Measure::Nominal(all) | Measure::Multiple(all)) => all,
        _ => return None,
    };
    if kind == Kind::GroupedBar && categories.len() > MOST_CLASSES {
        return None;
    }
    let several = kind == Kind::GroupedBar;
    let tone = |place: usize| match u8::try_from(place) {
        Ok(place) if categories.len() <= MOST_CLASSES => Tone::Category(place),
        _ => step(place, categories.len()),
    };
    let classes = categories.iter().enumerate().map(|(place, category)| Class {
        id: category.code.clone(),
        label: named(category),
        tone: tone(place),
    });
    let mut exhibit = frame.exhibit(&set.id, &set.label, kind, classes.collect());
    exhibit.rows = variables
        .iter()
        .map(|(variable, label)| match frame.tally(variable) {
            None => hidden_row(&variable.id, (*label).clone(), categories.len(), false),
            Some(tally) => {
                let n = tally.completeness.answered;
                let figures = if several { tally.counts.iter().map(|count| share(*count, n)).collect() } else { shares(&tally.counts, n) };
                row(&variable.id, (*label).clone(), n, figures, None)
            }
        })
        .collect();
    Some(exhibit)
}

/// The mean number of each item.
fn means(frame: &Frame<'_, '_>, set: &SetShape, called: Text, range: (f64, f64)) -> Exhibit {
    let mut exhibit = frame.exhibit(&set.id, &set.label, Kind::Bar, single_class("mean", called));
    exhibit.unit = Unit::Score;
    exhibit.range = Some(range);
    let one = |(variable, label): &(String, Text)| {
        let counted = frame.group(variable).and_then(|group| {
            let (completeness, distribution) = numbers(group, variable);
            group.shows(completeness.answered, set.sensitive).then_some(distribution)
        });
        match counted {
            None => hidden_row(variable, label.clone(), 1, false),
            Some(distribution) => row(variable, label.clone(), distribution.n(), vec![moments(&distribution).mean], None),
        }
    };
    exhibit.rows = set.rows.iter().map(one).collect();
    exhibit
}

/// How many people put each item among their first.
fn first(frame: &Frame<'_, '_>, set: &SetShape, top: u32) -> Exhibit {
    let mut exhibit = frame.exhibit(&set.id, &set.label, Kind::Bar, single_class("share", wording_sets::among_first(top)));
    let counted = admitted(frame, set).and_then(|group| {
        let counts = people(group, set, |answers| {
            let ranked: Vec<f64> = answers.iter().map(|answer| f64::from(u8::from(answer.value().is_some()))).collect();
            ranked.contains(&1.0).then_some(ranked)
        });
        let n = counts.first().map_or(0, Distribution::n);
        group.shows(n, set.sensitive).then_some((n, counts))
    });
    exhibit.rows = set
        .rows
        .iter()
        .enumerate()
        .map(|(at, (variable, label))| match &counted {
            None => hidden_row(variable, label.clone(), 1, false),
            Some((n, counts)) => {
                let chosen = counts.get(at).map_or(0, |one| one.iter().filter(|(value, _)| *value > 0.0).map(|(_, times)| times).sum());
                row(variable, label.clone(), *n, vec![share(chosen, *n)], None)
            }
        })
        .collect();
    exhibit
}

/// The share of its comparisons that each item won, averaged over those who answered every pair.
fn wins(frame: &Frame<'_, '_>, set: &SetShape, items: &[(String, Text)]) -> Exhibit {
    let mut exhibit = frame.exhibit(&set.id, &set.label, Kind::Bar, single_class("share", wording_sets::wins()));
    let each = items.len().saturating_sub(1).max(1) as f64;
    let counted = admitted(frame, set).and_then(|group| {
        let won = people(group, set, |answers| {
            let chosen: Option<Vec<&String>> =
                answers.iter().map(|answer| if let Some(Value::Choice(code)) = answer.value() { Some(code) } else { None }).collect();
            let chosen = chosen?;
            Some(items.iter().map(|(id, _)| chosen.iter().filter(|code| **code == id).count() as f64).collect())
        });
        let n = won.first().map_or(0, Distribution::n);
        group.shows(n, set.sensitive).then_some((n, won))
    });
    exhibit.rows = items
        .iter()
        .enumerate()
        .map(|(at, (id, label))| match counted.as_ref().and_then(|(n, won)| Some((n, won.get(at)?))) {
            None => hidden_row(id, label.clone(), 1, false),
            Some((n, won)) => row(id, label.clone(), *n, vec![percent(won, each)], None),
        })
        .collect();
    exhibit
}

/// A mean number of comparisons as a share of all of them. Where nearly all have the same, it is told without its places.
fn percent(won: &Distribution, of: f64) -> Figure {
    let per_cent = |value: f64| (100.0 * value / of).clamp(0.0, 100.0);
    let n = Some(won.n());
    if let Some(value) = alike(won) {
        let value = per_cent(value);
        return Figure { n, printed: Some(format!("≈{}", crate::language::number(value, 0))), ..Figure::of(value, State::Given) };
    }
    let (Some(mean), Some(deviation)) = (won.mean(), won.deviation()) else { return Figure::missing() };
    let interval = interval::mean(mean, deviation, won.n()).ok();
    let interval = interval.map(|one| Interval { low: per_cent(one.low), high: per_cent(one.high), ..one });
    Figure { n, interval, ..Figure::of(per_cent(mean), State::Given) }
}

fn admitted<'f, 'a>(frame: &'f Frame<'_, 'a>, set: &SetShape) -> Option<&'f Admitted<'a>> {
    frame.group(&set.id).filter(|group| group.is_exact())
}

/// Runs over the people of a group with their answers to all parts; `count` gives their numbers, or nothing where they do not
/// count.
fn people(group: &Admitted<'_>, set: &SetShape, count: impl Fn(&[&Answer]) -> Option<Vec<f64>> + Sync) -> Vec<Distribution> {
    let partials = group.partials(|rows, members| {
        let mut sums: Vec<Distribution> = Vec::new();
        for person in members.iter() {
            let answers: Vec<&Answer> = set.rows.iter().map(|(variable, _)| rows.answer(variable, person)).collect();
            let Some(counted) = count(&answers) else { continue };
            sums.resize_with(counted.len().max(sums.len()), Distribution::default);
            for (sum, number) in sums.iter_mut().zip(counted) {
                sum.add(number, 1);
            }
        }
        sums
    });
    let mut whole: Vec<Distribution> = Vec::new();
    for part in partials {
        whole.resize_with(part.len().max(whole.len()), Distribution::default);
        for (sum, more) in whole.iter_mut().zip(part) {
            sum.merge(more);
        }
    }
    whole
}
