//! Everything on offer in a project.

use super::cohorts::Cohorts;
use super::consultants::{Directory, Talks};
use super::dataset::Dataset;
use super::module::Module;
use super::page::Page;
use super::plan::Plan;
use super::project::{Project, Source};
use super::report::{Block, Change, Drivers, Report};
use super::site::Site;
use crate::language::Language;
use crate::survey::Survey;
use std::collections::{BTreeMap, BTreeSet};

/// Everything on offer in a project.
#[derive(Debug, Clone)]
pub struct Catalog {
    /// What is true for all sites.
    pub project: Project,
    /// The sources, in the order of their file.
    pub sources: Vec<Source>,
    /// The sites, by id.
    pub sites: BTreeMap<String, Site>,
    /// The free pages, by id.
    pub pages: BTreeMap<String, Page>,
    /// The modules, by id.
    pub modules: BTreeMap<String, Module>,
    /// The surveys, by id.
    pub surveys: BTreeMap<String, Survey>,
    /// The data sets, by id.
    pub data: BTreeMap<String, Dataset>,
    /// The reports, by id.
    pub reports: BTreeMap<String, Report>,
    /// The plans, by id.
    pub plans: BTreeMap<String, Plan>,
    /// The cohorts, by id.
    pub cohorts: BTreeMap<String, Cohorts>,
    /// The directories of consultants, by id.
    pub consultants: BTreeMap<String, Directory>,
    /// SHA-256 of every file of the content, by its path: of texts and tables with LF line ends and without a byte order mark.
    pub sums: BTreeMap<String, [u8; 32]>,
    /// What is there and could not be read, as it would be referred to: `survey:pulse`, `site:small`.
    pub unread: BTreeSet<String>,
}

impl Catalog {
    /// The source with this id.
    #[must_use]
    pub fn source(&self, id: &str) -> Option<&Source> {
        self.sources.iter().find(|source| source.id == id)
    }

    /// The languages of the project, in which its content is written, the default first. Which of them a site has is its own
    /// ([`Site::languages`]).
    #[must_use]
    pub fn languages(&self) -> &[Language] {
        &self.project.languages
    }

    /// The language of whoever comes to a door of the server without saying one: the first of the home site.
    #[must_use]
    pub fn first_language(&self) -> Language {
        self.home().map(Site::first_language).or_else(|| self.languages().first().copied()).unwrap_or(Language::Japanese)
    }

    /// The languages in which some site shows a survey: those of its first site, the home site before others, then what other sites
    /// add. The project's, where no site shows it.
    #[must_use]
    pub fn spoken(&self, survey: &str) -> Vec<Language> {
        let shows = |site: &&Site| site.surveys.iter().any(|one| one.value == survey);
        let mut languages: Vec<Language> = Vec::new();
        for language in self.home().into_iter().chain(self.sites.values()).filter(shows).flat_map(|site| &site.languages) {
            if !languages.contains(language) {
                languages.push(*language);
            }
        }
        if languages.is_empty() { self.languages().to_vec() } else { languages }
    }

    /// The waves of which a survey is one, in the order of their days; itself among them only where it is called one.
    #[must_use]
    pub fn waves(&self, survey: &Survey) -> Vec<&Survey> {
        let mut waves: Vec<&Survey> =
            self.surveys.values().filter(|wave| wave.wave.is_some() && wave.family() == survey.family()).collect();
        waves.sort_by(|one, other| (one.begins(), &one.id).cmp(&(other.begins(), &other.id)));
        waves
    }

    /// What reports ask of how answers to a survey go together, each once, with its id: `drivers-OUTCOME`, with a number where several
    /// ask of one outcome.
    #[must_use]
    pub fn drivers(&self, survey: &str) -> Vec<(String, &Drivers)> {
        let mut all: Vec<(String, &Drivers)> = Vec::new();
        let blocks = self.reports.values().filter(|report| report.survey.value == survey).flat_map(|report| &report.blocks);
        for block in blocks {
            let Block::Drivers(own) = block else { continue };
            if all.iter().any(|(_, known)| known.asks_the_same(own)) {
                continue;
            }
            let before = all.iter().filter(|(_, known)| known.outcome.value == own.outcome.value).count();
            let number = if before > 0 { format!("-{}", before + 1) } else { String::new() };
            all.push((format!("drivers-{}{number}", own.outcome.value), own));
        }
        all
    }

    /// What reports ask of how the same people changed up to a survey, each once, with its id: `change-BEFORE`, with a number where several
    /// ask of one survey before. What one of them tells of pairs only, all do.
    #[must_use]
    pub fn changes(&self, after: &str) -> Vec<(String, Change)> {
        let mut all: Vec<(String, Change)> = Vec::new();
        let blocks = self.reports.values().filter(|report| report.survey.value == after).flat_map(|report| &report.blocks);
        for block in blocks {
            let Block::Change(own) = block else { continue };
            if let Some((_, known)) = all.iter_mut().find(|(_, known)| known.asks_the_same(own)) {
                known.pairs_only |= own.pairs_only;
                continue;
            }
            let before = all.iter().filter(|(_, known)| known.before.value == own.before.value).count();
            let number = if before > 0 { format!("-{}", before + 1) } else { String::new() };
            all.push((format!("change-{}{number}", own.before.value), own.clone()));
        }
        all
    }
    /// The directory that a site offers, and what it does with it.
    #[must_use]
    pub fn talks<'c>(&'c self, site: &'c Site) -> Option<(&'c Directory, &'c Talks)> {
        let talks = site.consultants.as_ref()?;
        Some((self.consultants.get(&talks.from.value)?, talks))
    }

    /// The site that `serve` shows at `/`.
    #[must_use]
    pub fn home(&self) -> Option<&Site> {
        self.project.home.as_ref().and_then(|home| self.sites.get(&home.value)).or_else(|| self.sites.values().next())
    }
}
