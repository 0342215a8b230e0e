//! The one integration binary.
#![allow(missing_docs)]
mod store;
mod store_attack;
mod store_crash;
