//! Where an invitation's code is typed, and what is said when it cannot be used.

use super::sheet::{FieldView, INVITATION, SurveyView, action};
use crate::diagnostic::Diagnostics;
use crate::pages::address::Spot;
use crate::pages::edition::Edition;
use crate::survey::Survey;
use serde::Serialize;

/// Why somebody is asked for a code.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Problem {
    /// None came with the request.
    Missing,
    /// It cannot be a code: a slip of the pen.
    Mistyped,
    /// It could be one, but was never handed out.
    Unknown,
    /// It is an invitation to another survey.
    Foreign,
    /// An answer was given with it.
    Used,
    /// It was taken back.
    Revoked,
    /// Too many wrong ones from this network.
    TooMany,
}

impl Problem {
    /// One of each.
    pub const ALL: [Problem; 7] =
        [Problem::Missing, Problem::Mistyped, Problem::Unknown, Problem::Foreign, Problem::Used, Problem::Revoked, Problem::TooMany];

    /// The status code of its page.
    #[must_use]
    pub fn status(self) -> u16 {
        match self {
            Problem::Missing | Problem::Foreign => 403,
            Problem::Mistyped => 422,
            Problem::Unknown => 404,
            Problem::Used | Problem::Revoked => 410,
            Problem::TooMany => 429,
        }
    }

    /// The beginning of its phrases' keys.
    fn keys(self) -> (&'static str, &'static str) {
        match self {
            Problem::Missing => ("code_title", "code_lead"),
            Problem::Mistyped => ("code_mistyped_title", "code_mistyped_lead"),
            Problem::Unknown => ("code_unknown_title", "code_unknown_lead"),
            Problem::Foreign => ("code_foreign_title", "code_foreign_lead"),
            Problem::Used => ("code_used_title", "code_used_lead"),
            Problem::Revoked => ("code_revoked_title", "code_revoked_lead"),
            Problem::TooMany => ("code_too_many_title", "code_too_many_lead"),
        }
    }
}

#[derive(Serialize)]
struct View {
    survey: SurveyView,
    entry: EntryView,
}

#[derive(Serialize)]
struct EntryView {
    fault: bool,
    title: String,
    lead: String,
    contact: Option<String>,
    action: String,
    carried: Vec<FieldView>,
    name: &'static str,
    value: String,
    field: bool,
}

/// What was sent along and must not be lost while a code is asked for: names and values of fields.
pub type Along<'a> = Vec<(&'a str, &'a str)>;

/// The page that asks for a code. `typed` stands in its field again; `along` travels with it.
///
/// # Errors
///
/// A fault in the theme's template.
pub fn page(
    edition: &Edition<'_>,
    spot: &Spot,
    survey: Option<&Survey>,
    problem: Problem,
    typed: &str,
    along: Along<'_>,
) -> Result<String, Diagnostics> {
    let (title, lead) = problem.keys();
    let title = edition.say(title).to_owned();
    let name = survey.map_or_else(|| edition.plain(&edition.material.site.title), |survey| edition.plain(&survey.title));
    let page = edition.page_view(spot, format!("{title}{}{name}", edition.say("title_gap")), String::new());
    let own = if matches!(spot, Spot::InvitationBelow(_)) { Spot::Invitation } else { spot.clone() };
    let contact = matches!(problem, Problem::Unknown | Problem::Used | Problem::Revoked | Problem::TooMany);
    let view = View {
        survey: SurveyView::titled(name),
        entry: EntryView {
            fault: problem != Problem::Missing,
            title,
            lead: edition.say(lead).to_owned(),
            contact: contact.then(|| edition.plain(&edition.material.catalog.project.contact)),
            action: if own == *spot { action(edition, spot) } else { edition.link_to(spot, &own) },
            carried: along.into_iter().map(|(name, value)| FieldView { name: name.to_owned(), value: value.to_owned() }).collect(),
            name: INVITATION,
            value: typed.chars().take(60).collect(),
            field: problem != Problem::TooMany,
        },
    };
    edition.render("invitation.html", spot, &page, &view)
}
