//! XLSForm, both ways: the form of survey that people write in a spreadsheet and that Kobo, ODK and Enketo read.

mod loss;
mod sheet;
mod expression_out;
mod expression_in;
pub mod write;
mod names;
mod form;
mod constraint_in;
mod question_in;
pub mod read;
