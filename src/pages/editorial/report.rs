//! A report: headline, large numbers, figures with their notes, a question to the board, how it is made.

use super::advice::{self, AdviceView};
use super::blocks::coverage::{self, Covered};
use super::blocks::look::{dressed, named, uncut};
use super::blocks::{benchmark, compare, profile, trend, weighted};
use super::comments::{self, Quoted};
use super::known::Known;
use super::tile::{self, TileView};
use super::told::{self, MethodLine};
use super::values;
use crate::catalog::report::{Benchmark, Block, Look};
use crate::catalog::{Report, Target};
use crate::diagnostic::Diagnostics;
use crate::language::Text;
use crate::output::Artifact;
use crate::pages::address::{Spot, relative};
use crate::pages::body::PartView;
use crate::pages::edition::{Edition, LinkView};
use crate::pages::exhibit::{ExhibitView, Said, Setting};
use crate::pages::render::Markup;
use crate::statistics::Published;
use crate::survey::{Category, Exhibit};
use serde::Serialize;

#[derive(Serialize)]
pub(super) struct View {
    pub(super) report: ReportView,
}

#[derive(Serialize)]
pub(super) struct ReportView {
    pub(super) eyebrow: Option<String>,
    pub(super) title: Markup,
    pub(super) lead: Markup,
    pub(super) byline: Vec<String>,
    pub(super) slides: String,
    pub(super) method: String,
    pub(super) workbook: String,
    pub(super) sample: bool,
    pub(super) tiles: Vec<TileView>,
    pub(super) plan: bool,
    pub(super) blocks: Vec<BlockView>,
    /// The pages of single groups.
    pub(super) parts: Option<PartsView>,
    /// From the page of a group to the whole report.
    pub(super) whole: Option<LinkView>,
}

/// Where the pages of single groups are.
#[derive(Serialize)]
pub(super) struct PartsView {
    title: String,
    links: Vec<LinkView>,
}

/// The pages of single groups, as seen from one of the report's pages. All are there, whoever may be shown on them.
pub(super) fn parts(edition: &Edition<'_>, from: &Spot, report: &Report) -> Option<PartsView> {
    let attribute = report.for_each.as_ref()?;
    let survey = edition.material.catalog.surveys.get(&report.survey.value)?;
    let named = survey.attributes.iter().find(|one| one.id == attribute.value)?;
    let link = |group: &Category| {
        let spot = Spot::Part(report.id.clone(), attribute.value.clone(), group.code.clone());
        let current = (spot == *from).then_some("page");
        LinkView { current, ..LinkView::new(edition.link_to(from, &spot), edition.plain(&group.label)) }
    };
    let links = profile::groups(edition, report).into_iter().map(link).collect();
    Some(PartsView { title: edition.fill("parts_title", &[("attribute", &edition.plain(&named.text))]), links })
}

#[derive(Serialize)]
#[serde(tag = "kind", rename_all = "lowercase")]
pub(super) enum BlockView {
    Heading { anchor: String, text: String, lead: Option<Markup> },
    Text { parts: Vec<PartView> },
    Exhibit { exhibit: Box<ExhibitView> },
    Exhibits { exhibits: Vec<ExhibitView> },
    Plan { exhibits: Vec<ExhibitView>, advice: AdviceView, page: Option<LinkView> },
    Callout { lead: String, html: Markup },
    Method { items: Vec<MethodLine> },
    Comments { comments: Box<Quoted> },
    Coverage { coverage: Box<Covered> },
    Awaited { title: String, text: String },
}

/// The blocks with a heading before the first figure where the author wrote none. Titles of figures are of the third level, and who
/// listens to a page finds its parts by their levels.
pub(super) fn headed(edition: &Edition<'_>, mut blocks: Vec<BlockView>) -> Vec<BlockView> {
    for at in 0..blocks.len() {
        match &blocks[at] {
            BlockView::Heading { .. } | BlockView::Method { .. } => break,
            BlockView::Callout { .. } => {}
            BlockView::Text { parts } if parts.iter().any(|part| part.html.as_ref().is_some_and(|html| html.as_str().contains("<h2"))) => {
                break;
            }
            BlockView::Text { parts } if parts.iter().all(|part| part.exhibit.is_none()) => {}
            _ => {
                let text = edition.say("report_results").to_owned();
                blocks.insert(at, BlockView::Heading { anchor: "results".to_owned(), text, lead: None });
                break;
            }
        }
    }
    blocks
}

