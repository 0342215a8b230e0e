//! An edition: one site in one language, and what every page of it shares: links, words, header and footer.

use super::address::{Addresses, Spot, anchor, relative};
use super::render::Markup;
use super::theme::Theme;
use crate::catalog::site::Link;
use crate::catalog::{Catalog, Located, Site, Target};
use crate::content::{self, Reference, ResolvedLink, inline_linked, plain};
use crate::language::{Language, Text, Today};
use serde::Serialize;

/// All that the pages of a site are made of.
#[derive(Debug, Clone, Copy)]
pub struct Material<'a> {
    /// Everything on offer.
    pub catalog: &'a Catalog,
    /// The site.
    pub site: &'a Site,
    /// What the pages are made with.
    pub theme: &'a Theme,
    /// The moment of the build and its day, which decide whether surveys are open. No page prints it, so that the build of another day is the same.
    pub today: Today,
}

/// One site in one language.
#[derive(Debug, Clone, Copy)]
pub struct Edition<'a> {
    /// The site and its content.
    pub material: Material<'a>,
    /// The language of its pages.
    pub language: Language,
}

/// A link in a page.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub(super) struct LinkView {
    pub href: Option<String>,
    pub label: String,
    pub current: Option<&'static str>,
}

impl LinkView {
    pub(super) fn new(href: String, label: impl Into<String>) -> LinkView {
        LinkView { href: Some(href), label: label.into(), current: None }
    }
}

impl<'a> Edition<'a> {
    /// The addresses of the site.
    #[must_use]
    pub fn addresses(&self) -> Addresses {
        Addresses { first: self.material.site.first_language() }
    }

    /// The path of a page in this language. What is no page of the site itself, such as a letter or the operator's desk, may be in a
    /// language that the site has not: then it leads to the page in the site's first one.
    #[must_use]
    pub fn path(&self, spot: &Spot) -> String {
        self.addresses().path(spot, self.material.site.language_for(self.language))
    }

