//! `links.csv` as the addresses of a mailing: every row with what is wrong with it, by line and column. What stands in a row is never
//! repeated in words: they end on screens and in logs, and rows hold names and codes.

use super::links::Link;
use super::people_in::Person;
use crate::content::record::undefused;
use crate::content::{Cell, MailAddress, MailSlip, Table};
use crate::diagnostic::{Code, Diagnostic, Diagnostics, Place, code};
use crate::language::Language;
use crate::survey::{Carried, Token};
use std::collections::BTreeMap;

/// Somebody who can be written to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Recipient {
    /// Where the row's code stands.
    pub place: Place,
    /// Who, and the token.
    pub link: Link,
    /// Where the mail goes.
    pub address: MailAddress,
    /// The language of the mail.
    pub language: Language,
    /// The link as the file has it.
    pub href: String,
}

/// What a file of links came to.
#[derive(Debug)]
pub struct Read {
    /// Everybody with an address, in the order of the file; complete only when there are no errors.
    pub recipients: Vec<Recipient>,
    /// How many rows have no address.
    pub without_address: usize,
    /// What is wrong; to be shown without the file's lines.
    pub diagnostics: Diagnostics,
}

/// The columns that a mail is made from, in the order of their use below.
const COLUMNS: [&str; 6] = ["id", "name", "mail", "language", "link", "code"];

/// Reads the file that `links` wrote, and that somebody may have mended in a spreadsheet since. `languages` are those of the project;
/// the first is for people without one.
#[must_use]
pub fn read(name: &str, bytes: &[u8], languages: &[Language]) -> Read {
    let file = name.into();
    let (table, diagnostics) = Table::read(&file, bytes);
    let mut read = Read { recipients: Vec::new(), without_address: 0, diagnostics };
    let Some(table) = table else { return read };
    let at = COLUMNS.map(|name| table.column(name));
    for (column, at) in COLUMNS.iter().zip(at) {
        if let (None, Some(first)) = (at, table.head.first()) {
            read.diagnostics.push(
                Diagnostic::error(
                    code::MISSING_KEY,
                    first.place.clone(),
                    format!("「{column}」の列がありません。"),
                    format!("The column “{column}” is missing."),
                )
                .hint("shirube links が書いた links.csv を使ってください。", "Use links.csv as shirube links wrote it."),
            );
        }
    }
    let [Some(id), Some(name), Some(mail), Some(language), Some(link), Some(code)] = at else { return read };
    let mut seen = Seen::default();
    for cells in &table.rows {
        let row: Option<Vec<&Cell>> = [id, name, mail, language, link, code].into_iter().map(|at| cells.get(at)).collect();
        let Some(row) = row else { continue };
        recipient(&row, languages, &mut seen, &mut read);
    }
    read
}

/// Where something stood first.
#[derive(Default)]
struct Seen {
    ids: BTreeMap<String, Place>,
    codes: BTreeMap<String, Place>,
    addresses: BTreeMap<String, Place>,
}

fn recipient(row: &[&Cell], languages: &[Language], seen: &mut Seen, read: &mut Read) {
    let [id, name, mail, language, link, code_cell] = row else { return };
    let before = read.diagnostics.errors();
    let text = |cell: &Cell| undefused(cell.text.trim()).trim().to_owned();
    for cell in row {
        if text(cell).chars().any(char::is_control) {
            refuse(
                &mut read.diagnostics,
                code::REFUSED_ROW,
                cell,
                "改行や制御文字は使えません。",
                "Line breaks and control characters cannot stand here.",
            );
        }
    }
    twice(&mut seen.ids, text(id), id, "同じ ID が二度出てきます。", "This id stands here twice.", &mut read.diagnostics);
    let token = Token::read(&text(code_cell)).ok();
    match &token {
        Some(token) => {
            twice(
                &mut seen.codes,
                token.in_link().to_owned(),
                code_cell,
                "同じコードが二度出てきます。",
                "This code stands here twice.",
                &mut read.diagnostics,
            );
            let href = text(link);
            if href.is_empty() {
                refuse(&mut read.diagnostics, code::REFUSED_ROW, link, "リンクがありません。", "The link is missing.");
            } else if !href.ends_with(&format!("/i/{}", token.in_link())) || !(href.starts_with("http://") || href.starts_with("https://"))
            {
                refuse(
                    &mut read.diagnostics,
                    code::REFUSED_ROW,
                    link,
                    "同じ行のコードのリンクではありません。",
                    "This is not the link of the code in its row.",
                );
            }
        }
        None if text(code_cell).is_empty() => {
            refuse(&mut read.diagnostics, code::REFUSED_ROW, code_cell, "コードがありません。", "The code is missing.");
        }
        None => refuse(
            &mut read.diagnostics,
            code::REFUSED_ROW,
            code_cell,
            "このコードは正しくありません。写し間違いのようです。",
            "This is no code; it seems to have been miscopied.",
        ),
    }
    let chosen = chosen_language(&text(language), language, languages, &mut read.diagnostics);
    let address = address(&text(mail), mail, seen, read);
    let sound = read.diagnostics.errors() == before;
    if let (true, Some(token), Some(language), Some(address)) = (sound, token, chosen, address) {
        let person = Person { id: text(id), name: text(name), mail: text(mail), language: Some(language), carried: Carried::new() };
        let place = code_cell.place.clone();
        read.recipients.push(Recipient { place, link: Link { person, token }, address, language, href: text(link) });
    }
}

