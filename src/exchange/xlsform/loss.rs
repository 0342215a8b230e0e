//! What does not cross from one form of survey to another, and what crosses with another meaning: each said, none silent.

use crate::diagnostic::{Diagnostic, Diagnostics, Place, code};
use crate::survey::Survey;

/// Something that cannot cross: it is not in the result.
pub(super) fn lost(place: Place, ja: impl Into<String>, en: impl Into<String>, diagnostics: &mut Diagnostics) {
    diagnostics.push(Diagnostic::warning(code::LOST, place, ja, en));
}

/// What stands before the first question and what limits the answers: our own sheet holds it, other programs do not ask for it.
pub(super) fn terms(survey: &Survey, diagnostics: &mut Diagnostics) {
    if let Some(consent) = &survey.consent {
        let en = "Other programs do not ask for the consent.";
        lost(consent.place.clone(), "同意の文は、ほかのプログラムでは出ません。", en, diagnostics);
    }
    if let Some(code) = &survey.code {
        let en = "Other programs do not ask for the code of one’s own.";
        lost(code.place.clone(), "合いことばは、ほかのプログラムではたずねません。", en, diagnostics);
    }
    if let Some(quota) = survey.quotas.first() {
        let en = "Other programs do not count quotas.";
        lost(quota.place.clone(), "定員は、ほかのプログラムでは数えません。", en, diagnostics);
    }
}
