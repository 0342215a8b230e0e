//! An edition: one site in one language, and what every page of it shares: links, words, header and footer.

use super::address::{Addresses, Spot, anchor, relative};
use super::render::Markup;
use super::theme::Theme;
use crate::catalog::site::{Link, Visibility};
use crate::catalog::{Catalog, Located, Site, Source, Target};
use crate::content::{self, Reference, ResolvedLink, inline_linked, plain};
use crate::diagnostic::Diagnostics;
use crate::language::{Language, Text, Today};
use crate::output::{Artifact, RelativePath};
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

#[derive(Debug, Clone, Serialize)]
pub(super) struct LanguageView {
    code: &'static str,
    label: &'static str,
    href: String,
    current: bool,
}

/// What the frame of a page knows of it.
#[derive(Debug, Clone, Serialize)]
pub(super) struct PageView {
    pub language: &'static str,
    pub policy: String,
    pub title: String,
    pub description: String,
    pub assets: String,
    pub languages: Vec<LanguageView>,
    pub crumbs: Vec<LinkView>,
    pub contents: Vec<LinkView>,
    pub sources: Vec<SourceLine>,
    pub previous: Option<LinkView>,
    pub next: Option<LinkView>,
    pub before: String,
    pub after: String,
}

/// A source at the foot of a page.
#[derive(Debug, Clone, Serialize)]
pub(super) struct SourceLine {
    title: String,
    line: String,
    note: Option<Markup>,
    href: String,
    link: String,
}

#[derive(Debug, Clone, Serialize)]
pub(super) struct SiteView {
    title: String,
    organisation: String,
    sample: bool,
    internal: bool,
    home: String,
    navigation: Vec<LinkView>,
    footer: Markup,
    footer_links: Vec<LinkView>,
}

/// The frame of a page with what is special to its kind.
#[derive(Serialize)]
struct Framed<'v, V: Serialize> {
    page: &'v PageView,
    site: SiteView,
    #[serde(flatten)]
    special: &'v V,
}

impl<'a> Edition<'a> {
    /// The addresses of the project.
    #[must_use]
    pub fn addresses(&self) -> Addresses {
        Addresses { first: self.material.catalog.project.languages.first().copied().unwrap_or(Language::Japanese) }
    }

