//! What statistics needs to know of a survey: its columns, how they are read, and when they may be shown.

use crate::language::Text;
use crate::survey::definition::{Publish, Survey};
use crate::survey::history::History;
use crate::survey::question::{Favourable, Item, Kind, Question};
use crate::survey::scoring::Scale;
use crate::survey::{Attribute, Measure, Variable};
use std::collections::{BTreeMap, BTreeSet};

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

/// Several variables of one question that are told together.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SetShape {
    /// Its id: that of the question.
    pub id: String,
    /// What was asked.
    pub label: Text,
    /// How its variables belong together.
    pub kind: SetKind,
    /// The variable of each part, and what the part is called; for pairs one a pair.
    pub rows: Vec<(String, Text)>,
    /// Its figures need larger groups.
    pub sensitive: bool,
}

/// How the variables of a set belong together.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum SetKind {
    /// Several of the same choices in each row.
    Choices,
    /// A rank for every item, 1 the first, and how many ranks there are.
    Ranks(u32),
    /// A rank for the first so many items only.
    First(u32),
    /// Cards in piles.
    Piles,
    /// Numbers that add up to this total.
    Points(u32),
    /// The code and the label of the items of all pairs.
    Pairs(Vec<(String, Text)>),
}

/// What is asked of how answers go together.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Analysis {
    /// Its id, unique among all figures of the survey.
    pub id: String,
    /// The variable or scale that the others are held against.
    pub outcome: String,
    /// The variables and scales that are held against it, at most twelve.
    pub of: Vec<String>,
    /// Of fewer people who answered all of them nothing is told.
    pub minimum: u64,
}

/// Which of two surveys of the same people is at hand.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Side {
    /// The earlier one.
    Before,
    /// The later one, by which the change is told.
    After,
}

/// The same people in this survey and in another one.
#[derive(Debug, Clone, PartialEq)]
pub struct Pairing {
    /// Its id, unique among all figures of the survey.
    pub id: String,
    /// Which of the two is at hand.
    pub side: Side,
    /// The title of the other one.
    pub other_title: Text,
    /// What the earlier one is called.
    pub before: Text,
    /// What the later one is called.
    pub after: Text,
    /// What is compared.
    pub items: Vec<PairedItem>,
    /// Of these items nothing is told but of those who answered both times.
    pub pairs_only: bool,
    /// Both are over: no later answer makes a pair or undoes one.
    pub ready: bool,
}

/// A variable or a scale that was asked in both.
#[derive(Debug, Clone, PartialEq)]
pub struct PairedItem {
    /// Its id here.
    pub id: String,
    /// The column beside the own ones that holds the other answer; empty for a scale.
    pub joined: String,
    /// Of a scale: the other one, with the columns beside the own ones as its items.
    pub scale: Option<Scale>,
    /// The other survey may not tell of it.
    pub held: bool,
}

impl Pairing {
    /// The name under which an item of it is judged.
    #[must_use]
    pub fn part(&self, item: &PairedItem) -> String {
        format!("{}/{}", self.id, item.id)
    }
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
    /// Its other questions of several parts.
    pub sets: Vec<SetShape>,
    /// Its variables from 0 to 10 that ask for a recommendation.
    pub recommendations: BTreeSet<String>,
    /// Its variables of which earlier answers decide who is asked.
    pub asked_by_answers: BTreeSet<String>,
    /// Its scales.
    pub scales: Vec<Scale>,
    /// When answers become visible.
    pub publish: Publish,
    /// Whether the survey has closed: no further batch will come.
    pub closed: bool,
    /// The answers are invented for demonstration (見本).
    pub sample: bool,
    /// By which attributes figures are broken down: one, or the crossing of two.
    pub segments: Vec<Vec<Attribute>>,
    /// Which answers are held against others.
    pub analyses: Vec<Analysis>,
    /// Of which other surveys the answers of the same people stand beside the own ones.
    pub pairings: Vec<Pairing>,
    /// How many people it is about, where that is known.
    pub population: Option<u64>,
    /// What its parts were called before.
    pub history: History,
}

