//! When a survey takes answers: from, until, and how long a sheet that was begun in time may still come in.

use crate::language::{DayTime, Language, Moment};

/// Minutes for which sheets that were begun in time are taken, where content says nothing else.
pub const GRACE: u32 = 15;
/// The zone that counts until the project's own is known.
pub const ZONE: &str = "Asia/Tokyo";
/// Seconds behind the grace before anything is counted as the last: what was let in at its end is stored within them.
pub const SETTLING: i64 = 60;
/// Minutes before the close from which a survey says that it closes soon: a day.
pub const SOON: u32 = 24 * 60;

/// An end of the time in which answers are taken: as it is written, and the moment that it means in the project's zone.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Limit {
    /// As it is written.
    pub written: DayTime,
    /// The moment.
    pub at: Moment,
}

impl Limit {
    /// The beginning: the start of the day, or the time when clocks first show it.
    #[must_use]
    pub fn opening(written: DayTime, zone: &str) -> Limit {
        Limit { written, at: written.begins(zone).unwrap_or_default() }
    }

    /// The end: the end of the day, or the time when clocks last show it.
    #[must_use]
    pub fn closing(written: DayTime, zone: &str) -> Limit {
        Limit { written, at: written.ends(zone).unwrap_or_default() }
    }

    /// As it is written, in words.
    #[must_use]
    pub fn in_words(self, language: Language) -> String {
        self.written.in_words(language)
    }
}

/// Whether a survey takes answers.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Opening {
    /// It has not begun.
    NotYet(DayTime),
    /// It takes answers.
    Open,
    /// It has ended.
    Closed(DayTime),
}
