//! `shirube import responses`: answers from a table, all or none; or from a folder of saved sheets, each for itself.

use super::console::{Console, Exit, Format};
use super::project::{day, private, sound, survey};
use crate::content::workbook;
use crate::diagnostic::{Diagnostic, Diagnostics, Place, Sources, code};
use crate::exchange::mapping::Mapping;
use crate::exchange::responses_in::Reading;
use crate::exchange::scans::Scanned;
use crate::exchange::{answer_file, responses_in, scans, source};
use crate::language::{Day, DayTime, Words};
use crate::server::{claims, terms};
use crate::store::{self, Receipt, Refusal, Store, Submission, Ticket};
use crate::survey::Survey;
use anyhow::Context;
use serde_json::json;
use std::path::{Path, PathBuf};

/// What was asked for.
#[derive(Debug, Clone, Copy)]
pub struct Wish<'a> {
    /// The survey's id.
    pub survey: &'a str,
    /// A table, a saved sheet, scanned codes, or a folder of sheets and scans.
    pub file: &'a Path,
    /// A mapping to read the table by.
    pub mapping: Option<&'a Path>,
    /// Where to write a mapping to begin with; nothing is imported then.
    pub write_mapping: Option<&'a Path>,
    /// The sheet of a workbook.
    pub sheet: Option<&'a str>,
    /// The day to judge by; none: today.
    pub today: Option<DayTime>,
}

/// Runs the command.
///
/// # Errors
///
/// When the file or the store fails.
pub fn run(root: &Path, wish: &Wish<'_>, console: &Console) -> anyhow::Result<Exit> {
    let (loaded, _) = match sound(root, console)? {
        Ok(sound) => sound,
        Err(exit) => return Ok(exit),
    };
    let survey = match survey(&loaded, wish.survey, console) {
        Ok(survey) => survey,
        Err(exit) => return Ok(exit),
    };
    let today = day(&loaded, wish.today).day;
    if wish.file.is_dir() || has_ending(wish.file, "json") {
        return sheets(root, survey, wish.file, today, console);
    }
    let bytes = bytes_of(wish.file)?;
    if is_text(wish.file) && scans::looks_like_some(&bytes) {
        return sheets(root, survey, wish.file, today, console);
    }
    let name = wish.file.display().to_string();
    if let Some(target) = wish.write_mapping {
        return write_mapping(survey, &name, &bytes, wish.sheet, target, console);
    }
    let (mut diagnostics, mut sources) = (Diagnostics::new(), Sources::default());
    let mapping = match wish.mapping {
        Some(path) => Some(Mapping::read(survey, &path.display().to_string(), &bytes_of(path)?, &mut diagnostics, &mut sources)),
        None => None,
    };
    if diagnostics.has_errors() {
        console.diagnostics(&diagnostics, &sources);
        return Ok(Exit::Content);
    }
    let read = responses_in::read(survey, &name, &bytes, Reading { mapping: mapping.as_ref(), sheet: wish.sheet }, today);
    let label = &read.label;
    if read.diagnostics.has_errors() {
        console.diagnostics(&read.diagnostics, &read.sources);
        console.note(&Words::new(
            format!("{} 行を読み（{label}）、{} 行に問題がありました。一つも取り込んでいません。", read.rows, read.refused),
            format!("Read {} rows ({label}); {} had faults. None was taken.", read.rows, read.refused),
        ));
        return Ok(Exit::Content);
    }
    let taken = read.responses.len();
    let store = store::open(&private(root))?;
    let claims = claims(survey, &read.responses);
    let receipt = store
        .import(read.responses, Ticket::of(&survey.id, &bytes), terms(survey), claims)
        .map_err(|refusal| anyhow::anyhow!(refusal.words()))?;
    if console.format == Format::Json {
        let stored = receipt == Receipt::Stored;
        let taken = if stored { taken } else { 0 };
        console.result(&json!({"rows": read.rows, "taken": taken, "refused": 0, "already": !stored, "source": label}).to_string());
        return Ok(Exit::Done);
    }
    console.note(&match receipt {
        Receipt::Stored => Words::new(
            format!("{} 行を読み（{label}）、{taken} 人分を取り込みました。", read.rows),
            format!("Read {} rows ({label}) and took {taken} responses.", read.rows),
        ),
        Receipt::AlreadyStored => Words::new(
            "このファイルは、前に取り込んであります。何も変えていません。",
            "This file was imported before; nothing has changed.",
        ),
    });
    Ok(Exit::Done)
}

