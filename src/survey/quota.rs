//! Quotas: how many answers of one kind are taken.
//!
//! A quota tells something: once it is full, so many people have answered so. What it tells must be about a group.
//! - Its limit is a whole number of k: then everything that is ever told of it (full or not, a count in steps of k), and every sum
//!   or difference of such numbers over several quotas, is 0 or a whole group. A count of 12 beside one of 11 would speak of one
//!   person.
//! - What is told moves with closed batches alone, so with k people or more at once. Whoever looks before and after one
//!   person sends an answer sees no change.
//! - Only the last step is exact: an answer that would be one too many is refused when it is sent. To try that costs an answer
//!   each time; who can send many (nobody is invited, or links are made by the one who tries) learns the limit less what was sent:
//!   how many others have answered so. Therefore no quota speaks of a sensitive question.
//! - It speaks of what stands in columns: not of texts, which are kept apart from them, and not of the day, which is not kept.

use super::condition::Condition;
use crate::diagnostic::Place;
use crate::language::Text;

/// How many answers of one kind are taken.
#[derive(Debug, Clone, PartialEq)]
pub struct Quota {
    /// Its id.
    pub id: String,
    /// Where it is defined.
    pub place: Place,
    /// What it is called, for the operator.
    pub label: Option<Text>,
    /// Which answers count; `None`: all.
    pub when: Option<Condition>,
    /// How many are taken: a whole number of k.
    pub limit: u32,
    /// What people read once it is full; `None`: the theme's words.
    pub message: Option<Text>,
}
