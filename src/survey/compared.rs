//! What of a survey can be held against each other: of groups, and from wave to wave.

use super::definition::Survey;
use super::figure::Unit;
use super::question::{Favourable, Kind};
use super::variable::{Category, Measure};
use crate::language::Text;

/// More choices than this have no figures by attribute.
const MOST_CHOICES: usize = 6;

/// As the choice of a recommendation: its net score, the share of those who recommend minus the share of those who do not.
pub const NET: &str = "net";

/// By what number something is compared.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum By {
    /// The share of favourable answers.
    Favourable,
    /// The share of those who recommend, or [`NET`].
    Recommendation,
    /// The mean.
    Mean,
    /// The share of one of these choices, which must be named.
    Choice(Vec<Category>),
    /// By none: it is answered in words, or neither end of it is favourable.
    Nothing,
}

/// One thing that can be compared.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Comparable {
    /// The id of its variable or scale.
    pub id: String,
    /// What it is called beside others of its kind.
    pub label: Text,
    /// By what number.
    pub by: By,
}

impl Comparable {
    /// What the number counts in, where this choice is asked for.
    #[must_use]
    pub fn unit(&self, choice: Option<&str>) -> Unit {
        match self.by {
            By::Mean => Unit::Score,
            By::Recommendation if choice == Some(NET) => Unit::Points,
            _ => Unit::Percent,
        }
    }
}

/// What an id of a report names: a scale, a question, a row of a grid, or all rows of a grid. Nothing where the survey has no such
/// thing.
#[must_use]
pub fn comparable(survey: &Survey, id: &str) -> Vec<Comparable> {
    if let Some(scale) = survey.scales.iter().find(|scale| scale.id == id) {
        return vec![Comparable { id: scale.id.clone(), label: scale.label.clone(), by: By::Mean }];
    }
    let variables = survey.variables();
    let own = variables.iter().filter(|variable| variable.id == id || (variable.question == id && is_grid(survey, id)));
    own.map(|variable| Comparable {
        id: variable.id.clone(),
        label: variable.label.clone(),
        by: match &variable.measure {
            Measure::Ordinal(_) if favourable(survey, &variable.question) == Favourable::Neither => By::Nothing,
            Measure::Ordinal(_) if is_recommendation(survey, &variable.question) => By::Recommendation,
            Measure::Ordinal(_) => By::Favourable,
            Measure::Number => By::Mean,
            Measure::Nominal(choices) | Measure::Multiple(choices) if choices.len() <= MOST_CHOICES => By::Choice(choices.clone()),
            _ => By::Nothing,
        },
    })
    .collect()
}

fn is_grid(survey: &Survey, id: &str) -> bool {
    survey.question(id).is_some_and(|question| matches!(question.kind, Kind::Grid { .. }))
}

fn is_recommendation(survey: &Survey, id: &str) -> bool {
    survey.question(id).is_some_and(|question| matches!(question.kind, Kind::Recommendation { .. }))
}

fn favourable(survey: &Survey, question: &str) -> Favourable {
    match survey.question(question).map(|question| &question.kind) {
        Some(Kind::Scale(points) | Kind::Grid { points, .. }) => points.favourable,
        _ => Favourable::High,
    }
}

/// Every id that can be compared, in the order of the survey.
#[must_use]
pub fn all(survey: &Survey) -> Vec<String> {
    let grids = survey.questions().filter(|question| matches!(question.kind, Kind::Grid { .. })).map(|question| question.id.clone());
    let variables = survey.variables();
    let own = variables.iter().map(|variable| variable.id.clone());
    let ids = survey.scales.iter().map(|scale| scale.id.clone()).chain(grids).chain(own);
    ids.filter(|id| comparable(survey, id).iter().any(|one| one.by != By::Nothing)).collect()
}

/// How many points a variable or the items of a scale have; `None` for everything else. The sum of several counts as its own.
#[must_use]
pub fn points(survey: &Survey, id: &str) -> Option<usize> {
    let scale = survey.scales.iter().find(|scale| scale.id == id).map(|scale| scale.range().1 as usize);
    scale.or_else(|| {
        survey.variables().into_iter().find(|variable| variable.id == id).and_then(|variable| match variable.measure {
            Measure::Ordinal(points) => Some(points.len()),
            _ => None,
        })
    })
}
