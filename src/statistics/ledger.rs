//! The ledger: every group that was ever published. Each new publication is held against all of it.

use serde::{Deserialize, Serialize};

/// One group, published once. The store keeps it as it is; its JSON is stable.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct Publication {
    /// The survey's id.
    pub survey: String,
    /// The group within the survey, by its canonical key: `everybody`, `shown-to:plan`.
    pub group: String,
    /// The numbers of the batches it was counted in: ranges, both ends included, ascending.
    pub batches: Vec<(u32, u32)>,
    /// How many people it had.
    pub n: u64,
    /// Whether distributions in all their classes were shown, not only in three.
    pub fine: bool,
    /// Whether figures of sensitive questions were shown.
    pub sensitive: bool,
}

impl Publication {
    /// Whether the batch with this number was counted in.
    #[must_use]
    pub fn covers(&self, batch: u32) -> bool {
        self.batches.iter().any(|(first, last)| (*first..=*last).contains(&batch))
    }

    /// The number of its last batch.
    #[must_use]
    pub fn last_batch(&self) -> Option<u32> {
        self.batches.last().map(|(_, last)| *last)
    }
}

/// Numbers, ascending, as ranges with both ends included: 1, 2, 3, 5 are `(1, 3), (5, 5)`.
pub(super) fn ranges(numbers: impl IntoIterator<Item = u32>) -> Vec<(u32, u32)> {
    let mut ranges: Vec<(u32, u32)> = Vec::new();
    for number in numbers {
        match ranges.last_mut() {
            Some((_, last)) if last.checked_add(1) == Some(number) => *last = number,
            _ => ranges.push((number, number)),
        }
    }
    ranges
}

/// Everything that was ever published, oldest first.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Ledger {
    publications: Vec<Publication>,
}

impl Ledger {
    /// A ledger of these publications, oldest first; repetitions are dropped.
    #[must_use]
    pub fn new(publications: impl IntoIterator<Item = Publication>) -> Ledger {
        let mut ledger = Ledger::default();
        ledger.record(publications);
        ledger
    }

    /// Adds publications, newest last; those that it knows are left alone. Uniting two ledgers is recording one in the other.
    pub fn record(&mut self, publications: impl IntoIterator<Item = Publication>) {
        for publication in publications {
            if !self.knows(&publication) {
                self.publications.push(publication);
            }
        }
    }

    /// Whether exactly this was published before.
    #[must_use]
    pub fn knows(&self, publication: &Publication) -> bool {
        self.publications.contains(publication)
    }

    /// All publications, oldest first.
    #[must_use]
    pub fn publications(&self) -> &[Publication] {
        &self.publications
    }

    /// What was published of one group, oldest first.
    pub fn of<'a>(&'a self, survey: &'a str, group: &'a str) -> impl DoubleEndedIterator<Item = &'a Publication> {
        self.publications.iter().filter(move |publication| publication.survey == survey && publication.group == group)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn batches_are_kept_as_ranges() {
        assert_eq!(ranges([1, 2, 3, 5]), [(1, 3), (5, 5)]);
        let publication =
            Publication { survey: "s".into(), group: "everybody".into(), batches: ranges([1, 2, 5]), n: 15, fine: false, sensitive: false };
        assert!(publication.covers(2) && !publication.covers(3) && publication.last_batch() == Some(5));
        let text = serde_json::to_string(&publication).unwrap();
        assert_eq!(text, r#"{"survey":"s","group":"everybody","batches":[[1,2],[5,5]],"n":15,"fine":false,"sensitive":false}"#);
        let ledger = Ledger::new([publication.clone(), serde_json::from_str(&text).unwrap()]);
        assert_eq!(ledger.publications(), [publication]);
    }
}
