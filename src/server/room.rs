//! What a room is between two requests: where phones reach this machine, whether one has, and the words that the presenter has
//! chosen where no folder keeps them. All of it is gone when the server stops, and none of it says who or when.

use super::request::Request;
use super::room_code::codes;
use super::shelf::Shelf;
use crate::catalog::Site;
use crate::language::{Language, Today};
use crate::pages::room::frame::Place;
use crate::pages::{Edition, Material};
use crate::survey::definition::Publish;
use crate::survey::{Access, Survey};
use std::collections::{BTreeMap, BTreeSet};
use std::net::{IpAddr, SocketAddr};
use std::sync::{Mutex, MutexGuard, PoisonError};

/// Words by the id of their question.
pub(super) type Words = BTreeMap<String, BTreeSet<String>>;

/// The rooms of a server.
#[derive(Default)]
pub struct Room {
    addresses: Vec<IpAddr>,
    hosts: Vec<String>,
    /// The host under which the first other device came; nothing of the device.
    reached: Mutex<Option<String>>,
    /// The chosen words of every survey, and how often they were chosen.
    chosen: Mutex<(BTreeMap<String, Words>, u64)>,
}

impl Room {
    /// Rooms on a machine that others reach under these addresses, the likeliest first; without any, only this machine.
    #[must_use]
    pub fn new(addresses: &[IpAddr], port: u16) -> Room {
        // Port 80 goes without saying, and is four signs less to type
        let host = |address: &IpAddr| match (SocketAddr::new(*address, port).to_string(), port) {
            (host, 80) => host.trim_end_matches(":80").to_owned(),
            (host, _) => host,
        };
        Room { addresses: addresses.to_vec(), hosts: addresses.iter().map(host).collect(), ..Room::default() }
    }

    /// Every host under which others may reach this machine.
    #[must_use]
    pub fn hosts(&self) -> &[String] {
        &self.hosts
    }

    /// The host to send phones to: the one that has been proven, else the likeliest.
    pub(super) fn host(&self) -> Option<String> {
        let proven = self.reached().filter(|host| self.hosts.contains(host));
        proven.or_else(|| self.hosts.first().cloned())
    }

    /// The host under which another device has come.
    pub(super) fn reached(&self) -> Option<String> {
        lock(&self.reached).clone()
    }

    /// Notes that somebody has come; whether it was another device. Only the name by which this machine was called is kept.
    pub(super) fn see(&self, request: &Request) -> bool {
        if request.peer.is_loopback() || self.addresses.contains(&request.peer) {
            return false;
        }
        let mut reached = lock(&self.reached);
        if reached.is_none() {
            reached.clone_from(&request.headers.host);
        }
        true
    }

    /// The words that the presenter has chosen for a survey.
    pub(super) fn words(&self, survey: &str) -> Words {
        lock(&self.chosen).0.get(survey).cloned().unwrap_or_default()
    }

    /// Changes with every choice.
    pub(super) fn choices(&self) -> u64 {
        lock(&self.chosen).1
    }

    /// Chooses exactly these words for a question.
    pub(super) fn choose(&self, survey: &str, question: &str, words: BTreeSet<String>) {
        let mut chosen = lock(&self.chosen);
        chosen.0.entry(survey.to_owned()).or_default().insert(question.to_owned(), words);
        chosen.1 += 1;
    }
}

fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

/// A survey with the site in which its form stands.
#[derive(Clone, Copy)]
pub(super) struct Hall<'s> {
    pub(super) shelf: &'s Shelf,
    pub(super) site: &'s Site,
    pub(super) today: Today,
}

impl<'s> Hall<'s> {
    /// The home site's.
    pub(super) fn home(shelf: &'s Shelf, today: Today) -> Option<Hall<'s>> {
        Some(Hall { shelf, site: shelf.catalog.home()?, today })
    }

    /// That of a survey: the home site's, where it stands there, else the first site's that has it.
    pub(super) fn of(shelf: &'s Shelf, survey: &str, today: Today) -> Option<Hall<'s>> {
        let home = shelf.catalog.home().into_iter();
        let site = home.chain(shelf.catalog.sites.values()).find(|site| site.surveys.iter().any(|one| one.value == survey))?;
        Some(Hall { shelf, site, today })
    }

    /// Where the site begins on this server.
    pub(super) fn root(&self) -> String {
        let is_home = self.shelf.catalog.home().is_some_and(|home| home.id == self.site.id);
        if is_home { "/".to_owned() } else { format!("/{}/", self.site.id) }
    }

    /// Makes a page in a language; `None` where the theme has a fault.
    pub(super) fn page<E>(&self, language: Language, make: impl FnOnce(&Place<'_>) -> Result<String, E>) -> Option<String> {
        let theme = self.shelf.themes.get(&self.site.id)?;
        let material = Material { catalog: &self.shelf.catalog, site: self.site, theme, today: self.today };
        let edition = Edition { material, language };
        make(&Place { edition: &edition, assets: &format!("{}assets/", self.root()) }).ok()
    }

    /// A language that was asked for by its code, if the site has it, else the site's first.
    pub(super) fn language(&self, code: Option<&str>) -> Language {
        let asked = code.and_then(Language::from_code).filter(|language| self.site.languages.contains(language));
        asked.unwrap_or_else(|| self.site.first_language())
    }

    /// The language that a browser would like best.
    pub(super) fn preferred(&self, request: &Request) -> Language {
        let wishes = request.headers.accept_language.as_deref().unwrap_or_default().split(',');
        let mut codes = wishes.map(|wish| wish.trim().get(..2).unwrap_or_default().to_ascii_lowercase());
        let known = |code: &String| Language::from_code(code).is_some_and(|language| self.site.languages.contains(&language));
        let liked = codes.find(known);
        self.language(liked.as_deref())
    }
}

/// The surveys that can have a room: those that are for one, and open ones whose results appear while they are answered.
pub(super) fn rooms(shelf: &Shelf) -> impl Iterator<Item = &Survey> {
    let listed = |survey: &&Survey| shelf.catalog.sites.values().any(|site| site.surveys.iter().any(|one| one.value == survey.id));
    let open = |survey: &&Survey| survey.access == Access::Open && survey.publish == Publish::Rolling;
    shelf.catalog.surveys.values().filter(move |survey| survey.access == Access::Room || open(survey)).filter(listed)
}

/// The surveys that can have a room, by their codes.
pub(super) fn by_code(shelf: &Shelf) -> BTreeMap<String, String> {
    codes(rooms(shelf).map(|survey| survey.id.as_str()))
}

/// The code of a survey.
pub(super) fn code_of(shelf: &Shelf, survey: &str) -> Option<String> {
    by_code(shelf).into_iter().find(|(_, known)| known == survey).map(|(code, _)| code)
}
