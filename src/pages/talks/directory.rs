//! The directory: everybody who is offered, by theme, and by what one looks for.

use super::offer::{LineView, Offer, PersonView, finder, row, rules, tongue};
use crate::catalog::worksheet::Named;
use crate::catalog::{Consultant, Target};
use crate::diagnostic::Diagnostics;
use crate::language::Language;
use crate::output::Artifact;
use crate::pages::address::Spot;
use crate::pages::edition::{Edition, LinkView};
use crate::pages::render::Markup;
use serde::Serialize;

#[derive(Serialize)]
struct View {
    talks: DirectoryView,
}

#[derive(Serialize)]
struct DirectoryView {
    title: String,
    lead: Markup,
    sample: bool,
    find: Option<LinkView>,
    rules: Vec<LineView>,
    briefing: Option<Markup>,
    filters: Vec<FilterView>,
    count: String,
    all: usize,
    people: Vec<PersonView>,
    themes: Vec<ThemeView>,
}

/// A choice by which the script shows fewer.
#[derive(Serialize)]
struct FilterView {
    kind: &'static str,
    label: String,
    options: Vec<(String, String)>,
}

#[derive(Serialize)]
struct ThemeView {
    id: String,
    label: String,
    known: Vec<LinkView>,
    others: Vec<LinkView>,
    summary: String,
}

/// The directory.
///
/// # Errors
///
/// A fault in the theme's template.
pub fn page(edition: &Edition<'_>) -> Result<Vec<Artifact>, Diagnostics> {
    let Some(offer) = Offer::of(edition) else { return Ok(Vec::new()) };
    let directory = offer.directory;
    let spot = Spot::Content(Target::Consultants);
    let title = edition.plain(&directory.title);
    let mut page = edition.page_view(&spot, title.clone(), edition.plain(&directory.lead));
    page.crumbs = edition.crumbs(&spot, &[], &title);
    let link =
        |person: &&Consultant| LinkView::new(edition.link_to(&spot, &Spot::Consultant(person.id.clone())), edition.plain(&person.name));
    let theme = |theme: &Named| {
        let has = |person: &&&Consultant| person.themes.contains(&theme.id);
        let best = |person: &&&Consultant| person.themes.iter().take(2).any(|id| *id == theme.id);
        let (known, others): (Vec<&&Consultant>, Vec<&&Consultant>) = offer.people.iter().filter(has).partition(best);
        let summary = edition.fill("talk_theme_count", &[("n", &(known.len() + others.len()).to_string())]);
        ThemeView {
            id: format!("theme-{}", theme.id),
            label: edition.plain(&theme.label),
            known: known.into_iter().map(link).collect(),
            others: others.into_iter().map(link).collect(),
            summary,
        }
    };
    let options = |all: &[Named]| all.iter().map(|one| (one.id.clone(), edition.plain(&one.label))).collect();
    let languages: Vec<Language> =
        Language::ALL.into_iter().filter(|language| offer.people.iter().any(|person| person.languages.contains(language))).collect();
    let filter =
        |kind: &'static str, key: &str, options: Vec<(String, String)>| FilterView { kind, label: edition.say(key).to_owned(), options };
    let hours: Vec<Named> = directory.hours.iter().map(|one| one.named.clone()).collect();
    let filters = vec![
        filter("theme", "talk_theme", options(&directory.themes)),
        filter("style", "talk_style", options(&directory.styles)),
        filter("hours", "talk_hours", options(&hours)),
        filter("field", "talk_field", options(&directory.fields)),
        filter("language", "talk_language", languages.iter().map(|one| (one.code().to_owned(), tongue(edition, *one))).collect()),
    ];
    let limited = offer.is_limited();
    let view = View {
        talks: DirectoryView {
            title,
            lead: edition.inline(&spot, &directory.lead),
            sample: directory.sample,
            find: finder(edition, &spot),
            rules: rules(edition, &offer),
            briefing: offer.talks.briefing.as_ref().map(|text| edition.inline(&spot, text)),
            filters: if limited { Vec::new() } else { filters },
            count: edition.fill("talk_count", &[("n", &offer.people.len().to_string())]),
            all: offer.people.len(),
            people: offer.people.iter().map(|person| row(edition, &spot, directory, person)).collect(),
            themes: if limited { Vec::new() } else { directory.themes.iter().map(theme).collect() },
        },
    };
    Ok(vec![edition.artifact("consultants.html", &spot, &page, &view)?])
}
