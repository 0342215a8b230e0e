//! `shirube datasheet`: what a survey keeps where, who sees it, on a page to print for a works council.

use super::console::{Console, Exit};
use super::project::{sound, survey};
use crate::catalog::Site;
use crate::language::Words;
use crate::pages::Material;
use crate::pages::paper::data_sheet;
use crate::server::clock;
use anyhow::{Context, anyhow, bail};
use std::path::{Path, PathBuf};

/// Runs the command: writes `data-sheet-ID.LANGUAGE.html` for every language of the project into a folder.
///
/// # Errors
///
/// When no site shows the survey, or the disk fails.
pub fn run(root: &Path, id: &str, to: Option<&Path>, console: &Console) -> anyhow::Result<Exit> {
    let (loaded, themes) = match sound(root, console)? {
        Ok(sound) => sound,
        Err(exit) => return Ok(exit),
    };
    let survey = match survey(&loaded, id, console) {
        Ok(survey) => survey,
        Err(exit) => return Ok(exit),
    };
    let shows = |site: &&Site| site.surveys.iter().any(|one| one.value == id);
    let site = loaded.catalog.sites.values().find(shows);
    let Some((site, theme)) = site.and_then(|site| Some((site, themes.get(&site.id)?))) else {
        bail!(Words::new(format!("アンケート「{id}」を載せるサイトがありません"), format!("no site shows the survey “{id}”")));
    };
    let folder = to.map_or_else(PathBuf::new, Path::to_path_buf);
    let cannot = |path: &Path| Words::new(format!("{} に書けません", path.display()), format!("cannot write {}", path.display()));
    std::fs::create_dir_all(&folder).with_context(|| cannot(&folder))?;
    let material = Material { catalog: &loaded.catalog, site, theme, today: clock::today(&loaded.catalog.project.time_zone) };
    let mut files = Vec::new();
    for language in loaded.catalog.spoken(id) {
        let made = data_sheet::page(material, language, survey, env!("CARGO_PKG_VERSION"));
        let text = made.map_err(|faults| anyhow!("{}", faults.sorted().first().map_or("", |fault| fault.message.en.as_str())))?;
        let file = folder.join(format!("data-sheet-{id}.{}.html", language.code()));
        std::fs::write(&file, text).with_context(|| cannot(&file))?;
        files.push(file.display().to_string());
    }
    console.note(&Words::new(
        format!("データの取り扱いを書きました（{}）。ブラウザーで開いて印刷できます。", files.join("、")),
        format!("Wrote how data is handled ({}). Open it in a browser to print it.", files.join(", ")),
    ));
    Ok(Exit::Done)
}
