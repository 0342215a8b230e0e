//! The page of one group of a report: its figures beside everybody else's. A group that may not be shown has the same page as one
//! without people.

use super::blocks::profile;
use super::known::Known;
use super::report::{BlockView, ReportView, View, headed, parts};
use super::told;
use crate::catalog::{Report, Target};
use crate::charts::is_told_apart;
use crate::diagnostic::Diagnostics;
use crate::output::Artifact;
use crate::pages::address::{Spot, relative};
use crate::pages::edition::{Edition, LinkView};
use crate::pages::exhibit::{Said, Setting};
use crate::pages::render::Markup;
use crate::survey::Exhibit;

/// The page of a group, and the files of its figures.
///
/// # Errors
///
/// A fault in the theme's template.
pub fn page(edition: &Edition<'_>, report: &Report, known: Known<'_>, group: &str) -> Result<Vec<Artifact>, Diagnostics> {
    let groups = profile::groups(edition, report);
    let (Some(attribute), Some(named)) = (&report.for_each, groups.into_iter().find(|one| one.code == group)) else {
        return Ok(Vec::new());
    };
    let spot = Spot::Part(report.id.clone(), attribute.value.clone(), group.to_owned());
    let (name, title) = (edition.plain(&named.label), edition.plain(&report.title));
    let exhibits = profile::exhibits(edition, report, known, group);
    let k = edition.material.catalog.surveys.get(&report.survey.value).map_or(0, |survey| survey.k);
    // Before there is any figure, the reason is that of all groups
    let waiting = known.own.filter(|own| own.shown == 0).and_then(|own| own.waiting.as_ref());
    let lead = match (exhibits.is_empty(), waiting) {
        (false, _) => edition.fill("part_lead", &[("group", &name)]),
        (true, Some(waiting)) => edition.plain(&waiting.text),
        (true, None) => edition.fill("part_few", &[("group", &name), ("k", &k.to_string())]),
    };
    let mut page = edition.page_view(&spot, format!("{name} – {title}"), lead.clone());
    page.crumbs.clear();
    let (mut artifacts, mut blocks, mut said) = (Vec::new(), Vec::new(), Said::default());
    let stem = edition.path(&spot).trim_end_matches(".html").to_owned();
    let workbook = told::workbook_path(edition, report);
    for (at, exhibit) in exhibits.iter().enumerate() {
        let name = if exhibit.id.ends_with("-scores") { "scores" } else { "shares" };
        let files = format!("{stem}/{name}.html");
        artifacts.extend(edition.exhibit_files(exhibit, files.trim_end_matches(".html"))?);
        let setting = Setting { spot: &spot, number: Some(at + 1), caption: None, files: &files, own: None, workbook: Some(&workbook) };
        blocks.push(BlockView::Exhibit { exhibit: Box::new(edition.exhibit_view(exhibit, setting).after(&mut said)) });
    }
    let headline = headline(edition, &name, &exhibits);
    let whole = Target::Report(report.id.clone());
    let view = View {
        report: ReportView {
            eyebrow: Some(title),
            title: Markup::text(&headline),
            lead: Markup::text(&lead),
            byline: vec![edition.organisation()],
            slides: edition.link_to(&spot, &Spot::Slides(report.id.clone())),
            method: edition.link_to(&spot, &Spot::Method(report.id.clone())),
            workbook: relative(&edition.path(&spot), &workbook),
            sample: report.sample,
            tiles: Vec::new(),
            plan: false,
            blocks: headed(edition, blocks),
            parts: parts(edition, &spot, report),
            whole: Some(LinkView::new(edition.link(&spot, &whole), edition.say("part_whole"))),
        },
    };
    artifacts.push(edition.artifact("report.html", &spot, &page, &view)?);
    Ok(artifacts)
}

/// So many things are named in a headline; of more their number says more.
const NAMED: usize = 3;

/// What is found of a group: where it can be told from everybody else, that nowhere, or, where nothing of it is shown, its name.
fn headline(edition: &Edition<'_>, group: &str, exhibits: &[Exhibit]) -> String {
    let tested = |exhibit: &Exhibit| exhibit.rows.iter().filter_map(|row| row.figures.first()).filter(|one| one.value.is_some()).count();
    let apart = |exhibit: &&Exhibit| exhibit.rows.iter().filter_map(|row| row.figures.first()).filter(|one| is_told_apart(one)).count();
    let finding: Vec<&Exhibit> = exhibits.iter().filter(|exhibit| apart(exhibit) > 0).collect();
    match (&finding[..], exhibits.first()) {
        (_, None) => group.to_owned(),
        ([], Some(_)) if exhibits.iter().all(|one| tested(one) == 0) => group.to_owned(),
        ([], Some(_)) => edition.fill("part_same", &[("group", group)]),
        ([only], _) if apart(only) <= NAMED => edition.plain(&only.title),
        (several, _) => {
            let (all, told) = (exhibits.iter().map(tested).sum::<usize>(), several.iter().map(apart).sum::<usize>());
            edition.fill("part_differs", &[("group", group), ("all", &all.to_string()), ("told", &told.to_string())])
        }
    }
}
