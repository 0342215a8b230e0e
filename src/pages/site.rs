//! A whole site: which pages it has, and how each is made. Every page is a job of its own that may run beside the others.

use super::address::Spot;
use super::cohorts::page as cohorts;
use super::edition::{Edition, Material};
use super::editorial::known::Known;
use super::editorial::{dataset, free, home, list, method, module, part, plan, report, slides, sources};
use super::form::{self, put_aside, receipt, withdrawal};
use super::frame::file;
use super::message;
use super::paper::device;
use super::talks::{directory, erasing, matching, nomination, profile};
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
    if let Some((directory, talks)) = catalog.talks(site) {
        let matched = talks.only.is_none().then_some(Target::Matching);
        all.extend([Target::Consultants].into_iter().chain(matched).map(Spot::Content));
        let named = |id: &String| talks.only.as_ref().is_none_or(|only| only.iter().any(|one| one.value == *id));
        let people = directory.people.iter().map(|person| &person.id).filter(|id| named(id));
        all.extend(people.flat_map(|id| [Spot::Consultant(id.clone()), Spot::Nomination(id.clone())]));
        all.push(Spot::Erase);
    }
    all.extend(site.data.iter().map(|id| Spot::Content(Target::Dataset(id.value.clone()))));
    for id in &site.reports {
        let id = &id.value;
        all.extend([Spot::Content(Target::Report(id.clone())), Spot::Slides(id.clone()), Spot::Method(id.clone())]);
        all.extend(parts(catalog, id));
    }
    all.extend(site.plans.iter().map(|id| Spot::Content(Target::Plan(id.value.clone()))));
    all.extend(site.cohorts.iter().map(|id| Spot::Content(Target::Cohorts(id.value.clone()))));
    all.extend(site.pages.iter().map(|id| Spot::Content(Target::Page(id.value.clone()))));
    all
}

/// The pages of the groups of a report: of every value of its attribute, so that it does not show who may be seen.
#[must_use]
pub fn parts(catalog: &Catalog, report: &str) -> Vec<Spot> {
    let Some((report, attribute)) = catalog.reports.get(report).and_then(|report| Some((report, report.for_each.as_ref()?))) else {
        return Vec::new();
    };
    let survey = catalog.surveys.get(&report.survey.value);
    let values =
        survey.into_iter().flat_map(|survey| &survey.attributes).filter(|one| one.id == attribute.value).flat_map(|one| &one.values);
    values.map(|value| Spot::Part(report.id.clone(), attribute.value.clone(), value.code.clone())).collect()
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
        Spot::Invitation | Spot::InvitationBelow(_) => return Ok(Vec::new()),
        Spot::NotFound | Spot::NotFoundBelow(_) => return one(message::not_found(edition)),
        Spot::Thanks(id) => return catalog.surveys.get(id).map_or(Ok(Vec::new()), |survey| one(receipt::page(edition, survey))),
        Spot::Device(id) => return catalog.surveys.get(id).map_or(Ok(Vec::new()), |survey| device::page(edition, survey)),
        Spot::Resume(id) => return catalog.surveys.get(id).map_or(Ok(Vec::new()), |survey| one(put_aside::entry_page(edition, survey))),
        Spot::Withdraw(id) => return catalog.surveys.get(id).map_or(Ok(Vec::new()), |survey| one(withdrawal::entry_page(edition, survey))),
        Spot::Slides(id) => {
            let report = catalog.reports.get(id);
            return report.map_or(Ok(Vec::new()), |report| one(slides::page(edition, report, Known::of(report, published))));
        }
        Spot::Consultant(id) => return profile::page(edition, id),
        Spot::Nomination(id) => return nomination::page(edition, id),
        Spot::Erase => return erasing::page(edition),
        Spot::Part(id, _, group) => {
            let report = catalog.reports.get(id);
            return report.map_or(Ok(Vec::new()), |report| part::page(edition, report, Known::of(report, published), group));
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
        Target::Consultants => directory::page(edition),
        Target::Matching => matching::page(edition),
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
        Target::Plan(id) => catalog.plans.get(id).map_or(Ok(Vec::new()), |one| plan::page(edition, one, published)),
        Target::Cohorts(id) => catalog.cohorts.get(id).map_or(Ok(Vec::new()), |one| cohorts::page(edition, one)),
        Target::Report(id) => {
            catalog.reports.get(id).map_or(Ok(Vec::new()), |report| report::page(edition, report, Known::of(report, published)))
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
