//! Surveys and responses in and out.

mod columns;
mod carried;
pub mod release;
pub mod responses_csv;
pub mod json_lines;
pub mod codebook;
pub mod workbook;
pub mod spss;
pub mod responses_out;
pub mod source;
mod headings;
pub mod mapping;
mod wording;
mod response_heads;
mod response_row;
pub mod responses_in;
pub mod people_in;
pub mod people_dates;
pub mod list_text;
pub mod links;
pub mod recipients;
pub mod answer_file;
pub mod scans;
mod loss;
mod names;
mod meaning;
mod expression_out;
mod expression_in;
pub mod tree;
pub mod xlsform;
pub mod surveyjs;
pub mod sample;

pub use columns::{Multiple, Style};
