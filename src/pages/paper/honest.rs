//! What the promise of a survey does not cover, for its data sheet.

use crate::pages::edition::Edition;
use crate::pages::form::sheet::for_devices;
use crate::survey::definition::{Mode, Publish};
use crate::survey::{Access, Survey};

/// The sentences, in their order.
pub(super) fn honest(edition: &Edition<'_>, survey: &Survey) -> Vec<String> {
    let say = |key: &str| edition.say(key).to_owned();
    let mut notes = vec![say("sheet_honest_text")];
    if survey.access == Access::Invited && survey.mode != Mode::Identified {
        notes.push(say("sheet_honest_invited"));
        if !survey.attributes.is_empty() {
            notes.push(edition.fill("sheet_honest_carried", &[("k", &survey.k.to_string())]));
            if survey.publish == Publish::AtClose {
                notes.push(say("sheet_honest_mixed"));
            }
        }
    }
    if let Some(orders) = survey.rotations.filter(|_| survey.mode != Mode::Identified) {
        let filled = [("n", orders.to_string()), ("k", survey.k.to_string())];
        notes.push(edition.fill("sheet_honest_rotation", &filled.each_ref().map(|(name, value)| (*name, value.as_str()))));
    }
    if survey.drafts.is_some() {
        notes.push(say("sheet_honest_drafts"));
    }
    if survey.takes_back_closed() {
        notes.push(say("sheet_honest_marked"));
    }
    if for_devices(survey) {
        notes.push(say("sheet_honest_device"));
    }
    if survey.code.is_some() {
        notes.push(say("sheet_honest_code"));
    }
    if survey.consent.is_some() {
        notes.push(say("sheet_consent_kept"));
    }
    notes.push(say("sheet_verify"));
    notes
}
