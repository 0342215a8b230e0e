//! All pages of a site, or some of its reports, in one HTML file. It has no script and asks for nothing: leaves are shown by where the address
//! points (`:target`), so it opens from a mail, from a stick, and where scripts are taken out. The pages of surveys are left out,
//! because nobody could take their answers, and worksheets, which nothing could keep; they are linked where the site is served.

use super::classes::{restyled, short};
use super::drawings::Drawings;
use super::leaf::{Leaf, Shelf, data, id, resolve};
use super::markup::{Piece, Tag, element, inside, pieces};
use super::unused::{classes, without_unused};
use crate::catalog::site::Visibility;
use crate::catalog::{Report, Target};
use crate::content::byte_letters::base64;
use crate::diagnostic::Diagnostics;
use crate::language::Language;
use crate::output::Artifact;
use crate::pages::address::Spot;
use crate::pages::edition::{Edition, Material};
use crate::pages::render::Markup;
use crate::pages::site::{parts, spots};
use crate::pages::theme::HANDOUT_STYLES;
use serde::Serialize;
use sha2::{Digest, Sha256};
use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;

#[derive(Serialize)]
struct View {
    language: &'static str,
    title: String,
    policy: String,
    internal: bool,
    icon: Option<String>,
    style: Markup,
    shared: Markup,
    frames: Vec<FrameView>,
    leaves: Vec<LeafView>,
}

/// What stands around all leaves of a language.
#[derive(Serialize)]
struct FrameView {
    language: &'static str,
    /// The ways to each of several reports.
    parts: Vec<PartView>,
    parts_label: String,
    header: Markup,
    internal: String,
    footer: Markup,
    note: String,
}

#[derive(Serialize)]
struct PartView {
    id: String,
    label: String,
}

#[derive(Serialize)]
struct LeafView {
    id: String,
    language: &'static str,
    languages: Markup,
    main: Markup,
    tables: Option<TablesView>,
}

/// All tables of a leaf as one file.
#[derive(Serialize)]
struct TablesView {
    href: String,
    name: String,
    label: String,
}

/// A page that is bound in.
struct Page<'a> {
    path: String,
    language: Language,
    pieces: Vec<Piece<'a>>,
}

/// The one file, made of a site's files; with `reports` these alone, the first one on top, with `language` its pages alone. The same files make the
/// same bytes.
///
/// # Errors
///
/// A fault in the theme's template.
pub fn book(
    material: &Material<'_>,
    artifacts: &[Artifact],
    reports: &[&Report],
    language: Option<Language>,
) -> Result<Vec<u8>, Diagnostics> {
    let files: BTreeMap<&str, &[u8]> = artifacts.iter().map(|file| (file.path.as_str(), file.bytes.as_slice())).collect();
    let pages: Vec<Page<'_>> = chosen(material, &files, reports);
    let pages: Vec<Page<'_>> = pages.into_iter().filter(|page| language.is_none_or(|only| only == page.language)).collect();
    let first = pages.first().map_or(Language::Japanese, |page| page.language);
    let mut shelf = Shelf {
        leaves: pages.iter().map(|page| page.path.clone()).collect(),
        served: material.site.collector.clone(),
        // Workbooks of several reports would be heavier than all else
        workbooks: reports.len() == 1,
        files,
        ..Shelf::default()
    };
    shelf.shorten(pages.iter().map(|page| (page.path.as_str(), page.pieces.as_slice())));
    let languages: BTreeSet<Language> = pages.iter().map(|page| page.language).collect();
    let style = style(material, &shelf, &pages, &languages, first);
    shelf.classes = short(pages.iter().map(Page::main), &style);
    let mut style = restyled(&style, &shelf.classes);
    shelf.drawings = Drawings::of(pages.iter().map(|page| (page.path.as_str(), page.main())), &style);
    style.push_str(&shelf.drawings.style);
    let edition = Edition { material: *material, language: first };
    let title = match reports {
        [report] => edition.plain(&report.title),
        _ => edition.plain(&material.site.title),
    };
    let internal =
        material.site.visibility == Visibility::Internal || reports.iter().any(|report| report.visibility == Visibility::Internal);
    let mut view = View {
        language: first.code(),
        title,
        policy: String::new(),
        internal,
        icon: data("assets/mark.svg", &shelf.files),
        style: Markup::trusted(String::new()),
        shared: Markup::trusted(shelf.drawings.shared.clone()),
        frames: frames(material, &shelf, &pages, reports, internal),
        leaves: pages.iter().map(|page| leaf(material, &shelf, page)).collect(),
    };
    let render = |view: &View| material.theme.renderer().render("single.html", view, &[("say", material.theme.words(first))]);
    // Which rules it needs is seen when all else is there
    let style = without_unused(&style, &classes(&render(&view)?));
    view.policy = format!("default-src 'none'; img-src data:; style-src '{}'; base-uri 'none'; form-action 'none'", sum(&style));
    view.style = Markup::trusted(format!("<style>{style}</style>"));
    render(&view).map(String::into_bytes)
}

