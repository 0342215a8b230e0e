//! `shirube figures`: every published figure of a survey as JSON, exactly what reports show.

use super::console::{Console, Exit};
use super::project::{day, knows_what_was_shown, sound, store_if_any, survey};
use crate::charts;
use crate::language::DayTime;
use crate::pipeline;
use std::path::Path;

/// Runs the command.
///
/// # Errors
///
/// When the store fails.
pub fn run(root: &Path, id: &str, today: Option<DayTime>, console: &Console) -> anyhow::Result<Exit> {
    let (mut loaded, _) = match sound(root, console)? {
        Ok(sound) => sound,
        Err(exit) => return Ok(exit),
    };
    if let Err(exit) = survey(&loaded, id, console) {
        return Ok(exit);
    }
    let today = day(&loaded, today);
    let store = store_if_any(root, &mut loaded.catalog)?;
    if let Some(exit) = knows_what_was_shown(root, store.as_deref(), &mut loaded, console)? {
        return Ok(exit);
    }
    let answers = match store {
        Some(store) => pipeline::collect(&loaded.catalog, &*store, today)?,
        None => pipeline::nothing_collected(&loaded.catalog, today),
    };
    let Some(published) = answers.published.get(id) else { return Ok(Exit::Done) };
    let figures: serde_json::Map<String, serde_json::Value> =
        published.exhibits.iter().map(|(name, exhibit)| (name.clone(), charts::json(exhibit, console.language))).collect();
    let all = serde_json::json!({
        "survey": id,
        "publication": answers.fingerprints.get(id),
        "shown": published.shown,
        "collected": published.collected,
        "figures": figures,
    });
    console.result(&format!("{all:#}"));
    Ok(Exit::Done)
}
