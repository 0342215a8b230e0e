//! A SurveyJS survey becomes one of ours. What cannot cross is said with its place and its path.

use super::element::{Context, Element, bare};
use super::names_in::Collected;
use super::writer::Keys;
use crate::content::json;
use crate::diagnostic::{Diagnostic, Diagnostics, Place, code};
use crate::exchange::loss::proposals;
use crate::exchange::meaning::ids;
use crate::exchange::names;
use crate::exchange::tree::normal;
use crate::language::Language;
use crate::survey::expression::{Expression, Term, parse};
use serde_json::Value as Tree;
use std::cell::RefCell;
use std::collections::BTreeSet;

/// The survey of a file as a tree, and what did not cross. `None` where the file holds no SurveyJS survey.
#[must_use]
pub fn survey(file: &str, text: &str, languages: &[Language]) -> (Option<Tree>, Diagnostics) {
    let mut diagnostics = Diagnostics::new();
    let Some(node) = json::parse(&file.into(), text, &mut diagnostics) else { return (None, diagnostics) };
    let whole = Element::new(&node, String::new());
    let mut collected = Collected::default();
    let pages = whole.list("pages");
    if pages.is_empty() {
        collected.elements(&whole);
    }
    pages.iter().for_each(|page| collected.elements(page));
    whole.list("calculatedValues").iter().for_each(|value| collected.value(value));
    let context = Context {
        languages,
        names: collected.names,
        ids: collected.ids,
        diagnostics: RefCell::new(diagnostics),
        earlier: RefCell::default(),
    };
    let mut reader = Reader { context: &context, page_ids: BTreeSet::new(), pages: Vec::new() };
    if pages.is_empty() {
        reader.page(&whole, true);
    }
    pages.iter().for_each(|page| reader.page(page, false));
    whole.list("calculatedValues").iter().for_each(|value| reader.value(value));
    let pages = reader.pages;
    if pages.is_empty() {
        let fault = Diagnostic::error(
            code::JSON,
            Place::whole(&file.into()),
            "SurveyJS のアンケートではないか、取り込める質問が一つもありません。",
            "This is no SurveyJS survey, or there is not one question that can be taken over.",
        );
        context.diagnostics.borrow_mut().push(fault);
        return (None, context.diagnostics.into_inner());
    }
    let own = whole.own();
    let mut survey = bare(&own);
    for (from, to) in [("title", "title"), ("description", "lead")] {
        if let Some(text) = context.words(&whole, from, &own, to) {
            survey.insert(to.to_owned(), text);
        }
    }
    for key in ["locale", "sjsVersion", "$schema", "elements", "questions"] {
        whole.get(key);
    }
    context.unread(&whole);
    let mut diagnostics = context.diagnostics.into_inner();
    proposals(&mut survey, &pages, file, &mut diagnostics);
    survey.insert("pages".to_owned(), pages.into());
    (Some(normal(Tree::Object(survey))), diagnostics)
}

struct Reader<'c, 'l> {
    context: &'c Context<'l>,
    page_ids: BTreeSet<String>,
    pages: Vec<Tree>,
}

impl Reader<'_, '_> {
    /// A page; a survey without pages is one, whose own keys are read elsewhere.
    fn page(&mut self, element: &Element<'_>, whole: bool) {
        let mut page = Keys::new();
        if whole {
            page.insert("id".to_owned(), "page_1".into());
        } else {
            let own = element.own();
            page = bare(&own);
            let id = match own.get("~page").and_then(Tree::as_str) {
                Some(id) if self.page_ids.insert(id.to_owned()) => id.to_owned(),
                _ => names::id(element.text("name"), "page", &mut self.page_ids),
            };
            element.text("name");
            page.insert("id".to_owned(), id.into());
            for (from, to) in [("title", "title"), ("description", "lead")] {
                page.extend(self.context.words(element, from, &own, to).map(|text| (to.to_owned(), text)));
            }
            page.remove("show_if");
            page.extend(self.context.condition(element, "visibleIf", &own, "show_if").map(|source| ("show_if".to_owned(), source.into())));
            match element.text("questionOrder") {
                "random" => drop(page.insert("order".to_owned(), "random".into())),
                "initial" => drop(page.insert("order".to_owned(), "fixed".into())),
                _ => {}
            }
        }
        let mut questions = Vec::new();
        self.elements(element, &[], &mut questions);
        if !whole {
            self.context.unread(element);
        }
        self.context.earlier.borrow_mut().extend(ids(&questions));
        if questions.is_empty() {
            if !whole {
                self.context.lose(element, "elements", "");
            }
            return;
        }
        page.insert("questions".to_owned(), questions.into());
        self.pages.push(Tree::Object(page));
    }

