//! The one integration binary.
#![allow(missing_docs)]

mod charts;
mod house;
