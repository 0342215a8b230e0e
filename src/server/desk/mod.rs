//! The operator's desk: everything that a personnel department does in a round, in a browser, without scripts.
//!
//! For this machine alone, or after a password (`login`); nothing is done by a page of somebody else (`office` asks every form for
//! its key and its origin). Each file is one part of the desk; `dispatch` finds it.

mod office;
mod overview;
mod survey;
mod people;
mod due;
mod handed;
mod leaving;
mod texts;
mod keeping;
mod talks;
mod rehearsal;
mod login;
mod dispatch;

pub(super) use dispatch::reply;
pub(super) use login::visit;
pub use office::Means;
pub(super) use office::Office;
