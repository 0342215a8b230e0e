//! A sheet on its way from page to page: the form's own fields, what was typed elsewhere, where it is sent.
//!
//! Everything typed so far travels with the form in hidden fields; nothing is stored before it is sent. Fields whose names
//! begin with `_` are the form's own ([`PAGE`], [`SHEET`], [`SHOWN`], [`GO`]) and belong to no question.

use crate::language::Day;
use crate::pages::address::Spot;
use crate::pages::edition::Edition;
use crate::pages::frame::PageView;
use crate::survey::{Access, Carried, Raw, Survey, field};
use serde::Serialize;

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
/// Leave without agreeing: nothing is kept.
pub const GO_LEAVE: &str = "leave";
/// Take the whole sheet.
pub const GO_SEND: &str = "send";
/// Put the sheet aside.
pub const GO_SAVE: &str = "save";
/// Open a sheet that was put aside, by the code in [`RESUME`] or in a cookie.
pub const GO_RESUME: &str = "resume";
/// Delete the sheet that was put aside.
pub const GO_DISCARD: &str = "discard";
/// Hand the result over as a file.
pub const GO_KEEP: &str = "keep";
/// Show the result no more.
pub const GO_END: &str = "end";
/// The field with a resume code.
pub const RESUME: &str = "_resume";
/// The field with a withdrawal code.
pub const WITHDRAW: &str = "_withdraw";
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

/// What the frame of a form knows of its survey.
#[derive(Serialize)]
pub(in crate::pages) struct SurveyView {
    pub(super) title: String,
    /// The language switch sends what was typed along.
    pub(super) switch: bool,
}

impl SurveyView {
    /// A frame that carries nothing from page to page.
    pub(in crate::pages) fn titled(title: String) -> SurveyView {
        SurveyView { title, switch: false }
    }

    /// The same, whose language switch sends what was typed along.
    pub(in crate::pages) fn switching(title: String) -> SurveyView {
        SurveyView { title, switch: true }
    }
}

/// A field that is not shown.
#[derive(Serialize)]
pub(in crate::pages) struct FieldView {
    pub name: String,
    pub value: String,
}

/// The frame of every page of a survey.
pub(in crate::pages) fn frame(edition: &Edition<'_>, spot: &Spot, survey: &Survey) -> PageView {
    edition.page_view(spot, edition.plain(&survey.title), edition.plain(&survey.lead))
}

pub(super) fn survey_view(edition: &Edition<'_>, sheet: &Sheet<'_>) -> SurveyView {
    SurveyView { title: edition.plain(&sheet.survey.title), switch: !sheet.raw.is_empty() || !sheet.id.is_empty() }
}

/// Whether a survey can be answered without a network: whoever was invited, or came through a room's door, has to be known to a server.
pub(in crate::pages) fn for_devices(survey: &Survey) -> bool {
    survey.access == Access::Open
}

/// What a file of saved answers says of its survey.
#[derive(Serialize)]
pub(super) struct FileView {
    survey: String,
    revision: u32,
}

/// Where the answers of a sheet can also leave as a file: not where a server has to know who was invited.
pub(super) fn file_of(survey: &Survey) -> Option<FileView> {
    (survey.access != Access::Invited).then(|| FileView { survey: survey.id.clone(), revision: survey.revision })
}

/// Where a form posts: to its own address, or to the same address at the site's collector.
pub(in crate::pages) fn action(edition: &Edition<'_>, spot: &Spot) -> String {
    match &edition.material.site.collector {
        Some(collector) => format!("{}/{}", collector.trim_end_matches('/'), edition.path(spot)),
        None => edition.link_to(spot, spot),
    }
}

/// The phrase for what becomes of a sheet that is not sent.
pub(super) fn keeps(survey: &Survey) -> &'static str {
    if survey.drafts.is_some() { "keeps_drafts" } else { "keeps" }
}

/// The form's own fields.
pub(super) fn own_fields(sheet: &Sheet<'_>, page: &str) -> Vec<FieldView> {
    let invitation = (!sheet.pass.typed.is_empty()).then_some((INVITATION, sheet.pass.typed));
    let fields = [(PAGE, page), (SHEET, sheet.id)].into_iter().chain(invitation);
    fields.map(|(name, value)| FieldView { name: name.to_owned(), value: value.to_owned() }).collect()
}

/// What was typed for questions that are not on this page.
pub(super) fn carried_fields(sheet: &Sheet<'_>, here: &dyn Fn(&str) -> bool) -> Vec<FieldView> {
    let first = sheet.survey.asked_first().into_iter().filter(|id| !here(id)).map(str::to_owned);
    let elsewhere = first.chain(sheet.survey.questions().filter(|question| !here(&question.id)).flat_map(field::names));
    let values = elsewhere.filter_map(|name| sheet.raw.get(&name).map(|values| (name, values)));
    values
        .flat_map(|(name, values)| values.iter().map(move |value| FieldView { name: name.clone(), value: value.clone() }))
        .filter(|field| !field.value.is_empty())
        .collect()
}
