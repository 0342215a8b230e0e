//! The texts of a report with the figures that they name.

use super::headline::headline;
use super::known::Known;
use crate::catalog::report::{Block, Report};
use crate::catalog::segment_of;
use crate::catalog::value::{Value, value};
use crate::charts::in_text;
use crate::content::Document;
use crate::language::{Text, count};
use crate::pages::edition::Edition;
use crate::statistics::net_score;
use crate::survey::Figure;
use crate::survey::compared::NET;
use crate::survey::figure::Unit;
use crate::survey::piping::with_figures;
use std::borrow::Cow;

/// The report with its figures in its texts, in the language of the edition. Where a figure is not shown, the author's own words stand.
/// A headline that nobody wrote is what was found; the name of the report stands above it then.
pub(super) fn filled<'r>(edition: &Edition<'_>, report: &'r Report, known: Known<'_>) -> Cow<'r, Report> {
    let found = headline(edition, report, known);
    if report.values.is_empty() && found.is_none() {
        return Cow::Borrowed(report);
    }
    let mut filled = if report.values.is_empty() { report.clone() } else { with_values(edition, report, known) };
    if let Some(found) = found {
        let name = std::mem::replace(&mut filled.title, found);
        filled.eyebrow = filled.eyebrow.or(Some(name));
        filled.untitled = false;
    }
    Cow::Owned(filled)
}

fn with_values(edition: &Edition<'_>, report: &Report, known: Known<'_>) -> Report {
    let fill = |text: &Text| {
        let written = edition.read(text);
        Text::plain(with_figures(written, &|name| told(edition, report, known, &value(name)?)))
    };
    let mut report = Report { values: Vec::new(), ..report.clone() };
    let written = report.written.clone();
    // A template has words for what is not written
    for (text, written) in [(&mut report.title, &written.title), (&mut report.lead, &written.lead)] {
        if !written.is_empty() {
            *text = fill(written);
        }
    }
    report.eyebrow = report.eyebrow.as_ref().map(fill);
    for tile in &mut report.tiles {
        tile.label = fill(&tile.label);
    }
    for (index, block) in report.blocks.iter_mut().enumerate() {
        match block {
            Block::Heading { text, lead } => {
                *text = fill(text);
                *lead = lead.as_ref().map(fill);
            }
            Block::Text(documents) => {
                if let Some(text) = written.texts.get(&index) {
                    for (language, document) in documents {
                        let own = Text::plain(text.in_language(*language));
                        let filled = fill(&own);
                        *document = Document::parse(&report.place.file, edition.read(&filled), 0).0.at(&report.place);
                    }
                }
            }
            Block::Callout { lead, text } => {
                *lead = fill(lead);
                *text = fill(text);
            }
            Block::Figure { title, benchmark, .. } => {
                *title = title.as_ref().map(fill);
                benchmark.iter_mut().for_each(|benchmark| benchmark.label = fill(&benchmark.label));
            }
            Block::Compare(block) => block.title = block.title.as_ref().map(fill),
            Block::Trend(block) => block.title = block.title.as_ref().map(fill),
            Block::Benchmarks(block) => {
                block.label = fill(&block.label);
                block.rows.iter_mut().for_each(|row| row.label = row.label.as_ref().map(fill));
                block.title = block.title.as_ref().map(fill);
            }
            Block::Weighted(block) => {
                block.margins.iter_mut().for_each(|margin| margin.source = fill(&margin.source));
                block.title = block.title.as_ref().map(fill);
            }
            Block::Drivers(block) => block.title = block.title.as_ref().map(fill),
            Block::Change(block) => block.title = block.title.as_ref().map(fill),
            Block::Comments(block) => block.title = block.title.as_ref().map(fill),
            Block::Coverage(block) => block.title = block.title.as_ref().map(fill),
            Block::Dataset(_) | Block::Plan(_) | Block::Method => {}
        }
    }
    report
}

/// A figure as it stands in a sentence; nothing where it is not shown.
fn told(edition: &Edition<'_>, report: &Report, known: Known<'_>, value: &Value<'_>) -> Option<String> {
    let id = value.wave.unwrap_or(&report.survey.value);
    let (survey, published) = (edition.material.catalog.surveys.get(id)?, known.all.get(id)?);
    if value.figure.is_empty() {
        return (published.shown > 0).then(|| count(published.shown));
    }
    let (name, row) = if value.group.is_empty() {
        (value.figure.to_owned(), "everybody".to_owned())
    } else {
        let segment = segment_of(survey, value)?;
        let own = |id: &String| value.group.iter().find(|(attribute, _)| attribute == id).map(|(_, own)| *own);
        let values: Vec<&str> = segment.by.iter().filter_map(own).collect();
        (format!("{}-by-{}", value.figure, segment.name()), values.join("-"))
    };
    let exhibit = published.exhibits.get(&name)?;
    // Choices of everybody are rows of their own
    let row = exhibit
        .rows
        .iter()
        .find(|one| one.id == row)
        .or_else(|| exhibit.rows.iter().find(|row| row.id == value.what))
        .or_else(|| exhibit.rows.first().filter(|_| value.what == "n" && value.group.is_empty()))?;
    let counted = row.total.as_ref().or_else(|| row.figures.first().filter(|_| exhibit.unit == Unit::Score));
    let printed = |figure: &Figure| in_text(figure, exhibit.unit, row.n, edition.language);
    match value.what {
        "n" => row.n.map(count),
        "favourable" | "mean" => printed(counted?).map(|(number, _)| number),
        "interval" => printed(counted?)?.1,
        // A choice may be called so, too
        NET if exhibit.classes.iter().all(|class| class.id != NET) && row.id != NET => {
            let net = net_score(exhibit, row)?;
            in_text(&net, Unit::Points, row.n, edition.language).map(|(number, _)| number)
        }
        choice => {
            let class = exhibit.classes.iter().position(|class| class.id == choice);
            let own = if row.id == choice { row.figures.first() } else { row.figures.get(class?) };
            printed(own?).map(|(number, _)| number)
        }
    }
}
