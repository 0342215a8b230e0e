//! What a survey promises before its first question.

use super::fill;
use super::sheet::Pass;
use crate::catalog::report::Block;
use crate::pages::edition::Edition;
use crate::pages::editorial::list::survey_facts;
use crate::survey::definition::{Mode, Publish, Segment};
use crate::survey::{Access, Attribute, Survey};
use serde::Serialize;

/// A line of what is promised.
#[derive(Serialize)]
pub(in crate::pages) struct PromiseView {
    pub label: String,
    pub text: String,
}

/// What is promised before the first question. Made from the survey itself: it cannot say anything else than what is built.
pub(in crate::pages) fn promise(edition: &Edition<'_>, survey: &Survey, pass: Pass<'_>) -> Vec<PromiseView> {
    let project = &edition.material.catalog.project;
    let line = |key: &str, text: String| PromiseView { label: edition.say(key).to_owned(), text };
    let k = survey.k.to_string();
    let batch = batch_size(survey).to_string();
    let mut promise = vec![
        line("promise_time", survey_facts(edition, survey, ["promise_time_text", "promise_time_text_most"])),
        line("promise_purpose", edition.plain(&survey.purpose)),
        line("promise_seen", edition.fill(seen(survey), &[("k", &k)])),
        line("promise_kept", kept(edition, survey)),
        line("promise_batch", edition.fill("promise_batch_text", &[("batch", &batch)])),
    ];
    if let Some(days) = survey.drafts {
        let (days, most) = (days.to_string(), (days + 6).to_string());
        promise.push(line("promise_drafts", edition.fill("promise_drafts_text", &[("days", &days), ("most", &most)])));
    }
    if survey.withdrawal {
        promise.push(line(
            "promise_withdrawal",
            edition.fill(withdrawal(survey, "promise_withdrawal_text", "promise_withdrawal_marked"), &[("batch", &batch), ("k", &k)]),
        ));
    }
    if survey.result.is_some() {
        let key = by_mode(survey, "promise_result_text", "promise_result_identified");
        promise.push(line("promise_result", edition.say(key).to_owned()));
    }
    if survey.keeps_orders() {
        promise.push(line("promise_order", edition.say("promise_order_text").to_owned()));
    }
    if let Some(orders) = survey.rotations {
        let key = by_mode(survey, "promise_rotation_text", "promise_rotation_identified");
        promise.push(line("promise_order", edition.fill(key, &[("n", &orders.to_string()), ("k", &k)])));
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
        promise.push(line("promise_response", edition.fill("promise_response_text", &[("k", &k)])));
    }
    if !survey.segments.is_empty() {
        let all = segments(edition, survey).join(edition.say("list_gap"));
        promise.push(line("promise_segments", edition.fill("promise_segments_text", &[("segments", &all), ("k", &k)])));
    }
    if survey.code.is_some() {
        promise.push(line("promise_code", edition.say("promise_code_text").to_owned()));
    }
    if is_quoted(edition, survey) {
        promise.push(line("promise_quoted", edition.fill("promise_quoted_text", &[("n", &(2 * survey.k).max(10).to_string())])));
    }
    if !fill::sheets(edition, survey).is_empty() {
        promise.push(line("promise_fill", edition.say("promise_fill_text").to_owned()));
    }
    if survey.licence.is_some() && !survey.validated && !survey.scales.is_empty() {
        promise.push(line("promise_scales", edition.say("not_validated").to_owned()));
    }
    if !survey.quotas.is_empty() {
        promise.push(line("promise_quota", edition.say("promise_quota_text").to_owned()));
    }
    let days = survey.retain_days.unwrap_or(project.retain_days).to_string();
    promise.push(line("promise_retain", edition.fill("promise_retain_text", &[("days", &days)])));
    promise.push(line("promise_contact", edition.plain(&project.contact)));
    if survey.sample {
        promise.insert(0, line("promise_sample", edition.say("promise_sample_text").to_owned()));
    }
    if let Some(close) = survey.close {
        promise.insert(1, line("promise_until", edition.until(close.written)));
    }
    promise
}

