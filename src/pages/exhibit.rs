//! Charts in pages: an exhibit becomes title, drawing, legend, source, table, notes and files beside the page.

use super::address::{Spot, relative};
use super::edition::Edition;
use super::frame::file;
use super::render::Markup;
use crate::catalog::{Dataset, Target};
use crate::charts::{Chart, Table, chart, csv, json};
use crate::diagnostic::Diagnostics;
use crate::language::{Language, Text};
use crate::output::Artifact;
use crate::survey::Exhibit;
use crate::survey::figure::State;
use serde::Serialize;
use std::collections::BTreeSet;

#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize)]
struct NoteView {
    lead: String,
    text: String,
}

#[derive(Debug, Clone, Serialize)]
struct FileView {
    href: String,
    label: String,
    page: bool,
}

#[derive(Debug, Clone, Serialize)]
struct LegendView {
    swatch: Markup,
    label: String,
}

#[derive(Debug, Clone, Serialize)]
struct CellView {
    text: String,
    class: String,
    head: bool,
    span: usize,
}

#[derive(Debug, Clone, Serialize)]
struct RowView {
    cells: Vec<CellView>,
    marked: bool,
}

#[derive(Debug, Clone, Serialize)]
struct TableView {
    caption: String,
    head: Vec<CellView>,
    rows: Vec<RowView>,
    notes: Vec<String>,
}

/// An exhibit as a page shows it.
#[derive(Debug, Clone, Serialize)]
pub(super) struct ExhibitView {
    anchor: String,
    labelled: String,
    plate: Option<String>,
    title: Option<String>,
    title_href: Option<String>,
    sample: bool,
    asked: String,
    empty: Option<String>,
    legend: Vec<LegendView>,
    wide: Option<Markup>,
    narrow: Option<Markup>,
    finding: Option<String>,
    source: Option<String>,
    source_note: Option<Markup>,
    table: Option<TableView>,
    downloads: Vec<FileView>,
    notes: Vec<NoteView>,
}

/// How an exhibit is set into a page.
#[derive(Debug, Clone, Copy)]
pub(super) struct Setting<'a> {
    /// The page.
    pub spot: &'a Spot,
    /// Its number in the page; `None`: it is the page's only one and the page's title is its own.
    pub number: Option<usize>,
    /// The finding in the author's words.
    pub caption: Option<&'a str>,
    /// The path of the page beside which its files stand.
    pub files: &'a str,
    /// It has a page of its own to lead to.
    pub own: Option<&'a Target>,
    /// The workbook that it stands in with others; `None`: it has one of its own, beside its other files.
    pub workbook: Option<&'a str>,
}

/// Notes that stand beside some exhibit of a page.
#[derive(Debug, Default)]
pub(super) struct Said(BTreeSet<NoteView>);

impl ExhibitView {
    /// The same without notes that an earlier exhibit of the page has made in the same words. The first one always stays: it
    /// says what is counted.
    pub(super) fn after(mut self, said: &mut Said) -> ExhibitView {
        let mut first = true;
        self.notes.retain(|note| {
            let opens = std::mem::take(&mut first);
            said.0.insert(note.clone()) || opens
        });
        self
    }
}

