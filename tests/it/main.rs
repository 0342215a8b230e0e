//! The one integration binary.
#![allow(missing_docs)]

mod folder;
mod house;
mod markdown;
mod output;
mod store;
mod store_attack;
mod store_crash;
