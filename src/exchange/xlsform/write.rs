//! A survey as XLSForm: sheets `survey`, `choices`, `settings`, and `shirube` with what a form has no place for.

use super::expression_out::XPath;
use super::sheet::{OWN, head, said};
use super::writer::{Keys, Row, Writer, cell, own, rest, string};
use crate::content::spreadsheet::{Entry, SheetOut};
use crate::diagnostic::{Diagnostics, Place};
use crate::exchange::loss::{of_whole, terms};
use crate::language::Language;
use crate::survey::Survey;
use serde_json::{Value as Tree, json};

/// Columns; those with a star have one a language.
const SURVEY: [&str; 11] =
    ["type", "name", "label*", "hint*", "required", "relevant", "constraint", "appearance", "parameters", "calculation", "choice_filter"];
const CHOICES: [&str; 3] = ["list_name", "name", "label*"];

/// The sheets of a survey and what of it other programs will not see, or will see otherwise. `tree` is its file, `survey` what was
/// read from it.
#[must_use]
pub fn sheets(tree: &Tree, survey: &Survey, languages: &[Language]) -> (Vec<SheetOut>, Diagnostics) {
    let mut taken: std::collections::BTreeSet<String> = survey.variables().into_iter().map(|variable| variable.id).collect();
    taken.extend(survey.questions().map(|question| question.id.clone()));
    let mut writer = Writer {
        survey,
        languages,
        dialect: XPath::of(survey),
        rows: Vec::new(),
        choices: Vec::new(),
        taken,
        diagnostics: Diagnostics::new(),
    };
    of_whole(tree, &["title", "lead", "pages", "revision"], &survey.place, &mut writer.diagnostics);
    writer.lead(tree, "survey_lead", "survey_lead", &survey.place);
    for page in tree.get("pages").and_then(Tree::as_array).into_iter().flatten().filter_map(Tree::as_object) {
        writer.page(page);
    }
    terms(survey, &mut writer.diagnostics);
    let sheets = vec![
        writer.sheet("survey", &SURVEY, &writer.rows),
        writer.sheet("choices", &CHOICES, &writer.choices),
        settings(tree, survey, languages),
        own_sheet(tree),
    ];
    (sheets, writer.diagnostics)
}

impl Writer<'_> {
    fn page(&mut self, page: &Keys) {
        let id = string(page, "id");
        let place = self.survey.pages.iter().find(|one| one.id == id).map_or_else(|| self.survey.place.clone(), |one| one.place.clone());
        let name = self.name(format!("page_{id}"));
        let mut row = Row::new();
        cell(&mut row, "type", "begin_group");
        cell(&mut row, "name", &name);
        cell(&mut row, "appearance", "field-list");
        if string(page, "order") == "random" {
            self.lose(
                &place,
                "ほかのソフトでは、質問はいつも書いた順に並びます。",
                "Other programs ask the questions of this page in the order in which they are written.",
            );
        }
        let mut keys = rest(page, &["id", "title", "lead", "show_if", "questions"]);
        keys.insert("~page".to_owned(), id.into());
        self.text(&mut row, &mut keys, "label", "title", page.get("title"), &place);
        self.condition(&mut row, &mut keys, string(page, "show_if"), &place);
        own(&mut row, keys);
        self.rows.push(row);
        self.lead(&Tree::Object(page.clone()), "lead", &format!("{name}_lead"), &place);
        for question in page.get("questions").and_then(Tree::as_array).into_iter().flatten().filter_map(Tree::as_object) {
            self.question(question);
        }
        self.rows.push(Row::from([("type".to_owned(), "end_group".to_owned())]));
    }

    /// A few words before what follows, as a note.
    fn lead(&mut self, of: &Tree, part: &str, name: &str, place: &Place) {
        let Some(lead) = of.get("lead") else { return };
        let mut row = Row::new();
        cell(&mut row, "type", "note");
        let name = self.name(name.to_owned());
        cell(&mut row, "name", name);
        let mut keys = Keys::from_iter([("~part".to_owned(), Tree::from(part))]);
        self.text(&mut row, &mut keys, "label", "text", Some(lead), place);
        own(&mut row, keys);
        self.rows.push(row);
    }
}

fn settings(tree: &Tree, survey: &Survey, languages: &[Language]) -> SheetOut {
    let first = languages.first().copied().unwrap_or(Language::Japanese);
    let title = tree.get("title").map(|title| said(title, first)).unwrap_or_default();
    let named = head("", first);
    let values = [
        ("form_title", title),
        ("form_id", survey.id.clone()),
        ("version", survey.revision.to_string()),
        ("default_language", named.trim_start_matches("::").to_owned()),
    ];
    let rows =
        vec![values.iter().map(|(head, _)| Entry::text(*head)).collect(), values.iter().map(|(_, value)| Entry::text(value)).collect()];
    SheetOut { name: "settings".to_owned(), rows }
}

/// What belongs to the survey as a whole: a key and its value as JSON a row.
fn own_sheet(tree: &Tree) -> SheetOut {
    let mut rows = vec![vec![Entry::text("key"), Entry::text("value")]];
    for (key, value) in tree.as_object().into_iter().flatten().filter(|(key, _)| *key != "pages") {
        rows.push(vec![Entry::text(key), Entry::text(json!(value).to_string())]);
    }
    SheetOut { name: OWN.to_owned(), rows }
}
