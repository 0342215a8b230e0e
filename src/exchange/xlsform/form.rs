//! A form as it stands in its workbook: rows by the names of their columns, every cell with its place.

use super::sheet::OWN;
use crate::content::workbook::{SheetIn, cell_name};
use crate::diagnostic::{Diagnostics, Place};
use crate::exchange::loss::lost;
use crate::language::Language;
use serde_json::{Map, Value as Tree};
use std::collections::{BTreeMap, BTreeSet};

/// A row: column to text and place.
#[derive(Debug, Clone, Default)]
pub(super) struct Row {
    cells: BTreeMap<String, (String, Place)>,
    /// Where it stands.
    pub(super) place: Option<Place>,
    /// What it is called with us.
    pub(super) id: String,
}

impl Row {
    /// The text of a column, trimmed; nothing where it is empty.
    pub(super) fn get(&self, column: &str) -> &str {
        self.cells.get(column).map_or("", |(text, _)| text.trim())
    }

    /// The place of a column's cell, else of the row.
    pub(super) fn place(&self, column: &str) -> Place {
        self.cells.get(column).map(|(_, place)| place.clone()).or_else(|| self.place.clone()).unwrap_or_else(|| Place::whole(&"".into()))
    }

    /// A text in the languages that it has.
    pub(super) fn text(&self, column: &str, languages: &[Language]) -> Option<Tree> {
        let plain = self.get(column);
        let mut forms = Map::new();
        for language in languages {
            let own = self.get(&format!("{column}@{}", language.code()));
            if !own.is_empty() {
                forms.insert(language.code().to_owned(), own.into());
            }
        }
        match (forms.is_empty(), plain.is_empty()) {
            (true, true) => None,
            (true, false) => Some(plain.into()),
            _ => {
                if let Some(first) = languages.first().filter(|first| !plain.is_empty() && !forms.contains_key(first.code())) {
                    forms.insert(first.code().to_owned(), plain.into());
                }
                let mut texts = forms.values();
                let one = texts.next().cloned();
                if forms.len() == languages.len() && texts.all(|text| Some(text) == one.as_ref()) { one } else { Some(Tree::Object(forms)) }
            }
        }
    }

    /// The first of its cells with something in it: its column and its text.
    pub(super) fn first(&self) -> Option<(&str, &str)> {
        let least = self.cells.iter().min_by_key(|(_, (_, place))| place.column);
        least.map(|(column, (text, _))| (column.as_str(), text.trim()))
    }

    /// The first word of its type, the name of its list, and whether a text of one's own goes with the list.
    pub(super) fn typed(&self) -> (String, &str, bool) {
        let mut words = self.get("type").split_whitespace();
        let first = words.next().unwrap_or_default().to_lowercase();
        match (first.as_str(), words.next()) {
            ("begin" | "end", Some(what)) => (format!("{first}_{}", what.to_lowercase()), "", false),
            (_, list) => (first, list.unwrap_or_default(), words.next().is_some_and(|word| word == "or_other")),
        }
    }

    /// What of this row only we understand.
    pub(super) fn own(&self, diagnostics: &mut Diagnostics) -> Map<String, Tree> {
        match serde_json::from_str(self.get(OWN)) {
            Ok(Tree::Object(keys)) => keys,
            _ if self.get(OWN).is_empty() => Map::new(),
            _ => {
                lost(
                    self.place(OWN),
                    "shirube の列を読めません。この行は、ほかの列だけから読みました。",
                    "The column “shirube” cannot be read; this row was read from the other columns alone.",
                    diagnostics,
                );
                Map::new()
            }
        }
    }
}

/// A whole form.
#[derive(Debug, Default)]
pub(super) struct Form {
    pub(super) rows: Vec<Row>,
    pub(super) lists: BTreeMap<String, Vec<Row>>,
    pub(super) settings: Row,
    /// Keys of the survey that only we understand.
    pub(super) own: Map<String, Tree>,
}

/// Columns that are read; what stands in others is lost, and said to be.
const READ: [&str; 17] = [
    "type",
    "name",
    "label",
    "hint",
    "required",
    "relevant",
    "constraint",
    "appearance",
    "parameters",
    "calculation",
    "choice_filter",
    "repeat_count",
    "list_name",
    OWN,
    "form_title",
    "form_id",
    "version",
];

