//! A survey's form: from what a browser sent to the next page, or to a stored answer.

use super::invitations::{Door, Held, Without};
use super::quotas::{claims, full};
use super::refusal::Refusal as Refused;
use super::reply::Reply;
use super::request::{Form, Request};
use super::shelf::FormSpot;
use crate::catalog::Site;
use crate::diagnostic::Diagnostics;
use crate::pages::form;
use crate::pages::form::invitation::{Along, Problem};
use crate::pages::form::sheet::{GO, GO_BACK, GO_LEAVE, GO_PAGE, GO_SEND, GO_STAY, INVITATION, PAGE, Pass, SHEET, SHOWN, Sheet};
use crate::pages::form::{receipt, review};
use crate::pages::message;
use crate::pages::{Edition, Material};
use crate::store::{Handle, Lock, Receipt, Refusal, Standing, Submission, Ticket, Withdrawal, resume_code, text_mark, withdrawal_code};
use crate::survey::definition::{Mode, Opening, Publish, Segment};
use crate::survey::mark::attach;
use crate::survey::{Access, Judgement, Raw, Response, Survey};

/// What became of a form.
pub(super) struct Outcome {
    /// What the browser gets.
    pub(super) reply: Reply,
    /// An answer was stored just now.
    pub(super) stored: bool,
}

/// One form on its way.
pub(super) struct Counter<'a> {
    pub(super) door: Door<'a>,
    pub(super) spot: &'a FormSpot,
}

pub(super) type Page = Result<String, Diagnostics>;

