//! What several commands need of a project: its content, its day, its store.

use super::console::{Console, Exit};
use crate::catalog::{Catalog, Loaded, Site};
use crate::diagnostic::Diagnostics;
use crate::language::{DayTime, Today, Words};
use crate::pages::Theme;
use crate::pipeline::{self, Answers};
use crate::server::clock;
use crate::store::{self, Risk, Store};
use crate::survey::Survey;
use anyhow::Context;
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::sync::Arc;

/// The folder of answers.
pub(super) fn private(root: &Path) -> PathBuf {
    root.join("private")
}

/// Why answers are not safe where the project stands.
pub(super) fn risks(root: &Path) -> Vec<Risk> {
    // Links are followed to where the folder truly stands; one that is not there yet stands where its project does
    let folder = private(root);
    let folder = std::fs::canonicalize(&folder).or_else(|_| std::path::absolute(&folder)).unwrap_or(folder);
    // Linux has this table; elsewhere the names of folders have to do
    let mounts = std::fs::read_to_string("/proc/self/mounts").ok();
    store::risks(&folder, mounts.as_deref())
}

/// The store, where the project has one already; the catalog learns which surveys were closed by hand.
pub(super) fn store_if_any(root: &Path, catalog: &mut Catalog) -> anyhow::Result<Option<Arc<dyn Store>>> {
    let private = private(root);
    if !private.exists() {
        return Ok(None);
    }
    let store = store::open(&private)?;
    pipeline::apply_closings(catalog, &*store)?;
    Ok(Some(store))
}

/// What the author should know of answers to what is no longer asked. Looks only; makes no folder.
pub(super) fn gone(root: &Path, catalog: &Catalog) -> anyhow::Result<Diagnostics> {
    let private = private(root);
    if catalog.surveys.is_empty() || !private.is_dir() {
        return Ok(Diagnostics::new());
    }
    Ok(pipeline::gone(catalog, &store::peek(&private)?))
}

/// What the author should know of answers that nothing will ever delete. Looks only.
pub(super) fn never_due(root: &Path, catalog: &Catalog) -> anyhow::Result<Diagnostics> {
    let private = private(root);
    if catalog.surveys.is_empty() || !private.is_dir() {
        return Ok(Diagnostics::new());
    }
    Ok(pipeline::never_due(catalog, &store::peek(&private)?, &store::peek_closings(&private)?))
}

/// Whether every site shows only what the ledger knows; else it is said what to do, and the command ends before anything is closed,
/// counted or written.
pub(super) fn knows_what_was_shown(
    root: &Path,
    store: Option<&dyn Store>,
    loaded: &mut Loaded,
    console: &Console,
) -> anyhow::Result<Option<Exit>> {
    let faults = pipeline::unknown(&root.join("output"), store, &mut loaded.sources)?;
    if faults.is_empty() {
        return Ok(None);
    }
    console.diagnostics(&faults, &loaded.sources);
    Ok(Some(Exit::World))
}

/// Gives the figures what was decided of the texts; where a file of these decisions has faults, they are said and the command ends.
pub(super) fn reviewed(
    root: &Path,
    store: Option<&dyn Store>,
    loaded: &mut Loaded,
    answers: &mut Answers,
    console: &Console,
) -> anyhow::Result<Option<Exit>> {
    let faults = pipeline::reviewed::hear(&private(root), &loaded.catalog, store, answers, &mut loaded.sources)?;
    if !faults.is_empty() {
        console.diagnostics(&faults, &loaded.sources);
    }
    Ok(faults.has_errors().then_some(Exit::Content))
}

/// What is wrong with the files of what was decided of texts. Looks only.
pub(super) fn review_faults(root: &Path, loaded: &mut Loaded) -> anyhow::Result<Diagnostics> {
    pipeline::reviewed::review_faults(&private(root), &loaded.catalog, &mut loaded.sources)
}

/// A project that can be built, or how the command ends because it cannot.
type Sound = Result<(Loaded, BTreeMap<String, Theme>), Exit>;

/// A project without errors, with its themes; else its faults are printed and the command ends.
pub(super) fn sound(root: &Path, console: &Console) -> anyhow::Result<Sound> {
    let mut loaded = pipeline::load(root)?;
    let themes = pipeline::read_themes(root, &mut loaded)?;
    if loaded.diagnostics.has_errors() {
        console.diagnostics(&loaded.diagnostics, &loaded.sources);
        return Ok(Err(Exit::Content));
    }
    Ok(Ok((loaded, themes)))
}

/// The moment that was asked for (of a day without an hour its noon), else this one, in the project's time zone.
pub(super) fn day(loaded: &Loaded, asked: Option<DayTime>) -> Today {
    const NOON: u16 = 12 * 60;
    let zone = &loaded.catalog.project.time_zone;
    let asked = asked.map(|asked| DayTime { minutes: asked.minutes.or(Some(NOON)), ..asked });
    let today = asked.and_then(|asked| Some(Today { day: asked.day, now: asked.begins(zone)? }));
    today.unwrap_or_else(|| clock::today(zone))
}

/// A site that shows this survey, the project's first one before others, with its theme: the frame of what people are handed.
pub(super) fn shown<'l>(loaded: &'l Loaded, themes: &'l BTreeMap<String, Theme>, id: &str) -> anyhow::Result<(&'l Site, &'l Theme)> {
    let shows = |site: &&Site| site.surveys.iter().any(|one| one.value == id);
    let site = loaded.catalog.home().filter(shows).or_else(|| loaded.catalog.sites.values().find(shows));
    site.and_then(|site| Some((site, themes.get(&site.id)?)))
        .with_context(|| Words::new(format!("アンケート「{id}」を載せるサイトがありません"), format!("no site shows the survey “{id}”")))
}

/// The survey of this name; else what there is, in words.
pub(super) fn survey<'l>(loaded: &'l Loaded, id: &str, console: &Console) -> Result<&'l Survey, Exit> {
    loaded.catalog.surveys.get(id).ok_or_else(|| {
        let all: Vec<&str> = loaded.catalog.surveys.keys().map(String::as_str).collect();
        let words = Words::new(
            format!("アンケート「{id}」はありません。あるのは {} です。", all.join("、")),
            format!("There is no survey “{id}”. There are: {}.", all.join(", ")),
        );
        console.fault(words.in_language(console.language));
        Exit::Arguments
    })
}
