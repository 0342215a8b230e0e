//! Everything on offer: each type of content, its checks, and the checks across files.

pub mod reference;
pub mod project;
pub mod site;
pub mod page;
pub mod worksheet;
pub mod module;
pub mod dataset;
pub mod report;
mod shape_mail;
mod shape_worksheet;
pub mod shape;
mod types;
mod read_mail;
mod read_project;
mod read_worksheet;
mod read_texts;
mod read_dataset;
mod read_report;
mod everything;
mod names;
mod links;
mod addresses;
mod across;
mod load;

pub use dataset::Dataset;
pub use everything::Catalog;
pub use load::{Loaded, load};
pub use module::{Lesson, Module};
pub use page::{Page, body_in};
pub use project::{MailServer, MailTls, Project, Source};
pub use reference::{Located, Target};
pub use report::Report;
pub use site::Site;
pub use types::TYPES;
pub use worksheet::Worksheet;
