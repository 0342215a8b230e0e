//! Reads cohorts.

use super::cohorts::{Announcement, Cohort, Cohorts, Offer, Rule, Wave, What};
use super::names;
use super::read_names::names as located_names;
use super::read_project::{located_target, read_target};
use super::reference::{Located, Target};
use super::shape_cohorts::COHORTS;
use crate::content::shape::Shape;
use crate::content::{Fields, Node, check};
use crate::diagnostic::{Code, Diagnostic, Diagnostics, Place, code};
use crate::language::{FiscalYear, Language};
use std::collections::BTreeMap;

/// The value that an attribute by cohort has for whoever is in none.
pub const OTHERS: &str = "others";

/// What the text of an announcement may hold.
pub const NAMES: [&str; 8] = ["organisation", "contact", "site", "year", "month", "offers", "surveys", "free"];

/// Reads `content/cohorts/ID.yaml`.
pub(super) fn cohorts(id: &str, node: &Node, languages: &[Language], diagnostics: &mut Diagnostics) -> Cohorts {
    check(node, &Shape::Record(&COHORTS), languages, diagnostics);
    let fields = Fields::of(node);
    let starts = fields.integer("year_starts", 4).clamp(1, 12);
    let mut reader = Reader { starts, languages, ids: Vec::new(), diagnostics };
    let cohorts: Vec<Cohort> = fields.records("cohorts").map(|one| reader.cohort(one)).collect();
    let mut seen = BTreeMap::new();
    for cohort in &cohorts {
        reader.once(&mut seen, &cohort.id, &cohort.place);
        if cohort.id == OTHERS {
            reader.say(
                code::INVALID_ID,
                &cohort.place,
                "「others」は、どの節目でもない人を指すので、節目の ID には使えません。",
                "“others” stands for people in no cohort and cannot be the id of one.",
            );
        }
    }
    reader.ids = cohorts.iter().map(|cohort| cohort.id.clone()).collect();
    let mut seen = BTreeMap::new();
    let announcements: Vec<Announcement> = fields.records("announcements").map(|one| reader.announcement(one)).collect();
    announcements.iter().for_each(|one| reader.once(&mut seen, &one.id, &one.place));
    let free = fields.record("free");
    let free_to = free.and_then(|free| read_target(free, "to", reader.diagnostics));
    let waves = fields.records("waves").map(|one| reader.wave(one)).collect();
    let read: Vec<Located<Target>> =
        fields.items("read").iter().filter_map(|node| located_target(node.scalar()?, node.place.clone(), reader.diagnostics)).collect();
    Cohorts {
        id: id.to_owned(),
        place: fields.place_of("title"),
        title: fields.text("title"),
        lead: fields.text("lead"),
        sample: fields.flag("sample"),
        starts,
        from_year: i32::try_from(fields.integer("from_year", 2000)).unwrap_or(2000),
        cohorts,
        free: free.map(|free| free.text("text")).unwrap_or_default(),
        free_to,
        waves,
        announcements,
        read,
        sources: located_names(fields, "sources", diagnostics),
    }
}

struct Reader<'a> {
    starts: u32,
    languages: &'a [Language],
    ids: Vec<String>,
    diagnostics: &'a mut Diagnostics,
}

