//! Answers that were handed over as QR codes: the text that scanners give, one code a line or several, of several people, in any order,
//! in one file or many.
//!
//! ```text
//! SHIRUBE-ANSWER/1/RECEIPT/WHOLE/PART/PARTS/SUM/DATA
//! ```
//!
//! `RECEIPT` is the number that the person saw. `DATA` is base32 (RFC 4648, no padding); all parts together are a text in UTF-8, of
//! which `WHOLE` is the CRC-32: `survey&revision&sheet&field=value&…`, with `%25` and `%26` for `%` and `&` in values. `SUM` is the
//! first half of the CRC-32 of `RECEIPT/WHOLE/PART/PARTS/DATA`. `assets/qr.js` makes them.

use super::answer_file::{self, FORMAT, File, LARGEST, Sheet};
use crate::content::byte_letters::{bytes_of_base32, crc32};
use crate::content::encoding;
use crate::diagnostic::{Diagnostic, Place, code};
use crate::language::{Day, Words};
use crate::survey::Survey;
use std::collections::BTreeMap;
use std::sync::Arc;

/// What every code begins with.
const HEAD: &str = "SHIRUBE-ANSWER/";

/// An answer that was found in scans, whole or not.
#[derive(Debug)]
pub struct Scanned {
    /// The file with the first of its codes.
    pub file: String,
    /// The number that the person saw, where it could be read.
    pub receipt: Option<String>,
    /// The answer, or everything that speaks against it.
    pub sheet: Result<Sheet, Vec<Diagnostic>>,
}

/// What scans came to.
#[derive(Debug, Default)]
pub struct Scans {
    /// The answers, in the order in which their first codes were scanned.
    pub answers: Vec<Scanned>,
    /// What was passed over.
    pub warnings: Vec<Diagnostic>,
}

/// Whether a file of text holds codes of ours.
#[must_use]
pub fn looks_like_some(bytes: &[u8]) -> bool {
    encoding::utf8_or_cp932(&Arc::from(""), bytes).is_ok_and(|(text, _)| text.to_ascii_uppercase().contains(HEAD))
}

/// Reads files of scans together, because the codes of one person may lie in several, and judges each answer as the server would.
#[must_use]
pub fn read(survey: &Survey, files: &[(String, Vec<u8>)], today: Day) -> Scans {
    let mut scans = Scans::default();
    let mut groups: Vec<Group> = Vec::new();
    for (name, bytes) in files {
        let file: Arc<str> = Arc::from(name.as_str());
        match encoding::utf8_or_cp932(&file, bytes) {
            Ok((text, _)) => lines(&file, &text, &mut groups, &mut scans),
            Err(fault) => scans.answers.push(Scanned { file: name.clone(), receipt: None, sheet: Err(vec![*fault]) }),
        }
    }
    let mut first: BTreeMap<String, Place> = BTreeMap::new();
    for group in groups {
        let place = group.place.clone();
        let mut answer = group.answer(survey, today);
        if let (Ok(sheet), Some(receipt)) = (&answer.sheet, &answer.receipt) {
            match first.get(&sheet.sheet) {
                Some(before) => answer.sheet = Err(vec![changed(receipt, place, before)]),
                None => {
                    first.insert(sheet.sheet.clone(), place);
                }
            }
        }
        scans.answers.push(answer);
    }
    scans
}

/// The person went back, changed something and showed codes once more.
fn changed(receipt: &str, place: Place, before: &Place) -> Diagnostic {
    refused(
        place,
        Words::new(
            format!("受付番号 {receipt} の回答が、違う内容で二度読み取られています。先に読み取ったほうを使います。"),
            format!("The answer {receipt} was scanned twice, and not the same. The one scanned first is used."),
        ),
    )
    .also(before.clone(), "先に読み取ったもの", "scanned first")
    .hint(
        "あとのほうを使うには、先に読み取った行を消してください。前に取り込んだ回答は、替えられません。",
        "To use the later one, delete the lines scanned first. An answer that was imported before stays as it was.",
    )
}

/// One code, read.
struct Part<'t> {
    receipt: &'t str,
    whole: &'t str,
    number: usize,
    parts: usize,
    sound: bool,
    data: &'t str,
}

