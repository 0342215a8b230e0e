//! One thing from wave to wave: only from what is published of each.

use super::compare::{Series, measure_label, number_of, told_of, unit_of};
use super::difference::{Correction, Difference, Measured, difference, direction, judged, measured};
use super::effect::sizes;
use super::frame::EVERYBODY;
use super::publish::Published;
use super::wording_compared::{self as wording, Test};
use super::wording_differences::{self as titles, Number};
use crate::language::Text;
use crate::survey::exhibit::{Break, Class, Contrast, Details, Exhibit, Kind, Row, Spot, Tone};
use crate::survey::figure::{Figure, Unit};

/// A wave, in the order of their days.
#[derive(Debug, Clone, Copy)]
pub struct Wave<'p> {
    /// The survey's id.
    pub id: &'p str,
    /// What it is called.
    pub label: &'p Text,
    /// What may be shown of it.
    pub published: Option<&'p Published>,
}

/// One line through the waves.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Trend {
    /// What it is called.
    pub label: Text,
    /// For each wave the variable or scale as that wave calls it; `None`: the wave did not ask it.
    pub series: Vec<Option<Series>>,
    /// Of one group only: the name of the segment and the id of the row.
    pub group: Option<(String, String)>,
}

/// Where a line begins anew, because something else was asked from then on.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Turn {
    /// The index of the line.
    pub line: usize,
    /// The index of the first wave after it.
    pub wave: usize,
    /// What changed, in a few words.
    pub label: Text,
}

struct Point {
    figure: Figure,
    measured: Option<Measured>,
}

impl Trend {
    fn id(&self) -> String {
        let series = self.series.iter().flatten().last();
        let id = series.map(|series| series.id.clone()).unwrap_or_default();
        self.group.as_ref().map_or(id.clone(), |(_, row)| format!("{id}-{row}"))
    }

    /// What a wave shows of it.
    fn exhibit<'p>(&self, wave: &Wave<'p>, at: usize) -> Option<(&'p Exhibit, &'p Published)> {
        let series = self.series.get(at)?.as_ref()?;
        let published = wave.published?;
        let name = self.group.as_ref().map_or_else(|| series.id.clone(), |(by, _)| format!("{}-by-{by}", series.id));
        Some((published.exhibits.get(&name)?, published))
    }

    fn point(&self, wave: &Wave<'_>, at: usize) -> Point {
        let Some(series) = self.series.get(at).and_then(Option::as_ref) else { return Point { figure: Figure::missing(), measured: None } };
        self.told(series, wave, at).unwrap_or_else(|| Point { figure: Figure::hidden(), measured: None })
    }

    fn told(&self, series: &Series, wave: &Wave<'_>, at: usize) -> Option<Point> {
        let (exhibit, published) = self.exhibit(wave, at)?;
        let choice = series.choice.as_deref();
        let (figure, measured) = match &self.group {
            Some((by, group)) => {
                let row = exhibit.rows.iter().find(|row| row.id == *group)?;
                let standing = published.segments.get(&format!("{}-by-{by}", series.id))?.iter().find(|one| one.row == *group);
                told_of(exhibit, row, choice, standing.and_then(|one| one.deviation.as_ref()))?
            }
            None => {
                let deviation = published.moments.get(&series.id).map(|moments| &moments.deviation);
                let own = exhibit.rows.iter().find(|row| row.id == EVERYBODY).and_then(|row| told_of(exhibit, row, choice, deviation));
                // Choices are rows, each with a bar of its own
                let bar = || exhibit.rows.iter().find(|row| choice == Some(row.id.as_str())).and_then(|row| row.figures.first());
                own.or_else(|| bar().map(|bar| (bar.clone(), measured(bar, deviation))))?
            }
        };
        Some(Point { figure, measured })
    }
}

