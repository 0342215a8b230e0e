//! «Save and go on later»: a sheet is sealed with a code that only its author gets to see, and opened again with that code.
//!
//! The code comes from the sheet's own random id, so that saving twice, a double click or a lost reply all end in one draft under one
//! code. An invitation has no part in it: who knows every invitation opens nothing. `GET …/resume/CODE` opens and uses up nothing; it
//! puts the code into a cookie that only the form's address gets, so that it leaves the address bar, and a button does the rest.

use super::forms::{Counter, along, is_sheet_id, own_answers, pass, random_id, used};
use super::invitations::{Door, Without};
use super::refusal::Refusal;
use super::reply::Reply;
use super::request::{Form, Method, Request};
use super::shelf::FormSpot;
use crate::catalog::Target;
use crate::language::Language;
use crate::pages::Spot;
use crate::pages::form;
use crate::pages::form::by_code::Wrong;
use crate::pages::form::invitation::Problem;
use crate::pages::form::put_aside::{self, Origin, Unsaved};
use crate::pages::form::sheet::{GO, GO_DISCARD, GO_RESUME, GO_SAVE, PAGE, Pass, RESUME, SHEET, SHOWN, Sheet};
use crate::pages::form::typed::{Typed, typed};
use crate::store::{Draft, Handle, Receipt, Saving, Ticket, resume_code, seal, unseal};
use crate::survey::consent::{CONSENT, Consent};
use crate::survey::{Access, Raw, Survey, Token, field};
use serde::{Deserialize, Serialize};
use std::collections::BTreeSet;
use std::time::Instant;

/// The cookie that holds the code on its way from a link to the form.
const COOKIE: &str = "draft";
/// What stands behind the address after a code was taken.
const BROUGHT: &str = "brought";
/// The longest that is looked at as a code.
const LONGEST: usize = 200;

/// What is sealed.
#[derive(Serialize, Deserialize)]
struct Content {
    /// The revision of the survey that was being answered.
    revision: u32,
    /// The language that it was answered in.
    language: String,
    /// The id of the page.
    page: String,
    /// The ids of the questions that were on it.
    shown: String,
    /// The wording that was agreed to, if one was asked for.
    consent: Option<String>,
    /// The sheet's own id.
    sheet: String,
    /// Everything in its fields, judged or not.
    raw: Raw,
    /// The same in words, for when the survey has changed or is over.
    typed: Vec<Typed>,
}

