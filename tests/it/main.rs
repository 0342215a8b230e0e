//! The one integration binary.
#![allow(missing_docs)]

mod charts;
mod files;
mod folder;
mod cases;
mod cli;
mod schema;
mod house;
mod markdown;
mod new;
mod output;
mod pages;
mod server_client;
mod server_gate;
mod server_load;
mod server_process;
mod server_stop;
mod yaml;
mod statistics;
mod statistics_rules;
mod statistics_sheets;
mod survey;
mod store;
mod store_attack;
mod store_crash;
