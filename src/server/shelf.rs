//! What is served: every file of every site, in memory, by its address. A whole shelf is swapped at once, so no reader sees half
//! of a build.

use super::reply::etag;
use crate::catalog::{Catalog, Target};
use crate::language::{Language, Today};
use crate::pages::{Addresses, Edition, Material, Spot, Theme, message};
use crate::pipeline::{Answers, Built};
use crate::survey::Survey;
use std::collections::BTreeMap;
use std::sync::Arc;

/// One file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Shelved {
    /// Its bytes.
    pub bytes: Arc<[u8]>,
    /// Its type.
    pub content_type: &'static str,
    /// What names these bytes.
    pub etag: String,
}

/// Where a survey's form stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FormSpot {
    /// The site.
    pub site: String,
    /// The survey.
    pub survey: String,
    /// The language of the form.
    pub language: Language,
    /// The address of the receipt, from the root.
    pub thanks: String,
    /// It stands in a room: what is sent stays on this server, whatever collector the site names.
    pub in_room: bool,
}

/// Where somebody is asked for a talk.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TalkSpot {
    /// The site.
    pub site: String,
    /// The language of the page.
    pub language: Language,
    /// Who is asked; `None`: here a request is erased.
    pub consultant: Option<String>,
}

/// Everything that is served between two builds.
#[derive(Clone)]
pub struct Shelf {
    /// The content that the sites were made of.
    pub catalog: Catalog,
    /// The themes, by site.
    pub themes: BTreeMap<String, Theme>,
    /// What may be shown of every survey: what the sites were made of.
    pub answers: Answers,
    /// Changes with every build that changes anything.
    pub version: String,
    files: BTreeMap<String, Shelved>,
    forms: BTreeMap<String, FormSpot>,
    talks: BTreeMap<String, TalkSpot>,
    /// Where each site's languages begin.
    tops: BTreeMap<String, (String, Language)>,
}

impl Shelf {
    /// Puts a build on the shelf: the home site at `/`, every site at `/ID/`.
    #[must_use]
    pub fn new(catalog: Catalog, themes: BTreeMap<String, Theme>, answers: Answers, built: &Built) -> Shelf {
        let home = catalog.home().map(|site| site.id.clone());
        let (mut files, mut forms, mut talks, mut tops) = (BTreeMap::new(), BTreeMap::new(), BTreeMap::new(), BTreeMap::new());
        for (site, artifacts) in &built.sites {
            let mut roots = vec![format!("/{site}/")];
            if home.as_ref() == Some(site) {
                roots.push("/".to_owned());
            }
            for artifact in artifacts {
                let shelved = Shelved {
                    etag: etag(&artifact.bytes),
                    bytes: artifact.bytes.as_slice().into(),
                    content_type: content_type(artifact.path.as_str()),
                };
                for root in &roots {
                    files.insert(format!("{root}{}", artifact.path), shelved.clone());
                }
            }
            let Some(own) = catalog.sites.get(site) else { continue };
            let addresses = Addresses { first: own.first_language() };
            for (root, language) in roots.iter().flat_map(|root| own.languages.iter().map(move |language| (root, *language))) {
                for survey in &own.surveys {
                    let form = Spot::Content(Target::Survey(survey.value.clone()));
                    let thanks = format!("{root}{}", addresses.path(&Spot::Thanks(survey.value.clone()), language));
                    let spot = FormSpot { site: site.clone(), survey: survey.value.clone(), language, thanks, in_room: false };
                    forms.insert(format!("{root}{}", addresses.path(&form, language)), spot);
                }
                let directory = catalog.talks(own);
                for consultant in directory.iter().flat_map(|(directory, _)| &directory.people).map(|person| Some(&person.id)).chain([None])
                {
                    let spot = consultant.map_or(Spot::Erase, |id| Spot::Nomination(id.clone()));
                    let talk = TalkSpot { site: site.clone(), language, consultant: consultant.cloned() };
                    if directory.is_some() {
                        talks.insert(format!("{root}{}", addresses.path(&spot, language)), talk);
                    }
                }
                let page = format!("{root}{}", addresses.path(&Spot::NotFound, language));
                tops.insert(page.trim_end_matches("404.html").to_owned(), (site.clone(), language));
            }
        }
        let tags: String = files.iter().map(|(path, file)| format!("{path} {}\n", file.etag)).collect();
        Shelf { catalog, themes, answers, version: etag(tags.as_bytes()), files, forms, talks, tops }
    }

