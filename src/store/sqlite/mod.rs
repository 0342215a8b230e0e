//! The store on SQLite: two files, one connection that writes, connections that read. The only folder that names rusqlite.

mod failure;
mod file;
mod tables;
mod invitations;
mod by_code;
mod intake;
mod keeper;
mod database;

pub(super) use database::Database;
