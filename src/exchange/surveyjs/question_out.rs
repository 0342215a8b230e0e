//! A question becomes an element.

use super::writer::{Keys, Writer, numeric, own, rest, string, text_tree};
use crate::content::inline;
use crate::diagnostic::Place;
use crate::exchange::expression_out::number;
use crate::exchange::loss::of_question;
use crate::survey::expression::parse;
use crate::survey::question::{Kind, NO, YES};
use serde_json::{Value as Tree, json};

impl Writer<'_> {
    /// The element of a question; a value that nobody sees is none, and goes with those of the survey.
    pub(super) fn question(&mut self, question: &Keys, page: &str, at: usize) -> Option<Tree> {
        let (id, kind) = (string(question, "id"), string(question, "kind"));
        let place = self.place(id);
        let mut also: Vec<(&str, &str, &str)> = Vec::new();
        match kind {
            "slider" => also.push(("ends", "両端の文", "the words at its ends")),
            "multiple_grid" => also.push(("at_most", "選べる数の上限", "the most that may be chosen")),
            "allocation" if string(question, "order") == "random" => also.push(("order", "順の入れ替え", "the random order of its parts")),
            _ => {}
        }
        let unit_crosses = kind == "calculated" && string(question, "show") == "true";
        let question_without_unit = rest(question, if unit_crosses { &["unit"] } else { &[] });
        of_question(&question_without_unit, &place, &also, &mut self.diagnostics);
        if kind == "calculated" && string(question, "show") != "true" {
            self.value(question, page, at, &place);
            return None;
        }
        let mut element = Keys::new();
        let mut ours = rest(question, &["id", "text", "hint", "show_if", "title"]);
        self.typed(&mut element, &mut ours, id, question, &place);
        element.insert("name".to_owned(), id.into());
        if kind != "note" {
            self.text(&mut element, &mut ours, "title", "text", question.get("text"), &place);
        }
        self.text(&mut element, &mut ours, "description", "hint", question.get("hint"), &place);
        self.condition(&mut element, &mut ours, string(question, "show_if"), &place);
        if string(question, "need") == "required" {
            element.insert("isRequired".to_owned(), true.into());
        }
        own(&mut element, ours);
        Some(Tree::Object(element))
    }

    /// What of an element depends on the kind of its question.
    pub(super) fn typed(&mut self, element: &mut Keys, ours: &mut Keys, name: &str, question: &Keys, place: &Place) {
        let kind = string(question, "kind").to_owned();
        let mut says = |key: &str, value: Tree| drop(element.insert(key.to_owned(), value));
        let typed = match kind.as_str() {
            "single_choice" => "radiogroup",
            "dropdown" => "dropdown",
            "multiple_choice" => "checkbox",
            "yes_no" => "boolean",
            "scale" | "recommendation" => "rating",
            "grid" | "multiple_grid" | "card_sort" => "matrix",
            "number" | "short_text" | "date" => "text",
            "long_text" => "comment",
            "slider" => "slider",
            "ranking" => "ranking",
            "allocation" => "multipletext",
            "paired_comparison" => "panel",
            "table" => "matrixdynamic",
            "calculated" => "expression",
            _ => "html",
        };
        says("type", typed.into());
        match kind.as_str() {
            "number" | "date" => {
                says("inputType", if kind == "date" { "date" } else { "number" }.into());
                let (low, high) = if kind == "date" { ("earliest", "latest") } else { ("minimum", "maximum") };
                for (key, to) in [(low, "min"), (high, "max")] {
                    if let Some(bound) = question.get(key) {
                        says(to, bound.clone());
                        ours.remove(key);
                    }
                }
                let decimals: usize = string(question, "decimals").parse().unwrap_or(0);
                if kind == "number" && decimals > 0 {
                    says("step", numeric(&format!("0.{}1", "0".repeat(decimals - 1))));
                    ours.remove("decimals");
                }
            }
            "short_text" | "long_text" => {
                let usual = if kind == "short_text" { "200" } else { "2000" };
                says("maxLength", numeric(question.get("max_length").and_then(Tree::as_str).unwrap_or(usual)));
                if string(question, "max_length") != usual {
                    ours.remove("max_length");
                }
            }
            "slider" => {
                for (key, to) in [("minimum", "min"), ("maximum", "max"), ("step", "step")] {
                    if let Some(number) = question.get(key).and_then(Tree::as_str) {
                        says(to, numeric(number));
                        ours.remove(key);
                    }
                }
            }
            "yes_no" => {
                says("displayMode", "radio".into());
                says("valueTrue", YES.into());
                says("valueFalse", NO.into());
                let texts = match self.survey.question(name).map(|question| &question.kind) {
                    Some(Kind::YesNo { yes, no }) => [text_tree(yes, self.languages), text_tree(no, self.languages)],
                    // A column of a table has no question of its own
                    _ => [("yes", "はい", "Yes"), ("no", "いいえ", "No")]
                        .map(|(key, ja, en)| question.get(key).cloned().unwrap_or_else(|| json!({"ja": ja, "en": en}))),
                };
                for ((key, to), text) in [("yes", "labelTrue"), ("no", "labelFalse")].into_iter().zip(&texts) {
                    let said = question.contains_key(key);
                    ours.remove(key);
                    self.text(element, ours, to, key, Some(text), place);
                    if !said {
                        ours.insert(format!("~usual_{key}"), element.get(to).cloned().unwrap_or_default());
                    }
                }
            }
            "scale" | "recommendation" => self.rating(element, ours, name, question, place),
            "single_choice" | "dropdown" | "multiple_choice" | "ranking" => self.chosen(element, ours, question, place),
            "grid" | "multiple_grid" | "card_sort" => self.matrix(element, ours, question, place),
            "allocation" => self.points(element, ours, name, question, place),
            "paired_comparison" => self.pairs(element, ours, name, question, place),
            "table" => self.table(element, ours, name, question, place),
            "calculated" => {
                let decimals = string(question, "decimals").parse().unwrap_or(2);
                let source = string(question, "value").to_owned();
                let said = parse(&source).map_err(|_| source).and_then(|tree| number(&tree, decimals, &self.dialect));
                let text = self.translated(said, place).unwrap_or_else(|| "''".to_owned());
                ours.insert("~expression".to_owned(), text.clone().into());
                element.insert("expression".to_owned(), text.into());
                if let Some(unit) = question.get("unit") {
                    let unit = super::writer::localized(unit, &|unit| format!("{{0}}{unit}"));
                    element.insert("format".to_owned(), unit);
                }
            }
            "note" => {
                let html = question.get("text").map(|text| super::writer::localized(text, &|text| inline(text).to_string()));
                ours.insert("text".to_owned(), question.get("text").cloned().unwrap_or_default());
                ours.insert("~html".to_owned(), html.clone().unwrap_or_default());
                element.insert("html".to_owned(), html.unwrap_or_default());
            }
            _ => {}
        }
    }

    /// A value that nobody sees.
    fn value(&mut self, question: &Keys, page: &str, at: usize, place: &Place) {
        let mut value = Keys::new();
        let mut ours = rest(question, &["id"]);
        self.typed(&mut value, &mut ours, string(question, "id"), question, place);
        value.retain(|key, _| key == "expression");
        value.insert("name".to_owned(), string(question, "id").into());
        value.insert("includeIntoResult".to_owned(), true.into());
        ours.insert("~page".to_owned(), page.into());
        ours.insert("~at".to_owned(), at.into());
        own(&mut value, ours);
        self.values.push(Tree::Object(value));
    }
}
