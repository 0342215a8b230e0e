//! `shirube figures`: every published figure of a survey or a report, exactly what reports show: printed as JSON, or as files.

use super::chromium::Chromium;
use super::console::{Console, Exit};
use super::project::{day, knows_what_was_shown, reviewed, sound, store_if_any, survey};
use crate::catalog::{Catalog, Loaded, Site};
use crate::charts;
use crate::content::spreadsheet_charts::{FigureSheet, figures_workbook};
use crate::language::{DayTime, Language, Text, Words};
use crate::pages::editorial::known::Known;
use crate::pages::editorial::told::{self, Item};
use crate::pages::{Edition, Material, Theme};
use crate::pipeline::{self, Answers};
use crate::survey::Exhibit;
use anyhow::Context;
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

/// The formats of files.
pub const FORMATS: [&str; 5] = ["csv", "xlsx", "json", "svg", "png"];

/// What was asked for.
#[derive(Debug, Clone)]
pub struct Wish<'a> {
    /// The survey's id, or the report's.
    pub id: &'a str,
    /// It is a report.
    pub report: bool,
    /// The folder for files; none: the survey's figures are printed as JSON.
    pub to: Option<&'a Path>,
    /// The formats of the files.
    pub formats: Vec<&'a str>,
    /// Whether files that stand there may be replaced.
    pub force: bool,
    /// The moment that is acted as of.
    pub today: Option<DayTime>,
}

/// Runs the command.
///
/// # Errors
///
/// When the store, the disk or the browser fails, or a file stands there already.
pub fn run(root: &Path, wish: &Wish<'_>, console: &Console) -> anyhow::Result<Exit> {
    let (mut loaded, themes) = match sound(root, console)? {
        Ok(sound) => sound,
        Err(exit) => return Ok(exit),
    };
    if !wish.report
        && let Err(exit) = survey(&loaded, wish.id, console)
    {
        return Ok(exit);
    }
    let today = day(&loaded, wish.today);
    let store = store_if_any(root, &mut loaded.catalog)?;
    if let Some(exit) = knows_what_was_shown(root, store.as_deref(), &mut loaded, console)? {
        return Ok(exit);
    }
    let mut answers = match &store {
        Some(store) => pipeline::collect(&loaded.catalog, &**store, today)?,
        None => pipeline::nothing_collected(&loaded.catalog, today),
    };
    if let Some(exit) = reviewed(root, store.as_deref(), &mut loaded, &mut answers, console)? {
        return Ok(exit);
    }
    let Some(to) = wish.to.filter(|_| !wish.formats.is_empty()) else { return Ok(print(wish.id, &answers, console)) };
    let mut files = Vec::new();
    for language in languages(&loaded.catalog, wish) {
        let Some(told) = told(&loaded, &themes, &answers, wish, today, language) else {
            console.fault(
                Words::new(format!("報告「{}」を載せるサイトがありません。", wish.id), format!("No site has a report “{}”.", wish.id))
                    .in_language(console.language),
            );
            return Ok(Exit::Arguments);
        };
        files.extend(as_files(wish, &told, language)?);
    }
    if wish.formats.contains(&"png") {
        files.extend(pictures(&files)?);
        if !wish.formats.contains(&"svg") {
            files.retain(|(name, _)| !name.ends_with(".svg"));
        }
    }
    write(to, &files, wish.force)?;
    console.note(&Words::new(
        format!("{} に {} ファイルを書き出しました。", to.display(), files.len()),
        format!("Wrote {} files to {}.", files.len(), to.display()),
    ));
    Ok(Exit::Done)
}

fn print(id: &str, answers: &Answers, console: &Console) -> Exit {
    let Some(published) = answers.published.get(id) else { return Exit::Done };
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
    Exit::Done
}

/// The languages in which sites show the report, or the survey.
fn languages(catalog: &Catalog, wish: &Wish<'_>) -> Vec<Language> {
    if !wish.report {
        return catalog.spoken(wish.id);
    }
    let all = catalog.languages().iter().copied();
    let shown: Vec<Language> = all.filter(|language| shown(catalog, wish.id, *language).is_some()).collect();
    // Where no site shows it, it is said
    if shown.is_empty() { catalog.languages().to_vec() } else { shown }
}

/// A site that shows a report in a language.
fn shown<'c>(catalog: &'c Catalog, report: &str, language: Language) -> Option<&'c Site> {
    catalog.sites.values().find(|site| site.languages.contains(&language) && site.reports.iter().any(|one| one.value == report))
}

/// A figure on its way out.
struct Leaving {
    /// As it is drawn.
    drawn: Exhibit,
    /// Its numbers: all rows, in the order of the survey.
    numbers: Exhibit,
}

/// The figures in one language, with the sheets of their workbook.
struct Told {
    exhibits: Vec<Leaving>,
    title: Text,
    sheets: Vec<FigureSheet>,
}

