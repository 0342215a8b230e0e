//! Asking for a talk: `POST …/consultants/ID/nominate.html`, and erasing it: `POST …/consultants/erase.html`.
//!
//! What is sent is judged, shown once more, judged again and kept under a code that the sheet's own random id makes: a double click
//! and the back button show the same receipt and keep one request.

use super::forms::{is_sheet_id, random_id};
use super::invitations::Door;
use super::refusal::Refusal;
use super::reply::Reply;
use super::request::{Form, Method, Request};
use super::shelf::TalkSpot;
use crate::pages::form::by_code::Wrong;
use crate::pages::form::sheet::WITHDRAW;
use crate::pages::talks::asked::Offered;
use crate::pages::talks::erasing::{Says, erase, says};
use crate::pages::talks::nomination::{BACK, GO, SEND, SHEET};
use crate::pages::talks::nomination_review::Trouble;
use crate::pages::{Edition, Material, Spot};
use crate::store::{Handle, Nominated, Nominating, nomination_id, withdrawal_code};
use crate::survey::nomination::judge;
use crate::survey::{Nomination, Token};
use std::time::Instant;

/// What codes of nominations are made for: no survey can be called so.
const PURPOSE: &str = "nomination!";
/// The longest that is looked at as a code.
const LONGEST: usize = 200;

/// What becomes of a form that was sent; the pages themselves are files of the site.
pub(super) fn reply(door: Door<'_>, request: &Request) -> Option<Reply> {
    if request.method != Method::Post {
        return None;
    }
    let spot = door.shelf.talk(&request.path)?;
    let catalog = &door.shelf.catalog;
    let (site, theme) = (catalog.sites.get(&spot.site)?, door.shelf.themes.get(&spot.site)?);
    let edition = Edition { material: Material { catalog, site, theme, today: door.today }, language: spot.language };
    let sent = match request.form() {
        Ok(sent) => sent,
        Err(refusal) => return Some(Reply::refusal(refusal)),
    };
    let made = match &spot.consultant {
        Some(id) => ask(door, request, &edition, spot, id, &sent),
        None => take_away(door, request, &edition, &sent),
    };
    Some(made.unwrap_or_else(|_| Reply::refusal(Refusal::Fault)))
}

/// A page with its status, or why a template failed.
type Page = Result<Reply, crate::diagnostic::Diagnostics>;

fn html(status: u16, text: String) -> Reply {
    Reply::html(status, text.into_bytes())
}

fn ask(door: Door<'_>, request: &Request, edition: &Edition<'_>, spot: &TalkSpot, id: &str, sent: &Form) -> Page {
    let Some(offered) = Offered::of(edition, id) else {
        return says(edition, &Spot::Nomination(id.to_owned()), Says::NotOffered).map(|text| html(403, text));
    };
    let asked = offered.asked(edition);
    let field = |name: &str| sent.get(name);
    let sheet = sent.get(SHEET).filter(|id| is_sheet_id(id)).unwrap_or_default();
    let go = sent.get(GO).unwrap_or_default();
    if BACK.contains(&go) {
        return asked.form(&field, sheet, &Vec::new()).map(|text| html(200, text));
    }
    let nomination = match judge(&offered.choices(edition, &offered.hours()), field) {
        Ok(nomination) => nomination,
        Err(slips) => return asked.form(&field, sheet, &slips).map(|text| html(422, text)),
    };
    if go != SEND || sheet.is_empty() {
        let sheet = if sheet.is_empty() { random_id() } else { sheet.to_owned() };
        return asked.review(&nomination, &sheet, None).map(|text| html(200, text));
    }
    let now = Instant::now();
    if !door.drafts.may_try(request.peer, now) {
        return asked.review(&nomination, sheet, Some(Trouble::Often)).map(|text| html(429, text));
    }
    let code = withdrawal_code(PURPOSE, sheet);
    match keep(door, spot, &offered, nomination.clone(), &code) {
        Ok(Nominated::Stored) => {
            door.drafts.count(request.peer, now);
            asked.receipt(&code).map(|text| html(200, text))
        }
        Ok(Nominated::AlreadyStored) => asked.receipt(&code).map(|text| html(200, text)),
        Ok(Nominated::Erased) => says(edition, &Spot::Nomination(id.to_owned()), Says::Gone).map(|text| html(410, text)),
        Ok(Nominated::Full) => asked.review(&nomination, sheet, Some(Trouble::Full)).map(|text| html(503, text)),
        Err(_) => asked.review(&nomination, sheet, Some(Trouble::Store)).map(|text| html(503, text)),
    }
}

fn keep(door: Door<'_>, spot: &TalkSpot, offered: &Offered<'_>, nomination: Nomination, code: &Token) -> anyhow::Result<Nominated> {
    let made = door.today.day;
    door.store.nominate(&Nominating {
        site: spot.site.clone(),
        handle: Handle::of_withdrawal(PURPOSE, code),
        nomination,
        made,
        until: made.plus(i64::from(offered.keep_days())),
    })
}

/// Erases by a code.
fn take_away(door: Door<'_>, request: &Request, edition: &Edition<'_>, sent: &Form) -> Page {
    let typed: String = sent.get(WITHDRAW).unwrap_or_default().chars().take(LONGEST).collect();
    match erased(door, request, &typed) {
        Ok(()) => says(edition, &Spot::Erase, Says::Erased).map(|text| html(200, text)),
        Err(wrong) => erase(edition, Some(wrong), &typed).map(|text| html(wrong.status(), text)),
    }
}

fn erased(door: Door<'_>, request: &Request, typed: &str) -> Result<(), Wrong> {
    let now = Instant::now();
    if typed.trim().is_empty() {
        return Err(Wrong::Missing);
    }
    if !door.tries.may_try(request.peer, now) {
        return Err(Wrong::TooMany);
    }
    let token = Token::read(typed).map_err(|_| {
        door.tries.wrong(request.peer, now);
        Wrong::Mistyped
    })?;
    let id = nomination_id(&Handle::of_withdrawal(PURPOSE, &token));
    match door.store.erase_nomination(&id) {
        Ok(true) => Ok(()),
        Ok(false) => {
            door.tries.wrong(request.peer, now);
            Err(Wrong::Unknown)
        }
        Err(_) => Err(Wrong::Damaged),
    }
}
