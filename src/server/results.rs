//! What is done with a sheet that shows its personal result: it is handed over as a file, or ended.
//!
//! A sheet that was ended leads to the plain receipt, whatever is sent of it: the back button of a shared device brings back neither the
//! result nor the answers.

use super::forms::{Counter, is_sheet_id, own_answers};
use super::refusal::Refusal;
use super::reply::Reply;
use super::request::{Method, Request};
use crate::catalog::Target;
use crate::pages::Spot;
use crate::pages::form::result::{Keeper, standing_alone};
use crate::pages::form::sheet::{GO, GO_END, GO_KEEP, SHEET};
use crate::store::Ticket;
use std::time::Instant;

impl Counter<'_> {
    /// What is asked of a sheet after it was accepted; `None`: something else was asked.
    pub(super) fn afterwards(&self, request: &Request) -> Option<Reply> {
        let survey = self.door.shelf.catalog.surveys.get(&self.spot.survey)?;
        if request.method != Method::Post || survey.result.is_none() {
            return None;
        }
        let sent = request.form().ok()?;
        let id = sent.get(SHEET).filter(|id| is_sheet_id(id))?;
        let (ticket, now) = (Ticket::of(&survey.id, id.as_bytes()), Instant::now());
        let outcomes = self.door.outcomes;
        match sent.get(GO) {
            Some(GO_END) => outcomes.end(ticket, now),
            Some(GO_KEEP) if outcomes.may_show(ticket, now) => {
                let Ok(answers) = survey.accept(&own_answers(&sent), self.door.today.day) else { return Some(self.to_receipt()) };
                let published = self.door.shelf.answers.published.get(&survey.id);
                let base = self.site_address(request);
                let file = self.show(200, |edition| standing_alone(edition, survey, &answers, published, base.as_deref(), Keeper::Own));
                let name = format!("attachment; filename=\"{}-result.html\"", survey.id);
                return Some(file.with_header("Content-Disposition", &name).unwrap_or_else(|_| Reply::refusal(Refusal::Fault)));
            }
            Some(GO_KEEP) => return Some(self.to_receipt()),
            _ => {}
        }
        outcomes.is_over(ticket, now).then(|| self.to_receipt())
    }

    /// Where the site stands as others reach it, for links in a file that is taken along; `None`: on this machine alone.
    fn site_address(&self, request: &Request) -> Option<String> {
        let host = request.headers.host.as_deref().unwrap_or_default();
        let own = host.starts_with("localhost") || host.starts_with("127.") || host.starts_with("[::1]") || host.is_empty();
        let origin = request.headers.origin.clone().filter(|_| request.same_origin());
        let top = if self.spot.in_room { format!("/{}/", self.spot.site) } else { self.top_of(&request.path)? };
        (!own).then(|| format!("{}{top}", origin.unwrap_or_else(|| format!("http://{host}"))))
    }

    /// The address of the site's top, from that of this form in it.
    fn top_of(&self, path: &str) -> Option<String> {
        let own = self.in_edition(|edition| edition.path(&Spot::Content(Target::Survey(self.spot.survey.clone()))))?;
        let own = own.strip_suffix(".html").unwrap_or(&own);
        path.strip_suffix(".html").unwrap_or(path).strip_suffix(own).map(str::to_owned)
    }
}
