//! A room: what the projector shows, what the presenter sees, what a phone meets at the door.

pub mod frame;
pub mod projector;
pub mod screens;
pub mod window;
