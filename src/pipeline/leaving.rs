//! Rows that were taken back leave: when the figures may forget them, and not before.
//!
//! A row that is missing in the next figures is a difference between two publications. It must be one of nobody or of k people, as
//! every difference, and what decides that is the ledger. So the figures are counted twice, with these rows and without them. They
//! leave where nothing that would be shown of the others is lost by it, and where what is told then is a step that the ledger
//! admits: with a batch of k others, k of them together, or before anything was published. Where only some of them may leave, those
//! leave whose going costs nothing.

use crate::statistics::Published;
use crate::store::Store;
use crate::survey::figure::State;
use crate::survey::{Batch, Exhibit, Mark};
use std::collections::BTreeSet;

/// How often figures are counted in search of rows that may leave.
const MOST_TRIES: usize = 40;

/// Lets those rows of a survey leave that were taken back and may. `count` makes figures of batches as they are stored.
///
/// # Errors
///
/// When the store fails.
pub(super) fn let_leave(store: &dyn Store, survey: &str, count: &dyn Fn(&[Batch]) -> Published) -> anyhow::Result<()> {
    let taken = store.taken_back(survey)?;
    if taken.is_empty() {
        return Ok(());
    }
    let batches = store.batches(survey)?;
    // Only a copy that was put back brings them again
    let texts = batches.iter().flat_map(|batch| batch.marks.texts.values().flatten().flatten());
    let mut going: BTreeSet<Mark> = texts.filter(|mark| taken.contains(*mark)).copied().collect();
    let waiting: BTreeSet<Mark> = batches.iter().flat_map(|batch| batch.marks.among(&taken)).collect();
    if !waiting.is_empty() {
        going.extend(may_leave(&batches, waiting, count));
    }
    if going.is_empty() { Ok(()) } else { store.let_leave(survey, &going) }
}

/// Those of the waiting rows that may leave.
fn may_leave(batches: &[Batch], waiting: BTreeSet<Mark>, count: &dyn Fn(&[Batch]) -> Published) -> BTreeSet<Mark> {
    let with = count(batches);
    let without = |going: &BTreeSet<Mark>| count(&batches.iter().map(|batch| batch.without(going)).collect::<Vec<Batch>>());
    let (mut going, mut tries) = (waiting, 1);
    let mut rest = without(&going);
    loop {
        if lost(&with, &rest) == 0 {
            return if is_a_step(&with, &rest) { going } else { BTreeSet::new() };
        }
        // Nobody came with whom they could go, and they are too few: fewer of them are, too
        if rest.shown == 0 || going.len() <= 1 || tries + going.len() > MOST_TRIES {
            return BTreeSet::new();
        }
        tries += going.len();
        let less = |one: &Mark| {
            let fewer: BTreeSet<Mark> = going.iter().filter(|other| *other != one).copied().collect();
            let rest = without(&fewer);
            (lost(&with, &rest), fewer, rest)
        };
        let Some((_, fewer, left)) = going.iter().map(less).min_by_key(|(lost, ..)| *lost) else { return BTreeSet::new() };
        (going, rest) = (fewer, left);
    }
}

/// What is told without the rows is a new publication that the ledger admits, or nothing else than with them.
fn is_a_step(with: &Published, without: &Published) -> bool {
    let quiet = with.collected == without.collected && with.shown == without.shown && with.exhibits == without.exhibits;
    without.publication.is_some() || quiet || without.shown > with.shown
}

/// How much of what is shown with the rows is not shown without them.
fn lost(with: &Published, without: &Published) -> usize {
    let of = |(id, exhibit): (&String, &Exhibit)| {
        let left = without.exhibits.get(id);
        let (before, classes) = (shown(exhibit), exhibit.classes.len());
        before.saturating_sub(left.map_or(0, shown)) + usize::from(before > 0 && left.is_none_or(|left| left.classes.len() < classes))
    };
    with.exhibits.iter().map(of).sum::<usize>() + usize::from(with.shown > 0 && without.shown == 0)
}

/// How many figures of an exhibit are told.
fn shown(exhibit: &Exhibit) -> usize {
    exhibit.rows.iter().flat_map(|row| &row.figures).filter(|figure| matches!(figure.state, State::Given | State::Derived)).count()
}
