//! A report: a page of results as content defines it.

use super::figure_names::{joined, segment};
use super::reference::Located;
use super::site::Visibility;
use super::weighted::Weighted;
use crate::content::Document;
use crate::diagnostic::Place;
use crate::language::{Language, Text};
use std::collections::BTreeMap;

/// Where a number comes from.
#[derive(Debug, Clone, PartialEq)]
pub enum Origin {
    /// A row of a data set.
    Dataset {
        /// The data set.
        dataset: Located<String>,
        /// The row.
        row: Located<String>,
    },
    /// A question, a grid or a scale of the report's survey.
    Survey(Located<String>),
}

/// A large number at the head of a report.
#[derive(Debug, Clone, PartialEq)]
pub struct Tile {
    /// What it is.
    pub label: Text,
    /// Where it comes from.
    pub origin: Origin,
}

/// A row of a data set to set beside an own figure.
#[derive(Debug, Clone, PartialEq)]
pub struct Benchmark {
    /// The data set.
    pub dataset: Located<String>,
    /// The row.
    pub row: Located<String>,
    /// What it is called.
    pub label: Text,
}

/// A chart of a figure that is not the one that it has by itself.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Drawn {
    /// Both sides of a scale about its middle.
    Diverging,
    /// The parts of a whole as a ring.
    Donut,
    /// One axis an item.
    Radar,
}

/// How a figure of the survey is drawn, where not as it is by itself.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Look {
    /// Which chart.
    pub chart: Option<Located<Drawn>>,
    /// The largest first; where that is written.
    pub sort: Option<Place>,
    /// So many rows and no more.
    pub top: Option<Located<u32>>,
}

/// With whom groups are compared.
#[derive(Debug, Clone, PartialEq)]
pub enum Against {
    /// Everybody who is not in the group.
    EverybodyElse,
    /// Everybody.
    Whole,
    /// One of the groups.
    Group(Located<String>),
}

/// How the tests of a block are judged together.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Correction {
    /// After Holm.
    Holm,
    /// After Benjamini and Hochberg.
    BenjaminiHochberg,
}

/// Groups held against each other.
#[derive(Debug, Clone, PartialEq)]
pub struct Compare {
    /// The questions, rows of grids, grids or scales.
    pub figures: Vec<Located<String>>,
    /// The choice whose share is compared.
    pub choice: Option<Located<String>>,
    /// By which attributes.
    pub by: Vec<Located<String>>,
    /// With whom.
    pub against: Against,
    /// How its tests are judged.
    pub correction: Correction,
    /// The finding as the author words it.
    pub title: Option<Text>,
}

impl Compare {
    /// Its name among the figures of its report: `compare-vision-by-department`.
    #[must_use]
    pub fn name(&self) -> String {
        let against = match &self.against {
            Against::EverybodyElse => String::new(),
            Against::Whole => "-against-whole".to_owned(),
            Against::Group(group) => format!("-against-{}", group.value),
        };
        format!("compare-{}-by-{}{against}", joined(&self.figures, &self.choice), segment(&self.by))
    }

    /// The name of its segment: `department`, `department-and-age`.
    #[must_use]
    pub fn segment(&self) -> String {
        segment(&self.by)
    }
}

/// One thing, or several, from wave to wave.
#[derive(Debug, Clone, PartialEq)]
pub struct Trend {
    /// Where it stands.
    pub place: Place,
    /// The questions, rows of grids or scales.
    pub figures: Vec<Located<String>>,
    /// The choice whose share is followed.
    pub choice: Option<Located<String>>,
    /// By which attributes; none: everybody.
    pub by: Vec<Located<String>>,
    /// Which groups; none: all of them.
    pub groups: Vec<Located<String>>,
    /// Which waves; none: all up to the survey of the report.
    pub waves: Vec<Located<String>>,
    /// How its tests are judged.
    pub correction: Correction,
    /// The finding as the author words it.
    pub title: Option<Text>,
}

