//! One text, many tongues: languages, the author's texts, the program's own words, and how numbers and dates are written.

mod format;
mod text;

pub use format::*;
pub use text::{Language, Text, Words};
