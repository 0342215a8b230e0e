//! The page that shows what is wrong with the content, while the last good site stays up.

use super::address::Spot;
use super::edition::Edition;
use crate::content::Html;
use crate::diagnostic::{Diagnostics, Sources, to_text};
use crate::language::{Language, Words};
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

/// The same without a theme, for content that has never been built.
#[must_use]
pub fn plain(diagnostics: &Diagnostics, sources: &Sources, language: Language) -> String {
    let title = Words::new("内容に直すところがあります", "The content needs mending");
    let lead = Words::new("直して保存すると、このページは自動で切り替わります。", "Mend and save it, and this page goes on by itself.");
    let mut page = Html::default();
    page.push(&Html::trusted(format!("<!DOCTYPE html>\n<html lang=\"{}\">\n<head>\n<meta charset=\"utf-8\">\n", language.code())));
    page.push(&Html::trusted("<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n<meta name=\"color-scheme\" content=\"light dark\">\n<link rel=\"stylesheet\" href=\"/_faults.css\">\n<title>"));
    page.push_text(title.in_language(language));
    page.push(&Html::trusted("</title>\n</head>\n<body>\n<main>\n<h1>"));
    page.push_text(title.in_language(language));
    page.push(&Html::trusted("</h1>\n<p>"));
    page.push_text(lead.in_language(language));
    page.push(&Html::trusted("</p>\n<pre>"));
    page.push_text(&to_text(diagnostics, sources, language));
    page.push(&Html::trusted("</pre>\n</main>\n</body>\n</html>\n"));
    page.into_string()
}
