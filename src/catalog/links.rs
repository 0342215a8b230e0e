//! Links inside texts: every target exists, is part of the site that shows the text, and has the heading that is named.

use super::everything::Catalog;
use super::names::{all_targets, exists, picked, unknown};
use super::reference::Target;
use super::site::Site;
use crate::content::yaml::Value;
use crate::content::{Document, Node, RawHtml, Reference, ReferenceKind, Target as Link};
use crate::diagnostic::{Diagnostic, Diagnostics, Place, code};
use std::sync::Arc;

/// A short text of a YAML file that may hold links, as Markdown; all its places are the text's own.
#[derive(Debug, Clone)]
pub(super) struct ShortText {
    file: Arc<str>,
    document: Document,
}

/// Collects the texts of a YAML document that may hold links; links that may lead nowhere are said at once.
pub(super) fn short_texts(node: &Node, texts: &mut Vec<ShortText>, diagnostics: &mut Diagnostics) {
    match &node.value {
        Value::Null => {}
        Value::Scalar(text) if text.contains("](") || text.contains('<') => {
            let (document, faults) = Document::parse(&node.place.file, text, 0);
            let of_links = |fault: &&Diagnostic| fault.code == code::UNSAFE_LINK || fault.code == code::REMOTE_IMAGE;
            for fault in faults.sorted().into_iter().filter(of_links) {
                diagnostics.push(Diagnostic { place: node.place.clone(), ..fault.clone() });
            }
            texts.push(ShortText { file: Arc::clone(&node.place.file), document: document.at(&node.place) });
        }
        Value::Scalar(_) => {}
        Value::List(items) => items.iter().for_each(|item| short_texts(item, texts, diagnostics)),
        Value::Map(entries) => entries.iter().for_each(|(_, value)| short_texts(value, texts, diagnostics)),
    }
}

/// Says every link that leads nowhere.
pub(super) fn check(catalog: &Catalog, texts: &[ShortText], diagnostics: &mut Diagnostics) {
    let mut checker = Checker { catalog, diagnostics };
    let pages = catalog.pages.values().flat_map(|page| page.body.values());
    let modules = catalog
        .modules
        .values()
        .flat_map(|module| module.body.values().chain(module.lessons.iter().flat_map(|lesson| lesson.body.values())));
    for document in pages.chain(modules).chain(texts.iter().map(|text| &text.document)) {
        checker.document(document);
    }
    for site in catalog.sites.values() {
        checker.site(site, texts);
    }
}

struct Checker<'a> {
    catalog: &'a Catalog,
    diagnostics: &'a mut Diagnostics,
}

