//! What does not cross from one form of survey to another, and what crosses with another meaning: each said, none silent.

use crate::diagnostic::{Diagnostic, Diagnostics, Place, code};

/// Something that cannot cross: it is not in the result.
pub(super) fn lost(place: Place, ja: impl Into<String>, en: impl Into<String>, diagnostics: &mut Diagnostics) {
    diagnostics.push(Diagnostic::warning(code::LOST, place, ja, en));
}
