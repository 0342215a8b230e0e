//! `shirube export responses`: the rows of a survey's closed batches, its texts in a file apart.

use super::console::{Console, Exit};
use super::project::{day, sound, store_if_any, survey};
use crate::exchange::release::{Release, may_leave};
use crate::exchange::responses_out::{Manner, ResponsesAs, files, left_out};
use crate::language::Words;
use crate::pipeline;
use anyhow::{Context, ensure};
use std::path::{Path, PathBuf};

/// What was asked for.
#[derive(Debug, Clone, Copy)]
pub struct Wish<'a> {
    /// The survey's id.
    pub survey: &'a str,
    /// The folder to write to; none: this one.
    pub to: Option<&'a Path>,
    /// Whether files that stand there may be replaced.
    pub force: bool,
    /// How they are to leave.
    pub manner: Manner,
}

/// Runs the command: writes the files of one format into a folder.
///
/// # Errors
///
/// When the store or the disk fails, a file stands there already, or fewer rows would leave than are stored.
pub fn run(root: &Path, wish: &Wish<'_>, console: &Console) -> anyhow::Result<Exit> {
    let (mut loaded, _) = match sound(root, console)? {
        Ok(sound) => sound,
        Err(exit) => return Ok(exit),
    };
    let store = store_if_any(root, &mut loaded.catalog)?;
    let survey = match survey(&loaded, wish.survey, console) {
        Ok(survey) => survey,
        Err(exit) => return Ok(exit),
    };
    if wish.manner.format != ResponsesAs::Codebook && !may_leave(survey, day(&loaded, None)) {
        let id = &survey.id;
        anyhow::bail!(Words::new(
            format!("アンケート「{id}」の回答は、受付が終わってから書き出せます。いま終えるなら shirube close {id} です"),
            format!("the responses of “{id}” leave once the survey has closed; to end it now: shirube close {id}"),
        ));
    }
    let (batches, stored, waiting) = match store {
        Some(store) => {
            let batches = pipeline::rows(&*store, survey)?;
            let own = store.status()?.surveys.get(&survey.id).cloned().unwrap_or_default();
            (batches, own.closed - own.leaving, own.waiting)
        }
        None => (Vec::new(), 0, 0),
    };
    let release = Release::of(survey, &batches);
    let count = release.rows.len();
    ensure!(
        (count + release.kept) as u64 == stored,
        Words::new(
            format!("保存されている {stored} 人分と、書き出す {count} 人分の数が合いません。何も書き出していません"),
            format!("{stored} responses are stored, but {count} would be written; nothing was written"),
        )
    );
    let made = files(&release, wish.manner, console.language)?;
    let names = write(wish, made.files)?;
    console.note(&Words::new(
        format!("保存されている {stored} 人分のうち {count} 人分を書き出しました（{}）。", names.join("、")),
        format!("Wrote {count} of {stored} stored responses ({}).", names.join(", ")),
    ));
    for note in left_out(&release, waiting).iter().chain(&made.notes) {
        console.note(note);
    }
    Ok(Exit::Done)
}

fn write(wish: &Wish<'_>, files: Vec<(String, Vec<u8>)>) -> anyhow::Result<Vec<String>> {
    let folder = wish.to.map_or_else(|| PathBuf::from("."), Path::to_path_buf);
    std::fs::create_dir_all(&folder).with_context(|| cannot_write(&folder))?;
    let files: Vec<(PathBuf, Vec<u8>)> = files.into_iter().map(|(name, bytes)| (folder.join(name), bytes)).collect();
    if let Some((taken, _)) = files.iter().find(|(file, _)| file.exists()).filter(|_| !wish.force) {
        anyhow::bail!(Words::new(
            format!("{} がすでにあります。上書きするなら --force を付けてください", taken.display()),
            format!("{} exists already; add --force to replace it", taken.display()),
        ));
    }
    for (file, bytes) in &files {
        std::fs::write(file, bytes).with_context(|| cannot_write(file))?;
    }
    Ok(files.iter().map(|(file, _)| file.display().to_string()).collect())
}

fn cannot_write(path: &Path) -> Words {
    Words::new(format!("{} に書けません", path.display()), format!("cannot write {}", path.display()))
}
