//! The one integration binary.
#![allow(missing_docs)]

mod house;
mod server_client;
mod server_gate;
mod server_load;
mod server_process;
mod server_stop;
