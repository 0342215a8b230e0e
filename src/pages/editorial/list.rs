//! The lists of a site: modules, surveys, data sets, reports.

use crate::catalog::Target;
use crate::diagnostic::Diagnostics;
use crate::language::DayTime;
use crate::output::Artifact;
use crate::pages::address::Spot;
use crate::pages::edition::Edition;
use crate::pages::render::Markup;
use crate::survey::Survey;
use crate::survey::definition::Opening;
use serde::Serialize;

#[derive(Serialize)]
struct View {
    list: ListView,
}

#[derive(Serialize)]
struct ListView {
    title: String,
    lead: String,
    plates: bool,
    empty: String,
    rows: Vec<RowView>,
}

#[derive(Serialize)]
struct RowView {
    plate: Option<String>,
    tone: &'static str,
    title: String,
    href: String,
    lead: Markup,
    when: Option<String>,
    sample: bool,
}

/// The list of a site's modules.
///
/// # Errors
///
/// A fault in the theme's template.
pub fn modules(edition: &Edition<'_>) -> Result<Artifact, Diagnostics> {
    let spot = Spot::Content(Target::Modules);
    let all = edition.material.site.modules.iter().filter_map(|id| edition.material.catalog.modules.get(&id.value));
    let rows = all.map(|module| RowView {
        plate: Some(edition.plain(&module.plate)),
        tone: "",
        title: edition.plain(&module.title),
        href: edition.link(&spot, &Target::Module(module.id.clone())),
        lead: edition.inline(&spot, &module.lead),
        when: Some(edition.fill("minutes", &[("n", &module.minutes().to_string())])),
        sample: false,
    });
    list(edition, Target::Modules, ["modules", "modules_lead", "modules_none"], rows.collect())
}

/// The list of a site's surveys.
///
/// # Errors
///
/// A fault in the theme's template.
pub fn surveys(edition: &Edition<'_>) -> Result<Artifact, Diagnostics> {
    let spot = Spot::Content(Target::Surveys);
    let all = edition.material.site.surveys.iter().filter_map(|id| edition.material.catalog.surveys.get(&id.value));
    let rows = all.map(|survey| {
        let (plate, tone, when) = state(edition, survey);
        RowView {
            plate: Some(edition.say(plate).to_owned()),
            tone,
            title: edition.plain(&survey.title),
            href: edition.link(&spot, &Target::Survey(survey.id.clone())),
            lead: edition.inline(&spot, &survey.lead),
            when: Some(when),
            sample: false,
        }
    });
    list(edition, Target::Surveys, ["surveys", "surveys_lead", "surveys_none"], rows.collect())
}

/// The words on a survey's plate, its tone, and until or from when.
fn state(edition: &Edition<'_>, survey: &Survey) -> (&'static str, &'static str, String) {
    let words = |key: &str, day: DayTime| edition.fill(key, &[("date", &edition.limit(day))]);
    match edition.opening(survey) {
        Opening::NotYet(day) => ("state_soon", "soft", words("from", day)),
        Opening::Closed(day) => ("state_closed", "soft", words("until", day)),
        Opening::Open => {
            let facts = || survey_facts(edition, survey, ["survey_facts", "survey_facts_most"]);
            ("state_open", "here", survey.close.map_or_else(facts, |close| words("until", close.written)))
        }
    }
}

/// How long a survey takes, in the first of these phrases; in the second where not everybody is asked everything.
pub(in crate::pages) fn survey_facts(edition: &Edition<'_>, survey: &Survey, [all, most]: [&str; 2]) -> String {
    let (minutes, questions) = (survey.minutes.to_string(), survey.question_count().to_string());
    edition.fill(if survey.branches() { most } else { all }, &[("minutes", &minutes), ("questions", &questions)])
}

/// The list of a site's data sets.
///
/// # Errors
///
/// A fault in the theme's template.
pub fn data(edition: &Edition<'_>) -> Result<Artifact, Diagnostics> {
    let spot = Spot::Content(Target::Data);
    let all = edition.material.site.data.iter().filter_map(|id| edition.material.catalog.data.get(&id.value));
    let rows = all.map(|dataset| RowView {
        plate: None,
        tone: "",
        title: edition.plain(&dataset.exhibit.title),
        href: edition.link(&spot, &Target::Dataset(dataset.id.clone())),
        lead: Markup::text(&edition.plain(&dataset.exhibit.asked)),
        when: None,
        sample: dataset.exhibit.sample,
    });
    list(edition, Target::Data, ["data", "data_lead", "data_none"], rows.collect())
}

/// The list of a site's reports.
///
/// # Errors
///
/// A fault in the theme's template.
pub fn reports(edition: &Edition<'_>) -> Result<Artifact, Diagnostics> {
    let spot = Spot::Content(Target::Reports);
    let all = edition.material.site.reports.iter().filter_map(|id| edition.material.catalog.reports.get(&id.value));
    let rows = all.map(|report| RowView {
        plate: Some(edition.say("report_plate").to_owned()),
        tone: "",
        title: edition.plain(&report.title),
        href: edition.link(&spot, &Target::Report(report.id.clone())),
        lead: edition.inline(&spot, &report.lead),
        when: None,
        sample: report.sample,
    });
    let plans = edition.material.site.plans.iter().filter_map(|id| edition.material.catalog.plans.get(&id.value));
    let plans = plans.map(|plan| RowView {
        plate: Some(edition.say("plan_plate").to_owned()),
        tone: "",
        title: edition.plain(&plan.title),
        href: edition.link(&spot, &Target::Plan(plan.id.clone())),
        lead: edition.inline(&spot, &plan.lead),
        when: None,
        sample: plan.sample,
    });
    list(edition, Target::Reports, ["reports", "reports_lead", "reports_none"], rows.chain(plans).collect())
}

fn list(edition: &Edition<'_>, target: Target, [title, lead, empty]: [&str; 3], rows: Vec<RowView>) -> Result<Artifact, Diagnostics> {
    let spot = Spot::Content(target);
    let title = edition.say(title).to_owned();
    let lead = edition.say(lead).to_owned();
    let mut page = edition.page_view(&spot, title.clone(), lead.clone());
    page.crumbs = edition.crumbs(&spot, &[], &title);
    let plates = rows.iter().any(|row| row.plate.is_some());
    let view = View { list: ListView { title, lead, plates, empty: edition.say(empty).to_owned(), rows } };
    edition.artifact("list.html", &spot, &page, &view)
}