fn bytes_of(file: &Path) -> anyhow::Result<Vec<u8>> {
    // A file that no reader would take is not read into memory first
    let size = std::fs::metadata(file).with_context(|| cannot_read(file))?.len();
    anyhow::ensure!(
        size <= 4 * workbook::LARGEST as u64,
        Words::new(
            format!("{} は大きすぎます（256 MiB まで）", file.display()),
            format!("{} is too large (256 MiB at most)", file.display())
        )
    );
    std::fs::read(file).with_context(|| cannot_read(file))
}

fn cannot_read(file: &Path) -> Words {
    Words::new(format!("{} を読めません", file.display()), format!("cannot read {}", file.display()))
}

fn write_mapping(survey: &Survey, name: &str, bytes: &[u8], sheet: Option<&str>, target: &Path, console: &Console) -> anyhow::Result<Exit> {
    let (mut diagnostics, mut sources) = (Diagnostics::new(), Sources::default());
    let table = source::read(name, bytes, sheet, &mut diagnostics, &mut sources);
    let Some(table) = table.filter(|_| !diagnostics.has_errors()) else {
        console.diagnostics(&diagnostics, &sources);
        return Ok(Exit::Content);
    };
    anyhow::ensure!(
        !target.exists(),
        Words::new(
            format!("{} がすでにあります。別の名前にしてください", target.display()),
            format!("{} exists already; choose another name", target.display())
        )
    );
    std::fs::write(target, Mapping::template(survey, &table))
        .with_context(|| Words::new(format!("{} に書けません", target.display()), format!("cannot write {}", target.display())))?;
    console.note(&Words::new(
        format!("対応表のひな型を書きました（{}）。直してから --mapping で指定してください。", target.display()),
        format!("Wrote a mapping to begin with ({}). Correct it, then name it with --mapping.", target.display()),
    ));
    Ok(Exit::Done)
}

/// Saved sheets and scanned codes: every good one is taken, each under the ticket that the server would give it, and every one is
/// reported.
fn sheets(root: &Path, survey: &Survey, path: &Path, today: Day, console: &Console) -> anyhow::Result<Exit> {
    let files = if path.is_dir() { sheet_files(path)? } else { vec![path.to_path_buf()] };
    let (mut diagnostics, mut answers, mut texts) = (Diagnostics::new(), Vec::new(), Vec::new());
    for file in &files {
        let name = file.file_name().map_or_else(|| file.display().to_string(), |name| name.to_string_lossy().into_owned());
        let bytes = bytes_of(file)?;
        if is_text(file) {
            texts.push((name, bytes));
        } else {
            let sheet = answer_file::read(survey, &name, &bytes, today);
            answers.push(Scanned { file: name, receipt: None, sheet });
        }
    }
    let scans = scans::read(survey, &texts, today);
    scans.warnings.into_iter().for_each(|warning| diagnostics.push(warning));
    answers.extend(scans.answers);
    anyhow::ensure!(
        !answers.is_empty(),
        Words::new(
            format!("{} に、保存した回答（.json）も、読み取ったコード（.txt）もありません", path.display()),
            format!("there are no saved answers (.json) and no scanned codes (.txt) in {}", path.display()),
        )
    );
    let store = store::open(&private(root))?;
    let mut tally = Tally { diagnostics, reports: Vec::new(), taken: 0, already: 0, refused: 0 };
    for answer in answers {
        tally.take(survey, &*store, answer)?;
    }
    tally.tell(console);
    Ok(if tally.refused == 0 { Exit::Done } else { Exit::Content })
}