/// How a policy names a style or a script that stands in its page.
#[must_use]
pub(super) fn sum(text: &str) -> String {
    format!("sha256-{}", base64(&Sha256::digest(text.as_bytes())))
}

/// The pages that make sense without a server, language by language.
fn chosen<'a>(material: &Material<'_>, files: &BTreeMap<&str, &'a [u8]>, reports: &[&Report]) -> Vec<Page<'a>> {
    let spots = match reports {
        [] => spots(material.catalog, material.site),
        reports => reports.iter().flat_map(|report| std::iter::once(spot_of(report)).chain(parts(material.catalog, &report.id))).collect(),
    };
    let reads = |spot: &&Spot| match spot {
        Spot::Content(target) => !matches!(target, Target::Survey(_) | Target::Surveys | Target::Worksheet(..) | Target::Matching),
        Spot::Part(..) | Spot::Consultant(_) => true,
        _ => false,
    };
    let mut pages = Vec::new();
    for language in &material.site.languages {
        let edition = Edition { material: *material, language: *language };
        for spot in spots.iter().filter(reads) {
            let path = edition.path(spot);
            let text = files.get(path.as_str()).and_then(|bytes| std::str::from_utf8(bytes).ok());
            pages.extend(text.map(|text| Page { path, language: *language, pieces: pieces(text) }));
        }
    }
    pages
}

fn spot_of(report: &Report) -> Spot {
    Spot::Content(Target::Report(report.id.clone()))
}

fn is_header(tag: &Tag<'_>) -> bool {
    tag.name == "header" && tag.has_class("header")
}

fn is_switch(tag: &Tag<'_>) -> bool {
    tag.name == "nav" && tag.has_class("languages")
}

impl<'a> Page<'a> {
    /// What it says itself.
    fn main(&self) -> &[Piece<'a>] {
        let body = element(&self.pieces, |tag| tag.name == "main").or_else(|| element(&self.pieces, |tag| tag.name == "body"));
        inside(body.unwrap_or_default())
    }
}

fn leaf(material: &Material<'_>, shelf: &Shelf<'_>, page: &Page<'_>) -> LeafView {
    let mut leaf = Leaf::new(shelf, &page.path).with_tables_together(page.main());
    let edition = Edition { material: *material, language: page.language };
    let switch = element(&page.pieces, is_header).and_then(|header| element(header, is_switch));
    LeafView {
        id: id(&page.path),
        language: page.language.code(),
        languages: Markup::trusted(switch.map(|switch| leaf.write(switch)).unwrap_or_default()),
        main: Markup::trusted(leaf.write(page.main())),
        tables: leaf.zip(page.main()).map(|(name, href)| TablesView { href, name, label: edition.say("single_tables").to_owned() }),
    }
}

/// Header and footer of each language, as its first page has them.
fn frames(material: &Material<'_>, shelf: &Shelf<'_>, pages: &[Page<'_>], reports: &[&Report], internal: bool) -> Vec<FrameView> {
    let mut frames: Vec<FrameView> = Vec::new();
    for page in pages {
        if frames.iter().any(|frame| frame.language == page.language.code()) {
            continue;
        }
        let edition = Edition { material: *material, language: page.language };
        let mut leaf = Leaf::new(shelf, &page.path);
        let header = element(&page.pieces, is_header).map(|header| {
            let switch = element(header, is_switch).unwrap_or_default();
            let at = header.windows(switch.len().max(1)).position(|window| window == switch);
            let kept = header.iter().enumerate().filter(|(index, _)| at.is_none_or(|at| !(at..at + switch.len()).contains(index)));
            // Where we are is said by each leaf's own rules
            let kept: Vec<Piece<'_>> = kept.map(|(_, piece)| without_current(piece)).collect();
            leaf.write(&kept)
        });
        let footer = element(&page.pieces, |tag| tag.name == "footer" && tag.has_class("footer")).map(|footer| leaf.write(footer));
        frames.push(FrameView {
            language: page.language.code(),
            parts_label: edition.say("reports").to_owned(),
            parts: reports
                .iter()
                .filter(|_| reports.len() > 1)
                .map(|report| PartView { id: id(&edition.path(&spot_of(report))), label: edition.plain(&report.title) })
                .collect(),
            header: Markup::trusted(header.unwrap_or_default()),
            internal: if internal { edition.say("internal").to_owned() } else { String::new() },
            footer: Markup::trusted(footer.unwrap_or_default()),
            note: edition.say("single_note").to_owned(),
        });
    }
    frames
}

fn without_current<'a>(piece: &Piece<'a>) -> Piece<'a> {
    match piece {
        Piece::Tag(tag) => {
            let attributes = tag.attributes.iter().copied().filter(|(name, _)| *name != "aria-current").collect();
            Piece::Tag(Tag { attributes, ..tag.clone() })
        }
        text @ Piece::Text(_) => text.clone(),
    }
}

