//! The password of the desk, on another machine.

use super::office::Means;
use crate::language::Today;
use crate::pages::desk::frame::DESK;
use crate::pages::desk::login::{Trouble, page};
use crate::server::refusal::Refusal;
use crate::server::reply::Reply;
use crate::server::request::{Method, Request};
use crate::server::room::Hall;
use crate::server::sessions::Entry;
use crate::server::shelf::Shelf;
use std::time::Instant;

/// The reply to whoever is not let in yet; `None`: there is no desk for other machines, and nothing says that there is one.
pub(in crate::server) fn visit(means: &Means, shelf: &Shelf, request: &Request, today: Today) -> Option<Reply> {
    let sessions = means.sessions.as_ref()?;
    let inside = request.path.strip_prefix(DESK).filter(|inside| inside.is_empty() || inside.starts_with('/'))?;
    let show = |status: u16, trouble: Option<Trouble>, code: Option<&str>| {
        let made = Hall::home(shelf, today).and_then(|hall| {
            let language = code.map_or_else(|| hall.preferred(request), |code| hall.language(Some(code)));
            hall.page(language, |place| page(place, trouble))
        });
        made.map_or_else(|| Reply::refusal(Refusal::Fault), |page| Reply::html(status, page.into_bytes()))
    };
    if request.method != Method::Post {
        return Some(show(if inside.is_empty() { 200 } else { 403 }, None, request.query.get("lang")));
    }
    // Whatever else is sent without a session, its time is over
    if inside != "/enter" {
        return Some(show(403, None, None));
    }
    if !request.same_origin() {
        return Some(Reply::refusal(Refusal::Misdirected));
    }
    let form = match request.form() {
        Ok(form) => form,
        Err(refusal) => return Some(Reply::refusal(refusal)),
    };
    let code = form.get("lang");
    Some(match sessions.enter(request, form.get("password").unwrap_or_default(), Instant::now()) {
        Entry::Open(cookie) => {
            let language = code.filter(|code| code.bytes().all(|byte| byte.is_ascii_lowercase())).unwrap_or("ja");
            let entered = Reply::see_other(&format!("{DESK}?lang={language}")).and_then(|reply| reply.with_header("Set-Cookie", &cookie));
            entered.unwrap_or_else(|_| Reply::refusal(Refusal::Fault))
        }
        Entry::Wrong => show(403, Some(Trouble::Wrong), code),
        Entry::TooMany => show(429, Some(Trouble::TooMany), code),
    })
}
