//! Matrices: grids of points, of choices, and cards in piles.

use super::element::{Context, Element};
use super::writer::Keys;
use serde_json::Value as Tree;

impl Context<'_> {
    /// The columns and rows of a matrix, each kind's own way.
    pub(super) fn matrix(&self, element: &Element<'_>, kind: &str, own: &Keys, question: &mut Keys) {
        let columns = element.list("columns");
        match kind {
            "card_sort" => drop(question.insert("piles".to_owned(), self.items(&columns).into())),
            "multiple_grid" => {
                element.text("cellType");
                question.insert("choices".to_owned(), self.items(&columns).into());
            }
            _ => {
                let ends = own.get("~labels").and_then(Tree::as_str) == Some("ends");
                let (key, labels) = self.labels(&columns, ends);
                question.insert("points".to_owned(), columns.len().to_string().into());
                question.insert(key.to_owned(), labels.into());
            }
        }
        let rows = self.items(&element.list("rows"));
        question.insert(if kind == "card_sort" { "cards" } else { "rows" }.to_owned(), rows.into());
        match element.text("rowOrder") {
            "random" => drop(question.insert("order".to_owned(), "random".into())),
            "initial" => drop(question.insert("order".to_owned(), "fixed".into())),
            _ => {}
        }
        let each = ["eachRowRequired", "isAllRowRequired"].map(|key| element.is(key)).contains(&true);
        if each {
            question.insert("need".to_owned(), "required".into());
        }
    }
}
