//! Whom one can talk to: the directory, a page a person, ten who fit, the nomination.

pub mod offer;
pub mod directory;
pub mod profile;
pub mod matching;
pub mod asked;
pub mod nomination;
pub mod nomination_review;
pub mod nomination_receipt;
pub mod erasing;
