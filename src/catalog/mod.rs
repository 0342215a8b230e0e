//! Everything on offer: each type of content, its checks, and the checks across files.

pub mod reference;
pub mod project;
pub mod site;
pub mod page;
pub mod module;
pub mod dataset;
pub mod report;
mod shape_mail;
pub mod shape;
mod types;
mod read_mail;
mod read_project;
mod read_texts;
mod read_dataset;
mod read_report;
mod read_waves;
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
