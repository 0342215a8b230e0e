//! Everything on offer: each type of content, its checks, and the checks across files.
pub mod reference;
