//! A form becomes a survey: pages from groups, questions from rows. What cannot cross is said with its sheet and cell.

use super::form::{Form, Row, form};
use super::names_in::{names, rows_of};
use super::texts_in::{Context, Keys, is_unchanged};
use crate::content::workbook::SheetIn;
use crate::diagnostic::{Diagnostic, Diagnostics, Place, code};
use crate::exchange::loss::{lost, proposals};
use crate::exchange::meaning::{Names, ids};
use crate::exchange::names;
use crate::exchange::tree::{COMMENT, normal};
use crate::language::Language;
use serde_json::Value as Tree;
use std::collections::BTreeSet;

/// The survey of a form as a tree, and what did not cross. `None` where the workbook is no form.
#[must_use]
pub fn survey(file: &str, sheets: &[SheetIn], languages: &[Language]) -> (Option<Tree>, Diagnostics) {
    let mut diagnostics = Diagnostics::new();
    let Some(mut form) = form(sheets, languages, &mut diagnostics) else {
        let names: Vec<&str> = sheets.iter().map(|sheet| sheet.name.as_str()).collect();
        diagnostics.push(
            Diagnostic::error(
                code::WORKBOOK,
                Place::whole(&file.into()),
                "XLSForm ではありません。「survey」というシートがありません。",
                "This is no XLSForm: it has no sheet “survey”.",
            )
            .hint(format!("あるのは {} です。", names.join("、")), format!("There are: {}.", names.join(", "))),
        );
        return (None, diagnostics);
    };
    let names = names(&mut form);
    let mut importer = Importer::new(&form, languages, names);
    for row in &form.rows {
        importer.row(row, &mut diagnostics);
    }
    importer.finish_page(&mut diagnostics);
    let (pages, lead) = (importer.pages, importer.lead);
    if pages.is_empty() {
        diagnostics.push(Diagnostic::error(
            code::WORKBOOK,
            Place::whole(&file.into()),
            "取り込める質問が一つもありません。",
            "There is not one question that can be taken over.",
        ));
        return (None, diagnostics);
    }
    let tree = whole(&form, pages, lead, languages, file, &mut diagnostics);
    (Some(normal(tree)), diagnostics)
}

/// An open group.
enum Group {
    /// A page, or a group within one that asks its questions under a condition.
    Plain(Option<String>),
    /// A question of several rows, and the key of its list that they belong to.
    Parts(Keys, &'static str),
    /// Rows that are asked again and again: they become the columns of a table.
    Table(Keys),
}

/// The kinds that a column of a table may have.
const COLUMNS: [&str; 6] = ["dropdown", "single_choice", "yes_no", "number", "short_text", "date"];

struct Importer<'a> {
    context: Context<'a>,
    groups: Vec<Group>,
    page: Option<Keys>,
    questions: Vec<Tree>,
    pages: Vec<Tree>,
    page_ids: BTreeSet<String>,
    /// The words before the first page.
    lead: Option<Tree>,
}

/// What of a row's own keys belongs to its question.
fn bare(own: &Keys) -> Keys {
    own.iter().filter(|(key, _)| !key.starts_with('~')).map(|(key, value)| (key.clone(), value.clone())).collect()
}

