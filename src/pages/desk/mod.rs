//! The operator's desk: its pages, never a result.

pub mod frame;
pub mod overview;
pub mod talks;
pub mod survey;
pub mod people;
pub mod due;
pub mod texts;
pub mod keeping;
pub mod login;
pub mod rehearsal;
