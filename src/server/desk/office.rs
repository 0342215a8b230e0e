//! What every part of the desk works with: who asks, which survey, the frame of its pages, the way back.

use crate::diagnostic::Diagnostics;
use crate::language::{Language, Today, Words};
use crate::pages::Material;
use crate::pages::desk::frame::{Desk, Done, KEY, Listing};
use crate::pages::room::frame::step;
use crate::pipeline::round::{Round, links_folder, site_of};
use crate::server::refusal::Refusal;
use crate::server::reply::Reply;
use crate::server::request::{Form, Request};
use crate::server::room::{Hall, Room};
use crate::server::sessions::Sessions;
use crate::server::shelf::Shelf;
use crate::server::stage::Stage;
use crate::store::{Standing, Status, Store, Trouble};
use crate::survey::{Access, Survey};
use std::collections::BTreeMap;
use std::path::PathBuf;

/// What the desk needs besides what every page needs.
pub struct Means {
    /// The folder of answers.
    pub private: PathBuf,
    /// Reads the content and builds; returns at once.
    pub rebuild: Box<dyn Fn() + Send + Sync>,
    /// Lets other machines in after a password; `None`: this machine alone.
    pub sessions: Option<Sessions>,
}

/// The desk while a request is answered.
pub(in crate::server) struct Office<'a> {
    /// What is served.
    pub(in crate::server) shelf: &'a Shelf,
    /// What the last build came to.
    pub(in crate::server) stage: &'a Stage,
    /// Where answers are kept.
    pub(in crate::server) store: &'a dyn Store,
    /// What its forms carry.
    pub(in crate::server) key: &'a str,
    /// Where the page of faults stands, while there are any.
    pub(in crate::server) faults: Option<&'a str>,
    /// Today.
    pub(in crate::server) today: Today,
    /// Is told of a survey that was closed or opened.
    pub(in crate::server) moved: &'a dyn Fn(&str),
    /// Folders, the builder, the password.
    pub(in crate::server) means: &'a Means,
    /// Where phones reach this machine.
    pub(in crate::server) room: &'a Room,
    /// Whoever asks sits at another machine.
    pub(in crate::server) elsewhere: bool,
}

/// A page that was asked for, or what goes with it.
#[derive(Clone, Copy, Default)]
pub(super) struct Showing<'a> {
    /// The page's own address.
    pub(super) here: &'a str,
    /// The code of its language, as it was asked for.
    pub(super) language: Option<&'a str>,
    /// What was just done.
    pub(super) done: Option<Done>,
    /// What could not be done, and why.
    pub(super) alert: Option<&'a str>,
    /// 422 where something that was typed has to be mended.
    pub(super) faulty: bool,
}

impl<'a> Showing<'a> {
    /// A page as a link leads there.
    pub(super) fn asked(request: &'a Request) -> Showing<'a> {
        let here = request.path.trim_end_matches('/');
        let done = request.query.get("done").and_then(Done::of);
        Showing { here, language: request.query.get("lang"), done, alert: None, faulty: false }
    }
}

impl Office<'_> {
    /// The survey of an id.
    pub(super) fn survey(&self, id: &str) -> Option<&Survey> {
        self.shelf.catalog.surveys.get(id)
    }

    /// The project's language of a code, else the home site's first. Whoever works here reads what all sites say.
    pub(super) fn language(&self, code: Option<&str>) -> Language {
        let known = self.shelf.catalog.languages();
        let asked = code.and_then(Language::from_code).filter(|language| known.contains(language));
        asked.unwrap_or_else(|| self.shelf.catalog.first_language())
    }

