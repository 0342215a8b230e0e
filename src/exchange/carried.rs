//! Attributes in exported rows: whoever gets the rows must not find the only one of a kind.
//!
//! The version of a consent is one of them: where the wording has changed, it tells who came early from who came late.

use crate::survey::consent::CONSENT;
use crate::survey::definition::Mode;
use crate::survey::{Answer, Batch, Survey};
use std::collections::{BTreeMap, BTreeSet};

/// A row's attributes, in the order of the survey.
type Combination = Vec<Answer>;

/// Which combinations leave as they are: those that at least k rows of all batches hold. The others are blanked; where fewer than
/// k rows would be blanked, so are the smallest of the rest, so that those that are blank cannot be told apart by counting.
/// An identified survey has nothing to blank.
pub(super) struct Shown {
    attributes: Vec<String>,
    /// `None`: all.
    shown: Option<BTreeSet<Combination>>,
}

impl Shown {
    /// Counts the rows of all batches.
    pub(super) fn of(survey: &Survey, batches: &[Batch]) -> Shown {
        let mut attributes: Vec<String> = survey.carried_attributes().into_iter().map(|attribute| attribute.id).collect();
        // Also where the survey asks for none any more; unless a question of it is called so
        if survey.question(CONSENT).is_none() && batches.iter().any(|batch| batch.columns.contains_key(CONSENT)) {
            attributes.push(CONSENT.to_owned());
        }
        if survey.mode == Mode::Identified || attributes.is_empty() {
            return Shown { attributes, shown: None };
        }
        let mut held: BTreeMap<Combination, u64> = BTreeMap::new();
        for batch in batches {
            for row in 0..usize::try_from(batch.n).unwrap_or(0) {
                *held.entry(combination(&attributes, batch, row)).or_default() += 1;
            }
        }
        Shown { attributes, shown: Some(shown(held, u64::from(survey.k))) }
    }

    /// Whether a variable is one of those that leave together or not at all.
    pub(super) fn decides(&self, variable: &str) -> bool {
        self.attributes.iter().any(|attribute| attribute == variable)
    }

    /// Whether the attributes of a row leave.
    pub(super) fn row(&self, batch: &Batch, row: usize) -> bool {
        self.shown.as_ref().is_none_or(|shown| shown.contains(&combination(&self.attributes, batch, row)))
    }
}

fn combination(attributes: &[String], batch: &Batch, row: usize) -> Combination {
    let cell = |id: &String| batch.columns.get(id).and_then(|cells| cells.get(row)).cloned().unwrap_or(Answer::NotShown);
    attributes.iter().map(cell).collect()
}

fn shown(held: BTreeMap<Combination, u64>, k: u64) -> BTreeSet<Combination> {
    let mut by_size: Vec<(u64, Combination)> = held.into_iter().map(|(combination, n)| (n, combination)).collect();
    by_size.sort_unstable();
    let mut blank = 0;
    let mut shown = BTreeSet::new();
    for (n, combination) in by_size {
        if n < k || (blank > 0 && blank < k) {
            blank += n;
        } else {
            shown.insert(combination);
        }
    }
    shown
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::survey::Value;

    fn of(sizes: &[(&str, u64)], k: u64) -> Vec<String> {
        let answer = |code: &str| vec![Answer::Given(Value::Choice(code.to_owned()))];
        let held = sizes.iter().map(|(code, n)| (answer(code), *n)).collect();
        let name = |combination: &Combination| match combination.first() {
            Some(Answer::Given(Value::Choice(code))) => code.clone(),
            _ => String::new(),
        };
        shown(held, k).iter().map(name).collect()
    }

    #[test]
    fn the_blank_are_nobody_or_many() {
        for (sizes, expected) in [
            (&[("a", 5), ("b", 9)][..], &["a", "b"][..]),
            (&[("a", 4), ("b", 9), ("c", 7)], &["b"]),
            (&[("a", 4), ("b", 1), ("c", 7)], &["c"]),
            (&[("a", 3), ("b", 1)], &[]),
            (&[("a", 2), ("b", 9)], &[]),
            (&[], &[]),
        ] {
            assert_eq!(of(sizes, 5), expected, "{sizes:?}");
        }
    }
}
