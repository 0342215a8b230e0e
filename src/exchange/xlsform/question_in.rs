//! One row of a form becomes a question.

use super::constraint_in;
use super::expression_in::read;
use super::form::Row;
use super::names_in::{fits, is_recommendation, is_scale};
use super::texts_in::{Context, Keys, is_unchanged};
use crate::diagnostic::Diagnostics;
use crate::exchange::expression_in::number;
use crate::exchange::tree::COMMENT;
use serde_json::{Value as Tree, json};
use std::collections::BTreeMap;

impl Context<'_> {
    /// The question of a row; `None` where we have none like it, which is said.
    pub(super) fn question(&self, row: &Row, diagnostics: &mut Diagnostics) -> Option<Keys> {
        let (kind, list, _) = row.typed();
        let own = row.own(diagnostics);
        let mut question: Keys =
            own.iter().filter(|(key, _)| !key.starts_with('~')).map(|(key, value)| (key.clone(), value.clone())).collect();
        let mut kept = own.get("kind").and_then(Tree::as_str).unwrap_or_default().to_owned();
        if !fits(&kept, &kind) {
            question.retain(|key, _| key == "need" || key == "sensitive");
            kept.clear();
        }
        let name = row.get("name");
        if row.id != name && own.get("~column").is_none() {
            question.insert(COMMENT.to_owned(), format!("name: {name}").into());
        }
        question.insert("id".to_owned(), row.id.clone().into());
        question.remove("show_if");
        let mut appearance = row.get("appearance").to_owned();
        match kind.as_str() {
            "select_one" if is_scale(self.form, row, &own) => {
                question.insert("kind".to_owned(), "scale".into());
                Context::scale(self.labels(list, diagnostics), &own, &mut question);
                appearance = appearance.replace("likert", "");
            }
            "select_one" if is_recommendation(self.form, row, &own) => {
                let labels = self.labels(list, diagnostics);
                if let [first, .., last] = labels.as_slice()
                    && (own.get("~labels").and_then(Tree::as_str) == Some("ends")
                        || !self.is_usual(first, "まったくすすめない", "Not at all likely")
                        || !self.is_usual(last, "ぜひすすめたい", "Extremely likely"))
                {
                    question.insert("ends".to_owned(), json!([first, last]));
                }
            }
            "select_one" | "select_multiple" | "rank" => self.chosen(row, &kept, &own, &mut question, diagnostics)?,
            "integer" | "decimal" => {
                question.insert("kind".to_owned(), "number".into());
                if kind == "decimal" && !question.contains_key("decimals") {
                    question.insert("decimals".to_owned(), "2".into());
                }
            }
            "range" => Context::range(row, &mut question),
            "text" => {
                let long = appearance.contains("multiline") || kept == "long_text";
                appearance = appearance.replace("multiline", "");
                question.insert("kind".to_owned(), if long { "long_text" } else { "short_text" }.into());
            }
            "date" => drop(question.insert("kind".to_owned(), "date".into())),
            "note" => drop(question.insert("kind".to_owned(), "note".into())),
            "calculate" => self.calculated(row, &own, &mut question, diagnostics)?,
            _ => {
                self.unknown(row, "type", row.get("type"), diagnostics);
                return None;
            }
        }
        match self.text(row, "label", &own, "text", diagnostics) {
            Some(text) => drop(question.insert("text".to_owned(), text)),
            None => drop(question.entry("text").or_insert_with(|| name.into())),
        }
        match self.text(row, "hint", &own, "hint", diagnostics) {
            Some(hint) => drop(question.insert("hint".to_owned(), hint)),
            None => drop(question.remove("hint")),
        }
        if !matches!(kind.as_str(), "note" | "calculate") {
            self.need(row, &mut question, diagnostics);
        }
        if let Some(source) = self.condition(row, &own, diagnostics) {
            question.insert("show_if".to_owned(), source.into());
        }
        self.constraint(row, &own, &mut question, diagnostics);
        let (appearance, filter) = (appearance.replace("minimal", ""), row.get("choice_filter"));
        if !appearance.trim().is_empty() && kept.is_empty() {
            self.unknown(row, "appearance", appearance.trim(), diagnostics);
        }
        if !filter.is_empty() {
            self.unknown(row, "choice_filter", filter, diagnostics);
        }
        if kind != "calculate" && !row.get("calculation").is_empty() {
            self.unknown(row, "calculation", row.get("calculation"), diagnostics);
        }
        self.parameters(row, &kind, diagnostics);
        Some(question)
    }

    /// One or several of a list, or a list put in order.
    fn chosen(&self, row: &Row, kept: &str, own: &Keys, question: &mut Keys, diagnostics: &mut Diagnostics) -> Option<()> {
        let (kind, list, or_other) = row.typed();
        let (choices, mut other) = self.choices(list, diagnostics);
        if choices.is_empty() {
            self.unknown(row, "type", &format!("{}（choices）", row.get("type")), diagnostics);
            return None;
        }
        if or_other {
            other = Some(json!({"ja": "そのほか", "en": "Other"}));
        }
        let codes: Vec<&str> = choices.iter().filter_map(|choice| choice.get("id").and_then(Tree::as_str)).collect();
        if kept == "yes_no" && codes == ["yes", "no"] {
            let said = own.get("~labels").and_then(Tree::as_str).unwrap_or_default();
            for (choice, (key, ja, en)) in choices.iter().zip([("yes", "はい", "Yes"), ("no", "いいえ", "No")]) {
                let text = choice.get("text").cloned().unwrap_or_default();
                if said.split(' ').any(|one| one == key) || !self.is_usual(&text, ja, en) {
                    question.insert(key.to_owned(), text);
                }
            }
            return Some(());
        }
        let ours = match kind.as_str() {
            "rank" => "ranking",
            "select_multiple" => "multiple_choice",
            _ if row.get("appearance").contains("minimal") || kept == "dropdown" => "dropdown",
            _ => "single_choice",
        };
        question.insert("kind".to_owned(), ours.into());
        question.insert(if ours == "ranking" { "items" } else { "choices" }.to_owned(), Tree::Array(choices));
        if let Some(other) = other.filter(|_| ours != "ranking") {
            question.insert("other".to_owned(), other);
        }
        let random = row.get("parameters").to_lowercase().replace(' ', "").contains("randomize=true");
        match (random, question.get("order").and_then(Tree::as_str)) {
            (true, _) => drop(question.insert("order".to_owned(), "random".into())),
            (false, Some("random")) => drop(question.remove("order")),
            _ => {}
        }
        Some(())
    }

    fn range(row: &Row, question: &mut Keys) {
        let parameters: BTreeMap<&str, &str> =
            row.get("parameters").split([' ', ',', ';']).filter_map(|part| part.split_once('=')).collect();
        question.insert("kind".to_owned(), "slider".into());
        for (from, to, usual) in [("start", "minimum", "1"), ("end", "maximum", "10")] {
            question.insert(to.to_owned(), parameters.get(from).copied().unwrap_or(usual).into());
        }
        let written = question.get("step").and_then(Tree::as_str).unwrap_or("1").to_owned();
        match parameters.get("step").copied().unwrap_or("1") {
            step if step == written => {}
            "1" => drop(question.remove("step")),
            step => drop(question.insert("step".to_owned(), step.into())),
        }
    }

    fn calculated(&self, row: &Row, own: &Keys, question: &mut Keys, diagnostics: &mut Diagnostics) -> Option<()> {
        let written = row.get("calculation");
        if question.contains_key("value") && is_unchanged(row, "calculation", own) {
            return Some(());
        }
        match read(written).and_then(|tree| number(&tree, self.manner())) {
            Ok(value) => {
                question.insert("kind".to_owned(), "calculated".into());
                question.insert("value".to_owned(), value.into());
                // The most places that we keep; others do not round
                question.entry("decimals").or_insert_with(|| "6".into());
                Some(())
            }
            Err(part) => {
                self.unknown(row, "calculation", &part, diagnostics);
                None
            }
        }
    }

    fn constraint(&self, row: &Row, own: &Keys, question: &mut Keys, diagnostics: &mut Diagnostics) {
        if is_unchanged(row, "constraint", own) {
            return;
        }
        // Changed since it left: what it said before is gone
        for key in ["minimum", "maximum", "earliest", "latest", "max_length", "at_most"] {
            if question.get("kind").and_then(Tree::as_str) != Some("slider") {
                question.remove(key);
            }
        }
        if let Err(parts) = constraint_in::keys(row.get("constraint"), question) {
            for part in parts {
                self.unknown(row, "constraint", &part, diagnostics);
            }
        }
    }

    /// Parameters that mean nothing to us.
    fn parameters(&self, row: &Row, kind: &str, diagnostics: &mut Diagnostics) {
        let known: &[&str] = match kind {
            "range" => &["start", "end", "step"],
            "select_one" | "select_multiple" | "rank" => &["randomize"],
            _ => &[],
        };
        let written = row.get("parameters").replace(" =", "=").replace("= ", "=");
        for part in written.split([' ', ',', ';']).filter(|part| !part.is_empty()) {
            if !known.contains(&part.split('=').next().unwrap_or_default()) {
                self.unknown(row, "parameters", part, diagnostics);
            }
        }
    }
}
