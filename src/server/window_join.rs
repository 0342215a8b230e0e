//! Johari windows over the network: `/_window` for the person, `/r/CODE` for peers. Plain forms; what comes in is checked against the
//! cards of the worksheet, and nothing of it is written anywhere.

use super::forms::{is_sheet_id, random_id};
use super::refusal::Refusal;
use super::reply::{Reply, etag};
use super::request::{Method, Request};
use super::room::{Hall, Room};
use super::room_code::{SIGNS, typed};
use super::shelf::Shelf;
use super::tries::{Most, Tries};
use super::windows::{Deck, Given, LEAST, MOST, SIGNS_OF_CODE, Seen, State, Windows};
use crate::language::{Language, Today};
use crate::pages::room::frame::{DOOR, Place, Way};
use crate::pages::room::window::{self, Cards, Note, Own, Picking, WINDOWS};
use std::collections::BTreeSet;
use std::time::Instant;

/// The longest name a person can be called by.
const NAME: usize = 20;
/// Windows that an address may open in ten minutes.
const OPENINGS: Most = Most { public: 10, private: 300, all: 600 };

/// The windows of a server with what is needed to answer.
pub(super) struct Casement {
    windows: Windows,
    /// Windows opened.
    tries: Tries,
    /// Codes of no window.
    guesses: Tries,
}

impl Default for Casement {
    fn default() -> Casement {
        Casement { windows: Windows::default(), tries: Tries::at_most(OPENINGS), guesses: Tries::default() }
    }
}

impl Casement {
    /// The reply to a request that has to do with a window.
    pub(super) fn reply(&self, room: &Room, shelf: &Shelf, request: &Request, today: Today) -> Option<Reply> {
        let visit = Visit { casement: self, room, shelf, request, today, now: Instant::now() };
        if let Some(rest) = request.path.strip_prefix(WINDOWS) {
            let parts: Vec<&str> = rest.split('/').filter(|part| !part.is_empty()).collect();
            return match (parts.as_slice(), request.method) {
                ([], Method::Post) => visit.opened(),
                ([], _) => visit.open(false),
                ([key], Method::Get | Method::Head) => Some(visit.own(key)),
                ([key, "state"], Method::Get | Method::Head) => Some(visit.state(key)),
                ([key, act], Method::Post) => visit.act(key, act),
                _ => None,
            };
        }
        let code = request.path.strip_prefix(DOOR)?;
        let code = match code.trim_matches('/') {
            "" => request.query.get("code").unwrap_or_default(),
            code => code,
        };
        let plain = typed(code);
        // Other words of five letters stand below the door, too: `reach`
        let there = plain.len() == SIGNS_OF_CODE && plain.bytes().all(|sign| SIGNS.contains(&sign));
        there.then(|| visit.peer(&plain)).flatten()
    }
}

/// A worksheet with what only a server can offer, a link to open a window or to the form of its totals, in sight.
pub(super) fn offered(path: &str, page: &[u8]) -> Option<Vec<u8>> {
    const HIDDEN: &str = " hidden data-served";
    const LINK: &str = "href=\"#window\" data-to=";
    let page = path.contains("/worksheets/").then(|| std::str::from_utf8(page).ok()).flatten().filter(|page| page.contains(HIDDEN))?;
    Some(page.replace(HIDDEN, " data-served").replacen(LINK, "href=", 1).into_bytes())
}

/// Somebody asks.
struct Visit<'v> {
    casement: &'v Casement,
    room: &'v Room,
    shelf: &'v Shelf,
    request: &'v Request,
    today: Today,
    now: Instant,
}

impl<'v> Visit<'v> {
    /// The cards that a worksheet's id names, with the hall of the site that has them.
    fn cards(&self, sheet: &str) -> Option<(Hall<'v>, Cards<'v>)> {
        let (module, id) = sheet.split_once('/')?;
        let catalog = &self.shelf.catalog;
        let has = |site: &&crate::catalog::Site| site.modules.iter().any(|one| one.value == module);
        let site = catalog.home().into_iter().chain(catalog.sites.values()).find(has)?;
        let module = catalog.modules.get(module)?;
        let cards = Cards::of(module, module.worksheet(id)?)?;
        Some((Hall { shelf: self.shelf, site, today: self.today }, cards))
    }

