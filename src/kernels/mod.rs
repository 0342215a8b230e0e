//! What worksheets compute: pure functions from what is on a sheet to what it says. `assets/worksheet-kernels.js` says the same on a
//! device; `tests/it/worksheets.rs` holds both equal. Only + − × ÷, comparisons and rounding, so that every machine agrees.

pub mod rounding;
pub mod overlap;
pub mod johari;
pub mod ranking;
pub mod use_gap;
pub mod cash_flow;
pub mod ages;
pub mod paired;
pub mod best_worst;
pub mod timeline;
pub mod lifeline;
mod english;
mod japanese;
pub mod compose;
pub mod recurring;
pub mod matching;
mod run;

pub use run::{NAMES, run};
