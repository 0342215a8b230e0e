//! What a survey promises before its first question.

use super::edition::Edition;
use super::list::survey_facts;
use super::sheet::Pass;
use crate::survey::definition::{Mode, Publish};
use crate::survey::{Access, Attribute, Survey};
use serde::Serialize;

/// A line of what is promised.
#[derive(Serialize)]
pub(super) struct PromiseView {
    pub label: String,
    pub text: String,
}

/// What is promised before the first question. Made from the survey itself: it cannot say anything else than what is built.
pub(super) fn promise(edition: &Edition<'_>, survey: &Survey, pass: Pass<'_>) -> Vec<PromiseView> {
    let project = &edition.material.catalog.project;
    let line = |key: &str, text: String| PromiseView { label: edition.say(key).to_owned(), text };
    let k = survey.k.to_string();
    let facts = survey_facts(survey);
    let batch = batch_size(survey).to_string();
    let mut promise = vec![
        line("promise_time", edition.fill("promise_time_text", &facts.each_ref().map(|(name, value)| (*name, value.as_str())))),
        line("promise_purpose", edition.plain(&survey.purpose)),
        line("promise_seen", edition.fill(by_mode(survey, "promise_seen_text", "promise_seen_identified"), &[("k", &k)])),
        line("promise_kept", edition.say(promise_kept(survey)).to_owned()),
        line("promise_batch", edition.fill("promise_batch_text", &[("batch", &batch)])),
    ];
    if let Some(days) = survey.drafts {
        let (days, most) = (days.to_string(), (days + 6).to_string());
        promise.push(line("promise_drafts", edition.fill("promise_drafts_text", &[("days", &days), ("most", &most)])));
    }
    if survey.withdrawal {
        promise.push(line("promise_withdrawal", edition.fill("promise_withdrawal_text", &[("batch", &batch)])));
    }
    if survey.access == Access::Invited {
        promise
            .push(line("promise_invited", edition.say(by_mode(survey, "promise_invited_text", "promise_invited_identified")).to_owned()));
    }
    if !survey.attributes.is_empty() {
        let all: Vec<String> = survey.attributes.iter().map(|attribute| carried(edition, attribute, pass)).collect();
        promise.push(line(
            "promise_carried",
            edition.fill("promise_carried_text", &[("attributes", &all.join(edition.say("list_gap"))), ("k", &k)]),
        ));
    }
    promise.push(line("promise_contact", edition.plain(&project.contact)));
    if let Some(close) = survey.close {
        promise.insert(1, line("promise_until", edition.fill("until", &[("date", &close.in_words(edition.language))])));
    }
    promise
}

/// An attribute that the answers carry, with the value of this invitation where it is known.
fn carried(edition: &Edition<'_>, attribute: &Attribute, pass: Pass<'_>) -> String {
    let name = edition.plain(&attribute.text);
    match pass.carried.and_then(|carried| carried.get(&attribute.id)) {
        Some(code) => edition.fill("attribute_value", &[("attribute", &name), ("value", &edition.plain(&attribute.label(code)))]),
        None => name,
    }
}

/// The phrase for the survey's mode.
pub(super) fn by_mode<'k>(survey: &Survey, anonymous: &'k str, identified: &'k str) -> &'k str {
    if survey.mode == Mode::Identified { identified } else { anonymous }
}

/// How many answers are sealed together at least.
pub(super) fn batch_size(survey: &Survey) -> u32 {
    match survey.publish {
        Publish::Rolling => survey.k,
        Publish::AtClose => survey.k.max(20),
    }
}

/// The phrase for what is kept, before anything is asked.
fn promise_kept(survey: &Survey) -> &'static str {
    match (survey.mode, survey.attributes.is_empty()) {
        (Mode::Identified, _) => "promise_kept_identified",
        (_, true) => "promise_kept_text",
        (_, false) => "promise_kept_carried",
    }
}
