//! What a year brings, month by month, as a page shows it, as a calendar program takes it, and as a table.

use super::words;
use crate::catalog::cohorts::What;
use crate::catalog::due::{dated, days_of};
use crate::catalog::{Cohorts, Target};
use crate::content::calendar::{self, Days};
use crate::content::record::{BOM, push_record};
use crate::language::{Day, FiscalYear, Language, Period, month_in_words};
use crate::pages::edition::Edition;
use sha2::{Digest, Sha256};

/// Something that a year brings.
#[derive(Debug, Clone, PartialEq)]
pub struct Entry {
    /// What tells it from the others, from year to year.
    pub id: String,
    /// What it is: an offer, or an announcement.
    pub what: Option<What>,
    /// What it is called.
    pub title: String,
    /// Its months; `None`: everybody has a month of their own.
    pub months: Option<(u32, u32)>,
    /// The days of a survey that has its own.
    pub days: Option<(Day, Day)>,
    /// The cohorts that it is for, as indices; none: for everybody.
    pub who: Vec<usize>,
}

impl Entry {
    /// Its page, where it has one.
    #[must_use]
    pub fn target(&self) -> Option<Target> {
        self.what.as_ref().map(What::target)
    }

    /// What kind of thing it is, in a word.
    #[must_use]
    pub fn kind<'e>(&self, edition: &'e Edition<'_>) -> &'e str {
        self.what.as_ref().map_or_else(|| edition.say("cohorts_kind_news"), |what| words::kind(edition, what))
    }

    /// Whom it is for, in words.
    #[must_use]
    pub fn who(&self, edition: &Edition<'_>, cohorts: &Cohorts) -> String {
        let titles = self.who.iter().filter_map(|at| cohorts.cohorts.get(*at)).map(|cohort| edition.plain(&cohort.title));
        let titles: Vec<String> = titles.collect();
        if titles.is_empty() { edition.say("cohorts_everybody").to_owned() } else { titles.join(edition.say("list_gap")) }
    }

    /// When it is, in words.
    #[must_use]
    pub fn when(&self, edition: &Edition<'_>, cohorts: &Cohorts) -> String {
        match (self.days, self.months) {
            (Some((from, until)), _) => words::days(edition, from, until),
            (None, Some((from, until))) => words::months(edition, from, until),
            (None, None) => {
                let rule = self.who.first().and_then(|at| cohorts.cohorts.get(*at)).map(|cohort| cohort.rule);
                rule.map(|rule| words::own_month(edition, rule).to_owned()).unwrap_or_default()
            }
        }
    }

    /// In one line: kind, name, for whom.
    #[must_use]
    pub fn line(&self, edition: &Edition<'_>, cohorts: &Cohorts) -> String {
        let what = match &self.what {
            Some(what) => words::offer(edition, what),
            None => edition.fill("cohorts_offer", &[("kind", self.kind(edition)), ("title", &self.title)]),
        };
        edition.fill("cohorts_for", &[("what", &what), ("who", &self.who(edition, cohorts))])
    }
}

/// What a year brings, in the order of its months; what comes in everybody’s own month first. Without a year, what every year brings,
/// with all days of surveys from the first year on.
#[must_use]
pub fn entries(edition: &Edition<'_>, cohorts: &Cohorts, year: Option<FiscalYear>) -> Vec<Entry> {
    let mut all: Vec<Entry> = Vec::new();
    for one in &cohorts.announcements {
        let title = edition.plain(&one.title);
        all.extend(one.months.iter().map(|month| Entry {
            id: format!("{}-{month}", one.id),
            what: None,
            title: title.replace("{month}", &month_in_words(*month, edition.language)),
            months: Some((*month, *month)),
            days: None,
            who: Vec::new(),
        }));
    }
    for (at, cohort) in cohorts.cohorts.iter().enumerate() {
        for offer in &cohort.offers {
            let months = offer.month.map(|month| (month, offer.until.unwrap_or(month)));
            // Whose own month it is depends on the rule, so such offers are not put together
            let own = if months.is_none() { format!("-{}", cohort.id) } else { String::new() };
            for entry in of(edition, cohorts, year, &offer.what, months) {
                let id = format!("{}{own}", entry.id);
                match all.iter_mut().find(|known| known.id == id) {
                    Some(known) => known.who.push(at),
                    None => all.push(Entry { id, who: vec![at], ..entry }),
                }
            }
        }
    }
    for wave in &cohorts.waves {
        let what = What::Survey(wave.survey.value.clone());
        let months: Vec<Option<(u32, u32)>> = match wave.every {
            None => vec![None],
            Some((every, first)) => {
                let year = cohorts.year(cohorts.from_year);
                let places = (year.place_of(first)..12).step_by(every.max(1) as usize);
                let months = year.months();
                places.filter_map(|place| months.get(place as usize)).map(|(_, month)| Some((*month, *month))).collect()
            }
        };
        for months in months {
            let made = of(edition, cohorts, year, &what, months).into_iter().filter(|entry| entry.days.is_some() || entry.months.is_some());
            all.extend(made.map(|entry| Entry { id: format!("all-{}", entry.id), ..entry }));
        }
    }
    let frame = cohorts.year(cohorts.from_year);
    let place = |entry: &Entry| {
        let month = entry.days.map(|(from, _)| from.month()).or(entry.months.map(|(from, _)| from));
        (month.map(|month| frame.place_of(month)), entry.days.map(|(from, _)| from), entry.what.clone())
    };
    all.sort_by_key(place);
    all
}

