//! Texts that a person reads before a report may quote them: the file of a survey's decisions below `private/review/`, what is new
//! in it, what leaves it because it was taken back.

use super::answers::Answers;
use super::gone::rows;
use super::round::links_folder;
use crate::catalog::Catalog;
use crate::catalog::report::Block;
use crate::diagnostic::{Diagnostic, Diagnostics, Place, Sources, closest, code};
use crate::exchange::links;
use crate::language::{Day, Words};
use crate::store::{self, Backup, Store, write_private};
use crate::survey::review::{Review, Verdict, Written};
use crate::survey::telltale::{Telltale, telltales};
use crate::survey::{Survey, read_review};
use anyhow::Context;
use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};
use std::sync::Arc;

/// The folder of these files in the folder of answers.
pub const REVIEW: &str = "review";

/// The file of a survey.
#[must_use]
pub fn review_file(private: &Path, survey: &str) -> PathBuf {
    private.join(REVIEW).join(format!("{survey}.yaml"))
}

/// What a file holds, and what is wrong with it.
#[derive(Debug, Default)]
pub struct Reviewed {
    /// What was decided, with its places; empty where there is no file.
    pub read: read_review::ReadReview,
    /// There is one.
    pub found: bool,
    /// What is wrong.
    pub diagnostics: Diagnostics,
    /// Its words, to show what is wrong.
    pub sources: Sources,
}

/// Reads the file of a survey.
///
/// # Errors
///
/// When it is there and the disk refuses.
pub fn read(private: &Path, catalog: &Catalog, survey: &Survey) -> anyhow::Result<Reviewed> {
    let path = review_file(private, &survey.id);
    let mut reviewed = Reviewed::default();
    let cannot = || Words::new(format!("{} を読めません", path.display()), format!("cannot read {}", path.display()));
    let bytes = match std::fs::read(&path) {
        Ok(bytes) => bytes,
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => return Ok(reviewed),
        Err(error) => return Err(error).with_context(cannot),
    };
    let file: Arc<str> = format!("private/{REVIEW}/{}.yaml", survey.id).into();
    let text: Arc<str> = String::from_utf8(bytes).with_context(cannot)?.trim_start_matches('\u{FEFF}').replace("\r\n", "\n").into();
    reviewed.read = read_review::read(&survey.id, &file, &text, catalog.languages(), &mut reviewed.diagnostics);
    reviewed.sources.insert(file, text);
    reviewed.found = true;
    Ok(reviewed)
}

/// What is wrong with the files of all surveys, and with blocks of reports that name a theme none of them has.
///
/// # Errors
///
/// When the disk refuses.
pub fn review_faults(private: &Path, catalog: &Catalog, sources: &mut Sources) -> anyhow::Result<Diagnostics> {
    let mut diagnostics = Diagnostics::new();
    for survey in catalog.surveys.values() {
        let reviewed = read(private, catalog, survey)?;
        if reviewed.found {
            unknown_themes(catalog, survey, &reviewed.read.review, &mut diagnostics);
        }
        diagnostics.append(reviewed.diagnostics);
        sources.append(reviewed.sources);
    }
    Ok(diagnostics)
}

/// A report may ask for a theme before anybody has named it: that is no reason to stop.
fn unknown_themes(catalog: &Catalog, survey: &Survey, review: &Review, diagnostics: &mut Diagnostics) {
    let known = || review.themes.iter().map(|(id, _)| id.as_str());
    let reports = catalog.reports.values().filter(|report| report.survey.value == survey.id);
    let asked = reports.flat_map(|report| &report.blocks).filter_map(|block| match block {
        Block::Comments(comments) => Some(&comments.themes),
        _ => None,
    });
    for theme in asked.flatten().filter(|theme| known().all(|id| id != theme.value)) {
        let id = &theme.value;
        let fault = Diagnostic::warning(
            code::UNKNOWN_REFERENCE,
            theme.place.clone(),
            format!("自由記述の点検に、テーマ「{id}」がありません。"),
            format!("The review of texts has no theme “{id}”."),
        );
        diagnostics.push(match closest(id, known()) {
            Some(guess) => fault.hint(format!("「{guess}」のことですか。"), format!("Did you mean “{guess}”?")),
            None => fault.hint(
                format!("private/{REVIEW}/{}.yaml の themes に足します。", survey.id),
                format!("Add it to “themes” in private/{REVIEW}/{}.yaml.", survey.id),
            ),
        });
    }
}

