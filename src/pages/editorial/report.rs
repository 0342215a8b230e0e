//! A report: headline, large numbers, figures with their notes, a question to the board, how it is made.

use super::comments::{self, Quoted};
use super::tile::{self, TileView};
use super::told::{self, MethodLine};
use crate::catalog::report::{Benchmark, Block};
use crate::catalog::{Report, Target};
use crate::diagnostic::Diagnostics;
use crate::language::Text;
use crate::output::Artifact;
use crate::pages::address::{Spot, relative};
use crate::pages::body::PartView;
use crate::pages::edition::Edition;
use crate::pages::exhibit::{ExhibitView, Said, Setting};
use crate::pages::render::Markup;
use crate::statistics::Published;
use serde::Serialize;

#[derive(Serialize)]
struct View {
    report: ReportView,
}

#[derive(Serialize)]
struct ReportView {
    eyebrow: Option<String>,
    title: Markup,
    lead: Markup,
    byline: Vec<String>,
    slides: String,
    method: String,
    workbook: String,
    sample: bool,
    tiles: Vec<TileView>,
    blocks: Vec<BlockView>,
}

#[derive(Serialize)]
#[serde(tag = "kind", rename_all = "lowercase")]
enum BlockView {
    Heading { anchor: String, text: String, lead: Option<Markup> },
    Text { parts: Vec<PartView> },
    Exhibit { exhibit: Box<ExhibitView> },
    Callout { lead: String, html: Markup },
    Method { items: Vec<MethodLine> },
    Comments { comments: Box<Quoted> },
    Awaited { title: String, text: String },
}

/// A report's page and the files beside it: CSV, JSON and SVG of each of its own figures.
///
/// # Errors
///
/// A fault in the theme's template.
pub fn page(edition: &Edition<'_>, report: &Report, published: Option<&Published>) -> Result<Vec<Artifact>, Diagnostics> {
    let spot = Spot::Content(Target::Report(report.id.clone()));
    let mut page = edition.page_view(&spot, edition.plain(&report.title), edition.plain(&report.lead));
    page.crumbs.clear();
    let mut writer = Writer { edition, spot: &spot, report, published, number: 1, said: Said::default(), artifacts: Vec::new() };
    let mut blocks = Vec::new();
    for (index, block) in report.blocks.iter().enumerate() {
        blocks.extend(writer.block(index, block)?);
    }
    let mut artifacts = writer.artifacts;
    artifacts.push(told::workbook(edition, report, published)?);
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
            blocks,
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
            Block::Figure { figure, title, benchmark } => {
                let Some(exhibit) = self.figure(&figure.value, title.as_ref(), benchmark.as_ref())? else { return Ok(None) };
                BlockView::Exhibit { exhibit: Box::new(exhibit) }
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
        }))
    }

    fn figure(&mut self, id: &str, title: Option<&Text>, benchmark: Option<&Benchmark>) -> Result<Option<ExhibitView>, Diagnostics> {
        let edition = self.edition;
        let number = self.number;
        self.number += 1;
        let exhibit = match told::own_figure(edition, self.report, self.published, id, title, benchmark) {
            None => return Ok(self.nothing_yet(id, title, number)),
            Some(exhibit) if told::is_empty(&exhibit) => return Ok(Some(edition.empty_view(&exhibit, title, number, self.reason()))),
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
