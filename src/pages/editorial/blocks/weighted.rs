//! `kind: weighted`: figures adjusted to known numbers of people.

use super::compare::series;
use crate::catalog::Report;
use crate::catalog::weighted::{KnownMargin, Weighted};
use crate::pages::edition::Edition;
use crate::pages::editorial::known::Known;
use crate::statistics::{self, Margin, Series, Weighting, weighted};
use crate::survey::{Category, Exhibit, Survey};

/// The figure of the block; without rows where nothing is published yet, or not every group, which its last note says.
pub(in crate::pages::editorial) fn exhibit(edition: &Edition<'_>, report: &Report, known: Known<'_>, block: &Weighted) -> Option<Exhibit> {
    let survey = edition.material.catalog.surveys.get(&report.survey.value)?;
    let choice = block.choice.as_ref().map(|choice| choice.value.as_str());
    let all: Vec<Series> = block.figures.iter().flat_map(|figure| series(survey, &figure.value, choice)).collect();
    let margins = block.margins.iter().map(|own| margin(survey, own)).collect::<Option<Vec<Margin>>>()?;
    let of = Weighting {
        id: format!("{}-{}", survey.id, block.name()),
        series: &all,
        by: &block.segment(),
        margins: &margins,
        population: survey.population.map(u64::from),
    };
    let mut exhibit = weighted(known.own, &of);
    if let Some(title) = block.title.as_ref().filter(|_| !exhibit.rows.is_empty()) {
        exhibit.title = title.clone();
    }
    exhibit.sample = report.sample;
    Some(exhibit)
}

/// A margin in the order of its attribute.
fn margin(survey: &Survey, own: &KnownMargin) -> Option<Margin> {
    let attribute = survey.attributes.iter().find(|one| one.id == own.attribute.value)?;
    let people = |value: &Category| {
        let people = own.people.iter().find(|(known, _)| known.value == value.code)?.1;
        Some(statistics::Known { value: value.code.clone(), label: value.label.clone(), people })
    };
    let known = attribute.values.iter().map(people).collect::<Option<Vec<statistics::Known>>>()?;
    Some(Margin { label: attribute.text.clone(), known, source: own.source.clone() })
}
