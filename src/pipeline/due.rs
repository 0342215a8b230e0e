//! Who is due in a year or some months of it, as files: lists for each thing that is offered, texts that go out, the calendar. The same for the command and
//! for the desk; nothing of it is kept.

use crate::catalog::cohorts::What;
use crate::catalog::due::{Due, Verdict, due};
use crate::catalog::{Catalog, Cohorts, Site};
use crate::content::record::{BOM, push_record};
use crate::exchange::days_in::Asked;
use crate::exchange::people_dates::{Dated, Read};
use crate::language::{FiscalYear, Language, Period, Text};
use crate::pages::cohorts::{announcement, words, year as calendar};
use crate::pages::{Edition, Material};
use crate::survey::Attribute;
use std::collections::{BTreeMap, BTreeSet};

/// A year of cohorts over a list of people.
pub struct Year<'a> {
    /// The project, a site that shows the cohorts, its theme, the day.
    pub material: Material<'a>,
    /// The cohorts.
    pub cohorts: &'a Cohorts,
    /// The year, or what of it is asked for.
    pub period: Period,
}

/// One line of who is due: a person of the list and an offer.
#[derive(Debug, Clone)]
pub struct Line<'p> {
    /// Who.
    pub person: &'p Dated,
    /// What, when, and what becomes of it.
    pub due: Due,
}

/// What a list of people comes to.
pub struct Told<'p> {
    /// Every offer to everybody who is due, by month and then in the order of the list.
    pub lines: Vec<Line<'p>>,
    /// Offers of the same year whose months were over before what is asked for began. Who took them up is not known here.
    pub earlier: Vec<Line<'p>>,
    /// How many of the list are due for nothing.
    pub others: usize,
    /// The files, by name.
    pub files: Vec<(String, String)>,
}

/// How many are invited to one thing.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Invited {
    /// When, in words.
    pub when: String,
    /// To what, in words.
    pub what: String,
    /// How many of each cohort.
    pub by: Vec<(String, usize)>,
}

/// The days that these cohorts ask a list for.
#[must_use]
pub fn asked(cohorts: &Cohorts) -> Asked {
    Asked { joined: cohorts.asks_joined(), born: cohorts.asks_born() }
}

/// A site that shows these cohorts: the home site where it does, else the first one.
#[must_use]
pub fn site_of<'a>(catalog: &'a Catalog, id: &str) -> Option<&'a Site> {
    let shows = |site: &&Site| site.cohorts.iter().any(|one| one.value == id);
    catalog.home().filter(shows).or_else(|| catalog.sites.values().find(shows))
}

