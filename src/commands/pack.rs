//! `shirube pack`: a site as one zip to hand on.

use super::build;
use super::console::{Console, Exit, Format};
use crate::language::{DayTime, Words, count};
use crate::output::archive;
use anyhow::Context;
use std::path::Path;

/// Builds the site and writes it as `SITE.zip` into a folder: the files that stand in `output/SITE/`, the same bytes each time.
///
/// # Errors
///
/// When the disk or the store fails, or the file stands there already.
pub fn run(root: &Path, site: &str, to: Option<&Path>, force: bool, today: Option<DayTime>, console: &Console) -> anyhow::Result<Exit> {
    let built = match build::build(root, Some(site), today, false, console)? {
        Ok(made) => made.built,
        Err(exit) => return Ok(exit),
    };
    let Some(artifacts) = built.sites.get(site) else { return Ok(Exit::Arguments) };
    let bytes = archive(site, artifacts)?;
    let folder = to.unwrap_or(Path::new("."));
    let file = folder.join(format!("{site}.zip"));
    let cannot = || Words::new(format!("{} に書けません", file.display()), format!("cannot write {}", file.display()));
    if file.exists() && !force {
        anyhow::bail!(Words::new(
            format!("{} がすでにあります。上書きするなら --force を付けてください", file.display()),
            format!("{} exists already; add --force to replace it", file.display()),
        ));
    }
    std::fs::create_dir_all(folder).with_context(cannot)?;
    std::fs::write(&file, &bytes).with_context(cannot)?;
    if console.format == Format::Json {
        console.result(&serde_json::json!({"site": site, "file": file, "files": artifacts.len(), "bytes": bytes.len()}).to_string());
        return Ok(Exit::Done);
    }
    let (files, size) = (count(artifacts.len() as u64), count((bytes.len() as u64).div_ceil(1_024)));
    console.note(&Words::new(
        format!(
            "{} にまとめました（{files} ファイル、{size} KB）。受け取った人は、すべて展開してから index.html を開きます。",
            file.display()
        ),
        format!(
            "Packed {files} files into {} ({size} KB). Whoever gets it extracts all of it first, then opens index.html.",
            file.display()
        ),
    ));
    Ok(Exit::Done)
}
