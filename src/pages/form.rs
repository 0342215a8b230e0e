//! Forms: the pages of a survey, one after the other, without scripts.
//!
//! Everything typed so far travels with the form in hidden fields; nothing is stored before it is sent. Fields whose names
//! begin with `_` are the form's own ([`PAGE`], [`SHEET`], [`SHOWN`], [`GO`]) and belong to no question.

use super::address::Spot;
use super::dressed::dressed;
use super::edition::{Edition, LinkView, PageView, file};
use super::list::survey_facts;
use super::live::{self, AskedView};
use super::message;
use super::question_one::{Asking, anchor};
use super::render::Markup;
use crate::catalog::Target;
use crate::diagnostic::Diagnostics;
use crate::language::Day;
use crate::output::Artifact;
use crate::survey::definition::{Mode, Opening, Page, Publish};
use crate::survey::question::{Kind, Question};
use crate::survey::{Access, Attribute, Carried, Complaint, Fault, Raw, Survey, field};
use serde::Serialize;
use std::collections::BTreeSet;

/// The field with the id of the survey's page that the form shows.
pub const PAGE: &str = "_page";
/// The field with the sheet's own id, which makes sending twice harmless. Empty on pages that were built and not served.
pub const SHEET: &str = "_sheet";
/// The field with an invitation's code, where it was typed and no cookie holds it.
pub const INVITATION: &str = "_invitation";
/// The field with the ids of the questions that the form shows, parted by spaces.
pub const SHOWN: &str = "_shown";
/// The field with what to do: [`GO_NEXT`], [`GO_BACK`], [`GO_STAY`], [`GO_SEND`], or [`GO_PAGE`] and a page's id.
pub const GO: &str = "_go";
/// Judge this page and go on.
pub const GO_NEXT: &str = "next";
/// Go back without judging.
pub const GO_BACK: &str = "back";
/// Show this page again without judging, in the language of the address.
pub const GO_STAY: &str = "stay";
/// Take the whole sheet.
pub const GO_SEND: &str = "send";
/// Go to the page whose id follows.
pub const GO_PAGE: &str = "page:";

/// A sheet that is being filled in.
#[derive(Debug, Clone, Copy)]
pub struct Sheet<'a> {
    /// The survey.
    pub survey: &'a Survey,
    /// Everything typed so far, without the form's own fields.
    pub raw: &'a Raw,
    /// Its own id, from [`SHEET`].
    pub id: &'a str,
    /// What [`SHOWN`] held: complaints about questions that were not on the page are not made. Empty: all were.
    pub shown: &'a str,
    /// The day, for conditions.
    pub today: Day,
    /// What is known from the invitation.
    pub pass: Pass<'a>,
}

/// What a form knows of the invitation that it was opened with.
#[derive(Debug, Clone, Copy, Default)]
pub struct Pass<'a> {
    /// The code as it was typed; empty where a cookie holds it, or none is needed.
    pub typed: &'a str,
    /// What the answers will carry, where the invitation is known already.
    pub carried: Option<&'a Carried>,
}

#[derive(Serialize)]
struct View {
    survey: SurveyView,
    form: FormView,
}

/// What the frame of a form knows of its survey.
#[derive(Serialize)]
pub(super) struct SurveyView {
    title: String,
    /// The language switch sends what was typed along.
    switch: bool,
}

impl SurveyView {
    /// A frame that carries nothing from page to page.
    pub(super) fn titled(title: String) -> SurveyView {
        SurveyView { title, switch: false }
    }
}

#[derive(Serialize)]
struct FormView {
    faults_title: Option<String>,
    faults: Vec<FaultView>,
    progress: Option<ProgressView>,
    opening: Option<OpeningView>,
    title: Option<String>,
    lead: Option<Markup>,
    action: String,
    carried: Vec<FieldView>,
    questions: Vec<AskedView>,
    /// What decides about questions that come and go, as JSON.
    logic: Option<String>,
    /// Some question gains something by a script: a slider, buttons that move what is ranked, a running sum.
    gains: bool,
    /// Some question is of a kind with a style sheet of its own.
    kinds: bool,
    next_label: String,
    back: bool,
    keeps: String,
}

#[derive(Serialize)]
struct FaultView {
    anchor: String,
    text: String,
}

/// How far one has come.
#[derive(Serialize)]
pub(super) struct ProgressView {
    stitches: Vec<&'static str>,
    text: String,
}

/// A field that is not shown.
#[derive(Serialize)]
pub(super) struct FieldView {
    pub name: String,
    pub value: String,
}

#[derive(Serialize)]
struct OpeningView {
    lead: Markup,
    promise: Vec<PromiseView>,
}

