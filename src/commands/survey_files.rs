//! `shirube export survey` and `shirube import survey`: a survey as a form in a workbook, and back.

use super::console::{Console, Exit};
use super::project::{sound, survey};
use crate::content::{spreadsheet, workbook, yaml};
use crate::diagnostic::{Diagnostics, Sources};
use crate::exchange::{tree, xlsform};
use crate::language::{Language, Words};
use anyhow::Context;
use std::path::{Path, PathBuf};
use std::sync::Arc;

fn cannot_read(path: &Path) -> Words {
    Words::new(format!("{} を読めません", path.display()), format!("cannot read {}", path.display()))
}

fn cannot_write(path: &Path) -> Words {
    Words::new(format!("{} に書けません", path.display()), format!("cannot write {}", path.display()))
}

/// Writes the survey `id` as `ID-form.xlsx` (XLSForm) into a folder.
///
/// # Errors
///
/// When the disk fails, or the file stands there already.
pub fn export(root: &Path, id: &str, to: Option<&Path>, force: bool, console: &Console) -> anyhow::Result<Exit> {
    let (loaded, _) = match sound(root, console)? {
        Ok(sound) => sound,
        Err(exit) => return Ok(exit),
    };
    let survey = match survey(&loaded, id, console) {
        Ok(survey) => survey,
        Err(exit) => return Ok(exit),
    };
    let path = root.join("content").join("surveys").join(format!("{id}.yaml"));
    let text = std::fs::read_to_string(&path).with_context(|| cannot_read(&path))?;
    let mut diagnostics = Diagnostics::new();
    let Some(node) = yaml::parse(&survey.place.file, &text, 1, &mut diagnostics) else {
        console.diagnostics(&diagnostics, &loaded.sources);
        return Ok(Exit::Content);
    };
    let languages = &loaded.catalog.project.languages;
    let (sheets, losses) = xlsform::write::sheets(&tree::tree(&node), survey, languages);
    let first = languages.first().copied().unwrap_or(Language::Japanese);
    let bytes = spreadsheet::xlsx(survey.title.in_language(first), &sheets)?;
    let folder = to.map_or_else(|| PathBuf::from("."), Path::to_path_buf);
    std::fs::create_dir_all(&folder).with_context(|| cannot_write(&folder))?;
    let file = folder.join(format!("{id}-form.xlsx"));
    if file.exists() && !force {
        anyhow::bail!(Words::new(
            format!("{} がすでにあります。上書きするなら --force を付けてください", file.display()),
            format!("{} exists already; add --force to replace it", file.display()),
        ));
    }
    std::fs::write(&file, bytes).with_context(|| cannot_write(&file))?;
    console.diagnostics(&losses, &loaded.sources);
    let (questions, lost) = (survey.questions().count(), losses.warnings());
    console.note(&Words::new(
        format!("{questions} 問を XLSForm に書き出しました（{}）。ほかのソフトで変わるところは {lost} か所です。", file.display()),
        format!("Wrote an XLSForm ({}); questions: {questions}, places where other programs differ: {lost}.", file.display()),
    ));
    Ok(Exit::Done)
}

/// Makes `content/surveys/ID.yaml` from a form; `id` is the form's own, else the name of its file.
///
/// # Errors
///
/// When the disk fails, or the survey stands there already.
pub fn import(root: &Path, file: &Path, id: Option<&str>, console: &Console) -> anyhow::Result<Exit> {
    let (loaded, _) = match sound(root, console)? {
        Ok(sound) => sound,
        Err(exit) => return Ok(exit),
    };
    let languages = &loaded.catalog.project.languages;
    let size = std::fs::metadata(file).with_context(|| cannot_read(file))?.len();
    let bytes = if size > workbook::LARGEST as u64 {
        vec![b'P'; workbook::LARGEST + 1]
    } else {
        std::fs::read(file).with_context(|| cannot_read(file))?
    };
    let name = file.display().to_string();
    let sheets = match workbook::read(&name, &bytes) {
        Ok(sheets) => sheets,
        Err(fault) => {
            let mut diagnostics = Diagnostics::new();
            diagnostics.push(*fault);
            console.diagnostics(&diagnostics, &Sources::default());
            return Ok(Exit::Content);
        }
    };
    let (tree, mut diagnostics) = xlsform::read::survey(&name, &sheets, languages);
    let Some(tree) = tree.filter(|_| !diagnostics.has_errors()) else {
        console.diagnostics(&diagnostics, &Sources::default());
        return Ok(Exit::Content);
    };
    let id = id.map_or_else(|| file_id(file), str::to_owned);
    let path = root.join("content").join("surveys").join(format!("{id}.yaml"));
    if path.exists() {
        anyhow::bail!(Words::new(
            format!("{} がすでにあります。--id で別の ID を付けてください", path.display()),
            format!("{} exists already; choose another id with --id", path.display()),
        ));
    }
    let text = tree::survey_yaml(&tree);
    let place: Arc<str> = format!("content/surveys/{id}.yaml").into();
    let mut sources = Sources::default();
    sources.insert(Arc::clone(&place), text.clone().into());
    let mut questions = 0;
    if let Some(node) = yaml::parse(&place, &text, 1, &mut diagnostics) {
        questions = crate::survey::read::read(&id, &node, languages, &mut diagnostics).questions().count();
    }
    if let Some(folder) = path.parent() {
        std::fs::create_dir_all(folder).with_context(|| cannot_write(folder))?;
    }
    std::fs::write(&path, text).with_context(|| cannot_write(&path))?;
    console.diagnostics(&diagnostics, &sources);
    console.note(&Words::new(
        format!("{questions} 問のアンケートを作りました（{}）。確かめるところは {} か所です。", path.display(), diagnostics.sorted().len()),
        format!("Made a survey ({}); questions: {questions}, places to look at: {}.", path.display(), diagnostics.sorted().len()),
    ));
    Ok(if diagnostics.has_errors() { Exit::Content } else { Exit::Done })
}

/// The name of a file as an id: `[a-z0-9-]+`.
fn file_id(file: &Path) -> String {
    let stem = file.file_stem().map(|stem| stem.to_string_lossy().to_lowercase()).unwrap_or_default();
    let id: String = stem.chars().map(|char| if char.is_ascii_alphanumeric() { char } else { '-' }).collect();
    let id = id.split('-').filter(|part| !part.is_empty()).collect::<Vec<&str>>().join("-");
    if id.is_empty() { "survey".to_owned() } else { id }
}