impl Trend {
    /// At most so many lines can be told apart.
    pub const MOST_LINES: usize = 6;

    /// Its name among the figures of its report: `trend-vision`, `trend-vision-by-department`.
    #[must_use]
    pub fn name(&self) -> String {
        let by = if self.by.is_empty() { String::new() } else { format!("-by-{}", segment(&self.by)) };
        format!("trend-{}{by}", joined(&self.figures, &self.choice))
    }

    /// The name of its segment.
    #[must_use]
    pub fn segment(&self) -> Option<String> {
        (!self.by.is_empty()).then(|| segment(&self.by))
    }
}

/// Which answers go together with an outcome.
#[derive(Debug, Clone, PartialEq)]
pub struct Drivers {
    /// The variable or scale that the others are held against.
    pub outcome: Located<String>,
    /// The variables and scales that are held against it.
    pub of: Vec<Located<String>>,
    /// Of fewer people who answered all of them nothing is told.
    pub minimum: u32,
    /// The finding as the author words it; `None`: as the figures word it.
    pub title: Option<Text>,
}

impl Drivers {
    /// Whether the same is asked of the same answers.
    #[must_use]
    pub fn asks_the_same(&self, other: &Drivers) -> bool {
        let names = |own: &Drivers| own.of.iter().map(|name| name.value.clone()).collect::<Vec<_>>();
        self.outcome.value == other.outcome.value && self.minimum == other.minimum && names(self) == names(other)
    }
}

/// How the answers of the same people changed since another survey.
#[derive(Debug, Clone, PartialEq)]
pub struct Change {
    /// The survey before.
    pub before: Located<String>,
    /// The variables and scales, in the names of the report's survey.
    pub of: Vec<Located<String>>,
    /// Of these nothing is told but of those who answered both times.
    pub pairs_only: bool,
    /// The finding as the author words it; `None`: as the figures word it.
    pub title: Option<Text>,
}

impl Change {
    /// Whether the same is asked of the same answers.
    #[must_use]
    pub fn asks_the_same(&self, other: &Change) -> bool {
        let names = |own: &Change| own.of.iter().map(|name| name.value.clone()).collect::<Vec<_>>();
        self.before.value == other.before.value && names(self) == names(other)
    }
}
/// What people wrote, as far as somebody has decided to show it.
#[derive(Debug, Clone, PartialEq)]
pub struct CommentsBlock {
    /// The question, or the text of its own that goes with a choice (`reason_other`).
    pub question: Located<String>,
    /// Themes of the review, in the order of the report; none: all of them.
    pub themes: Vec<Located<String>>,
    /// How many texts of each theme are quoted at most.
    pub most: u32,
    /// What stands above; `None`: the question.
    pub title: Option<Text>,
}

/// How many of each group were invited and how many have answered.
#[derive(Debug, Clone, PartialEq)]
pub struct Coverage {
    /// The attribute.
    pub by: Located<String>,
    /// What stands above; `None`: what it is.
    pub title: Option<Text>,
}

/// Own figures beside published ones.
#[derive(Debug, Clone, PartialEq)]
pub struct Benchmarks {
    /// What the marks are.
    pub label: Text,
    /// Its rows.
    pub rows: Vec<Beside>,
    /// The finding as the author words it.
    pub title: Option<Text>,
}

/// An own figure and the published number that it is set beside.
#[derive(Debug, Clone, PartialEq)]
pub struct Beside {
    /// The question, row of a grid or scale.
    pub figure: Located<String>,
    /// The choice whose share it is.
    pub choice: Option<Located<String>>,
    /// The data set.
    pub dataset: Located<String>,
    /// Its row.
    pub row: Located<String>,
    /// Its class; none: the sum, or the first.
    pub class: Option<Located<String>>,
    /// What the row is called.
    pub label: Option<Text>,
}

