//! One text, many tongues: languages, the author's texts, the program's own words, and how numbers and dates are written.

mod text;
mod format;
mod day;
mod day_time;

pub use day::{Day, Moment, Shown, Today};
pub use day_time::DayTime;
pub use format::{count, date, number, percent};
pub use text::{Language, Text, Words};
