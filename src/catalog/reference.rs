//! References: how one piece of content names another.

use crate::diagnostic::Place;

/// What a reference names.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Target {
    /// The site's first page.
    Home,
    /// The list of modules.
    Modules,
    /// The list of surveys.
    Surveys,
    /// The list of data sets.
    Data,
    /// The list of reports.
    Reports,
    /// The list of sources.
    Sources,
    /// The directory of consultants.
    Consultants,
    /// Where ten consultants are found that fit.
    Matching,
    /// A free page: `page:faq/leaving`.
    Page(String),
    /// A module: `module:strengths`.
    Module(String),
    /// A lesson of a module: `lesson:strengths/opening`.
    Lesson(String, String),
    /// A worksheet of a module: `worksheet:strengths/overlap`.
    Worksheet(String, String),
    /// A survey: `survey:pulse`.
    Survey(String),
    /// A data set: `data:importance`.
    Dataset(String),
    /// A report: `report:pulse`.
    Report(String),
    /// A plan: `plan:support`.
    Plan(String),
    /// Cohorts: `cohorts:milestones`.
    Cohorts(String),
    /// A source, on the list of sources: `source:persol-2021`.
    Source(String),
}

impl Target {
    /// The kinds of reference, as written before the colon.
    pub const KINDS: [&'static str; 10] =
        ["page", "module", "lesson", "worksheet", "survey", "data", "report", "plan", "cohorts", "source"];
    /// The names of list pages, which stand alone.
    pub const LISTS: [&'static str; 8] = ["home", "modules", "surveys", "data", "reports", "sources", "consultants", "matching"];

    /// Reads `kind:id` or the name of a list page; `None` for anything else.
    #[must_use]
    pub fn parse(text: &str) -> Option<Target> {
        let Some((kind, id)) = text.split_once(':') else {
            return Some(match text {
                "home" => Target::Home,
                "modules" => Target::Modules,
                "surveys" => Target::Surveys,
                "data" => Target::Data,
                "reports" => Target::Reports,
                "sources" => Target::Sources,
                "consultants" => Target::Consultants,
                "matching" => Target::Matching,
                _ => return None,
            });
        };
        if id.is_empty() {
            return None;
        }
        let id = id.to_owned();
        Some(match kind {
            "page" => Target::Page(id),
            "module" => Target::Module(id),
            "lesson" => {
                let (module, lesson) = id.split_once('/')?;
                Target::Lesson(module.to_owned(), lesson.to_owned())
            }
            "worksheet" => {
                let (module, sheet) = id.split_once('/')?;
                Target::Worksheet(module.to_owned(), sheet.to_owned())
            }
            "survey" => Target::Survey(id),
            "data" => Target::Dataset(id),
            "report" => Target::Report(id),
            "plan" => Target::Plan(id),
            "cohorts" => Target::Cohorts(id),
            "source" => Target::Source(id),
            _ => return None,
        })
    }
}

impl std::fmt::Display for Target {
    fn fmt(&self, out: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Target::Home => out.write_str("home"),
            Target::Modules => out.write_str("modules"),
            Target::Surveys => out.write_str("surveys"),
            Target::Data => out.write_str("data"),
            Target::Reports => out.write_str("reports"),
            Target::Sources => out.write_str("sources"),
            Target::Consultants => out.write_str("consultants"),
            Target::Matching => out.write_str("matching"),
            Target::Page(id) => write!(out, "page:{id}"),
            Target::Module(id) => write!(out, "module:{id}"),
            Target::Lesson(module, id) => write!(out, "lesson:{module}/{id}"),
            Target::Worksheet(module, id) => write!(out, "worksheet:{module}/{id}"),
            Target::Survey(id) => write!(out, "survey:{id}"),
            Target::Dataset(id) => write!(out, "data:{id}"),
            Target::Report(id) => write!(out, "report:{id}"),
            Target::Plan(id) => write!(out, "plan:{id}"),
            Target::Cohorts(id) => write!(out, "cohorts:{id}"),
            Target::Source(id) => write!(out, "source:{id}"),
        }
    }
}

/// A value and where it is written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Located<T> {
    /// The value.
    pub value: T,
    /// Where it is written.
    pub place: Place,
}
