//! Markdown as Japanese authors write it. The only folder that names pulldown-cmark and ammonia.

mod document;
mod events;
mod front_matter;
mod guard;
mod heading;
mod html;
mod inline;
mod lines;
mod reference;
mod render;
mod ruby;
mod sanitize;
mod wide;

pub use document::{Document, ExhibitMark};
pub use front_matter::{FrontMatter, split_front_matter};
pub use heading::Heading;
pub use html::Html;
pub use inline::{inline, inline_linked, plain};
pub use reference::{Reference, ReferenceKind, ResolvedLink, Target};
pub use render::{Part, RawHtml, Rendering};
