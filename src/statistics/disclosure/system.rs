//! What somebody could subtract: atoms, what was shown of them before, what is to be shown now.
//!
//! An *atom* is a set of people whom no published group parts. A group is a row of noughts and ones over the atoms; whoever has
//! the sums of an answer over some groups has them over every linear combination of their rows, and over nothing else.

/// A group that was shown before.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Before {
    /// Its atoms, ascending.
    pub(super) atoms: Vec<u32>,
    /// People who were in it and are in no batch any more, as an index into [`System::gone`].
    pub(super) gone: Option<u32>,
}

/// Everything that one kind of figure was and might be shown of.
#[derive(Debug, Clone, Default)]
pub(super) struct System {
    /// How many people each atom has.
    pub(super) people: Vec<u64>,
    /// How many of them count: fewer, where some of them may have been in a group that was shown before and are not known.
    pub(super) weights: Vec<u64>,
    /// How many people left; `None`: that cannot be told.
    pub(super) gone: Vec<Option<u64>>,
    /// What was shown before.
    pub(super) before: Vec<Before>,
    /// What might be shown now: the rows of each candidate, the atoms of each row ascending.
    pub(super) now: Vec<Vec<Vec<u32>>>,
    /// What nobody may learn of fewer people than this.
    pub(super) minimum: u64,
    /// Something was shown before that cannot be placed among the atoms: nothing new is safe.
    pub(super) lost: bool,
}

impl System {
    /// Whether every row of a candidate has nobody or enough people.
    pub(super) fn is_enough(&self, candidate: usize) -> bool {
        let size = |row: &Vec<u32>| row.iter().filter_map(|atom| self.people.get(*atom as usize)).sum::<u64>();
        self.now.get(candidate).into_iter().flatten().map(size).all(|people| people == 0 || people >= self.minimum)
    }
}
