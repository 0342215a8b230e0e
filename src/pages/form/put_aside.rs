//! «Save and go on later»: the page with the code, the page where it is typed, and what is left of a sheet when its survey is over.

use super::by_code::{EntryView, View, Wrong, slip};
use super::page::Notice;
use super::sheet::{
    FieldView, GO, GO_RESUME, RESUME, SHEET, SHOWN, Sheet, SurveyView, action, carried_fields, frame, own_fields, survey_view,
};
use super::typed::Typed;
use crate::catalog::Target;
use crate::diagnostic::Diagnostics;
use crate::language::{Day, Language};
use crate::output::Artifact;
use crate::pages::address::Spot;
use crate::pages::edition::Edition;
use crate::pages::frame::file;
use crate::pages::qr;
use crate::pages::render::Markup;
use crate::survey::definition::Opening;
use crate::survey::{Access, Survey, Token};
use serde::Serialize;

/// A day on which drafts are deleted comes once a week, so that none tells when its author was here.
const WEEK: i64 = 7;

/// The last day on which a sheet can be opened that is put aside today: `days` days later, or on the Sunday after that.
#[must_use]
pub fn last_day(today: Day, days: u32) -> Day {
    let earliest = today.plus(i64::from(days));
    // 1970-01-01 was a Thursday: Sundays have the remainder 3
    earliest.plus((3 - earliest.number()).rem_euclid(WEEK))
}

/// The page where a resume code is typed, as a file of the site.
///
/// # Errors
///
/// A fault in the theme's template.
pub fn entry_page(edition: &Edition<'_>, survey: &Survey) -> Result<Artifact, Diagnostics> {
    file(edition.path(&Spot::Resume(survey.id.clone())), entry(edition, survey, &Spot::Resume(survey.id.clone()), None, "")?.into_bytes())
}

/// The page where a resume code is typed; `wrong` says what is the matter with the one that was sent, which stands in the field again.
///
/// # Errors
///
/// A fault in the theme's template.
pub fn entry(edition: &Edition<'_>, survey: &Survey, spot: &Spot, wrong: Option<Wrong>, typed: &str) -> Result<String, Diagnostics> {
    let complaint = wrong.map(|wrong| match wrong {
        Wrong::Missing => edition.say("resume_missing").to_owned(),
        Wrong::Mistyped => slip(edition, typed),
        Wrong::Unknown => edition.say("resume_unknown").to_owned(),
        Wrong::Damaged => edition.say("resume_damaged").to_owned(),
        Wrong::TooMany => edition.say("code_too_many_lead").to_owned(),
    });
    render(edition, survey, spot, wrong, complaint, typed, true)
}

/// The page that a link with a code leads to: one button, as looking at a link must not open anything.
///
/// # Errors
///
/// A fault in the theme's template.
pub fn brought(edition: &Edition<'_>, survey: &Survey) -> Result<String, Diagnostics> {
    render(edition, survey, &Spot::Resume(survey.id.clone()), None, None, "", false)
}

fn render(
    edition: &Edition<'_>,
    survey: &Survey,
    spot: &Spot,
    wrong: Option<Wrong>,
    complaint: Option<String>,
    typed: &str,
    field: bool,
) -> Result<String, Diagnostics> {
    let title = edition.say("resume_title").to_owned();
    let name = edition.plain(&survey.title);
    let page = edition.page_view(spot, format!("{title}{}{name}", edition.say("title_gap")), String::new());
    let form = Spot::Content(Target::Survey(survey.id.clone()));
    let target = match &edition.material.site.collector {
        Some(_) => action(edition, &form),
        None => edition.link_to(spot, &form),
    };
    let too_many = wrong == Some(Wrong::TooMany);
    let mut notes = Vec::new();
    if field {
        notes.push(edition.say("resume_note").to_owned());
        notes.extend((survey.access == Access::Invited).then(|| edition.say("resume_note_invited").to_owned()));
    }
    let view = View {
        survey: SurveyView::titled(name),
        entry: EntryView {
            title,
            lead: edition.say(if field { "resume_lead" } else { "resume_lead_brought" }).to_owned(),
            notes,
            complaint,
            contact: (wrong == Some(Wrong::Damaged)).then(|| edition.plain(&edition.material.catalog.project.contact)),
            action: target,
            carried: vec![FieldView { name: GO.to_owned(), value: GO_RESUME.to_owned() }],
            label: edition.say("resume_label").to_owned(),
            hint: edition.say("resume_hint").to_owned(),
            name: RESUME,
            value: typed.chars().take(60).collect(),
            field: field && !too_many,
            button: (!too_many).then(|| edition.say("resume_button").to_owned()),
        },
    };
    edition.render("by-code.html", spot, &page, &view)
}

