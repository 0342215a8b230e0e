//! The texts and conditions of a form's rows.

use super::expression_in::read;
use super::form::{Form, Row};
use super::sheet::said;
use crate::content::workbook::cell_name;
use crate::diagnostic::Diagnostics;
use crate::exchange::expression_in::{Manner, condition};
use crate::exchange::loss::lost;
use crate::exchange::meaning::{Names, fills};
use crate::language::Language;
use serde_json::{Map, Value as Tree};
use std::collections::BTreeSet;

pub(super) type Keys = Map<String, Tree>;

/// What the rows of a form are read by.
pub(super) struct Context<'a> {
    pub(super) form: &'a Form,
    pub(super) languages: &'a [Language],
    pub(super) names: Names,
    /// The questions of earlier pages, whose answers texts can fill in.
    pub(super) earlier: BTreeSet<String>,
}

/// Whether a cell says what it said when it left us.
pub(super) fn is_unchanged(row: &Row, column: &str, own: &Keys) -> bool {
    own.get(&format!("~{column}")).and_then(Tree::as_str).unwrap_or_default() == row.get(column)
}

impl Context<'_> {
    pub(super) fn manner(&self) -> Manner<'_> {
        Manner { names: &self.names, nought: false }
    }

    /// The name of a cell, for a sentence.
    pub(super) fn cell(row: &Row, column: &str) -> String {
        let place = row.place(column);
        cell_name(place.line, place.column)
    }

    /// A text; where answers fill in, words must stand in for those that are missing.
    pub(super) fn text(&self, row: &Row, column: &str, own: &Keys, key: &str, diagnostics: &mut Diagnostics) -> Option<Tree> {
        let text = row.text(column, self.languages);
        let left = own.get(&format!("~{column}")).unwrap_or(&Tree::Null);
        if let (Some(original), Some(text)) = (own.get(key), &text) {
            let form = |language: Language| {
                left.get(language.code()).and_then(Tree::as_str).map_or_else(|| said(original, language), str::to_owned)
            };
            if self.languages.iter().all(|language| form(*language) == said(text, *language)) {
                return Some(original.clone());
            }
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
                    match fills(&self.names, &self.earlier, name) {
                        Some(id) => out += &format!("{before}{{{{{id} | …}}}}"),
                        None if self.names.contains_key(name.trim()) => out += &format!("{before}…"),
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
        if kept.is_some() && is_unchanged(row, "relevant", own) {
            return kept.map(str::to_owned);
        }
        if written.is_empty() {
            return None;
        }
        match read(written).and_then(|tree| condition(&tree, self.manner())) {
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
}
