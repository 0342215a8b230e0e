//! The one integration binary.
#![allow(missing_docs)]

mod folder;
mod house;
mod markdown;
mod output;
mod pages;
mod server_client;
mod server_gate;
mod server_load;
mod server_process;
mod server_stop;
mod store;
mod store_attack;
mod store_crash;