#[derive(Serialize)]
struct SavedPage {
    survey: SurveyView,
    saved: SavedView,
}

#[derive(Serialize)]
struct SavedView {
    code: String,
    until: String,
    address: Option<String>,
    qr: Option<Markup>,
    by_hand: Option<String>,
    notes: Vec<String>,
    action: String,
    carried: Vec<FieldView>,
}

/// Where a sheet was saved from.
#[derive(Debug, Clone, Copy)]
pub struct Origin<'a> {
    /// The page that it was saved from.
    pub page: &'a str,
    /// The server as the browser knows it, `https://answers.example`; `None` where no other device could reach it.
    pub server: Option<&'a str>,
    /// The path of the form on it.
    pub path: &'a str,
}

/// «It is saved»: the code, how to come back, and the way to go on at once.
///
/// # Errors
///
/// A fault in the theme's template.
pub fn saved(edition: &Edition<'_>, sheet: &Sheet<'_>, code: &Token, until: Day, origin: Origin<'_>) -> Result<String, Diagnostics> {
    let survey = sheet.survey;
    let spot = Spot::Content(Target::Survey(survey.id.clone()));
    let below = origin.path.strip_suffix(".html").unwrap_or(origin.path);
    let address = origin.server.map(|server| format!("{server}{below}/resume/{}", code.in_link()));
    let by_hand = origin.server.map(|server| edition.fill("saved_by_hand", &[("address", &format!("{server}{below}/resume"))]));
    let mut carried = own_fields(sheet, origin.page);
    // Without it the form takes what comes for the sheet before sending
    carried.extend((!sheet.shown.is_empty()).then(|| FieldView { name: SHOWN.to_owned(), value: sheet.shown.to_owned() }));
    carried.extend(carried_fields(sheet, &|_| false));
    let mut page = frame(edition, &spot, survey);
    page.title = format!("{}{}{}", edition.say("saved_title"), edition.say("title_gap"), page.title);
    let mut notes = vec![edition.say("saved_note_code").to_owned(), edition.say("saved_note_again").to_owned()];
    notes.extend((survey.access == Access::Invited).then(|| edition.say("resume_note_invited").to_owned()));
    let view = SavedPage {
        survey: survey_view(edition, sheet),
        saved: SavedView {
            code: code.in_groups(),
            until: edition.fill("saved_until", &[("date", &until.in_words(edition.language))]),
            qr: address.as_ref().and_then(|address| qr::labelled(address, edition.say("saved_qr"))),
            address,
            by_hand,
            notes,
            action: action(edition, &spot),
            carried,
        },
    };
    edition.render("saved.html", &spot, &page, &view)
}

#[derive(Serialize)]
struct LeftPage {
    survey: SurveyView,
    left: LeftView,
}

#[derive(Serialize)]
struct LeftView {
    plate: Option<String>,
    title: String,
    lead: String,
    /// The language of the rows.
    language: &'static str,
    rows: Vec<Typed>,
    rows_title: String,
    action: String,
    carried: Vec<FieldView>,
    discard: bool,
    home: String,
}

