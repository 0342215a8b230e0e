//! `shirube due`: who is due for what in a fiscal year or some months of it, with lists, texts and a calendar.

use super::console::{Console, Exit, Format};
use super::due_period::Part;
use super::project::{day, sound};
use crate::catalog::due::Verdict;
use crate::exchange::people_dates;
use crate::language::{DayTime, Language, Words};
use crate::pages::Material;
use crate::pipeline::due::{Invited, Told, Year, asked, site_of};
use crate::store::write_private;
use anyhow::{Context, bail};
use std::path::{Component, Path, PathBuf};

/// What is asked.
pub struct Wish<'a> {
    /// The cohorts.
    pub cohorts: &'a str,
    /// The list of people.
    pub people: &'a Path,
    /// The fiscal year; that of the day if absent.
    pub year: Option<i32>,
    /// What of it.
    pub part: Part,
    /// Where files go; none are written if absent.
    pub to: Option<&'a Path>,
    /// Files that are there may be replaced.
    pub force: bool,
    /// The day.
    pub today: Option<DayTime>,
}

/// Runs the command.
///
/// # Errors
///
/// When the list cannot be read or a file cannot be written.
pub fn run(root: &Path, wish: &Wish<'_>, console: &Console) -> anyhow::Result<Exit> {
    let (loaded, themes) = match sound(root, console)? {
        Ok(sound) => sound,
        Err(exit) => return Ok(exit),
    };
    let Some(cohorts) = loaded.catalog.cohorts.get(wish.cohorts) else {
        let all: Vec<&str> = loaded.catalog.cohorts.keys().map(String::as_str).collect();
        let words = if all.is_empty() {
            Words::new("節目のファイル（content/cohorts/）が一つもありません。", "There are no cohorts in content/cohorts/.")
        } else {
            Words::new(
                format!("節目「{}」はありません。あるのは {} です。", wish.cohorts, all.join("、")),
                format!("There are no cohorts “{}”. There are: {}.", wish.cohorts, all.join(", ")),
            )
        };
        console.fault(words.in_language(console.language));
        return Ok(Exit::Arguments);
    };
    let site = site_of(&loaded.catalog, wish.cohorts);
    let Some((site, theme)) = site.and_then(|site| Some((site, themes.get(&site.id)?))) else {
        bail!(Words::new(
            format!("節目「{}」を載せるサイトがありません", cohorts.id),
            format!("no site shows the cohorts “{}”", cohorts.id)
        ));
    };
    if let Some(fault) = wish.to.and_then(|to| inside(root, to)) {
        console.fault(fault.in_language(console.language));
        return Ok(Exit::Arguments);
    }
    let today = day(&loaded, wish.today);
    let period = match wish.part.period(cohorts, wish.year, today.day) {
        Ok(period) => period,
        Err(fault) => {
            console.fault(fault.in_language(console.language));
            return Ok(Exit::Arguments);
        }
    };
    let bytes = std::fs::read(wish.people)
        .with_context(|| Words::new(format!("{} を読めません", wish.people.display()), format!("cannot read {}", wish.people.display())))?;
    let read = people_dates::read(asked(cohorts), &wish.people.display().to_string(), &bytes);
    let encoding = read.encoding.map_or("", |encoding| encoding.label());
    if !read.diagnostics.is_empty() {
        console.diagnostics(&read.diagnostics, &read.sources);
    }
    if read.diagnostics.has_errors() {
        console.note(&Words::new(
            format!("{} 行を読みました（{encoding}）。問題があるので、何も書いていません。", read.rows),
            format!("Read {} rows ({encoding}). There are faults, so nothing was written.", read.rows),
        ));
        return Ok(Exit::Content);
    }
    let material = Material { catalog: &loaded.catalog, site, theme, today };
    let year = Year { material, cohorts, period };
    let told = year.told(&read);
    if let Some(to) = wish.to {
        write(to, &told, wish.force)?;
    }
    tell(&year, &told, read.rows, encoding, wish.to, console);
    Ok(Exit::Done)
}

/// Why files of people cannot lie there: content is handed on, and sites are published.
fn inside(root: &Path, to: &Path) -> Option<Words> {
    let whole = |path: &Path| {
        let path = std::path::absolute(path).unwrap_or_else(|_| path.to_path_buf());
        // What is not there yet lies where its nearest folder truly stands
        let there = path.ancestors().find_map(|folder| Some((folder, std::fs::canonicalize(folder).ok()?)));
        let path =
            there.map_or_else(|| path.clone(), |(folder, real)| path.strip_prefix(folder).map(|rest| real.join(rest)).unwrap_or(real));
        let mut plain = PathBuf::new();
        for part in path.components() {
            match part {
                Component::CurDir => {}
                Component::ParentDir => {
                    plain.pop();
                }
                other => plain.push(other),
            }
        }
        plain
    };
    let to = whole(to);
    let folder = ["content", "output", "themes"].into_iter().find(|folder| to.starts_with(whole(&root.join(folder))))?;
    Some(Words::new(
        format!("{folder}/ の中には書けません。人の一覧を、人の手に渡る場所に置かないためです。例: --to private/due"),
        format!("Lists of people cannot go into {folder}/, from where they would be handed on; for example --to private/due"),
    ))
}

