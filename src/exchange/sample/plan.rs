//! A plan of invented answers, as it was read and checked against its surveys.

use crate::diagnostic::Place;
use crate::survey::Variable;
use std::collections::BTreeMap;

/// A plan.
#[derive(Debug, Clone)]
pub struct Plan {
    /// The same seed gives the same answers.
    pub(super) seed: u64,
    /// How many people there are.
    pub(super) people: usize,
    /// How much of what makes people differ stays from one wave to the next, 0 to 1.
    pub(super) stability: f64,
    /// The share of sheets with one and the same point on every scale.
    pub(super) careless: f64,
    /// The share of people who stop somewhere in the middle.
    pub(super) break_off: f64,
    /// The waves, in order.
    pub(super) surveys: Vec<Wave>,
    /// What is known of people beforehand: attribute, values, shares.
    pub(super) attributes: Vec<(String, Vec<(String, f64)>)>,
    /// The factors.
    pub(super) factors: Vec<Factor>,
    /// The lower triangle whose product with its mirror image is the correlations of the factors.
    pub(super) triangle: Vec<Vec<f64>>,
    /// What is answered, by variable.
    pub(super) items: BTreeMap<String, Item>,
    /// What a report should find, and what it should not.
    pub(super) planted: Vec<Planted>,
}

/// One wave.
#[derive(Debug, Clone)]
pub(super) struct Wave {
    pub(super) survey: String,
    /// The share of people who answer.
    pub(super) answering: f64,
}

/// Something behind several answers, in standard deviations.
#[derive(Debug, Clone)]
pub(super) struct Factor {
    pub(super) id: String,
    pub(super) shifts: Vec<Shift>,
}

/// By how much some people stand higher or lower.
#[derive(Debug, Clone)]
pub(super) struct Shift {
    /// Only those with this value of this attribute.
    pub(super) group: Option<(String, String)>,
    /// Only in this wave.
    pub(super) survey: Option<String>,
    pub(super) by: f64,
}

/// How one variable is answered.
#[derive(Debug, Clone)]
pub(super) struct Item {
    pub(super) place: Place,
    pub(super) variable: Variable,
    /// The weight of every factor, in their order.
    pub(super) weights: Vec<f64>,
    /// The weight of what nothing explains, so that the whole has the standard deviation 1.
    pub(super) rest: f64,
    /// The share of people who leave it out where they may.
    pub(super) missing: f64,
    pub(super) answer: Answering,
}

/// How a number on the line becomes an answer.
#[derive(Debug, Clone)]
pub(super) enum Answering {
    /// Codes, lowest first, and the points on the line between them.
    Steps(Vec<String>, Vec<f64>),
    /// Mean and standard deviation of a number.
    Number(f64, f64),
    /// Each choice with the share that chooses it.
    Several(Vec<(String, f64)>),
    /// The share that writes, and what they write.
    Texts(f64, Vec<String>),
}

/// What a planted line speaks of.
#[derive(Debug, Clone, PartialEq)]
pub enum Question {
    /// People with this value of this attribute beside all others.
    Group {
        /// The attribute.
        attribute: String,
        /// Its value.
        value: String,
    },
    /// One wave and another one.
    Change {
        /// The earlier survey.
        from: String,
        /// The later survey.
        to: String,
    },
    /// How two figures go together.
    Relation {
        /// The other figure.
        with: String,
    },
}

/// What is to be found.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Expected {
    /// The group is higher, the figure rises, the two go up together.
    Higher,
    /// The group is lower, the figure falls, the one goes down as the other goes up.
    Lower,
    /// Nothing: whoever finds something here has found chance.
    Nothing,
}

/// Something that a report should find, or should not.
#[derive(Debug, Clone)]
pub struct Planted {
    /// Its id.
    pub id: String,
    pub(super) place: Place,
    /// The variable or scale.
    pub figure: String,
    /// What is asked of it.
    pub question: Question,
    /// What is to be found.
    pub expected: Expected,
}
