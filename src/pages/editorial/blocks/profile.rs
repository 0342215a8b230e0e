//! The page of one group: what of a report's figures is published of it, beside everybody else.

use super::compare::series;
use crate::catalog::Report;
use crate::catalog::report::{Block, Origin};
use crate::pages::edition::Edition;
use crate::pages::editorial::known::Known;
use crate::statistics::{Series, profile};
use crate::survey::compared::{By, comparable};
use crate::survey::{Category, Exhibit, Survey};

/// The groups that have a page of their own.
pub(in crate::pages::editorial) fn groups<'e>(edition: &Edition<'e>, report: &Report) -> Vec<&'e Category> {
    let catalog = edition.material.catalog;
    let survey = catalog.surveys.get(&report.survey.value);
    let attribute = report.for_each.as_ref().zip(survey).and_then(|(id, survey)| survey.attributes.iter().find(|one| one.id == id.value));
    attribute.map(|attribute| attribute.values.iter().collect()).unwrap_or_default()
}

/// The differences of one group to everybody else, shares and scores apart; nothing where the group may not be shown.
pub(in crate::pages::editorial) fn exhibits(edition: &Edition<'_>, report: &Report, known: Known<'_>, group: &str) -> Vec<Exhibit> {
    let (Some(survey), Some(attribute)) = (edition.material.catalog.surveys.get(&report.survey.value), &report.for_each) else {
        return Vec::new();
    };
    let id = format!("{}-{}-{group}", survey.id, attribute.value);
    let mut exhibits = profile(known.own, &id, &all(survey, report), &attribute.value, group);
    exhibits.iter_mut().for_each(|exhibit| exhibit.sample = report.sample);
    exhibits
}

/// All that the report shows of its own survey and that has one number, each once.
pub(in crate::pages::editorial) fn all(survey: &Survey, report: &Report) -> Vec<Series> {
    let tiles = report.tiles.iter().filter_map(|tile| if let Origin::Survey(id) = &tile.origin { Some(id) } else { None });
    let blocks = report.blocks.iter().flat_map(|block| match block {
        Block::Figure { figure, .. } => std::slice::from_ref(figure),
        Block::Compare(block) => block.figures.as_slice(),
        Block::Trend(block) => block.figures.as_slice(),
        _ => &[],
    });
    let mut all: Vec<Series> = Vec::new();
    for id in blocks.chain(tiles) {
        let id = id.value.split_once("-by-").map_or(id.value.as_str(), |(id, _)| id);
        let numbers = comparable(survey, id).into_iter().filter(|one| matches!(one.by, By::Favourable | By::Recommendation | By::Mean));
        let known: Vec<String> = numbers.map(|one| one.id).collect();
        let own = series(survey, id, None).into_iter().filter(|one| known.contains(&one.id));
        all.extend(own.filter(|one| all.iter().all(|other| other.id != one.id)).collect::<Vec<_>>());
    }
    all
}
