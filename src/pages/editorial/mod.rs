//! What a site tells: its home, its texts, modules, data, reports, lists.

pub mod home;
pub mod free;
pub mod module;
pub mod known;
mod blocks;
pub mod comments;
mod advice;
mod headline;
mod values;
pub mod told;
pub mod dataset;
pub mod list;
pub mod sources;
pub(super) mod tile;
pub mod plan;
pub mod report;
pub mod part;
pub mod slides;
mod people;
mod definitions;
mod made_from;
pub mod method;
