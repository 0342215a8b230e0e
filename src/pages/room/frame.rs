//! What the pages of a room share: their addresses, their frame, the steps in which people are counted.

use crate::diagnostic::Diagnostics;
use crate::pages::address::Spot;
use crate::pages::edition::Edition;
use crate::pages::frame::PageView;
use crate::statistics::{K_FLOOR, Published};
use crate::survey::Survey;
use serde::Serialize;
use std::collections::BTreeMap;

/// Where a projector's pages begin.
pub const ROOMS: &str = "/_room";
/// Where phones come in.
pub const DOOR: &str = "/r";

/// The way into a room.
#[derive(Debug, Clone, Copy)]
pub struct Way<'a> {
    /// The survey's short code.
    pub code: &'a str,
    /// Host and port under which phones reach this machine: `192.0.2.10:8080`.
    pub host: &'a str,
}

impl Way<'_> {
    /// The address that the QR code holds.
    #[must_use]
    pub fn url(&self) -> String {
        format!("http://{}{DOOR}/{}", self.host, self.code)
    }
}

/// An edition with the address, on this server, at which its site's assets stand: `/assets/`, `/ID/assets/`.
#[derive(Debug, Clone, Copy)]
pub struct Place<'a> {
    /// The site in a language.
    pub edition: &'a Edition<'a>,
    /// Where its assets stand.
    pub assets: &'a str,
}

impl Place<'_> {
    /// The page of a template with what is special to it.
    pub(super) fn render(&self, template: &str, title: &str, room: impl Serialize) -> Result<String, Diagnostics> {
        self.render_with(template, title, "room", room)
    }

    /// The same, where the template calls what is special to it by this name.
    pub(in crate::pages) fn render_with(
        &self,
        template: &str,
        title: &str,
        name: &str,
        view: impl Serialize,
    ) -> Result<String, Diagnostics> {
        let page: PageView =
            PageView { assets: self.assets.to_owned(), ..self.edition.page_view(&Spot::NotFound, title.to_owned(), String::new()) };
        self.edition.render(template, &Spot::NotFound, &page, &BTreeMap::from([(name, view)]))
    }

    /// An address of this server, in this language.
    pub(in crate::pages) fn address(&self, path: &str, show: Option<&str>) -> String {
        let first = self.edition.addresses().first == self.edition.language;
        let show = show.map(|show| format!("show={show}"));
        let language = (!first).then(|| format!("lang={}", self.edition.language.code()));
        let query: Vec<String> = show.into_iter().chain(language).collect();
        if query.is_empty() { path.to_owned() } else { format!("{path}?{}", query.join("&")) }
    }

    /// The address of a survey's screen.
    #[must_use]
    pub fn screen(&self, survey: &str, show: Option<&str>) -> String {
        self.address(&format!("{ROOMS}/{survey}"), show)
    }
}

/// How many people a count grows by: the smallest group that is shown.
#[must_use]
pub fn step(survey: &Survey) -> u64 {
    u64::from(survey.k).max(K_FLOOR)
}

/// How many people have answered, in whole steps: never more than were told already, never the exact number.
#[must_use]
pub fn counted(survey: &Survey, published: Option<&Published>) -> u64 {
    let step = step(survey);
    published.and_then(|published| published.collected).unwrap_or(0) / step * step
}