impl Checker<'_> {
    fn document(&mut self, document: &Document) {
        for reference in document.references() {
            match &reference.target {
                _ if reference.image && !is_chart(reference) => self.image(&reference.place),
                Link::Own { kind, id, anchor } => self.own(*kind, id, anchor.as_deref(), &reference.place),
                Link::Anchor(anchor) => self.anchor(anchor, std::iter::once(document), &reference.place),
                Link::Relative(path) if Target::parse(path).is_some() => {}
                Link::Relative(path) => self.diagnostics.push(
                    Diagnostic::error(
                        code::UNKNOWN_REFERENCE,
                        reference.place.clone(),
                        format!("「{path}」というリンク先はありません。"),
                        format!("There is no target “{path}”."),
                    )
                    .hint(
                        "サイトの中へのリンクは、page:名前、module:名前 のように書きます。",
                        "Inside the site, write page:NAME, module:NAME and so on.",
                    ),
                ),
                Link::External(_) => {}
            }
        }
    }

    fn image(&mut self, place: &Place) {
        self.diagnostics.push(
            Diagnostic::error(
                code::UNKNOWN_REFERENCE,
                place.clone(),
                "ここには画像を置けません。この版で置けるのは、数値の図だけです。",
                "No image can stand here. This version shows charts of data sets only.",
            )
            .hint("数値の図は ![](data:ID) と書きます。", "Write ![](data:ID) for the chart of a data set."),
        );
    }

    fn own(&mut self, kind: ReferenceKind, id: &str, anchor: Option<&str>, place: &Place) {
        let catalog = self.catalog;
        let written = format!("{}:{id}", kind.word());
        let Some(target) = Target::parse(&written).filter(|target| exists(catalog, target)) else {
            let known = all_targets(catalog);
            unknown(self.catalog, self.diagnostics, place, ("リンク先", "target"), &written, known.iter().map(String::as_str));
            return;
        };
        let Some(anchor) = anchor else { return };
        let documents: Vec<&Document> = match &target {
            Target::Page(id) => catalog.pages.get(id).map(|page| page.body.values().collect()).unwrap_or_default(),
            Target::Module(id) => catalog.modules.get(id).map(|module| module.body.values().collect()).unwrap_or_default(),
            Target::Lesson(module, lesson) => catalog
                .modules
                .get(module)
                .and_then(|known| known.lessons.iter().find(|one| one.id == *lesson))
                .map(|lesson| lesson.body.values().collect())
                .unwrap_or_default(),
            _ => return,
        };
        self.anchor(anchor, documents.into_iter(), place);
    }

    fn anchor<'d>(&mut self, anchor: &str, documents: impl Iterator<Item = &'d Document>, place: &Place) {
        let known: Vec<&str> = documents.flat_map(|document| document.headings().map(|heading| heading.id.as_str())).collect();
        if !known.contains(&anchor) {
            unknown(self.catalog, self.diagnostics, place, ("見出し", "heading"), anchor, known.into_iter());
        }
    }

    /// What a site shows leads to what it has too, and holds no HTML that would be printed as it stands. A text that several sites
    /// show may lead to what one of them has: on the others its words stand without a link.
    fn site(&mut self, site: &Site, texts: &[ShortText]) {
        let catalog = self.catalog;
        let pages = site.pages.iter().filter_map(|name| catalog.pages.get(&name.value)).flat_map(|page| page.body.values());
        let modules = site.modules.iter().filter_map(|name| catalog.modules.get(&name.value));
        let modules = modules.flat_map(|module| module.body.values().chain(module.lessons.iter().flat_map(|lesson| lesson.body.values())));
        let short = texts.iter().filter(|text| shows(site, &text.file)).map(|text| &text.document);
        for document in pages.chain(modules).chain(short) {
            for reference in document.references() {
                let Link::Own { kind, id, .. } = &reference.target else { continue };
                let Some(target) = Target::parse(&format!("{}:{id}", kind.word())) else { continue };
                let file = &reference.place.file;
                let elsewhere = || catalog.sites.values().any(|other| picked(other, &target) && shows_file(other, file));
                if exists(catalog, &target) && !picked(site, &target) && !elsewhere() {
                    self.not_part(site, &target, &reference.place);
                }
            }
            if site.raw_html == RawHtml::Escape {
                document.raw_html().iter().for_each(|place| self.raw_html(place));
            }
        }
    }

    fn not_part(&mut self, site: &Site, target: &Target, place: &Place) {
        self.diagnostics.push(
            Diagnostic::error(
                code::UNKNOWN_REFERENCE,
                place.clone(),
                format!("「{target}」は、この文を載せるサイト「{}」に入っていません。", site.id),
                format!("“{target}” is not part of the site “{}”, which shows this text.", site.id),
            )
            .hint("サイトの一覧（pages、modules など）に足してください。", "Add it to the site’s lists (pages, modules, …)."),
        );
    }

    fn raw_html(&mut self, place: &Place) {
        self.diagnostics.push(
            Diagnostic::warning(
                code::RAW_HTML,
                place.clone(),
                "HTML のタグは、文字のまま表示されます。",
                "HTML tags are shown as they are written.",
            )
            .hint(
                "Markdown で書き直すか、サイトに「raw_html: sanitize」と書いてください。",
                "Write it in Markdown, or give the site “raw_html: sanitize”.",
            ),
        );
    }
}

fn is_chart(reference: &Reference) -> bool {
    matches!(reference.target, Link::Own { kind: ReferenceKind::Data, .. })
}

/// Whether a site shows texts of this file, a page perhaps.
fn shows_file(site: &Site, file: &str) -> bool {
    match file.strip_prefix("content/pages/") {
        Some(name) => name.split('.').next().is_some_and(|id| site.pages.iter().any(|page| page.value == id)),
        None => shows(site, file),
    }
}

/// Whether a site shows texts of this file.
fn shows(site: &Site, file: &str) -> bool {
    let Some((folder, name)) = file.strip_prefix("content/").and_then(|path| path.split_once('/')) else { return false };
    let id = name.split(['/', '.']).next().unwrap_or_default();
    let list = match folder {
        "sites" => return site.id == id,
        "modules" => &site.modules,
        "surveys" => &site.surveys,
        "data" => &site.data,
        "reports" => &site.reports,
        "plans" => &site.plans,
        "cohorts" => &site.cohorts,
        "consultants" => return site.consultants.as_ref().is_some_and(|talks| talks.from.value == id),
        _ => return false,
    };
    list.iter().any(|one| one.value == id)
}
