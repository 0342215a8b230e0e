//! Figures that were published from batches which are in no copy any more. Whoever answered in them may answer again, so nobody can say
//! how many people are in both: only sizes that differ by a whole group are safe to be compared.

use crate::store::Publication;
use crate::survey::Batch;

/// The publications of a survey that rest on batches which are lost.
pub(super) fn broken<'l>(ledger: &'l [Publication], batches: &[Batch]) -> Vec<&'l Publication> {
    let is_broken = |publication: &&Publication| {
        let held: Vec<&Batch> = batches.iter().filter(|batch| batch.number <= publication.batches).collect();
        let n: u64 = held.iter().map(|batch| batch.n).sum();
        (held.len() as u64) < u64::from(publication.batches) && publication.groups.get(EVERYBODY).is_some_and(|shown| *shown != n)
    };
    ledger.iter().filter(is_broken).collect()
}

/// The key of everybody in the ledger.
const EVERYBODY: &str = "everybody";

/// Whether this may be shown after those. However many of the lost have answered again, k people or more are in the one and not in the
/// other, where sizes differ by k.
pub(super) fn may_follow(publication: &Publication, broken: &[&Publication], k: u32) -> bool {
    let far = |key: &String, n: u64| publication.groups.get(key).is_none_or(|now| *now + n == 0 || now.abs_diff(n) >= u64::from(k));
    broken.iter().all(|earlier| earlier.groups.iter().all(|(key, n)| far(key, *n)))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shown(batches: u32, groups: &[(&str, u64)]) -> Publication {
        Publication { survey: "s".into(), batches, groups: groups.iter().map(|(key, n)| ((*key).to_owned(), *n)).collect() }
    }

    #[test]
    fn only_what_rests_on_lost_batches_is_broken() {
        let batches: Vec<Batch> = [(1, 10), (3, 8)].map(|(number, n)| Batch { number, n, ..Batch::default() }).into();
        for (publication, expected) in [
            (shown(1, &[("everybody", 10)]), false),
            (shown(2, &[("everybody", 15)]), true),
            // Published since
            (shown(3, &[("everybody", 18)]), false),
            // Somebody was taken back, but no batch is lost
            (shown(1, &[("everybody", 11)]), false),
            (shown(2, &[]), false),
        ] {
            assert_eq!(broken(std::slice::from_ref(&publication), &batches).len(), usize::from(expected), "{publication:?}");
        }
    }

    #[test]
    fn sizes_of_before_and_after_differ_by_a_group() {
        let before = shown(2, &[("everybody", 15), ("shown-to:plan", 9), ("chose:way=boat", 0)]);
        for (groups, allowed) in [
            (&[("everybody", 10)][..], true),
            (&[("everybody", 11)], false),
            (&[("everybody", 15)], false),
            (&[("everybody", 19)], false),
            (&[("everybody", 20)], true),
            (&[("everybody", 20), ("shown-to:plan", 13)], false),
            (&[("everybody", 20), ("shown-to:plan", 14)], true),
            (&[("everybody", 20), ("chose:way=boat", 0)], true),
            (&[], true),
        ] {
            assert_eq!(may_follow(&shown(3, groups), &[&before], 5), allowed, "{groups:?}");
        }
        assert!(may_follow(&before, &[], 5));
    }
}
