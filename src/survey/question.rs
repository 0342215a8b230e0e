//! Questions: every kind, and the variables each makes.

use super::condition::Condition;
use super::variable::{Category, Measure, Variable};
use crate::diagnostic::Place;
use crate::language::{Day, Text};

/// Whether a question must be answered.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Need {
    /// It must be answered.
    Required,
    /// It may be left empty.
    Optional,
    /// It must be answered, but «I would rather not say» is an answer.
    Declinable,
}

/// One choice on offer.
#[derive(Debug, Clone, PartialEq)]
pub struct Choice {
    /// Its code.
    pub id: String,
    /// Where it is defined.
    pub place: Place,
    /// What respondents read.
    pub text: Text,
    /// Rules out all other choices («none of these»).
    pub exclusive: bool,
}

/// Which end of a scale counts as favourable.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Favourable {
    /// The highest points.
    High,
    /// The lowest points.
    Low,
    /// Neither: the scale describes and does not judge.
    Neither,
}

/// The points of a scale.
#[derive(Debug, Clone, PartialEq)]
pub struct Points {
    /// How many points, 2 to 11. Their codes are `1` to `count`.
    pub count: u8,
    /// A label for each point, lowest first; or the labels of the two ends only.
    pub labels: Vec<Text>,
    /// Which end is favourable.
    pub favourable: Favourable,
}

impl Points {
    /// Whether only the two ends carry labels.
    #[must_use]
    pub fn ends_only(&self) -> bool {
        usize::from(self.count) != self.labels.len()
    }

    /// The points as categories, lowest first. Points between labelled ends are called by their number.
    #[must_use]
    pub fn categories(&self) -> Vec<Category> {
        (1..=self.count)
            .map(|point| {
                let number = point.to_string();
                let label = match (self.ends_only(), point) {
                    (false, _) => self.labels.get(usize::from(point) - 1).cloned().unwrap_or_default(),
                    (true, 1) => self.labels.first().map(|label| label.map(|text| format!("{number} {text}"))).unwrap_or_default(),
                    (true, last) if last == self.count => {
                        self.labels.last().map(|label| label.map(|text| format!("{number} {text}"))).unwrap_or_default()
                    }
                    (true, _) => Text::plain(number.clone()),
                };
                Category { code: number, label }
            })
            .collect()
    }
}

/// A row of a grid.
#[derive(Debug, Clone, PartialEq)]
pub struct GridRow {
    /// Its id; the variable is `question_row`.
    pub id: String,
    /// Where it is defined.
    pub place: Place,
    /// What respondents read.
    pub text: Text,
}

/// The kinds of question, each with what it alone needs.
#[derive(Debug, Clone, PartialEq)]
pub enum Kind {
    /// One of several choices, perhaps with a text of one's own.
    SingleChoice {
        /// The choices, in order.
        choices: Vec<Choice>,
        /// Label of a further choice `other` with a text field.
        other: Option<Text>,
    },
    /// Any number of several choices.
    MultipleChoice {
        /// The choices, in order.
        choices: Vec<Choice>,
        /// Label of a further choice `other` with a text field.
        other: Option<Text>,
        /// The most that may be chosen.
        at_most: Option<u32>,
    },
    /// One point of an ordered scale.
    Scale(Points),
    /// Several rows on the same scale.
    Grid {
        /// The scale of every row.
        points: Points,
        /// The rows, in order.
        rows: Vec<GridRow>,
    },
    /// A number.
    Number {
        /// Smallest number taken.
        minimum: Option<f64>,
        /// Largest number taken.
        maximum: Option<f64>,
        /// Places after the point.
        decimals: u32,
        /// What it counts in.
        unit: Option<Text>,
    },
    /// A text of one line.
    ShortText {
        /// Most characters taken.
        max_length: u32,
    },
    /// A text of several lines.
    LongText {
        /// Most characters taken.
        max_length: u32,
    },
    /// A calendar day.
    Date {
        /// First day taken.
        earliest: Option<Day>,
        /// Last day taken.
        latest: Option<Day>,
    },
}

/// One question.
#[derive(Debug, Clone, PartialEq)]
pub struct Question {
    /// Its id, unique in the survey.
    pub id: String,
    /// Where it is defined.
    pub place: Place,
    /// What is asked (inline Markdown).
    pub text: Text,
    /// A hint below it.
    pub hint: Option<Text>,
    /// Whether it must be answered.
    pub need: Need,
    /// Its figures need larger groups.
    pub sensitive: bool,
    /// Shown only if this holds.
    pub show_if: Option<Condition>,
    /// What kind it is.
    pub kind: Kind,
}

/// The code of the choice that comes with a text of one's own.
pub const OTHER: &str = "other";

impl Question {
    /// The variables that this question makes, in order: one; one a row for a grid; one more for an "other" text.
    #[must_use]
    pub fn variables(&self) -> Vec<Variable> {
        let one = |id: String, label: Text, measure: Measure| Variable {
            id,
            question: self.id.clone(),
            label,
            measure,
            sensitive: self.sensitive,
        };
        let choices = |choices: &[Choice], other: &Option<Text>| {
            let mut all: Vec<Category> =
                choices.iter().map(|choice| Category { code: choice.id.clone(), label: choice.text.clone() }).collect();
            all.extend(other.iter().map(|label| Category { code: OTHER.to_owned(), label: label.clone() }));
            all
        };
        let (measure, other) = match &self.kind {
            Kind::SingleChoice { choices: offered, other } => (Measure::Nominal(choices(offered, other)), other.is_some()),
            Kind::MultipleChoice { choices: offered, other, .. } => (Measure::Multiple(choices(offered, other)), other.is_some()),
            Kind::Scale(points) => (Measure::Ordinal(points.categories()), false),
            Kind::Grid { points, rows } => {
                let row = |row: &GridRow| one(self.row_variable(&row.id), row.text.clone(), Measure::Ordinal(points.categories()));
                return rows.iter().map(row).collect();
            }
            Kind::Number { .. } => (Measure::Number, false),
            Kind::ShortText { .. } | Kind::LongText { .. } => (Measure::Text, false),
            Kind::Date { .. } => (Measure::Date, false),
        };
        let mut all = vec![one(self.id.clone(), self.text.clone(), measure)];
        if other {
            all.push(one(self.other_variable(), self.text.clone(), Measure::Text));
        }
        all
    }

    /// The id of the variable of a grid's row.
    #[must_use]
    pub fn row_variable(&self, row: &str) -> String {
        format!("{}_{row}", self.id)
    }

    /// The id of the variable of the "other" text.
    #[must_use]
    pub fn other_variable(&self) -> String {
        format!("{}_{OTHER}", self.id)
    }
}