/// Takes into the files of all surveys what copies know of them; texts that are not kept any more stay away. How many decisions came
/// or became stricter; what is wrong with a file is said, and it is left as it is.
///
/// # Errors
///
/// When the disk or the store refuses.
pub fn bring_back(
    private: &Path,
    copies: &[PathBuf],
    catalog: &Catalog,
    store: &dyn Store,
    sources: &mut Sources,
) -> anyhow::Result<(usize, Diagnostics)> {
    let (mut came, mut diagnostics) = (0, Diagnostics::new());
    let folder = |copy: &PathBuf| if copy.is_dir() { copy.clone() } else { copy.parent().unwrap_or(copy).to_path_buf() };
    for survey in catalog.surveys.values() {
        let mut own = read(private, catalog, survey)?;
        let mut gained = 0;
        for copy in copies.iter().map(folder) {
            let older = read(&copy, catalog, survey)?;
            if older.found && !older.diagnostics.has_errors() && !own.diagnostics.has_errors() {
                let stored = stored(store, survey)?;
                gained += own.read.review.unite(&older.read.review, &|one| stored.contains(one));
            }
            if older.diagnostics.has_errors() {
                let file: Arc<str> = review_file(&copy, &survey.id).display().to_string().into();
                diagnostics.push(Diagnostic::warning(
                    code::REVIEW,
                    Place::whole(&file),
                    "控えにあるこのファイルは読めないので、そこにある判断は戻りません。",
                    "This file of the backup cannot be read, so its decisions are not back.",
                ));
            }
        }
        if gained > 0 {
            write(private, survey, &own.read.review)?;
        }
        came += gained;
        diagnostics.append(own.diagnostics);
        sources.append(own.sources);
    }
    Ok((came, diagnostics))
}

/// Copies the answers to put aside, after the words of texts that were taken back have left the files of decisions.
///
/// # Errors
///
/// When the disk or the store refuses.
pub fn back_up(private: &Path, catalog: &Catalog, store: &dyn Store, to: Option<&Path>, today: Day) -> anyhow::Result<Backup> {
    for survey in catalog.surveys.values().filter(|survey| survey.takes_back_closed()) {
        let mut reviewed = read(private, catalog, survey)?;
        if reviewed.found && !reviewed.diagnostics.has_errors() {
            forget(private, survey, &stored(store, survey)?, &mut reviewed.read.review)?;
        }
    }
    store::back_up(store, private, to, today)
}

/// Words that were taken back leave the file.
fn forget(private: &Path, survey: &Survey, stored: &BTreeSet<Written>, review: &mut Review) -> anyhow::Result<()> {
    let before = review.decisions.len();
    if survey.takes_back_closed() {
        review.decisions.retain(|one, _| stored.contains(one));
    }
    if review.decisions.len() < before { write(private, survey, review) } else { Ok(()) }
}

/// Gives the figures what was decided of the texts. Words that were taken back leave the file first. What is wrong with a file is
/// said, and nothing is quoted of it.
///
/// # Errors
///
/// When the disk or the store refuses.
pub fn hear(
    private: &Path,
    catalog: &Catalog,
    store: Option<&dyn Store>,
    answers: &mut Answers,
    sources: &mut Sources,
) -> anyhow::Result<Diagnostics> {
    let mut diagnostics = Diagnostics::new();
    for survey in catalog.surveys.values() {
        let mut reviewed = read(private, catalog, survey)?;
        if !reviewed.found {
            continue;
        }
        if let Some(store) = store.filter(|_| !reviewed.diagnostics.has_errors()) {
            let stored = stored(store, survey)?;
            forget(private, survey, &stored, &mut reviewed.read.review)?;
            for (_, place) in reviewed.read.places.iter().filter(|(one, _)| !stored.contains(*one) && !survey.takes_back_closed()) {
                reviewed.diagnostics.push(
                    Diagnostic::warning(
                        code::REVIEW,
                        place.clone(),
                        "この自由記述は、いまある回答のなかにありません。",
                        "None of the answers that are kept holds this text.",
                    )
                    .hint("要らなければ、この項目を消します。", "Delete the entry if it is not needed."),
                );
            }
        }
        if !reviewed.diagnostics.has_errors()
            && let Some(published) = answers.published.get_mut(&survey.id)
        {
            published.review(&reviewed.read.review, survey.k);
        }
        diagnostics.append(reviewed.diagnostics);
        sources.append(reviewed.sources);
    }
    Ok(diagnostics)
}

