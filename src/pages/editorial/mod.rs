//! What a site tells: its home, its texts, modules, data, reports, lists.

pub mod home;
pub mod free;
pub mod module;
pub mod told;
pub mod dataset;
pub mod list;
pub mod sources;
pub(super) mod tile;
mod advice;
pub mod plan;
pub mod report;
pub mod slides;
