//! The store on SQLite: two files, one connection that writes, connections that read. The only folder that names rusqlite.

mod failure;
mod file;
mod terms;
mod quotas;
mod tables;
mod invitations;
mod by_code;
mod intake;
mod taken_back;
mod copy;
mod purge;
mod ledger;
mod closings;
mod status;
mod losses;
mod turn;
mod nominations;
mod nominations_kept;
mod keeper;
mod database;
mod contract;
mod peek;
mod unite;
mod staged;

pub(super) use database::Database;
pub(super) use nominations_kept::{Gathered, gather as gather_nominations, lay as lay_nominations};
pub(super) use peek::{peek, peek_closings};
pub(super) use staged::{Half, Staged};
