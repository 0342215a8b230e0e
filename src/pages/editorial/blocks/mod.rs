//! The blocks of a report that make figures of their own: one file a kind.

pub(super) mod compare;
pub(super) mod benchmark;
pub(super) mod coverage;
pub(super) mod profile;
pub(super) mod trend;
pub(super) mod weighted;
pub(super) mod look;
