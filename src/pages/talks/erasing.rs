//! Where a nomination is erased by its code, and pages that say one thing of a nomination.

use super::offer::Offer;
use crate::catalog::Target;
use crate::diagnostic::Diagnostics;
use crate::output::Artifact;
use crate::pages::address::Spot;
use crate::pages::edition::{Edition, LinkView};
use crate::pages::form::by_code::{EntryView, View as CodeView, Wrong, slip};
use crate::pages::form::sheet::{SurveyView, WITHDRAW, action};
use crate::pages::frame::file;
use serde::Serialize;

/// Where a nomination is erased, as a file of the site.
///
/// # Errors
///
/// A fault in the theme's template.
pub fn page(edition: &Edition<'_>) -> Result<Vec<Artifact>, Diagnostics> {
    if Offer::of(edition).is_none() {
        return Ok(Vec::new());
    }
    Ok(vec![file(edition.path(&Spot::Erase), erase(edition, None, "")?.into_bytes())?])
}

/// The page where the code of a nomination is typed; `wrong` says what is the matter with the one that was sent.
///
/// # Errors
///
/// A fault in the theme's template.
pub fn erase(edition: &Edition<'_>, wrong: Option<Wrong>, typed: &str) -> Result<String, Diagnostics> {
    let spot = Spot::Erase;
    let title = edition.say("erase_title").to_owned();
    let page = edition.page_view(&spot, title.clone(), String::new());
    let complaint = wrong.map(|wrong| match wrong {
        Wrong::Missing => edition.say("withdraw_missing").to_owned(),
        Wrong::Mistyped => slip(edition, typed),
        Wrong::Unknown => edition.say("erase_unknown").to_owned(),
        Wrong::Damaged => edition.say("erase_failed").to_owned(),
        Wrong::TooMany => edition.say("code_too_many_lead").to_owned(),
    });
    let too_many = wrong == Some(Wrong::TooMany);
    let view = CodeView {
        survey: SurveyView::titled(edition.plain(&edition.material.site.title)),
        entry: EntryView {
            title,
            lead: edition.say("erase_lead").to_owned(),
            notes: vec![edition.say("erase_note").to_owned()],
            complaint,
            contact: None,
            action: action(edition, &spot),
            carried: Vec::new(),
            label: edition.say("withdraw_label").to_owned(),
            hint: edition.say("erase_hint").to_owned(),
            name: WITHDRAW,
            value: typed.chars().take(60).collect(),
            field: !too_many,
            button: (!too_many).then(|| edition.say("erase_button").to_owned()),
        },
    };
    edition.render("by-code.html", &spot, &page, &view)
}

#[derive(Serialize)]
struct MessagePage {
    survey: SurveyView,
    message: MessageView,
}

#[derive(Serialize)]
struct MessageView {
    plate: Option<String>,
    title: String,
    lines: Vec<String>,
    links: Vec<LinkView>,
}

/// What a page of its own says of a nomination.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Says {
    /// It is erased.
    Erased,
    /// It was erased before and does not come back.
    Gone,
    /// Nobody of this name can be asked today.
    NotOffered,
}

/// A page that says one thing.
///
/// # Errors
///
/// A fault in the theme's template.
pub fn says(edition: &Edition<'_>, spot: &Spot, what: Says) -> Result<String, Diagnostics> {
    let (title, lead) = match what {
        Says::Erased => ("erased_title", "erased_lead"),
        Says::Gone => ("ask_gone_title", "ask_gone_lead"),
        Says::NotOffered => ("ask_not_offered_title", "ask_not_offered_lead"),
    };
    let title = edition.say(title).to_owned();
    let page = edition.page_view(spot, title.clone(), String::new());
    let view = MessagePage {
        survey: SurveyView::titled(edition.plain(&edition.material.site.title)),
        message: MessageView {
            plate: None,
            title,
            lines: vec![edition.say(lead).to_owned()],
            links: vec![LinkView::new(edition.link(spot, &Target::Consultants), edition.say("talk_back"))],
        },
    };
    edition.render("message.html", spot, &page, &view)
}