    /// The questions of a page or of a panel, under the conditions around them.
    fn elements(&mut self, parent: &Element<'_>, outer: &[String], questions: &mut Vec<Tree>) {
        for element in parent.list("elements").into_iter().chain(parent.list("questions")) {
            let own = element.own();
            if own.get("~part").is_some() {
                continue;
            }
            if element.text("type") == "panel" && own.get("kind").is_none() {
                let condition = self.context.condition(&element, "visibleIf", &own, "show_if");
                let conditions: Vec<String> = outer.iter().cloned().chain(condition).collect();
                element.text("name");
                self.elements(&element, &conditions, questions);
                self.context.unread(&element);
                continue;
            }
            for mut question in self.context.questions(&element) {
                let own = question.get("show_if").and_then(Tree::as_str).map(str::to_owned);
                let all: Vec<String> = outer.iter().cloned().chain(own).collect();
                match all.as_slice() {
                    [] => {}
                    [one] => drop(question.insert("show_if".to_owned(), one.clone().into())),
                    several => {
                        let joined = several.iter().map(|one| format!("({one})")).collect::<Vec<String>>().join(" and ");
                        question.insert("show_if".to_owned(), joined.into());
                    }
                }
                questions.push(Tree::Object(question));
            }
        }
    }

    /// A value that nobody sees: where it stood, else behind the last question that it speaks of.
    fn value(&mut self, element: &Element<'_>) {
        let own = element.own();
        let name = element.text("name").to_owned();
        let mut question = bare(&own);
        question.insert("kind".to_owned(), "calculated".into());
        question.insert("id".to_owned(), self.context.ids.get(&name).cloned().unwrap_or_default().into());
        question.entry("text").or_insert_with(|| name.into());
        element.is("includeIntoResult");
        let read = self.context.calculated(element, &own, &mut question);
        self.context.unread(element);
        if read.is_none() {
            return;
        }
        let number = |key: &str| own.get(key).and_then(Tree::as_str).map(str::to_owned);
        let spoken = question.get("value").and_then(Tree::as_str).and_then(|source| parse(source).ok()).map(|tree| variables(&tree));
        let last = || {
            let speaks = |question: &Tree| {
                let id = question.get("id").and_then(Tree::as_str).unwrap_or_default();
                spoken.iter().flatten().any(|name| name == id || name.starts_with(&format!("{id}_")))
            };
            let places = self.pages.iter().enumerate().flat_map(|(page, tree)| {
                let questions = tree.get("questions").and_then(Tree::as_array).into_iter().flatten().enumerate();
                questions.filter(|(_, question)| speaks(question)).map(move |(at, _)| (page, at + 1))
            });
            places.max()
        };
        let page = number("~page").and_then(|id| self.pages.iter().position(|page| page.get("id").and_then(Tree::as_str) == Some(&id)));
        let found = page.zip(number("~at").and_then(|at| at.parse().ok())).or_else(last).unwrap_or((0, 0));
        if let Some(questions) = self.pages.get_mut(found.0).and_then(|page| page.get_mut("questions")).and_then(Tree::as_array_mut) {
            questions.insert(found.1.min(questions.len()), Tree::Object(question));
        }
    }
}

/// The variables that an expression speaks of.
fn variables(expression: &Expression) -> Vec<String> {
    match &expression.term {
        Term::Variable(id) | Term::Answered(id) => vec![id.clone()],
        Term::Not(inner) | Term::Negative(inner) => variables(inner),
        Term::Binary(_, left, right) => variables(left).into_iter().chain(variables(right)).collect(),
        Term::Aggregate(_, parts) => parts.iter().flat_map(variables).collect(),
        Term::Number(_) | Term::Text(_) | Term::Today | Term::Score(_) => Vec::new(),
    }
}
