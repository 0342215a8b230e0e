//! Every address is made here: flat files, links relative from page to page, always to a file that is really there.
//!
//! The first language of a site has no prefix, others have `en/`. These addresses are fixed: printed QR codes outlive builds.

use crate::catalog::Target;
use crate::language::Language;

/// A page that a site can have.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub enum Spot {
    /// What content can name. [`Target::Source`] is a part of the list of sources.
    Content(Target),
    /// The receipt after a survey.
    Thanks(String),
    /// A survey as one page that works without a network, and on paper.
    Device(String),
    /// Where a sheet that was put aside is opened again.
    Resume(String),
    /// Where an answer is taken back.
    Withdraw(String),
    /// A report as slides, one finding each.
    Slides(String),
    /// A consultant.
    Consultant(String),
    /// Where a consultant is nominated.
    Nomination(String),
    /// Where a nomination is erased by its code.
    Erase,
    /// One group of a report: the report, the attribute, its value.
    Part(String, String, String),
    /// How a report was made.
    Method(String),
    /// Where a code is typed.
    Invitation,
    /// The same, so many folders deeper than its links would have it: what a link with a code leads to when it cannot be used.
    InvitationBelow(usize),
    /// «There is no such page».
    NotFound,
    /// The same, for an address that lies so many folders below the site's top: its links lead up as far.
    NotFoundBelow(usize),
}

impl From<Target> for Spot {
    fn from(target: Target) -> Spot {
        Spot::Content(target)
    }
}

/// The addresses of a site's languages.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Addresses {
    /// The language whose pages have no prefix.
    pub first: Language,
}

impl Addresses {
    /// The path of a page below its site: `modules/strengths.html`, `en/modules/strengths.html`.
    #[must_use]
    pub fn path(self, spot: &Spot, language: Language) -> String {
        let name = match spot {
            Spot::Invitation => "i".to_owned(),
            Spot::InvitationBelow(folders) => format!("{}i", "-/".repeat(*folders)),
            Spot::NotFound => "404".to_owned(),
            Spot::NotFoundBelow(folders) => format!("{}404", "-/".repeat(*folders)),
            Spot::Thanks(survey) => format!("surveys/{survey}/thanks"),
            Spot::Device(survey) => format!("surveys/{survey}/offline"),
            Spot::Resume(survey) => format!("surveys/{survey}/resume"),
            Spot::Withdraw(survey) => format!("surveys/{survey}/withdraw"),
            Spot::Slides(report) => format!("reports/{report}/slides"),
            Spot::Consultant(id) => format!("consultants/{id}"),
            Spot::Nomination(id) => format!("consultants/{id}/nominate"),
            Spot::Erase => "consultants/erase".to_owned(),
            Spot::Part(report, attribute, value) => format!("reports/{report}/by/{attribute}/{value}"),
            Spot::Method(report) => format!("reports/{report}/method"),
            Spot::Content(target) => match target {
                Target::Home => "index".to_owned(),
                Target::Modules => "modules".to_owned(),
                Target::Surveys => "surveys".to_owned(),
                Target::Data => "data".to_owned(),
                Target::Reports => "reports".to_owned(),
                Target::Sources | Target::Source(_) => "sources".to_owned(),
                Target::Consultants => "consultants".to_owned(),
                Target::Matching => "consultants/find".to_owned(),
                Target::Page(id) => id.clone(),
                Target::Module(id) => format!("modules/{id}"),
                Target::Lesson(module, id) => format!("modules/{module}/{id}"),
                Target::Worksheet(module, id) => format!("modules/{module}/worksheets/{id}"),
                Target::Survey(id) => format!("surveys/{id}"),
                Target::Dataset(id) => format!("data/{id}"),
                Target::Report(id) => format!("reports/{id}"),
                Target::Plan(id) => format!("plans/{id}"),
                Target::Cohorts(id) => format!("cohorts/{id}"),
            },
        };
        format!("{}{name}.html", self.prefix(language))
    }

    /// The path of a file that stands beside a page: its name with another ending, `data/importance.csv`.
    #[must_use]
    pub fn beside(self, spot: &Spot, language: Language, ending: &str) -> String {
        let page = self.path(spot, language);
        format!("{}{ending}", page.strip_suffix(".html").unwrap_or(&page))
    }

    fn prefix(self, language: Language) -> String {
        if language == self.first { String::new() } else { format!("{}/", language.code()) }
    }
}

/// The part of a page that a target names: the entry of a source.
#[must_use]
pub fn anchor(target: &Target) -> Option<&str> {
    match target {
        Target::Source(id) => Some(id),
        _ => None,
    }
}

