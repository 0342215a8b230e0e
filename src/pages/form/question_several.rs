//! Questions of several parts, as a form shows them: grids, ranks, cards, points, pairs, tables.

use super::control::{ChoiceView, QuestionView, RowView, TableRowView};
use super::question_one::{Asking, anchor};
use crate::language::Text;
use crate::pages::render::Markup;
use crate::survey::question::{Choice, Item, Kind, Question};
use crate::survey::variables::pairs;
use crate::survey::{Answer, Value};

impl Asking<'_> {
    /// A question of any kind.
    pub(in crate::pages) fn view(&self, question: &Question) -> QuestionView {
        let mut view = self.frame(question);
        match &question.kind {
            Kind::Grid { points, rows } => {
                view.kind = "grid";
                view.group = "radiogroup";
                view.columns = usize::from(points.count) + usize::from(view.declinable);
                view.heads = points.categories().iter().map(|point| self.edition.inline(self.spot, &point.label)).collect();
                view.rows = self.rows(question, rows, |field| self.points(field, points));
                for row in &mut view.rows {
                    row.decline = self.decline(question, &row.name, "radio");
                }
            }
            Kind::MultipleGrid { choices, rows, .. } => {
                view.kind = "grid";
                view.group = "group";
                view.columns = choices.len();
                view.heads = choices.iter().map(|choice| self.edition.inline(self.spot, &choice.text)).collect();
                view.rows = self.rows(question, rows, |field| self.of_choices(field, choices));
                view.decline = self.decline_apart(question);
                // Its refusal is for all rows, not for each
                view.declinable = false;
            }
            Kind::CardSort { cards, piles } => {
                view.kind = "cards";
                view.group = "radiogroup";
                view.rows = self.rows(question, cards, |field| self.of_items(field, piles.iter()));
                view.decline = self.decline_apart(question);
            }
            Kind::PairedComparison { items } => {
                view.kind = "pairs";
                view.group = "radiogroup";
                let row = |(first, second)| {
                    let field = question.pair_variable(first, second);
                    RowView { choices: self.of_items(&field, [first, second].into_iter()), ..self.row(question, field, &Text::default()) }
                };
                view.rows = pairs(items).map(row).collect();
                let all = view.rows.len().to_string();
                for (at, row) in view.rows.iter_mut().enumerate() {
                    row.text = Markup::text(&self.edition.fill("pair", &[("n", &(at + 1).to_string()), ("all", &all)]));
                }
                view.decline = self.decline_apart(question);
            }
            Kind::Ranking { items, top } => {
                view.kind = "ranking";
                view.rows = self.rows(question, items, |field| self.ranks(field, *top));
                view.decline = self.decline_apart(question);
            }
            Kind::Allocation { items, total, unit } => {
                view.kind = "allocation";
                view.total = total.to_string();
                view.unit = unit.as_ref().map(|unit| self.edition.plain(unit));
                view.rows = self.rows(question, items, |_| Vec::new());
                view.decline = self.decline_apart(question);
            }
            Kind::Table { columns, at_most } => {
                view.kind = "table";
                view.table = (1..=*at_most).map(|row| self.table_row(question, columns, row)).collect();
                view.decline = self.decline_apart(question);
            }
            Kind::Calculated { unit, .. } => {
                view.kind = "calculated";
                view.need = "required";
                if let Some(Answer::Given(Value::Number(digits))) = self.answers.get(&question.id) {
                    view.value.clone_from(digits);
                }
                view.unit = unit.as_ref().map(|unit| self.edition.plain(unit));
            }
            Kind::Note => view.kind = "note",
            _ => self.one(question, &mut view),
        }
        view
    }

    fn rows(&self, question: &Question, items: &[Item], choices: impl Fn(&str) -> Vec<ChoiceView>) -> Vec<RowView> {
        let row = |item: &Item| {
            let field = question.row_variable(&item.id);
            RowView { choices: choices(&field), ..self.row(question, field, &item.text) }
        };
        items.iter().map(row).collect()
    }

    fn row(&self, question: &Question, field: String, text: &Text) -> RowView {
        RowView {
            anchor: anchor(&field),
            id: format!("f-{field}"),
            text: self.edition.inline(self.spot, text),
            complaint: self.complaint(question, &field),
            value: self.first(&field).to_owned(),
            name: field,
            ..RowView::default()
        }
    }

    fn of_choices(&self, field: &str, choices: &[Choice]) -> Vec<ChoiceView> {
        let one = |choice: &Choice| self.choice(field, "checkbox", &choice.id, self.edition.inline(self.spot, &choice.text));
        choices.iter().map(one).collect()
    }

    fn of_items<'i>(&self, field: &str, items: impl Iterator<Item = &'i Item>) -> Vec<ChoiceView> {
        items.map(|item| self.choice(field, "radio", &item.id, self.edition.inline(self.spot, &item.text))).collect()
    }

    fn ranks(&self, field: &str, top: u32) -> Vec<ChoiceView> {
        let rank = |rank: u32| {
            let code = rank.to_string();
            let label = Markup::text(&self.edition.fill("rank", &[("n", &code)]));
            self.choice(field, "option", &code, label)
        };
        (1..=top).map(rank).collect()
    }

    /// A row of a table. Rows after the first one open when they are asked for; those with something in them are open.
    fn table_row(&self, question: &Question, columns: &[Question], row: u32) -> TableRowView {
        let cells: Vec<Question> = columns.iter().map(|column| question.cell(row, column)).collect();
        let told = cells.iter().flat_map(crate::survey::field::names).any(|name| !self.first(&name).is_empty());
        let n = row.to_string();
        TableRowView {
            title: self.edition.fill("table_row", &[("n", &n)]),
            more: self.edition.fill("table_more", &[("n", &n)]),
            first: row == 1,
            open: told,
            // On the page the row stands above its cells and need not be named in each
            cells: cells
                .into_iter()
                .zip(columns)
                .map(|(cell, column)| self.view(&Question { text: column.text.clone(), ..cell }))
                .collect(),
        }
    }
}
