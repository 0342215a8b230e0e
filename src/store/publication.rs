//! A line of the publication ledger.

use super::digest::digest;
use std::collections::BTreeMap;

/// One line of the publication ledger: what a build showed of one survey.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Publication {
    /// The survey's id.
    pub survey: String,
    /// How many of its batches it rests on: the first so many.
    pub batches: u32,
    /// Every published group, by its key, with the people in it.
    pub groups: BTreeMap<String, u64>,
}

impl Publication {
    /// What names this publication in a build: the same groups have the same 32 hex digits, everywhere.
    #[must_use]
    pub fn fingerprint(&self) -> String {
        let (batches, numbers): ([u8; 4], Vec<[u8; 8]>) =
            (self.batches.to_le_bytes(), self.groups.values().map(|n| n.to_le_bytes()).collect());
        let mut parts: Vec<&[u8]> = vec![b"publication", self.survey.as_bytes(), &batches];
        for (key, n) in self.groups.keys().zip(&numbers) {
            parts.extend([key.as_bytes(), n.as_slice()]);
        }
        digest(&parts)[..16].iter().map(|byte| format!("{byte:02x}")).collect()
    }
}