/// The codes of one answer.
struct Group {
    receipt: String,
    whole: String,
    parts: usize,
    place: Place,
    sound: BTreeMap<usize, String>,
    /// Where a code was damaged.
    broken: Vec<(usize, Place)>,
}

fn refused(place: Place, words: Words) -> Diagnostic {
    Diagnostic::error(code::REFUSED_ROW, place, words.ja, words.en)
}

/// All codes of a file; a line may hold several, and what an app has put around them.
fn lines(file: &Arc<str>, text: &str, groups: &mut Vec<Group>, scans: &mut Scans) {
    // Whatever is locked on a keyboard, a code is in capitals
    let text = text.to_ascii_uppercase();
    let mut foreign = Vec::new();
    for (line, number) in text.lines().zip(1_u32..) {
        let mut rest = line;
        let mut column = 1;
        if !line.contains(HEAD) && !line.trim().is_empty() {
            foreign.push(Place::new(file, number, 1, length(line)));
        }
        while let Some(at) = rest.find(HEAD) {
            column += length(&rest[..at]);
            rest = &rest[at..];
            let behind = &rest[HEAD.len()..];
            let end = behind.find(|char: char| !matches!(char, 'A'..='Z' | '0'..='9' | '/' | '-')).unwrap_or(behind.len());
            // Two codes without anything between them
            let end = behind[..end].find(HEAD).unwrap_or(end);
            let place = Place::new(file, number, column, length(&rest[..HEAD.len() + end]));
            take(&behind[..end], place, groups, scans);
            column += length(&rest[..HEAD.len() + end]);
            rest = &behind[end..];
        }
    }
    if let Some(first) = foreign.first() {
        let n = foreign.len();
        let warning = Diagnostic::warning(
            code::REFUSED_ROW,
            first.clone(),
            format!("回答の QR コードではない行を、{n} 行読み飛ばしました（はじめの行を示しています）。"),
            format!("{n} {} no code of an answer and passed over; this is the first.", if n == 1 { "line is" } else { "lines are" }),
        );
        scans.warnings.push(warning);
    }
}

fn length(text: &str) -> u32 {
    u32::try_from(text.chars().count()).unwrap_or(u32::MAX)
}

fn take(text: &str, place: Place, groups: &mut Vec<Group>, scans: &mut Scans) {
    let Some(part) = part(text) else {
        let words = match text.split('/').next() {
            Some(version) if version != "1" && version.bytes().all(|byte| byte.is_ascii_digit()) && !version.is_empty() => Words::new(
                format!("読めない形式のコードです（{version} 版）。読めるのは 1 版です。"),
                format!("This code has a format that cannot be read (version {version}); version 1 can."),
            ),
            _ => Words::new(
                "コードが途中で切れているか、壊れています。この一枚を、もう一度読み取ってください。",
                "This code is cut off or damaged. Scan it again.",
            ),
        };
        let file = place.file.to_string();
        scans.answers.push(Scanned { file, receipt: None, sheet: Err(vec![refused(place, words)]) });
        return;
    };
    let same = |group: &Group| group.receipt == part.receipt && group.whole == part.whole && group.parts == part.parts;
    let at = groups.iter().position(same).unwrap_or_else(|| {
        groups.push(Group {
            receipt: part.receipt.to_owned(),
            whole: part.whole.to_owned(),
            parts: part.parts,
            place: place.clone(),
            sound: BTreeMap::new(),
            broken: Vec::new(),
        });
        groups.len() - 1
    });
    let Some(group) = groups.get_mut(at) else { return };
    if part.sound {
        group.sound.entry(part.number).or_insert_with(|| part.data.to_owned());
    } else {
        group.broken.push((part.number, place));
    }
}

/// A code after its head: `1/RECEIPT/WHOLE/PART/PARTS/SUM/DATA`.
fn part(text: &str) -> Option<Part<'_>> {
    let fields: Vec<&str> = text.split('/').collect();
    let ["1", receipt, whole, number, parts, sum, data] = fields.as_slice() else { return None };
    let hexadecimal =
        |text: &str, digits: usize| text.len() == digits && text.bytes().all(|byte| matches!(byte, b'0'..=b'9' | b'A'..=b'F'));
    if !hexadecimal(receipt, 8) || !hexadecimal(whole, 8) || !hexadecimal(sum, 4) {
        return None;
    }
    let (at, of): (usize, usize) = (number.parse().ok()?, parts.parse().ok()?);
    // More than this no page makes; without a limit a damaged number would ask for memory
    if of > 99 || at < 1 || at > of {
        return None;
    }
    let own = crc32(format!("{receipt}/{whole}/{number}/{parts}/{data}").as_bytes());
    Some(Part { receipt, whole, number: at, parts: of, sound: format!("{own:08X}").starts_with(sum), data })
}

