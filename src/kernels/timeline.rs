//! Work by months: how long each skill was used, how well it went and how it felt.

use super::rounding::decimals;
use serde::{Deserialize, Serialize};

/// A job. Months are counted from the year 0.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Row {
    /// Its first month.
    pub from: i32,
    /// Its last month.
    pub to: i32,
    /// Skills used.
    pub skills: Vec<String>,
    /// How it felt, −5 to 5.
    pub feeling: Option<f64>,
    /// How well it went, 1 to 5.
    pub level: Option<f64>,
    /// Where it was; a job without a place counts as one of its own.
    #[serde(default)]
    pub place: String,
    /// Whether one would do it again.
    #[serde(default)]
    pub again: bool,
}

/// A skill.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Skill {
    /// Its name.
    pub name: String,
    /// Months in which it was used; two jobs at once count once.
    pub months: i32,
    /// Mean of how well it went, by months.
    pub level: Option<f64>,
    /// Mean of how it felt, by months.
    pub feeling: Option<f64>,
    /// In how many places it was used.
    pub places: usize,
    /// Whether it was used in a job that one would do again.
    pub again: bool,
}

/// What the rows say.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Timeline {
    /// Months of each row.
    pub months: Vec<i32>,
    /// Months of all rows; two jobs at once count once.
    pub total: i32,
    /// The skills, the longest first; equals in the order in which they come.
    pub skills: Vec<Skill>,
    /// Jobs that went well and felt good: 4 or more of 5, and 3 or more.
    pub episodes: Vec<usize>,
}

/// Adds up.
#[must_use]
pub fn timeline(rows: &[Row]) -> Timeline {
    let mut names: Vec<&String> = Vec::new();
    for name in rows.iter().flat_map(|row| &row.skills) {
        if !names.contains(&name) {
            names.push(name);
        }
    }
    let skill = |name: &String| {
        let own: Vec<&Row> = rows.iter().filter(|row| row.skills.contains(name)).collect();
        Skill {
            name: name.clone(),
            months: covered(&own),
            level: mean(own.iter().map(|row| (row.level, length(row)))),
            feeling: mean(own.iter().map(|row| (row.feeling, length(row)))),
            places: places(&own),
            again: own.iter().any(|row| row.again),
        }
    };
    let mut skills: Vec<Skill> = names.into_iter().map(skill).collect();
    skills.sort_by_key(|skill| std::cmp::Reverse(skill.months));
    let good = |row: &Row| row.feeling.is_some_and(|felt| felt >= 3.0) && row.level.is_some_and(|level| level >= 4.0);
    Timeline {
        months: rows.iter().map(length).collect(),
        total: covered(&rows.iter().collect::<Vec<_>>()),
        skills,
        episodes: (0..rows.len()).filter(|at| good(&rows[*at])).collect(),
    }
}

fn places(rows: &[&Row]) -> usize {
    let mut named: Vec<&str> = Vec::new();
    let mut alone = 0;
    for place in rows.iter().map(|row| row.place.trim()) {
        if place.is_empty() {
            alone += 1;
        } else if !named.contains(&place) {
            named.push(place);
        }
    }
    named.len() + alone
}

fn length(row: &Row) -> i32 {
    (row.to - row.from + 1).max(0)
}

/// Months that at least one row covers.
fn covered(rows: &[&Row]) -> i32 {
    let mut spans: Vec<(i32, i32)> = rows.iter().filter(|row| row.to >= row.from).map(|row| (row.from, row.to)).collect();
    spans.sort_unstable();
    let mut months = 0;
    let mut end = i32::MIN;
    for (from, to) in spans {
        let from = from.max(end);
        months += (to + 1 - from).max(0);
        end = end.max(to + 1);
    }
    months
}

fn mean(values: impl Iterator<Item = (Option<f64>, i32)>) -> Option<f64> {
    let (mut sum, mut weight) = (0.0, 0.0);
    for (value, months) in values {
        if let Some(value) = value {
            sum += value * f64::from(months);
            weight += f64::from(months);
        }
    }
    (weight > 0.0).then(|| decimals(sum / weight, 1))
}
