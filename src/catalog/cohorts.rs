//! Cohorts: who is due for what in which fiscal year, by rules over days of joining and of birth. Rules only, never people.

use super::reference::{Located, Target};
use crate::diagnostic::Place;
use crate::language::{Day, FiscalYear, Text};

/// The days of a person that rules look at.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Dates {
    /// The day of joining.
    pub joined: Option<Day>,
    /// The day of birth.
    pub born: Option<Day>,
    /// The last day at the organisation.
    pub left: Option<Day>,
}

/// When somebody belongs to a cohort. Each rule names one day of a life, so everybody is due in one fiscal year and no other.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Rule {
    /// The nth fiscal year of service; that of joining is the first.
    ServiceYear {
        /// Which one, from 1.
        number: u32,
        /// Who joins in this month of a fiscal year or later begins with the next one.
        late_from: Option<u32>,
    },
    /// So many full years since joining.
    Anniversary {
        /// How many.
        years: u32,
    },
    /// An age.
    Age {
        /// Which one.
        years: u32,
        /// It is reached on the day before the birthday, as Japanese law counts.
        day_before: bool,
    },
}

impl Rule {
    /// The day on which the rule holds for somebody, where the year begins with the month `starts`; `None` where the day that it counts
    /// from is not known. Of 29 February, a year without one has the 28th.
    #[must_use]
    pub fn reached(self, dates: &Dates, starts: u32) -> Option<Day> {
        Some(match self {
            Rule::ServiceYear { number, late_from } => {
                let joined = dates.joined?;
                let year = FiscalYear::of(joined, starts);
                let late = late_from.is_some_and(|month| year.place_of(joined.month()) >= year.place_of(month));
                let begun = if late { year.next().first() } else { joined };
                begun.plus_years(number.saturating_sub(1))
            }
            Rule::Anniversary { years } => dates.joined?.plus_years(years),
            Rule::Age { years, day_before } => {
                let born = dates.born?;
                let birthday = born.plus_years(years);
                // Whoever is born on 29 February is a year older at the end of the 28th, in every year
                let moved = birthday.date() != born.date();
                if day_before && !moved { birthday.plus(-1) } else { birthday }
            }
        })
    }

    /// Whether it counts from the day of birth; else from that of joining.
    #[must_use]
    pub fn is_age(self) -> bool {
        matches!(self, Rule::Age { .. })
    }
}

/// What somebody is offered.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub enum What {
    /// A career talk.
    Talk,
    /// A training module.
    Training(String),
    /// A survey.
    Survey(String),
}

impl What {
    /// A short name for files and calendars: `talk`, `training-strengths`.
    #[must_use]
    pub fn stem(&self) -> String {
        match self {
            What::Talk => "talk".to_owned(),
            What::Training(id) => format!("training-{id}"),
            What::Survey(id) => format!("survey-{id}"),
        }
    }

    /// Its page.
    #[must_use]
    pub fn target(&self) -> Target {
        match self {
            What::Talk => Target::Consultants,
            What::Training(id) => Target::Module(id.clone()),
            What::Survey(id) => Target::Survey(id.clone()),
        }
    }
}

/// Something that a cohort is offered, and in which months.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Offer {
    /// What.
    pub what: What,
    /// Where it is named.
    pub place: Place,
    /// In which month; `None`: the person's own, or the survey's.
    pub month: Option<u32>,
    /// Until which month; `None`: that month alone.
    pub until: Option<u32>,
}

/// People of one milestone.
#[derive(Debug, Clone, PartialEq)]
pub struct Cohort {
    /// Its id.
    pub id: String,
    /// Where it is defined.
    pub place: Place,
    /// What it is called.
    pub title: Text,
    /// A line below.
    pub note: Option<Text>,
    /// Who belongs to it, and when.
    pub rule: Rule,
    /// What they are offered.
    pub offers: Vec<Offer>,
}

/// A survey that comes again and again.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Wave {
    /// The survey.
    pub survey: Located<String>,
    /// Where it has no dates: every how many months, and the first of these.
    pub every: Option<(u32, u32)>,
}

/// A text that goes out to everybody.
#[derive(Debug, Clone, PartialEq)]
pub struct Announcement {
    /// Its id.
    pub id: String,
    /// Where it is defined.
    pub place: Place,
    /// It opens the year.
    pub kickoff: bool,
    /// The months in which it goes out.
    pub months: Vec<u32>,
    /// Its subject.
    pub title: Text,
    /// Its text, with names in braces.
    pub text: Text,
    /// The cohorts that it tells of, as indices.
    pub cohorts: Vec<usize>,
}

/// `content/cohorts/ID.yaml`.
#[derive(Debug, Clone, PartialEq)]
pub struct Cohorts {
    /// Its id: the name of its file.
    pub id: String,
    /// Where it is defined.
    pub place: Place,
    /// Its title.
    pub title: Text,
    /// A sentence or two below.
    pub lead: Text,
    /// It is a sample and says so.
    pub sample: bool,
    /// The month with which the fiscal year begins.
    pub starts: u32,
    /// The first fiscal year for which it holds.
    pub from_year: i32,
    /// The cohorts; the first one names whoever is in two.
    pub cohorts: Vec<Cohort>,
    /// What is open to everybody.
    pub free: Text,
    /// Where that leads.
    pub free_to: Option<Located<Target>>,
    /// Surveys that come again and again.
    pub waves: Vec<Wave>,
    /// Texts that go out.
    pub announcements: Vec<Announcement>,
    /// What to read first.
    pub read: Vec<Located<Target>>,
    /// Its sources.
    pub sources: Vec<Located<String>>,
}

impl Cohorts {
    /// A fiscal year as these cohorts count it.
    #[must_use]
    pub fn year(&self, year: i32) -> FiscalYear {
        FiscalYear { year, starts: self.starts }
    }

    /// The cohorts, as indices, to which somebody belongs in a fiscal year, in the order of the content.
    #[must_use]
    pub fn of(&self, dates: &Dates, year: FiscalYear) -> Vec<usize> {
        let belongs =
            |cohort: &Cohort| cohort.rule.reached(dates, self.starts).is_some_and(|reached| FiscalYear::of(reached, self.starts) == year);
        (0..self.cohorts.len()).filter(|at| self.cohorts.get(*at).is_some_and(belongs)).collect()
    }

    /// Whether a rule counts from the day of joining.
    #[must_use]
    pub fn asks_joined(&self) -> bool {
        self.cohorts.iter().any(|cohort| !cohort.rule.is_age())
    }

    /// Whether a rule counts from the day of birth.
    #[must_use]
    pub fn asks_born(&self) -> bool {
        self.cohorts.iter().any(|cohort| cohort.rule.is_age())
    }
}
