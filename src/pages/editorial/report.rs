//! A report: headline, large numbers, figures with their notes, a question to the board, how it is made.

use super::tile::{self, TileView};
use crate::catalog::report::{Benchmark, Block};
use crate::catalog::{Report, Target};
use crate::diagnostic::Diagnostics;
use crate::language::{Text, count};
use crate::output::Artifact;
use crate::pages::address::Spot;
use crate::pages::body::PartView;
use crate::pages::edition::Edition;
use crate::pages::exhibit::{ExhibitView, Said, Setting};
use crate::pages::render::Markup;
use crate::statistics::{Published, set_beside};
use crate::survey::{Exhibit, Figure};
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
    Method { items: Vec<ItemView> },
}

#[derive(Serialize)]
struct ItemView {
    label: String,
    text: String,
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
    let mut byline = vec![edition.plain(&edition.material.catalog.project.organisation)];
    if let Some((collected, shown)) = published.and_then(|published| Some((published.collected?, published.shown))).filter(|(_, n)| *n > 0)
    {
        byline.push(edition.fill("answered_shown", &[("collected", &count(collected)), ("shown", &count(shown))]));
    }
    let view = View {
        report: ReportView {
            eyebrow: report.eyebrow.as_ref().map(|eyebrow| edition.plain(eyebrow)),
            title: edition.inline(&spot, &report.title),
            lead: edition.inline(&spot, &report.lead),
            byline,
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
            Block::Method => BlockView::Method { items: self.method() },
        }))
    }

    fn figure(&mut self, id: &str, title: Option<&Text>, benchmark: Option<&Benchmark>) -> Result<Option<ExhibitView>, Diagnostics> {
        let edition = self.edition;
        let number = self.number;
        self.number += 1;
        let Some(found) = self.published.and_then(|published| published.exhibits.get(id)) else {
            return Ok(self.nothing_yet(id, title, number));
        };
        let mut exhibit = found.clone();
        exhibit.sample = self.report.sample;
        if is_empty(&exhibit) {
            return Ok(Some(edition.empty_view(&exhibit, title, number, self.reason())));
        }
        if let Some(title) = title {
            exhibit.title = title.clone();
        }
        if let Some((benchmark, figure)) = benchmark.and_then(|one| Some((one, self.outside(one)?)))
            && let Some(row) = exhibit.rows.first().map(|row| row.id.clone())
        {
            set_beside(&mut exhibit, &row, figure, &benchmark.label);
        }
        let files = format!("{}/{id}.html", edition.path(self.spot).trim_end_matches(".html"));
        self.artifacts.extend(edition.exhibit_files(&exhibit, files.trim_end_matches(".html"))?);
        let setting = Setting { spot: self.spot, number: Some(number), caption: None, files: &files, own: None };
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

    /// The number from elsewhere: a row's total, or its first figure.
    fn outside(&self, benchmark: &Benchmark) -> Option<Figure> {
        let dataset = self.edition.material.catalog.data.get(&benchmark.dataset.value)?;
        let row = dataset.exhibit.rows.iter().find(|row| row.id == benchmark.row.value)?;
        row.total.clone().or_else(|| row.figures.first().cloned())
    }

    fn method(&self) -> Vec<ItemView> {
        let edition = self.edition;
        let said = |label: &str, text: &str| ItemView { label: edition.say(label).to_owned(), text: edition.say(text).to_owned() };
        let mut items = vec![said("method_given", "method_given_text"), said("method_not_same", "method_not_same_text")];
        if let Some(published) = self.published {
            let notes = published.waiting.iter().chain(&published.notes);
            items.extend(notes.map(|note| ItemView { label: edition.plain(&note.lead), text: edition.plain(&note.text) }));
        }
        items
    }
}

/// Whether an exhibit has no number at all to show.
fn is_empty(exhibit: &Exhibit) -> bool {
    exhibit.rows.iter().all(|row| row.total.iter().chain(&row.figures).all(|figure| figure.value.is_none()))
}
