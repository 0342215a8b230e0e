//! The same people in two surveys: which answers stand beside which while figures are counted, and what may be told of them.

use crate::catalog::Catalog;
use crate::catalog::report::Change;
use crate::language::{Text, Today};
use crate::statistics::{Ledger, PairedItem, Pairing, Published, Side};
use crate::store::Store;
use crate::survey::attribute::PERSON;
use crate::survey::definition::Mode;
use crate::survey::own_code::OWN_CODE;
use crate::survey::pairing::{join, joined_name};
use crate::survey::scoring::Scale;
use crate::survey::waves::{Standing, Twin, twins};
use crate::survey::{Batch, Survey};
use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet};

/// What stands beside the answers to a survey.
#[derive(Debug, Default)]
pub(super) struct Beside {
    /// What is told of it.
    pub(super) pairings: Vec<Pairing>,
    /// By the other survey: its batches in today's names, and the columns that are wanted.
    others: Vec<(String, Vec<Batch>, BTreeSet<String>)>,
    identity: &'static str,
}

impl Beside {
    /// The batches with the answers of the same people beside them.
    pub(super) fn join<'b>(&self, batches: &'b [Batch]) -> Cow<'b, [Batch]> {
        let join = |own: Cow<'b, [Batch]>, (survey, other, columns): &(String, Vec<Batch>, BTreeSet<String>)| {
            Cow::Owned(join(&own, survey, other, self.identity, columns))
        };
        self.others.iter().fold(Cow::Borrowed(batches), join)
    }
}

/// The surveys, each after those before it.
pub(super) fn in_order(catalog: &Catalog) -> Vec<&Survey> {
    let mut order: Vec<&Survey> = Vec::new();
    let mut left: Vec<&Survey> = catalog.surveys.values().collect();
    while !left.is_empty() {
        let waits =
            |survey: &&Survey| catalog.changes(&survey.id).iter().any(|(_, change)| left.iter().any(|one| one.id == change.before.value));
        let (later, mut now): (Vec<&Survey>, Vec<&Survey>) = left.iter().copied().partition(waits);
        // In a circle somebody has to be first: what is not known yet is not told
        let later = if now.is_empty() { Vec::new() } else { later };
        if now.is_empty() {
            now.clone_from(&left);
        }
        order.extend(now);
        left = later;
    }
    order
}

/// What stands beside the answers to a survey. `known`: what may be told of the surveys before it.
///
/// # Errors
///
/// When the store fails.
pub(super) fn beside(
    catalog: &Catalog,
    survey: &Survey,
    today: Today,
    store: Option<&dyn Store>,
    ledger: &Ledger,
    known: &BTreeMap<String, Published>,
) -> anyhow::Result<Beside> {
    let identity = if survey.code.is_some() { OWN_CODE } else { PERSON };
    let mut columns: BTreeMap<String, BTreeSet<String>> = ledger.joined(&survey.id);
    let mut pairings = Vec::new();
    for after in catalog.surveys.values() {
        for (id, change) in catalog.changes(&after.id) {
            let Some(before) = catalog.surveys.get(&change.before.value) else { continue };
            let side = if after.id == survey.id { Side::After } else { Side::Before };
            if side == Side::Before && before.id != survey.id {
                continue;
            }
            let other = if side == Side::After { before } else { after };
            let ready = before.is_over(today) && after.is_over(today);
            let (pairing, wanted) = pairing(&id, &change, (before, after), side, ready, known.get(&before.id));
            if ready {
                columns.entry(other.id.clone()).or_default().extend(wanted);
            }
            pairings.push(pairing);
        }
    }
    let mut others = Vec::new();
    if let Some(store) = store {
        for (id, columns) in columns {
            let Some(other) = catalog.surveys.get(&id).filter(|other| alike(survey, other)) else { continue };
            let batches = store.batches(&id)?.into_iter().map(|batch| other.history.read(batch)).collect();
            others.push((id, batches, columns));
        }
    }
    Ok(Beside { pairings, others, identity })
}

/// Whether both name their people in the same way.
fn alike(one: &Survey, other: &Survey) -> bool {
    match (&one.code, &other.code) {
        (Some(own), Some(their)) => own.rule() == their.rule(),
        (None, None) => one.mode == Mode::Identified && other.mode == Mode::Identified,
        _ => false,
    }
}

/// One side of a change, and the other survey's columns that it takes.
fn pairing(
    id: &str,
    change: &Change,
    (before, after): (&Survey, &Survey),
    side: Side,
    ready: bool,
    known: Option<&Published>,
) -> (Pairing, BTreeSet<String>) {
    let twins = twins(before, after);
    let other = if side == Side::After { before } else { after };
    // The name of the side that is judged first, which the other one asks for
    let first = format!("{}:{id}", after.id);
    let mut wanted = BTreeSet::new();
    let mut items = Vec::new();
    for name in &change.of {
        let twin = twins.iter().find(|twin| twin.later.as_ref() == Some(&name.value) && twin.standing == Standing::Comparable);
        let Some(Twin { earlier: Some(earlier), later: Some(later), .. }) = twin else { continue };
        let (here, there) = if side == Side::After { (later, earlier) } else { (earlier, later) };
        let scale = other.scales.iter().find(|scale| scale.id == *there);
        wanted.extend(scale.map_or_else(|| vec![there.clone()], |scale| scale.items.clone()));
        let joined = |items: &[String]| items.iter().map(|item| joined_name(item, &other.id)).collect();
        let scale = scale.map(|scale| Scale { items: joined(&scale.items), reversed: joined(&scale.reversed), ..scale.clone() });
        let part = format!("{first}/{earlier}");
        let held = side == Side::After && !known.is_some_and(|known| known.paired.contains(&part));
        items.push(PairedItem { id: here.clone(), joined: joined_name(there, &other.id), scale, held });
    }
    let called = |survey: &Survey| survey.wave.clone().unwrap_or_else(|| survey.title.clone());
    let (before, after): (Text, Text) = (called(before), called(after));
    let id = if side == Side::After { id.to_owned() } else { first };
    (Pairing { id, side, other_title: other.title.clone(), before, after, items, pairs_only: change.pairs_only, ready }, wanted)
}
