//! The pages of a survey in the order of a sheet.

use super::definition::{Page, Survey};
use super::question::{Kind, Question};
use super::shuffle::{Shuffle, arrange};

impl Survey {
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
        Kind::SingleChoice { choices, .. } | Kind::MultipleChoice { choices, .. } => {
            arrange(choices, sheet, of, |one| one.id.clone(), |one| one.exclusive || stays(&one.id));
        }
        Kind::Grid { rows, .. } => arrange(rows, sheet, of, |one| one.id.clone(), |one| stays(&one.id)),
        Kind::Scale(_) | Kind::Number { .. } | Kind::ShortText { .. } | Kind::LongText { .. } | Kind::Date { .. } => {}
    }
}
