//! A report as slides, one finding each: its title, its chart, n, its source. Without a script they stand one below the other; printed
//! they are pages of 16:9.

use super::blocks::coverage::Covered;
use super::comments::{Quoted, QuotedText};
use super::known::Known;
use super::tile::{self, TileView};
use super::told::{self, Item, MethodLine, Shown};
use super::values;
use crate::catalog::{Report, Target};
use crate::charts::{chart, is_told_apart};
use crate::diagnostic::Diagnostics;
use crate::language::Text;
use crate::output::Artifact;
use crate::pages::address::Spot;
use crate::pages::edition::{Edition, LinkView};
use crate::pages::render::Markup;
use crate::survey::Exhibit;
use crate::survey::exhibit::{Kind, Row};
use serde::Serialize;

/// A drawing higher than this, at its own width of 792, would be too small to read on a slide.
const HIGHEST: f64 = 340.0;

#[derive(Serialize)]
struct View {
    slides: SlidesView,
}

#[derive(Serialize)]
struct SlidesView {
    eyebrow: Option<String>,
    title: Markup,
    lead: Markup,
    byline: Vec<String>,
    organisation: String,
    sample: bool,
    report: LinkView,
    tiles: Vec<TileView>,
    all: Vec<SlideView>,
    method: Vec<MethodLine>,
    how: LinkView,
}

#[derive(Serialize)]
#[serde(tag = "kind", rename_all = "lowercase")]
enum SlideView {
    Part { title: String, lead: Option<Markup>, names: Option<String> },
    Finding(Box<FindingView>),
    Callout { title: String, html: Markup },
    Comments { title: String, theme: Option<String>, people: Option<String>, texts: Vec<QuotedText>, note: Option<String> },
    Coverage { covered: Covered, note: Option<String> },
}

#[derive(Serialize)]
struct FindingView {
    plate: String,
    title: String,
    part: Option<String>,
    asked: String,
    legend: Vec<EntryView>,
    wide: Markup,
    narrow: Markup,
    finding: String,
    /// What is said stands beside the drawing, which is too high to leave room beneath it.
    beside: bool,
    source: String,
    sample: bool,
}

#[derive(Serialize)]
struct EntryView {
    swatch: Markup,
    label: String,
}

/// The page of slides.
///
/// # Errors
///
/// A fault in the theme's template.
pub fn page(edition: &Edition<'_>, report: &Report, known: Known<'_>) -> Result<Artifact, Diagnostics> {
    let filled = values::filled(edition, report, known);
    let (report, published) = (&*filled, known.own);
    let spot = Spot::Slides(report.id.clone());
    let target = Target::Report(report.id.clone());
    let page = edition.page_view(&spot, edition.plain(&report.title), edition.plain(&report.lead));
    let (items, groups) = told::of_everybody_and_groups(edition, report, known);
    let mut all = Vec::new();
    for (at, item) in items.iter().enumerate() {
        match item {
            // A part of which there is nothing to show yet has no slide
            Item::Heading(text, lead) if !matches!(items.get(at + 1), None | Some(Item::Heading(..))) => {
                let lead = lead.as_ref().map(|lead| edition.inline(&spot, lead));
                all.push(SlideView::Part { title: edition.plain(text), lead, names: None });
            }
            Item::Heading(..) => {}
            Item::Figure(shown) => all.extend(findings(edition, shown).into_iter().map(|one| SlideView::Finding(Box::new(one)))),
            Item::Callout(lead, text) => {
                all.push(SlideView::Callout { title: edition.plain(lead), html: edition.inline(&spot, text) });
            }
            Item::Comments(quoted) => all.extend(comments(edition, quoted)),
            Item::Coverage(covered) => all.extend(tables(covered)),
        }
    }
    all.extend(of_groups(edition, groups));
    let view = View {
        slides: SlidesView {
            eyebrow: report.eyebrow.as_ref().map(|eyebrow| edition.plain(eyebrow)),
            title: edition.inline(&spot, &report.title),
            lead: edition.inline(&spot, &report.lead),
            byline: told::byline(edition, published),
            organisation: edition.organisation(),
            sample: report.sample,
            report: LinkView::new(edition.link(&spot, &target), edition.say("slides_report")),
            tiles: report.tiles.iter().map(|one| tile::view(edition, report, one, published)).collect(),
            all,
            method: told::method(edition, published),
            how: LinkView::new(edition.link_to(&spot, &Spot::Method(report.id.clone())), edition.say("how_link")),
        },
    };
    edition.artifact("slides.html", &spot, &page, &view)
}

/// Of each group what can be told from everybody else. The others have one slide together, whether nothing differs or nothing may be
/// shown: all of it stands on their pages.
fn of_groups(edition: &Edition<'_>, groups: Vec<(Text, Vec<Shown>)>) -> Vec<SlideView> {
    let (mut slides, mut others) = (Vec::new(), Vec::new());
    for (label, shown) in groups {
        let differing: Vec<Shown> = shown.into_iter().filter_map(differing).collect();
        if differing.is_empty() {
            others.push(edition.plain(&label));
            continue;
        }
        slides.push(SlideView::Part { title: edition.plain(&label), lead: None, names: None });
        slides.extend(differing.iter().flat_map(|shown| findings(edition, shown)).map(|one| SlideView::Finding(Box::new(one))));
    }
    if !others.is_empty() {
        let names = others.join(edition.say("list_gap"));
        slides.push(SlideView::Part {
            title: edition.say("slides_others").to_owned(),
            lead: None,
            names: Some(edition.fill("slides_others_text", &[("names", &names)])),
        });
    }
    slides
}

