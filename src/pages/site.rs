//! A whole site: which pages it has, and how each is made. Every page is a job of its own that may run beside the others.

use super::address::Spot;
use super::edition::{Edition, Material};
use super::editorial::{dataset, free, home, list, method, module, report, slides, sources};
use super::form::{self, put_aside, receipt, withdrawal};
use super::frame::file;
use super::message;
use super::paper::device;
use super::theme::HANDOUT_STYLES;
use super::worksheet;
use crate::catalog::{Catalog, Site, Target};
use crate::charts::palette;
use crate::diagnostic::Diagnostics;
use crate::output::Artifact;
use crate::statistics::Published;
use std::collections::BTreeMap;

/// Every page of a site, in a fixed order.
#[must_use]
pub fn spots(catalog: &Catalog, site: &Site) -> Vec<Spot> {
    let lists = [Target::Home, Target::Modules, Target::Surveys, Target::Data, Target::Reports, Target::Sources];
    let mut all: Vec<Spot> = lists.into_iter().map(Spot::Content).collect();
    all.push(Spot::NotFound);
    for id in &site.modules {
        all.push(Spot::Content(Target::Module(id.value.clone())));
        if let Some(module) = catalog.modules.get(&id.value) {
            all.extend(module.worksheets.iter().map(|sheet| Spot::Content(Target::Worksheet(module.id.clone(), sheet.id.clone()))));
            all.extend(module.lessons.iter().map(|lesson| Spot::Content(Target::Lesson(module.id.clone(), lesson.id.clone()))));
        }
    }
    for id in &site.surveys {
        all.extend([Spot::Content(Target::Survey(id.value.clone())), Spot::Thanks(id.value.clone()), Spot::Device(id.value.clone())]);
        if let Some(survey) = catalog.surveys.get(&id.value) {
            all.extend(survey.drafts.map(|_| Spot::Resume(survey.id.clone())));
            all.extend(survey.withdrawal.then(|| Spot::Withdraw(survey.id.clone())));
        }
    }
    all.extend(site.data.iter().map(|id| Spot::Content(Target::Dataset(id.value.clone()))));
    for id in &site.reports {
        let id = &id.value;
        all.extend([Spot::Content(Target::Report(id.clone())), Spot::Slides(id.clone()), Spot::Method(id.clone())]);
    }
    all.extend(site.pages.iter().map(|id| Spot::Content(Target::Page(id.value.clone()))));
    all
}

/// A page of a site with the files that stand beside it. `published` holds the figures of surveys, by the survey's id.
///
/// # Errors
///
/// A fault in the theme's templates.
pub fn make(edition: &Edition<'_>, spot: &Spot, published: &BTreeMap<String, Published>) -> Result<Vec<Artifact>, Diagnostics> {
    let catalog = edition.material.catalog;
    let one = |made: Result<Artifact, Diagnostics>| made.map(|artifact| vec![artifact]);
    let target = match spot {
        // Only the server has these: they are answers to a code
        Spot::Invitation | Spot::InvitationLink => return Ok(Vec::new()),
        Spot::NotFound | Spot::NotFoundBelow(_) => return one(message::not_found(edition)),
        Spot::Thanks(id) => return catalog.surveys.get(id).map_or(Ok(Vec::new()), |survey| one(receipt::page(edition, survey))),
        Spot::Device(id) => return catalog.surveys.get(id).map_or(Ok(Vec::new()), |survey| device::page(edition, survey)),
        Spot::Resume(id) => return catalog.surveys.get(id).map_or(Ok(Vec::new()), |survey| one(put_aside::entry_page(edition, survey))),
        Spot::Withdraw(id) => return catalog.surveys.get(id).map_or(Ok(Vec::new()), |survey| one(withdrawal::entry_page(edition, survey))),
        Spot::Slides(id) => {
            let report = catalog.reports.get(id);
            return report.map_or(Ok(Vec::new()), |report| one(slides::page(edition, report, published.get(&report.survey.value))));
        }
        Spot::Method(id) => {
            let report = catalog.reports.get(id);
            return report.map_or(Ok(Vec::new()), |report| one(method::page(edition, report, published.get(&report.survey.value))));
        }
        Spot::Content(target) => target,
    };
    match target {
        Target::Home => one(home::page(edition)),
        Target::Modules => one(list::modules(edition)),
        Target::Surveys => one(list::surveys(edition)),
        Target::Data => one(list::data(edition)),
        Target::Reports => one(list::reports(edition)),
        Target::Sources | Target::Source(_) => one(sources::page(edition)),
        Target::Page(id) => catalog.pages.get(id).map_or(Ok(Vec::new()), |page| one(free::page(edition, page))),
        Target::Module(id) => catalog.modules.get(id).map_or(Ok(Vec::new()), |module| one(module::page(edition, module))),
        Target::Lesson(module, id) => {
            let module = catalog.modules.get(module);
            let lesson = module.and_then(|module| Some((module, module.lessons.iter().find(|lesson| lesson.id == *id)?)));
            lesson.map_or(Ok(Vec::new()), |(module, lesson)| one(free::lesson(edition, module, lesson)))
        }
        Target::Worksheet(module, id) => {
            let module = catalog.modules.get(module);
            let sheet = module.and_then(|module| Some((module, module.worksheet(id)?)));
            sheet.map_or(Ok(Vec::new()), |(module, sheet)| one(worksheet::page(edition, module, sheet)))
        }
        Target::Survey(id) => catalog.surveys.get(id).map_or(Ok(Vec::new()), |survey| one(form::first(edition, survey))),
        Target::Dataset(id) => catalog.data.get(id).map_or(Ok(Vec::new()), |dataset| dataset::page(edition, dataset)),
        Target::Report(id) => {
            catalog.reports.get(id).map_or(Ok(Vec::new()), |report| report::page(edition, report, published.get(&report.survey.value)))
        }
    }
}

/// The files that all pages of a site share: the theme's, and the colours of charts.
///
/// # Errors
///
/// A file of the theme whose name some system could not write.
pub fn assets(material: &Material<'_>) -> Result<Vec<Artifact>, Diagnostics> {
    let mut artifacts = Vec::new();
    let mut diagnostics = Diagnostics::new();
    let colours = ("assets/charts.css".to_owned(), palette::css().into_bytes());
    // A theme may bring chart colours of its own.
    let own = material.theme.assets().any(|(path, _)| path == colours.0);
    // What is handed out stands alone and has its style inside
    let published = material.theme.assets().filter(|(path, _)| !path.starts_with(HANDOUT_STYLES));
    let all = published.map(|(path, bytes)| (path, bytes.to_vec())).chain((!own).then_some(colours));
    for (path, bytes) in all {
        match file(path, bytes) {
            Ok(artifact) => artifacts.push(artifact),
            Err(faults) => diagnostics.append(faults),
        }
    }
    if diagnostics.has_errors() { Err(diagnostics) } else { Ok(artifacts) }
}