impl SurveyShape {
    /// The shape of a survey; `closed`: its last batch has been closed too.
    #[must_use]
    pub fn of(survey: &Survey, closed: bool) -> SurveyShape {
        let mut favourable = BTreeMap::new();
        let mut grids = Vec::new();
        let mut sets = Vec::new();
        let mut recommendations = BTreeSet::new();
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
                Kind::Recommendation { .. } => {
                    recommendations.insert(question.id.clone());
                }
                _ => sets.extend(set(question)),
            }
        }
        SurveyShape {
            id: survey.id.clone(),
            title: survey.title.clone(),
            k: u64::from(survey.k),
            variables: survey.variables(),
            favourable,
            grids,
            sets,
            recommendations,
            asked_by_answers: survey.asked_by_answers(),
            scales: survey.scales.clone(),
            publish: survey.publish,
            closed,
            sample: false,
            segments: survey.segments.iter().map(|segment| survey.attributes_of(segment)).collect(),
            analyses: Vec::new(),
            pairings: Vec::new(),
            population: survey.population.map(u64::from),
            history: survey.history.clone(),
        }
    }

    /// The variable with this id.
    pub(super) fn variable(&self, id: &str) -> Option<&Variable> {
        self.variables.iter().find(|variable| variable.id == id)
    }

    /// What a variable or a scale is called; a row of a grid by its own words.
    pub(super) fn label_of(&self, id: &str) -> Text {
        let scale = self.scales.iter().find(|scale| scale.id == id).map(|scale| &scale.label);
        let row = || self.grids.iter().flat_map(|grid| &grid.rows).find(|(row, _)| row == id).map(|(_, label)| label);
        scale.or_else(row).or_else(|| self.variable(id).map(|variable| &variable.label)).cloned().unwrap_or_default()
    }

    /// The variables of which nothing is told but of pairs.
    pub(super) fn of_pairs_only(&self) -> BTreeSet<&str> {
        let items = self.pairings.iter().filter(|pairing| pairing.pairs_only).flat_map(|pairing| &pairing.items);
        let own = |item: &PairedItem| self.scales.iter().find(|scale| scale.id == item.id);
        let mut withheld = BTreeSet::new();
        for item in items {
            match own(item) {
                Some(scale) => withheld.extend(scale.items.iter().map(String::as_str)),
                None => drop(self.variable(&item.id).map(|variable| withheld.insert(variable.id.as_str()))),
            }
        }
        withheld
    }

    /// Whether figures about a variable or a scale need larger groups.
    pub(super) fn is_sensitive(&self, id: &str) -> bool {
        let items = self.scales.iter().find(|scale| scale.id == id).map_or(&[][..], |scale| scale.items.as_slice());
        self.variables.iter().any(|variable| variable.sensitive && (variable.id == id || items.contains(&variable.id)))
    }

    /// Which end of a variable is favourable.
    pub(super) fn favourable(&self, id: &str) -> Favourable {
        self.favourable.get(id).copied().unwrap_or(Favourable::High)
    }

    /// Whether a variable has more than three points. Recommendations are told in three classes whatever the group.
    pub(super) fn is_fine(&self, variable: &Variable) -> bool {
        let many = matches!(&variable.measure, Measure::Ordinal(points) if points.len() > 3);
        many && !self.recommendations.contains(&variable.id)
    }

    /// Whether it has ordinal variables with more than three points, or scales with more than three bands.
    pub(super) fn has_fine(&self) -> bool {
        self.variables.iter().any(|variable| self.is_fine(variable)) || self.scales.iter().any(|scale| scale.bands.len() > 3)
    }
}

/// How many points at each end count: up to five points all but the middle one, from six on all but the middle two or three.
/// So: one of 2 and 3; two of 4, 5, 6, 7; three of 8, 9; four of 10, 11.
pub(super) fn counted(points: usize) -> usize {
    match points {
        0 | 1 => 0,
        2..=5 => points / 2,
        _ if points.is_multiple_of(2) => (points - 2) / 2,
        _ => (points - 3) / 2,
    }
}

/// The set that a question makes, if its parts are told together.
fn set(question: &Question) -> Option<SetShape> {
    let (kind, items): (SetKind, &[Item]) = match &question.kind {
        Kind::MultipleGrid { rows, .. } => (SetKind::Choices, rows),
        Kind::Ranking { items, top } if *top as usize == items.len() => (SetKind::Ranks(*top), items),
        Kind::Ranking { items, top } => (SetKind::First(*top), items),
        Kind::CardSort { cards, .. } => (SetKind::Piles, cards),
        Kind::Allocation { items, total, .. } => (SetKind::Points(*total), items),
        Kind::PairedComparison { items } => {
            let named = items.iter().map(|item| (item.id.clone(), item.text.clone())).collect();
            let rows = question.variables().into_iter().map(|variable| (variable.id, variable.label)).collect();
            return Some(SetShape {
                id: question.id.clone(),
                label: question.text.clone(),
                kind: SetKind::Pairs(named),
                rows,
                sensitive: question.sensitive,
            });
        }
        _ => return None,
    };
    let rows = items.iter().map(|item| (question.row_variable(&item.id), item.text.clone())).collect();
    Some(SetShape { id: question.id.clone(), label: question.text.clone(), kind, rows, sensitive: question.sensitive })
}
