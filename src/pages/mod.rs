//! A view and a template become a page.

pub mod address;
pub mod phrases;
pub mod render;
pub mod theme;
pub mod edition;
mod exhibit;
mod body;
