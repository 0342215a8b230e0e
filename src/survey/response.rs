//! Responses and batches: accepted answers and nothing that names their author, their time or their order.

use super::answer::{Answer, Answers};
use std::collections::BTreeMap;

/// Accepted answers of one person to one revision of a survey.
///
/// Deliberately without a name, token, address, time, day, language or browser: what is not here cannot leak.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Response {
    /// The survey's id.
    pub survey: String,
    /// The revision of the survey that was answered.
    pub revision: u32,
    /// Every variable's answer.
    pub answers: Answers,
}

/// A closed batch: the unit in which answers become visible.
///
/// `columns` holds one entry a row for every variable that is not free text, all of length `n`, rows sorted by content.
/// `texts` holds the free texts of each variable, sorted by themselves, so that no text can be set beside an answer.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Batch {
    /// The survey's id.
    pub survey: String,
    /// The revision of the survey.
    pub revision: u32,
    /// Number of the batch within its survey, from 1.
    pub number: u32,
    /// How many responses it holds.
    pub n: u64,
    /// One column a variable, rows sorted by content.
    pub columns: BTreeMap<String, Vec<Answer>>,
    /// The given free texts of each text variable, each list sorted by itself.
    pub texts: BTreeMap<String, Vec<String>>,
}
