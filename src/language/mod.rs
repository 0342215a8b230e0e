//! One text, many tongues: languages, the author's texts, the program's own words, and how numbers and dates are written.

mod text;
mod format;
mod day;
mod day_time;
mod era;
mod day_written;
mod month_written;
mod birth_written;
mod fiscal_year;
mod period;

pub use birth_written::birth_written;
pub use day::{Day, Moment, Shown, Today};
pub use day_time::DayTime;
pub use day_written::day_written;
pub use fiscal_year::{FiscalYear, month_in_words};
pub use format::{count, date, number, percent};
pub use month_written::month_written;
pub use period::Period;
pub use text::{Language, Text, Words};
