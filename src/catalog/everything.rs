//! Everything on offer in a project.

use super::dataset::Dataset;
use super::module::Module;
use super::page::Page;
use super::project::{Project, Source};
use super::report::Report;
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

    /// The languages of the project, the default first.
    #[must_use]
    pub fn languages(&self) -> &[Language] {
        &self.project.languages
    }

    /// The waves of which a survey is one, in the order of their days; itself among them only where it is called one.
    #[must_use]
    pub fn waves(&self, survey: &Survey) -> Vec<&Survey> {
        let mut waves: Vec<&Survey> =
            self.surveys.values().filter(|wave| wave.wave.is_some() && wave.family() == survey.family()).collect();
        waves.sort_by(|one, other| (one.begins(), &one.id).cmp(&(other.begins(), &other.id)));
        waves
    }

    /// The site that `serve` shows at `/`.
    #[must_use]
    pub fn home(&self) -> Option<&Site> {
        self.project.home.as_ref().and_then(|home| self.sites.get(&home.value)).or_else(|| self.sites.values().next())
    }
}
