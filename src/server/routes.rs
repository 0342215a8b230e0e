//! From a request to a reply, no socket in sight.

use super::clock::today;
use super::desk::{self, Means, Office};
use super::drafts;
use super::forms::{Counter, random_id};
use super::invitations::{self, Door};
use super::manual::Manual;
use super::nominations;
use super::outcomes::Outcomes;
use super::refusal::Refusal;
use super::reply::Reply;
use super::request::{Method, Request};
use super::room::Room;
use super::room_join::{self, Way};
use super::room_screen::{self, Presenter};
use super::shelf::{FormSpot, Shelf, Shelved};
use super::stage::Stage;
use super::tries::{Most, Tries};
use super::window_join::{self, Casement};
use super::withdrawals;
use crate::store::Store;
use crate::survey::Access;
use std::sync::Arc;
use std::time::Instant;

/// The address that tells a page whether there is something newer.
const LIVE: &str = "/_live";
/// The script that asks there.
const LIVE_SCRIPT: &str = "/_live.js";
/// What is wrong with the content, for the person at this machine.
const FAULTS: &str = "/_faults";
/// The look of that page while there is no theme to give it one.
const FAULT_STYLE: &str = "/_faults.css";
/// Long lines break instead of pushing the page sideways.
const FAULT_CSS: &str = "body{font:1rem/1.7 system-ui,sans-serif;max-width:60em;margin:2rem auto;padding:0 1rem}pre{white-space:pre-wrap;overflow-wrap:anywhere}";

/// New drafts in ten minutes. One person needs one; a private address can be a whole company, so there only the limits of the survey
/// itself hold.
const DRAFTS: Most = Most { public: 20, private: u32::MAX, all: u32::MAX };

/// What answers requests.
pub struct Routes {
    stage: Arc<Stage>,
    store: Arc<dyn Store>,
    tries: Tries,
    drafts: Tries,
    outcomes: Outcomes,
    reload: bool,
    answered: Box<dyn Fn(&str) + Send + Sync>,
    room: Room,
    casement: Casement,
    manual: Manual,
    /// What the desk's forms carry: a new one with every start.
    key: String,
    desk: Option<Means>,
}

impl Routes {
    /// Routes to what stands on the stage. With `reload`, pages read on this machine load themselves again when they have
    /// changed. `answered` is told the survey of every answer that was stored.
    #[must_use]
    pub fn new(stage: Arc<Stage>, store: Arc<dyn Store>, reload: bool, answered: Box<dyn Fn(&str) + Send + Sync>) -> Routes {
        Routes {
            stage,
            store,
            tries: Tries::default(),
            drafts: Tries::at_most(DRAFTS),
            outcomes: Outcomes::default(),
            reload,
            answered,
            room: Room::default(),
            casement: Casement::default(),
            manual: Manual::default(),
            key: random_id(),
            desk: None,
        }
    }

    /// The same, with the addresses under which phones in a room reach this machine.
    #[must_use]
    pub fn with_room(self, room: Room) -> Routes {
        Routes { room, ..self }
    }

    /// The same with a desk.
    #[must_use]
    pub fn with_desk(self, means: Means) -> Routes {
        Routes { desk: Some(means), ..self }
    }

    /// Whether the operator asks: on this machine, or on another after the password.
    fn is_operator(&self, request: &Request) -> bool {
        let sessions = || self.desk.as_ref().and_then(|means| means.sessions.as_ref());
        request.peer.is_loopback() || sessions().is_some_and(|sessions| sessions.holds(request, Instant::now()))
    }

