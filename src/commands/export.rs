//! `shirube export responses`: the rows of a survey's closed batches as CSV, its texts in a file apart.

use super::console::{Console, Exit};
use super::project::{sound, store_if_any, survey};
use crate::exchange::responses_out;
use crate::language::Words;
use anyhow::Context;
use std::path::{Path, PathBuf};

/// Runs the command: writes `ID.csv`, and `ID-texts.csv` where there are texts, into a folder.
///
/// # Errors
///
/// When the store or the disk fails, or a file stands there already.
pub fn run(root: &Path, id: &str, to: Option<&Path>, force: bool, console: &Console) -> anyhow::Result<Exit> {
    let (mut loaded, _) = match sound(root, console)? {
        Ok(sound) => sound,
        Err(exit) => return Ok(exit),
    };
    let store = store_if_any(root, &mut loaded.catalog)?;
    let survey = match survey(&loaded, id, console) {
        Ok(survey) => survey,
        Err(exit) => return Ok(exit),
    };
    let batches = match store {
        Some(store) => store.batches(id)?,
        None => Vec::new(),
    };
    let folder = to.map_or_else(|| PathBuf::from("."), Path::to_path_buf);
    std::fs::create_dir_all(&folder).with_context(|| cannot_write(&folder))?;
    let mut files = vec![(folder.join(format!("{id}.csv")), responses_out::rows(survey, &batches))];
    if batches.iter().any(|batch| batch.texts.values().any(|texts| !texts.is_empty())) {
        files.push((folder.join(format!("{id}-texts.csv")), responses_out::texts(survey, &batches)));
    }
    if let Some((taken, _)) = files.iter().find(|(file, _)| file.exists()).filter(|_| !force) {
        anyhow::bail!(Words::new(
            format!("{} がすでにあります。上書きするなら --force を付けてください", taken.display()),
            format!("{} exists already; add --force to replace it", taken.display()),
        ));
    }
    for (file, text) in &files {
        std::fs::write(file, text).with_context(|| cannot_write(file))?;
    }
    let count = responses_out::count(&batches);
    let names: Vec<String> = files.iter().map(|(file, _)| file.display().to_string()).collect();
    console.note(&Words::new(
        format!("{count} 人分の回答を書き出しました（{}）。まだまとまっていない回答は含みません。", names.join("、")),
        format!("Wrote {count} responses ({}). Answers that wait for their batch are not among them.", names.join(", ")),
    ));
    Ok(Exit::Done)
}

fn cannot_write(path: &Path) -> Words {
    Words::new(format!("{} に書けません", path.display()), format!("cannot write {}", path.display()))
}
