//! Groups held against everybody else, the whole, or one of them: only from what is published.

use super::difference::{Correction, Difference, Measured, difference, direction, judged, measured, of_whole, others};
use super::effect::sizes;
use super::frame::{EVERYBODY, hidden_row};
use super::nets::{is_net, net_of};
use super::publish::Published;
use super::wording_compared::{self as wording, Test};
use super::wording_differences::{self as titles, Number};
use crate::language::Text;
use crate::survey::exhibit::{Class, Contrast, Details, Exhibit, Kind, Row, Spot, Tone, Whole};
use crate::survey::figure::{Figure, Unit};

/// With whom groups are compared.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Against<'a> {
    /// Everybody who is not in the group.
    EverybodyElse,
    /// Everybody.
    Whole,
    /// One of the groups, by the id of its row.
    Group(&'a str),
}

/// Between what net scores lie.
const NET_RANGE: (f64, f64) = (-100.0, 100.0);

/// One thing that is compared.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Series {
    /// The id of a variable or scale.
    pub id: String,
    /// What it is called.
    pub label: Text,
    /// The choice whose share is compared, or the net score; `None`: the favourable ones, or the mean.
    pub choice: Option<String>,
}

/// What is asked for.
#[derive(Debug, Clone, PartialEq)]
pub struct Comparison<'a> {
    /// The id of the exhibit.
    pub id: String,
    /// What is compared.
    pub series: &'a [Series],
    /// Which groups: the name of a segment, `department`.
    pub by: &'a str,
    /// With whom.
    pub against: Against<'a>,
    /// How the tests are judged together.
    pub correction: Correction,
}

/// A figure by group, as far as it is published.
pub(super) struct Level<'p> {
    /// The row that it stands in.
    pub(super) row: &'p Row,
    /// The figure itself.
    pub(super) figure: Figure,
    /// What it is made of.
    pub(super) measured: Option<Measured>,
    /// It stands as it was published before.
    pub(super) earlier: bool,
}

/// The figure of a row that is compared: the share of a choice, of all favourable answers, or the mean.
pub(super) fn figure_of<'x>(exhibit: &'x Exhibit, row: &'x Row, choice: Option<&str>) -> Option<&'x Figure> {
    match choice {
        Some(choice) => row.figures.get(exhibit.classes.iter().position(|class| class.id == choice)?),
        None => row.total.as_ref().or_else(|| row.figures.first().filter(|_| exhibit.unit == Unit::Score)),
    }
}

/// The figure that is compared, and what it is made of as far as that may be told.
pub(super) fn told_of(
    exhibit: &Exhibit,
    row: &Row,
    choice: Option<&str>,
    deviation: Option<&Figure>,
) -> Option<(Figure, Option<Measured>)> {
    if is_net(exhibit, choice) {
        return Some(net_of(exhibit, row));
    }
    let figure = figure_of(exhibit, row, choice)?;
    Some((figure.clone(), measured(figure, deviation)))
}

/// What the compared number counts in.
pub(super) fn unit_of(exhibit: &Exhibit, choice: Option<&str>) -> Unit {
    if is_net(exhibit, choice) { Unit::Points } else { exhibit.unit }
}

pub(super) fn levels<'p>(published: &'p Published, series: &Series, by: &str) -> Option<(&'p Exhibit, Vec<Level<'p>>)> {
    let name = format!("{}-by-{by}", series.id);
    let exhibit = published.exhibits.get(&name)?;
    let standing = published.segments.get(&name);
    let level = |row: &'p Row| {
        let known = standing.and_then(|all| all.iter().find(|one| one.row == row.id));
        let deviation = known.and_then(|known| known.deviation.as_ref());
        let told = told_of(exhibit, row, series.choice.as_deref(), deviation);
        let (figure, measured) = told.unwrap_or_else(|| (Figure::hidden(), None));
        // Figures that were kept by an earlier version say nothing of their standing, and are not compared
        Level { row, figure, measured: measured.filter(|_| known.is_some()), earlier: known.is_some_and(|known| known.earlier) }
    };
    Some((exhibit, exhibit.rows.iter().map(level).collect()))
}