impl<'a> Importer<'a> {
    fn new(form: &'a Form, languages: &'a [Language], names: Names) -> Importer<'a> {
        Importer {
            context: Context { form, languages, names, earlier: BTreeSet::new() },
            groups: Vec::new(),
            page: None,
            questions: Vec::new(),
            pages: Vec::new(),
            page_ids: BTreeSet::new(),
            lead: None,
        }
    }

    fn row(&mut self, row: &Row, diagnostics: &mut Diagnostics) {
        let (typed, ..) = row.typed();
        let own = row.own(diagnostics);
        let part = own.get("~part").and_then(Tree::as_str);
        match typed.as_str() {
            "" => {
                if let Some((column, text)) = row.first() {
                    self.context.unknown(row, column, text, diagnostics);
                }
            }
            "begin_group" => self.begin(row, &own, diagnostics),
            "begin_repeat" => self.table(row, &own, diagnostics),
            "end_group" | "end_repeat" => self.end(row, diagnostics),
            "note" if part == Some("survey_lead") => self.lead = self.context.text(row, "label", &own, "text", diagnostics),
            "note" if part == Some("lead") => {
                if let Some(lead) = self.context.text(row, "label", &own, "text", diagnostics)
                    && let Some(page) = &mut self.page
                {
                    page.insert("lead".to_owned(), lead);
                }
            }
            // The text of «other» belongs to its choice, a pair to its items, what is shown to what is calculated
            _ if matches!(part, Some("other" | "pair" | "shown")) => {}
            _ if own.contains_key("~row") && matches!(self.groups.last(), Some(Group::Parts(..))) => self.part(row, &own, diagnostics),
            _ => self.ask(row, diagnostics),
        }
    }

    /// The keys of a question that is a group of rows.
    fn grouped(&self, row: &Row, own: &Keys, diagnostics: &mut Diagnostics) -> Keys {
        let mut keys = bare(own);
        keys.remove("show_if");
        if row.id != row.get("name") {
            keys.insert(COMMENT.to_owned(), format!("name: {}", row.get("name")).into());
        }
        keys.insert("id".to_owned(), row.id.clone().into());
        for (column, key) in [("label", "text"), ("hint", "hint")] {
            if let Some(text) = self.context.text(row, column, own, key, diagnostics) {
                keys.insert(key.to_owned(), text);
            }
        }
        keys.entry("text").or_insert_with(|| row.get("name").into());
        if let Some(source) = self.context.condition(row, own, diagnostics) {
            keys.insert("show_if".to_owned(), source.into());
        }
        keys
    }

    fn table(&mut self, row: &Row, own: &Keys, diagnostics: &mut Diagnostics) {
        let mut keys = self.grouped(row, own, diagnostics);
        if own.get("kind").and_then(Tree::as_str) != Some("table") {
            keys.insert("kind".to_owned(), "table".into());
            let rows = rows_of(row, own);
            keys.insert("at_most".to_owned(), rows.to_string().into());
            if row.get("repeat_count") != rows.to_string() {
                let cell = Context::cell(row, "type");
                lost(
                    row.place("type"),
                    format!("{cell}: くり返しは、{rows} 行までの表にしました。"),
                    format!("{cell}: the repeat is a table of at most {rows} rows."),
                    diagnostics,
                );
            }
        }
        keys.insert("columns".to_owned(), Tree::Array(Vec::new()));
        self.groups.push(Group::Table(keys));
    }

    fn begin(&mut self, row: &Row, own: &Keys, diagnostics: &mut Diagnostics) {
        let kind = own.get("kind").and_then(Tree::as_str).unwrap_or_default();
        let list = match kind {
            "grid" | "multiple_grid" => "rows",
            "card_sort" => "cards",
            "allocation" | "paired_comparison" => "items",
            _ => "",
        };
        if !list.is_empty() {
            let mut keys = self.grouped(row, own, diagnostics);
            let name = row.get("name");
            match kind {
                "grid" => Context::scale(self.context.labels(name, diagnostics), own, &mut keys),
                "multiple_grid" => drop(keys.insert("choices".to_owned(), self.context.choices(name, diagnostics).0.into())),
                "card_sort" => drop(keys.insert("piles".to_owned(), self.context.choices(name, diagnostics).0.into())),
                "paired_comparison" => drop(keys.insert("items".to_owned(), self.context.choices(name, diagnostics).0.into())),
                _ => {}
            }
            if kind != "paired_comparison" {
                keys.insert(list.to_owned(), Tree::Array(Vec::new()));
            }
            self.groups.push(Group::Parts(keys, list));
            return;
        }
        if matches!(self.groups.last(), Some(Group::Table(_))) {
            self.context.unknown(row, "type", row.get("type"), diagnostics);
        }
        for column in ["hint", "appearance"] {
            let written = row.get(column);
            if !written.is_empty() && written != "field-list" {
                self.context.unknown(row, column, written, diagnostics);
            }
        }
        let condition = self.context.condition(row, own, diagnostics);
        let title = self.context.text(row, "label", own, "title", diagnostics);
        if self.groups.is_empty() {
            self.finish_page(diagnostics);
            let id = match own.get("~page").and_then(Tree::as_str) {
                Some(id) if self.page_ids.insert(id.to_owned()) => id.to_owned(),
                _ => names::id(row.get("name"), "page", &mut self.page_ids),
            };
            let mut page = bare(own);
            page.remove("show_if");
            page.insert("id".to_owned(), id.into());
            page.extend(title.map(|title| ("title".to_owned(), title)));
            page.extend(condition.map(|source| ("show_if".to_owned(), source.into())));
            self.page = Some(page);
            self.groups.push(Group::Plain(None));
        } else {
            if title.is_some() {
                self.context.unknown(row, "label", row.get("name"), diagnostics);
            }
            self.groups.push(Group::Plain(condition));
        }
    }

    fn end(&mut self, row: &Row, diagnostics: &mut Diagnostics) {
        match self.groups.pop() {
            Some(Group::Parts(keys, _)) => self.push(keys),
            Some(Group::Table(keys)) => {
                if keys.get("columns").and_then(Tree::as_array).is_some_and(|columns| !columns.is_empty()) {
                    self.push(keys);
                }
            }
            Some(Group::Plain(_)) => {
                if self.groups.is_empty() {
                    self.finish_page(diagnostics);
                }
            }
            None => self.context.unknown(row, "type", row.get("type"), diagnostics),
        }
    }

    /// A row, an item or a card of the question whose group is open.
    fn part(&mut self, row: &Row, own: &Keys, diagnostics: &mut Diagnostics) {
        let text = self.context.text(row, "label", own, "text", diagnostics).unwrap_or_default();
        if !is_unchanged(row, "constraint", own) {
            self.context.unknown(row, "constraint", row.get("constraint"), diagnostics);
        }
        let Some(Group::Parts(question, list)) = self.groups.last_mut() else { return };
        self.context.need(row, question, diagnostics);
        let mut keys = bare(own);
        keys.insert("id".to_owned(), own.get("~row").cloned().unwrap_or_default());
        keys.insert("text".to_owned(), text);
        if let Some(rows) = question.get_mut(*list).and_then(Tree::as_array_mut) {
            rows.push(Tree::Object(keys));
        }
    }

    fn ask(&mut self, row: &Row, diagnostics: &mut Diagnostics) {
        let Some(question) = self.context.question(row, diagnostics) else { return };
        if self.groups.iter().any(|group| matches!(group, Group::Table(_))) {
            self.column(row, question, diagnostics);
        } else {
            self.push(question);
        }
    }

    /// A question of a repeat becomes a column, where columns can be like it.
    fn column(&mut self, row: &Row, mut question: Keys, diagnostics: &mut Diagnostics) {
        if question.get("kind").and_then(Tree::as_str) == Some("long_text") {
            question.insert("kind".to_owned(), "short_text".into());
            self.context.unknown(row, "appearance", "multiline", diagnostics);
        }
        if !COLUMNS.contains(&question.get("kind").and_then(Tree::as_str).unwrap_or_default()) {
            self.context.unknown(row, "type", row.get("type"), diagnostics);
            return;
        }
        for (key, column) in [("show_if", "relevant"), ("hint", "hint"), ("sensitive", "type")] {
            if question.remove(key).is_some() {
                self.context.unknown(row, column, row.get(column), diagnostics);
            }
        }
        for group in self.groups.iter_mut().rev() {
            if let Group::Table(keys) = group {
                if let Some(columns) = keys.get_mut("columns").and_then(Tree::as_array_mut) {
                    columns.push(Tree::Object(question));
                }
                return;
            }
        }
    }

    /// A question under the conditions of the groups around it.
    fn push(&mut self, mut question: Keys) {
        let outer = self.groups.iter().filter_map(|group| match group {
            Group::Plain(condition) => condition.clone(),
            Group::Parts(..) | Group::Table(_) => None,
        });
        let own = question.get("show_if").and_then(Tree::as_str).map(str::to_owned);
        let all: Vec<String> = outer.chain(own).collect();
        match all.as_slice() {
            [] => {}
            [one] => drop(question.insert("show_if".to_owned(), one.clone().into())),
            several => {
                let joined = several.iter().map(|one| format!("({one})")).collect::<Vec<String>>().join(" and ");
                question.insert("show_if".to_owned(), joined.into());
            }
        }
        if self.page.is_none() {
            let id = names::id(&format!("page_{}", self.pages.len() + 1), "page", &mut self.page_ids);
            self.page = Some(Keys::from_iter([("id".to_owned(), id.into())]));
        }
        self.questions.push(Tree::Object(question));
    }

    fn finish_page(&mut self, diagnostics: &mut Diagnostics) {
        let Some(mut page) = self.page.take() else { return };
        if self.questions.is_empty() {
            let id = page.get("id").and_then(Tree::as_str).unwrap_or_default().to_owned();
            let place = self.context.form.rows.first().map_or_else(|| Place::whole(&"".into()), |row| row.place("type"));
            lost(
                place,
                format!("質問のないグループ「{id}」は、ページになりません。"),
                format!("The group “{id}” has no questions and makes no page."),
                diagnostics,
            );
            return;
        }
        self.context.earlier.extend(ids(&self.questions));
        page.insert("questions".to_owned(), Tree::Array(std::mem::take(&mut self.questions)));
        self.pages.push(Tree::Object(page));
    }
}

/// The survey around its pages. What a form has no place for and every survey needs is proposed, and said to be.
fn whole(form: &Form, pages: Vec<Tree>, lead: Option<Tree>, languages: &[Language], file: &str, diagnostics: &mut Diagnostics) -> Tree {
    let mut survey = form.own.clone();
    // As it stands in the form: somebody may have changed it there
    survey.extend(lead.map(|lead| ("lead".to_owned(), lead)));
    let first = languages.first().copied().unwrap_or(Language::Japanese);
    let titled = form.settings.get("form_title");
    let known = survey.get("title").map(|title| super::sheet::said(title, first));
    if !titled.is_empty() && known.as_deref() != Some(titled) {
        match survey.get_mut("title") {
            Some(Tree::Object(forms)) => drop(forms.insert(first.code().to_owned(), titled.into())),
            _ => drop(survey.insert("title".to_owned(), titled.into())),
        }
    }
    proposals(&mut survey, &pages, file, diagnostics);
    survey.insert("pages".to_owned(), Tree::Array(pages));
    Tree::Object(survey)
}
