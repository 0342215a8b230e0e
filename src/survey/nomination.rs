//! A nomination: somebody asks for a talk with a consultant of their choice. It bears a name and is no answer to a survey: it has a
//! store of its own and is in no figure and no export of responses.

use super::complaint::Fault;
use super::field;
use crate::language::{Day, Language};
use serde::{Deserialize, Serialize};

/// Times that can be wished for.
pub const WISHES: usize = 3;
/// How many days ahead a wish may lie.
pub const AHEAD: i64 = 120;
/// Most characters of a name.
pub const NAME: u32 = 80;
/// Most characters of a way to reach somebody.
pub const CONTACT: u32 = 200;
/// Most characters of what is hoped for.
pub const HOPE: u32 = 1_000;
/// Most characters of what stays confidential.
pub const SECRET: u32 = 600;

/// Characters that take no room: a text of nothing else says nothing.
const INVISIBLE: [char; 7] = ['\u{200B}', '\u{200C}', '\u{200D}', '\u{200E}', '\u{200F}', '\u{2060}', '\u{00AD}'];

/// A day and a time of the week on it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Wish {
    /// `2026-12-01`
    pub day: String,
    /// The id of the time.
    pub hours: String,
}

/// What somebody sent.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Nomination {
    /// Whom they would like to talk to.
    pub consultant: String,
    /// The language of the page that it was sent from.
    pub page: String,
    /// What about.
    pub theme: String,
    /// Who they are.
    pub name: String,
    /// How they are reached.
    pub contact: String,
    /// What they hope for; may be empty.
    pub hope: String,
    /// What stays confidential; may be empty.
    pub secret: String,
    /// The language of the talk.
    pub language: String,
    /// Times that suit them, the best first; at least one.
    pub wishes: Vec<Wish>,
}

/// What can be chosen with a consultant.
#[derive(Debug, Clone, Copy)]
pub struct Choices<'a> {
    /// Their id.
    pub consultant: &'a str,
    /// The language of the page.
    pub page: Language,
    /// Their themes.
    pub themes: &'a [String],
    /// Their languages.
    pub languages: &'a [Language],
    /// Their times, each with the days of the week on which it lies, Monday first.
    pub hours: &'a [(&'a str, [bool; 7])],
    /// Today.
    pub today: Day,
}

/// A field of the form.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Part {
    /// What about.
    Theme,
    /// The language of the talk.
    Language,
    /// The day of a wish, from 0.
    Day(usize),
    /// The time of a wish, from 0.
    Hours(usize),
    /// What is hoped for.
    Hope,
    /// What stays confidential.
    Secret,
    /// Who they are.
    Name,
    /// How they are reached.
    Contact,
}

impl Part {
    /// Every field, in the order of the form.
    #[must_use]
    pub fn all() -> Vec<Part> {
        let mut all = vec![Part::Theme, Part::Language];
        all.extend((0..WISHES).flat_map(|at| [Part::Day(at), Part::Hours(at)]));
        all.extend([Part::Hope, Part::Secret, Part::Name, Part::Contact]);
        all
    }

    /// Its name in the form.
    #[must_use]
    pub fn name(self) -> String {
        match self {
            Part::Theme => "theme".to_owned(),
            Part::Language => "language".to_owned(),
            Part::Day(at) => format!("day{}", at + 1),
            Part::Hours(at) => format!("hours{}", at + 1),
            Part::Hope => "hope".to_owned(),
            Part::Secret => "secret".to_owned(),
            Part::Name => "name".to_owned(),
            Part::Contact => "contact".to_owned(),
        }
    }
}

/// What is wrong with a form, field by field.
pub type Slips = Vec<(Part, Fault)>;