impl Counter<'_> {
    /// The first page of the form, with a sheet of its own; `None` where the survey takes no answers today (its static page says so).
    pub(super) fn first(&self, request: &Request) -> Option<Reply> {
        let survey = self.open_survey()?;
        let held = match survey.access {
            Access::Invited => self.door.of_visit(request, &survey.id),
            Access::Open | Access::Room => Ok(None),
        };
        Some(match held {
            Ok(held) => self.begin(survey, held.as_ref())?,
            Err(without) => self.door.ask(self.spot, survey, &without, Vec::new()),
        })
    }

    fn begin(&self, survey: &Survey, held: Option<&Held>) -> Option<Reply> {
        let raw = Raw::new();
        let id = random_id();
        let sheet = Sheet { survey, raw: &raw, id: &id, shown: "", today: self.door.today.day, pass: pass(held) };
        let index = survey.next_page(&crate::survey::Answers::new(), None, self.door.today.day)?;
        // A quota for everybody
        if let Some(quota) = full(self.door.store, survey, &crate::survey::Answers::new()) {
            return Some(self.show(200, |edition| message::full(edition, survey, quota)));
        }
        Some(self.show(200, |edition| form::page(edition, &sheet, index, false)))
    }

    /// What was sent from a page of the form; `None` where the survey takes no sheets at this moment. After the close, and until
    /// the grace runs out, those are taken whose form was opened before.
    pub(super) fn posted(&self, request: &Request) -> Option<Outcome> {
        let survey = self.survey().filter(|survey| survey.takes_sheets(self.door.today))?;
        let sent = match request.form() {
            Ok(sent) => sent,
            Err(refusal) => return Some(Outcome { reply: Reply::refusal(refusal), stored: false }),
        };
        let held = match survey.access {
            Access::Invited => self.door.of_form(request, &sent, &survey.id).map(Some),
            Access::Open | Access::Room => Ok(None),
        };
        let held = match held {
            Ok(held) => held,
            Err(without) => return Some(Outcome { reply: self.door.ask(self.spot, survey, &without, along(&sent)), stored: false }),
        };
        // A code that was typed before anything else
        if held.is_some() && sent.get(SHEET).is_none() && sent.get(GO).is_none() && !used(held.as_ref()) {
            self.open_survey()?;
            return self.begin(survey, held.as_ref()).map(|reply| Outcome { reply, stored: false });
        }
        let raw = own_answers(&sent);
        let id = sent.get(SHEET).filter(|id| is_sheet_id(id)).map_or_else(random_id, str::to_owned);
        let shown = sent.get(SHOWN).unwrap_or_default();
        let sheet = Sheet { survey, raw: &raw, id: &id, shown, today: self.door.today.day, pass: pass(held.as_ref()) };
        let page = sent.get(PAGE).and_then(|page| survey.pages.iter().position(|known| known.id == page)).unwrap_or(0);
        let at_review = sent.get(SHOWN).is_none();
        let go = sent.get(GO).unwrap_or_default();
        if go == GO_SEND && sent.get(SHEET).is_some_and(is_sheet_id) {
            return Some(self.send(&sheet, held.as_ref()));
        }
        if used(held.as_ref()) {
            return Some(Outcome {
                reply: self.door.ask(self.spot, survey, &Without::Problem(Problem::Used, String::new()), Vec::new()),
                stored: false,
            });
        }
        let reply = match go {
            GO_SEND => self.review(&sheet),
            GO_LEAVE if survey.consent.is_some() => self.show(200, |edition| message::left(edition, survey)),
            GO_STAY if at_review => self.review(&sheet),
            GO_STAY => self.show(200, |edition| form::page(edition, &sheet, page, false)),
            GO_BACK => self.back(&sheet, page, at_review),
            _ => match go.strip_prefix(GO_PAGE).and_then(|page| survey.pages.iter().position(|known| known.id == page)) {
                Some(wanted) => self.show(200, |edition| form::page(edition, &all_shown(sheet), wanted, false)),
                None => self.next(&sheet, page),
            },
        };
        Some(Outcome { reply, stored: false })
    }

    fn survey(&self) -> Option<&Survey> {
        self.door.shelf.catalog.surveys.get(&self.spot.survey)
    }

    fn open_survey(&self) -> Option<&Survey> {
        self.survey().filter(|survey| survey.opening(self.door.today) == Opening::Open)
    }

    /// The page of a survey that takes no answers at this moment: the shelf may still hold the one of a minute ago.
    pub(super) fn shut(&self, status: u16) -> Option<Reply> {
        let survey = self.survey().filter(|survey| survey.opening(self.door.today) != Opening::Open)?;
        Some(self.show(status, |edition| form::first(edition, survey).map(|page| String::from_utf8_lossy(&page.bytes).into_owned())))
    }

    fn back(&self, sheet: &Sheet<'_>, page: usize, at_review: bool) -> Reply {
        let judgement = sheet.survey.judge(sheet.raw, page + 1, self.door.today.day);
        let before = if at_review { Some(page) } else { judgement.pages.iter().rev().find(|seen| **seen < page).copied() };
        let index = before.or(judgement.pages.first().copied()).unwrap_or(0);
        self.show(200, |edition| form::page(edition, &all_shown(*sheet), index, false))
    }

    fn next(&self, sheet: &Sheet<'_>, page: usize) -> Reply {
        let judgement = sheet.survey.judge(sheet.raw, page + 1, self.door.today.day);
        let first = if judgement.pages.first().is_none_or(|first| *first == page) { sheet.survey.asked_first() } else { Vec::new() };
        let asks = |question: &str| sheet.survey.pages.get(page).is_some_and(|page| page.questions.iter().any(|one| one.id == question));
        let here = |question: &str| first.contains(&question) || asks(question);
        // An earlier page can only be wrong if it was tampered with, or if the survey has changed meanwhile
        if let Some(earlier) = self.first_faulty(sheet.survey, &judgement).filter(|earlier| *earlier < page) {
            return self.show(422, |edition| form::page(edition, &all_shown(*sheet), earlier, true));
        }
        let on_page: Vec<&str> = sheet.shown.split(' ').filter(|id| !id.is_empty()).collect();
        let unseen = judgement.shown.iter().any(|question| here(question) && !on_page.contains(&question.as_str()));
        let faulty =
            judgement.complaints.iter().any(|complaint| here(&complaint.question) && on_page.contains(&complaint.question.as_str()));
        if faulty || unseen {
            let status = if faulty { 422 } else { 200 };
            return self.show(status, |edition| form::page(edition, sheet, page, true));
        }
        if let Some(quota) = full(self.door.store, sheet.survey, &judgement.answers) {
            return self.show(200, |edition| message::full(edition, sheet.survey, quota));
        }
        match sheet.survey.next_page(&judgement.answers, Some(page), self.door.today.day) {
            Some(next) => self.show(200, |edition| form::page(edition, &all_shown(*sheet), next, false)),
            None => self.review(sheet),
        }
    }

    fn review(&self, sheet: &Sheet<'_>) -> Reply {
        let judgement = sheet.survey.judge(sheet.raw, sheet.survey.pages.len(), self.door.today.day);
        match self.first_faulty(sheet.survey, &judgement) {
            Some(faulty) => self.show(422, |edition| form::page(edition, &all_shown(*sheet), faulty, true)),
            None => self.show(200, |edition| review::page(edition, sheet, None)),
        }
    }

    /// Judges the whole sheet again, whatever was judged before, and stores it.
    fn send(&self, sheet: &Sheet<'_>, held: Option<&Held>) -> Outcome {
        let survey = sheet.survey;
        let mut answers = match survey.accept(sheet.raw, self.door.today.day) {
            Ok(answers) => answers,
            Err(judgement) => {
                let reply = match self.first_faulty(survey, &judgement) {
                    Some(faulty) => self.show(422, |edition| form::page(edition, &all_shown(*sheet), faulty, true)),
                    None => self.show(422, |edition| review::page(edition, sheet, Some(review::Trouble::UnknownFields))),
                };
                return Outcome { reply, stored: false };
            }
        };
        let invitation = held.map(|held| &held.invited.invitation);
        if let Some(invitation) = invitation {
            answers.extend(survey.carry(&invitation.carried, invitation.person.as_deref()));
        }
        answers.extend(survey.orders_seen(&answers, sheet.id, self.door.today.day));
        let code = survey.withdrawal.then(|| withdrawal_code(&survey.id, sheet.id));
        let handle = code.as_ref().map(|code| Handle::of_withdrawal(&survey.id, code));
        if let (true, Some(code), Some(handle)) = (survey.takes_back_closed(), &code, &handle) {
            attach(&mut answers, handle.mark(), |variable| text_mark(&survey.id, variable, code));
        }
        let response = Response { survey: survey.id.clone(), revision: survey.revision, answers };
        let submission = Submission {
            invitation: invitation.map(|invitation| invitation.ticket),
            claims: claims(survey, std::slice::from_ref(&response)),
            response,
            ticket: Ticket::of(&survey.id, sheet.id.as_bytes()),
            lock: terms(survey),
            draft: Some(Handle::of_draft(&survey.id, &resume_code(&survey.id, sheet.id))),
            withdrawal: handle,
        };
        match self.door.store.submit(submission) {
            Ok(receipt) => Outcome { reply: self.acknowledge(sheet, receipt), stored: receipt == Receipt::Stored },
            Err(refusal) => {
                let trouble = match refusal {
                    Refusal::Full { quota } => {
                        let Some(quota) = survey.quotas.iter().find(|one| one.id == quota) else {
                            return Outcome { reply: Reply::refusal(Refused::Fault), stored: false };
                        };
                        return Outcome { reply: self.show(403, |edition| message::full(edition, survey, quota)), stored: false };
                    }
                    Refusal::Uninvited(standing) => {
                        let problem = match standing {
                            Some(Standing::Revoked) => Problem::Revoked,
                            Some(Standing::Used | Standing::Open) => Problem::Used,
                            None => Problem::Unknown,
                        };
                        let reply = self.door.ask(self.spot, survey, &Without::Problem(problem, String::new()), Vec::new());
                        return Outcome { reply, stored: false };
                    }
                    Refusal::Busy => review::Trouble::Busy,
                    Refusal::Locked { .. } => review::Trouble::Changed,
                    Refusal::Closed => review::Trouble::Closed,
                    Refusal::NotStored(_) | Refusal::Failed(_) => review::Trouble::NotStored,
                };
                let status = if trouble == review::Trouble::Closed { 403 } else { 503 };
                Outcome { reply: self.show(status, |edition| review::page(edition, sheet, Some(trouble))), stored: false }
            }
        }
    }

    /// To the receipt. Where the answer can be taken back, the receipt comes at once, with the code: no address and no cookie holds it,
    /// and sending again shows it again.
    pub(super) fn acknowledge(&self, sheet: &Sheet<'_>, receipt: Receipt) -> Reply {
        let survey = sheet.survey;
        if !survey.withdrawal {
            return Reply::see_other(&self.spot.thanks).unwrap_or_else(|_| Reply::refusal(Refused::Fault));
        }
        let code = withdrawal_code(&survey.id, sheet.id);
        let stands = || self.door.store.withdrawal(&survey.id, &Handle::of_withdrawal(&survey.id, &code));
        // What was stored just now waits; of an older one only the store knows
        let there = |standing| matches!(standing, Some(Withdrawal::Waiting | Withdrawal::Closed));
        let works = receipt == Receipt::Stored || stands().is_ok_and(there);
        self.show(200, |edition| receipt::with_code(edition, survey, works.then_some(&code)))
    }

    pub(super) fn first_faulty(&self, survey: &Survey, judgement: &Judgement) -> Option<usize> {
        let complaint = judgement.complaints.first()?;
        if survey.asked_first().contains(&complaint.question.as_str()) {
            return Some(judgement.pages.first().copied().unwrap_or(0));
        }
        survey.pages.iter().position(|page| page.questions.iter().any(|question| question.id == complaint.question))
    }

    pub(super) fn show(&self, status: u16, page: impl FnOnce(&Edition<'_>) -> Page) -> Reply {
        match self.in_edition(page) {
            Some(Ok(text)) => Reply::html(status, text.into_bytes()),
            _ => Reply::refusal(Refused::Fault),
        }
    }

    /// What is made in the language and the site of this form.
    pub(super) fn in_edition<T>(&self, make: impl FnOnce(&Edition<'_>) -> T) -> Option<T> {
        let catalog = &self.door.shelf.catalog;
        let here = catalog.sites.get(&self.spot.site).filter(|_| self.spot.in_room).map(|site| Site { collector: None, ..site.clone() });
        let site = here.as_ref().or_else(|| catalog.sites.get(&self.spot.site));
        site.zip(self.door.shelf.themes.get(&self.spot.site)).map(|(site, theme)| {
            make(&Edition { material: Material { catalog, site, theme, today: self.door.today }, language: self.spot.language })
        })
    }
}

/// The terms on which a survey is answered; the first answer fixes them.
#[must_use]
pub fn terms(survey: &Survey) -> Lock {
    let mode = match survey.mode {
        Mode::Anonymous => "anonymous",
        Mode::Pseudonymous => "pseudonymous",
        Mode::Identified => "identified",
    };
    let publish = match survey.publish {
        Publish::AtClose => "at-close",
        Publish::Rolling => "rolling",
    };
    let mut settings = vec![("mode", mode.to_owned()), ("k", survey.k.to_string()), ("publish", publish.to_owned())];
    // Only what a survey has: the terms of others are what they were before there were invitations
    if survey.access != Access::Open {
        settings.push(("access", survey.access.word().to_owned()));
    }
    if let Some(code) = &survey.code {
        settings.push(("code", code.rule()));
    }
    if !survey.attributes.is_empty() {
        // By the oldest id each had: another name changes no term
        let oldest = |id: &'_ str| survey.history.oldest(id).to_owned();
        let mut ids: Vec<String> = survey.attributes.iter().map(|attribute| oldest(&attribute.id)).collect();
        ids.sort_unstable();
        settings.push(("attributes", ids.join(" ")));
    }
    if let Some(orders) = survey.rotations {
        // A list that grows would give every order another meaning; another name of a part changes no term
        let parts: Vec<String> = survey.rotated().iter().map(|list| list.parts.len().to_string()).collect();
        settings.push(("rotations", format!("{orders} of {}", parts.join(" "))));
    }
    if !survey.segments.is_empty() {
        let part = |segment: &Segment| {
            let mut ids: Vec<&str> = segment.by.iter().map(|id| survey.history.oldest(id)).collect();
            ids.sort_unstable();
            ids.join("*")
        };
        let mut parts: Vec<String> = survey.segments.iter().map(part).collect();
        parts.sort_unstable();
        settings.push(("segments", parts.join(" ")));
    }
    if survey.withdrawal {
        settings.push(("withdrawal", if survey.takes_back_closed() { "until-purge" } else { "until-batch" }.to_owned()));
    }
    // Whoever invented answers cannot make them real ones afterwards, nor the other way round
    if survey.sample {
        settings.push(("sample", "true".to_owned()));
    }
    settings.into_iter().collect()
}

/// What the form knows of an invitation.
pub(super) fn pass(held: Option<&Held>) -> Pass<'_> {
    held.map_or_else(Pass::default, |held| Pass { typed: &held.typed, carried: Some(&held.invited.invitation.carried) })
}

