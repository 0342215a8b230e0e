//! Files out, atomically: unchanged files keep their times, foreign files are never touched, a crash is finished or undone.

mod journal;
mod lock;
mod manifest;
mod path;
mod plan;
mod write;

pub use manifest::MANIFEST_NAME;
pub use path::RelativePath;
pub use write::{Artifact, Step, Written, write, write_watched};
