//! `shirube export survey` and `shirube import survey`: a survey as a form in a workbook or as SurveyJS JSON, and back.

use super::console::{Console, Exit};
use super::project::{sound, survey};
use crate::content::{spreadsheet, workbook, yaml};
use crate::diagnostic::{Diagnostics, Sources};
use crate::exchange::{surveyjs, tree, xlsform};
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

/// The forms of survey that others read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum SurveyAs {
    /// A workbook for Kobo, ODK and Enketo.
    XlsForm,
    /// JSON for SurveyJS.
    SurveyJs,
}

impl SurveyAs {
    /// Their names, the first one the usual one.
    pub const NAMES: [&str; 2] = ["xlsform", "surveyjs"];

    /// By its name; a workbook where there is none like it.
    #[must_use]
    pub fn named(name: &str) -> SurveyAs {
        if name == "surveyjs" { SurveyAs::SurveyJs } else { SurveyAs::XlsForm }
    }
}

/// Writes the survey `id` as `ID-form.xlsx` (XLSForm) or `ID-survey.json` (SurveyJS) into a folder.
///
/// # Errors
///
/// When the disk fails, or the file stands there already.
pub fn export(root: &Path, id: &str, to: Option<&Path>, format: SurveyAs, force: bool, console: &Console) -> anyhow::Result<Exit> {
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
    let own = tree::tree(&node);
    let (name, called, bytes, losses) = match format {
        SurveyAs::XlsForm => {
            let (sheets, losses) = xlsform::write::sheets(&own, survey, languages);
            let first = languages.first().copied().unwrap_or(Language::Japanese);
            (format!("{id}-form.xlsx"), "XLSForm", spreadsheet::xlsx(survey.title.in_language(first), &sheets)?, losses)
        }
        SurveyAs::SurveyJs => {
            let (json, losses) = surveyjs::write::json(&own, survey, languages);
            (format!("{id}-survey.json"), "SurveyJS", json.into_bytes(), losses)
        }
    };
    let folder = to.map_or_else(|| PathBuf::from("."), Path::to_path_buf);
    std::fs::create_dir_all(&folder).with_context(|| cannot_write(&folder))?;
    let file = folder.join(name);
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
        format!("{questions} 問を {called} に書き出しました（{}）。ほかのソフトで変わるところは {lost} か所です。", file.display()),
        format!("Wrote {called} ({}); questions: {questions}, places where other programs differ: {lost}.", file.display()),
    ));
    Ok(Exit::Done)
}

/// Makes `content/surveys/ID.yaml` from a form in a workbook, or from SurveyJS JSON; `id` is given, else the name of the file.
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
    let mut sources = Sources::default();
    let read = if file.extension().is_some_and(|extension| extension.eq_ignore_ascii_case("json")) {
        let text = String::from_utf8_lossy(&bytes);
        sources.insert(name.as_str().into(), text.as_ref().into());
        surveyjs::read::survey(&name, &text, languages)
    } else {
        match workbook::read(&name, &bytes) {
            Ok(sheets) => xlsform::read::survey(&name, &sheets, languages),
            Err(fault) => {
                let mut diagnostics = Diagnostics::new();
                diagnostics.push(*fault);
                (None, diagnostics)
            }
        }
    };
    let (tree, mut diagnostics) = read;
    let Some(tree) = tree.filter(|_| !diagnostics.has_errors()) else {
        console.diagnostics(&diagnostics, &sources);
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
