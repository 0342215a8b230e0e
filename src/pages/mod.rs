//! A view and a template become a page.

pub mod address;
pub mod qr;
pub mod phrases;
mod whole;
mod squeeze;
pub mod render;
pub mod theme;
pub mod edition;
mod exhibit;
mod body;
mod complaint;
mod question;
mod dressed;
pub mod home;
pub mod free;
pub mod module;
pub mod dataset;
pub mod list;
pub mod sources;
pub mod message;
pub mod form;
pub mod review;
mod tile;
pub mod report;
pub mod room_frame;
pub mod room;
pub mod room_screens;
pub mod fault;
pub mod site;

pub use address::{Addresses, Spot};
pub use edition::{Edition, Material};
pub use theme::Theme;
