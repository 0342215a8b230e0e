//! `kind: compare`: groups held against each other.

use crate::catalog::Report;
use crate::catalog::report::{Against, Compare, Correction};
use crate::pages::edition::Edition;
use crate::pages::editorial::known::Known;
use crate::statistics::{self, Comparison, Series, compare};
use crate::survey::compared::comparable;
use crate::survey::{Exhibit, Survey};

/// The figure of the block; without rows where nothing is published yet.
pub(in crate::pages::editorial) fn exhibit(edition: &Edition<'_>, report: &Report, known: Known<'_>, block: &Compare) -> Option<Exhibit> {
    let survey = edition.material.catalog.surveys.get(&report.survey.value)?;
    let choice = block.choice.as_ref().map(|choice| choice.value.as_str());
    let series: Vec<Series> = block.figures.iter().flat_map(|figure| series(survey, &figure.value, choice)).collect();
    let against = match &block.against {
        Against::EverybodyElse => statistics::Against::EverybodyElse,
        Against::Whole => statistics::Against::Whole,
        Against::Group(group) => statistics::Against::Group(&group.value),
    };
    let id = format!("{}-{}", survey.id, block.name());
    let of = Comparison { id, series: &series, by: &block.segment(), against, correction: correction(block.correction) };
    let mut exhibit = compare(known.own, &of);
    if let Some(title) = block.title.as_ref().filter(|_| !exhibit.rows.is_empty()) {
        exhibit.title = title.clone();
    }
    exhibit.sample = report.sample;
    Some(exhibit)
}

/// What an id of a report stands for, as it is compared.
pub(super) fn series(survey: &Survey, id: &str, choice: Option<&str>) -> Vec<Series> {
    let one = |thing: crate::survey::compared::Comparable| Series { id: thing.id, label: thing.label, choice: choice.map(str::to_owned) };
    comparable(survey, id).into_iter().map(one).collect()
}

pub(super) fn correction(correction: Correction) -> statistics::Correction {
    match correction {
        Correction::Holm => statistics::Correction::Holm,
        Correction::BenjaminiHochberg => statistics::Correction::BenjaminiHochberg,
    }
}
