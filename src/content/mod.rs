//! Text that knows its place: YAML, CSV, Markdown.

pub mod encoding;
pub mod folder;

pub use encoding::Encoding;
pub use folder::{Body, File, FileKind, Folder};
