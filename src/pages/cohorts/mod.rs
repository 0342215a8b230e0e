//! Cohorts: the year as a calendar, who is due, and what they are offered. Rules only, never people.

pub mod words;
pub mod year;
pub mod announcement;
pub mod page;
