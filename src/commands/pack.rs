//! `shirube pack`: a site or a report in one piece to hand on: as a zip, as one HTML file, behind a password, as PDF.

use super::build::{self, Made};
use super::chromium::Chromium;
use super::console::{Console, Exit, Format};
use crate::catalog::{Report, Site};
use crate::language::{DayTime, Language, Words, count};
use crate::output::{ROUNDS, archive, own_password, seal};
use crate::pages::bound::{book, sealed};
use crate::pages::{Addresses, Material, Spot};
use crate::survey::Token;
use anyhow::{Context, anyhow};
use std::path::{Path, PathBuf};

/// What a site becomes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Form<'a> {
    /// A zip of its files.
    Zip,
    /// One HTML file.
    Single,
    /// One HTML file that asks for a password: one's own from this file, or one that is made and shown once.
    Locked(Option<&'a Path>),
    /// Paper, a file a language.
    Pdf,
    /// The slides of a report on paper of 16:9, a file a language.
    Slides,
}

/// What was asked for.
#[derive(Debug, Clone, Copy)]
pub struct Wish<'a> {
    /// The site.
    pub site: &'a str,
    /// This report alone, or these, with commas between them.
    pub report: Option<&'a str>,
    /// This language alone.
    pub language: Option<Language>,
    /// What it becomes.
    pub form: Form<'a>,
    /// The folder to write to; none: this one.
    pub to: Option<&'a Path>,
    /// Whether files that stand there may be replaced.
    pub force: bool,
    /// The moment of the build.
    pub today: Option<DayTime>,
}

/// Builds the site and writes what was asked for into a folder. Zip and single file have the same bytes each time; what is locked has
/// not (its salt is new), nor has what a browser prints.
///
/// # Errors
///
/// When the disk, the store or the browser fails, or the file stands there already.
pub fn run(root: &Path, wish: &Wish<'_>, console: &Console) -> anyhow::Result<Exit> {
    // A password that cannot be had, or no browser, should not be learned of after the build
    let own = match wish.form {
        Form::Locked(Some(file)) => Some(read_password(file)?),
        _ => None,
    };
    let browser = matches!(wish.form, Form::Pdf | Form::Slides).then(Chromium::find).transpose()?;
    let made = match build::build(root, Some(wish.site), wish.today, false, console)? {
        Ok(made) => made,
        Err(exit) => return Ok(exit),
    };
    let ids = wish.report.into_iter().flat_map(|ids| ids.split(',')).map(str::trim).filter(|id| !id.is_empty());
    let reports: Vec<&Report> = match ids.map(|id| chosen(&made, wish.site, id, console)).collect() {
        Ok(reports) => reports,
        Err(exit) => return Ok(exit),
    };
    let languages = match spoken(&made, wish.site, wish.language, console) {
        Ok(languages) => languages,
        Err(exit) => return Ok(exit),
    };
    let joined = reports.iter().map(|report| report.id.as_str()).collect::<Vec<_>>().join("-");
    let name = if joined.is_empty() { wish.site } else { joined.as_str() };
    let first = made.loaded.catalog.sites.get(wish.site).map_or(Language::Japanese, Site::first_language);
    let mut password = None;
    let files: Vec<(String, Vec<u8>)> = match wish.form {
        Form::Zip => {
            let Some(artifacts) = made.built.sites.get(wish.site) else { return Ok(Exit::Arguments) };
            vec![(format!("{name}.zip"), archive(wish.site, artifacts)?)]
        }
        Form::Single => match bound(&made, wish.site, &reports, wish.language, console) {
            Ok(bytes) => {
                let own = wish.language.map(|language| format!(".{}", language.code())).unwrap_or_default();
                vec![(format!("{name}{own}.html"), bytes)]
            }
            Err(exit) => return Ok(exit),
        },
        Form::Locked(_) => match bound(&made, wish.site, &reports, wish.language, console) {
            Ok(bytes) => vec![("locked.html".to_owned(), locked(&bytes, own.as_deref(), &mut password)?)],
            Err(exit) => return Ok(exit),
        },
        Form::Pdf => {
            let Some(browser) = &browser else { return Ok(Exit::World) };
            let mut files = Vec::new();
            for language in &languages {
                let page = match bound(&made, wish.site, &reports, Some(*language), console) {
                    Ok(bytes) => browser.put(&format!("{}.html", language.code()), &bytes)?,
                    Err(exit) => return Ok(exit),
                };
                let ending = if *language == first { "pdf".to_owned() } else { format!("{}.pdf", language.code()) };
                files.push((format!("{name}.{ending}"), browser.pdf(&page)?));
            }
            files
        }
        Form::Slides => {
            let Some(browser) = &browser else { return Ok(Exit::World) };
            let addresses = Addresses { first };
            let mut files = Vec::new();
            for (report, language) in reports.iter().flat_map(|report| languages.iter().map(move |language| (report, language))) {
                let name = &report.id;
                let path = addresses.path(&Spot::Slides(report.id.clone()), *language);
                let page = std::path::absolute(root.join("output").join(wish.site).join(path))?;
                let ending = if *language == addresses.first { "pdf".to_owned() } else { format!("{}.pdf", language.code()) };
                files.push((format!("{name}.slides.{ending}"), browser.pdf(&page)?));
            }
            files
        }
    };
    let written = write(wish, &files)?;
    for ((_, bytes), file) in files.iter().zip(&written) {
        tell(wish, file, bytes.len(), &made, console);
    }
    if let Some(password) = password {
        tell_password(&password, console);
    }
    Ok(Exit::Done)
}

