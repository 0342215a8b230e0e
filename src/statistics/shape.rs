//! What statistics needs to know of a survey: its columns, how they are read, and when they may be shown.

use crate::language::Text;
use crate::survey::definition::{Publish, Survey};
use crate::survey::question::{Favourable, Kind};
use crate::survey::scoring::Scale;
use crate::survey::{Measure, Variable};
use std::collections::BTreeMap;

/// Several ordinal variables with the same points, shown as one exhibit.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct GridShape {
    /// Its id: that of the question.
    pub id: String,
    /// What was asked of all rows.
    pub label: Text,
    /// The variable of each row, and what the row is called.
    pub rows: Vec<(String, Text)>,
}

/// A survey, as statistics sees it.
#[derive(Debug, Clone, PartialEq)]
pub struct SurveyShape {
    /// Its id.
    pub id: String,
    /// Its title.
    pub title: Text,
    /// The smallest group that may be shown. Never under 3, whatever is written here.
    pub k: u64,
    /// Its columns, in the order of the questions. What a batch lacks counts as not shown there.
    pub variables: Vec<Variable>,
    /// Which end of an ordinal variable is favourable, by its id; the high end of those that are not named.
    pub favourable: BTreeMap<String, Favourable>,
    /// Its grids.
    pub grids: Vec<GridShape>,
    /// Its scales.
    pub scales: Vec<Scale>,
    /// When answers become visible.
    pub publish: Publish,
    /// Whether the survey has closed: no further batch will come.
    pub closed: bool,
    /// The answers are invented for demonstration (見本).
    pub sample: bool,
}

impl SurveyShape {
    /// The shape of a survey; `closed`: its last batch has been closed too.
    #[must_use]
    pub fn of(survey: &Survey, closed: bool) -> SurveyShape {
        let mut favourable = BTreeMap::new();
        let mut grids = Vec::new();
        for question in survey.questions() {
            match &question.kind {
                Kind::Scale(points) => {
                    favourable.insert(question.id.clone(), points.favourable);
                }
                Kind::Grid { points, rows } => {
                    let rows: Vec<(String, Text)> = rows.iter().map(|row| (question.row_variable(&row.id), row.text.clone())).collect();
                    favourable.extend(rows.iter().map(|(variable, _)| (variable.clone(), points.favourable)));
                    grids.push(GridShape { id: question.id.clone(), label: question.text.clone(), rows });
                }
                _ => {}
            }
        }
        SurveyShape {
            id: survey.id.clone(),
            title: survey.title.clone(),
            k: u64::from(survey.k),
            variables: survey.variables(),
            favourable,
            grids,
            scales: survey.scales.clone(),
            publish: survey.publish,
            closed,
            sample: false,
        }
    }

    /// The variable with this id.
    pub(super) fn variable(&self, id: &str) -> Option<&Variable> {
        self.variables.iter().find(|variable| variable.id == id)
    }

    /// Which end of a variable is favourable.
    pub(super) fn favourable(&self, id: &str) -> Favourable {
        self.favourable.get(id).copied().unwrap_or(Favourable::High)
    }

    /// Whether it has ordinal variables with more than three points, or scales with more than three bands.
    pub(super) fn has_fine(&self) -> bool {
        self.variables.iter().any(|variable| matches!(&variable.measure, Measure::Ordinal(points) if points.len() > 3))
            || self.scales.iter().any(|scale| scale.bands.len() > 3)
    }
}
