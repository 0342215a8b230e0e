//! Forms: the pages of a survey, one after the other, without scripts.

use super::dressed::dressed;
use super::fill;
use super::live::{self, AskedView};
use super::progress::{ProgressView, progress};
use super::promise::{PromiseView, promise};
use super::question_one::{Asking, anchor};
use super::sheet::{
    FieldView, FileView, Pass, SHOWN, Sheet, SurveyView, action, carried_fields, file_of, for_devices, frame, keeps, own_fields,
    survey_view,
};
use super::terms::{self, TermsView, terms};
use super::typed::Typed;
use crate::catalog::Target;
use crate::diagnostic::Diagnostics;
use crate::output::Artifact;
use crate::pages::address::Spot;
use crate::pages::edition::Edition;
use crate::pages::frame::file;
use crate::pages::message;
use crate::pages::render::Markup;
use crate::survey::definition::{Opening, Page};
use crate::survey::question::{Kind, Question};
use crate::survey::{Access, Complaint, Fault, Raw, Survey};
use serde::Serialize;
use std::collections::BTreeSet;

#[derive(Serialize)]
struct View<'n> {
    survey: SurveyView,
    form: FormView<'n>,
}

#[derive(Serialize)]
struct FormView<'n> {
    faults_title: Option<String>,
    faults: Vec<FaultView>,
    notice: Option<&'n Notice>,
    progress: Option<ProgressView>,
    opening: Option<OpeningView>,
    title: Option<String>,
    lead: Option<Markup>,
    action: String,
    /// The page that works without a network, on pages that were built and not served.
    device: Option<String>,
    /// Nobody takes the form in where it stands.
    unserved: bool,
    file: Option<FileView>,
    carried: Vec<FieldView>,
    /// What stands before the first question.
    terms: Option<TermsView>,
    /// Whoever does not agree may leave.
    leave: bool,
    questions: Vec<AskedView>,
    /// What decides about questions that come and go, as JSON.
    logic: Option<String>,
    /// Some question gains something by a script: a slider, buttons that move what is ranked, a running sum.
    gains: bool,
    /// What worksheets may fill in, as JSON.
    fill: Option<String>,
    /// Some question is of a kind with a style sheet of its own.
    kinds: bool,
    next_label: String,
    back: bool,
    /// The sheet can be put aside.
    save: bool,
    /// Until when it can still be sent, on the last day.
    closing: Option<String>,
    keeps: String,
}

/// Something to be told above a form, with what somebody typed where it has no other place.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Notice {
    /// It is about a loss or a failure.
    pub alert: bool,
    /// Its title.
    pub title: String,
    /// What is told.
    pub lines: Vec<String>,
    /// What was typed.
    pub rows: Vec<Typed>,
    /// The language of the rows.
    pub language: &'static str,
}

#[derive(Serialize)]
struct FaultView {
    anchor: String,
    text: String,
}

#[derive(Serialize)]
struct OpeningView {
    lead: Markup,
    promise: Vec<PromiseView>,
    /// Where a sheet that was put aside is opened again.
    resume: Option<String>,
}

/// A survey's own address: its first page while it takes answers, else the page that says since or until when.
///
/// # Errors
///
/// A fault in the theme's template.
pub fn first(edition: &Edition<'_>, survey: &Survey) -> Result<Artifact, Diagnostics> {
    match edition.opening(survey) {
        Opening::NotYet(day) => message::not_yet(edition, survey, day),
        Opening::Closed(day) => message::closed(edition, survey, day),
        // Only the code in the room leads to its form; without a server nobody could send it
        Opening::Open if survey.access == Access::Room => message::in_room(edition, survey),
        Opening::Open => {
            let raw = Raw::new();
            let sheet = Sheet { survey, raw: &raw, id: "", shown: "", today: edition.material.today.day, pass: Pass::default() };
            let first = survey.next_page(&crate::survey::Answers::new(), None, sheet.today).unwrap_or(0);
            let text = page(edition, &sheet, first, false)?;
            file(edition.path(&Spot::Content(Target::Survey(survey.id.clone()))), text.into_bytes())
        }
    }
}

/// A page of a form with what was typed. `complain` says what is wrong with this page's answers; otherwise nothing is judged.
///
/// # Errors
///
/// A fault in the theme's template.
pub fn page(edition: &Edition<'_>, sheet: &Sheet<'_>, index: usize, complain: bool) -> Result<String, Diagnostics> {
    page_with(edition, sheet, index, complain, None)
}