/// A report's page and the files beside it: CSV, JSON and SVG of each of its own figures.
///
/// # Errors
///
/// A fault in the theme's template.
pub fn page(edition: &Edition<'_>, report: &Report, known: Known<'_>) -> Result<Vec<Artifact>, Diagnostics> {
    let filled = values::filled(edition, report, known);
    let (report, published) = (&*filled, known.own);
    let spot = Spot::Content(Target::Report(report.id.clone()));
    let mut page = edition.page_view(&spot, edition.plain(&report.title), edition.plain(&report.lead));
    page.crumbs.clear();
    let mut writer = Writer { edition, spot: &spot, report, known, published, number: 1, said: Said::default(), artifacts: Vec::new() };
    let mut blocks = Vec::new();
    for (index, block) in report.blocks.iter().enumerate() {
        blocks.extend(writer.block(index, block)?);
    }
    let mut artifacts = writer.artifacts;
    artifacts.push(told::workbook(edition, report, known)?);
    let byline = told::byline(edition, published);
    let view = View {
        report: ReportView {
            eyebrow: report.eyebrow.as_ref().map(|eyebrow| edition.plain(eyebrow)),
            title: edition.inline(&spot, &report.title),
            lead: edition.inline(&spot, &report.lead),
            byline,
            slides: edition.link_to(&spot, &Spot::Slides(report.id.clone())),
            method: edition.link_to(&spot, &Spot::Method(report.id.clone())),
            workbook: relative(&edition.path(&spot), &told::workbook_path(edition, report)),
            sample: report.sample,
            tiles: report.tiles.iter().map(|tile| tile::view(edition, report, tile, published)).collect(),
            plan: blocks.iter().any(|block| matches!(block, BlockView::Plan { .. })),
            blocks: headed(edition, blocks),
            parts: parts(edition, &spot, report),
            whole: None,
        },
    };
    artifacts.push(edition.artifact("report.html", &spot, &page, &view)?);
    Ok(artifacts)
}

/// Writes the blocks in order, numbering figures and gathering their files.
struct Writer<'a> {
    edition: &'a Edition<'a>,
    spot: &'a Spot,
    report: &'a Report,
    known: Known<'a>,
    published: Option<&'a Published>,
    number: usize,
    said: Said,
    artifacts: Vec<Artifact>,
}

