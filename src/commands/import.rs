//! `shirube import responses`: answers from a table, all or none; or from a folder of saved sheets, each for itself.

use super::console::{Console, Exit, Format};
use super::project::{day, private, sound, survey};
use crate::content::workbook;
use crate::diagnostic::{Diagnostic, Diagnostics, Place, Sources, code};
use crate::exchange::mapping::Mapping;
use crate::exchange::responses_in::Reading;
use crate::exchange::{answer_file, responses_in, source};
use crate::language::{Day, DayTime, Words};
use crate::server::{claims, terms};
use crate::store::{self, Receipt, Refusal, Submission, Ticket};
use crate::survey::Survey;
use anyhow::Context;
use serde_json::json;
use std::path::{Path, PathBuf};

/// What was asked for.
#[derive(Debug, Clone, Copy)]
pub struct Wish<'a> {
    /// The survey's id.
    pub survey: &'a str,
    /// A table, a saved sheet, or a folder of these.
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
    let is_json = wish.file.extension().is_some_and(|extension| extension.eq_ignore_ascii_case("json"));
    if wish.file.is_dir() || is_json {
        return sheets(root, survey, wish.file, today, console);
    }
    let bytes = bytes_of(wish.file)?;
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

/// Saved sheets: every good one is taken, each under the ticket that the server would give it, and every file is reported.
fn sheets(root: &Path, survey: &Survey, path: &Path, today: Day, console: &Console) -> anyhow::Result<Exit> {
    let files = if path.is_dir() { json_files(path)? } else { vec![path.to_path_buf()] };
    if files.is_empty() {
        anyhow::bail!(Words::new(
            format!("{} に、保存した回答（.json）がありません", path.display()),
            format!("there are no saved answers (.json) in {}", path.display()),
        ));
    }
    let store = store::open(&private(root))?;
    let (mut diagnostics, mut reports) = (Diagnostics::new(), Vec::new());
    let (mut taken, mut already, mut refused) = (0, 0, 0);
    for file in &files {
        let name = file.file_name().map_or_else(|| file.display().to_string(), |name| name.to_string_lossy().into_owned());
        match answer_file::read(survey, &name, &bytes_of(file)?, today) {
            Ok(sheet) => {
                let ticket = Ticket::of(&survey.id, sheet.sheet.as_bytes());
                let number: String = ticket.bytes().iter().take(4).map(|byte| format!("{byte:02X}")).collect();
                let claims = claims(survey, std::slice::from_ref(&sheet.response));
                let submission = Submission {
                    response: sheet.response,
                    ticket,
                    lock: terms(survey),
                    invitation: None,
                    claims,
                    draft: None,
                    withdrawal: None,
                };
                let state = match store.submit(submission) {
                    Ok(Receipt::Stored) => {
                        taken += 1;
                        "taken"
                    }
                    Ok(Receipt::AlreadyStored) => {
                        already += 1;
                        "already"
                    }
                    // Said of this file: the others may have been taken before, or count for another quota
                    Err(refusal @ (Refusal::Closed | Refusal::Full { .. } | Refusal::Locked { .. } | Refusal::Uninvited(_))) => {
                        refused += 1;
                        let words = refusal.words();
                        diagnostics.push(Diagnostic::error(code::REFUSED_ROW, Place::whole(&name.as_str().into()), words.ja, words.en));
                        "refused"
                    }
                    Err(refusal) => return Err(anyhow::anyhow!(refusal.words())),
                };
                reports.push((name, state, (state != "refused").then_some(number)));
            }
            Err(faults) => {
                refused += 1;
                for fault in faults {
                    diagnostics.push(fault);
                }
                reports.push((name, "refused", None));
            }
        }
    }
    if console.format == Format::Json {
        let files: Vec<_> =
            reports.iter().map(|(name, state, receipt)| json!({"file": name, "state": state, "receipt": receipt})).collect();
        console.result(&json!({"files": files, "taken": taken, "already": already, "refused": refused}).to_string());
    } else {
        console.diagnostics(&diagnostics, &Sources::default());
        for (name, state, receipt) in &reports {
            console.result(report(name, state, receipt.as_deref()).in_language(console.language));
        }
        console.note(&Words::new(
            format!(
                "{} ファイルのうち {taken} 人分を取り込みました。取り込みずみ {already}、受け付けられないもの {refused}。",
                files.len()
            ),
            format!("Took {taken} of {} files; {already} had been taken before, {refused} were refused.", files.len()),
        ));
    }
    Ok(if refused == 0 { Exit::Done } else { Exit::Content })
}

fn report(name: &str, state: &str, receipt: Option<&str>) -> Words {
    let number = receipt.unwrap_or_default();
    match state {
        "taken" => Words::new(format!("{name}: 受け取りました（受付番号 {number}）"), format!("{name}: taken (receipt {number})")),
        "already" => {
            Words::new(format!("{name}: 前に受け取っています（受付番号 {number}）"), format!("{name}: taken before (receipt {number})"))
        }
        _ => Words::new(format!("{name}: 受け取っていません"), format!("{name}: not taken")),
    }
}

fn json_files(folder: &Path) -> anyhow::Result<Vec<PathBuf>> {
    let mut files = Vec::new();
    for entry in std::fs::read_dir(folder).with_context(|| cannot_read(folder))? {
        let path = entry.with_context(|| cannot_read(folder))?.path();
        if path.is_file() && path.extension().is_some_and(|extension| extension.eq_ignore_ascii_case("json")) {
            files.push(path);
        }
    }
    files.sort();
    Ok(files)
}
