//! Pages that say one thing: there is no such page, a survey has not begun, a survey is over.

use super::address::Spot;
use super::edition::{Edition, LinkView};
use super::frame::file;
use crate::catalog::Target;
use crate::diagnostic::Diagnostics;
use crate::language::{DayTime, Language};
use crate::output::Artifact;
use crate::survey::definition::Opening;
use crate::survey::hours::ZONE;
use crate::survey::{Quota, Survey};
use serde::Serialize;

#[derive(Serialize)]
struct View {
    message: MessageView,
}

#[derive(Serialize)]
struct MessageView {
    plate: Option<String>,
    title: String,
    lines: Vec<String>,
    links: Vec<LinkView>,
}

impl Edition<'_> {
    /// Whether a survey takes answers at the moment of the build.
    #[must_use]
    pub fn opening(&self, survey: &Survey) -> Opening {
        survey.opening(self.material.today)
    }

    /// A limit in words, with the zone behind an hour wherever readers may be elsewhere.
    pub(super) fn limit(&self, limit: DayTime) -> String {
        let words = limit.in_words(self.language);
        let zone = &self.material.catalog.project.time_zone;
        let at_home = self.language == Language::Japanese && zone == ZONE;
        match limit.minutes {
            Some(_) if !at_home => {
                let city = zone.rsplit('/').next().unwrap_or(zone).replace('_', " ");
                self.fill("hour_in_zone", &[("time", &words), ("zone", &city)])
            }
            _ => words,
        }
    }

    /// «until» a limit.
    pub(super) fn until(&self, limit: DayTime) -> String {
        self.fill("until", &[("date", &self.limit(limit))])
    }

    /// The first report of this site on a survey.
    pub(super) fn report_on(&self, survey: &str) -> Option<Target> {
        let reports = self.material.site.reports.iter().filter_map(|id| self.material.catalog.reports.get(&id.value));
        reports.filter(|report| report.survey.value == survey).map(|report| Target::Report(report.id.clone())).next()
    }
}

/// «There is no such page», as a file that hosts serve for every unknown address of a site's top level.
///
/// # Errors
///
/// A fault in the theme's template.
pub fn not_found(edition: &Edition<'_>) -> Result<Artifact, Diagnostics> {
    file(edition.path(&Spot::NotFound), not_found_below(edition, 0)?.into_bytes())
}

/// The same as the answer to an address that lies `folders` folders below the top of this language's part of the site.
///
/// # Errors
///
/// A fault in the theme's template.
pub fn not_found_below(edition: &Edition<'_>, folders: usize) -> Result<String, Diagnostics> {
    let spot = if folders == 0 { Spot::NotFound } else { Spot::NotFoundBelow(folders) };
    let title = edition.say("not_found_title").to_owned();
    let page = edition.page_view(&spot, title.clone(), String::new());
    let message = MessageView {
        plate: None,
        title,
        lines: vec![edition.say("not_found_lead").to_owned()],
        links: vec![LinkView::new(edition.link(&spot, &Target::Home), edition.say("to_home"))],
    };
    edition.render("message.html", &spot, &page, &View { message })
}

/// A survey that is over.
///
/// # Errors
///
/// A fault in the theme's template.
pub fn closed(edition: &Edition<'_>, survey: &Survey, day: DayTime) -> Result<Artifact, Diagnostics> {
    let report = edition.report_on(&survey.id);
    let lead = if report.is_some() { "closed_lead" } else { "closed_lead_plain" };
    outside(edition, survey, "state_closed", edition.fill("closed_title", &[("date", &edition.limit(day))]), lead, report)
}

/// A survey that is answered in a room, by the code on its screen.
///
/// # Errors
///
/// A fault in the theme's template.
pub fn in_room(edition: &Edition<'_>, survey: &Survey) -> Result<Artifact, Diagnostics> {
    outside(edition, survey, "state_in_room", edition.say("in_room_title").to_owned(), "in_room_lead", None)
}

/// A survey that has not begun.
///
/// # Errors
///
/// A fault in the theme's template.
pub fn not_yet(edition: &Edition<'_>, survey: &Survey, day: DayTime) -> Result<Artifact, Diagnostics> {
    outside(edition, survey, "state_soon", edition.fill("soon_title", &[("date", &edition.limit(day))]), "soon_lead", None)
}

/// A quota is full: nothing was kept.
///
/// # Errors
///
/// A fault in the theme's template.
pub fn full(edition: &Edition<'_>, survey: &Survey, quota: &Quota) -> Result<String, Diagnostics> {
    let lead = quota.message.as_ref().map_or_else(|| edition.say("quota_full_lead").to_owned(), |message| edition.plain(message));
    nothing_kept(edition, survey, "quota_full_title", lead)
}

/// Somebody does not agree: nothing was kept.
///
/// # Errors
///
/// A fault in the theme's template.
pub fn left(edition: &Edition<'_>, survey: &Survey) -> Result<String, Diagnostics> {
    nothing_kept(edition, survey, "left_title", edition.say("left_lead").to_owned())
}

/// The end of a form without an answer. It is answered to one person and stands in no site.
fn nothing_kept(edition: &Edition<'_>, survey: &Survey, title: &str, lead: String) -> Result<String, Diagnostics> {
    let spot = Spot::Content(Target::Survey(survey.id.clone()));
    let title = edition.say(title).to_owned();
    let mut page = edition.page_view(&spot, format!("{title}{}{}", edition.say("title_gap"), edition.plain(&survey.title)), String::new());
    page.languages.clear();
    let contact = edition.plain(&edition.material.catalog.project.contact);
    let contact = format!("{}{}{contact}", edition.say("promise_contact"), edition.say("label_gap"));
    let message = MessageView {
        plate: Some(edition.plain(&survey.title)),
        title,
        lines: vec![lead, edition.say("nothing_kept").to_owned(), contact],
        links: vec![LinkView::new(edition.link(&spot, &Target::Home), edition.say("to_home"))],
    };
    edition.render("message.html", &spot, &page, &View { message })
}

fn outside(
    edition: &Edition<'_>,
    survey: &Survey,
    plate: &str,
    title: String,
    lead: &str,
    report: Option<Target>,
) -> Result<Artifact, Diagnostics> {
    let spot = Spot::Content(Target::Survey(survey.id.clone()));
    let page = edition.page_view(&spot, edition.plain(&survey.title), edition.plain(&survey.lead));
    let mut links = Vec::new();
    links.extend(report.map(|report| LinkView::new(edition.link(&spot, &report), edition.say("see_report"))));
    links.push(LinkView::new(edition.link(&spot, &Target::Home), edition.say("to_home")));
    let message = MessageView { plate: Some(edition.say(plate).to_owned()), title, lines: vec![edition.say(lead).to_owned()], links };
    edition.artifact("message.html", &spot, &page, &View { message })
}