/// How a group stands to those it is compared with; none where the two cannot be compared without telling what is held back.
pub(super) fn held_against(all: &[Level<'_>], at: usize, against: Against<'_>, to_whole: bool) -> Option<Difference> {
    let own = all.get(at)?;
    let other = match against {
        Against::EverybodyElse | Against::Whole => all.iter().find(|level| level.row.id == EVERYBODY)?,
        Against::Group(id) => all.iter().find(|level| level.row.id == id)?,
    };
    if own.earlier || other.earlier || own.row.n.is_none() || other.row.n.is_none() {
        return None;
    }
    let (own, other) = (own.measured?, other.measured?);
    match against {
        Against::Group(_) => difference(&own, &other),
        Against::Whole => of_whole(&other, &own),
        Against::EverybodyElse if to_whole => of_whole(&other, &own),
        Against::EverybodyElse => difference(&own, &others(&other, &own)?),
    }
}

/// The groups as an exhibit: differences with intervals of one thing, a heat map of several. Without rows where nothing is
/// published yet.
#[must_use]
pub fn compare(published: Option<&Published>, of: &Comparison<'_>) -> Exhibit {
    let found: Vec<(&Series, &Exhibit, Vec<Level<'_>>)> = of
        .series
        .iter()
        .filter_map(|series| levels(published?, series, of.by).map(|(exhibit, levels)| (series, exhibit, levels)))
        .collect();
    match &found[..] {
        [(series, exhibit, levels)] if of.series.len() == 1 => one(of, series, exhibit, levels),
        [(_, exhibit, _), ..] if found.len() == of.series.len() => map(of, exhibit, &found),
        _ => blank(of, None),
    }
}

pub(super) fn blank(of: &Comparison<'_>, like: Option<&Exhibit>) -> Exhibit {
    let labels: Vec<&Text> = of.series.iter().map(|series| &series.label).collect();
    let mut exhibit = Exhibit {
        id: of.id.clone(),
        title: wording::nothing_to_compare(),
        asked: wording::listed(&labels),
        row_head: Text::default(),
        unit: Unit::Percent,
        range: None,
        kind: Kind::Differences,
        classes: Vec::new(),
        rows: Vec::new(),
        bracket: None,
        benchmark_label: None,
        source: Text::default(),
        notes: Vec::new(),
        sample: false,
        details: Details::default(),
    };
    if let Some(like) = like {
        exhibit.row_head.clone_from(&like.row_head);
        exhibit.source.clone_from(&like.source);
        exhibit.sample = like.sample;
    }
    exhibit
}

/// What the compared number is called: the bracket, the choice, the net score, the mean.
pub(super) fn measure_label(exhibit: &Exhibit, choice: Option<&str>) -> Text {
    if is_net(exhibit, choice) {
        return wording::net_score();
    }
    let class = choice.and_then(|choice| exhibit.classes.iter().find(|class| class.id == choice));
    // Choices of a figure about everybody are rows, each with a bar of its own
    let bar = choice.filter(|_| class.is_none()).and_then(|choice| exhibit.rows.iter().find(|row| row.id == choice));
    match (class.map(|class| &class.label).or(bar.map(|row| &row.label)), &exhibit.bracket) {
        (Some(label), _) => label.clone(),
        (None, Some(bracket)) => bracket.label.clone(),
        (None, None) => super::wording::mean(),
    }
}

/// By which number it is compared, as titles say it.
pub(super) fn number_of(exhibit: &Exhibit, choice: Option<&str>) -> Number {
    let favourable = exhibit.bracket.as_ref().is_some_and(|bracket| bracket.label == super::wording::favourable());
    match unit_of(exhibit, choice) {
        Unit::Percent if choice.is_none() && favourable => Number::Favourable,
        Unit::Percent => Number::Share(measure_label(exhibit, choice)),
        _ => Number::Score,
    }
}

/// One row a group: how much more it is.
fn one(of: &Comparison<'_>, series: &Series, like: &Exhibit, levels: &[Level<'_>]) -> Exhibit {
    let mut exhibit = blank(of, Some(like));
    let (measure, unit) = (measure_label(like, series.choice.as_deref()), unit_of(like, series.choice.as_deref()));
    let other = other_label(of.against, levels);
    exhibit.asked = wording::asked(&series.label, &measure, unit != Unit::Percent, &other);
    exhibit.unit = unit.of_difference();
    exhibit.details.units = vec![exhibit.unit, unit];
    exhibit.classes = vec![
        Class { id: "difference".to_owned(), label: wording::difference(&other), tone: Tone::Category(0) },
        Class { id: "level".to_owned(), label: measure.clone(), tone: Tone::Category(1) },
    ];
    let groups: Vec<usize> = (0..levels.len()).filter(|at| !is_other(of.against, &levels[*at])).collect();
    let tested: Vec<(usize, Difference)> =
        groups.iter().filter_map(|at| held_against(levels, *at, of.against, false).map(|found| (*at, found))).collect();
    let sides = sides(of.against, levels);
    let found: Vec<(Difference, Option<usize>)> =
        tested.iter().map(|(at, found)| (*found, tested.iter().position(|(other, _)| sides == Some((*other, *at))))).collect();
    let figures = judged_once(&found, of.correction);
    let tests = found.iter().filter(|(_, twin)| twin.is_none()).count();
    let mut left_out = Vec::new();
    let (mut above, mut below) = (Vec::new(), Vec::new());
    for at in groups {
        let level = &levels[at];
        let place = tested.iter().position(|(known, _)| *known == at);
        match place.and_then(|place| figures.get(place)) {
            Some(figure) => {
                match direction(figure) {
                    1 => above.push(&level.row.label),
                    -1 => below.push(&level.row.label),
                    _ => {}
                }
                let n = level.figure.n.or(level.row.n);
                exhibit.rows.push(Row {
                    n,
                    figures: vec![figure.clone(), level.figure.clone()],
                    total: None,
                    benchmark: None,
                    link: None,
                    ..level.row.clone()
                });
            }
            None if level.row.n.is_none() => exhibit.rows.push(hidden_row(&level.row.id, level.row.label.clone(), 2, false)),
            None => left_out.push(&level.row.label),
        }
    }
    if exhibit.rows.iter().any(|row| row.n.is_some()) {
        exhibit.title = titles::groups(&series.label, &number_of(like, series.choice.as_deref()), &like.row_head, &other, &above, &below);
        exhibit.notes.push(wording::tests(tests, of.correction, Test::of(unit)));
        let told = tested.iter().zip(&figures).filter(|(_, figure)| direction(figure) != 0);
        exhibit.notes.extend(sizes(unit, told.map(|((at, found), _)| (levels[*at].row.label.clone(), *found))));
        exhibit.notes.extend((unit == Unit::Points).then(wording::what_net_is));
        exhibit.notes.extend((of.against == Against::Whole).then(wording::of_whole));
        exhibit.notes.extend(tested.iter().any(|(_, found)| found.rounded).then(wording::rounded));
        exhibit.notes.extend((!left_out.is_empty()).then(|| wording::left_out(&left_out)));
        exhibit.notes.extend(like.bracket.as_ref().and_then(|bracket| like.notes.iter().find(|note| note.lead == bracket.label)).cloned());
    } else {
        exhibit.rows.clear();
        // Of groups that are shown, why they are not compared; small and empty ones are not named
        exhibit.notes.extend((!left_out.is_empty()).then(|| wording::left_out(&left_out)));
    }
    exhibit
}

/// The two groups that everybody is in, where there are but two: each against everybody else is the other way round the same test.
fn sides(against: Against<'_>, levels: &[Level<'_>]) -> Option<(usize, usize)> {
    let groups: Vec<usize> = (0..levels.len()).filter(|at| levels[*at].row.id != EVERYBODY).collect();
    let whole = levels.iter().find(|level| level.row.id == EVERYBODY)?.figure.n?;
    match groups[..] {
        [one, other] if !matches!(against, Against::Group(_)) => {
            (levels[one].figure.n? + levels[other].figure.n? == whole).then_some((one, other))
        }
        _ => None,
    }
}

