//! A survey as XLSForm: sheets `survey`, `choices`, `settings`, and `shirube` with what a form has no place for.

use super::expression_out::{Names, xpath};
use super::loss::{lost, terms};
use super::sheet::{OWN, head, references, said};
use crate::content::spreadsheet::{Entry, SheetOut};
use crate::diagnostic::{Diagnostics, Place};
use crate::language::Language;
use crate::survey::Survey;
use crate::survey::expression::parse;
use serde_json::{Map, Value as Tree, json};
use std::collections::{BTreeMap, BTreeSet};

type Row = BTreeMap<String, String>;
type Keys = Map<String, Tree>;

/// The sheets of a survey and what of it other programs will not see, or will see otherwise. `tree` is its file, `survey` what was
/// read from it.
#[must_use]
pub fn sheets(tree: &Tree, survey: &Survey, languages: &[Language]) -> (Vec<SheetOut>, Diagnostics) {
    let names = Names { scales: &survey.scales };
    let mut writer = Writer {
        survey,
        languages,
        names,
        rows: Vec::new(),
        choices: Vec::new(),
        taken: survey.variables().into_iter().map(|variable| variable.id).collect(),
        diagnostics: Diagnostics::new(),
    };
    for page in tree.get("pages").and_then(Tree::as_array).into_iter().flatten().filter_map(Tree::as_object) {
        writer.page(page);
    }
    terms(survey, &mut writer.diagnostics);
    let sheets = vec![
        writer.sheet("survey", &SURVEY, &writer.rows),
        writer.sheet("choices", &CHOICES, &writer.choices),
        settings(tree, survey, languages),
        own_sheet(tree),
    ];
    (sheets, writer.diagnostics)
}

/// Columns; those with a star have one a language.
const SURVEY: [&str; 10] =
    ["type", "name", "label*", "hint*", "required", "relevant", "constraint", "appearance", "parameters", "calculation"];
const CHOICES: [&str; 3] = ["list_name", "name", "label*"];

struct Writer<'a> {
    survey: &'a Survey,
    languages: &'a [Language],
    names: Names<'a>,
    rows: Vec<Row>,
    choices: Vec<Row>,
    taken: BTreeSet<String>,
    diagnostics: Diagnostics,
}

fn string<'t>(keys: &'t Keys, key: &str) -> &'t str {
    keys.get(key).and_then(Tree::as_str).unwrap_or_default()
}

fn cell(row: &mut Row, column: &str, text: impl Into<String>) {
    let text = text.into();
    if !text.is_empty() {
        row.insert(column.to_owned(), text);
    }
}

fn rest(keys: &Keys, without: &[&str]) -> Keys {
    keys.iter().filter(|(key, _)| !without.contains(&key.as_str())).map(|(key, value)| (key.clone(), value.clone())).collect()
}

fn own(row: &mut Row, keys: Keys) {
    if !keys.is_empty() {
        cell(row, OWN, Tree::Object(keys).to_string());
    }
}

