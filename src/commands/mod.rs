//! One file a command; the only files that print.

pub mod console;
pub mod check;
pub mod schema;

pub use console::{Console, Exit, Format};
