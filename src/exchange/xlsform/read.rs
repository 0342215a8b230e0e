//! A form becomes a survey: pages from groups, questions from rows. What cannot cross is said with its sheet and cell.

use super::form::{Form, Row, form};
use super::loss::lost;
use super::names;
use super::question_in::Context;
use crate::content::workbook::SheetIn;
use crate::diagnostic::{Diagnostic, Diagnostics, Place, code};
use crate::exchange::tree::normal;
use crate::language::Language;
use serde_json::{Map, Value as Tree, json};
use std::collections::{BTreeMap, BTreeSet};

type Keys = Map<String, Tree>;

/// The survey of a form as a tree, and what did not cross. `None` where the workbook is no form.
#[must_use]
pub fn survey(file: &str, sheets: &[SheetIn], languages: &[Language]) -> (Option<Tree>, Diagnostics) {
    let mut diagnostics = Diagnostics::new();
    let Some(form) = form(sheets, languages, &mut diagnostics) else {
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
    let mut importer = Importer::new(&form, languages, &mut diagnostics);
    for row in &form.rows {
        importer.row(row, &mut diagnostics);
    }
    importer.finish_page(&mut diagnostics);
    let pages = importer.pages;
    if pages.is_empty() {
        diagnostics.push(Diagnostic::error(
            code::WORKBOOK,
            Place::whole(&file.into()),
            "取り込める質問が一つもありません。",
            "There is not one question that can be taken over.",
        ));
        return (None, diagnostics);
    }
    let tree = whole(&form, pages, languages, file, &mut diagnostics);
    (Some(normal(tree)), diagnostics)
}

/// An open group.
enum Group {
    /// A page, or a group within one that asks its questions under a condition.
    Plain(Option<String>),
    /// The rows of a grid.
    Grid(Keys),
}

struct Importer<'a> {
    context: Context<'a>,
    groups: Vec<Group>,
    page: Option<Keys>,
    questions: Vec<Tree>,
    pages: Vec<Tree>,
    page_ids: BTreeSet<String>,
}

