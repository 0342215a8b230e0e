//! Somebody who is asked for a talk: what can be chosen with them, and what every page of a nomination says.

use super::offer::{LineView, Offer};
use crate::catalog::consultants::{Days, Hours};
use crate::catalog::{Consultant, Directory};
use crate::language::Day;
use crate::pages::address::Spot;
use crate::pages::edition::Edition;
use crate::survey::nomination::{Choices, Part};

/// Somebody to nominate, for whoever looks at the form.
#[derive(Clone, Copy)]
pub struct Asked<'a, 'e> {
    pub(super) edition: &'a Edition<'e>,
    pub(super) offer: &'a Offered<'e>,
}

/// A person who is offered on a site today, with their directory.
pub struct Offered<'e> {
    pub(super) offer: Offer<'e>,
    pub(super) person: &'e Consultant,
}

impl<'e> Offered<'e> {
    /// The person of an id; `None` where the site does not offer them today.
    #[must_use]
    pub fn of(edition: &Edition<'e>, id: &str) -> Option<Offered<'e>> {
        let offer = Offer::of(edition)?;
        let person = *offer.people.iter().find(|person| person.id == id)?;
        Some(Offered { offer, person })
    }

    /// Their times, each with the days on which it lies.
    #[must_use]
    pub fn hours(&self) -> Vec<(&'e str, [bool; 7])> {
        let there = self.offer.directory.hours.iter().filter(|one| self.person.hours.contains(&one.named.id));
        let days = |on: Option<Days>| match on {
            None => [true; 7],
            Some(Days::Weekdays) => [true, true, true, true, true, false, false],
            Some(Days::Weekends) => [false, false, false, false, false, true, true],
        };
        there.map(|one| (one.named.id.as_str(), days(one.on))).collect()
    }

    /// What can be chosen with them.
    #[must_use]
    pub fn choices<'c>(&'c self, edition: &Edition<'_>, hours: &'c [(&'c str, [bool; 7])]) -> Choices<'c> {
        Choices {
            consultant: &self.person.id,
            page: edition.language,
            themes: &self.person.themes,
            languages: &self.person.languages,
            hours,
            today: edition.material.today.day,
        }
    }

    /// For how many days a nomination is kept.
    #[must_use]
    pub fn keep_days(&self) -> u32 {
        self.offer.talks.keep_days
    }

    /// This person in an edition.
    #[must_use]
    pub fn asked<'a>(&'a self, edition: &'a Edition<'e>) -> Asked<'a, 'e> {
        Asked { edition, offer: self }
    }
}

impl Asked<'_, '_> {
    pub(super) fn spot(&self) -> Spot {
        Spot::Nomination(self.offer.person.id.clone())
    }

    pub(super) fn person(&self) -> String {
        self.edition.plain(&self.offer.person.name)
    }

    /// Who reads what, where it is kept, until when: from what the site says.
    pub(super) fn promise(&self) -> Vec<LineView> {
        let edition = self.edition;
        let talks = self.offer.offer.talks;
        let line = |label: &str, text: String| LineView { label: edition.say(label).to_owned(), text };
        let days = talks.keep_days.to_string();
        vec![
            line("ask_seen_label", edition.fill("ask_seen", &[("who", &edition.plain(&talks.seen_by)), ("name", &self.person())])),
            line("ask_sent_label", edition.say("ask_sent").to_owned()),
            line("ask_kept_label", edition.fill("ask_kept", &[("days", &days)])),
            line("ask_unsure_label", edition.say("ask_unsure").to_owned()),
        ]
    }

    pub(super) fn labels(&self, part: Part) -> String {
        let edition = self.edition;
        let numbered = |key: &str, at: usize| edition.fill(key, &[("n", &(at + 1).to_string())]);
        match part {
            Part::Theme => edition.say("ask_theme").to_owned(),
            Part::Language => edition.say("ask_language").to_owned(),
            Part::Day(at) => numbered("ask_day", at),
            Part::Hours(at) => numbered("ask_hours", at),
            Part::Hope => edition.say("ask_hope").to_owned(),
            Part::Secret => edition.say("ask_secret").to_owned(),
            Part::Name => edition.say("ask_name").to_owned(),
            Part::Contact => edition.say("ask_contact").to_owned(),
        }
    }
}

/// A time of the week with its clock: 平日の夜（18:00–21:00）.
pub(super) fn times(edition: &Edition<'_>, hours: &Hours) -> String {
    let clock = |minutes: u32| format!("{:02}:{:02}", minutes / 60, minutes % 60);
    let range = format!("{}–{}", clock(hours.from), clock(hours.until));
    edition.fill("ask_times", &[("label", &edition.plain(&hours.named.label)), ("range", &range)])
}

/// A wish in words.
pub(in crate::pages) fn wish_in_words(edition: &Edition<'_>, directory: &Directory, day: &str, hours: &str) -> String {
    let day = Day::parse(day).map_or_else(|| day.to_owned(), |day| day.in_words(edition.language));
    let times = directory.hours.iter().find(|one| one.named.id == hours).map_or_else(|| hours.to_owned(), |one| times(edition, one));
    format!("{day} {times}")
}
