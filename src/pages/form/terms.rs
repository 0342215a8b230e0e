//! What stands before the first question, on its page: the consent in full with its check box, the code of one's own with its recipe.

use super::question_one::anchor;
use crate::content::{Document, Part, Reference, Rendering};
use crate::pages::address::Spot;
use crate::pages::edition::Edition;
use crate::pages::render::Markup;
use crate::survey::consent::CONSENT;
use crate::survey::own_code::{LONGEST, OWN_CODE};
use crate::survey::{Answer, Answers, Complaint, Consent, OwnCode, Raw, Survey, Value};
use serde::Serialize;
use std::sync::Arc;

/// What stands before the first question.
#[derive(Serialize)]
pub(in crate::pages) struct TermsView {
    consent: Option<ConsentView>,
    code: Option<CodeView>,
}

#[derive(Serialize)]
struct ConsentView {
    anchor: String,
    name: &'static str,
    text: Vec<Markup>,
    label: String,
    required: bool,
    version: String,
    /// What the ticked box sends: the version that stood beside it.
    value: String,
    checked: bool,
    complaint: Option<String>,
}

#[derive(Serialize)]
struct CodeView {
    anchor: String,
    name: &'static str,
    parts: Vec<Markup>,
    example: Option<String>,
    hint: String,
    value: String,
    most: u32,
    complaint: Option<String>,
}

/// What stands before the first question; `None` where nothing does.
pub(in crate::pages) fn terms(
    edition: &Edition<'_>,
    spot: &Spot,
    survey: &Survey,
    raw: &Raw,
    complaints: &[Complaint],
) -> Option<TermsView> {
    if survey.asked_first().is_empty() {
        return None;
    }
    let typed = |id: &str| raw.get(id).and_then(|values| values.first()).map_or("", String::as_str);
    let complaint = |id: &str| {
        let own = complaints.iter().find(|complaint| complaint.question == id);
        own.map(|complaint| edition.complaint_first(&complaint.fault))
    };
    let consent = survey.consent.as_ref().map(|consent| ConsentView {
        anchor: anchor(CONSENT),
        name: CONSENT,
        text: wording(edition, spot, consent),
        label: label(edition, consent),
        required: consent.required,
        version: edition.fill("consent_version", &[("version", &consent.version())]),
        checked: typed(CONSENT) == consent.version(),
        value: consent.version(),
        complaint: complaint(CONSENT),
    });
    let code = survey.code.as_ref().map(|code| CodeView {
        anchor: anchor(OWN_CODE),
        name: OWN_CODE,
        parts: code.parts.iter().map(|part| edition.inline(spot, part)).collect(),
        example: code.example.as_ref().map(|example| edition.fill("code_example", &[("example", &edition.plain(example))])),
        hint: look(edition, code),
        value: typed(OWN_CODE).to_owned(),
        // Spaces and hyphens may be typed along
        most: 2 * LONGEST,
        complaint: complaint(OWN_CODE),
    });
    Some(TermsView { consent, code })
}

/// What is agreed to, as markup.
fn wording(edition: &Edition<'_>, spot: &Spot, consent: &Consent) -> Vec<Markup> {
    let (document, _) = Document::parse(&Arc::from("consent"), edition.read(&consent.text), 0);
    let resolve = |reference: &Reference| edition.resolve(spot, reference);
    let rendering =
        Rendering { language: edition.language, raw_html: edition.material.site.raw_html, prefix: "consent-", resolve: &resolve };
    let parts = document.render(&rendering).into_iter();
    parts
        .filter_map(|part| match part {
            Part::Html(html) => Some(Markup::trusted(html.into_string())),
            Part::Exhibit { .. } => None,
        })
        .collect()
}

/// What is agreed to, a paragraph each, without markup: for print.
pub(in crate::pages) fn paragraphs(edition: &Edition<'_>, consent: &Consent) -> Vec<String> {
    let (document, _) = Document::parse(&Arc::from("consent"), edition.read(&consent.text), 0);
    document.words().lines().map(str::to_owned).collect()
}

/// What stands beside the check box.
pub(in crate::pages) fn label(edition: &Edition<'_>, consent: &Consent) -> String {
    consent.label.as_ref().map_or_else(|| edition.say("consent_label").to_owned(), |label| edition.plain(label))
}

/// What a code must look like.
pub(in crate::pages) fn look(edition: &Edition<'_>, code: &OwnCode) -> String {
    match &code.pattern {
        Some(pattern) => edition.fill("code_look_pattern", &[("pattern", &edition.pattern(pattern))]),
        None => edition.fill("code_look", &[("n", &code.min_length.to_string())]),
    }
}

/// What these fields are called in the list of faults.
pub(super) fn name<'e>(edition: &'e Edition<'_>, id: &str) -> Option<&'e str> {
    match id {
        CONSENT => Some(edition.say("consent_title")),
        OWN_CODE => Some(edition.say("own_code_title")),
        _ => None,
    }
}

/// The consent and the code once more before sending, the code as it will be kept.
pub(super) fn reviewed(edition: &Edition<'_>, survey: &Survey, answers: &Answers) -> Vec<(String, Option<String>)> {
    let mut rows = Vec::new();
    if let Some(consent) = &survey.consent {
        let agrees = answers.get(CONSENT).and_then(Answer::value).is_some();
        rows.push((edition.say("consent_title").to_owned(), agrees.then(|| label(edition, consent))));
    }
    if survey.code.is_some() {
        let code = match answers.get(OWN_CODE) {
            Some(Answer::Given(Value::Choice(code))) => Some(code.clone()),
            _ => None,
        };
        rows.push((edition.say("own_code_title").to_owned(), code));
    }
    rows
}
