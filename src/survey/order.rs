//! The pages of a survey in the order of a sheet, and that order as something that is kept.
//!
//! Where a row names its person or carries the person's own code, the order that the person saw is kept with it: a column for each
//! list in random order, so that effects of the order can be studied. It is worked out anew from the sheet's own id when the answer is
//! accepted, and from nothing that a browser says. Beside anonymous answers it is not kept ([`super::shuffle`] says why).
//!
//! Where a survey has a few fixed orders instead ([`super::rotation`]), the number of the one that was seen is kept in every mode, and
//! nothing else: it says all of them.

use super::answer::{Answer, Answers, Value};
use super::definition::{Mode, Page, Survey};
use super::question::{Choice, Item, Kind, Question};
use super::rotation::{self, ROTATION, rotate};
use super::shuffle::{Shuffle, arrange};
use super::variable::{Category, Measure, Variable};
use crate::content::plain;
use crate::language::{Day, Language, Text};

/// Before the id of a question whose parts stand in random order.
const OF_PARTS: &str = "order_of_";
/// Before the id of a page whose questions do.
const ON_PAGE: &str = "order_on_";

/// Whether a variable of this name holds an order.
#[must_use]
pub fn is_order(variable: &str) -> bool {
    variable.starts_with(OF_PARTS) || variable.starts_with(ON_PAGE)
}

/// The variable that holds the order of a page's questions.
#[must_use]
pub fn on_page(page: &str) -> String {
    format!("{ON_PAGE}{page}")
}

/// The variable that holds the order of a question's choices, rows or items; `None` where it has none that could change places.
#[must_use]
pub fn of_parts(question: &Question) -> Option<Variable> {
    let category = |code: &str, label: &Text| Category { code: code.to_owned(), label: label.clone() };
    let choices = |all: &[Choice]| all.iter().map(|one| category(&one.id, &one.text)).collect();
    let items = |all: &[Item]| all.iter().map(|one| category(&one.id, &one.text)).collect();
    let parts: Vec<Category> = match &question.kind {
        Kind::SingleChoice { choices: all, .. } | Kind::Dropdown { choices: all, .. } | Kind::MultipleChoice { choices: all, .. } => {
            choices(all)
        }
        Kind::Grid { rows: all, .. }
        | Kind::MultipleGrid { rows: all, .. }
        | Kind::Ranking { items: all, .. }
        | Kind::CardSort { cards: all, .. }
        | Kind::Allocation { items: all, .. } => items(all),
        _ => return None,
    };
    Some(Variable {
        id: format!("{OF_PARTS}{}", question.id),
        question: question.id.clone(),
        label: Text::pair("見えた順", "Order seen"),
        measure: Measure::Order(parts),
        sensitive: question.sensitive,
    })
}

/// A list that stands in one of a few fixed orders.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Rotated {
    /// The id of the question whose parts they are, or of the page whose questions.
    pub id: String,
    /// Whether they are the questions of a page.
    pub page: bool,
    /// The question, or the title of the page.
    pub label: Text,
    /// Its parts as the author wrote them.
    pub parts: Vec<Category>,
    /// The codes of the parts in each order.
    pub orders: Vec<Vec<String>>,
}

impl Rotated {
    /// The codes of its parts in the order with this code.
    #[must_use]
    pub fn order(&self, code: &str) -> Option<&Vec<String>> {
        (0..).zip(&self.orders).find(|(at, _)| rotation::code(*at) == code).map(|(_, order)| order)
    }
}

/// By what a list is put in order.
#[derive(Clone, Copy)]
enum Pick<'s> {
    /// The order of a sheet's own.
    Sheet(&'s str),
    /// One of so many fixed orders.
    Order { orders: u32, at: u32 },
}

impl Survey {
    /// Whether the order that a person saw is kept with the answers.
    #[must_use]
    pub fn keeps_orders(&self) -> bool {
        self.mode != Mode::Anonymous && !self.shuffles.is_empty() && self.rotations.is_none()
    }

    /// Every list that stands in one of the survey's fixed orders, with all of them.
    #[must_use]
    pub fn rotated(&self) -> Vec<Rotated> {
        let Some(orders) = self.rotations else { return Vec::new() };
        let list = |shuffle: &Shuffle| {
            let variable = self.order_variable(shuffle)?;
            let Measure::Order(parts) = variable.measure else { return None };
            let page = self.pages.get(shuffle.page)?;
            let order = |at: u32| {
                let mut arranged = page.clone();
                put(&mut arranged, shuffle, Pick::Order { orders, at });
                order_of(&arranged, shuffle)
            };
            let id = shuffle.question.clone().unwrap_or_else(|| page.id.clone());
            let asked = shuffle.question.as_ref().and_then(|id| self.question(id)).map(|question| question.text.clone());
            let label = asked.or_else(|| page.title.clone()).unwrap_or_else(|| Text::plain(page.id.clone()));
            Some(Rotated { id, page: shuffle.question.is_none(), label, parts, orders: (0..orders).map(order).collect() })
        };
        self.shuffles.iter().filter_map(list).collect()
    }

    /// The columns of the orders that are kept, one for each list in random order.
    #[must_use]
    pub fn order_variables(&self) -> Vec<Variable> {
        let kept = self.shuffles.iter().filter(|_| self.keeps_orders());
        kept.filter_map(|shuffle| self.order_variable(shuffle)).collect()
    }

