//! The one integration binary.
#![allow(missing_docs)]

mod house;
mod statistics;
mod statistics_rules;
mod statistics_sheets;