/// What somebody typed into a survey that takes no answers any more: to read, to copy, to print. `discard` is the sheet's id where it
/// is put aside and can be deleted.
///
/// # Errors
///
/// A fault in the theme's template.
pub fn over(
    edition: &Edition<'_>,
    survey: &Survey,
    rows: Vec<Typed>,
    language: Language,
    discard: Option<&str>,
) -> Result<String, Diagnostics> {
    let (plate, title) = match edition.opening(survey) {
        Opening::NotYet(day) => ("state_soon", edition.fill("soon_title", &[("date", &day.in_words(edition.language))])),
        Opening::Closed(day) => ("state_closed", edition.fill("closed_title", &[("date", &day.in_words(edition.language))])),
        Opening::Open => ("state_closed", edition.say("trouble_title").to_owned()),
    };
    let sheet_field = |sheet: &str| FieldView { name: SHEET.to_owned(), value: sheet.to_owned() };
    left(
        edition,
        survey,
        (Some(edition.say(plate).to_owned()), title),
        edition.say("over_lead").to_owned(),
        rows,
        language,
        discard.map(sheet_field),
    )
}

/// «It is deleted».
///
/// # Errors
///
/// A fault in the theme's template.
pub fn discarded(edition: &Edition<'_>, survey: &Survey) -> Result<String, Diagnostics> {
    let title = (None, edition.say("discarded_title").to_owned());
    left(edition, survey, title, edition.say("discarded_lead").to_owned(), Vec::new(), edition.language, None)
}

fn left(
    edition: &Edition<'_>,
    survey: &Survey,
    (plate, title): (Option<String>, String),
    lead: String,
    rows: Vec<Typed>,
    language: Language,
    discard: Option<FieldView>,
) -> Result<String, Diagnostics> {
    let spot = Spot::Content(Target::Survey(survey.id.clone()));
    let mut page = frame(edition, &spot, survey);
    page.title = format!("{title}{}{}", edition.say("title_gap"), page.title);
    let view = LeftPage {
        survey: SurveyView::titled(edition.plain(&survey.title)),
        left: LeftView {
            plate,
            title,
            lead,
            language: language.code(),
            rows_title: edition.say("over_typed").to_owned(),
            rows,
            action: action(edition, &spot),
            discard: discard.is_some(),
            carried: discard.into_iter().collect(),
            home: edition.link(&spot, &Target::Home),
        },
    };
    edition.render("left.html", &spot, &page, &view)
}

/// Why a sheet was not put aside.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Unsaved {
    /// There is no room for more.
    Full,
    /// Very many were put aside from this address in the last minutes.
    TooMany,
    /// The disk or the database refuses.
    Failed,
    /// The survey does not offer it any more.
    NotOffered,
}

/// What is said above a form that was opened again.
#[must_use]
pub fn welcome(edition: &Edition<'_>, survey: &Survey, changed: bool, invitation: bool, lost: Vec<Typed>, language: Language) -> Notice {
    let mut lines = vec![edition.say("welcome_lead").to_owned()];
    lines.extend(changed.then(|| edition.say("welcome_changed").to_owned()));
    lines.extend((survey.access == Access::Invited && !invitation).then(|| edition.say("welcome_invited").to_owned()));
    lines.extend((!lost.is_empty()).then(|| edition.say("welcome_lost").to_owned()));
    Notice { alert: !lost.is_empty(), title: edition.say("welcome_title").to_owned(), lines, rows: lost, language: language.code() }
}

/// What is said above a form that could not be put aside; everything typed is in it still.
#[must_use]
pub fn not_saved(edition: &Edition<'_>, why: Unsaved) -> Notice {
    let lead = match why {
        Unsaved::Full => "unsaved_full",
        Unsaved::TooMany => "unsaved_too_many",
        Unsaved::Failed => "unsaved_failed",
        Unsaved::NotOffered => "unsaved_not_offered",
    };
    let lead = edition.say(lead).to_owned();
    let title = edition.say("unsaved_title").to_owned();
    Notice { alert: true, title, lines: vec![lead], rows: Vec::new(), language: edition.language.code() }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn drafts_are_kept_through_a_sunday() {
        for (today, days, last) in [
            ("2026-11-23", 14, "2026-12-13"), // Monday: two weeks and six days
            ("2026-11-29", 14, "2026-12-13"), // Sunday: two weeks
            ("2026-11-24", 1, "2026-11-29"),
            ("1969-12-25", 3, "1969-12-28"),
        ] {
            let last_day = last_day(Day::parse(today).unwrap(), days);
            assert_eq!(last_day.to_string(), last, "{today} and {days} days");
            assert!(last_day.in_words(Language::English).starts_with("Sunday"));
        }
    }
}
