//! A survey as one page for a device without a network: all pages stand in it, a script shows them one by one, judges what is
//! answered and saves it as a file. Without a script, or printed, it is the whole survey on paper.

use super::device_words;
use super::marks::Marks;
use crate::diagnostic::Diagnostics;
use crate::language::Text;
use crate::output::Artifact;
use crate::pages::address::Spot;
use crate::pages::edition::Edition;
use crate::pages::form::control::QuestionView;
use crate::pages::form::page::{gains, has_own_style};
use crate::pages::form::promise::{PromiseView, promise};
use crate::pages::form::question_one::Asking;
use crate::pages::form::result::{self, Leading, Made, ResultView};
use crate::pages::form::sheet::{Pass, SurveyView, for_devices, frame};
use crate::pages::form::terms::{TermsView, terms};
use crate::pages::frame::file;
use crate::pages::render::Markup;
use crate::survey::condition::Condition;
use crate::survey::definition::{Opening, Page};
use crate::survey::expression::{Expression, Operator, Term};
use crate::survey::portable::portable;
use crate::survey::question::{Kind, Question};
use crate::survey::{Answer, Answers, Measure, Raw, Survey, Value};
use serde::Serialize;
use serde_json::{Map, json};

#[derive(Serialize)]
struct View {
    survey: SurveyView,
    device: DeviceView,
}

#[derive(Serialize)]
struct DeviceView {
    lead: Markup,
    promise: Vec<PromiseView>,
    terms: Option<TermsView>,
    /// Whoever does not agree is told how to leave.
    leave: bool,
    leaves: Vec<LeafView>,
    rules: String,
    words: String,
    kinds: bool,
    gains: bool,
    /// Everything that a result could say.
    result: Option<ResultView>,
    /// The same as a file of its own, for the script to fill in.
    result_file: Option<String>,
}

#[derive(Serialize)]
struct LeafView {
    id: String,
    title: Option<String>,
    lead: Option<Markup>,
    when: Option<String>,
    slots: Vec<SlotView>,
}

#[derive(Serialize)]
struct SlotView {
    id: String,
    when: Option<String>,
    question: QuestionView,
    /// What is on offer in lists that open, which paper cannot.
    options: Vec<String>,
}

/// The page, where the survey takes answers and can be answered so.
///
/// # Errors
///
/// A fault in the theme's template.
pub fn page(edition: &Edition<'_>, survey: &Survey) -> Result<Vec<Artifact>, Diagnostics> {
    if !for_devices(survey) || edition.opening(survey) != Opening::Open {
        return Ok(Vec::new());
    }
    let spot = Spot::Device(survey.id.clone());
    let mut marks = Marks::default();
    let pages: Vec<Page> = (0..survey.pages.len()).filter_map(|index| marks.page(edition.language, survey, index)).collect();
    // What is worked out has a place for its value
    let shown = pages.iter().flat_map(|page| &page.questions).filter(|one| matches!(one.kind, Kind::Calculated { show: true, .. }));
    let ids: Vec<String> = shown.map(|question| question.id.clone()).collect();
    let values: Answers = ids.iter().map(|id| (id.clone(), Answer::Given(Value::Number(marks.mark(id, "–"))))).collect();
    let raw = Raw::new();
    let asking = Asking { edition, spot: &spot, raw: &raw, complaints: &[], answers: &values };
    let mut words = Map::new();
    for page in &pages {
        words.extend(device_words::questions(edition, &marks, page));
    }
    let titles: Vec<Option<String>> =
        pages.iter().map(|page| page.title.as_ref().map(|title| marks.in_text(edition.plain(title)))).collect();
    // By the device's own clock, which may be wrong: it warns and takes nothing away
    let over = survey
        .close
        .map(|close| json!({"at": close.at.0, "text": edition.fill("device_over", &[("date", &edition.limit(close.written))])}));
    let first = device_words::first(edition, survey);
    let words = json!({"say": device_words::phrases(edition), "first": first, "questions": words, "titles": titles, "over": over});
    let questions = || survey.questions();
    // Nobody keeps a draft or a code of a sheet that goes by file
    let without_server = Survey { drafts: None, withdrawal: false, result: None, ..survey.clone() };
    let mut promised = promise(edition, &without_server, Pass::default());
    promised.extend(
        survey
            .result
            .as_ref()
            .map(|_| PromiseView { label: edition.say("promise_result").to_owned(), text: edition.say("device_result_text").to_owned() }),
    );
    let view = View {
        survey: SurveyView::titled(edition.plain(&survey.title)),
        device: DeviceView {
            lead: edition.inline(&spot, &survey.lead),
            promise: promised,
            terms: terms(edition, &spot, survey, &raw, &[]),
            leave: survey.consent.as_ref().is_some_and(|consent| consent.required),
            leaves: pages.iter().map(|page| leaf(edition, &spot, survey, &asking, page)).collect(),
            rules: portable(survey).to_string(),
            words: words.to_string(),
            kinds: questions().any(has_own_style),
            gains: questions().any(gains),
            result: survey
                .result
                .as_ref()
                .map(|result| Made { edition, survey, result, leading: Leading::Beside(&spot), published: None }.view(None)),
            result_file: result::for_device(edition, survey)?,
        },
    };
    let text = edition.render("device.html", &spot, &frame(edition, &spot, survey), &view)?;
    Ok(vec![file(edition.path(&spot), marks.in_html(edition, &spot, text).into_bytes())?])
}

