//! The receipt: what is kept, what is not, who sees it.

use super::promise::{PromiseView, batch_size, by_mode, withdrawal};
use super::sheet::{SurveyView, frame};
use crate::catalog::Target;
use crate::diagnostic::Diagnostics;
use crate::output::Artifact;
use crate::pages::address::Spot;
use crate::pages::edition::{Edition, LinkView};
use crate::pages::frame::file;
use crate::pages::render::Markup;
use crate::survey::definition::{Mode, Publish};
use crate::survey::{Survey, Token};
use serde::Serialize;

/// The phrase for what is kept.
fn kept(survey: &Survey) -> &'static str {
    match (survey.mode, survey.attributes.is_empty()) {
        (Mode::Identified, _) => "thanks_kept_identified",
        (_, true) => "thanks_kept_text",
        (_, false) => "thanks_kept_carried",
    }
}

/// What is kept, with the code and the consent where the survey has them.
fn also_kept(edition: &Edition<'_>, survey: &Survey) -> String {
    let more = [
        (survey.keeps_orders(), "promise_more_order"),
        (survey.rotations.is_some(), "promise_more_rotation"),
        (survey.code.is_some(), "promise_more_code"),
        (survey.consent.is_some(), "promise_more_consent"),
    ];
    let more = more.into_iter().filter(|(is, _)| *is).map(|(_, key)| edition.say(key));
    let all: Vec<&str> = std::iter::once(edition.say(kept(survey))).chain(more).collect();
    all.join(edition.say("list_gap"))
}

#[derive(Serialize)]
struct ThanksPage {
    survey: SurveyView,
    thanks: ThanksView,
}

#[derive(Serialize)]
struct ThanksView {
    lead: String,
    lines: Vec<PromiseView>,
    html: Option<Markup>,
    links: Vec<LinkView>,
    /// By which the answer can be taken back.
    code: Option<String>,
    /// In a room, where several people may share a device.
    room: Option<RoomView>,
}

#[derive(Serialize)]
struct RoomView {
    hint: String,
    state: String,
    news: String,
}

/// The receipt: what is kept, what is not, who sees it.
///
/// # Errors
///
/// A fault in the theme's template.
pub fn page(edition: &Edition<'_>, survey: &Survey) -> Result<Artifact, Diagnostics> {
    let spot = Spot::Thanks(survey.id.clone());
    file(edition.path(&spot), receipt(edition, survey, &spot, None, None)?.into_bytes())
}

/// The receipt as the answer to the sending itself, at the form's own address: with the code by which the answer can be taken back,
/// which no address and no cookie ever holds. `None`: it was received before and cannot be taken back any more.
///
/// # Errors
///
/// A fault in the theme's template.
pub fn with_code(edition: &Edition<'_>, survey: &Survey, code: Option<&Token>) -> Result<String, Diagnostics> {
    let spot = Spot::Content(Target::Survey(survey.id.clone()));
    receipt(edition, survey, &spot, None, Some(code))
}

/// The receipt in a room: first of all it leads to a fresh sheet for the next person. `state` is the address that changes when there
/// is something newer on the projector.
///
/// # Errors
///
/// A fault in the theme's template.
pub fn in_room(edition: &Edition<'_>, survey: &Survey, state: &str) -> Result<String, Diagnostics> {
    receipt(edition, survey, &Spot::Thanks(survey.id.clone()), Some(state), None)
}

fn receipt(
    edition: &Edition<'_>,
    survey: &Survey,
    spot: &Spot,
    state: Option<&str>,
    code: Option<Option<&Token>>,
) -> Result<String, Diagnostics> {
    let k = survey.k.to_string();
    let line = |key: &str, text: String| PromiseView { label: edition.say(key).to_owned(), text };
    let next = match survey.publish {
        Publish::Rolling => edition.fill("thanks_next_rolling", &[("k", &k)]),
        Publish::AtClose => edition.say("thanks_next_close").to_owned(),
    };
    let gap = if edition.say("list_gap").ends_with(' ') { " " } else { "" };
    let report = edition.report_on(&survey.id).filter(|_| survey.publish == Publish::Rolling);
    let mut links = Vec::new();
    let own = Target::Survey(survey.id.clone());
    links.extend(state.map(|_| LinkView::new(edition.link(spot, &own), edition.say("room_next_person"))));
    links.extend(report.map(|report| LinkView::new(edition.link(spot, &report), edition.say("see_report"))));
    links.push(LinkView::new(edition.link(spot, &Target::Home), edition.say("to_home")));
    if survey.withdrawal {
        links.push(LinkView::new(edition.link_to(spot, &Spot::Withdraw(survey.id.clone())), edition.say("withdraw_title")));
    }
    let lead = match code {
        // Sealed or taken back since: nobody can tell, so nothing is claimed
        Some(None) => edition.say(withdrawal(survey, "thanks_lead_before", "thanks_lead_before_marked")).to_owned(),
        _ => format!("{}{gap}{next}", edition.say("thanks_lead")),
    };
    let batch = batch_size(survey).to_string();
    let mut lines = vec![
        line("thanks_kept", also_kept(edition, survey)),
        line("thanks_not_kept", edition.say(by_mode(survey, "thanks_not_kept_text", "thanks_not_kept_identified")).to_owned()),
        line("thanks_seen", edition.fill(by_mode(survey, "thanks_seen_text", "promise_seen_identified"), &[("k", &k)])),
    ];
    if survey.withdrawal {
        lines.push(line(
            "promise_withdrawal",
            edition.fill(withdrawal(survey, "thanks_withdrawal_text", "thanks_withdrawal_marked"), &[("batch", &batch), ("k", &k)]),
        ));
    }
    if survey.code.is_some() {
        lines.push(line("thanks_code", edition.say("thanks_code_text").to_owned()));
    }
    let mut page = frame(edition, spot, survey);
    if code.is_some() {
        // The other language's address has no code to show
        page.languages.clear();
    }
    let view = ThanksPage {
        survey: SurveyView { title: edition.plain(&survey.title), switch: false },
        thanks: ThanksView {
            lead,
            lines,
            html: survey.thanks.as_ref().map(|thanks| edition.inline(spot, thanks)),
            links,
            code: code.flatten().map(Token::in_groups),
            room: state.map(|state| RoomView {
                hint: edition.say("room_next_person_hint").to_owned(),
                state: state.to_owned(),
                news: edition.say("room_news").to_owned(),
            }),
        },
    };
    edition.render("thanks.html", spot, &page, &view)
}
