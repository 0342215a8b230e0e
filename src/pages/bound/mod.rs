//! A site or a report bound into one file that needs nothing beside it: for a mail, for a stick; and the same behind a password.

mod markup;
mod unused;
mod attribute;
mod classes;
mod drawing;
mod repeats;
mod drawings;
mod leaf;
pub mod book;
pub mod sealed;
