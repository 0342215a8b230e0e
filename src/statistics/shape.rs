//! What statistics needs to know of a survey. Floor 3's definition is turned into it; nothing of wording, pages or access is here.

use crate::language::Text;
use crate::survey::Variable;
use std::collections::{BTreeMap, BTreeSet};

/// When answers become visible.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub enum PublishMode {
    /// All at once, when the survey has closed.
    #[default]
    AtClose,
    /// Whole batches, as they close.
    Rolling,
}

/// How an ordinal variable is read. Without one, high points are favourable.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct OrdinalShape {
    /// The low points are the favourable ones («I often feel lost»).
    pub low_is_favourable: bool,
    /// What the sum of the favourable points is called, where «favourable answers» does not fit («would like to talk»).
    pub counted: Option<Text>,
}

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

/// How a score comes from items.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub enum Method {
    /// The mean of the answered items.
    #[default]
    Mean,
    /// The mean of the answered items times the number of items: their sum, where all are answered.
    Sum,
}

/// A named range of a score: from `from` up to the next band.
#[derive(Debug, Clone, PartialEq)]
pub struct BandShape {
    /// Its id, unique in the scale.
    pub id: String,
    /// What it is called.
    pub label: Text,
    /// The lowest score that belongs to it. Scores below the first band's belong to the first band.
    pub from: f64,
}

/// A scale: items, all with points `1..=points`, that make one score.
#[derive(Debug, Clone, PartialEq)]
pub struct ScaleShape {
    /// Its id, unique among variables and scales.
    pub id: String,
    /// What it measures.
    pub label: Text,
    /// The variables that are its items.
    pub items: Vec<String>,
    /// Those whose points are turned: x becomes points + 1 − x.
    pub reversed: BTreeSet<String>,
    /// How many points each item has.
    pub points: u32,
    /// How many items somebody must have answered to get a score; at least 1.
    pub min_answered: usize,
    /// How the score comes from the items.
    pub method: Method,
    /// Named ranges, from the lowest up; none is fine.
    pub bands: Vec<BandShape>,
}

impl ScaleShape {
    /// The lowest and the highest score there can be.
    #[must_use]
    pub fn range(&self) -> (f64, f64) {
        let times = match self.method {
            Method::Mean => 1.0,
            Method::Sum => self.items.len() as f64,
        };
        (times, times * f64::from(self.points))
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
    /// Its columns, in the order of the questions. A column that a batch lacks counts as not shown there.
    pub variables: Vec<Variable>,
    /// How ordinal variables are read, where it differs from the usual.
    pub ordinals: BTreeMap<String, OrdinalShape>,
    /// Its grids.
    pub grids: Vec<GridShape>,
    /// Its scales.
    pub scales: Vec<ScaleShape>,
    /// When answers become visible.
    pub publish: PublishMode,
    /// Whether the survey has closed: no further batch will come.
    pub closed: bool,
    /// The answers are invented for demonstration (見本).
    pub sample: bool,
}
