//! A list of people with their days: of joining, of birth, of leaving. The same file as for invitations; every fault is told with its
//! row and column, and nothing is taken unless all is sound.

use super::days_in::{Asked, When, date_column, in_order, missing, take};
use super::people_in::{Column, NAMES, is_mail, language};
use crate::catalog::cohorts::Dates;
use crate::content::record::undefused;
use crate::content::{Cell, Encoding, Table};
use crate::diagnostic::{Diagnostic, Diagnostics, Place, Sources, closest, code};
use crate::language::Language;
use std::collections::BTreeMap;
use std::sync::Arc;

/// Somebody of the list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Dated {
    /// The id, leading zeros kept.
    pub id: String,
    /// The name; may be empty.
    pub name: String,
    /// The mail address; may be empty.
    pub mail: String,
    /// The language; `None`: the project's first.
    pub language: Option<Language>,
    /// The days.
    pub dates: Dates,
    /// What stands in the other columns, in their order.
    pub others: Vec<String>,
}

/// What a list came to.
#[derive(Debug)]
pub struct Read {
    /// The people, in the order of the list; complete only when there are no errors.
    pub people: Vec<Dated>,
    /// The names of the other columns.
    pub others: Vec<String>,
    /// How many rows there were.
    pub rows: usize,
    /// How the file was saved.
    pub encoding: Option<Encoding>,
    /// What is wrong.
    pub diagnostics: Diagnostics,
    /// The file's text, for showing it.
    pub sources: Sources,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Held {
    Known(Column),
    Date(When),
    Other,
}

/// Reads a list of people with their days.
#[must_use]
pub fn read(asked: Asked, name: &str, bytes: &[u8]) -> Read {
    let file: Arc<str> = name.into();
    let (table, diagnostics) = Table::read(&file, bytes);
    let mut read = Read { people: Vec::new(), others: Vec::new(), rows: 0, encoding: None, diagnostics, sources: Sources::default() };
    let Some(table) = table else { return read };
    read.sources.insert(file, Arc::clone(&table.text));
    (read.encoding, read.rows) = (Some(table.encoding), table.rows.len());
    let held = columns(asked, &table, &mut read);
    let mut seen: BTreeMap<String, Place> = BTreeMap::new();
    for cells in &table.rows {
        let mut row = Row { asked, diagnostics: &mut read.diagnostics };
        read.people.extend(row.person(cells, &held, &mut seen));
    }
    if let Some(head) = table.head.first().filter(|_| table.rows.is_empty()) {
        let (ja, en) = ("だれも書かれていません。", "There is nobody in this list.");
        read.diagnostics.push(Diagnostic::error(code::REFUSED_ROW, head.place.clone(), ja, en));
    }
    read
}

fn columns(asked: Asked, table: &Table, read: &mut Read) -> Vec<Held> {
    let mut held: Vec<Held> = Vec::new();
    for cell in &table.head {
        let text = cell.text.trim();
        let known = NAMES.iter().find(|(name, _)| *name == text.to_lowercase()).map(|(_, column)| Held::Known(*column));
        let column = known.or_else(|| date_column(text).map(Held::Date)).unwrap_or(Held::Other);
        if column == Held::Other {
            read.others.push(text.to_owned());
        } else if held.contains(&column) {
            read.diagnostics.push(Diagnostic::error(
                code::DUPLICATE_ID,
                cell.place.clone(),
                format!("「{text}」と同じ内容の列がもう一つあります。"),
                format!("Another column holds the same as “{text}”."),
            ));
        }
        held.push(column);
    }
    if let Some(first) = table.head.first().filter(|_| !held.contains(&Held::Known(Column::Id))) {
        let fault = Diagnostic::error(
            code::MISSING_KEY,
            first.place.clone(),
            "「社員番号」の列がありません（列の名前は id でもかまいません）。",
            "The column with the staff number is missing (it may be called “id”).",
        );
        let near = closest("id", read.others.iter().map(String::as_str)).map(str::to_owned);
        read.diagnostics.push(match near {
            Some(near) => fault.hint(format!("「{near}」のことですか。"), format!("Is it “{near}”?")),
            None => fault,
        });
    }
    let days: Vec<When> = held.iter().filter_map(|held| if let Held::Date(when) = held { Some(*when) } else { None }).collect();
    missing(asked, &days, table.head.first(), &read.others, &mut read.diagnostics);
    held
}

struct Row<'a> {
    asked: Asked,
    diagnostics: &'a mut Diagnostics,
}

impl Row<'_> {
    fn refuse(&mut self, place: &Place, ja: impl Into<String>, en: impl Into<String>) {
        self.diagnostics.push(Diagnostic::error(code::REFUSED_ROW, place.clone(), ja, en));
    }

    fn person(&mut self, cells: &[Cell], held: &[Held], seen: &mut BTreeMap<String, Place>) -> Option<Dated> {
        let faults = self.diagnostics.errors();
        let (id, name, mail) = (String::new(), String::new(), String::new());
        let mut person = Dated { id, name, mail, language: None, dates: Dates::default(), others: Vec::new() };
        let mut places = Vec::new();
        for (cell, held) in cells.iter().zip(held) {
            let text = undefused(cell.text.trim()).trim();
            if text.chars().any(char::is_control) {
                self.refuse(&cell.place, "改行や制御文字は使えません。", "Line breaks and control characters cannot stand here.");
            }
            match held {
                Held::Other | Held::Known(Column::Attribute(_) | Column::Day(_)) => person.others.push(text.to_owned()),
                Held::Known(Column::Id) => {
                    self.id(text, cell, seen);
                    person.id = text.to_owned();
                }
                Held::Known(Column::Name) => person.name = text.to_owned(),
                Held::Known(Column::Mail) => {
                    if !text.is_empty() && !is_mail(text) {
                        let (ja, en) =
                            (format!("「{text}」はメールアドレスの形ではありません。"), format!("“{text}” is not a mail address."));
                        self.refuse(&cell.place, ja, en);
                    }
                    person.mail = text.to_owned();
                }
                Held::Known(Column::Language) => match language(text) {
                    Some(language) => person.language = language,
                    None => {
                        let ja = format!("「{text}」という言語はありません。ja か en を書きます。");
                        self.refuse(&cell.place, ja, format!("There is no language “{text}”; write ja or en."));
                    }
                },
                Held::Date(when) => {
                    places.push((*when, cell.place.clone()));
                    take(self.asked, *when, text, cell, &mut person.dates, self.diagnostics);
                }
            }
        }
        if self.diagnostics.errors() == faults {
            in_order(&person.dates, &places, self.diagnostics);
        }
        (self.diagnostics.errors() == faults).then_some(person)
    }

    fn id(&mut self, text: &str, cell: &Cell, seen: &mut BTreeMap<String, Place>) {
        if text.is_empty() {
            self.refuse(&cell.place, "ID がありません。", "The id is missing.");
        } else if let Some(first) = seen.insert(text.to_owned(), cell.place.clone()) {
            let (ja, en) = (format!("ID「{text}」が二度出てきます。"), format!("The id “{text}” stands here twice."));
            let fault = Diagnostic::error(code::DUPLICATE_ID, cell.place.clone(), ja, en);
            self.diagnostics.push(fault.also(first, "一つ目", "the first one"));
        }
    }
}
