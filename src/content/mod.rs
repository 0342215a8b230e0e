//! Text that knows its place: YAML, CSV, Markdown.

pub mod shape;
pub mod yaml;
pub mod fields;

pub use fields::{Fields, check, text_of};
pub use yaml::Node;
