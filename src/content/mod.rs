//! Text that knows its place: YAML, CSV, Markdown.

pub mod encoding;
pub mod folder;
pub mod table;
pub mod shape;
pub mod yaml;
pub mod fields;
pub mod markdown;

pub use encoding::Encoding;
pub use fields::{Fields, check, text_of};
pub use folder::{Body, File, FileKind, Folder};
pub use markdown::{Html, RawHtml};
pub use table::{Cell, Table};
pub use yaml::Node;
