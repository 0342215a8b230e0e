//! Markdown as Japanese authors write it. The only folder that names pulldown-cmark and ammonia.

mod html;
mod wide;
mod guard;
mod front_matter;
mod ruby;
mod reference;
mod lines;
mod heading;
mod events;
mod reader;
mod document;
mod span;
mod inline;
mod notes;
mod sanitize;
mod tags;
mod render;

pub use document::Document;
pub use front_matter::{FrontMatter, split_front_matter};
pub use heading::Heading;
pub use html::Html;
pub use inline::{inline, inline_linked, plain};
pub use reader::ExhibitMark;
pub use reference::{Reference, ReferenceKind, ResolvedLink, Target};
pub use render::{Part, RawHtml, Rendering};
