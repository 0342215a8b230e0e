//! The one integration binary.
#![allow(missing_docs)]

mod bad_world;
mod cases;
mod charts;
mod cli;
mod determinism;
mod exchange;
mod files;
mod folder;
mod house;
mod loop_closes;
mod loop_project;
mod manual;
mod markdown;
mod new;
mod output;
mod pages;
mod paths;
mod personal;
mod pipeline;
mod routes;
mod schema;
mod serve;
mod server_client;
mod server_gate;
mod server_load;
mod server_process;
mod server_stop;
mod statistics;
mod statistics_rules;
mod statistics_sheets;
mod store;
mod store_attack;
mod store_crash;
mod survey;
mod yaml;