/// The language of a row's mail; `None`: there is no such language, which was said.
fn chosen_language(text: &str, cell: &Cell, languages: &[Language], diagnostics: &mut Diagnostics) -> Option<Language> {
    let first = languages.first().copied().unwrap_or(Language::Japanese);
    if text.is_empty() {
        let (ja, en) = match first {
            Language::Japanese => ("日本語", "Japanese"),
            Language::English => ("英語", "English"),
        };
        diagnostics.push(Diagnostic::warning(
            code::MAIL,
            cell.place.clone(),
            format!("言語が書かれていないので、{ja}で送ります。"),
            format!("No language stands here; the mail will be in {en}."),
        ));
        return Some(first);
    }
    let known = Language::from_code(text).filter(|language| languages.contains(language));
    if known.is_none() {
        let all: Vec<&str> = languages.iter().map(|language| language.code()).collect();
        refuse(
            diagnostics,
            code::UNKNOWN_VALUE,
            cell,
            format!("その言語はありません。{} のどれかを書きます。", all.join("、")),
            format!("There is no such language; write one of {}.", all.join(", ")),
        );
    }
    known
}

/// Where a row's mail goes; `None`: nowhere, which was said or counted.
fn address(text: &str, cell: &Cell, seen: &mut Seen, read: &mut Read) -> Option<MailAddress> {
    if text.is_empty() {
        read.without_address += 1;
        read.diagnostics.push(Diagnostic::warning(
            code::MAIL,
            cell.place.clone(),
            "メールアドレスがないので、この人には送りません。",
            "No address stands here; this person gets no mail.",
        ));
        return None;
    }
    match MailAddress::read(text) {
        Ok(address) => {
            if let Some(first) = seen.addresses.insert(address.as_str().to_lowercase(), cell.place.clone()) {
                read.diagnostics.push(
                    Diagnostic::warning(
                        code::MAIL,
                        cell.place.clone(),
                        "同じアドレスが二度出てきます。このアドレスには、それぞれのリンクのメールが届きます。",
                        "This address stands here twice; it gets a mail for each link.",
                    )
                    .also(first, "一つ目", "the first one"),
                );
            }
            Some(address)
        }
        Err(slip) => {
            let fault =
                Diagnostic::error(code::MAIL, cell.place.clone(), "メールアドレスの形ではありません。", "This is not a mail address.");
            read.diagnostics.push(match slip {
                MailSlip::Wide => fault.hint("全角の文字があります。半角で書いてください。", "It has characters outside ASCII."),
                MailSlip::Form => fault,
            });
            None
        }
    }
}

fn twice(seen: &mut BTreeMap<String, Place>, text: String, cell: &Cell, ja: &str, en: &str, diagnostics: &mut Diagnostics) {
    if let Some(first) = seen.insert(text, cell.place.clone()) {
        diagnostics.push(Diagnostic::error(code::DUPLICATE_ID, cell.place.clone(), ja, en).also(first, "一つ目", "the first one"));
    }
}

fn refuse(diagnostics: &mut Diagnostics, code: Code, cell: &Cell, ja: impl Into<String>, en: impl Into<String>) {
    diagnostics.push(Diagnostic::error(code, cell.place.clone(), ja, en));
}
