//! Which sheets may still be answered with their results.
//!
//! A result is shown in the answer to the sending itself and kept nowhere. Whoever sends the same sheet again (a double click, a reply
//! that was lost, a page that is loaded again) is shown it again, because it is worked out of what was sent: but only for a while, and
//! only until the person ends it, so that the back button of a shared device brings nothing back. What is remembered for that is
//! the sum of the sheet's own random id, in memory alone.

use crate::store::{Receipt, Ticket};
use std::collections::BTreeMap;
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

/// For how long after it was accepted a sheet is answered with its result.
const WHILE: Duration = Duration::from_secs(30 * 60);
/// For how long it is remembered that a person has ended it.
const OVER: Duration = Duration::from_secs(12 * 60 * 60);
/// So many sheets are remembered; of more, the oldest show nothing any more.
const SHEETS: usize = 50_000;

/// What is remembered of a sheet.
#[derive(Debug, Clone, Copy)]
struct Entry {
    since: Instant,
    /// Sendings that are on their way into the store.
    coming: u32,
    accepted: bool,
    over: bool,
}

/// The sheets of the last while.
#[derive(Default)]
pub(super) struct Outcomes {
    inner: Mutex<BTreeMap<Ticket, Entry>>,
}

impl Entry {
    fn lasts(&self, now: Instant) -> bool {
        now.saturating_duration_since(self.since) < if self.over { OVER } else { WHILE }
    }
}

impl Outcomes {
    /// A sheet is about to be stored.
    pub(super) fn begin(&self, sheet: Ticket, now: Instant) {
        let mut entries = self.entries();
        make_room(&mut entries, now);
        let fresh = Entry { since: now, coming: 0, accepted: false, over: false };
        let entry = entries.entry(sheet).or_insert(fresh);
        if !entry.lasts(now) {
            *entry = fresh;
        }
        entry.coming += 1;
    }

    /// What the store said of it; `None`: it refused. Whether the sheet may be answered with its result.
    pub(super) fn finish(&self, sheet: Ticket, receipt: Option<Receipt>) -> bool {
        let mut entries = self.entries();
        let Some(entry) = entries.get_mut(&sheet) else { return receipt == Some(Receipt::Stored) };
        entry.coming = entry.coming.saturating_sub(1);
        entry.accepted |= receipt == Some(Receipt::Stored);
        // Two clicks at once: the other one was stored, its thread has not said so yet
        let shown = receipt.is_some() && !entry.over && (entry.accepted || entry.coming > 0);
        if !entry.accepted && !entry.over && entry.coming == 0 {
            entries.remove(&sheet);
        }
        shown
    }

    /// Whether a sheet may be answered with its result.
    pub(super) fn may_show(&self, sheet: Ticket, now: Instant) -> bool {
        self.entries().get(&sheet).is_some_and(|entry| entry.accepted && !entry.over && entry.lasts(now))
    }

    /// Its person has ended it.
    pub(super) fn end(&self, sheet: Ticket, now: Instant) {
        let mut entries = self.entries();
        make_room(&mut entries, now);
        entries.insert(sheet, Entry { since: now, coming: 0, accepted: false, over: true });
    }

    /// Whether its person has ended it.
    pub(super) fn is_over(&self, sheet: Ticket, now: Instant) -> bool {
        self.entries().get(&sheet).is_some_and(|entry| entry.over && entry.lasts(now))
    }

    fn entries(&self) -> MutexGuard<'_, BTreeMap<Ticket, Entry>> {
        self.inner.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// Forgets what is over, and of too many the oldest half.
fn make_room(entries: &mut BTreeMap<Ticket, Entry>, now: Instant) {
    if entries.len() < SHEETS {
        return;
    }
    entries.retain(|_, entry| entry.lasts(now));
    if entries.len() >= SHEETS {
        let mut since: Vec<Instant> = entries.values().map(|entry| entry.since).collect();
        since.sort_unstable();
        let half = since.get(since.len() / 2).copied().unwrap_or(now);
        entries.retain(|_, entry| entry.since > half);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn sheet(number: u32) -> Ticket {
        Ticket::of("pulse", &number.to_be_bytes())
    }

    #[test]
    fn a_result_is_shown_again_for_a_while_and_until_it_is_ended() {
        let (outcomes, start) = (Outcomes::default(), Instant::now());
        let send = |receipt, at: Duration| {
            outcomes.begin(sheet(1), start + at);
            outcomes.finish(sheet(1), Some(receipt))
        };
        assert!(send(Receipt::Stored, Duration::ZERO));
        assert!(send(Receipt::AlreadyStored, Duration::from_secs(60)), "loaded again");
        assert!(outcomes.may_show(sheet(1), start + Duration::from_secs(60)));
        assert!(!outcomes.may_show(sheet(2), start));
        outcomes.end(sheet(1), start + Duration::from_secs(61));
        assert!(outcomes.is_over(sheet(1), start + Duration::from_secs(3_600)));
        assert!(!send(Receipt::AlreadyStored, Duration::from_secs(62)), "somebody else presses «back»");
    }

    #[test]
    fn what_nobody_remembers_shows_nothing() {
        let (outcomes, start) = (Outcomes::default(), Instant::now());
        outcomes.begin(sheet(1), start);
        assert!(!outcomes.finish(sheet(1), Some(Receipt::AlreadyStored)), "after a restart");
        outcomes.begin(sheet(2), start);
        assert!(!outcomes.finish(sheet(2), None), "refused");
        assert!(!outcomes.may_show(sheet(2), start));
        outcomes.begin(sheet(3), start);
        assert!(outcomes.finish(sheet(3), Some(Receipt::Stored)));
        assert!(!outcomes.may_show(sheet(3), start + WHILE), "half an hour later");
        outcomes.begin(sheet(3), start + WHILE);
        assert!(!outcomes.finish(sheet(3), Some(Receipt::AlreadyStored)), "sent again then");
    }

    #[test]
    fn two_clicks_at_once_both_show_it() {
        let (outcomes, start) = (Outcomes::default(), Instant::now());
        outcomes.begin(sheet(1), start);
        outcomes.begin(sheet(1), start);
        assert!(outcomes.finish(sheet(1), Some(Receipt::AlreadyStored)), "the second one is answered first");
        assert!(outcomes.finish(sheet(1), Some(Receipt::Stored)));
    }
}
