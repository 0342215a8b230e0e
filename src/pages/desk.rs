//! The operator's desk: how every survey stands, what can be done with it, what is to be done today. Never a result.

use super::edition::{Edition, LinkView};
use super::room_frame::{Place, step};
use super::sheet::FieldView;
use crate::catalog::Target;
use crate::diagnostic::Diagnostics;
use crate::language::count;
use crate::pages::Spot;
use crate::survey::Survey;
use crate::survey::definition::{Opening, Publish};
use serde::Serialize;
use std::collections::BTreeMap;

/// Where the desk stands on the server.
pub const DESK: &str = "/_desk";
/// The field of its forms that only pages of this server know.
pub const KEY: &str = "_key";
/// The field that names the survey.
pub const SURVEY: &str = "survey";

/// What the server knows of a survey.
#[derive(Debug, Clone)]
pub struct Listing<'s> {
    /// The survey.
    pub survey: &'s Survey,
    /// Whether it takes answers today.
    pub opening: Opening,
    /// Answers so far, in whole steps of the smallest group.
    pub counted: u64,
    /// How many answers count for each quota as far as it may be told, by its id.
    pub quotas: BTreeMap<String, u64>,
    /// How many were invited, where it is for invited people.
    pub invited: Option<u64>,
    /// Answers in closed batches: what can be taken out.
    pub exportable: u64,
    /// Whether there are free texts among them.
    pub texts: bool,
    /// It was closed by hand and may be opened again.
    pub reopens: bool,
    /// Where its form stands on this server.
    pub form: Option<String>,
    /// Where its projector page stands.
    pub room: Option<String>,
}

/// What was just done, for the line at the top.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Done {
    /// A survey was closed.
    Closed,
    /// A survey was opened again.
    Reopened,
    /// It cannot be opened again: its figures are out.
    StaysClosed,
}

impl Done {
    /// The word that stands for it in an address.
    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            Done::Closed => "closed",
            Done::Reopened => "reopened",
            Done::StaysClosed => "stays-closed",
        }
    }

    /// What a word stands for.
    #[must_use]
    pub fn of(word: &str) -> Option<Done> {
        [Done::Closed, Done::Reopened, Done::StaysClosed].into_iter().find(|done| done.word() == word)
    }
}

/// What the desk shows.
#[derive(Debug)]
pub struct Desk<'a> {
    /// Every survey, those that take answers first.
    pub listings: &'a [Listing<'a>],
    /// The content has faults; where the page stands that shows them.
    pub faults: Option<&'a str>,
    /// What its forms carry, so that no page of somebody else can send them.
    pub key: &'a str,
    /// Bytes that the answers take on the disk.
    pub bytes: u64,
    /// What was just done.
    pub done: Option<Done>,
}

#[derive(Serialize)]
struct View {
    title: String,
    state: Vec<String>,
    done: Option<String>,
    faults: Option<LinkView>,
    groups: Vec<GroupView>,
    todo: Vec<TodoView>,
    languages: Vec<LinkView>,
}

#[derive(Serialize)]
struct GroupView {
    title: String,
    surveys: Vec<SurveyView>,
}

#[derive(Serialize)]
struct TodoView {
    text: String,
    why: String,
}

#[derive(Serialize)]
struct SurveyView {
    id: String,
    plate: String,
    tone: &'static str,
    title: String,
    when: Option<String>,
    number: Option<String>,
    unit: String,
    note: String,
    quotas: Vec<String>,
    links: Vec<LinkView>,
    acts: Vec<ActView>,
}

/// Something that is done by a form of its own; with `warning`, after having read it.
#[derive(Serialize)]
struct ActView {
    action: String,
    label: String,
    warning: Option<String>,
    fields: Vec<FieldView>,
}

/// The desk.
///
/// # Errors
///
/// A fault in the theme's template.
pub fn page(place: &Place<'_>, desk: &Desk<'_>) -> Result<String, Diagnostics> {
    let edition = place.edition;
    let today = edition.material.today;
    let open = |listing: &&Listing<'_>| matches!(listing.opening, Opening::Open);
    let group = |key: &str, surveys: Vec<&Listing<'_>>| GroupView {
        title: edition.say(key).to_owned(),
        surveys: surveys.into_iter().map(|listing| survey(place, desk, listing)).collect(),
    };
    let (running, others): (Vec<_>, Vec<_>) = desk.listings.iter().partition(open);
    let groups = [group("desk_open", running), group("desk_others", others)];
    let size = count(desk.bytes.div_ceil(1_024));
    let view = View {
        title: edition.fill("desk_title", &[("date", &today.day.in_words(edition.language))]),
        state: vec![edition.say("desk_local").to_owned(), edition.fill("desk_size", &[("size", &size)])],
        done: desk.done.map(|done| said(edition, done)),
        faults: desk.faults.map(|href| LinkView::new(href.to_owned(), edition.say("desk_faults_link"))),
        groups: groups.into_iter().filter(|group| !group.surveys.is_empty()).collect(),
        todo: todo(edition, desk),
        languages: languages(edition),
    };
    place.render_with("desk.html", edition.say("desk_name"), "desk", view)
}

fn said(edition: &Edition<'_>, done: Done) -> String {
    let key = match done {
        Done::Closed => "desk_done_closed",
        Done::Reopened => "desk_done_reopened",
        Done::StaysClosed => "desk_done_stays",
    };
    edition.say(key).to_owned()
}

fn languages(edition: &Edition<'_>) -> Vec<LinkView> {
    let all = &edition.material.catalog.project.languages;
    let link = |language: &crate::language::Language| {
        let mut link = LinkView::new(format!("{DESK}?lang={}", language.code()), language.label());
        link.current = (*language == edition.language).then_some("true");
        link
    };
    if all.len() > 1 { all.iter().map(link).collect() } else { Vec::new() }
}