/// Differences judged together, one that is another the other way round with that one.
fn judged_once(found: &[(Difference, Option<usize>)], correction: Correction) -> Vec<Figure> {
    let own: Vec<usize> = (0..found.len()).filter(|at| found[*at].1.is_none()).collect();
    let judged_own = judged(&own.iter().map(|at| found[*at].0).collect::<Vec<_>>(), correction);
    let p_of = |at: usize| own.iter().position(|known| *known == at).and_then(|place| judged_own.get(place)).and_then(|figure| figure.p);
    let figure = |(at, (one, twin)): (usize, &(Difference, Option<usize>))| {
        let alone = judged(std::slice::from_ref(one), correction).into_iter().next();
        Figure { p: p_of(twin.unwrap_or(at)), ..alone.unwrap_or_else(Figure::hidden) }
    };
    found.iter().enumerate().map(figure).collect()
}

fn is_other(against: Against<'_>, level: &Level<'_>) -> bool {
    level.row.id == EVERYBODY || against == Against::Group(&level.row.id)
}

fn other_label(against: Against<'_>, levels: &[Level<'_>]) -> Text {
    match against {
        Against::EverybodyElse => wording::everybody_else(),
        Against::Whole => wording::whole(),
        Against::Group(id) => levels.iter().find(|level| level.row.id == id).map(|level| level.row.label.clone()).unwrap_or_default(),
    }
}

