//! What a report tells, in its order, before it is a page: for slides, for its workbook, for files of figures.

use super::advice;
use super::blocks::coverage::{self, Covered, covered};
use super::blocks::look::{dressed, unsorted};
use super::blocks::{benchmark, compare, profile, trend, weighted};
use super::comments::{Quoted, quoted, sheet};
use super::known::Known;
use super::values;
use crate::catalog::report::{Benchmark, Block, Change, Drivers, Look};
use crate::catalog::{Report, Target, body_in};
use crate::charts::figure_sheet;
use crate::content::spreadsheet_charts::{FigureSheet, Held, figures_workbook};
use crate::content::{Part, Reference, Rendering};
use crate::diagnostic::{Diagnostic, Diagnostics, Place, code};
use crate::language::{Text, count, percent};
use crate::output::Artifact;
use crate::pages::address::Spot;
use crate::pages::edition::Edition;
use crate::pages::frame::file;
use crate::statistics::{Published, set_beside, tell_paired};
use crate::survey::{Exhibit, Figure};
use serde::Serialize;
use std::borrow::Cow;

/// A figure as it stands in a report.
#[derive(Debug, Clone, PartialEq)]
pub struct Shown {
    /// Its number.
    pub number: usize,
    /// The figure, as it is drawn.
    pub exhibit: Exhibit,
    /// What it is made of, where it is drawn otherwise than it is by itself.
    pub plain: Option<(Exhibit, Look)>,
}

impl Shown {
    /// Its numbers as they leave in files: all rows, in the order of the survey.
    #[must_use]
    pub fn numbers(&self) -> &Exhibit {
        self.plain.as_ref().map_or(&self.exhibit, |(plain, _)| plain)
    }

    /// As a sheet of a workbook: all rows in the order of the survey, with the chart that was chosen.
    fn sheet(&self) -> Cow<'_, Exhibit> {
        self.plain.as_ref().map_or(Cow::Borrowed(&self.exhibit), |(plain, look)| Cow::Owned(unsorted(plain, look)))
    }
}

/// One thing that a report tells.
#[derive(Debug, Clone, PartialEq)]
pub enum Item {
    /// A part begins.
    Heading(Text, Option<Text>),
    /// A figure with something to show.
    Figure(Box<Shown>),
    /// A question to the board.
    Callout(Text, Text),
    /// What people wrote.
    Comments(Box<Quoted>),
    /// How many of each group were invited and have answered.
    Coverage(Box<Covered>),
}

/// A line on how a report is made.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct MethodLine {
    /// What it is about.
    pub label: String,
    /// What it says.
    pub text: String,
}

/// All of it, in order: first of everybody, then group by group. Figures without anything to show yet are left out, and keep their
/// numbers.
#[must_use]
pub fn items(edition: &Edition<'_>, report: &Report, known: Known<'_>) -> Vec<Item> {
    let (mut items, groups) = of_everybody_and_groups(edition, report, known);
    for (label, shown) in groups.into_iter().filter(|(_, shown)| !shown.is_empty()) {
        items.push(Item::Heading(label, None));
        items.extend(shown.into_iter().map(|shown| Item::Figure(Box::new(shown))));
    }
    items
}