/// Reads the sheets of a form. `None` where there is no sheet `survey`.
pub(super) fn form(sheets: &[SheetIn], languages: &[Language], diagnostics: &mut Diagnostics) -> Option<Form> {
    let sheet = |name: &str| sheets.iter().find(|sheet| sheet.name.trim().eq_ignore_ascii_case(name));
    let mut form = Form::default();
    for name in ["survey", "choices", "settings", OWN] {
        if let Some(sheet) = sheet(name) {
            diagnostics.append(sheet.diagnostics.clone());
            for (place, area) in &sheet.merged {
                lost(
                    place.clone(),
                    format!("結合されたセル {area} は、左上の値だけを読みます。"),
                    format!("Of the merged cells {area} only the first one is read."),
                    diagnostics,
                );
            }
        }
    }
    form.rows = rows(sheet("survey")?, languages, diagnostics);
    for row in sheet("choices").map(|sheet| rows(sheet, languages, diagnostics)).unwrap_or_default() {
        form.lists.entry(row.get("list_name").to_owned()).or_default().push(row);
    }
    form.settings =
        sheet("settings").map(|sheet| rows(sheet, languages, diagnostics)).unwrap_or_default().into_iter().next().unwrap_or_default();
    for row in sheet(OWN).map(|sheet| sheet.rows.iter().skip(1)).into_iter().flatten() {
        if let [(_, key), (_, value), ..] = row.cells.as_slice()
            && let Ok(value) = serde_json::from_str(value)
        {
            form.own.insert(key.clone(), value);
        }
    }
    let known = ["survey", "choices", "settings", OWN];
    for other in sheets.iter().filter(|sheet| !known.contains(&sheet.name.trim().to_lowercase().as_str()) && !sheet.rows.is_empty()) {
        lost(
            other.place(1, 1),
            format!("シート「{}」は読みません。", other.name),
            format!("The sheet “{}” is not read.", other.name),
            diagnostics,
        );
    }
    Some(form)
}

fn rows(sheet: &SheetIn, languages: &[Language], diagnostics: &mut Diagnostics) -> Vec<Row> {
    let Some(first) = sheet.rows.first() else { return Vec::new() };
    let heads: BTreeMap<u32, String> = first.cells.iter().map(|(column, text)| (*column, column_name(text, languages))).collect();
    let mut strange: BTreeSet<u32> = BTreeSet::new();
    let mut out = Vec::new();
    for row in sheet.rows.iter().skip(1) {
        let mut cells = BTreeMap::new();
        for (column, text) in &row.cells {
            let place = sheet.place(row.number, *column);
            let Some(head) = heads.get(column) else { continue };
            let base = head.split('@').next().unwrap_or_default();
            if READ.contains(&base) {
                cells.insert(head.clone(), (text.clone(), place));
            } else if !matches!(base, "default_language" | "style" | "instance_name") || sheet.name != "settings" {
                let called = first.cells.iter().find(|(at, _)| at == column).map_or("", |(_, text)| text.trim());
                let cell = cell_name(row.number, *column);
                // One sentence for a column of many, with its first cell
                if strange.insert(*column) || base.contains("media") || matches!(base, "image" | "audio" | "video" | "big-image") {
                    lost(
                        place,
                        format!("「{}」シートの {cell}: 「{called}」の列は読みません（{}）。", sheet.name, brief(text)),
                        format!("Sheet “{}”, {cell}: the column “{called}” is not read ({}).", sheet.name, brief(text)),
                        diagnostics,
                    );
                }
            }
        }
        out.push(Row { cells, place: Some(sheet.place(row.number, 1)), id: String::new() });
    }
    out
}

fn brief(text: &str) -> String {
    let line = text.lines().next().unwrap_or_default();
    if line.chars().count() > 40 { line.chars().take(40).chain(['…']).collect() } else { line.to_owned() }
}

/// The name of a column: `label::日本語 (ja)` becomes `label@ja`; older ways of writing are turned into newer ones.
fn column_name(text: &str, languages: &[Language]) -> String {
    let text = text.trim().to_lowercase();
    let (base, language) = match text.split_once("::") {
        Some((base, language)) => (base.trim(), language.trim()),
        None => match text.split_once(':') {
            Some((base, language)) if matches!(base.trim(), "label" | "hint") => (base.trim(), language.trim()),
            _ => (text.as_str(), ""),
        },
    };
    let base = match base {
        "list name" => "list_name",
        "relevance" => "relevant",
        "calculate" => "calculation",
        "caption" => "label",
        "value" => "name",
        "title" | "set form title" => "form_title",
        "set form id" => "form_id",
        other => other,
    };
    if language.is_empty() {
        return base.to_owned();
    }
    let code = language.rsplit_once('(').map(|(_, code)| code.trim_end_matches(')').trim());
    let found = languages.iter().find(|one| {
        code == Some(one.code())
            || match one {
                Language::Japanese => ["ja", "japanese", "日本語"].contains(&language),
                Language::English => ["en", "english", "英語"].contains(&language),
            }
    });
    // A language that the project does not have is a column that is not read
    found.map_or_else(|| format!("{base}::{language}"), |one| format!("{base}@{}", one.code()))
}
