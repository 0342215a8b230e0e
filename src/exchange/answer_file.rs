//! Answers saved from a page without a network: `shirube-answer`, version 1.
//!
//! ```json
//! {"format": "shirube-answer", "version": 1, "survey": "pulse", "revision": 1,
//!  "sheet": "0123456789abcdef0123456789abcdef", "answers": {"vision": ["4"], "reasons": ["boss", "pay"]}}
//! ```
//!
//! `sheet` is the random number of the open form, 32 hexadecimal digits; it makes a second import harmless. `answers` is what a
//! browser would have sent: field names to lists of values.

use super::wording::wording;
use crate::diagnostic::{Diagnostic, Place, code};
use crate::language::{Day, Words};
use crate::survey::consent::{CONSENT, is_version};
use crate::survey::{Access, Answer, Raw, Response, Survey, Value};
use serde::Deserialize;
use std::collections::BTreeMap;

/// Most bytes of one file.
pub const LARGEST: usize = 4 << 20;

/// A sheet that was read and found good.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Sheet {
    /// The random number of the form.
    pub sheet: String,
    /// The answers.
    pub response: Response,
}

/// What a file holds, and what codes hold that were made instead of one.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct File {
    pub format: String,
    pub version: u64,
    pub survey: String,
    pub revision: u32,
    pub sheet: String,
    pub answers: BTreeMap<String, Vec<String>>,
}

/// The format of files and codes.
pub(super) const FORMAT: &str = "shirube-answer";
/// Its version.
pub(super) const VERSION: u64 = 1;

fn refusal(place: &Place, words: Words) -> Vec<Diagnostic> {
    vec![Diagnostic::error(code::REFUSED_ROW, place.clone(), words.ja, words.en)]
}

/// A sheet may have been filled in beside an earlier wording of the consent. What was agreed to then stands, under the version it
/// had; the sheet is judged as one of today.
fn agreed_before(survey: &Survey, raw: &mut Raw) -> Option<String> {
    let present = survey.consent.as_ref()?.version();
    let seen = raw.get(CONSENT)?.first().filter(|seen| is_version(seen) && **seen != present)?.clone();
    raw.insert(CONSENT.to_owned(), vec![present]);
    Some(seen)
}

/// Reads one file and judges it as the server would.
///
/// # Errors
///
/// Everything that speaks against it.
pub fn read(survey: &Survey, name: &str, bytes: &[u8], today: Day) -> Result<Sheet, Vec<Diagnostic>> {
    let place = Place::whole(&name.into());
    if bytes.len() > LARGEST {
        return Err(refusal(&place, Words::new("ファイルが大きすぎます（4 MiB まで）。", "This file is too large (4 MiB at most).")));
    }
    let bytes = bytes.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(bytes);
    let file: File = serde_json::from_slice(bytes).map_err(|error| {
        let fault = Diagnostic::error(
            code::REFUSED_ROW,
            Place {
                line: u32::try_from(error.line()).unwrap_or(1).max(1),
                column: u32::try_from(error.column()).unwrap_or(1).max(1),
                ..place.clone()
            },
            "保存した回答のファイルではありません。",
            "This is no file of saved answers.",
        );
        vec![fault.hint(
            "アンケートのページの「ファイルに保存」で作ったファイルを、そのまま渡してください。",
            "Hand over the file that the survey’s page saved, unchanged.",
        )]
    })?;
    judged(survey, &place, file, today)
}

/// Judges what a file or codes held as the server would.
pub(super) fn judged(survey: &Survey, place: &Place, file: File, today: Day) -> Result<Sheet, Vec<Diagnostic>> {
    let refused = |words: Words| refusal(place, words);
    if file.format != FORMAT || file.version != VERSION {
        let (format, version) = (&file.format, file.version);
        return Err(refused(Words::new(
            format!("読めない形式です（{format}、{version} 版）。読めるのは shirube-answer の 1 版です。"),
            format!("This format cannot be read ({format}, version {version}); shirube-answer version 1 can."),
        )));
    }
    if file.survey != survey.id {
        return Err(refused(Words::new(
            format!("別のアンケート「{}」への回答です。", file.survey),
            format!("These answers belong to another survey, “{}”.", file.survey),
        )));
    }
    if file.revision != survey.revision {
        let (old, new) = (file.revision, survey.revision);
        return Err(refused(Words::new(
            format!("アンケートの {old} 版への回答です。いまは {new} 版で、質問の意味が変わっています。"),
            format!("These answers are to revision {old}. The survey is at revision {new}, and its questions have changed their meaning."),
        )));
    }
    if survey.access == Access::Invited {
        return Err(refused(Words::new(
            "招待された方だけが答えるアンケートです。ファイルでは、招待を確かめられません。",
            "Only invited people answer this survey, and a file cannot show an invitation.",
        )));
    }
    if file.sheet.len() != 32 || !file.sheet.bytes().all(|byte| matches!(byte, b'0'..=b'9' | b'a'..=b'f')) {
        return Err(refused(Words::new(
            "用紙の番号（sheet）が、32 けたの 16 進数ではありません。",
            "The number of the sheet is not 32 hexadecimal digits.",
        )));
    }
    let mut raw: Raw = file.answers;
    let agreed = agreed_before(survey, &mut raw);
    match survey.accept(&raw, today) {
        Ok(mut answers) => {
            answers.extend(survey.orders_seen(&answers, &file.sheet, today));
            answers.extend(agreed.map(|version| (CONSENT.to_owned(), Answer::Given(Value::Choice(version)))));
            Ok(Sheet { sheet: file.sheet, response: Response { survey: survey.id.clone(), revision: survey.revision, answers } })
        }
        Err(judgement) => {
            let mut faults: Vec<Diagnostic> = Vec::new();
            for complaint in &judgement.complaints {
                faults.extend(refused(wording(complaint)));
            }
            for field in &judgement.unknown_fields {
                faults.extend(refused(Words::new(
                    format!("「{field}」という欄は、このアンケートにありません。"),
                    format!("This survey has no field “{field}”."),
                )));
            }
            Err(faults)
        }
    }
}