impl Writer<'_> {
    fn block(&mut self, index: usize, block: &Block) -> Result<Option<BlockView>, Diagnostics> {
        let edition = self.edition;
        Ok(Some(match block {
            Block::Heading { text, lead } => BlockView::Heading {
                anchor: format!("part-{}", index + 1),
                text: edition.plain(text),
                lead: lead.as_ref().map(|lead| edition.inline(self.spot, lead)),
            },
            Block::Text(body) => {
                let body = edition.body(self.spot, body, &format!("b{}-", index + 1), self.number);
                self.number += body.parts.iter().filter(|part| part.exhibit.is_some()).count();
                BlockView::Text { parts: body.parts }
            }
            Block::Dataset(id) => {
                let Some(dataset) = edition.material.catalog.data.get(&id.value) else { return Ok(None) };
                let exhibit = Box::new(edition.dataset_view(self.spot, dataset, Some(self.number), None).after(&mut self.said));
                self.number += 1;
                BlockView::Exhibit { exhibit }
            }
            Block::Figure { figure, title, benchmark, look } => {
                let Some(exhibit) = self.figure(&figure.value, title.as_ref(), benchmark.as_ref(), look)? else { return Ok(None) };
                BlockView::Exhibit { exhibit: Box::new(exhibit) }
            }
            Block::Compare(block) => {
                let exhibit = compare::exhibit(edition, self.report, self.known, block);
                let Some(exhibit) = self.drawn(&block.name(), exhibit, block.title.as_ref())? else { return Ok(None) };
                BlockView::Exhibit { exhibit: Box::new(exhibit) }
            }
            Block::Trend(block) => {
                let exhibit = trend::exhibit(edition, self.report, self.known, block);
                let Some(exhibit) = self.drawn(&block.name(), exhibit, block.title.as_ref())? else { return Ok(None) };
                BlockView::Exhibit { exhibit: Box::new(exhibit) }
            }
            Block::Drivers(block) => {
                let all = told::relations(edition, self.report, self.published, block);
                BlockView::Exhibits { exhibits: self.several(all, block.title.as_ref())? }
            }
            Block::Change(block) => {
                let all = told::changes(edition, self.report, self.known, block);
                BlockView::Exhibits { exhibits: self.several(all, block.title.as_ref())? }
            }
            Block::Plan(plan) => {
                let Some(plan) = edition.material.catalog.plans.get(&plan.value) else { return Ok(None) };
                let mut exhibits = Vec::new();
                for exhibit in advice::told(edition, self.report, plan, self.known.all).exhibits {
                    exhibits.extend(self.drawn(&exhibit.id.clone(), Some(exhibit), None)?);
                }
                let target = Target::Plan(plan.id.clone());
                let page = edition.has(&target).then(|| edition.target_view(self.spot, &target));
                let advice = advice::Writer { edition, spot: self.spot, plan }.advice(self.known.all).1;
                BlockView::Plan { exhibits, advice, page }
            }
            Block::Benchmarks(block) => {
                let exhibit = benchmark::exhibit(edition, self.report, self.known, block);
                let Some(exhibit) = self.drawn(&block.name(), exhibit, block.title.as_ref())? else { return Ok(None) };
                BlockView::Exhibit { exhibit: Box::new(exhibit) }
            }
            Block::Weighted(block) => {
                let exhibit = weighted::exhibit(edition, self.report, self.known, block);
                BlockView::Exhibits { exhibits: self.several(exhibit.into_iter().collect(), block.title.as_ref())? }
            }
            Block::Callout { lead, text } => BlockView::Callout { lead: edition.plain(lead), html: edition.inline(self.spot, text) },
            Block::Method => BlockView::Method { items: told::method(edition, self.published) },
            Block::Comments(block) => match comments::quoted(edition, self.report, block, self.published) {
                Some(comments) => BlockView::Comments { comments: Box::new(comments) },
                None => BlockView::Awaited {
                    title: block.title.as_ref().map_or_else(|| comments::asked(edition, self.report, block), |title| edition.plain(title)),
                    text: comments::nothing(edition, self.report),
                },
            },
            Block::Coverage(block) => match coverage::covered(edition, self.report, block, self.published) {
                Some(covered) => BlockView::Coverage { coverage: Box::new(covered) },
                None => BlockView::Awaited {
                    title: coverage::title(edition, self.report, block),
                    text: coverage::nothing(edition, self.report),
                },
            },
        }))
    }

    /// The figures of one block; why not, where nothing is told.
    fn several(&mut self, all: Vec<Exhibit>, title: Option<&Text>) -> Result<Vec<ExhibitView>, Diagnostics> {
        let edition = self.edition;
        let mut views = Vec::new();
        for exhibit in all {
            let number = self.number;
            self.number += 1;
            if told::is_empty(&exhibit) {
                let why = exhibit.notes.last().filter(|_| !self.waits()).map(|note| edition.plain(&note.text));
                views.push(edition.empty_view(&exhibit, title, number, why.unwrap_or_else(|| self.reason())));
                continue;
            }
            let name = exhibit.id.strip_prefix(&format!("{}-", self.report.survey.value)).unwrap_or(&exhibit.id);
            let files = format!("{}/{name}.html", edition.path(self.spot).trim_end_matches(".html"));
            self.artifacts.extend(edition.exhibit_files(&exhibit, files.trim_end_matches(".html"))?);
            let workbook = told::workbook_path(edition, self.report);
            let setting =
                Setting { spot: self.spot, number: Some(number), caption: None, files: &files, own: None, workbook: Some(&workbook) };
            views.push(edition.exhibit_view(&exhibit, setting).after(&mut self.said));
        }
        Ok(views)
    }

    /// Whether nothing of the survey is shown yet.
    fn waits(&self) -> bool {
        self.published.is_none_or(|published| published.shown == 0)
    }

    fn figure(
        &mut self,
        id: &str,
        title: Option<&Text>,
        benchmark: Option<&Benchmark>,
        look: &Look,
    ) -> Result<Option<ExhibitView>, Diagnostics> {
        let plain = told::own_figure(self.edition, self.report, self.published, id, title, benchmark);
        let exhibit = plain.clone().map(|exhibit| dressed(exhibit, look));
        let same = plain == exhibit;
        // The same figure may stand there in two ways
        let id = if same { id.to_owned() } else { named(id, look) };
        let mut view = self.drawn(&id, exhibit, title)?;
        if let Some(plain) = plain.filter(|plain| !same && !told::is_empty(plain)) {
            // The numbers leave as they were asked for, all of them; the drawing as it stands on the page
            let numbers = self.edition.exhibit_files(&plain, &self.stem(&id))?;
            for artifact in numbers.into_iter().filter(|one| !one.path.as_str().ends_with(".svg")) {
                self.artifacts.retain(|known| known.path != artifact.path);
                self.artifacts.push(artifact);
            }
            if look.top.is_some() {
                view = view.map(|view| self.edition.with_table_of(view, &uncut(&plain, look)));
            }
        }
        Ok(view)
    }

    /// Where the files of a figure stand, without their endings.
    fn stem(&self, id: &str) -> String {
        format!("{}/{id}", self.edition.path(self.spot).trim_end_matches(".html"))
    }

    /// A figure with its number and its files, or the place where it will stand.
    fn drawn(&mut self, id: &str, exhibit: Option<Exhibit>, title: Option<&Text>) -> Result<Option<ExhibitView>, Diagnostics> {
        let edition = self.edition;
        let number = self.number;
        self.number += 1;
        let exhibit = match exhibit {
            None => return Ok(self.nothing_yet(id, title, number)),
            Some(exhibit) if told::is_empty(&exhibit) => {
                // Without any row its note says why; where groups are held back, nothing more is told of them than of others
                let why = exhibit.notes.last().filter(|_| exhibit.rows.is_empty() && !self.waits()).map(|note| edition.plain(&note.text));
                return Ok(Some(edition.empty_view(&exhibit, title, number, why.unwrap_or_else(|| self.reason()))));
            }
            Some(exhibit) => exhibit,
        };
        let files = format!("{}/{id}.html", edition.path(self.spot).trim_end_matches(".html"));
        self.artifacts.extend(edition.exhibit_files(&exhibit, files.trim_end_matches(".html"))?);
        let workbook = told::workbook_path(edition, self.report);
        let setting = Setting { spot: self.spot, number: Some(number), caption: None, files: &files, own: None, workbook: Some(&workbook) };
        Ok(Some(edition.exhibit_view(&exhibit, setting).after(&mut self.said)))
    }

    /// The place of a figure that does not exist yet: with what was asked, and why there is nothing.
    fn nothing_yet(&self, id: &str, title: Option<&Text>, number: usize) -> Option<ExhibitView> {
        let survey = self.edition.material.catalog.surveys.get(&self.report.survey.value)?;
        let question = survey.question(id).map(|question| &question.text);
        let asked = question.or_else(|| survey.scales.iter().find(|scale| scale.id == id).map(|scale| &scale.label));
        let variables = survey.variables();
        let asked = asked.or_else(|| variables.iter().find(|variable| variable.id == id).map(|variable| &variable.label))?;
        Some(self.edition.empty_figure(id, asked, title, number, self.reason(), self.report.sample))
    }

    /// Why there is nothing to show. Once there are figures of others, what this one lacks is groups that are large enough; which
    /// of them, and whether it is empty, is not told.
    fn reason(&self) -> String {
        if self.published.is_some_and(|published| published.shown > 0) {
            return self.edition.say("figure_held").to_owned();
        }
        let waiting = self.published.and_then(|published| published.waiting.as_ref());
        let k = self.edition.material.catalog.surveys.get(&self.report.survey.value).map_or(0, |survey| survey.k);
        waiting.map_or_else(|| self.edition.fill("no_answers", &[("k", &k.to_string())]), |note| self.edition.plain(&note.text))
    }
}
