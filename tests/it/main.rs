//! The one integration binary.
#![allow(missing_docs)]

mod folder;
mod cases;
mod house;
mod markdown;
mod output;
mod server_client;
mod server_gate;
mod server_load;
mod server_stop;
mod yaml;
mod store;
mod store_attack;
mod store_crash;