    /// Answers one request.
    #[must_use]
    pub fn reply(&self, request: &Request) -> Reply {
        let here = request.peer.is_loopback();
        let operator = self.is_operator(request);
        match request.path.as_str() {
            LIVE => return self.live(request),
            LIVE_SCRIPT => {
                return Reply::bytes("text/javascript; charset=utf-8", LIVE_JS.as_bytes())
                    .with_etag(env!("CARGO_PKG_VERSION"))
                    .unless_known(request);
            }
            FAULT_STYLE => return Reply::bytes("text/css; charset=utf-8", FAULT_CSS.as_bytes()),
            FAULTS if operator => return self.faults(),
            _ => {}
        }
        if let Some(reply) = self.manual.reply(request) {
            return reply;
        }
        let Some(shelf) = self.stage.shelf() else {
            return if operator { self.faults() } else { Reply::refusal(Refusal::Full) };
        };
        if let Some(reply) = self
            .form(&shelf, request)
            .or_else(|| self.by_code(&shelf, request))
            .or_else(|| self.in_room(&shelf, request, operator))
            .or_else(|| self.at_desk(&shelf, request, operator))
        {
            return reply;
        }
        let invites = shelf.catalog.surveys.values().any(|survey| survey.access == Access::Invited);
        if let Some((language, code)) = invitations::address(&request.path, shelf.catalog.languages(), shelf.catalog.first_language())
            && invites
            && shelf.get(&request.path).is_none()
        {
            return self.door(&shelf).knock(request, language, code.as_deref());
        }
        match (shelf.get(&request.path), request.method) {
            (Some(_), Method::Post) => Reply::refusal(Refusal::Method),
            (Some(file), _) => match window_join::offered(&request.path, &file.bytes) {
                Some(bytes) => {
                    let file = Shelved { etag: format!("{}-window", file.etag), bytes: bytes.into(), content_type: file.content_type };
                    page(&file, 200, here && self.reload).unless_known(request)
                }
                None => page(file, 200, here && self.reload).unless_known(request),
            },
            (None, _) => match shelf.not_found(&request.path, today(&shelf.catalog.project.time_zone)) {
                Some(page) => Reply::html(404, page.into_bytes()),
                None => Reply::plain(404, "404"),
            },
        }
    }

    /// The pages of rooms: the way in for phones, and the projector.
    fn in_room(&self, shelf: &Shelf, request: &Request, operator: bool) -> Option<Reply> {
        let today = today(&shelf.catalog.project.time_zone);
        if let Some(reply) = self.casement.reply(&self.room, shelf, request, today) {
            return Some(reply);
        }
        match room_join::way(&self.room, shelf, request, today) {
            Some(Way::Form(spot, here)) => self.fill_in(shelf, request, &spot, &here),
            Some(Way::File(here)) => shelf.get(&here).map(|file| page(file, 200, false).unless_known(request)),
            Some(Way::Reply(reply)) => Some(reply),
            None => {
                let private = self.desk.as_ref().map(|means| means.private.as_path());
                room_screen::reply(&self.room, shelf, request, today, operator.then_some(Presenter { private }))
            }
        }
    }

    /// The operator's desk.
    fn at_desk(&self, shelf: &Shelf, request: &Request, operator: bool) -> Option<Reply> {
        let means = self.desk.as_ref()?;
        let today = today(&shelf.catalog.project.time_zone);
        if !operator {
            return desk::visit(means, shelf, request, today);
        }
        let office = Office {
            shelf,
            stage: &self.stage,
            store: &*self.store,
            key: &self.key,
            faults: self.stage.fault_page().map(|_| FAULTS),
            today,
            moved: &self.answered,
            means,
            room: &self.room,
            elsewhere: !request.peer.is_loopback(),
        };
        desk::reply(&office, request)
    }

    fn form(&self, shelf: &Shelf, request: &Request) -> Option<Reply> {
        self.fill_in(shelf, request, shelf.form(&request.path)?, &request.path)
    }

    /// The pages where codes of one's own are typed, below a form's address.
    fn by_code(&self, shelf: &Shelf, request: &Request) -> Option<Reply> {
        drafts::reply(self.door(shelf), request)
            .or_else(|| withdrawals::reply(self.door(shelf), request))
            .or_else(|| nominations::reply(self.door(shelf), request))
    }

