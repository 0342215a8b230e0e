//! Answers to what a survey no longer asks: batches in today's names, and what the author should know of the others.

use crate::catalog::Catalog;
use crate::diagnostic::{Diagnostic, Diagnostics, closest, code};
use crate::store::{Holding, Store};
use crate::survey::{Batch, Survey};

/// Every closed batch of a survey, in today's names: what figures are counted from. Rows that were taken back are among them until
/// they may leave; whatever shows a row to anybody reads [`rows`].
///
/// # Errors
///
/// When the store fails.
pub fn batches(store: &dyn Store, survey: &Survey) -> anyhow::Result<Vec<Batch>> {
    Ok(store.batches(&survey.id)?.into_iter().map(|batch| survey.history.read(batch)).collect())
}

/// Every row of closed batches that may be shown to anybody, in today's names: those that were taken back are not among them.
///
/// # Errors
///
/// When the store fails.
pub fn rows(store: &dyn Store, survey: &Survey) -> anyhow::Result<Vec<Batch>> {
    let taken = store.taken_back(&survey.id)?;
    Ok(store.batches(&survey.id)?.into_iter().map(|batch| survey.history.read(batch.without(&taken))).collect())
}

/// A warning for every variable that the store holds and its survey does not have, unless it was taken out on purpose. It says
/// nothing of any answer: a column is there whether anybody filled it in or not.
#[must_use]
pub fn gone(catalog: &Catalog, holding: &Holding) -> Diagnostics {
    let mut diagnostics = Diagnostics::new();
    for (survey, stored) in holding.iter().filter_map(|(id, stored)| Some((catalog.surveys.get(id)?, stored))) {
        let asked = survey.variables().into_iter().chain(survey.carried_variables()).chain(survey.order_variables());
        let today: Vec<String> = asked.map(|variable| variable.id).collect();
        // What nothing is stored of yet is what it may have become
        let fresh = || today.iter().map(String::as_str).filter(|id| !stored.contains(*id) && survey.history.formerly(id).is_empty());
        for id in stored {
            let known = today.iter().any(|one| one == survey.history.variable(id)) || survey.history.removed.contains(id);
            if known {
                continue;
            }
            let diagnostic = Diagnostic::warning(
                code::GONE_ID,
                survey.place.clone(),
                format!("アンケート「{}」には、いまはない ID「{id}」への回答が残っています。", survey.id),
                format!("There are answers to “{id}”, which the survey “{}” no longer has.", survey.id),
            );
            diagnostics.push(match closest(id, fresh()) {
                Some(guess) => diagnostic.hint(
                    format!(
                        "「{guess}」に改めたのなら、そこに「was: {id}」と書きます。もう尋ねないのなら、「removed: [{id}]」と書きます。"
                    ),
                    format!("If it is “{guess}” now, write “was: {id}” there. If it is no longer asked, write “removed: [{id}]”."),
                ),
                None => diagnostic.hint(
                    format!("ID を改めたのなら、新しいほうに「was: {id}」と書きます。もう尋ねないのなら、「removed: [{id}]」と書きます。"),
                    format!("If it was renamed, write “was: {id}” at the new one. If it is no longer asked, write “removed: [{id}]”."),
                ),
            });
        }
    }
    diagnostics
}
