//! Answers whose time is up: which surveys are due, and deleting what is kept of one. Its published figures stay as they are.

use super::answers::collect;
use crate::catalog::Catalog;
use crate::diagnostic::{Diagnostic, Diagnostics, code};
use crate::language::{Day, Today, Words};
use crate::store::{Holding, Purge, Store};
use crate::survey::Survey;
use anyhow::Context;
use std::collections::BTreeSet;

/// A survey and the last day on which its answers are kept.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Term {
    /// The survey's id.
    pub survey: String,
    /// The last day.
    pub last: Day,
    /// Whether that day is over.
    pub due: bool,
}

/// For how many days after the close answers to a survey are kept: its own number, else the project's.
#[must_use]
pub fn retain_days(catalog: &Catalog, survey: &Survey) -> u32 {
    survey.retain_days.unwrap_or(catalog.project.retain_days)
}

/// The term of every survey that has a close, by its file or by hand, and was not purged.
///
/// # Errors
///
/// When the store fails.
pub fn terms_of_keeping(catalog: &Catalog, store: &dyn Store, today: Today) -> anyhow::Result<Vec<Term>> {
    let purged: Vec<String> = store.purges()?.into_iter().map(|purge| purge.survey).collect();
    let open = catalog.surveys.values().filter(|survey| !purged.contains(&survey.id));
    let term = |survey: &Survey| {
        let closed = survey.closed.or(survey.close.map(|close| close.written.day))?;
        let last = closed.plus(i64::from(retain_days(catalog, survey)));
        Some(Term { survey: survey.id.clone(), last, due: today.day > last && survey.is_over(today) })
    };
    Ok(open.filter_map(term).collect())
}

/// Surveys with answers that no purge will ever meet, because nothing says when they end: neither `close` nor a close by hand.
#[must_use]
pub fn never_due(catalog: &Catalog, holding: &Holding, closed: &BTreeSet<String>) -> Diagnostics {
    let mut diagnostics = Diagnostics::new();
    let answered = catalog.surveys.values().filter(|survey| holding.get(&survey.id).is_some_and(|stored| !stored.is_empty()));
    for survey in answered.filter(|survey| survey.close.is_none() && !closed.contains(&survey.id)) {
        let days = retain_days(catalog, survey);
        diagnostics.push(
            Diagnostic::warning(
                code::NEVER_DUE,
                survey.place.clone(),
                format!(
                    "アンケート「{}」は終わる日が決まっていないので、回答がいつまでも残ります（終わってから{days}日で消す約束です）。",
                    survey.id
                ),
                format!(
                    "The survey “{}” has no day on which it ends, so its answers stay for ever ({days} days after the end are promised).",
                    survey.id
                ),
            )
            .hint(
                format!("close に最後の日を書くか、終わったときに「shirube close {}」とします。その日から数えます。", survey.id),
                format!("Write the last day as “close”, or run “shirube close {}” when it is over: the days count from then.", survey.id),
            ),
        );
    }
    diagnostics
}

/// Surveys that have answers and no term, because nothing says when they end.
///
/// # Errors
///
/// When the store fails.
pub fn without_term(catalog: &Catalog, store: &dyn Store) -> anyhow::Result<Vec<String>> {
    let status = store.status()?;
    let answered = |survey: &&Survey| status.surveys.get(&survey.id).is_some_and(|own| own.waiting + own.closed > 0);
    let endless = |survey: &&Survey| survey.close.is_none() && survey.closed.is_none();
    Ok(catalog.surveys.values().filter(answered).filter(endless).map(|survey| survey.id.clone()).collect())
}

/// Deletes all that the store keeps of a survey whose term is over. Answers that still wait are sealed and published first, as any
/// build would have done; what was published then is kept. Numbers are told in steps of the smallest group.
///
/// # Errors
///
/// When the store fails.
pub fn purge(catalog: &Catalog, store: &dyn Store, survey: &Survey, today: Today) -> anyhow::Result<Purge> {
    let answers = collect(catalog, store, today)?;
    let published = answers
        .published
        .get(&survey.id)
        .with_context(|| Words::new(format!("アンケート「{}」の集計がありません", survey.id), format!("no figures of {}", survey.id)))?;
    let figures = published.keep()?;
    let k = u64::from(survey.k);
    let own = store.status()?.surveys.get(&survey.id).cloned().unwrap_or_default();
    let invited = store.invitations(&survey.id)?.len() as u64;
    let step = |count: u64| count / k * k;
    let purge = Purge { survey: survey.id.clone(), day: today.day, answers: step(own.closed), invitations: step(invited), wiped: false };
    store.purge(&purge, &figures)?;
    Ok(purge)
}