/// All style sheets that the pages ask for, then what one file needs: which leaf is seen.
fn style(material: &Material<'_>, shelf: &Shelf<'_>, pages: &[Page<'_>], languages: &BTreeSet<Language>, first: Language) -> String {
    let mut style = String::new();
    let mut known = BTreeSet::new();
    for page in pages {
        for piece in &page.pieces {
            let Piece::Tag(tag) = piece else { continue };
            let Some(href) = tag.get("href").filter(|_| tag.name == "link" && tag.get("rel") == Some("stylesheet")) else { continue };
            let path = resolve(&page.path, href);
            if let Some(bytes) = shelf.files.get(path.as_str()).filter(|_| known.insert(path.clone())) {
                style.push_str(&carried_in_style(&String::from_utf8_lossy(bytes), &path, shelf));
            }
        }
    }
    let own = format!("{HANDOUT_STYLES}single.css");
    if let Some((_, bytes)) = material.theme.assets().find(|(path, _)| *path == own) {
        style.push_str(&String::from_utf8_lossy(bytes));
    }
    style.push_str(&rules(pages, languages, first));
    style.replace("</", "<\\/")
}

/// A style sheet with its pictures inside.
fn carried_in_style(css: &str, path: &str, shelf: &Shelf<'_>) -> String {
    let mut parts = css.split("url(");
    let mut out = parts.next().unwrap_or_default().to_owned();
    for part in parts {
        let (inner, rest) = part.split_once(')').unwrap_or((part, ""));
        let href = inner.trim().trim_matches(['"', '\'']);
        let held = data(&resolve(path, href), &shelf.files).filter(|_| !href.starts_with("data:"));
        let _ = write!(out, "url({}){rest}", held.as_deref().unwrap_or(inner));
    }
    out
}

/// Which leaf is seen, which language stands around it, and which part of the header is «here».
fn rules(pages: &[Page<'_>], languages: &BTreeSet<Language>, first: Language) -> String {
    let mut css = String::new();
    let nowhere = "body:not(:has(.leaf:target,.leaf :target))";
    if let Some(front) = pages.first() {
        let _ = write!(css, "{nowhere} [id=\"{}\"]{{display:block}}", id(&front.path));
    }
    for language in languages {
        let code = language.code();
        let here = format!("body:has(.in-{code}:target,.in-{code} :target)");
        let _ = write!(css, "{here} .of-{code}{{display:block}}@media print{{{here} .in-{code}{{display:block}}}}");
        if *language == first {
            let _ = write!(css, "{nowhere} .of-{code}{{display:block}}@media print{{{nowhere} .in-{code}{{display:block}}}}");
        }
    }
    for (href, leaves) in current(pages) {
        let here: Vec<String> = leaves.iter().map(|leaf| format!("[id=\"{leaf}\"]:target,[id=\"{leaf}\"] :target")).collect();
        let _ = write!(
            css,
            "body:has({}) :is(.nav,.menu) [href=\"#{href}\"]{{font-weight:700;border-bottom-color:var(--kaki)}}",
            here.join(",")
        );
    }
    css
}

/// The leaves that each link of the headers stands for.
fn current(pages: &[Page<'_>]) -> BTreeMap<String, Vec<String>> {
    let mut all: BTreeMap<String, Vec<String>> = BTreeMap::new();
    for page in pages {
        let header = element(&page.pieces, is_header).unwrap_or_default();
        let nav = element(header, |tag| tag.name == "nav" && tag.has_class("nav")).unwrap_or_default();
        for piece in nav {
            let Piece::Tag(tag) = piece else { continue };
            if let Some(href) = tag.get("href").filter(|_| tag.get("aria-current").is_some()) {
                all.entry(id(&resolve(&page.path, href))).or_default().push(id(&page.path));
            }
        }
    }
    all
}