impl Edition<'_> {
    /// A data set as a page shows it.
    pub(super) fn dataset_view(&self, spot: &Spot, dataset: &Dataset, number: Option<usize>, caption: Option<&str>) -> ExhibitView {
        let target = Target::Dataset(dataset.id.clone());
        let files = self.path(&Spot::Content(target.clone()));
        let has_page = self.has(&target);
        let own = (number.is_some() && has_page).then_some(&target);
        let mut view = self.exhibit_view(&dataset.exhibit, Setting { spot, number, caption, files: &files, own, workbook: None });
        if !has_page {
            view.downloads.clear();
        }
        // Japanese sentences follow one another without a space
        let gap = if dataset.source_note.is_none() || self.language == Language::Japanese { "" } else { " " };
        view.source = view.source.map(|source| format!("{}{gap}", self.fill("source_line", &[("source", &source)])));
        view.source_note = dataset.source_note.as_ref().map(|note| self.inline(spot, note));
        view
    }

    /// An exhibit as a page shows it.
    pub(super) fn exhibit_view(&self, exhibit: &Exhibit, setting: Setting<'_>) -> ExhibitView {
        let drawn = chart(exhibit, self.language);
        let anchor = exhibit.id.clone();
        let title = setting.caption.map_or_else(|| self.plain(&exhibit.title), ToOwned::to_owned);
        let labelled = if setting.number.is_some() { format!("{anchor}-title") } else { "title".to_owned() };
        let notes = exhibit.notes.iter().map(|note| NoteView { lead: self.plain(&note.lead), text: self.plain(&note.text) });
        let source = self.plain(&exhibit.source);
        ExhibitView {
            plate: setting.number.map(|number| self.fill("figure", &[("n", &number.to_string())])),
            title: setting.number.is_some().then_some(title),
            title_href: None,
            sample: exhibit.sample && setting.number.is_some(),
            asked: self.plain(&exhibit.asked),
            empty: None,
            legend: legend(&drawn),
            wide: Some(Markup::trusted(drawn.wide.as_str())),
            narrow: Some(Markup::trusted(drawn.narrow.as_str())),
            finding: Some(drawn.finding.clone()).filter(|finding| !finding.is_empty()),
            source: Some(source).filter(|source| !source.is_empty()),
            source_note: None,
            table: Some(table_view(&drawn.table)),
            downloads: self.downloads(&setting),
            notes: notes.collect(),
            labelled,
            anchor,
        }
    }

    /// The same with the table of another exhibit: of all rows, where not all of them are drawn.
    pub(super) fn with_table_of(&self, view: ExhibitView, whole: &Exhibit) -> ExhibitView {
        ExhibitView { table: Some(table_view(&chart(whole, self.language).table)), ..view }
    }

    /// The place of an exhibit that has nothing to show yet, with the reason.
    pub(super) fn empty_view(&self, exhibit: &Exhibit, title: Option<&Text>, number: usize, reason: String) -> ExhibitView {
        self.empty_figure(&exhibit.id, &exhibit.asked, title, number, reason, exhibit.sample)
    }

    /// The place of a figure that does not exist yet: what was asked, and why there is nothing.
    pub(super) fn empty_figure(
        &self,
        id: &str,
        asked: &Text,
        title: Option<&Text>,
        number: usize,
        reason: String,
        sample: bool,
    ) -> ExhibitView {
        ExhibitView {
            plate: Some(self.fill("figure", &[("n", &number.to_string())])),
            title: Some(self.plain(title.unwrap_or(asked))),
            labelled: format!("{id}-title"),
            anchor: id.to_owned(),
            title_href: None,
            sample,
            asked: if title.is_some() { self.plain(asked) } else { String::new() },
            empty: Some(reason),
            legend: Vec::new(),
            wide: None,
            narrow: None,
            finding: None,
            source: None,
            source_note: None,
            table: None,
            downloads: Vec::new(),
            notes: Vec::new(),
        }
    }

    fn downloads(&self, setting: &Setting<'_>) -> Vec<FileView> {
        let mut all = Vec::new();
        if let Some(target) = setting.own {
            all.push(FileView { href: self.link(setting.spot, target), label: self.say("dataset_page").to_owned(), page: true });
        }
        let here = self.path(setting.spot);
        let stem = setting.files.strip_suffix(".html").unwrap_or(setting.files);
        for (ending, label) in [(".csv", "CSV"), (".xlsx", "XLSX"), (".json", "JSON"), (".svg", "SVG")] {
            let path = setting.workbook.filter(|_| ending == ".xlsx").map_or_else(|| format!("{stem}{ending}"), ToOwned::to_owned);
            all.push(FileView { href: relative(&here, &path), label: label.to_owned(), page: false });
        }
        all
    }

    /// The files beside a page that hold an exhibit: CSV, JSON and SVG. `stem` is the path without ending.
    pub(super) fn exhibit_files(&self, exhibit: &Exhibit, stem: &str) -> Result<Vec<Artifact>, Diagnostics> {
        let mut text = serde_json::to_string_pretty(&json(exhibit, self.language)).unwrap_or_default();
        text.push('\n');
        Ok(vec![
            file(format!("{stem}.csv"), csv(exhibit, self.language).into_bytes())?,
            file(format!("{stem}.json"), text.into_bytes())?,
            file(format!("{stem}.svg"), chart(exhibit, self.language).flat.into_bytes())?,
        ])
    }
}

fn legend(drawn: &Chart) -> Vec<LegendView> {
    drawn.legend.iter().map(|entry| LegendView { swatch: Markup::trusted(entry.swatch().as_str()), label: entry.label.clone() }).collect()
}

fn table_view(table: &Table) -> TableView {
    let class = |numeric: bool, total: bool| {
        [(numeric, "number"), (total, "total")].into_iter().filter(|(is, _)| *is).map(|(_, class)| class).collect::<Vec<_>>()
    };
    let head = table.head.iter().map(|cell| CellView {
        text: cell.text.clone(),
        class: class(cell.numeric, cell.is_total).join(" "),
        head: true,
        span: 1,
    });
    let rows = table.rows.iter().map(|row| RowView {
        marked: row.marked,
        cells: row
            .cells
            .iter()
            .map(|cell| {
                let mut classes = class(cell.numeric, cell.is_total);
                match cell.state {
                    State::Given => {}
                    State::Derived => classes.push("derived"),
                    State::Missing => classes.push("quiet"),
                    State::Hidden => classes.push("held"),
                }
                // Most cells are plain numbers: the style of such a table knows, and thousands of names are saved
                let class = if classes == ["number"] { String::new() } else { classes.join(" ") };
                CellView { text: cell.text.clone(), class, head: cell.is_head, span: cell.span }
            })
            .collect(),
    });
    TableView { caption: table.caption.clone(), head: head.collect(), rows: rows.collect(), notes: table.notes.clone() }
}
