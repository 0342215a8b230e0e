//! Faults in content: where they are (file, line, column), what was expected, what to do. Many at a time.

pub mod code;
mod place;
mod list;
mod show;
mod suggest;

pub use code::Code;
pub use list::{Diagnostic, Diagnostics, Severity};
pub use place::Place;
pub use show::{Sources, to_json, to_text};
pub use suggest::closest;
