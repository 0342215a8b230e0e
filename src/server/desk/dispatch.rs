//! From an address of the desk to the part that answers it.

use super::office::{Office, Showing};
use super::survey::Typed;
use crate::pages::desk::frame::{DESK, REHEARSAL};
use crate::server::refusal::Refusal;
use crate::server::reply::Reply;
use crate::server::request::{Method, Request};
use std::time::Instant;

/// What can be done to a survey.
const SURVEY_ACTS: [&str; 10] = ["people", "file", "sheet", "remind", "revoke", "export", "texts", "theme", "close", "reopen"];
/// What can be done to all of it.
const ACTS: [&str; 3] = ["publish", "pack", "backup"];
/// What can be done to requests for talks.
const TALK_ACTS: [&str; 4] = ["stage", "erase", "csv", "ics"];

/// The reply to a request below `/_desk`, from somebody who may use the desk; `None`: there is no such page.
pub(in crate::server) fn reply(office: &Office<'_>, request: &Request) -> Option<Reply> {
    let inside = request.path.strip_prefix(DESK).filter(|inside| inside.is_empty() || inside.starts_with('/'))?;
    let parts: Vec<&str> = inside.split('/').filter(|part| !part.is_empty()).collect();
    let post = request.method == Method::Post;
    let asked = Showing::asked(request);
    let made = match parts.as_slice() {
        ["preview", ..] if request.path.starts_with(REHEARSAL) => office.rehearse(request),
        ["leave"] if post => leave(office, request),
        ["site", act] if ACTS.contains(act) => match *act {
            _ if !post => return Some(Reply::refusal(Refusal::Method)),
            "publish" => office.publish(request),
            "pack" => office.pack(request),
            _ => office.back_up(request),
        },
        ["talks", act] if TALK_ACTS.contains(act) => match post {
            true => office.talk(request, act),
            false => return Some(Reply::refusal(Refusal::Method)),
        },
        ["cohorts", "due"] => match post {
            true => office.due(request),
            false => return Some(Reply::refusal(Refusal::Method)),
        },
        ["surveys", id, act] if SURVEY_ACTS.contains(act) => {
            let survey = office.survey(id)?;
            match *act {
                "texts" if !post => office.texts(request, survey),
                _ if !post => return Some(Reply::refusal(Refusal::Method)),
                "texts" => office.decide(request, survey),
                "theme" => office.add_theme(request, survey),
                "people" => office.people(request, survey),
                "file" => office.round_file(request, survey),
                "sheet" => office.sheet(request, survey),
                "remind" => office.remind(request, survey),
                "revoke" => office.revoke(request, survey),
                "export" => office.export(request, survey),
                act => office.close(request, survey, act == "reopen"),
            }
        }
        [] | ["site"] | ["talks"] | ["cohorts"] | ["surveys", _] if post => return Some(Reply::refusal(Refusal::Method)),
        [] => office.overview(request),
        ["site"] => office.keeping(asked),
        ["talks"] => office.talks(asked),
        ["cohorts"] => office.cohorts(asked)?,
        ["surveys", id] => office.detail(asked, office.survey(id)?, Typed::default()),
        _ => return None,
    };
    // What failed in the store is met again by whoever looks at the terminal; the page must not say half of it
    Some(made.unwrap_or_else(|_| Reply::refusal(Refusal::Fault)))
}

/// Closes the desk on this other machine.
fn leave(office: &Office<'_>, request: &Request) -> anyhow::Result<Reply> {
    if let Err(refusal) = office.admitted(request) {
        return Ok(Reply::refusal(refusal));
    }
    let reply = Reply::see_other(DESK)?;
    match &office.means.sessions {
        Some(sessions) => reply.with_header("Set-Cookie", &sessions.leave(request, Instant::now())),
        None => Ok(reply),
    }
}