/// What is told of everybody, and of each group that has a page; of a group that may not be shown, nothing.
pub(super) fn of_everybody_and_groups(edition: &Edition<'_>, report: &Report, known: Known<'_>) -> (Vec<Item>, Vec<(Text, Vec<Shown>)>) {
    let filled = values::filled(edition, report, known);
    let report = &*filled;
    let data = &edition.material.catalog.data;
    let mut items = Vec::new();
    let mut number = 1;
    let mut numbered = |exhibit: Option<Exhibit>| {
        let shown = exhibit.filter(|exhibit| !is_empty(exhibit)).map(|exhibit| Shown { number, exhibit, plain: None });
        number += 1;
        shown
    };
    let mut add =
        |items: &mut Vec<Item>, exhibit: Option<Exhibit>| items.extend(numbered(exhibit).map(|shown| Item::Figure(Box::new(shown))));
    for block in &report.blocks {
        match block {
            Block::Heading { text, lead } => items.push(Item::Heading(text.clone(), lead.clone())),
            Block::Text(body) => {
                let resolve = |_: &Reference| None;
                let rendering =
                    Rendering { language: edition.language, raw_html: edition.material.site.raw_html, prefix: "", resolve: &resolve };
                let document = body_in(body, edition.language);
                for part in document.map(|(_, document)| document.render(&rendering)).unwrap_or_default() {
                    if let Part::Exhibit { id, .. } = part
                        && let Some(dataset) = data.get(&id)
                    {
                        add(&mut items, Some(dataset.exhibit.clone()));
                    }
                }
            }
            Block::Dataset(id) => {
                if let Some(dataset) = data.get(&id.value) {
                    add(&mut items, Some(dataset.exhibit.clone()));
                }
            }
            Block::Figure { figure, title, benchmark, look } => {
                let plain = own_figure(edition, report, known.own, &figure.value, title.as_ref(), benchmark.as_ref());
                let drawn = plain.clone().map(|exhibit| dressed(exhibit, look));
                let otherwise = plain.filter(|plain| drawn.as_ref() != Some(plain)).map(|plain| (plain, look.clone()));
                let at = items.len();
                add(&mut items, drawn);
                if let Some(Item::Figure(shown)) = items.get_mut(at) {
                    shown.plain = otherwise;
                }
            }
            Block::Compare(block) => add(&mut items, compare::exhibit(edition, report, known, block)),
            Block::Trend(block) => add(&mut items, trend::exhibit(edition, report, known, block)),
            Block::Drivers(block) => {
                for exhibit in relations(edition, report, known.own, block) {
                    add(&mut items, Some(exhibit));
                }
            }
            Block::Change(block) => {
                for exhibit in changes(edition, report, known, block) {
                    add(&mut items, Some(exhibit));
                }
            }
            Block::Plan(plan) => {
                let Some(plan) = edition.material.catalog.plans.get(&plan.value) else { continue };
                let told = advice::told(edition, report, plan, known.all);
                told.exhibits.into_iter().for_each(|exhibit| add(&mut items, Some(exhibit)));
                items.extend(told.summary.map(|(lead, text)| Item::Callout(lead, text)));
            }
            Block::Benchmarks(block) => add(&mut items, benchmark::exhibit(edition, report, known, block)),
            Block::Weighted(block) => add(&mut items, weighted::exhibit(edition, report, known, block)),
            Block::Callout { lead, text } => items.push(Item::Callout(lead.clone(), text.clone())),
            Block::Comments(block) => {
                items.extend(quoted(edition, report, block, known.own).map(|quoted| Item::Comments(Box::new(quoted))));
            }
            Block::Coverage(block) => {
                items.extend(covered(edition, report, block, known.own).map(|covered| Item::Coverage(Box::new(covered))));
            }
            Block::Method => {}
        }
    }
    let mut of_group =
        |code: &str| profile::exhibits(edition, report, known, code).into_iter().filter_map(|one| numbered(Some(one))).collect();
    let groups = profile::groups(edition, report).into_iter().map(|group| (group.label.clone(), of_group(&group.code))).collect();
    (items, groups)
}

/// A figure of the report's own survey, with its author's title and the number from elsewhere set beside it.
pub(super) fn own_figure(
    edition: &Edition<'_>,
    report: &Report,
    published: Option<&Published>,
    id: &str,
    title: Option<&Text>,
    benchmark: Option<&Benchmark>,
) -> Option<Exhibit> {
    let mut exhibit = published?.exhibits.get(id)?.clone();
    exhibit.sample = report.sample;
    if is_empty(&exhibit) {
        return Some(exhibit);
    }
    if let Some(title) = title {
        exhibit.title = title.clone();
    }
    if let Some((benchmark, figure)) = benchmark.and_then(|one| Some((one, outside(edition, one)?)))
        && let Some(row) = exhibit.rows.first().map(|row| row.id.clone())
    {
        set_beside(&mut exhibit, &row, figure, &benchmark.label);
    }
    Some(exhibit)
}