fn survey(place: &Place<'_>, desk: &Desk<'_>, listing: &Listing<'_>) -> SurveyView {
    let edition = place.edition;
    let survey = listing.survey;
    let day = |day: crate::language::DayTime| edition.limit(day);
    let (plate, tone, when) = match listing.opening {
        Opening::Open => ("desk_state_open", "here", survey.close.map(|close| edition.until(close.written))),
        Opening::NotYet(open) => ("desk_state_soon", "soft", Some(edition.fill("desk_from", &[("date", &day(open))]))),
        Opening::Closed(closed) => ("desk_state_closed", "soft", Some(edition.fill("desk_closed_on", &[("date", &day(closed))]))),
    };
    let k = step(survey).to_string();
    let unit = match listing.invited {
        _ if listing.counted == 0 => edition.fill("desk_below", &[("k", &k)]),
        Some(invited) => edition.fill("desk_of", &[("n", &count(invited))]),
        None => edition.say("desk_people").to_owned(),
    };
    SurveyView {
        id: survey.id.clone(),
        plate: edition.say(plate).to_owned(),
        tone,
        title: edition.plain(&survey.title),
        when,
        number: (listing.counted > 0).then(|| count(listing.counted)),
        unit,
        note: edition.fill(note(survey, listing.opening), &[("k", &k)]),
        quotas: quotas(edition, listing),
        links: links(edition, listing),
        acts: acts(edition, desk, listing),
    }
}

/// How far each quota is filled, in steps of the smallest group.
fn quotas(edition: &Edition<'_>, listing: &Listing<'_>) -> Vec<String> {
    let k = u64::from(listing.survey.k.max(1));
    let line = |quota: &crate::survey::Quota| {
        let told = listing.quotas.get(&quota.id).copied().unwrap_or(0);
        let key = match (told >= u64::from(quota.limit), told >= k) {
            (true, _) => "desk_quota_full",
            (false, true) => "desk_quota",
            (false, false) => "desk_quota_below",
        };
        let label = quota.label.as_ref().map_or_else(|| quota.id.clone(), |label| edition.plain(label));
        let (n, limit) = (count(told / k * k), count(u64::from(quota.limit)));
        edition.fill(key, &[("label", &label), ("limit", &limit), ("n", &n), ("k", &k.to_string())])
    };
    listing.survey.quotas.iter().map(line).collect()
}

fn note(survey: &Survey, opening: Opening) -> &'static str {
    match (opening, survey.publish) {
        (Opening::Closed(_), _) => "desk_note_closed",
        (_, Publish::Rolling) => "desk_note_rolling",
        (_, Publish::AtClose) => "desk_note_at_close",
    }
}

fn links(edition: &Edition<'_>, listing: &Listing<'_>) -> Vec<LinkView> {
    let report = edition.report_on(&listing.survey.id).map(|report: Target| format!("/{}", edition.path(&Spot::Content(report))));
    let all = [(&listing.room, "desk_room"), (&listing.form, "desk_form"), (&report, "see_report")];
    all.into_iter().filter_map(|(href, key)| Some(LinkView::new(href.clone()?, edition.say(key)))).collect()
}

fn acts(edition: &Edition<'_>, desk: &Desk<'_>, listing: &Listing<'_>) -> Vec<ActView> {
    let act = |path: &str, label: &str, warning: Option<&str>| ActView {
        action: format!("{DESK}/{path}"),
        label: edition.say(label).to_owned(),
        warning: warning.map(|key| edition.fill(key, &[("k", &listing.survey.k.to_string())])),
        fields: [(KEY, desk.key), (SURVEY, listing.survey.id.as_str()), ("lang", edition.language.code())]
            .map(|(name, value)| FieldView { name: name.to_owned(), value: value.to_owned() })
            .into(),
    };
    let mut acts = Vec::new();
    // While the figures are held back until the close, so are the rows
    let rows_may_leave = listing.survey.publish == Publish::Rolling || matches!(listing.opening, Opening::Closed(_));
    if rows_may_leave && listing.exportable > 0 {
        acts.push(act("rows", "desk_rows", None));
        if listing.texts {
            acts.push(act("texts", "desk_texts", None));
        }
    }
    match listing.opening {
        Opening::Closed(_) if listing.reopens => acts.push(act("reopen", "desk_reopen", None)),
        Opening::Closed(_) => {}
        Opening::Open | Opening::NotYet(_) => acts.push(act(
            "close",
            "desk_close",
            Some(match listing.survey.publish {
                Publish::AtClose => "desk_close_warning_at_close",
                Publish::Rolling => "desk_close_warning_rolling",
            }),
        )),
    }
    acts
}

/// How many days before its close a survey is worth a thought.
const SOON: i64 = 7;

fn todo(edition: &Edition<'_>, desk: &Desk<'_>) -> Vec<TodoView> {
    let today = edition.material.today.day.number();
    let mut todo = Vec::new();
    if desk.faults.is_some() {
        todo.push(TodoView { text: edition.say("desk_todo_faults").to_owned(), why: edition.say("desk_todo_faults_why").to_owned() });
    }
    for listing in desk.listings.iter().filter(|listing| matches!(listing.opening, Opening::Open)) {
        let title = edition.plain(&listing.survey.title);
        if let Some(close) = listing.survey.close.filter(|close| close.written.day.number() - today <= SOON) {
            todo.push(TodoView { text: edition.fill("desk_todo_closing", &[("title", &title)]), why: edition.until(close.written) });
        }
    }
    todo
}
