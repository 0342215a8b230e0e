//! Before sending: every answer once more, with a way back to each.

use super::address::Spot;
use super::dressed::dressed;
use super::edition::Edition;
use super::form::{FieldView, ProgressView, Sheet, SurveyView, action, carried_fields, frame, own_fields, progress_at_review, survey_view};
use crate::catalog::Target;
use crate::diagnostic::Diagnostics;
use crate::language::Day;
use crate::survey::question::{Kind, Question};
use crate::survey::{Answer, Answers, Measure, Value, Variable};
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
    carried: Vec<FieldView>,
    rows: Vec<RowView>,
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
    page: String,
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
    let mut rows = Vec::new();
    for page in judgement.pages.iter().filter_map(|index| dressed(edition, survey, *index, &judgement.answers, sheet.id)) {
        for question in page.questions.iter().filter(|question| judgement.shown.contains(&question.id)) {
            rows.extend(answers(edition, question, &judgement.answers).into_iter().map(|(asked, answer)| RowView {
                asked,
                none: answer.is_none(),
                answer: answer.unwrap_or_else(|| edition.say("no_answer").to_owned()),
                page: page.id.clone(),
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
            carried,
            rows,
            keeps: edition.say("keeps").to_owned(),
        },
    };
    let mut page = frame(edition, &spot, survey);
    page.title = format!("{}{}{}", edition.say("review_title"), edition.say("title_gap"), page.title);
    edition.render("review.html", &spot, &page, &view)
}

/// What was asked and what was answered, a pair for each row of a grid; `None`: nothing.
fn answers(edition: &Edition<'_>, question: &Question, answers: &Answers) -> Vec<(String, Option<String>)> {
    let other = question.other_variable();
    let variables = question.variables();
    variables
        .iter()
        .filter(|variable| variable.id != other)
        .map(|variable| {
            let own = answers.get(&other).and_then(Answer::value);
            (edition.plain(&variable.label), answers.get(&variable.id).and_then(|answer| words(edition, question, variable, answer, own)))
        })
        .collect()
}

fn words(edition: &Edition<'_>, question: &Question, variable: &Variable, answer: &Answer, other: Option<&Value>) -> Option<String> {
    let label = |code: &str| {
        let categories = match &variable.measure {
            Measure::Nominal(all) | Measure::Ordinal(all) | Measure::Multiple(all) => all.as_slice(),
            Measure::Number | Measure::Text | Measure::Date => &[],
        };
        let label =
            categories.iter().find(|category| category.code == code).map(|category| edition.plain(&category.label)).unwrap_or_default();
        match (code == crate::survey::question::OTHER, other) {
            (true, Some(Value::Text(text))) => edition.fill("other_answer", &[("label", &label), ("text", text)]),
            _ => label,
        }
    };
    match answer {
        Answer::NotShown | Answer::Skipped => None,
        Answer::Declined => Some(edition.say("decline").to_owned()),
        Answer::Given(Value::Choice(code)) => Some(label(code)),
        Answer::Given(Value::Choices(codes)) => {
            Some(codes.iter().map(|code| label(code)).collect::<Vec<_>>().join(edition.say("list_gap")))
        }
        Answer::Given(Value::Number(text)) => {
            let unit = if let Kind::Number { unit: Some(unit), .. } = &question.kind { edition.plain(unit) } else { String::new() };
            Some(format!("{text}{unit}"))
        }
        Answer::Given(Value::Text(text)) => Some(text.clone()),
        Answer::Given(Value::Date(text)) => Some(Day::parse(text).map_or_else(|| text.clone(), |day| day.in_words(edition.language))),
    }
}
