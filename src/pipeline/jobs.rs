//! Every page is a job that says what it reads. All of them can run at once; their results are collected in order.

use super::answers::Answers;
use crate::catalog::{Catalog, Target, surveys_of};
use crate::diagnostic::Diagnostics;
use crate::output::Artifact;
use crate::pages::{Edition, Material, Spot, site};
use std::collections::BTreeSet;

/// Something that a job reads. When none of a job's inputs has changed, its result has not changed either.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub enum Input {
    /// The project, the site, the theme, and the titles of everything that header, footer, lists and links name.
    Frame,
    /// A piece of content, with all that it shows in full.
    Content(Target),
    /// The list of sources.
    Sources,
    /// What may be shown of a survey.
    Published(String),
    /// The day of the build.
    Today,
}

/// One page, with the files beside it, still to be made.
#[derive(Debug, Clone)]
pub struct Job<'a> {
    /// The site in the page's language.
    pub edition: Edition<'a>,
    /// The page.
    pub spot: Spot,
    /// What it reads.
    pub inputs: BTreeSet<Input>,
    answers: &'a Answers,
}

impl Job<'_> {
    /// Makes it.
    ///
    /// # Errors
    ///
    /// A fault in a template.
    pub fn run(&self) -> Result<Vec<Artifact>, Diagnostics> {
        site::make(&self.edition, &self.spot, &self.answers.published)
    }
}

/// The jobs of a site, in the order of its languages and pages.
#[must_use]
pub fn jobs<'a>(material: Material<'a>, answers: &'a Answers) -> Vec<Job<'a>> {
    let spots = site::spots(material.catalog, material.site);
    let job = |language, spot: &Spot| Job {
        edition: Edition { material, language },
        spot: spot.clone(),
        inputs: inputs(material, spot),
        answers,
    };
    material.site.languages.iter().flat_map(|language| spots.iter().map(move |spot| job(*language, spot))).collect()
}

/// What a page reads. Every footer bears the day of the build, so every page reads that.
fn inputs(material: Material<'_>, spot: &Spot) -> BTreeSet<Input> {
    let catalog = material.catalog;
    let mut inputs = BTreeSet::from([Input::Frame, Input::Today]);
    let target = match spot {
        Spot::NotFound | Spot::NotFoundBelow(_) | Spot::Invitation | Spot::InvitationBelow(_) => return inputs,
        // Whoever has answered is shown the way to the survey's report
        Spot::Thanks(survey) | Spot::Device(survey) | Spot::Resume(survey) | Spot::Withdraw(survey) => Target::Survey(survey.clone()),
        Spot::Slides(report) | Spot::Method(report) | Spot::Part(report, ..) => Target::Report(report.clone()),
        Spot::Consultant(_) | Spot::Nomination(_) | Spot::Erase => Target::Consultants,
        Spot::Content(target) => target.clone(),
    };
    // Any text can show any data set, and the list of sources names those that rest on each
    let shows_data =
        matches!(target, Target::Page(_) | Target::Module(_) | Target::Lesson(..) | Target::Report(_) | Target::Data | Target::Sources);
    if shows_data {
        inputs.extend(catalog.data.keys().map(|id| Input::Content(Target::Dataset(id.clone()))));
    }
    let surveys = catalog.surveys.keys().map(|id| Input::Content(Target::Survey(id.clone())));
    let modules = catalog.modules.keys().map(|id| Input::Content(Target::Module(id.clone())));
    let reports = catalog.reports.keys().map(|id| Input::Content(Target::Report(id.clone())));
    match &target {
        Target::Lesson(module, _) => {
            inputs.insert(Input::Content(Target::Module(module.clone())));
        }
        Target::Worksheet(module, sheet) => {
            inputs.insert(Input::Content(Target::Module(module.clone())));
            // It names the survey and the questions that it can fill in
            let totals = catalog.modules.get(module).and_then(|module| module.worksheet(sheet)).and_then(|sheet| sheet.totals.as_ref());
            inputs.extend(totals.map(|totals| Input::Content(Target::Survey(totals.survey.value.clone()))));
        }
        Target::Report(id) => {
            if let Some(report) = catalog.reports.get(id) {
                for survey in surveys_of(catalog, report) {
                    inputs.extend(by_cohort(catalog, survey));
                    inputs.insert(Input::Content(Target::Survey(survey.to_owned())));
                    inputs.insert(Input::Published(survey.to_owned()));
                }
                // How it was made names all waves, and the file that the survey was taken from
                let survey = catalog.surveys.get(&report.survey.value);
                let base = survey.and_then(|survey| survey.same_as.clone());
                inputs.extend(base.map(|base| Input::Content(Target::Survey(base))));
                let waves = survey.map(|survey| catalog.waves(survey)).unwrap_or_default();
                inputs.extend(waves.into_iter().map(|wave| Input::Content(Target::Survey(wave.id.clone()))));
                inputs.extend(catalog.plans.keys().map(|id| Input::Content(Target::Plan(id.clone()))));
            }
        }
        Target::Plan(id) => {
            for input in catalog.plans.get(id).into_iter().flat_map(|plan| &plan.inputs) {
                inputs.insert(Input::Content(Target::Survey(input.survey.value.clone())));
                inputs.insert(Input::Published(input.survey.value.clone()));
            }
        }
        // Names of what is offered, and days of surveys
        Target::Cohorts(_) => inputs.extend(surveys.chain(modules)),
        // Leads, times and numbers of questions stand on the pages that lead there
        Target::Home => inputs.extend(surveys.chain(modules)),
        // Whose words surveys and worksheets are made of
        Target::Sources => {
            let sheets = catalog.modules.values().flat_map(|module| module.worksheets.iter().map(move |sheet| (module, sheet)));
            let sheets = sheets.map(|(module, sheet)| Input::Content(Target::Worksheet(module.id.clone(), sheet.id.clone())));
            inputs.extend(sheets.collect::<Vec<_>>());
            inputs.extend(surveys.chain(modules));
        }
        Target::Surveys => inputs.extend(surveys),
        Target::Modules => inputs.extend(modules),
        Target::Reports => {
            inputs.extend(catalog.plans.keys().map(|id| Input::Content(Target::Plan(id.clone()))));
            inputs.extend(reports);
        }
        Target::Survey(id) => {
            inputs.extend(reports);
            inputs.extend(by_cohort(catalog, id));
            let base = catalog.surveys.get(id).and_then(|survey| survey.same_as.clone());
            inputs.extend(base.map(|base| Input::Content(Target::Survey(base))));
            // Its form takes what these worksheets can give
            for (module, sheet) in catalog.modules.values().flat_map(|module| module.worksheets.iter().map(move |sheet| (module, sheet))) {
                if sheet.totals.as_ref().is_some_and(|totals| totals.survey.value == *id) {
                    inputs.insert(Input::Content(Target::Worksheet(module.id.clone(), sheet.id.clone())));
                }
            }
        }
        _ => {}
    }
    inputs.extend([Input::Sources, Input::Content(target)]);
    inputs
}

/// The cohorts from which attributes of a survey have their values.
fn by_cohort(catalog: &Catalog, survey: &str) -> BTreeSet<Input> {
    let attributes = catalog.surveys.get(survey).into_iter().flat_map(|survey| &survey.attributes);
    attributes.filter_map(|attribute| attribute.cohort.clone()).map(|id| Input::Content(Target::Cohorts(id))).collect()
}
