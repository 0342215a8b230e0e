//! From the store to what may be shown: closes the batches that are due, deletes the drafts whose time is over, lets rows leave that were
//! taken back, counts, and enters into the ledger what will be seen.

use super::leaving::let_leave;
use super::lost::{broken, may_follow};
use super::pairs::{Beside, beside, in_order};
use super::response::at_the_end;
use crate::catalog::Catalog;
use crate::language::{Today, Words};
use crate::statistics::{self, Analysis, Find, Ledger, Published, Rules, SurveyShape, attack};
use crate::store::{self, Standing, Store};
use crate::survey::blanking::blank;
use crate::survey::definition::{Mode, Publish};
use crate::survey::{Access, Batch, Survey};
use anyhow::Context;
use std::collections::{BTreeMap, BTreeSet};

/// What may be shown of every survey.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Answers {
    /// By the survey's id.
    pub published: BTreeMap<String, Published>,
    /// By the survey's id: what names the newest publication in a build. Empty where nothing was published.
    pub fingerprints: BTreeMap<String, String>,
    /// By the survey's id: everything that was ever shown of it, fewest batches first.
    pub ledgers: BTreeMap<String, Vec<store::Publication>>,
}

impl Answers {
    fn remember(&mut self, survey: &str, ledger: Vec<store::Publication>) {
        if let Some(newest) = ledger.last() {
            self.fingerprints.insert(survey.to_owned(), newest.fingerprint());
        }
        self.ledgers.insert(survey.to_owned(), ledger);
    }
}

/// Closes what is due and counts what may be shown of every survey. What is shown has been entered into the ledger before this
/// returns, so that every later build knows of it, whatever becomes of this one.
///
/// # Errors
///
/// When the store fails, or the second look finds that figures would tell of few people.
pub fn collect(catalog: &Catalog, store: &dyn Store, today: Today) -> anyhow::Result<Answers> {
    collect_watched(catalog, store, today, &attack)
}

/// A second look at what is about to be shown; [`attack`], but for tests of what a find does.
pub type Watch<'w> = &'w dyn Fn(&Rules, &BTreeSet<String>, &[Batch], &Ledger, &statistics::Publication) -> Option<Find>;

/// The same with another second look. A find stops everything: of that survey nothing is entered into the ledger, and nothing is shown.
///
/// # Errors
///
/// As for [`collect`].
pub fn collect_watched(catalog: &Catalog, store: &dyn Store, today: Today, watch: Watch<'_>) -> anyhow::Result<Answers> {
    let mut answers = Answers::default();
    store.purge_drafts(today.day)?;
    // All of them first: figures of one may take answers to another beside its own
    store.purge_nominations(today.day)?;
    for survey in catalog.surveys.values() {
        let least = due(survey, today);
        if let Some(least) = least
            && store.kept_figures(&survey.id)?.is_none()
        {
            store.close_batch(&survey.id, &survey.text_variables(), least)?;
        }
    }
    for survey in in_order(catalog) {
        if let Some(kept) = kept(store, survey)? {
            answers.remember(&survey.id, store.ledger(&survey.id)?);
            answers.published.insert(survey.id.clone(), kept);
            continue;
        }
        let over = survey.is_over(today);
        let known = store.ledger(&survey.id)?;
        let ledger = Ledger::new(known.iter().cloned().map(to_statistics));
        let beside = beside(catalog, survey, today, Some(store), &ledger, &answers.published)?;
        let_leave(store, &survey.id, &|stored| count_beside(catalog, survey, over, &beside, stored, &known))?;
        if over {
            blank_attributes(survey, store)?;
        }
        let stored = store.batches(&survey.id)?;
        let mut published = count_beside(catalog, survey, over, &beside, &stored, &known);
        if let Some(publication) = &published.publication {
            let sensitive = SurveyShape::of(survey, over).sensitive_names();
            if let Some(find) =
                watch(&Rules::of(u64::from(survey.k), false, false), &sensitive, &beside.join(&stored), &ledger, publication)
            {
                return Err(anyhow::Error::msg(find.words()));
            }
            store.record(&to_store(publication))?;
        }
        if survey.access == Access::Invited {
            let all = store.invitations(&survey.id)?;
            published.invited = Some(all.iter().filter(|one| one.standing != Standing::Revoked).count() as u64);
            if over {
                published.response = at_the_end(survey, &all);
            }
        }
        answers.remember(&survey.id, store.ledger(&survey.id)?);
        answers.published.insert(survey.id.clone(), published);
    }
    Ok(answers)
}