/// What goes together with an outcome: shares, coefficients, the field. The first is always there once anything is published, with the
/// reason where it is empty.
pub(super) fn relations(edition: &Edition<'_>, report: &Report, published: Option<&Published>, block: &Drivers) -> Vec<Exhibit> {
    let asked = edition.material.catalog.drivers(&report.survey.value);
    let Some((id, _)) = asked.iter().find(|(_, own)| own.asks_the_same(block)) else { return Vec::new() };
    let own = ["", "-coefficients", "-field"].map(|part| own_figure(edition, report, published, &format!("{id}{part}"), None, None));
    let mut own: Vec<Exhibit> = own.into_iter().flatten().collect();
    if let Some((first, title)) = own.first_mut().zip(block.title.as_ref()) {
        first.title = title.clone();
    }
    own
}

/// How the same people changed: means before and after, how many went which way.
pub(super) fn changes(edition: &Edition<'_>, report: &Report, known: Known<'_>, block: &Change) -> Vec<Exhibit> {
    let asked = edition.material.catalog.changes(&report.survey.value);
    let Some((id, _)) = asked.iter().find(|(_, own)| own.asks_the_same(block)) else { return Vec::new() };
    let own = ["", "-people"].map(|part| own_figure(edition, report, known.own, &format!("{id}{part}"), None, None));
    let mut own: Vec<Exhibit> = own.into_iter().flatten().collect();
    // One reason is enough
    if own.iter().all(is_empty) {
        own.truncate(1);
    }
    let surveys = &edition.material.catalog.surveys;
    let ids = [&block.before.value, &report.survey.value];
    let k = ids.iter().filter_map(|id| surveys.get(*id)).map(|survey| u64::from(survey.k)).max();
    if let (Some(first), Some(before), Some(after), Some(k)) = (own.first_mut(), known.all.get(&block.before.value), known.own, k) {
        tell_paired(first, before.shown, after.shown, k);
    }
    if let Some((first, title)) = own.first_mut().zip(block.title.as_ref()) {
        first.title = title.clone();
    }
    own
}

/// The number from elsewhere: a row's total, or its first figure.
fn outside(edition: &Edition<'_>, benchmark: &Benchmark) -> Option<Figure> {
    let dataset = edition.material.catalog.data.get(&benchmark.dataset.value)?;
    let row = dataset.exhibit.rows.iter().find(|row| row.id == benchmark.row.value)?;
    let figure = row.total.as_ref().or_else(|| row.figures.first())?;
    Some(Figure { n: figure.n.or(row.n), ..figure.clone() })
}

/// Whether an exhibit has no number at all to show.
pub(super) fn is_empty(exhibit: &Exhibit) -> bool {
    exhibit.rows.iter().all(|row| row.total.iter().chain(&row.figures).all(|figure| figure.value.is_none()))
}

/// Who reports, and on how many.
pub(super) fn byline(edition: &Edition<'_>, published: Option<&Published>) -> Vec<String> {
    let mut byline = vec![edition.organisation()];
    let counted = published.and_then(|published| Some((published.collected?, published.shown)));
    if let Some((collected, shown)) = counted.filter(|(_, n)| *n > 0) {
        byline.push(edition.fill("answered_shown", &[("collected", &count(collected)), ("shown", &count(shown))]));
    }
    byline
}

/// How the report is made.
pub(super) fn method(edition: &Edition<'_>, published: Option<&Published>) -> Vec<MethodLine> {
    let said = |label: &str, text: &str| MethodLine { label: edition.say(label).to_owned(), text: edition.say(text).to_owned() };
    let mut lines = vec![said("method_given", "method_given_text"), said("method_not_same", "method_not_same_text")];
    lines.extend(published.filter(|published| published.shown > 0).map(|published| response(edition, published)));
    if let Some(published) = published {
        let notes = published.waiting.iter().chain(&published.notes);
        lines.extend(notes.map(|note| MethodLine { label: edition.plain(&note.lead), text: edition.plain(&note.text) }));
    }
    lines
}