impl Reader<'_> {
    fn say(&mut self, code: Code, place: &Place, ja: impl Into<String>, en: impl Into<String>) {
        self.diagnostics.push(Diagnostic::error(code, place.clone(), ja, en));
    }

    fn once(&mut self, seen: &mut BTreeMap<String, Place>, id: &str, place: &Place) {
        if let Some(before) = seen.insert(id.to_owned(), place.clone()) {
            let (ja, en) = (format!("ID「{id}」が二つあります。"), format!("There are two ids “{id}”."));
            self.diagnostics.push(Diagnostic::error(code::DUPLICATE_ID, place.clone(), ja, en).also(before, "もう一つ", "the other one"));
        }
    }

    fn cohort(&mut self, fields: Fields<'_>) -> Cohort {
        let rule = fields.record("rule").map_or(Rule::Anniversary { years: 1 }, |rule| match rule.line("kind").as_str() {
            "service_year" => Rule::ServiceYear { number: rule.integer("number", 1), late_from: rule.optional_integer("late_from") },
            "age" => Rule::Age { years: rule.integer("years", 15), day_before: rule.flag("day_before") },
            _ => Rule::Anniversary { years: rule.integer("years", 1) },
        });
        let offers: Vec<Offer> = fields.records("offers").map(|offer| self.offer(offer)).collect();
        for (at, offer) in offers.iter().enumerate() {
            if let Some(before) = offers.iter().take(at).find(|before| before.what == offer.what) {
                self.diagnostics.push(
                    Diagnostic::error(
                        code::DUPLICATE_ID,
                        offer.place.clone(),
                        "同じ案内が二度書かれています。一人に届くのは、年に一度だけです。",
                        "The same offer stands here twice; it comes to a person once a year.",
                    )
                    .also(before.place.clone(), "もう一つ", "the other one"),
                );
            }
        }
        Cohort {
            id: fields.line("id"),
            place: fields.place_of("id"),
            title: fields.text("title"),
            note: fields.optional_text("note"),
            rule,
            offers,
        }
    }

    fn offer(&mut self, fields: Fields<'_>) -> Offer {
        let what = match fields.line("kind").as_str() {
            "training" => What::Training(fields.line("module")),
            "survey" => What::Survey(fields.line("survey")),
            _ => What::Talk,
        };
        let (month, until) = (fields.optional_integer("month"), fields.optional_integer("until"));
        let year = FiscalYear { year: 2000, starts: self.starts };
        let place = |key: &str| fields.place_of(key);
        match (month, until) {
            (None, Some(_)) => self.say(
                code::MISSING_KEY,
                &place("until"),
                "until を書くときは、始まりの month も書きます。",
                "“until” needs the “month” that it begins with.",
            ),
            (Some(month), Some(until)) if year.place_of(until) < year.place_of(month) => {
                let starts = self.starts;
                self.say(
                    code::OUT_OF_RANGE,
                    &place("until"),
                    format!("{month}月から{until}月までは、{starts}月に始まる年度をまたぎます。"),
                    format!("From month {month} to month {until} would reach into another fiscal year; it begins with month {starts}."),
                );
            }
            _ => {}
        }
        let named = match &what {
            What::Talk => "kind",
            What::Training(_) => "module",
            What::Survey(_) => "survey",
        };
        Offer { what, place: place(named), month, until }
    }

    fn wave(&mut self, fields: Fields<'_>) -> Wave {
        let survey = Located { value: fields.line("survey"), place: fields.place_of("survey") };
        let every = match (fields.optional_integer("every"), fields.optional_integer("month")) {
            (Some(every), Some(month)) => Some((every, month)),
            (None, None) => None,
            (every, _) => {
                let there = if every.is_some() { "every" } else { "month" };
                self.say(
                    code::MISSING_KEY,
                    &fields.place_of(there),
                    "every（何か月ごとか）と month（一つ目の月）は、いっしょに書きます。",
                    "“every” (how many months) and “month” (the first one) go together.",
                );
                None
            }
        };
        Wave { survey, every }
    }

    fn announcement(&mut self, fields: Fields<'_>) -> Announcement {
        let mut cohorts = Vec::new();
        for node in fields.items("for") {
            let Some(id) = node.scalar() else { continue };
            match self.ids.iter().position(|known| known == id) {
                Some(at) => cohorts.push(at),
                None => names::not_there(self.diagnostics, &node.place, ("節目", "cohort"), id, self.ids.iter().map(String::as_str)),
            }
        }
        if fields.node("for").is_none() {
            cohorts = (0..self.ids.len()).collect();
        }
        // A calendar that comes again every year cannot name the year
        self.filled(fields, "title", &["month"]);
        self.filled(fields, "text", &NAMES);
        let month = |node: &Node| node.scalar().and_then(|text| text.parse().ok());
        Announcement {
            id: fields.line("id"),
            place: fields.place_of("id"),
            kickoff: fields.line("kind") == "kickoff",
            months: fields.items("months").iter().filter_map(month).collect(),
            title: fields.text("title"),
            text: fields.text("text"),
            cohorts,
        }
    }

    /// Names in braces that nobody fills.
    fn filled(&mut self, fields: Fields<'_>, key: &str, known: &[&str]) {
        let text = fields.text(key);
        let mut told: Vec<String> = Vec::new();
        for language in self.languages {
            for part in text.in_language(*language).split('{').skip(1) {
                let name = part.split_once('}').map_or(part, |(name, _)| name);
                if known.contains(&name) || told.iter().any(|one| one == name) {
                    continue;
                }
                told.push(name.to_owned());
                names::not_there(
                    self.diagnostics,
                    &fields.place_of(key),
                    ("差し込みの名前", "name to fill in"),
                    name.lines().next().unwrap_or_default(),
                    known.iter().copied(),
                );
            }
        }
    }
}
