//! The one integration binary.
#![allow(missing_docs)]

mod house;
mod output;
