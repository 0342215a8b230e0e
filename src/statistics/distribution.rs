//! Exhibits of choices: ordinal variables and grids of them, nominal ones, multiple choice.

use super::classes::{Classes, can_fold, named};
use super::frame::{EVERYBODY, Frame, hidden_row, row, single_class};
use super::group::Group;
use super::nets::net_contrasts;
use super::shares::{Extent, NEARLY_ALL, best, extent, share, shares, total};
use super::summary::Tally;
use super::wording;
use super::wording_missing;
use crate::language::Text;
use crate::survey::exhibit::{Exhibit, Kind, People, Row};
use crate::survey::question::Favourable;
use crate::survey::{Category, Figure, Variable};

/// One ordinal variable that becomes a row: its id in the exhibit, what it is called, the variable, of whom.
pub(super) struct OrdinalRow<'v> {
    pub(super) id: String,
    pub(super) label: Text,
    pub(super) variable: &'v Variable,
    pub(super) segment: Group,
}

impl<'v> OrdinalRow<'v> {
    /// A variable that has an exhibit of its own.
    pub(super) fn alone(variable: &'v Variable) -> OrdinalRow<'v> {
        OrdinalRow { id: EVERYBODY.to_owned(), label: wording::everybody(), variable, segment: Group::everybody() }
    }
}

/// Rows of 100 %, favourable classes first, with the bracket over the favourable ones. All rows have the categories of the first.
pub(super) fn ordinal(frame: &Frame<'_, '_>, id: &str, asked: &Text, rows: &[OrdinalRow<'_>], categories: &[Category]) -> Exhibit {
    let reading = rows.first().map_or(Favourable::High, |row| frame.shape.favourable(&row.variable.id));
    let tallies: Vec<Option<Tally>> = rows.iter().map(|row| frame.within(&row.segment).tally(row.variable)).collect();
    let recommended = rows.iter().all(|row| frame.shape.recommendations.contains(&row.variable.id));
    let of = |folded: bool| if recommended { Classes::of_recommendation() } else { Classes::of(categories, reading, folded) };
    let thirds = of(true);
    let alike =
        |tally: &Tally| thirds.sum(&tally.counts).iter().any(|count| extent(*count, tally.completeness.answered) == Extent::NearlyAll);
    let fine = rows.iter().zip(&tallies).all(|(row, tally)| {
        tally.as_ref().is_none_or(|tally| {
            let frame = frame.within(&row.segment);
            !alike(tally) && frame.group(&row.variable.id).is_some_and(|group| group.shows_fine(tally.completeness.answered))
        })
    });
    let classes = of(!fine);
    let kind = if recommended { Kind::Recommendation } else { Kind::StackedBar };
    let mut exhibit = frame.exhibit(id, asked, kind, classes.classes.clone());
    exhibit.details.people = (rows.len() > 1).then_some(People::Same);
    exhibit.bracket.clone_from(&classes.bracket);
    exhibit.rows = rows.iter().zip(&tallies).map(|(row, tally)| ordinal_row(row, tally.as_ref(), &classes)).collect();
    if rows.iter().all(|row| row.id != EVERYBODY) {
        exhibit.row_head = wording::item_head();
    }
    ordinal_words(frame, &mut exhibit, rows, &tallies, &classes, categories);
    if recommended {
        // Its three classes are the measure itself, and no fold of it
        exhibit.notes.retain(|note| *note != wording::folded(&frame.rules));
        exhibit.details.contrasts = net_contrasts(&exhibit);
    }
    exhibit
}

fn ordinal_row(of: &OrdinalRow<'_>, tally: Option<&Tally>, classes: &Classes) -> Row {
    let Some(tally) = tally else {
        return hidden_row(&of.id, of.label.clone(), classes.classes.len(), classes.bracket.is_some());
    };
    let n = tally.completeness.answered;
    let counts = classes.sum(&tally.counts);
    let figures = shares(&counts, n);
    let sum = classes.bracket.as_ref().map(|bracket| total(&counts[..=bracket.last], &figures[..=bracket.last], n));
    row(&of.id, of.label.clone(), n, figures, sum)
}

fn ordinal_words(
    frame: &Frame<'_, '_>,
    exhibit: &mut Exhibit,
    rows: &[OrdinalRow<'_>],
    tallies: &[Option<Tally>],
    classes: &Classes,
    categories: &[Category],
) {
    let sensitive = rows.iter().any(|row| row.variable.sensitive);
    let shown: Vec<&Row> = exhibit.rows.iter().filter(|row| row.n.is_some()).collect();
    let counted: Vec<Text> = classes
        .bracket
        .iter()
        .flat_map(|bracket| classes.points[..=bracket.last].iter().flatten())
        .map(|point| named(&categories[*point]))
        .collect();
    if let Some(title) = ordinal_title(exhibit, &shown, rows.len() > 1, &counted) {
        exhibit.title = title;
        exhibit.source = wording::source(frame.shape, if let [only] = shown[..] { only.n } else { None });
        let coarse = shown.iter().any(|row| row.figures.iter().any(is_coarse));
        let one = if let [only] = shown[..] { only.n.and_then(wording::one_person) } else { None };
        if let Some(bracket) = classes.bracket.as_ref() {
            exhibit.notes.push(wording::counts_ends(&bracket.label, &counted, categories.len()));
        }
        exhibit.notes.extend((classes.folded && can_fold(categories.len())).then(|| wording::folded(&frame.rules)));
        exhibit.notes.extend(coarse.then(wording::coarse));
        exhibit.notes.extend(one);
        if let [Some(tally)] = tallies {
            exhibit.notes.extend(wording_missing::completeness(&tally.completeness, &frame.rules, sensitive));
        }
    }
    if tallies.iter().any(Option::is_none) {
        frame.explain(exhibit, sensitive);
    }
}

/// The finding: the counted share, or for which row it is highest. `None` where nothing is shown.
fn ordinal_title(exhibit: &Exhibit, shown: &[&Row], grid: bool, counted: &[Text]) -> Option<Text> {
    let first = shown.first()?;
    if exhibit.bracket.is_none() {
        let best = best(exhibit.classes.iter().zip(&first.figures).map(|(class, figure)| (&class.label, figure)));
        return Some(best.filter(|_| !grid).map_or_else(|| exhibit.asked.clone(), |best| wording::most_chosen(&best.labels, best.share)));
    }
    if grid {
        let best = best(shown.iter().filter_map(|row| row.total.as_ref().map(|total| (&row.label, total))));
        return Some(match best {
            Some(best) if best.labels.len() < shown.len() || shown.len() == 1 => wording::highest_item(counted, &best.labels, best.share),
            _ => exhibit.asked.clone(),
        });
    }
    let total = first.total.as_ref()?;
    Some(match (total.count, total.n) {
        (Some(count), Some(n)) => wording::counted_share(counted, count, n),
        _ if total.printed.as_deref() == Some(NEARLY_ALL) => wording::counted_nearly_all(counted),
        _ => wording::counted_hardly_any(counted),
    })
}

/// One bar for each category with its interval. `several`: people could choose more than one.
pub(super) fn choices(frame: &Frame<'_, '_>, variable: &Variable, categories: &[Category], several: bool) -> Exhibit {
    let mut exhibit = frame.exhibit(&variable.id, &variable.label, Kind::Bar, single_class("share", wording::share()));
    exhibit.row_head = wording::choice_head();
    exhibit.details.people = Some(People::Same);
    let Some(tally) = frame.tally(variable) else {
        exhibit.rows = categories.iter().map(|category| hidden_row(&category.code, named(category), 1, false)).collect();
        frame.explain(&mut exhibit, variable.sensitive);
        return exhibit;
    };
    let n = tally.completeness.answered;
    let figures: Vec<Figure> = if several { tally.counts.iter().map(|count| share(*count, n)).collect() } else { shares(&tally.counts, n) };
    exhibit.rows =
        categories.iter().zip(figures).map(|(category, figure)| row(&category.code, named(category), n, vec![figure], None)).collect();
    let best = best(exhibit.rows.iter().filter_map(|row| row.figures.first().map(|figure| (&row.label, figure))));
    exhibit.title = match best {
        Some(best) if best.labels.len() < categories.len() || best.labels.len() == 1 => wording::most_chosen(&best.labels, best.share),
        _ => wording::nothing_stands_out(),
    };
    exhibit.source = wording::source(frame.shape, Some(n));
    let coarse = exhibit.rows.iter().any(|row| row.figures.iter().any(is_coarse));
    exhibit.notes.extend(several.then(wording::multiple));
    exhibit.notes.extend(coarse.then(wording::coarse));
    exhibit.notes.extend(wording::one_person(n));
    exhibit.notes.extend(wording_missing::completeness(&tally.completeness, &frame.rules, variable.sensitive));
    exhibit
}

pub(super) fn is_coarse(figure: &Figure) -> bool {
    figure.value.is_some() && figure.count.is_none()
}