/// An offer as entries: one for its months, or one for each wave of a survey with days of its own.
fn of(edition: &Edition<'_>, cohorts: &Cohorts, year: Option<FiscalYear>, what: &What, months: Option<(u32, u32)>) -> Vec<Entry> {
    let entry = |what: &What, months: Option<(u32, u32)>, days: Option<(Day, Day)>| {
        let tail = months.map(|(from, _)| format!("-{from}")).unwrap_or_default();
        Entry {
            id: format!("{}{tail}", what.stem()),
            what: Some(what.clone()),
            title: words::name(edition, what),
            months,
            days,
            who: Vec::new(),
        }
    };
    let What::Survey(id) = what else { return vec![entry(what, months, None)] };
    let waves = dated(edition.material.catalog, id);
    if waves.is_empty() {
        return vec![entry(what, months, None)];
    }
    let wanted = |open: Day| match year {
        Some(year) => FiscalYear::of(open, cohorts.starts) == year,
        None => FiscalYear::of(open, cohorts.starts).year >= cohorts.from_year,
    };
    let days = waves.into_iter().filter_map(|wave| Some((wave, days_of(wave)?))).filter(|(_, (open, _))| wanted(*open));
    days.map(|(wave, days)| entry(&What::Survey(wave.id.clone()), None, Some(days))).collect()
}

/// When an entry is, as days of a year; none where everybody has a month of their own.
fn days_in(entry: &Entry, year: FiscalYear) -> Option<(Day, Day)> {
    entry.days.or_else(|| entry.months.map(|(from, until)| (year.first_of(from), year.last_of(until))))
}

/// The entries for a calendar program: of a year or some months of it alone, or every year again. What is on for some of these months
/// keeps all of its own, so that a program which has the whole year already finds the same entry.
#[must_use]
pub fn calendar(edition: &Edition<'_>, cohorts: &Cohorts, period: Option<Period>) -> String {
    let first = cohorts.year(cohorts.from_year);
    let year = period.map(|period| period.year);
    let frame = year.unwrap_or(first);
    let tail = year.map(|year| format!("-{}", year.year)).unwrap_or_default();
    let sum = organisation(edition);
    let one = |entry: &Entry| {
        let (from, until) = days_in(entry, frame).filter(|(from, until)| period.is_none_or(|period| period.meets(*from, *until)))?;
        // A survey keeps its days, whichever year is asked for
        let tail = if entry.days.is_some() { "" } else { &tail };
        Some(Days {
            id: format!("{}-{}{tail}-{sum}", cohorts.id, entry.id.replace('_', "-")),
            from,
            until,
            title: entry.line(edition, cohorts),
            note: edition.plain(&cohorts.title),
            yearly: year.is_none() && entry.days.is_none(),
        })
    };
    let days: Vec<Days> = entries(edition, cohorts, year).iter().filter_map(one).collect();
    calendar::days(&edition.plain(&cohorts.title), &days, first.first())
}

/// Eight digits by which the calendars of two organisations are told apart.
fn organisation(edition: &Edition<'_>) -> String {
    let text = &edition.material.catalog.project.organisation;
    let sum = Sha256::digest(Language::ALL.map(|language| text.in_language(language)).join("\n"));
    sum.iter().take(4).map(|byte| format!("{byte:02x}")).collect()
}

/// The year as a table: UTF-8 with byte order mark, CRLF, no formulas.
#[must_use]
pub fn table(edition: &Edition<'_>, cohorts: &Cohorts, period: Option<Period>) -> String {
    let mut out = String::from(BOM);
    push_record(
        &mut out,
        [
            edition.say("cohorts_column_when"),
            edition.say("cohorts_column_kind"),
            edition.say("cohorts_column_what"),
            edition.say("cohorts_column_who"),
        ],
    );
    // A month of everybody's own may be any of them
    let on = |entry: &Entry| period.is_none_or(|period| days_in(entry, period.year).is_none_or(|(from, until)| period.meets(from, until)));
    for entry in entries(edition, cohorts, period.map(|period| period.year)).into_iter().filter(on) {
        push_record(
            &mut out,
            [entry.when(edition, cohorts), entry.kind(edition).to_owned(), entry.title.clone(), entry.who(edition, cohorts)],
        );
    }
    out
}