/// The same, with something to be told above it.
///
/// # Errors
///
/// A fault in the theme's template.
pub fn page_with(
    edition: &Edition<'_>,
    sheet: &Sheet<'_>,
    index: usize,
    complain: bool,
    notice: Option<&Notice>,
) -> Result<String, Diagnostics> {
    let survey = sheet.survey;
    let spot = Spot::Content(Target::Survey(survey.id.clone()));
    let judgement = survey.judge(sheet.raw, index + 1, sheet.today);
    let Some(own) = dressed(edition, survey, index, &judgement.answers, sheet.id) else { return Ok(String::new()) };
    // Built, and served by nobody: which of the fixed orders it is to be, the collector says with the next page
    let waits = sheet.id.is_empty() && survey.rotations.is_some() && survey.shuffles(index) && edition.material.site.collector.is_some();
    let rules = live::rules(survey, index, &judgement, (!sheet.id.is_empty()).then_some(sheet.today));
    let mut asked = live::asked(&own, &judgement, rules.as_ref(), &|question| is_told(survey, &own, question));
    if waits {
        asked.clear();
    }
    let questions: Vec<_> = asked.iter().filter(|(_, waits)| !waits).map(|(question, _)| *question).collect();
    let is_first = judgement.pages.first().is_none_or(|first| *first == index);
    let first = if is_first { survey.asked_first() } else { Vec::new() };
    let here = |id: &str| first.contains(&id) || questions.iter().any(|question| question.id == id);
    let was_shown: BTreeSet<&str> = sheet.shown.split(' ').filter(|id| !id.is_empty()).collect();
    let seen = |complaint: &Complaint| was_shown.is_empty() || was_shown.contains(complaint.question.as_str());
    let complaints: Vec<Complaint> =
        judgement.complaints.into_iter().filter(|complaint| complain && here(&complaint.question) && seen(complaint)).collect();
    let asking = Asking { edition, spot: &spot, raw: sheet.raw, complaints: &complaints, answers: &judgement.answers };
    let is_last = !survey.may_go_on(&judgement.answers, index, sheet.today);
    let faults_title = faults_title(edition, &complaints);
    let mut page = frame(edition, &spot, survey);
    if let Some(title) = &faults_title {
        page.title = format!("{title}{}{}", edition.say("title_gap"), page.title);
    }
    let shown: Vec<&str> =
        if waits { vec![NOTHING] } else { first.iter().copied().chain(questions.iter().map(|question| question.id.as_str())).collect() };
    let mut carried = own_fields(sheet, &own.id);
    carried.push(FieldView { name: SHOWN.to_owned(), value: shown.join(" ") });
    carried.extend(carried_fields(sheet, &here));
    let view = View {
        survey: survey_view(edition, sheet),
        form: FormView {
            faults: complaints.iter().map(|complaint| fault(edition, &own, complaint)).collect(),
            faults_title,
            notice,
            progress: (survey.pages.len() > 1 || questions.len() > 1).then(|| progress(edition, survey, &judgement.pages, index)).flatten(),
            opening: (is_first && complaints.is_empty()).then(|| opening(edition, &spot, survey, sheet.pass)),
            title: own.title.as_ref().map(|title| edition.plain(title)),
            lead: own.lead.as_ref().map(|lead| edition.inline(&spot, lead)),
            action: action(edition, &spot),
            device: (sheet.id.is_empty() && for_devices(survey)).then(|| edition.link_to(&spot, &Spot::Device(survey.id.clone()))),
            unserved: edition.material.site.collector.is_none(),
            file: file_of(survey),
            carried,
            terms: (is_first && !waits).then(|| terms(edition, &spot, survey, sheet.raw, &complaints)).flatten(),
            leave: is_first && !waits && survey.consent.as_ref().is_some_and(|consent| consent.required),
            questions: asked.iter().map(|(question, waits)| live::view(asking.view(question), *waits)).collect(),
            logic: rules.filter(|_| !waits).map(|live| live.rules.to_string()),
            fill: (is_first && !waits).then(|| fill::known(edition, survey)).flatten(),
            gains: asked.iter().any(|(question, _)| gains(question)),
            kinds: asked.iter().any(|(question, _)| has_own_style(question)),
            next_label: edition.say(next_label(waits, is_last)).to_owned(),
            back: !is_first,
            save: survey.drafts.is_some() && !waits,
            closing: (!sheet.id.is_empty()).then(|| closing(edition, survey)).flatten(),
            keeps: edition.say(keeps(survey)).to_owned(),
        },
    };
    edition.render("form.html", &spot, &page, &view)
}

/// What a page says to have shown where it shows no question; no question is called so.
const NOTHING: &str = "-";

