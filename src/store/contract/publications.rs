//! The publication ledger.

use crate::store::digest::digest;
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

/// What was ever shown of answers. Every method may be called from any thread.
pub trait Publications {
    /// Every publication of the survey so far, fewest batches first.
    ///
    /// # Errors
    /// Where a file cannot be read.
    fn ledger(&self, survey: &str) -> anyhow::Result<Vec<Publication>>;

    /// Enters a publication into the ledger, durably; one that stands there already changes nothing.
    ///
    /// # Errors
    /// Where a file cannot be written.
    fn record(&self, publication: &Publication) -> anyhow::Result<()>;

    /// The figures of a survey that was purged, as they were kept.
    ///
    /// # Errors
    /// Where a file cannot be read.
    fn kept_figures(&self, survey: &str) -> anyhow::Result<Option<String>>;
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_fingerprint_names_the_content() {
        let one = Publication { survey: "pulse".into(), batches: 1, groups: [("all".to_owned(), 12)].into() };
        let two = Publication { groups: [("all".to_owned(), 13)].into(), ..one.clone() };
        assert_eq!(one.fingerprint(), one.clone().fingerprint());
        assert_eq!(one.fingerprint().len(), 32);
        assert_ne!(one.fingerprint(), two.fingerprint());
    }
}