/// Holds what was sent against what can be chosen. `sent` gives the value of a field by its name.
///
/// # Errors
///
/// Everything that is wrong.
pub fn judge<'s>(choices: &Choices<'_>, sent: impl Fn(&str) -> Option<&'s str>) -> Result<Nomination, Slips> {
    let mut judge = Judge { sent, slips: Vec::new() };
    let themes: Vec<&str> = choices.themes.iter().map(String::as_str).collect();
    let theme = judge.choice(Part::Theme, &themes);
    let languages: Vec<&str> = choices.languages.iter().map(|language| language.code()).collect();
    // Who talks in one language is not asked which
    let language = match languages.as_slice() {
        [only] => (*only).to_owned(),
        _ => judge.choice(Part::Language, &languages),
    };
    let mut wishes: Vec<Wish> = Vec::new();
    for at in 0..WISHES {
        let wish = judge.wish(at, choices.hours, choices.today);
        wishes.extend(wish.filter(|wish| !wishes.contains(wish)));
    }
    let hope = judge.text(Part::Hope, HOPE, true, false);
    let secret = judge.text(Part::Secret, SECRET, true, false);
    let name = judge.text(Part::Name, NAME, false, true);
    let contact = judge.text(Part::Contact, CONTACT, false, true);
    if !judge.slips.is_empty() {
        return Err(judge.slips);
    }
    let (consultant, page) = (choices.consultant.to_owned(), choices.page.code().to_owned());
    Ok(Nomination { consultant, page, theme, name, contact, hope, secret, language, wishes })
}

struct Judge<S> {
    sent: S,
    slips: Slips,
}

impl<'s, S: Fn(&str) -> Option<&'s str>> Judge<S> {
    fn sent(&self, part: Part) -> &'s str {
        (self.sent)(&part.name()).unwrap_or_default().trim()
    }

    fn choice(&mut self, part: Part, known: &[&str]) -> String {
        let sent = self.sent(part);
        if sent.is_empty() {
            self.slips.push((part, Fault::Missing));
        } else if !known.contains(&sent) {
            self.slips.push((part, Fault::UnknownChoice));
        }
        sent.to_owned()
    }

    fn text(&mut self, part: Part, most: u32, lines: bool, needed: bool) -> String {
        match field::text(self.sent(part), most, lines) {
            Ok(text) if text.chars().all(|char| char.is_whitespace() || INVISIBLE.contains(&char)) => {
                self.slips.extend(needed.then_some((part, Fault::Missing)));
                String::new()
            }
            Ok(text) => text,
            Err(Fault::Missing) if !needed => String::new(),
            Err(fault) => {
                self.slips.push((part, fault));
                String::new()
            }
        }
    }

    /// A wish: the first has to be there, of the others both halves or none.
    fn wish(&mut self, at: usize, hours: &[(&str, [bool; 7])], today: Day) -> Option<Wish> {
        let (day, chosen) = (self.sent(Part::Day(at)), self.sent(Part::Hours(at)));
        if day.is_empty() && chosen.is_empty() && at > 0 {
            return None;
        }
        let before = self.slips.len();
        let day = match day {
            "" => Err(Fault::Missing),
            day => field::day(day, Some(today.plus(1)), Some(today.plus(AHEAD))),
        };
        let day = day.map_err(|fault| self.slips.push((Part::Day(at), fault))).ok();
        let known: Vec<&str> = hours.iter().map(|(id, _)| *id).collect();
        let chosen = self.choice(Part::Hours(at), &known);
        let (day, (_, days)) = day.zip(hours.iter().find(|(id, _)| *id == chosen))?;
        // The first of January 1970 was a Thursday
        let weekday = usize::try_from((day.number() + 3).rem_euclid(7)).unwrap_or(0);
        if !days[weekday] {
            self.slips.push((Part::Hours(at), Fault::Contradiction));
        }
        (self.slips.len() == before).then(|| Wish { day: day.to_string(), hours: chosen })
    }
}

/// How far a nomination has come.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Stage {
    /// It has come in.
    New,
    /// A time is settled.
    Confirmed,
    /// The talk was held.
    Held,
    /// It is over, with or without a talk.
    Closed,
}

