//! A list of people to invite, as personnel systems and Excel save it: UTF-8 or CP932, all of it sound or nothing taken.

use super::by_cohort::ByCohort;
use super::cohorts_of_few::fold;
use super::combinations::{Row, combinations};
use super::days_in::{Asked, When, date_column, in_order, missing as missing_days, take};
use crate::catalog::cohorts::Dates;
use crate::content::record::undefused;
use crate::content::{Cell, Encoding, Table};
use crate::diagnostic::{Diagnostic, Diagnostics, Place, Sources, closest, code};
use crate::language::Language;
use crate::survey::{Attribute, Carried, Survey};
use std::collections::BTreeMap;
use std::sync::Arc;

/// Somebody who is invited.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Person {
    /// The id in the list, leading zeros kept.
    pub id: String,
    /// The name; may be empty.
    pub name: String,
    /// The mail address; may be empty.
    pub mail: String,
    /// The language of letters and form; `None`: the project's first.
    pub language: Option<Language>,
    /// What the answers will carry.
    pub carried: Carried,
}

/// What a list of people came to.
#[derive(Debug)]
pub struct Read {
    /// The people, in the order of the list; complete only when there are no errors.
    pub people: Vec<Person>,
    /// The columns of which nothing was taken.
    pub unused: Vec<String>,
    /// How many rows there were.
    pub rows: usize,
    /// How the file was saved.
    pub encoding: Option<Encoding>,
    /// What is wrong.
    pub diagnostics: Diagnostics,
    /// The file's text, for showing it.
    pub sources: Sources,
}

/// What a column holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Column {
    /// The id of a person.
    Id,
    /// The name.
    Name,
    /// The mail address.
    Mail,
    /// The language of letters.
    Language,
    /// The attribute of this place in the survey.
    Attribute(usize),
    /// A day from which an attribute by cohort is worked out; the day itself is not kept.
    Day(When),
}

/// Names of columns, in lower case, beside those of attributes.
pub(super) const NAMES: &[(&str, Column)] = &[
    ("id", Column::Id),
    ("社員番号", Column::Id),
    ("社員id", Column::Id),
    ("番号", Column::Id),
    ("name", Column::Name),
    ("氏名", Column::Name),
    ("名前", Column::Name),
    ("mail", Column::Mail),
    ("email", Column::Mail),
    ("e-mail", Column::Mail),
    ("メール", Column::Mail),
    ("メールアドレス", Column::Mail),
    ("language", Column::Language),
    ("言語", Column::Language),
];

/// Reads a list of people for a survey. `already` holds, by id, what people carry who were invited before: combinations are counted
/// together with theirs. An attribute by cohort needs no column of its own: `by` works it out from the days.
#[must_use]
pub fn read(survey: &Survey, name: &str, bytes: &[u8], already: &BTreeMap<String, Carried>, by: &ByCohort<'_>) -> Read {
    let file: Arc<str> = name.into();
    let (table, diagnostics) = Table::read(&file, bytes);
    let (people, unused) = (Vec::new(), Vec::new());
    let mut read = Read { people, unused, rows: 0, encoding: None, diagnostics, sources: Sources::default() };
    let Some(table) = table else { return read };
    read.sources.insert(file, Arc::clone(&table.text));
    (read.encoding, read.rows) = (Some(table.encoding), table.rows.len());
    let (columns, asked) = columns(survey, &table, by, &mut read);
    let list = List { survey, columns: &columns, asked, by };
    let mut seen: BTreeMap<String, Place> = BTreeMap::new();
    let mut places = Vec::new();
    for cells in &table.rows {
        if let Some(person) = list.person(cells, &mut seen, &mut read.diagnostics) {
            read.people.push(person);
            places.extend(cells.first().map(|cell| cell.place.clone()));
        }
    }
    if table.rows.is_empty()
        && let Some(head) = table.head.first()
    {
        read.diagnostics.push(Diagnostic::error(
            code::REFUSED_ROW,
            head.place.clone(),
            "招待する人が一人も書かれていません。",
            "There is nobody in this list.",
        ));
    }
    if !read.diagnostics.has_errors() {
        if let Some(first) = places.first() {
            let fresh = read.people.iter_mut().filter(|person| !already.contains_key(&person.id));
            fold(survey, &mut fresh.map(|person| &mut person.carried).collect::<Vec<_>>(), already, first, &mut read.diagnostics);
        }
        let rows = read.people.iter().zip(&places);
        let rows: Vec<Row<'_>> = rows.map(|(person, place)| Row { id: &person.id, carried: &person.carried, place }).collect();
        combinations(survey, &rows, already, &mut read.diagnostics);
    }
    read
}