    /// A form; where the survey takes no answers, the page that says so.
    fn fill_in(&self, shelf: &Shelf, request: &Request, spot: &FormSpot, here: &str) -> Option<Reply> {
        let for_a_room = shelf.catalog.surveys.get(&spot.survey).is_some_and(|survey| survey.access == Access::Room);
        if for_a_room && !spot.in_room {
            return Some(room_join::elsewhere(shelf, request, today(&shelf.catalog.project.time_zone)));
        }
        let counter = Counter { door: self.door(shelf), spot };
        if request.method != Method::Post {
            let first = counter.first(request).or_else(|| counter.shut(200));
            return first.or_else(|| shelf.get(here).filter(|_| spot.in_room).map(|file| page(file, 200, false)));
        }
        if let Some(reply) = counter.aside(request) {
            return Some(reply);
        }
        if let Some(reply) = counter.afterwards(request) {
            return Some(reply);
        }
        let Some(outcome) = counter.posted(request) else {
            // Closed: the page that says so
            return counter.shut(403).or_else(|| shelf.get(here).map(|file| Reply::html(403, file.bytes.clone())));
        };
        if outcome.stored {
            (self.answered)(&spot.survey);
        }
        Some(outcome.reply)
    }

    fn door<'a>(&'a self, shelf: &'a Shelf) -> Door<'a> {
        Door {
            shelf,
            store: &*self.store,
            tries: &self.tries,
            drafts: &self.drafts,
            outcomes: &self.outcomes,
            today: today(&shelf.catalog.project.time_zone),
        }
    }

    fn live(&self, request: &Request) -> Reply {
        let state = self.stage.state(request.peer.is_loopback());
        Reply::plain(200, &state).with_etag(&state.replace(' ', "-")).unless_known(request)
    }

    fn faults(&self) -> Reply {
        match self.stage.fault_page() {
            Some(text) => Reply::html(503, with_script(text.as_bytes())),
            None => match Reply::see_other("/") {
                Ok(reply) => reply,
                Err(_) => Reply::refusal(Refusal::Fault),
            },
        }
    }
}

/// A file of a site. Pages that the person at this machine reads come with the script that reloads them.
fn page(file: &Shelved, status: u16, operator: bool) -> Reply {
    if operator && file.content_type.starts_with("text/html") {
        return Reply::html(status, with_script(&file.bytes)).with_etag(&format!("{}-live", file.etag));
    }
    Reply::bytes(file.content_type, file.bytes.clone()).with_etag(&file.etag)
}

fn with_script(page: &[u8]) -> Vec<u8> {
    const TAG: &[u8] = b"<script src=\"/_live.js\" defer></script>\n";
    let end = b"</body>";
    let at = page.windows(end.len()).rposition(|window| window == end).unwrap_or(page.len());
    [&page[..at], TAG, &page[at..]].concat()
}

/// Asks every second; reloads when the site has changed, shows the faults when the content has some. A page in which something
/// has been typed stays as it is.
const LIVE_JS: &str = r#"(function () {
  "use strict";
  var known = null;
  var typed = false;
  document.addEventListener("input", function () { typed = true; });
  function ask() {
    var request = new XMLHttpRequest();
    request.open("GET", "/_live");
    request.onload = function () {
      var state = request.status === 200 ? request.responseText : known;
      var faulty = state.indexOf("faulty") === 0;
      var here = location.pathname === "/_faults";
      if (faulty && !here && !typed) {
        try { sessionStorage.setItem("shirube-before", location.href); } catch (error) { /* no storage: back to the first page */ }
        location.assign("/_faults");
        return;
      }
      if (!faulty && here) {
        var before = null;
        try { before = sessionStorage.getItem("shirube-before"); } catch (error) { before = null; }
        location.replace(before || "/");
        return;
      }
      if (known !== null && state !== known && !typed) { location.reload(); return; }
      known = state;
      setTimeout(ask, 1000);
    };
    request.onerror = function () { setTimeout(ask, 2000); };
    request.send();
  }
  ask();
})();
"#;