    fn of(&self, deck: &Deck) -> Option<(Hall<'v>, Cards<'v>)> {
        // The content may have changed since
        self.cards(&format!("{}/{}", deck.module, deck.sheet)).filter(|(_, cards)| cards.part.id == deck.part)
    }

    fn language(&self, hall: &Hall<'_>) -> Language {
        self.request.query.get("lang").map_or_else(|| hall.preferred(self.request), |code| hall.language(Some(code)))
    }

    fn page<E>(&self, hall: &Hall<'_>, status: u16, make: impl FnOnce(&Place<'_>) -> Result<String, E>) -> Reply {
        let made = hall.page(self.language(hall), make);
        made.map_or_else(|| Reply::refusal(Refusal::Fault), |page| Reply::html(status, page.into_bytes()))
    }

    fn note(&self, status: u16, note: Note) -> Reply {
        match Hall::home(self.shelf, self.today) {
            Some(hall) => self.page(&hall, status, |place| window::note(place, note)),
            None => Reply::refusal(Refusal::Fault),
        }
    }

    /// The host under which peers come in: the one by which the person came, else the one that phones have proven.
    fn host(&self) -> Option<String> {
        if self.request.peer.is_loopback() { self.room.host() } else { self.request.headers.host.clone() }
    }

    fn open(&self, full: bool) -> Option<Reply> {
        let form = self.request.form().ok();
        let sheet = self.request.query.get("sheet").or_else(|| form.as_ref()?.get("sheet"))?;
        let (hall, cards) = self.cards(sheet)?;
        let root = hall.root();
        let alone = self.host().is_none();
        Some(self.page(&hall, if full { 503 } else { 200 }, |place| window::open(place, &root, &cards, (LEAST, MOST), full, alone)))
    }

    fn opened(&self) -> Option<Reply> {
        let form = match self.request.form() {
            Ok(form) => form,
            Err(refusal) => return Some(Reply::refusal(refusal)),
        };
        let (hall, cards) = self.cards(form.get("sheet")?)?;
        if !self.casement.tries.may_try(self.request.peer, self.now) {
            return self.open(true);
        }
        self.casement.tries.count(self.request.peer, self.now);
        let deck = Deck { module: cards.module.id.clone(), sheet: cards.sheet.id.clone(), part: cards.part.id.clone() };
        let name: String = form.get("name").unwrap_or_default().trim().chars().filter(|sign| !sign.is_control()).take(NAME).collect();
        let wanted = form.get("wanted").and_then(|wanted| wanted.parse().ok()).unwrap_or(LEAST);
        let Some(key) = self.casement.windows.open(&random_id(), deck, &name, wanted, self.now) else { return self.open(true) };
        self.go(&hall, &key, hall.language(form.get("lang")))
    }

    /// To a window's own page.
    fn go(&self, hall: &Hall<'_>, key: &str, language: Language) -> Option<Reply> {
        let to = hall.page(language, |place| Ok::<String, ()>(window::address(place, key)))?;
        Reply::see_other(&to).ok()
    }

    fn own(&self, key: &str) -> Reply {
        let Some(seen) = self.casement.windows.own(key, self.now) else { return self.note(404, Note::Gone) };
        let Some((hall, cards)) = self.of(&seen.deck) else { return self.note(404, Note::Gone) };
        let (host, root) = (self.host(), hall.root());
        let told = match &seen.state {
            State::Closed(people, picked) => Some((*people, picked)),
            _ => None,
        };
        let own = Own {
            key,
            name: &seen.name,
            way: host.as_deref().map(|host| Way { code: &seen.code, host }),
            code: &seen.code,
            wanted: seen.wanted,
            enough: seen.state == State::Enough,
            told,
        };
        // The person's own language stays: the address says it, and nothing else
        let language = hall.language(self.request.query.get("lang"));
        let made = hall.page(language, |place| window::own(place, &root, &cards, &own));
        made.map_or_else(|| Reply::refusal(Refusal::Fault), |page| Reply::html(200, page.into_bytes()))
    }

    /// Changes when the third has picked, and when the window is closed: never with another peer.
    fn state(&self, key: &str) -> Reply {
        let state = match self.casement.windows.own(key, self.now).map(|seen| seen.state) {
            Some(State::Few) => "few",
            Some(State::Enough) => "enough",
            Some(State::Closed(..)) => "closed",
            None => "gone",
        };
        Reply::plain(200, state).with_etag(&etag(state.as_bytes())).unless_known(self.request)
    }

    fn act(&self, key: &str, act: &str) -> Option<Reply> {
        let seen = self.casement.windows.own(key, self.now);
        match (act, seen) {
            (_, None) => Some(self.note(404, Note::Gone)),
            ("close", Some(seen)) => {
                self.casement.windows.close(key, self.now);
                let (hall, _) = self.of(&seen.deck)?;
                self.go(&hall, key, hall.language(self.request.query.get("lang")))
            }
            ("erase", Some(_)) => {
                self.casement.windows.erase(key, self.now);
                Some(self.note(200, Note::Erased))
            }
            _ => None,
        }
    }

    /// A peer at the door with a window's code.
    fn peer(&self, code: &str) -> Option<Reply> {
        self.room.see(self.request);
        // Five signs are soon tried out: whoever guesses may pick cards for a stranger
        if !self.casement.guesses.may_try(self.request.peer, self.now) {
            return Some(Reply::refusal(Refusal::TooMany));
        }
        // Codes of five signs are windows' alone; one that is unknown was one, or was mistyped
        let Some(seen) = self.casement.windows.of_code(code, self.now) else {
            self.casement.guesses.count(self.request.peer, self.now);
            return Some(self.note(404, Note::Gone));
        };
        let (hall, cards) = self.of(&seen.deck)?;
        if self.request.method == Method::Post {
            return Some(self.given(code, &seen, &hall, &cards));
        }
        if matches!(seen.state, State::Closed(..)) {
            return Some(self.note(200, Note::Closed));
        }
        if self.request.path != format!("{DOOR}/{code}") {
            return Reply::see_other(&format!("{DOOR}/{code}")).ok();
        }
        Some(self.pick(code, &seen, &hall, &cards, (&random_id(), None)))
    }

    fn pick(&self, code: &str, seen: &Seen, hall: &Hall<'_>, cards: &Cards<'_>, (sheet, picked): (&str, Option<&BTreeSet<&str>>)) -> Reply {
        let picking = Picking { code, name: &seen.name, wanted: seen.wanted, sheet, picked };
        self.page(hall, if picked.is_some() { 422 } else { 200 }, |place| window::pick(place, cards, &picking))
    }

    fn given(&self, code: &str, seen: &Seen, hall: &Hall<'_>, cards: &Cards<'_>) -> Reply {
        let form = match self.request.form() {
            Ok(form) => form,
            Err(refusal) => return Reply::refusal(refusal),
        };
        let known: BTreeSet<&str> = cards.families().iter().flat_map(|(_, known)| known).map(|card| card.id.as_str()).collect();
        let picked: BTreeSet<&str> = form.all("card").filter(|card| known.contains(card)).collect();
        let fresh = random_id();
        let sheet = form.get("_sheet").filter(|id| is_sheet_id(id)).unwrap_or(&fresh);
        if picked.len() != cards.pick() {
            return self.pick(code, seen, hall, cards, (sheet, Some(&picked)));
        }
        match self.casement.windows.give(code, sheet, &picked, self.now) {
            Given::Taken => self.note(200, Note::Taken),
            Given::Full => self.note(403, Note::Full),
            Given::Closed => self.note(403, Note::Closed),
            Given::Gone => self.note(404, Note::Gone),
        }
    }
}
