//! Where an answer is taken back, and what came of it.

use super::by_code::{EntryView, View, Wrong, slip};
use super::promise::{batch_size, withdrawal as by_closing};
use super::sheet::{SurveyView, WITHDRAW, action, frame};
use crate::catalog::Target;
use crate::diagnostic::Diagnostics;
use crate::output::Artifact;
use crate::pages::address::Spot;
use crate::pages::edition::{Edition, LinkView};
use crate::pages::frame::file;
use crate::survey::{Access, Survey};
use serde::Serialize;

/// The page where a withdrawal code is typed, as a file of the site.
///
/// # Errors
///
/// A fault in the theme's template.
pub fn entry_page(edition: &Edition<'_>, survey: &Survey) -> Result<Artifact, Diagnostics> {
    file(edition.path(&Spot::Withdraw(survey.id.clone())), entry(edition, survey, None, "")?.into_bytes())
}

/// The page where a withdrawal code is typed; `wrong` says what is the matter with the one that was sent. One that was never handed
/// out and one that came too late are told alike: after a batch is closed nobody can tell them apart.
///
/// # Errors
///
/// A fault in the theme's template.
pub fn entry(edition: &Edition<'_>, survey: &Survey, wrong: Option<Wrong>, typed: &str) -> Result<String, Diagnostics> {
    let spot = Spot::Withdraw(survey.id.clone());
    let title = edition.say("withdraw_title").to_owned();
    let name = edition.plain(&survey.title);
    let page = edition.page_view(&spot, format!("{title}{}{name}", edition.say("title_gap")), String::new());
    let complaint = wrong.map(|wrong| match wrong {
        Wrong::Missing => edition.say("withdraw_missing").to_owned(),
        Wrong::Mistyped => slip(edition, typed),
        Wrong::Unknown => edition.say(by_closing(survey, "withdraw_unknown", "withdraw_unknown_marked")).to_owned(),
        Wrong::Damaged => edition.say("trouble_not_withdrawn").to_owned(),
        Wrong::TooMany => edition.say("code_too_many_lead").to_owned(),
    });
    let too_many = wrong == Some(Wrong::TooMany);
    let batch = batch_size(survey).to_string();
    let k = survey.k.to_string();
    let mut notes = vec![edition.fill(by_closing(survey, "withdraw_note_until", "withdraw_note_later"), &[("batch", &batch), ("k", &k)])];
    if survey.takes_back_closed() {
        notes.push(edition.say("withdraw_note_copies").to_owned());
    } else {
        notes.insert(0, edition.say("withdraw_note_gone").to_owned());
    }
    notes.push(edition.say(if survey.access == Access::Invited { "withdraw_note_invited" } else { "withdraw_note_again" }).to_owned());
    let view = View {
        survey: SurveyView::titled(name),
        entry: EntryView {
            title,
            lead: edition.say("withdraw_lead").to_owned(),
            notes,
            complaint,
            contact: None,
            action: action(edition, &spot),
            carried: Vec::new(),
            label: edition.say("withdraw_label").to_owned(),
            hint: edition.say("withdraw_hint").to_owned(),
            name: WITHDRAW,
            value: typed.chars().take(60).collect(),
            field: !too_many,
            button: (!too_many).then(|| edition.say("withdraw_button").to_owned()),
        },
    };
    edition.render("by-code.html", &spot, &page, &view)
}

#[derive(Serialize)]
struct DonePage {
    survey: SurveyView,
    message: DoneView,
}

#[derive(Serialize)]
struct DoneView {
    plate: Option<String>,
    title: String,
    lines: Vec<String>,
    links: Vec<LinkView>,
}

/// Where an answer stood that was taken back.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Was {
    /// It waited for its batch: nothing is left of it.
    Waiting,
    /// In a closed batch: it leaves the figures later.
    Closed,
}

/// «It is taken back».
///
/// # Errors
///
/// A fault in the theme's template.
pub fn done(edition: &Edition<'_>, survey: &Survey, was: Was) -> Result<String, Diagnostics> {
    let spot = Spot::Withdraw(survey.id.clone());
    let title = edition.say("withdrawn_title").to_owned();
    let mut page = frame(edition, &spot, survey);
    page.title = format!("{title}{}{}", edition.say("title_gap"), page.title);
    let again = if survey.access == Access::Invited { "withdraw_note_invited" } else { "withdraw_note_again" };
    let mut lines = match was {
        Was::Waiting => vec![edition.say("withdrawn_lead").to_owned()],
        Was::Closed => vec![
            edition.say("withdrawn_closed").to_owned(),
            edition.fill("withdrawn_figures", &[("k", &survey.k.to_string())]),
            edition.say("withdraw_note_copies").to_owned(),
        ],
    };
    lines.push(edition.say(again).to_owned());
    let view = DonePage {
        survey: SurveyView::titled(edition.plain(&survey.title)),
        message: DoneView {
            plate: Some(edition.say("withdrawn_plate").to_owned()),
            title,
            lines,
            links: vec![LinkView::new(edition.link(&spot, &Target::Home), edition.say("to_home"))],
        },
    };
    edition.render("message.html", &spot, &page, &view)
}