impl Stage {
    /// All of them, in their order.
    pub const ALL: [Stage; 4] = [Stage::New, Stage::Confirmed, Stage::Held, Stage::Closed];

    /// The word that stands for it in files and addresses.
    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            Stage::New => "new",
            Stage::Confirmed => "confirmed",
            Stage::Held => "held",
            Stage::Closed => "closed",
        }
    }

    /// What a word stands for.
    #[must_use]
    pub fn of(word: &str) -> Option<Stage> {
        Stage::ALL.into_iter().find(|stage| stage.word() == word)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::BTreeMap;

    fn judged(own: &[(&str, &str)]) -> Result<Nomination, Slips> {
        let good = [("theme", "direction"), ("day1", "2026-12-01"), ("hours1", "evening"), ("name", "港 花子"), ("contact", "内線 12")];
        let mut sent: BTreeMap<&str, &str> = good.into_iter().collect();
        sent.extend(own.iter().copied());
        let themes = ["direction".to_owned(), "moves".to_owned()];
        // 2026-12-05 is a Saturday
        let hours = [("evening", [true, true, true, true, true, false, false])];
        let today = Day::parse("2026-11-23").expect("a day");
        let choices = Choices {
            consultant: "aoki",
            page: Language::Japanese,
            themes: &themes,
            languages: &[Language::Japanese],
            hours: &hours,
            today,
        };
        judge(&choices, |name| sent.get(name).copied())
    }

    #[test]
    fn what_is_whole_is_taken_and_cleaned() {
        let made =
            judged(&[("hope", " ゆっくり\r\n話したい\u{7} "), ("day2", "２０２６/12/2"), ("hours2", "evening"), ("name", "港\t花子")])
                .unwrap();
        assert_eq!((made.hope.as_str(), made.name.as_str(), made.language.as_str()), ("ゆっくり\n話したい", "港 花子", "ja"));
        assert_eq!(made.wishes.iter().map(|wish| wish.day.as_str()).collect::<Vec<_>>(), ["2026-12-01", "2026-12-02"]);
        let twice = judged(&[("day2", "2026-12-01"), ("hours2", "evening")]).unwrap();
        assert_eq!(twice.wishes.len(), 1, "the same time twice is one wish");
    }

    #[test]
    fn everything_that_is_wrong_is_said_at_once() {
        let long = "あ".repeat(1_001);
        type Case<'a> = (&'a [(&'a str, &'a str)], &'a [(Part, Fault)]);
        let cases: [Case<'_>; 9] = [
            (&[("theme", "")], &[(Part::Theme, Fault::Missing)]),
            (&[("theme", "pay")], &[(Part::Theme, Fault::UnknownChoice)]),
            (&[("day1", "")], &[(Part::Day(0), Fault::Missing)]),
            (&[("day1", "x"), ("hours1", "night")], &[(Part::Day(0), Fault::NotADay), (Part::Hours(0), Fault::UnknownChoice)]),
            (&[("day2", "2026-12-05"), ("hours2", "evening")], &[(Part::Hours(1), Fault::Contradiction)]),
            (&[("day3", "2026-12-05")], &[(Part::Hours(2), Fault::Missing)]),
            (&[("name", " \u{200b}\u{7}\t"), ("contact", "")], &[(Part::Name, Fault::Missing), (Part::Contact, Fault::Missing)]),
            (&[("hope", &long)], &[(Part::Hope, Fault::TooLong(1_000, 1_001))]),
            (&[("contact", "\u{202e}\u{1b}")], &[(Part::Contact, Fault::Missing)]),
        ];
        for (own, expected) in cases {
            assert_eq!(judged(own).unwrap_err(), expected, "{own:?}");
        }
        for day in ["2026-11-23", "2026-11-22", "2027-03-24"] {
            assert!(matches!(judged(&[("day1", day)]).unwrap_err()[0], (Part::Day(0), Fault::DayRange(..))), "{day}");
        }
    }
}