pub(super) fn used(held: Option<&Held>) -> bool {
    held.is_some_and(|held| held.invited.standing == Standing::Used)
}

/// Everything that was sent, but for the code that did not fit.
pub(super) fn along(sent: &Form) -> Along<'_> {
    sent.fields().filter(|(name, _)| *name != INVITATION).collect()
}

/// The same sheet, as if every question had been on the page: for pages that were not the one that was sent.
fn all_shown(sheet: Sheet<'_>) -> Sheet<'_> {
    Sheet { shown: "", ..sheet }
}

/// What was sent for questions. Names that begin with `_` are the form's own.
pub(super) fn own_answers(sent: &Form) -> Raw {
    let mut raw = Raw::new();
    for (name, value) in sent.fields().filter(|(name, _)| !name.starts_with('_')) {
        raw.entry(name.to_owned()).or_default().push(value.to_owned());
    }
    raw
}

/// 128 random bits in hexadecimal: what makes sending the same sheet twice harmless.
pub(super) fn random_id() -> String {
    let mut bytes = [0_u8; 16];
    // Without randomness from the system nothing here is safe; an empty id makes the form ask again
    if getrandom::fill(&mut bytes).is_err() {
        return String::new();
    }
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}

pub(super) fn is_sheet_id(id: &str) -> bool {
    id.len() == 32 && id.bytes().all(|byte| byte.is_ascii_digit() || matches!(byte, b'a'..=b'f'))
}
