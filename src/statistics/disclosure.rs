//! Which groups may be shown. Every statistic takes an [`Admitted`], and nothing but [`admit`] makes one.
//!
//! k counts people in a group, not people in an answer class. A group is shown with nobody or with at least k people, and so is
//! every difference to what was published of it before; a finer picture (more than three classes, sensitive questions) needs
//! larger groups and larger differences in the same way. Hiding further groups against sums of several tables, and the attacker
//! who tries them, have their place at the end of [`admit`].

use super::columns::{Columns, Rows};
use super::group::Group;
use super::ledger::{Detail, Ledger, Publication};
use std::collections::BTreeMap;

/// The smallest k that a survey can have.
pub const K_FLOOR: u64 = 3;

/// How large groups must be.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Rules {
    /// The smallest group that is shown at all.
    pub k: u64,
    /// The smallest group whose ordinal answers are shown in more than three classes.
    pub fine_minimum: u64,
    /// The smallest group for which sensitive questions are shown.
    pub sensitive_minimum: u64,
    /// How many texts there must be before texts are shown.
    pub text_minimum: u64,
    /// The survey has ordinal questions with more than three classes.
    pub has_fine: bool,
    /// The survey has sensitive questions.
    pub has_sensitive: bool,
}

impl Rules {
    /// The rules for a smallest group of `k` people; under [`K_FLOOR`] that is taken instead.
    #[must_use]
    pub fn of(k: u64, has_fine: bool, has_sensitive: bool) -> Rules {
        let k = k.max(K_FLOOR);
        Rules { k, fine_minimum: k.max(20), sensitive_minimum: k.max(10), text_minimum: (2 * k).max(10), has_fine, has_sensitive }
    }

    /// Whether a group or a difference of this size may be shown.
    #[must_use]
    pub fn allow(&self, size: u64) -> bool {
        size == 0 || size >= self.k
    }
}

/// What may be expected after the batches at hand.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Timing {
    /// Nothing new is to be shown yet.
    Wait,
    /// More batches will come: answers that would cost the finer picture wait for them.
    Rolling,
    /// No more will come: every answer that may be shown is shown, if need be in three classes.
    Final,
}

/// A group that may be shown, with its answers. Its fields are private: only [`admit`] can make one.
#[derive(Debug, Clone)]
pub(super) struct Admitted<'a> {
    group: Group,
    columns: Columns<'a>,
    n: u64,
    rules: Rules,
    fine: bool,
    sensitive: bool,
}

impl<'a> Admitted<'a> {
    /// How many people: at least k.
    pub(super) fn n(&self) -> u64 {
        self.n
    }

    /// Whether figures about this many of its people who answered may be shown.
    pub(super) fn shows(&self, answered: u64, sensitive: bool) -> bool {
        answered >= self.rules.k && (!sensitive || (self.sensitive && answered >= self.rules.sensitive_minimum))
    }

    /// Whether the answers of this many of its people may be shown in more than three classes.
    pub(super) fn shows_fine(&self, answered: u64) -> bool {
        self.fine && answered >= self.rules.fine_minimum
    }

    /// How many people must have written before their texts may be read.
    pub(super) fn text_minimum(&self) -> u64 {
        self.rules.text_minimum
    }

    /// One partial result a batch, in the order of the batches. `read` gets the rows, and which of them belong to the group.
    pub(super) fn partials<T>(&self, read: impl Fn(Rows<'a>, Members<'_>) -> T) -> impl Iterator<Item = T> {
        self.columns.partials(move |rows| {
            let members = self.group.members(rows);
            read(rows, Members { of: members.as_deref() })
        })
    }

    fn enter(&self, publication: &mut Publication) {
        let details = [(Detail::Fine, self.rules.has_fine && self.fine), (Detail::Sensitive, self.rules.has_sensitive && self.sensitive)];
        publication.enter(&self.group.key(), self.n, details.into_iter().filter(|(_, shown)| *shown).map(|(detail, _)| detail));
    }
}

/// Which rows of a batch belong to a group.
#[derive(Debug, Clone, Copy)]
pub(super) struct Members<'m> {
    of: Option<&'m [bool]>,
}

impl Members<'_> {
    /// Whether the row with this index belongs to the group.
    pub(super) fn contains(self, row: usize) -> bool {
        self.of.is_none_or(|members| members.get(row).copied().unwrap_or(false))
    }
}

/// What may be shown of a survey.
#[derive(Debug, Clone)]
pub(super) struct Admission<'a> {
    /// Everybody, in the batches that may be shown; `None`: nothing may.
    pub(super) everybody: Option<Admitted<'a>>,
    /// The parts that may be shown. A part that is everybody is admitted with them.
    pub(super) parts: BTreeMap<Group, Admitted<'a>>,
    /// What the ledger is to record, where it does not know it yet.
    pub(super) new: Option<Publication>,
}

