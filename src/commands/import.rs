//! `shirube import responses`: answers from a CSV file, all or none.

use super::console::{Console, Exit, Format};
use super::project::{day, private, sound, survey};
use crate::exchange::responses_in;
use crate::language::{Day, Words};
use crate::server::terms;
use crate::store::{self, Receipt, Ticket};
use anyhow::Context;
use std::path::Path;

/// Runs the command.
///
/// # Errors
///
/// When the file or the store fails.
pub fn run(root: &Path, id: &str, file: &Path, today: Option<Day>, console: &Console) -> anyhow::Result<Exit> {
    let (loaded, _) = match sound(root, console)? {
        Ok(sound) => sound,
        Err(exit) => return Ok(exit),
    };
    let survey = match survey(&loaded, id, console) {
        Ok(survey) => survey,
        Err(exit) => return Ok(exit),
    };
    let bytes = std::fs::read(file)
        .with_context(|| Words::new(format!("{} を読めません", file.display()), format!("cannot read {}", file.display())))?;
    let read = responses_in::read(survey, &file.display().to_string(), &bytes, day(&loaded, today));
    let encoding = read.encoding.map_or("", |encoding| encoding.label());
    if read.diagnostics.has_errors() {
        console.diagnostics(&read.diagnostics, &read.sources);
        console.note(&Words::new(
            format!("{} 行を読み（{encoding}）、{} 行に問題がありました。一つも取り込んでいません。", read.rows, read.refused),
            format!("Read {} rows ({encoding}); {} had faults. None was taken.", read.rows, read.refused),
        ));
        return Ok(Exit::Content);
    }
    let taken = read.responses.len();
    let store = store::open(&private(root))?;
    let receipt =
        store.import(read.responses, Ticket::of(id, &bytes), terms(survey)).map_err(|refusal| anyhow::anyhow!(refusal.words()))?;
    if console.format == Format::Json {
        let stored = receipt == Receipt::Stored;
        console.result(&serde_json::json!({"rows": read.rows, "taken": if stored { taken } else { 0 }, "refused": 0, "already": !stored, "encoding": encoding}).to_string());
        return Ok(Exit::Done);
    }
    console.note(&match receipt {
        Receipt::Stored => Words::new(
            format!("{} 行を読み（{encoding}）、{taken} 人分を取り込みました。", read.rows),
            format!("Read {} rows ({encoding}) and took {taken} responses.", read.rows),
        ),
        Receipt::AlreadyStored => Words::new(
            "このファイルは、前に取り込んであります。何も変えていません。",
            "This file was imported before; nothing has changed.",
        ),
    });
    Ok(Exit::Done)
}
