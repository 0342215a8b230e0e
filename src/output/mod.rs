//! Files out, atomically: unchanged files keep their times, foreign files are never touched, a crash is finished or undone.

mod path;
mod artifact;
mod refusal;
mod lock;
mod manifest;
mod journal;
mod plan;
mod write;
mod archive;
mod sealed;

pub use archive::archive;
pub use artifact::{Artifact, Step, Written};
pub use manifest::MANIFEST_NAME;
pub use path::RelativePath;
pub use sealed::{ROUNDS, Sealed, own_password, seal};
pub use write::{write, write_watched};
