//! Questions: every kind, each with what it alone needs.

use super::condition::Condition;
use super::variable::Category;
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

/// A thing that is asked about beside others: a row of a grid, an item to rank or to give points to, a card, a pile.
#[derive(Debug, Clone, PartialEq)]
pub struct Item {
    /// Its id; the variable is `question_item` (a pile is a code instead).
    pub id: String,
    /// Where it is defined.
    pub place: Place,
    /// What respondents read.
    pub text: Text,
}

/// The numbers of a slider.
#[derive(Debug, Clone, PartialEq)]
pub struct Slider {
    /// Number at the left end.
    pub minimum: f64,
    /// Number at the right end, larger than the minimum.
    pub maximum: f64,
    /// From one number to the next, above 0; the range is a whole number of steps.
    pub step: f64,
    /// What it counts in.
    pub unit: Option<Text>,
    /// What the two ends mean.
    pub ends: Option<(Text, Text)>,
}

impl Slider {
    /// Places after the point that its numbers can have.
    #[must_use]
    pub fn decimals(&self) -> u32 {
        [self.minimum, self.step].map(decimals).into_iter().fold(0, u32::max)
    }

    /// Whether a number is a whole number of steps away from the minimum.
    #[must_use]
    pub fn is_on_step(&self, value: f64) -> bool {
        let steps = (value - self.minimum) / self.step;
        (steps - steps.round()).abs() < 1e-6
    }
}

/// Places after the point with which a number is written: 2 for 0.25.
fn decimals(value: f64) -> u32 {
    value.to_string().split_once('.').map_or(0, |(_, places)| u32::try_from(places.len()).unwrap_or(u32::MAX))
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
    /// The same as [`Kind::SingleChoice`], folded into a list that opens: for many choices.
    Dropdown {
        /// The choices, in order.
        choices: Vec<Choice>,
        /// Label of a further choice `other` with a text field.
        other: Option<Text>,
    },
    /// Yes or no. The codes are [`YES`] and [`NO`].
    YesNo {
        /// What stands for yes.
        yes: Text,
        /// What stands for no.
        no: Text,
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
    /// Several rows, any number of the same choices in each.
    MultipleGrid {
        /// The choices of every row, in order.
        choices: Vec<Choice>,
        /// The rows, in order.
        rows: Vec<Item>,
        /// The most that may be chosen in a row.
        at_most: Option<u32>,
    },
    /// One point of an ordered scale.
    Scale(Points),
    /// Several rows on the same scale.
    Grid {
        /// The scale of every row.
        points: Points,
        /// The rows, in order.
        rows: Vec<Item>,
    },
    /// How likely one is to recommend something, 0 to 10. The codes are `0` to `10`.
    Recommendation {
        /// What 0 and 10 mean.
        ends: (Text, Text),
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
    /// A number between two ends, in steps.
    Slider(Slider),
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
    /// Items put in order; the number of each is its rank, 1 the first.
    Ranking {
        /// The items.
        items: Vec<Item>,
        /// How many of them get a rank, 1 to all.
        top: u32,
    },
    /// Cards put into piles; the answer of each card is a pile's id.
    CardSort {
        /// The cards, in order.
        cards: Vec<Item>,
        /// The piles, in order.
        piles: Vec<Item>,
    },
    /// A total shared out among items, in whole numbers.
    Allocation {
        /// The items, in order.
        items: Vec<Item>,
        /// What the numbers add up to.
        total: u32,
        /// What it counts in.
        unit: Option<Text>,
    },
    /// Every pair of several items, one of the two chosen; the answer is that item's id.
    PairedComparison {
        /// The items, 3 to 7.
        items: Vec<Item>,
    },
    /// The same few questions again and again, a row for each thing there is to tell.
    Table {
        /// The questions of a row. They have no conditions and cannot be declined one by one.
        columns: Vec<Question>,
        /// The most rows.
        at_most: u32,
    },
    /// A number worked out from earlier answers. It is evaluated by the program whenever a sheet is judged, never taken from a
    /// browser. Where its expression is missing, its answer is [`super::Answer::Skipped`].
    Calculated {
        /// How it is worked out.
        value: Condition,
        /// Places after the point to which it is rounded, half away from zero.
        decimals: u32,
        /// What it counts in.
        unit: Option<Text>,
        /// Respondents see it.
        show: bool,
    },
    /// A few words among the questions; there is nothing to answer.
    Note,
}

/// One question.
#[derive(Debug, Clone, PartialEq)]
pub struct Question {
    /// Its id, unique in the survey.
    pub id: String,
    /// Where it is defined.
    pub place: Place,
    /// What is asked, or what a note says (inline Markdown).
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

/// The code of yes.
pub const YES: &str = "yes";

/// The code of no.
pub const NO: &str = "no";

/// The highest point of a recommendation; the lowest one is 0.
pub const MOST_LIKELY: u8 = 10;
