//! What the ledger says was shown before.

use crate::statistics::definition::{Line, Names, People, Segment};
use crate::statistics::ledger::{Detail, Ledger};
use crate::statistics::measured::Measured;
use std::collections::BTreeSet;

/// A group that was published.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Shown {
    /// The number of the last of its batches.
    pub(super) until: u32,
    pub(super) line: Line,
    /// How many people it had, where the ledger says so.
    pub(super) n: Option<u64>,
    /// What was shown of it.
    pub(super) detail: Option<Detail>,
    /// It was published only if everybody was shown the question: ledgers of before 0.2 say no more.
    pub(super) if_all_shown: bool,
}

/// Everything that was published of a survey.
#[derive(Debug, Default)]
pub(super) struct Earlier {
    shown: Vec<Shown>,
    /// Publications without a line for each sum.
    terse: Vec<u32>,
    /// A line cannot be read.
    pub(super) lost: bool,
}

impl Earlier {
    pub(super) fn of(survey: &str, ledger: &Ledger) -> Earlier {
        let mut earlier = Earlier::default();
        for publication in ledger.of(survey) {
            if !publication.groups.keys().any(|key| key.contains('/')) {
                earlier.terse.push(publication.batches);
            }
            for (key, n) in &publication.groups {
                let (key, word) = key.split_once(';').map_or((key.as_str(), None), |(key, word)| (key, Some(word)));
                let detail = word.map(Detail::read);
                let (Some(line), Some(detail)) = (Line::read(key), detail.map_or(Some(None), |detail| detail.map(Some))) else {
                    earlier.lost = true;
                    continue;
                };
                earlier.shown.push(Shown { until: publication.batches, line, n: Some(*n), detail, if_all_shown: false });
            }
        }
        earlier.shown.sort();
        earlier.shown.dedup();
        earlier
    }

    /// Every attribute that a segment was made of.
    pub(super) fn attributes(&self) -> BTreeSet<Names> {
        self.shown.iter().flat_map(|shown| &shown.line.segment.0).map(|chosen| chosen.names.clone()).collect()
    }

    /// How far the last publication went.
    pub(super) fn until(&self) -> Option<u32> {
        self.shown.iter().map(|shown| shown.until).max()
    }

    /// Segments as such, everybody among them: of those of whom this was shown, or of all.
    pub(super) fn people(&self, detail: Option<Detail>) -> impl Iterator<Item = &Shown> {
        self.shown.iter().filter(move |shown| shown.line.people == People::All && shown.detail == detail)
    }

    /// What was shown of a sum, or of one with something in common.
    pub(super) fn of_sum(&self, measured: &Measured) -> Vec<Shown> {
        let names = measured.people.names();
        let alike = |people: &People| {
            let kind = match (people, &measured.people) {
                (People::All | People::Shown(_) | People::Rest(..), _) => false,
                (People::Counted(_), counted) => matches!(counted, People::Counted(_)),
                (People::Any(_), counted) => matches!(counted, People::Any(_)),
                (People::Together(_), counted) => people.is_the_relation(counted),
                (_, counted) => !matches!(counted, People::Counted(_) | People::Any(_) | People::Together(_)),
            };
            kind && people.names().into_iter().any(|name| names.contains(name))
        };
        let mut all: Vec<Shown> = self.shown.iter().filter(|shown| alike(&shown.line.people)).cloned().collect();
        if measured.members.is_empty() {
            all.extend(self.terse.iter().flat_map(|until| self.told_tersely(*until, measured)));
        }
        all
    }

    /// Whose answers were ever summed.
    pub(super) fn people_told(&self) -> impl Iterator<Item = &People> + Clone {
        self.shown.iter().map(|shown| &shown.line.people)
    }

    /// What was shown to the last place of those who answered several things, one of which has something in common with these people's.
    pub(super) fn together_with(&self, people: &People) -> impl Iterator<Item = &Shown> {
        let exact = self.shown.iter().filter(|shown| shown.detail == Some(Detail::Exact));
        exact.filter(|shown| shown.line.people.is_together_with(people))
    }

    /// What a publication that names groups alone showed of a sum.
    fn told_tersely(&self, until: u32, measured: &Measured) -> Vec<Shown> {
        let own = || self.shown.iter().filter(move |shown| shown.until == until && shown.n.is_some());
        let line = Line { segment: Segment::default(), people: measured.people.clone() };
        let group = |people: &People| match (people, &measured.shown) {
            (People::Shown(then), People::Shown(now)) => {
                then.len() == now.len() && now.iter().all(|names| then.iter().any(|then| then.iter().any(|name| names.contains(name))))
            }
            _ => false,
        };
        let apart = own().any(|shown| group(&shown.line.people));
        let of = |shown: &&Shown| if apart { group(&shown.line.people) } else { shown.line == Line::default() };
        let kept = |detail: Option<Detail>| own().filter(of).any(|shown| shown.detail == detail);
        if !kept(None) || (measured.sensitive && !kept(Some(Detail::Sensitive))) {
            return Vec::new();
        }
        let plain = Shown { until, line, n: None, detail: None, if_all_shown: !apart };
        let fine = (measured.fine && kept(Some(Detail::Fine))).then(|| Shown { detail: Some(Detail::Fine), ..plain.clone() });
        [Some(plain), fine].into_iter().flatten().collect()
    }
}