impl Writer<'_> {
    fn sheet(&self, name: &str, columns: &[&str], rows: &[Row]) -> SheetOut {
        let mut heads: Vec<String> = Vec::new();
        for column in columns {
            match column.strip_suffix('*') {
                Some(base) => heads.extend(self.languages.iter().map(|language| head(base, *language))),
                None => heads.push((*column).to_owned()),
            }
        }
        heads.push(OWN.to_owned());
        let mut out = vec![heads.iter().map(Entry::text).collect::<Vec<Entry>>()];
        for row in rows {
            out.push(heads.iter().map(|head| row.get(head).map_or(Entry::Empty, Entry::text)).collect());
        }
        SheetOut { name: name.to_owned(), rows: out }
    }

    fn place(&self, id: &str) -> Place {
        self.survey.question(id).map_or_else(|| self.survey.place.clone(), |question| question.place.clone())
    }

    /// A text in every language. Answers that it fills in are references there; the original travels along.
    fn text(&mut self, row: &mut Row, keys: &mut Keys, column: &str, key: &str, text: Option<&Tree>, place: &Place) {
        let Some(text) = text else { return };
        let mut changed = Vec::new();
        for language in self.languages {
            let original = said(text, *language);
            let form = references(&original);
            if form != original {
                changed.push(Tree::String(form.clone()));
            }
            cell(row, &head(column, *language), form);
        }
        if !changed.is_empty() {
            keys.insert(key.to_owned(), text.clone());
            keys.insert(format!("~{column}"), Tree::Array(changed));
            lost(
                place.clone(),
                "答えを差し込む文です。ほかのソフトでは、答えがないときの言葉が出ません。",
                "This text fills in an answer; other programs show nothing where there is none.",
                &mut self.diagnostics,
            );
        }
    }

    fn condition(&mut self, row: &mut Row, keys: &mut Keys, column: &str, key: &str, source: &str, place: &Place) {
        if source.is_empty() {
            return;
        }
        keys.insert(key.to_owned(), source.into());
        match parse(source).map_err(|_| source.to_owned()).and_then(|expression| xpath(&expression, &self.names)) {
            Ok(path) => {
                keys.insert(format!("~{column}"), path.clone().into());
                cell(row, column, path);
            }
            Err(part) => lost(
                place.clone(),
                format!("条件の「{part}」は XLSForm で書けません。ほかのソフトでは、いつも尋ねます。"),
                format!("XLSForm has no words for “{part}”; other programs always ask this."),
                &mut self.diagnostics,
            ),
        }
    }

    fn page(&mut self, page: &Keys) {
        let id = string(page, "id");
        let place = self.survey.pages.iter().find(|one| one.id == id).map_or_else(|| self.survey.place.clone(), |one| one.place.clone());
        let mut name = format!("page_{id}");
        while !self.taken.insert(name.clone()) {
            name.push('_');
        }
        let mut row = Row::new();
        cell(&mut row, "type", "begin_group");
        cell(&mut row, "name", &name);
        cell(&mut row, "appearance", "field-list");
        let mut keys = rest(page, &["id", "title", "lead", "show_if", "questions"]);
        keys.insert("~page".to_owned(), id.into());
        self.text(&mut row, &mut keys, "label", "title", page.get("title"), &place);
        self.condition(&mut row, &mut keys, "relevant", "show_if", string(page, "show_if"), &place);
        own(&mut row, keys);
        self.rows.push(row);
        if let Some(lead) = page.get("lead") {
            let mut row = Row::new();
            cell(&mut row, "type", "note");
            let mut lead_name = format!("{name}_lead");
            while !self.taken.insert(lead_name.clone()) {
                lead_name.push('_');
            }
            cell(&mut row, "name", lead_name);
            let mut keys = Keys::from_iter([("~part".to_owned(), Tree::from("lead"))]);
            self.text(&mut row, &mut keys, "label", "text", Some(lead), &place);
            own(&mut row, keys);
            self.rows.push(row);
        }
        for question in page.get("questions").and_then(Tree::as_array).into_iter().flatten().filter_map(Tree::as_object) {
            self.question(question);
        }
        self.rows.push(Row::from([("type".to_owned(), "end_group".to_owned())]));
    }

    fn question(&mut self, question: &Keys) {
        let (id, kind) = (string(question, "id"), string(question, "kind"));
        let place = self.place(id);
        let mut row = Row::new();
        let mut without = vec!["id", "text", "hint", "show_if"];
        cell(&mut row, "name", id);
        cell(&mut row, "required", if string(question, "need") == "required" { "yes" } else { "" });
        if string(question, "need") == "declinable" {
            lost(
                place.clone(),
                "「答えたくない」は、ほかのソフトでは選べません。答えなくてもよい質問になります。",
                "Other programs cannot decline; this question may be left empty there.",
                &mut self.diagnostics,
            );
        }
        let mut extra = Keys::new();
        match kind {
            "single_choice" | "dropdown" | "multiple_choice" | "ranking" => {
                let (form, part) = match kind {
                    "multiple_choice" => ("select_multiple", "choices"),
                    "ranking" => ("rank", "items"),
                    _ => ("select_one", "choices"),
                };
                cell(&mut row, "type", format!("{form} {id}"));
                cell(&mut row, "appearance", if kind == "dropdown" { "minimal" } else { "" });
                cell(&mut row, "parameters", if string(question, "order") == "random" { "randomize=true" } else { "" });
                without.push(part);
                self.list(id, question.get(part), &place);
            }
            "scale" | "grid" => {
                without.extend(["labels", "ends"]);
                let ends = question.contains_key("ends");
                extra.insert("~labels".to_owned(), if ends { "ends" } else { "labels" }.into());
                self.points(id, question, ends, &place);
                if kind == "grid" {
                    without.push("rows");
                }
                cell(&mut row, "type", if kind == "grid" { "begin_group".to_owned() } else { format!("select_one {id}") });
                cell(&mut row, "appearance", if kind == "grid" { "table-list" } else { "likert" });
            }
            "number" => cell(&mut row, "type", if matches!(string(question, "decimals"), "" | "0") { "integer" } else { "decimal" }),
            "short_text" | "long_text" => {
                cell(&mut row, "type", "text");
                cell(&mut row, "appearance", if kind == "long_text" { "multiline" } else { "" });
            }
            "date" => cell(&mut row, "type", "date"),
            "slider" => {
                cell(&mut row, "type", "range");
                let step = if string(question, "step").is_empty() { "1" } else { string(question, "step") };
                cell(
                    &mut row,
                    "parameters",
                    format!("start={} end={} step={step}", string(question, "minimum"), string(question, "maximum")),
                );
            }
            "note" => cell(&mut row, "type", "note"),
            _ => {
                cell(&mut row, "type", "note");
                lost(
                    place.clone(),
                    format!("「{kind}」の質問は XLSForm にありません。ほかのソフトでは、文だけが出ます。"),
                    format!("XLSForm has no question of kind “{kind}”; other programs show its text alone."),
                    &mut self.diagnostics,
                );
            }
        }
        for (key, ja, en) in [
            ("sensitive", "集計の人数", "larger groups for its figures"),
            ("unit", "単位", "its unit"),
            ("pin", "位置の固定", "its fixed place"),
        ] {
            if question.contains_key(key) {
                lost(
                    place.clone(),
                    format!("{ja}（{key}）は、ほかのソフトには伝わりません。"),
                    format!("Other programs know nothing of {en} ({key})."),
                    &mut self.diagnostics,
                );
            }
        }
        let mut keys = rest(question, &without);
        keys.extend(extra);
        self.text(&mut row, &mut keys, "label", "text", question.get("text"), &place);
        self.text(&mut row, &mut keys, "hint", "hint", question.get("hint"), &place);
        self.condition(&mut row, &mut keys, "relevant", "show_if", string(question, "show_if"), &place);
        let constraint = constraint(kind, question);
        if !constraint.is_empty() {
            keys.insert("~constraint".to_owned(), constraint.clone().into());
            cell(&mut row, "constraint", constraint);
        }
        own(&mut row, keys);
        let required = row.get("required").cloned().unwrap_or_default();
        if kind == "grid" {
            row.remove("required");
        }
        self.rows.push(row);
        self.parts(id, kind, question, &required, &place);
    }

    /// The rows of a grid, the text of «other».
    fn parts(&mut self, id: &str, kind: &str, question: &Keys, required: &str, place: &Place) {
        if kind == "grid" {
            for part in question.get("rows").and_then(Tree::as_array).into_iter().flatten().filter_map(Tree::as_object) {
                let mut row = Row::new();
                cell(&mut row, "type", format!("select_one {id}"));
                cell(&mut row, "name", format!("{id}_{}", string(part, "id")));
                cell(&mut row, "required", required);
                let mut keys = rest(part, &["id", "text"]);
                keys.insert("~row".to_owned(), string(part, "id").into());
                self.text(&mut row, &mut keys, "label", "text", part.get("text"), place);
                own(&mut row, keys);
                self.rows.push(row);
            }
            self.rows.push(Row::from([("type".to_owned(), "end_group".to_owned())]));
        }
        if let Some(other) = question.get("other").filter(|_| matches!(kind, "single_choice" | "dropdown" | "multiple_choice")) {
            let mut choice = Row::new();
            cell(&mut choice, "list_name", id);
            cell(&mut choice, "name", "other");
            let mut keys = Keys::from_iter([("~part".to_owned(), Tree::from("other"))]);
            self.text(&mut choice, &mut keys, "label", "text", Some(other), place);
            own(&mut choice, keys);
            self.choices.push(choice);
            let mut row = Row::new();
            cell(&mut row, "type", "text");
            cell(&mut row, "name", format!("{id}_other"));
            cell(&mut row, "required", "yes");
            cell(&mut row, "relevant", format!("selected(${{{id}}}, 'other')"));
            for language in self.languages {
                cell(&mut row, &head("label", *language), references(&said(other, *language)));
            }
            own(&mut row, Keys::from_iter([("~part".to_owned(), Tree::from("other"))]));
            self.rows.push(row);
        }
    }

    fn list(&mut self, id: &str, choices: Option<&Tree>, place: &Place) {
        for choice in choices.and_then(Tree::as_array).into_iter().flatten().filter_map(Tree::as_object) {
            let mut row = Row::new();
            cell(&mut row, "list_name", id);
            cell(&mut row, "name", string(choice, "id"));
            let mut keys = rest(choice, &["id", "text"]);
            self.text(&mut row, &mut keys, "label", "text", choice.get("text"), place);
            own(&mut row, keys);
            self.choices.push(row);
        }
    }

    fn points(&mut self, id: &str, question: &Keys, ends: bool, place: &Place) {
        let labels: Vec<Tree> = question.get(if ends { "ends" } else { "labels" }).and_then(Tree::as_array).cloned().unwrap_or_default();
        let count: usize = string(question, "points").parse().unwrap_or(labels.len());
        for point in 1..=count {
            let number = Tree::String(point.to_string());
            let label = match (ends, point) {
                (false, _) => labels.get(point - 1),
                (true, 1) => labels.first(),
                (true, last) if last == count => labels.get(1),
                (true, _) => None,
            };
            let mut row = Row::new();
            cell(&mut row, "list_name", id);
            cell(&mut row, "name", point.to_string());
            let mut keys = Keys::new();
            self.text(&mut row, &mut keys, "label", "text", Some(label.unwrap_or(&number)), place);
            own(&mut row, keys);
            self.choices.push(row);
        }
    }
}

