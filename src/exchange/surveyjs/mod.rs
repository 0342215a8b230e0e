//! SurveyJS, both ways: the JSON that survey-core shows and that its builders write.

mod expression_out;
mod expression_in;
mod writer;
mod question_out;
mod parts_out;
pub mod write;
mod element;
mod choices_in;
mod names_in;
mod table_in;
mod rating_in;
mod matrix_in;
mod question_in;
pub mod read;
