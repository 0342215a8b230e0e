//! Whom one can talk to: the directory, a page a person, ten who fit, the nomination.

pub mod offer;
pub mod directory;
pub mod profile;
pub mod matching;
pub mod nomination;
pub mod erasing;