impl Group {
    fn answer(self, survey: &Survey, today: Day) -> Scanned {
        let sheet = self.file().and_then(|file| answer_file::judged(survey, &self.place, file, today));
        Scanned { file: self.place.file.to_string(), receipt: Some(self.receipt), sheet }
    }

    fn file(&self) -> Result<File, Vec<Diagnostic>> {
        let (receipt, of) = (&self.receipt, self.parts);
        let missing: Vec<usize> = (1..=of).filter(|number| !self.sound.contains_key(number)).collect();
        let mut faults: Vec<Diagnostic> = Vec::new();
        // A damaged code that was read once more without damage does not matter
        for (number, place) in self.broken.iter().filter(|(number, _)| missing.contains(number)) {
            let words = Words::new(
                format!(
                    "受付番号 {receipt} の回答の、{of} 枚のうち {number} 枚目のコードが壊れています（検査の数が合いません）。もう一度読み取ってください。"
                ),
                format!("Code {number} of {of} of the answer {receipt} is damaged (its check sum does not fit). Scan it again."),
            );
            faults.push(refused(place.clone(), words));
        }
        let absent: Vec<String> =
            missing.iter().filter(|number| !self.broken.iter().any(|(broken, _)| broken == *number)).map(ToString::to_string).collect();
        if !absent.is_empty() {
            let words = Words::new(
                format!("受付番号 {receipt} の回答の、{of} 枚のうち {} 枚目がありません。", absent.join("、")),
                format!(
                    "Of the {of} codes of the answer {receipt}, {} {} missing.",
                    absent.join(", "),
                    if absent.len() == 1 { "is" } else { "are" }
                ),
            );
            faults.push(refused(self.place.clone(), words));
        }
        if !faults.is_empty() {
            return Err(faults);
        }
        let data: String = self.sound.values().map(String::as_str).collect();
        let unreadable = || {
            let words = Words::new(
                format!(
                    "受付番号 {receipt} の回答のコードは、組み合わせると壊れています（全体の検査の数が合いません）。はじめから読み取ってください。"
                ),
                format!(
                    "The codes of the answer {receipt} do not fit together (the check sum of the whole is another). Scan them all again."
                ),
            );
            vec![refused(self.place.clone(), words)]
        };
        let bytes = bytes_of_base32(&data).filter(|bytes| bytes.len() <= LARGEST).ok_or_else(unreadable)?;
        if format!("{:08X}", crc32(&bytes)) != self.whole {
            return Err(unreadable());
        }
        String::from_utf8(bytes).ok().and_then(|text| content(&text)).ok_or_else(unreadable)
    }
}

/// `survey&revision&sheet&field=value&…`
fn content(text: &str) -> Option<File> {
    let mut fields = text.split('&');
    let (survey, revision, sheet) = (fields.next()?.to_owned(), fields.next()?.parse().ok()?, fields.next()?.to_owned());
    let mut answers: BTreeMap<String, Vec<String>> = BTreeMap::new();
    for field in fields {
        let (name, value) = field.split_once('=')?;
        answers.entry(name.to_owned()).or_default().push(value.replace("%26", "&").replace("%25", "%"));
    }
    Some(File { format: FORMAT.to_owned(), version: answer_file::VERSION, survey, revision, sheet, answers })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_stands_for_something_else_comes_back() {
        let file = content("pulse&3&00&why=a%26b%2526%25&why=二つ=目\n").expect("a file");
        assert_eq!((file.survey.as_str(), file.revision, file.sheet.as_str()), ("pulse", 3, "00"));
        assert_eq!(file.answers["why"], ["a&b%26%", "二つ=目\n"]);
        assert!(content("pulse&3").is_none() && content("pulse&x&00").is_none() && content("pulse&1&00&why").is_none());
    }
}
