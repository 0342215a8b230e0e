//! XLSForm, both ways: the form of survey that people write in a spreadsheet and that Kobo, ODK and Enketo read.

mod sheet;
mod expression_out;
mod expression_in;
mod writer;
mod constraint_out;
mod question_out;
pub mod write;
mod form;
mod constraint_in;
mod texts_in;
mod choices_in;
mod names_in;
mod question_in;
pub mod read;
