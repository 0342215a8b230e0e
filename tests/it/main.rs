//! The one integration binary.
#![allow(missing_docs)]

mod folder;
mod house;
mod markdown;
mod output;
