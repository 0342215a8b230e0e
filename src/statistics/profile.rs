//! One group beside everybody else, in all that a report shows: only from what is published.

use super::compare::{Against, Comparison, Level, Series, blank, held_against, levels, measure_label, number_of};
use super::difference::{Correction, Difference, direction, judged};
use super::effect::sizes;
use super::frame::EVERYBODY;
use super::publish::Published;
use super::wording_compared::{self as wording, Test};
use super::wording_differences::{self as titles, Number};
use crate::language::Text;
use crate::survey::Exhibit;
use crate::survey::exhibit::{Class, Row, Tone};
use crate::survey::figure::{Figure, Unit};

/// A thing with the group's place among its levels, and the difference to everybody else where there is one.
struct Found<'p> {
    series: &'p Series,
    like: &'p Exhibit,
    own: Level<'p>,
    whole: Option<Figure>,
    tested: Option<Difference>,
}

/// What is published of one group, as differences to everybody else: shares in one exhibit, means in another. All their tests are
/// judged together. Nothing where nothing of the group may be shown.
#[must_use]
pub fn profile(published: Option<&Published>, id: &str, all: &[Series], by: &str, row: &str) -> Vec<Exhibit> {
    let found: Vec<Found<'_>> = all.iter().filter_map(|series| one(published?, series, by, row)).collect();
    if found.iter().all(|one| one.own.row.n.is_none()) {
        return Vec::new();
    }
    let tested: Vec<Difference> = found.iter().filter_map(|one| one.tested).collect();
    let mut figures = judged(&tested, Correction::Holm).into_iter();
    let figures: Vec<Option<Figure>> = found.iter().map(|one| one.tested.and_then(|_| figures.next())).collect();
    let told = figures.iter().flatten().any(|figure| direction(figure) != 0);
    let mut exhibits = Vec::new();
    for (unit, name) in [(Unit::Percent, "shares"), (Unit::Score, "scores")] {
        let of: Vec<(&Found<'_>, Option<&Figure>)> =
            found.iter().zip(&figures).filter(|(one, _)| one.like.unit == unit).map(|(one, figure)| (one, figure.as_ref())).collect();
        exhibits.extend(exhibit(&format!("{id}-{name}"), &of, by, (tested.len(), told)));
    }
    exhibits
}

fn one<'p>(published: &'p Published, series: &'p Series, by: &str, row: &str) -> Option<Found<'p>> {
    let (like, levels) = levels(published, series, by)?;
    let at = levels.iter().position(|level| level.row.id == row)?;
    let tested = held_against(&levels, at, Against::EverybodyElse, false);
    let whole = levels.iter().find(|level| level.row.id == EVERYBODY).map(|level| level.figure.clone());
    let own = levels.into_iter().nth(at)?;
    Some(Found { series, like, own, whole, tested })
}

/// The differences of one unit; none where there is not one. `told`: whether anything of either unit is told apart.
fn exhibit(id: &str, all: &[(&Found<'_>, Option<&Figure>)], by: &str, (tests, told): (usize, bool)) -> Option<Exhibit> {
    let (first, _) = all.first()?;
    let of = Comparison { id: id.to_owned(), series: &[], by, against: Against::EverybodyElse, correction: Correction::Holm };
    let mut exhibit = blank(&of, Some(first.like));
    let (unit, score) = (first.like.unit, first.like.unit == Unit::Score);
    let (measure, number) = counted(all.iter());
    // Titles name what is told apart, and by which number that is told
    let apart = || all.iter().filter(|(_, figure)| figure.is_some_and(|figure| direction(figure) != 0));
    let number = if apart().next().is_some() { counted(apart()).1 } else { number };
    let (group, other) = (&first.own.row.label, wording::everybody_else());
    exhibit.unit = unit.of_difference();
    exhibit.details.units = vec![exhibit.unit, unit, unit];
    exhibit.row_head = super::wording::item_head();
    exhibit.asked = wording::profile_asked(group, &measure, score);
    let class = |id: &str, label: Text, place: u8| Class { id: id.to_owned(), label, tone: Tone::Category(place) };
    exhibit.classes = vec![
        class("difference", wording::difference(&other), 0),
        class("group", group.clone(), 1),
        class("whole", super::wording::everybody(), 2),
    ];
    let (mut above, mut below, mut left_out) = (Vec::new(), Vec::new(), Vec::new());
    for (one, figure) in all {
        let whole = one.whole.clone().unwrap_or_else(Figure::hidden);
        let row = Row {
            id: one.series.id.clone(),
            label: one.series.label.clone(),
            n: one.own.figure.n.or(one.own.row.n),
            figures: Vec::new(),
            total: None,
            benchmark: None,
            link: None,
            marked: false,
        };
        match figure {
            Some(figure) => {
                match direction(figure) {
                    1 => above.push(&one.series.label),
                    -1 => below.push(&one.series.label),
                    _ => {}
                }
                exhibit.rows.push(Row { figures: vec![(*figure).clone(), one.own.figure.clone(), whole], ..row });
            }
            None if one.own.row.n.is_none() => exhibit.rows.push(Row { n: None, figures: vec![Figure::hidden(); 3], ..row }),
            None => left_out.push(&one.series.label),
        }
    }
    if exhibit.rows.iter().all(|row| row.n.is_none()) {
        return None;
    }
    let compared: Vec<&Text> = all.iter().filter(|(_, figure)| told && figure.is_some()).map(|(one, _)| &one.series.label).collect();
    exhibit.title = titles::profile(group, &number, &compared, &above, &below);
    // Its own differences by their own test; that those of the other exhibit are judged with them is said beside
    let here = all.iter().filter(|(_, figure)| figure.is_some()).count();
    exhibit.notes.extend((here > 0).then(|| wording::tests(here, Correction::Holm, Test::of(unit))));
    exhibit.notes.extend((0 < here && here < tests).then(|| titles::together(here, tests, score)));
    exhibit.notes.extend(sizes(unit, apart().filter_map(|(one, _)| Some((one.series.label.clone(), one.tested?)))));
    let rounded = all.iter().any(|(one, _)| one.tested.is_some_and(|found| found.rounded));
    exhibit.notes.extend(rounded.then(wording::rounded));
    exhibit.notes.extend((!left_out.is_empty()).then(|| wording::left_out(&left_out)));
    Some(exhibit)
}

/// What the shares or scores are of, and by which number titles say it. Beside questions with a favourable end there may be
/// recommendations, whose shares are of those who recommend.
fn counted<'f>(all: impl Iterator<Item = &'f (&'f Found<'f>, Option<&'f Figure>)>) -> (Text, Number) {
    let mut labels: Vec<Text> = Vec::new();
    let mut numbers: Vec<Number> = Vec::new();
    for (one, _) in all {
        let choice = one.series.choice.as_deref();
        let (label, number) = (measure_label(one.like, choice), number_of(one.like, choice));
        if !labels.contains(&label) {
            labels.push(label);
            numbers.push(number);
        }
    }
    // Shares stand in quotation marks, each name in its own
    let scores = numbers.iter().all(|number| *number == Number::Score);
    let measure = if scores { wording::listed(&labels.iter().collect::<Vec<_>>()) } else { titles::within_marks(&labels) };
    match &numbers[..] {
        [only] => (measure, only.clone()),
        _ => (measure.clone(), Number::Share(measure)),
    }
}