/// Every text that is kept of a survey, released or not, in today's names; those that were taken back are not among them.
fn stored(store: &dyn Store, survey: &Survey) -> anyhow::Result<BTreeSet<Written>> {
    let batches = rows(store, survey)?;
    let all = batches.into_iter().flat_map(|batch| batch.texts);
    Ok(all.flat_map(|(question, texts)| texts.into_iter().map(move |text| Written { question: question.clone(), text })).collect())
}

/// How a survey's texts stand after new ones were added to its file.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Standing {
    /// Texts that came.
    pub added: usize,
    /// Texts with what was decided, in the words of the file.
    pub verdicts: BTreeMap<&'static str, usize>,
    /// Texts that nobody has decided on and that seem to hold something that tells who, by what.
    pub attention: Vec<(Written, BTreeSet<Telltale>)>,
}

/// Adds the released texts that the file lacks to what was decided; no decision is lost.
pub fn add_new(survey: &Survey, review: &mut Review, released: &BTreeMap<String, Vec<String>>) -> usize {
    let before = review.decisions.len();
    for question in survey.text_variables() {
        for text in released.get(&question).into_iter().flatten() {
            review.decisions.entry(Written { question: question.clone(), text: text.clone() }).or_default();
        }
    }
    review.decisions.len() - before
}

/// How texts stand.
#[must_use]
pub fn standing(private: &Path, survey: &Survey, review: &Review, added: usize) -> Standing {
    let known = known(private, survey);
    let mut standing = Standing { added, ..Standing::default() };
    for (one, decision) in &review.decisions {
        *standing.verdicts.entry(decision.verdict.word()).or_default() += 1;
        let found = attention(&known, one);
        if decision.verdict == Verdict::New && !found.is_empty() {
            standing.attention.push((one.clone(), found));
        }
    }
    standing
}

/// What to look at twice in a text.
#[must_use]
pub fn attention(known: &[String], one: &Written) -> BTreeSet<Telltale> {
    telltales(&one.text, known.iter().map(String::as_str))
}

/// Names, ids and mail addresses of those who were invited, as far as they stand in the list of links.
#[must_use]
pub fn known(private: &Path, survey: &Survey) -> Vec<String> {
    let Ok(bytes) = std::fs::read(links_folder(private, &survey.id).join("links.csv")) else { return Vec::new() };
    // A list that cannot be read is told of where links are made
    let Ok((links, _)) = links::read(survey, "links.csv", &bytes) else { return Vec::new() };
    let words = links.into_iter().flat_map(|link| {
        let family: Vec<String> = link.person.name.split_whitespace().map(str::to_owned).collect();
        // An id such as 7 stands in too many texts
        let id = Some(link.person.id).filter(|id| id.chars().count() > 2);
        family.into_iter().chain([link.person.name, link.person.mail]).chain(id)
    });
    words.filter(|word| word.chars().count() > 1).collect::<BTreeSet<_>>().into_iter().collect()
}

/// Writes the file: for its owner only, whole or not at all.
///
/// # Errors
///
/// When the disk refuses.
pub fn write(private: &Path, survey: &Survey, review: &Review) -> anyhow::Result<()> {
    let path = review_file(private, &survey.id);
    let known = known(private, survey);
    let text = read_review::written(&survey.id, review, &|one| attention(&known, one));
    if std::fs::read(&path).is_ok_and(|before| before == text.as_bytes()) {
        return Ok(());
    }
    write_private(&path, text.as_bytes())
        .with_context(|| Words::new(format!("{} に書けません", path.display()), format!("cannot write {}", path.display())))
}
