//! Surveys and responses in and out.

mod columns;
pub mod responses_out;
pub mod responses_in;