/// What is taken, as a form says it.
fn constraint(kind: &str, question: &Keys) -> String {
    let of = |key: &str| Some(string(question, key)).filter(|text| !text.is_empty());
    let mut parts: Vec<String> = Vec::new();
    match kind {
        "number" => {
            parts.extend(of("minimum").map(|low| format!(". >= {low}")));
            parts.extend(of("maximum").map(|high| format!(". <= {high}")));
        }
        "date" => {
            parts.extend(of("earliest").map(|first| format!(". >= date('{first}')")));
            parts.extend(of("latest").map(|last| format!(". <= date('{last}')")));
        }
        "short_text" | "long_text" => {
            let most = of("max_length").unwrap_or(if kind == "short_text" { "200" } else { "2000" });
            parts.push(format!("string-length(.) <= {most}"));
        }
        "multiple_choice" => {
            parts.extend(of("at_most").map(|most| format!("count-selected(.) <= {most}")));
            for choice in question.get("choices").and_then(Tree::as_array).into_iter().flatten().filter_map(Tree::as_object) {
                if string(choice, "exclusive") == "true" {
                    parts.push(format!("not(selected(., '{}') and count-selected(.) > 1)", string(choice, "id")));
                }
            }
        }
        _ => {}
    }
    parts.join(" and ")
}

fn settings(tree: &Tree, survey: &Survey, languages: &[Language]) -> SheetOut {
    let first = languages.first().copied().unwrap_or(Language::Japanese);
    let title = tree.get("title").map(|title| said(title, first)).unwrap_or_default();
    let named = head("", first);
    let values = [
        ("form_title", title),
        ("form_id", survey.id.clone()),
        ("version", survey.revision.to_string()),
        ("default_language", named.trim_start_matches("::").to_owned()),
    ];
    let rows =
        vec![values.iter().map(|(head, _)| Entry::text(*head)).collect(), values.iter().map(|(_, value)| Entry::text(value)).collect()];
    SheetOut { name: "settings".to_owned(), rows }
}

/// What belongs to the survey as a whole: a key and its value as JSON a row.
fn own_sheet(tree: &Tree) -> SheetOut {
    let mut rows = vec![vec![Entry::text("key"), Entry::text("value")]];
    for (key, value) in tree.as_object().into_iter().flatten().filter(|(key, _)| *key != "pages") {
        rows.push(vec![Entry::text(key), Entry::text(json!(value).to_string())]);
    }
    SheetOut { name: OWN.to_owned(), rows }
}
