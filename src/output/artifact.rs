//! What is written, and what became of it.

use super::path::RelativePath;

/// A file to write.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Artifact {
    /// Where, below the output's root.
    pub path: RelativePath,
    /// What.
    pub bytes: Vec<u8>,
}

/// What a build did, each list sorted.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Written {
    /// Files that were not there before.
    pub created: Vec<RelativePath>,
    /// Files whose bytes changed.
    pub changed: Vec<RelativePath>,
    /// Files that already were as they should be and were not touched.
    pub same: Vec<RelativePath>,
    /// Files of the last build that this one no longer has.
    pub removed: Vec<RelativePath>,
}

/// What is about to happen.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Step<'a> {
    /// New files are written aside.
    Stage,
    /// The journal is written: from here on an interrupted build is finished, before it is undone.
    Commit,
    /// A file is put in place.
    Put(&'a RelativePath),
    /// A file is removed.
    Remove(&'a RelativePath),
    /// Folders are made durable.
    Sync,
    /// The journal is removed.
    Clear,
    /// What was staged is thrown away.
    Clean,
}
