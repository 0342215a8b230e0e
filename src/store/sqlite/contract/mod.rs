//! The contract of a store, kept on SQLite: a trait a file.

mod intake;
mod invitations;
mod batches;
mod closings;
mod publications;
mod by_code;
mod taken_back;
mod nominations;
mod keeping;
