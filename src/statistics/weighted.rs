//! Figures as they would be if each group counted for as many people as it is known to have: worked out from published figures and
//! from nothing else, so that they tell nothing that is not told already.
//!
//! One known margin makes post-stratification, two make raking over the groups that they cross. Either needs each of the groups: where
//! one is not shown, or not exactly, there is no such figure.

use super::compare::{Level, Series, levels, number_of, told_of, unit_of};
use super::difference::Measured;
use super::frame::EVERYBODY;
use super::publish::Published;
use super::wording;
use super::wording_differences::Number;
use super::wording_weighted::{self as said, Bar, Made, Shift};
use crate::estimate::{self, Stratum, WeightedEstimate, adjusted_mean, adjusted_share, rake};
use crate::language::{Text, number};
use crate::survey::exhibit::{Class, Details, Exhibit, Kind, Row, Tone};
use crate::survey::figure::{Figure, Interval, State, Unit};

/// How many people there are of a value of an attribute.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Known {
    /// The code of the value.
    pub value: String,
    /// What it is called.
    pub label: Text,
    /// How many people have it.
    pub people: u64,
}

/// How many people there are of each value of an attribute.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Margin {
    /// What the attribute is called.
    pub label: Text,
    /// Its values in the order of the survey.
    pub known: Vec<Known>,
    /// Who says so.
    pub source: Text,
}

/// What is asked for.
#[derive(Debug, Clone, PartialEq)]
pub struct Weighting<'a> {
    /// The id of the exhibit.
    pub id: String,
    /// What is told.
    pub series: &'a [Series],
    /// The name of the segment that the margins make: `age`, `department-and-age`.
    pub by: &'a str,
    /// One margin, or two.
    pub margins: &'a [Margin],
    /// How many people the survey is about, where it says so: both intervals are narrower then.
    pub population: Option<u64>,
}

/// A group: the answers of its people, and how many there are by each margin.
struct Cell {
    found: Measured,
    /// Its value of each margin, by place.
    places: Vec<usize>,
}

/// One row a figure: as it was answered, and adjusted. Without rows, and with the reason as its last note, where none can be.
#[must_use]
pub fn weighted(published: Option<&Published>, of: &Weighting<'_>) -> Exhibit {
    let found: Vec<(&Series, &Exhibit)> =
        of.series.iter().filter_map(|series| Some((series, published?.exhibits.get(&series.id)?))).collect();
    let mut exhibit = blank(of, found.first().copied());
    let (mut shifts, mut bars, mut worth) = (Vec::new(), Vec::new(), Vec::new());
    for (series, like) in &found {
        let Some(plain) = plain(series, like) else { continue };
        let adjusted = published.map_or(Err(Bar::Group), |published| adjusted(published, series, of));
        let figure = match &adjusted {
            Ok((figure, effective)) => {
                worth.push((&series.label, figure.n.unwrap_or_default(), *effective));
                figure.clone()
            }
            Err(bar) => {
                bars.push((&series.label, *bar));
                Figure::hidden()
            }
        };
        let rounded = figure.printed.is_some();
        shifts.extend(plain.value.zip(figure.value).map(|(from, to)| Shift {
            label: &series.label,
            number: number_of(like, series.choice.as_deref()),
            from,
            to,
            rounded,
        }));
        exhibit.rows.push(Row {
            id: series.id.clone(),
            label: series.label.clone(),
            n: plain.n,
            figures: vec![plain, figure],
            total: None,
            benchmark: None,
            link: None,
            marked: false,
        });
    }
    let by: Vec<&Text> = of.margins.iter().map(|margin| &margin.label).collect();
    if worth.is_empty() {
        exhibit.rows.clear();
    } else {
        exhibit.title = said::title(&shifts, &by, exhibit.unit, exhibit.range);
        let made: Vec<Made<'_>> = of.margins.iter().map(made).collect();
        exhibit.notes.push(said::how(&made));
        exhibit.notes.push(said::known(&made));
        exhibit.notes.push(said::worth(&worth));
        exhibit.notes.push(said::no_test());
    }
    let mut kinds: Vec<Bar> = bars.iter().map(|(_, bar)| *bar).collect();
    kinds.sort_unstable();
    kinds.dedup();
    exhibit.notes.extend(kinds.into_iter().map(|kind| {
        let of_these: Vec<&Text> = bars.iter().filter(|(_, bar)| *bar == kind).map(|(label, _)| *label).collect();
        said::barred(kind, &by, if worth.is_empty() { &[] } else { &of_these })
    }));
    exhibit
}

/// A margin in words.
fn made(margin: &Margin) -> Made<'_> {
    Made { label: &margin.label, known: margin.known.iter().map(|known| (&known.label, known.people)).collect(), source: &margin.source }
}

fn blank(of: &Weighting<'_>, first: Option<(&Series, &Exhibit)>) -> Exhibit {
    let unit = first.map_or(Unit::Percent, |(series, like)| unit_of(like, series.choice.as_deref()));
    let class = |id: &str, label: Text, place: u8| Class { id: id.to_owned(), label, tone: Tone::Category(place) };
    Exhibit {
        id: of.id.clone(),
        title: said::nothing_to_adjust(),
        asked: said::asked(
            &of.series.iter().map(|series| &series.label).collect::<Vec<_>>(),
            &of.margins.iter().map(|margin| &margin.label).collect::<Vec<_>>(),
            first.map_or(Number::Score, |(series, like)| number_of(like, series.choice.as_deref())),
        ),
        row_head: wording::item_head(),
        unit,
        range: first.and_then(|(_, like)| like.range),
        kind: Kind::GroupedBar,
        classes: vec![class("answered", said::as_answered(), 0), class("adjusted", said::adjusted(), 1)],
        rows: Vec::new(),
        bracket: None,
        benchmark_label: None,
        source: first.map(|(_, like)| like.source.clone()).unwrap_or_default(),
        notes: Vec::new(),
        sample: false,
        details: Details::default(),
    }
}

