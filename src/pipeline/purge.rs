//! Answers whose time is up: which surveys are due, and deleting what is kept of one. Its published figures stay as they are.

use super::answers::collect;
use crate::catalog::Catalog;
use crate::language::{Day, Today, Words};
use crate::store::{Purge, Store};
use crate::survey::Survey;
use anyhow::Context;

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