/// A line of what is promised.
#[derive(Serialize)]
pub(super) struct PromiseView {
    pub label: String,
    pub text: String,
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
            let sheet = Sheet { survey, raw: &raw, id: "", shown: "", today: edition.material.today, pass: Pass::default() };
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
    let survey = sheet.survey;
    let spot = Spot::Content(Target::Survey(survey.id.clone()));
    let judgement = survey.judge(sheet.raw, index + 1, sheet.today);
    let Some(own) = dressed(edition, survey, index, &judgement.answers, sheet.id) else { return Ok(String::new()) };
    let rules = live::rules(survey, index, &judgement, (!sheet.id.is_empty()).then_some(sheet.today));
    let asked = live::asked(&own, &judgement, rules.as_ref(), &|question| is_told(survey, &own, question));
    let questions: Vec<_> = asked.iter().filter(|(_, waits)| !waits).map(|(question, _)| *question).collect();
    let here = |id: &str| questions.iter().any(|question| question.id == id);
    let was_shown: BTreeSet<&str> = sheet.shown.split(' ').filter(|id| !id.is_empty()).collect();
    let seen = |complaint: &Complaint| was_shown.is_empty() || was_shown.contains(complaint.question.as_str());
    let complaints: Vec<Complaint> =
        judgement.complaints.into_iter().filter(|complaint| complain && here(&complaint.question) && seen(complaint)).collect();
    let asking = Asking { edition, spot: &spot, raw: sheet.raw, complaints: &complaints, answers: &judgement.answers };
    let is_first = judgement.pages.first().is_none_or(|first| *first == index);
    let is_last = survey.next_page(&judgement.answers, Some(index), sheet.today).is_none();
    let faults_title = faults_title(edition, &complaints);
    let mut page = frame(edition, &spot, survey);
    if let Some(title) = &faults_title {
        page.title = format!("{title}{}{}", edition.say("title_gap"), page.title);
    }
    let shown: Vec<&str> = questions.iter().map(|question| question.id.as_str()).collect();
    let mut carried = own_fields(sheet, &own.id);
    carried.push(FieldView { name: SHOWN.to_owned(), value: shown.join(" ") });
    carried.extend(carried_fields(sheet, &here));
    let view = View {
        survey: survey_view(edition, sheet),
        form: FormView {
            faults: complaints.iter().map(|complaint| fault(edition, &own, complaint)).collect(),
            faults_title,
            progress: (survey.pages.len() > 1 || questions.len() > 1).then(|| progress(edition, survey, &judgement.pages, index)).flatten(),
            opening: (is_first && complaints.is_empty()).then(|| opening(edition, &spot, survey, sheet.pass)),
            title: own.title.as_ref().map(|title| edition.plain(title)),
            lead: own.lead.as_ref().map(|lead| edition.inline(&spot, lead)),
            action: action(edition, &spot),
            carried,
            questions: asked.iter().map(|(question, waits)| live::view(asking.view(question), *waits)).collect(),
            logic: rules.map(|live| live.rules.to_string()),
            gains: asked.iter().any(|(question, _)| gains(question)),
            kinds: asked.iter().any(|(question, _)| has_own_style(question)),
            next_label: edition.say(if is_last { "to_review" } else { "next" }).to_owned(),
            back: !is_first,
            keeps: edition.say("keeps").to_owned(),
        },
    };
    edition.render("form.html", &spot, &page, &view)
}

/// Whether the script of the kinds has anything to do here.
fn gains(question: &Question) -> bool {
    match &question.kind {
        Kind::Slider(_) | Kind::Ranking { .. } | Kind::Allocation { .. } => true,
        Kind::Table { columns, .. } => columns.iter().any(gains),
        _ => false,
    }
}

