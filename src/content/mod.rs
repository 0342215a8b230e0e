//! Text that knows its place: YAML, CSV, Markdown.

pub mod byte_letters;
pub mod encoding;
pub mod folder;
pub mod table;
pub mod record;
pub mod calendar;
mod mail_address;
pub mod colour;
pub mod png;
mod svg_allowed;
pub mod svg;
pub mod spreadsheet;
pub mod spreadsheet_charts;
pub mod workbook;
mod yaml_slip;
pub mod yaml;
pub mod json;
pub mod yaml_text;
pub mod shape;
pub mod scalar;
mod check;
mod fields;
pub mod schema;
pub mod markdown;

pub use check::check;
pub use colour::Colour;
pub use encoding::Encoding;
pub use fields::{Fields, text_of};
pub use folder::{Body, File, FileKind, Folder};
pub use mail_address::{MailAddress, MailSlip};
pub use markdown::{
    Document, Heading, Html, Part, RawHtml, Reference, ReferenceKind, Rendering, ResolvedLink, Target, inline, inline_linked, plain,
    split_front_matter,
};
pub use table::{Cell, Table};
pub use yaml::Node;
