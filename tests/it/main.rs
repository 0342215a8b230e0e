//! The one integration binary.
#![allow(missing_docs)]

mod server_client;
mod server_gate;
mod server_load;
mod server_stop;
