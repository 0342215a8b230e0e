//! The page that shows what is wrong with the content, while the last good site stays up.

use super::address::Spot;
use super::edition::Edition;
use crate::diagnostic::{Diagnostics, Sources, to_text};
use serde::Serialize;

#[derive(Serialize)]
struct View {
    fault: FaultView,
}

#[derive(Serialize)]
struct FaultView {
    title: String,
    lead: String,
    count: String,
    text: String,
    help: String,
}

/// The diagnostics of a build that failed, for the person who writes the content. Made with the edition of the last good build.
///
/// # Errors
///
/// A fault in the theme's template.
pub fn page(edition: &Edition<'_>, diagnostics: &Diagnostics, sources: &Sources) -> Result<String, Diagnostics> {
    let spot = Spot::NotFound;
    let title = edition.say("broken_title").to_owned();
    let page = edition.page_view(&spot, title.clone(), String::new());
    let counts = [diagnostics.errors().to_string(), diagnostics.warnings().to_string()];
    let view = View {
        fault: FaultView {
            title,
            lead: edition.say("broken_lead").to_owned(),
            count: edition.fill("broken_count", &[("errors", &counts[0]), ("warnings", &counts[1])]),
            text: to_text(diagnostics, sources, edition.language),
            help: edition.say("broken_help").to_owned(),
        },
    };
    edition.render("fault.html", &spot, &page, &view)
}
