//! A consultant as pages show one.

use crate::catalog::consultants::{Directory, HIGHEST};
use crate::catalog::worksheet::Named;
use crate::catalog::{Consultant, Talks, Target};
use crate::language::Language;
use crate::pages::address::Spot;
use crate::pages::edition::{Edition, LinkView};
use crate::pages::render::Markup;
use serde::Serialize;

/// How many values stand for a person in a list.
const DEAREST: usize = 3;

/// The directory of this site, what the site does with it, and who is offered today.
pub(in crate::pages) struct Offer<'a> {
    /// The directory.
    pub directory: &'a Directory,
    /// What the site does with it.
    pub talks: &'a Talks,
    /// Who is offered.
    pub people: Vec<&'a Consultant>,
}

impl<'a> Offer<'a> {
    /// What a site offers; `None` where it has no consultants.
    pub(in crate::pages) fn of(edition: &Edition<'a>) -> Option<Offer<'a>> {
        let material = edition.material;
        let (directory, talks) = material.catalog.talks(material.site)?;
        let people = talks.offered(directory, &material.site.id, material.today.day).collect();
        Some(Offer { directory, talks, people })
    }

    /// Whether the site names a few people instead of finding ten.
    pub(in crate::pages) fn is_limited(&self) -> bool {
        self.talks.only.is_some()
    }
}

/// The name of an id.
pub(in crate::pages) fn label(edition: &Edition<'_>, all: &[Named], id: &str) -> String {
    all.iter().find(|one| one.id == id).map(|one| edition.plain(&one.label)).unwrap_or_default()
}

/// A language, in the language of the page.
pub(in crate::pages) fn tongue(edition: &Edition<'_>, language: Language) -> String {
    edition
        .say(match language {
            Language::Japanese => "talk_in_japanese",
            Language::English => "talk_in_english",
        })
        .to_owned()
}

/// Somebody in a list.
#[derive(Serialize)]
pub(super) struct PersonView {
    id: String,
    name: String,
    href: String,
    profile: Markup,
    themes: String,
    others: String,
    styles: String,
    hours: String,
    languages: String,
    values: String,
    /// Ids by which the script filters.
    keys: String,
}

/// What several names are parted by.
pub(super) fn listed(edition: &Edition<'_>, names: impl Iterator<Item = String>) -> String {
    names.collect::<Vec<_>>().join(edition.say("list_gap"))
}

/// What matters most to somebody, the dearest first; equals in the directory’s order.
pub(super) fn dearest(directory: &Directory, person: &Consultant) -> Vec<(usize, u32)> {
    let mut all: Vec<(usize, u32)> = directory.values.iter().enumerate().map(|(at, value)| (at, person.value(&value.named.id))).collect();
    all.sort_by_key(|(_, weight)| std::cmp::Reverse(*weight));
    all
}

/// Somebody as a row of a list.
pub(super) fn row(edition: &Edition<'_>, spot: &Spot, directory: &Directory, person: &Consultant) -> PersonView {
    let themes = |ids: &[String]| listed(edition, ids.iter().map(|id| label(edition, &directory.themes, id)));
    let known = person.themes.len().min(2);
    let hours = directory.hours.iter().filter(|one| person.hours.contains(&one.named.id));
    let values = dearest(directory, person).into_iter().take(DEAREST);
    let keys = |kind: &'static str, ids: &[String]| ids.iter().map(|id| format!("{kind}:{id}")).collect::<Vec<_>>();
    let languages: Vec<String> = person.languages.iter().map(|language| language.code().to_owned()).collect();
    let all = [
        keys("theme", &person.themes),
        keys("style", &person.styles),
        keys("hours", &person.hours),
        keys("field", &person.fields),
        keys("language", &languages),
    ];
    PersonView {
        id: person.id.clone(),
        name: edition.plain(&person.name),
        href: edition.link_to(spot, &Spot::Consultant(person.id.clone())),
        profile: edition.inline(spot, &person.profile),
        themes: themes(&person.themes[..known]),
        others: themes(&person.themes[known..]),
        styles: listed(edition, person.styles.iter().map(|id| label(edition, &directory.styles, id))),
        hours: listed(edition, hours.map(|one| edition.plain(&one.named.label))),
        languages: listed(edition, person.languages.iter().map(|language| tongue(edition, *language))),
        values: listed(edition, values.map(|(at, _)| edition.plain(&directory.values[at].named.label))),
        keys: all.concat().join(" "),
    }
}

/// A line of a table of what holds.
#[derive(Serialize)]
pub(in crate::pages) struct LineView {
    pub(in crate::pages) label: String,
    pub(in crate::pages) text: String,
}

/// What holds for every talk of this site, from what the site and the directory say.
pub(in crate::pages) fn rules(edition: &Edition<'_>, offer: &Offer<'_>) -> Vec<LineView> {
    let line = |label: &str, text: String| LineView { label: edition.say(label).to_owned(), text };
    vec![
        line("talk_licence_label", edition.say("talk_licence_rule").to_owned()),
        line("talk_silence_label", edition.say("talk_silence_rule").to_owned()),
        line("talk_neutral_label", edition.say("talk_neutral_rule").to_owned()),
        line("talk_seen_label", edition.fill("talk_seen_rule", &[("who", &edition.plain(&offer.talks.seen_by))])),
    ]
}

/// A value of somebody, for the bars of a profile.
#[derive(Serialize)]
pub(super) struct WeightView {
    label: String,
    note: String,
    weight: u32,
    of: u32,
}

/// All values of somebody, the dearest first.
pub(super) fn weights(edition: &Edition<'_>, directory: &Directory, person: &Consultant) -> Vec<WeightView> {
    let view = |(at, weight): (usize, u32)| {
        let named = &directory.values[at].named;
        let note = named.note.as_ref().map(|note| edition.plain(note)).unwrap_or_default();
        WeightView { label: edition.plain(&named.label), note, weight, of: HIGHEST }
    };
    dearest(directory, person).into_iter().map(view).collect()
}

/// The way to the ten who fit, where a site finds them.
pub(super) fn finder(edition: &Edition<'_>, spot: &Spot) -> Option<LinkView> {
    let target = Target::Matching;
    edition.has(&target).then(|| edition.target_view(spot, &target))
}
