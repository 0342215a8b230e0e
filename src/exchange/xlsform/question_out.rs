//! A question becomes a row, or a group of rows.

use super::constraint_out::{constraint, of_points};
use super::writer::{Keys, Row, Writer, cell, own, records, rest, string, text_tree};
use crate::diagnostic::Place;
use crate::exchange::expression_out::number;
use crate::exchange::loss::of_question;
use crate::survey::expression::parse;
use crate::survey::question::{Kind, NO, YES};
use serde_json::Value as Tree;

impl Writer<'_> {
    /// A question on a page.
    pub(super) fn question(&mut self, question: &Keys) {
        let id = string(question, "id").to_owned();
        let place = self.place(&id);
        self.asked(question, &id, &place, Keys::new());
    }

    /// A question under a name; a column of a table has the name of its table before its own.
    pub(super) fn asked(&mut self, question: &Keys, name: &str, place: &Place, mut extra: Keys) {
        let kind = string(question, "kind");
        let mut row = Row::new();
        let mut without = vec!["id", "text", "hint", "show_if"];
        cell(&mut row, "name", name);
        cell(&mut row, "required", if string(question, "need") == "required" { "yes" } else { "" });
        let mut also: Vec<(&str, &str, &str)> = Vec::new();
        match kind {
            "single_choice" | "dropdown" | "multiple_choice" | "ranking" => {
                let (form, part) = match kind {
                    "multiple_choice" => ("select_multiple", "choices"),
                    "ranking" => ("rank", "items"),
                    _ => ("select_one", "choices"),
                };
                cell(&mut row, "type", format!("{form} {name}"));
                cell(&mut row, "appearance", if kind == "dropdown" { "minimal" } else { "" });
                cell(&mut row, "parameters", if string(question, "order") == "random" { "randomize=true" } else { "" });
                without.push(part);
                self.list(name, question.get(part), place);
                if kind == "ranking" {
                    also.push(("top", "順位の数", "how many ranks there are; all items are ranked"));
                }
            }
            "yes_no" => {
                cell(&mut row, "type", format!("select_one {name}"));
                without.extend(["yes", "no"]);
                let said: Vec<&str> = ["yes", "no"].into_iter().filter(|key| question.contains_key(*key)).collect();
                extra.insert("~labels".to_owned(), said.join(" ").into());
                self.yes_and_no(name, question, place);
            }
            "scale" | "recommendation" => {
                cell(&mut row, "type", format!("select_one {name}"));
                cell(&mut row, "appearance", "likert");
                without.extend(["labels", "ends"]);
                let labels = if question.contains_key("ends") { "ends" } else { "labels" };
                extra.insert("~labels".to_owned(), if kind == "scale" || labels == "ends" { labels } else { "" }.into());
                self.points(name, question, place);
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
                let ends = (string(question, "minimum"), string(question, "maximum"));
                cell(&mut row, "parameters", format!("start={} end={} step={step}", ends.0, ends.1));
                also.push(("ends", "両端の文", "the words at its ends"));
            }
            "note" => cell(&mut row, "type", "note"),
            "calculated" => {
                cell(&mut row, "type", "calculate");
                self.calculation(&mut row, &mut extra, name, question, place);
            }
            "table" => cell(&mut row, "type", "begin_repeat"),
            _ => {
                cell(&mut row, "type", "begin_group");
                cell(&mut row, "appearance", if matches!(kind, "allocation" | "paired_comparison") { "field-list" } else { "table-list" });
                without.extend(match kind {
                    "grid" => ["rows", "labels", "ends"].as_slice(),
                    "multiple_grid" => &["rows", "choices"],
                    "card_sort" => &["cards", "piles"],
                    _ => &["items"],
                });
                if kind == "grid" {
                    extra.insert("~labels".to_owned(), if question.contains_key("ends") { "ends" } else { "labels" }.into());
                }
                if string(question, "order") == "random" {
                    also.push(("order", "順の入れ替え", "the random order of its parts"));
                }
            }
        }
        if kind == "table" {
            without.push("columns");
            self.lose(
                place,
                "行の数の上限は伝わりません。また、空の行は、ほかのソフトでは詰められません。",
                "Other programs know nothing of the most rows, and keep empty rows where they are.",
            );
        }
        of_question(question, place, &also, &mut self.diagnostics);
        let mut keys = rest(question, &without);
        keys.extend(extra);
        self.text(&mut row, &mut keys, "label", "text", question.get("text"), place);
        self.text(&mut row, &mut keys, "hint", "hint", question.get("hint"), place);
        self.condition(&mut row, &mut keys, string(question, "show_if"), place);
        let constraint = if kind == "multiple_grid" { String::new() } else { constraint(kind, question) };
        if !constraint.is_empty() {
            keys.insert("~constraint".to_owned(), constraint.clone().into());
            cell(&mut row, "constraint", constraint);
        }
        own(&mut row, keys);
        let required = row.get("required").cloned().unwrap_or_default();
        let group = row.get("type").is_some_and(|typed| typed.starts_with("begin"));
        if group {
            row.remove("required");
        }
        self.rows.push(row);
        if group {
            self.parts(name, kind, question, &required, place);
        }
        self.other(name, kind, question, place);
        if kind == "calculated" && string(question, "show") == "true" {
            self.shown(name, question, place);
        }
    }

    /// How a value is worked out, rounded as we round it.
    fn calculation(&mut self, row: &mut Row, keys: &mut Keys, name: &str, question: &Keys, place: &Place) {
        let decimals = string(question, "decimals").parse().unwrap_or(2);
        let source = string(question, "value");
        let path = parse(source).map_err(|_| source.to_owned()).and_then(|tree| number(&tree, decimals, &self.dialect));
        match path {
            Ok(path) => {
                keys.insert("~calculation".to_owned(), path.text.clone().into());
                cell(row, "calculation", path.text);
            }
            Err(part) => {
                cell(row, "calculation", "''");
                keys.insert("~calculation".to_owned(), "''".into());
                self.lose(
                    place,
                    format!("「{part}」は XLSForm で書けません。ほかのソフトでは、{name} は空になります。"),
                    format!("XLSForm has no words for “{part}”; {name} stays empty in other programs."),
                );
            }
        }
    }

    /// A calculated value that respondents see is a note of its own.
    fn shown(&mut self, name: &str, question: &Keys, place: &Place) {
        let mut row = Row::new();
        cell(&mut row, "type", "note");
        let note = self.name(format!("{name}_shown"));
        cell(&mut row, "name", note);
        for language in self.languages {
            let of = |key: &str| question.get(key).map(|text| super::sheet::said(text, *language)).unwrap_or_default();
            cell(&mut row, &super::sheet::head("label", *language), format!("{}: ${{{name}}}{}", of("text"), of("unit")));
        }
        let mut keys = Keys::from_iter([("~part".to_owned(), Tree::from("shown"))]);
        self.condition(&mut row, &mut keys, string(question, "show_if"), place);
        own(&mut row, keys);
        self.rows.push(row);
    }

    /// The rows of a question that has parts.
    fn parts(&mut self, id: &str, kind: &str, question: &Keys, required: &str, place: &Place) {
        match kind {
            "grid" => {
                self.points(id, question, place);
                self.lines(&format!("select_one {id}"), id, "rows", question, required, place);
            }
            "multiple_grid" => {
                self.list(id, question.get("choices"), place);
                self.lines(&format!("select_multiple {id}"), id, "rows", question, required, place);
            }
            "card_sort" => {
                self.list(id, question.get("piles"), place);
                self.lines(&format!("select_one {id}"), id, "cards", question, required, place);
            }
            "allocation" => self.lines("integer", id, "items", question, required, place),
            "paired_comparison" => self.pairs(id, question, required, place),
            _ => {
                for column in records(question, "columns") {
                    let own = Keys::from_iter([("~column".to_owned(), Tree::from(string(column, "id")))]);
                    self.asked(column, &format!("{id}_{}", string(column, "id")), place, own);
                }
            }
        }
        let end = if kind == "table" { "end_repeat" } else { "end_group" };
        self.rows.push(Row::from([("type".to_owned(), end.to_owned())]));
    }

    fn lines(&mut self, typed: &str, id: &str, list: &str, question: &Keys, required: &str, place: &Place) {
        let total = if string(question, "total").is_empty() { "100" } else { string(question, "total") };
        let items: Vec<&str> = records(question, list).map(|part| string(part, "id")).collect();
        for (at, part) in records(question, list).enumerate() {
            let mut row = Row::new();
            cell(&mut row, "type", typed);
            cell(&mut row, "name", format!("{id}_{}", string(part, "id")));
            cell(&mut row, "required", required);
            let mut keys = rest(part, &["id", "text"]);
            keys.insert("~row".to_owned(), string(part, "id").into());
            self.text(&mut row, &mut keys, "label", "text", part.get("text"), place);
            let constraint = match string(question, "kind") {
                "allocation" => of_points(id, &items, total, at + 1 == items.len()),
                kind => constraint(kind, question),
            };
            if !constraint.is_empty() {
                keys.insert("~constraint".to_owned(), constraint.clone().into());
                cell(&mut row, "constraint", constraint);
            }
            own(&mut row, keys);
            self.rows.push(row);
        }
        if string(question, "kind") == "allocation" && required.is_empty() {
            self.lose(
                place,
                "合計は、ほかのソフトでは最後の項目に書いたときだけ確かめられます。",
                "Other programs check the total only when the last item is filled in.",
            );
        }
    }

    /// Every pair asks with the same list, of which it shows two.
    fn pairs(&mut self, id: &str, question: &Keys, required: &str, place: &Place) {
        self.list(id, question.get("items"), place);
        let items: Vec<&Keys> = records(question, "items").collect();
        for (at, first) in items.iter().enumerate() {
            for second in &items[at + 1..] {
                let (one, two) = (string(first, "id"), string(second, "id"));
                let mut row = Row::new();
                cell(&mut row, "type", format!("select_one {id}"));
                cell(&mut row, "name", format!("{id}_{one}_{two}"));
                cell(&mut row, "required", required);
                cell(&mut row, "choice_filter", format!("name = '{one}' or name = '{two}'"));
                for language in self.languages {
                    let text = |item: &Keys| item.get("text").map(|text| super::sheet::said(text, *language)).unwrap_or_default();
                    cell(&mut row, &super::sheet::head("label", *language), format!("{} / {}", text(first), text(second)));
                }
                own(&mut row, Keys::from_iter([("~part".to_owned(), Tree::from("pair"))]));
                self.rows.push(row);
            }
        }
    }

    /// The text of «other».
    fn other(&mut self, id: &str, kind: &str, question: &Keys, place: &Place) {
        let Some(other) = question.get("other").filter(|_| matches!(kind, "single_choice" | "dropdown" | "multiple_choice")) else {
            return;
        };
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
        let mut keys = Keys::from_iter([("~part".to_owned(), Tree::from("other"))]);
        self.text(&mut row, &mut Keys::new(), "label", "text", Some(other), place);
        keys.insert("~part".to_owned(), "other".into());
        own(&mut row, keys);
        self.rows.push(row);
    }

    fn list(&mut self, id: &str, choices: Option<&Tree>, place: &Place) {
        for choice in choices.and_then(Tree::as_array).into_iter().flatten().filter_map(Tree::as_object) {
            let keys = rest(choice, &["id", "text"]);
            self.choice(id, string(choice, "id"), choice.get("text"), keys, place);
        }
    }

    fn choice(&mut self, list: &str, name: &str, text: Option<&Tree>, mut keys: Keys, place: &Place) {
        let mut row = Row::new();
        cell(&mut row, "list_name", list);
        cell(&mut row, "name", name);
        self.text(&mut row, &mut keys, "label", "text", text, place);
        own(&mut row, keys);
        self.choices.push(row);
    }

    fn yes_and_no(&mut self, id: &str, question: &Keys, place: &Place) {
        let texts = match self.survey.question(id).map(|question| &question.kind) {
            Some(Kind::YesNo { yes, no }) => [text_tree(yes, self.languages), text_tree(no, self.languages)],
            // A column of a table has no question of its own
            _ => [("yes", "はい", "Yes"), ("no", "いいえ", "No")]
                .map(|(key, ja, en)| question.get(key).cloned().unwrap_or_else(|| serde_json::json!({"ja": ja, "en": en}))),
        };
        for (code, text) in [YES, NO].into_iter().zip(&texts) {
            self.choice(id, code, Some(text), Keys::new(), place);
        }
    }

    fn points(&mut self, id: &str, question: &Keys, place: &Place) {
        let recommends = string(question, "kind") == "recommendation";
        let labels: Vec<Tree> = match self.survey.question(id).map(|question| &question.kind) {
            Some(Kind::Recommendation { ends }) => vec![text_tree(&ends.0, self.languages), text_tree(&ends.1, self.languages)],
            _ => ["ends", "labels"].iter().find_map(|key| question.get(*key)).and_then(Tree::as_array).cloned().unwrap_or_default(),
        };
        let count: usize = if recommends { 11 } else { string(question, "points").parse().unwrap_or(labels.len()) };
        let all = labels.len() == count;
        for at in 0..count {
            let number = if recommends { at } else { at + 1 }.to_string();
            let label = match at {
                _ if all => labels.get(at),
                0 => labels.first(),
                last if last + 1 == count => labels.last(),
                _ => None,
            };
            let bare = Tree::from(number.clone());
            self.choice(id, &number, Some(label.unwrap_or(&bare)), Keys::new(), place);
        }
    }
}
