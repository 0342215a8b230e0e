//! What a template says of an outcome: what goes together with it, or why that cannot be told.

use super::reference::Located;
use super::related::{least, parts};
use super::report::Drivers;
use crate::diagnostic::Place;
use crate::survey::question::{Favourable, Kind};
use crate::survey::{Measure, Survey};

/// So many things can be held against an outcome.
const MOST: usize = 12;
/// One alone has nothing to be told apart from.
const FEWEST: usize = 2;

/// What goes together with an outcome, and what had to be left out of it. Without an outcome of the author's it is the recommendation;
/// else the last single question that judges and is in no scale; else the last scale. Held against it are the other scales, or, of
/// fewer than two, all single answers that judge.
///
/// `Err`: why there is nothing to tell, in Japanese and English.
pub(super) fn drivers(
    survey: &Survey,
    outcome: Option<&Located<String>>,
    place: &Place,
) -> Result<(Drivers, Vec<String>), (String, String)> {
    let nothing = || {
        (
            "ひな型「executive」は何と関連しているかも載せますが、このアンケートには、それに要る答えが足りません。すすめたいかの質問か段階の質問か尺度が一つと、それと関連を見る尺度（か段階の質問）が二つ以上要ります。".to_owned(),
            "The template “executive” also shows what goes together with an outcome, but this survey asks too little for that: it takes a recommendation, a question with points or a scale, and two more scales (or questions with points) to hold against it.".to_owned(),
        )
    };
    let located = |value: String| Located { value, place: place.clone() };
    let outcome = outcome.cloned().or_else(|| usual(survey).map(located)).ok_or_else(nothing)?;
    let own = parts(survey, &outcome.value).unwrap_or_default();
    let apart = |id: &String| *id != outcome.value && parts(survey, id).is_some_and(|parts| parts.is_disjoint(&own));
    let mut of: Vec<String> = survey.scales.iter().map(|scale| scale.id.clone()).filter(apart).collect();
    if of.len() < FEWEST {
        of = single(survey).into_iter().filter(apart).collect();
    }
    if of.len() < FEWEST {
        return Err(nothing());
    }
    let left = of.split_off(of.len().min(MOST));
    let minimum = least(of.len());
    if let Some(everybody) = survey.population.filter(|everybody| *everybody < minimum) {
        return Err((
            format!(
                "ひな型「executive」は何と関連しているかも載せますが、それには、すべてに答えた人が{minimum}人要ります。対象は{everybody}人なので、載せません。"
            ),
            format!(
                "The template “executive” also shows what goes together with an outcome, but that takes {minimum} people who answered all of it, and {everybody} are asked. It is left out."
            ),
        ));
    }
    Ok((Drivers { outcome, of: of.into_iter().map(located).collect(), minimum, title: None }, left))
}

/// The outcome where the author names none.
fn usual(survey: &Survey) -> Option<String> {
    let in_scale = |id: &String| survey.scales.iter().any(|scale| scale.items.contains(id));
    let last = |is: fn(&Kind) -> bool| survey.questions().filter(|question| is(&question.kind)).map(|question| question.id.clone()).last();
    last(|kind| matches!(kind, Kind::Recommendation { .. }))
        .or_else(|| {
            let judging = survey
                .questions()
                .filter(|question| matches!(&question.kind, Kind::Scale(points) if points.favourable != Favourable::Neither));
            judging.map(|question| question.id.clone()).filter(|id| !in_scale(id)).last()
        })
        .or_else(|| survey.scales.last().map(|scale| scale.id.clone()))
}

/// Single answers on points of which one end is better, rows of grids among them.
fn single(survey: &Survey) -> Vec<String> {
    let judges = |question: &str| {
        survey.question(question).is_some_and(
            |question| matches!(&question.kind, Kind::Scale(points) | Kind::Grid { points, .. } if points.favourable != Favourable::Neither),
        )
    };
    let variables = survey.variables().into_iter();
    variables.filter(|one| matches!(one.measure, Measure::Ordinal(_)) && judges(&one.question)).map(|one| one.id).collect()
}