/// The report of this name, where the site has it; else what there is, in words.
fn chosen<'m>(made: &'m Made, site: &str, id: &str, console: &Console) -> Result<&'m Report, Exit> {
    let own = made.loaded.catalog.sites.get(site).map(|site| site.reports.as_slice()).unwrap_or_default();
    let found = own.iter().find(|report| report.value == id).and_then(|report| made.loaded.catalog.reports.get(&report.value));
    found.ok_or_else(|| {
        let all: Vec<&str> = own.iter().map(|report| report.value.as_str()).collect();
        let words = if all.is_empty() {
            Words::new(format!("サイト「{site}」に、報告はありません。"), format!("The site “{site}” has no reports."))
        } else {
            Words::new(
                format!("サイト「{site}」に、報告「{id}」はありません。あるのは {} です。", all.join("、")),
                format!("The site “{site}” has no report “{id}”. It has: {}.", all.join(", ")),
            )
        };
        console.fault(words.in_language(console.language));
        Exit::Arguments
    })
}

/// The languages that are wanted, where the site has them.
fn spoken(made: &Made, site: &str, wanted: Option<Language>, console: &Console) -> Result<Vec<Language>, Exit> {
    let all = made.loaded.catalog.sites.get(site).map(|site| site.languages.as_slice()).unwrap_or_default();
    match wanted {
        None => Ok(all.to_vec()),
        Some(language) if all.contains(&language) => Ok(vec![language]),
        Some(language) => {
            let (own, code) = (all.iter().map(|language| language.code()).collect::<Vec<_>>(), language.code());
            let words = Words::new(
                format!("サイト「{site}」に、言語 {code} のページはありません。あるのは {} です。", own.join("、")),
                format!("The site “{site}” has no pages in “{code}”. It is in: {}.", own.join(", ")),
            );
            console.fault(words.in_language(console.language));
            Err(Exit::Arguments)
        }
    }
}

fn bound(made: &Made, site: &str, reports: &[&Report], language: Option<Language>, console: &Console) -> Result<Vec<u8>, Exit> {
    let catalog = &made.loaded.catalog;
    let (Some(artifacts), Some(site), Some(theme)) = (made.built.sites.get(site), catalog.sites.get(site), made.themes.get(site)) else {
        return Err(Exit::Arguments);
    };
    let material = Material { catalog, site, theme, today: made.today };
    book::book(&material, artifacts, reports, language).map_err(|faults| {
        console.diagnostics(&faults, &made.loaded.sources);
        Exit::Content
    })
}

fn read_password(file: &Path) -> anyhow::Result<String> {
    let words = || Words::new(format!("{} を読めません", file.display()), format!("cannot read {}", file.display()));
    let text = if file == Path::new("-") { std::io::read_to_string(std::io::stdin()) } else { std::fs::read_to_string(file) };
    Ok(own_password(&text.with_context(words)?)?.to_owned())
}

