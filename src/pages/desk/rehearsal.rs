//! A form that is only looked at: the page as respondents see it, marked so that nobody takes it for the real one.

use super::frame::SURVEYS;
use crate::pages::edition::Edition;
use crate::pages::render::Markup;

/// The page with a line above it that says so and leads back to the desk.
#[must_use]
pub fn marked(edition: &Edition<'_>, page: &str, survey: &str) -> String {
    let language = edition.language.code();
    let (line, back) = (Markup::text(edition.say("desk_rehearsal")), Markup::text(edition.say("desk_rehearsal_back")));
    let banner = format!(
        "<div class=\"banner rehearsal\" role=\"note\"><p class=\"page\"><b>{}</b> <a href=\"{SURVEYS}/{survey}?lang={language}\">{}</a></p></div>\n",
        line.as_str(),
        back.as_str()
    );
    // Before the page's own header, after the link that skips it
    match page.find("<header") {
        Some(at) => format!("{}{banner}{}", &page[..at], &page[at..]),
        None => format!("{banner}{page}"),
    }
}
