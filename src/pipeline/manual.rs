//! The manual: a site of our own, `docs/manual/`, built from the program itself, so that it opens wherever the program runs.
//!
//! Its tables of keys are made of the shapes that the readers obey: a line `<!-- keys: survey -->` in one of its pages stands for them,
//! `<!-- keys: survey question -->` for those of its questions, `<!-- keys: survey without question -->` for the others. A line
//! `<!-- data: ID -->` stands for the text of a data set, so that what is shown is what was drawn.

use super::answers::nothing_collected;
use super::build::build;
use crate::catalog::{self, Loaded, TYPES};
use crate::content::Folder;
use crate::content::schema::{choice_tables, key_tables};
use crate::diagnostic::{Diagnostics, Sources, to_text};
use crate::exchange::sample::PLAN;
use crate::language::{Language, Today, Words};
use crate::output::Artifact;
use crate::pages::Theme;
use crate::statistics;
use anyhow::Context;
use include_dir::{Dir, include_dir};
use std::collections::BTreeMap;

/// The manual's content.
static CONTENT: Dir<'static> = include_dir!("$CARGO_MANIFEST_DIR/docs/manual/content");

/// The id of the manual's site.
const SITE: &str = "manual";

/// Every file of the manual's site: its pages in every language, and the theme's files beside them.
///
/// # Errors
///
/// A fault in the manual itself, which the tests would have found.
pub fn manual() -> anyhow::Result<Vec<Artifact>> {
    let loaded = manual_content();
    let refuse = |faults: &Diagnostics| unsound(faults, &loaded.sources);
    if loaded.diagnostics.has_errors() {
        return Err(refuse(&loaded.diagnostics));
    }
    let themes = BTreeMap::from([(SITE.to_owned(), Theme::embedded().map_err(|faults| refuse(&faults))?)]);
    // The manual asks nothing, so one day is as good as another
    let day = Today::default();
    let answers = nothing_collected(&loaded.catalog, day);
    let mut built = build(&loaded.catalog, &themes, &answers, day, None).map_err(|faults| refuse(&faults))?;
    built.sites.remove(SITE).with_context(|| Words::new("マニュアルのサイトがありません", "the manual has no site"))
}

/// The manual's content as it is built: with its tables of keys.
#[must_use]
pub fn manual_content() -> Loaded {
    let (mut folder, mut faults) = (Folder::default(), Diagnostics::new());
    collect(&CONTENT, &mut |path, bytes| {
        let filled = match std::str::from_utf8(bytes) {
            Ok(text) if path.ends_with(".md") => with_keys(path, text).into_bytes(),
            _ => bytes.to_vec(),
        };
        folder.insert(&format!("content/{path}"), filled, &mut faults);
    });
    let mut loaded = catalog::load(&folder);
    loaded.diagnostics.append(faults);
    for dataset in loaded.catalog.data.values_mut() {
        statistics::add_intervals(&mut dataset.exhibit);
    }
    loaded
}

/// A page with its tables of keys in place.
fn with_keys(path: &str, text: &str) -> String {
    let language = if path.ends_with(".en.md") { Language::English } else { Language::Japanese };
    let line = |line: &str| {
        let asked = line.strip_prefix("<!-- keys: ").and_then(|rest| rest.strip_suffix(" -->"));
        let shown = line.strip_prefix("<!-- data: ").and_then(|rest| rest.strip_suffix(" -->"));
        let shown = shown.and_then(|id| CONTENT.get_file(format!("data/{id}.yaml"))).and_then(|file| file.contents_utf8());
        match (asked.and_then(|asked| tables(asked, language)), shown) {
            (Some(tables), _) => tables,
            (None, Some(yaml)) => format!("```yaml\n{}\n```", yaml.replace("\r\n", "\n").trim_end()),
            (None, None) => line.to_owned(),
        }
    };
    text.lines().map(line).collect::<Vec<_>>().join("\n") + "\n"
}

/// The tables that a page asks for; `None` where there are none of that name.
fn tables(asked: &str, language: Language) -> Option<String> {
    let words: Vec<&str> = asked.split(' ').collect();
    let own = [("sample", &PLAN)];
    let record = |name: &str| TYPES.iter().chain(&own).find(|(known, _)| *known == name).map(|(_, record)| *record);
    match words[..] {
        [name] => Some(key_tables(record(name)?, language)),
        [name, choice] => choice_tables(record(name)?, choice, language),
        [name, "without", choice] => {
            let apart = choice_tables(record(name)?, choice, language)?;
            let all = key_tables(record(name)?, language);
            let kept = parts(&all).filter(|part| parts(&apart).all(|other| other != *part));
            Some(kept.map(|part| format!("### {part}")).collect())
        }
        _ => None,
    }
}

/// The tables one by one, each with its name on the first line.
fn parts(tables: &str) -> impl Iterator<Item = &str> {
    tables.split("### ").skip(1)
}

fn unsound(faults: &Diagnostics, sources: &Sources) -> anyhow::Error {
    let say = |language| to_text(faults, sources, language);
    Words::new(
        format!("マニュアルに誤りがあります。\n{}", say(Language::Japanese)),
        format!("the manual is faulty:\n{}", say(Language::English)),
    )
    .into()
}

fn collect(folder: &Dir<'static>, take: &mut dyn FnMut(&str, &[u8])) {
    for file in folder.files() {
        // Paths are written as the building machine does
        take(&file.path().to_string_lossy().replace('\\', "/"), file.contents());
    }
    for inner in folder.dirs() {
        collect(inner, take);
    }
}