/// The rows that can be told from chance, if there are any.
fn differing(shown: Shown) -> Option<Shown> {
    let rows: Vec<Row> = shown.exhibit.rows.iter().filter(|row| row.figures.first().is_some_and(is_told_apart)).cloned().collect();
    (!rows.is_empty()).then_some(Shown { exhibit: Exhibit { rows, ..shown.exhibit }, ..shown })
}

/// So many characters of quoted texts fit on a slide; a short text takes up a line all the same.
const FITS: usize = 300;
const SHORTEST: usize = 45;

/// Quoted texts, a theme after the other, as many on a slide as can be read. What is too long for one stands in the report.
fn comments(edition: &Edition<'_>, quoted: &Quoted) -> Vec<SlideView> {
    let mut slides = Vec::new();
    for theme in &quoted.themes {
        let (mut texts, mut long, mut taken) = (Vec::new(), false, 0);
        let length = |text: &QuotedText| text.words.chars().count().max(SHORTEST);
        for text in &theme.texts {
            long |= length(text) > FITS;
            if length(text) <= FITS && taken + length(text) <= FITS {
                taken += length(text);
                texts.push(text.clone());
            }
        }
        let more = long || texts.len() < theme.texts.len();
        slides.extend((!texts.is_empty()).then(|| SlideView::Comments {
            title: quoted.title.clone(),
            theme: theme.label.clone(),
            people: theme.people.clone(),
            texts,
            note: more.then(|| edition.say("comments_more").to_owned()),
        }));
    }
    slides
}

/// So many rows of a table can be read on a slide.
const ROWS: usize = 7;

/// Everybody and the groups, as many on a slide as can be read.
fn tables(covered: &Covered) -> Vec<SlideView> {
    let parts: Vec<_> = covered.rows.chunks(ROWS).collect();
    let last = parts.len();
    let part = |(at, rows): (usize, &&[_])| SlideView::Coverage {
        covered: Covered { rows: rows.to_vec(), ..covered.clone() },
        note: covered.notes.first().filter(|_| at + 1 == last).cloned(),
    };
    parts.iter().enumerate().map(part).collect()
}

/// A drawing that is higher than so many times its width fills no slide from side to side.
const TALL: f64 = 0.42;

/// A figure as one slide; as several where its rows would be too many to read on one.
fn findings(edition: &Edition<'_>, shown: &Shown) -> Vec<FindingView> {
    let parts = parted(edition, &shown.exhibit);
    let whole = chart(&shown.exhibit, edition.language);
    let (count, number) = (parts.len(), shown.number.to_string());
    let mut findings = Vec::new();
    for (at, part) in parts.iter().enumerate() {
        let drawn = chart(part, edition.language);
        let legend = drawn.legend.iter();
        let source = edition.plain(&part.source);
        let told = [("n", (at + 1).to_string()), ("count", count.to_string())];
        let told: Vec<(&str, &str)> = told.iter().map(|(name, text)| (*name, text.as_str())).collect();
        findings.push(FindingView {
            plate: edition.fill("figure", &[("n", &number)]),
            title: edition.plain(&part.title),
            part: (count > 1).then(|| edition.fill("slides_part", &told)),
            asked: edition.plain(&part.asked),
            legend: legend
                .map(|entry| EntryView { swatch: Markup::trusted(entry.swatch().as_str()), label: entry.label.clone() })
                .collect(),
            wide: Markup::trusted(drawn.wide.as_str()),
            narrow: Markup::trusted(drawn.narrow.as_str()),
            beside: drawn.wide.tall() > TALL,
            // What is said is said of all rows, once
            finding: if at + 1 == count { whole.brief.clone() } else { String::new() },
            source: if source.is_empty() { source } else { edition.fill("source_line", &[("source", &source)]) },
            sample: part.sample,
        });
    }
    findings
}

/// The exhibit in as few parts of about equal size as make drawings that can be read.
fn parted(edition: &Edition<'_>, exhibit: &Exhibit) -> Vec<Exhibit> {
    let rows = exhibit.rows.len();
    // What is said of two rows together stays with both
    let together = !exhibit.details.contrasts.is_empty() || exhibit.details.whole.is_some();
    if together
        || !matches!(exhibit.kind, Kind::StackedBar | Kind::Bar | Kind::GroupedBar | Kind::Diverging | Kind::Dumbbell | Kind::Differences)
        || rows < 2
    {
        return vec![exhibit.clone()];
    }
    for count in 1..=rows {
        let each = rows.div_ceil(count);
        let parts: Vec<Exhibit> = exhibit
            .rows
            .chunks(each)
            .enumerate()
            .map(|(at, rows)| Exhibit { id: format!("{}-{at}", exhibit.id), rows: rows.to_vec(), ..exhibit.clone() })
            .collect();
        if each == 1 || parts.iter().all(|part| height(chart(part, edition.language).wide.as_str()) <= HIGHEST) {
            return parts;
        }
    }
    vec![exhibit.clone()]
}

/// The height that a drawing says it has.
fn height(svg: &str) -> f64 {
    let height = svg.split(" height=\"").nth(1).and_then(|rest| rest.split('"').next());
    height.and_then(|height| height.parse().ok()).unwrap_or_default()
}