/// What became of each answer.
struct Tally {
    diagnostics: Diagnostics,
    reports: Vec<(String, &'static str, Option<String>)>,
    taken: usize,
    already: usize,
    refused: usize,
}

impl Tally {
    fn take(&mut self, survey: &Survey, store: &dyn Store, answer: Scanned) -> anyhow::Result<()> {
        let sheet = match answer.sheet {
            Ok(sheet) => sheet,
            Err(faults) => {
                self.refused += 1;
                faults.into_iter().for_each(|fault| self.diagnostics.push(fault));
                self.reports.push((answer.file, "refused", answer.receipt));
                return Ok(());
            }
        };
        let ticket = Ticket::of(&survey.id, sheet.sheet.as_bytes());
        let number: String = ticket.bytes().iter().take(4).map(|byte| format!("{byte:02X}")).collect();
        let claims = claims(survey, std::slice::from_ref(&sheet.response));
        let submission =
            Submission { response: sheet.response, ticket, lock: terms(survey), invitation: None, claims, draft: None, withdrawal: None };
        let state = match store.submit(submission) {
            Ok(Receipt::Stored) => {
                self.taken += 1;
                "taken"
            }
            Ok(Receipt::AlreadyStored) => {
                self.already += 1;
                "already"
            }
            // Said of this answer: the others may have been taken before, or count for another quota
            Err(refusal @ (Refusal::Closed | Refusal::Full { .. } | Refusal::Locked { .. } | Refusal::Uninvited(_))) => {
                self.refused += 1;
                let words = refusal.words();
                let place = Place::whole(&answer.file.as_str().into());
                self.diagnostics.push(Diagnostic::error(code::REFUSED_ROW, place, words.ja, words.en));
                "refused"
            }
            Err(refusal) => return Err(anyhow::anyhow!(refusal.words())),
        };
        let told = if state == "refused" { answer.receipt } else { Some(number) };
        self.reports.push((answer.file, state, told));
        Ok(())
    }

    fn tell(&self, console: &Console) {
        let Tally { diagnostics, reports, taken, already, refused } = self;
        if console.format == Format::Json {
            let files: Vec<_> =
                reports.iter().map(|(name, state, receipt)| json!({"file": name, "state": state, "receipt": receipt})).collect();
            console.result(&json!({"files": files, "taken": taken, "already": already, "refused": refused}).to_string());
            return;
        }
        console.diagnostics(diagnostics, &Sources::default());
        for (name, state, receipt) in reports {
            console.result(report(name, state, receipt.as_deref()).in_language(console.language));
        }
        let all = reports.len();
        console.note(&Words::new(
            format!("{all} 件のうち {taken} 人分を取り込みました。取り込みずみ {already}、受け付けられないもの {refused}。"),
            format!("Took {taken} of {all} answers; {already} had been taken before, {refused} were refused."),
        ));
    }
}

fn report(name: &str, state: &str, receipt: Option<&str>) -> Words {
    let number = receipt.unwrap_or_default();
    match state {
        "taken" => Words::new(format!("{name}: 受け取りました（受付番号 {number}）"), format!("{name}: taken (receipt {number})")),
        "already" => {
            Words::new(format!("{name}: 前に受け取っています（受付番号 {number}）"), format!("{name}: taken before (receipt {number})"))
        }
        _ if number.is_empty() => Words::new(format!("{name}: 受け取っていません"), format!("{name}: not taken")),
        _ => Words::new(format!("{name}: 受け取っていません（受付番号 {number}）"), format!("{name}: not taken (receipt {number})")),
    }
}

fn has_ending(path: &Path, wanted: &str) -> bool {
    path.extension().is_some_and(|extension| extension.eq_ignore_ascii_case(wanted))
}

fn is_text(path: &Path) -> bool {
    has_ending(path, "txt")
}

fn sheet_files(folder: &Path) -> anyhow::Result<Vec<PathBuf>> {
    let mut files = Vec::new();
    for entry in std::fs::read_dir(folder).with_context(|| cannot_read(folder))? {
        let path = entry.with_context(|| cannot_read(folder))?.path();
        if path.is_file() && (has_ending(&path, "json") || is_text(&path)) {
            files.push(path);
        }
    }
    files.sort();
    Ok(files)
}
