//! A worksheet as a page: a form for paper, and for a device that works it out and draws it without sending anything.

mod bounds;
mod written;
mod gather;
mod calendar;
mod pictures;
mod cards;
mod totals;
mod rules;
pub mod peers;
mod parts;
mod page;

pub use page::page;
pub use rules::{case, case_of};