/// The figure of everybody, where it is shown.
fn plain(series: &Series, like: &Exhibit) -> Option<Figure> {
    let choice = series.choice.as_deref();
    let everybody = like.rows.iter().find(|row| row.id == EVERYBODY);
    let figure = everybody.and_then(|row| told_of(like, row, choice, None)).map(|(figure, _)| figure);
    let bar = || like.rows.iter().find(|row| choice == Some(row.id.as_str())).and_then(|row| row.figures.first());
    figure.or_else(|| bar().cloned()).filter(|figure| figure.value.is_some())
}

/// The adjusted figure and its effective n.
fn adjusted(published: &Published, series: &Series, of: &Weighting<'_>) -> Result<(Figure, f64), Bar> {
    if published.completeness.get(&series.id).is_some_and(|known| known.not_shown > 0) {
        return Err(Bar::Asked);
    }
    let (_, levels) = levels(published, series, of.by).ok_or(Bar::Group)?;
    let cells = cells(&levels, of.margins)?;
    let weights = weights(&cells, of.margins)?;
    let n: u64 = cells.iter().map(|cell| cell.found.n()).sum();
    let population = of.population.filter(|all| *all >= n);
    let (mut shares, mut means, mut off) = (Vec::new(), Vec::new(), Vec::new());
    for (cell, weight) in cells.iter().zip(&weights) {
        let weight = *weight;
        match cell.found {
            Measured::Share { count, n } => shares.push(Stratum { weight, found: (count, n) }),
            Measured::Mean { sample, rounding } => {
                means.push(Stratum { weight, found: sample });
                off.push((weight * sample.n as f64, rounding));
            }
            Measured::Net { .. } => return Err(Bar::Coarse),
        }
    }
    let found = if means.is_empty() { adjusted_share(&shares, population) } else { adjusted_mean(&means, population) };
    let WeightedEstimate { value, interval, effective } = found.map_err(|_| Bar::Open)?;
    // What rounding of the groups may hide of the whole
    let whole: f64 = off.iter().map(|(counts, _)| counts).sum();
    let hidden: f64 = off.iter().map(|(counts, rounding)| counts / whole * rounding).sum();
    let interval = Interval { low: interval.low - hidden, high: interval.high + hidden, ..interval };
    let printed = (hidden > 0.0).then(|| number(value, 1));
    Ok((Figure { n: Some(n), interval: Some(interval), printed, ..Figure::of(value, State::Derived) }, effective.effective_n))
}

/// Every group that the margins cross, in the order of the margins.
fn cells(levels: &[Level<'_>], margins: &[Margin]) -> Result<Vec<Cell>, Bar> {
    let mut places: Vec<(String, Vec<usize>)> = vec![(String::new(), Vec::new())];
    for margin in margins {
        let with = |(id, own): &(String, Vec<usize>), at: usize, value: &str| {
            let id = if id.is_empty() { value.to_owned() } else { format!("{id}-{value}") };
            (id, own.iter().copied().chain([at]).collect::<Vec<usize>>())
        };
        let values = || margin.known.iter().map(|known| known.value.as_str()).enumerate();
        places = places.iter().flat_map(|one| values().map(move |(at, value)| with(one, at, value)).collect::<Vec<_>>()).collect();
    }
    let (mut cells, mut bar) = (Vec::new(), None);
    for (id, places) in places {
        let nobody = margins.iter().zip(&places).any(|(margin, at)| margin.known[*at].people == 0);
        let level = levels.iter().find(|level| level.row.id == id).ok_or(Bar::Group)?;
        // Nobody is in it by the margin, and nobody by what is shown
        if nobody && level.row.n.is_none() {
            continue;
        }
        let missing = match (level.row.n, level.measured) {
            _ if nobody => Some(Bar::Margin),
            (None, _) => Some(Bar::Group),
            _ if level.earlier => Some(Bar::Earlier),
            (_, None) => Some(Bar::Coarse),
            (_, Some(found)) => {
                cells.push(Cell { found, places });
                None
            }
        };
        // The first kind in their order, whichever group it is of
        bar = [bar, missing].into_iter().flatten().min();
    }
    bar.map_or(Ok(cells), Err)
}

/// What each of a group's people counts: with one margin its known people over those who answered, with two by raking.
fn weights(cells: &[Cell], margins: &[Margin]) -> Result<Vec<f64>, Bar> {
    for (index, margin) in margins.iter().enumerate() {
        for (at, known) in margin.known.iter().enumerate() {
            let answered: u64 = cells.iter().filter(|cell| cell.places[index] == at).map(|cell| cell.found.n()).sum();
            if answered > known.people {
                return Err(Bar::Margin);
            }
        }
    }
    if let [margin] = margins {
        return Ok(cells.iter().map(|cell| margin.known[cell.places[0]].people as f64 / cell.found.n() as f64).collect());
    }
    let times: Vec<u64> = cells.iter().map(|cell| cell.found.n()).collect();
    let known = |(index, margin): (usize, &Margin)| estimate::Margin {
        categories: cells.iter().map(|cell| cell.places[index]).collect(),
        known: margin.known.iter().map(|known| known.people as f64).collect(),
    };
    let raked = rake(&times, &margins.iter().enumerate().map(known).collect::<Vec<estimate::Margin>>(), None).map_err(|_| Bar::Open)?;
    if raked.converged { Ok(raked.weights) } else { Err(Bar::Open) }
}