/// Whether `kinds.css` is for this question: the page of a plain survey does without.
fn has_own_style(question: &Question) -> bool {
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

/// The frame of every page of a survey.
pub(super) fn frame(edition: &Edition<'_>, spot: &Spot, survey: &Survey) -> PageView {
    edition.page_view(spot, edition.plain(&survey.title), edition.plain(&survey.lead))
}

pub(super) fn survey_view(edition: &Edition<'_>, sheet: &Sheet<'_>) -> SurveyView {
    SurveyView { title: edition.plain(&sheet.survey.title), switch: !sheet.raw.is_empty() || !sheet.id.is_empty() }
}

/// Where a form posts: to its own address, or to the same address at the site's collector.
pub(super) fn action(edition: &Edition<'_>, spot: &Spot) -> String {
    match &edition.material.site.collector {
        Some(collector) => format!("{}/{}", collector.trim_end_matches('/'), edition.path(spot)),
        None => edition.link_to(spot, spot),
    }
}

/// The form's own fields.
pub(super) fn own_fields(sheet: &Sheet<'_>, page: &str) -> Vec<FieldView> {
    let invitation = (!sheet.pass.typed.is_empty()).then_some((INVITATION, sheet.pass.typed));
    let fields = [(PAGE, page), (SHEET, sheet.id)].into_iter().chain(invitation);
    fields.map(|(name, value)| FieldView { name: name.to_owned(), value: value.to_owned() }).collect()
}

/// What was typed for questions that are not on this page.
pub(super) fn carried_fields(sheet: &Sheet<'_>, here: &dyn Fn(&str) -> bool) -> Vec<FieldView> {
    let elsewhere = sheet.survey.questions().filter(|question| !here(&question.id)).flat_map(field::names);
    let values = elsewhere.filter_map(|name| sheet.raw.get(&name).map(|values| (name, values)));
    values
        .flat_map(|(name, values)| values.iter().map(move |value| FieldView { name: name.clone(), value: value.clone() }))
        .filter(|field| !field.value.is_empty())
        .collect()
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

/// The most questions that get a stitch each; with more, pages do.
const MOST_STITCHES: usize = 20;

/// How far one has come: `done` pages were seen before this one.
fn progress(edition: &Edition<'_>, survey: &Survey, seen: &[usize], index: usize) -> Option<ProgressView> {
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

/// Whether a calculated value stands on its page: where respondents may see it and where it cannot move while they fill the page
/// in, because earlier pages alone decide it.
fn is_told(survey: &Survey, page: &Page, question: &Question) -> bool {
    let Kind::Calculated { value, show, .. } = &question.kind else { return false };
    let spoken_of = survey.speaks_of(&value.expression);
    *show && !page.questions.iter().flat_map(Question::variables).any(|variable| spoken_of.contains(&variable.id))
}

/// The last station: everything is done but the sending.
pub(super) fn progress_at_review(edition: &Edition<'_>, survey: &Survey, seen: &[usize]) -> ProgressView {
    let questions: usize = seen.iter().filter_map(|at| survey.pages.get(*at)).map(asked).sum();
    let stitches = if questions > MOST_STITCHES { seen.len() } else { questions };
    ProgressView { stitches: vec!["done"; stitches], text: edition.say("progress_review").to_owned() }
}

/// What stands before the first question.
fn opening(edition: &Edition<'_>, spot: &Spot, survey: &Survey, pass: Pass<'_>) -> OpeningView {
    OpeningView { lead: edition.inline(spot, &survey.lead), promise: promise(edition, survey, pass) }
}

/// What is promised before the first question. Made from the survey itself: it cannot say anything else than what is built.
pub(super) fn promise(edition: &Edition<'_>, survey: &Survey, pass: Pass<'_>) -> Vec<PromiseView> {
    let project = &edition.material.catalog.project;
    let line = |key: &str, text: String| PromiseView { label: edition.say(key).to_owned(), text };
    let k = survey.k.to_string();
    let facts = survey_facts(survey);
    let batch = batch_size(survey).to_string();
    let mut promise = vec![
        line("promise_time", edition.fill("promise_time_text", &facts.each_ref().map(|(name, value)| (*name, value.as_str())))),
        line("promise_purpose", edition.plain(&survey.purpose)),
        line("promise_seen", edition.fill(by_mode(survey, "promise_seen_text", "promise_seen_identified"), &[("k", &k)])),
        line("promise_kept", edition.say(promise_kept(survey)).to_owned()),
        line("promise_batch", edition.fill("promise_batch_text", &[("batch", &batch)])),
    ];
    if survey.access == Access::Invited {
        promise
            .push(line("promise_invited", edition.say(by_mode(survey, "promise_invited_text", "promise_invited_identified")).to_owned()));
    }
    if !survey.attributes.is_empty() {
        let all: Vec<String> = survey.attributes.iter().map(|attribute| carried(edition, attribute, pass)).collect();
        promise.push(line(
            "promise_carried",
            edition.fill("promise_carried_text", &[("attributes", &all.join(edition.say("list_gap"))), ("k", &k)]),
        ));
    }
    promise.push(line("promise_contact", edition.plain(&project.contact)));
    if let Some(close) = survey.close {
        promise.insert(1, line("promise_until", edition.fill("until", &[("date", &close.in_words(edition.language))])));
    }
    promise
}

/// An attribute that the answers carry, with the value of this invitation where it is known.
fn carried(edition: &Edition<'_>, attribute: &Attribute, pass: Pass<'_>) -> String {
    let name = edition.plain(&attribute.text);
    match pass.carried.and_then(|carried| carried.get(&attribute.id)) {
        Some(code) => edition.fill("attribute_value", &[("attribute", &name), ("value", &edition.plain(&attribute.label(code)))]),
        None => name,
    }
}

/// The phrase for the survey's mode.
fn by_mode<'k>(survey: &Survey, anonymous: &'k str, identified: &'k str) -> &'k str {
    if survey.mode == Mode::Identified { identified } else { anonymous }
}

/// How many answers are sealed together at least.
pub(super) fn batch_size(survey: &Survey) -> u32 {
    match survey.publish {
        Publish::Rolling => survey.k,
        Publish::AtClose => survey.k.max(20),
    }
}

/// The phrase for what is kept, before anything is asked.
fn promise_kept(survey: &Survey) -> &'static str {
    match (survey.mode, survey.attributes.is_empty()) {
        (Mode::Identified, _) => "promise_kept_identified",
        (_, true) => "promise_kept_text",
        (_, false) => "promise_kept_carried",
    }
}

/// The phrase for what is kept.
fn kept(survey: &Survey) -> &'static str {
    match (survey.mode, survey.attributes.is_empty()) {
        (Mode::Identified, _) => "thanks_kept_identified",
        (_, true) => "thanks_kept_text",
        (_, false) => "thanks_kept_carried",
    }
}

#[derive(Serialize)]
struct ThanksPage {
    survey: SurveyView,
    thanks: ThanksView,
}

#[derive(Serialize)]
struct ThanksView {
    lead: String,
    lines: Vec<PromiseView>,
    html: Option<Markup>,
    links: Vec<LinkView>,
    /// In a room, where several people may share a device.
    room: Option<RoomView>,
}

#[derive(Serialize)]
struct RoomView {
    hint: String,
    state: String,
    news: String,
}

/// The receipt: what is kept, what is not, who sees it.
///
/// # Errors
///
/// A fault in the theme's template.
pub fn thanks(edition: &Edition<'_>, survey: &Survey) -> Result<Artifact, Diagnostics> {
    file(edition.path(&Spot::Thanks(survey.id.clone())), receipt(edition, survey, None)?.into_bytes())
}

/// The receipt in a room: first of all it leads to a fresh sheet for the next person. `state` is the address that changes when there
/// is something newer on the projector.
///
/// # Errors
///
/// A fault in the theme's template.
pub fn thanks_in_room(edition: &Edition<'_>, survey: &Survey, state: &str) -> Result<String, Diagnostics> {
    receipt(edition, survey, Some(state))
}

fn receipt(edition: &Edition<'_>, survey: &Survey, state: Option<&str>) -> Result<String, Diagnostics> {
    let spot = Spot::Thanks(survey.id.clone());
    let k = survey.k.to_string();
    let line = |key: &str, text: String| PromiseView { label: edition.say(key).to_owned(), text };
    let next = match survey.publish {
        Publish::Rolling => edition.fill("thanks_next_rolling", &[("k", &k)]),
        Publish::AtClose => edition.say("thanks_next_close").to_owned(),
    };
    let gap = if edition.say("list_gap").ends_with(' ') { " " } else { "" };
    let report = edition.report_on(&survey.id).filter(|_| survey.publish == Publish::Rolling);
    let mut links = Vec::new();
    let own = Target::Survey(survey.id.clone());
    links.extend(state.map(|_| LinkView::new(edition.link(&spot, &own), edition.say("room_next_person"))));
    links.extend(report.map(|report| LinkView::new(edition.link(&spot, &report), edition.say("see_report"))));
    links.push(LinkView::new(edition.link(&spot, &Target::Home), edition.say("to_home")));
    let view = ThanksPage {
        survey: SurveyView { title: edition.plain(&survey.title), switch: false },
        thanks: ThanksView {
            lead: format!("{}{gap}{next}", edition.say("thanks_lead")),
            lines: vec![
                line("thanks_kept", edition.say(kept(survey)).to_owned()),
                line("thanks_not_kept", edition.say(by_mode(survey, "thanks_not_kept_text", "thanks_not_kept_identified")).to_owned()),
                line("thanks_seen", edition.fill(by_mode(survey, "thanks_seen_text", "promise_seen_identified"), &[("k", &k)])),
            ],
            html: survey.thanks.as_ref().map(|thanks| edition.inline(&spot, thanks)),
            links,
            room: state.map(|state| RoomView {
                hint: edition.say("room_next_person_hint").to_owned(),
                state: state.to_owned(),
                news: edition.say("room_news").to_owned(),
            }),
        },
    };
    edition.render("thanks.html", &spot, &frame(edition, &spot, survey), &view)
}
