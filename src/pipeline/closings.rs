//! Surveys that the operator closes and opens by hand, whatever days their files name.

use crate::catalog::Catalog;
use crate::store::Store;
use crate::survey::Survey;
use crate::survey::definition::Mode;

/// Tells every survey of the catalog whether it was closed by hand. Whether one changed by that.
///
/// # Errors
///
/// When the store fails.
pub fn apply_closings(catalog: &mut Catalog, store: &dyn Store) -> anyhow::Result<bool> {
    let closings = store.closings()?;
    let mut changed = false;
    for survey in catalog.surveys.values_mut() {
        let closed = closings.get(&survey.id).copied();
        changed |= survey.closed != closed;
        survey.closed = closed;
    }
    Ok(changed)
}

/// Whether a closed survey may take answers again.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Reopening {
    /// It may.
    Allowed,
    /// Figures were published at the close, or rows with attributes could leave; what came later could be worked out by comparing both.
    Final,
}

/// Whether the survey may take answers again.
///
/// # Errors
///
/// When the store fails.
pub fn may_reopen(survey: &Survey, store: &dyn Store) -> anyhow::Result<Reopening> {
    if store.kept_figures(&survey.id)?.is_some() {
        return Ok(Reopening::Final);
    }
    let shown = store.ledger(&survey.id)?.iter().any(|publication| !publication.groups.is_empty());
    // While it is closed its rows may leave at any moment
    let visible = shown || (survey.mode != Mode::Identified && !store.batches(&survey.id)?.is_empty());
    Ok(if visible && survey.closes_for_good() { Reopening::Final } else { Reopening::Allowed })
}
