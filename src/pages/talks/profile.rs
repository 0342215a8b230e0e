//! The page of a consultant.

use super::offer::{LineView, Offer, WeightView, label, listed, rules, tongue, weights};
use crate::catalog::{Consultant, Target};
use crate::diagnostic::Diagnostics;
use crate::output::Artifact;
use crate::pages::address::Spot;
use crate::pages::edition::{Edition, LinkView};
use crate::pages::render::Markup;
use serde::Serialize;

#[derive(Serialize)]
struct View {
    person: PersonView,
}

#[derive(Serialize)]
struct PersonView {
    name: String,
    profile: Markup,
    sample: bool,
    known: Vec<String>,
    others: String,
    styles: Vec<StyleView>,
    fields: String,
    hours: String,
    languages: String,
    career: Vec<String>,
    values: Vec<WeightView>,
    number: String,
    until: String,
    briefing: Option<Markup>,
    rules: Vec<LineView>,
    nominate: LinkView,
    back: LinkView,
}

#[derive(Serialize)]
struct StyleView {
    label: String,
    note: Option<String>,
}

/// The page of somebody who is offered; nothing for others.
///
/// # Errors
///
/// A fault in the theme's template.
pub fn page(edition: &Edition<'_>, id: &str) -> Result<Vec<Artifact>, Diagnostics> {
    let Some(offer) = Offer::of(edition) else { return Ok(Vec::new()) };
    let found = offer.people.iter().find(|person| person.id == id);
    let Some((person, licence)) = found.and_then(|person| Some((*person, person.licence.as_ref()?))) else { return Ok(Vec::new()) };
    let spot = Spot::Consultant(id.to_owned());
    let directory = offer.directory;
    let name = edition.plain(&person.name);
    let mut page = edition.page_view(&spot, name.clone(), edition.plain(&person.profile));
    page.crumbs = edition.crumbs(&spot, &[Target::Consultants], &name);
    let themes = |ids: &[String]| ids.iter().map(|id| label(edition, &directory.themes, id)).collect::<Vec<_>>();
    let known = person.themes.len().min(2);
    let style = |id: &String| {
        let note = directory.styles.iter().find(|one| one.id == *id).and_then(|one| one.note.as_ref());
        StyleView { label: label(edition, &directory.styles, id), note: note.map(|note| edition.plain(note)) }
    };
    let hours = directory.hours.iter().filter(|one| person.hours.contains(&one.named.id));
    let view = View {
        person: PersonView {
            profile: edition.inline(&spot, &person.profile),
            sample: directory.sample,
            known: themes(&person.themes[..known]),
            others: listed(edition, themes(&person.themes[known..]).into_iter()),
            styles: person.styles.iter().map(style).collect(),
            fields: listed(edition, person.fields.iter().map(|id| label(edition, &directory.fields, id))),
            hours: listed(edition, hours.map(|one| edition.plain(&one.named.label))),
            languages: listed(edition, person.languages.iter().map(|language| tongue(edition, *language))),
            career: person.career.iter().map(|line| edition.plain(line)).collect(),
            values: weights(edition, directory, person),
            number: licence.number.clone(),
            until: licence.until.in_words(edition.language),
            briefing: offer.talks.briefing.as_ref().map(|text| edition.inline(&spot, text)),
            rules: rules(edition, &offer),
            nominate: LinkView::new(
                edition.link_to(&spot, &Spot::Nomination(id.to_owned())),
                edition.fill("talk_nominate", &[("name", &name)]),
            ),
            back: LinkView::new(edition.link(&spot, &Target::Consultants), edition.say("talk_back")),
            name,
        },
    };
    Ok(vec![edition.artifact("consultant.html", &spot, &page, &view)?])
}

/// Whether somebody is offered on a site today.
#[must_use]
pub fn is_offered(edition: &Edition<'_>, id: &str) -> bool {
    Offer::of(edition).is_some_and(|offer| offer.people.iter().any(|person: &&Consultant| person.id == id))
}
