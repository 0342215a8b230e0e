//! Complaints: what is wrong with a participant's answer. The theme has the words.

use crate::language::{Day, Text};

/// What is wrong with an answer.
#[derive(Debug, Clone, PartialEq)]
pub enum Fault {
    /// Nothing was chosen or written, and something must be.
    Missing,
    /// The value is not on offer: the sheet was tampered with, or the survey has changed.
    UnknownChoice,
    /// Two choices where one is asked.
    OnlyOne,
    /// More choices than allowed.
    TooMany(u32),
    /// A choice that rules out others stands beside others.
    Exclusive(Text),
    /// «Other» was chosen and nothing written.
    OtherMissing,
    /// A text was written for «other», which is not chosen.
    OtherNotChosen,
    /// Not a number.
    NotANumber,
    /// A number outside its range.
    NumberRange(Option<f64>, Option<f64>),
    /// More decimals than asked.
    Decimals(u32),
    /// A text longer than allowed: how many characters are allowed, how many there are.
    TooLong(u32, u32),
    /// Not a day.
    NotADay,
    /// A day outside its range.
    DayRange(Option<Day>, Option<Day>),
    /// Answered and declined at once.
    Contradiction,
    /// A number between two steps: the first number, the step, places after the point.
    OffStep(f64, f64, u32),
    /// A rank that is given twice: the rank, and the other item that has it.
    RankTaken(u32, Text),
    /// Ranks that no item has.
    RanksMissing(Vec<u32>),
    /// Numbers that add up to something else: what they should add up to, and what they do.
    Sum(u32, u64),
    /// The box that says «I agree» is not ticked, and must be.
    NoConsent,
    /// The box was ticked beside another wording: it has changed since.
    NewWording,
    /// A code of one's own with other characters than letters and digits.
    CodeCharacters,
    /// A code that is too short: how many characters it needs.
    CodeShort(u32),
    /// A code that does not follow its pattern.
    CodePattern(String),
}

/// What is wrong with one field.
#[derive(Debug, Clone, PartialEq)]
pub struct Complaint {
    /// The question.
    pub question: String,
    /// The field: the variable's id, which for a grid names the row; the question's id for what is wrong with all of its parts.
    pub field: String,
    /// What is wrong.
    pub fault: Fault,
}
