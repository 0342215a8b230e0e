//! Which groups may be shown: the only door to answers, and the attacker who tries it.

// how large groups must be, and what is made of them
mod rules;
mod admitted;
mod parted;
// what could be subtracted, and what could be learnt so
mod system;
mod rows;
mod search;
mod choose;
mod unanimous;
// from batches and the ledger
mod census;
mod earlier;
mod build;
mod request;
mod sum;
mod apart;
mod admit;
// a second look
mod attack;

pub(super) use admit::admit;
pub(super) use admitted::{Admission, Admitted};
pub use attack::{Find, attack};
pub(super) use request::{Asked, Request};
pub(super) use rules::Timing;
pub use rules::{K_FLOOR, Rules};