    /// The file of an address. A folder is its `index.html`; a page may be asked for without its ending.
    #[must_use]
    pub fn get(&self, path: &str) -> Option<&Shelved> {
        self.name(path).and_then(|name| self.files.get(&name))
    }

    /// The form of an address.
    #[must_use]
    pub fn form(&self, path: &str) -> Option<&FormSpot> {
        self.forms.get(path).or_else(|| self.forms.get(&format!("{path}.html")))
    }

    /// Where somebody is asked for a talk, of an address.
    #[must_use]
    pub fn talk(&self, path: &str) -> Option<&TalkSpot> {
        self.talks.get(path).or_else(|| self.talks.get(&format!("{path}.html")))
    }

    /// The shortest address of a survey's form in a language.
    #[must_use]
    pub fn form_address(&self, survey: &str, language: Language) -> Option<&str> {
        let own = self.forms.iter().filter(|(_, spot)| spot.survey == survey && spot.language == language);
        own.map(|(address, _)| address.as_str()).min_by_key(|address| address.len())
    }

    /// The addresses of a survey's form, the shortest of each language, in the order in which they are offered.
    #[must_use]
    pub fn form_addresses(&self, survey: &str) -> Vec<(Language, String)> {
        let spoken = self.catalog.spoken(survey).into_iter();
        spoken.filter_map(|language| Some((language, self.form_address(survey, language)?.to_owned()))).collect()
    }

    /// The address of a survey's form in the first of its languages.
    #[must_use]
    pub fn form_of(&self, survey: &str) -> Option<String> {
        self.form_addresses(survey).into_iter().next().map(|(_, address)| address)
    }

    /// «There is no such page» for an address: of the nearest site and language, with links that hold at that depth.
    #[must_use]
    pub fn not_found(&self, path: &str, today: Today) -> Option<String> {
        let nearest = self.tops.iter().filter(|(top, _)| path.starts_with(top.as_str())).max_by_key(|(top, _)| top.len());
        let (top, (site, language)) = nearest?;
        let (site, theme) = (self.catalog.sites.get(site)?, self.themes.get(site)?);
        let material = Material { catalog: &self.catalog, site, theme, today };
        let folders = path[top.len()..].matches('/').count();
        message::not_found_below(&Edition { material, language: *language }, folders).ok()
    }

    /// The same with this survey in place of the one of its id; its files are as they were.
    #[must_use]
    pub(super) fn with_survey(&self, survey: Survey) -> Shelf {
        let mut other = self.clone();
        other.catalog.surveys.insert(survey.id.clone(), survey);
        other
    }

    /// Every form.
    pub(super) fn forms(&self) -> impl Iterator<Item = &FormSpot> {
        self.forms.values()
    }

    /// The files of a site, by their paths below it.
    pub(super) fn site_files(&self, site: &str) -> impl Iterator<Item = (&str, &Shelved)> {
        let root = format!("/{site}/");
        self.files.iter().filter_map(move |(path, file)| Some((path.strip_prefix(&root)?, file)))
    }

    fn name(&self, path: &str) -> Option<String> {
        let tries = [path.to_owned(), format!("{path}.html"), format!("{}/index.html", path.trim_end_matches('/'))];
        tries.into_iter().find(|name| self.files.contains_key(name))
    }
}

/// The type of a file, by its ending.
pub(super) fn content_type(path: &str) -> &'static str {
    match path.rsplit_once('.').map(|(_, ending)| ending) {
        Some("html") => "text/html; charset=utf-8",
        Some("css") => "text/css; charset=utf-8",
        Some("js") => "text/javascript; charset=utf-8",
        Some("svg") => "image/svg+xml",
        Some("json") => "application/json",
        Some("xlsx") => "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
        Some("csv") => "text/csv; charset=utf-8",
        Some("txt") => "text/plain; charset=utf-8",
        Some("png") => "image/png",
        Some("jpg" | "jpeg") => "image/jpeg",
        Some("webp") => "image/webp",
        Some("pdf") => "application/pdf",
        _ => "application/octet-stream",
    }
}
