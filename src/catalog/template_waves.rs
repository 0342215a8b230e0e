//! What a template says of earlier rounds: lines from wave to wave, and the same people before and after.

use super::reference::Located;
use super::report::{Block, Change, Correction, Trend};
use crate::diagnostic::Place;
use crate::survey::Survey;
use crate::survey::compared::{By, comparable, points};
use crate::survey::waves::{Standing, paired_alike, twins};

/// A block holds at most so many changes.
const MOST_CHANGES: usize = 12;

/// The waves of a survey up to itself, in their order; none where it is no wave.
pub(super) fn so_far<'s>(survey: &Survey, waves: &[&'s Survey]) -> Vec<&'s Survey> {
    waves.iter().filter(|wave| wave.begins() <= survey.begins()).copied().collect()
}

/// The round before with the same people: the latest earlier survey of the family that knows them by the same rule.
pub(super) fn round_before<'s>(survey: &Survey, all: impl Iterator<Item = &'s Survey>) -> Option<&'s Survey> {
    all.filter(|other| other.id != survey.id && other.family() == survey.family())
        .filter(|other| other.begins() < survey.begins() && paired_alike(other, survey))
        .max_by_key(|other| (other.begins(), other.id.clone()))
}

/// Lines from wave to wave of all of these, as many in a picture as can be told apart: shares apart from means, scores of one range.
pub(super) fn trends(survey: &Survey, measures: &[String], place: &Place) -> Vec<Block> {
    let mut pictures: Vec<(Option<usize>, Vec<String>)> = Vec::new();
    for measure in measures {
        let things = comparable(survey, measure);
        // The rows of a grid belong together, scales do, and so do single questions
        let single = matches!(things.as_slice(), [thing] if thing.id == *measure);
        let range = things.iter().any(|thing| thing.by == By::Mean).then(|| points(survey, measure).unwrap_or_default());
        let lines: Vec<String> = things.into_iter().filter(|thing| shows(&thing.by)).map(|thing| thing.id).collect();
        let joins = |kind: &Option<usize>, held: &[String]| {
            *kind == range && single && held.len() < Trend::MOST_LINES && held.iter().all(|id| !is_row(survey, id))
        };
        match pictures.iter_mut().find(|(kind, held)| joins(kind, held)) {
            Some((_, held)) => held.extend(lines),
            None => pictures.extend(lines.chunks(Trend::MOST_LINES).map(|lines| (range, lines.to_vec()))),
        }
    }
    let trend = |lines: Vec<String>| {
        Block::Trend(Trend {
            place: place.clone(),
            figures: lines.into_iter().map(|value| Located { value, place: place.clone() }).collect(),
            choice: None,
            by: Vec::new(),
            groups: Vec::new(),
            waves: Vec::new(),
            correction: Correction::Holm,
            title: None,
        })
    };
    pictures.into_iter().map(|(_, lines)| trend(lines)).collect()
}

fn shows(by: &By) -> bool {
    matches!(by, By::Favourable | By::Recommendation | By::Mean)
}

fn is_row(survey: &Survey, id: &str) -> bool {
    survey.question(id).is_none() && survey.scales.iter().all(|scale| scale.id != id)
}

/// How the same people changed in all of these that both surveys asked alike, a block for each number of points.
pub(super) fn changes(before: &Survey, after: &Survey, measures: &[String], place: &Place) -> Vec<Block> {
    let twins = twins(before, after);
    let same = |id: &String| twins.iter().any(|twin| twin.later.as_ref() == Some(id) && twin.standing == Standing::Comparable);
    let mut kinds: Vec<(usize, Vec<String>)> = Vec::new();
    for id in measures.iter().flat_map(|measure| comparable(after, measure)).map(|thing| thing.id).filter(same) {
        let Some(points) = points(after, &id) else { continue };
        match kinds.iter_mut().find(|(kind, held)| *kind == points && held.len() < MOST_CHANGES) {
            Some((_, held)) => held.push(id),
            None => kinds.push((points, vec![id])),
        }
    }
    let located = |value: String| Located { value, place: place.clone() };
    let change = |of: Vec<String>| {
        Block::Change(Change {
            before: located(before.id.clone()),
            of: of.into_iter().map(located).collect(),
            pairs_only: false,
            title: None,
        })
    };
    kinds.into_iter().map(|(_, of)| change(of)).collect()
}
