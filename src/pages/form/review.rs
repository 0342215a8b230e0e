//! Before sending: every answer once more, with a way back to each.

use super::answered::answers;
use super::dressed::dressed;
use super::progress::{ProgressView, progress_at_review};
use super::sheet::{FieldView, FileView, Sheet, SurveyView, action, carried_fields, file_of, frame, keeps, own_fields, survey_view};
use super::terms::reviewed;
use crate::catalog::Target;
use crate::diagnostic::Diagnostics;
use crate::pages::address::Spot;
use crate::pages::edition::Edition;
use crate::survey::question::{Kind, Question};
use serde::Serialize;

#[derive(Serialize)]
struct View {
    survey: SurveyView,
    form: ReviewView,
}

#[derive(Serialize)]
struct ReviewView {
    trouble: Option<TroubleView>,
    progress: ProgressView,
    action: String,
    file: Option<FileView>,
    carried: Vec<FieldView>,
    rows: Vec<RowView>,
    /// The sheet can be put aside.
    save: bool,
    keeps: String,
}

#[derive(Serialize)]
struct TroubleView {
    title: String,
    text: String,
}

#[derive(Serialize)]
struct RowView {
    asked: String,
    answer: String,
    none: bool,
    /// Where it can be changed; what was calculated cannot.
    page: Option<String>,
}

/// Why a sheet that was sent is shown again: nothing of it is stored, everything typed is kept.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Trouble {
    /// The survey was closed meanwhile.
    Closed,
    /// Too many sheets arrive at once.
    Busy,
    /// The disk or the database refuses.
    NotStored,
    /// The terms of the survey have changed since its first answer.
    Changed,
    /// The sheet has fields that the survey does not have.
    UnknownFields,
}

/// The last page of a form. `trouble` says why it is shown again.
///
/// # Errors
///
/// A fault in the theme's template.
pub fn page(edition: &Edition<'_>, sheet: &Sheet<'_>, trouble: Option<Trouble>) -> Result<String, Diagnostics> {
    let survey = sheet.survey;
    let spot = Spot::Content(Target::Survey(survey.id.clone()));
    let judgement = survey.judge(sheet.raw, survey.pages.len(), sheet.today);
    let first = judgement.pages.first().and_then(|index| survey.pages.get(*index)).map(|page| page.id.clone());
    let mut rows: Vec<RowView> = reviewed(edition, survey, &judgement.answers)
        .into_iter()
        .map(|(asked, answer)| RowView {
            asked,
            none: answer.is_none(),
            answer: answer.unwrap_or_else(|| edition.say("no_answer").to_owned()),
            page: first.clone(),
        })
        .collect();
    for page in judgement.pages.iter().filter_map(|index| dressed(edition, survey, *index, &judgement.answers, sheet.id)) {
        for question in page.questions.iter().filter(|question| judgement.shown.contains(&question.id) || is_calculated(question)) {
            rows.extend(answers(edition, question, &judgement.answers).into_iter().map(|(asked, answer)| RowView {
                asked,
                none: answer.is_none(),
                answer: answer.unwrap_or_else(|| edition.say("no_answer").to_owned()),
                page: (!is_calculated(question)).then(|| page.id.clone()),
            }));
        }
    }
    let last = judgement.pages.last().and_then(|index| survey.pages.get(*index)).map_or("", |page| page.id.as_str());
    let mut carried = own_fields(sheet, last);
    carried.extend(carried_fields(sheet, &|_| false));
    let view = View {
        survey: survey_view(edition, sheet),
        form: ReviewView {
            trouble: trouble.map(|trouble| {
                let key = match trouble {
                    Trouble::Closed => "trouble_closed",
                    Trouble::Busy => "trouble_busy",
                    Trouble::NotStored => "trouble_not_stored",
                    Trouble::Changed => "trouble_changed",
                    Trouble::UnknownFields => "trouble_unknown_fields",
                };
                TroubleView { title: edition.say("trouble_title").to_owned(), text: edition.say(key).to_owned() }
            }),
            progress: progress_at_review(edition, survey, &judgement.pages),
            action: action(edition, &spot),
            file: file_of(survey),
            carried,
            rows,
            save: survey.drafts.is_some(),
            keeps: edition.say(keeps(survey)).to_owned(),
        },
    };
    let mut page = frame(edition, &spot, survey);
    page.title = format!("{}{}{}", edition.say("review_title"), edition.say("title_gap"), page.title);
    edition.render("review.html", &spot, &page, &view)
}

fn is_calculated(question: &Question) -> bool {
    matches!(question.kind, Kind::Calculated { .. })
}