impl Counter<'_> {
    /// What is asked of a sheet that is put aside; `None`: something else was asked.
    pub(super) fn aside(&self, request: &Request) -> Option<Reply> {
        let survey = self.door.shelf.catalog.surveys.get(&self.spot.survey)?;
        if survey.access == Access::Room || self.spot.in_room {
            return None;
        }
        let sent = request.form().ok()?;
        match sent.get(GO)? {
            GO_SAVE => Some(self.save(survey, request, &sent)),
            GO_RESUME => Some(self.resume(survey, request, &sent)),
            GO_DISCARD => Some(self.discard(survey, &sent)),
            _ => None,
        }
    }

    fn save(&self, survey: &Survey, request: &Request, sent: &Form) -> Reply {
        let raw = own_answers(sent);
        let id = sent.get(SHEET).filter(|id| is_sheet_id(id)).map_or_else(random_id, str::to_owned);
        if id.is_empty() {
            return Reply::refusal(Refusal::Fault);
        }
        let code = resume_code(&survey.id, &id);
        let handle = Handle::of_draft(&survey.id, &code);
        let known = || self.door.store.draft(&survey.id, &handle, self.door.today.day).is_ok_and(|found| found.is_some());
        let held = match survey.access {
            Access::Invited => match self.door.of_form(request, sent, &survey.id) {
                Ok(held) => Some(held),
                // On another device, without the invitation: what is kept already may be kept anew
                Err(_) if known() => None,
                Err(without) => return self.door.ask(self.spot, survey, &without, along(sent)),
            },
            Access::Open | Access::Room => None,
        };
        if used(held.as_ref()) {
            return self.door.ask(self.spot, survey, &Without::Problem(Problem::Used, String::new()), Vec::new());
        }
        if !survey.takes_sheets(self.door.today) {
            let language = self.spot.language;
            return self.show(403, |edition| put_aside::over(edition, survey, typed(edition, survey, &raw), language, None));
        }
        let shown = sent.get(SHOWN).unwrap_or_default();
        let sheet = Sheet { survey, raw: &raw, id: &id, shown, today: self.door.today.day, pass: pass(held.as_ref()) };
        let page = sent.get(PAGE).unwrap_or_default();
        let Some(days) = survey.drafts else { return self.unsaved(&sheet, page, Unsaved::NotOffered) };
        let (now, drafts, new) = (Instant::now(), self.door.drafts, !known());
        if new && !drafts.may_try(request.peer, now) {
            return self.unsaved(&sheet, page, Unsaved::TooMany);
        }
        let until = put_aside::last_day(self.door.today.day, days);
        let saving = self.sealed(&sheet, page, &code).and_then(|sealed| {
            let ticket = *Ticket::of(&survey.id, id.as_bytes()).bytes();
            self.door.store.save_draft(Draft { survey: survey.id.clone(), handle, sealed, expires: until, ticket })
        });
        match saving {
            Ok(Saving::Saved) => {
                if new {
                    drafts.count(request.peer, now);
                }
                let (server, path) = self.reached(request);
                let origin = Origin { page, server: server.as_deref(), path: &path };
                self.show(200, |edition| put_aside::saved(edition, &sheet, &code, until, origin))
            }
            Ok(Saving::Full) => self.unsaved(&sheet, page, Unsaved::Full),
            Ok(Saving::Sent) => self.acknowledge(&sheet, Receipt::AlreadyStored, false),
            Err(_) => self.unsaved(&sheet, page, Unsaved::Failed),
        }
    }

    fn sealed(&self, sheet: &Sheet<'_>, page: &str, code: &Token) -> anyhow::Result<Vec<u8>> {
        let content = Content {
            revision: sheet.survey.revision,
            language: self.spot.language.code().to_owned(),
            page: page.to_owned(),
            shown: sheet.shown.to_owned(),
            consent: sheet.survey.consent.as_ref().map(Consent::version),
            sheet: sheet.id.to_owned(),
            raw: sheet.raw.clone(),
            typed: self.in_edition(|edition| typed(edition, sheet.survey, sheet.raw)).unwrap_or_default(),
        };
        seal(&sheet.survey.id, code, &serde_json::to_vec(&content)?)
    }

    /// The same page again with everything typed, and why it is not kept.
    fn unsaved(&self, sheet: &Sheet<'_>, page: &str, why: Unsaved) -> Reply {
        let index = page_index(sheet.survey, page);
        let status = if why == Unsaved::TooMany { 429 } else { 503 };
        self.show(status, |edition| form::page_with(edition, sheet, index, false, Some(&put_aside::not_saved(edition, why))))
    }

    fn resume(&self, survey: &Survey, request: &Request, sent: &Form) -> Reply {
        // A cookie carries authority, so the form has to come from a page of ours
        let cookie = request.cookie(COOKIE).filter(|_| request.same_origin());
        let code = sent.get(RESUME).filter(|typed| !typed.trim().is_empty()).or(cookie).unwrap_or_default();
        let content = match self.open(survey, request, code) {
            Ok(opened) => opened,
            Err(wrong) => {
                let again: String = code.chars().take(LONGEST).collect();
                let spot = Spot::Content(Target::Survey(survey.id.clone()));
                return self.show(wrong.status(), |edition| put_aside::entry(edition, survey, &spot, Some(wrong), &again));
            }
        };
        let language = Language::from_code(&content.language).unwrap_or(self.spot.language);
        let reply = if survey.takes_sheets(self.door.today) {
            self.go_on(survey, request, sent, content, language)
        } else {
            self.show(403, |edition| put_aside::over(edition, survey, content.typed, language, Some(&content.sheet)))
        };
        // The cookie has done its work
        let path = form_path(&request.path);
        reply.clone().with_header("Set-Cookie", &format!("{COOKIE}=; Path={path}; Max-Age=0; HttpOnly; SameSite=Strict")).unwrap_or(reply)
    }

    /// The content of the draft that this code opens.
    fn open(&self, survey: &Survey, request: &Request, code: &str) -> Result<Content, Wrong> {
        let (now, tries) = (Instant::now(), self.door.tries);
        if code.trim().is_empty() {
            return Err(Wrong::Missing);
        }
        if !tries.may_try(request.peer, now) {
            return Err(Wrong::TooMany);
        }
        let token = Some(code).filter(|code| code.len() <= LONGEST).and_then(|code| Token::read(code).ok());
        let Some(token) = token else {
            tries.wrong(request.peer, now);
            return Err(Wrong::Mistyped);
        };
        match self.door.store.draft(&survey.id, &Handle::of_draft(&survey.id, &token), self.door.today.day) {
            Ok(Some(sealed)) => {
                let opened = unseal(&survey.id, &token, &sealed).ok().and_then(|content| serde_json::from_slice(&content).ok());
                opened.ok_or(Wrong::Damaged)
            }
            Ok(None) => {
                tries.wrong(request.peer, now);
                Err(Wrong::Unknown)
            }
            Err(_) => Err(Wrong::Damaged),
        }
    }

    /// The page where the author stopped, and what of the sheet has no place any more.
    fn go_on(&self, survey: &Survey, request: &Request, sent: &Form, content: Content, language: Language) -> Reply {
        let mut raw = content.raw;
        let mut leftover = survey.leftover(&raw);
        // A tick under another wording is no consent to this one
        if content.consent != survey.consent.as_ref().map(Consent::version) && raw.remove(CONSENT).is_some() {
            leftover.insert(CONSENT.to_owned());
        }
        let lost: Vec<Typed> = content.typed.into_iter().filter(|one| leftover.contains(&one.field)).collect();
        let first = survey.asked_first().into_iter().map(str::to_owned);
        let known: BTreeSet<String> = survey.questions().flat_map(field::names).chain(first).collect();
        // A field that no question has would be refused at sending; choices that are gone are asked for again where they stood
        raw.retain(|name, _| known.contains(name));
        let held = match survey.access {
            Access::Invited => self.door.of_form(request, sent, &survey.id).ok(),
            Access::Open | Access::Room => None,
        };
        let pass: Pass<'_> = pass(held.as_ref());
        let id = if is_sheet_id(&content.sheet) { content.sheet } else { random_id() };
        let sheet = Sheet { survey, raw: &raw, id: &id, shown: "", today: self.door.today.day, pass };
        let index = page_index(survey, &content.page);
        let changed = content.revision != survey.revision || !lost.is_empty();
        self.show(200, |edition| {
            let notice = put_aside::welcome(edition, survey, changed, held.is_some(), lost, language);
            form::page_with(edition, &sheet, index, false, Some(&notice))
        })
    }

    fn discard(&self, survey: &Survey, sent: &Form) -> Reply {
        let sheet = sent.get(SHEET).filter(|id| is_sheet_id(id)).unwrap_or_default();
        let handle = Handle::of_draft(&survey.id, &resume_code(&survey.id, sheet));
        match self.door.store.discard_draft(&survey.id, &handle) {
            Ok(_) => self.show(200, |edition| put_aside::discarded(edition, survey)),
            Err(_) => Reply::refusal(Refusal::Fault),
        }
    }

    /// The server and the form's path as another device reaches them; no server where this machine is known by a name of its own only.
    fn reached(&self, request: &Request) -> (Option<String>, String) {
        let catalog = &self.door.shelf.catalog;
        let path = form_path(&request.path);
        if let Some(collector) = catalog.sites.get(&self.spot.site).and_then(|site| site.collector.as_ref()) {
            return (Some(collector.trim_end_matches('/').to_owned()), path);
        }
        let host = request.headers.host.as_deref().unwrap_or_default();
        let own = host.starts_with("localhost") || host.starts_with("127.") || host.starts_with("[::1]") || host.is_empty();
        let origin = request.headers.origin.clone().filter(|_| request.same_origin());
        ((!own).then(|| origin.unwrap_or_else(|| format!("http://{host}"))), path)
    }
}

