//! An exhibit: figures that belong together, ready to be drawn as a chart and set as a table.
//!
//! Data sets from outside and our own statistics both make exhibits; charts draw nothing else.

use super::figure::{Figure, Unit};
use crate::language::Text;
use serde::{Deserialize, Serialize};

/// Which chart an exhibit asks for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum Kind {
    /// Rows of classes that add up to 100 %, with a bracket over the counted classes.
    StackedBar,
    /// One bar a row with its interval, and a benchmark as a tick.
    Bar,
    /// One row of at most four classes, the bracket's total in the middle.
    Donut,
    /// A few bars a row, one for each class.
    GroupedBar,
    /// One dot a row at (first class, second class), labelled.
    Scatter,
    /// One dot a row along the first class, because the second one is not known.
    Strip,
    /// Arrows from node to node, as wide as their coefficient.
    Path,
}

/// What a class means, which decides its colour.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum Tone {
    /// Step `0..steps` of an ordered amount, 0 the strongest.
    Step(u8),
    /// Strongly favourable.
    VeryPositive,
    /// Favourable.
    Positive,
    /// Neither.
    Neutral,
    /// Unfavourable.
    Negative,
    /// Strongly unfavourable.
    VeryNegative,
    /// No answer, or a split that the source does not give: hatched.
    None,
    /// The n-th of several things without order (0 to 5).
    Category(u8),
}

/// A column of an exhibit: an answer class, a series, an axis.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Class {
    /// Stable id, for CSV and JSON.
    pub id: String,
    /// What it is called.
    pub label: Text,
    /// What it means.
    pub tone: Tone,
}

/// A row of an exhibit: a group of people, an item, a point, an arrow.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Row {
    /// Stable id, for CSV and JSON.
    pub id: String,
    /// What it is called.
    pub label: Text,
    /// How many people it is about; `None`: not in the source, or hidden.
    pub n: Option<u64>,
    /// One figure for each class, in their order.
    pub figures: Vec<Figure>,
    /// The sum over the bracket's classes, where there is a bracket.
    pub total: Option<Figure>,
    /// A number from elsewhere to set beside the first figure; never the same sample.
    pub benchmark: Option<Figure>,
    /// For [`Kind::Path`]: the names of the two nodes that the arrow joins.
    pub link: Option<(Text, Text)>,
    /// Drawn with emphasis («here»).
    pub marked: bool,
}

/// The counted classes: from the first to the last one, with a name for their sum («favourable»).
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Bracket {
    /// What the sum is called.
    pub label: Text,
    /// Index of the first counted class.
    pub first: usize,
    /// Index of the last counted class.
    pub last: usize,
}

/// A note beside the chart: a few words in bold, then the rest.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Note {
    /// The bold words.
    pub lead: Text,
    /// The rest.
    pub text: Text,
}

/// Figures that belong together.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Exhibit {
    /// Unique in the project: `data-importance`, `pulse-vision`.
    pub id: String,
    /// The title: states the finding.
    pub title: Text,
    /// What was asked, or what is shown, with the unit.
    pub asked: Text,
    /// What the rows are («size of firm»): head of the table's first column.
    pub row_head: Text,
    /// What the figures count in.
    pub unit: Unit,
    /// Ends of the value axis for scores; `None`: 0 to 100 for per cents, else from the figures.
    pub range: Option<(f64, f64)>,
    /// Which chart it asks for.
    pub kind: Kind,
    /// Its columns.
    pub classes: Vec<Class>,
    /// Its rows.
    pub rows: Vec<Row>,
    /// The counted classes, where they are summed.
    pub bracket: Option<Bracket>,
    /// What the benchmark ticks are, where rows carry one.
    pub benchmark_label: Option<Text>,
    /// Who found it, when, among whom.
    pub source: Text,
    /// What to keep in mind.
    pub notes: Vec<Note>,
    /// The numbers are invented for demonstration and must say so (見本).
    pub sample: bool,
}
