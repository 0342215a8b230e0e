//! `kind: benchmark`: own figures beside published ones, which are never the same sample.

use super::compare::series;
use crate::catalog::Report;
use crate::catalog::report::{Benchmarks, Beside};
use crate::pages::edition::Edition;
use crate::pages::editorial::known::Known;
use crate::statistics::{Own, beside};
use crate::survey::{Exhibit, Figure};

/// The figure of the block; without rows where nothing is published yet.
pub(in crate::pages::editorial) fn exhibit(
    edition: &Edition<'_>,
    report: &Report,
    known: Known<'_>,
    block: &Benchmarks,
) -> Option<Exhibit> {
    let catalog = edition.material.catalog;
    let survey = catalog.surveys.get(&report.survey.value)?;
    let rows = block.rows.iter().filter_map(|row| {
        let own = series(survey, &row.figure.value, row.choice.as_ref().map(|choice| choice.value.as_str())).into_iter().next()?;
        let dataset = &catalog.data.get(&row.dataset.value)?.exhibit;
        let label = row.label.clone().unwrap_or_else(|| own.label.clone());
        Some(Own { series: own, label, outside: outside(dataset, row)?, source: dataset.source.clone() })
    });
    let rows: Vec<Own> = rows.collect();
    let mut exhibit = beside(known.own, &format!("{}-{}", survey.id, block.name()), &rows, &block.label);
    if let Some(title) = block.title.as_ref().filter(|_| !exhibit.rows.is_empty()) {
        exhibit.title = title.clone();
    }
    exhibit.sample =
        report.sample || block.rows.iter().any(|row| catalog.data.get(&row.dataset.value).is_some_and(|data| data.exhibit.sample));
    Some(exhibit)
}

/// The published number: of a class, else the sum, else the first.
fn outside(dataset: &Exhibit, of: &Beside) -> Option<Figure> {
    let row = dataset.rows.iter().find(|row| row.id == of.row.value)?;
    let figure = match &of.class {
        Some(class) => row.figures.get(dataset.classes.iter().position(|known| known.id == class.value)?)?,
        None => row.total.as_ref().or_else(|| row.figures.first())?,
    };
    Some(Figure { n: figure.n.or(row.n), ..figure.clone() })
}