    /// A text in this language.
    #[must_use]
    pub fn read<'t>(&self, text: &'t Text) -> &'t str {
        text.in_language(self.language)
    }

    /// A text in this language, without markup: for titles, labels and buttons.
    #[must_use]
    pub fn plain(&self, text: &Text) -> String {
        plain(self.read(text))
    }

    /// Whose site it is: the name of its brand, or the project's organisation.
    #[must_use]
    pub fn organisation(&self) -> String {
        let brand = self.material.site.brand.as_ref().and_then(|brand| brand.name.as_ref());
        self.plain(brand.unwrap_or(&self.material.catalog.project.organisation))
    }

    /// What the theme says.
    #[must_use]
    pub fn say<'k>(&self, key: &'k str) -> &'k str
    where
        'a: 'k,
    {
        self.material.theme.phrases(self.language).say(key)
    }

    /// What the theme says, with names filled in.
    #[must_use]
    pub fn fill(&self, key: &str, values: &[(&str, &str)]) -> String {
        self.material.theme.phrases(self.language).fill(key, values)
    }

    /// A short text with its emphasis and links, as seen from a page.
    #[must_use]
    pub fn inline(&self, from: &Spot, text: &Text) -> Markup {
        let resolve = |reference: &Reference| self.resolve(from, reference);
        Markup::trusted(inline_linked(self.read(text), &resolve).into_string())
    }

    /// Where a reference in a text leads, as seen from a page; `None` where this site has no such page.
    #[must_use]
    pub fn resolve(&self, from: &Spot, reference: &Reference) -> Option<ResolvedLink> {
        let (target, fragment) = match &reference.target {
            content::Target::Own { kind, id, anchor } => (Target::parse(&format!("{}:{id}", kind.word()))?, anchor.as_deref()),
            content::Target::Relative(name) => (Target::parse(name).filter(|target| !target.to_string().contains(':'))?, None),
            content::Target::Anchor(_) | content::Target::External(_) => return None,
        };
        if !self.has(&target) {
            return None;
        }
        let mut href = self.link(from, &target);
        if let Some(fragment) = fragment {
            href.push('#');
            href.push_str(fragment);
        }
        Some(ResolvedLink { href, label: Some(self.label(&target)) })
    }

    /// The link from a page to a target.
    #[must_use]
    pub fn link(&self, from: &Spot, to: &Target) -> String {
        let mut href = self.link_to(from, &Spot::Content(to.clone()));
        if let Some(anchor) = anchor(to) {
            href.push('#');
            href.push_str(anchor);
        }
        href
    }

    /// The link from a page to another.
    #[must_use]
    pub fn link_to(&self, from: &Spot, to: &Spot) -> String {
        relative(&self.path(from), &self.path(to))
    }

    /// Whether this site has a page for a target.
    #[must_use]
    pub fn has(&self, target: &Target) -> bool {
        let site = self.material.site;
        let holds = |list: &[Located<String>], id: &str| list.iter().any(|one| one.value == id);
        match target {
            Target::Home | Target::Modules | Target::Surveys | Target::Data | Target::Reports | Target::Sources => true,
            Target::Consultants => site.consultants.is_some(),
            Target::Matching => site.consultants.as_ref().is_some_and(|talks| talks.only.is_none()),
            Target::Page(id) => holds(&site.pages, id),
            Target::Module(id) => holds(&site.modules, id),
            Target::Lesson(module, id) => {
                holds(&site.modules, module)
                    && self.material.catalog.modules.get(module).is_some_and(|module| module.lessons.iter().any(|lesson| lesson.id == *id))
            }
            Target::Worksheet(module, id) => {
                holds(&site.modules, module)
                    && self.material.catalog.modules.get(module).is_some_and(|module| module.worksheet(id).is_some())
            }
            Target::Survey(id) => holds(&site.surveys, id),
            Target::Dataset(id) => holds(&site.data, id),
            Target::Report(id) => holds(&site.reports, id),
            Target::Plan(id) => holds(&site.plans, id),
            Target::Cohorts(id) => holds(&site.cohorts, id),
            Target::Source(id) => self.material.catalog.source(id).is_some(),
        }
    }

    /// What a target is called.
    #[must_use]
    pub fn label(&self, target: &Target) -> String {
        let catalog = self.material.catalog;
        let named = |text: Option<&Text>| text.map(|text| self.plain(text)).unwrap_or_default();
        match target {
            Target::Home => self.plain(&self.material.site.title),
            Target::Modules => self.say("modules").to_owned(),
            Target::Surveys => self.say("surveys").to_owned(),
            Target::Data => self.say("data").to_owned(),
            Target::Reports => self.say("reports").to_owned(),
            Target::Sources => self.say("sources").to_owned(),
            Target::Consultants => named(catalog.talks(self.material.site).map(|(directory, _)| &directory.title)),
            Target::Matching => self.say("matching").to_owned(),
            Target::Page(id) => named(catalog.pages.get(id).map(|page| &page.title)),
            Target::Module(id) => named(catalog.modules.get(id).map(|module| &module.title)),
            Target::Lesson(module, id) => named(
                catalog.modules.get(module).and_then(|module| module.lessons.iter().find(|lesson| lesson.id == *id)).map(|l| &l.title),
            ),
            Target::Worksheet(module, id) => {
                named(catalog.modules.get(module).and_then(|module| module.worksheet(id)).map(|sheet| &sheet.title))
            }
            Target::Survey(id) => named(catalog.surveys.get(id).map(|survey| &survey.title)),
            Target::Dataset(id) => named(catalog.data.get(id).map(|dataset| &dataset.exhibit.title)),
            Target::Report(id) => named(catalog.reports.get(id).map(|report| &report.title)),
            Target::Plan(id) => named(catalog.plans.get(id).map(|plan| &plan.title)),
            Target::Cohorts(id) => named(catalog.cohorts.get(id).map(|cohorts| &cohorts.title)),
            Target::Source(id) => named(catalog.source(id).map(|source| &source.title)),
        }
    }

    /// A link that content defines, with its own words or its target's name.
    pub(super) fn link_view(&self, from: &Spot, link: &Link) -> LinkView {
        let label = link.label.as_ref().map_or_else(|| self.label(&link.to.value), |label| self.plain(label));
        LinkView::new(self.link(from, &link.to.value), label)
    }

    /// A target with its name, as a link.
    pub(super) fn target_view(&self, from: &Spot, target: &Target) -> LinkView {
        LinkView::new(self.link(from, target), self.label(target))
    }
}