    /// A page of the desk.
    pub(super) fn show(&self, showing: Showing<'_>, make: impl FnOnce(&Desk<'_>) -> Result<String, Diagnostics>) -> Reply {
        let made = Hall::home(self.shelf, self.today).and_then(|hall| {
            hall.page(self.language(showing.language), |place| {
                make(&Desk {
                    place,
                    key: self.key,
                    here: showing.here,
                    done: showing.done,
                    alert: showing.alert,
                    elsewhere: self.elsewhere,
                })
            })
        });
        let status = if showing.faulty { 422 } else { 200 };
        made.map_or_else(|| Reply::refusal(Refusal::Fault), |page| Reply::html(status, page.into_bytes()))
    }

    /// The form that a request brings, where a page of this server sent it; else why it is refused.
    pub(super) fn admitted(&self, request: &Request) -> Result<Form, Refusal> {
        let form = request.form()?;
        if self.admits(request, form.get(KEY)) { Ok(form) } else { Err(Refusal::Misdirected) }
    }

    /// Whether a form comes from a page of this server: only those know the key, and only a browser that shows one says that it
    /// comes from here.
    pub(super) fn admits(&self, request: &Request, key: Option<&str>) -> bool {
        request.same_origin() && !self.key.is_empty() && key == Some(self.key)
    }

    /// How a survey stands.
    pub(super) fn listing<'s>(&self, survey: &'s Survey, status: &Status) -> anyhow::Result<Listing<'s>> {
        let own = status.surveys.get(&survey.id).cloned().unwrap_or_default();
        let invited = match survey.access {
            Access::Invited => {
                let all = self.store.invitations(&survey.id)?;
                Some(all.iter().filter(|one| one.standing != Standing::Revoked).count() as u64)
            }
            Access::Open | Access::Room => None,
        };
        let counted = (own.closed + own.waiting) / step(survey) * step(survey);
        let quotas = if survey.quotas.is_empty() { BTreeMap::new() } else { self.store.quotas(&survey.id)? };
        Ok(Listing { survey, opening: survey.opening(self.today), counted, quotas, invited })
    }

    /// The round of invitations to a survey; `None` where no site shows it.
    pub(super) fn round<'o>(&'o self, survey: &'o Survey) -> Option<Round<'o>> {
        let catalog = &self.shelf.catalog;
        let (site, theme) = site_of(catalog, &self.shelf.themes, &survey.id)?;
        let material = Material { catalog, site, theme, today: self.today };
        Some(Round { survey, material, store: self.store, folder: links_folder(&self.means.private, &survey.id) })
    }

    /// Back to a page of the desk with what was done.
    pub(super) fn back(&self, path: &str, language: Language, done: Done) -> anyhow::Result<Reply> {
        Reply::see_other(&format!("{path}?lang={}&done={}", language.code(), done.word()))
    }

    /// A file to keep. The name is one of ours: ASCII letters, digits, hyphens, dots.
    pub(super) fn file(&self, kind: &'static str, name: &str, bytes: Vec<u8>) -> anyhow::Result<Reply> {
        Reply::bytes(kind, bytes).with_header("Content-Disposition", &format!("attachment; filename=\"{name}\""))
    }
}

/// What failed and why, outermost first, where we have words for it in this language.
pub(super) fn told(error: &anyhow::Error, language: Language) -> Option<String> {
    let words = |cause: &(dyn std::error::Error + 'static)| {
        cause.downcast_ref::<Words>().or_else(|| cause.downcast_ref::<Trouble>().map(Trouble::words)).cloned()
    };
    let said: Vec<String> = error.chain().filter_map(words).map(|words| words.in_language(language).to_owned()).collect();
    (!said.is_empty()).then(|| said.join(": "))
}

/// The type of a file that leaves the desk.
pub(super) fn kind_of(name: &str) -> &'static str {
    match name.rsplit_once('.').map(|(_, ending)| ending) {
        Some("csv") => "text/csv; charset=utf-8",
        Some("html") => "text/html; charset=utf-8",
        Some("txt" | "sps") => "text/plain; charset=utf-8",
        Some("json") => "application/json",
        Some("ics") => "text/calendar; charset=utf-8",
        Some("zip") => "application/zip",
        Some("xlsx") => "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
        _ => "application/octet-stream",
    }
}