fn next_label(waits: bool, is_last: bool) -> &'static str {
    match (waits, is_last) {
        (true, _) => "rotation_begin",
        (false, true) => "to_review",
        (false, false) => "next",
    }
}

/// Whether the script of the kinds has anything to do here.
pub(in crate::pages) fn gains(question: &Question) -> bool {
    match &question.kind {
        Kind::Slider(_) | Kind::Ranking { .. } | Kind::Allocation { .. } => true,
        Kind::Table { columns, .. } => columns.iter().any(gains),
        _ => false,
    }
}

/// Whether `kinds.css` is for this question: the page of a plain survey does without.
pub(in crate::pages) fn has_own_style(question: &Question) -> bool {
    let plain = matches!(
        question.kind,
        Kind::SingleChoice { .. }
            | Kind::MultipleChoice { .. }
            | Kind::Scale(_)
            | Kind::Grid { .. }
            | Kind::Number { .. }
            | Kind::ShortText { .. }
            | Kind::LongText { .. }
            | Kind::Date { .. }
    );
    !plain
}

fn faults_title(edition: &Edition<'_>, complaints: &[Complaint]) -> Option<String> {
    let n = complaints.len();
    let missing = complaints.iter().all(|complaint| complaint.fault == Fault::Missing);
    let key = match (n, missing) {
        (0, _) => return None,
        (1, true) => "faults_missing_one",
        (_, true) => "faults_missing",
        (1, false) => "faults_one",
        (_, false) => "faults_some",
    };
    Some(edition.fill(key, &[("n", &n.to_string())]))
}

fn fault(edition: &Edition<'_>, page: &Page, complaint: &Complaint) -> FaultView {
    if let Some(name) = terms::name(edition, &complaint.question) {
        let text = edition.complaint_first(&complaint.fault);
        let text = edition.fill("fault_item", &[("question", name), ("complaint", &text)]);
        return FaultView { anchor: anchor(&complaint.question), text };
    }
    let question = page.questions.iter().find(|question| question.id == complaint.question);
    let variable = question.and_then(|question| question.variables().into_iter().find(|variable| variable.id == complaint.field));
    // What is wrong with all parts of a question is about the question
    let label = variable.map(|variable| variable.label).or_else(|| question.map(|question| question.text.clone()));
    let asked = label.map(|label| edition.plain(&label)).unwrap_or_default();
    let cell = question.and_then(|question| question.cell_of(&complaint.field));
    let asker = cell.as_ref().or(question);
    let text = asker.map(|asker| edition.complaint_in_short(asker, &complaint.fault)).unwrap_or_default();
    let asked = asked.trim_end_matches(['。', '.']);
    // The text beside «other» stands inside its question.
    let field = asker.filter(|asker| asker.other_variable() == complaint.field).map_or(&complaint.field, |asker| &asker.id);
    FaultView { anchor: anchor(field), text: edition.fill("fault_item", &[("question", asked), ("complaint", &text)]) }
}

/// Whether a calculated value stands on its page: where respondents may see it and where it cannot move while they fill the page
/// in, because earlier pages alone decide it.
fn is_told(survey: &Survey, page: &Page, question: &Question) -> bool {
    let Kind::Calculated { value, show, .. } = &question.kind else { return false };
    let spoken_of = survey.speaks_of(&value.expression);
    *show && !page.questions.iter().flat_map(Question::variables).any(|variable| spoken_of.contains(&variable.id))
}

/// Until when it can still be sent, on the last day and in the grace after it. Only where the page is served: what is built must not change with the hour.
fn closing(edition: &Edition<'_>, survey: &Survey) -> Option<String> {
    let (today, close) = (edition.material.today, survey.close?);
    let key = match (survey.closes_soon(today), survey.grace) {
        (Some(_), 0) => "closing_soon",
        (Some(_), _) => "closing_soon_grace",
        // Begun in time, still on the way
        (None, _) if survey.opening(today) != Opening::Open && survey.takes_sheets(today) => "closing_grace",
        (None, _) => return None,
    };
    Some(edition.fill(key, &[("date", &edition.limit(close.written)), ("minutes", &survey.grace.to_string())]))
}

/// What stands before the first question.
fn opening(edition: &Edition<'_>, spot: &Spot, survey: &Survey, pass: Pass<'_>) -> OpeningView {
    let resume = survey.drafts.map(|_| match &edition.material.site.collector {
        Some(_) => action(edition, &Spot::Resume(survey.id.clone())),
        None => edition.link_to(spot, &Spot::Resume(survey.id.clone())),
    });
    OpeningView { lead: edition.inline(spot, &survey.lead), promise: promise(edition, survey, pass), resume }
}