/// The lines through the waves, broken where something else was asked; the last wave tested against the one before, and against the
/// first that still compares. Without rows where nothing is published yet.
#[must_use]
pub fn trend(id: &str, waves: &[Wave<'_>], lines: &[Trend], turns: &[Turn], correction: Correction) -> Exhibit {
    let labels: Vec<&Text> = lines.iter().map(|line| &line.label).collect();
    let like = lines.iter().find_map(|line| waves.iter().enumerate().rev().find_map(|(at, wave)| line.exhibit(wave, at)));
    let like = like.map(|(exhibit, _)| exhibit);
    let choice = lines.first().and_then(|line| line.series.iter().flatten().last()).and_then(|series| series.choice.as_deref());
    let unit = like.map_or(Unit::Percent, |like| unit_of(like, choice));
    let measure = like.map_or_else(super::wording::share, |like| measure_of(like, choice));
    let mut exhibit = Exhibit {
        id: id.to_owned(),
        title: wording::nothing_to_compare(),
        asked: wording::over_waves(&labels, &measure, unit != Unit::Percent),
        row_head: wording::wave_head(),
        unit,
        range: like.and_then(|like| like.range),
        kind: Kind::Waves,
        classes: Vec::new(),
        rows: Vec::new(),
        bracket: None,
        benchmark_label: None,
        source: wording::from_each_wave(),
        notes: Vec::new(),
        sample: like.is_some_and(|like| like.sample),
        details: Details::default(),
    };
    exhibit.classes = (0..)
        .zip(lines)
        .map(|(place, line): (u8, &Trend)| Class { id: line.id(), label: line.label.clone(), tone: Tone::Category(place % 6) })
        .collect();
    let points: Vec<Vec<Point>> =
        lines.iter().map(|line| waves.iter().enumerate().map(|(at, wave)| line.point(wave, at)).collect()).collect();
    if points.iter().flatten().all(|point| point.figure.value.is_none()) {
        return exhibit;
    }
    for (at, wave) in waves.iter().enumerate() {
        let figures: Vec<Figure> = points.iter().map(|line| line[at].figure.clone()).collect();
        let n = match &figures[..] {
            [only] => only.n,
            // How many of each group there are stands with its points
            _ if lines.iter().any(|line| line.group.is_some()) => None,
            _ => wave.published.map(|published| published.shown).filter(|shown| *shown > 0),
        };
        let n = n.filter(|_| figures.iter().any(|figure| figure.value.is_some()));
        exhibit.rows.push(Row {
            id: wave.id.to_owned(),
            label: wave.label.clone(),
            n,
            figures,
            total: None,
            benchmark: None,
            link: None,
            marked: false,
        });
    }
    let (mut spots, mut tested) = (Vec::new(), Vec::new());
    for (line, points) in points.iter().enumerate() {
        for (from, to) in steps(points, turns.iter().filter(|turn| turn.line == line).map(|turn| turn.wave).max()) {
            let found: Option<Difference> =
                points[to].measured.as_ref().zip(points[from].measured.as_ref()).and_then(|(to, from)| difference(to, from));
            if let Some(found) = found {
                spots.push((line, from, to));
                tested.push(found);
            }
        }
    }
    let figures = judged(&tested, correction);
    let step = |(line, from, _): (usize, usize, usize)| titles::step((lines.len() > 1).then(|| &lines[line].label), waves[from].label);
    let told = spots.iter().zip(&tested).zip(&figures).filter(|(_, figure)| direction(figure) != 0);
    let large = sizes(unit, told.map(|((spot, found), _)| (step(*spot), *found)));
    let number = like.map_or(Number::Score, |like| number_of(like, choice));
    let number = if let Number::Share(_) = number { Number::Share(measure) } else { number };
    describe(&mut exhibit, (lines, &number), waves, (&spots, &figures), correction);
    // Behind what was tested, and how
    if let Some(large) = large {
        let at = exhibit.notes.iter().position(|note| *note == wording::unpaired()).unwrap_or(exhibit.notes.len());
        exhibit.notes.insert(at, large);
    }
    exhibit.details.breaks = turns
        .iter()
        .map(|turn| Break { row: turn.wave, class: (lines.len() > 1).then_some(turn.line), label: turn.label.clone() })
        .collect();
    let contrast = |((line, from, to), figure): ((usize, usize, usize), Figure)| {
        let spot = |row: usize| Spot { row, class: Some(line) };
        Contrast { from: spot(from), to: spot(to), figure }
    };
    exhibit.details.contrasts = spots.into_iter().zip(figures).map(contrast).collect();
    exhibit
}

/// What the number is called.
fn measure_of(like: &Exhibit, choice: Option<&str>) -> Text {
    let mut ids = like.classes.iter().map(|class| &class.id).chain(like.rows.iter().map(|row| &row.id));
    let named = like.bracket.is_some() || ids.any(|id| choice == Some(id.as_str()));
    if named || like.unit == Unit::Score { measure_label(like, choice) } else { super::wording::share() }
}

/// From the wave before to the last one, and from the first that compares.
fn steps(points: &[Point], since: Option<usize>) -> Vec<(usize, usize)> {
    let shown: Vec<usize> = (since.unwrap_or(0)..points.len()).filter(|at| points[*at].figure.value.is_some()).collect();
    match shown[..] {
        [first, .., before, last] if first != before => vec![(before, last), (first, last)],
        [.., before, last] => vec![(before, last)],
        _ => Vec::new(),
    }
}

fn describe(
    exhibit: &mut Exhibit,
    (lines, number): (&[Trend], &Number),
    waves: &[Wave<'_>],
    (spots, figures): (&[(usize, usize, usize)], &[Figure]),
    correction: Correction,
) {
    let labels: Vec<&Text> = lines.iter().map(|line| &line.label).collect();
    exhibit.title = exhibit.asked.clone();
    // What is told first is the step from the wave before: the first test of each line
    let mut steps: Vec<((usize, usize, usize), i8)> = Vec::new();
    for (spot, figure) in spots.iter().zip(figures) {
        if steps.iter().all(|(known, _)| known.0 != spot.0) {
            steps.push((*spot, direction(figure)));
        }
    }
    let moved = |sign: i8| steps.iter().filter(|(_, way)| *way == sign).map(|((line, _, _), _)| labels[*line]).collect::<Vec<_>>();
    let before = steps.first().map(|((_, from, _), _)| *from);
    match before.filter(|before| steps.iter().all(|((_, from, _), _)| from == before)) {
        Some(before) => {
            let compared: Vec<&Text> = steps.iter().map(|((line, _, _), _)| labels[*line]).collect();
            exhibit.title =
                titles::since(&compared, number, lines.iter().any(|line| line.group.is_some()), waves[before].label, &moved(1), &moved(-1));
        }
        None if steps.is_empty() => exhibit.notes.push(wording::only_one_wave()),
        None => {}
    }
    if !figures.is_empty() {
        exhibit.notes.push(wording::tests(figures.len(), correction, Test::of(exhibit.unit)));
        exhibit.notes.extend((exhibit.unit == Unit::Points).then(wording::what_net_is));
        exhibit.notes.push(wording::unpaired());
    }
    exhibit.notes.extend(figures.iter().any(|figure| figure.printed.is_some()).then(wording::rounded));
    for line in lines {
        let silent: Vec<&Text> =
            waves.iter().zip(&line.series).filter(|(_, series)| series.is_none()).map(|(wave, _)| wave.label).collect();
        exhibit.notes.extend((!silent.is_empty()).then(|| wording::not_asked(&line.label, &silent)));
    }
}
