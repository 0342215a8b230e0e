//! The pages of a survey in the order of a sheet, and that order as something that is kept.
//!
//! Where a row names its person or carries the person's own code, the order that the person saw is kept with it: a column for each
//! list in random order, so that effects of the order can be studied. It is worked out anew from the sheet's own id when the answer is
//! accepted, and from nothing that a browser says. Beside anonymous answers it is not kept ([`super::shuffle`] says why).

use super::answer::{Answer, Answers, Value};
use super::definition::{Mode, Page, Survey};
use super::question::{Choice, Item, Kind, Question};
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

impl Survey {
    /// Whether the order that a person saw is kept with the answers.
    #[must_use]
    pub fn keeps_orders(&self) -> bool {
        self.mode != Mode::Anonymous && !self.shuffles.is_empty()
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

    /// The orders that the author of this sheet saw, where they are kept: only of what was shown, worked out from the sheet's id.
    #[must_use]
    pub fn orders_seen(&self, answers: &Answers, sheet: &str, today: Day) -> Answers {
        let mut seen = Answers::new();
        for shuffle in self.shuffles.iter().filter(|_| self.keeps_orders()) {
            let (Some(variable), Some(page)) = (self.order_variable(shuffle), self.pages.get(shuffle.page)) else { continue };
            let shown: Vec<&str> = if self.holds(page.show_if.as_ref(), answers, today) {
                self.shown_questions(page, answers, today).into_iter().map(|question| question.id.as_str()).collect()
            } else {
                Vec::new()
            };
            let mut arranged = page.clone();
            self.arrange(&mut arranged, shuffle.page, sheet);
            let codes: Vec<String> = match &shuffle.question {
                None => arranged.questions.iter().map(|question| question.id.clone()).filter(|id| shown.contains(&id.as_str())).collect(),
                Some(id) => {
                    let question = arranged.questions.iter().find(|question| question.id == *id).filter(|_| shown.contains(&id.as_str()));
                    match question.and_then(of_parts).map(|variable| variable.measure) {
                        Some(Measure::Order(parts)) => parts.into_iter().map(|part| part.code).collect(),
                        _ => Vec::new(),
                    }
                }
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
        for shuffle in self.shuffles.iter().filter(|shuffle| shuffle.page == index) {
            match &shuffle.question {
                None => arrange(&mut page.questions, sheet, &page.id, |one| one.id.clone(), |one| shuffle.pinned.contains(&one.id)),
                Some(id) => {
                    let question = page.questions.iter_mut().find(|question| question.id == *id);
                    question.into_iter().for_each(|question| parts(question, shuffle, sheet));
                }
            }
        }
    }
}

/// The choices or rows of a question. «None of these» keeps its place, and «other» always comes last.
fn parts(question: &mut Question, shuffle: &Shuffle, sheet: &str) {
    let stays = |id: &str| shuffle.pinned.contains(id);
    let of = question.id.as_str();
    match &mut question.kind {
        Kind::SingleChoice { choices, .. } | Kind::Dropdown { choices, .. } | Kind::MultipleChoice { choices, .. } => {
            arrange(choices, sheet, of, |one| one.id.clone(), |one| one.exclusive || stays(&one.id));
        }
        Kind::Grid { rows: items, .. }
        | Kind::MultipleGrid { rows: items, .. }
        | Kind::Ranking { items, .. }
        | Kind::CardSort { cards: items, .. }
        | Kind::Allocation { items, .. } => arrange(items, sheet, of, |one| one.id.clone(), |one| stays(&one.id)),
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
