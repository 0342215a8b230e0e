//! The large numbers at the head of a report, each with its company: n and interval.

use crate::catalog::Report;
use crate::catalog::report::{Origin, Tile};
use crate::charts::chart;
use crate::language::count;
use crate::pages::edition::Edition;
use crate::statistics::Published;
use crate::survey::Exhibit;
use crate::survey::figure::Unit;
use serde::Serialize;

/// A large number.
#[derive(Serialize)]
pub(super) struct TileView {
    label: String,
    value: Option<String>,
    unit: Option<String>,
    lines: Vec<String>,
    sample: bool,
    none: String,
}

/// The large number of a tile: a row's sum, or its first figure, exactly as the table has it.
pub(super) fn view(edition: &Edition<'_>, report: &Report, tile: &Tile, published: Option<&Published>) -> TileView {
    let (exhibit, row, sample) = match &tile.origin {
        Origin::Dataset { dataset, row } => {
            let exhibit = edition.material.catalog.data.get(&dataset.value).map(|dataset| &dataset.exhibit);
            let row = exhibit.and_then(|exhibit| exhibit.rows.iter().position(|one| one.id == row.value));
            (exhibit, row, exhibit.is_some_and(|exhibit| exhibit.sample))
        }
        Origin::Survey(id) => (published.and_then(|published| published.exhibits.get(&id.value)), Some(0), report.sample),
    };
    let mut view = TileView {
        label: edition.plain(&tile.label),
        value: None,
        unit: None,
        lines: Vec::new(),
        sample,
        none: edition.say("no_figure").to_owned(),
    };
    if let Some((exhibit, row)) = exhibit.zip(row) {
        fill(edition, exhibit, row, &mut view);
    }
    view
}

fn fill(edition: &Edition<'_>, exhibit: &Exhibit, index: usize, view: &mut TileView) {
    let Some(row) = exhibit.rows.get(index) else { return };
    let Some(figure) = row.total.as_ref().or_else(|| row.figures.first()).filter(|figure| figure.value.is_some()) else { return };
    // The table holds the numbers as they are printed; its columns: label, n where known, classes, sum.
    let table = chart(exhibit, edition.language).table;
    let first_class = 1 + usize::from(exhibit.rows.iter().any(|row| row.n.is_some()));
    let Some(cells) = table.rows.get(index).filter(|row| !row.hidden).map(|row| &row.cells) else { return };
    let cell = if row.total.is_some() { cells.iter().find(|cell| cell.is_total) } else { cells.get(first_class) };
    // Behind the number its interval may stand in parentheses, and n, which has a line of its own here
    let (value, within) = cell.map_or((None, None), |cell| match cell.text.split_once(" (") {
        Some((value, rest)) => (Some(value.to_owned()), rest.split([';', ')']).next().filter(|rest| !rest.starts_with("n="))),
        None => (Some(cell.text.clone()), None),
    });
    view.value = value;
    view.unit = match exhibit.unit {
        Unit::Percent => Some("%".to_owned()),
        Unit::Points => Some(edition.say("unit_points").to_owned()),
        Unit::Ratio => Some(edition.say("unit_ratio").to_owned()),
        Unit::Count | Unit::Score | Unit::Coefficient => None,
    };
    match figure.n.or(row.n) {
        Some(n) => view.lines.push(edition.fill("n_people", &[("n", &count(n))])),
        None => view.lines.push(edition.say("n_unknown").to_owned()),
    }
    let interval = table.head.iter().position(|head| head.text.contains("95%")).and_then(|at| cells.get(at));
    if let (Some(_), Some(text)) = (figure.interval, within.or(interval.map(|cell| cell.text.as_str()))) {
        let (low, high) = text.split_once('–').unwrap_or((text, ""));
        view.lines.push(edition.fill("interval", &[("low", low), ("high", high)]));
    }
}