/// The page behind a password; the one that was made for it, where none was given, goes into `made`.
fn locked(page: &[u8], own: Option<&str>, made: &mut Option<String>) -> anyhow::Result<Vec<u8>> {
    let (mut secret, mut salt, mut nonce) = ([0_u8; 16], [0_u8; 16], [0_u8; 12]);
    for bytes in [secret.as_mut_slice(), &mut salt, &mut nonce] {
        getrandom::fill(bytes).map_err(|error| anyhow!("no randomness from the system: {error}"))?;
    }
    let password = match own {
        Some(own) => own.to_owned(),
        None => {
            let token = Token::new(secret);
            *made = Some(token.in_groups());
            token.in_link().to_owned()
        }
    };
    let sealed = seal(page, &password, salt, nonce, ROUNDS)?;
    sealed::page(&sealed, own.is_none()).map_err(|_| anyhow!("our own template is broken"))
}

fn write(wish: &Wish<'_>, files: &[(String, Vec<u8>)]) -> anyhow::Result<Vec<PathBuf>> {
    let folder = wish.to.unwrap_or(Path::new("."));
    let paths: Vec<PathBuf> = files.iter().map(|(name, _)| folder.join(name)).collect();
    let cannot = |file: &Path| Words::new(format!("{} に書けません", file.display()), format!("cannot write {}", file.display()));
    if let Some(taken) = paths.iter().find(|file| file.exists()).filter(|_| !wish.force) {
        anyhow::bail!(Words::new(
            format!("{} がすでにあります。上書きするなら --force を付けてください", taken.display()),
            format!("{} exists already; add --force to replace it", taken.display()),
        ));
    }
    std::fs::create_dir_all(folder).with_context(|| cannot(folder))?;
    for (path, (_, bytes)) in paths.iter().zip(files) {
        std::fs::write(path, bytes).with_context(|| cannot(path))?;
    }
    Ok(paths)
}

fn tell(wish: &Wish<'_>, file: &Path, bytes: usize, made: &Made, console: &Console) {
    let (shown, size) = (file.display(), count((bytes as u64).div_ceil(1_024)));
    let files = made.built.sites.get(wish.site).map_or(0, Vec::len);
    if console.format == Format::Json {
        let files = (wish.form == Form::Zip).then_some(files);
        console.result(&serde_json::json!({"site": wish.site, "file": file, "files": files, "bytes": bytes}).to_string());
        return;
    }
    console.note(&match wish.form {
        Form::Zip => {
            let files = count(files as u64);
            Words::new(
                format!("{shown} にまとめました（{files} ファイル、{size} KB）。受け取った人は、すべて展開してから index.html を開きます。"),
                format!("Packed {files} files into {shown} ({size} KB). Whoever gets it extracts all of it first, then opens index.html."),
            )
        }
        Form::Single => Words::new(
            format!("{shown} にまとめました（{size} KB）。そのまま開けます。"),
            format!("Wrote {shown} ({size} KB). It opens as it is."),
        ),
        Form::Locked(_) => Words::new(
            format!(
                "{shown} にまとめました（{size} KB）。保存してから Edge、Chrome、Firefox で開き、パスワードを入れます。Safari では確かめていません。"
            ),
            format!("Wrote {shown} ({size} KB). Save it, open it in Edge, Chrome or Firefox, type the password. Not tried in Safari."),
        ),
        Form::Pdf | Form::Slides => Words::new(format!("{shown} を作りました（{size} KB）。"), format!("Wrote {shown} ({size} KB).")),
    });
}

/// Shows a password that was made: the only time that it can be seen.
fn tell_password(password: &str, console: &Console) {
    if console.format == Format::Json {
        console.result(&serde_json::json!({ "password": password }).to_string());
        return;
    }
    console.fault(Words::new(format!("パスワード: {password}"), format!("Password: {password}")).in_language(console.language));
    console.note(&Words::new(
        "いましか見られません。ファイルとは別の道（電話など）で伝えてください。忘れると、だれにも開けません。",
        "It cannot be seen again. Tell it by another way than the file, such as by telephone. Once it is lost, nobody can open the file.",
    ));
}