/// What each column holds, and the days that are asked for.
fn columns(survey: &Survey, table: &Table, by: &ByCohort<'_>, read: &mut Read) -> (Vec<Option<Column>>, Asked) {
    let attribute = |text: &str| survey.attributes.iter().position(|attribute| attribute.id == text || is_called(attribute, text));
    // A column of the attribute's own, as lists of those who are due have it, stands for the days
    let own: Vec<usize> = table.head.iter().filter_map(|cell| attribute(cell.text.trim())).collect();
    let without = survey.attributes.iter().enumerate().filter(|(at, attribute)| attribute.cohort.is_none() || !own.contains(at));
    let without: Vec<&Attribute> = without.map(|(_, attribute)| attribute).collect();
    let asked = by.asked(without.iter().copied());
    let mut columns: Vec<Option<Column>> = Vec::new();
    for cell in &table.head {
        let text = cell.text.trim();
        let known = NAMES.iter().find(|(name, _)| *name == text.to_lowercase()).map(|(_, column)| *column);
        let day = date_column(text).filter(|_| asked != Asked::default()).map(Column::Day);
        let column = attribute(text).map(Column::Attribute).or(known).or(day);
        if column.is_some() && columns.contains(&column) {
            read.diagnostics.push(Diagnostic::error(
                code::DUPLICATE_ID,
                cell.place.clone(),
                format!("「{text}」と同じ内容の列がもう一つあります。"),
                format!("Another column holds the same as “{text}”."),
            ));
        }
        if column.is_none() {
            read.unused.push(text.to_owned());
        }
        columns.push(column);
    }
    let mut missing = |column: Column, names: &str| {
        if let Some(first) = table.head.first().filter(|_| !columns.contains(&Some(column))) {
            let fault = Diagnostic::error(
                code::MISSING_KEY,
                first.place.clone(),
                format!("「{names}」の列がありません。"),
                format!("The column “{names}” is missing."),
            );
            let near = closest(names, read.unused.iter().map(String::as_str)).map(str::to_owned);
            read.diagnostics.push(match near {
                Some(near) => fault.hint(format!("「{near}」のことですか。"), format!("Is it “{near}”?")),
                None => fault,
            });
        }
    };
    missing(Column::Id, "id");
    for (at, attribute) in survey.attributes.iter().enumerate().filter(|(_, attribute)| attribute.cohort.is_none()) {
        missing(Column::Attribute(at), &attribute.id);
    }
    let days: Vec<When> =
        columns.iter().filter_map(|column| if let Some(Column::Day(when)) = column { Some(*when) } else { None }).collect();
    missing_days(asked, &days, table.head.first(), &read.unused, &mut read.diagnostics);
    (columns, asked)
}

fn is_called(attribute: &Attribute, name: &str) -> bool {
    Language::ALL.iter().any(|language| attribute.text.in_language(*language) == name)
}

/// How a list is read.
struct List<'a> {
    survey: &'a Survey,
    columns: &'a [Option<Column>],
    asked: Asked,
    by: &'a ByCohort<'a>,
}

