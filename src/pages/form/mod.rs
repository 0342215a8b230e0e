//! The pages of a survey: from the first question to the receipt, and what can be done with a sheet.

pub(super) mod complaint;
pub(super) mod control;
pub(super) mod question_one;
pub(super) mod question_several;
pub(super) mod dressed;
pub(super) mod live;
pub mod sheet;
pub(super) mod progress;
pub(super) mod fill;
pub(super) mod promise;
pub(super) mod terms;
pub mod by_code;
pub mod typed;
pub mod page;
pub mod result;
pub mod receipt;
pub mod put_aside;
pub mod withdrawal;
pub mod invitation;
pub(super) mod answered;
pub mod review;

pub use page::{Notice, first, page, page_with};
