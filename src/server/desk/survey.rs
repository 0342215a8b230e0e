//! The desk's page of one survey, its closing and its opening again.

use super::office::{Office, Showing};
use crate::exchange::release::may_leave;
use crate::pages::desk::frame::{Done, SURVEYS};
use crate::pages::desk::survey::{Detail, Group, page};
use crate::pipeline::round::made_files;
use crate::pipeline::{Reopening, may_reopen, response};
use crate::server::refusal::Refusal;
use crate::server::reply::Reply;
use crate::server::request::Request;
use crate::server::room::rooms;
use crate::survey::definition::Opening;
use crate::survey::{Access, Survey};

/// What was typed on the page and could not be done.
#[derive(Clone, Copy, Default)]
pub(super) struct Typed<'a> {
    /// Ids of people.
    pub(super) ids: &'a str,
}

impl Office<'_> {
    /// The page of a survey.
    pub(super) fn detail(&self, showing: Showing<'_>, survey: &Survey, typed: Typed<'_>) -> anyhow::Result<Reply> {
        let status = self.store.status()?;
        let listing = self.listing(survey, &status)?;
        let invited = survey.access == Access::Invited;
        let groups = if invited { self.groups(survey)? } else { Vec::new() };
        let files = if invited { made_files(&self.means.private, &survey.id) } else { Vec::new() };
        let closed = status.surveys.get(&survey.id).map_or(0, |own| own.closed);
        let base = self.base(survey);
        let detail = Detail {
            listing: &listing,
            groups: &groups,
            files: &files,
            base: &base,
            ids: typed.ids,
            exports: closed > 0 && may_leave(survey, self.today),
            reopens: survey.closed.is_some() && may_reopen(survey, self.store)? == Reopening::Allowed,
            ways: &self.ways(survey),
            room: rooms(self.shelf).any(|one| one.id == survey.id),
            forms: &self.shelf.form_addresses(&survey.id),
        };
        Ok(self.show(showing, |desk| page(desk, &detail)))
    }

    /// Response by group, as `status` tells it.
    fn groups(&self, survey: &Survey) -> anyhow::Result<Vec<Group>> {
        let response = response::response(survey, &self.store.invitations(&survey.id)?);
        let mut groups = Vec::new();
        for (attribute, codes) in response.groups {
            let values = survey.attributes.iter().find(|known| known.id == attribute).map(|known| known.values.as_slice());
            let mut own: Vec<Group> = codes
                .into_iter()
                .map(|(code, counted)| Group { attribute: attribute.clone(), code, invited: counted.invited, answered: counted.answered })
                .collect();
            own.sort_by_key(|group| values.and_then(|values| values.iter().position(|value| value.code == group.code)));
            groups.extend(own);
        }
        Ok(groups)
    }

    /// What links begin with: as before, the site's collector, or this machine as phones reach it.
    pub(super) fn base(&self, survey: &Survey) -> String {
        let Some(round) = self.round(survey) else { return String::new() };
        let before = round.handed().ok().map(|handed| handed.base).filter(|base| !base.is_empty());
        let collector = round.material.site.collector.as_deref().map(origin);
        before.or(collector).or_else(|| self.room.host().map(|host| format!("http://{host}"))).unwrap_or_default()
    }

    /// The addresses of a survey's form for those who may just open it: on other machines first.
    fn ways(&self, survey: &Survey) -> Vec<String> {
        if survey.access != Access::Open || survey.opening(self.today) != Opening::Open {
            return Vec::new();
        }
        let Some(form) = self.shelf.form_of(&survey.id) else { return Vec::new() };
        self.room.host().map(|host| format!("http://{host}{form}")).into_iter().collect()
    }

    /// Ends a survey, or takes answers again.
    pub(super) fn close(&self, request: &Request, survey: &Survey, reopen: bool) -> anyhow::Result<Reply> {
        let form = match self.admitted(request) {
            Ok(form) => form,
            Err(refusal) => return Ok(Reply::refusal(refusal)),
        };
        let done = match reopen {
            false => {
                self.store.close_survey(&survey.id, self.today.day)?;
                Done::Closed
            }
            true if survey.closed.is_none() => return Ok(Reply::refusal(Refusal::Fault)),
            true if may_reopen(survey, self.store)? == Reopening::Final => Done::StaysClosed,
            true => {
                self.store.reopen_survey(&survey.id)?;
                Done::Reopened
            }
        };
        (self.moved)(&survey.id);
        self.back(&format!("{SURVEYS}/{}", survey.id), self.language(form.get("lang")), done)
    }
}

/// Scheme, host and port of an address.
fn origin(address: &str) -> String {
    let after = address.find("://").map_or(0, |at| at + 3);
    let end = address[after..].find('/').map_or(address.len(), |at| after + at);
    address[..end].to_owned()
}
