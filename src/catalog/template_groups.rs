//! What a template says of groups: each beside everybody, tested, all that is told in one number in as few pictures as can be.

use super::reference::Located;
use super::report::{Against, Block, Compare, Correction};
use crate::diagnostic::Place;
use crate::survey::Survey;
use crate::survey::compared::{By, comparable, points};

/// A picture holds at most so many things.
const MOST: usize = 12;

/// The groups of an attribute, or of several that are crossed, beside everybody, in all of these: shares apart from means, scores of
/// one range. Of several things it is a heat map, of one the differences.
pub(super) fn comparisons(survey: &Survey, measures: &[String], attributes: &[String], place: &Place) -> Vec<Block> {
    let mut pictures: Vec<(Option<usize>, Vec<String>)> = Vec::new();
    for thing in measures.iter().flat_map(|measure| comparable(survey, measure)) {
        let range = match thing.by {
            By::Mean => Some(points(survey, &thing.id).unwrap_or_default()),
            By::Favourable | By::Recommendation => None,
            By::Choice(_) | By::Nothing => continue,
        };
        match pictures.iter_mut().find(|(kind, held)| *kind == range && held.len() < MOST) {
            Some((_, held)) => held.push(thing.id),
            None => pictures.push((range, vec![thing.id])),
        }
    }
    let located = |value: String| Located { value, place: place.clone() };
    let compare = |figures: Vec<String>| {
        Block::Compare(Compare {
            figures: figures.into_iter().map(located).collect(),
            choice: None,
            by: attributes.iter().cloned().map(located).collect(),
            against: Against::EverybodyElse,
            correction: Correction::Holm,
            title: None,
        })
    };
    pictures.into_iter().map(|(_, figures)| compare(figures)).collect()
}