/// `GET …/resume/CODE` and the page that it leads to; the page where a code is typed is a file of the site.
pub(super) fn reply(door: Door<'_>, request: &Request) -> Option<Reply> {
    if request.method == Method::Post {
        return None;
    }
    let (below, rest) = request.path.rsplit_once("/resume")?;
    let path = format!("{below}.html");
    let spot: &FormSpot = door.shelf.form(&path)?;
    let survey = door.shelf.catalog.surveys.get(&spot.survey).filter(|survey| survey.access != Access::Room)?;
    let counter = Counter { door, spot };
    if matches!(rest, "" | ".html") {
        return request.query.get(BROUGHT).map(|_| counter.show(200, |edition| put_aside::brought(edition, survey)));
    }
    let code = rest.strip_prefix('/').filter(|code| !code.contains('/') && code.len() <= LONGEST)?;
    let led = match Token::read(code) {
        Ok(token) => Reply::see_other(&format!("{below}/resume.html?{BROUGHT}")).and_then(|reply| {
            let cookie = format!("{COOKIE}={}; Path={path}; HttpOnly; SameSite=Strict", token.in_link());
            reply.with_header("Set-Cookie", &cookie)
        }),
        // Cut off on its way: typed by hand it will do
        Err(_) => Reply::see_other(&format!("{below}/resume.html")),
    };
    Some(led.unwrap_or_else(|_| Reply::refusal(Refusal::Fault)))
}

fn page_index(survey: &Survey, page: &str) -> usize {
    survey.pages.iter().position(|known| known.id == page).unwrap_or(0)
}

/// The address of a form with its ending.
fn form_path(path: &str) -> String {
    if path.ends_with(".html") { path.to_owned() } else { format!("{path}.html") }
}
