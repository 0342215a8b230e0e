//! Choices, points, rows and items of an element.

use super::writer::{Keys, Writer, numeric, own, records, rest, string, text_tree};
use crate::diagnostic::Place;
use crate::survey::question::Kind;
use serde_json::{Value as Tree, json};

impl Writer<'_> {
    /// Items of a list: a value, its text, and what only we know of it.
    fn items(&mut self, question: &Keys, list: &str, place: &Place) -> Vec<Tree> {
        let mut items = Vec::new();
        for part in records(question, list) {
            let mut item = Keys::new();
            item.insert("value".to_owned(), string(part, "id").into());
            let mut ours = rest(part, &["id", "text", "exclusive"]);
            self.text(&mut item, &mut ours, "text", "text", part.get("text"), place);
            if string(part, "exclusive") == "true" {
                item.insert("isExclusive".to_owned(), true.into());
            }
            own(&mut item, ours);
            items.push(Tree::Object(item));
        }
        items
    }

    /// One or several of a list, or a list put in order.
    pub(super) fn chosen(&mut self, element: &mut Keys, ours: &mut Keys, question: &Keys, place: &Place) {
        let list = if string(question, "kind") == "ranking" { "items" } else { "choices" };
        let items = self.items(question, list, place);
        ours.remove(list);
        element.insert("choices".to_owned(), items.into());
        if let Some(other) = question.get("other") {
            element.insert("showOtherItem".to_owned(), true.into());
            ours.remove("other");
            self.text(element, ours, "otherText", "other", Some(other), place);
        }
        if let Some(order) = ours.remove("order") {
            element.insert("choicesOrder".to_owned(), if order == "random" { "random" } else { "none" }.into());
        }
        if let Some(most) = question.get("at_most").and_then(Tree::as_str) {
            element.insert("maxSelectedChoices".to_owned(), numeric(most));
            ours.remove("at_most");
        }
        if let Some(top) = question.get("top").and_then(Tree::as_str) {
            element.insert("selectToRankEnabled".to_owned(), true.into());
            element.insert("minSelectedChoices".to_owned(), numeric(top));
            element.insert("maxSelectedChoices".to_owned(), numeric(top));
            ours.remove("top");
        }
    }

    /// The points of a scale: by their number where only the ends have words.
    pub(super) fn rating(&mut self, element: &mut Keys, ours: &mut Keys, name: &str, question: &Keys, place: &Place) {
        let usual = match self.survey.question(name).map(|question| &question.kind) {
            Some(Kind::Recommendation { ends }) if !question.contains_key("ends") => {
                Some([text_tree(&ends.0, self.languages), text_tree(&ends.1, self.languages)])
            }
            _ => None,
        };
        let recommends = string(question, "kind") == "recommendation";
        element.insert("displayMode".to_owned(), "buttons".into());
        ours.remove("points");
        if let Some(labels) = question.get("labels").and_then(Tree::as_array) {
            let values = (1..).zip(labels).map(|(point, label): (u32, &Tree)| json!({"id": point.to_string(), "text": label}));
            let list = Keys::from_iter([("points".to_owned(), Tree::Array(values.collect()))]);
            let items = self.items(&list, "points", place);
            ours.remove("labels");
            element.insert("rateValues".to_owned(), items.into());
            return;
        }
        let most = if recommends { "10" } else { string(question, "points") };
        element.insert("rateMin".to_owned(), i32::from(!recommends).into());
        element.insert("rateMax".to_owned(), numeric(most));
        let ends = question.get("ends").and_then(Tree::as_array);
        let both = ends.cloned().or_else(|| usual.clone().map(Vec::from)).unwrap_or_default();
        for (to, text) in ["minRateDescription", "maxRateDescription"].into_iter().zip(&both) {
            self.text(element, &mut Keys::new(), to, to, Some(text), place);
            if usual.is_some() {
                ours.insert(format!("~usual_{to}"), element.get(to).cloned().unwrap_or_default());
            }
        }
        if let Some(ends) = ours.remove("ends") {
            let same = ["minRateDescription", "maxRateDescription"].map(|key| element.get(key).cloned().unwrap_or_default());
            ours.insert("ends".to_owned(), ends);
            ours.insert("~ends".to_owned(), same.to_vec().into());
        }
    }

    /// Rows on the same points or choices.
    pub(super) fn matrix(&mut self, element: &mut Keys, ours: &mut Keys, question: &Keys, place: &Place) {
        let (rows, columns) = match string(question, "kind") {
            "card_sort" => ("cards", "piles"),
            "multiple_grid" => ("rows", "choices"),
            _ => ("rows", ""),
        };
        if columns.is_empty() {
            let labels: Vec<Tree> =
                ["ends", "labels"].iter().find_map(|key| question.get(*key)).and_then(Tree::as_array).cloned().unwrap_or_default();
            let count: usize = string(question, "points").parse().unwrap_or(labels.len());
            let label = |at: usize| match at {
                _ if labels.len() == count => labels.get(at),
                0 => labels.first(),
                last if last + 1 == count => labels.last(),
                _ => None,
            };
            let points = (0..count).map(|at| {
                let number = (at + 1).to_string();
                json!({"text": label(at).cloned().unwrap_or_else(|| number.clone().into()), "id": number})
            });
            let list = Keys::from_iter([("points".to_owned(), points.collect::<Vec<Tree>>().into())]);
            let items = self.items(&list, "points", place);
            element.insert("columns".to_owned(), items.into());
            for key in ["points", "labels", "ends"] {
                ours.remove(key);
            }
            ours.insert("~labels".to_owned(), if question.contains_key("ends") { "ends" } else { "labels" }.into());
        } else {
            let items = self.items(question, columns, place);
            ours.remove(columns);
            element.insert("columns".to_owned(), items.into());
        }
        if string(question, "kind") == "multiple_grid" {
            element.insert("cellType".to_owned(), "checkbox".into());
        }
        let items = self.items(question, rows, place);
        ours.remove(rows);
        element.insert("rows".to_owned(), items.into());
        if let Some(order) = ours.remove("order") {
            element.insert("rowOrder".to_owned(), if order == "random" { "random" } else { "initial" }.into());
        }
        if string(question, "need") == "required" {
            element.insert("eachRowRequired".to_owned(), true.into());
        }
    }

    /// A total that is shared out: numbers that add up.
    pub(super) fn points(&mut self, element: &mut Keys, ours: &mut Keys, name: &str, question: &Keys, place: &Place) {
        let total = if string(question, "total").is_empty() { "100" } else { string(question, "total") };
        let mut items = Vec::new();
        let mut paths = Vec::new();
        for part in records(question, "items") {
            let mut item = Keys::new();
            item.insert("name".to_owned(), string(part, "id").into());
            item.insert("inputType".to_owned(), "number".into());
            let mut mine = rest(part, &["id", "text"]);
            self.text(&mut item, &mut mine, "title", "text", part.get("text"), place);
            let bounds = json!([{"type": "numeric", "minValue": 0, "maxValue": numeric(total)}]);
            item.insert("validators".to_owned(), bounds);
            own(&mut item, mine);
            paths.push(format!("{{{name}.{}}}", string(part, "id")));
            items.push(Tree::Object(item));
        }
        ours.remove("items");
        element.insert("items".to_owned(), items.into());
        let sum = format!("sum({}) = {total}", paths.join(", "));
        element.insert("validators".to_owned(), json!([{"type": "expression", "expression": sum}]));
    }

    /// Every pair as a question of its own, in a panel.
    pub(super) fn pairs(&mut self, element: &mut Keys, ours: &mut Keys, name: &str, question: &Keys, place: &Place) {
        let items = self.items(question, "items", place);
        let ids: Vec<&str> = records(question, "items").map(|item| string(item, "id")).collect();
        let mut pairs = Vec::new();
        for (at, first) in ids.iter().enumerate() {
            for (beyond, second) in ids.iter().enumerate().skip(at + 1) {
                let bare = |index: usize| {
                    let mut item = items.get(index).and_then(Tree::as_object).cloned().unwrap_or_default();
                    item.remove(super::writer::OWN);
                    Tree::Object(item)
                };
                let mut pair = Keys::from_iter([
                    ("type".to_owned(), Tree::from("radiogroup")),
                    ("name".to_owned(), format!("{name}_{first}_{second}").into()),
                    ("titleLocation".to_owned(), "hidden".into()),
                    ("choices".to_owned(), json!([bare(at), bare(beyond)])),
                ]);
                if string(question, "need") == "required" {
                    pair.insert("isRequired".to_owned(), true.into());
                }
                own(&mut pair, Keys::from_iter([("~part".to_owned(), Tree::from("pair"))]));
                pairs.push(Tree::Object(pair));
            }
        }
        ours.insert("~elements".to_owned(), pairs.len().into());
        element.insert("elements".to_owned(), pairs.into());
    }

    /// The same questions in every row.
    pub(super) fn table(&mut self, element: &mut Keys, ours: &mut Keys, name: &str, question: &Keys, place: &Place) {
        let mut columns = Vec::new();
        for column in records(question, "columns") {
            let mut cell = Keys::new();
            let mut mine = rest(column, &["id", "text"]);
            let id = string(column, "id");
            self.typed(&mut cell, &mut mine, &format!("{name}.{id}"), column, place);
            if let Some(typed) = cell.remove("type") {
                cell.insert("cellType".to_owned(), typed);
            }
            cell.remove("displayMode");
            cell.insert("name".to_owned(), id.into());
            self.text(&mut cell, &mut mine, "title", "text", column.get("text"), place);
            if string(column, "need") == "required" {
                cell.insert("isRequired".to_owned(), true.into());
            }
            own(&mut cell, mine);
            columns.push(Tree::Object(cell));
        }
        ours.remove("columns");
        ours.remove("at_most");
        element.insert("columns".to_owned(), columns.into());
        element.insert("rowCount".to_owned(), 1.into());
        element.insert("maxRowCount".to_owned(), numeric(string(question, "at_most")));
    }
}
