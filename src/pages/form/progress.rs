//! How far one has come in a form.

use crate::pages::edition::Edition;
use crate::survey::Survey;
use crate::survey::definition::Page;
use crate::survey::question::Question;
use serde::Serialize;

/// How far one has come.
#[derive(Serialize)]
pub(super) struct ProgressView {
    stitches: Vec<&'static str>,
    text: String,
}

/// The most questions that get a stitch each; with more, pages do.
const MOST_STITCHES: usize = 20;

/// How far one has come: `done` pages were seen before this one.
pub(super) fn progress(edition: &Edition<'_>, survey: &Survey, seen: &[usize], index: usize) -> Option<ProgressView> {
    // Pages behind this one may turn out not to be shown; until then they count.
    let pages: Vec<(usize, &Page)> = survey.pages.iter().enumerate().filter(|(at, _)| *at > index || seen.contains(at)).collect();
    let all: usize = pages.iter().map(|(_, page)| asked(page)).sum();
    let state = |at: usize| match at.cmp(&index) {
        std::cmp::Ordering::Less => "done",
        std::cmp::Ordering::Equal => "now",
        std::cmp::Ordering::Greater => "",
    };
    let own = asked(survey.pages.get(index)?);
    // A page with nothing to answer has no numbers of its own
    if all > MOST_STITCHES || own == 0 {
        let here = pages.iter().position(|(at, _)| *at == index)? + 1;
        let values = [("n", here.to_string()), ("all", pages.len().to_string())];
        let text = edition.fill("progress_page", &values.each_ref().map(|(name, value)| (*name, value.as_str())));
        return Some(ProgressView { stitches: pages.iter().map(|(at, _)| state(*at)).collect(), text });
    }
    let before: usize = pages.iter().filter(|(at, _)| *at < index).map(|(_, page)| asked(page)).sum();
    let key = if own == 1 { "progress_question" } else { "progress_questions" };
    let values = [("from", (before + 1).to_string()), ("to", (before + own).to_string()), ("all", all.to_string())];
    let text = edition.fill(key, &values.each_ref().map(|(name, value)| (*name, value.as_str())));
    Some(ProgressView { stitches: pages.iter().flat_map(|(at, page)| vec![state(*at); asked(page)]).collect(), text })
}

/// How many questions a page has, every row of a grid counted.
fn asked(page: &Page) -> usize {
    page.questions.iter().map(Question::count).sum()
}

/// The last station: everything is done but the sending.
pub(super) fn progress_at_review(edition: &Edition<'_>, survey: &Survey, seen: &[usize]) -> ProgressView {
    let questions: usize = seen.iter().filter_map(|at| survey.pages.get(*at)).map(asked).sum();
    let stitches = if questions > MOST_STITCHES { seen.len() } else { questions };
    ProgressView { stitches: vec!["done"; stitches], text: edition.say("progress_review").to_owned() }
}