impl List<'_> {
    fn person(&self, cells: &[Cell], seen: &mut BTreeMap<String, Place>, diagnostics: &mut Diagnostics) -> Option<Person> {
        let survey = self.survey;
        let faults = diagnostics.errors();
        // Days are looked at here, and stay here
        let (mut dates, mut places) = (Dates::default(), Vec::new());
        let mut person = Person { id: String::new(), name: String::new(), mail: String::new(), language: None, carried: Carried::new() };
        for (cell, column) in cells.iter().zip(self.columns) {
            let Some(column) = column else { continue };
            let text = undefused(cell.text.trim()).trim();
            let refuse = |diagnostics: &mut Diagnostics, code, ja: String, en: String| {
                diagnostics.push(Diagnostic::error(code, cell.place.clone(), ja, en));
            };
            if text.chars().any(char::is_control) {
                let (ja, en) = ("改行や制御文字は使えません。", "Line breaks and control characters cannot stand here.");
                refuse(diagnostics, code::REFUSED_ROW, ja.into(), en.into());
            }
            match column {
                Column::Id if text.is_empty() => {
                    refuse(diagnostics, code::REFUSED_ROW, "ID がありません。".into(), "The id is missing.".into())
                }
                Column::Id => {
                    if let Some(first) = seen.insert(text.to_owned(), cell.place.clone()) {
                        diagnostics.push(
                            Diagnostic::error(
                                code::DUPLICATE_ID,
                                cell.place.clone(),
                                format!("ID「{text}」が二度出てきます。"),
                                format!("The id “{text}” stands here twice."),
                            )
                            .also(first, "一つ目", "the first one"),
                        );
                    }
                    person.id = text.to_owned();
                }
                Column::Name => person.name = text.to_owned(),
                Column::Mail if !text.is_empty() && !is_mail(text) => refuse(
                    diagnostics,
                    code::REFUSED_ROW,
                    format!("「{text}」はメールアドレスの形ではありません。"),
                    format!("“{text}” is not a mail address."),
                ),
                Column::Mail => person.mail = text.to_owned(),
                Column::Language => match language(text) {
                    Some(language) => person.language = language,
                    None => refuse(
                        diagnostics,
                        code::UNKNOWN_VALUE,
                        format!("「{text}」という言語はありません。ja か en を書きます。"),
                        format!("There is no language “{text}”; write ja or en."),
                    ),
                },
                Column::Attribute(at) => {
                    let Some(attribute) = survey.attributes.get(*at) else { continue };
                    match attribute.code(text) {
                        Some(code) => {
                            person.carried.insert(attribute.id.clone(), code);
                        }
                        None => diagnostics.push(unknown_value(attribute, text, cell)),
                    }
                }
                Column::Day(when) => {
                    places.push((*when, cell.place.clone()));
                    take(self.asked, *when, text, cell, &mut dates, diagnostics);
                }
            }
        }
        if diagnostics.errors() == faults {
            in_order(&dates, &places, diagnostics);
        }
        for attribute in &survey.attributes {
            if let (Some(code), false) = (self.by.code(attribute, &dates), person.carried.contains_key(&attribute.id)) {
                person.carried.insert(attribute.id.clone(), code);
            }
        }
        (diagnostics.errors() == faults).then_some(person)
    }
}

fn unknown_value(attribute: &Attribute, text: &str, cell: &Cell) -> Diagnostic {
    let known: Vec<&str> = attribute
        .values
        .iter()
        .flat_map(|value| [value.code.as_str(), value.label.in_language(Language::Japanese), value.label.in_language(Language::English)])
        .collect();
    let (name, english) = (attribute.text.in_language(Language::Japanese), attribute.text.in_language(Language::English));
    let fault = if text.is_empty() {
        Diagnostic::error(code::REFUSED_ROW, cell.place.clone(), format!("「{name}」がありません。"), format!("“{english}” is missing."))
    } else {
        Diagnostic::error(
            code::UNKNOWN_VALUE,
            cell.place.clone(),
            format!("「{name}」に「{text}」という値はありません。"),
            format!("“{english}” has no value “{text}”."),
        )
    };
    match closest(text, known.iter().copied()) {
        Some(near) => fault.hint(format!("「{near}」の書き間違いではありませんか。"), format!("Did you mean “{near}”?")),
        None => fault,
    }
}

/// `None`: no such language; `Some(None)`: the cell is empty.
pub(super) fn language(text: &str) -> Option<Option<Language>> {
    match text {
        "" => Some(None),
        "日本語" => Some(Some(Language::Japanese)),
        "英語" => Some(Some(Language::English)),
        _ => {
            let lower = text.to_lowercase();
            let known =
                Language::from_code(&lower).or_else(|| Language::ALL.into_iter().find(|known| known.label().to_lowercase() == lower));
            known.map(Some)
        }
    }
}

/// Whether a text has the form of a mail address.
pub(super) fn is_mail(text: &str) -> bool {
    text.split_once('@').is_some_and(|(own, domain)| !own.is_empty() && domain.contains('.') && !domain.contains('@'))
        && !text.chars().any(|char| char.is_whitespace() || matches!(char, ',' | ';' | '<' | '>'))
}