/// Whether a report quotes what people wrote in it.
pub(in crate::pages) fn is_quoted(edition: &Edition<'_>, survey: &Survey) -> bool {
    let reports = edition.material.catalog.reports.values().filter(|report| report.survey.value == survey.id);
    reports.flat_map(|report| &report.blocks).any(|block| matches!(block, Block::Comments(_)))
}

/// What figures are broken down by.
pub(in crate::pages) fn segments(edition: &Edition<'_>, survey: &Survey) -> Vec<String> {
    let one = |segment: &Segment| {
        let names = survey.attributes_of(segment).iter().map(|attribute| edition.plain(&attribute.text)).collect::<Vec<_>>();
        names.join(edition.say("crossed_gap"))
    };
    survey.segments.iter().map(one).collect()
}

/// An attribute that the answers carry, with the value of this invitation where it is known.
fn carried(edition: &Edition<'_>, attribute: &Attribute, pass: Pass<'_>) -> String {
    let name = edition.plain(&attribute.text);
    let own = pass.carried.and_then(|carried| carried.get(&attribute.id)).map(|code| edition.plain(&attribute.label(code)));
    let told: Vec<String> = own.into_iter().chain(worked_out(edition, attribute).map(str::to_owned)).collect();
    if told.is_empty() {
        return name;
    }
    edition.fill("attribute_value", &[("attribute", &name), ("value", &told.join(edition.say("list_gap")))])
}

/// From which days an attribute by cohort is worked out.
pub(in crate::pages) fn worked_out<'e>(edition: &'e Edition<'_>, attribute: &Attribute) -> Option<&'e str> {
    let cohorts = edition.material.catalog.cohorts.get(attribute.cohort.as_ref()?)?;
    Some(match (cohorts.asks_joined(), cohorts.asks_born()) {
        (true, false) => edition.say("attribute_by_joined"),
        (false, true) => edition.say("attribute_by_born"),
        _ => edition.say("attribute_by_both"),
    })
}

/// The phrase for the survey's mode.
pub(super) fn by_mode<'k>(survey: &Survey, anonymous: &'k str, identified: &'k str) -> &'k str {
    if survey.mode == Mode::Identified { identified } else { anonymous }
}

/// The phrase for whether an answer can be taken back after its batch was closed.
pub(in crate::pages) fn withdrawal<'k>(survey: &Survey, until_batch: &'k str, marked: &'k str) -> &'k str {
    if survey.takes_back_closed() { marked } else { until_batch }
}

/// How many answers are sealed together at least.
pub(in crate::pages) fn batch_size(survey: &Survey) -> u32 {
    match survey.publish {
        Publish::Rolling => survey.k,
        Publish::AtClose => survey.k.max(20),
    }
}

/// The phrase for who sees what.
fn seen(survey: &Survey) -> &'static str {
    match survey.mode {
        Mode::Anonymous => "promise_seen_text",
        Mode::Pseudonymous => "promise_seen_pseudonymous",
        Mode::Identified => "promise_seen_identified",
    }
}

/// What is kept, before anything is asked.
fn kept(edition: &Edition<'_>, survey: &Survey) -> String {
    if survey.asked_first().is_empty() && survey.rotations.is_none() {
        let key = match (survey.mode, survey.attributes.is_empty()) {
            (Mode::Identified, _) => "promise_kept_identified",
            (_, true) => "promise_kept_text",
            (_, false) => "promise_kept_carried",
        };
        return edition.say(key).to_owned();
    }
    edition.fill("promise_kept_with", &[("more", &beside_answers(edition, survey).join(edition.say("list_gap")))])
}

/// What goes with the answers of a survey, in words.
pub(super) fn beside_answers(edition: &Edition<'_>, survey: &Survey) -> Vec<String> {
    let all = [
        (survey.keeps_orders(), "promise_more_order"),
        (survey.rotations.is_some(), "promise_more_rotation"),
        (survey.mode == Mode::Identified, "promise_more_person"),
        (!survey.attributes.is_empty(), "promise_more_carried"),
        (survey.code.is_some(), "promise_more_code"),
        (survey.consent.is_some(), "promise_more_consent"),
    ];
    all.into_iter().filter(|(is, _)| *is).map(|(_, key)| edition.say(key).to_owned()).collect()
}
