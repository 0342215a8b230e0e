//! Renders all sites and writes them.

use super::answers::Answers;
use super::jobs::{Job, jobs};
use super::shown::{self, SHOWN};
use crate::catalog::{Catalog, Loaded};
use crate::content::Folder;
use crate::diagnostic::{Diagnostic, Diagnostics, Sources, code};
use crate::language::{Today, Words};
use crate::output::{self, Artifact, Written};
use crate::pages::site::assets;
use crate::pages::{Material, Theme};
use anyhow::Context;
use rayon::prelude::*;
use std::collections::BTreeMap;
use std::path::Path;
use std::sync::Arc;

/// Every site, rendered: what goes below `output/SITE/`, by the site's id.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Built {
    /// By the site's id.
    pub sites: BTreeMap<String, Vec<Artifact>>,
    /// By the site's id: what it has shown, for a file of ours that no reader of the site gets.
    pub shown: BTreeMap<String, Artifact>,
}

/// The themes of a project's sites, by the site's id. Faults in a theme are added to the project's own.
///
/// # Errors
///
/// When the disk refuses.
pub fn read_themes(root: &Path, loaded: &mut Loaded) -> anyhow::Result<BTreeMap<String, Theme>> {
    let mut themes = BTreeMap::new();
    for site in loaded.catalog.sites.values() {
        let theme = match &site.theme {
            None => Theme::embedded(),
            Some(name) => {
                let below = format!("themes/{}", name.value);
                if !root.join("themes").join(&name.value).is_dir() {
                    loaded.diagnostics.push(
                        Diagnostic::error(
                            code::UNKNOWN_REFERENCE,
                            name.place.clone(),
                            format!("テーマのフォルダー {below}/ がありません。"),
                            format!("There is no theme folder {below}/."),
                        )
                        .hint("フォルダーを作るか、theme の行を消してください。", "Make the folder, or remove the line “theme”."),
                    );
                    continue;
                }
                let (folder, faults) = Folder::read_below(root, &below)?;
                loaded.diagnostics.append(faults);
                // A template that cannot be read is shown all the same
                for file in folder.files() {
                    if let Ok(text) = std::str::from_utf8(file.bytes()) {
                        loaded.sources.insert(Arc::clone(&file.path), text.into());
                    }
                }
                let prefix = format!("{below}/");
                let files: Vec<(&str, &[u8])> =
                    folder.files().filter_map(|file| Some((file.path.strip_prefix(&prefix)?, file.bytes()))).collect();
                Theme::with_layer(&below, files)
            }
        };
        match theme {
            Ok(theme) => {
                let theme = site.brand.iter().fold(theme, |theme, brand| theme.wearing(brand));
                remember(&theme, &mut loaded.sources);
                themes.insert(site.id.clone(), theme);
            }
            Err(faults) => loaded.diagnostics.append(faults),
        }
    }
    Ok(themes)
}

fn remember(theme: &Theme, sources: &mut Sources) {
    for template in theme.templates() {
        sources.insert(Arc::clone(&template.file), Arc::clone(&template.text));
    }
}

/// Renders every site (or only the one named). Pages are made in parallel and collected in order.
///
/// # Errors
///
/// Faults in templates, all of them.
pub fn build(
    catalog: &Catalog,
    themes: &BTreeMap<String, Theme>,
    answers: &Answers,
    today: Today,
    only: Option<&str>,
) -> Result<Built, Diagnostics> {
    let mut built = Built::default();
    let mut faults = Diagnostics::new();
    for site in catalog.sites.values().filter(|site| only.is_none_or(|only| only == site.id)) {
        let Some(theme) = themes.get(&site.id) else { continue };
        let material = Material { catalog, site, theme, today };
        let made: Vec<Result<Vec<Artifact>, Diagnostics>> = jobs(material, answers).par_iter().map(Job::run).collect();
        let mut artifacts = Vec::new();
        for result in [assets(&material)].into_iter().chain(made) {
            match result {
                Ok(files) => artifacts.extend(files),
                Err(fault) => faults.append(fault),
            }
        }
        if let Some(shown) = shown::file(catalog, site, &answers.ledgers) {
            built.shown.insert(site.id.clone(), shown);
        }
        built.sites.insert(site.id.clone(), artifacts);
    }
    if faults.has_errors() { Err(faults) } else { Ok(built) }
}

/// Writes every site below `output`.
///
/// # Errors
///
/// When the disk refuses.
pub fn write(output: &Path, built: &Built) -> anyhow::Result<BTreeMap<String, Written>> {
    let mut written = BTreeMap::new();
    // First what a site will have shown: the ledger knows it already, whatever becomes of this build
    for (site, artifact) in &built.shown {
        output::write(&output.join(SHOWN).join(site), std::slice::from_ref(artifact)).with_context(|| {
            Words::new(format!("サイト {site} の記録を書けません"), format!("cannot write what the site {site} has shown"))
        })?;
    }
    for (site, artifacts) in &built.sites {
        let folder = output.join(site);
        let done = output::write(&folder, artifacts)
            .with_context(|| Words::new(format!("サイト {site} を書けません"), format!("cannot write the site {site}")))?;
        written.insert(site.clone(), done);
    }
    Ok(written)
}
