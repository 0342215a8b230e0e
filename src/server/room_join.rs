//! The way in for phones: `/r`, where a code is typed, and `/r/CODE/`, below which a survey's form stands as in its site.

use super::refusal::Refusal;
use super::reply::Reply;
use super::request::{Method, Request};
use super::room::{Hall, Room, by_code};
use super::room_code::typed;
use super::shelf::{FormSpot, Shelf};
use crate::catalog::Target;
use crate::language::Today;
use crate::pages::form::receipt;
use crate::pages::room::frame::{DOOR, ROOMS};
use crate::pages::room::screens;
use crate::pages::{Addresses, Spot};

/// Where a request below `/r` leads.
pub(super) enum Way {
    /// To a form; where it takes no answers, to the file that says so.
    Form(FormSpot, String),
    /// To a file of a site, by its address there.
    File(String),
    /// To this reply.
    Reply(Reply),
}

/// The way of a request; `None`: it does not ask for a room.
pub(super) fn way(room: &Room, shelf: &Shelf, request: &Request, today: Today) -> Option<Way> {
    let inside = request.path.strip_prefix(DOOR)?;
    if !inside.is_empty() && !inside.starts_with('/') {
        return None;
    }
    let (code, rest) = inside.trim_start_matches('/').split_once('/').unwrap_or((inside.trim_start_matches('/'), ""));
    if code.is_empty() {
        return Some(Way::Reply(door(room, shelf, request, today)));
    }
    if code == "reach" {
        return Some(Way::Reply(reached(room, shelf, request, today)));
    }
    let plain = typed(code);
    let Some(survey) = by_code(shelf).remove(&plain) else {
        return Some(Way::Reply(refused(shelf, request, today, code)));
    };
    if plain != code {
        return Some(Way::Reply(go(&format!("{DOOR}/{plain}/{rest}"))));
    }
    room.see(request);
    Some(inside_of(shelf, request, today, &plain, &survey, rest))
}

/// What stands below the door of a survey: its form, its receipt and what both look like. All else is in the site.
fn inside_of(shelf: &Shelf, request: &Request, today: Today, code: &str, survey: &str, rest: &str) -> Way {
    let Some(hall) = Hall::of(shelf, survey, today) else { return Way::Reply(Reply::refusal(Refusal::Fault)) };
    let (root, door) = (hall.root(), format!("{DOOR}/{code}/"));
    let addresses = Addresses { first: hall.language(None) };
    if rest.is_empty() {
        let form = Spot::Content(Target::Survey(survey.to_owned()));
        return Way::Reply(go(&format!("{door}{}", addresses.path(&form, hall.preferred(request)))));
    }
    let here = format!("{root}{rest}");
    if let Some(spot) = shelf.form(&here).filter(|spot| spot.survey == survey) {
        let thanks = format!("{door}{}", spot.thanks.strip_prefix(&root).unwrap_or_default());
        return Way::Form(FormSpot { thanks, in_room: true, ..spot.clone() }, here);
    }
    let receipt = |language: &&_| rest == addresses.path(&Spot::Thanks(survey.to_owned()), **language);
    if let Some(language) = hall.site.languages.iter().find(receipt)
        && let Some(survey) = shelf.catalog.surveys.get(survey)
    {
        let state = format!("{ROOMS}/{}/state", survey.id);
        let page = hall.page(*language, |place| receipt::in_room(place.edition, survey, &state));
        return Way::Reply(page.map_or_else(|| Reply::refusal(Refusal::Fault), |page| Reply::html(200, page.into_bytes())));
    }
    if rest.starts_with("assets/") {
        return Way::File(here);
    }
    Way::Reply(go(&here))
}

/// The page where a code is typed; with a code, the way to its survey.
fn door(room: &Room, shelf: &Shelf, request: &Request, today: Today) -> Reply {
    room.see(request);
    let code = request.query.get("code").unwrap_or_default();
    if code.is_empty() {
        return page(shelf, request, today, 200, None);
    }
    let plain = typed(code);
    if by_code(shelf).contains_key(&plain) { go(&format!("{DOOR}/{plain}/")) } else { refused(shelf, request, today, code) }
}

fn refused(shelf: &Shelf, request: &Request, today: Today, code: &str) -> Reply {
    let short: String = code.chars().take(20).collect();
    page(shelf, request, today, 404, Some(&short))
}

/// A survey for a room at its address in the site: whoever is in the room knows the code.
pub(super) fn elsewhere(shelf: &Shelf, request: &Request, today: Today) -> Reply {
    if request.method != Method::Post {
        return go(DOOR);
    }
    let asked = Request { method: Method::Get, ..request.clone() };
    page(shelf, &asked, today, 403, None)
}

fn page(shelf: &Shelf, request: &Request, today: Today, status: u16, typed: Option<&str>) -> Reply {
    if request.method == Method::Post {
        return Reply::refusal(Refusal::Method);
    }
    let made = Hall::home(shelf, today).and_then(|hall| hall.page(hall.preferred(request), |place| screens::door(place, typed)));
    made.map_or_else(|| Reply::refusal(Refusal::Fault), |page| Reply::html(status, page.into_bytes()))
}

/// «This device can open it».
fn reached(room: &Room, shelf: &Shelf, request: &Request, today: Today) -> Reply {
    let same = !room.see(request);
    let made = Hall::home(shelf, today).and_then(|hall| hall.page(hall.preferred(request), |place| screens::reached(place, same)));
    made.map_or_else(|| Reply::refusal(Refusal::Fault), |page| Reply::html(200, page.into_bytes()))
}

/// There, if the address can be written so; else to the beginning.
fn go(address: &str) -> Reply {
    Reply::see_other(address).or_else(|_| Reply::see_other("/")).unwrap_or_else(|_| Reply::refusal(Refusal::Fault))
}
