//! **shirube** (しるべ, a signpost): a folder of text becomes career-training microsites, surveys and reports that open
//! without a network, and a tiny local server feeds the answers into the next build.
//!
//! The floors, from the ground up. A file may use only what stands on a floor beneath it, or a file listed above it in its
//! own folder; `tests/it/house.rs` holds that.

// Floor 1: the ground, knows nothing of ours
pub mod estimate;
pub mod language;
// (diagnostics speak languages, so they are listed after them)
pub mod diagnostic;
pub mod output;
// Floor 2: text that knows its place
pub mod content;
// Floor 3: the heart, and what worksheets compute
pub mod kernels;
pub mod survey;
// Floor 4: three pillars that do not know each other
pub mod catalog;
pub mod statistics;
pub mod store;
// Floor 5: which measures fit, and drawings
pub mod advice;
pub mod charts;
// Floor 6
pub mod exchange;
pub mod pages;
// Floor 7
pub mod pipeline;
// Floor 8
pub mod mail;
pub mod server;
// Floor 9
pub mod commands;
// Floor 10
pub mod cli;
