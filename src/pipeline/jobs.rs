//! Every page is a job that says what it reads. All of them can run at once; their results are collected in order.

use super::answers::Answers;
use crate::catalog::Target;
use crate::diagnostic::Diagnostics;
use crate::output::Artifact;
use crate::pages::edition::{Edition, Material};
use crate::pages::{dataset, form, free, home, list, message, module, report, sources, thanks};
use crate::survey::Survey;
use crate::survey::definition::Opening;
use std::collections::BTreeSet;

/// Something that a job reads. When none of a job's inputs has changed, its result has not changed either.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub enum Input {
    /// The project, the site, the theme, and the titles of everything that the header, footer and links name.
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

/// One page, or a page with its files, still to be made.
pub struct Job<'a> {
    /// What the page is: for messages and for finding it again.
    pub name: String,
    /// What it reads.
    pub inputs: BTreeSet<Input>,
    run: Box<dyn Fn() -> Result<Vec<Artifact>, Diagnostics> + Send + Sync + 'a>,
}

impl Job<'_> {
    /// Makes it.
    ///
    /// # Errors
    ///
    /// A fault in a template.
    pub fn run(&self) -> Result<Vec<Artifact>, Diagnostics> {
        (self.run)()
    }
}

/// The jobs of a site, in the order of its languages and pages.
#[must_use]
pub fn jobs<'a>(material: Material<'a>, answers: &'a Answers) -> Vec<Job<'a>> {
    let mut jobs = Jobs { material, answers, all: Vec::new() };
    for language in material.catalog.languages() {
        jobs.edition(Edition { material, language: *language });
    }
    jobs.all
}

struct Jobs<'a> {
    material: Material<'a>,
    answers: &'a Answers,
    all: Vec<Job<'a>>,
}

impl<'a> Jobs<'a> {
    fn add(
        &mut self,
        edition: Edition<'a>,
        name: impl std::fmt::Display,
        inputs: impl IntoIterator<Item = Input>,
        run: impl Fn(&Edition<'a>) -> Result<Vec<Artifact>, Diagnostics> + Send + Sync + 'a,
    ) {
        self.all.push(Job {
            name: format!("{}/{name}", edition.language.code()),
            inputs: inputs.into_iter().chain([Input::Frame]).collect(),
            run: Box::new(move || run(&edition)),
        });
    }

    fn edition(&mut self, edition: Edition<'a>) {
        let catalog = self.material.catalog;
        let site = self.material.site;
        let answers = self.answers;
        let one = |artifact: Result<Artifact, Diagnostics>| artifact.map(|artifact| vec![artifact]);
        let exhibits = || catalog.data.keys().map(|id| Input::Content(Target::Dataset(id.clone()))).collect::<Vec<_>>();
        self.add(edition, "home", [Input::Today], move |edition| one(home::page(edition)));
        self.add(edition, "modules", [], move |edition| one(list::modules(edition)));
        self.add(edition, "surveys", [Input::Today], move |edition| one(list::surveys(edition)));
        self.add(edition, "data", exhibits(), move |edition| one(list::data(edition)));
        self.add(edition, "reports", [], move |edition| one(list::reports(edition)));
        self.add(edition, "sources", [Input::Sources], move |edition| one(sources::page(edition)));
        self.add(edition, "404", [], move |edition| one(message::not_found(edition)));
        for page in site.pages.iter().filter_map(|name| catalog.pages.get(&name.value)) {
            let target = Target::Page(page.id.clone());
            let inputs = exhibits().into_iter().chain([Input::Content(target.clone()), Input::Sources]);
            self.add(edition, target, inputs, move |edition| one(free::page(edition, page)));
        }
        for unit in site.modules.iter().filter_map(|name| catalog.modules.get(&name.value)) {
            let target = Target::Module(unit.id.clone());
            let inputs: Vec<Input> = exhibits().into_iter().chain([Input::Content(target.clone()), Input::Sources]).collect();
            self.add(edition, target, inputs.clone(), move |edition| one(module::page(edition, unit)));
            for lesson in &unit.lessons {
                let target = Target::Lesson(unit.id.clone(), lesson.id.clone());
                self.add(edition, target, inputs.clone(), move |edition| one(free::lesson(edition, unit, lesson)));
            }
        }
        for set in site.data.iter().filter_map(|name| catalog.data.get(&name.value)) {
            let target = Target::Dataset(set.id.clone());
            self.add(edition, target.clone(), [Input::Content(target), Input::Sources], move |edition| dataset::page(edition, set));
        }
        for survey in site.surveys.iter().filter_map(|name| catalog.surveys.get(&name.value)) {
            let target = Target::Survey(survey.id.clone());
            let inputs = [Input::Content(target.clone()), Input::Today];
            self.add(edition, target.clone(), inputs.clone(), move |edition| one(survey_page(edition, survey)));
            self.add(edition, format!("{target}/thanks"), inputs, move |edition| one(thanks::page(edition, survey)));
        }
        for told in site.reports.iter().filter_map(|name| catalog.reports.get(&name.value)) {
            let target = Target::Report(told.id.clone());
            let survey = Input::Content(Target::Survey(told.survey.value.clone()));
            let published = Input::Published(told.survey.value.clone());
            let inputs = exhibits().into_iter().chain([Input::Content(target.clone()), survey, published, Input::Sources]);
            self.add(edition, target, inputs, move |edition| {
                report::page(edition, told, answers.published.get(&told.survey.value))
            });
        }
    }
}

/// The first page of a survey's form, or why there is none today.
fn survey_page(edition: &Edition<'_>, survey: &Survey) -> Result<Artifact, Diagnostics> {
    match edition.material.opening(survey) {
        Opening::NotYet(day) => message::not_yet(edition, survey, day),
        Opening::Closed(day) => message::closed(edition, survey, day),
        Opening::Open => form::first_page(edition, survey),
    }
}
