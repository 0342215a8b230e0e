//! From the store to what may be shown: closes the batches that are due, counts, and enters into the ledger what will be seen.

use super::gone::batches;
use crate::catalog::Catalog;
use crate::language::Today;
use crate::statistics::{self, Ledger, Published, SurveyShape};
use crate::store::{self, Store};
use crate::survey::definition::Publish;
use crate::survey::{Batch, Survey};
use std::collections::BTreeMap;

/// What may be shown of every survey.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Answers {
    /// By the survey's id.
    pub published: BTreeMap<String, Published>,
    /// By the survey's id: what names the newest publication in a build. Empty where nothing was published.
    pub fingerprints: BTreeMap<String, String>,
}

/// Closes what is due and counts what may be shown of every survey. What is shown has been entered into the ledger before this
/// returns, so that every later build knows of it, whatever becomes of this one.
///
/// # Errors
///
/// When the store fails.
pub fn collect(catalog: &Catalog, store: &dyn Store, today: Today) -> anyhow::Result<Answers> {
    let mut answers = Answers::default();
    for survey in catalog.surveys.values() {
        let over = survey.is_over(today);
        if let Some(least) = due(survey, over) {
            store.close_batch(&survey.id, &survey.text_variables(), least)?;
        }
        let ledger = Ledger::new(store.ledger(&survey.id)?.into_iter().map(to_statistics));
        let published = count(catalog, survey, over, &batches(store, survey)?, &ledger);
        if let Some(publication) = &published.publication {
            store.record(&to_store(publication))?;
        }
        if let Some(newest) = store.ledger(&survey.id)?.last() {
            answers.fingerprints.insert(survey.id.clone(), newest.fingerprint());
        }
        answers.published.insert(survey.id.clone(), published);
    }
    Ok(answers)
}

/// What may be shown where nobody has answered yet and there is no store.
#[must_use]
pub fn nothing_collected(catalog: &Catalog, today: Today) -> Answers {
    let ledger = Ledger::new([]);
    let empty = |survey: &Survey| {
        let over = survey.is_over(today);
        (survey.id.clone(), count(catalog, survey, over, &[], &ledger))
    };
    Answers { published: catalog.surveys.values().map(empty).collect(), fingerprints: BTreeMap::new() }
}

/// How many answers a batch needs now; `None`: none is closed.
fn due(survey: &Survey, over: bool) -> Option<u64> {
    let k = u64::from(survey.k);
    match (over, survey.publish) {
        // No further answer will come: whoever waits is put away too, although fewer than k stay out of the figures for good
        (true, _) => Some(1),
        (false, Publish::Rolling) => Some(k),
        (false, Publish::AtClose) => Some(k.max(20)),
    }
}

fn count(catalog: &Catalog, survey: &Survey, over: bool, batches: &[Batch], ledger: &Ledger) -> Published {
    let mut shape = SurveyShape::of(survey, over);
    shape.sample = catalog.reports.values().any(|report| report.survey.value == survey.id && report.sample);
    statistics::publish(&shape, batches, ledger)
}

fn to_statistics(publication: store::Publication) -> statistics::Publication {
    statistics::Publication { survey: publication.survey, batches: publication.batches, groups: publication.groups }
}

fn to_store(publication: &statistics::Publication) -> store::Publication {
    store::Publication { survey: publication.survey.clone(), batches: publication.batches, groups: publication.groups.clone() }
}
