//! A list of people to invite, as personnel systems and Excel save it: UTF-8 or CP932, all of it sound or nothing taken.

use crate::content::record::undefused;
use crate::content::{Cell, Encoding, Table};
use crate::diagnostic::{Diagnostic, Diagnostics, Place, Sources, closest, code};
use crate::language::Language;
use crate::survey::definition::Mode;
use crate::survey::{Attribute, Carried, Survey, merge};
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

/// The most combinations that are named one by one.
const MOST_NAMED: usize = 10;

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
/// together with theirs.
#[must_use]
pub fn read(survey: &Survey, name: &str, bytes: &[u8], already: &BTreeMap<String, Carried>) -> Read {
    let file: Arc<str> = name.into();
    let (table, diagnostics) = Table::read(&file, bytes);
    let (people, unused) = (Vec::new(), Vec::new());
    let mut read = Read { people, unused, rows: 0, encoding: None, diagnostics, sources: Sources::default() };
    let Some(table) = table else { return read };
    read.sources.insert(file, Arc::clone(&table.text));
    (read.encoding, read.rows) = (Some(table.encoding), table.rows.len());
    let columns = columns(survey, &table, &mut read);
    let mut seen: BTreeMap<String, Place> = BTreeMap::new();
    let mut places = Vec::new();
    for cells in &table.rows {
        if let Some(person) = person(survey, cells, &columns, &mut seen, &mut read.diagnostics) {
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
        combinations(survey, &read.people, &places, already, &mut read.diagnostics);
    }
    read
}

fn columns(survey: &Survey, table: &Table, read: &mut Read) -> Vec<Option<Column>> {
    let mut columns: Vec<Option<Column>> = Vec::new();
    for cell in &table.head {
        let text = cell.text.trim();
        let attribute = survey.attributes.iter().position(|attribute| attribute.id == text || is_called(attribute, text));
        let known = NAMES.iter().find(|(name, _)| *name == text.to_lowercase()).map(|(_, column)| *column);
        let column = attribute.map(Column::Attribute).or(known);
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
    for (at, attribute) in survey.attributes.iter().enumerate() {
        missing(Column::Attribute(at), &attribute.id);
    }
    columns
}

fn is_called(attribute: &Attribute, name: &str) -> bool {
    Language::ALL.iter().any(|language| attribute.text.in_language(*language) == name)
}

fn person(
    survey: &Survey,
    cells: &[Cell],
    columns: &[Option<Column>],
    seen: &mut BTreeMap<String, Place>,
    diagnostics: &mut Diagnostics,
) -> Option<Person> {
    let faults = diagnostics.errors();
    let mut person = Person { id: String::new(), name: String::new(), mail: String::new(), language: None, carried: Carried::new() };
    for (cell, column) in cells.iter().zip(columns) {
        let Some(column) = column else { continue };
        let text = undefused(cell.text.trim()).trim();
        let refuse = |diagnostics: &mut Diagnostics, code, ja: String, en: String| {
            diagnostics.push(Diagnostic::error(code, cell.place.clone(), ja, en));
        };
        if text.chars().any(char::is_control) {
            refuse(
                diagnostics,
                code::REFUSED_ROW,
                "改行や制御文字は使えません。".into(),
                "Line breaks and control characters cannot stand here.".into(),
            );
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
        }
    }
    (diagnostics.errors() == faults).then_some(person)
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

/// A combination of attributes that few people hold would tell who answered. Nothing to hide where the survey is identified.
fn combinations(survey: &Survey, people: &[Person], places: &[Place], already: &BTreeMap<String, Carried>, diagnostics: &mut Diagnostics) {
    if survey.mode == Mode::Identified {
        return;
    }
    let k = u64::from(survey.k);
    let all: Vec<&Carried> =
        people.iter().filter(|person| !already.contains_key(&person.id)).map(|person| &person.carried).chain(already.values()).collect();
    if let (Some(orders), Some(first)) = (survey.rotations, places.first())
        && (all.len() as u64) < u64::from(orders) * k
    {
        let people = all.len();
        diagnostics.push(
            Diagnostic::warning(
                code::ORDER,
                first.clone(),
                format!("招待するのは {people} 人なので、{orders} 通りの順に分けると、{k} 人に届かない順が必ず出ます。"),
                format!("{people} people are invited: not every one of {orders} orders can be seen by {k} of them."),
            )
            .hint(
                "少なすぎる順は、受け付けが終わると空欄になります。rotations を減らすこともできます。",
                "Orders that too few have seen are blanked once the survey closes. “rotations” can be made fewer.",
            ),
        );
    }
    if survey.attributes.is_empty() {
        return;
    }
    let label = |language: Language, attribute: &Attribute, code: &String| attribute.label(code).in_language(language).to_owned();
    let small = merge::small(&survey.attributes, all.iter().copied(), k);
    let unnamed = small.len().saturating_sub(MOST_NAMED);
    for (codes, n) in small.into_iter().take(MOST_NAMED) {
        let named = |language: Language, gap: &str| {
            survey.attributes.iter().zip(&codes).map(|(attribute, code)| label(language, attribute, code)).collect::<Vec<_>>().join(gap)
        };
        let holds = |person: &&Person| {
            survey.attributes.iter().zip(&codes).all(|(attribute, code)| person.carried.get(&attribute.id) == Some(code))
        };
        let place = people.iter().zip(places).find(|(person, _)| holds(person)).map(|(_, place)| place);
        let Some(place) = place.or(places.first()) else { continue };
        let (ja, en) = (named(Language::Japanese, "・"), named(Language::English, ", "));
        diagnostics.push(Diagnostic::error(
            code::OUT_OF_RANGE,
            place.clone(),
            format!("「{ja}」の組み合わせは {n} 人だけです。{k} 人に満たないと、だれの答えか分かるおそれがあります。"),
            format!("Only {n} hold the combination “{en}”. With fewer than {k}, it could be told whose the answers are."),
        ));
    }
    let Some(first) = places.first().filter(|_| diagnostics.has_errors()) else { return };
    let fault = match merge::propose(&survey.attributes, all.iter().copied(), k) {
        None => Diagnostic::error(
            code::OUT_OF_RANGE,
            first.clone(),
            format!("全員を合わせても {k} 人に満たないので、属性は付けられません。"),
            format!("All of them together are fewer than {k}: no attributes can be carried."),
        ),
        Some(merges) => {
            let proposals = |language: Language, gap: &str, quote: (&str, &str), colon: &str| {
                let one = |merge: &merge::Merge| {
                    let attribute = survey.attributes.iter().find(|attribute| attribute.id == merge.attribute);
                    let codes = merge.codes.iter().map(|code| {
                        let text = attribute.map_or_else(|| code.clone(), |attribute| label(language, attribute, code));
                        format!("{}{text}{}", quote.0, quote.1)
                    });
                    let name = attribute.map_or("", |attribute| attribute.text.in_language(language));
                    format!("{name}{colon}{}", codes.collect::<Vec<_>>().join(gap))
                };
                merges.iter().map(one).collect::<Vec<_>>().join(if language == Language::Japanese { "／" } else { "; " })
            };
            Diagnostic::error(
                code::OUT_OF_RANGE,
                first.clone(),
                format!("{k} 人に満たない組み合わせをなくすには、値をまとめます。"),
                format!("Merge values so that every combination is held by {k} or more."),
            )
            .hint(
                format!("たとえば、次をそれぞれ一つの値にします。{}", proposals(Language::Japanese, "と", ("「", "」"), "：")),
                format!("For example, make one value of each of these. {}", proposals(Language::English, " and ", ("“", "”"), ": ")),
            )
        }
    };
    diagnostics.push(fault);
    if unnamed > 0 {
        diagnostics.push(Diagnostic::error(
            code::OUT_OF_RANGE,
            first.clone(),
            format!("ほかにも {unnamed} 個の組み合わせが {k} 人に満ちません。"),
            format!("Fewer than {k} hold {unnamed} more combinations."),
        ));
    }
}
