//! Surveys and responses in and out.

mod columns;
mod carried;
pub mod responses_out;
pub mod responses_in;
pub mod people_in;
pub mod links;
