//! What is taken along: letters, labels, the data sheet, the whole survey as one page for a device or for paper.

pub(super) mod marks;
pub(super) mod device_words;
pub mod device;
pub mod handout;
mod honest;
pub mod data_sheet;
