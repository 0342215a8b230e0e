//! Questions that come and go while a page is filled in: those that are not asked yet wait in the page, unseen and unsent, until a
//! script fetches them. Without a script they come as ever, once the page has been sent.

use super::control::QuestionView;
use crate::language::Day;
use crate::survey::compiled::Live;
use crate::survey::definition::{Page, Survey};
use crate::survey::{Judgement, Question};
use serde::Serialize;

/// A question of a page.
#[derive(Serialize)]
pub(super) struct AskedView {
    #[serde(flatten)]
    question: QuestionView,
    /// It waits unseen.
    waits: bool,
}

/// The rules of a page, where some of its questions depend on others of it. `today` only where the page is served: what is built
/// must not change with the day.
pub(super) fn rules(survey: &Survey, index: usize, judgement: &Judgement, today: Option<Day>) -> Option<Live> {
    let page = survey.pages.get(index)?;
    survey.live(page, &judgement.answers, &|id| judgement.shown.contains(id), today)
}

/// The questions of a page that are shown or wait. What is only `told`, a result say, is shown although nothing is asked.
pub(super) fn asked<'p>(
    page: &'p Page,
    judgement: &Judgement,
    live: Option<&Live>,
    told: &dyn Fn(&Question) -> bool,
) -> Vec<(&'p Question, bool)> {
    let waits = |question: &Question| !judgement.shown.contains(&question.id) && !told(question);
    let comes = |question: &Question| live.is_some_and(|live| live.questions.contains(&question.id));
    page.questions.iter().filter(|question| !waits(question) || comes(question)).map(|question| (question, waits(question))).collect()
}

/// How a template sees it.
pub(super) fn view(question: QuestionView, waits: bool) -> AskedView {
    AskedView { question, waits }
}
