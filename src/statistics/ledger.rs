//! The ledger: every group that was ever published. Each new publication is held against all of it.

use crate::survey::pairing::joined_from;
use std::collections::{BTreeMap, BTreeSet};

/// What one build showed of one survey.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Publication {
    /// The survey's id.
    pub survey: String,
    /// The number of the last of its batches that it was counted from.
    pub batches: u32,
    /// How many people each published group had, by the group's key, which says in stored names who they were (`definition.rs`):
    /// `everybody`, `chose:section=sales`, `shown-to:plan`, and for each sum those who are in it, `everybody/answered:plan=no|yes`.
    /// What was shown beyond that stands with a word behind the key: `everybody;fine`.
    pub groups: BTreeMap<String, u64>,
}

/// What can be shown of a group only where it, and its difference to what was shown before, is larger than k.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Detail {
    /// Ordinal answers in more than three classes.
    Fine,
    /// Sensitive questions.
    Sensitive,
    /// A score to its last place, from which the items could be subtracted.
    Exact,
}

impl Detail {
    /// The word behind a key.
    pub(super) fn word(self) -> &'static str {
        match self {
            Detail::Fine => "fine",
            Detail::Sensitive => "sensitive",
            Detail::Exact => "exact",
        }
    }

    /// The detail that a word of a key names.
    pub(super) fn read(word: &str) -> Option<Detail> {
        [Detail::Fine, Detail::Sensitive, Detail::Exact].into_iter().find(|detail| detail.word() == word)
    }
}

impl Publication {
    /// Enters a group of `n` people with what is shown of it.
    pub(super) fn enter(&mut self, key: &str, n: u64, details: impl IntoIterator<Item = Detail>) {
        self.groups.insert(key.to_owned(), n);
        self.groups.extend(details.into_iter().map(|detail| (format!("{key};{}", detail.word()), n)));
    }
}

/// Everything that was ever published.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Ledger {
    publications: Vec<Publication>,
}

impl Ledger {
    /// A ledger of these publications, in any order; repetitions are dropped.
    #[must_use]
    pub fn new(publications: impl IntoIterator<Item = Publication>) -> Ledger {
        let mut ledger = Ledger::default();
        ledger.record(publications);
        ledger
    }

    /// The columns of other surveys that figures of this one were ever told with, by the other survey's id.
    #[must_use]
    pub fn joined(&self, survey: &str) -> BTreeMap<String, BTreeSet<String>> {
        let mut all: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
        let names = |key: &str| key.split(['/', ':', '=', '|', '+', '&', ',', ';']).map(str::to_owned).collect::<Vec<_>>();
        for name in self.of(survey).flat_map(|publication| publication.groups.keys()).flat_map(|key| names(key)) {
            if let Some((column, other)) = joined_from(&name) {
                all.entry(other.to_owned()).or_default().insert(column.to_owned());
            }
        }
        all
    }

    /// Adds publications. Uniting two ledgers is recording the publications of one in the other.
    pub fn record(&mut self, publications: impl IntoIterator<Item = Publication>) {
        self.publications.extend(publications);
        self.publications.sort_unstable();
        self.publications.dedup();
    }

    /// Whether exactly this was published before.
    #[must_use]
    pub fn knows(&self, publication: &Publication) -> bool {
        self.publications.binary_search(publication).is_ok()
    }

    /// All publications, by survey, fewest batches first.
    #[must_use]
    pub fn publications(&self) -> &[Publication] {
        &self.publications
    }

    /// What was published of one survey, fewest batches first.
    pub(super) fn of<'a>(&'a self, survey: &'a str) -> impl DoubleEndedIterator<Item = &'a Publication> {
        self.publications.iter().filter(move |publication| publication.survey == survey)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn united_ledgers_know_both() {
        let mut one = Publication { survey: "s".into(), batches: 2, groups: BTreeMap::new() };
        one.enter("everybody", 20, [Detail::Fine]);
        let mut two = Publication { batches: 1, groups: BTreeMap::new(), ..one.clone() };
        two.enter("everybody", 10, []);
        let mut ledger = Ledger::new([one.clone(), one.clone()]);
        assert!(!ledger.knows(&two));
        ledger.record([two.clone(), one.clone()]);
        assert_eq!(ledger.publications(), [two.clone(), one.clone()]);
        assert_eq!(one.groups.into_keys().collect::<Vec<_>>(), ["everybody", "everybody;fine"]);
    }
}