impl<'a> Importer<'a> {
    fn new(form: &'a Form, languages: &'a [Language], diagnostics: &mut Diagnostics) -> Importer<'a> {
        let (mut names, mut taken) = (BTreeMap::new(), BTreeSet::new());
        for row in &form.rows {
            let typed = row.get("type").to_lowercase();
            let own = row.own(diagnostics);
            let structure = typed.is_empty() || typed.starts_with("end");
            let opens = typed.starts_with("begin") && own.get("kind").is_none();
            if structure || opens || own.contains_key("~part") {
                continue;
            }
            let id = names::id(row.get("name"), "q", &mut taken);
            names.insert(row.get("name").to_owned(), (id, typed.starts_with("select_multiple")));
        }
        let mut codes = BTreeMap::new();
        for row in form.lists.values().flatten() {
            codes.insert(row.get("name").to_owned(), names::id(row.get("name"), "c", &mut BTreeSet::new()));
        }
        // The points of a scale are numbers, and stay so
        codes.retain(|name, _| !name.bytes().all(|byte| byte.is_ascii_digit()));
        Importer {
            context: Context { form, languages, names, codes },
            groups: Vec::new(),
            page: None,
            questions: Vec::new(),
            pages: Vec::new(),
            page_ids: BTreeSet::new(),
        }
    }

    fn row(&mut self, row: &Row, diagnostics: &mut Diagnostics) {
        let typed = row.get("type").to_lowercase().replace('_', " ");
        let own = row.own(diagnostics);
        let part = own.get("~part").and_then(Tree::as_str);
        match typed.as_str() {
            "" => {}
            "begin group" => self.begin(row, &own, diagnostics),
            "begin repeat" => {
                self.context.unknown(row, "type", row.get("type"), diagnostics);
                self.begin(row, &own, diagnostics);
            }
            "end group" | "end repeat" => self.end(row, diagnostics),
            "note" if part == Some("lead") => {
                if let Some(lead) = self.context.text(row, "label", own.get("text"), diagnostics)
                    && let Some(page) = &mut self.page
                {
                    page.insert("lead".to_owned(), lead);
                }
            }
            // The text of «other» belongs to its choice
            _ if part == Some("other") => {}
            _ if own.contains_key("~row") => self.grid_row(row, &own, diagnostics),
            _ => self.ask(row, diagnostics),
        }
    }

    fn begin(&mut self, row: &Row, own: &Keys, diagnostics: &mut Diagnostics) {
        if own.get("kind").and_then(Tree::as_str) == Some("grid") {
            let mut grid: Keys =
                own.iter().filter(|(key, _)| !key.starts_with('~')).map(|(key, value)| (key.clone(), value.clone())).collect();
            grid.remove("show_if");
            grid.insert("id".to_owned(), row.get("name").into());
            for (column, key) in [("label", "text"), ("hint", "hint")] {
                if let Some(text) = self.context.text(row, column, own.get(key), diagnostics) {
                    grid.insert(key.to_owned(), text);
                }
            }
            if let Some(labels) = self.context.points(row.get("name"), diagnostics) {
                self.context.scale(labels, own, &mut grid);
            }
            if let Some(source) = self.context.condition(row, own, diagnostics) {
                grid.insert("show_if".to_owned(), source.into());
            }
            grid.insert("rows".to_owned(), Tree::Array(Vec::new()));
            self.groups.push(Group::Grid(grid));
            return;
        }
        let condition = self.context.condition(row, own, diagnostics);
        let title = self.context.text(row, "label", own.get("title"), diagnostics);
        if self.groups.is_empty() {
            self.finish_page(diagnostics);
            let id = match own.get("~page").and_then(Tree::as_str) {
                Some(id) if self.page_ids.insert(id.to_owned()) => id.to_owned(),
                _ => names::id(row.get("name"), "page", &mut self.page_ids),
            };
            let mut page: Keys =
                own.iter().filter(|(key, _)| !key.starts_with('~')).map(|(key, value)| (key.clone(), value.clone())).collect();
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
            Some(Group::Grid(grid)) => self.questions.push(Tree::Object(grid)),
            Some(Group::Plain(_)) => {
                if self.groups.is_empty() {
                    self.finish_page(diagnostics);
                }
            }
            None => self.context.unknown(row, "type", row.get("type"), diagnostics),
        }
    }

    fn grid_row(&mut self, row: &Row, own: &Keys, diagnostics: &mut Diagnostics) {
        let text = self.context.text(row, "label", own.get("text"), diagnostics).unwrap_or_default();
        let Some(Group::Grid(grid)) = self.groups.last_mut() else {
            self.ask(row, diagnostics);
            return;
        };
        self.context.need(row, grid, diagnostics);
        let mut keys: Keys = own.iter().filter(|(key, _)| !key.starts_with('~')).map(|(key, value)| (key.clone(), value.clone())).collect();
        keys.insert("id".to_owned(), own.get("~row").cloned().unwrap_or_default());
        keys.insert("text".to_owned(), text);
        if let Some(rows) = grid.get_mut("rows").and_then(Tree::as_array_mut) {
            rows.push(Tree::Object(keys));
        }
    }

    fn ask(&mut self, row: &Row, diagnostics: &mut Diagnostics) {
        let Some(mut question) = self.context.question(row, diagnostics) else { return };
        let outer = self.groups.iter().filter_map(|group| match group {
            Group::Plain(condition) => condition.clone(),
            Group::Grid(_) => None,
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
        page.insert("questions".to_owned(), Tree::Array(std::mem::take(&mut self.questions)));
        self.pages.push(Tree::Object(page));
    }
}

/// The survey around its pages. What a form has no place for and every survey needs is proposed, and said to be.
fn whole(form: &Form, pages: Vec<Tree>, languages: &[Language], file: &str, diagnostics: &mut Diagnostics) -> Tree {
    let mut survey = form.own.clone();
    let first = languages.first().copied().unwrap_or(Language::Japanese);
    let titled = form.settings.get("form_title");
    let known = survey.get("title").map(|title| super::sheet::said(title, first));
    if !titled.is_empty() && known.as_deref() != Some(titled) {
        match survey.get_mut("title") {
            Some(Tree::Object(forms)) => drop(forms.insert(first.code().to_owned(), titled.into())),
            _ => drop(survey.insert("title".to_owned(), titled.into())),
        }
    }
    let questions: usize = pages.iter().filter_map(|page| page.get("questions").and_then(Tree::as_array)).map(Vec::len).sum();
    let stem = std::path::Path::new(file).file_stem().map_or_else(|| file.to_owned(), |stem| stem.to_string_lossy().into_owned());
    let proposals = [
        ("title", json!(stem)),
        ("lead", json!({"ja": "いくつかの質問にお答えください。", "en": "Please answer a few questions."})),
        ("minutes", json!((questions / 5).clamp(1, 180).to_string())),
        ("mode", json!("anonymous")),
        ("purpose", json!({"ja": "回答を何に使うかを、ここに書いてください。", "en": "Say here what the answers are for."})),
    ];
    let mut proposed = Vec::new();
    for (key, value) in proposals {
        if !survey.contains_key(key) {
            survey.insert(key.to_owned(), value);
            proposed.push(key);
        }
    }
    if !proposed.is_empty() {
        diagnostics.push(
            Diagnostic::warning(
                code::LOST,
                Place::whole(&file.into()),
                format!("フォームにないものを仮に書きました（{}）。", proposed.join("、")),
                format!("The form does not say these; they are proposals ({}).", proposed.join(", ")),
            )
            .hint("できたファイルで直してください。", "Correct them in the file that was written."),
        );
    }
    survey.insert("pages".to_owned(), Tree::Array(pages));
    Tree::Object(survey)
}
