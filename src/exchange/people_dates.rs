//! A list of people with their days: of joining, of birth, of leaving. The same file as for invitations; every fault is told with its
//! row and column, and nothing is taken unless all is sound.

use super::people_in::{Column, NAMES, is_mail, language};
use crate::catalog::cohorts::Dates;
use crate::content::record::undefused;
use crate::content::{Cell, Encoding, Table};
use crate::diagnostic::{Diagnostic, Diagnostics, Place, Sources, closest, code};
use crate::language::{Day, Language, day_written};
use std::collections::BTreeMap;
use std::sync::Arc;

/// Which days a list has to hold.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Asked {
    /// Of joining.
    pub joined: bool,
    /// Of birth.
    pub born: bool,
}

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

/// Which day a column holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum When {
    Joined,
    Born,
    Left,
}

const DATES: &[(&str, When)] = &[
    ("joined", When::Joined),
    ("hired", When::Joined),
    ("入社日", When::Joined),
    ("入社年月日", When::Joined),
    ("born", When::Born),
    ("birthday", When::Born),
    ("生年月日", When::Born),
    ("誕生日", When::Born),
    ("left", When::Left),
    ("退職日", When::Left),
    ("退職年月日", When::Left),
];

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Held {
    Known(Column),
    Date(When),
    Other,
}

/// The day that a column of this name holds.
pub(super) fn date_column(name: &str) -> Option<When> {
    let name = name.trim().to_lowercase();
    DATES.iter().find(|(known, _)| *known == name).map(|(_, when)| *when)
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
    let wanted = [
        (Held::Known(Column::Id), "id", "id", true),
        (Held::Date(When::Joined), "入社日", "joined", asked.joined),
        (Held::Date(When::Born), "生年月日", "born", asked.born),
    ];
    for (column, ja, en, needed) in wanted {
        let Some(first) = table.head.first().filter(|_| needed && !held.contains(&column)) else { continue };
        let fault = Diagnostic::error(
            code::MISSING_KEY,
            first.place.clone(),
            format!("「{ja}」の列がありません（列の名前は {en} でもかまいません）。"),
            format!("The column “{en}” is missing."),
        );
        let near = [ja, en].into_iter().find_map(|name| closest(name, read.others.iter().map(String::as_str))).map(str::to_owned);
        read.diagnostics.push(match near {
            Some(near) => fault.hint(format!("「{near}」のことですか。"), format!("Is it “{near}”?")),
            None => fault,
        });
    }
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
                Held::Other | Held::Known(Column::Attribute(_)) => person.others.push(text.to_owned()),
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
                    let day = self.day(*when, text, cell);
                    match when {
                        When::Joined => person.dates.joined = day,
                        When::Born => person.dates.born = day,
                        When::Left => person.dates.left = day,
                    }
                }
            }
        }
        if self.diagnostics.errors() == faults {
            self.in_order(&person.dates, &places);
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

    fn day(&mut self, when: When, text: &str, cell: &Cell) -> Option<Day> {
        let (ja, en, needed) = match when {
            When::Joined => ("入社日", "day of joining", self.asked.joined),
            When::Born => ("生年月日", "day of birth", self.asked.born),
            When::Left => ("退職日", "day of leaving", false),
        };
        if text.is_empty() {
            if needed {
                self.refuse(&cell.place, format!("{ja}がありません。"), format!("The {en} is missing."));
            }
            return None;
        }
        match day_written(text) {
            Ok(day) => Some(day),
            Err(words) => {
                let mut first = words.en.chars();
                let en = first.next().map(|char| char.to_uppercase().chain(first).collect::<String>()).unwrap_or_default();
                self.refuse(&cell.place, format!("{}。", words.ja), format!("{en}."));
                None
            }
        }
    }

    /// Nobody joins before being born, or leaves before joining.
    fn in_order(&mut self, dates: &Dates, places: &[(When, Place)]) {
        let place = |when: When| places.iter().find(|(known, _)| *known == when).map(|(_, place)| place.clone());
        if let (Some(born), Some(joined), Some(place)) = (dates.born, dates.joined, place(When::Joined))
            && joined <= born
        {
            let en = format!("The day of joining, {joined}, is not after that of birth, {born}.");
            self.refuse(&place, format!("入社日（{joined}）が生年月日（{born}）より後ではありません。"), en);
        }
        if let (Some(joined), Some(left), Some(place)) = (dates.joined, dates.left, place(When::Left))
            && left < joined
        {
            let en = format!("The day of leaving, {left}, is before that of joining, {joined}.");
            self.refuse(&place, format!("退職日（{left}）が入社日（{joined}）より前です。"), en);
        }
    }
}