impl Benchmarks {
    /// Its name among the figures of its report: `benchmark-vision-and-action`.
    #[must_use]
    pub fn name(&self) -> String {
        format!("benchmark-{}", self.rows.iter().map(|row| row.figure.value.as_str()).collect::<Vec<_>>().join("-and-"))
    }
}

/// Texts of a report as they were written, with the figures that they name.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Written {
    /// The headline.
    pub title: Text,
    /// What follows it.
    pub lead: Text,
    /// Of blocks of text, by the index of the block.
    pub texts: BTreeMap<usize, Text>,
}

/// One part of a report.
#[derive(Debug, Clone)]
pub enum Block {
    /// A heading that opens a part.
    Heading {
        /// The heading.
        text: Text,
        /// A few words below.
        lead: Option<Text>,
    },
    /// Text, in each language.
    Text(BTreeMap<Language, Document>),
    /// A data set, drawn.
    Dataset(Located<String>),
    /// A figure of the survey, drawn.
    Figure {
        /// The question, grid or scale.
        figure: Located<String>,
        /// The finding as the author words it; `None`: as the figures word it.
        title: Option<Text>,
        /// A number from elsewhere to set beside it.
        benchmark: Option<Benchmark>,
        /// How it is drawn.
        look: Look,
    },
    /// Groups held against each other.
    Compare(Compare),
    /// From wave to wave.
    Trend(Trend),
    /// Which answers go together with an outcome, drawn.
    Drivers(Drivers),
    /// How the same people changed, drawn.
    Change(Change),
    /// What the figures come to by a plan.
    Plan(Located<String>),
    /// Own figures beside published ones.
    Benchmarks(Benchmarks),
    /// Figures adjusted to known numbers of people.
    Weighted(Weighted),
    /// A question to the board.
    Callout {
        /// Its bold first words.
        lead: Text,
        /// The rest (inline Markdown).
        text: Text,
    },
    /// How the report is made.
    Method,
    /// What people wrote.
    Comments(CommentsBlock),
    /// How many of each group were invited and have answered.
    Coverage(Coverage),
}

/// A whole report from one word.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Template {
    /// A page for those who decide: scales, recommendation, groups, texts.
    Executive,
    /// The same figures for every group.
    Department,
    /// What has changed since the wave before.
    Change,
    /// Every question in its order.
    Pulse,
}

impl Template {
    /// What a word stands for.
    #[must_use]
    pub fn of(word: &str) -> Option<Template> {
        [Template::Executive, Template::Department, Template::Change, Template::Pulse].into_iter().find(|template| template.word() == word)
    }

    /// The word that stands for it.
    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            Template::Executive => "executive",
            Template::Department => "department",
            Template::Change => "change",
            Template::Pulse => "pulse",
        }
    }
}

/// `content/reports/ID.yaml`.
#[derive(Debug, Clone)]
pub struct Report {
    /// Its id: the name of its file.
    pub id: String,
    /// Where it is defined.
    pub place: Place,
    /// Its headline.
    pub title: Text,
    /// Its headline is the name that a template has for it.
    pub untitled: bool,
    /// What follows the headline.
    pub lead: Text,
    /// A line above the headline.
    pub eyebrow: Option<Text>,
    /// Who may read it.
    pub visibility: Visibility,
    /// The survey it reports on.
    pub survey: Located<String>,
    /// Its own figures are invented and say so.
    pub sample: bool,
    /// Large numbers, at most four.
    pub tiles: Vec<Tile>,
    /// What its first parts are made of.
    pub template: Option<Located<Template>>,
    /// What a template holds other answers against.
    pub outcome: Option<Located<String>>,
    /// Its parts, in order.
    pub blocks: Vec<Block>,
    /// The attribute of which every value has a page of its own.
    pub for_each: Option<Located<String>>,
    /// The figures that its texts name, as they are written between braces.
    pub values: Vec<Located<String>>,
    /// Its texts with those figures; empty where there are none. Elsewhere the words stand that stand in for figures.
    pub written: Written,
}
