//! The operator's desk: who may see it, what it can do. For this machine alone; nothing is done by a page of somebody else.

use super::refusal::Refusal;
use super::reply::Reply;
use super::request::{Method, Request};
use super::room::{Hall, rooms};
use super::shelf::Shelf;
use crate::exchange::release::{Release, may_leave};
use crate::exchange::{Style, responses_csv};
use crate::language::Today;
use crate::pages::desk::{DESK, Desk, Done, KEY, Listing, SURVEY, page};
use crate::pages::room_frame::{ROOMS, step};
use crate::pipeline::{Reopening, batches, may_reopen};
use crate::store::{Status, Store};
use crate::survey::definition::Opening;
use crate::survey::{Access, Survey};
use std::collections::BTreeMap;

/// What the desk works with.
pub(super) struct Office<'a> {
    /// What is served.
    pub(super) shelf: &'a Shelf,
    /// Where answers are kept.
    pub(super) store: &'a dyn Store,
    /// What its forms carry.
    pub(super) key: &'a str,
    /// Where the page of faults stands, while there are any.
    pub(super) faults: Option<&'a str>,
    /// Today.
    pub(super) today: Today,
    /// Is told of a survey that was closed or opened.
    pub(super) moved: &'a dyn Fn(&str),
}

impl Office<'_> {
    /// The reply to a request below `/_desk`; `None`: there is no such page, or not for whoever asks.
    pub(super) fn reply(&self, request: &Request) -> Option<Reply> {
        let inside = request.path.strip_prefix(DESK)?.trim_end_matches('/');
        if !request.peer.is_loopback() {
            return None;
        }
        let reply = match (inside, request.method) {
            ("", Method::Post) => return Some(Reply::refusal(Refusal::Method)),
            ("", _) => self.show(request),
            ("/close" | "/reopen" | "/rows" | "/texts", Method::Post) => self.act(inside, request),
            ("/close" | "/reopen" | "/rows" | "/texts", _) => return Some(Reply::refusal(Refusal::Method)),
            _ => return None,
        };
        // What failed in the store is met again by whoever looks at the terminal; the page must not say half of it
        Some(reply.unwrap_or_else(|_| Reply::refusal(Refusal::Fault)))
    }

    fn show(&self, request: &Request) -> anyhow::Result<Reply> {
        let Some(hall) = Hall::home(self.shelf, self.today) else { return Ok(Reply::refusal(Refusal::Fault)) };
        let status = self.store.status()?;
        let mut listings =
            self.shelf.catalog.surveys.values().map(|survey| self.listing(survey, &status)).collect::<anyhow::Result<Vec<_>>>()?;
        listings.sort_by_key(|listing| match listing.opening {
            Opening::Open => 0,
            Opening::NotYet(_) => 1,
            Opening::Closed(_) => 2,
        });
        let desk = Desk {
            listings: &listings,
            faults: self.faults,
            key: self.key,
            bytes: status.bytes,
            done: request.query.get("done").and_then(Done::of),
        };
        let made = hall.page(hall.language(request.query.get("lang")), |place| page(place, &desk));
        Ok(made.map_or_else(|| Reply::refusal(Refusal::Fault), |page| Reply::html(200, page.into_bytes())))
    }

    fn listing<'s>(&self, survey: &'s Survey, status: &Status) -> anyhow::Result<Listing<'s>> {
        let batches = batches(self.store, survey)?;
        let own = status.surveys.get(&survey.id).cloned().unwrap_or_default();
        let opening = survey.opening(self.today);
        let invited = match survey.access {
            Access::Invited => Some(self.store.invitations(&survey.id)?.len() as u64),
            Access::Open | Access::Room => None,
        };
        Ok(Listing {
            survey,
            opening,
            counted: (own.closed + own.waiting) / step(survey) * step(survey),
            quotas: if survey.quotas.is_empty() { BTreeMap::new() } else { self.store.quotas(&survey.id)? },
            invited,
            exportable: batches.iter().map(|batch| batch.n).sum(),
            texts: batches.iter().any(|batch| batch.texts.values().any(|texts| !texts.is_empty())),
            reopens: survey.closed.is_some() && may_reopen(survey, self.store)? == Reopening::Allowed,
            form: self.shelf.form_of(&survey.id).filter(|_| survey.access != Access::Room && opening == Opening::Open),
            room: rooms(self.shelf).any(|one| one.id == survey.id).then(|| format!("{ROOMS}/{}", survey.id)),
        })
    }

    fn act(&self, act: &str, request: &Request) -> anyhow::Result<Reply> {
        // Only a page of this server knows the key, and only a browser that shows one says that it comes from here
        if !request.same_origin() {
            return Ok(Reply::refusal(Refusal::Misdirected));
        }
        let form = match request.form() {
            Ok(form) => form,
            Err(refusal) => return Ok(Reply::refusal(refusal)),
        };
        if self.key.is_empty() || form.get(KEY) != Some(self.key) {
            return Ok(Reply::refusal(Refusal::Misdirected));
        }
        let Some(survey) = form.get(SURVEY).and_then(|id| self.shelf.catalog.surveys.get(id)) else {
            return Ok(Reply::refusal(Refusal::Fault));
        };
        let done = match act {
            "/rows" | "/texts" => return self.export(survey, act == "/texts"),
            "/close" => {
                self.store.close_survey(&survey.id, self.today.day)?;
                Done::Closed
            }
            _ if may_reopen(survey, self.store)? == Reopening::Published => Done::StaysClosed,
            _ => {
                self.store.reopen_survey(&survey.id)?;
                Done::Reopened
            }
        };
        (self.moved)(&survey.id);
        let language = form.get("lang").filter(|code| code.bytes().all(|byte| byte.is_ascii_lowercase())).unwrap_or("ja");
        Reply::see_other(&format!("{DESK}?lang={language}&done={}", done.word()))
    }

    fn export(&self, survey: &Survey, texts: bool) -> anyhow::Result<Reply> {
        // The page offers it only then; the rule is held here, too
        if !may_leave(survey, self.today) {
            return Ok(Reply::refusal(Refusal::Misdirected));
        }
        let batches = batches(self.store, survey)?;
        let release = Release::of(survey, &batches);
        let (name, table) = match texts {
            true => (format!("{}-texts.csv", survey.id), responses_csv::texts(&release)),
            false => (format!("{}.csv", survey.id), responses_csv::rows(&release, Style::CODES)),
        };
        Reply::bytes("text/csv; charset=utf-8", responses_csv::utf8(&table))
            .with_header("Content-Disposition", &format!("attachment; filename=\"{name}\""))
    }
}
