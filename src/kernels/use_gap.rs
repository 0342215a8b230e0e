//! A self-assessment: the mean of each strength, and how much it is used beside how much it matters.

use super::rounding::decimals;
use serde::{Deserialize, Serialize};

/// An item and its answer.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Item {
    /// The answer, from 1.
    pub score: Option<f64>,
    /// Whether it is turned round.
    pub reverse: bool,
}

/// A strength.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Group {
    /// Its id.
    pub id: String,
    /// Its items.
    pub items: Vec<Item>,
    /// How much it matters, 0 to 10.
    pub important: Option<f64>,
    /// How much it is used, 0 to 10.
    pub used: Option<f64>,
}

/// The strengths and the number of points of the scale.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub struct Input {
    /// Points of the scale.
    pub points: f64,
    /// The strengths.
    pub groups: Vec<Group>,
}

/// A strength as it came out.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Row {
    /// Its id.
    pub id: String,
    /// The mean of what was answered; none below half of its items.
    pub mean: Option<f64>,
    /// Its rank; equal means share one.
    pub rank: Option<usize>,
    /// How much it matters without how much it is used.
    pub gap: Option<f64>,
}

/// The strengths, the highest mean first; equals in their order, those without a mean last.
#[must_use]
pub fn use_gap(input: &Input) -> Vec<Row> {
    let mean = |group: &Group| {
        let scores: Vec<f64> = group
            .items
            .iter()
            .filter_map(|item| item.score.map(|score| if item.reverse { input.points + 1.0 - score } else { score }))
            .collect();
        let enough = !scores.is_empty() && scores.len() * 2 >= group.items.len();
        enough.then(|| {
            let mut sum = 0.0;
            for score in &scores {
                sum += score;
            }
            decimals(sum / scores.len() as f64, 2)
        })
    };
    let mut rows: Vec<Row> = input
        .groups
        .iter()
        .map(|group| Row {
            id: group.id.clone(),
            mean: mean(group),
            rank: None,
            gap: group.important.zip(group.used).map(|(important, used)| decimals(important - used, 1)),
        })
        .collect();
    rows.sort_by(|a, b| b.mean.unwrap_or(-1.0).total_cmp(&a.mean.unwrap_or(-1.0)));
    for at in 0..rows.len() {
        rows[at].rank = rows[at].mean.map(|mean| 1 + rows.iter().filter(|other| other.mean.is_some_and(|more| more > mean)).count());
    }
    rows
}
