//! `shirube build`: content and answers become `output/SITE/`.

use super::console::{Console, Exit, Format};
use super::project::{day, gone, knows_what_was_shown, private, reviewed, sound, store_if_any};
use crate::catalog::Loaded;
use crate::catalog::licences;
use crate::language::{DayTime, Today, Words};
use crate::output::Written;
use crate::pages::Theme;
use crate::pipeline::{self, Built};
use std::collections::BTreeMap;
use std::path::Path;

/// What a build came to.
pub(super) struct Made {
    /// The project that they were made of.
    pub(super) loaded: Loaded,
    /// What they were made with.
    pub(super) themes: BTreeMap<String, Theme>,
    /// The moment.
    pub(super) today: Today,
    /// The sites.
    pub(super) built: Built,
    /// What became of their files.
    written: BTreeMap<String, Written>,
    /// There is no store yet, although there are surveys.
    unanswered: bool,
}

/// Builds every site, or the one named, as of a day; `Err`: it was said why not.
pub(super) fn build(
    root: &Path,
    site: Option<&str>,
    today: Option<DayTime>,
    strict: bool,
    console: &Console,
) -> anyhow::Result<Result<Made, Exit>> {
    let (mut loaded, themes) = match sound(root, console)? {
        Ok(sound) => sound,
        Err(exit) => return Ok(Err(exit)),
    };
    loaded.diagnostics.append(gone(root, &loaded.catalog)?);
    loaded.diagnostics.append(licences(&loaded.catalog, day(&loaded, today).day));
    if !loaded.diagnostics.is_empty() {
        console.diagnostics(&loaded.diagnostics, &loaded.sources);
        if strict {
            return Ok(Err(Exit::Content));
        }
    }
    if let Some(site) = site.filter(|site| !loaded.catalog.sites.contains_key(*site)) {
        let all: Vec<&str> = loaded.catalog.sites.keys().map(String::as_str).collect();
        let words = Words::new(
            format!("サイト「{site}」はありません。あるのは {} です。", all.join("、")),
            format!("There is no site “{site}”. There are: {}.", all.join(", ")),
        );
        console.fault(words.in_language(console.language));
        return Ok(Err(Exit::Arguments));
    }
    let today = day(&loaded, today);
    let store = store_if_any(root, &mut loaded.catalog)?;
    if let Some(exit) = knows_what_was_shown(root, store.as_deref(), &mut loaded, console)? {
        return Ok(Err(exit));
    }
    let mut answers = match &store {
        Some(store) => pipeline::collect(&loaded.catalog, &**store, today)?,
        None => pipeline::nothing_collected(&loaded.catalog, today),
    };
    if let Some(exit) = reviewed(root, store.as_deref(), &mut loaded, &mut answers, console)? {
        return Ok(Err(exit));
    }
    let built = match pipeline::build(&loaded.catalog, &themes, &answers, today, site) {
        Ok(built) => built,
        Err(faults) => {
            console.diagnostics(&faults, &loaded.sources);
            return Ok(Err(Exit::Content));
        }
    };
    let written = pipeline::write(&root.join("output"), &built)?;
    let unanswered = store.is_none() && !loaded.catalog.surveys.is_empty();
    Ok(Ok(Made { loaded, themes, today, built, written, unanswered }))
}

/// Runs the command: every site, or the one named, as of a day.
///
/// # Errors
///
/// When the disk or the store fails.
pub fn run(root: &Path, site: Option<&str>, today: Option<DayTime>, strict: bool, console: &Console) -> anyhow::Result<Exit> {
    let made = match build(root, site, today, strict, console)? {
        Ok(made) => made,
        Err(exit) => return Ok(exit),
    };
    for (site, written) in &made.written {
        let folder = root.join("output").join(site);
        if console.format == Format::Json {
            let names = |paths: &[crate::output::RelativePath]| paths.iter().map(|path| path.as_str().to_owned()).collect::<Vec<_>>();
            console.result(
                &serde_json::json!({
                    "site": site,
                    "folder": folder,
                    "created": names(&written.created),
                    "changed": names(&written.changed),
                    "removed": names(&written.removed),
                    "same": written.same.len(),
                })
                .to_string(),
            );
            continue;
        }
        console.note(&Words::new(
            format!(
                "{}: 新しいファイル {}、変わったファイル {}、消したファイル {}、そのまま {}",
                folder.display(),
                written.created.len(),
                written.changed.len(),
                written.removed.len(),
                written.same.len()
            ),
            format!(
                "{}: {} created, {} changed, {} removed, {} unchanged",
                folder.display(),
                written.created.len(),
                written.changed.len(),
                written.removed.len(),
                written.same.len()
            ),
        ));
    }
    if made.unanswered {
        let private = private(root);
        console.note(&Words::new(
            format!("回答はまだありません（{} がありません）。", private.display()),
            format!("There are no answers yet (no {}).", private.display()),
        ));
    }
    Ok(Exit::Done)
}
