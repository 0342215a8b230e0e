//! Text that knows its place: YAML, CSV, Markdown.

pub mod encoding;
pub mod folder;
pub mod markdown;
pub mod table;

pub use encoding::Encoding;
pub use folder::{Body, File, FileKind, Folder};
pub use markdown::{Html, RawHtml};
pub use table::{Cell, Table};
