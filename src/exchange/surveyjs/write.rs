//! A survey as SurveyJS JSON, with what SurveyJS has no word for under `shirube`.

use super::expression_out::Answered;
use super::writer::{Keys, Writer, own, records, rest, string};
use crate::diagnostic::{Diagnostics, Place};
use crate::exchange::expression_out::condition;
use crate::exchange::loss::{of_whole, terms};
use crate::language::Language;
use crate::survey::Survey;
use crate::survey::expression::parse;
use serde_json::{Value as Tree, json};

/// The JSON of a survey and what of it SurveyJS will not see, or will see otherwise. `tree` is its file, `survey` what was read from it.
#[must_use]
pub fn json(tree: &Tree, survey: &Survey, languages: &[Language]) -> (String, Diagnostics) {
    let mut writer = Writer { survey, languages, dialect: Answered::of(survey), diagnostics: Diagnostics::new(), values: Vec::new() };
    let place = survey.place.clone();
    of_whole(tree, &["title", "lead", "pages", "revision"], &place, &mut writer.diagnostics);
    let empty = Keys::new();
    let keys = tree.as_object().unwrap_or(&empty);
    let mut whole = Keys::new();
    let mut ours = rest(keys, &["title", "lead", "pages"]);
    writer.text(&mut whole, &mut ours, "title", "title", keys.get("title"), &place);
    writer.text(&mut whole, &mut ours, "description", "lead", keys.get("lead"), &place);
    if languages.first() == Some(&Language::Japanese) {
        whole.insert("locale".to_owned(), "ja".into());
    }
    let pages: Vec<Tree> = records(keys, "pages").map(|page| writer.page(page)).collect();
    whole.insert("pages".to_owned(), pages.into());
    terms(survey, &mut writer.diagnostics);
    if !writer.values.is_empty() {
        whole.insert("calculatedValues".to_owned(), std::mem::take(&mut writer.values).into());
    }
    own(&mut whole, ours);
    (format!("{:#}\n", Tree::Object(whole)), writer.diagnostics)
}

impl Writer<'_> {
    fn page(&mut self, page: &Keys) -> Tree {
        let id = string(page, "id");
        let place = self.survey.pages.iter().find(|one| one.id == id).map_or_else(|| self.survey.place.clone(), |one| one.place.clone());
        let mut element = Keys::new();
        // Names of pages and of questions are one kind of name there
        element.insert("name".to_owned(), format!("page_{id}").into());
        let mut ours = rest(page, &["id", "title", "lead", "show_if", "questions", "order"]);
        ours.insert("~page".to_owned(), id.into());
        self.text(&mut element, &mut ours, "title", "title", page.get("title"), &place);
        self.text(&mut element, &mut ours, "description", "lead", page.get("lead"), &place);
        self.condition(&mut element, &mut ours, string(page, "show_if"), &place);
        if let Some(order) = page.get("order") {
            element.insert("questionOrder".to_owned(), if order == "random" { "random" } else { "initial" }.into());
        }
        let elements: Vec<Tree> =
            records(page, "questions").enumerate().filter_map(|(at, question)| self.question(question, id, at)).collect();
        element.insert("elements".to_owned(), elements.into());
        own(&mut element, ours);
        Tree::Object(element)
    }

    pub(super) fn condition(&mut self, element: &mut Keys, ours: &mut Keys, source: &str, place: &Place) {
        if source.is_empty() {
            return;
        }
        ours.insert("show_if".to_owned(), source.into());
        let said = parse(source).map_err(|_| source.to_owned()).and_then(|tree| condition(&tree, &self.dialect));
        if let Some(text) = self.translated(said, place) {
            ours.insert("~visibleIf".to_owned(), json!(text));
            element.insert("visibleIf".to_owned(), text.into());
        }
    }
}