    /// The path of a page in this language.
    #[must_use]
    pub fn path(&self, spot: &Spot) -> String {
        self.addresses().path(spot, self.language)
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
            Target::Page(id) => holds(&site.pages, id),
            Target::Module(id) => holds(&site.modules, id),
            Target::Lesson(module, id) => {
                holds(&site.modules, module)
                    && self.material.catalog.modules.get(module).is_some_and(|module| module.lessons.iter().any(|lesson| lesson.id == *id))
            }
            Target::Survey(id) => holds(&site.surveys, id),
            Target::Dataset(id) => holds(&site.data, id),
            Target::Report(id) => holds(&site.reports, id),
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
            Target::Page(id) => named(catalog.pages.get(id).map(|page| &page.title)),
            Target::Module(id) => named(catalog.modules.get(id).map(|module| &module.title)),
            Target::Lesson(module, id) => named(
                catalog.modules.get(module).and_then(|module| module.lessons.iter().find(|lesson| lesson.id == *id)).map(|l| &l.title),
            ),
            Target::Survey(id) => named(catalog.surveys.get(id).map(|survey| &survey.title)),
            Target::Dataset(id) => named(catalog.data.get(id).map(|dataset| &dataset.exhibit.title)),
            Target::Report(id) => named(catalog.reports.get(id).map(|report| &report.title)),
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

    /// The frame of a page: title, description, language switch. What else it has is set by its kind.
    pub(super) fn page_view(&self, spot: &Spot, title: String, description: String) -> PageView {
        let path = self.path(spot);
        let same = match spot {
            Spot::NotFoundBelow(_) => &Spot::NotFound,
            Spot::InvitationLink => &Spot::Invitation,
            _ => spot,
        };
        let languages = self.material.catalog.project.languages.iter().map(|&language| LanguageView {
            code: language.code(),
            label: language.label(),
            href: relative(&path, &self.addresses().path(same, language)),
            current: language == self.language,
        });
        PageView {
            language: self.language.code(),
            policy: self.policy(),
            title,
            description,
            assets: relative(&path, "assets/"),
            languages: languages.collect(),
            crumbs: Vec::new(),
            contents: Vec::new(),
            sources: Vec::new(),
            previous: None,
            next: None,
            before: self.say("previous_page").to_owned(),
            after: self.say("next_page").to_owned(),
        }
    }

    /// The way from the first page to this one, itself last.
    pub(super) fn crumbs(&self, spot: &Spot, between: &[Target], own: &str) -> Vec<LinkView> {
        let mut crumbs = vec![self.target_view(spot, &Target::Home)];
        crumbs.extend(between.iter().map(|target| self.target_view(spot, target)));
        crumbs.push(LinkView { href: None, label: own.to_owned(), current: None });
        crumbs
    }

    /// The sources of a page, each as a line with a way to its entry.
    pub(super) fn source_lines(&self, spot: &Spot, ids: impl IntoIterator<Item = &'a Located<String>>) -> Vec<SourceLine> {
        let known = ids.into_iter().filter_map(|id| self.material.catalog.source(&id.value));
        known
            .map(|source| SourceLine {
                title: self.plain(&source.title),
                line: self.source_line(source),
                note: source.note.as_ref().map(|note| self.inline(spot, note)),
                href: self.link(spot, &Target::Source(source.id.clone())),
                link: self.say("source_more").to_owned(),
            })
            .collect()
    }

    fn source_line(&self, source: &Source) -> String {
        let parts = [Some(&source.by), Some(&source.date), source.sample.as_ref()];
        let parts: Vec<String> = parts.into_iter().flatten().map(|text| self.plain(text)).filter(|text| !text.is_empty()).collect();
        parts.join(self.say("list_gap"))
    }

    /// A page, made of its frame and what is special to its kind.
    ///
    /// # Errors
    ///
    /// The fault in the theme's template.
    pub(super) fn render(&self, template: &str, spot: &Spot, page: &PageView, special: &impl Serialize) -> Result<String, Diagnostics> {
        let theme = self.material.theme;
        let framed = Framed { page, site: self.site_view(spot), special };
        theme.renderer().render(template, &framed, &[("say", theme.words(self.language))])
    }

    /// A page as a file of the site.
    pub(super) fn artifact(&self, template: &str, spot: &Spot, page: &PageView, special: &impl Serialize) -> Result<Artifact, Diagnostics> {
        let text = self.render(template, spot, page, special)?;
        file(self.path(spot), text.into_bytes())
    }

    fn site_view(&self, spot: &Spot) -> SiteView {
        let material = &self.material;
        let site = material.site;
        let mut navigation: Vec<LinkView> = site.navigation.iter().map(|link| self.link_view(spot, link)).collect();
        for (view, link) in navigation.iter_mut().zip(&site.navigation) {
            view.current = current(spot, &link.to.value);
        }
        let organisation = self.plain(&material.catalog.project.organisation);
        SiteView {
            title: self.plain(&site.title),
            sample: site.sample && !organisation.contains(self.say("sample")),
            organisation,
            internal: site.visibility == Visibility::Internal,
            home: self.link(spot, &Target::Home),
            navigation,
            footer: self.inline(spot, &site.footer),
            footer_links: self.lists_with_something().map(|target| self.target_view(spot, &target)).collect(),
        }
    }

    /// The lists of sources and figures, where this site has any.
    fn lists_with_something(&self) -> impl Iterator<Item = Target> {
        let sources = (!self.material.catalog.sources.is_empty()).then_some(Target::Sources);
        sources.into_iter().chain((!self.material.site.data.is_empty()).then_some(Target::Data))
    }

    /// What a page may load: its own files, nothing else. Forms may post to the site and to its collector, and ask whether that is there.
    fn policy(&self) -> String {
        let collector = self.material.site.collector.as_deref().and_then(origin).map(|origin| format!(" {origin}")).unwrap_or_default();
        format!(
            "default-src 'none'; img-src 'self' data:; style-src 'self'; script-src 'self'; connect-src 'self'{collector}; form-action 'self'{collector}; base-uri 'none'"
        )
    }
}

/// Scheme, host and port of an address.
fn origin(address: &str) -> Option<&str> {
    let after = address.find("://")? + 3;
    let end = address[after..].find(['/', '?', '#']).map_or(address.len(), |end| after + end);
    Some(&address[..end])
}

/// A file of a site.
///
/// # Errors
///
/// A path that some system could not write, as a fault.
pub(super) fn file(path: String, bytes: Vec<u8>) -> Result<Artifact, Diagnostics> {
    use crate::diagnostic::{Diagnostic, Place, code};
    match RelativePath::new(path.clone()) {
        Ok(path) => Ok(Artifact { path, bytes }),
        Err(words) => {
            let mut diagnostics = Diagnostics::new();
            diagnostics.push(Diagnostic::error(code::FILE_NAME, Place::whole(&path.into()), words.ja, words.en));
            Err(diagnostics)
        }
    }
}

/// Whether a link of the header is this page, or the part of the site that this page belongs to.
fn current(spot: &Spot, link: &Target) -> Option<&'static str> {
    let Spot::Content(here) = spot else { return None };
    if here == link {
        return Some("page");
    }
    let belongs = match (here, link) {
        (Target::Module(_) | Target::Lesson(..), Target::Modules)
        | (Target::Survey(_), Target::Surveys)
        | (Target::Dataset(_), Target::Data)
        | (Target::Report(_), Target::Reports)
        | (Target::Source(_), Target::Sources) => true,
        (Target::Page(here), Target::Page(link)) => {
            here.split_once('/').zip(link.split_once('/')).is_some_and(|((here, _), (link, _))| here == link)
        }
        _ => false,
    };
    belongs.then_some("true")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_header_knows_where_we_are() {
        let page = |id: &str| Target::Page(id.into());
        for (here, link, expected) in [
            (Target::Modules, Target::Modules, Some("page")),
            (Target::Lesson("a".into(), "b".into()), Target::Modules, Some("true")),
            (Target::Survey("a".into()), Target::Reports, None),
            (page("background/figures"), page("background/opening"), Some("true")),
            (page("about"), page("privacy"), None),
        ] {
            assert_eq!(current(&here.into(), &link), expected);
        }
    }

    #[test]
    fn the_origin_of_a_collector_is_what_forms_may_post_to() {
        assert_eq!(origin("https://collect.example.org:8443/a/b?c"), Some("https://collect.example.org:8443"));
        assert_eq!(origin("http://192.0.2.10:8080"), Some("http://192.0.2.10:8080"));
        assert_eq!(origin("nowhere"), None);
    }
}
