//! Reads free pages and modules: Markdown with a head, one file a language.

use super::module::{Form, Lesson, Module, Picture, Slot};
use super::page::Page;
use super::read_names::names;
use super::reference::Located;
use super::shape::{LESSON, MODULE, PAGE};
use crate::content::shape::{Record, Shape};
use crate::content::{Document, Fields, File, Folder, Node, check, split_front_matter, yaml};
use crate::diagnostic::{Diagnostic, Diagnostics, Place, code};
use crate::language::{Language, Text};
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

/// The files of one text: `leaving.md` and `leaving.en.md`, by language.
pub(super) type Forms<'a> = BTreeMap<Language, &'a File>;

/// Sorts the Markdown files below a folder by text and language: `NAME.md` is the first language, `NAME.en.md` English.
/// What is no Markdown is left out.
pub(super) fn forms<'a>(
    folder: &'a Folder,
    below: &'a str,
    languages: &[Language],
    diagnostics: &mut Diagnostics,
) -> BTreeMap<String, Forms<'a>> {
    let mut texts: BTreeMap<String, Forms<'a>> = BTreeMap::new();
    for file in folder.under(below) {
        let Some(stem) = file.path.strip_prefix(below).and_then(|name| name.strip_suffix(".md")) else { continue };
        let (id, language) = match stem.rsplit_once('.') {
            None => (stem, languages.first().copied()),
            Some((id, suffix)) => (id, Language::from_code(suffix).filter(|language| languages.contains(language))),
        };
        let Some(language) = language else {
            diagnostics.push(
                Diagnostic::error(
                    code::FILE_NAME,
                    Place::whole(&file.path),
                    "このファイル名の言語は、プロジェクトの languages にありません。",
                    "The language in this file’s name is not one of the project’s languages.",
                )
                .hint(
                    "名前は「page.md」（一つ目の言語）か「page.en.md」の形にします。",
                    "Name it like “page.md” (the first language) or “page.en.md”.",
                ),
            );
            continue;
        };
        if !crate::content::scalar::is_file_id(id) {
            diagnostics.push(
                Diagnostic::error(
                    code::INVALID_ID,
                    Place::whole(&file.path),
                    format!("「{id}」は ID に使えません。"),
                    format!("“{id}” cannot be an id."),
                )
                .hint(
                    "ファイル名は半角の小文字・数字・ハイフンにします。",
                    "Use lower-case letters, digits and hyphens in the file’s name.",
                ),
            );
            continue;
        }
        if let Some(other) = texts.entry(id.to_owned()).or_default().insert(language, file) {
            diagnostics.push(
                Diagnostic::error(
                    code::DUPLICATE_ID,
                    Place::whole(&file.path),
                    format!("「{}」の文が二つあります。", language.code()),
                    format!("There are two texts in the language “{}”.", language.code()),
                )
                .also(Place::whole(&other.path), "もう一つ", "the other one"),
            );
        }
    }
    texts
}

struct Read {
    title: Text,
    lead: Option<Text>,
    plate: Option<Text>,
    sources: Vec<Located<String>>,
    body: BTreeMap<Language, Document>,
    place: Place,
}

/// Reads all forms of a text: their heads together make `Text`s.
fn read(forms: &Forms<'_>, head: Option<&'static Record>, languages: &[Language], diagnostics: &mut Diagnostics) -> Read {
    let first = forms.values().next().map_or_else(|| Arc::from(""), |file| Arc::clone(&file.path));
    let mut read =
        Read { title: Text::default(), lead: None, plate: None, sources: Vec::new(), body: BTreeMap::new(), place: Place::whole(&first) };
    let mut lines: BTreeMap<&str, Vec<(Language, String)>> = BTreeMap::new();
    for (index, (language, file)) in forms.iter().enumerate() {
        let Some(text) = file.text() else { continue };
        let parts = split_front_matter(&file.path, text, diagnostics);
        if let Some(record) = head
            && let Some(node) = yaml::parse(&file.path, parts.yaml, parts.first_line, diagnostics)
        {
            check(&node, &Shape::Record(record), &[], diagnostics);
            let fields = Fields::of(&node);
            for key in ["title", "lead", "plate"] {
                if let Some(line) = fields.optional_line(key) {
                    lines.entry(key).or_default().push((*language, line));
                }
            }
            if index == 0 {
                read.place = fields.place_of("title");
                read.sources = names(fields, "sources", diagnostics);
            }
        }
        let (document, faults) = Document::parse(&file.path, text, parts.body);
        diagnostics.append(faults);
        read.body.insert(*language, document);
    }
    let absent: Vec<&str> = languages.iter().filter(|language| !forms.contains_key(language)).map(|language| language.code()).collect();
    if !absent.is_empty() {
        let absent = absent.join(", ");
        diagnostics.push(
            Diagnostic::warning(
                code::MISSING_TRANSLATION,
                Place::whole(&first),
                format!("このページには {absent} の文がありません。ほかの言語の文で補います。"),
                format!("This text has no {absent}; another language stands in."),
            )
            .hint(
                "名前に言語を入れたファイル（page.en.md など）を足してください。",
                "Add a file with the language in its name, such as page.en.md.",
            ),
        );
    }
    let mut text = |key: &str| lines.remove(key).map(|forms| forms.into_iter().collect::<Text>());
    read.title = text("title").unwrap_or_default();
    read.lead = text("lead");
    read.plate = text("plate");
    read
}