/// The link from one path of a site to another: `relative("en/modules/a.html", "assets/site.css")` is `../../assets/site.css`.
#[must_use]
pub fn relative(from: &str, to: &str) -> String {
    let from: Vec<&str> = from.split('/').collect();
    let to: Vec<&str> = to.split('/').collect();
    let folders = from.len().saturating_sub(1);
    let shared = from.iter().take(folders).zip(to.iter().take(to.len().saturating_sub(1))).take_while(|(a, b)| a == b).count();
    let mut link = "../".repeat(folders - shared);
    link.push_str(&to[shared..].join("/"));
    link
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_are_as_they_were_in_the_first_release() {
        let addresses = Addresses { first: Language::Japanese };
        let lesson = Target::Lesson("strengths".into(), "opening".into());
        for (spot, ja, en) in [
            (Target::Home.into(), "index.html", "en/index.html"),
            (Target::Modules.into(), "modules.html", "en/modules.html"),
            (Target::Page("faq/leaving".into()).into(), "faq/leaving.html", "en/faq/leaving.html"),
            (Target::Module("strengths".into()).into(), "modules/strengths.html", "en/modules/strengths.html"),
            (lesson.into(), "modules/strengths/opening.html", "en/modules/strengths/opening.html"),
            (Target::Survey("pulse".into()).into(), "surveys/pulse.html", "en/surveys/pulse.html"),
            (Spot::Thanks("pulse".into()), "surveys/pulse/thanks.html", "en/surveys/pulse/thanks.html"),
            (Spot::Device("pulse".into()), "surveys/pulse/offline.html", "en/surveys/pulse/offline.html"),
            (Spot::Resume("pulse".into()), "surveys/pulse/resume.html", "en/surveys/pulse/resume.html"),
            (Spot::Withdraw("pulse".into()), "surveys/pulse/withdraw.html", "en/surveys/pulse/withdraw.html"),
            (Spot::Slides("pulse".into()), "reports/pulse/slides.html", "en/reports/pulse/slides.html"),
            (Target::Consultants.into(), "consultants.html", "en/consultants.html"),
            (Target::Matching.into(), "consultants/find.html", "en/consultants/find.html"),
            (Spot::Consultant("aoki".into()), "consultants/aoki.html", "en/consultants/aoki.html"),
            (Spot::Nomination("aoki".into()), "consultants/aoki/nominate.html", "en/consultants/aoki/nominate.html"),
            (Spot::Erase, "consultants/erase.html", "en/consultants/erase.html"),
            (
                Spot::Part("pulse".into(), "department".into(), "sales".into()),
                "reports/pulse/by/department/sales.html",
                "en/reports/pulse/by/department/sales.html",
            ),
            (Spot::Method("pulse".into()), "reports/pulse/method.html", "en/reports/pulse/method.html"),
            (Target::Dataset("importance".into()).into(), "data/importance.html", "en/data/importance.html"),
            (Target::Report("pulse".into()).into(), "reports/pulse.html", "en/reports/pulse.html"),
            (Target::Plan("support".into()).into(), "plans/support.html", "en/plans/support.html"),
            (Target::Cohorts("years".into()).into(), "cohorts/years.html", "en/cohorts/years.html"),
            (Target::Source("persol-2021".into()).into(), "sources.html", "en/sources.html"),
            (Spot::NotFound, "404.html", "en/404.html"),
        ] {
            assert_eq!(addresses.path(&spot, Language::Japanese), ja);
            assert_eq!(addresses.path(&spot, Language::English), en);
        }
        let dataset = Target::Dataset("importance".into()).into();
        assert_eq!(addresses.beside(&dataset, Language::English, ".csv"), "en/data/importance.csv");
    }

    #[test]
    fn links_lead_from_page_to_page() {
        for (from, to, expected) in [
            ("index.html", "assets/site.css", "assets/site.css"),
            ("index.html", "index.html", "index.html"),
            ("modules/a.html", "index.html", "../index.html"),
            ("modules/a.html", "modules/a/b.html", "a/b.html"),
            ("modules/a/b.html", "modules/a.html", "../a.html"),
            ("en/modules/a.html", "assets/site.css", "../../assets/site.css"),
            ("en/modules/a.html", "modules/a.html", "../../modules/a.html"),
            ("modules/a.html", "en/modules/a.html", "../en/modules/a.html"),
            ("data/x.html", "data/x.csv", "x.csv"),
        ] {
            assert_eq!(relative(from, to), expected, "{from} -> {to}");
        }
    }
}
