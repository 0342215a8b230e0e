//! A form as a respondent sees it: the very pages, whatever the day and without an invitation, in front of a store that keeps nothing.

use super::office::Office;
use crate::language::{Moment, Today};
use crate::pages::desk::frame::REHEARSAL;
use crate::pages::desk::rehearsal::marked;
use crate::pages::{Edition, Material};
use crate::server::forms::Counter;
use crate::server::invitations::{COOKIE, Door};
use crate::server::outcomes::Outcomes;
use crate::server::refusal::Refusal;
use crate::server::reply::Reply;
use crate::server::request::{Method, Request};
use crate::server::shelf::FormSpot;
use crate::server::tries::Tries;
use crate::store::Nowhere;
use crate::survey::{Access, Carried, Survey, Token};
use anyhow::Context;

impl Office<'_> {
    /// An address of a site below the preview's own: a form, its receipt, what they are drawn with; anything else leads to the site.
    pub(super) fn rehearse(&self, request: &Request) -> anyhow::Result<Reply> {
        let path = request.path.strip_prefix(REHEARSAL).unwrap_or_default();
        if let Some(spot) = self.shelf.form(path) {
            let survey = self.survey(&spot.survey).context("a form of a survey that is gone")?;
            return self.form(request, spot, survey);
        }
        let receipt = self.shelf.forms().find(|spot| spot.thanks == path);
        match (receipt, self.shelf.get(path)) {
            (_, Some(_)) if request.method == Method::Post => Ok(Reply::refusal(Refusal::Method)),
            (Some(spot), Some(file)) => Ok(self.mark(spot, &Reply::html(200, file.bytes.clone()))),
            (None, Some(file)) if !file.content_type.starts_with("text/html") => {
                Ok(Reply::bytes(file.content_type, file.bytes.clone()).with_etag(&file.etag).unless_known(request))
            }
            _ => Reply::see_other(if path.is_empty() { "/" } else { path }),
        }
    }

    fn form(&self, request: &Request, spot: &FormSpot, survey: &Survey) -> anyhow::Result<Reply> {
        // A form posts to its own address; nothing is kept, but a page of somebody else has no business here either
        if request.method == Method::Post && !request.same_origin() {
            return Ok(Reply::refusal(Refusal::Misdirected));
        }
        let opened;
        let shelf = if survey.closed.is_some() {
            opened = self.shelf.with_survey(Survey { closed: None, ..survey.clone() });
            &opened
        } else {
            self.shelf
        };
        let (store, tries, outcomes) = (Nowhere::new(&survey.id, sample(survey)), Tries::default(), Outcomes::default());
        let door = Door { shelf, store: &store, tries: &tries, drafts: &tries, outcomes: &outcomes, today: self.open_moment(survey) };
        // In a room no answer goes to a collector
        let own = FormSpot { thanks: format!("{REHEARSAL}{}", spot.thanks), in_room: true, ..spot.clone() };
        let counter = Counter { door, spot: &own };
        let mut asked = request.clone();
        if survey.access == Access::Invited {
            asked.headers.cookie = Some(format!("{COOKIE}={}", Token::new([0; 16]).in_link()));
        }
        let reply = match request.method {
            Method::Post => counter.posted(&asked).map(|outcome| outcome.reply),
            Method::Get | Method::Head => counter.first(&asked),
        };
        Ok(reply.map_or_else(|| Reply::refusal(Refusal::Fault), |reply| self.mark(spot, &reply)))
    }

    /// Now, or the nearest moment at which the survey takes answers.
    fn open_moment(&self, survey: &Survey) -> Today {
        let begun = survey.open.map_or(self.today.now, |open| self.today.now.max(open.at));
        let now = survey.close.map_or(begun, |close| begun.min(Moment(close.at.0 - 1)));
        Today::at(now, &self.shelf.catalog.project.time_zone).unwrap_or(self.today)
    }

    fn mark(&self, spot: &FormSpot, reply: &Reply) -> Reply {
        let catalog = &self.shelf.catalog;
        let marked = catalog.sites.get(&spot.site).zip(self.shelf.themes.get(&spot.site)).map(|(site, theme)| {
            let edition = Edition { material: Material { catalog, site, theme, today: self.today }, language: spot.language };
            marked(&edition, &String::from_utf8_lossy(reply.body()), &spot.survey)
        });
        match marked {
            Some(page) if !reply.body().is_empty() => Reply::html(reply.status(), page.into_bytes()),
            _ => reply.clone(),
        }
    }
}

/// What an invitation might say of somebody: of every attribute its first value.
fn sample(survey: &Survey) -> Carried {
    let first = |attribute: &crate::survey::Attribute| attribute.values.first().map_or_else(|| "…".to_owned(), |value| value.code.clone());
    survey.attributes.iter().map(|attribute| (attribute.id.clone(), first(attribute))).collect()
}
