//! Where ten consultants are found: questions that a device works out by itself, and how to choose on paper.

use super::offer::{Offer, label, tongue};
use crate::catalog::consultants::{HIGHEST, POINTS};
use crate::catalog::worksheet::Named;
use crate::catalog::{Consultant, Target};
use crate::diagnostic::Diagnostics;
use crate::language::Language;
use crate::output::Artifact;
use crate::pages::address::Spot;
use crate::pages::edition::Edition;
use serde::Serialize;
use serde_json::{Map, Value as Json, json};

/// What the points of a value are called, the least first.
const MATCH_POINTS: [&str; POINTS as usize] = ["match_point_1", "match_point_2", "match_point_3", "match_point_4", "match_point_5"];
/// How ten are found on paper.
const PAPER_STEPS: [&str; 5] = ["match_paper_1", "match_paper_2", "match_paper_3", "match_paper_4", "match_paper_5"];

/// How many are shown.
pub const TEN: usize = 10;
/// Nothing that is answered can leave the page, and the page says so to the browser.
const POLICY: &str = "default-src 'none'; img-src 'self' data:; style-src 'self'; script-src 'self'; connect-src 'self'; form-action 'none'; base-uri 'none'";

#[derive(Serialize)]
struct View {
    find: FindView,
}

#[derive(Serialize)]
struct FindView {
    title: String,
    sample: bool,
    themes: Vec<(String, String)>,
    groups: Vec<GroupView>,
    points: Vec<String>,
    values: Vec<ValueView>,
    directory: String,
    paper: Vec<String>,
    data: String,
}

/// Check boxes of one kind.
#[derive(Serialize)]
struct GroupView {
    kind: &'static str,
    label: String,
    hint: String,
    options: Vec<(String, String)>,
}

#[derive(Serialize)]
struct ValueView {
    label: String,
    items: Vec<ItemView>,
}

#[derive(Serialize)]
struct ItemView {
    name: String,
    text: String,
}

/// What the page says by itself.
const WORDS: [&str; 26] = [
    "match_values",
    "match_value",
    "match_theme",
    "match_theme_also",
    "match_fields",
    "match_hours",
    "match_style",
    "match_other",
    "match_found",
    "match_few",
    "match_none",
    "match_without",
    "match_without_languages",
    "match_without_theme",
    "match_without_styles",
    "match_without_hours",
    "match_without_avoid",
    "match_profile",
    "match_nominate",
    "match_left",
    "match_flat",
    "match_kept",
    "match_not_kept",
    "match_erased",
    "match_again",
    "list_gap",
];

/// Where ten are found; nothing where a site names its few people, or has none.
///
/// # Errors
///
/// A fault in the theme's template.
pub fn page(edition: &Edition<'_>) -> Result<Vec<Artifact>, Diagnostics> {
    let Some(offer) = Offer::of(edition).filter(|offer| !offer.is_limited()) else { return Ok(Vec::new()) };
    let directory = offer.directory;
    let spot = Spot::Content(Target::Matching);
    let title = edition.say("matching").to_owned();
    let mut page = edition.page_view(&spot, title.clone(), edition.say("match_lead").to_owned());
    page.policy = POLICY.to_owned();
    page.crumbs = edition.crumbs(&spot, &[Target::Consultants], &title);
    let options = |all: &[Named]| all.iter().map(|one| (one.id.clone(), edition.plain(&one.label))).collect::<Vec<_>>();
    let group = |[kind, label, hint]: [&'static str; 3], options: Vec<(String, String)>| GroupView {
        kind,
        label: edition.say(label).to_owned(),
        hint: edition.say(hint).to_owned(),
        options,
    };
    let spoken = Language::ALL.into_iter().filter(|language| offer.people.iter().any(|person| person.languages.contains(language)));
    let hours: Vec<Named> = directory.hours.iter().map(|one| one.named.clone()).collect();
    let values = directory.values.iter().map(|value| {
        let item = |(at, text): (usize, &crate::language::Text)| ItemView {
            name: format!("value.{}.{at}", value.named.id),
            text: edition.plain(text),
        };
        ValueView { label: edition.plain(&value.named.label), items: value.ask.iter().enumerate().map(item).collect() }
    });
    let view = View {
        find: FindView {
            title,
            sample: directory.sample,
            themes: options(&directory.themes),
            groups: vec![
                group(
                    ["languages", "match_languages_label", "match_languages_hint"],
                    spoken.map(|one| (one.code().to_owned(), tongue(edition, one))).collect(),
                ),
                group(["styles", "match_styles_label", "match_styles_hint"], options(&directory.styles)),
                group(["hours", "match_hours_label", "match_hours_hint"], options(&hours)),
                group(["fields", "match_fields_label", "match_fields_hint"], options(&directory.fields)),
                group(["avoid", "match_avoid_label", "match_avoid_hint"], options(&directory.fields)),
            ],
            points: MATCH_POINTS.map(|key| edition.say(key).to_owned()).into(),
            values: values.collect(),
            directory: edition.link(&spot, &Target::Consultants),
            paper: PAPER_STEPS.map(|key| edition.say(key).to_owned()).into(),
            data: data(edition, &spot, &offer).to_string(),
        },
    };
    Ok(vec![edition.artifact("matching.html", &spot, &page, &view)?])
}

/// Everything that the device needs: who there is, what things are called, what to say.
fn data(edition: &Edition<'_>, spot: &Spot, offer: &Offer<'_>) -> Json {
    let directory = offer.directory;
    let names = |all: &[Named]| -> Json {
        all.iter().map(|one| (one.id.clone(), Json::from(edition.plain(&one.label)))).collect::<Map<_, _>>().into()
    };
    let hours: Vec<Named> = directory.hours.iter().map(|one| one.named.clone()).collect();
    let shown = |person: &&Consultant| {
        json!({
            "name": edition.plain(&person.name),
            "says": edition.plain(&person.profile),
            "style": person.styles.first().map(|id| label(edition, &directory.styles, id)),
            "href": edition.link_to(spot, &Spot::Consultant(person.id.clone())),
            "nominate": edition.link_to(spot, &Spot::Nomination(person.id.clone())),
        })
    };
    let people: Map<String, Json> = offer.people.iter().map(|person| (person.id.clone(), shown(person))).collect();
    let words: Map<String, Json> = WORDS.iter().map(|key| ((*key).to_owned(), Json::from(edition.say(key)))).collect();
    json!({
        "key": edition.material.site.id,
        "count": TEN,
        "points": POINTS,
        "highest": HIGHEST,
        "candidates": offer.people.iter().map(|person| candidate(offer, person)).collect::<Vec<_>>(),
        "people": people,
        "values": directory.values.iter().map(|value| json!({"id": value.named.id, "items": value.ask.len(), "label": edition.plain(&value.named.label)})).collect::<Vec<_>>(),
        "themes": names(&directory.themes), "styles": names(&directory.styles), "fields": names(&directory.fields), "hours": names(&hours),
        "say": words,
    })
}

/// What the kernel knows of somebody.
fn candidate(offer: &Offer<'_>, person: &Consultant) -> Json {
    let languages: Vec<&str> = person.languages.iter().map(|language| language.code()).collect();
    let values: Vec<u32> = offer.directory.values.iter().map(|value| person.value(&value.named.id)).collect();
    json!({
        "id": person.id, "languages": languages, "themes": person.themes, "styles": person.styles, "hours": person.hours,
        "fields": person.fields, "values": values,
    })
}