/// Chooses how many batches may be shown, and which groups in them.
pub(super) fn admit<'a>(
    survey: &str,
    columns: &Columns<'a>,
    parts: impl IntoIterator<Item = Group>,
    rules: Rules,
    timing: Timing,
    ledger: &Ledger,
) -> Admission<'a> {
    let mut admission = Admission { everybody: None, parts: BTreeMap::new(), new: None };
    let judge = Judge { survey, rules, ledger };
    let Some(everybody) = judge.everybody(columns, timing) else { return admission };
    for part in parts {
        if let Some(admitted) = judge.part(&part, &everybody) {
            admission.parts.insert(part, admitted);
        }
    }
    let batches = u32::try_from(everybody.columns.len()).unwrap_or(u32::MAX);
    let mut publication = Publication { survey: survey.to_owned(), batches, groups: BTreeMap::new() };
    everybody.enter(&mut publication);
    admission.parts.values().for_each(|part| part.enter(&mut publication));
    admission.new = Some(publication).filter(|publication| !ledger.knows(publication));
    admission.everybody = Some(everybody);
    admission
}

struct Judge<'j> {
    survey: &'j str,
    rules: Rules,
    ledger: &'j Ledger,
}

impl Judge<'_> {
    fn everybody<'a>(&self, columns: &Columns<'a>, timing: Timing) -> Option<Admitted<'a>> {
        let key = Group::everybody().key();
        let had = |detail| self.ledger.of(self.survey).any(|earlier| earlier.showed(&key, detail));
        let (had_fine, had_sensitive) = (had(Detail::Fine), had(Detail::Sensitive));
        let shown = self.ledger.of(self.survey).next_back().map_or(0, |last| length(last).min(columns.len()));
        let until = if timing == Timing::Wait { shown } else { columns.len() };
        let mut largest = None;
        for length in (shown..=until).rev() {
            let Some(candidate) = self.candidate(columns.first(length)) else { continue };
            let keeps_detail = (candidate.fine || !had_fine) && (candidate.sensitive || !had_sensitive);
            if keeps_detail || timing != Timing::Rolling {
                return Some(candidate);
            }
            largest = largest.or(Some(candidate));
        }
        largest
    }

    /// Everybody in these batches, if they may be shown after all that was.
    fn candidate<'a>(&self, columns: Columns<'a>) -> Option<Admitted<'a>> {
        let n = columns.n();
        let mut admitted = self.admitted(Group::everybody(), columns, n)?;
        for earlier in self.ledger.of(self.survey) {
            let key = admitted.group.key();
            let Some(published) = earlier.group(&key) else { continue };
            let then = admitted.columns.first(length(earlier)).n();
            self.hold_against(&mut admitted, earlier, &key, change(n, then, published))?;
        }
        Some(admitted)
    }

    /// A part of everybody, if it, the rest, and the differences of both to what was published before may be shown.
    fn part<'a>(&self, group: &Group, everybody: &Admitted<'a>) -> Option<Admitted<'a>> {
        let columns = everybody.columns.clone();
        let n = group.size(&columns);
        if n == everybody.n {
            return Some(everybody.clone());
        }
        let mut admitted = self.admitted(group.clone(), columns, n)?;
        self.rules.allow(everybody.n - n).then_some(())?;
        let (part, whole) = (group.key(), everybody.group.key());
        for earlier in self.ledger.of(self.survey) {
            let then = everybody.columns.first(length(earlier));
            let (all_then, part_then) = (then.n(), group.size(&then));
            // A part that was everybody then was published as everybody.
            let key = if part_then == all_then { &whole } else { &part };
            let Some(published) = earlier.group(key) else { continue };
            self.hold_against(&mut admitted, earlier, key, change(n, part_then, published))?;
            self.rules.allow((everybody.n - all_then).abs_diff(n - part_then)).then_some(())?;
        }
        Some(admitted)
    }

    /// A group that is large enough by itself.
    fn admitted<'a>(&self, group: Group, columns: Columns<'a>, n: u64) -> Option<Admitted<'a>> {
        let rules = self.rules;
        let (fine, sensitive) = (n >= rules.fine_minimum, n >= rules.sensitive_minimum);
        (n >= rules.k).then_some(Admitted { group, columns, n, rules, fine, sensitive })
    }

    /// Takes from the group what its difference to an earlier publication is too small for; `None`: all of it.
    fn hold_against(&self, admitted: &mut Admitted<'_>, earlier: &Publication, key: &str, difference: u64) -> Option<()> {
        let enough = |minimum: u64| difference == 0 || difference >= minimum;
        admitted.fine &= !earlier.showed(key, Detail::Fine) || enough(self.rules.fine_minimum);
        admitted.sensitive &= !earlier.showed(key, Detail::Sensitive) || enough(self.rules.sensitive_minimum);
        self.rules.allow(difference).then_some(())
    }
}

/// From how many batches something was published.
fn length(publication: &Publication) -> usize {
    usize::try_from(publication.batches).unwrap_or(usize::MAX)
}

/// By how many people a group of `now` differs from one that was published with `published` people, of whom `then` are still in
/// the same batches. Somebody who withdrew is covered by those who came in the same step, so the larger side counts.
fn change(now: u64, then: u64, published: u64) -> u64 {
    let came = now.saturating_sub(then) + then.saturating_sub(published);
    let left = published.saturating_sub(then);
    came.max(left)
}
