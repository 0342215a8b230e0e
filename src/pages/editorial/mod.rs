//! What a site tells: its home, its texts, modules, data, reports, lists.

pub mod home;
pub mod free;
pub mod module;
pub mod comments;
pub mod told;
pub mod dataset;
pub mod list;
pub mod sources;
pub(super) mod tile;
pub mod report;
pub mod slides;
pub mod method;