fn told(
    loaded: &Loaded,
    themes: &BTreeMap<String, Theme>,
    answers: &Answers,
    wish: &Wish<'_>,
    today: crate::language::Today,
    language: Language,
) -> Option<Told> {
    let catalog = &loaded.catalog;
    if !wish.report {
        let title = catalog.surveys.get(wish.id)?.title.clone();
        let exhibits: Vec<Exhibit> =
            answers.published.get(wish.id).map(|published| published.exhibits.values().cloned().collect()).unwrap_or_default();
        // A sheet's name has at most 31 characters
        let name = |at: usize, exhibit: &Exhibit| format!("{} {}", at + 1, exhibit.id.chars().take(26).collect::<String>());
        let sheets = exhibits.iter().enumerate().map(|(at, exhibit)| charts::figure_sheet(exhibit, language, &name(at, exhibit)));
        let sheets = sheets.collect();
        let exhibits = exhibits.into_iter().map(|exhibit| Leaving { drawn: exhibit.clone(), numbers: exhibit }).collect();
        return Some(Told { sheets, exhibits, title });
    }
    let report = catalog.reports.get(wish.id)?;
    let site = shown(catalog, wish.id, language)?;
    let edition = Edition { material: Material { catalog, site, theme: themes.get(&site.id)?, today }, language };
    let known = Known::of(report, &answers.published);
    let shown = told::items(&edition, report, known).into_iter();
    let exhibits = shown.filter_map(|item| match item {
        Item::Figure(shown) => Some(Leaving { numbers: shown.numbers().clone(), drawn: shown.exhibit }),
        _ => None,
    });
    Some(Told { exhibits: exhibits.collect(), title: report.title.clone(), sheets: told::sheets(&edition, report, known) })
}

fn as_files(wish: &Wish<'_>, told: &Told, language: Language) -> anyhow::Result<Vec<(String, Vec<u8>)>> {
    let code = language.code();
    let mut files = Vec::new();
    for format in &wish.formats {
        if *format == "xlsx" {
            if !told.sheets.is_empty() {
                let title = told.title.in_language(language);
                files.push((format!("{}.{code}.xlsx", wish.id), figures_workbook(title, &told.sheets)?));
            }
            continue;
        }
        // Pictures are made of drawings
        let ending = if *format == "png" { "svg" } else { format };
        for Leaving { drawn, numbers } in &told.exhibits {
            let name = format!("{}.{code}.{ending}", drawn.id);
            if files.iter().any(|(known, _)| *known == name) {
                continue;
            }
            let bytes = match *format {
                "csv" => charts::csv(numbers, language).into_bytes(),
                "json" => format!("{:#}\n", charts::json(numbers, language)).into_bytes(),
                _ => charts::chart(drawn, language).flat.into_bytes(),
            };
            files.push((name, bytes));
        }
    }
    Ok(files)
}

/// Draws kanji twice and looks whether they differ: where the system has no Japanese font, all look like the same box.
const PROBE: &str = "<!DOCTYPE html><meta charset=utf-8><body><script>function d(t){var c=document.createElement('canvas'),x=c.getContext('2d');c.width=c.height=60;x.font='40px sans-serif';x.fillText(t,5,45);return c.toDataURL()}document.body.textContent=d('\u{9b42}')===d('\u{9b3c}')?'font:no':'font:yes'</script>";

/// A picture of each drawing, twice as fine as a screen, by a browser: with the fonts of this machine, so its bytes differ from
/// machine to machine. No font comes with this program.
fn pictures(files: &[(String, Vec<u8>)]) -> anyhow::Result<Vec<(String, Vec<u8>)>> {
    let browser = Chromium::find()?;
    let probe = browser.put("probe.html", PROBE.as_bytes())?;
    let japanese = files.iter().any(|(name, _)| name.ends_with(".ja.svg"));
    if japanese && !browser.told(&probe)?.contains("font:yes") {
        anyhow::bail!(Words::new(
            "日本語のフォントがこのコンピューターに見つからないため、PNG は作りません（文字がすべて四角になります）。Noto Sans JP などを入れるか、--format から png を外してください",
            "no Japanese font was found on this machine, so no PNG is made (every character would be a box). Install one such as Noto Sans JP, or leave png out of --format",
        ));
    }
    let mut pictures = Vec::new();
    for (name, bytes) in files.iter().filter(|(name, _)| name.ends_with(".svg")) {
        let svg = String::from_utf8_lossy(bytes);
        let side = |side: &str| {
            let value = svg
                .split(&format!(" {side}=\""))
                .nth(1)
                .and_then(|rest| rest.split('"').next())
                .and_then(|value| value.parse::<f64>().ok());
            // Drawings are at most some thousand pixels high
            value.map_or(800, |value| value.ceil().clamp(1.0, 20_000.0) as u32)
        };
        let page = browser.put(name, bytes)?;
        pictures.push((name.replace(".svg", ".png"), browser.png(&page, side("width"), side("height"))?));
    }
    Ok(pictures)
}

fn write(folder: &Path, files: &[(String, Vec<u8>)], force: bool) -> anyhow::Result<()> {
    let cannot = |path: &Path| Words::new(format!("{} に書けません", path.display()), format!("cannot write {}", path.display()));
    let paths: Vec<PathBuf> = files.iter().map(|(name, _)| folder.join(name)).collect();
    if let Some(taken) = paths.iter().find(|path| path.exists()).filter(|_| !force) {
        anyhow::bail!(Words::new(
            format!("{} がすでにあります。上書きするなら --force を付けてください", taken.display()),
            format!("{} exists already; add --force to replace it", taken.display()),
        ));
    }
    std::fs::create_dir_all(folder).with_context(|| cannot(folder))?;
    for (path, (_, bytes)) in paths.iter().zip(files) {
        std::fs::write(path, bytes).with_context(|| cannot(path))?;
    }
    Ok(())
}