fn leaf(edition: &Edition<'_>, spot: &Spot, survey: &Survey, asking: &Asking<'_>, page: &Page) -> LeafView {
    let slot = |question: &Question| SlotView {
        id: question.id.clone(),
        when: question.show_if.as_ref().map(|condition| when(edition, survey, condition)),
        question: asking.view(question),
        options: options(edition, question),
    };
    LeafView {
        id: page.id.clone(),
        title: page.title.as_ref().map(|title| edition.plain(title)),
        lead: page.lead.as_ref().map(|lead| edition.inline(spot, lead)),
        when: page.show_if.as_ref().map(|condition| when(edition, survey, condition)),
        slots: page.questions.iter().map(slot).collect(),
    }
}

/// The choices of a list that opens, in a line; of a table a line for each column with such a list.
fn options(edition: &Edition<'_>, question: &Question) -> Vec<String> {
    match &question.kind {
        Kind::Dropdown { choices, other } => {
            let labels = choices.iter().map(|choice| &choice.text).chain(other).map(|label| edition.plain(label));
            vec![labels.collect::<Vec<_>>().join(edition.say("list_gap"))]
        }
        Kind::Table { columns, .. } => {
            let line = |column: &Question| {
                let label = edition.plain(&column.text);
                let named = |line: String| edition.fill("other_answer", &[("label", label.trim_end_matches(['。', '.'])), ("text", &line)]);
                options(edition, column).into_iter().map(named).collect::<Vec<_>>()
            };
            columns.iter().flat_map(line).collect()
        }
        _ => Vec::new(),
    }
}

/// Who answers a question, in words for paper: the choice that leads to it where that is all, else that it depends.
fn when(edition: &Edition<'_>, survey: &Survey, condition: &Condition) -> String {
    chosen(survey, &condition.expression).map_or_else(
        || edition.say("paper_depends").to_owned(),
        |(question, answer)| {
            let (question, answer) = (edition.plain(&question), edition.plain(&answer));
            edition.fill("paper_when", &[("question", question.trim_end_matches(['。', '.'])), ("answer", &answer)])
        },
    )
}

/// The question and the choice, where a condition asks for one choice of one question.
fn chosen(survey: &Survey, expression: &Expression) -> Option<(Text, Text)> {
    let Term::Binary(Operator::Equal | Operator::Contains, left, right) = &expression.term else { return None };
    let (Term::Variable(id), Term::Text(code)) = (&left.term, &right.term) else { return None };
    let variable = survey.variables().into_iter().find(|variable| variable.id == *id)?;
    let (Measure::Nominal(all) | Measure::Multiple(all)) = variable.measure else { return None };
    Some((variable.label, all.into_iter().find(|category| category.code == *code)?.label))
}