/// One row a group, one column a thing: how they stand to the whole.
fn map(of: &Comparison<'_>, like: &Exhibit, all: &[(&Series, &Exhibit, Vec<Level<'_>>)]) -> Exhibit {
    let mut exhibit = blank(of, Some(like));
    exhibit.kind = Kind::Heatmap;
    let choice = all.first().and_then(|(series, ..)| series.choice.as_deref());
    exhibit.unit = unit_of(like, choice);
    exhibit.range = like.range.filter(|range| all.iter().all(|(_, exhibit, _)| exhibit.range == Some(*range)));
    exhibit.range = exhibit.range.or((exhibit.unit == Unit::Points).then_some(NET_RANGE));
    let class = |(place, (series, _, _)): (u8, &(&Series, &Exhibit, Vec<Level<'_>>))| Class {
        id: series.id.clone(),
        label: series.label.clone(),
        tone: Tone::Category(place % 6),
    };
    exhibit.classes = (0..).zip(all).map(class).collect();
    let whole = if let Against::Group(id) = of.against { id } else { EVERYBODY };
    let rows: Vec<usize> = (0..like.rows.len()).filter(|at| whole == EVERYBODY || like.rows[*at].id != EVERYBODY).collect();
    let Some(first) = rows.iter().position(|at| like.rows[*at].id == whole) else { return exhibit };
    let mut tested: Vec<(Difference, Option<usize>)> = Vec::new();
    let mut spots: Vec<(Spot, Spot)> = Vec::new();
    for (place, at) in rows.iter().enumerate() {
        let levels = all.iter().filter_map(|(_, _, levels)| levels.get(*at));
        let own: Vec<&Level<'_>> = levels.collect();
        let hidden = own.iter().all(|level| level.row.n.is_none());
        exhibit.rows.push(Row {
            n: own.iter().filter_map(|level| level.figure.n).min().filter(|_| !hidden),
            figures: own.iter().map(|level| if level.row.n.is_none() { Figure::hidden() } else { level.figure.clone() }).collect(),
            total: None,
            benchmark: None,
            link: None,
            ..like.rows[*at].clone()
        });
        for (class, (_, _, levels)) in all.iter().enumerate().filter(|_| place != first) {
            if let Some(found) = held_against(levels, *at, of.against, true) {
                let spot = |row: usize| Spot { row, class: Some(class) };
                let twin = sides(of.against, levels).filter(|(_, second)| second == at).and_then(|(other, _)| {
                    let row = rows.iter().position(|known| *known == other)?;
                    spots.iter().position(|(_, known)| *known == spot(row))
                });
                spots.push((spot(first), spot(place)));
                tested.push((found, twin));
            }
        }
    }
    let figures = judged_once(&tested, of.correction);
    // Two groups that everybody is in are one test, seen from both sides
    let own = || tested.iter().zip(&figures).zip(&spots).filter(|(((_, twin), _), _)| twin.is_none());
    let apart = || own().filter(|((_, figure), _)| direction(figure) != 0);
    let named = |spot: &Spot| {
        let (series, _, _) = all.get(spot.class?)?;
        Some((&series.label, &exhibit.rows.get(spot.row)?.label))
    };
    let found: Vec<(&Text, &Text, i8)> =
        apart().filter_map(|((_, figure), (_, spot))| named(spot).map(|(thing, group)| (thing, group, direction(figure)))).collect();
    let mut numbers = all.iter().map(|(series, exhibit, _)| number_of(exhibit, series.choice.as_deref()));
    let number = numbers.next().filter(|first| numbers.all(|other| other == *first));
    let title = titles::map(&like.row_head, number.as_ref(), own().count(), &found);
    let large = sizes(
        unit_of(like, choice),
        apart().filter_map(|(((difference, _), _), (_, spot))| named(spot).map(|(thing, group)| (titles::cell(thing, group), *difference))),
    );
    let tests = own().count();
    let net = exhibit.unit == Unit::Points;
    exhibit.asked = wording::asked_several(&measure_label(like, choice), exhibit.unit != Unit::Percent, &like.row_head);
    if !figures.is_empty() {
        exhibit.title = title;
        exhibit.notes.push(wording::tests(tests, of.correction, Test::of(exhibit.unit)));
        exhibit.notes.extend(large);
        exhibit.notes.extend(net.then(wording::what_net_is));
        exhibit.notes.extend((whole == EVERYBODY).then(wording::of_whole));
        exhibit.notes.extend(tested.iter().any(|(found, _)| found.rounded).then(wording::rounded));
        exhibit.notes.push(wording::fewest());
    } else if exhibit.rows.iter().any(|row| row.n.is_some()) {
        exhibit.title = exhibit.asked.clone();
    }
    exhibit.details.whole = Some(Whole::Row(first));
    exhibit.details.contrasts = spots.into_iter().zip(figures).map(|((from, to), figure)| Contrast { from, to, figure }).collect();
    exhibit
}
