//! What a worksheet works out, and how it shows it.

use super::reference::Located;
use crate::diagnostic::Place;
use crate::language::Text;
use crate::survey::expression::Expression;

/// A line of a composed text, once for each row of a part where it names one.
#[derive(Debug, Clone, PartialEq)]
pub struct ComposedLine {
    /// Where it is written.
    pub place: Place,
    /// The words with their places.
    pub template: Text,
    /// The part whose rows it is repeated for.
    pub each: Option<Located<String>>,
    /// A field; where anything is written in it, the line is left out.
    pub unless: Option<Located<String>>,
}

/// What is worked out.
#[derive(Debug, Clone, PartialEq)]
pub enum Compute {
    /// Three circles, each the rows of a part.
    Overlap([Located<String>; 3]),
    /// What I see and others see.
    Johari(Located<String>),
    /// Sorted cards and the ranked few.
    Ranking(Located<String>, Located<String>),
    /// A self-assessment.
    UseGap(Located<String>),
    /// Money, what costs once, what may be otherwise, whose years they are.
    CashFlow(Located<String>, Option<Located<String>>, Option<Located<String>>, Option<Located<String>>),
    /// Two at a time.
    Paired(Located<String>),
    /// Three at a time.
    BestWorst(Located<String>),
    /// Jobs by months; licences and study.
    Timeline(Located<String>, Option<Located<String>>),
    /// Points of a life.
    Lifeline(Located<String>),
    /// Sentences.
    Compose(Vec<ComposedLine>),
    /// Words that come again in the answers of a part; the part with the words.
    Recurring(Located<String>, Located<String>),
    /// A number out of numbers.
    Value {
        /// Where it is written.
        place: Place,
        /// The expression.
        expression: Expression,
        /// Its unit.
        unit: Option<Text>,
        /// Its decimals.
        decimals: u32,
    },
}

impl Compute {
    /// The name of its kernel, or `value`.
    #[must_use]
    pub fn name(&self) -> &'static str {
        match self {
            Compute::Overlap(_) => "overlap",
            Compute::Johari(_) => "johari",
            Compute::Ranking(..) => "ranking",
            Compute::UseGap(_) => "use_gap",
            Compute::CashFlow(..) => "cash_flow",
            Compute::Paired(_) => "paired",
            Compute::BestWorst(_) => "best_worst",
            Compute::Timeline(..) => "timeline",
            Compute::Lifeline(_) => "lifeline",
            Compute::Compose(_) => "compose",
            Compute::Recurring(..) => "recurring",
            Compute::Value { .. } => "value",
        }
    }
}

/// A result.
#[derive(Debug, Clone, PartialEq)]
pub struct Outcome {
    /// Its title.
    pub title: Text,
    /// How to read it.
    pub hint: Option<Text>,
    /// How it is worked out.
    pub compute: Compute,
    /// How it is shown, by the words of the content; in the order of the page.
    pub pictures: Vec<String>,
    /// Words that are marked below a composed text: too heavy for every day.
    pub heavy: Vec<Text>,
}
