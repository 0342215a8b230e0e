//! One row of a form becomes a question.

use super::constraint_in;
use super::expression_in::{Known, ours};
use super::form::{Form, Row};
use super::loss::lost;
use super::names;
use super::sheet::{references, said};
use crate::content::workbook::cell_name;
use crate::diagnostic::Diagnostics;
use crate::exchange::tree::{COMMENT, knows_kind};
use crate::language::Language;
use serde_json::{Map, Value as Tree};
use std::collections::{BTreeMap, BTreeSet};

type Keys = Map<String, Tree>;

/// What the rows of a form are read by.
pub(super) struct Context<'a> {
    pub(super) form: &'a Form,
    pub(super) languages: &'a [Language],
    /// Names of the form to our ids, with whether several may be chosen.
    pub(super) names: BTreeMap<String, (String, bool)>,
    /// Codes of the form to ours.
    pub(super) codes: BTreeMap<String, String>,
}

impl Context<'_> {
    /// The name of a cell, for a sentence.
    pub(super) fn cell(row: &Row, column: &str) -> String {
        let place = row.place(column);
        cell_name(place.line, place.column)
    }

    /// A text; where answers fill in, words must stand in for those that are missing.
    pub(super) fn text(&self, row: &Row, column: &str, original: Option<&Tree>, diagnostics: &mut Diagnostics) -> Option<Tree> {
        let text = row.text(column, self.languages);
        if let (Some(original), Some(text)) = (original, &text)
            && self.languages.iter().all(|language| references(&said(original, *language)) == said(text, *language))
        {
            return Some(original.clone());
        }
        text.map(|text| self.filled(text, row, column, diagnostics))
    }

    fn filled(&self, text: Tree, row: &Row, column: &str, diagnostics: &mut Diagnostics) -> Tree {
        match text {
            Tree::Object(forms) => forms.into_iter().map(|(key, form)| (key, self.filled(form, row, column, diagnostics))).collect(),
            Tree::String(text) if text.contains("${") => {
                let mut out = String::new();
                let mut rest = text.as_str();
                while let Some((before, after)) = rest.split_once("${") {
                    let Some((name, behind)) = after.split_once('}') else { break };
                    match self.names.get(name.trim()) {
                        Some((id, _)) => out += &format!("{before}{{{{{id} | …}}}}"),
                        None => out += &format!("{before}${{{name}}}"),
                    }
                    rest = behind;
                }
                lost(
                    row.place(column),
                    "答えを差し込む文です。答えがないときの言葉は「…」にしました。",
                    "This text fills in an answer; “…” stands in where there is none.",
                    diagnostics,
                );
                Tree::String(out + rest)
            }
            other => other,
        }
    }

    /// A row's condition in our language.
    pub(super) fn condition(&self, row: &Row, own: &Keys, diagnostics: &mut Diagnostics) -> Option<String> {
        let written = row.get("relevant");
        let kept = own.get("show_if").and_then(Tree::as_str);
        let exported = own.get("~relevant").and_then(Tree::as_str);
        if kept.is_some() && (exported == Some(written) || (exported.is_none() && written.is_empty())) {
            return kept.map(str::to_owned);
        }
        if written.is_empty() {
            return None;
        }
        match ours(written, &Known { names: &self.names, codes: &self.codes }) {
            Ok(source) => Some(source),
            Err(part) => {
                let cell = Context::cell(row, "relevant");
                lost(
                    row.place("relevant"),
                    format!("{cell}: 条件の「{part}」を読めません。この質問は、いつも尋ねます。"),
                    format!("{cell}: “{part}” of this condition cannot be read; the question is always asked."),
                    diagnostics,
                );
                None
            }
        }
    }

    /// The choices of a list, and the words of «other» where it has such a choice.
    pub(super) fn choices(&self, list: &str, diagnostics: &mut Diagnostics) -> (Vec<Tree>, Option<Tree>) {
        let (mut choices, mut other, mut taken) = (Vec::new(), None, BTreeSet::new());
        for row in self.form.lists.get(list).into_iter().flatten() {
            let own = row.own(diagnostics);
            let text = self.text(row, "label", own.get("text"), diagnostics).unwrap_or_else(|| row.get("name").into());
            if own.get("~part").and_then(Tree::as_str) == Some("other") {
                other = Some(text);
                continue;
            }
            let id = names::id(row.get("name"), "c", &mut taken);
            let mut keys: Keys = own.into_iter().filter(|(key, _)| !key.starts_with('~')).collect();
            if id != row.get("name") {
                keys.insert(COMMENT.to_owned(), format!("name: {}", row.get("name")).into());
            }
            keys.insert("id".to_owned(), id.into());
            keys.insert("text".to_owned(), text);
            choices.push(Tree::Object(keys));
        }
        (choices, other)
    }

    /// The labels of a list whose codes are 1 to n.
    pub(super) fn points(&self, list: &str, diagnostics: &mut Diagnostics) -> Option<Vec<Tree>> {
        let rows = self.form.lists.get(list)?;
        let numbered = rows.iter().enumerate().all(|(at, row)| row.get("name") == (at + 1).to_string());
        if !numbered || !(2..=11).contains(&rows.len()) {
            return None;
        }
        Some(
            rows.iter()
                .map(|row| {
                    let own = row.own(diagnostics);
                    self.text(row, "label", own.get("text"), diagnostics).unwrap_or_else(|| row.get("name").into())
                })
                .collect(),
        )
    }

    /// The question of a row; `None` where we have none like it, which is said.
    pub(super) fn question(&self, row: &Row, diagnostics: &mut Diagnostics) -> Option<Keys> {
        let typed = row.get("type");
        let mut words = typed.split_whitespace();
        let kind = words.next().unwrap_or_default().to_lowercase();
        let list = words.next().unwrap_or_default();
        let or_other = words.next().is_some_and(|word| word == "or_other");
        let own = row.own(diagnostics);
        let mut question: Keys =
            own.iter().filter(|(key, _)| !key.starts_with('~')).map(|(key, value)| (key.clone(), value.clone())).collect();
        let kept = own.get("kind").and_then(Tree::as_str).unwrap_or_default().to_owned();
        let fits = fits(&kept, &kind);
        if !fits {
            question.retain(|key, _| key == "need" || key == "sensitive");
        }
        let name = row.get("name");
        let id = self.names.get(name).map(|(id, _)| id.clone()).unwrap_or_default();
        if id != name {
            question.insert(COMMENT.to_owned(), format!("name: {name}").into());
        }
        question.insert("id".to_owned(), id.into());
        question.remove("show_if");
        let mut appearance = row.get("appearance").to_owned();
        let mut say = |key: &str, value: &str| drop(question.insert(key.to_owned(), value.into()));
        match kind.as_str() {
            "select_one" | "select_multiple" | "rank" => {
                let several = kind == "select_multiple";
                let scale = if kind == "select_one" && (kept == "scale" || (!fits || kept.is_empty()) && appearance.contains("likert")) {
                    self.points(list, diagnostics)
                } else {
                    None
                };
                if let Some(labels) = scale {
                    say("kind", "scale");
                    self.scale(labels, &own, &mut question);
                    appearance = appearance.replace("likert", "");
                } else if kept.is_empty()
                    || !fits
                    || matches!(kept.as_str(), "single_choice" | "dropdown" | "multiple_choice" | "ranking" | "scale")
                {
                    let (choices, mut other) = self.choices(list, diagnostics);
                    if choices.is_empty() {
                        self.unknown(row, "type", &format!("{typed}（choices）"), diagnostics);
                        return None;
                    }
                    if or_other {
                        other = Some(serde_json::json!({"ja": "そのほか", "en": "Other"}));
                    }
                    let minimal = appearance.contains("minimal") || kept == "dropdown";
                    let ours = match (kind.as_str(), minimal && knows_kind("dropdown")) {
                        ("rank", _) => "ranking",
                        ("select_multiple", _) => "multiple_choice",
                        (_, true) => "dropdown",
                        _ => "single_choice",
                    };
                    appearance = appearance.replace("minimal", "");
                    if !knows_kind(ours) {
                        self.unknown(row, "type", typed, diagnostics);
                        return None;
                    }
                    say("kind", ours);
                    question.insert(if ours == "ranking" { "items" } else { "choices" }.to_owned(), Tree::Array(choices));
                    if let Some(other) = other.filter(|_| several || ours != "ranking") {
                        question.insert("other".to_owned(), other);
                    }
                    let random = row.get("parameters").to_lowercase().replace(' ', "").contains("randomize=true");
                    match (random, question.get("order").and_then(Tree::as_str)) {
                        (true, _) => drop(question.insert("order".to_owned(), "random".into())),
                        (false, Some("random")) => drop(question.remove("order")),
                        _ => {}
                    }
                }
            }
            "integer" | "decimal" => {
                say("kind", "number");
                if kind == "decimal" && !question.contains_key("decimals") {
                    question.insert("decimals".to_owned(), "2".into());
                }
            }
            "range" => {
                let parameters: BTreeMap<&str, &str> =
                    row.get("parameters").split([' ', ',', ';']).filter_map(|part| part.split_once('=')).collect();
                say("kind", if knows_kind("slider") { "slider" } else { "number" });
                for (from, to) in [("start", "minimum"), ("end", "maximum")] {
                    question
                        .insert(to.to_owned(), parameters.get(from).copied().unwrap_or(if from == "start" { "1" } else { "10" }).into());
                }
                match parameters.get("step").filter(|step| **step != "1") {
                    Some(step) if knows_kind("slider") => drop(question.insert("step".to_owned(), (*step).into())),
                    Some(step) => {
                        let places = step.split_once('.').map_or(0, |(_, fraction)| fraction.len()).min(6);
                        question.insert("decimals".to_owned(), places.to_string().into());
                        self.unknown(row, "parameters", row.get("parameters"), diagnostics);
                    }
                    None => {}
                }
            }
            "text" => {
                let long = appearance.contains("multiline") || kept == "long_text";
                appearance = appearance.replace("multiline", "");
                say("kind", if long { "long_text" } else { "short_text" });
            }
            "date" => say("kind", "date"),
            "note" if !kept.is_empty() && kept != "note" => {}
            "note" if knows_kind("note") => say("kind", "note"),
            "calculate" if knows_kind("calculated") && !kept.is_empty() => {}
            _ => {
                self.unknown(row, "type", typed, diagnostics);
                return None;
            }
        }
        if let Some(text) = self.text(row, "label", own.get("text"), diagnostics) {
            question.insert("text".to_owned(), text);
        } else {
            question.entry("text").or_insert_with(|| name.into());
        }
        match self.text(row, "hint", own.get("hint"), diagnostics) {
            Some(hint) => drop(question.insert("hint".to_owned(), hint)),
            None => drop(question.remove("hint")),
        }
        self.need(row, &mut question, diagnostics);
        if let Some(source) = self.condition(row, &own, diagnostics) {
            question.insert("show_if".to_owned(), source.into());
        }
        self.constraint(row, &own, &mut question, diagnostics);
        let appearance = appearance.trim();
        if !appearance.is_empty() && kept.is_empty() {
            self.unknown(row, "appearance", appearance, diagnostics);
        }
        Some(question)
    }

    pub(super) fn scale(&self, labels: Vec<Tree>, own: &Keys, question: &mut Keys) {
        question.insert("points".to_owned(), labels.len().to_string().into());
        let bare = labels
            .iter()
            .enumerate()
            .skip(1)
            .take(labels.len().saturating_sub(2))
            .all(|(at, label)| label.as_str() == Some((at + 1).to_string().as_str()));
        let ends = own.get("~labels").and_then(Tree::as_str) == Some("ends") || (labels.len() > 2 && bare);
        let (key, labels) = match (ends && bare, labels.as_slice()) {
            (true, [first, .., last]) => ("ends", vec![first.clone(), last.clone()]),
            _ => ("labels", labels),
        };
        question.insert(key.to_owned(), Tree::Array(labels));
    }

    pub(super) fn need(&self, row: &Row, question: &mut Keys, diagnostics: &mut Diagnostics) {
        let required = row.get("required").to_lowercase();
        let yes = match required.as_str() {
            "" | "no" | "false" | "false()" => false,
            "yes" | "true" | "true()" => true,
            _ => {
                self.unknown(row, "required", row.get("required"), diagnostics);
                true
            }
        };
        let kept = question.get("need").and_then(Tree::as_str).map(str::to_owned);
        match (yes, kept.as_deref()) {
            (true, _) => drop(question.insert("need".to_owned(), "required".into())),
            (false, Some("required")) => drop(question.remove("need")),
            (false, _) => {}
        }
    }

    fn constraint(&self, row: &Row, own: &Keys, question: &mut Keys, diagnostics: &mut Diagnostics) {
        let written = row.get("constraint");
        if own.get("~constraint").and_then(Tree::as_str).unwrap_or_default() == written {
            return;
        }
        // Changed since it left: what it said before is gone
        for key in ["minimum", "maximum", "earliest", "latest", "max_length", "at_most"] {
            question.remove(key);
        }
        if let Err(parts) = constraint_in::keys(written, question) {
            for part in parts {
                self.unknown(row, "constraint", &part, diagnostics);
            }
        }
    }

    /// Says that a cell is not read.
    pub(super) fn unknown(&self, row: &Row, column: &str, text: &str, diagnostics: &mut Diagnostics) {
        let cell = Context::cell(row, column);
        lost(
            row.place(column),
            format!("{cell}: 「{text}」は取り込めません（{column}）。"),
            format!("{cell}: “{text}” cannot be taken over ({column})."),
            diagnostics,
        );
    }
}

/// Whether a question of this kind left as a row of this type.
fn fits(kind: &str, typed: &str) -> bool {
    match kind {
        "" => true,
        "single_choice" | "dropdown" | "scale" => typed == "select_one",
        "multiple_choice" => typed == "select_multiple",
        "ranking" => typed == "rank",
        "number" => typed == "integer" || typed == "decimal",
        "short_text" | "long_text" => typed == "text",
        "date" => typed == "date",
        "slider" => typed == "range",
        "grid" => typed == "begin_group",
        _ => typed == "note",
    }
}