/// How many of those who were invited have answered, and what no interval covers.
fn response(edition: &Edition<'_>, published: &Published) -> MethodLine {
    let survey = edition.material.catalog.surveys.get(&published.survey);
    let invited = published.invited.filter(|invited| survey.is_some_and(|survey| *invited >= u64::from(survey.k)));
    let text = match (invited, published.collected) {
        (Some(invited), Some(collected)) => {
            let rate = percent(collected.min(invited), invited, 0).unwrap_or_default();
            edition.fill("method_response_rate", &[("rate", &rate), ("invited", &count(invited))])
        }
        _ => edition.say("method_response_text").to_owned(),
    };
    MethodLine { label: edition.say("how_response").to_owned(), text }
}

/// Where the workbook of a report stands.
pub(super) fn workbook_path(edition: &Edition<'_>, report: &Report) -> String {
    edition.addresses().beside(&Spot::Content(Target::Report(report.id.clone())), edition.language, ".xlsx")
}

/// The workbook of a report: a sheet a figure, and one on how it is made.
pub(super) fn workbook(edition: &Edition<'_>, report: &Report, known: Known<'_>) -> Result<Artifact, Diagnostics> {
    as_workbook(&workbook_path(edition, report), &edition.plain(&report.title), &sheets(edition, report, known))
}

/// The sheets of a report's workbook.
#[must_use]
pub fn sheets(edition: &Edition<'_>, report: &Report, known: Known<'_>) -> Vec<FigureSheet> {
    let filled = values::filled(edition, report, known);
    let report = &*filled;
    let mut sheets = Vec::new();
    let (mut lists, mut tables) = (0, 0);
    for item in items(edition, report, known) {
        match item {
            Item::Figure(shown) => {
                let name = edition.fill("figure", &[("n", &shown.number.to_string())]);
                sheets.push(figure_sheet(&shown.sheet(), edition.language, &name));
            }
            Item::Comments(quoted) => {
                lists += 1;
                let name = edition.fill("comments_sheet", &[("n", &lists.to_string())]);
                sheets.push(FigureSheet { name, rows: sheet(&quoted), head: None, chart: None });
            }
            Item::Coverage(covered) => {
                tables += 1;
                let name = edition.fill("coverage_sheet", &[("n", &tables.to_string())]);
                sheets.push(FigureSheet { name, rows: coverage::sheet(&covered), head: None, chart: None });
            }
            Item::Heading(..) | Item::Callout(..) => {}
        }
    }
    let mut rows =
        vec![vec![Held::Title(edition.plain(&report.title))], vec![Held::Text(byline(edition, known.own).join(edition.say("list_gap")))]];
    if report.sample {
        rows.push(vec![Held::Text(edition.say("sample").to_owned())]);
    }
    rows.push(Vec::new());
    let lines = method(edition, known.own).into_iter();
    rows.extend(lines.map(|line| vec![Held::Head(line.label), Held::Text(line.text)]));
    sheets.push(FigureSheet { name: edition.say("method").to_owned(), rows, head: None, chart: None });
    sheets
}

/// Sheets as a file of the site.
pub(super) fn as_workbook(path: &str, title: &str, sheets: &[FigureSheet]) -> Result<Artifact, Diagnostics> {
    let bytes = figures_workbook(title, sheets).map_err(|error| {
        let mut faults = Diagnostics::new();
        let ja = format!("表計算のファイルにできません: {error:#}");
        faults.push(Diagnostic::error(
            code::FILE_NAME,
            Place::whole(&path.into()),
            ja,
            format!("This cannot become a workbook: {error:#}"),
        ));
        faults
    })?;
    file(path.to_owned(), bytes)
}
