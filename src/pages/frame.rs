//! The frame of a page: what stands around every page of a site, whatever its kind.

use super::address::{Spot, relative};
use super::brand::{self, LogoView};
use super::edition::{Edition, LinkView};
use super::render::Markup;
use crate::catalog::site::Visibility;
use crate::catalog::{Located, Source, Target};
use crate::diagnostic::Diagnostics;
use crate::output::{Artifact, RelativePath};
use serde::Serialize;

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
    /// It has colours of its own, in a style sheet of their own.
    dyed: bool,
    logo: Option<LogoView>,
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
    /// The frame of a page: title, description, language switch. What else it has is set by its kind.
    pub(super) fn page_view(&self, spot: &Spot, title: String, description: String) -> PageView {
        let path = self.path(spot);
        let same = match spot {
            Spot::NotFoundBelow(_) => &Spot::NotFound,
            Spot::InvitationBelow(_) => &Spot::Invitation,
            _ => spot,
        };
        let languages = self.material.site.languages.iter().map(|&language| LanguageView {
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
        let organisation = self.organisation();
        let brand = site.brand.as_ref();
        let assets = relative(&self.path(spot), "assets/");
        SiteView {
            dyed: brand.is_some_and(|brand| brand.colours.is_some()),
            logo: brand.and_then(|brand| brand::logo(brand, &assets, |alt| self.plain(alt))),
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
    let here = match spot {
        Spot::Consultant(_) | Spot::Nomination(_) | Spot::Erase => return (*link == Target::Consultants).then_some("true"),
        Spot::Content(here) => here,
        _ => return None,
    };
    if here == link {
        return Some("page");
    }
    let belongs = match (here, link) {
        (Target::Module(_) | Target::Lesson(..) | Target::Worksheet(..), Target::Modules)
        | (Target::Survey(_), Target::Surveys)
        | (Target::Dataset(_), Target::Data)
        | (Target::Report(_) | Target::Plan(_), Target::Reports)
        | (Target::Source(_), Target::Sources)
        | (Target::Matching, Target::Consultants) => true,
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
