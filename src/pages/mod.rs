//! A view and a template become a page.

// what every page is made with
pub mod address;
pub mod phrases;
mod whole;
mod squeeze;
pub mod render;
pub mod qr;
mod brand;
pub mod theme;
pub mod edition;
mod frame;
mod exhibit;
mod body;
// a folder for each sort of page
pub mod editorial;
pub mod message;
pub mod form;
pub mod paper;
pub mod worksheet;
pub mod talks;
pub mod cohorts;
pub mod room;
pub mod desk;
pub mod fault;
// all pages of a site
pub mod site;
// a site in one file
pub mod bound;

pub use address::{Addresses, Spot};
pub use edition::{Edition, Material};
pub use theme::Theme;