/// Reads a free page.
pub(super) fn page(id: &str, forms: &Forms<'_>, languages: &[Language], diagnostics: &mut Diagnostics) -> Page {
    let read = read(forms, Some(&PAGE), languages, diagnostics);
    Page {
        id: id.to_owned(),
        place: read.place,
        title: read.title,
        lead: read.lead,
        plate: read.plate,
        sources: read.sources,
        body: read.body,
    }
}

/// Reads a module from its document and the texts of its folder.
pub(super) fn module(
    id: &str,
    node: &Node,
    mut texts: BTreeMap<String, Forms<'_>>,
    languages: &[Language],
    diagnostics: &mut Diagnostics,
) -> Module {
    check(node, &Shape::Record(&MODULE), languages, diagnostics);
    let fields = Fields::of(node);
    let own = texts.remove("module");
    if own.is_none() {
        diagnostics.push(
            Diagnostic::error(
                code::MISSING_FILE,
                fields.place(),
                format!("content/modules/{id}/module.md がありません。"),
                format!("The file content/modules/{id}/module.md is missing."),
            )
            .hint("研修のページに載せる文を、そのファイルに書いてください。", "Write the text of the module’s page there."),
        );
    }
    let body = own.map(|forms| read(&forms, None, languages, diagnostics).body).unwrap_or_default();
    let named = names(fields, "lessons", diagnostics);
    let mut lessons = Vec::new();
    for name in &named {
        let Some(forms) = texts.remove(&name.value) else {
            diagnostics.push(
                Diagnostic::error(
                    code::MISSING_FILE,
                    name.place.clone(),
                    format!("レッスン {0} のファイル content/modules/{id}/{0}.md がありません。", name.value),
                    format!("The file of lesson {0}, content/modules/{id}/{0}.md, is missing.", name.value),
                )
                .hint("ファイルを作るか、一覧から外してください。", "Write the file, or take it off the list."),
            );
            continue;
        };
        let read = read(&forms, Some(&LESSON), languages, diagnostics);
        lessons.push(Lesson { id: name.value.clone(), place: read.place, title: read.title, lead: read.lead, body: read.body });
    }
    for (name, forms) in &texts {
        let path = forms.values().next().map(|file| Arc::clone(&file.path)).unwrap_or_else(|| Arc::from(""));
        diagnostics.push(
            Diagnostic::warning(
                code::UNKNOWN_FILE,
                Place::whole(&path),
                format!("{name}.md は、module.yaml の lessons にありません。"),
                format!("The file {name}.md is not among the lessons of module.yaml."),
            )
            .hint("使うなら lessons に足してください。", "Add it to the lessons to use it."),
        );
    }
    let known: BTreeSet<&str> = named.iter().map(|name| name.value.as_str()).collect();
    Module {
        id: id.to_owned(),
        place: fields.place_of("title"),
        plate: fields.text("plate"),
        title: fields.text("title"),
        lead: fields.text("lead"),
        picture: match fields.line("picture").as_str() {
            "line" => Picture::Line,
            "card" => Picture::Card,
            _ => Picture::Overlap,
        },
        audience: fields.text("audience"),
        group: fields.text("group"),
        bring: fields.text("bring"),
        start: fields.time("start"),
        timetable: fields.records("timetable").map(|slot| read_slot(slot, &known, diagnostics)).collect(),
        lessons,
        worksheets: Vec::new(),
        sources: names(fields, "sources", diagnostics),
        body,
    }
}

fn read_slot(fields: Fields<'_>, lessons: &BTreeSet<&str>, diagnostics: &mut Diagnostics) -> Slot {
    let lesson = fields.optional_line("lesson").map(|value| Located { value, place: fields.place_of("lesson") });
    if let Some(lesson) = lesson.as_ref().filter(|lesson| !lessons.contains(lesson.value.as_str())) {
        diagnostics.push(Diagnostic::error(
            code::UNKNOWN_REFERENCE,
            lesson.place.clone(),
            format!("「{}」は、この研修の lessons にありません。", lesson.value),
            format!("“{}” is not among the lessons of this module.", lesson.value),
        ));
    }
    Slot {
        minutes: fields.integer("minutes", 1),
        form: match fields.line("form").as_str() {
            "alone" => Form::Alone,
            "together" => Form::Together,
            "break" => Form::Break,
            _ => Form::Listen,
        },
        title: fields.text("title"),
        note: fields.optional_text("note"),
        lesson,
    }
}
