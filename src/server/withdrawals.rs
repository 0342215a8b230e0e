//! Taking an answer back: `POST …/withdraw.html` with the code that came with the receipt.

use super::forms::Counter;
use super::invitations::Door;
use super::reply::Reply;
use super::request::{Method, Request};
use crate::pages::form::by_code::Wrong;
use crate::pages::form::sheet::WITHDRAW;
use crate::pages::form::withdrawal::{self, Was};
use crate::store::Handle;
use crate::survey::{Access, Survey, Token};
use std::time::Instant;

/// The longest that is looked at as a code.
const LONGEST: usize = 200;

/// What becomes of a code that was sent; the page where it is typed is a file of the site.
pub(super) fn reply(door: Door<'_>, request: &Request) -> Option<Reply> {
    let below = request.path.strip_suffix("/withdraw.html").or_else(|| request.path.strip_suffix("/withdraw"))?;
    if request.method != Method::Post {
        return None;
    }
    let spot = door.shelf.form(&format!("{below}.html"))?;
    let survey = door.shelf.catalog.surveys.get(&spot.survey).filter(|survey| survey.access != Access::Room)?;
    let sent = match request.form() {
        Ok(sent) => sent,
        Err(refusal) => return Some(Reply::refusal(refusal)),
    };
    let typed: String = sent.get(WITHDRAW).unwrap_or_default().chars().take(LONGEST).collect();
    let counter = Counter { door, spot };
    Some(match withdraw(door, survey, request, &typed) {
        Ok(was) => counter.show(200, |edition| withdrawal::done(edition, survey, was)),
        Err(wrong) => counter.show(wrong.status(), |edition| withdrawal::entry(edition, survey, Some(wrong), &typed)),
    })
}

/// Once more is as good as once: a double click is told the same. What stands in a closed batch is found by its mark, where there are
/// marks.
fn withdraw(door: Door<'_>, survey: &Survey, request: &Request, typed: &str) -> Result<Was, Wrong> {
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
    let waited = door.store.withdraw(&survey.id, &Handle::of_withdrawal(&survey.id, &token)).map_err(|_| Wrong::Damaged)?;
    if waited.is_some() {
        return Ok(Was::Waiting);
    }
    let closed = if survey.takes_back_closed() { door.store.take_back(&survey.id, &token).map_err(|_| Wrong::Damaged)? } else { None };
    closed.map(|_| Was::Closed).ok_or_else(|| {
        door.tries.wrong(request.peer, now);
        Wrong::Unknown
    })
}
