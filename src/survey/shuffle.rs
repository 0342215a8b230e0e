//! Orders of one's own: what is asked in random order stands in another order on every sheet, and in the same order whenever the
//! same sheet is read.
//!
//! The order comes from the sheet's own random id, which travels with the form, and from the ids of what is ordered. So it needs
//! no script, survives going back and a change of the language, and stays as it is for all others where a choice is added.
//!
//! Beside anonymous answers the order that a person saw is not kept. Eight choices stand in one of 40,320 orders: beside the answers
//! of a sheet that is a fingerprint, and whoever has seen the screen or a log with the sheet's id could find the row. Random order does
//! its work without being kept, as it spreads what comes first evenly over everybody. A row that names its person, or carries the
//! person's own code, loses nothing by it: there [`super::order`] keeps it. Whoever wants to study the order in an anonymous survey
//! takes a few fixed ones ([`super::rotation`]).

use sha2::{Digest, Sha256};
use std::collections::BTreeSet;

/// What of a survey stands in random order.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Shuffle {
    /// The index of the page.
    pub page: usize,
    /// The question whose choices, rows or items are meant; `None`: the questions of the page.
    pub question: Option<String>,
    /// The ids of what keeps its place.
    pub pinned: BTreeSet<String>,
}

/// Puts items into the order of a sheet; what is pinned keeps its place. Without a sheet (a page that was built and not served)
/// all stay in the order of the author.
pub fn arrange<T>(items: &mut Vec<T>, sheet: &str, of: &str, id: impl Fn(&T) -> String, pinned: impl Fn(&T) -> bool) {
    if sheet.is_empty() {
        return;
    }
    let mut fixed = Vec::new();
    let mut free = Vec::new();
    for (place, item) in items.drain(..).enumerate() {
        if pinned(&item) {
            fixed.push((place, item));
        } else {
            free.push((lot(sheet, of, &id(&item)), item));
        }
    }
    free.sort_by_key(|(lot, _)| *lot);
    items.extend(free.into_iter().map(|(_, item)| item));
    // In rising order, so that each finds the places before it filled
    for (place, item) in fixed {
        items.insert(place.min(items.len()), item);
    }
}

/// What decides about the place of an item on a sheet.
fn lot(sheet: &str, of: &str, id: &str) -> [u8; 32] {
    let mut sum = Sha256::new();
    for part in [sheet, of, id] {
        sum.update((part.len() as u64).to_le_bytes());
        sum.update(part);
    }
    sum.finalize().into()
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::BTreeMap;

    fn arranged(sheet: &str, of: &str, items: &str, pinned: &str) -> String {
        let mut items: Vec<char> = items.chars().collect();
        arrange(&mut items, sheet, of, char::to_string, |item| pinned.contains(*item));
        items.into_iter().collect()
    }

    #[test]
    fn the_order_of_a_sheet_is_its_own_and_stays() {
        assert_eq!(arranged("", "q", "abcdef", ""), "abcdef", "no sheet, no order");
        let first = arranged("0001", "q", "abcdef", "");
        assert_eq!(first, arranged("0001", "q", "abcdef", ""));
        assert_eq!(first, arranged("0001", "q", "fedcba", ""), "whatever the author's order");
        assert_ne!(first, arranged("0001", "r", "abcdef", ""), "each question has its own");
        assert_eq!(first.replace('c', ""), arranged("0001", "q", "abdef", ""), "what is left stays as it was");
    }

    #[test]
    fn what_is_pinned_keeps_its_place() {
        for sheet in 0..50 {
            let order = arranged(&sheet.to_string(), "q", "abcdef", "adf");
            assert_eq!((&order[..1], &order[3..4], &order[5..]), ("a", "d", "f"), "{order}");
            assert_eq!(arranged(&sheet.to_string(), "q", "abc", "abc"), "abc");
            assert_eq!(arranged(&sheet.to_string(), "q", "abc", "ab"), "abc");
        }
    }

    /// Of 6,000 sheets each of the six orders gets 1,000; five standard deviations are 144.
    #[test]
    fn every_order_comes_up_as_often_as_any_other() {
        let mut seen: BTreeMap<String, u32> = BTreeMap::new();
        for sheet in 0..6_000 {
            *seen.entry(arranged(&format!("{sheet:032x}"), "q", "abc", "")).or_default() += 1;
        }
        assert_eq!(seen.len(), 6, "{seen:?}");
        assert!(seen.values().all(|count| (856..=1_144).contains(count)), "{seen:?}");
    }
}
