//! A directory of consultants: who there is to talk to, and the words by which they are chosen.

use super::reference::Located;
use super::worksheet::Named;
use crate::diagnostic::Place;
use crate::language::{Day, Language, Text};
use std::collections::BTreeMap;

/// Points of the scale on which somebody says how much a value matters.
pub const POINTS: u32 = 5;
/// The highest number that a consultant’s value may have.
pub const HIGHEST: u32 = 10;

/// On which days a time of the week lies.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Days {
    /// From Monday to Friday.
    Weekdays,
    /// On Saturday and Sunday.
    Weekends,
}

/// A time of the week at which talks are held.
#[derive(Debug, Clone, PartialEq)]
pub struct Hours {
    /// Its id and name.
    pub named: Named,
    /// Minutes after midnight at which it begins.
    pub from: u32,
    /// Minutes after midnight at which it ends.
    pub until: u32,
    /// On which days; `None`: on any.
    pub on: Option<Days>,
}

/// Something that matters in working life, with the statements by which it is asked about.
#[derive(Debug, Clone, PartialEq)]
pub struct Value {
    /// Its id, name and what it means.
    pub named: Named,
    /// The statements.
    pub ask: Vec<Text>,
}

/// The national licence of career consultants.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Licence {
    /// The registration number.
    pub number: String,
    /// The last day on which the registration holds.
    pub until: Day,
    /// Where that day is written.
    pub place: Place,
}

/// Somebody to talk to.
#[derive(Debug, Clone, PartialEq)]
pub struct Consultant {
    /// Its id: the name of its page.
    pub id: String,
    /// Where it is defined.
    pub place: Place,
    /// What they are called.
    pub name: Text,
    /// A sentence or two about them.
    pub profile: Text,
    /// What they did so far, a line each.
    pub career: Vec<Text>,
    /// What they talk about, those they know best first.
    pub themes: Vec<String>,
    /// How they talk, the manner that is most theirs first.
    pub styles: Vec<String>,
    /// In which lines of work they have worked, the longest first.
    pub fields: Vec<String>,
    /// The languages they talk in.
    pub languages: Vec<Language>,
    /// When they are there.
    pub hours: Vec<String>,
    /// How much each value means to them, 0 to 10; those that are not named have the middle.
    pub values: BTreeMap<String, u32>,
    /// The national licence.
    pub licence: Option<Licence>,
    /// They are bound to keep what they are told to themselves.
    pub confidential: bool,
    /// Sites of organisations that they are bound to: there they are never offered.
    pub not_for: Vec<Located<String>>,
}

impl Consultant {
    /// Whether they may be offered on a day: licensed, bound to silence.
    #[must_use]
    pub fn is_in_order(&self, day: Day) -> bool {
        self.confidential && self.licence.as_ref().is_some_and(|licence| licence.until >= day)
    }

    /// Whether they are bound to the organisation of a site.
    #[must_use]
    pub fn is_bound_to(&self, site: &str) -> bool {
        self.not_for.iter().any(|one| one.value == site)
    }

    /// How much a value means to them.
    #[must_use]
    pub fn value(&self, id: &str) -> u32 {
        self.values.get(id).copied().unwrap_or(HIGHEST / 2)
    }
}

/// `content/consultants/ID.yaml`.
#[derive(Debug, Clone, PartialEq)]
pub struct Directory {
    /// Its id.
    pub id: String,
    /// Where it is defined.
    pub place: Place,
    /// What it is called.
    pub title: Text,
    /// A sentence or two below.
    pub lead: Text,
    /// The people in it are invented.
    pub sample: bool,
    /// What can be talked about.
    pub themes: Vec<Named>,
    /// Ways of talking.
    pub styles: Vec<Named>,
    /// Lines of work.
    pub fields: Vec<Named>,
    /// Times of the week.
    pub hours: Vec<Hours>,
    /// What matters in working life.
    pub values: Vec<Value>,
    /// The people.
    pub people: Vec<Consultant>,
}

impl Directory {
    /// The person of an id.
    #[must_use]
    pub fn person(&self, id: &str) -> Option<&Consultant> {
        self.people.iter().find(|person| person.id == id)
    }
}

/// What a site does with a directory.
#[derive(Debug, Clone, PartialEq)]
pub struct Talks {
    /// The directory.
    pub from: Located<String>,
    /// The few people that this site names; `None`: all of them, by a match.
    pub only: Option<Vec<Located<String>>>,
    /// What those few were told of the organisation.
    pub briefing: Option<Text>,
    /// Who at the organisation reads a nomination.
    pub seen_by: Text,
    /// For how many days a nomination is kept.
    pub keep_days: u32,
}

impl Talks {
    /// The people whom a site offers on a day: those it names, in order with the law, bound to nobody there.
    pub fn offered<'d>(&self, directory: &'d Directory, site: &str, day: Day) -> impl Iterator<Item = &'d Consultant> {
        let named = |person: &Consultant| self.only.as_ref().is_none_or(|only| only.iter().any(|one| one.value == person.id));
        directory.people.iter().filter(move |person| named(person) && person.is_in_order(day) && !person.is_bound_to(site))
    }
}
