//! Elements of several fields: tables become tables, and what is no table becomes questions of its own.

use super::choices_in::codes;
use super::element::{Context, Element};
use super::names_in::MOST_ROWS;
use super::writer::Keys;
use crate::exchange::names;
use serde_json::{Map, Value as Tree};
use std::collections::BTreeSet;

/// The kinds that a column of a table may have.
const COLUMNS: [&str; 6] = ["dropdown", "single_choice", "yes_no", "number", "short_text", "date"];

/// Two texts as one: what the element asks, and which of its fields.
fn both(whole: &Tree, part: &Tree) -> Tree {
    match (whole, part) {
        (Tree::Object(forms), part) => {
            let of = |code: &str| part.get(code).or(Some(part)).and_then(Tree::as_str).unwrap_or_default().to_owned();
            Tree::Object(
                forms.iter().map(|(code, form)| (code.clone(), joined(form.as_str().unwrap_or_default(), &of(code)).into())).collect(),
            )
        }
        (whole, Tree::Object(forms)) => {
            let whole = whole.as_str().unwrap_or_default();
            Tree::Object(forms.iter().map(|(code, form)| (code.clone(), joined(whole, form.as_str().unwrap_or_default()).into())).collect())
        }
        (whole, part) => joined(whole.as_str().unwrap_or_default(), part.as_str().unwrap_or_default()).into(),
    }
}

fn joined(whole: &str, part: &str) -> String {
    format!("{whole}: {part}")
}

impl Context<'_> {
    /// The columns of a table; `None` where none can be taken over.
    pub(super) fn table(&self, element: &Element<'_>, question: &mut Keys) -> Option<()> {
        let dynamic = element.text("type") == "matrixdynamic";
        let (list, most, kind) =
            if dynamic { ("columns", "maxRowCount", "cellType") } else { ("templateElements", "maxPanelCount", "type") };
        let rows = element.text(most);
        let usual = rows.parse().unwrap_or(MOST_ROWS).clamp(1, MOST_ROWS).to_string();
        if rows != usual {
            self.lose(element, most, if rows.is_empty() { "20" } else { rows });
        }
        element.text("rowCount");
        question.insert("at_most".to_owned(), usual.into());
        let mut taken = BTreeSet::new();
        let mut columns = Vec::new();
        for column in element.list(list) {
            let id = names::id(column.text("name"), "q", &mut taken);
            let typed = match column.text(kind) {
                "" | "default" => element.node.get("cellType").and_then(|node| node.scalar()).unwrap_or("dropdown"),
                typed => typed,
            };
            element.text("cellType");
            let Some(mut cell) = self.question(&column, typed, column.text("name")) else { continue };
            if cell.get("kind").and_then(Tree::as_str) == Some("long_text") {
                cell.insert("kind".to_owned(), "short_text".into());
                self.lose(&column, kind, "comment");
            }
            if !COLUMNS.contains(&cell.get("kind").and_then(Tree::as_str).unwrap_or_default()) {
                self.lose(&column, kind, typed);
                continue;
            }
            for (key, theirs) in [("show_if", "visibleIf"), ("hint", "description")] {
                if cell.remove(key).is_some() {
                    self.lose(&column, theirs, "");
                }
            }
            cell.remove(crate::exchange::tree::COMMENT);
            cell.insert("id".to_owned(), id.into());
            columns.push(Tree::Object(cell));
        }
        if columns.is_empty() {
            return None;
        }
        question.insert("columns".to_owned(), columns.into());
        Some(())
    }

    /// A matrix whose columns are questions of several kinds: a question for every cell.
    pub(super) fn spread(&self, element: &Element<'_>) -> Vec<Keys> {
        let (name, rows) = (element.text("name").to_owned(), element.list("rows"));
        let whole = self.base(element, &name, &Map::new());
        let mut out = Vec::new();
        for row in &rows {
            for column in element.list("columns") {
                let path = format!("{name}.{}.{}", row.value(), column.text("name"));
                let typed = Some(column.text("cellType")).filter(|typed| !matches!(*typed, "" | "default")).unwrap_or("dropdown");
                if let Some(mut cell) = self.question(&column, typed, &path) {
                    let title = self.words(&column, "title", &Map::new(), "title").unwrap_or_else(|| column.text("name").into());
                    cell.insert("text".to_owned(), both(&self.item(row), &title));
                    self.under(&whole, cell, &mut out);
                }
            }
        }
        self.unread(element);
        out
    }

    /// Several fields under one title: a question for each.
    pub(super) fn fields(&self, element: &Element<'_>) -> Vec<Keys> {
        let name = element.text("name").to_owned();
        let whole = self.base(element, &name, &Map::new());
        let mut out = Vec::new();
        for item in element.list("items") {
            let path = format!("{name}.{}", item.text("name"));
            if let Some(mut field) = self.question(&item, "text", &path) {
                let title = self.words(&item, "title", &Map::new(), "title").unwrap_or_else(|| item.text("name").into());
                field.insert("text".to_owned(), both(whole.get("text").unwrap_or(&Tree::Null), &title));
                self.under(&whole, field, &mut out);
            }
        }
        self.validators(element, &mut Keys::new());
        self.unread(element);
        out
    }

    /// Rows with choices that are no scale: a question for each row.
    pub(super) fn lines(&self, element: &Element<'_>) -> Vec<Keys> {
        let name = element.text("name").to_owned();
        let whole = self.base(element, &name, &Map::new());
        let id = self.ids.get(&name).cloned().unwrap_or_default();
        let rows = element.list("rows");
        let mut out = Vec::new();
        for (row, (_, code)) in rows.iter().zip(codes(&rows)) {
            let mut line = Keys::new();
            line.insert("id".to_owned(), format!("{id}_{code}").into());
            line.insert("kind".to_owned(), "single_choice".into());
            line.insert("text".to_owned(), both(whole.get("text").unwrap_or(&Tree::Null), &self.item(row)));
            line.insert("choices".to_owned(), self.items(&element.list("columns")).into());
            if ["eachRowRequired", "isAllRowRequired"].map(|key| element.is(key)).contains(&true) {
                line.insert("need".to_owned(), "required".into());
            }
            self.under(&whole, line, &mut out);
        }
        self.unread(element);
        out
    }

    /// A part under the condition and the need of its whole; the first one has the hint of all.
    fn under(&self, whole: &Keys, mut part: Keys, out: &mut Vec<Keys>) {
        for key in ["show_if", "need"] {
            if let Some(value) = whole.get(key).filter(|_| !part.contains_key(key)) {
                part.insert(key.to_owned(), value.clone());
            }
        }
        if let Some(hint) = whole.get("hint").filter(|_| out.is_empty()) {
            part.insert("hint".to_owned(), hint.clone());
        }
        out.push(part);
    }
}
