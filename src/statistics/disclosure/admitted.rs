//! A group that may be shown.

use super::rules::Rules;
use crate::statistics::columns::{Columns, Members, Rows};
use crate::statistics::group::Group;
use crate::statistics::ledger::Publication;
use std::collections::BTreeMap;

/// A group that may be shown, with its answers. Its fields are private: only `admit` can make one.
#[derive(Debug, Clone)]
pub(in crate::statistics) struct Admitted<'a> {
    pub(super) group: Group,
    pub(super) columns: Columns<'a>,
    pub(super) n: u64,
    pub(super) of: u64,
    pub(super) rules: Rules,
    pub(super) fine: bool,
    pub(super) sensitive: bool,
    pub(super) exact: bool,
    pub(super) earlier: bool,
}

impl<'a> Admitted<'a> {
    /// How many people: at least k.
    pub(in crate::statistics) fn n(&self) -> u64 {
        self.n
    }

    /// How many people of the same segment it was not shown to.
    pub(in crate::statistics) fn others(&self) -> u64 {
        self.of.saturating_sub(self.n)
    }

    /// Whether it stands as it was shown before, because those who came since are too few to be told.
    pub(in crate::statistics) fn is_earlier(&self) -> bool {
        self.earlier
    }

    /// Whether a number made of several answers may be told to its last place. Where it may not, those who left some of them empty
    /// are so few that the figures of the single answers would tell theirs, once the number were taken from them.
    pub(in crate::statistics) fn is_exact(&self) -> bool {
        self.exact
    }

    /// Whether it has so many people that a rounded number tells nothing of the few who left something empty.
    pub(in crate::statistics) fn is_many(&self) -> bool {
        self.n >= self.rules.fine_minimum
    }

    /// Whether figures about this many of its people who answered may be shown.
    pub(in crate::statistics) fn shows(&self, answered: u64, sensitive: bool) -> bool {
        answered >= self.rules.k && (!sensitive || (self.sensitive && answered >= self.rules.sensitive_minimum))
    }

    /// Whether the answers of this many of its people may be shown in more than three classes.
    pub(in crate::statistics) fn shows_fine(&self, answered: u64) -> bool {
        self.fine && answered >= self.rules.fine_minimum
    }

    /// How many people must have written before their texts may be read.
    pub(in crate::statistics) fn text_minimum(&self) -> u64 {
        self.rules.text_minimum
    }

    /// One partial result a batch, in the order of the batches. `read` gets the rows, and which of them belong to the group.
    pub(in crate::statistics) fn partials<T: Send>(&self, read: impl Fn(Rows<'a>, &Members) -> T + Sync) -> impl Iterator<Item = T> {
        self.columns.partials(move |rows| read(rows, &self.columns.members(&self.group, rows)))
    }
}

/// What may be shown of a survey.
#[derive(Debug, Clone)]
pub(in crate::statistics) struct Admission<'a> {
    /// Everybody, in the batches that may be shown; `None`: nothing may.
    pub(in crate::statistics) everybody: Option<Admitted<'a>>,
    /// How many people the segments have that may be shown.
    pub(in crate::statistics) segments: BTreeMap<Group, u64>,
    /// By segment (everybody is one) and by what is counted: those to whom it was shown.
    pub(in crate::statistics) parts: BTreeMap<(Group, String), Admitted<'a>>,
    /// What the ledger is to record, where it does not know it yet.
    pub(in crate::statistics) new: Option<Publication>,
}