impl Year<'_> {
    /// Who is due, and the files.
    #[must_use]
    pub fn told<'p>(&self, read: &'p Read) -> Told<'p> {
        let catalog = self.material.catalog;
        let mut others = 0;
        let (mut lines, mut earlier) = (Vec::new(), Vec::new());
        for person in &read.people {
            // The whole year is looked at first: which of two offers counts does not depend on the months that are asked for
            let all = due(catalog, self.cohorts, &person.dates, self.year());
            others += usize::from(!all.iter().any(|due| self.period.meets(due.from, due.until)));
            for due in all {
                let line = Line { person, due };
                if self.period.meets(line.due.from, line.due.until) {
                    lines.push(line);
                } else if line.due.until < self.period.from() && line.due.verdict == Verdict::Offered {
                    earlier.push(line);
                }
            }
        }
        earlier.sort_by_key(|line| line.due.from);
        // Stable, so the order of the list and of the content stays within a day
        lines.sort_by_key(|line| line.due.from);
        let mut files = vec![("due.csv".to_owned(), self.due_list(&lines)), ("not-invited.csv".to_owned(), self.left_out(&lines))];
        if !self.period.is_whole() {
            files.push(("earlier.csv".to_owned(), self.due_list(&earlier)));
        }
        let offered: BTreeSet<&What> =
            lines.iter().filter(|line| line.due.verdict == Verdict::Offered).map(|line| &line.due.what).collect();
        files.extend(offered.into_iter().map(|what| (format!("{}.csv", what.stem()), self.invitations(what, &lines, read))));
        for language in &self.material.site.languages {
            let edition = self.edition(*language);
            let code = language.code();
            for one in &self.cohorts.announcements {
                for month in &one.months {
                    let year = self.year();
                    let day = year.first_of(*month);
                    if !self.period.meets(day, year.last_of(*month)) {
                        continue;
                    }
                    let name = format!("announcement-{}-{:02}-{}.{code}.txt", day.year(), day.month(), one.id);
                    files.push((name, announcement::text(&edition, self.cohorts, one, *month, year)));
                }
            }
            files.push((format!("calendar.{code}.ics"), calendar::calendar(&edition, self.cohorts, Some(self.period))));
            files.push((format!("calendar.{code}.csv"), calendar::table(&edition, self.cohorts, Some(self.period))));
        }
        Told { lines, earlier, others, files }
    }

    /// How many are invited to what, in the order of the year.
    #[must_use]
    pub fn counts(&self, told: &Told<'_>, edition: &Edition<'_>) -> Vec<Invited> {
        let mut all: Vec<(&Due, BTreeMap<usize, usize>)> = Vec::new();
        for line in told.lines.iter().filter(|line| line.due.verdict == Verdict::Offered) {
            let own = &line.due;
            match all.iter_mut().find(|(known, _)| (known.from, known.until, &known.what) == (own.from, own.until, &own.what)) {
                Some((_, by)) => *by.entry(own.cohort).or_default() += 1,
                None => all.push((own, BTreeMap::from([(own.cohort, 1)]))),
            }
        }
        let row = |(due, by): (&Due, BTreeMap<usize, usize>)| Invited {
            when: words::span(edition, due.from, due.until),
            what: words::offer(edition, &due.what),
            by: by.into_iter().map(|(cohort, n)| (edition.plain(&self.title(cohort)), n)).collect(),
        };
        all.into_iter().map(row).collect()
    }

    fn year(&self) -> FiscalYear {
        self.period.year
    }

    /// In the words of a language.
    #[must_use]
    pub fn edition(&self, language: Language) -> Edition<'_> {
        Edition { material: self.material, language }
    }

    fn edition_first(&self) -> Edition<'_> {
        self.edition(self.material.site.first_language())
    }

    fn title(&self, cohort: usize) -> Text {
        self.cohorts.cohorts.get(cohort).map(|cohort| cohort.title.clone()).unwrap_or_default()
    }

    fn id(&self, cohort: usize) -> &str {
        self.cohorts.cohorts.get(cohort).map_or("", |cohort| cohort.id.as_str())
    }

    /// Who is due for what, in which month, by which rule. No day of birth or of joining stands in it.
    fn due_list(&self, lines: &[Line<'_>]) -> String {
        let edition = self.edition_first();
        let mut out = String::from(BOM);
        push_record(&mut out, ["month", "id", "name", "cohort", "cohort_title", "rule", "offer", "from", "until"]);
        for line in lines.iter().filter(|line| line.due.verdict == Verdict::Offered) {
            let due = &line.due;
            let rule = self.cohorts.cohorts.get(due.cohort).map(|cohort| words::rule(&edition, self.cohorts, cohort)).unwrap_or_default();
            push_record(
                &mut out,
                [
                    format!("{}-{:02}", due.from.year(), due.from.month()),
                    line.person.id.clone(),
                    line.person.name.clone(),
                    self.id(due.cohort).to_owned(),
                    edition.plain(&self.title(due.cohort)),
                    rule,
                    words::offer(&edition, &due.what),
                    due.from.to_string(),
                    due.until.to_string(),
                ],
            );
        }
        out
    }

    /// Who is due and not invited, and why.
    fn left_out(&self, lines: &[Line<'_>]) -> String {
        let edition = self.edition_first();
        let mut out = String::from(BOM);
        push_record(&mut out, ["id", "name", "cohort", "cohort_title", "offer", "why"]);
        for line in lines.iter().filter(|line| line.due.verdict != Verdict::Offered) {
            let due = &line.due;
            let Some(why) = words::why(&edition, self.cohorts, due.verdict) else { continue };
            let title = edition.plain(&self.title(due.cohort));
            let fields = [&line.person.id, &line.person.name, self.id(due.cohort), &title, &words::offer(&edition, &due.what), &why];
            push_record(&mut out, fields);
        }
        out
    }

    /// Whom to invite to one thing: a list that `links` and mail merge take. Of other columns only those that a survey's own attributes
    /// ask for.
    fn invitations(&self, what: &What, lines: &[Line<'_>], read: &Read) -> String {
        let catalog = self.material.catalog;
        let survey = match what {
            What::Survey(id) => catalog.surveys.get(id),
            What::Talk | What::Training(_) => None,
        };
        // What an attribute by these cohorts comes to is written down: the days that it is worked out from are not handed on
        let (by_these, others): (Vec<&Attribute>, Vec<&Attribute>) =
            survey.iter().flat_map(|survey| &survey.attributes).partition(|own| own.cohort.as_ref() == Some(&self.cohorts.id));
        let worked_out: Vec<&str> = by_these.iter().map(|own| own.id.as_str()).filter(|id| *id != "cohort").collect();
        let called =
            |own: &Attribute, name: &str| own.id == name || Language::ALL.iter().any(|language| own.text.in_language(*language) == name);
        let wanted = |name: &str| name != "cohort" && others.iter().any(|own| called(own, name));
        let columns: Vec<(usize, &str)> =
            read.others.iter().enumerate().filter(|(_, name)| wanted(name)).map(|(at, name)| (at, name.as_str())).collect();
        let mut out = String::from(BOM);
        let names = columns.iter().map(|(_, name)| *name);
        push_record(
            &mut out,
            ["id", "name", "mail", "language"].into_iter().chain(names).chain(worked_out.iter().copied()).chain([
                "cohort",
                "cohort_title",
                "from",
                "until",
            ]),
        );
        for line in lines.iter().filter(|line| line.due.verdict == Verdict::Offered && line.due.what == *what) {
            let (person, due) = (line.person, &line.due);
            let language = person.language.unwrap_or_else(|| self.material.site.first_language());
            let edition = self.edition(language);
            let (title, from, until) = (edition.plain(&self.title(due.cohort)), due.from.to_string(), due.until.to_string());
            let own_cohort = self.cohorts.of(&person.dates, self.year()).first().map_or("", |at| self.id(*at));
            let own = columns.iter().map(|(at, _)| person.others.get(*at).map_or("", String::as_str));
            let own = own.chain(worked_out.iter().map(|_| own_cohort));
            let fields = [person.id.as_str(), &person.name, &person.mail, language.code()].into_iter().chain(own);
            push_record(&mut out, fields.chain([self.id(due.cohort), &title, &from, &until]));
        }
        out
    }
}