    fn order_variable(&self, shuffle: &Shuffle) -> Option<Variable> {
        if let Some(id) = &shuffle.question {
            return of_parts(self.question(id)?);
        }
        let page = self.pages.get(shuffle.page)?;
        let name = |language: Language| page.title.as_ref().map_or_else(|| page.id.clone(), |title| plain(title.in_language(language)));
        let (ja, en) = (name(Language::Japanese), name(Language::English));
        let category = |question: &Question| Category { code: question.id.clone(), label: question.text.clone() };
        Some(Variable {
            id: on_page(&page.id),
            question: on_page(&page.id),
            label: Text::pair(format!("ページ「{ja}」の質問が見えた順"), format!("Order of questions seen on the page “{en}”")),
            measure: Measure::Order(page.questions.iter().map(category).collect()),
            sensitive: false,
        })
    }

    /// The orders that the author of this sheet saw, where they are kept: only of what was shown, worked out from the sheet's id. Which
    /// of the fixed orders it was, is kept whatever was shown.
    #[must_use]
    pub fn orders_seen(&self, answers: &Answers, sheet: &str, today: Day) -> Answers {
        let mut seen = Answers::new();
        if let Some(orders) = self.rotations {
            let order = rotation::code(rotation::of_sheet(orders, sheet));
            seen.insert(ROTATION.to_owned(), Answer::Given(Value::Choice(order)));
        }
        for shuffle in self.shuffles.iter().filter(|_| self.keeps_orders()) {
            let (Some(variable), Some(page)) = (self.order_variable(shuffle), self.pages.get(shuffle.page)) else { continue };
            let shown: Vec<&str> = if self.holds(page.show_if.as_ref(), answers, today) {
                self.shown_questions(page, answers, today).into_iter().map(|question| question.id.as_str()).collect()
            } else {
                Vec::new()
            };
            let mut arranged = page.clone();
            self.arrange(&mut arranged, shuffle.page, sheet);
            let was_shown = |id: &String| shown.contains(&id.as_str());
            let codes = match &shuffle.question {
                None => order_of(&arranged, shuffle).into_iter().filter(was_shown).collect(),
                Some(id) if was_shown(id) => order_of(&arranged, shuffle),
                Some(_) => Vec::new(),
            };
            let order = if codes.is_empty() { Answer::NotShown } else { Answer::Given(Value::Choices(codes)) };
            seen.insert(variable.id, order);
        }
        seen
    }

    /// Whether anything on a page stands in random order.
    #[must_use]
    pub fn shuffles(&self, page: usize) -> bool {
        self.shuffles.iter().any(|shuffle| shuffle.page == page)
    }

    /// Puts what stands in random order on a page into the order of a sheet. Answers are judged in the order of the survey all the same.
    pub fn arrange(&self, page: &mut Page, index: usize, sheet: &str) {
        let pick = match self.rotations {
            // Without a sheet all stays as the author wrote it
            Some(orders) if !sheet.is_empty() => Pick::Order { orders, at: rotation::of_sheet(orders, sheet) },
            _ => Pick::Sheet(sheet),
        };
        self.shuffles.iter().filter(|shuffle| shuffle.page == index).for_each(|shuffle| put(page, shuffle, pick));
    }
}

/// The codes of a list as it stands on a page.
fn order_of(page: &Page, shuffle: &Shuffle) -> Vec<String> {
    let Some(id) = &shuffle.question else { return page.questions.iter().map(|question| question.id.clone()).collect() };
    match page.questions.iter().find(|question| question.id == *id).and_then(of_parts).map(|variable| variable.measure) {
        Some(Measure::Order(parts)) => parts.into_iter().map(|part| part.code).collect(),
        _ => Vec::new(),
    }
}

/// Puts one list of a page in order.
fn put(page: &mut Page, shuffle: &Shuffle, pick: Pick<'_>) {
    match &shuffle.question {
        None => pick.arrange(&mut page.questions, &page.id, |one| &one.id, |one| shuffle.pinned.contains(&one.id)),
        Some(id) => {
            let question = page.questions.iter_mut().find(|question| question.id == *id);
            question.into_iter().for_each(|question| parts(question, shuffle, pick));
        }
    }
}

impl Pick<'_> {
    fn arrange<T>(self, items: &mut Vec<T>, of: &str, id: impl Fn(&T) -> &String, pinned: impl Fn(&T) -> bool) {
        match self {
            Pick::Sheet(sheet) => arrange(items, sheet, of, |one| id(one).clone(), pinned),
            Pick::Order { orders, at } => rotate(items, orders, at, pinned),
        }
    }
}

/// The choices or rows of a question. «None of these» keeps its place, and «other» always comes last.
fn parts(question: &mut Question, shuffle: &Shuffle, pick: Pick<'_>) {
    let stays = |id: &str| shuffle.pinned.contains(id);
    let of = question.id.as_str();
    match &mut question.kind {
        Kind::SingleChoice { choices, .. } | Kind::Dropdown { choices, .. } | Kind::MultipleChoice { choices, .. } => {
            pick.arrange(choices, of, |one| &one.id, |one| one.exclusive || stays(&one.id));
        }
        Kind::Grid { rows: items, .. }
        | Kind::MultipleGrid { rows: items, .. }
        | Kind::Ranking { items, .. }
        | Kind::CardSort { cards: items, .. }
        | Kind::Allocation { items, .. } => pick.arrange(items, of, |one| &one.id, |one| stays(&one.id)),
        // The names of pairs hold the order of their items, and the rest has no parts that could change places
        Kind::PairedComparison { .. }
        | Kind::YesNo { .. }
        | Kind::Scale(_)
        | Kind::Recommendation { .. }
        | Kind::Number { .. }
        | Kind::Slider(_)
        | Kind::ShortText { .. }
        | Kind::LongText { .. }
        | Kind::Date { .. }
        | Kind::Table { .. }
        | Kind::Calculated { .. }
        | Kind::Note => {}
    }
}