/// Writes all files, or none where one is there already.
fn write(to: &Path, told: &Told<'_>, force: bool) -> anyhow::Result<()> {
    if let Some(there) = told.files.iter().map(|(name, _)| to.join(name)).find(|path| !force && path.exists()) {
        bail!(Words::new(
            format!("{} がすでにあります。上書きするなら --force を付けてください", there.display()),
            format!("{} exists already; to replace it, add --force", there.display()),
        ));
    }
    for (name, text) in &told.files {
        let path = to.join(name);
        write_private(&path, text.as_bytes())
            .with_context(|| Words::new(format!("{} に書けません", path.display()), format!("cannot write {}", path.display())))?;
    }
    Ok(())
}

fn tell(year: &Year<'_>, told: &Told<'_>, rows: usize, encoding: &str, to: Option<&Path>, console: &Console) {
    let (edition, period) = (year.edition(console.language), year.period);
    let counts = year.counts(told, &edition);
    let out: Vec<_> = told.lines.iter().filter(|line| line.due.verdict != Verdict::Offered).collect();
    if console.format == Format::Json {
        let lines: Vec<_> = told.lines.iter().filter(|line| line.due.verdict == Verdict::Offered).collect();
        let invited: Vec<_> = lines
            .iter()
            .map(|line| {
                let cohort = year.cohorts.cohorts.get(line.due.cohort).map_or("", |cohort| cohort.id.as_str());
                let (from, until) = (line.due.from.to_string(), line.due.until.to_string());
                serde_json::json!({"id": line.person.id, "cohort": cohort, "offer": line.due.what.stem(), "from": from, "until": until})
            })
            .collect();
        let files: Vec<&str> = to.iter().flat_map(|_| &told.files).map(|(name, _)| name.as_str()).collect();
        let all = serde_json::json!({
            "cohorts": year.cohorts.id, "year": period.year.year, "quarter": period.number(), "from": period.from().to_string(), "until": period.until().to_string(),
            "rows": rows, "invited": invited, "earlier": told.earlier.len(), "not_invited": out.len(), "others": told.others, "files": files,
        });
        return console.result(&all.to_string());
    }
    let (title, others) = (edition.plain(&year.cohorts.title), told.others);
    let (ja, en) = (period.in_words(Language::Japanese), period.in_words(Language::English));
    let (none_ja, none_en) = match period.is_whole() {
        true => ("節目でない人", "in no cohort"),
        false => ("この期間に案内のない人", "not due in these months"),
    };
    let head = Words::new(
        format!("{title}、{ja}: 名簿 {rows} 人（{encoding}）、うち{none_ja} {others} 人。"),
        format!("{title}, {en}: {rows} people ({encoding}), {others} of them {none_en}."),
    );
    console.result(head.in_language(console.language));
    for Invited { when, what, by } in &counts {
        let n: usize = by.iter().map(|(_, n)| n).sum();
        let by: Vec<String> = by.iter().map(|(title, n)| format!("{title} {n}")).collect();
        let words =
            Words::new(format!("  {when}  {what}: {n} 人（{}）", by.join("、")), format!("  {when}  {what}: {n} ({})", by.join(", ")));
        console.result(words.in_language(console.language));
    }
    if !told.earlier.is_empty() {
        let n = told.earlier.len();
        let words = Words::new(
            format!("  この期間より前に案内の月が終わったもの {n} 件（earlier.csv に。使ったかどうかは、ここでは分かりません）"),
            format!("  Offers whose months were over before: {n} (earlier.csv; whether anybody took them up is not known here)"),
        );
        console.result(words.in_language(console.language));
    }
    if !out.is_empty() {
        let n = out.len();
        let words = Words::new(
            format!("  案内しないもの {n} 件（理由は not-invited.csv に）"),
            format!("  {n} offers not made (not-invited.csv says why)"),
        );
        console.result(words.in_language(console.language));
    }
    match to {
        Some(to) => {
            let (n, to) = (told.files.len(), to.display());
            console.note(&Words::new(
                format!("{to} に {n} 個のファイルを書きました。人の一覧なので、担当者のほかには渡さないでください。"),
                format!("Wrote {n} files to {to}. They list people: keep them to yourself."),
            ));
        }
        None => console.note(&Words::new(
            "ファイルは書いていません。書くには --to private/due のようにフォルダーを書きます。",
            "No files were written; name a folder for them, such as --to private/due.",
        )),
    }
}