/// Once the last answer of a survey that names nobody is in: no combination of attributes stays that fewer than k answers hold,
/// whatever names the attributes had. Where everything is published at the close, nobody has seen one batch without the others,
/// so their rows are mixed, too.
fn blank_attributes(survey: &Survey, store: &dyn Store) -> anyhow::Result<()> {
    let attributes = survey.carried_attributes();
    if survey.mode == Mode::Identified || attributes.is_empty() {
        return Ok(());
    }
    let names =
        |id: &str| std::iter::once(id.to_owned()).chain(survey.history.formerly(id).into_iter().map(str::to_owned)).collect::<Vec<_>>();
    let attributes: Vec<String> = attributes.iter().flat_map(|attribute| names(&attribute.id)).collect();
    let stored = store.batches(&survey.id)?;
    let blanked = blank(&stored, &attributes, u64::from(survey.k), survey.publish == Publish::AtClose);
    if blanked != stored {
        store.replace(&survey.id, blanked)?;
    }
    Ok(())
}

/// The figures of a survey whose answers were deleted.
fn kept(store: &dyn Store, survey: &Survey) -> anyhow::Result<Option<Published>> {
    let Some(text) = store.kept_figures(&survey.id)? else { return Ok(None) };
    let told = || {
        Words::new(
            format!("アンケート「{}」の残してある集計を読めません。新しい版の shirube を使ってください", survey.id),
            format!("the figures kept of {} cannot be read; use a newer shirube", survey.id),
        )
    };
    Published::kept(&text).with_context(told).map(Some)
}

/// What may be shown where nobody has answered yet and there is no store.
#[must_use]
pub fn nothing_collected(catalog: &Catalog, today: Today) -> Answers {
    let ledger = Ledger::new([]);
    let empty = |survey: &Survey| {
        let over = survey.is_over(today);
        let beside = beside(catalog, survey, today, None, &ledger, &BTreeMap::new()).unwrap_or_default();
        (survey.id.clone(), count(catalog, survey, over, &beside, &[], &ledger))
    };
    Answers { published: catalog.surveys.values().map(empty).collect(), ..Answers::default() }
}

/// How many answers a batch needs now; `None`: none is closed.
fn due(survey: &Survey, today: Today) -> Option<u64> {
    let k = u64::from(survey.k);
    match (survey.is_over(today), survey.publish) {
        // What was closed by hand may be opened again: batches of fewer would keep the order in which people came
        (true, _) if survey.mode != Mode::Identified && !survey.has_ended(today) => Some(k),
        // No further answer will come: whoever waits is put away too, although fewer than k stay out of the figures for good
        (true, _) => Some(1),
        (false, Publish::Rolling) => Some(k),
        (false, Publish::AtClose) => Some(k.max(20)),
    }
}

/// Counts what may be shown after all that was: as many batches as can stand beside what was shown of lost ones.
fn count_beside(
    catalog: &Catalog,
    survey: &Survey,
    over: bool,
    beside: &Beside,
    batches: &[Batch],
    known: &[store::Publication],
) -> Published {
    let ledger = Ledger::new(known.iter().cloned().map(to_statistics));
    let broken = broken(known, batches);
    let may_follow = |published: &Published| published.publication.as_ref().is_none_or(|one| may_follow(&to_store(one), &broken, survey.k));
    let mut published = count(catalog, survey, over, beside, batches, &ledger);
    let mut fewer = batches.len();
    while !may_follow(&published) && fewer > 0 {
        fewer -= 1;
        published = count(catalog, survey, over, beside, &batches[..fewer], &ledger);
    }
    published
}

fn count(catalog: &Catalog, survey: &Survey, over: bool, beside: &Beside, batches: &[Batch], ledger: &Ledger) -> Published {
    let mut shape = SurveyShape::of(survey, over);
    shape.sample = catalog.reports.values().any(|report| report.survey.value == survey.id && report.sample);
    shape.sample |= survey.sample;
    shape.analyses = analyses(catalog, survey);
    shape.pairings.clone_from(&beside.pairings);
    statistics::publish(&shape, &beside.join(batches), ledger)
}

/// What reports ask of how answers go together.
fn analyses(catalog: &Catalog, survey: &Survey) -> Vec<Analysis> {
    let own = catalog.drivers(&survey.id).into_iter();
    own.map(|(id, drivers)| Analysis {
        id,
        outcome: drivers.outcome.value.clone(),
        of: drivers.of.iter().map(|name| name.value.clone()).collect(),
        minimum: u64::from(drivers.minimum),
    })
    .collect()
}

fn to_statistics(publication: store::Publication) -> statistics::Publication {
    statistics::Publication { survey: publication.survey, batches: publication.batches, groups: publication.groups }
}

fn to_store(publication: &statistics::Publication) -> store::Publication {
    store::Publication { survey: publication.survey.clone(), batches: publication.batches, groups: publication.groups.clone() }
}
