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
    /// Rows of classes on both sides of a middle line; see [`Details::apart`].
    Diverging,
    /// One dot a row at (first class, second class) in four named fields.
    Quadrant,
    /// A cell for every row and class, coloured by its difference to the whole; see [`Details::whole`].
    Heatmap,
    /// A line a class through the rows, which are waves in their order; see [`Details::breaks`].
    Waves,
    /// One row from its first to its second class, with the change between them.
    Dumbbell,
    /// One axis a row, one outline a class, with the same as bars beside it.
    Radar,
    /// A curve through the rows at (first class, second class); what follows the marked row is still to come.
    LifeLine,
    /// How a score is distributed: a column a row, with the mean; see [`Details::bins`] and [`Details::mean`].
    Histogram,
    /// The same with one dot for each person.
    Dots,
    /// Those who recommend, those in between, those who do not, and the difference of the outer two.
    Recommendation,
    /// One difference a row with its interval, against zero.
    Differences,
}

impl Kind {
    /// Every kind, in the order of the manual.
    pub const ALL: [Kind; 18] = [
        Kind::StackedBar,
        Kind::Diverging,
        Kind::Donut,
        Kind::Bar,
        Kind::GroupedBar,
        Kind::Differences,
        Kind::Dumbbell,
        Kind::Waves,
        Kind::Heatmap,
        Kind::Scatter,
        Kind::Quadrant,
        Kind::Strip,
        Kind::Histogram,
        Kind::Dots,
        Kind::Recommendation,
        Kind::Radar,
        Kind::LifeLine,
        Kind::Path,
    ];

    /// Whether the classes of a row are the parts of a whole, so that each is what the others leave over.
    #[must_use]
    pub fn parts_in_a_row(self) -> bool {
        matches!(self, Kind::StackedBar | Kind::Diverging | Kind::Donut | Kind::Recommendation)
    }

    /// Whether the rows are the parts of a whole.
    #[must_use]
    pub fn parts_in_a_column(self) -> bool {
        matches!(self, Kind::Histogram | Kind::Dots)
    }
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

/// One figure of an exhibit.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct Spot {
    /// Index of its row.
    pub row: usize,
    /// Index of its class; `None`: the sum over the bracket.
    pub class: Option<usize>,
}

/// What one figure is more than another, with an interval of its own: two intervals that meet do not tell it.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Contrast {
    /// What is taken away.
    pub from: Spot,
    /// From what.
    pub to: Spot,
    /// The difference, in points where both are per cents.
    pub figure: Figure,
}

/// A place in a series of waves from which on a question reads otherwise, so that nothing before it compares.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Break {
    /// Index of the first row after it.
    pub row: usize,
    /// Index of the class that it is about; `None`: all of them.
    pub class: Option<usize>,
    /// What changed, in a few words.
    pub label: Text,
}

/// The names of the four fields of a quadrant.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
pub struct Corners {
    /// Little of the first class, much of the second.
    pub upper_left: Text,
    /// Much of both.
    pub upper_right: Text,
    /// Little of both.
    pub lower_left: Text,
    /// Much of the first class, little of the second.
    pub lower_right: Text,
    /// Which of them is to be looked at first.
    pub first: Option<Corner>,
}

/// One of the four fields of a quadrant.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[allow(missing_docs)]
pub enum Corner {
    UpperLeft,
    UpperRight,
    LowerLeft,
    LowerRight,
}

/// Which part of a heat map is the whole that the others are compared with.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum Whole {
    /// A row: rows are groups of people, classes are items.
    Row(usize),
    /// A class: rows are items, classes are groups of people.
    Class(usize),
}

/// Whom the rows of an exhibit are about.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum People {
    /// The same people in each row: items, choices.
    Same,
    /// Different people, but for a row that is the whole: groups.
    Different,
}

/// What only some kinds of chart ask for.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct Details {
    /// What each class counts in, where that is not what the exhibit counts in; else empty.
    pub units: Vec<Unit>,
    /// Differences between its figures that were tested.
    pub contrasts: Vec<Contrast>,
    /// [`Kind::Diverging`]: neutral answers stand apart instead of in the middle.
    pub apart: bool,
    /// [`Kind::Quadrant`]: where the two lines cross; `None`: at the means of the dots.
    pub crossing: Option<(f64, f64)>,
    /// [`Kind::Quadrant`]: the names of its fields.
    pub corners: Option<Corners>,
    /// [`Kind::Waves`]: where a question began to read otherwise.
    pub breaks: Vec<Break>,
    /// [`Kind::Histogram`], [`Kind::Dots`]: where the first row begins on the scale, and how far each reaches.
    pub bins: Option<(f64, f64)>,
    /// [`Kind::Histogram`], [`Kind::Dots`]: the mean score.
    pub mean: Option<Figure>,
    /// [`Kind::Bar`]: the benchmarks are marks that part high from low, not figures of others.
    pub marks: bool,
    /// [`Kind::Heatmap`]: the whole; `None`: the row or class called `all`, `total`, `whole` or `everybody`.
    pub whole: Option<Whole>,
    /// Whom the rows are about, where that is known.
    pub people: Option<People>,
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
    /// What only some kinds of chart ask for.
    #[serde(default)]
    pub details: Details,
}
